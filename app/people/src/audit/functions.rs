//! What the audit page asks of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{call::Answer, packed::Packed};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

#[cfg(not(target_arch = "wasm32"))]
use super::log::{EVERY, OWN};

/// The company's log for a query string.
#[server(prefix = "/fn", endpoint = "audit/list", input = GetUrl, output = Json)]
pub async fn list_audit(query: String) -> Answer<Packed> {
    let access = kit::call::access::<domain::access::CanReadAudit>()?;
    let page = store::audit::page(&access, domain::audit::AUDIT.read(&query)).await?;
    Ok(OWN.drawn(&query, page))
}

/// The logs of all companies for a query string.
#[server(prefix = "/fn", endpoint = "audit/every-list", input = GetUrl, output = Json)]
pub async fn list_every_audit(query: String) -> Answer<Packed> {
    let access = kit::call::access::<domain::access::CanReadEveryAudit>()?;
    let page = store::audit::every_page(&access, domain::audit::CONSOLE_AUDIT.read(&query)).await?;
    Ok(EVERY.drawn(&query, page))
}
