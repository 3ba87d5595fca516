//! The words of notices, in both languages. Never in here: whom they are told.

use super::{Notice, word};
use crate::{
    access::rule,
    invoice,
    machine::Keyed as _,
    money::{Currency, Money},
    sign_in::device_words,
    text::{Lang, grouped},
    time::{Day, Moment},
    top_up,
    withdrawal::State,
};

impl Notice {
    /// What happened.
    #[must_use]
    pub fn title(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::ExportFinished { file, .. }, Lang::Zh) => format!("导出完成：{}", word(file)),
            (Self::ExportFinished { file, .. }, Lang::En) => format!("Export ready: {}", word(file)),
            (Self::ExportFailed { file, .. }, Lang::Zh) => format!("导出失败：{}", word(file)),
            (Self::ExportFailed { file, .. }, Lang::En) => format!("Export failed: {}", word(file)),
            (Self::WithdrawalMoved { number, state, .. }, Lang::Zh) => format!("提现申请 {} {}", word(number), state.label().zh),
            (Self::WithdrawalMoved { number, state, .. }, Lang::En) => format!("Withdrawal {}: {}", word(number), state.label().en),
            (Self::BalanceLow { balance, .. }, Lang::Zh) => format!("余额预警：现金余额 {balance} {}", unit(*balance, lang)),
            (Self::BalanceLow { balance, .. }, Lang::En) => format!("Balance alert: {balance} {} left", unit(*balance, lang)),
            (Self::TopUpMoved { number, state, .. }, Lang::Zh) => format!("充值 {} {}", word(number), state.label().zh),
            (Self::TopUpMoved { number, state, .. }, Lang::En) => format!("Top-up {}: {}", word(number), state.label().en),
            (Self::BankAccountChanged { what, bank, tail, .. }, Lang::Zh) => {
                format!("收款账户已{}：{} 尾号 {}", what.label().zh, word(bank), word(tail))
            }
            (Self::BankAccountChanged { what, bank, tail, .. }, Lang::En) => {
                format!("Bank account {}: {} ending {}", what.label().en.to_lowercase(), word(bank), word(tail))
            }
            (Self::BillIssued { period, due, .. }, Lang::Zh) => format!("{period} 账单已出账：应付 {due} {}", unit(*due, lang)),
            (Self::BillIssued { period, due, .. }, Lang::En) => format!("Bill of {period} issued: {due} {} due", unit(*due, lang)),
            (Self::BillDue { period, open, .. }, Lang::Zh) => format!("{period} 账单即将到期：未付 {open} {}", unit(*open, lang)),
            (Self::BillDue { period, open, .. }, Lang::En) => format!("Bill of {period} is due soon: {open} {} open", unit(*open, lang)),
            (Self::BillOverdue { period, open, .. }, Lang::Zh) => format!("{period} 账单已逾期：未付 {open} {}", unit(*open, lang)),
            (Self::BillOverdue { period, open, .. }, Lang::En) => format!("Bill of {period} overdue: {open} {} open", unit(*open, lang)),
            (Self::BillPaid { period, .. }, Lang::Zh) => format!("{period} 账单已付清"),
            (Self::BillPaid { period, .. }, Lang::En) => format!("Bill of {period} paid"),
            (Self::BillAdjusted { period, amount, .. }, Lang::Zh) => format!("{period} 账单调账：{amount} {}", unit(*amount, lang)),
            (Self::BillAdjusted { period, amount, .. }, Lang::En) => format!("Bill of {period} adjusted: {amount} {}", unit(*amount, lang)),
            (Self::InvoiceMoved { number, state, .. }, Lang::Zh) => format!("开票申请 {}：{}", word(number), state.label().zh),
            (Self::InvoiceMoved { number, state, .. }, Lang::En) => {
                format!("Invoice request {}: {}", word(number), state.label().en.to_lowercase())
            }
            (Self::InvoiceReviewed { kind, title, state, .. }, Lang::Zh) => {
                format!("{}{}：{}", kind.label().zh, state.label().zh, word(title))
            }
            (Self::InvoiceReviewed { kind, title, state, .. }, Lang::En) => {
                format!("{} {}: {}", kind.label().en, state.label().en.to_lowercase(), word(title))
            }
            (Self::NewDevice { .. }, Lang::Zh) => "您的账号在新设备上登录".to_owned(),
            (Self::NewDevice { .. }, Lang::En) => "Your account was used on a new device".to_owned(),
            (Self::SignedOutEverywhere { .. }, Lang::Zh) => "您的账号已在所有设备上退出".to_owned(),
            (Self::SignedOutEverywhere { .. }, Lang::En) => "Your account was signed out everywhere".to_owned(),
            (Self::AccessRequested { name, permission, .. }, Lang::Zh) => {
                format!("{} 请您开通“{}”", word(name), permission_name(permission, lang))
            }
            (Self::AccessRequested { name, permission, .. }, Lang::En) => {
                format!("{} asks for “{}”", word(name), permission_name(permission, lang))
            }
            (Self::AgreementPublished { title, .. }, Lang::Zh) => format!("待签署协议：{}", word(&title.zh)),
            (Self::AgreementPublished { title, .. }, Lang::En) => format!("Agreement to accept: {}", word(&title.en)),
            (Self::AgreementExpired { title, .. }, Lang::Zh) => format!("协议未在截止日前签署：{}", word(&title.zh)),
            (Self::AgreementExpired { title, .. }, Lang::En) => format!("Agreement not accepted in time: {}", word(&title.en)),
            (Self::DocumentUpdated { title, .. }, Lang::Zh) => format!("资料已更新：{}", word(title)),
            (Self::DocumentUpdated { title, .. }, Lang::En) => format!("Document updated: {}", word(title)),
            (Self::DocumentWithdrawn { title, .. }, Lang::Zh) => format!("资料已下线：{}", word(title)),
            (Self::DocumentWithdrawn { title, .. }, Lang::En) => format!("Document withdrawn: {}", word(title)),
        }
    }

    /// The rest of it: what it means and what to do.
    #[must_use]
    pub fn body(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::ExportFinished { rows, .. }, Lang::Zh) => format!("共 {} 行，文件保留 7 天。", grouped(*rows)),
            (Self::ExportFinished { rows, .. }, Lang::En) => format!("{} rows; the file is kept for 7 days.", grouped(*rows)),
            (Self::ExportFailed { problem, .. }, Lang::Zh) => format!("{}。可在导出记录中重新导出。", problem.label().zh),
            (Self::ExportFailed { problem, .. }, Lang::En) => format!("{}. You can export again from the records.", problem.label().en),
            (Self::WithdrawalMoved { amount, state, note, .. }, _) => withdrawal(*amount, *state, &word(note), lang),
            (Self::BalanceLow { limit, .. }, Lang::Zh) => format!("已低于预警值 {limit} {}，请及时充值。", unit(*limit, lang)),
            (Self::BalanceLow { limit, .. }, Lang::En) => {
                format!("It is below the threshold of {limit} {}. Top up in time.", unit(*limit, lang))
            }
            (Self::TopUpMoved { amount, state, note, .. }, _) => topped_up(*amount, *state, &word(note), lang),
            (Self::BankAccountChanged { by, ready, .. }, _) => account_changed(&word(by), *ready, lang),
            (Self::BillIssued { until, .. }, Lang::Zh) => format!("请在 {until} 前付清。逾期未付会暂停激励与权益付款。"),
            (Self::BillIssued { until, .. }, Lang::En) => format!("Pay it by {until}. Payouts are held while a bill is overdue."),
            (Self::BillDue { until, .. }, Lang::Zh) => {
                format!("请在 {until} 前付清，剩余不超过 5 个工作日。逾期未付会暂停激励与权益付款。")
            }
            (Self::BillDue { until, .. }, Lang::En) => {
                format!("Pay it by {until}: at most 5 working days are left. Payouts are held while a bill is overdue.")
            }
            (Self::BillOverdue { .. }, Lang::Zh) => "付清前，激励与权益付款暂停。".to_owned(),
            (Self::BillOverdue { .. }, Lang::En) => "Payouts are held until it is paid.".to_owned(),
            (Self::BillPaid { due, .. }, Lang::Zh) => format!("共支付 {due} {}。", unit(*due, lang)),
            (Self::BillPaid { due, .. }, Lang::En) => format!("{due} {} in all.", unit(*due, lang)),
            (Self::BillAdjusted { reason, .. }, Lang::Zh) => format!("原因：{}", word(reason)),
            (Self::BillAdjusted { reason, .. }, Lang::En) => format!("Reason: {}", word(reason)),
            (Self::InvoiceMoved { amount, state, note, .. }, _) => invoice_moved(*amount, *state, &word(note), lang),
            (Self::InvoiceReviewed { state, note, .. }, _) => invoice_reviewed(*state, &word(note), lang),
            (Self::NewDevice { device, address, .. }, Lang::Zh) => {
                format!("{}，地址 {}。如果不是您本人，请在所有设备上退出，并联系管理员。", device_words(device, lang), word(address))
            }
            (Self::NewDevice { device, address, .. }, Lang::En) => {
                format!(
                    "{}, address {}. If this wasn't you, sign out everywhere and tell your administrator.",
                    device_words(device, lang),
                    word(address)
                )
            }
            (Self::SignedOutEverywhere { sessions, .. }, Lang::Zh) => {
                format!("已结束 {sessions} 个登录。如果不是您本人操作，请联系管理员。")
            }
            (Self::SignedOutEverywhere { sessions, .. }, Lang::En) => {
                format!("Sessions ended: {sessions}. If this wasn't you, tell your administrator.")
            }
            (Self::AccessRequested { .. }, Lang::Zh) => "请登录伙伴中心办理。".to_owned(),
            (Self::AccessRequested { .. }, Lang::En) => "Sign in to Partner Center to make it available.".to_owned(),
            (Self::AgreementPublished { mandatory, until, .. }, _) => agreement(*mandatory, *until, lang),
            (Self::AgreementExpired { .. }, Lang::Zh) => "已不能再签署。如仍需签署，请联系生态经理。".to_owned(),
            (Self::AgreementExpired { .. }, Lang::En) => {
                "It can't be accepted any more. If you still need it, ask your ecosystem manager.".to_owned()
            }
            (Self::DocumentUpdated { version, what_changed, .. }, Lang::Zh) => {
                let what = word(what_changed);
                if what.is_empty() { format!("第 {version} 版已发布。") } else { format!("第 {version} 版：{what}") }
            }
            (Self::DocumentUpdated { version, what_changed, .. }, Lang::En) => {
                let what = word(what_changed);
                if what.is_empty() { format!("Version {version} is out.") } else { format!("Version {version}: {what}") }
            }
            (Self::DocumentWithdrawn { .. }, Lang::Zh) => "您关注的资料已下线，不再提供下载。".to_owned(),
            (Self::DocumentWithdrawn { .. }, Lang::En) => "A document you follow is no longer available.".to_owned(),
        }
    }
}

