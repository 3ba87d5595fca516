//! `verify`: is everything that was written still there, and as it was written?

use super::{open, said};
use crate::config::Config;
use serde_json::{Value, json};
use std::process::ExitCode;
use store::{audit, library};

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    let store = open(config).await?;
    let chains = audit::check(&store).await.map_err(|error| said(&error))?;
    let files = library::check_files(&store).await.map_err(|error| said(&error))?;
    store.db.close().await;
    let broken = |row: &audit::Finding| json!({ "kind": "audit_chain", "at": format!("{}/{}", row.tenant, row.seq), "what": row.what });
    let lost = |file: &library::FileFinding| json!({ "kind": "file", "at": format!("{}/{}", file.document, file.no), "what": file.what });
    let findings: Vec<Value> = chains.findings.iter().map(broken).chain(files.findings.iter().map(lost)).collect();
    let fine = findings.is_empty();
    // There is no ledger yet: no currency has a sum, no account a balance.
    let report = json!({
        "ledger_sum": {},
        "balances": {},
        "audit_chain": { "chains": chains.chains, "rows": chains.rows, "broken": chains.findings.len() },
        "files": { "checked": files.versions, "missing": files.findings.len() },
        "findings": findings,
    });
    println!("{report}");
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
