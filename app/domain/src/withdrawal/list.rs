//! Requests as lists: the partner's, and the vendor's queue.

use super::{Fund, State};
use crate::{
    keyed,
    list::{Column, Filter, FilterKind, InFile, List, Sort},
    machine::Keyed as _,
    text::{Text, text},
};

/// The partner's requests, on `/sales/funds/withdrawals`.
pub const WITHDRAWALS: List = List {
    name: "withdrawals",
    caption: text("提现申请", "Withdrawal requests"),
    filters: &[
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::Many(states) },
        Filter { key: "fund", label: text("资金类型", "Fund"), kind: FilterKind::Many(funds) },
        Filter { key: "at", label: text("申请日期", "Requested"), kind: FilterKind::Days },
        Filter { key: "q", label: text("申请单号", "Number"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("申请单号", "Number")).file(InFile::Text(20)),
        Column::new("fund", text("资金类型", "Fund")).file(InFile::Text(16)),
        Column::new("amount", text("金额（元）", "Amount (CNY)")).sorts().number().file(InFile::AmountSum),
        Column::new("account", text("收款账户", "Account")).file(InFile::Text(24)),
        Column::new("at", text("申请时间", "Requested")).sorts().file(InFile::Moment),
        Column::new("person", text("申请人", "Requested by")).file(InFile::Text(16)).only_in_file(),
        Column::new("state", text("状态", "State")).file(InFile::Text(14)),
        Column::new("promised", text("预计到账", "Expected by")).file(InFile::Day).only_in_file(),
        Column::new("reference", text("银行流水", "Bank reference")).file(InFile::Text(24)).only_in_file(),
        Column::new("reason", text("原因", "Reason")).file(InFile::Text(40)).only_in_file(),
        Column::new("actions", text("操作", "Actions")),
    ],
    sorts: SORTS,
    default_sort: "-at",
};

/// The vendor's queue, on `/console/withdrawals`. The oldest come first: they wait longest.
pub const CONSOLE_WITHDRAWALS: List = List {
    name: "console-withdrawals",
    caption: text("提现审核", "Withdrawal review"),
    filters: &[
        Filter { key: "tab", label: text("阶段", "Stage"), kind: FilterKind::One(tabs) },
        Filter { key: "fund", label: text("资金类型", "Fund"), kind: FilterKind::Many(funds) },
        Filter { key: "at", label: text("申请日期", "Requested"), kind: FilterKind::Days },
        Filter { key: "q", label: text("单号或伙伴", "Number or partner"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("申请单号", "Number")).file(InFile::Text(20)),
        Column::new("partner", text("伙伴", "Partner")).file(InFile::Text(28)),
        Column::new("fund", text("资金类型", "Fund")).file(InFile::Text(16)),
        Column::new("amount", text("金额（元）", "Amount (CNY)")).sorts().number().file(InFile::AmountSum),
        Column::new("at", text("申请时间", "Requested")).sorts().file(InFile::Moment),
        Column::new("state", text("状态", "State")).file(InFile::Text(14)),
        Column::new("due", text("时限", "Due")).file(InFile::Moment),
        Column::new("person", text("申请人", "Requested by")).file(InFile::Text(16)).only_in_file(),
        Column::new("account", text("收款账户", "Account")).file(InFile::Text(24)).only_in_file(),
        Column::new("reference", text("银行流水", "Bank reference")).file(InFile::Text(24)).only_in_file(),
        Column::new("reason", text("原因", "Reason")).file(InFile::Text(40)).only_in_file(),
    ],
    sorts: SORTS,
    default_sort: "at",
};

const SORTS: &[Sort] = &[
    Sort { key: "at", label: text("申请时间", "Requested"), down_first: true },
    Sort { key: "amount", label: text("金额", "Amount"), down_first: true },
];

keyed! {
    /// A tab of the queue; the first one is open at first.
    Tab {
        Review = "review" "待审核" "To review";
        Second = "second" "待复核" "Second review";
        Payout = "payout" "待打款" "To pay out";
        Done = "done" "已完成" "Done";
    }
}

impl Tab {
    /// The states that stand in it.
    #[must_use]
    pub const fn states(self) -> &'static [State] {
        match self {
            Self::Review | Self::Second => &[State::Submitted],
            Self::Payout => &[State::Approved, State::Processing],
            // What a partner has deleted from its list stays on record here.
            Self::Done => &[State::Paid, State::Failed, State::Rejected, State::Cancelled, State::Deleted],
        }
    }

    /// The tab of a request; none while it has not come to the vendor.
    #[must_use]
    pub const fn of(state: State, has_first_approval: bool) -> Option<Self> {
        match state {
            State::PartnerReview => None,
            State::Submitted if has_first_approval => Some(Self::Second),
            State::Submitted => Some(Self::Review),
            State::Approved | State::Processing => Some(Self::Payout),
            State::Paid | State::Failed | State::Rejected | State::Cancelled | State::Deleted => Some(Self::Done),
        }
    }
}

fn states() -> Vec<(&'static str, Text)> {
    State::SHOWN.iter().map(|state| (state.key(), state.label())).collect()
}

fn funds() -> Vec<(&'static str, Text)> {
    Fund::ALL.iter().map(|fund| (fund.key(), fund.label())).collect()
}

fn tabs() -> Vec<(&'static str, Text)> {
    Tab::ALL.iter().map(|tab| (tab.key(), tab.label())).collect()
}
