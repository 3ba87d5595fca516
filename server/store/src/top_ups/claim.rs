//! Claiming a remittance.

use crate::{
    access::Access,
    attachments::{self, NewFile},
    messages,
    seal::SealedNumber,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Day, Error, Id,
    access::{CanTopUp, Role},
    attachment::Kind,
    event::Event,
    machine::Keyed as _,
    message::Notice,
    top_up::{CLAIMS_MAX, Claim, ClaimForm, Refusal, State, Typed, number, number_of_day},
    withdrawal::Channel,
};
use serde::{Deserialize, Serialize};

/// A claim that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub number: String,
}

/// What is claimed, with the bank's slip if there is one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewClaim {
    /// The claim.
    pub claim: Claim,
    /// The slip.
    pub slip: Option<NewFile>,
}

/// The form.
///
/// # Errors
/// The database does not answer.
pub async fn form(access: &Access<CanTopUp>) -> Result<ClaimForm, Error> {
    let standing = access.caller().standing()?;
    let entity = sql("SELECT name FROM tenants WHERE side = 'vendor' ORDER BY number, id LIMIT 1");
    let entity = access.store().db.row(entity).await?.map_or(Ok(String::new()), |row| row.text(0))?;
    Ok(ClaimForm { key: access.store().ids.id(), company: standing.company.clone(), entity, today: access.now().day() })
}

/// Claims a remittance: finance is told, and nothing moves yet.
///
/// # Errors
/// What `Typed::checked` refuses, `CLAIM_LIMIT`; `KeyReused`.
pub async fn claim(access: &Access<CanTopUp>, key: Key, typed: &Typed, slip: Option<NewFile>) -> Result<Claimed, Error> {
    let claim = typed.checked(&access.caller().standing()?.company, access.now().day())?;
    access.write(Some(key), NewClaim { claim, slip }, |tx, new| Box::pin(take(tx, new))).await
}

async fn take(tx: &mut Tx, new: &NewClaim) -> Result<Written<Claimed>, Error> {
    let (claim, written) = (&new.claim, enter(tx, new).await?);
    let Claimed { id, number } = written.value().clone();
    let note = tx.caller().standing()?.company_short.clone();
    let notice = Notice::TopUpMoved { top_up: id, number, amount: claim.amount, state: State::Claimed, note };
    let vendor = vendor(tx).await?;
    let told = messages::of_roles(tx, vendor, &[Role::VendorFinance]).await?;
    messages::tell(tx, &notice, &told).await?;
    Ok(written)
}

/// Who received the money: there is one vendor.
async fn vendor(tx: &mut Tx) -> Result<Id, Error> {
    let vendor = sql("SELECT id FROM tenants WHERE side = 'vendor' ORDER BY number, id LIMIT 1");
    Ok(tx.row(vendor).await?.ok_or(Error::Broken)?.id(0)?)
}

/// Writes a claim down, in the name of who asks; messages are left out.
///
/// # Errors
/// `CLAIM_LIMIT`.
pub async fn enter(tx: &mut Tx, NewClaim { claim, slip }: &NewClaim) -> Result<Written<Claimed>, Error> {
    let standing = tx.caller().standing()?.clone();
    let waiting = sql("SELECT COUNT(*) FROM top_ups WHERE tenant_id = ").value(standing.tenant);
    let waiting = tx.row(waiting.and(" AND state = ").value(State::Claimed.key())).await?.map_or(Ok(0), |row| row.int(0))?;
    if waiting >= CLAIMS_MAX {
        return Err(Refusal::ClaimLimit { most: CLAIMS_MAX }.into());
    }
    let vendor = vendor(tx).await?;
    let (id, now) = (tx.new_id(), tx.now());
    let number = next_number(tx, now.day()).await?;
    let from = SealedNumber::of(tx, standing.tenant, &claim.account_number).await?;
    let insert = sql("INSERT INTO top_ups (tenant_id, id, number, entity_id, channel, currency, amount_micros, left_micros, bonus_micros,
        received_at_us, until_us, holder, bank, branch, account_number, account_tail, account_print, version, state, entered_at_us, note,
        account_id, account_name) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, $8, $9, $10, '', $11, $12, $13, 1, $14, $15, $16, $17, $18)");
    let insert = insert.bind(standing.tenant).bind(id).bind(&number).bind(vendor).bind(Channel::Transfer.key());
    let insert = insert.bind(claim.amount.currency.key()).bind(claim.amount.micros).bind(claim.date.start());
    let insert = from.bind(insert.bind(&claim.payer).bind(&claim.bank)).bind(State::Claimed.key()).bind(now);
    tx.insert_next(insert.bind(&claim.note).bind(standing.account).bind(&standing.name)).await?;
    attachments::attach(tx, standing.tenant, (Kind::Slip, id), slip.as_ref()).await?;
    let event = Event::TopUpClaimed { top_up: id, number: number.clone(), amount: claim.amount, slip: attachments::hash_of(slip.as_ref()) };
    Ok(Written::new(Claimed { id, number }, standing.tenant, event))
}

/// The next number of a day. It is unique among claims, so of two that draw the same one the later runs again.
async fn next_number(tx: &mut Tx, on: Day) -> Result<String, Error> {
    let begins = number_of_day(on);
    let last = sql("SELECT number FROM top_ups WHERE entered_at_us >= ").value(on.start());
    let last = last.and(" AND number LIKE ").value(format!("{begins}%"));
    let last = tx.row(last.and(" ORDER BY length(number) DESC, number DESC LIMIT 1")).await?.map(|row| row.text(0)).transpose()?;
    let running: i64 = last.and_then(|last| last.strip_prefix(&begins)?.parse().ok()).unwrap_or(0);
    Ok(number(on, running + 1))
}
