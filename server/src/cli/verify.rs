//! `verify`: is everything that was written still there, and as it was written?

use super::{finding, open, said};
use crate::{anchor, config::Config};
use serde_json::{Value, json};
use std::process::ExitCode;
use store::{audit, check, ledger};

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    // Read first: what is anchored meanwhile may be of rows that the check has passed already.
    let anchored = anchor::read(config)?;
    let store = open(config).await?;
    let known = anchored.rows.len();
    let spoilt = anchored.spoilt.iter().map(|line| finding::anchor(*line));
    let chains = audit::check_against(&store, anchored.rows).await.map_err(|error| said(&error))?;
    let files = check::files(&store).await.map_err(|error| said(&error))?;
    let books = ledger::check(&store).await.map_err(|error| said(&error))?;
    store.db.close().await;
    let findings: Vec<Value> = chains
        .findings
        .iter()
        .map(finding::chain)
        .chain(files.findings.iter().map(finding::file))
        .chain(books.findings.iter().map(finding::ledger))
        .chain(spoilt)
        .collect();
    let fine = findings.is_empty();
    let report = json!({
        "ledger_sum": finding::ledger_sum(&books),
        "balances": finding::balances(&books),
        "audit_chain": { "chains": chains.chains, "rows": chains.rows, "broken": chains.findings.len() },
        // Where the rows were compared with what was written down outside the database.
        "anchor": { "file": anchored.file.map(|file| file.display().to_string()), "rows": known, "since": anchored.since },
        // Orphans are told and are no finding: a crash between a file and its row leaves one.
        "files": {
            "checked": files.versions + files.proofs + files.exports,
            "missing": files.findings.len(),
            "orphans": files.orphans,
            "orphan_bytes": files.orphan_bytes,
        },
        "findings": findings,
    });
    println!("{report}");
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
