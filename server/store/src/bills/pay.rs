//! Paying a bill from the balance, and the notice before the first export.

use super::{BILL, Bill, Telling, of_period, read_bill, tell};
use crate::{
    access::Access,
    ledger,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Currency, Error, Id, Money,
    access::{CanExportBill, CanPayBill},
    bills::{Period, Refusal, State, payment},
    event::Event,
    ledger::{Account, Cause, CauseKind, FUNDS, Leg, Movement, Posting},
    machine::Keyed as _,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// Unpaid bills that home names.
const UNPAID_MAX: i64 = 20;

/// A payment as it was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPayment {
    /// Of the bill of this period.
    pub period: Period,
    /// And currency.
    pub currency: Currency,
    /// How much.
    pub amount: String,
}

/// A bill that is to be paid, and what there is to pay it from.
///
/// # Errors
/// `NO_BILL`, or the database does not answer.
pub async fn payable(access: &Access<CanPayBill>, period: Period, currency: Currency) -> Result<(Bill, Money), Error> {
    let (db, tenant) = (&access.store().db, access.tenant()?);
    let row = db.row(of_period(tenant, period, currency)).await?.ok_or(Refusal::NoBill)?;
    let balances = db.rows(funds(tenant, currency)).await?;
    let held: Vec<(Account, i64)> = balances.iter().map(|row| Ok((row.key(0)?, row.int(1)?))).collect::<Result<_, Error>>()?;
    Ok((read_bill(&row)?, sum(currency, &held)?))
}

/// Bills of which something is to be paid, the next deadline first.
///
/// # Errors
/// The database does not answer.
pub async fn unpaid(access: &Access<CanPayBill>) -> Result<Vec<Bill>, Error> {
    let open = State::ALL.iter().filter(|state| state.is_open()).map(|state| state.key()).collect::<Vec<_>>();
    let find = sql(BILL).and(" WHERE b.tenant_id = ").value(access.tenant()?).and(" AND b.state IN ").list(open);
    let rows = access.store().db.rows(find.and(" ORDER BY b.due_at_us, b.id").limit(UNPAID_MAX)).await?;
    rows.iter().map(read_bill).collect()
}

fn funds(tenant: Id, currency: Currency) -> crate::sql::Sql {
    let find = sql("SELECT kind, balance_micros FROM ledger_accounts WHERE book_id = ")
        .value(tenant)
        .and(" AND currency = ")
        .value(currency.key());
    find.and(" AND kind IN ").list(FUNDS.map(|fund| fund.key())).and(" ORDER BY kind LIMIT 3")
}

fn sum(currency: Currency, held: &[(Account, i64)]) -> Result<Money, Error> {
    Money::sum(currency, held.iter().map(|(_, micros)| Money { currency, micros: *micros })).ok_or(Error::Broken)
}

/// Pays something of a bill from the balance: the money that came first by its original path, rebates last.
///
/// # Errors
/// `NotFound`, `WrongState`, `AMOUNT_INVALID`, `AMOUNT_EXCEEDS`.
pub async fn pay(access: &Access<CanPayBill>, key: Key, new: NewPayment) -> Result<Money, Error> {
    let tenant = access.tenant()?;
    access.write(Some(key), (tenant, new), |tx, (tenant, new)| Box::pin(pay_in(tx, *tenant, new, Telling::People))).await
}

pub(super) async fn pay_in(tx: &mut Tx, tenant: Id, new: &NewPayment, telling: Telling) -> Result<Written<Money>, Error> {
    let row = tx.row(of_period(tenant, new.period, new.currency)).await?.ok_or(Error::NotFound)?;
    let bill = read_bill(&row)?;
    if !bill.state.is_open() {
        return Err(Error::WrongState { now: bill.state.label().into() });
    }
    let amount = payment(&new.amount, bill.open())?;
    let mut legs = taken(tx, tenant, amount).await?;
    legs.push(Leg { from: Account::Payable, to: Account::Receivable, amount });
    let (id, now, who) = (tx.new_id(), tx.now(), tx.caller().standing()?.name.clone());
    let cause = Cause { kind: CauseKind::BillPayment, id };
    let object = bill.period.to_string();
    let posted = ledger::post(tx, &Posting { partner: tenant, movement: Movement::BillPayment, cause, object, legs }).await?;
    let insert = sql("INSERT INTO bill_payment (tenant_id, id, bill_id, amount_micros, account_name, at_us, transaction_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let insert = insert.bind(tenant).bind(id).bind(bill.id).bind(amount.micros).bind(who).bind(now).bind(posted.transaction);
    tx.execute(insert).await?;
    let paid = bill.paid.plus(amount).ok_or(Error::Broken)?;
    let open = bill.due.minus(paid).ok_or(Error::Broken)?;
    let step = bill.state.paid_to(open.micros);
    let state = step.from(bill.state).ok_or_else(|| Error::WrongState { now: bill.state.label().into() })?;
    let update = sql("UPDATE partner_bill SET version = version + 1, state = $1, paid_micros = $2 WHERE id = $3 AND version = $4");
    if tx.execute(update.bind(state.key()).bind(paid.micros).bind(bill.id).bind(bill.version)).await? == 0 {
        return Err(Error::Stale);
    }
    if open.micros == 0 && telling == Telling::People {
        tell(tx, tenant, &Notice::BillPaid { bill: bill.id, period: bill.period, due: bill.due }).await?;
    }
    Ok(Written::new(amount, tenant, Event::BillPaid { bill: bill.id, payment: id, amount }))
}

/// From which funds the amount comes, in their order.
async fn taken(tx: &mut Tx, tenant: Id, amount: Money) -> Result<Vec<Leg>, Error> {
    let currency = amount.currency;
    let rows = tx.rows(funds(tenant, currency)).await?;
    let held: Vec<(Account, i64)> = rows.iter().map(|row| Ok((row.key(0)?, row.int(1)?))).collect::<Result<_, Error>>()?;
    let left = sum(currency, &held)?;
    if left.micros < amount.micros {
        return Err(Refusal::BalanceShort { left }.into());
    }
    let mut rest = amount.micros;
    let mut legs = Vec::new();
    for fund in FUNDS {
        let there = held.iter().find(|(account, _)| *account == fund).map_or(0, |(_, micros)| *micros);
        let micros = there.min(rest);
        if micros > 0 {
            legs.push(Leg { from: fund, to: Account::Revenue, amount: Money { currency, micros } });
            rest = rest.checked_sub(micros).ok_or(Error::Broken)?;
        }
    }
    Ok(legs)
}

/// Whoever exports knows that customers are masked in the file.
///
/// # Errors
/// The database does not answer.
pub async fn confirm_masking(access: &Access<CanExportBill>) -> Result<(), Error> {
    let standing = access.caller().standing()?;
    access
        .write(None, (standing.tenant, standing.account), |tx, (tenant, account)| {
            Box::pin(async move {
                let insert = sql("INSERT INTO bill_masking (tenant_id, account_id, at_us) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, account_id) DO NOTHING");
                let now = tx.now();
                match tx.execute(insert.bind(*tenant).bind(*account).bind(now)).await? {
                    0 => Ok(Written::quiet(())),
                    _ => Ok(Written::new((), *tenant, Event::MaskingConfirmed { account: *account })),
                }
            })
        })
        .await
}

/// The statement that finds whether somebody has confirmed.
pub(crate) fn masking_is_confirmed(tenant: Id, account: Id) -> crate::sql::Sql {
    sql("SELECT 1 FROM bill_masking WHERE tenant_id = ").value(tenant).and(" AND account_id = ").value(account).and(" LIMIT 1")
}
