//! What the pages of top-ups ask of the server.
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
    access::{CanReviewTopUps, CanTopUp},
    top_up::{CONSOLE_TOP_UPS, Step, TOP_UPS, Typed},
    withdrawal::amount as amount_of,
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;
#[cfg(not(target_arch = "wasm32"))]
use store::{Key, top_ups::Decided};

/// The partner's top-ups for a query string.
#[server(prefix = "/fn", endpoint = "top-ups/list", input = GetUrl, output = Json)]
pub async fn list_top_ups(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanTopUp>()?;
    let kept = store::views::kept(&access, &TOP_UPS).await?;
    let mut page = store::top_ups::page(&access, kept.opened(&TOP_UPS, &query)).await?;
    page.setup = kit::tools::setup(&TOP_UPS, super::PATH, &page.asked, &kept);
    Ok(sheet::drawn(super::PATH, &query, || super::list::shown(page, None)))
}

/// The form of a claim.
#[server(prefix = "/fn", endpoint = "top-ups/form", input = GetUrl, output = Json)]
pub async fn claim_form() -> Answer<Packed> {
    let access = kit::call::access::<CanTopUp>()?;
    Ok(Packed::new(store::top_ups::form(&access).await?))
}

/// Claims a remittance; the bank's slip comes as the form's file.
#[server(prefix = "/fn", endpoint = "top-ups/claim", input = PostUrl, output = Json)]
pub async fn claim_top_up(
    #[server(default)] idempotency_key: String,
    #[server(default)] amount: String,
    #[server(default)] payer: String,
    #[server(default)] date: String,
    #[server(default)] bank: String,
    #[server(default)] account_number: String,
    #[server(default)] note: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanTopUp>()?;
    let key: Key = idempotency_key.parse()?;
    let typed = Typed { amount, payer, date, bank, account_number, note };
    store::top_ups::claim(&access, key, &typed, kit::call::attached()).await?;
    Ok(Done::at(super::PATH, super::text::CLAIMED.at(kit::lang())))
}

/// The vendor's queue for a query string.
#[server(prefix = "/fn", endpoint = "top-ups/queue", input = GetUrl, output = Json)]
pub async fn list_claims(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReviewTopUps>()?;
    let kept = store::views::kept(&access, &CONSOLE_TOP_UPS).await?;
    let mut page = store::top_ups::queue(&access, kept.opened(&CONSOLE_TOP_UPS, &query)).await?;
    page.setup = kit::tools::setup(&CONSOLE_TOP_UPS, super::CONSOLE, &page.asked, &kept);
    Ok(sheet::drawn(super::CONSOLE, &query, || super::console_list::shown(page, None)))
}

/// A claim as the vendor sees it.
#[server(prefix = "/fn", endpoint = "top-ups/console-show", input = GetUrl, output = Json)]
pub async fn show_claim(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReviewTopUps>()?;
    let mut claim = store::top_ups::show(&access, parse(&id)?).await?;
    if kit::eye::is_open(&super::console_path(claim.row.id)) {
        claim.number = Some(store::top_ups::account_number(&access, claim.row.id).await?);
    }
    Ok(Packed::new(claim))
}

/// Shows the whole number of the account that a remittance came from, once.
#[server(prefix = "/fn", endpoint = "top-ups/reveal-account", input = PostUrl, output = Json)]
pub async fn reveal_top_up_account(top_up: String) -> Answer<Done> {
    let access = kit::call::access::<CanReviewTopUps>()?;
    let id = parse(&top_up)?;
    store::top_ups::reveal(&access, id).await?;
    let path = super::console_path(id);
    Ok(Done { revealed: Some(path.clone()), ..Done::at(path, crate::withdrawals::NUMBER_SHOWN.at(kit::lang())) })
}

/// Credits a claim, or refuses it.
#[server(prefix = "/fn", endpoint = "top-ups/decide", input = PostUrl, output = Json)]
pub async fn decide_top_up(
    top_up: String,
    version: String,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] bank_reference: String,
    #[server(default)] amount: String,
    #[server(default)] reason: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanReviewTopUps>()?;
    let key: Key = idempotency_key.parse()?;
    let step = Step::read(&step).ok_or_else(|| Error::Invalid { field: "step".to_owned() })?;
    let version = version.parse().map_err(|_| Error::Invalid { field: "version".to_owned() })?;
    // What stands beside the other button's fields is not read.
    let (note, amount) = if step == Step::Credit { (bank_reference, amount) } else { (reason, String::new()) };
    let paid = if amount.is_empty() { None } else { Some(amount_of(&amount).map_err(Error::from)?) };
    let id = parse(&top_up)?;
    let state = store::top_ups::decide(&access, key, Decided { top_up: id, version, step, note, paid }).await?;
    Ok(Done::at(format!("{}/{id}", super::CONSOLE), super::text::queue::decided(state).at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
