//! What messages say: one closed list of notices with their words in both languages, and the mails that are made of them.
//!
//! A text holds own addresses only as lines of their own that begin with `/`. Whoever sends or shows it puts the public address in front
//! ([`linked`]), so that nothing that somebody typed can become a link.

use super::{TOLD_MAX, Topic};
use crate::{
    access::{Side, rule},
    bank_account::What,
    bills::Period,
    exports::{Problem, records},
    id::Id,
    invoice,
    list::encode,
    machine::Keyed as _,
    money::{Currency, Money},
    sign_in::device_words,
    text::{Lang, Said, grouped},
    time::{Day, Moment},
    top_up,
    withdrawal::State,
};
use serde::{Deserialize, Serialize};

/// Topics of the notices below; a test holds them against each other.
pub(super) const TOPICS: &[Topic] =
    &[Topic::Export, Topic::Bill, Topic::Withdrawal, Topic::Funds, Topic::Invoice, Topic::Company, Topic::Access, Topic::Library];
/// Characters of a title, a name or a device in a message.
const WORD_MAX: usize = 200;
/// Where a person chooses what to be told.
const CHOICES: &str = "/account/notifications";

/// Something that people are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// The file of an export is there.
    ExportFinished {
        /// The task.
        task: Id,
        /// The file's name.
        file: String,
        /// Rows in it.
        rows: i64,
    },
    /// An export ended without a file.
    ExportFailed {
        /// The task.
        task: Id,
        /// The name the file would have.
        file: String,
        /// Why.
        problem: Problem,
    },
    /// A withdrawal is in a new state.
    WithdrawalMoved {
        /// The request.
        withdrawal: Id,
        /// Its number.
        number: String,
        /// How much.
        amount: Money,
        /// The state.
        state: State,
        /// Why, or what the bank calls the payment.
        note: String,
    },
    /// The cash balance fell below the threshold of the alert.
    BalanceLow {
        /// The movement that did it.
        occasion: Id,
        /// The balance after it.
        balance: Money,
        /// The threshold.
        limit: Money,
    },
    /// A remittance was claimed, credited or refused.
    TopUpMoved {
        /// The top-up.
        top_up: Id,
        /// Its number.
        number: String,
        /// How much.
        amount: Money,
        /// Its state.
        state: top_up::State,
        /// Who claims it, the bank's reference, or the reason.
        note: String,
    },
    /// A bank account of the company was entered, changed or removed.
    BankAccountChanged {
        /// Tells two of them apart.
        occasion: Id,
        /// What was done.
        what: What,
        /// The bank.
        bank: String,
        /// The last digits.
        tail: String,
        /// Who did it.
        by: String,
        /// From when on money can go there.
        ready: Option<Moment>,
    },
    /// A request for an invoice is in a new state.
    InvoiceMoved {
        /// The request.
        request: Id,
        /// Its version, which tells two of the same state apart.
        version: i64,
        /// Its number.
        number: String,
        /// How much.
        amount: Money,
        /// The state.
        state: invoice::State,
        /// Why, or the number of the invoice or its courier.
        note: String,
    },
    /// Support is asked about an invoice information, or has decided.
    InvoiceReviewed {
        /// What was asked.
        review: Id,
        /// A further title, or a change.
        kind: invoice::ReviewKind,
        /// The title.
        title: String,
        /// The state.
        state: invoice::ReviewState,
        /// What support said.
        note: String,
    },
    /// A bill was issued.
    BillIssued {
        /// The bill.
        bill: Id,
        /// Its period.
        period: Period,
        /// What is to be paid.
        due: Money,
        /// Until when.
        until: Day,
    },
    /// A bill is to be paid soon (domain.md 4.5: five working days before its day).
    BillDue {
        /// The bill.
        bill: Id,
        /// Its period.
        period: Period,
        /// What is open.
        open: Money,
        /// Until when.
        until: Day,
    },
    /// A bill was not paid in time.
    BillOverdue {
        /// The bill.
        bill: Id,
        /// Its period.
        period: Period,
        /// What is open.
        open: Money,
    },
    /// A bill is paid.
    BillPaid {
        /// The bill.
        bill: Id,
        /// Its period.
        period: Period,
        /// What came to it.
        due: Money,
    },
    /// An amount was added to a bill, or taken off it.
    BillAdjusted {
        /// Tells two of them apart.
        occasion: Id,
        /// The period of the bill.
        period: Period,
        /// How much.
        amount: Money,
        /// Why.
        reason: String,
    },
    /// Somebody signed in from a device that the account has not been used on.
    NewDevice {
        /// Tells two of them apart.
        occasion: Id,
        /// The browser as it calls itself.
        device: String,
        /// From which network address.
        address: String,
    },
    /// Every session of the account was ended.
    SignedOutEverywhere {
        /// Tells two of them apart.
        occasion: Id,
        /// How many there were.
        sessions: i64,
    },
    /// Somebody of the company asks for what a gate or a role keeps closed.
    AccessRequested {
        /// Who asks.
        account: Id,
        /// Their name.
        name: String,
        /// The code of the permission.
        permission: String,
        /// Where it can be brought about.
        path: String,
        /// The day: more than once a day nobody asks.
        day: Day,
    },
    /// An agreement was published for the company.
    AgreementPublished {
        /// The version.
        agreement: Id,
        /// Its title.
        title: Said,
        /// Nothing else can be done before it is accepted.
        mandatory: bool,
        /// The last day to accept it.
        until: Option<Day>,
    },
    /// An agreement was not accepted in time.
    AgreementExpired {
        /// The version.
        agreement: Id,
        /// Its title.
        title: Said,
    },
    /// A document that is followed has a new version.
    DocumentUpdated {
        /// The document.
        document: Id,
        /// The number of the new version.
        version: i64,
        /// Its title.
        title: String,
        /// What the version changes.
        what_changed: String,
    },
    /// A document that is followed was withdrawn.
    DocumentWithdrawn {
        /// The document.
        document: Id,
        /// The row's version, which tells two of them apart.
        version: i64,
        /// Its title.
        title: String,
    },
}

