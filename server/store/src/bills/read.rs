//! A bill as its page shows it, with what stands around it: other periods, the trend, what is by product, payments.

use super::{ADJUSTMENT, BILL, Bill, of_period, pay::masking_is_confirmed, read_bill};
use crate::{
    access::Access,
    attachments::{self, AttachedFile},
    db::Db,
    sql::{Row, Sql, sql},
};
use domain::{
    Currency, Day, Error, Id, Moment, Money,
    access::CanSeeBill,
    attachment::{Attachment, Kind},
    bills::{Exact, LineKind, PERIODS_OFFERED, Period, Refusal, State, TREND_PERIODS},
    machine::Keyed as _,
};
use std::collections::BTreeMap;

/// Products and regions of one bill that a page lists.
const PARTS_MAX: i64 = 2_000;
/// Adjustments that are told with their reasons.
const REASONS_MAX: i64 = 20;
/// Days of one bill that are kept apart.
const DAYS_MAX: i64 = 400;
/// Payments of one bill that are listed.
const PAYMENTS_MAX: i64 = 100;

/// What a product comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductSum {
    /// Its name.
    pub name: String,
    /// Region and amount of each part, the largest first.
    pub regions: Vec<(String, Exact)>,
    /// Together.
    pub amount: Exact,
    /// The same a month before; none when there was nothing.
    pub before: Option<Exact>,
}

/// An adjustment with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// How much.
    pub amount: Exact,
    /// Why.
    pub text: String,
    /// What proves it, when it was entered with that.
    pub evidence: Option<Attachment>,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// When.
    pub at: Moment,
    /// How much.
    pub amount: Money,
    /// By whom.
    pub by: String,
}

/// A bar of the trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The month.
    pub period: Period,
    /// What was to be paid.
    pub due: Money,
    /// Where it stands.
    pub state: State,
}

/// What the page of a bill gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The period that is shown.
    pub period: Period,
    /// In this currency.
    pub currency: Currency,
    /// Its bill, if there is one.
    pub bill: Option<Bill>,
    /// Currencies in which the company has bills.
    pub currencies: Vec<Currency>,
    /// The newest periods with a bill, newest first.
    pub periods: Vec<(Period, State)>,
    /// The periods before and after the one that is shown that have a bill.
    pub beside: (Option<Period>, Option<Period>),
    /// Bills up to the one that is shown, oldest first.
    pub trend: Vec<Trend>,
    /// By product, the largest first.
    pub products: Vec<ProductSum>,
    /// How many refunds and adjustments there are.
    pub counts: (i64, i64),
    /// Adjustments with their reasons.
    pub reasons: Vec<Reason>,
    /// Payments, newest first.
    pub payments: Vec<Payment>,
    /// The caller has confirmed that files are masked.
    pub masking_confirmed: bool,
    /// By the business clock.
    pub now: Moment,
}

/// A bill, and what it has come to by each of its days, the first one first.
#[derive(Clone, Debug)]
pub struct Grown {
    /// The bill.
    pub bill: Bill,
    /// Up to the day that it reaches; the last is all of it. None where nothing was charged.
    pub days: Vec<Exact>,
}

/// This month's bill in yuan and the one before it, for home. Nothing where there is no bill of this month yet.
///
/// # Errors
/// The database does not answer.
pub async fn this_month(access: &Access<CanSeeBill>) -> Result<Option<(Grown, Option<Grown>)>, Error> {
    let (db, tenant) = (&access.store().db, access.tenant()?);
    let period = Period::of(access.now().day());
    let Some(now) = db.row(of_period(tenant, period, Currency::Cny)).await? else { return Ok(None) };
    let now = grown(db, read_bill(&now)?).await?;
    let before = match db.row(of_period(tenant, period.previous(), Currency::Cny)).await? {
        Some(before) => Some(grown(db, read_bill(&before)?).await?),
        None => None,
    };
    Ok(Some((now, before)))
}

async fn grown(db: &Db, bill: Bill) -> Result<Grown, Error> {
    let find = sql("SELECT name, amount_micros, amount_rest FROM partner_bill_sum WHERE axis = 'day' AND bill_id = ").value(bill.id);
    let rows = db.rows(find.and(" ORDER BY name").limit(DAYS_MAX)).await?;
    if rows.is_empty() {
        return Ok(Grown { bill, days: Vec::new() });
    }
    let first = bill.period.first();
    let last = bill.until.plus_seconds(-1).day().days_since(first).max(0);
    let mut days = vec![Exact::ZERO; usize::try_from(last).map_err(|_| Error::Broken)? + 1];
    for row in &rows {
        let number: i64 = row.text(0)?.parse().map_err(|_| Error::Broken)?;
        // What was charged before the month or after that day is a part of the bill, too.
        let place = (number - first.days_since(Day::FIRST)).clamp(0, last);
        let day = usize::try_from(place).ok().and_then(|place| days.get_mut(place)).ok_or(Error::Broken)?;
        *day = day.plus(Exact::of_parts(row.int(1)?, row.int(2)?)).ok_or(Error::Broken)?;
    }
    let mut sum = Exact::ZERO;
    for day in &mut days {
        sum = sum.plus(*day).ok_or(Error::Broken)?;
        *day = sum;
    }
    Ok(Grown { bill, days })
}

