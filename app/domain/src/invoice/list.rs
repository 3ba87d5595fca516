//! Requests and information as lists: the partner's, and the vendor's queues.

use super::{InvoiceKind, Medium, ReviewKind, ReviewState, State, Tab};
use crate::{
    keyed,
    list::{Column, Filter, FilterKind, InFile, List, Sort},
    machine::Keyed,
    text::{Text, text},
};

/// The partner's requests, on `/sales/invoices`.
pub const REQUESTS: List = List {
    name: "invoice-requests",
    caption: text("开票申请", "Invoice requests"),
    filters: &[
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::Many(options::<State>) },
        Filter { key: "kind", label: text("发票类型", "Invoice type"), kind: FilterKind::Many(options::<InvoiceKind>) },
        Filter { key: "at", label: text("申请日期", "Requested"), kind: FilterKind::Days },
        Filter { key: "q", label: text("单号或发票号码", "Number"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("申请单号", "Number")).file(InFile::Text(20)),
        Column::new("period", text("账期", "Period")).file(InFile::Text(20)),
        Column::new("amount", text("金额（元）", "Amount (CNY)")).sorts().number().file(InFile::AmountSum),
        Column::new("title", text("发票抬头", "Title")).file(InFile::Text(30)),
        Column::new("kind", text("发票类型", "Invoice type")).file(InFile::Text(18)).only_in_file(),
        Column::new("medium", text("介质", "Medium")).file(InFile::Text(14)).only_in_file(),
        Column::new("at", text("申请时间", "Requested")).sorts().file(InFile::Moment),
        Column::new("person", text("申请人", "Requested by")).file(InFile::Text(16)).only_in_file(),
        Column::new("state", text("状态", "State")).file(InFile::Text(14)),
        Column::new("invoice", text("发票号码", "Invoice number")).file(InFile::Text(24)).only_in_file(),
        Column::new("courier", text("快递单号", "Courier number")).file(InFile::Text(20)).only_in_file(),
        Column::new("reason", text("原因", "Reason")).file(InFile::Text(40)).only_in_file(),
        Column::new("actions", text("操作", "Actions")),
    ],
    sorts: SORTS,
    default_sort: "-at",
};

/// The vendor's queue, on `/console/invoices`. The oldest come first: they wait longest.
pub const CONSOLE_REQUESTS: List = List {
    name: "console-invoice-requests",
    caption: text("发票审核", "Invoices to issue"),
    filters: &[
        Filter { key: "tab", label: text("阶段", "Stage"), kind: FilterKind::One(options::<QueueTab>) },
        Filter { key: "kind", label: text("发票类型", "Invoice type"), kind: FilterKind::Many(options::<InvoiceKind>) },
        Filter { key: "medium", label: text("介质", "Medium"), kind: FilterKind::Many(options::<Medium>) },
        Filter { key: "at", label: text("申请日期", "Requested"), kind: FilterKind::Days },
        Filter { key: "q", label: text("单号、伙伴或发票号码", "Number or partner"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("申请单号", "Number")).file(InFile::Text(20)),
        Column::new("partner", text("伙伴", "Partner")).file(InFile::Text(28)),
        Column::new("amount", text("金额（元）", "Amount (CNY)")).sorts().number().file(InFile::AmountSum),
        Column::new("kind", text("发票类型", "Invoice type")).file(InFile::Text(18)),
        Column::new("medium", text("介质", "Medium")).file(InFile::Text(14)),
        Column::new("at", text("申请时间", "Requested")).sorts().file(InFile::Moment),
        Column::new("state", text("状态", "State")).file(InFile::Text(14)),
        Column::new("due", text("时限", "Due")).file(InFile::Moment),
        Column::new("title", text("发票抬头", "Title")).file(InFile::Text(30)).only_in_file(),
        Column::new("invoice", text("发票号码", "Invoice number")).file(InFile::Text(24)).only_in_file(),
        Column::new("courier", text("快递单号", "Courier number")).file(InFile::Text(20)).only_in_file(),
        Column::new("reason", text("原因", "Reason")).file(InFile::Text(40)).only_in_file(),
    ],
    sorts: SORTS,
    default_sort: "at",
};

/// A company's invoice information, on `/sales/invoices/information`.
pub const INFORMATION: List = List {
    name: "invoice-information",
    caption: text("发票信息", "Invoice information"),
    filters: &[Filter { key: "tab", label: text("开具方", "Issuer"), kind: FilterKind::One(options::<Tab>) }],
    columns: &[
        Column::new("title", text("发票抬头", "Title")),
        Column::new("kind", text("发票类型", "Invoice type")),
        Column::new("tax_no", text("纳税人识别号", "Tax number")),
        Column::new("medium", text("介质", "Medium")),
        Column::new("state", text("状态", "State")),
        Column::new("actions", text("操作", "Actions")),
    ],
    sorts: &[Sort { key: "at", label: text("创建时间", "Created"), down_first: false }],
    default_sort: "at",
};

/// What support is asked for, on `/console/invoices/information`.
pub const CONSOLE_INFORMATION: List = List {
    name: "console-invoice-information",
    caption: text("发票信息审核", "Invoice information to review"),
    filters: &[
        Filter { key: "tab", label: text("类别", "Kind"), kind: FilterKind::One(options::<ReviewTab>) },
        Filter { key: "at", label: text("提交日期", "Handed in"), kind: FilterKind::Days },
        Filter { key: "q", label: text("伙伴或抬头", "Partner or title"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("title", text("发票抬头", "Title")),
        Column::new("partner", text("伙伴", "Partner")),
        Column::new("kind", text("类别", "Kind")),
        Column::new("at", text("提交时间", "Handed in")).sorts(),
        Column::new("state", text("状态", "State")),
        Column::new("due", text("时限", "Due")),
    ],
    sorts: &[Sort { key: "at", label: text("提交时间", "Handed in"), down_first: true }],
    default_sort: "at",
};

const SORTS: &[Sort] = &[
    Sort { key: "at", label: text("申请时间", "Requested"), down_first: true },
    Sort { key: "amount", label: text("金额", "Amount"), down_first: true },
];

keyed! {
    /// A tab of the queue of requests; the first one is open at first.
    QueueTab {
        Requests = "requests" "待开具" "To issue";
        Returns = "returns" "退票" "Returns";
        Post = "post" "待寄出" "To send";
        Done = "done" "已完成" "Done";
    }
}

impl QueueTab {
    /// The tab of a request; what is on paper and has no number of a courier yet waits for one.
    #[must_use]
    pub fn of(state: State, waits_for_courier: bool) -> Self {
        match state {
            State::Submitted => Self::Requests,
            State::ReturnReview => Self::Returns,
            State::Issued if waits_for_courier => Self::Post,
            _ => Self::Done,
        }
    }
}

keyed! {
    /// A tab of what support is asked for.
    ReviewTab {
        Titles = "titles" "抬头申请" "Further titles";
        Changes = "changes" "信息变更" "Changes";
        Done = "done" "已完成" "Done";
    }
}

impl ReviewTab {
    /// The tab of what was asked for.
    #[must_use]
    pub fn of(kind: ReviewKind, state: ReviewState) -> Self {
        match (state, kind) {
            (ReviewState::Submitted, ReviewKind::Title) => Self::Titles,
            (ReviewState::Submitted, ReviewKind::Change) => Self::Changes,
            _ => Self::Done,
        }
    }
}

fn options<K: Keyed>() -> Vec<(&'static str, Text)> {
    K::ALL.iter().map(|value| (value.key(), value.label())).collect()
}
