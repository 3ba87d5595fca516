//! What the pages of withdrawals ask of the server.
#![expect(clippy::too_many_arguments, reason = "the fields of one form are the arguments of its function")]
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
    access::{CanReviewWithdrawals, CanSetTwoPeople, CanWithdraw},
    list::encode,
    machine::Keyed as _,
    withdrawal::{CONSOLE_WITHDRAWALS, Fund, Refusal, State, Step, WITHDRAWALS, amount as amount_of},
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;
#[cfg(not(target_arch = "wasm32"))]
use store::{
    Key,
    withdrawals::{Moved, NewWithdrawal},
};

/// Rows of one batch: a page of the list.
#[cfg(not(target_arch = "wasm32"))]
const BATCH_MAX: usize = 100;

/// The partner's requests for a query string, and what there is to withdraw.
#[server(prefix = "/fn", endpoint = "withdrawals/list", input = GetUrl, output = Json)]
pub async fn list_withdrawals(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanWithdraw>()?;
    let kept = store::views::kept(&access, &WITHDRAWALS).await?;
    let mut page = store::withdrawals::page(&access, kept.opened(&WITHDRAWALS, &query)).await?;
    page.setup = kit::tools::setup(&WITHDRAWALS, super::PATH, &page.asked, &kept);
    let balances = store::ledger::balances(&access.caller().access()?).await?;
    let resting = store::bank_accounts::cooling(&access).await?;
    page.card = crate::funds::card::cards(&balances, domain::Currency::Cny, access.now(), &resting, None);
    let two_people = store::funds::needs_two_people(&access).await?;
    let may_set = access.caller().access::<CanSetTwoPeople>().is_ok();
    Ok(sheet::drawn(super::PATH, &query, || super::list::shown(page, Some((two_people, may_set)), None)))
}

/// A request of the caller's company.
#[server(prefix = "/fn", endpoint = "withdrawals/show", input = GetUrl, output = Json)]
pub async fn show_withdrawal(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanWithdraw>()?;
    Ok(Packed::new(store::withdrawals::show(&access, parse(&id)?).await?))
}

/// The receipt of a request that was paid.
#[server(prefix = "/fn", endpoint = "withdrawals/receipt", input = GetUrl, output = Json)]
pub async fn withdrawal_receipt(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanWithdraw>()?;
    let detail = store::withdrawals::show(&access, parse(&id)?).await?;
    if detail.row.state != State::Paid {
        return Err(Error::NotFound.into());
    }
    Ok(sheet::drawn(super::receipt::path(&id), "", || super::receipt::shown(detail)))
}

/// The form of an address.
#[server(prefix = "/fn", endpoint = "withdrawals/form", input = GetUrl, output = Json)]
pub async fn withdrawal_form(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanWithdraw>()?;
    Ok(Packed::new(store::withdrawals::form(&access, &query).await?))
}

/// The vendor's queue for a query string.
#[server(prefix = "/fn", endpoint = "withdrawals/queue", input = GetUrl, output = Json)]
pub async fn list_queue(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReviewWithdrawals>()?;
    let kept = store::views::kept(&access, &CONSOLE_WITHDRAWALS).await?;
    let mut page = store::withdrawals::queue(&access, kept.opened(&CONSOLE_WITHDRAWALS, &query)).await?;
    page.setup = kit::tools::setup(&CONSOLE_WITHDRAWALS, super::CONSOLE, &page.asked, &kept);
    Ok(sheet::drawn(super::CONSOLE, &query, || super::console_list::shown(page, None)))
}

/// A request with what the vendor decides by.
#[server(prefix = "/fn", endpoint = "withdrawals/console-show", input = GetUrl, output = Json)]
pub async fn show_queued(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReviewWithdrawals>()?;
    let mut request = store::withdrawals::console_show(&access, parse(&id)?).await?;
    if kit::eye::is_open(&super::console_path(request.detail.row.id)) {
        request.number = Some(store::withdrawals::account_number(&access, request.detail.row.id).await?);
    }
    Ok(Packed::new(request))
}

/// Shows the whole number of the account that a request goes to, once.
#[server(prefix = "/fn", endpoint = "withdrawals/reveal-account", input = PostUrl, output = Json)]
pub async fn reveal_withdrawal_account(withdrawal: String) -> Answer<Done> {
    let access = kit::call::access::<CanReviewWithdrawals>()?;
    let id = parse(&withdrawal)?;
    store::withdrawals::reveal(&access, id).await?;
    let path = super::console_path(id);
    Ok(Done { revealed: Some(path.clone()), ..Done::at(path, super::text::NUMBER_SHOWN.at(kit::lang())) })
}