/// What became of a withdrawal, and what follows.
fn withdrawal(amount: Money, state: State, note: &str, lang: Lang) -> String {
    match (state, lang) {
        (State::PartnerReview, Lang::Zh) => format!("金额 {amount} 元已冻结，需由发起人以外的一位同事确认后提交财务。"),
        (State::PartnerReview, Lang::En) => {
            format!("{amount} is held. A colleague other than who started it confirms it, then finance decides.")
        }
        (State::Submitted, Lang::Zh) => format!("金额 {amount} 元已冻结，财务通常在 1 个工作日内审核。"),
        (State::Submitted, Lang::En) => format!("{amount} is held. Finance usually decides within 1 working day."),
        (State::Approved, Lang::Zh) => format!("金额 {amount} 元，将随下一个工作日 10:00 的付款批次打款。"),
        (State::Approved, Lang::En) => format!("{amount} goes out with the batch at 10:00 of the next working day."),
        (State::Processing, Lang::Zh) => format!("金额 {amount} 元已提交银行处理。"),
        (State::Processing, Lang::En) => format!("{amount} is with the bank."),
        (State::Paid, Lang::Zh) => format!("金额 {amount} 元已到账，银行流水 {note}。"),
        (State::Paid, Lang::En) => format!("{amount} has arrived, bank reference {note}."),
        (State::Failed | State::Rejected, Lang::Zh) => format!("金额 {amount} 元已解冻。原因：{note}"),
        (State::Failed | State::Rejected, Lang::En) => format!("{amount} is free again. Reason: {note}"),
        (State::Cancelled | State::Deleted, Lang::Zh) => format!("金额 {amount} 元已解冻。"),
        (State::Cancelled | State::Deleted, Lang::En) => format!("{amount} is free again."),
    }
}

