//! The message centre: a person's own messages, and nobody else's.

use super::digest;
use crate::{
    access::Access,
    lists,
    sql::{Row, Sql, sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id, Lang,
    access::Anyone,
    list::Asked,
    message::{KEPT_DAYS, MessagePage, MessageRow, Notice, Read},
};

/// Messages and mails that one sweep takes away at most.
const SWEPT: i64 = 2_000;
/// Mail that has gone is kept this long, for operators.
const MAIL_KEPT_DAYS: i64 = 90;

/// ` WHERE` the messages are the caller's.
fn own(access: &Access<Anyone>, head: Sql) -> Result<Sql, Error> {
    let standing = access.caller().standing()?;
    let sql = head.and(" WHERE tenant_id = ").value(standing.tenant).and(" AND account_id = ").value(standing.account);
    Ok(sql.and(" AND in_app = 1"))
}

async fn count(access: &Access<Anyone>, count: Sql) -> Result<i64, Error> {
    Ok(access.store().db.row(count).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0))
}

/// How many of the caller's messages are not read.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn unread(access: &Access<Anyone>) -> Result<i64, Error> {
    count(access, own(access, sql("SELECT COUNT(*) FROM messages"))?.and(" AND read_at_us IS NULL")).await
}

/// The caller's messages, in the caller's words.
///
/// # Errors
/// `AuthRequired`, a reversed range, or the database does not answer.
pub async fn page(access: &Access<Anyone>, asked: Asked, lang: Lang) -> Result<MessagePage, Error> {
    lists::checked(&asked)?;
    let condition = |head: Sql| -> Result<Sql, Error> {
        let sql = lists::chosen(own(access, head)?, "topic", &asked, "topic");
        let sql = match asked.chosen("state").next() {
            Some("unread") => sql.and(" AND read_at_us IS NULL"),
            Some(_) => sql.and(" AND read_at_us IS NOT NULL"),
            None => sql,
        };
        Ok(lists::in_days(sql, "at_us", asked.days))
    };
    let total = count(access, condition(sql("SELECT COUNT(*) FROM messages"))?).await?;
    let all = count(access, own(access, sql("SELECT COUNT(*) FROM messages"))?).await?;
    let unread = unread(access).await?;
    let order = if asked.sort_key().1 { " ORDER BY at_us DESC, id DESC" } else { " ORDER BY at_us, id" };
    let rows = condition(sql("SELECT id, topic, notice, at_us, read_at_us FROM messages"))?;
    let rows = access.store().db.rows(rows.and(order).limit(asked.size.into()).offset(asked.skipped())).await?;
    let rows = rows.iter().map(|row| message_row(row, lang)).collect::<Result<_, _>>()?;
    Ok(MessagePage { asked, rows, total, all, unread, today: access.now().day() })
}

fn message_row(row: &Row, lang: Lang) -> Result<MessageRow, Error> {
    let notice = notice(row, 2)?;
    Ok(MessageRow {
        id: row.id(0)?,
        topic: row.key(1)?,
        title: notice.title(lang),
        body: notice.body(lang),
        at: row.moment(3)?,
        state: if row.maybe_int(4)?.is_some() { Read::Done } else { Read::Unread },
    })
}

fn notice(row: &Row, column: usize) -> Result<Notice, Error> {
    serde_json::from_str(&row.text(column)?).map_err(|_| Error::Broken)
}

/// Opens a message: it is read from now on. Gives the page of its object.
///
/// # Errors
/// `NotFound` for an unknown message and for somebody else's alike.
pub async fn open(access: &Access<Anyone>, message: Id) -> Result<String, Error> {
    let (path, is_read) = find(access, message).await?;
    if !is_read {
        mark(access, Some(message)).await?;
    }
    Ok(path)
}

/// The page of a message's object, without opening the message.
///
/// # Errors
/// As `open`.
pub async fn path(access: &Access<Anyone>, message: Id) -> Result<String, Error> {
    find(access, message).await.map(|(path, _)| path)
}

async fn find(access: &Access<Anyone>, message: Id) -> Result<(String, bool), Error> {
    let side = access.caller().standing()?.side;
    let find = own(access, sql("SELECT notice, read_at_us FROM messages"))?.and(" AND id = ").value(message).and(" LIMIT 1");
    let row = access.store().db.row(find).await?.ok_or(Error::NotFound)?;
    Ok((notice(&row, 0)?.path(side), row.maybe_int(1)?.is_some()))
}

/// Everything is read; gives how much was not.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn read_all(access: &Access<Anyone>) -> Result<i64, Error> {
    mark(access, None).await
}

async fn mark(access: &Access<Anyone>, only: Option<Id>) -> Result<i64, Error> {
    let standing = access.caller().standing()?;
    access
        .write(None, (standing.tenant, standing.account, only), |tx, (tenant, account, only)| {
            Box::pin(async move {
                let read = sql("UPDATE messages SET read_at_us = ").value(tx.now()).and(" WHERE tenant_id = ").value(*tenant);
                let read = read.and(" AND account_id = ").value(*account).and(" AND in_app = 1 AND read_at_us IS NULL");
                let read = if let Some(message) = only { read.and(" AND id = ").value(*message) } else { read };
                let changed = tx.execute(read).await?;
                if changed > 0 {
                    digest::read(tx, *account).await?;
                }
                Ok(Written::quiet(i64::try_from(changed).unwrap_or(i64::MAX)))
            })
        })
        .await
}

/// Takes away old messages and mail that ended long ago.
///
/// # Errors
/// The database does not answer.
pub async fn sweep(access: &Access<Anyone>) -> Result<(), Error> {
    access.write(None, (), |tx, ()| Box::pin(sweep_in(tx))).await
}

async fn sweep_in(tx: &mut Tx) -> Result<Written<()>, Error> {
    let now = tx.now();
    let old = sql("DELETE FROM messages WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM messages WHERE at_us < ");
    let old = old.value(now.plus_days(-KEPT_DAYS)).and(" ORDER BY at_us, id").limit(SWEPT).and(")");
    tx.execute(old).await?;
    let gone = sql("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('sent', 'cancelled') AND due_at_us < ");
    let gone = gone.value(now.plus_days(-MAIL_KEPT_DAYS)).and(" ORDER BY due_at_us, seq").limit(SWEPT).and(")");
    tx.execute(gone).await?;
    Ok(Written::quiet(()))
}
