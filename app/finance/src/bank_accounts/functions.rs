//! What the pages of bank accounts ask of the server.
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
    access::CanManageBankAccount,
    bank_account::{Typed, What},
};
#[cfg(not(target_arch = "wasm32"))]
use store::bank_accounts::Wanted;

/// The accounts of the caller's company.
#[server(prefix = "/fn", endpoint = "accounts/list", input = GetUrl, output = Json)]
pub async fn list_accounts() -> Answer<Packed> {
    let access = kit::call::access::<CanManageBankAccount>()?;
    Ok(Packed::new(store::bank_accounts::page(&access).await?))
}

/// The form of an address.
#[server(prefix = "/fn", endpoint = "accounts/form", input = GetUrl, output = Json)]
pub async fn account_form(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageBankAccount>()?;
    Ok(Packed::new(store::bank_accounts::form(&access, &query).await?))
}

/// Checks a new account or a change and sends its code; leads to the second step.
#[server(prefix = "/fn", endpoint = "accounts/prepare", input = PostUrl, output = Json)]
pub async fn prepare_account(
    #[server(default)] account: String,
    #[server(default)] version: String,
    #[server(default)] holder: String,
    #[server(default)] bank: String,
    #[server(default)] branch: String,
    #[server(default)] number: String,
    #[server(default)] password: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageBankAccount>()?;
    let typed = Typed { holder, bank, branch, number };
    let wanted = match account.is_empty() {
        true => Wanted { what: What::Add, account: None, version: 0, typed },
        false => Wanted { what: What::Change, account: Some(parse(&account)?), version: read(&version)?, typed },
    };
    store::bank_accounts::prepare(&access, wanted, &password).await?;
    Ok(to_code())
}

/// Checks a removal and sends its code; leads to the second step.
#[server(prefix = "/fn", endpoint = "accounts/prepare-removal", input = PostUrl, output = Json)]
pub async fn prepare_account_removal(account: String, version: String, #[server(default)] password: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageBankAccount>()?;
    let wanted = Wanted { what: What::Remove, account: Some(parse(&account)?), version: read(&version)?, typed: Typed::default() };
    store::bank_accounts::prepare(&access, wanted, &password).await?;
    Ok(to_code())
}

/// Sends the code of the change that waits once more.
#[server(prefix = "/fn", endpoint = "accounts/resend", input = PostUrl, output = Json)]
pub async fn resend_account_code(change: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageBankAccount>()?;
    store::bank_accounts::resend(&access, parse(&change)?).await?;
    Ok(Done::said(super::text::form::CODE_SENT.at(kit::lang())))
}

/// Does the change that waits.
#[server(prefix = "/fn", endpoint = "accounts/confirm", input = PostUrl, output = Json)]
pub async fn confirm_account(change: String, #[server(default)] code: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageBankAccount>()?;
    let done = store::bank_accounts::confirm(&access, parse(&change)?, &code).await?;
    Ok(Done::at(super::PATH, super::text::done(done.what).at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn to_code() -> Done {
    Done::at(format!("{}?step=code", super::FORM), super::text::form::CODE_SENT.at(kit::lang()))
}

#[cfg(not(target_arch = "wasm32"))]
fn read(version: &str) -> Result<i64, Error> {
    version.parse().map_err(|_| Error::Invalid { field: "version".to_owned() })
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
