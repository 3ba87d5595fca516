//! What the audit log calls an event, and the object it happened to.

use super::Event;

impl Event {
    /// The action as the audit log names it.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "signed_in",
            Self::SignedOutEverywhere { .. } => "signed_out_everywhere",
            Self::Reauthenticated { .. } => "reauthenticated",
            Self::CodeSent { .. } => "code_sent",
            Self::HelpRequested { .. } => "help_requested",
            Self::ProgramJoined { .. } => "program_joined",
            Self::AgreementDrafted { .. } => "agreement_drafted",
            Self::AgreementMoved { .. } => "agreement_moved",
            Self::AgreementAccepted { .. } => "agreement_accepted",
            Self::AgreementExpired { .. } => "agreement_expired",
            Self::DocumentCreated { .. } => "document_created",
            Self::DocumentDescribed { .. } => "document_described",
            Self::DocumentReplaced { .. } => "document_replaced",
            Self::DocumentMoved { .. } => "document_moved",
            Self::ExportRequested { .. } => "export_requested",
            Self::ExportCompleted { .. } => "export_completed",
            Self::ExportDownloaded { .. } => "export_downloaded",
            Self::ExportMoved { .. } => "export_moved",
            Self::OwnHostAdded { .. } => "own_host_added",
            Self::OwnHostRemoved { .. } => "own_host_removed",
            Self::WorkRetried { .. } => "work_retried",
            Self::LedgerPosted { .. } => "ledger_posted",
            Self::WithdrawalSubmitted { .. } => "withdrawal_submitted",
            Self::WithdrawalMoved { .. } => "withdrawal_moved",
            Self::TwoPeopleSet { .. } => "two_people_set",
            Self::BalanceAlertSet { .. } => "balance_alert_set",
            Self::TopUpClaimed { .. } => "top_up_claimed",
            Self::TopUpMoved { .. } => "top_up_moved",
            Self::InvoiceRequested { .. } => "invoice_requested",
            Self::InvoiceMoved { .. } => "invoice_moved",
            Self::InvoiceInformationSaved { .. } => "invoice_information_saved",
            Self::InvoiceInformationDeleted { .. } => "invoice_information_deleted",
            Self::InvoiceReviewAsked { .. } => "invoice_review_asked",
            Self::InvoiceReviewDecided { .. } => "invoice_review_decided",
            Self::BankAccountSaved { .. } => "bank_account_saved",
            Self::BankAccountRemoved { .. } => "bank_account_removed",
            Self::BillEstimated { .. } => "bill_estimated",
            Self::BillIssued { .. } => "bill_issued",
            Self::BillPaid { .. } => "bill_paid",
            Self::BillOverdue { .. } => "bill_overdue",
            Self::BillAdjusted { .. } => "bill_adjusted",
            Self::BillsImported { .. } => "bills_imported",
            Self::MaskingConfirmed { .. } => "masking_confirmed",
            Self::CustomersRevealed { .. } => "customers_revealed",
            Self::AccountRevealed { .. } => "account_revealed",
            Self::LibraryImported { .. } => "library_imported",
        }
    }

    /// The object it happened to.
    #[must_use]
    pub fn object(&self) -> String {
        match self {
            Self::SignedIn { account }
            | Self::SignedOutEverywhere { account, .. }
            | Self::Reauthenticated { account }
            | Self::CodeSent { account, .. }
            | Self::HelpRequested { account, .. }
            | Self::MaskingConfirmed { account } => format!("account/{account}"),
            Self::ProgramJoined { tenant, program } => format!("tenant/{tenant}/program/{program}"),
            Self::AgreementDrafted { agreement, .. }
            | Self::AgreementMoved { agreement, .. }
            | Self::AgreementAccepted { agreement, .. }
            | Self::AgreementExpired { agreement } => format!("agreement/{agreement}"),
            Self::DocumentCreated { document, .. }
            | Self::DocumentDescribed { document }
            | Self::DocumentReplaced { document, .. }
            | Self::DocumentMoved { document, .. } => format!("document/{document}"),
            Self::ExportRequested { task, .. }
            | Self::ExportCompleted { task, .. }
            | Self::ExportDownloaded { task }
            | Self::ExportMoved { task, .. } => format!("export/{task}"),
            Self::OwnHostAdded { host } | Self::OwnHostRemoved { host } => format!("host/{host}"),
            Self::WorkRetried { kind, id } => format!("{kind}/{id}"),
            Self::LedgerPosted { transaction, .. } => format!("transaction/{transaction}"),
            Self::WithdrawalSubmitted { withdrawal, .. } | Self::WithdrawalMoved { withdrawal, .. } => format!("withdrawal/{withdrawal}"),
            Self::TwoPeopleSet { tenant, .. } => format!("tenant/{tenant}/two-people"),
            Self::BalanceAlertSet { tenant, .. } => format!("tenant/{tenant}/balance-alert"),
            Self::TopUpClaimed { top_up, .. } | Self::TopUpMoved { top_up, .. } => format!("top-up/{top_up}"),
            Self::BankAccountSaved { account, .. } | Self::BankAccountRemoved { account, .. } => format!("bank-account/{account}"),
            Self::InvoiceRequested { request, .. } | Self::InvoiceMoved { request, .. } => format!("invoice-request/{request}"),
            Self::InvoiceInformationSaved { information, .. } | Self::InvoiceInformationDeleted { information } => {
                format!("invoice-information/{information}")
            }
            Self::InvoiceReviewAsked { review, .. } | Self::InvoiceReviewDecided { review, .. } => format!("invoice-review/{review}"),
            Self::BillEstimated { bill, .. }
            | Self::BillIssued { bill, .. }
            | Self::BillPaid { bill, .. }
            | Self::BillOverdue { bill }
            | Self::BillAdjusted { bill, .. }
            | Self::CustomersRevealed { bill, .. } => format!("bill/{bill}"),
            Self::AccountRevealed { of, id, .. } => format!("{of}/{id}"),
            Self::BillsImported { tenant, .. } => format!("tenant/{tenant}/bills"),
            Self::LibraryImported { .. } => "library".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{audit, id::Id, money::Money};

    /// One event of each kind.
    fn one_of_each() -> Vec<Event> {
        let (account, document, task, tenant) = (Id(1), Id(2), Id(3), Id(4));
        let word = String::new;
        vec![
            Event::SignedIn { account },
            Event::SignedOutEverywhere { account, sessions: 1 },
            Event::Reauthenticated { account },
            Event::CodeSent { account, act: word() },
            Event::HelpRequested { account, permission: word() },
            Event::ProgramJoined { tenant, program: word() },
            Event::AgreementDrafted { agreement: Id(8), key: word(), sha256: word() },
            Event::AgreementMoved { agreement: Id(8), step: word() },
            Event::AgreementAccepted { agreement: Id(8), sha256: word() },
            Event::AgreementExpired { agreement: Id(8) },
            Event::DocumentCreated { document, sha256: word() },
            Event::DocumentDescribed { document },
            Event::DocumentReplaced { document, version: 2, sha256: word() },
            Event::DocumentMoved { document, step: word() },
            Event::ExportRequested { task, source: word(), kind: word(), query: word() },
            Event::ExportCompleted { task, rows: 1, sha256: word() },
            Event::ExportDownloaded { task },
            Event::ExportMoved { task, step: word() },
            Event::OwnHostAdded { host: word() },
            Event::OwnHostRemoved { host: word() },
            Event::WorkRetried { kind: word(), id: task },
            Event::LedgerPosted { transaction: Id(5), movement: word(), of: word() },
            Event::WithdrawalSubmitted { withdrawal: task, number: word(), fund: word(), amount: word() },
            Event::WithdrawalMoved { withdrawal: task, step: word(), state: word(), note: word() },
            Event::TwoPeopleSet { tenant, needed: true },
            Event::BalanceAlertSet { tenant, threshold: word() },
            Event::TopUpClaimed { top_up: task, number: word(), amount: Money::cny(0), slip: word() },
            Event::TopUpMoved { top_up: task, step: word(), state: word(), note: word() },
            Event::InvoiceRequested { request: task, number: word(), amount: Money::cny(0) },
            Event::InvoiceMoved { request: task, step: word(), state: word(), note: word(), file: word() },
            Event::InvoiceInformationSaved { information: task, version: 1, title: word(), reason: word() },
            Event::InvoiceInformationDeleted { information: task },
            Event::InvoiceReviewAsked { review: task, kind: word(), title: word(), evidence: word() },
            Event::InvoiceReviewDecided { review: task, state: word(), note: word() },
            Event::BankAccountSaved { account, tail: word(), bank: word(), before: word() },
            Event::BankAccountRemoved { account, tail: word(), bank: word() },
            Event::BillEstimated { bill: Id(6), period: word(), lines: 1 },
            Event::BillIssued { bill: Id(6), period: word(), due: Money::cny(0) },
            Event::BillPaid { bill: Id(6), payment: Id(7), amount: Money::cny(0) },
            Event::BillOverdue { bill: Id(6) },
            Event::BillAdjusted { bill: Id(6), amount: Money::cny(0), reason: word(), evidence: word() },
            Event::BillsImported { tenant, lines: 1, sha256: word() },
            Event::MaskingConfirmed { account },
            Event::CustomersRevealed { bill: Id(6), period: word(), list: word(), query: word() },
            Event::AccountRevealed { of: word(), id: task, tail: word() },
            Event::LibraryImported { documents: 1 },
        ]
    }

    #[test]
    fn each_action_of_the_log_has_words_and_no_word_stands_for_none() {
        let keys: Vec<&str> = one_of_each().iter().map(Event::action).collect();
        let words: Vec<&str> = audit::ACTIONS.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, words);
    }
}
