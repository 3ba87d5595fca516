//! The one write (architecture.md 5.3): its own task, one transaction, audit in it, retried, replayed by key.

use crate::{
    access::{Access, Caller, Store},
    audit,
    db::{Conn, Failure, FailureKind, Turn},
    dialect::{self, Room},
    ids,
    sql::{Row, Sql, sql},
};
use domain::{Error, Id, Moment, access::Permission, event::Event};
use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// Runs of one write when transactions meet (threats.md M8).
const TRIES: u32 = 5;
/// Answers are replayed for this long; a form older than that is read again anyway.
const KEYS_KEPT_SECONDS: i64 = 3 * 86_400;

/// The idempotency key of a form: 8 to 80 characters that can stand in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key as the form sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Key {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = (8..=80).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if text.is_empty() {
            Err(Error::KeyRequired)
        } else if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::Invalid { field: "idempotency_key".to_owned() })
        }
    }
}

/// What a write did: its value, and the events that tell of it.
#[derive(Debug)]
pub struct Written<T> {
    value: T,
    events: Vec<(Id, Event)>,
}

impl<T> Written<T> {
    /// The value, for a write that goes on with it.
    pub(crate) const fn value(&self) -> &T {
        &self.value
    }

    /// A value and the event, which belongs to the tenant of its object.
    #[must_use]
    pub fn new(value: T, tenant: Id, event: Event) -> Self {
        Self { value, events: vec![(tenant, event)] }
    }

    /// And another event.
    #[must_use]
    pub fn and(mut self, tenant: Id, event: Event) -> Self {
        self.events.push((tenant, event));
        self
    }

    /// Nothing worth an audit row: read marks, counters, throttles.
    #[must_use]
    pub const fn quiet(value: T) -> Self {
        Self { value, events: Vec::new() }
    }
}

/// The transaction a write works in.
pub struct Tx {
    conn: Conn,
    store: Store,
    caller: Caller,
    actor: Option<(Id, String)>,
    met: Option<FailureKind>,
    key: Option<Key>,
}

impl Tx {
    /// Business time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.store.clock.now()
    }

    /// System time: sessions and throttles only.
    #[must_use]
    pub fn system_now(&self) -> Moment {
        self.store.clock.system()
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> Id {
        self.store.ids.id()
    }

    /// What is kept besides rows.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Who asked for the write.
    #[must_use]
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The key of the form, when it has one: what is posted to the ledger carries it.
    #[must_use]
    pub const fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// The act is this account's, though it was not signed in when the request came: signing in.
    pub fn act_as(&mut self, account: Id, name: &str) {
        self.actor = Some((account, name.to_owned()));
    }

    /// Reads rows.
    ///
    /// # Errors
    /// The database does not answer; the write is run again when that can help.
    pub async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, Error> {
        let rows = self.conn.rows(sql).await;
        self.noted(rows)
    }

    /// Reads the first row.
    ///
    /// # Errors
    /// As `rows`.
    pub async fn row(&mut self, sql: Sql) -> Result<Option<Row>, Error> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// Changes rows; gives how many.
    ///
    /// # Errors
    /// As `rows`.
    pub async fn execute(&mut self, sql: Sql) -> Result<u64, Error> {
        let count = self.conn.execute(sql).await;
        self.noted(count)
    }

    /// Gives the connection memory for a write of a million rows, or what it usually has. Whoever takes room gives it back, however the work
    /// ends.
    pub(crate) async fn take_room(&mut self, room: Room) -> Result<(), Error> {
        match dialect::room(self.store.db.kind(), room) {
            Some(take) => self.execute(take).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Inserts a row whose key is drawn from what was read: taken means that another transaction was faster, so run again.
    pub(crate) async fn insert_next(&mut self, sql: Sql) -> Result<(), Error> {
        let count = self.conn.execute(sql).await.map_err(|failure| match failure.kind {
            FailureKind::Taken => Failure { kind: FailureKind::Retry, ..failure },
            _ => failure,
        });
        self.noted(count).map(|_| ())
    }

    fn noted<T>(&mut self, result: Result<T, Failure>) -> Result<T, Error> {
        result.map_err(|failure| {
            self.met = Some(failure.kind);
            failure.into()
        })
    }

    fn actor(&self) -> (String, String) {
        let standing = self.caller.standing.as_deref().map(|standing| (standing.account, standing.name.clone()));
        self.actor.clone().or(standing).map_or_else(|| ("system".to_owned(), "system".to_owned()), |(id, name)| (id.to_string(), name))
    }
}

/// The work of a write: a function that captures nothing, so that it can be run again.
pub type Work<I, T> = for<'t> fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<Written<T>, Error>>;

impl<P: Permission> Access<P> {
    /// Changes something: once, wholly or not at all, whatever the caller's connection does meanwhile.
    ///
    /// # Errors
    /// What the work refuses; `KeyReused` for another body under a key; `Unavailable` when the database is away or too busy.
    pub async fn write<I, T>(&self, key: Option<Key>, input: I, work: Work<I, T>) -> Result<T, Error>
    where
        I: Serialize + Send + Sync + 'static,
        T: Serialize + DeserializeOwned + Send + Sync + 'static,
    {
        let caller = self.caller().clone();
        let waiting = caller.store.writes.clone().try_acquire_owned().map_err(|_| Error::Unavailable)?;
        // Its own task: a caller who hangs up drops this future, not the transaction (threats.md T20).
        let task = tokio::spawn(async move {
            let _waiting = waiting;
            run(&caller, key, &input, work).await
        });
        task.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a write did not end");
            Err(Error::Broken)
        })
    }
}

