//! What the operator page asks of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use super::page::{AGAIN, PATH};
use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{Error, Id, access::CanOperate, machine::Keyed as _, operations::Retry};

/// How each part is, what went wrong, and where data lie.
#[server(prefix = "/fn", endpoint = "operations/show", input = GetUrl, output = Json)]
pub async fn show_operations() -> Answer<Packed> {
    let access = kit::call::access::<CanOperate>()?;
    let operations = store::operations::page(&access, kit::lang()).await?;
    Ok(kit::sheet::drawn(PATH, "", || super::page::whole(operations)))
}

/// Begins something again that went wrong.
#[server(prefix = "/fn", endpoint = "operations/again", input = PostUrl, output = Json)]
pub async fn work_again(kind: String, id: String) -> Answer<Done> {
    let access = kit::call::access::<CanOperate>()?;
    let what = Retry::read(&kind).ok_or(Error::NotFound)?;
    let id: Id = id.parse().map_err(|_| Error::NotFound)?;
    store::operations::again(&access, what, id).await?;
    Ok(Done::at(PATH, AGAIN.at(kit::lang()).to_owned()))
}