/// Top-ups of one request that can be chosen.
#[cfg(not(target_arch = "wasm32"))]
const RECORDS_MAX: usize = 50;

/// Checks a request and sends its code; leads to the second step.
#[server(prefix = "/fn", endpoint = "withdrawals/prepare", input = PostUrl, output = Json)]
pub async fn prepare_withdrawal(
    #[server(default)] idempotency_key: String,
    #[server(default)] fund: String,
    #[server(default)] amount: String,
    #[server(default)] bank_account: String,
    #[server(default)] record: Option<Vec<String>>,
    #[server(default)] note: String,
    #[server(default)] again: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanWithdraw>()?;
    let key: Key = idempotency_key.parse()?;
    let new = asked(&fund, &amount, (&bank_account, record.unwrap_or_default()), note.clone(), String::new(), &again)?;
    store::withdrawals::prepare(&access, &key, &new).await?;
    let mut to = format!("{}/new?step=review", super::PATH);
    let typed = [
        ("key", &idempotency_key),
        ("fund", &fund),
        ("amount", &amount),
        ("bank_account", &bank_account),
        ("note", &note),
        ("again", &again),
    ];
    for (name, value) in typed.into_iter().filter(|(_, value)| !value.is_empty()) {
        to.push_str(&format!("&{name}="));
        encode(value, &mut to);
    }
    new.records.iter().for_each(|id| to.push_str(&format!("&record={id}")));
    Ok(Done::at(to, super::text::CODE_SENT.at(kit::lang())))
}

/// Hands a request in.
#[server(prefix = "/fn", endpoint = "withdrawals/submit", input = PostUrl, output = Json)]
pub async fn submit_withdrawal(
    #[server(default)] idempotency_key: String,
    #[server(default)] fund: String,
    #[server(default)] amount: String,
    #[server(default)] bank_account: String,
    #[server(default)] record: Option<Vec<String>>,
    #[server(default)] note: String,
    #[server(default)] again: String,
    #[server(default)] code: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanWithdraw>()?;
    let key: Key = idempotency_key.parse()?;
    let submitted =
        store::withdrawals::submit(&access, key, asked(&fund, &amount, (&bank_account, record.unwrap_or_default()), note, code, &again)?)
            .await?;
    Ok(Done::at(format!("{}/{}", super::PATH, submitted.id), super::text::SUBMITTED.at(kit::lang())))
}

/// Sets whether another person of the company confirms withdrawals.
#[server(prefix = "/fn", endpoint = "withdrawals/set-two-people", input = PostUrl, output = Json)]
pub async fn set_two_people(#[server(default)] needed: String, #[server(default)] password: String) -> Answer<Done> {
    let access = kit::call::access::<CanSetTwoPeople>()?;
    let needed = match needed.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(invalid("needed").into()),
    };
    store::funds::set_two_people(&access, needed, &password).await?;
    Ok(Done::at(super::PATH, super::text::TWO_PEOPLE_SET.at(kit::lang())))
}

/// Sends the code with which a colleague's request is confirmed.
#[server(prefix = "/fn", endpoint = "withdrawals/prepare-confirm", input = PostUrl, output = Json)]
pub async fn prepare_confirmation(withdrawal: String) -> Answer<Done> {
    let access = kit::call::access::<CanWithdraw>()?;
    let id = parse(&withdrawal)?;
    store::withdrawals::prepare_confirming(&access, id).await?;
    Ok(Done::at(format!("{}/{id}", super::PATH), super::text::CODE_SENT.at(kit::lang())))
}

/// Confirms a colleague's request, cancels one, or removes a rejected one from the list.
#[server(prefix = "/fn", endpoint = "withdrawals/move", input = PostUrl, output = Json)]
pub async fn move_withdrawal(
    withdrawal: String,
    version: String,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] code: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanWithdraw>()?;
    let key: Key = idempotency_key.parse()?;
    let step = read_step(&step).filter(|step| !step.is_vendors()).ok_or_else(|| invalid("step"))?;
    let id = parse(&withdrawal)?;
    let moved = Moved { withdrawal: id, version: Some(number(&version)?), step, note: String::new(), paid: None };
    store::withdrawals::by_partner(&access, key, moved, &code).await?;
    let to = if step == Step::Delete { super::PATH.to_owned() } else { format!("{}/{id}", super::PATH) };
    Ok(Done::at(to, super::text::moved(step).at(kit::lang())))
}

