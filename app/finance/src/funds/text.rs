//! The words of funds.

use domain::{Currency, Lang, Text, text, text::grouped};

pub(super) const SALES: Text = text("销售", "Sales");
pub(super) const TITLE: Text = text("资金管理", "Funds");
pub(super) const LEDE: Text = text(
    "账户里有多少、其中多少可以提现，以及每一笔收支从何而来。",
    "What the account holds, how much of it can be withdrawn, and where each amount came from.",
);
pub(super) const LEDGER: Text = text("收支明细", "Income and expense");
pub(super) const SEARCH: Text = text("搜索单号或账期", "Search numbers or periods");
pub(super) const EMPTY: Text = text("还没有收支记录", "No income or expense yet");
pub(super) const EMPTY_HINT: Text =
    text("充值、账单支付、激励入账和提现都会记在这里。", "Top-ups, bill payments, incentives and withdrawals are listed here.");
const AMOUNT_CNY: Text = text("金额（元）", "Amount (CNY)");
const AMOUNT_USD: Text = text("金额（美元）", "Amount (USD)");
const BALANCE_CNY: Text = text("变动后余额（元）", "Balance after (CNY)");
const BALANCE_USD: Text = text("变动后余额（美元）", "Balance after (USD)");

/// The heads of columns of amounts, with the currency that stands in none of their cells.
pub(super) const fn head(column: &str, currency: Currency) -> Option<Text> {
    match (column.as_bytes(), currency) {
        (b"amount", Currency::Cny) => Some(AMOUNT_CNY),
        (b"amount", Currency::Usd) => Some(AMOUNT_USD),
        (b"balance", Currency::Cny) => Some(BALANCE_CNY),
        (b"balance", Currency::Usd) => Some(BALANCE_USD),
        _ => None,
    }
}

pub(super) fn movements(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 笔收支", grouped(count)),
        Lang::En if count == 1 => "1 movement".to_owned(),
        Lang::En => format!("{} movements", grouped(count)),
    }
}

/// What only the server draws.
#[cfg(not(target_arch = "wasm32"))]
mod card {
    use super::{Lang, Text, text};

    pub(in super::super) const ALERT: Text = text("余额预警", "Balance alert");
    pub(in super::super) const ALERT_FIELD: Text =
        text("低于该金额时通知（元），留空则不通知", "Tell us below this amount (CNY); empty for never");
    pub(in super::super) const ALERT_SET: Text = text("余额预警已保存", "Balance alert saved");
    pub(in super::super) const NO_ALERT: Text = text("未设置", "Not set");
    pub(in super::super) const LOW: Text = text("当前低于预警值", "Below it now");
    pub(in super::super) const SAVE: Text = text("保存", "Save");
    pub(in super::super) const BALANCE: Text = text("账户余额", "Account balance");
    pub(in super::super) const CASH: Text = text("现金余额", "Cash balance");
    pub(in super::super) const OWED: Text = text("欠票金额", "Owed invoices");
    pub(in super::super) const OWED_NOTE: Text = text("补齐发票后可提", "Free once the invoices are in");
    pub(in super::super) const HELD: Text = text("提现冻结", "Held");
    pub(in super::super) const HELD_NOTE: Text = text("提现办理中", "For withdrawals under way");
    pub(in super::super) const WITHDRAWABLE: Text = text("可提现", "Withdrawable");
    pub(in super::super) const AS_OF: Text = text("截至", "As of");
    pub(in super::super) const BY_FUND: Text = text("可提现金额按资金类型", "Withdrawable by fund");
    pub(in super::super) const SHOW_MOVEMENTS: Text = text("查看该币种的收支明细", "Show its income and expense");
    pub(in super::super) const WITHDRAW: Text = text("立即提现", "Withdraw");
    pub(in super::super) const ASK: Text = text("请求管理员授予", "Ask an administrator");
    pub(in super::super) fn rests(bank: &str, tail: &str, ready: domain::Moment, lang: Lang) -> String {
        let ready = ready.to_minutes();
        match lang {
            Lang::Zh => format!("{bank} 尾号 {tail} 变更未满 24 小时，{ready} 起可用于提现。"),
            Lang::En => format!("{bank} ending {tail} was changed within 24 hours; money can go there from {ready} on."),
        }
    }

    /// In the order of `FUNDS`.
    pub(in super::super) const FUND_NOTES: [Text; 3] = [
        text("退回原支付渠道，按充值记录后进先出", "Back to the channel it came from, last in, first out"),
        text("超出原路期限的余额，转入对公账户", "Too old for its original path; to the company's bank account"),
        text("返充值账户的激励，转入对公账户", "Incentives credited to the balance; to the company's bank account"),
    ];
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) use card::*;
