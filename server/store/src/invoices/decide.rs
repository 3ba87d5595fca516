//! The steps of a request: each is one write with its line of the timeline, its audit row and its messages.

use super::{people, request::Line, staff, turn};
use crate::{
    access::Access,
    attachments::{self, NewFile},
    messages,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Currency, Error, Id, Money,
    access::{CanIssueInvoices, CanManageInvoices, Role},
    attachment::Kind,
    event::Event,
    invoice::{ISSUE_DAYS, InvoiceKind, Medium, Refusal, State, Step, courier, invoice_number, reason},
    machine::Keyed as _,
    message::Notice,
    working_days::at_the_same_time,
};
use serde::{Deserialize, Serialize};

/// A step of a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// The request.
    pub request: Id,
    /// The version the form was read at; a story has none and takes it as it is.
    pub version: Option<i64>,
    /// The step.
    pub step: Step,
    /// The reason, or the number of the invoice or of its courier.
    pub note: String,
    /// The invoice itself, when it is issued; nothing comes with another step.
    pub file: Option<NewFile>,
}

impl Moved {
    /// What has to be said with a step is said.
    fn checked(self) -> Result<Self, Error> {
        let note = match self.step {
            Step::Reject | Step::Return | Step::RefuseReturn => reason(&self.note)?,
            Step::Issue => invoice_number(&self.note)?,
            Step::Send => courier(&self.note)?,
            Step::Cancel | Step::AcceptReturn => String::new(),
        };
        let file = self.file.filter(|_| self.step == Step::Issue);
        Ok(Self { note, file, ..self })
    }
}

/// A request as it is before a step.
struct Found {
    id: Id,
    partner: Id,
    version: i64,
    state: State,
    number: String,
    amount: Money,
    tax_micros: i64,
    kind: InvoiceKind,
    medium: Medium,
    starter: Id,
}