fn topped_up(amount: Money, state: top_up::State, note: &str, lang: Lang) -> String {
    use top_up::State::{Claimed, Credited, Refused};
    match (state, lang) {
        (Claimed, Lang::Zh) => format!("{note} 认领汇款 {amount} 元，请核对银行到账后入账或驳回。"),
        (Claimed, Lang::En) => format!("{note} claims {amount}. Compare it with the bank, then credit or refuse it."),
        (Credited, Lang::Zh) => format!("{amount} 元已入账，银行流水 {note}。"),
        (Credited, Lang::En) => format!("{amount} was credited, bank reference {note}."),
        (Refused, Lang::Zh) => format!("{amount} 元未入账。原因：{note}"),
        (Refused, Lang::En) => format!("{amount} was not credited. Reason: {note}"),
    }
}

/// Who changed an account, from when on money can go there, and what to do when it was nobody of the company.
fn account_changed(by: &str, ready: Option<Moment>, lang: Lang) -> String {
    match (ready.map(Moment::to_minutes), lang) {
        (Some(ready), Lang::Zh) => format!("由 {by} 操作，{ready} 起可用于提现。如非贵公司本人操作，请立即联系我们。"),
        (Some(ready), Lang::En) => {
            format!("By {by}; money can go there from {ready} on. If it was nobody of your company, contact us at once.")
        }
        (None, Lang::Zh) => format!("由 {by} 操作。如非贵公司本人操作，请立即联系我们。"),
        (None, Lang::En) => format!("By {by}. If it was nobody of your company, contact us at once."),
    }
}

