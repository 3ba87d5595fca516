//! What pages of bills ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use super::{draw, text};
#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Currency, Error, Id,
    access::{CanExportBill, CanManageBills, CanManageInvoices, CanPayBill, CanSeeBill, CanSeeEveryCustomer},
    bills::{BILL, BILL_CUSTOMERS, BILL_LINES, CONSOLE_BILLS, Names, Period, Refusal, State, period_of},
    list::Asked,
    machine::Keyed as _,
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;
#[cfg(not(target_arch = "wasm32"))]
use store::{
    Access, Key,
    bills::{self, NewPayment},
};

/// The bill of a query string's period.
#[server(prefix = "/fn", endpoint = "bills/show", input = GetUrl, output = Json)]
pub async fn show_bill(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanSeeBill>()?;
    let asked = BILL.read(&query);
    let seen = bills::show(&access, period(&asked)?, currency(&asked)).await?;
    let may_export = access.caller().access::<CanExportBill>().is_ok();
    let may_pay = access.caller().access::<CanPayBill>().is_ok();
    let may_invoice = access.caller().access::<CanManageInvoices>().is_ok();
    Ok(Packed::new(draw::shown(&seen, may_export, may_pay, may_invoice)))
}

/// Lines of a bill, for a query string.
#[server(prefix = "/fn", endpoint = "bills/lines", input = GetUrl, output = Json)]
pub async fn list_bill_lines(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanSeeBill>()?;
    let asked = BILL_LINES.read(&query);
    period(&asked)?;
    let may_reveal = may_reveal(&access);
    let names = names(may_reveal, &BILL_LINES.address(super::lines::PATH, &asked));
    let page = bills::lines(&access, asked, names).await?;
    Ok(sheet::drawn(super::lines::PATH, &query, || super::lines::shown(page, may_reveal, None)))
}

/// Customers of a bill, for a query string.
#[server(prefix = "/fn", endpoint = "bills/customers", input = GetUrl, output = Json)]
pub async fn list_bill_customers(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanSeeBill>()?;
    let asked = BILL_CUSTOMERS.read(&query);
    period(&asked)?;
    let may_reveal = may_reveal(&access);
    let names = names(may_reveal, &BILL_CUSTOMERS.address(super::customers::PATH, &asked));
    let page = bills::customers(&access, asked, names).await?;
    Ok(sheet::drawn(super::customers::PATH, &query, || super::customers::shown(page, may_reveal, None)))
}

/// Whether names of customers are this reader's to open: finance clerks have no reach to customers.
#[cfg(not(target_arch = "wasm32"))]
fn may_reveal(access: &Access<CanSeeBill>) -> bool {
    access.caller().access::<CanSeeEveryCustomer>().is_ok()
}

/// Names are whole for whoever has opened the eye of this address.
#[cfg(not(target_arch = "wasm32"))]
fn names(may_reveal: bool, address: &str) -> Names {
    if may_reveal && kit::eye::is_open(address) { Names::Whole } else { Names::Masked }
}

/// Shows the whole names of the customers in a list of a bill, once.
#[server(prefix = "/fn", endpoint = "bills/reveal", input = PostUrl, output = Json)]
pub async fn reveal_customers(list: String, #[server(default)] query: String) -> Answer<Done> {
    let (access, reach) = (kit::call::access::<CanSeeBill>()?, kit::call::access::<CanSeeEveryCustomer>()?);
    let lists = [(&BILL_LINES, super::lines::PATH), (&BILL_CUSTOMERS, super::customers::PATH)];
    let (list, path) =
        lists.into_iter().find(|(known, _)| known.name == list).ok_or_else(|| Error::Invalid { field: "list".to_owned() })?;
    let asked = list.read(&query);
    period(&asked)?;
    let address = list.address(path, &bills::reveal(&access, &reach, list, asked).await?);
    Ok(Done { revealed: Some(address.clone()), ..Done::at(address, text::REVEALED.at(kit::lang())) })
}

/// What is open of a bill, and what there is to pay it from.
#[server(prefix = "/fn", endpoint = "bills/payable", input = GetUrl, output = Json)]
pub async fn payable_bill(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanPayBill>()?;
    let asked = BILL.read(&query);
    let period = period(&asked)?.ok_or(Refusal::PeriodInvalid).map_err(Error::from)?;
    let (bill, balance) = bills::payable(&access, period, currency(&asked).unwrap_or(Currency::Cny)).await?;
    let key = kit::call::store()?.ids.id().to_string();
    Ok(Packed::new(draw::payable(&bill, balance, key)))
}