async fn find(tx: &mut Tx, id: Id) -> Result<Found, Error> {
    let find = sql("SELECT id, tenant_id, version, state, number, currency, amount_micros, tax_micros, kind, medium, account_id
        FROM invoice_requests WHERE id = ");
    let row = tx.row(find.value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let currency: Currency = row.key(5)?;
    Ok(Found {
        id: row.id(0)?,
        partner: row.id(1)?,
        version: row.int(2)?,
        state: row.key(3)?,
        number: row.text(4)?,
        amount: Money { currency, micros: row.int(6)? },
        tax_micros: row.int(7)?,
        kind: row.key(8)?,
        medium: row.key(9)?,
        starter: row.id(10)?,
    })
}

/// A step of the vendor's finance.
///
/// # Errors
/// `NotFound`, `WrongState`, `Stale`, `REASON_REQUIRED`, `INVALID` with its field; `KeyReused`.
pub async fn decide(access: &Access<CanIssueInvoices>, key: Key, moved: Moved) -> Result<State, Error> {
    if !moved.step.is_vendors() {
        return Err(Error::Invalid { field: "step".to_owned() });
    }
    access.write(Some(key), moved.checked()?, |tx, moved| Box::pin(by_vendor(tx, moved))).await
}

async fn by_vendor(tx: &mut Tx, moved: &Moved) -> Result<Written<State>, Error> {
    let found = find(tx, moved.request).await?;
    let (state, event) = step(tx, &found, moved).await?;
    let mut told = people(tx, found.partner, Role::FinanceClerk).await?;
    told.push(found.starter);
    tell(tx, &found, state, &moved.note, &told).await?;
    Ok(Written::new(state, found.partner, event))
}

/// A step of the partner: cancelling before the invoice is issued, and giving an invoice back.
///
/// # Errors
/// `NotFound`, `WrongState`, `Stale`, `REASON_REQUIRED`; `KeyReused`.
pub async fn cancel_or_return(access: &Access<CanManageInvoices>, key: Key, moved: Moved) -> Result<State, Error> {
    if moved.step.is_vendors() {
        return Err(Error::Invalid { field: "step".to_owned() });
    }
    access.write(Some(key), moved.checked()?, |tx, moved| Box::pin(by_partner(tx, moved))).await
}

async fn by_partner(tx: &mut Tx, moved: &Moved) -> Result<Written<State>, Error> {
    let own = tx.caller().standing()?.tenant;
    let found = find(tx, moved.request).await?;
    if found.partner != own {
        return Err(Error::NotFound);
    }
    let (state, event) = step(tx, &found, moved).await?;
    if state == State::ReturnReview {
        let told = staff(tx, Role::VendorFinance).await?;
        tell(tx, &found, state, &moved.note, &told).await?;
    }
    Ok(Written::new(state, found.partner, event))
}

/// A step of the story of a demo world, in whose name it is played; messages are left out.
///
/// # Errors
/// As `decide`.
pub async fn move_on(tx: &mut Tx, moved: &Moved) -> Result<Written<State>, Error> {
    let found = find(tx, moved.request).await?;
    let (state, event) = step(tx, &found, moved).await?;
    Ok(Written::new(state, found.partner, event))
}

async fn step(tx: &mut Tx, found: &Found, moved: &Moved) -> Result<(State, Event), Error> {
    let (step, now) = (moved.step, tx.now());
    let next = step.take(found.state)?;
    if moved.version.is_some_and(|version| version != found.version) {
        return Err(Error::Stale);
    }
    if step == Step::Send && found.medium != Medium::Paper {
        return Err(Refusal::NotOnPaper.into());
    }
    // What becomes free is read by who asks for an invoice at the same time.
    turn(tx, found.partner).await?;
    let (account, name) = tx.caller().standing().map(|standing| (standing.account, standing.name.clone()))?;
    let why = matches!(step, Step::Reject | Step::Return | Step::RefuseReturn).then(|| moved.note.clone());
    let sent = (step == Step::Send).then(|| moved.note.clone());
    let due = (step == Step::Return).then(|| at_the_same_time(now, ISSUE_DAYS));
    let set = sql("UPDATE invoice_requests SET state = $1, version = version + 1, moved_at_us = $2, reason = COALESCE($3, reason),
        courier = COALESCE($4, courier), due_us = COALESCE($5, due_us) WHERE tenant_id = $6 AND id = $7 AND version = $8");
    let set = set.bind(next.key()).bind(now).bind(why).bind(sent).bind(due).bind(found.partner).bind(found.id);
    if tx.execute(set.bind(found.version)).await? != 1 {
        return Err(Error::Stale);
    }
    match step {
        Step::Issue => issue(tx, found, moved, &name).await?,
        Step::AcceptReturn => take_back(tx, found).await?,
        _ => {}
    }
    let line = Line { partner: found.partner, request: found.id, no: found.version + 1, step: step.key(), note: &moved.note };
    line.write(tx, account, &name).await?;
    let (key, state) = (step.key().to_owned(), next.key().to_owned());
    let file = attachments::hash_of(moved.file.as_ref());
    Ok((next, Event::InvoiceMoved { request: found.id, step: key, state, note: moved.note.clone(), file }))
}

async fn issue(tx: &mut Tx, found: &Found, moved: &Moved, by: &str) -> Result<(), Error> {
    let number = &moved.note;
    let known = sql("SELECT 1 FROM invoices WHERE number = ").value(number).and(" LIMIT 1");
    if tx.row(known).await?.is_some() {
        return Err(Refusal::NumberTaken.into());
    }
    let now = tx.now();
    let insert =
        sql("INSERT INTO invoices (tenant_id, request_id, number, kind, currency, amount_micros, tax_micros, issued_at_us, issued_by,
        returned_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)");
    let insert = insert.bind(found.partner).bind(found.id).bind(number).bind(found.kind.key()).bind(found.amount.currency.key());
    tx.insert_next(insert.bind(found.amount.micros).bind(found.tax_micros).bind(now).bind(by)).await?;
    attachments::attach(tx, found.partner, (Kind::Invoice, found.id), moved.file.as_ref()).await
}

async fn take_back(tx: &mut Tx, found: &Found) -> Result<(), Error> {
    let now = tx.now();
    let set = sql("UPDATE invoices SET returned_at_us = $1 WHERE tenant_id = $2 AND request_id = $3 AND returned_at_us IS NULL");
    if tx.execute(set.bind(now).bind(found.partner).bind(found.id)).await? == 1 { Ok(()) } else { Err(Error::Broken) }
}

async fn tell(tx: &mut Tx, found: &Found, state: State, note: &str, told: &[Id]) -> Result<(), Error> {
    let notice = Notice::InvoiceMoved {
        request: found.id,
        version: found.version + 1,
        number: found.number.clone(),
        amount: found.amount,
        state,
        note: note.to_owned(),
    };
    messages::tell(tx, &notice, told).await
}
