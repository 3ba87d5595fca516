//! Deciding about a claim: credited with the bank's reference, once, or refused with a reason.

use crate::{
    access::Access,
    ledger, messages,
    sql::sql,
    withdrawals::window_of,
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id, Moment, Money,
    access::{CanReviewTopUps, Role},
    event::Event,
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
    machine::Keyed as _,
    message::Notice,
    top_up::{Refusal, State, Step, arrived},
    withdrawal::{Channel, reason, reference},
};
use serde::{Deserialize, Serialize};

/// Who of a company is told besides the person who claimed (domain.md 4.5).
const TOLD: &[Role] = &[Role::Administrator, Role::FinanceClerk];

/// A step of a claim.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decided {
    /// The claim.
    pub top_up: Id,
    /// The version the form was read at.
    pub version: i64,
    /// The step.
    pub step: Step,
    /// The bank's reference, or the reason.
    pub note: String,
    /// What the bank says that it received.
    pub paid: Option<Money>,
}

/// A step of the vendor's finance.
///
/// # Errors
/// `NotFound`, `WrongState`, `Stale`, `AMOUNT_INVALID`, `AMOUNT_MISMATCH`, `INVALID`, `REFERENCE_TAKEN`, `REASON_REQUIRED`; `KeyReused`.
pub async fn decide(access: &Access<CanReviewTopUps>, key: Key, decided: Decided) -> Result<State, Error> {
    let note = match decided.step {
        Step::Credit => reference(&decided.note)?,
        Step::Refuse => reason(&decided.note)?,
    };
    access.write(Some(key), Decided { note, ..decided }, |tx, decided| Box::pin(take(tx, decided))).await
}

/// A claim as it is before its step.
struct Found {
    id: Id,
    partner: Id,
    version: i64,
    state: State,
    amount: Money,
    number: String,
    person: Option<Id>,
    entity: Id,
    channel: Channel,
    received: Moment,
}

async fn find(tx: &mut Tx, id: Id) -> Result<Found, Error> {
    let find = sql("SELECT id, tenant_id, version, state, currency, amount_micros, number, account_id, entity_id, channel, received_at_us
        FROM top_ups WHERE id = ");
    let row = tx.row(find.value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    Ok(Found {
        id: row.id(0)?,
        partner: row.id(1)?,
        version: row.int(2)?,
        state: row.key(3)?,
        amount: Money { currency: row.key(4)?, micros: row.int(5)? },
        number: row.text(6)?,
        person: row.maybe_text(7)?.map(|id| id.parse()).transpose().map_err(|_| Error::Broken)?,
        entity: row.id(8)?,
        channel: row.key(9)?,
        received: row.moment(10)?,
    })
}

async fn take(tx: &mut Tx, decided: &Decided) -> Result<Written<State>, Error> {
    let by = tx.caller().standing()?.clone();
    let found = find(tx, decided.top_up).await?;
    let next = decided.step.take(found.state)?;
    if decided.version != found.version {
        return Err(Error::Stale);
    }
    match decided.step {
        Step::Credit => credit(tx, &found, decided, &by.name).await?,
        Step::Refuse => refuse(tx, &found, &decided.note, &by.name).await?,
    }
    let (id, number) = (found.id, found.number.clone());
    let notice = Notice::TopUpMoved { top_up: id, number, amount: found.amount, state: next, note: decided.note.clone() };
    let mut told: Vec<Id> = found.person.into_iter().collect();
    told.extend(messages::of_roles(tx, found.partner, TOLD).await?);
    messages::tell(tx, &notice, &told).await?;
    let (step, state) = (decided.step.key().to_owned(), next.key().to_owned());
    Ok(Written::new(next, found.partner, Event::TopUpMoved { top_up: id, step, state, note: decided.note.clone() }))
}

/// The money is there: it stands in the ledger, and can go back the way it came until its window ends.
async fn credit(tx: &mut Tx, found: &Found, decided: &Decided, by: &str) -> Result<(), Error> {
    arrived(found.amount, decided.paid)?;
    let taken = sql("SELECT number FROM top_ups WHERE entity_id = ").value(found.entity).and(" AND reference = ").value(&decided.note);
    if let Some(row) = tx.row(taken.and(" AND reference <> '' LIMIT 1")).await? {
        return Err(Refusal::ReferenceTaken { number: row.text(0)? }.into());
    }
    let until = window_of(tx, found.entity, found.channel, found.received.day()).await?;
    let now = tx.now();
    let set = sql("UPDATE top_ups SET state = $1, version = version + 1, left_micros = amount_micros, until_us = $2, reference = $3,
        decided_at_us = $4, decided_by = $5 WHERE tenant_id = $6 AND id = $7 AND version = $8");
    let set = set.bind(State::Credited.key()).bind(until.start()).bind(&decided.note).bind(now).bind(by);
    // Somebody who takes the same reference at this moment runs again, and is told so.
    tx.insert_next(set.bind(found.partner).bind(found.id).bind(found.version)).await?;
    let legs = vec![Leg { from: Account::Clearing, to: Account::OriginalPath, amount: found.amount }];
    let cause = Cause { kind: CauseKind::TopUp, id: found.id };
    let posting = Posting { partner: found.partner, movement: Movement::TopUp, cause, object: found.number.clone(), legs };
    ledger::post(tx, &posting).await.map(|_| ())
}

async fn refuse(tx: &mut Tx, found: &Found, why: &str, by: &str) -> Result<(), Error> {
    let now = tx.now();
    let set = sql("UPDATE top_ups SET state = $1, version = version + 1, reason = $2, decided_at_us = $3, decided_by = $4
        WHERE tenant_id = $5 AND id = $6 AND version = $7");
    let set = set.bind(State::Refused.key()).bind(why).bind(now).bind(by);
    match tx.execute(set.bind(found.partner).bind(found.id).bind(found.version)).await? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}
