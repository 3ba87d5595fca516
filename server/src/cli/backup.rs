//! `backup` and `restore`: the whole installation as one file, and an installation out of such a file.

use super::{finding, open, said};
use crate::{anchor, config::Config, serve};
use serde_json::{Value, json};
use std::{path::Path, process::ExitCode, time::Instant};
use store::{
    backup::{self, Lost, Restored, Taken, Why},
    seal::{self, Fit},
};

/// Prints one line of JSON; ends with 1 when the installation itself lacks files that the backup should have.
pub(super) async fn take(file: &Path, config: &Config) -> Result<ExitCode, String> {
    let begun = Instant::now();
    let store = open(config).await?;
    let taken = backup::take(&store, file).await;
    let (fit, place) = (seal::fit(&store).await, store.seal.place());
    store.db.close().await;
    let fit = fit.map_err(|failure| said(&failure.into()))?;
    let Taken { manifest, sha256, bytes } = taken.map_err(|trouble| format!("{}: {trouble}", file.display()))?;
    let rows: u64 = manifest.rows.values().map(|sum| sum.count).sum();
    let report = json!({
        "file": file.display().to_string(),
        "bytes": bytes,
        "sha256": sha256,
        "taken_at": manifest.about.taken_at,
        "schema": manifest.about.schema,
        "rows": rows,
        "files": { "count": manifest.files.count, "bytes": manifest.files.bytes },
        "audit_heads": manifest.heads.len(),
        "lost": lost(&manifest.lost),
        "sealing_key": { "place": place, "state": fit.key() },
        "seconds": begun.elapsed().as_secs(),
    });
    println!("{report}");
    if fit == Fit::Fits {
        eprintln!(
            "The numbers of bank accounts in this backup open only with the key in {place}. Keep a copy of that, apart from backups."
        );
    } else if let Some(sentence) = serve::key_away(fit, &place) {
        eprintln!("{sentence}");
    }
    Ok(ended(&manifest.lost))
}

/// Prints one line of JSON: what is there now, as it was found by looking.
pub(super) async fn restore(file: &Path, config: &Config) -> Result<ExitCode, String> {
    let begun = Instant::now();
    let restored = backup::restore(serve::options(config), file).await.map_err(|trouble| format!("{}: {trouble}", file.display()))?;
    anchor::begin_anew(config, "restore", &restored.chains.heads)?;
    let Restored { manifest, chains, ledger, files, documents, fit, key_place } = restored;
    let rows: u64 = manifest.rows.values().map(|sum| sum.count).sum();
    let findings = chains.findings.iter().map(finding::chain).chain(ledger.findings.iter().map(finding::ledger));
    let findings: Vec<Value> = findings.chain(files.findings.iter().map(finding::file)).collect();
    let fine = findings.is_empty();
    let report = json!({
        "taken_at": manifest.about.taken_at,
        "seconds": begun.elapsed().as_secs(),
        "rows": rows,
        "ledger_sum": finding::ledger_sum(&ledger),
        "balances": finding::balances(&ledger),
        "audit_chain": { "chains": chains.chains, "rows": chains.rows, "broken": chains.findings.len() },
        "files": { "checked": files.versions + files.attachments + files.exports, "bytes": manifest.files.bytes, "missing": files.findings.len(), "orphans": files.orphans },
        "documents_indexed": documents,
        "lost": lost(&manifest.lost),
        "sealing_key": { "place": key_place, "state": fit.key() },
        "findings": findings,
    });
    println!("{report}");
    if let Some(sentence) = serve::key_away(fit, &key_place) {
        eprintln!("{sentence}");
    }
    Ok(if fine { ended(&manifest.lost) } else { ExitCode::FAILURE })
}

fn lost(lost: &[Lost]) -> Vec<Value> {
    lost.iter().map(|lost| json!({ "file": lost.name, "why": lost.why })).collect()
}

/// An export that expired while the backup was taken is no loss.
fn ended(lost: &[Lost]) -> ExitCode {
    let is_whole = lost.iter().all(|lost| lost.why == Why::Gone);
    if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