async fn run<I, T>(caller: &Caller, key: Option<Key>, input: &I, work: Work<I, T>) -> Result<T, Error>
where
    I: Serialize + Sync,
    T: Serialize + DeserializeOwned + Send + Sync,
{
    for attempt in 1..=TRIES {
        let turn = if attempt == 1 { Turn::Beside } else { Turn::Alone };
        let conn = caller.store.db.begin(turn).await?;
        let mut tx = Tx { conn, store: caller.store.clone(), caller: caller.clone(), actor: None, met: None, key: key.clone() };
        let done = attempt_once(&mut tx, key.as_ref(), input, work).await;
        let again = match done {
            Ok(value) => match tx.conn.commit().await {
                Ok(()) => return Ok(value),
                Err(failure) if failure.kind == FailureKind::Retry => Error::from(failure),
                Err(failure) => return Err(failure.into()),
            },
            Err(error) => {
                let met = tx.met;
                if let Err(failure) = tx.conn.roll_back().await {
                    tracing::warn!(detail = failure.detail, "a transaction could not be rolled back");
                }
                if met != Some(FailureKind::Retry) {
                    return Err(error);
                }
                error
            }
        };
        if attempt == TRIES {
            return Err(again);
        }
        let jitter = caller.store.ids.id().0 % 10;
        tokio::time::sleep(Duration::from_millis(u64::from(attempt) * 5 + u64::try_from(jitter).unwrap_or(0))).await;
    }
    Err(Error::Unavailable)
}

async fn attempt_once<I, T>(tx: &mut Tx, key: Option<&Key>, input: &I, work: Work<I, T>) -> Result<T, Error>
where
    I: Serialize + Sync,
    T: Serialize + DeserializeOwned + Send + Sync,
{
    let owner = tx.caller.standing.as_deref().map_or(Id(0), |standing| standing.tenant);
    let body = key.map(|_| serde_json::to_string(input).unwrap_or_default()).unwrap_or_default();
    if let Some(key) = key
        && let Some(answer) = kept_answer(tx, owner, key, &body).await?
    {
        tx.caller.replayed.set();
        return Ok(answer);
    }
    let Written { value, events } = work(tx, input).await?;
    let (actor, actor_name) = tx.actor();
    for (tenant, event) in events {
        audit::append(tx, tenant, &actor, &actor_name, &event).await?;
    }
    if let Some(key) = key {
        keep_answer(tx, owner, key, &body, &value).await?;
    }
    Ok(value)
}

/// What these values are, for the seal.
const FORM: &str = "form";

/// What tells a form from another. With the sealing key, because a form may hold the number of an account, which whoever knows the rest of
/// the form could try; before there is a key nothing is worth it.
async fn fingerprint(store: &Store, owner: Id, body: &str) -> String {
    match store.seal.key().await {
        Some(key) => key.print(FORM, &owner.to_string(), body),
        None => ids::hashed(body),
    }
}

async fn kept_answer<T: DeserializeOwned>(tx: &mut Tx, owner: Id, key: &Key, body: &str) -> Result<Option<T>, Error> {
    let find = sql("SELECT fingerprint, answer FROM kept_keys WHERE tenant_id = ").value(owner).and(" AND key = ").value(&key.0);
    let Some(row) = tx.row(find.and(" LIMIT 1")).await? else { return Ok(None) };
    let known = row.text(0)?;
    // The second is of the time before there was a key.
    let store = tx.store.clone();
    if known != fingerprint(&store, owner, body).await && known != ids::hashed(body) {
        return Err(Error::KeyReused);
    }
    serde_json::from_str(&row.text(1)?).map(Some).map_err(|_| Error::Stale)
}

async fn keep_answer<T: Serialize>(tx: &mut Tx, owner: Id, key: &Key, body: &str, value: &T) -> Result<(), Error> {
    // After the work: that may have made the key.
    let store = tx.store.clone();
    let (now, fingerprint) = (tx.system_now(), fingerprint(&store, owner, body).await);
    let answer = serde_json::to_string(value).map_err(|_| Error::Broken)?;
    let old = sql("DELETE FROM kept_keys WHERE at_us < ").value(now.plus_seconds(-KEYS_KEPT_SECONDS));
    tx.execute(old).await?;
    let keep = sql("INSERT INTO kept_keys (tenant_id, key, fingerprint, answer, at_us) VALUES ($1, $2, $3, $4, $5)");
    tx.insert_next(keep.bind(owner).bind(&key.0).bind(fingerprint).bind(answer).bind(now)).await
}
