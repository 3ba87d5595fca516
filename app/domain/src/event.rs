//! Events: what happened, in one closed list. An event is one audit row and belongs to the tenant of its object.

mod names;

use crate::{id::Id, money::Money};
use serde::{Deserialize, Serialize};

/// Something that happened. Its key is the action in the audit log; its values are the detail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Somebody signed in.
    SignedIn {
        /// The account.
        account: Id,
    },
    /// Somebody signed out of every place.
    SignedOutEverywhere {
        /// The account.
        account: Id,
        /// How many sessions ended.
        sessions: i64,
    },
    /// The password was typed again for a sensitive act.
    Reauthenticated {
        /// The account.
        account: Id,
    },
    /// A step-up code was sent.
    CodeSent {
        /// The account.
        account: Id,
        /// What it is for.
        act: String,
    },
    /// An administrator was asked to bring about a gate.
    HelpRequested {
        /// Who asked.
        account: Id,
        /// The permission that was missing.
        permission: String,
    },
    /// A company joined a program.
    ProgramJoined {
        /// The company.
        tenant: Id,
        /// The program's key.
        program: String,
    },
    /// A version of an agreement was written.
    AgreementDrafted {
        /// The version.
        agreement: Id,
        /// Which agreement.
        key: String,
        /// SHA-256 of its text.
        sha256: String,
    },
    /// A version of an agreement was published, discarded or replaced, or its last day has passed.
    AgreementMoved {
        /// The version.
        agreement: Id,
        /// The step.
        step: String,
    },
    /// A company accepted an agreement.
    AgreementAccepted {
        /// The version.
        agreement: Id,
        /// SHA-256 of what was accepted.
        sha256: String,
    },
    /// A company did not accept an agreement in time.
    AgreementExpired {
        /// The version.
        agreement: Id,
    },
    /// A document was created as a draft.
    DocumentCreated {
        /// The document.
        document: Id,
        /// SHA-256 of its file.
        sha256: String,
    },
    /// Title, summary, category or audience changed.
    DocumentDescribed {
        /// The document.
        document: Id,
    },
    /// A new version replaced the file.
    DocumentReplaced {
        /// The document.
        document: Id,
        /// The number of the new version.
        version: i64,
        /// SHA-256 of its file.
        sha256: String,
    },
    /// A document changed its state.
    DocumentMoved {
        /// The document.
        document: Id,
        /// The step.
        step: String,
    },
    /// An export was asked for.
    ExportRequested {
        /// The task.
        task: Id,
        /// Of which list.
        source: String,
        /// As which file.
        kind: String,
        /// The filter, as a query string.
        query: String,
    },
    /// The file of an export was made.
    ExportCompleted {
        /// The task.
        task: Id,
        /// Rows in it.
        rows: i64,
        /// SHA-256 of the file.
        sha256: String,
    },
    /// The file of an export was fetched.
    ExportDownloaded {
        /// The task.
        task: Id,
    },
    /// An export was cancelled, failed or expired.
    ExportMoved {
        /// The task.
        task: Id,
        /// The step.
        step: String,
    },
    /// A host was named as the vendor's own.
    OwnHostAdded {
        /// The host.
        host: String,
    },
    /// A host is no longer the vendor's own.
    OwnHostRemoved {
        /// The host.
        host: String,
    },
    /// Work that went wrong was begun again by an operator.
    WorkRetried {
        /// What kind of thing.
        kind: String,
        /// Its id.
        id: Id,
    },
    /// Something was posted to the ledger that no other event tells of.
    LedgerPosted {
        /// The transaction.
        transaction: Id,
        /// The kind of movement.
        movement: String,
        /// What people call its cause.
        of: String,
    },
    /// A withdrawal was requested, and its amount held.
    WithdrawalSubmitted {
        /// The request.
        withdrawal: Id,
        /// Its number.
        number: String,
        /// Out of which fund.
        fund: String,
        /// How much, as a plain decimal.
        amount: String,
    },
    /// A withdrawal was decided about, paid, cancelled or removed from the list.
    WithdrawalMoved {
        /// The request.
        withdrawal: Id,
        /// The step.
        step: String,
        /// The state after it.
        state: String,
        /// The reason, or the bank's reference.
        note: String,
    },
    /// Whether two people of a company are needed for a withdrawal was set.
    TwoPeopleSet {
        /// The company.
        tenant: Id,
        /// They are needed from now on.
        needed: bool,
    },
    /// The balance below which a company is told was set; empty for none.
    BalanceAlertSet {
        /// The company.
        tenant: Id,
        /// The threshold, as a plain decimal.
        threshold: String,
    },
    /// A remittance was claimed.
    TopUpClaimed {
        /// The claim.
        top_up: Id,
        /// Its number.
        number: String,
        /// How much.
        amount: Money,
        /// SHA-256 of the bank's slip, if one was sent along.
        slip: String,
    },
    /// An invoice was asked for.
    InvoiceRequested {
        /// The request.
        request: Id,
        /// Its number.
        number: String,
        /// How much.
        amount: Money,
    },
    /// A claim was credited or refused.
    TopUpMoved {
        /// The claim.
        top_up: Id,
        /// The step.
        step: String,
        /// The state after it.
        state: String,
        /// The bank's reference, or the reason.
        note: String,
    },
    /// An invoice was issued, sent, rejected, cancelled or given back.
    InvoiceMoved {
        /// The request.
        request: Id,
        /// The step.
        step: String,
        /// The state after it.
        state: String,
        /// The reason, or the number of the invoice or of its courier.
        note: String,
        /// SHA-256 of the invoice's file, if one came with it.
        file: String,
    },
    /// An invoice information was made or changed.
    InvoiceInformationSaved {
        /// The information.
        information: Id,
        /// The number of its version.
        version: i64,
        /// The title.
        title: String,
        /// Why it was changed.
        reason: String,
    },
    /// An invoice information was deleted.
    InvoiceInformationDeleted {
        /// The information.
        information: Id,
    },
    /// Support was asked for a further title, or for a change.
    InvoiceReviewAsked {
        /// What was asked.
        review: Id,
        /// Which of the two.
        kind: String,
        /// The title.
        title: String,
        /// SHA-256 of the proof, if one was sent along.
        evidence: String,
    },
    /// Support has decided.
    InvoiceReviewDecided {
        /// What was asked.
        review: Id,
        /// The state after it.
        state: String,
        /// Why.
        note: String,
    },
    /// A bank account of a company was set or changed.
    BankAccountSaved {
        /// The account.
        account: Id,
        /// Its last digits.
        tail: String,
        /// The bank.
        bank: String,
        /// The last digits before; empty for a new one.
        before: String,
    },
    /// A bank account of a company was removed.
    BankAccountRemoved {
        /// The account.
        account: Id,
        /// Its last digits.
        tail: String,
        /// The bank.
        bank: String,
    },
    /// The estimate of a bill was made, or made anew.
    BillEstimated {
        /// The bill.
        bill: Id,
        /// Its period.
        period: String,
        /// Lines in it.
        lines: i64,
    },
    /// A bill was issued.
    BillIssued {
        /// The bill.
        bill: Id,
        /// Its period.
        period: String,
        /// What is to be paid.
        due: Money,
    },
    /// Something of a bill was paid from the balance.
    BillPaid {
        /// The bill.
        bill: Id,
        /// The payment.
        payment: Id,
        /// How much.
        amount: Money,
    },
    /// A bill was not paid in time.
    BillOverdue {
        /// The bill.
        bill: Id,
    },
    /// An amount was added to a bill, or taken off it.
    BillAdjusted {
        /// The bill.
        bill: Id,
        /// How much.
        amount: Money,
        /// Why.
        reason: String,
        /// SHA-256 of the evidence, if some was sent along.
        evidence: String,
    },
    /// A file of costs was imported.
    BillsImported {
        /// The partner.
        tenant: Id,
        /// Lines that came in.
        lines: i64,
        /// SHA-256 of the file.
        sha256: String,
    },
    /// Somebody confirmed that customers are masked in files.
    MaskingConfirmed {
        /// Who.
        account: Id,
    },
    /// Somebody looked at the whole names of a bill's customers.
    CustomersRevealed {
        /// The bill.
        bill: Id,
        /// Its period.
        period: String,
        /// In which list.
        list: String,
        /// The filter, as a query string.
        query: String,
    },
    /// Somebody looked at the whole number of a bank account.
    AccountRevealed {
        /// Of what it is the account, as an object of the log.
        of: String,
        /// Its id.
        id: Id,
        /// Its last digits.
        tail: String,
    },
    /// A folder was imported.
    LibraryImported {
        /// Documents that came in.
        documents: i64,
    },
}
