//! The quiet digest (domain.md 4.5): a person gets one mail in half an hour, and none about what was read meanwhile.
//!
//! A digest is a mail of the outbox that belongs to an account. It waits for its time and takes up what comes; each change of what is in
//! it writes its row, so that on PostgreSQL reader, teller and sender see each other.

use crate::{
    outbox::{self, Out},
    sql::sql,
    write::Tx,
};
use domain::{
    Error, Id, Lang,
    message::{DIGEST_SECONDS, Notice, TOLD_MAX, mail},
};

/// Puts a message into the digest that waits, or begins one.
pub(super) async fn add(tx: &mut Tx, message: Id, account: Id, email: &str, lang: Lang) -> Result<(), Error> {
    let mail_id = match waiting(tx, account).await?.first() {
        Some(waits) => *waits,
        None => {
            let due = tx.now().plus_seconds(DIGEST_SECONDS);
            let out = Out { to: email, subject: "", text: "", code: None, channel: "mail", lang, due, account: Some(account) };
            outbox::insert(tx, out).await?
        }
    };
    let put = sql("UPDATE messages SET mail_id = ").value(mail_id).and(" WHERE account_id = ").value(account);
    tx.execute(put.and(" AND id = ").value(message)).await?;
    compose(tx, mail_id).await.map(|_| ())
}

/// Something of an account was read: what waits is put together anew.
pub(super) async fn read(tx: &mut Tx, account: Id) -> Result<(), Error> {
    for mail_id in waiting(tx, account).await? {
        compose(tx, mail_id).await?;
    }
    Ok(())
}

async fn waiting(tx: &mut Tx, account: Id) -> Result<Vec<Id>, Error> {
    let find = sql("SELECT id FROM outbox WHERE account_id = ").value(account).and(" AND state = 'waiting' ORDER BY seq").limit(10);
    tx.rows(find).await?.iter().map(|row| Ok(row.id(0)?)).collect()
}

/// Writes a digest from what is not read; without anything it is cancelled. Gives whether it still is to go.
pub(crate) async fn compose(tx: &mut Tx, mail_id: Id) -> Result<bool, Error> {
    const LEFT: &str = " FROM messages WHERE mail_id = $1 AND (read_at_us IS NULL OR in_app = 0)";
    let all = tx.row(sql("SELECT COUNT(*)").and(LEFT).bind(mail_id)).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    if all == 0 {
        let cancel = sql("UPDATE outbox SET state = 'cancelled', leased_by = NULL, ended_at_us = $1 WHERE id = $2");
        tx.execute(cancel.bind(tx.now()).bind(mail_id)).await?;
        return Ok(false);
    }
    let find = sql("SELECT id, notice").and(LEFT).bind(mail_id).and(" ORDER BY at_us, id").limit(i64::try_from(TOLD_MAX).unwrap_or(1));
    let mut told = Vec::new();
    for row in tx.rows(find).await? {
        let notice: Notice = serde_json::from_str(&row.text(1)?).map_err(|_| Error::Broken)?;
        told.push((row.id(0)?, notice));
    }
    let find = sql("SELECT language FROM outbox WHERE id = ").value(mail_id).and(" LIMIT 1");
    let lang = tx.row(find).await?.map(|row| row.text(0)).transpose()?.and_then(|key| Lang::read(&key)).unwrap_or_default();
    let written = mail(&told, all, lang);
    let write = sql("UPDATE outbox SET subject = $1, text = $2 WHERE id = $3");
    tx.execute(write.bind(written.subject).bind(written.text).bind(mail_id)).await?;
    Ok(true)
}
