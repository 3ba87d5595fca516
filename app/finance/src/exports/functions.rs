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
    Drawn, Error, Id,
    access::{CanExportOwn, CanUseConsole, Side},
    exports::{ExportRow, FileKind, REFRESH_SECONDS, Source, filter_words, records},
    list::{Asked, List},
    machine::Keyed as _,
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;
#[cfg(not(target_arch = "wasm32"))]
use store::exports::{NewExport, Requested};

/// The partner's records for a query string.
#[server(prefix = "/fn", endpoint = "exports/list", input = GetUrl, output = Json)]
pub async fn list_exports(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanExportOwn>()?;
    listed(&access, &query, Side::Partner).await
}

/// The vendor's records for a query string.
#[server(prefix = "/fn", endpoint = "exports/console-list", input = GetUrl, output = Json)]
pub async fn list_console_exports(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanUseConsole>()?;
    listed(&access, &query, Side::Vendor).await
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

/// Ends or repeats each of the chosen tasks; one that can't be is told by its name, and does not hold up the others.
#[server(prefix = "/fn", endpoint = "exports/batch", input = PostUrl, output = Json)]
pub async fn batch_exports(#[server(default)] task: Option<Vec<String>>, step: String) -> Answer<Done> {
    let (side, lang) = (side()?, kit::lang());
    let invalid = |field: &str| Error::Invalid { field: field.to_owned() };
    let tasks: Vec<Id> = task.unwrap_or_default().iter().map(|id| parse(id)).collect::<Result<_, _>>()?;
    if tasks.is_empty() || tasks.len() > BATCH_MAX {
        return Err(invalid("task").into());
    }
    let (done, refused) = match (step.as_str(), side) {
        ("cancel" | "repeat", Side::Vendor) => each(&kit::call::access::<CanUseConsole>()?, tasks, &step).await?,
        ("cancel" | "repeat", _) => each(&kit::call::access::<CanExportOwn>()?, tasks, &step).await?,
        _ => return Err(invalid("step").into()),
    };
    Ok(Done::at(records(side).0, super::text::batch(done, &refused, lang)))
}

/// How many were done, and the name of each other one with its reason.
#[cfg(not(target_arch = "wasm32"))]
async fn each<P: domain::access::Permission>(
    access: &store::Access<P>,
    tasks: Vec<Id>,
    step: &str,
) -> Answer<(usize, Vec<(String, String)>)> {
    let names = store::exports::names(access, &tasks).await?;
    let (mut done, mut refused) = (0, Vec::new());
    for task in tasks {
        let result = match step {
            "cancel" => store::exports::cancel(access, task).await,
            _ => store::exports::repeat(access, None, task).await.map(|_| ()),
        };
        match result {
            Ok(()) => done += 1,
            // Ours is told as ours, for the whole batch: what was done stays done and is seen in the list.
            Err(error) if error.status() >= 500 => return Err(error.into()),
            Err(error) => {
                let name = names.iter().find(|(id, _)| *id == task).map_or_else(|| task.to_string(), |(_, name)| name.clone());
                refused.push((name, error.say(kit::lang())));
            }
        }
    }
    Ok((done, refused))
}

/// The records as the caller keeps the list.
#[cfg(not(target_arch = "wasm32"))]
async fn listed<P: domain::access::Permission>(access: &store::Access<P>, query: &str, side: Side) -> Answer<Packed> {
    let (path, list, _) = records(side);
    let kept = store::views::kept(access, list).await?;
    let mut page = store::exports::page(access, kept.opened(list, query)).await?;
    page.setup = kit::tools::setup(list, path, &page.asked, &kept);
    page.panel = panel(access, query, (path, list, &page.asked)).await?;
    page.rows.iter_mut().for_each(in_own_words);
    // Not where everything has ended.
    let again_seconds = if page.rows.iter().any(|row| row.state.is_open()) { REFRESH_SECONDS } else { 0 };
    Ok(sheet::drawn_to_ask_again(path, query, again_seconds, || super::records::shown(page, side, None)))
}

/// The file has its own language; the page has its reader's.
#[cfg(not(target_arch = "wasm32"))]
fn in_own_words(row: &mut ExportRow) {
    let list = row.source.list();
    row.filter = filter_words(list, &list.read(row.page.split_once('?').map_or("", |(_, query)| query)), kit::lang());
}

/// The task that the address names, beside the list it leads back to.
#[cfg(not(target_arch = "wasm32"))]
async fn panel<P: domain::access::Permission>(
    access: &store::Access<P>,
    query: &str,
    (path, list, asked): (&'static str, &'static List, &Asked),
) -> Answer<Option<Drawn>> {
    let Some(task) = domain::list::pairs(query).into_iter().find(|(name, _)| name == super::TASK).map(|(_, task)| task) else {
        return Ok(None);
    };
    let (mut row, proof) = store::exports::one(access, parse(&task)?).await?;
    in_own_words(&mut row);
    Ok(Some(kit::drawn::drawn(super::panel::drawn(row, proof, list.address(path, asked)))))
}

#[cfg(not(target_arch = "wasm32"))]
fn side() -> Answer<Side> {
    Ok(kit::call::access::<domain::access::Anyone>()?.caller().standing()?.side)
}

/// Rows of one batch: a page of the list.
#[cfg(not(target_arch = "wasm32"))]
const BATCH_MAX: usize = 100;

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

#[cfg(not(target_arch = "wasm32"))]
const fn said(requested: Requested) -> domain::Text {
    if requested.is_new { super::text::CREATED } else { super::text::UNDER_WAY }
}
