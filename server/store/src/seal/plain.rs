//! Rows in which a number stands plain: those of the time before there was a key, and what an older program writes beside a newer one.
//! Each start seals them; when there are none that is a few small reads.

use super::{Key, SealedNumber, to_write};
use crate::{
    access::{Access, Store},
    invoices,
    sql::{Sql, sql},
    write::{Tx, Written},
};
use domain::{Error, Id, access::Anyone};
use serde::Serialize;

/// Rows that are sealed in one write: others wait for it.
const TOGETHER: i64 = 200;

/// Tables with numbers.
#[derive(Clone, Copy, Debug, Serialize)]
enum Place {
    Accounts,
    Changes,
    TopUps,
    Withdrawals,
    /// From here on the number stands in what is written on an invoice.
    Information,
    Versions,
    Reviews,
    Requests,
}

const PLACES: &[Place] = &[
    Place::Accounts,
    Place::Changes,
    Place::TopUps,
    Place::Withdrawals,
    Place::Information,
    Place::Versions,
    Place::Reviews,
    Place::Requests,
];

impl Place {
    /// Company, row and number of what is plain.
    const fn find(self) -> &'static str {
        match self {
            Self::Accounts => {
                "SELECT tenant_id, id, number FROM bank_accounts
                WHERE number <> '' AND substr(number, 1, 3) <> 'v1.' ORDER BY tenant_id, id"
            }
            Self::Changes => {
                "SELECT tenant_id, person_id, number FROM bank_account_changes
                WHERE number <> '' AND substr(number, 1, 3) <> 'v1.' ORDER BY tenant_id, person_id"
            }
            Self::TopUps => {
                "SELECT tenant_id, id, account_number FROM top_ups
                WHERE account_tail = '' AND account_number <> '' AND substr(account_number, 1, 3) <> 'v1.' ORDER BY tenant_id, id"
            }
            Self::Withdrawals => {
                "SELECT tenant_id, id, account_number FROM withdrawals
                WHERE account_tail = '' AND account_number <> '' AND substr(account_number, 1, 3) <> 'v1.' ORDER BY tenant_id, id"
            }
            Self::Information => {
                "SELECT tenant_id, id, content FROM invoice_information
                WHERE content NOT LIKE '%\"account\":\"\",%' AND content NOT LIKE '%\"account\":\"v1.%' ORDER BY tenant_id, id"
            }
            Self::Versions => {
                "SELECT tenant_id, information_id, content FROM invoice_information_versions
                WHERE content NOT LIKE '%\"account\":\"\",%' AND content NOT LIKE '%\"account\":\"v1.%' ORDER BY tenant_id, information_id, no"
            }
            Self::Reviews => {
                "SELECT tenant_id, id, content FROM invoice_reviews
                WHERE content NOT LIKE '%\"account\":\"\",%' AND content NOT LIKE '%\"account\":\"v1.%' ORDER BY tenant_id, id"
            }
            Self::Requests => {
                "SELECT tenant_id, id, content FROM invoice_requests
                WHERE content NOT LIKE '%\"account\":\"\",%' AND content NOT LIKE '%\"account\":\"v1.%' ORDER BY tenant_id, id"
            }
        }
    }

    /// Takes the three values of a number, or one content; then company and row, and what was found: somebody may have changed it meanwhile.
    const fn set(self) -> &'static str {
        match self {
            Self::Accounts => {
                "UPDATE bank_accounts SET number = $1, number_tail = $2, number_print = $3
                WHERE tenant_id = $4 AND id = $5 AND number = $6"
            }
            Self::Changes => {
                "UPDATE bank_account_changes SET number = $1, number_tail = $2, number_print = $3
                WHERE tenant_id = $4 AND person_id = $5 AND number = $6"
            }
            Self::TopUps => {
                "UPDATE top_ups SET account_number = $1, account_tail = $2, account_print = $3
                WHERE tenant_id = $4 AND id = $5 AND account_number = $6"
            }
            Self::Withdrawals => {
                "UPDATE withdrawals SET account_number = $1, account_tail = $2, account_print = $3
                WHERE tenant_id = $4 AND id = $5 AND account_number = $6"
            }
            Self::Information => "UPDATE invoice_information SET content = $1 WHERE tenant_id = $2 AND id = $3 AND content = $4",
            Self::Versions => {
                "UPDATE invoice_information_versions SET content = $1 WHERE tenant_id = $2 AND information_id = $3 AND content = $4"
            }
            Self::Reviews => "UPDATE invoice_reviews SET content = $1 WHERE tenant_id = $2 AND id = $3 AND content = $4",
            Self::Requests => "UPDATE invoice_requests SET content = $1 WHERE tenant_id = $2 AND id = $3 AND content = $4",
        }
    }

    /// The row with its number sealed, for `set`.
    fn sealed(self, key: &Key, owner: Id, found: &str) -> Result<Sql, Error> {
        match self {
            Self::Accounts | Self::Changes | Self::TopUps | Self::Withdrawals => {
                Ok(SealedNumber::sealed(key, owner, found)?.bind(sql(self.set())))
            }
            Self::Information | Self::Versions | Self::Reviews | Self::Requests => {
                let content = invoices::sealed(found, owner, key)?.ok_or(Error::Broken)?;
                Ok(sql(self.set()).bind(content))
            }
        }
    }
}

/// Seals what is plain; gives how many rows that were.
///
/// # Errors
/// `Unavailable` without the key of this database, or when that is away.
pub(crate) async fn seal_plain(store: &Store) -> Result<usize, Error> {
    let mut sealed = 0;
    for place in PLACES {
        loop {
            let rows = store.db.rows(sql(place.find()).limit(TOGETHER)).await?;
            let rows: Vec<(Id, Id, String)> =
                rows.iter().map(|row| Ok((row.id(0)?, row.id(1)?, row.text(2)?))).collect::<Result<_, Error>>()?;
            if rows.is_empty() {
                break;
            }
            let access: Access<Anyone> = store.stranger("local".to_owned(), "seal".to_owned()).access()?;
            sealed += rows.len();
            access.write(None, (*place, rows), |tx, (place, rows)| Box::pin(seal_rows(tx, *place, rows))).await?;
        }
    }
    Ok(sealed)
}

async fn seal_rows(tx: &mut Tx, place: Place, rows: &[(Id, Id, String)]) -> Result<Written<()>, Error> {
    let key = to_write(tx).await?;
    for (owner, row, found) in rows {
        let set = place.sealed(&key, *owner, found)?;
        tx.execute(set.bind(*owner).bind(*row).bind(found)).await?;
    }
    Ok(Written::quiet(()))
}
