//! What only the demo world may do: empty everything, and set the business time. Whoever calls this has checked the mode.

use crate::{access::Access, dialect, sql::sql, write::Written};
use domain::{Error, Moment, access::Anyone};

/// Every table with rows of ours. A test holds the list against the schema.
pub const TABLES: &[&str] = &[
    // Before the settings: the database itself keeps a ledger that is not marked there as a demo world's.
    "ledger_entries",
    "ledger_transactions",
    "ledger_accounts",
    "ledger_tally",
    "settings",
    "tenants",
    "memberships",
    "accounts",
    "sessions",
    "throttles",
    "codes",
    "outbox",
    "kept_answers",
    "kept_keys",
    "audit",
    "agreement",
    "agreement_audience",
    "agreement_acceptance",
    "verify_runs",
    "library_audiences",
    "library_documents",
    "library_versions",
    "library_texts",
    "library_search",
    "library_tally",
    "library_downloads",
    "library_marks",
    "tenant_managers",
    "leave_clicks",
    "own_hosts",
    "bill_customers",
    "partner_bill",
    "partner_bill_line",
    "partner_bill_sum",
    "bill_payment",
    "bill_masking",
    "jobs",
    "timers",
    "export_tasks",
    "messages",
    "message_preferences",
    "account_devices",
    "form_drafts",
    "saved_views",
    "list_settings",
    "bank_accounts",
    "bank_account_changes",
    "attachments",
    "path_windows",
    "top_ups",
    "fund_settings",
    "withdrawals",
    "withdrawal_sources",
    "withdrawal_events",
    "invoice_turns",
    "invoice_information",
    "invoice_information_versions",
    "invoice_reviews",
    "invoice_requests",
    "invoice_request_parts",
    "invoices",
    "invoice_events",
];

/// Empties the database and marks it as one whose rows may be thrown away. Gives false, and does nothing, when somebody's real
/// data is in it: there are companies, but no mark.
///
/// # Errors
/// The database does not answer.
pub async fn empty(access: &Access<Anyone>) -> Result<bool, Error> {
    access
        .write(None, (), |tx, ()| {
            Box::pin(async move {
                let mark = tx.row(sql("SELECT 1 FROM settings WHERE key = 'demo_world' LIMIT 1")).await?;
                let company = tx.row(sql("SELECT 1 FROM tenants LIMIT 1")).await?;
                if company.is_some() && mark.is_none() {
                    return Ok(Written::quiet(false));
                }
                let marked = sql("INSERT INTO settings (key, value) VALUES ('demo_world', 'yes') ON CONFLICT (key) DO NOTHING");
                tx.execute(marked).await?;
                let kind = tx.store().db.kind();
                for table in TABLES {
                    tx.execute(dialect::emptied(kind, table)).await?;
                }
                tx.execute(sql("INSERT INTO settings (key, value) VALUES ('demo_world', 'yes')")).await?;
                Ok(Written::quiet(true))
            })
        })
        .await
}

/// Lets business time run on from a moment, in this process at once and in others when they read the clock.
///
/// # Errors
/// The database does not answer.
pub async fn set_clock(access: &Access<Anyone>, to: Moment) -> Result<(), Error> {
    access
        .write(None, to, |tx, to| {
            Box::pin(async move {
                let offset_us = to.0.saturating_sub(tx.system_now().0);
                let set =
                    sql("INSERT INTO settings (key, value) VALUES ('clock_offset_us', $1) ON CONFLICT (key) DO UPDATE SET value = $1");
                tx.execute(set.bind(offset_us.to_string())).await?;
                Ok(Written::quiet(()))
            })
        })
        .await?;
    access.store().clock.stand_at(None);
    access.store().read_clock().await?;
    Ok(())
}