/// The bill of a period, or the newest one that is issued.
///
/// # Errors
/// `PERIOD_INVALID` for a month that has not begun; the database does not answer.
pub async fn show(access: &Access<CanSeeBill>, period: Option<Period>, currency: Option<Currency>) -> Result<Seen, Error> {
    let (db, tenant, now) = (&access.store().db, access.tenant()?, access.now());
    let currencies = currencies(db, tenant).await?;
    let currency = currency.or_else(|| currencies.first().copied()).unwrap_or(Currency::Cny);
    let this_month = Period::of(now.day());
    if period.is_some_and(|period| period > this_month) {
        return Err(Refusal::PeriodInvalid.into());
    }
    let all = all_bills(db, tenant, currency).await?;
    // An estimate is looked at on purpose; what is to be paid comes by itself.
    let newest_issued = all.iter().find(|bill| bill.state != State::Estimated).or(all.first()).map(|bill| bill.period);
    let period = period.or(newest_issued).unwrap_or_else(|| this_month.previous());
    let row = db.row(of_period(tenant, period, currency)).await?;
    let bill = row.as_ref().map(read_bill).transpose()?;
    let standing = access.caller().standing()?;
    let mut seen = Seen {
        period,
        currency,
        currencies,
        periods: all.iter().take(PERIODS_OFFERED).map(|bill| (bill.period, bill.state)).collect(),
        beside: beside(db, tenant, currency, period).await?,
        trend: trend(db, tenant, currency, period).await?,
        products: Vec::new(),
        counts: (0, 0),
        reasons: Vec::new(),
        payments: Vec::new(),
        masking_confirmed: db.row(masking_is_confirmed(tenant, standing.account)).await?.is_some(),
        now,
        bill,
    };
    if let Some(bill) = &seen.bill {
        seen.products = products(db, bill).await?;
        seen.counts = counts(db, bill.id).await?;
        seen.reasons = reasons(db, bill.id).await?;
        seen.payments = payments(db, bill).await?;
    }
    Ok(seen)
}

async fn currencies(db: &Db, tenant: Id) -> Result<Vec<Currency>, Error> {
    let find = sql("SELECT DISTINCT currency FROM partner_bill WHERE tenant_id = ").value(tenant).and(" ORDER BY currency LIMIT 10");
    Ok(db.rows(find).await?.iter().map(|row| row.key(0)).collect::<Result<_, _>>()?)
}

fn of_company(head: &'static str, tenant: Id, currency: Currency) -> Sql {
    sql(head).and(" WHERE b.tenant_id = ").value(tenant).and(" AND b.currency = ").value(currency.key())
}

async fn all_bills(db: &Db, tenant: Id, currency: Currency) -> Result<Vec<Bill>, Error> {
    let most = i64::try_from(PERIODS_OFFERED).unwrap_or(1);
    let rows = db.rows(of_company(BILL, tenant, currency).and(" ORDER BY b.period DESC").limit(most)).await?;
    rows.iter().map(read_bill).collect()
}

async fn beside(db: &Db, tenant: Id, currency: Currency, period: Period) -> Result<(Option<Period>, Option<Period>), Error> {
    let one = |find: Sql| async {
        let row = db.row(find.and(" LIMIT 1")).await?;
        let text = row.map(|row| row.text(0)).transpose()?;
        text.map(|text| text.parse().map_err(|_| Error::Broken)).transpose()
    };
    let find = || of_company("SELECT b.period FROM partner_bill b", tenant, currency);
    let before = one(find().and(" AND b.period < ").value(period.to_string()).and(" ORDER BY b.period DESC")).await?;
    let after = one(find().and(" AND b.period > ").value(period.to_string()).and(" ORDER BY b.period")).await?;
    Ok((before, after))
}

async fn trend(db: &Db, tenant: Id, currency: Currency, period: Period) -> Result<Vec<Trend>, Error> {
    let first = period.back(TREND_PERIODS - 1);
    let find = of_company(BILL, tenant, currency).and(" AND b.period >= ").value(first.to_string());
    let find = find.and(" AND b.period <= ").value(period.to_string()).and(" ORDER BY b.period");
    let rows = db.rows(find.limit(i64::try_from(TREND_PERIODS).unwrap_or(1))).await?;
    let bills: Vec<Bill> = rows.iter().map(read_bill).collect::<Result<_, _>>()?;
    Ok(bills.into_iter().map(|bill| Trend { period: bill.period, due: bill.due, state: bill.state }).collect())
}

