//! What was found to be wrong, as `verify` and `restore` tell it.

use serde_json::{Value, json};
use store::{
    audit, check,
    ledger::{CheckedLedger, LedgerFinding},
};

pub(super) fn chain(row: &audit::Finding) -> Value {
    json!({ "kind": "audit_chain", "at": format!("{}/{}", row.tenant, row.seq), "what": row.what })
}

pub(super) fn file(file: &check::FileFinding) -> Value {
    json!({ "kind": "file", "at": file.at, "what": file.what })
}

pub(super) fn ledger(found: &LedgerFinding) -> Value {
    json!({ "kind": "ledger", "at": found.at, "what": found.what })
}

/// The sum of each currency in micros, which is zero; as a text where a number would lose digits.
pub(super) fn ledger_sum(checked: &CheckedLedger) -> Value {
    let sum = |sum: &i128| i64::try_from(*sum).map_or_else(|_| Value::from(sum.to_string()), Value::from);
    checked.sums.iter().map(|(currency, total)| (currency.clone(), sum(total))).collect::<serde_json::Map<_, _>>().into()
}

/// The balances that are kept, and how many of them are not what their entries say.
pub(super) fn balances(checked: &CheckedLedger) -> Value {
    json!({
        "accounts": checked.accounts,
        "transactions": checked.transactions,
        "entries": checked.entries,
        "wrong": checked.wrong_balances,
    })
}

pub(super) fn seal(at: &str) -> Value {
    json!({ "kind": "seal", "at": at, "what": "its number does not open with the key of this database" })
}

pub(super) fn anchor(line: usize) -> Value {
    json!({ "kind": "anchor", "at": format!("line {line}"), "what": "it is not what the server wrote" })
}
