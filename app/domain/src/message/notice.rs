//! What messages say: one closed list of notices with their words in both languages, and the mails that are made of them.
//!
//! A text holds own addresses only as lines of their own that begin with `/`. Whoever sends or shows it puts the public address in front
//! ([`linked`]), so that nothing that somebody typed can become a link.

mod mail;
mod words;

pub use mail::{Mail, linked, mail};

use super::Topic;
use crate::{
    access::Side,
    bank_account::What,
    bills::Period,
    exports::{Problem, records},
    id::Id,
    invoice,
    list::encode,
    machine::Keyed as _,
    money::{Currency, Money},
    text::Said,
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
}

/// One line of what somebody typed: it can end no line, turn no text round and make no mail of any length.
fn word(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).take(WORD_MAX).collect();
    // A line that begins with `/` is an address of ours.
    plain.trim_start_matches(|c: char| c == '/' || c.is_whitespace()).trim_end().to_owned()
}
fn bill_path(period: Period, amount: Money) -> String {
    let currency = if amount.currency == Currency::Cny { String::new() } else { format!("&currency={}", amount.currency.key()) };
    format!("/sales/bill?period={period}{currency}")
}
#[cfg(test)]
mod tests;