/// What became of a request for an invoice, and what follows.
fn invoice_moved(amount: Money, state: invoice::State, note: &str, lang: Lang) -> String {
    use invoice::State;
    match (state, lang) {
        (State::Submitted, Lang::Zh) => format!("金额 {amount} 元，财务在 3 个工作日内开具。"),
        (State::Submitted, Lang::En) => format!("{amount}; finance issues it within 3 working days."),
        (State::Issued, Lang::Zh) => format!("金额 {amount} 元，发票号码 {note}。"),
        (State::Issued, Lang::En) => format!("{amount}, invoice number {note}."),
        (State::Sent, Lang::Zh) => format!("金额 {amount} 元，快递单号 {note}。"),
        (State::Sent, Lang::En) => format!("{amount}, courier number {note}."),
        (State::Rejected, Lang::Zh) => format!("金额 {amount} 元可重新申请。原因：{note}"),
        (State::Rejected, Lang::En) => format!("{amount} can be asked for again. Reason: {note}"),
        (State::Cancelled, Lang::Zh) => format!("金额 {amount} 元可重新申请。"),
        (State::Cancelled, Lang::En) => format!("{amount} can be asked for again."),
        (State::ReturnReview, Lang::Zh) => format!("金额 {amount} 元，财务在 3 个工作日内审核。原因：{note}"),
        (State::ReturnReview, Lang::En) => format!("{amount}; finance decides within 3 working days. Reason: {note}"),
        (State::Returned, Lang::Zh) => format!("金额 {amount} 元的发票已退回，可重新申请。"),
        (State::Returned, Lang::En) => format!("The invoice of {amount} is taken back; it can be asked for again."),
    }
}

/// What support was asked or said.
fn invoice_reviewed(state: invoice::ReviewState, note: &str, lang: Lang) -> String {
    use invoice::ReviewState;
    match (state, lang) {
        (ReviewState::Submitted, Lang::Zh) => "等待客服审核。".to_owned(),
        (ReviewState::Submitted, Lang::En) => "Support decides next.".to_owned(),
        (ReviewState::Granted, Lang::Zh) => "可在发票信息管理中查看。".to_owned(),
        (ReviewState::Granted, Lang::En) => "See the page of invoice information.".to_owned(),
        (ReviewState::Refused, Lang::Zh) => format!("原因：{note}"),
        (ReviewState::Refused, Lang::En) => format!("Reason: {note}"),
    }
}

/// What a new agreement asks for.
fn agreement(mandatory: bool, until: Option<Day>, lang: Lang) -> String {
    let ask = match (mandatory, lang) {
        (true, Lang::Zh) => "该协议必须签署；生效后，签署前不能使用其他功能。",
        (true, Lang::En) => "It is mandatory: once it is in effect, nothing else can be used before it is accepted.",
        (false, Lang::Zh) => "请管理员阅读后决定是否签署。",
        (false, Lang::En) => "An administrator reads it and decides whether to accept it.",
    };
    match (until, lang) {
        (Some(until), Lang::Zh) => format!("{ask}签署截止 {until}。"),
        (Some(until), Lang::En) => format!("{ask} Accept it by {until}."),
        (None, _) => ask.to_owned(),
    }
}
/// What an amount is counted in, behind it.
fn unit(amount: Money, lang: Lang) -> &'static str {
    match (lang, amount.currency) {
        (Lang::Zh, Currency::Cny) => "元",
        (_, currency) => currency.key(),
    }
}

fn permission_name(code: &str, lang: Lang) -> String {
    rule(code).map_or_else(|| word(code), |rule| rule.label.at(lang).to_owned())
}