impl Notice {
    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::ExportFinished { .. } | Self::ExportFailed { .. } => Topic::Export,
            Self::WithdrawalMoved { .. } => Topic::Withdrawal,
            Self::BalanceLow { .. } | Self::TopUpMoved { .. } | Self::BankAccountChanged { .. } => Topic::Funds,
            Self::InvoiceMoved { .. } | Self::InvoiceReviewed { .. } => Topic::Invoice,
            Self::BillIssued { .. }
            | Self::BillDue { .. }
            | Self::BillOverdue { .. }
            | Self::BillPaid { .. }
            | Self::BillAdjusted { .. } => Topic::Bill,
            Self::NewDevice { .. } | Self::SignedOutEverywhere { .. } | Self::AccessRequested { .. } => Topic::Access,
            Self::AgreementPublished { .. } | Self::AgreementExpired { .. } => Topic::Company,
            Self::DocumentUpdated { .. } | Self::DocumentWithdrawn { .. } => Topic::Library,
        }
    }

    /// Security does not wait for the digest: so a topic may say, and a changed bank account always does.
    #[must_use]
    pub const fn mails_at_once(&self) -> bool {
        self.topic().mails_at_once() || matches!(self, Self::BankAccountChanged { .. })
    }

    /// What caused it: a person is told once of each cause.
    #[must_use]
    pub fn cause(&self) -> String {
        match self {
            Self::ExportFinished { task, .. } => format!("export/{task}/finished"),
            Self::ExportFailed { task, .. } => format!("export/{task}/failed"),
            Self::WithdrawalMoved { withdrawal, state, .. } => format!("withdrawal/{withdrawal}/{}", state.key()),
            Self::BalanceLow { occasion, .. } => format!("balance/{occasion}"),
            Self::TopUpMoved { top_up, state, .. } => format!("top-up/{top_up}/{}", state.key()),
            Self::BankAccountChanged { occasion, .. } => format!("bank-account/{occasion}"),
            Self::InvoiceMoved { request, version, state, .. } => format!("invoice/{request}/{version}/{}", state.key()),
            Self::InvoiceReviewed { review, state, .. } => format!("invoice-review/{review}/{}", state.key()),
            Self::BillIssued { bill, .. } => format!("bill/{bill}/issued"),
            Self::BillDue { bill, .. } => format!("bill/{bill}/due"),
            Self::BillOverdue { bill, .. } => format!("bill/{bill}/overdue"),
            Self::BillPaid { bill, .. } => format!("bill/{bill}/paid"),
            Self::BillAdjusted { occasion, .. } => format!("bill/adjusted/{occasion}"),
            Self::NewDevice { occasion, .. } => format!("device/{occasion}"),
            Self::SignedOutEverywhere { occasion, .. } => format!("signed-out/{occasion}"),
            Self::AccessRequested { account, permission, day, .. } => format!("help/{account}/{permission}/{day}"),
            Self::AgreementPublished { agreement, .. } => format!("agreement/{agreement}/published"),
            Self::AgreementExpired { agreement, .. } => format!("agreement/{agreement}/expired"),
            Self::DocumentUpdated { document, version, .. } => format!("document/{document}/version/{version}"),
            Self::DocumentWithdrawn { document, version, .. } => format!("document/{document}/withdrawn/{version}"),
        }
    }

    /// The page of its object, for a reader of a side.
    #[must_use]
    pub fn path(&self, side: Side) -> String {
        match self {
            Self::ExportFinished { file, .. } | Self::ExportFailed { file, .. } => {
                let mut path = format!("{}?q=", records(side).0);
                encode(&word(file), &mut path);
                path
            }
            Self::WithdrawalMoved { withdrawal, .. } => match side {
                Side::Vendor => format!("/console/withdrawals/{withdrawal}"),
                _ => format!("/sales/funds/withdrawals/{withdrawal}"),
            },
            Self::BalanceLow { .. } => "/sales/funds".to_owned(),
            Self::TopUpMoved { top_up, number, .. } => match side {
                Side::Vendor => format!("/console/top-ups/{top_up}"),
                _ => {
                    let mut path = "/sales/funds/top-ups?q=".to_owned();
                    encode(&word(number), &mut path);
                    path
                }
            },
            Self::BankAccountChanged { .. } => "/sales/funds/accounts".to_owned(),
            Self::InvoiceMoved { request, .. } => match side {
                Side::Vendor => format!("/console/invoices/{request}"),
                _ => format!("/sales/invoices/{request}"),
            },
            Self::InvoiceReviewed { review, .. } => match side {
                Side::Vendor => format!("/console/invoices/information/{review}"),
                _ => "/sales/invoices/information".to_owned(),
            },
            Self::BillIssued { period, due, .. } | Self::BillPaid { period, due, .. } => bill_path(*period, *due),
            Self::BillDue { period, open, .. } | Self::BillOverdue { period, open, .. } => bill_path(*period, *open),
            Self::BillAdjusted { period, amount, .. } => bill_path(*period, *amount),
            Self::NewDevice { .. } | Self::SignedOutEverywhere { .. } => "/account".to_owned(),
            Self::AgreementPublished { agreement, .. } | Self::AgreementExpired { agreement, .. } => match side {
                Side::Vendor => format!("/console/agreements/{agreement}"),
                _ => format!("/agreements/{agreement}"),
            },
            Self::AccessRequested { path, .. } => crate::sign_in::own_path(path).to_owned(),
            Self::DocumentUpdated { document, .. } | Self::DocumentWithdrawn { document, .. } => match side {
                Side::Vendor => format!("/console/library/{document}"),
                _ => format!("/support/library/{document}"),
            },
        }
    }

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

