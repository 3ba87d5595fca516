//! What was found to be wrong, as `verify` and `restore` tell it.

use serde_json::{Value, json};
use store::{audit, check};

pub(super) fn chain(row: &audit::Finding) -> Value {
    json!({ "kind": "audit_chain", "at": format!("{}/{}", row.tenant, row.seq), "what": row.what })
}

pub(super) fn file(file: &check::FileFinding) -> Value {
    json!({ "kind": "file", "at": file.at, "what": file.what })
}

pub(super) fn anchor(line: usize) -> Value {
    json!({ "kind": "anchor", "at": format!("line {line}"), "what": "it is not what the server wrote" })
}
