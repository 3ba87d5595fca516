//! The words of invoices.

use domain::{
    Lang, Money, Text,
    invoice::{InvoiceRow, Medium, State},
    text,
    text::grouped,
};

pub(super) const SALES: Text = text("销售", "Sales");
pub(super) const CONSOLE_HOME: Text = text("厂商控制台", "Vendor console");
/// The owner's word [S].
pub(super) const TITLE: Text = text("发票管理", "Invoices");
/// The owner's word [S].
pub(super) const MANAGE: Text = text("管理发票信息", "Manage invoice information");
/// The owner's word [S].
pub(super) const INFORMATION: Text = text("发票信息管理", "Invoice information");
pub(super) const REQUESTS: Text = text("开票申请", "Invoice requests");
pub(super) const LEDE: Text = text(
    "对已付清的消费申请开票；申请、开具、寄出与退票的进度都在这里。",
    "Request invoices for consumption that is paid, and follow them: issued, sent, given back.",
);
pub(super) const SEARCH: Text = text("搜索申请单号或发票号码", "Search numbers");
pub(super) const ALL: Text = text("全部", "All");
pub(super) const EMPTY: Text = text("还没有开票申请", "No invoice requests yet");
pub(super) const EMPTY_HINT: Text =
    text("账单付款后，可开票金额会显示在上方。", "Once something of a bill is paid, what can be invoiced stands above.");
pub(super) const ISSUERS: Text = text("开具方", "Issuer");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const NO_SELLERS: Text = text("还没有商家开具的发票", "No invoices of sellers yet");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const NO_SELLERS_HINT: Text = text(
    "云商店商家的发票随云商店订单产生；云商店订单尚未在伙伴中心开通，因此这里还没有内容。商家开具所用的发票信息可以先行维护。",
    "Sellers issue invoices for marketplace orders, and those are not in Partner Center yet, so there is nothing here. The invoice information they will use can be kept already.",
);
pub(super) const DETAILS: Text = text("详情", "Details");
pub(super) const NEW: Text = text("申请开票", "Request an invoice");
pub(super) const CANCEL: Text = text("撤销", "Cancel");
pub(super) const RETURN: Text = text("申请退票", "Give it back");
pub(super) const AGAIN: Text = text("重新申请", "Request again");
pub(super) const SUBMITTED: Text = text("开票申请已提交", "Invoice requested");
pub(super) const NOT_DONE: Text = text("没有办理", "It was not done");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const SAVED: Text = text("发票信息已保存", "Invoice information saved");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const IN_REVIEW: Text =
    text("修改已提交客服审核，审核期间原信息继续有效", "Handed in for review; until then the old information stays in use");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const ASKED: Text = text("抬头申请已提交，客服在 3 个工作日内审核", "Handed in; support decides within 3 working days");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const DELETED: Text = text("发票信息已作废", "Invoice information deleted");

pub(super) fn requests(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 笔申请", grouped(count)),
        Lang::En if count == 1 => "1 request".to_owned(),
        Lang::En => format!("{} requests", grouped(count)),
    }
}

/// The periods of a request.
pub(super) fn periods(row: &InvoiceRow) -> String {
    if row.first == row.last { row.first.to_string() } else { format!("{} – {}", row.first, row.last) }
}

/// The line under the state: what it waits for, or how it ended.
pub(super) fn waits(row: &InvoiceRow, lang: Lang) -> String {
    let (due, moved) = (row.due.day(), row.moved.day());
    match (row.state, lang) {
        (State::Submitted, Lang::Zh) => format!("财务开具，{due} 前"),
        (State::Submitted, Lang::En) => format!("Finance issues it by {due}"),
        (State::Issued, Lang::Zh) if row.medium == Medium::Paper && row.courier.is_empty() => format!("发票号码 {}，等待寄出", row.invoice),
        (State::Issued, Lang::En) if row.medium == Medium::Paper && row.courier.is_empty() => format!("Number {}, to be sent", row.invoice),
        (State::Issued, Lang::Zh) => format!("发票号码 {}", row.invoice),
        (State::Issued, Lang::En) => format!("Number {}", row.invoice),
        (State::Sent, Lang::Zh) => format!("快递单号 {}", row.courier),
        (State::Sent, Lang::En) => format!("Courier number {}", row.courier),
        (State::Rejected, _) => row.reason.clone(),
        (State::Cancelled, Lang::Zh) => format!("{moved} 撤销，金额可重新申请"),
        (State::Cancelled, Lang::En) => format!("Cancelled {moved}; the amount can be asked for again"),
        (State::ReturnReview, Lang::Zh) => format!("财务审核退票，{due} 前"),
        (State::ReturnReview, Lang::En) => format!("Finance decides by {due}"),
        (State::Returned, Lang::Zh) => format!("{moved} 退票，金额可重新申请"),
        (State::Returned, Lang::En) => format!("Taken back {moved}; the amount can be asked for again"),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn moved(step: domain::invoice::Step) -> Text {
    match step {
        domain::invoice::Step::Return => text("退票申请已提交", "Handed in for return"),
        _ => text("已撤销开票申请", "Request cancelled"),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn decided(step: domain::invoice::Step) -> Text {
    use domain::invoice::Step;
    match step {
        Step::Issue => text("已开具并通知伙伴", "Issued; the partner is told"),
        Step::Send => text("已登记寄出并通知伙伴", "Marked as sent; the partner is told"),
        Step::Reject => text("已驳回并通知伙伴", "Rejected; the partner is told"),
        Step::AcceptReturn => text("已退票，金额可重新申请", "Taken back; the amount can be asked for again"),
        Step::RefuseReturn => text("退票未通过，发票继续有效", "The return is refused; the invoice stays valid"),
        Step::Cancel | Step::Return => text("已办理", "Done"),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn reviewed(step: domain::invoice::ReviewStep) -> Text {
    match step {
        domain::invoice::ReviewStep::Grant => text("已批准并通知伙伴", "Granted; the partner is told"),
        domain::invoice::ReviewStep::Refuse => text("已驳回并通知伙伴", "Refused; the partner is told"),
    }
}

/// An amount in a sentence.
pub(super) fn yuan(money: Money, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{money} 元"),
        Lang::En => format!("CNY {money}"),
    }
}

/// The words of the queues.
pub(super) mod queue {
    use super::{Lang, Money, Text, grouped, text};

    pub(in super::super) const TITLE: Text = text("发票审核", "Invoices to issue");
    pub(in super::super) const REVIEWS: Text = text("发票信息审核", "Invoice information");
    pub(in super::super) const REVIEWS_LEDE: Text =
        text("其他抬头的申请与 30 天内再次修改的发票信息。", "Further titles, and information that is changed again within 30 days.");
    pub(in super::super) const SEARCH: Text = text("单号、伙伴或发票号码", "Number or partner");
    pub(in super::super) const SEARCH_REVIEWS: Text = text("伙伴或抬头", "Partner or title");
    pub(in super::super) const TABS: Text = text("审核阶段", "Stages of review");
    pub(in super::super) const EMPTY: Text = text("没有待处理的申请", "Nothing waits here");
    pub(in super::super) const EMPTY_HINT: Text = text("新的申请会出现在这里。", "New requests appear here.");

    pub(in super::super) fn lede(count: i64, sum: Money, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{} 笔待开具，合计 ¥{sum}", grouped(count)),
            Lang::En => format!("{} to issue, ¥{sum} in all", grouped(count)),
        }
    }

    pub(in super::super) fn due(day: domain::Day, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{day} 前"),
            Lang::En => format!("by {day}"),
        }
    }
}
