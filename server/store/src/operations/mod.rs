//! What operators see: figures for `/metrics`, the operator page, and work that is begun again.

mod again;
mod page;
mod verified;

pub use again::again;
pub use page::page;
pub use verified::{Verified, note_verified};

use crate::{access::Store, sql::sql};
use domain::Error;

/// More kinds and states than there are.
const GROUPS_MAX: i64 = 100;

/// Counts of what waits, runs and has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Background work by kind and state.
    pub jobs: Vec<(String, String, i64)>,
    /// How long the work that is due waits, in seconds of business time; 0 when none does.
    pub oldest_waiting_seconds: i64,
    /// Exports by state.
    pub exports: Vec<(String, i64)>,
    /// Messages by state.
    pub outbox: Vec<(String, i64)>,
}

/// Counts everything once.
///
/// # Errors
/// The database does not answer.
pub async fn figures(store: &Store) -> Result<Figures, Error> {
    let mut figures = Figures::default();
    let jobs = sql("SELECT kind, state, COUNT(*) FROM jobs GROUP BY kind, state ORDER BY kind, state").limit(GROUPS_MAX);
    for row in store.db.rows(jobs).await? {
        figures.jobs.push((row.text(0)?, row.text(1)?, row.int(2)?));
    }
    let now = store.clock.now();
    let oldest = sql("SELECT due_at_us FROM jobs WHERE state = 'queued' AND due_at_us <= ").value(now);
    if let Some(row) = store.db.row(oldest.and(" ORDER BY due_at_us, id LIMIT 1")).await? {
        figures.oldest_waiting_seconds = now.seconds_since(row.moment(0)?);
    }
    let exports = sql("SELECT state, COUNT(*) FROM export_tasks GROUP BY state ORDER BY state").limit(GROUPS_MAX);
    for row in store.db.rows(exports).await? {
        figures.exports.push((row.text(0)?, row.int(1)?));
    }
    let outbox = sql("SELECT state, COUNT(*) FROM outbox GROUP BY state ORDER BY state").limit(GROUPS_MAX);
    for row in store.db.rows(outbox).await? {
        figures.outbox.push((row.text(0)?, row.int(1)?));
    }
    Ok(figures)
}
