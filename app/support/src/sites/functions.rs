//! What the page of outside web sites asks of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use super::console::{ADDED, PATH, REMOVED};
use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{access::CanManageSites, leave::SITES};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;

/// Where people went, for a query string, and the vendor's own hosts.
#[server(prefix = "/fn", endpoint = "sites/list", input = GetUrl, output = Json)]
pub async fn list_sites(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageSites>()?;
    let sites = store::leave::sites(&access, SITES.read(&query)).await?;
    Ok(sheet::drawn(PATH, &query, || super::console::shown(sites, None)))
}

/// Names a host as the vendor's own.
#[server(prefix = "/fn", endpoint = "sites/add", input = PostUrl, output = Json)]
pub async fn add_own_host(host: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageSites>()?;
    let host = store::leave::add_own_host(&access, &host).await?;
    Ok(Done::at(PATH, format!("{}{host}", ADDED.at(kit::lang()))))
}

/// A host is no longer the vendor's own.
#[server(prefix = "/fn", endpoint = "sites/remove", input = PostUrl, output = Json)]
pub async fn remove_own_host(host: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageSites>()?;
    store::leave::remove_own_host(&access, &host).await?;
    Ok(Done::at(PATH, format!("{}{host}", REMOVED.at(kit::lang()))))
}
