//! The words of top-ups.

use domain::{
    Lang, Money, Text, text,
    text::grouped,
    top_up::{State, TopUpRow},
};

pub(super) const TITLE: Text = text("充值", "Top-ups");
pub(super) const LEDE: Text = text(
    "向签约主体汇款后在这里认领；核对到账后入账，可在期限内原路退回。",
    "Remit to the contracting entity, then claim it here. Once it is compared with the bank it is credited, and can go back the way it came for a time.",
);
pub(super) const RECORDS: Text = text("充值记录", "Top-ups");
pub(super) const SEARCH: Text = text("搜索充值单号", "Search numbers");
pub(super) const SLIP: Text = text("银行回单", "Slip");
pub(super) const ALL: Text = text("全部", "All");
pub(super) const CLAIM: Text = text("认领汇款", "Claim a remittance");
pub(super) const EMPTY: Text = text("还没有充值记录", "No top-ups yet");
pub(super) const EMPTY_HINT: Text =
    text("完成银行汇款后，点击“认领汇款”登记金额、付款账户和日期。", "After a bank transfer, claim it with its amount, account and day.");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const CLAIMED: Text =
    text("已提交认领，财务核对到账后入账", "Claimed; it is credited once finance has compared it with the bank");

pub(super) fn count(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 笔充值", grouped(count)),
        Lang::En if count == 1 => "1 top-up".to_owned(),
        Lang::En => format!("{} top-ups", grouped(count)),
    }
}

/// Where it came from: bank and last digits.
pub(super) fn from(row: &TopUpRow, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 尾号 {}", row.bank, row.tail),
        Lang::En => format!("{} ending {}", row.bank, row.tail),
    }
}

/// The line under the state: what it waits for, or how it ended.
pub(super) fn waits(row: &TopUpRow, lang: Lang) -> String {
    match (row.state, row.until, lang) {
        (State::Claimed, _, Lang::Zh) => "财务核对到账，通常 1 个工作日".to_owned(),
        (State::Claimed, _, Lang::En) => "Finance compares it with the bank, usually 1 working day".to_owned(),
        (State::Credited, Some(until), Lang::Zh) => format!("原路期限至 {until}"),
        (State::Credited, Some(until), Lang::En) => format!("Original path until {until}"),
        (State::Credited, None, _) => String::new(),
        (State::Refused, ..) => row.reason.clone(),
    }
}

/// The words of the claim.
pub(super) mod claim {
    use super::{Lang, Text, text};

    pub(in super::super) const NOT_SENT: Text = text("认领未提交", "The claim was not handed in");
    pub(in super::super) const AMOUNT: Text = text("汇款金额", "Amount");
    pub(in super::super) const AMOUNT_HINT: Text = text("与银行回单一致，精确到分。", "As on the bank's slip, to the cent.");
    pub(in super::super) const PAYER: Text = text("付款户名", "Payer");
    pub(in super::super) const PAYER_HINT: Text =
        text("须与实名企业一致，不支持他人代付。", "Must be your company; payments by others can't be claimed.");
    pub(in super::super) const DATE: Text = text("汇款日期", "Day of the remittance");
    pub(in super::super) const DATE_HINT: Text = text("不晚于今天，180 天以内。", "Today or earlier, within 180 days.");
    pub(in super::super) const BANK: Text = text("付款银行及支行", "Bank and branch it came from");
    pub(in super::super) const ACCOUNT: Text = text("付款账号", "Account it came from");
    pub(in super::super) const ACCOUNT_HINT: Text =
        text("原路提现将退回该账号。保存后只显示后 4 位。", "Original-path money goes back there. Only the last 4 digits are shown later.");
    pub(in super::super) const SLIP: Text = text("银行回单（选填）", "The bank's slip (optional)");
    pub(in super::super) const SLIP_HINT: Text =
        text("PDF 或 PNG，最大 10 MB；附上回单核对更快。", "A PDF or PNG of at most 10 MB; it makes the comparison faster.");
    pub(in super::super) const SENDING: Text = text("上传进度", "Progress of the upload");
    pub(in super::super) const NOTE: Text = text("银行流水或备注", "Bank reference or note");
    pub(in super::super) const NOTE_HINT: Text =
        text("填写回单上的流水号或附言可加快核对，最多 200 个字。", "The reference on the slip makes it faster; at most 200 characters.");
    pub(in super::super) const SUBMIT: Text = text("提交认领", "Hand in the claim");
    pub(in super::super) const CANCEL: Text = text("取消", "Cancel");
    pub(in super::super) const AFTER: Text = text("提交之后", "After that");
    pub(in super::super) const FOLLOWS: Text = text(
        "财务核对银行到账后入账，通常 1 个工作日；金额不一致或未到账会驳回并说明原因。",
        "Finance compares it with the bank, usually within 1 working day. Another amount, or none, is refused with the reason.",
    );

