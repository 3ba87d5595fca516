//! What the pages of messages ask of the server. A person's messages are their own: what they take is a session, whatever the side.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Error,
    access::Anyone,
    machine::Keyed as _,
    message::{Choice, MESSAGES, Topic},
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;

/// The reader's messages for a query string.
#[server(prefix = "/fn", endpoint = "messages/list", input = GetUrl, output = Json)]
pub async fn list_messages(query: String) -> Answer<Packed> {
    let access = kit::call::access::<Anyone>()?;
    let page = store::messages::page(&access, MESSAGES.read(&query), kit::lang()).await?;
    Ok(sheet::drawn(super::centre::PATH, &query, || super::centre::shown(page, None)))
}

/// How many of them are not read: open pages ask this by themselves.
#[server(prefix = "/fn", endpoint = "messages/unread", input = GetUrl, output = Json)]
pub async fn unread_messages() -> Answer<Packed> {
    let access = kit::call::access::<Anyone>()?;
    Ok(Packed::new(store::messages::unread(&access).await?))
}

/// How the reader wants to be told.
#[server(prefix = "/fn", endpoint = "messages/choices", input = GetUrl, output = Json)]
pub async fn message_choices() -> Answer<Packed> {
    let access = kit::call::access::<Anyone>()?;
    Ok(Packed::new(store::messages::choices(&access).await?))
}

/// Everything is read.
#[server(prefix = "/fn", endpoint = "messages/read-all", input = PostUrl, output = Json)]
pub async fn read_all_messages() -> Answer<Done> {
    let access = kit::call::access::<Anyone>()?;
    let read = store::messages::read_all(&access).await?;
    Ok(Done::said(super::text::marked(read, kit::lang())))
}

/// Keeps how the reader wants to be told: the topics that are ticked, per way.
#[server(prefix = "/fn", endpoint = "messages/choose", input = PostUrl, output = Json)]
pub async fn choose_messages(#[server(default)] app: Option<Vec<String>>, #[server(default)] mail: Option<Vec<String>>) -> Answer<Done> {
    let access = kit::call::access::<Anyone>()?;
    let (app, mail) = (topics("app", app)?, topics("mail", mail)?);
    let choice = |topic: Topic| Choice { topic, app: app.contains(&topic), mail: mail.contains(&topic) };
    store::messages::choose(&access, Topic::in_use().into_iter().map(choice).collect()).await?;
    Ok(Done::at("/account/notifications", super::text::SAVED.at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn topics(field: &str, keys: Option<Vec<String>>) -> Result<Vec<Topic>, Error> {
    let invalid = || Error::Invalid { field: field.to_owned() };
    keys.unwrap_or_default().iter().map(|key| Topic::read(key).ok_or_else(invalid)).collect()
}