/// One line of what somebody typed: it can end no line, turn no text round and make no mail of any length.
fn word(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).take(WORD_MAX).collect();
    // A line that begins with `/` is an address of ours.
    plain.trim_start_matches(|c: char| c == '/' || c.is_whitespace()).trim_end().to_owned()
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

fn bill_path(period: Period, amount: Money) -> String {
    let currency = if amount.currency == Currency::Cny { String::new() } else { format!("&currency={}", amount.currency.key()) };
    format!("/sales/bill?period={period}{currency}")
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

/// A mail about messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its subject, one line.
    pub subject: String,
    /// Its text; own addresses are lines of their own.
    pub text: String,
}

/// The mail that tells of messages, of which there may be more than are given. Each leads to its message, which leads on to its object.
#[must_use]
pub fn mail(messages: &[(Id, Notice)], all: i64, lang: Lang) -> Mail {
    let subject = match (messages, lang) {
        ([(_, only)], _) if all <= 1 => only.title(lang),
        (_, Lang::Zh) => format!("伙伴中心：{} 条新消息", grouped(all)),
        (_, Lang::En) => format!("Partner Center: {} new messages", grouped(all)),
    };
    let one = |(id, notice): &(Id, Notice)| format!("{}\n{}\n/messages/{id}", notice.title(lang), notice.body(lang));
    let mut parts: Vec<String> = messages.iter().take(TOLD_MAX).map(one).collect();
    let more = all - i64::try_from(parts.len()).unwrap_or(all);
    if more > 0 {
        parts.push(match lang {
            Lang::Zh => format!("还有 {} 条：\n/messages?state=unread", grouped(more)),
            Lang::En => format!("And {} more:\n/messages?state=unread", grouped(more)),
        });
    }
    parts.push(match lang {
        Lang::Zh => format!("选择接收哪些消息：\n{CHOICES}"),
        Lang::En => format!("Choose what you are told:\n{CHOICES}"),
    });
    Mail { subject, text: parts.join("\n\n") }
}