    pub(in super::super) fn receiver(entity: &str, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("收款方为签约主体 {entity}，请先完成银行汇款再认领。"),
            Lang::En => format!("The receiver is the contracting entity {entity}. Remit first, then claim."),
        }
    }
}

/// The words of the queue.
pub(super) mod queue {
    #[cfg(not(target_arch = "wasm32"))]
    use super::State;
    use super::{Lang, Money, Text, grouped, text};

    pub(in super::super) const CONSOLE_HOME: Text = text("厂商控制台", "Vendor console");
    pub(in super::super) const TITLE: Text = text("充值认领", "Top-up claims");
    pub(in super::super) const SEARCH: Text = text("单号或伙伴", "Number or partner");
    pub(in super::super) const TABS: Text = text("处理阶段", "Stages");
    pub(in super::super) const EMPTY: Text = text("没有待处理的认领", "Nothing waits here");
    pub(in super::super) const EMPTY_HINT: Text = text("新的认领会出现在这里。", "New claims appear here.");
    pub(in super::super) const CLAIM: Text = text("充值", "Top-up");
    pub(in super::super) const ABOUT: Text = text("认领信息", "Claim");
    pub(in super::super) const COMPANY: Text = text("伙伴", "Partner");
    pub(in super::super) const PAYER: Text = text("付款户名", "Payer");
    pub(in super::super) const FROM: Text = text("付款账户", "From");
    pub(in super::super) const DATE: Text = text("汇款日期", "Remitted");
    pub(in super::super) const PERSON: Text = text("登记人", "Entered by");
    pub(in super::super) const TIME: Text = text("登记时间", "Entered");
    pub(in super::super) const NOTE: Text = text("银行流水或备注", "Bank reference or note");
    pub(in super::super) const REFERENCE: Text = text("银行流水", "Bank reference");
    pub(in super::super) const SLIP: Text = text("银行回单", "The bank's slip");
    pub(in super::super) const NO_SLIP: Text = text("未附回单", "None was sent along");
    pub(in super::super) const WHY: Text = text("驳回原因", "Reason");
    pub(in super::super) const BY: Text = text("处理人", "Decided by");
    pub(in super::super) const DECISION: Text = text("核对结果", "Decision");
    pub(in super::super) const NOT_DONE: Text = text("没有办理", "It was not done");
    pub(in super::super) const CREDIT: Text = text("确认入账", "Credit it");
    pub(in super::super) const REFUSE: Text = text("驳回", "Refuse");
    pub(in super::super) const BANK_REFERENCE: Text = text("银行流水号", "Bank reference");
    pub(in super::super) const BANK_REFERENCE_HINT: Text =
        text("入账时必填；一笔到账只能入账一次。", "Needed to credit it; a remittance is credited once.");
    pub(in super::super) const PAID: Text = text("银行到账金额", "Amount the bank received");
    pub(in super::super) const PAID_HINT: Text =
        text("入账时必填，请按银行流水填写；须与认领金额一致。", "Needed to credit it, as the bank says; must be what was claimed.");
    pub(in super::super) const REASON: Text = text("给伙伴的说明", "Reason for the partner");
    pub(in super::super) const REASON_HINT: Text =
        text("驳回时必填，伙伴可见，最多 200 个字。", "Needed to refuse it; the partner reads it. At most 200 characters.");

    pub(in super::super) fn lede(count: i64, sum: Money, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{} 笔待审核，合计 ¥{sum}", grouped(count)),
            Lang::En => format!("{} to review, ¥{sum} in all", grouped(count)),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(in super::super) const fn decided(state: State) -> Text {
        match state {
            State::Credited => text("已入账并通知伙伴", "Credited, and the partner is told"),
            State::Claimed | State::Refused => text("已驳回并通知伙伴", "Refused, and the partner is told"),
        }
    }
}