/// Pays something of a bill from the balance.
#[server(prefix = "/fn", endpoint = "bills/pay", input = PostUrl, output = Json)]
pub async fn pay_bill(period: String, currency: String, amount: String, #[server(default)] idempotency_key: String) -> Answer<Done> {
    let access = kit::call::access::<CanPayBill>()?;
    let key: Key = idempotency_key.parse()?;
    let invalid = |field: &str| Error::Invalid { field: field.to_owned() };
    let period: Period = period.parse().map_err(|_| Error::from(Refusal::PeriodInvalid))?;
    let currency = Currency::read(&currency).ok_or_else(|| invalid("currency"))?;
    let paid = bills::pay(&access, key, NewPayment { period, currency, amount }).await?;
    Ok(Done::at(draw::address(period, currency), text::paid(paid, kit::lang())))
}

/// Whoever exports knows that customers are masked.
#[server(prefix = "/fn", endpoint = "bills/confirm-masking", input = PostUrl, output = Json)]
pub async fn confirm_masking() -> Answer<Done> {
    bills::confirm_masking(&kit::call::access::<CanExportBill>()?).await?;
    Ok(Done::said(text::CONFIRMED.at(kit::lang())))
}

/// Bills of all partners, for a query string.
#[server(prefix = "/fn", endpoint = "bills/console-list", input = GetUrl, output = Json)]
pub async fn list_console_bills(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageBills>()?;
    let page = bills::console_page(&access, CONSOLE_BILLS.read(&query)).await?;
    Ok(sheet::drawn(super::console_list::PATH, &query, || super::console_list::shown(page, None)))
}

/// One bill, for the vendor.
#[server(prefix = "/fn", endpoint = "bills/console-detail", input = GetUrl, output = Json)]
pub async fn console_bill(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageBills>()?;
    let detail = bills::detail(&access, parse(&id)?).await?;
    let body = draw::console(&detail);
    let bills::Detail { bill, partner, has_ended, .. } = detail;
    Ok(Packed::new(domain::bills::ConsoleBill {
        body,
        key: kit::call::store()?.ids.id().to_string(),
        id: bill.id,
        version: bill.version,
        number: bill.number,
        partner,
        period: bill.period,
        state: bill.state,
        has_ended: has_ended && bill.state == State::Estimated,
    }))
}

/// Works an estimate out anew.
#[server(prefix = "/fn", endpoint = "bills/remake", input = PostUrl, output = Json)]
pub async fn remake_bill(bill: String, version: i64) -> Answer<Done> {
    bills::remake(&kit::call::access::<CanManageBills>()?, parse(&bill)?, version).await?;
    Ok(Done::at(format!("{}/{bill}", super::console_list::PATH), text::REMADE.at(kit::lang())))
}

/// Issues a bill.
#[server(prefix = "/fn", endpoint = "bills/issue", input = PostUrl, output = Json)]
pub async fn issue_bill(bill: String, version: i64) -> Answer<Done> {
    bills::issue(&kit::call::access::<CanManageBills>()?, parse(&bill)?, version).await?;
    Ok(Done::at(format!("{}/{bill}", super::console_list::PATH), text::ISSUED.at(kit::lang())))
}

/// Enters an adjustment; what proves it comes as the form's file.
#[server(prefix = "/fn", endpoint = "bills/adjust", input = PostUrl, output = Json)]
pub async fn adjust_bill(bill: String, amount: String, reason: String, #[server(default)] idempotency_key: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageBills>()?;
    let key: Key = idempotency_key.parse()?;
    let into =
        bills::adjust(&access, key, bills::Adjustment { bill: parse(&bill)?, amount, reason, evidence: kit::call::attached() }).await?;
    Ok(Done::at(format!("{}/{into}", super::console_list::PATH), text::ADJUSTED.at(kit::lang())))
}

/// The period that a question names; none when it names none.
#[cfg(not(target_arch = "wasm32"))]
fn period(asked: &Asked) -> Result<Option<Period>, Error> {
    let found = period_of(asked);
    if found.is_none() && asked.chosen("period").next().is_some() { Err(Refusal::PeriodInvalid.into()) } else { Ok(found) }
}

#[cfg(not(target_arch = "wasm32"))]
fn currency(asked: &Asked) -> Option<Currency> {
    asked.chosen("currency").next().and_then(Currency::read)
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
