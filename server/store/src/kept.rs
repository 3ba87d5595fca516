//! Answers kept for the next page: what a form sent without script gets to read after its 303 (architecture.md 6).

use crate::{
    access::{Access, Store},
    sql::sql,
    write::Written,
};
use domain::{Error, Id, access::Anyone};

/// An answer waits this long for its page.
const KEPT_SECONDS: i64 = 10 * 60;
/// Longest answer in bytes: a form's fields and a sentence.
pub const BODY_MAX: usize = 64 * 1024;

/// Keeps an answer for its owner and gives its id.
///
/// # Errors
/// The database does not answer.
pub async fn keep(access: &Access<Anyone>, owner: String, body: String) -> Result<Id, Error> {
    access
        .write(None, (owner, body), |tx, (owner, body)| {
            Box::pin(async move {
                let (id, now) = (tx.new_id(), tx.system_now());
                tx.execute(sql("DELETE FROM kept_answers WHERE at_us < ").value(now.plus_seconds(-KEPT_SECONDS))).await?;
                let insert = sql("INSERT INTO kept_answers (id, owner, at_us, body) VALUES ($1, $2, $3, $4)");
                tx.execute(insert.bind(id).bind(&*owner).bind(now).bind(&*body)).await?;
                Ok(Written::quiet(id))
            })
        })
        .await
}

/// Reads an answer of its owner. It stays until it is old, so that a reload shows the same page.
///
/// # Errors
/// The database does not answer.
pub async fn read(store: &Store, owner: &str, id: Id) -> Result<Option<String>, Error> {
    let since = store.clock.system().plus_seconds(-KEPT_SECONDS);
    let find =
        sql("SELECT body FROM kept_answers WHERE id = ").value(id).and(" AND owner = ").value(owner).and(" AND at_us >= ").value(since);
    Ok(store.db.row(find.and(" LIMIT 1")).await?.map(|row| row.text(0)).transpose()?)
}
