//! Background work: a row written with its cause, leased by one worker at a time, companies in turn (architecture.md 5.6).
//!
//! When work is due follows the business clock, so that moving it makes work due. How long a lease lasts and how long work rests after
//! a failure follow the system's clock: they are about processes, not about business.

use crate::{
    access::{Access, Store},
    sql::sql,
    write::{Tx, Written},
};
use domain::{Error, Id, Moment, access::Anyone};
use serde::{Deserialize, Serialize};

/// A worker that has not been heard of for this long has died; its work is taken up by another.
pub const LEASE_SECONDS: i64 = 20;
/// The first rest after a failure; it doubles with each.
const REST_SECONDS: i64 = 2;
/// The longest rest.
const REST_SECONDS_MAX: i64 = 600;
/// Ended work is kept for this long, for operators.
const KEPT_DAYS: i64 = 30;

/// Work in a worker's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leased {
    /// The job.
    pub id: Id,
    /// For which company.
    pub tenant: Id,
    /// What kind of work.
    pub kind: String,
    /// What it is about, as JSON.
    pub input: String,
    /// Runs so far, this one included.
    pub tries: i64,
    /// The worker.
    pub worker: String,
}

/// Enters work that is due now, in the transaction of its cause.
pub(crate) async fn enter<I: Serialize>(tx: &mut Tx, tenant: Id, kind: &'static str, input: &I) -> Result<Id, Error> {
    let (id, now) = (tx.new_id(), tx.now());
    let input = serde_json::to_string(input).map_err(|_| Error::Broken)?;
    let insert =
        sql("INSERT INTO jobs (id, tenant_id, kind, input, state, due_at_us, rest_until_us, leased_by, leased_until_us, begun_at_us,
        tries, problem) VALUES ($1, $2, $3, $4, 'queued', $5, 0, NULL, 0, 0, 0, '')");
    tx.execute(insert.bind(id).bind(tenant).bind(kind).bind(input).bind(now)).await?;
    Ok(id)
}

/// There may be work to take: asked first, because looking costs less than taking.
///
/// # Errors
/// The database does not answer.
pub async fn is_due(store: &Store) -> Result<bool, Error> {
    let (now, system) = (store.clock.now(), store.clock.system());
    let queued = sql("SELECT 1 FROM jobs WHERE state = 'queued' AND due_at_us <= ").value(now).and(" AND rest_until_us <= ").value(system);
    let find = queued.and(" UNION ALL SELECT 1 FROM jobs WHERE state = 'running' AND leased_until_us < ").value(system).and(" LIMIT 1");
    Ok(store.db.row(find).await?.is_some())
}

