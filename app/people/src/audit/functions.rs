//! What the audit page asks of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{call::Answer, packed::Packed};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

#[cfg(not(target_arch = "wasm32"))]
use super::log::{EVERY, OWN};
#[cfg(not(target_arch = "wasm32"))]
use domain::{Error, library::KEYWORD_MAX};

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

/// People of the company whose names contain `query`, each with the way to their rows of the question `at`.
#[server(prefix = "/fn", endpoint = "audit/names", input = GetUrl, output = Json)]
pub async fn audit_names(of: String, at: String, query: String) -> Answer<Packed> {
    let access = kit::call::access::<domain::access::CanReadAudit>()?;
    let names = store::audit::people(&access, part(&query)?).await?;
    Ok(OWN.suggested(filter(&of, &["actor"])?, &at, names))
}

/// The same of people and companies of all logs.
#[server(prefix = "/fn", endpoint = "audit/every-name", input = GetUrl, output = Json)]
pub async fn every_audit_name(of: String, at: String, query: String) -> Answer<Packed> {
    let access = kit::call::access::<domain::access::CanReadEveryAudit>()?;
    let (of, part) = (filter(&of, &["actor", "company"])?, part(&query)?);
    let names =
        if of == "company" { store::audit::every_company(&access, part).await } else { store::audit::every_person(&access, part).await };
    Ok(EVERY.suggested(of, &at, names?))
}

#[cfg(not(target_arch = "wasm32"))]
fn filter(of: &str, filters: &[&'static str]) -> Result<&'static str, Error> {
    filters.iter().find(|filter| **filter == of).copied().ok_or(Error::Invalid { field: "of".to_owned() })
}

/// What was typed.
#[cfg(not(target_arch = "wasm32"))]
fn part(query: &str) -> Result<&str, Error> {
    let typed = query.trim();
    if typed.is_empty() || typed.chars().count() > KEYWORD_MAX { Err(Error::Invalid { field: "query".to_owned() }) } else { Ok(typed) }
}
