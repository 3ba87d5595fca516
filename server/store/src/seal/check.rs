//! Does every sealed value open?

use super::{Fit, SealedNumber, fit};
use crate::{access::Store, invoices, sql::sql};
use domain::{Error, Id};
use futures::TryStreamExt as _;

/// Values that are told; more say nothing new.
const FINDINGS_MAX: usize = 100;
/// Company, row, number and its last digits.
const NUMBERS: &[(&str, &str)] = &[
    ("bank_accounts", "SELECT tenant_id, id, number, number_tail FROM bank_accounts"),
    ("top_ups", "SELECT tenant_id, id, account_number, account_tail FROM top_ups"),
    ("withdrawals", "SELECT tenant_id, id, account_number, account_tail FROM withdrawals"),
];
/// Company, row and what stands on an invoice.
const CONTENTS: &[(&str, &str)] = &[
    ("invoice_information", "SELECT tenant_id, id, content FROM invoice_information"),
    ("invoice_information_versions", "SELECT tenant_id, information_id, content FROM invoice_information_versions"),
    ("invoice_reviews", "SELECT tenant_id, id, content FROM invoice_reviews WHERE content IS NOT NULL"),
    ("invoice_requests", "SELECT tenant_id, id, content FROM invoice_requests"),
];

/// What a check of all sealed values found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedSeals {
    /// How key and database fit. Without the key nothing can be said of the values.
    pub fit: Fit,
    /// Values that were looked at.
    pub values: i64,
    /// `table/row` of those that do not open, at most a hundred.
    pub shut: Vec<String>,
}

/// Opens every sealed value and tells which do not.
///
/// # Errors
/// The database does not answer.
pub async fn check(store: &Store) -> Result<CheckedSeals, Error> {
    let mut checked = CheckedSeals { fit: fit(store).await?, values: 0, shut: Vec::new() };
    let Some(key) = store.seal.key().await.filter(|_| checked.fit == Fit::Fits) else { return Ok(checked) };
    let mut snapshot = store.db.snapshot().await?;
    for (table, rows) in NUMBERS {
        let mut rows = snapshot.stream(sql(rows));
        while let Some(row) = rows.try_next().await? {
            let number = SealedNumber::of_parts(row.text(2)?, row.text(3)?);
            checked.note(table, row.id(1)?, number.open(row.id(0)?, Some(&key)).is_some());
        }
    }
    for (table, rows) in CONTENTS {
        let mut rows = snapshot.stream(sql(rows));
        while let Some(row) = rows.try_next().await? {
            let opens = invoices::opened(&row.text(2)?, row.id(0)?, Some(&key)).is_ok_and(|content| !content.is_masked());
            checked.note(table, row.id(1)?, opens);
        }
    }
    Ok(checked)
}

impl CheckedSeals {
    fn note(&mut self, table: &str, row: Id, opens: bool) {
        self.values += 1;
        if !opens && self.shut.len() < FINDINGS_MAX {
            self.shut.push(format!("{table}/{row}"));
        }
    }
}
