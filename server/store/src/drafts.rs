//! Drafts: what a person has typed into a long form and not sent yet (product.md, "nothing typed is lost"). They belong to the person
//! alone; nobody else reads them, and no log tells of them.

use crate::{access::Access, sql::sql, write::Written};
use domain::{Error, Moment, access::Anyone};

/// Longest draft in bytes.
pub const BODY_MAX: usize = 64 * 1024;
/// Drafts of one person; the oldest go.
const DRAFTS_MAX: i64 = 50;
/// A draft waits this long for its writer.
const KEPT_DAYS: i64 = 30;

/// Keeps what stands in the form of a page, in place of what was kept before; gives when.
///
/// # Errors
/// `AuthRequired`; the database does not answer.
pub async fn keep(access: &Access<Anyone>, page: String, body: String) -> Result<Moment, Error> {
    let standing = access.caller().standing()?;
    access
        .write(None, (standing.tenant, standing.account, page, body), |tx, (tenant, account, page, body)| {
            Box::pin(async move {
                let now = tx.now();
                let keep = sql("INSERT INTO form_drafts (tenant_id, account_id, page, at_us, body) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (tenant_id, account_id, page) DO UPDATE SET at_us = excluded.at_us, body = excluded.body");
                tx.execute(keep.bind(*tenant).bind(*account).bind(&*page).bind(now).bind(&*body)).await?;
                let many =
                    sql("DELETE FROM form_drafts WHERE tenant_id = $1 AND account_id = $2 AND page NOT IN (SELECT page FROM form_drafts
                    WHERE tenant_id = $1 AND account_id = $2 ORDER BY at_us DESC, page LIMIT $3)");
                tx.execute(many.bind(*tenant).bind(*account).bind(DRAFTS_MAX)).await?;
                Ok(Written::quiet(now))
            })
        })
        .await
}

/// What stands in the form of a page, and since when.
///
/// # Errors
/// `AuthRequired`; the database does not answer.
pub async fn read(access: &Access<Anyone>, page: &str) -> Result<Option<(Moment, String)>, Error> {
    let standing = access.caller().standing()?;
    let find = sql("SELECT at_us, body FROM form_drafts WHERE tenant_id = ").value(standing.tenant).and(" AND account_id = ");
    let row = access.store().db.row(find.value(standing.account).and(" AND page = ").value(page).and(" LIMIT 1")).await?;
    row.map(|row| Ok((row.moment(0)?, row.text(1)?))).transpose()
}

/// The form was sent, or its writer starts anew.
///
/// # Errors
/// `AuthRequired`; the database does not answer.
pub async fn forget(access: &Access<Anyone>, page: String) -> Result<(), Error> {
    let standing = access.caller().standing()?;
    access
        .write(None, (standing.tenant, standing.account, page), |tx, (tenant, account, page)| {
            Box::pin(async move {
                let gone = sql("DELETE FROM form_drafts WHERE tenant_id = $1 AND account_id = $2 AND page = $3");
                tx.execute(gone.bind(*tenant).bind(*account).bind(&*page)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Removes drafts whose writer has not come back.
///
/// # Errors
/// The database does not answer.
pub async fn sweep(access: &Access<Anyone>) -> Result<(), Error> {
    access
        .write(None, (), |tx, ()| {
            Box::pin(async move {
                let before = tx.now().plus_days(-KEPT_DAYS);
                tx.execute(sql("DELETE FROM form_drafts WHERE at_us < ").value(before)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}
