//! What can be invoiced: paid consumption out of the bills, what is invoiced out of the requests, what is owed out of the ledger.

use super::{CURRENCY, money, period};
use crate::{access::Access, sql::sql, withdrawals::Asks};
use domain::{
    Day, Error, Id,
    access::CanManageInvoices,
    bills::Period,
    invoice::{Invoiceable, OwedRow, PaidPeriod, State, invoiceable},
    ledger::Account,
    machine::Keyed as _,
};
use std::collections::BTreeMap;

/// Periods of one company: a hundred years.
const PERIODS_MAX: i64 = 1_200;
/// Owed invoices that a page names.
const OWED_MAX: i64 = 50;

/// What can be invoiced, and the owed invoices that keep something of it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What can be invoiced.
    pub invoiceable: Invoiceable,
    /// Owed invoices, oldest first.
    pub owed: Vec<OwedRow>,
}

/// What a company can have invoiced on a day.
pub(super) async fn of<A: Asks>(ask: &mut A, partner: Id, today: Day) -> Result<Invoiceable, Error> {
    let paid = sql("SELECT period, paid_micros FROM partner_bill WHERE paid_micros > 0 AND tenant_id = ").value(partner);
    let paid = paid.and(" AND currency = ").value(CURRENCY.key()).and(" ORDER BY period DESC").limit(PERIODS_MAX);
    let taken = sql("SELECT p.period, CAST(SUM(p.amount_micros) AS BIGINT) FROM invoice_requests r JOIN invoice_request_parts p
        ON p.tenant_id = r.tenant_id AND p.request_id = r.id WHERE r.tenant_id = ")
    .value(partner);
    let taken = taken.and(" AND r.currency = ").value(CURRENCY.key()).and(" AND r.state IN ").list(State::TAKING.map(|state| state.key()));
    let mut invoiced: BTreeMap<Period, i64> = BTreeMap::new();
    for row in ask.ask(taken.and(" GROUP BY p.period ORDER BY p.period DESC").limit(PERIODS_MAX)).await? {
        invoiced.insert(period(&row.text(0)?)?, row.int(1)?);
    }
    let mut known = Vec::new();
    for row in ask.ask(paid).await? {
        let period = period(&row.text(0)?)?;
        known.push(PaidPeriod { period, paid_micros: row.int(1)?, invoiced_micros: invoiced.get(&period).copied().unwrap_or(0) });
    }
    let owed = sql("SELECT balance_micros FROM ledger_accounts WHERE book_id = ").value(partner).and(" AND currency = ");
    let owed = owed.value(CURRENCY.key()).and(" AND kind = ").value(Account::OwedInvoice.key()).and(" LIMIT 1");
    let owed = ask.ask(owed).await?.first().map_or(Ok(0), |row| row.int(0))?;
    invoiceable(CURRENCY, &known, owed, today).ok_or(Error::Broken)
}

/// What the caller's company can have invoiced, and what it owes.
///
/// # Errors
/// The database does not answer.
pub async fn summary(access: &Access<CanManageInvoices>) -> Result<Summary, Error> {
    let (mut store, partner) = (access.store(), access.tenant()?);
    let invoiceable = of(&mut store, partner, access.now().day()).await?;
    let owed = sql("SELECT t.object, MIN(t.at_us), CAST(SUM(e.amount_micros) AS BIGINT) FROM ledger_accounts a
        JOIN ledger_entries e ON e.account_id = a.id JOIN ledger_transactions t ON t.id = e.transaction_id WHERE a.kind = 'owed_invoice'
        AND a.book_id = ")
    .value(partner)
    .and(" AND a.currency = ")
    .value(CURRENCY.key());
    let owed = owed.and(" GROUP BY t.cause_kind, t.cause_id, t.object HAVING SUM(e.amount_micros) <> 0 ORDER BY MIN(t.at_us), t.object");
    let read = |row: &crate::sql::Row| Ok(OwedRow { number: row.text(0)?, since: row.moment(1)?, amount: money(row.int(2)?) });
    let owed = store.db.rows(owed.limit(OWED_MAX)).await?.iter().map(read).collect::<Result<_, Error>>()?;
    Ok(Summary { invoiceable, owed })
}
