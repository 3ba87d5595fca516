//! The audit log: append-only, one hash chain per tenant, extended in the transaction of the change (architecture.md 5.7).

use crate::{ids::hashed, sql::sql, write::Tx};
use domain::{Error, Id, event::Event};

/// What the first row of a chain follows.
const GENESIS: &str = "0";

/// Appends an event to its tenant's chain.
pub(crate) async fn append(tx: &mut Tx, tenant: Id, actor: &str, actor_name: &str, event: &Event) -> Result<(), Error> {
    let last = sql("SELECT seq, hash FROM audit WHERE tenant_id = ").value(tenant).and(" ORDER BY seq DESC LIMIT 1");
    let (seq, prev_hash) = match tx.row(last).await? {
        Some(row) => (row.int(0)? + 1, row.text(1)?),
        None => (1, GENESIS.to_owned()),
    };
    let (at, address) = (tx.now(), tx.caller().address.clone());
    let detail = serde_json::to_string(event).map_err(|_| Error::Broken)?;
    let (action, object) = (event.action(), event.object());
    let hash = hashed(&format!("{prev_hash}\n{tenant}\n{seq}\n{}\n{actor}\n{actor_name}\n{action}\n{object}\n{detail}\n{address}", at.0));
    let insert = sql("INSERT INTO audit (tenant_id, seq, at_us, actor, actor_name, action, object, detail, address, prev_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    let insert = insert.bind(tenant).bind(seq).bind(at).bind(actor).bind(actor_name).bind(action).bind(object);
    tx.insert_next(insert.bind(detail).bind(address).bind(prev_hash).bind(hash)).await
}
