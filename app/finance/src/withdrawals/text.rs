//! The words of withdrawals.

use domain::{
    Lang, Money, Text, text,
    text::grouped,
    withdrawal::{State, Step, WithdrawalRow},
};

pub(crate) const SALES: Text = text("销售", "Sales");
pub(crate) const FUNDS: Text = text("资金管理", "Funds");
pub(super) const CONSOLE_HOME: Text = text("厂商控制台", "Vendor console");
/// The owner's word [S].
pub(super) const TITLE: Text = text("提现", "Withdrawals");
pub(super) const REQUESTS: Text = text("提现申请", "Withdrawal requests");
pub(super) const LEDGER: Text = text("收支明细", "Income and expense");
pub(super) const TOP_UPS: Text = text("充值", "Top-ups");
pub(super) const ACCOUNTS: Text = text("收款账户", "Bank accounts");
pub(super) const SECTIONS: Text = text("资金管理的分页", "Sections of funds");
pub(super) const LEDE: Text = text(
    "每笔提现的金额在提交时冻结；审核、打款和到账的进度都在这里。",
    "Each amount is held when its request is handed in; review, payout and arrival are followed here.",
);
pub(super) const SEARCH: Text = text("搜索申请单号", "Search numbers");
pub(super) const ALL: Text = text("全部", "All");
pub(super) const EMPTY: Text = text("还没有提现申请", "No withdrawals yet");
pub(super) const EMPTY_HINT: Text =
    text("有可提现金额时，在上方选择资金类型申请提现。", "When there is something to withdraw, choose a fund above.");
pub(super) const DETAILS: Text = text("详情", "Details");
pub(super) const CANCEL_REQUEST: Text = text("撤销", "Cancel");
/// The owner's word [S].
pub(super) const DELETE: Text = text("删除", "Delete");
pub(super) const AGAIN: Text = text("修改后重提", "Change and resubmit");
pub(super) const NEW_FROM: Text = text("重新申请", "Request again");
pub(super) const RECEIPT: Text = text("回单", "Receipt");
pub(super) const CONFIRM: Text = text("确认并提交", "Confirm and submit");
pub(super) const TWO_PEOPLE: Text = text("提现内部复核", "Internal check of withdrawals");
pub(super) const TWO_PEOPLE_ON: Text = text(
    "已开启：发起提现后，需由另一位管理员或财务专员确认，再提交财务。",
    "On: a withdrawal goes to finance once another administrator or finance clerk has confirmed it.",
);
pub(super) const TWO_PEOPLE_OFF: Text = text("未开启：提现由发起人一人提交。", "Off: whoever starts a withdrawal hands it in alone.");
pub(super) const TURN_ON: Text = text("开启", "Turn on");
pub(super) const TURN_OFF: Text = text("关闭", "Turn off");
pub(super) const PASSWORD: Text = text("登录密码", "Your password");
pub(super) const TWO_PEOPLE_SET: Text = text("提现内部复核设置已保存", "Internal check saved");
pub(super) const CODE_SENT: Text = text("验证码已发送", "Code sent");
pub(super) const SUBMITTED: Text = text("提现申请已提交，金额已冻结", "Request submitted; the amount is held");
pub(crate) const SHOW_NUMBER: Text = text("显示完整账号（计入审计日志）", "Show the whole number (noted in the audit log)");
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const NUMBER_SHOWN: Text = text(
    "本次查看显示完整账号，已计入审计日志。刷新或离开本页后恢复脱敏。",
    "The whole number is shown for this view, and the audit log says so. Reload or leave the page and it is masked again.",
);
pub(super) const TAIL: Text = text("尾号", "ending");

pub(super) fn requests(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 笔申请", grouped(count)),
        Lang::En if count == 1 => "1 request".to_owned(),
        Lang::En => format!("{} requests", grouped(count)),
    }
}

/// Where it goes: bank and last digits.
pub(super) fn account(row: &WithdrawalRow, lang: Lang) -> String {
    format!("{} {} {}", row.bank, TAIL.at(lang), row.tail)
}