/// A step of the vendor's finance.
#[server(prefix = "/fn", endpoint = "withdrawals/decide", input = PostUrl, output = Json)]
pub async fn decide_withdrawal(
    withdrawal: String,
    version: String,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] reason: String,
    #[server(default)] bank_reference: String,
    #[server(default)] amount: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanReviewWithdrawals>()?;
    let key: Key = idempotency_key.parse()?;
    let step = read_step(&step).filter(|step| step.is_vendors()).ok_or_else(|| invalid("step"))?;
    let id = parse(&withdrawal)?;
    let paid = if amount.is_empty() { None } else { Some(amount_of(&amount).map_err(Error::from)?) };
    let note = if step == Step::Pay { bank_reference } else { reason };
    let moved = Moved { withdrawal: id, version: Some(number(&version)?), step, note, paid };
    let state = store::withdrawals::decide(&access, key, moved).await?;
    Ok(Done::at(format!("{}/{id}", super::CONSOLE), super::text::decided(step, state).at(kit::lang())))
}

/// Decides about each of the chosen requests; one that can't be is told by its number, and does not hold up the others.
#[server(prefix = "/fn", endpoint = "withdrawals/batch", input = PostUrl, output = Json)]
pub async fn batch_withdrawals(
    #[server(default)] task: Option<Vec<String>>,
    step: String,
    #[server(default)] idempotency_key: String,
    #[server(default)] reason: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanReviewWithdrawals>()?;
    // Each row is a write with a key of its own, made of the form's.
    let _: Key = idempotency_key.parse()?;
    let step =
        read_step(&step).filter(|step| matches!(step, Step::Approve | Step::Reject | Step::Process)).ok_or_else(|| invalid("step"))?;
    let chosen: Vec<Id> = task.unwrap_or_default().iter().map(|id| parse(id)).collect::<Result<_, _>>()?;
    if chosen.is_empty() || chosen.len() > BATCH_MAX {
        return Err(invalid("task").into());
    }
    let names = store::withdrawals::numbers(&access, &chosen).await?;
    if names.len() != chosen.len() {
        return Err(Error::NotFound.into());
    }
    let (mut done, mut refused) = (0, Vec::new());
    for id in chosen {
        let key: Key = format!("{}-{id}", idempotency_key.chars().take(40).collect::<String>()).parse()?;
        let moved = Moved { withdrawal: id, version: None, step, note: reason.clone(), paid: None };
        match store::withdrawals::decide(&access, key, moved).await {
            Ok(_) => done += 1,
            // Ours is told as ours, for the whole batch: what was done stays done and is seen in the list.
            Err(error) if error.status() >= 500 => return Err(error.into()),
            Err(error) => {
                let name = names.iter().find(|(other, _)| *other == id).map_or_else(|| id.to_string(), |(_, number)| number.clone());
                refused.push((name, error.say(kit::lang())));
            }
        }
    }
    Ok(Done::at(super::CONSOLE, crate::exports::batch_words(done, &refused, kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn asked(
    fund: &str,
    amount: &str,
    (bank_account, records): (&str, Vec<String>),
    note: String,
    code: String,
    again: &str,
) -> Result<NewWithdrawal, Error> {
    let fund = Fund::read(fund).ok_or_else(|| invalid("fund"))?;
    let amount = amount_of(amount)?;
    // Money that goes back the way it came asks for no account, whatever the form sends along.
    let bank_account = if fund == Fund::Original { None } else { bank_account.parse().ok() };
    // And the other way round: records are those of the way back.
    let mut records: Vec<Id> = match fund {
        Fund::Original => records.iter().map(|id| id.parse().map_err(|_| Refusal::RecordGone)).collect::<Result<_, _>>()?,
        _ => Vec::new(),
    };
    records.sort_unstable();
    records.dedup();
    if records.len() > RECORDS_MAX {
        return Err(invalid("record"));
    }
    let again = if again.is_empty() { None } else { Some(parse(again)?) };
    Ok(NewWithdrawal { fund, amount, bank_account, records, note, code, again })
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
fn read_step(key: &str) -> Option<Step> {
    Step::read(key)
}

#[cfg(not(target_arch = "wasm32"))]
fn invalid(field: &str) -> Error {
    Error::Invalid { field: field.to_owned() }
}
