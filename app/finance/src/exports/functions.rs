//! What export pages ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Error, Id,
    access::{CanExportOwn, CanUseConsole, Side},
    exports::{CONSOLE_EXPORTS, EXPORTS, FileKind, Source, records},
    machine::Keyed as _,
};
#[cfg(not(target_arch = "wasm32"))]
use store::exports::{NewExport, Requested};

/// The partner's records for a query string.
#[server(prefix = "/fn", endpoint = "exports/list", input = GetUrl, output = Json)]
pub async fn list_exports(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanExportOwn>()?;
    Ok(Packed::new(store::exports::page(&access, EXPORTS.read(&query)).await?))
}

/// The vendor's records for a query string.
#[server(prefix = "/fn", endpoint = "exports/console-list", input = GetUrl, output = Json)]
pub async fn list_console_exports(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanUseConsole>()?;
    Ok(Packed::new(store::exports::page(&access, CONSOLE_EXPORTS.read(&query)).await?))
}

/// Asks for a file of a list with its filter.
#[server(prefix = "/fn", endpoint = "exports/request", input = PostUrl, output = Json)]
pub async fn request_export(source: String, kind: String, query: String) -> Answer<Done> {
    let invalid = |field: &str| Error::Invalid { field: field.to_owned() };
    let source = Source::read(&source).ok_or_else(|| invalid("source"))?;
    let kind = FileKind::read(&kind).ok_or_else(|| invalid("kind"))?;
    let lang = kit::lang();
    let new = NewExport { source, kind, query, lang };
    let requested = match side()? {
        Side::Vendor => store::exports::request(&kit::call::access::<CanUseConsole>()?, None, new).await?,
        _ => store::exports::request(&kit::call::access::<CanExportOwn>()?, None, new).await?,
    };
    Ok(Done::said(said(requested).at(lang)))
}

/// Ends a task that has not ended.
#[server(prefix = "/fn", endpoint = "exports/cancel", input = PostUrl, output = Json)]
pub async fn cancel_export(task: String) -> Answer<Done> {
    let task = parse(&task)?;
    match side()? {
        Side::Vendor => store::exports::cancel(&kit::call::access::<CanUseConsole>()?, task).await?,
        _ => store::exports::cancel(&kit::call::access::<CanExportOwn>()?, task).await?,
    }
    Ok(Done::at(records(side()?).0, super::text::CANCELLED.at(kit::lang())))
}

/// Asks for the same export again.
#[server(prefix = "/fn", endpoint = "exports/repeat", input = PostUrl, output = Json)]
pub async fn repeat_export(task: String) -> Answer<Done> {
    let task = parse(&task)?;
    let requested = match side()? {
        Side::Vendor => store::exports::repeat(&kit::call::access::<CanUseConsole>()?, None, task).await?,
        _ => store::exports::repeat(&kit::call::access::<CanExportOwn>()?, None, task).await?,
    };
    Ok(Done::at(records(side()?).0, said(requested).at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn side() -> Answer<Side> {
    Ok(kit::call::access::<domain::access::Anyone>()?.caller().standing()?.side)
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

#[cfg(not(target_arch = "wasm32"))]
const fn said(requested: Requested) -> domain::Text {
    if requested.is_new { super::text::CREATED } else { super::text::UNDER_WAY }
}
