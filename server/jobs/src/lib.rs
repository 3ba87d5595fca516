//! Background work: takes up what is due, makes files, and does what comes again (architecture.md 5.6).
//!
//! A worker leases a piece of work, reports while it is at it, and ends it in the write of what it did. A worker that dies is noticed by
//! its silence; one that is stopped gives its work back. So work is done once, on any number of servers.

mod exports;
mod file;
pub mod mail;

use domain::{Error, access::Anyone};
use std::time::Duration;
use store::{Access, Store, jobs::Leased};
use tokio::{sync::watch, task::JoinSet};

/// Workers of one process: a long file does not keep the next one waiting.
const WORKERS: usize = 2;
/// How often it is looked for work when there was none.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// The wait after the database did not answer.
const PAUSE: Duration = Duration::from_secs(3);
/// How often the timers are looked at.
const TIMERS_EVERY: Duration = Duration::from_secs(1);
/// Expired files are looked for this often, by the business clock.
const EXPIRE_SECONDS: i64 = 60;
/// What is due of withdrawals is looked for this often, by the business clock.
const WITHDRAWALS_SECONDS: i64 = 60;
/// Bills are issued, marked overdue and estimated anew this often, by the business clock.
const BILLS_SECONDS: i64 = 60;
/// Agreements whose last day has passed are closed this often, by the business clock.
const AGREEMENTS_SECONDS: i64 = 60;
/// Ended work is swept this often, by the business clock.
const SWEEP_SECONDS: i64 = 3_600;

/// Works until the server is stopped; everything that was begun is then ended or given back.
pub async fn run(store: Store, stop: watch::Receiver<bool>) {
    let mut hands = JoinSet::new();
    for _ in 0..WORKERS {
        hands.spawn(work(store.clone(), stop.clone()));
    }
    hands.spawn(timers(store, stop));
    while let Some(ended) = hands.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a worker broke");
        }
    }
}

/// Does what is due now, and comes back: files of the demo world are made like any other.
///
/// # Errors
/// The database does not answer.
pub async fn work_off(store: &Store) -> Result<(), Error> {
    let (_running, stop) = watch::channel(false);
    let worker = "at once";
    while let Some(leased) = next(store, worker).await? {
        one(store.clone(), leased, stop.clone()).await;
    }
    Ok(())
}

async fn work(store: Store, mut stop: watch::Receiver<bool>) {
    let worker = store.ids.id().to_string();
    while !*stop.borrow() {
        let wait = match next(&store, &worker).await {
            Ok(Some(leased)) => {
                // Its own task: a panic ends this piece of work, not the worker. Its lease runs out, and it is taken up again.
                if let Err(error) = tokio::spawn(one(store.clone(), leased, stop.clone())).await {
                    tracing::error!(%error, "a piece of work broke");
                }
                continue;
            }
            Ok(None) => LOOK_EVERY,
            Err(_) => PAUSE,
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

async fn next(store: &Store, worker: &str) -> Result<Option<Leased>, Error> {
    if !store::jobs::is_due(store).await? {
        return Ok(None);
    }
    store::jobs::lease(&system(store)?, worker).await
}

async fn one(store: Store, leased: Leased, stop: watch::Receiver<bool>) {
    let done = match leased.kind.as_str() {
        store::exports::JOB => exports::make(&store, &leased, stop).await,
        kind => {
            tracing::error!(kind, job = %leased.id, "work of an unknown kind");
            Err(Error::Broken)
        }
    };
    match done {
        Ok(()) => {}
        Err(Error::Stale) => tracing::warn!(job = %leased.id, kind = leased.kind, "a piece of work has another worker by now"),
        // The lease runs out, and whoever takes the work up then finds it as it was.
        Err(error) => tracing::error!(job = %leased.id, kind = leased.kind, code = error.code(), "a piece of work could not be ended"),
    }
}

async fn timers(store: Store, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = ring(&store).await {
            tracing::warn!(code = error.code(), "the timers could not be read");
        }
        tokio::select! {
            () = tokio::time::sleep(TIMERS_EVERY) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

/// What comes again. The clock is read anew each time: in demo mode another process may have moved it.
async fn ring(store: &Store) -> Result<(), Error> {
    store.read_clock().await?;
    let access = system(store)?;
    if store::jobs::take_timer(&access, "expire_exports", EXPIRE_SECONDS).await? {
        store::exports::expire(&access).await?;
    }
    if store::jobs::take_timer(&access, "move_withdrawals", WITHDRAWALS_SECONDS).await? {
        store::withdrawals::age(&access).await?;
        store::withdrawals::process_due(&access).await?;
    }
    if store::jobs::take_timer(&access, "bills", BILLS_SECONDS).await? {
        store::bills::ring(&access).await?;
    }
    if store::jobs::take_timer(&access, "agreements", AGREEMENTS_SECONDS).await? {
        store::agreements::ring(&access).await?;
    }
    if store::jobs::take_timer(&access, "sweep_jobs", SWEEP_SECONDS).await? {
        store::jobs::sweep(&access).await?;
        store::messages::sweep(&access).await?;
        store::drafts::sweep(&access).await?;
    }
    Ok(())
}

/// Waits until the server is stopped.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    stop.wait_for(|stop| *stop).await.map(drop).unwrap_or_default();
}

fn system(store: &Store) -> Result<Access<Anyone>, Error> {
    store.stranger("local".to_owned(), "jobs".to_owned()).access()
}
