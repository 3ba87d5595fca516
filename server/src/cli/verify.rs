//! `verify`: is everything that was written still there, and as it was written?

use super::{open, said};
use crate::config::Config;
use serde_json::{Value, json};
use std::process::ExitCode;
use store::{audit, check};

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    let store = open(config).await?;
    let chains = audit::check(&store).await.map_err(|error| said(&error))?;
    let files = check::files(&store).await.map_err(|error| said(&error))?;
    store.db.close().await;
    let broken = |row: &audit::Finding| json!({ "kind": "audit_chain", "at": format!("{}/{}", row.tenant, row.seq), "what": row.what });
    let lost = |file: &check::FileFinding| json!({ "kind": "file", "at": file.at, "what": file.what });
    let findings: Vec<Value> = chains.findings.iter().map(broken).chain(files.findings.iter().map(lost)).collect();
    let fine = findings.is_empty();
    // There is no ledger yet: no currency has a sum, no account a balance.
    let report = json!({
        "ledger_sum": {},
        "balances": {},
        "audit_chain": { "chains": chains.chains, "rows": chains.rows, "broken": chains.findings.len() },
        // Orphans are told and are no finding: a crash between a file and its row leaves one.
        "files": {
            "checked": files.versions + files.exports,
            "missing": files.findings.len(),
            "orphans": files.orphans,
            "orphan_bytes": files.orphan_bytes,
        },
        "findings": findings,
    });
    println!("{report}");
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
