//! What the pages of invoices ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]
#![expect(clippy::too_many_arguments, reason = "an argument is a field of the form, and an invoice has as many")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Error, Id,
    access::{CanIssueInvoices, CanManageInvoices, CanReviewInformation},
    invoice::{By, CONSOLE_INFORMATION, CONSOLE_REQUESTS, INFORMATION, InformationState, REQUESTS, Refusal, ReviewStep, Step, Tab, Typed},
    machine::Keyed as _,
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;
#[cfg(not(target_arch = "wasm32"))]
use store::{
    Key,
    invoices::{self, Decided, Moved, NewRequest, NewTitle, Saved},
};

/// The partner's requests for a query string, and what can be invoiced.
#[server(prefix = "/fn", endpoint = "invoices/list", input = GetUrl, output = Json)]
pub async fn list_invoices(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageInvoices>()?;
    if tab(&query) == Tab::Seller {
        return Ok(sheet::drawn(super::PATH, &query, super::list::sellers));
    }
    let kept = store::views::kept(&access, &REQUESTS).await?;
    let mut page = invoices::page(&access, kept.opened(&REQUESTS, &query)).await?;
    page.setup = kit::tools::setup(&REQUESTS, super::PATH, &page.asked, &kept);
    page.card = super::parts::cards(&invoices::summary(&access).await?);
    Ok(sheet::drawn(super::PATH, &query, || super::list::shown(page, None)))
}

/// A request of the caller's company.
#[server(prefix = "/fn", endpoint = "invoices/show", input = GetUrl, output = Json)]
pub async fn show_invoice(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageInvoices>()?;
    Ok(Packed::new(invoices::show(&access, parse(&id)?).await?))
}

/// The form of an address.
#[server(prefix = "/fn", endpoint = "invoices/form", input = GetUrl, output = Json)]
pub async fn invoice_form(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageInvoices>()?;
    Ok(Packed::new(invoices::form(&access, &query).await?))
}

/// The company's information, a tab of it.
#[server(prefix = "/fn", endpoint = "invoices/information", input = GetUrl, output = Json)]
pub async fn invoice_information(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageInvoices>()?;
    Ok(Packed::new(invoices::information(&access, tab(&query)).await?))
}

/// Whose invoices an address is about.
#[cfg(not(target_arch = "wasm32"))]
fn tab(query: &str) -> Tab {
    INFORMATION.read(query).chosen("tab").next().and_then(Tab::read).unwrap_or(Tab::Vendor)
}

/// The form of an information.
#[server(prefix = "/fn", endpoint = "invoices/information-form", input = GetUrl, output = Json)]
pub async fn information_form(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageInvoices>()?;
    Ok(Packed::new(invoices::information_form(&access, &query).await?))
}

/// The form for a further title.
#[server(prefix = "/fn", endpoint = "invoices/title-form", input = GetUrl, output = Json)]
pub async fn title_form(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageInvoices>()?;
    Ok(Packed::new(invoices::title_form(&access, &query)?))
}

/// The vendor's queue for a query string.
#[server(prefix = "/fn", endpoint = "invoices/queue", input = GetUrl, output = Json)]
pub async fn invoice_queue(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanIssueInvoices>()?;
    let kept = store::views::kept(&access, &CONSOLE_REQUESTS).await?;
    let mut page = invoices::queue(&access, kept.opened(&CONSOLE_REQUESTS, &query)).await?;
    page.setup = kit::tools::setup(&CONSOLE_REQUESTS, super::CONSOLE, &page.asked, &kept);
    Ok(sheet::drawn(super::CONSOLE, &query, || super::console_list::shown(page, None)))
}

/// A request with what the vendor decides by.
#[server(prefix = "/fn", endpoint = "invoices/console-show", input = GetUrl, output = Json)]
pub async fn show_queued_invoice(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanIssueInvoices>()?;
    Ok(Packed::new(invoices::console_show(&access, parse(&id)?).await?))
}

/// What support is asked for, for a query string.
#[server(prefix = "/fn", endpoint = "invoices/reviews", input = GetUrl, output = Json)]
pub async fn invoice_reviews(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReviewInformation>()?;
    let page = invoices::reviews(&access, CONSOLE_INFORMATION.read(&query)).await?;
    Ok(sheet::drawn(super::CONSOLE_INFORMATION, &query, || super::console_information::shown(page, None)))
}

/// One of them.
#[server(prefix = "/fn", endpoint = "invoices/review", input = GetUrl, output = Json)]
pub async fn invoice_review(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReviewInformation>()?;
    Ok(Packed::new(invoices::review(&access, parse(&id)?).await?))
}

/// Hands a request in.
#[server(prefix = "/fn", endpoint = "invoices/submit", input = PostUrl, output = Json)]
pub async fn submit_invoice(
    #[server(default)] idempotency_key: String,
    #[server(default)] information: String,
    #[server(default)] by: String,
    #[server(default)] period: String,
    #[server(default)] amount: String,
    #[server(default)] again: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageInvoices>()?;
    let key: Key = idempotency_key.parse()?;
    let by = By::read(&by).ok_or_else(|| invalid("by"))?;
    let period = match by {
        By::Period => Some(period.parse().map_err(|_| Error::from(Refusal::PeriodInvalid))?),
        By::Amount => None,
    };
    let again = if again.is_empty() { None } else { Some(parse(&again)?) };
    let new = NewRequest { information: information.parse().ok(), by, period, amount, again };
    let submitted = invoices::submit(&access, key, new).await?;
    Ok(Done::at(format!("{}/{}", super::PATH, submitted.id), super::text::SUBMITTED.at(kit::lang())))
}

