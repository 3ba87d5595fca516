//! Figures of the running server in the text form that Prometheus reads. Counts and sums only: nothing of a person.

use super::Server;
use http::StatusCode;
use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use store::{db::Db, operations::Figures};

/// Upper ends of the histogram in microseconds, and as Prometheus writes them, in seconds.
const BUCKETS: [(u64, &str); 12] = [
    (1_000, "0.001"),
    (2_500, "0.0025"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (2_500_000, "2.5"),
    (10_000_000, "10"),
];
/// Classes of statuses: 1xx to 5xx, and requests whose client hung up.
const CLASSES: [&str; 6] = ["1xx", "2xx", "3xx", "4xx", "5xx", "gone"];

/// The counters.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    classes: [AtomicU64; CLASSES.len()],
    buckets: [AtomicU64; BUCKETS.len()],
    took_us: AtomicU64,
    answered: AtomicU64,
    running: AtomicI64,
    connections: AtomicI64,
    refused_connections: AtomicU64,
}

/// A request under way; counted as gone when it is dropped without an answer.
#[derive(Debug)]
pub struct Running {
    metrics: Metrics,
    ended: bool,
}

/// A connection that is open.
#[derive(Debug)]
pub struct Connected(Metrics);

impl Running {
    /// A request begins.
    #[must_use]
    pub fn begin(metrics: &Metrics) -> Self {
        metrics.0.running.fetch_add(1, Relaxed);
        Self { metrics: metrics.clone(), ended: false }
    }

    /// It is answered.
    pub fn end(mut self, status: StatusCode, took: Duration) {
        self.ended = true;
        let counters = &self.metrics.0;
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(class) = counters.classes.get(class) {
            class.fetch_add(1, Relaxed);
        }
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        counters.took_us.fetch_add(took_us, Relaxed);
        counters.answered.fetch_add(1, Relaxed);
        let fits = BUCKETS.iter().position(|(end, _)| took_us <= *end);
        if let Some(bucket) = fits.and_then(|at| counters.buckets.get(at)) {
            bucket.fetch_add(1, Relaxed);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.metrics.0.running.fetch_sub(1, Relaxed);
        if !self.ended
            && let Some(gone) = self.metrics.0.classes.last()
        {
            gone.fetch_add(1, Relaxed);
        }
    }
}

impl Metrics {
    /// A connection is accepted.
    #[must_use]
    pub fn connected(&self) -> Connected {
        self.0.connections.fetch_add(1, Relaxed);
        Connected(self.clone())
    }

    /// A connection was one too many.
    pub fn refused_connection(&self) {
        self.0.refused_connections.fetch_add(1, Relaxed);
    }

    /// Requests that were answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.0.answered.load(Relaxed)
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.0.connections.fetch_sub(1, Relaxed);
    }
}

/// All figures as text; those of the work when the database gave them.
#[must_use]
pub fn text(server: &Server, work: Option<&Figures>) -> String {
    let counters = &server.metrics.0;
    let mut out = String::with_capacity(4096);
    heading(&mut out, "pc_requests_total", "counter", "Requests by class of status; gone: the client hung up.");
    for (class, count) in CLASSES.iter().zip(&counters.classes) {
        line(&mut out, &format!("pc_requests_total{{class=\"{class}\"}}"), count.load(Relaxed));
    }
    heading(&mut out, "pc_request_seconds", "histogram", "Time until the head of the answer.");
    let mut below = 0;
    for ((_, end), count) in BUCKETS.iter().zip(&counters.buckets) {
        below += count.load(Relaxed);
        line(&mut out, &format!("pc_request_seconds_bucket{{le=\"{end}\"}}"), below);
    }
    let (answered, took_us) = (counters.answered.load(Relaxed), counters.took_us.load(Relaxed));
    line(&mut out, "pc_request_seconds_bucket{le=\"+Inf\"}", answered);
    line(&mut out, "pc_request_seconds_sum", format_args!("{}.{:06}", took_us / 1_000_000, took_us % 1_000_000));
    line(&mut out, "pc_request_seconds_count", answered);
    gauge(&mut out, "pc_requests_running", "Requests under way.", counters.running.load(Relaxed));
    gauge(&mut out, "pc_places_free", "Pages and functions that could begin now.", server.limits.free());
    gauge(&mut out, "pc_connections", "Open connections.", counters.connections.load(Relaxed));
    heading(&mut out, "pc_connections_refused_total", "counter", "Connections that were one too many.");
    line(&mut out, "pc_connections_refused_total", counters.refused_connections.load(Relaxed));
    heading(&mut out, "pc_db_connections", "gauge", "Connections to the database.");
    for (pool, state, count) in pools(&server.store.db) {
        line(&mut out, &format!("pc_db_connections{{pool=\"{pool}\",state=\"{state}\"}}"), count);
    }
    if let Some(work) = work {
        work_text(&mut out, work);
    }
    if let Some(bytes) = resident_bytes() {
        gauge(&mut out, "process_resident_memory_bytes", "Resident memory.", bytes);
    }
    out
}

/// What waits, runs and has ended in the background. Ended work is counted as long as its rows are kept.
fn work_text(out: &mut String, work: &Figures) {
    heading(out, "pc_jobs", "gauge", "Background work by kind and state.");
    for (kind, state, count) in &work.jobs {
        line(out, &format!("pc_jobs{{kind=\"{kind}\",state=\"{state}\"}}"), count);
    }
    gauge(out, "pc_jobs_oldest_waiting_seconds", "How long work that is due has waited, in business time.", work.oldest_waiting_seconds);
    heading(out, "pc_exports", "gauge", "Exports by state.");
    for (state, count) in &work.exports {
        line(out, &format!("pc_exports{{state=\"{state}\"}}"), count);
    }
    heading(out, "pc_outbox", "gauge", "Messages by state.");
    for (state, count) in &work.outbox {
        line(out, &format!("pc_outbox{{state=\"{state}\"}}"), count);
    }
}

fn heading(out: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}").ok();
}

fn line(out: &mut String, name: &str, value: impl std::fmt::Display) {
    writeln!(out, "{name} {value}").ok();
}

fn gauge(out: &mut String, name: &str, help: &str, value: impl std::fmt::Display) {
    heading(out, name, "gauge", help);
    line(out, name, value);
}

fn pools(db: &Db) -> Vec<(&'static str, &'static str, usize)> {
    let states = |pool: &'static str, size: u32, idle: usize| {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        [(pool, "idle", idle), (pool, "used", size.saturating_sub(idle))]
    };
    match db {
        Db::Lite { writer, readers } => {
            [states("writer", writer.size(), writer.num_idle()), states("readers", readers.size(), readers.num_idle())].concat()
        }
        Db::Pg(pool) => states("all", pool.size(), pool.num_idle()).to_vec(),
    }
}

/// Resident memory as the kernel counts it; nothing where there is no `/proc`.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}