/// Consumption by product and region of a bill.
pub(super) fn parts_of(bill: Id) -> Sql {
    let find =
        sql("SELECT name, part, lines, amount_micros, amount_rest FROM partner_bill_sum WHERE axis = 'product' AND kind = 'consumption'
        AND bill_id = ");
    find.value(bill).and(" ORDER BY name, part").limit(PARTS_MAX)
}

/// Products with their regions, the largest first.
pub(super) fn by_product(rows: &[Row]) -> Result<Vec<ProductSum>, Error> {
    let mut products: BTreeMap<String, Vec<(String, Exact)>> = BTreeMap::new();
    for row in rows {
        let part = (row.text(1)?, Exact::of_parts(row.int(3)?, row.int(4)?));
        products.entry(row.text(0)?).or_default().push(part);
    }
    let mut sums = Vec::new();
    for (name, mut regions) in products {
        regions.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let amount = regions.iter().try_fold(Exact::ZERO, |sum, (_, amount)| sum.plus(*amount)).ok_or(Error::Broken)?;
        sums.push(ProductSum { name, regions, amount, before: None });
    }
    sums.sort_by(|one, other| other.amount.cmp(&one.amount).then_with(|| one.name.cmp(&other.name)));
    Ok(sums)
}

async fn products(db: &Db, bill: &Bill) -> Result<Vec<ProductSum>, Error> {
    let mut sums = by_product(&db.rows(parts_of(bill.id)).await?)?;
    let Some(row) = db.row(of_period(bill.tenant, bill.period.previous(), bill.currency)).await? else { return Ok(sums) };
    let before = by_product(&db.rows(parts_of(read_bill(&row)?.id)).await?)?;
    for sum in &mut sums {
        sum.before = before.iter().find(|other| other.name == sum.name).map(|other| other.amount);
    }
    Ok(sums)
}

pub(super) async fn counts(db: &Db, bill: Id) -> Result<(i64, i64), Error> {
    let find = sql("SELECT kind, CAST(SUM(lines) AS BIGINT) FROM partner_bill_sum WHERE axis = 'product' AND bill_id = ").value(bill);
    let mut counts = (0, 0);
    for row in db.rows(find.and(" GROUP BY kind ORDER BY kind LIMIT 10")).await? {
        match row.key(0)? {
            LineKind::Consumption => {}
            LineKind::Refund => counts.0 = row.int(1)?,
            LineKind::Adjustment => counts.1 = row.int(1)?,
        }
    }
    Ok(counts)
}

pub(super) async fn reasons(db: &Db, bill: Id) -> Result<Vec<Reason>, Error> {
    let has =
        sql("SELECT 1 FROM partner_bill_sum WHERE axis = 'product' AND kind = 'adjustment' AND bill_id = ").value(bill).and(" LIMIT 1");
    if db.row(has).await?.is_none() {
        return Ok(Vec::new());
    }
    let find =
        sql("SELECT amount_micros, amount_rest, description, identity FROM partner_bill_line WHERE kind = 'adjustment' AND bill_id = ")
            .value(bill);
    let rows = db.rows(find.and(" ORDER BY no").limit(REASONS_MAX)).await?;
    let occasion = |row: &Row| Ok::<_, Error>(row.text(3)?.strip_prefix(ADJUSTMENT).and_then(|id| id.parse::<Id>().ok()));
    let occasions = rows.iter().map(occasion).collect::<Result<Vec<_>, _>>()?;
    let known: Vec<Id> = occasions.iter().copied().flatten().collect();
    let files = attachments::of_each(db, Kind::Adjustment, &known).await?;
    let read = |(row, occasion): (&Row, Option<Id>)| {
        let evidence = files.iter().find(|file| Some(file.object) == occasion).cloned();
        Ok(Reason { amount: Exact::of_parts(row.int(0)?, row.int(1)?), text: row.text(2)?, evidence })
    };
    rows.iter().zip(occasions).map(read).collect()
}

/// What proves an adjustment of the caller's company.
///
/// # Errors
/// `NotFound`.
pub async fn evidence(access: &Access<CanSeeBill>, adjustment: Id) -> Result<AttachedFile, Error> {
    attachments::file(&access.store().db, (Kind::Adjustment, adjustment), Some(access.tenant()?)).await
}

pub(super) async fn payments(db: &Db, bill: &Bill) -> Result<Vec<Payment>, Error> {
    let find = sql("SELECT at_us, amount_micros, account_name FROM bill_payment WHERE bill_id = ").value(bill.id);
    let rows = db.rows(find.and(" ORDER BY at_us DESC, id DESC").limit(PAYMENTS_MAX)).await?;
    let read =
        |row: &Row| Ok(Payment { at: row.moment(0)?, amount: Money { currency: bill.currency, micros: row.int(1)? }, by: row.text(2)? });
    rows.iter().map(read).collect()
}