/// Cancels a request, or gives an invoice back.
#[server(prefix = "/fn", endpoint = "invoices/move", input = PostUrl, output = Json)]
pub async fn move_invoice(
    request: String,
    version: String,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] reason: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageInvoices>()?;
    let key: Key = idempotency_key.parse()?;
    let step = Step::read(&step).filter(|step| !step.is_vendors()).ok_or_else(|| invalid("step"))?;
    let id = parse(&request)?;
    let moved = Moved { request: id, version: Some(number(&version)?), step, note: reason, file: None };
    invoices::cancel_or_return(&access, key, moved).await?;
    Ok(Done::at(format!("{}/{id}", super::PATH), super::text::moved(step).at(kit::lang())))
}

/// Makes or changes an information.
#[server(prefix = "/fn", endpoint = "invoices/save-information", input = PostUrl, output = Json)]
pub async fn save_information(
    #[server(default)] idempotency_key: String,
    #[server(default)] information: String,
    #[server(default)] version: String,
    #[server(default)] tab: String,
    #[server(default)] title_type: String,
    #[server(default)] title: String,
    #[server(default)] kind: String,
    #[server(default)] tax_no: String,
    #[server(default)] bank: String,
    #[server(default)] account: String,
    #[server(default)] address: String,
    #[server(default)] phone: String,
    #[server(default)] medium: String,
    #[server(default)] recipient: String,
    #[server(default)] reason: String,
    #[server(default)] review: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageInvoices>()?;
    let key: Key = idempotency_key.parse()?;
    let information = if information.is_empty() { None } else { Some((parse(&information)?, number(&version)?)) };
    let tab = Tab::read(&tab).ok_or_else(|| invalid("tab"))?;
    let typed = Typed { title_type, title, kind, tax_no, bank, account, address, phone, medium, recipient };
    let saved = Saved { information, tab, typed, reason, review: review == "yes" };
    let (_, state) = invoices::save(&access, key, saved).await?;
    let said = if state == InformationState::ChangeReview { super::text::IN_REVIEW } else { super::text::SAVED };
    Ok(Done::at(super::parts::information_address(tab), said.at(kit::lang())))
}

/// Deletes an information.
#[server(prefix = "/fn", endpoint = "invoices/delete-information", input = PostUrl, output = Json)]
pub async fn delete_information(
    information: String,
    version: String,
    #[server(default)] tab: String,
    #[server(default)] idempotency_key: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageInvoices>()?;
    let key: Key = idempotency_key.parse()?;
    invoices::delete(&access, key, parse(&information)?, number(&version)?).await?;
    let tab = Tab::read(&tab).unwrap_or(Tab::Vendor);
    Ok(Done::at(super::parts::information_address(tab), super::text::DELETED.at(kit::lang())))
}

/// A step of the vendor's finance.
#[server(prefix = "/fn", endpoint = "invoices/decide", input = PostUrl, output = Json)]
pub async fn decide_invoice(
    request: String,
    version: String,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
    #[server(default)] courier: String,
    #[server(default)] reason: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanIssueInvoices>()?;
    let key: Key = idempotency_key.parse()?;
    let step = Step::read(&step).filter(|step| step.is_vendors()).ok_or_else(|| invalid("step"))?;
    let id = parse(&request)?;
    let note = match step {
        Step::Issue => number,
        Step::Send => courier,
        _ => reason,
    };
    let moved = Moved { request: id, version: Some(self::number(&version)?), step, note, file: kit::call::attached() };
    invoices::decide(&access, key, moved).await?;
    Ok(Done::at(format!("{}/{id}", super::CONSOLE), super::text::decided(step).at(kit::lang())))
}

/// Asks support for a further title; its proof comes as the form's file.
#[server(prefix = "/fn", endpoint = "invoices/ask-title", input = PostUrl, output = Json)]
pub async fn ask_title(
    #[server(default)] idempotency_key: String,
    #[server(default)] tab: String,
    #[server(default)] title: String,
    #[server(default)] tax_no: String,
    #[server(default)] reason: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageInvoices>()?;
    let key: Key = idempotency_key.parse()?;
    let tab = Tab::read(&tab).ok_or_else(|| invalid("tab"))?;
    let wish = NewTitle { tab, title, tax_no, reason, evidence: kit::call::attached() };
    invoices::ask_title(&access, key, wish).await?;
    Ok(Done::at(super::parts::information_address(tab), super::text::ASKED.at(kit::lang())))
}

/// A decision of support.
#[server(prefix = "/fn", endpoint = "invoices/decide-review", input = PostUrl, output = Json)]
pub async fn decide_review(
    review: String,
    version: String,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] reason: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanReviewInformation>()?;
    let key: Key = idempotency_key.parse()?;
    let step = ReviewStep::read(&step).ok_or_else(|| invalid("step"))?;
    let id = parse(&review)?;
    invoices::decide_review(&access, key, Decided { review: id, version: number(&version)?, step, note: reason }).await?;
    Ok(Done::at(format!("{}/{id}", super::CONSOLE_INFORMATION), super::text::reviewed(step).at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

#[cfg(not(target_arch = "wasm32"))]
fn number(version: &str) -> Result<i64, Error> {
    version.parse().ok().filter(|number| *number > 0).ok_or_else(|| invalid("version"))
}

#[cfg(not(target_arch = "wasm32"))]
fn invalid(field: &str) -> Error {
    Error::Invalid { field: field.to_owned() }
}