/// A text with its own addresses below the public one.
#[must_use]
pub fn linked(text: &str, origin: &str) -> String {
    let line = |line: &str| if line.starts_with('/') { format!("{origin}{line}") } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// One notice of each kind, with what people type at its worst.
    fn one_of_each() -> Vec<Notice> {
        let (id, evil) = (Id(7), || "/a\r\nBcc: x@evil.example\n/evil\u{202e}".to_owned());
        let day: Day = "2026-06-18".parse().expect("a day");
        vec![
            Notice::ExportFinished { task: id, file: evil(), rows: 1_284 },
            Notice::ExportFailed { task: id, file: evil(), problem: Problem::TooLong },
            Notice::WithdrawalMoved { withdrawal: id, number: evil(), amount: Money::cny(1), state: State::Rejected, note: evil() },
            Notice::InvoiceMoved {
                request: id,
                version: 2,
                number: evil(),
                amount: Money::cny(1),
                state: invoice::State::Rejected,
                note: evil(),
            },
            Notice::InvoiceReviewed {
                review: id,
                kind: invoice::ReviewKind::Title,
                title: evil(),
                state: invoice::ReviewState::Refused,
                note: evil(),
            },
            Notice::BalanceLow { occasion: id, balance: Money::cny(1), limit: Money::cny(2) },
            Notice::TopUpMoved { top_up: id, number: evil(), amount: Money::cny(1), state: top_up::State::Refused, note: evil() },
            Notice::BankAccountChanged { occasion: id, what: What::Change, bank: evil(), tail: evil(), by: evil(), ready: Some(Moment(0)) },
            Notice::BillIssued { bill: id, period: Period::of(day), due: Money::cny(1), until: day },
            Notice::BillDue { bill: id, period: Period::of(day), open: Money::cny(1), until: day },
            Notice::BillOverdue { bill: id, period: Period::of(day), open: Money::cny(1) },
            Notice::BillPaid { bill: id, period: Period::of(day), due: Money { currency: Currency::Usd, micros: 1 } },
            Notice::BillAdjusted { occasion: id, period: Period::of(day), amount: Money::cny(-1), reason: evil() },
            Notice::NewDevice { occasion: id, device: evil(), address: evil() },
            Notice::SignedOutEverywhere { occasion: id, sessions: 3 },
            Notice::AccessRequested {
                account: id,
                name: evil(),
                permission: "sales.bill.view".to_owned(),
                path: "https://evil.example".to_owned(),
                day,
            },
            Notice::AgreementPublished {
                agreement: id,
                title: Said { zh: format!("协议{}", evil()), en: evil() },
                mandatory: true,
                until: Some(day),
            },
            Notice::AgreementExpired { agreement: id, title: Said { zh: format!("协议{}", evil()), en: evil() } },
            Notice::DocumentUpdated { document: id, version: 2, title: evil(), what_changed: evil() },
            Notice::DocumentWithdrawn { document: id, version: 5, title: evil() },
        ]
    }

    #[test]
    fn the_topics_in_use_are_those_of_the_notices() {
        let told: BTreeSet<_> = one_of_each().iter().map(Notice::topic).collect();
        assert_eq!(told, TOPICS.iter().copied().collect());
    }

    #[test]
    fn each_notice_has_a_cause_of_its_own_and_reads_back_as_it_was_kept() {
        let causes: BTreeSet<_> = one_of_each().iter().map(Notice::cause).collect();
        assert_eq!(causes.len(), one_of_each().len());
        for notice in one_of_each() {
            let kept = serde_json::to_string(&notice).expect("JSON");
            assert_eq!(serde_json::from_str::<Notice>(&kept).expect("a notice"), notice);
        }
    }

    #[test]
    fn whatever_is_typed_stays_in_its_line_and_leads_nowhere() {
        for notice in one_of_each() {
            for lang in Lang::ALL {
                let (title, body) = (notice.title(lang), notice.body(lang));
                for line in [&title, &body] {
                    assert!(!line.is_empty() && !line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
                }
                let sent = mail(&[(Id(1), notice.clone())], 1, lang);
                let links: Vec<_> = sent.text.lines().filter(|line| line.starts_with('/')).collect();
                assert_eq!(links, [format!("/messages/{}", Id(1)), CHOICES.to_owned()], "{}", sent.text);
                assert!(!sent.subject.contains(['\r', '\n']));
            }
            for side in [Side::Partner, Side::Vendor] {
                assert_eq!(crate::sign_in::own_path(&notice.path(side)), notice.path(side), "an own path");
            }
        }
    }

    #[test]
    fn both_languages_are_complete() {
        for notice in one_of_each() {
            assert!(!notice.title(Lang::Zh).is_ascii() && !notice.body(Lang::Zh).is_ascii());
            assert_ne!(notice.title(Lang::Zh), notice.title(Lang::En));
            assert_ne!(notice.body(Lang::Zh), notice.body(Lang::En));
        }
    }

    #[test]
    fn a_mail_tells_some_and_counts_the_rest() {
        let notice = Notice::SignedOutEverywhere { occasion: Id(1), sessions: 1 };
        let many: Vec<_> = (0..30).map(|at| (Id(at), notice.clone())).collect();
        let sent = mail(&many, 45, Lang::En);
        assert_eq!(sent.subject, "Partner Center: 45 new messages");
        assert_eq!(sent.text.matches("/messages/").count(), TOLD_MAX);
        assert!(sent.text.contains("And 25 more:\n/messages?state=unread"), "{}", sent.text);
        assert_eq!(mail(&many[..1], 1, Lang::Zh).subject, "您的账号已在所有设备上退出");
    }

    #[test]
    fn own_addresses_and_nothing_else_get_the_public_address() {
        let text = "https://evil.example\n/messages/1\n see /messages/2";
        assert_eq!(linked(text, "https://pc.example"), "https://evil.example\nhttps://pc.example/messages/1\n see /messages/2");
    }
}
