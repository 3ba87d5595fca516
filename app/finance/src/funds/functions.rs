//! What the funds page asks of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    access::{CanSeeBalance, CanSeeLedger, CanSetBalanceAlert, CanWithdraw},
    ledger::{LEDGER, currency_of},
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;

/// The balance, and income and expense for a query string.
#[server(prefix = "/fn", endpoint = "funds/list", input = GetUrl, output = Json)]
pub async fn list_funds(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanSeeBalance>()?;
    // What is kept of the list is for those who read it.
    let kept = match access.caller().access::<CanSeeLedger>() {
        Ok(access) => store::views::kept(&access, &LEDGER).await?,
        Err(_) => domain::views::Kept::default(),
    };
    let store::ledger::Seen { funds, as_of, why, mut page } = store::ledger::page(&access, kept.opened(&LEDGER, &query)).await?;
    let shown = currency_of(&page.asked);
    // What rests is for those who withdraw.
    let resting = match access.caller().access::<CanWithdraw>() {
        Ok(access) => store::bank_accounts::cooling(&access).await?,
        Err(_) => Vec::new(),
    };
    let limit = store::funds::alert(&access).await?;
    let may_set = access.caller().access::<CanSetBalanceAlert>().is_ok();
    page.card = super::card::cards(&funds, shown, as_of, &resting, super::card::alert(&funds, limit, may_set));
    match why {
        Some(why) => (page.locked, page.is_locked) = (super::card::locked(&why), true),
        None => page.setup = kit::tools::setup(&LEDGER, super::list::PATH, &page.asked, &kept),
    }
    Ok(sheet::drawn(super::list::PATH, &query, || super::list::shown(page, None)))
}

/// Sets the balance below which the company is told; an empty one takes it away.
#[server(prefix = "/fn", endpoint = "funds/set-alert", input = PostUrl, output = Json)]
pub async fn set_balance_alert(#[server(default)] amount: String) -> Answer<Done> {
    let access = kit::call::access::<CanSetBalanceAlert>()?;
    let typed = amount.trim();
    store::funds::set_alert(&access, Some(typed).filter(|typed| !typed.is_empty())).await?;
    Ok(Done::at(super::list::PATH, super::text::ALERT_SET.at(kit::lang())))
}
