//! Mail and text messages are rows first: what is sent belongs to the transaction that caused it.
//!
//! A server with a mail server takes what is due under a lease and says how it went. When mail is due follows the business clock; leases
//! and rests follow the system's. Mail is given up only when its address was refused again and again, never because nobody answered.

use crate::{
    access::{Access, Store},
    db::Failure,
    messages,
    sql::sql,
    write::{Tx, Written},
};
use domain::{Error, Id, Lang, Moment, access::Anyone};
use serde::{Deserialize, Serialize};

/// Messages the demo page shows at most.
const SHOWN_MAX: i64 = 500;
/// A sender that has not been heard of for this long has died. Longer than one mail may take (jobs, `mail.rs`).
const LEASE_SECONDS: i64 = 60;
/// The first rest after a failure; it doubles with each.
const REST_SECONDS: i64 = 5;
/// The longest rest.
const REST_SECONDS_MAX: i64 = 600;
/// Refusals of one mail by a server that answered, before it is given up: with the rests above that takes ten minutes.
pub const REFUSALS_MAX: i64 = 8;
/// Digests that one lease looks through at most; those that were read meanwhile are cancelled on the way.
const LOOKED_AT: usize = 50;
/// Longest problem that is kept.
const PROBLEM_MAX: usize = 300;

/// A message on its way out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// `mail` or `text`.
    pub channel: String,
    /// Address or number.
    pub to: String,
    /// The subject of a mail.
    pub subject: String,
    /// What it says. Own addresses are lines of their own (`domain::message::linked`).
    pub text: String,
    /// The step-up code in it, for the demo outbox.
    pub code: Option<String>,
}

/// A message as the demo outbox shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// Its id.
    pub id: String,
    /// When, in business time.
    pub at: Moment,
    /// The message.
    pub message: Message,
    /// `waiting`, `sending`, `sent` or `failed`.
    pub state: String,
    /// What the mail server said last, when it did not take it.
    pub problem: String,
}

/// A row of the outbox as it is made.
pub(crate) struct Out<'a> {
    pub channel: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub code: Option<&'a str>,
    pub lang: Lang,
    /// When it may go, by the business clock.
    pub due: Moment,
    /// Whose messages it tells, if it tells any.
    pub account: Option<Id>,
}

/// Puts a message into the outbox, to go at once.
pub(crate) async fn send(tx: &mut Tx, message: &Message) -> Result<(), Error> {
    send_in(tx, message, Lang::default()).await
}

/// The same in a language.
pub(crate) async fn send_in(tx: &mut Tx, message: &Message, lang: Lang) -> Result<(), Error> {
    let Message { channel, to, subject, text, code } = message;
    let due = tx.now();
    insert(tx, Out { channel, to, subject, text, code: code.as_deref(), lang, due, account: None }).await.map(|_| ())
}

/// Writes a row of the outbox.
pub(crate) async fn insert(tx: &mut Tx, out: Out<'_>) -> Result<Id, Error> {
    let seq = match tx.row(sql("SELECT seq FROM outbox ORDER BY seq DESC LIMIT 1")).await? {
        Some(row) => row.int(0)? + 1,
        None => 1,
    };
    let (id, now) = (tx.new_id(), tx.now());
    let insert = sql("INSERT INTO outbox (id, seq, at_us, channel, recipient, subject, text, code, state, language, due_at_us, account_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, $11)");
    let insert = insert.bind(id).bind(seq).bind(now).bind(out.channel).bind(out.to).bind(out.subject).bind(out.text).bind(out.code);
    tx.insert_next(insert.bind(out.lang.key()).bind(out.due).bind(out.account)).await?;
    Ok(id)
}

/// Every message, oldest first. Demo mode only: whoever calls this has checked the mode.
///
/// # Errors
/// The database does not answer.
pub async fn demo_messages(store: &Store) -> Result<Vec<Sent>, Failure> {
    let newest = sql("SELECT id, at_us, channel, recipient, subject, text, code, state, problem FROM outbox WHERE state <> 'cancelled'
        ORDER BY seq DESC")
    .limit(SHOWN_MAX);
    let mut sent = Vec::new();
    for row in store.db.rows(newest).await? {
        let message =
            Message { channel: row.text(2)?, to: row.text(3)?, subject: row.text(4)?, text: row.text(5)?, code: row.maybe_text(6)? };
        sent.push(Sent { id: row.text(0)?, at: row.moment(1)?, message, state: row.text(7)?, problem: row.text(8)? });
    }
    sent.reverse();
    Ok(sent)
}

/// A mail in a sender's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Its id, which is also that of its `Message-ID`.
    pub id: Id,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The language of both.
    pub lang: Lang,
    /// Who has it.
    pub worker: String,
}

/// There may be mail to send: asked first, because looking costs less than taking.
///
/// # Errors
/// The database does not answer.
pub async fn is_due(store: &Store) -> Result<bool, Error> {
    let (now, system) = (store.clock.now(), store.clock.system());
    let waits = sql("SELECT 1 FROM outbox WHERE state = 'waiting' AND channel = 'mail' AND due_at_us <= ").value(now);
    let waits = waits.and(" AND rest_until_us <= ").value(system);
    let find = waits.and(" UNION ALL SELECT 1 FROM outbox WHERE state = 'sending' AND leased_until_us < ").value(system).and(" LIMIT 1");
    Ok(store.db.row(find).await?.is_some())
}

