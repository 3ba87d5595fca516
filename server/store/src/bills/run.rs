//! What the clock does with bills, and what is charged.

use super::{
    BILL, Bill, NewCustomer, NewLine, Telling, by_id, insert_customers, insert_lines, issue_in, next_no, open, read_bill, sum_up, tell,
};
use crate::{
    access::Access,
    sql::{Sql, sql},
    write::{Tx, Written},
};
use domain::{
    Currency, Error, Id,
    access::{Anyone, CanManageBills},
    bills::{Period, State, Step},
    event::Event,
    machine::Keyed as _,
    message::Notice,
    working_days::last_within,
};
use serde::{Deserialize, Serialize};

/// Bills that one round moves at most; the next one goes on.
const ROUND: i64 = 200;
/// A company is reminded when no more working days than these are left to pay (domain.md 4.5).
const SOON_WORKING_DAYS: i64 = 5;

/// Charges of a period.
#[derive(Debug, Serialize, Deserialize)]
struct Charged {
    tenant: Id,
    period: Period,
    currency: Currency,
    customers: Vec<NewCustomer>,
    lines: Vec<NewLine>,
}

/// Takes charges into the estimate of a period, each identity once. Gives the bill.
///
/// # Errors
/// `WrongState` when the bill of the period was issued.
pub async fn charge(
    access: &Access<CanManageBills>,
    tenant: Id,
    (period, currency): (Period, Currency),
    customers: Vec<NewCustomer>,
    lines: Vec<NewLine>,
) -> Result<Id, Error> {
    access.write(None, Charged { tenant, period, currency, customers, lines }, |tx, charged| Box::pin(charge_in(tx, charged))).await
}

async fn charge_in(tx: &mut Tx, charged: &Charged) -> Result<Written<Id>, Error> {
    let Charged { tenant, period, currency, customers, lines } = charged;
    let bill = open(tx, *tenant, *period, *currency).await?;
    insert_customers(tx, *tenant, customers).await?;
    let no = next_no(tx, bill.id).await?;
    insert_lines(tx, *tenant, bill.id, no, lines).await?;
    let bill = sum_up(tx, &bill).await?;
    let event = Event::BillEstimated { bill: bill.id, period: period.to_string(), lines: bill.lines };
    Ok(Written::new(bill.id, *tenant, event))
}

/// Issues what is to be issued, reminds of what is to be paid soon, marks what is overdue, and makes estimates anew once a day. Each bill is a write of its own; one that can't be
/// moved is told in the log and does not hold up the others.
///
/// # Errors
/// The database does not answer.
pub async fn ring(access: &Access<Anyone>) -> Result<(), Error> {
    let now = access.now();
    let to_issue = sql(BILL).and(" WHERE b.state = 'estimated' AND b.issues_at_us <= ").value(now);
    each(access, to_issue, issue_by_clock).await?;
    let soon = sql(BILL).and(" WHERE b.state IN ('issued', 'partly_paid') AND b.is_reminded = 0 AND b.due_at_us > ").value(now);
    let soon = soon.and(" AND b.due_at_us <= ").value(last_within(now.day(), SOON_WORKING_DAYS).end());
    each(access, soon, remind).await?;
    let late = sql(BILL).and(" WHERE b.state IN ('issued', 'partly_paid') AND b.due_at_us <= ").value(now);
    each(access, late, fall_due).await?;
    let today = now.day();
    let this = Period::of(today);
    let old = sql(BILL)
        .and(" WHERE b.state = 'estimated' AND ((b.period = ")
        .value(this.to_string())
        .and(" AND b.until_us < ")
        .value(today.start());
    let old = old.and(") OR (b.period < ").value(this.to_string()).and(" AND b.issues_at_us IS NOT NULL AND b.until_us < ");
    let old = old.value(this.first().start()).and("))");
    each(access, old, estimate_anew).await
}

type Move = for<'t> fn(&'t mut Tx, &'t Id) -> futures::future::BoxFuture<'t, Result<Written<()>, Error>>;

async fn each(access: &Access<Anyone>, find: Sql, work: Move) -> Result<(), Error> {
    let rows = access.store().db.rows(find.and(" ORDER BY b.period, b.id").limit(ROUND)).await?;
    let bills: Vec<Bill> = rows.iter().map(read_bill).collect::<Result<_, _>>()?;
    for bill in bills {
        match access.write(None, bill.id, work).await {
            Ok(()) | Err(Error::Stale | Error::WrongState { .. }) => {}
            Err(Error::Unavailable) => return Err(Error::Unavailable),
            Err(error) => tracing::error!(bill = %bill.id, code = error.code(), "a bill could not be moved by the clock"),
        }
    }
    Ok(())
}

fn issue_by_clock<'t>(tx: &'t mut Tx, id: &'t Id) -> futures::future::BoxFuture<'t, Result<Written<()>, Error>> {
    Box::pin(async move {
        let bill = by_id(tx, *id).await?;
        let event = issue_in(tx, &bill, Telling::People).await?;
        Ok(Written::new((), bill.tenant, event))
    })
}

/// Tells of a bill that is to be paid soon, once.
fn remind<'t>(tx: &'t mut Tx, id: &'t Id) -> futures::future::BoxFuture<'t, Result<Written<()>, Error>> {
    Box::pin(async move {
        let bill = by_id(tx, *id).await?;
        let Some(until) = bill.due_at.map(|due_at| due_at.plus_seconds(-1).day()) else { return Ok(Written::quiet(())) };
        let set = sql("UPDATE partner_bill SET is_reminded = 1 WHERE is_reminded = 0 AND state IN ('issued', 'partly_paid') AND id = ");
        let set = set.value(bill.id);
        if tx.execute(set).await? == 1 {
            tell(tx, bill.tenant, &Notice::BillDue { bill: bill.id, period: bill.period, open: bill.open(), until }).await?;
        }
        Ok(Written::quiet(()))
    })
}

fn fall_due<'t>(tx: &'t mut Tx, id: &'t Id) -> futures::future::BoxFuture<'t, Result<Written<()>, Error>> {
    Box::pin(async move {
        let bill = by_id(tx, *id).await?;
        let state = Step::FallDue.from(bill.state).ok_or_else(|| Error::WrongState { now: bill.state.label().into() })?;
        move_to(tx, &bill, state).await?;
        tell(tx, bill.tenant, &Notice::BillOverdue { bill: bill.id, period: bill.period, open: bill.open() }).await?;
        Ok(Written::new((), bill.tenant, Event::BillOverdue { bill: bill.id }))
    })
}

fn estimate_anew<'t>(tx: &'t mut Tx, id: &'t Id) -> futures::future::BoxFuture<'t, Result<Written<()>, Error>> {
    Box::pin(async move {
        let bill = by_id(tx, *id).await?;
        sum_up(tx, &bill).await?;
        Ok(Written::quiet(()))
    })
}

/// Another state, unless somebody was faster.
pub(super) async fn move_to(tx: &mut Tx, bill: &Bill, state: State) -> Result<(), Error> {
    let update = sql("UPDATE partner_bill SET version = version + 1, state = $1 WHERE id = $2 AND version = $3");
    match tx.execute(update.bind(state.key()).bind(bill.id).bind(bill.version)).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
