//! Asking for an invoice: checked, numbered, and its amount taken off what can be invoiced.

use super::{CURRENCY, content::written, information, people, staff, sums, turn};
use crate::{
    access::Access,
    messages,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Day, Error, Id, Money,
    access::{CanManageInvoices, Role},
    bills::{Period, TAX_PERCENT, tax_inside},
    event::Event,
    invoice::{By, Content, ISSUE_DAYS, InformationState, Parts, Refusal, State, number, number_of_day, of_amount, of_period},
    machine::Keyed as _,
    message::Notice,
    working_days::at_the_same_time,
};
use serde::{Deserialize, Serialize};

/// The step of the timeline with which a request begins.
pub(super) const BEGINNING: &str = "submit";

/// A request as the form has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewRequest {
    /// The information that stands on it.
    pub information: Option<Id>,
    /// What it names.
    pub by: By,
    /// The period, when it names one.
    pub period: Option<Period>,
    /// The amount as it was typed, when it names one.
    pub amount: String,
    /// The request that is made again.
    pub again: Option<Id>,
}

/// A request that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub number: String,
}

/// Hands a request in.
///
/// # Errors
/// `INVALID` without a valid information, `PERIOD_INVALID`, `AMOUNT_INVALID`, `AMOUNT_EXCEEDS`; `KeyReused`.
pub async fn submit(access: &Access<CanManageInvoices>, key: Key, new: NewRequest) -> Result<Submitted, Error> {
    access.write(Some(key), new, |tx, new| Box::pin(take(tx, new))).await
}

async fn take(tx: &mut Tx, new: &NewRequest) -> Result<Written<Submitted>, Error> {
    let standing = tx.caller().standing()?.clone();
    turn(tx, standing.tenant).await?;
    let chosen = information::find(tx, standing.tenant, new.information.ok_or(Refusal::InformationNeeded)?).await?;
    let chosen = chosen.filter(|row| row.state != InformationState::Void).ok_or(Refusal::InformationNeeded)?;
    repeated(tx, standing.tenant, new.again).await?;
    let all = sums::of(tx, standing.tenant, tx.now().day()).await?;
    let (amount, parts) = match new.by {
        By::Period => of_period(&all, new.period.ok_or(Refusal::PeriodInvalid)?)?,
        By::Amount => of_amount(&all, &new.amount)?,
    };
    let entered = Entered {
        partner: standing.tenant,
        number: None,
        by: new.by,
        amount,
        parts,
        information: chosen.id,
        content: chosen.content,
        content_no: chosen.content_no,
        starter: standing.account,
        starter_name: standing.name.clone(),
        again: new.again,
    };
    let (submitted, event) = enter(tx, &entered).await?;
    let notice = Notice::InvoiceMoved {
        request: submitted.id,
        version: 1,
        number: submitted.number.clone(),
        amount,
        state: State::Submitted,
        note: String::new(),
    };
    let mut told = people(tx, standing.tenant, Role::FinanceClerk).await?;
    told.push(standing.account);
    told.extend(staff(tx, Role::VendorFinance).await?);
    messages::tell(tx, &notice, &told).await?;
    Ok(Written::new(submitted, standing.tenant, event))
}

/// A request is made again only of one of the same company that has come to nothing.
async fn repeated(tx: &mut Tx, partner: Id, again: Option<Id>) -> Result<(), Error> {
    let Some(id) = again else { return Ok(()) };
    let find = sql("SELECT state FROM invoice_requests WHERE tenant_id = ").value(partner).and(" AND id = ").value(id);
    let state: State = tx.row(find.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?.key(0)?;
    if state.can_be_repeated() { Ok(()) } else { Err(Error::WrongState { now: state.label().into() }) }
}

/// A request as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entered {
    /// Whose it is.
    pub partner: Id,
    /// Its number; without one it gets the next of the day.
    pub number: Option<String>,
    /// What it names.
    pub by: By,
    /// How much.
    pub amount: Money,
    /// Periods, oldest first, and how many micros of each.
    pub parts: Parts,
    /// The information that stands on it.
    pub information: Id,
    /// Which is this.
    pub content: Content,
    /// Its version.
    pub content_no: i64,
    /// Who asks.
    pub starter: Id,
    /// Their name.
    pub starter_name: String,
    /// The request that is made again.
    pub again: Option<Id>,
}

