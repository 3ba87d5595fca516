//! Answers kept for the next page: what a form sent without script gets to read after its 303 (architecture.md 6). They hold what was typed,
//! numbers of accounts too, so they are sealed for their owner.

use crate::{
    access::{Access, Store},
    seal,
    sql::sql,
    write::Written,
};
use domain::{Error, Id, access::Anyone};

/// An answer waits this long for its page.
const KEPT_SECONDS: i64 = 10 * 60;
/// Longest answer in bytes: a form's fields and a sentence.
pub const BODY_MAX: usize = 64 * 1024;
/// What these values are, for the seal.
const KEPT_ANSWER: &str = "kept answer";

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
                let sealed = seal::for_minutes(tx).await?.seal(KEPT_ANSWER, owner, body).ok_or(Error::Broken)?;
                let insert = sql("INSERT INTO kept_answers (id, owner, at_us, body) VALUES ($1, $2, $3, $4)");
                tx.execute(insert.bind(id).bind(&*owner).bind(now).bind(sealed)).await?;
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
    let Some(row) = store.db.row(find.and(" LIMIT 1")).await? else { return Ok(None) };
    let body = row.text(0)?;
    if !seal::is_sealed(&body) {
        return Ok(Some(body));
    }
    // Another server's own key, or one of before a restart: the answer is lost, its page is shown without it.
    Ok(seal::of_minutes(store).await.iter().find_map(|key| key.open(KEPT_ANSWER, owner, &body)))
}