/// The line under the state: what it waits for, or how it ended.
pub(super) fn waits(row: &WithdrawalRow, lang: Lang) -> String {
    let day = row.ended.map(|at| at.day().to_string()).unwrap_or_default();
    match (row.state, lang) {
        (State::PartnerReview, Lang::Zh) => "等待同事确认，确认后提交财务".to_owned(),
        (State::PartnerReview, Lang::En) => "A colleague confirms it, then finance decides".to_owned(),
        (State::Submitted, Lang::Zh) => "财务审核，通常 1 个工作日".to_owned(),
        (State::Submitted, Lang::En) => "Finance, usually 1 working day".to_owned(),
        (State::Approved, Lang::Zh) => "等待下一个工作日 10:00 的付款批次".to_owned(),
        (State::Approved, Lang::En) => "Next batch, 10:00 of the next working day".to_owned(),
        (State::Processing, Lang::Zh) => format!("银行处理中，预计 {} 前到账", row.promised),
        (State::Processing, Lang::En) => format!("With the bank, expected by {}", row.promised),
        (State::Paid, Lang::Zh) => format!("{day} 到账，流水 {}", row.reference),
        (State::Paid, Lang::En) => format!("Arrived {day}, reference {}", row.reference),
        (State::Failed, Lang::Zh) => format!("资金已解冻。{}", row.reason),
        (State::Failed, Lang::En) => format!("The amount is free again. {}", row.reason),
        (State::Rejected, _) => row.reason.clone(),
        (State::Cancelled, Lang::Zh) => format!("{day} 审核前撤销，资金已解冻"),
        (State::Cancelled, Lang::En) => format!("Cancelled {day} before the review; the amount is free again"),
        (State::Deleted, Lang::Zh) => format!("{day} 驳回，伙伴已从列表删除"),
        (State::Deleted, Lang::En) => format!("Rejected {day}, and removed from the partner's list"),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn moved(step: Step) -> Text {
    match step {
        Step::Confirm => text("已确认，提现申请已提交财务审核", "Confirmed: finance decides next"),
        Step::Delete => text("已删除该申请，账务与审计记录仍保留", "Request deleted; ledger and audit stay"),
        _ => text("已撤销提现申请，金额已解冻", "Request cancelled; the amount is free again"),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn decided(step: Step, state: State) -> Text {
    match (step, state) {
        (Step::Approve, State::Submitted) => text("已通过初审，等待第二人复核", "Approved by one; a second person decides next"),
        (Step::Approve, _) => text("审核通过，已进入待打款", "Approved, ready for payout"),
        (Step::Reject, _) => text("已驳回，金额已解冻并通知伙伴", "Rejected; the amount is free and the partner is told"),
        (Step::Process, _) => text("已提交银行处理", "Handed to the bank"),
        (Step::Pay, _) => text("已确认到账", "Marked as paid"),
        (Step::Fail, _) => text("已标记失败，金额已解冻并通知伙伴", "Marked as failed; the amount is free and the partner is told"),
        (Step::Confirm | Step::Cancel | Step::Delete, _) => text("已办理", "Done"),
    }
}

/// An amount in a sentence.
pub(super) fn yuan(money: Money, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{money} 元"),
        Lang::En => format!("CNY {money}"),
    }
}

/// The words of the queue.
pub(super) mod queue {
    use super::{Lang, Money, Text, grouped, text};
    use domain::Moment;

    pub(in super::super) const TITLE: Text = text("提现审核", "Withdrawal review");
    pub(in super::super) const SEARCH: Text = text("单号或伙伴", "Number or partner");
    pub(in super::super) const TABS: Text = text("审核阶段", "Stages of review");
    pub(in super::super) const EMPTY: Text = text("没有待处理的申请", "Nothing waits here");
    pub(in super::super) const EMPTY_HINT: Text = text("新的申请会出现在这里。", "New requests appear here.");
    pub(in super::super) const APPROVE: Text = text("通过", "Approve");
    pub(in super::super) const REJECT: Text = text("驳回", "Reject");
    pub(in super::super) const PROCESS: Text = text("提交银行", "Hand to the bank");
    pub(in super::super) const REASON: Text = text("给伙伴的说明（驳回时必填）", "Reason for the partner, when rejecting");

    pub(in super::super) fn lede(count: i64, sum: Money, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{} 笔待审核，合计 ¥{sum}", grouped(count)),
            Lang::En => format!("{} to review, ¥{sum} in all", grouped(count)),
        }
    }

    /// How long is left until a moment, or since when it is over.
    pub(in super::super) fn left(due: Moment, now: Moment, lang: Lang) -> String {
        let seconds = due.seconds_since(now);
        let (over, minutes) = (seconds < 0, seconds.abs() / 60);
        let (days, hours) = (minutes / 1_440, minutes / 60);
        let amount = match (lang, days, hours) {
            (Lang::Zh, 1.., _) => format!("{days} 天"),
            (Lang::Zh, _, 1..) => format!("{hours} 小时"),
            (Lang::Zh, ..) => format!("{minutes} 分钟"),
            (Lang::En, 1.., _) => format!("{days} d"),
            (Lang::En, _, 1..) => format!("{hours} h"),
            (Lang::En, ..) => format!("{minutes} min"),
        };
        match (lang, over) {
            (Lang::Zh, true) => format!("已超 {amount}"),
            (Lang::Zh, false) => format!("剩 {amount}"),
            (Lang::En, true) => format!("{amount} over"),
            (Lang::En, false) => format!("{amount} left"),
        }
    }
}
