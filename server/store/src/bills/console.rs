//! The vendor's side: all bills, one bill, its steps and adjustments.

use super::{
    ADJUSTMENT, BILL_AND_PARTNER, Bill, PARTNER, Payment, Telling, add_to_estimate, adjustment_line, by_id, issue_in,
    read::{Reason, counts, payments, reasons},
    read_bill, sum_up, tell,
};
use crate::{
    access::Access,
    attachments::{self, AttachedFile, NewFile},
    lists::{checked, chosen, mentioned},
    sql::{Sql, sql},
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id,
    access::CanManageBills,
    attachment::Kind,
    bills::{ConsoleBillPage, ConsoleBillRow, Exact, Period, REASON_MAX, Refusal, State, adjustment},
    event::Event,
    list::Asked,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// The bills that a question asks for.
///
/// # Errors
/// `TOO_LONG`, or the database does not answer.
pub async fn page(access: &Access<CanManageBills>, asked: Asked) -> Result<ConsoleBillPage, Error> {
    checked(&asked)?;
    let db = &access.store().db;
    let narrowed = |head: Sql| {
        let sql = chosen(head.and(" WHERE 1 = 1"), "b.state", &asked, "state");
        mentioned(sql, db.kind(), &["b.no", "b.period", "t.name", "t.number"], &asked)
    };
    let total = db
        .row(narrowed(sql("SELECT COUNT(*) FROM partner_bill b JOIN tenants t ON t.id = b.tenant_id")))
        .await?
        .map(|row| row.int(0))
        .transpose()?
        .unwrap_or(0);
    let order = match asked.sort_key() {
        ("due", true) => " ORDER BY b.due_micros DESC, b.id",
        ("due", false) => " ORDER BY b.due_micros, b.id",
        (_, false) => " ORDER BY b.period, b.id",
        _ => " ORDER BY b.period DESC, b.id",
    };
    let bills = db.rows(narrowed(sql(BILL_AND_PARTNER)).and(order).limit(asked.size.into()).offset(asked.skipped())).await?;
    let mut rows = Vec::with_capacity(bills.len());
    for row in &bills {
        let bill = read_bill(row)?;
        rows.push(ConsoleBillRow {
            id: bill.id,
            partner: row.text(PARTNER)?,
            period: bill.period,
            state: bill.state,
            due: bill.due,
            open: if bill.state == State::Estimated { bill.due } else { bill.open() },
            until: bill.due_at.map(|at| at.plus_seconds(-1).day()),
            number: bill.number,
        });
    }
    Ok(ConsoleBillPage { asked, rows, total, today: access.now().day() })
}

/// One bill, for the vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The bill.
    pub bill: Bill,
    /// What its partner is called.
    pub partner: String,
    /// Payments, newest first.
    pub payments: Vec<Payment>,
    /// Adjustments with their reasons.
    pub reasons: Vec<Reason>,
    /// How many refunds and adjustments there are.
    pub counts: (i64, i64),
    /// The period has ended.
    pub has_ended: bool,
}

/// One bill.
///
/// # Errors
/// `NotFound`, or the database does not answer.
pub async fn detail(access: &Access<CanManageBills>, id: Id) -> Result<Detail, Error> {
    let db = &access.store().db;
    let row = db.row(sql(BILL_AND_PARTNER).and(" WHERE b.id = ").value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let bill = read_bill(&row)?;
    Ok(Detail {
        partner: row.text(PARTNER)?,
        payments: payments(db, &bill).await?,
        reasons: reasons(db, bill.id).await?,
        counts: counts(db, bill.id).await?,
        has_ended: access.now() >= bill.period.last().end(),
        bill,
    })
}

#[derive(Debug, Serialize, Deserialize)]
struct Stepped {
    bill: Id,
    version: i64,
}

/// Works out an estimate anew.
///
/// # Errors
/// `NotFound`, `Stale`, `WrongState`.
pub async fn remake(access: &Access<CanManageBills>, bill: Id, version: i64) -> Result<(), Error> {
    access
        .write(None, Stepped { bill, version }, |tx, step| {
            Box::pin(async move {
                let bill = current(tx, step).await?;
                let bill = sum_up(tx, &bill).await?;
                let event = Event::BillEstimated { bill: bill.id, period: bill.period.to_string(), lines: bill.lines };
                Ok(Written::new((), bill.tenant, event))
            })
        })
        .await
}

/// Issues a bill whose period has ended.
///
/// # Errors
/// `NotFound`, `Stale`, `WrongState`, `PERIOD_OPEN`.
pub async fn issue(access: &Access<CanManageBills>, bill: Id, version: i64) -> Result<(), Error> {
    access
        .write(None, Stepped { bill, version }, |tx, step| {
            Box::pin(async move {
                let bill = current(tx, step).await?;
                if bill.state == State::Estimated && Period::of(tx.now().day()) <= bill.period {
                    return Err(Refusal::PeriodOpen.into());
                }
                let event = issue_in(tx, &bill, Telling::People).await?;
                Ok(Written::new((), bill.tenant, event))
            })
        })
        .await
}

async fn current(tx: &mut Tx, step: &Stepped) -> Result<Bill, Error> {
    let bill = by_id(tx, step.bill).await?;
    if bill.state == State::Estimated && bill.version != step.version { Err(Error::Stale) } else { Ok(bill) }
}

/// An adjustment as it was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Adjustment {
    /// The bill, or the one before the one that it goes into.
    pub bill: Id,
    /// How much; less than nothing takes away.
    pub amount: String,
    /// Why.
    pub reason: String,
    /// What proves it.
    pub evidence: Option<NewFile>,
}

/// Enters an adjustment: into this bill while it is an estimate, into the next one when it was issued. Gives the bill it went into.
///
/// # Errors
/// `NotFound`, `AMOUNT_INVALID`, `REASON_REQUIRED`.
pub async fn adjust(access: &Access<CanManageBills>, key: Key, new: Adjustment) -> Result<Id, Error> {
    access.write(Some(key), new, |tx, new| Box::pin(adjust_in(tx, new))).await
}

async fn adjust_in(tx: &mut Tx, new: &Adjustment) -> Result<Written<Id>, Error> {
    let bill = by_id(tx, new.bill).await?;
    let amount = adjustment(&new.amount, bill.currency)?;
    let reason = new.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX || reason.chars().any(char::is_control) {
        return Err(Refusal::ReasonMissing { most: REASON_MAX }.into());
    }
    let occasion = tx.new_id();
    let parts = Exact::of(amount).parts().ok_or(Error::Broken)?;
    let line = adjustment_line(tx, format!("{ADJUSTMENT}{occasion}"), parts, reason.to_owned());
    let into = add_to_estimate(tx, bill.tenant, bill.period, bill.currency, line).await?;
    tell(tx, bill.tenant, &Notice::BillAdjusted { occasion, period: into.period, amount, reason: reason.to_owned() }).await?;
    attachments::attach(tx, bill.tenant, (Kind::Adjustment, occasion), new.evidence.as_ref()).await?;
    let (reason, evidence) = (reason.to_owned(), attachments::hash_of(new.evidence.as_ref()));
    Ok(Written::new(into.id, bill.tenant, Event::BillAdjusted { bill: into.id, amount, reason, evidence }))
}

/// What proves an adjustment, of any company.
///
/// # Errors
/// `NotFound`.
pub async fn console_evidence(access: &Access<CanManageBills>, adjustment: Id) -> Result<AttachedFile, Error> {
    attachments::file(&access.store().db, (Kind::Adjustment, adjustment), None).await
}
