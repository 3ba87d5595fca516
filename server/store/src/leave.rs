//! Ways to other web sites: the key that signs them, and who went them (domain.md F16).

use crate::{
    access::{Access, Store},
    sql::sql,
    write::Written,
};
use domain::{Error, access::Anyone};

/// The secret that signs targets. It is made when it is first asked for; all processes of one database share it.
///
/// # Errors
/// The database does not answer.
pub async fn key(store: &Store) -> Result<String, Error> {
    let find = || sql("SELECT value FROM settings WHERE key = 'leave_key' LIMIT 1");
    if let Some(row) = store.db.row(find()).await? {
        return Ok(row.text(0)?);
    }
    let access = store.stranger("local".to_owned(), "leave key".to_owned()).access::<Anyone>()?;
    access
        .write(None, store.ids.secret(), |tx, secret| {
            Box::pin(async move {
                let make = sql("INSERT INTO settings (key, value) VALUES ('leave_key', $1) ON CONFLICT (key) DO NOTHING");
                tx.execute(make.bind(&*secret)).await?;
                let kept = tx.row(sql("SELECT value FROM settings WHERE key = 'leave_key' LIMIT 1")).await?;
                Ok(Written::quiet(kept.map(|row| row.text(0)).transpose()?.unwrap_or_default()))
            })
        })
        .await
}

/// Somebody goes on to a host.
///
/// # Errors
/// The database does not answer.
pub async fn clicked(access: &Access<Anyone>, host: String, page: String) -> Result<(), Error> {
    let standing = access.caller().standing.as_deref();
    let who = standing.map(|standing| (standing.tenant.to_string(), standing.account.to_string())).unzip();
    access
        .write(None, (host, page, who), |tx, (host, page, (tenant, account))| {
            Box::pin(async move {
                let (id, now) = (tx.new_id(), tx.now());
                let insert = sql("INSERT INTO leave_clicks (id, host, page, tenant_id, account_id, at_us) VALUES ($1, $2, $3, $4, $5, $6)");
                let insert = insert.bind(id).bind(&*host).bind(&*page).bind(tenant.clone()).bind(account.clone()).bind(now);
                tx.execute(insert).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}