/// Takes the next mail that is due. A digest is put together from what is still not read; one without anything is cancelled.
///
/// # Errors
/// The database does not answer.
pub async fn lease(access: &Access<Anyone>, worker: &str) -> Result<Option<Mail>, Error> {
    access.write(None, worker.to_owned(), |tx, worker| Box::pin(lease_in(tx, worker))).await
}

async fn lease_in(tx: &mut Tx, worker: &str) -> Result<Written<Option<Mail>>, Error> {
    let (now, system) = (tx.now(), tx.system_now());
    for _ in 0..LOOKED_AT {
        let take = sql("UPDATE outbox SET state = 'sending', tries = tries + 1, leased_by = $1, leased_until_us = $2
            WHERE id = (SELECT id FROM outbox WHERE channel = 'mail' AND ((state = 'waiting' AND due_at_us <= $3 AND rest_until_us <= $4)
                OR (state = 'sending' AND leased_until_us < $4)) ORDER BY due_at_us, seq LIMIT 1)
            RETURNING id, account_id");
        let take = take.bind(worker).bind(system.plus_seconds(LEASE_SECONDS)).bind(now).bind(system);
        let Some(row) = tx.row(take).await? else { break };
        let id = row.id(0)?;
        if row.maybe_text(1)?.is_some() && !messages::compose(tx, id).await? {
            continue;
        }
        let find = sql("SELECT recipient, subject, text, language FROM outbox WHERE id = ").value(id).and(" LIMIT 1");
        let row = tx.row(find).await?.ok_or(Error::Broken)?;
        let lang = Lang::read(&row.text(3)?).unwrap_or_default();
        let worker = worker.to_owned();
        return Ok(Written::quiet(Some(Mail { id, to: row.text(0)?, subject: row.text(1)?, text: row.text(2)?, lang, worker })));
    }
    Ok(Written::quiet(None))
}

/// How sending went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The mail server has it.
    Sent,
    /// This server stops: it is no failed try.
    Stopped,
    /// Nobody answered, or not now: it is tried again for as long as it takes.
    Later(String),
    /// The mail server does not want this mail. It may be the mail server that is set up wrongly, so it is tried again some times.
    Refused(String),
}

/// Says how sending went. Whoever has lost the lease changes nothing.
///
/// # Errors
/// `Stale` when the lease was lost; the database does not answer.
pub async fn ended(access: &Access<Anyone>, mail: &Mail, outcome: Outcome) -> Result<(), Error> {
    access.write(None, (mail.clone(), outcome), |tx, (mail, outcome)| Box::pin(end_in(tx, mail, outcome))).await
}

async fn end_in(tx: &mut Tx, mail: &Mail, outcome: &Outcome) -> Result<Written<()>, Error> {
    let find = sql("SELECT tries, refusals FROM outbox WHERE state = 'sending' AND id = ").value(mail.id);
    let row = tx.row(find.and(" AND leased_by = ").value(&mail.worker).and(" LIMIT 1")).await?.ok_or(Error::Stale)?;
    let (tries, refusals) = (row.int(0)?, row.int(1)?);
    let rest = || tx.system_now().plus_seconds(rest_seconds(tries));
    let (state, tries, refusals, rest_until, problem) = match outcome {
        Outcome::Sent => ("sent", tries, refusals, Moment(0), ""),
        Outcome::Stopped => ("waiting", tries - 1, refusals, Moment(0), ""),
        Outcome::Later(problem) => ("waiting", tries, refusals, rest(), problem.as_str()),
        Outcome::Refused(problem) if refusals + 1 < REFUSALS_MAX => ("waiting", tries, refusals + 1, rest(), problem.as_str()),
        Outcome::Refused(problem) => ("failed", tries, refusals + 1, Moment(0), problem.as_str()),
    };
    let problem: String = problem.chars().take(PROBLEM_MAX).collect();
    let over = (state != "waiting").then(|| tx.now());
    let end = sql("UPDATE outbox SET state = $1, tries = $2, refusals = $3, rest_until_us = $4, problem = $5, ended_at_us = $6,
        leased_by = NULL WHERE id = $7");
    let end = end.bind(state).bind(tries).bind(refusals).bind(rest_until).bind(problem).bind(over);
    tx.execute(end.bind(mail.id)).await?;
    Ok(Written::quiet(()))
}

fn rest_seconds(tries: i64) -> i64 {
    let doublings = u32::try_from(tries.clamp(1, 10) - 1).unwrap_or(0);
    REST_SECONDS.saturating_mul(1 << doublings).min(REST_SECONDS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_doubles_up_to_ten_minutes() {
        assert_eq!([1, 2, 3, 7, 8, 9, 100].map(rest_seconds), [5, 10, 20, 320, 600, 600, 600]);
        let all: i64 = (1..REFUSALS_MAX).map(rest_seconds).sum();
        assert_eq!(all, 635, "about ten minutes until a refused mail is given up");
    }
}