/// Takes the next piece of work: of the company that has the least under way and has waited longest.
///
/// # Errors
/// The database does not answer.
pub async fn lease(access: &Access<Anyone>, worker: &str) -> Result<Option<Leased>, Error> {
    access
        .write(None, worker.to_owned(), |tx, worker| {
            Box::pin(async move {
                let (now, system) = (tx.now(), tx.system_now());
                let take = sql("UPDATE jobs SET state = 'running', tries = tries + 1, leased_by = $1, leased_until_us = $2, begun_at_us = $3
                    WHERE id = (SELECT j.id FROM jobs j
                        WHERE (j.state = 'queued' AND j.due_at_us <= $4 AND j.rest_until_us <= $3)
                            OR (j.state = 'running' AND j.leased_until_us < $3)
                        ORDER BY
                            (SELECT COUNT(*) FROM jobs r WHERE r.tenant_id = j.tenant_id AND r.state = 'running' AND r.leased_until_us >= $3),
                            (SELECT COALESCE(MAX(r.begun_at_us), 0) FROM jobs r WHERE r.tenant_id = j.tenant_id),
                            j.due_at_us, j.id
                        LIMIT 1)
                    RETURNING id, tenant_id, kind, input, tries");
                let take = take.bind(worker).bind(system.plus_seconds(LEASE_SECONDS)).bind(system).bind(now);
                let Some(row) = tx.row(take).await? else { return Ok(Written::quiet(None)) };
                Ok(Written::quiet(Some(Leased {
                    id: row.id(0)?,
                    tenant: row.id(1)?,
                    kind: row.text(2)?,
                    input: row.text(3)?,
                    tries: row.int(4)?,
                    worker: worker.clone(),
                })))
            })
        })
        .await
}

/// Says that the worker still lives. Gives false when the work is not its own any more.
///
/// # Errors
/// The database does not answer.
pub async fn renew(access: &Access<Anyone>, leased: &Leased) -> Result<bool, Error> {
    access
        .write(None, leased.clone(), |tx, leased| {
            Box::pin(async move {
                let until = tx.system_now().plus_seconds(LEASE_SECONDS);
                let renew = sql("UPDATE jobs SET leased_until_us = $1 WHERE id = $2 AND leased_by = $3 AND state = 'running'");
                let changed = tx.execute(renew.bind(until).bind(leased.id).bind(&leased.worker)).await?;
                Ok(Written::quiet(changed > 0))
            })
        })
        .await
}

/// Ends the work in the transaction of what it did. Whoever has lost the lease changes nothing.
pub(crate) async fn end(tx: &mut Tx, leased: &Leased, problem: &str) -> Result<(), Error> {
    let state = if problem.is_empty() { "done" } else { "failed" };
    let end = sql("UPDATE jobs SET state = $1, problem = $2, leased_by = NULL WHERE id = $3 AND leased_by = $4 AND state = 'running'");
    match tx.execute(end.bind(state).bind(problem).bind(leased.id).bind(&leased.worker)).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

/// Gives work back: at once when the server stops, after a rest when it failed. Whoever has lost the lease changes nothing.
pub(crate) async fn give_back(tx: &mut Tx, leased: &Leased, failed: Option<&str>) -> Result<(), Error> {
    let doublings = u32::try_from(leased.tries.clamp(1, 10) - 1).unwrap_or(0);
    let rest = REST_SECONDS.saturating_mul(1 << doublings).min(REST_SECONDS_MAX);
    let (until, tries) = match failed {
        Some(_) => (tx.system_now().plus_seconds(rest), leased.tries),
        // Stopping is no failure: the run does not count.
        None => (Moment(0), leased.tries - 1),
    };
    let back = sql("UPDATE jobs SET state = 'queued', leased_by = NULL, rest_until_us = $1, tries = $2, problem = $3
        WHERE id = $4 AND leased_by = $5 AND state = 'running'");
    let back = back.bind(until).bind(tries).bind(failed.unwrap_or_default()).bind(leased.id).bind(&leased.worker);
    match tx.execute(back).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

/// Work that rests after a failure need not rest longer. Gives false when it does not rest.
pub(crate) async fn wake(tx: &mut Tx, id: Id) -> Result<bool, Error> {
    let wake = sql("UPDATE jobs SET rest_until_us = $1 WHERE id = $2 AND state = 'queued' AND problem <> ''");
    Ok(tx.execute(wake.bind(Moment(0)).bind(id)).await? > 0)
}

/// Takes away work that waits for nobody any more.
pub(crate) async fn withdraw(tx: &mut Tx, kind: &'static str, input: &str) -> Result<(), Error> {
    let away = sql("DELETE FROM jobs WHERE state = 'queued' AND kind = ").value(kind).and(" AND input = ").value(input);
    tx.execute(away).await.map(|_| ())
}

/// A timer that is due: it is set for its next time, and whoever set it does its work. On any number of servers one gets it.
///
/// # Errors
/// The database does not answer.
pub async fn take_timer(access: &Access<Anyone>, name: &'static str, every_seconds: i64) -> Result<bool, Error> {
    access
        .write(None, (name.to_owned(), every_seconds), |tx, (name, every_seconds)| {
            Box::pin(async move {
                let now = tx.now();
                let next = now.plus_seconds(*every_seconds);
                // A clock that was moved back would keep the timer waiting for days: it never waits longer than its own time.
                let set = sql("UPDATE timers SET due_at_us = $1 WHERE name = $2 AND (due_at_us <= $3 OR due_at_us > $1)");
                if tx.execute(set.bind(next).bind(name).bind(now)).await? > 0 {
                    return Ok(Written::quiet(true));
                }
                let new = sql("INSERT INTO timers (name, due_at_us) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
                let made = tx.execute(new.bind(name).bind(next)).await?;
                Ok(Written::quiet(made > 0))
            })
        })
        .await
}

/// Removes work that ended long ago.
///
/// # Errors
/// The database does not answer.
pub async fn sweep(access: &Access<Anyone>) -> Result<(), Error> {
    access
        .write(None, (), |tx, ()| {
            Box::pin(async move {
                let before = tx.system_now().plus_days(-KEPT_DAYS);
                tx.execute(sql("DELETE FROM jobs WHERE state IN ('done', 'failed') AND begun_at_us < ").value(before)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}