/// Writes a request down. Nothing is checked here.
///
/// # Errors
/// `Broken` without a period; the database does not answer.
pub async fn enter(tx: &mut Tx, new: &Entered) -> Result<(Submitted, Event), Error> {
    let (id, now) = (tx.new_id(), tx.now());
    let running = match &new.number {
        Some(number) => number.clone(),
        None => next_number(tx, now.day()).await?,
    };
    let (first, last) = new.parts.first().zip(new.parts.last()).ok_or(Error::Broken)?;
    let content = written(tx, new.partner, &new.content).await?;
    let insert = sql("INSERT INTO invoice_requests (tenant_id, id, version, number, state, named_by, first_period, last_period, currency,
        amount_micros, tax_micros, information_id, content_no, title, kind, medium, content, account_id, account_name, submitted_at_us, due_us,
        moved_at_us, courier, reason, again_of)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $19, '', '', $21)");
    let insert = insert.bind(new.partner).bind(id).bind(&running).bind(State::Submitted.key()).bind(new.by.key());
    let insert = insert.bind(first.0.to_string()).bind(last.0.to_string()).bind(CURRENCY.key()).bind(new.amount.micros);
    let insert = insert.bind(tax_inside(new.amount, TAX_PERCENT).micros).bind(new.information).bind(new.content_no);
    let insert = insert.bind(&new.content.title).bind(new.content.kind.key()).bind(new.content.medium.key()).bind(content);
    let insert = insert.bind(new.starter).bind(&new.starter_name).bind(now).bind(at_the_same_time(now, ISSUE_DAYS));
    tx.insert_next(insert.bind(new.again)).await?;
    for (period, micros) in &new.parts {
        let part = sql("INSERT INTO invoice_request_parts (tenant_id, request_id, period, amount_micros) VALUES ($1, $2, $3, $4)");
        tx.execute(part.bind(new.partner).bind(id).bind(period.to_string()).bind(*micros)).await?;
    }
    let line = Line { partner: new.partner, request: id, no: 1, step: BEGINNING, note: "" };
    line.write(tx, new.starter, &new.starter_name).await?;
    let event = Event::InvoiceRequested { request: id, number: running.clone(), amount: new.amount };
    Ok((Submitted { id, number: running }, event))
}

/// The next number of a day. It is unique in the table, so of two that draw the same one the later runs again.
async fn next_number(tx: &mut Tx, on: Day) -> Result<String, Error> {
    let begins = number_of_day(on);
    let last = sql("SELECT number FROM invoice_requests WHERE submitted_at_us >= ").value(on.start());
    let last = last.and(" AND number LIKE ").value(format!("{begins}%"));
    let last = tx.row(last.and(" ORDER BY length(number) DESC, number DESC LIMIT 1")).await?.map(|row| row.text(0)).transpose()?;
    let running: i64 = last.and_then(|last| last.strip_prefix(&begins)?.parse().ok()).unwrap_or(0);
    Ok(number(on, running + 1))
}

/// A line of the timeline.
pub(super) struct Line<'a> {
    pub(super) partner: Id,
    pub(super) request: Id,
    pub(super) no: i64,
    pub(super) step: &'a str,
    pub(super) note: &'a str,
}

impl Line<'_> {
    pub(super) async fn write(&self, tx: &mut Tx, account: Id, person: &str) -> Result<(), Error> {
        let now = tx.now();
        let insert = sql("INSERT INTO invoice_events (tenant_id, request_id, no, step, at_us, account_id, person, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        let insert = insert.bind(self.partner).bind(self.request).bind(self.no).bind(self.step).bind(now);
        tx.insert_next(insert.bind(account).bind(person).bind(self.note)).await
    }
}
