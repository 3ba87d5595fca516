//! `verify`: is everything that was written still there, and as it was written?

use super::{finding, open, said};
use crate::{anchor, config::Config, serve};
use domain::access::Anyone;
use serde_json::{Value, json};
use std::{process::ExitCode, time::Instant};
use store::{
    Access, Store, audit, check, ledger,
    operations::{Verified, note_verified},
    seal,
};

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    // Read first: what is anchored meanwhile may be of rows that the check has passed already.
    let anchored = anchor::read(config)?;
    let store = open(config).await?;
    let begun = Instant::now();
    let known = anchored.rows.len();
    let spoilt = anchored.spoilt.iter().map(|line| finding::anchor(*line));
    let chains = audit::check_against(&store, anchored.rows).await.map_err(|error| said(&error))?;
    let files = check::files(&store).await.map_err(|error| said(&error))?;
    let seals = seal::check(&store).await.map_err(|error| said(&error))?;
    let books = ledger::check(&store).await.map_err(|error| said(&error))?;
    let findings: Vec<Value> = chains
        .findings
        .iter()
        .map(finding::chain)
        .chain(files.findings.iter().map(finding::file))
        .chain(books.findings.iter().map(finding::ledger))
        .chain(seals.shut.iter().map(|at| finding::seal(at)))
        .chain(spoilt)
        .collect();
    let fine = findings.is_empty();
    keep(&store, begun, &findings).await;
    let place = store.seal.place();
    store.db.close().await;
    let report = json!({
        "ledger_sum": finding::ledger_sum(&books),
        "balances": finding::balances(&books),
        "audit_chain": { "chains": chains.chains, "rows": chains.rows, "broken": chains.findings.len() },
        // Where the rows were compared with what was written down outside the database.
        "anchor": { "file": anchored.file.map(|file| file.display().to_string()), "rows": known, "since": anchored.since },
        // Orphans are told and are no finding: a crash between a file and its row leaves one.
        "files": {
            "checked": files.versions + files.attachments + files.exports,
            "missing": files.findings.len(),
            "orphans": files.orphans,
            "orphan_bytes": files.orphan_bytes,
        },
        // A key that is away is told and is no finding: what was restored to another place is whole without it.
        "sealed": { "values": seals.values, "shut": seals.shut.len(), "key": seals.fit.key(), "place": place },
        "findings": findings,
    });
    println!("{report}");
    if let Some(sentence) = serve::key_away(seals.fit, &place) {
        eprintln!("{sentence}");
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The operator page shows when data were checked last and what was found. The report is worth more than that: it comes in any case.
async fn keep(store: &Store, begun: Instant, findings: &[Value]) {
    let first = findings.first().map(|finding| format!("{} {}: {}", word(finding, "kind"), word(finding, "at"), word(finding, "what")));
    let took_us = i64::try_from(begun.elapsed().as_micros()).unwrap_or(i64::MAX);
    let run = Verified { took_us, findings: i64::try_from(findings.len()).unwrap_or(i64::MAX), first: first.unwrap_or_default() };
    let kept = async {
        let access: Access<Anyone> = store.stranger("local".to_owned(), "verify".to_owned()).access()?;
        note_verified(&access, run).await
    };
    if let Err(error) = kept.await {
        tracing::warn!(code = error.code(), "the result could not be kept for the operator page");
    }
}

fn word<'v>(finding: &'v Value, key: &str) -> &'v str {
    finding.get(key).and_then(Value::as_str).unwrap_or_default()
}
