//! Partner bills (domain.md F2): lines come in, an estimate is made of them, it is issued, paid, or falls overdue.
//!
//! A bill keeps what its lines come to (`partner_bill_sum`), so that its page reads no line; both are written together, and a bill that was
//! issued never changes. Money moves through `ledger::post` in the same write: `BillIssued` when it is issued, `BillPayment` for each payment.

mod ahead;
mod console;
mod import;
mod lines;
mod pay;
mod read;
mod run;
mod statement;
pub mod story;

pub use console::{Adjustment, Detail, adjust, console_evidence, detail, issue, page as console_page, remake};
pub use import::{Imported, Looked, OfPeriod, import, look};
pub(crate) use lines::rows as line_rows;
pub use lines::{customers, lines, plan, reveal};
pub(crate) use pay::masking_is_confirmed;
pub use pay::{NewPayment, confirm_masking, pay, payable, unpaid};
pub use read::{Grown, Payment, ProductSum, Reason, Seen, Trend, evidence, show, this_month};
pub use run::{charge, ring};
pub(crate) use statement::rows as statement_rows;

use crate::{
    db::Kind,
    dialect, ledger, messages,
    sql::{Row, Sql, Value, sql},
    write::Tx,
};
use domain::{
    Currency, Error, Id, Moment, Money,
    bills::{Exact, LineKind, Period, State, Step, Sums, TAX_PERCENT, due_day, issued_at, tax_inside},
    event::Event,
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
    machine::Keyed as _,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// Lines of one statement: SQLite takes 32,766 values.
const ROWS_TOGETHER: usize = 400;
/// People who are told of a company's bill.
const TOLD_MAX: i64 = 50;
/// Columns of a bill, in the order of `read_bill`.
macro_rules! columns {
    () => {
        "b.tenant_id, b.id, b.no, b.period, b.currency, b.version, b.state, b.consumption_micros, b.consumption_rest, b.refunds_micros, b.refunds_rest,
        b.adjustments_micros, b.adjustments_rest, b.due_micros, b.tax_micros, b.paid_micros, b.lines, b.customers, b.until_us, b.issued_at_us, b.due_at_us"
    };
}
const BILL: &str = concat!("SELECT ", columns!(), " FROM partner_bill b");
/// The same, and what the partner is called.
const BILL_AND_PARTNER: &str = concat!("SELECT ", columns!(), ", t.short_name FROM partner_bill b JOIN tenants t ON t.id = b.tenant_id");
/// Where the partner's name stands.
const PARTNER: usize = 21;

/// Whether people are told of what happens to a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Telling {
    /// They are.
    People,
    /// It happened long ago: a story that is played.
    Nobody,
}

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Whose.
    pub tenant: Id,
    /// Its id.
    pub id: Id,
    /// The number that people quote.
    pub number: String,
    /// The month.
    pub period: Period,
    /// Its one currency.
    pub currency: Currency,
    /// Counts its changes.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// What it is the sum of.
    pub sums: Sums,
    /// What is to be paid.
    pub due: Money,
    /// The tax inside that.
    pub tax: Money,
    /// What was paid.
    pub paid: Money,
    /// How many lines.
    pub lines: i64,
    /// How many customers consumed.
    pub customers: i64,
    /// Charges up to here are in it.
    pub until: Moment,
    /// When it was issued.
    pub issued_at: Option<Moment>,
    /// From here on it is overdue.
    pub due_at: Option<Moment>,
}

impl Bill {
    /// What is not paid yet.
    #[must_use]
    pub fn open(&self) -> Money {
        self.due.minus(self.paid).unwrap_or(Money::zero(self.currency))
    }
}

/// A line that comes in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewLine {
    /// What makes it itself: the same identity comes in once.
    pub identity: String,
    /// What it is.
    pub kind: LineKind,
    /// The customer's number.
    pub customer: String,
    /// The product.
    pub product: String,
    /// The region.
    pub region: String,
    /// The resource.
    pub resource: String,
    /// What the resource is called.
    pub resource_name: String,
    /// How it is billed.
    pub mode: String,
    /// The order or transaction.
    pub reference: String,
    /// What it is for, or why.
    pub description: String,
    /// When it was charged.
    pub at: Moment,
    /// By the list: micros, and what lies above them.
    pub list: (i64, i64),
    /// What a coupon paid, in micros.
    pub coupon_micros: i64,
    /// What it costs: micros, and what lies above them.
    pub amount: (i64, i64),
}

/// A customer as bills name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCustomer {
    /// The number.
    pub number: String,
    /// The full name.
    pub name: String,
    /// The account manager.
    pub manager: String,
}

fn read_bill(row: &Row) -> Result<Bill, Error> {
    let currency: Currency = row.key(4)?;
    let money = |micros| Money { currency, micros };
    let exact = |at: usize| Ok::<_, Error>(Exact::of_parts(row.int(at)?, row.int(at + 1)?));
    Ok(Bill {
        tenant: row.id(0)?,
        id: row.id(1)?,
        number: row.text(2)?,
        period: row.text(3)?.parse().map_err(|_| Error::Broken)?,
        currency,
        version: row.int(5)?,
        state: row.key(6)?,
        sums: Sums { consumption: exact(7)?, refunds: exact(9)?, adjustments: exact(11)? },
        due: money(row.int(13)?),
        tax: money(row.int(14)?),
        paid: money(row.int(15)?),
        lines: row.int(16)?,
        customers: row.int(17)?,
        until: row.moment(18)?,
        issued_at: row.maybe_int(19)?.map(Moment),
        due_at: row.maybe_int(20)?.map(Moment),
    })
}

/// The bill of a company's period.
fn of_period(tenant: Id, period: Period, currency: Currency) -> Sql {
    let find = sql(BILL).and(" WHERE b.tenant_id = ").value(tenant).and(" AND b.period = ").value(period.to_string());
    find.and(" AND b.currency = ").value(currency.key()).and(" LIMIT 1")
}

async fn by_id(tx: &mut Tx, id: Id) -> Result<Bill, Error> {
    let row = tx.row(sql(BILL).and(" WHERE b.id = ").value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    read_bill(&row)
}

/// The bill of a period; an estimate without lines is made where there is none.
async fn open(tx: &mut Tx, tenant: Id, period: Period, currency: Currency) -> Result<Bill, Error> {
    if let Some(row) = tx.row(of_period(tenant, period, currency)).await? {
        return read_bill(&row);
    }
    let find = sql("SELECT number FROM tenants WHERE id = ").value(tenant).and(" LIMIT 1");
    let partner = tx.row(find).await?.ok_or(Error::NotFound)?.text(0)?;
    let other = if currency == Currency::Cny { String::new() } else { format!("-{}", currency.key()) };
    let number = format!("ZD{}-{}{other}", period.to_string().replace('-', ""), partner.trim_start_matches('P'));
    let (id, now) = (tx.new_id(), tx.now());
    // A period that is long over is issued by a person: somebody has brought in what was before.
    let issues_at = Some(issued_at(period)).filter(|at| *at > now).map(|at| at.0);
    let insert = sql("INSERT INTO partner_bill (tenant_id, id, no, period, currency, version, state, consumption_micros, consumption_rest, refunds_micros,
        refunds_rest, adjustments_micros, adjustments_rest, due_micros, tax_micros, paid_micros, lines, customers, until_us, made_at_us, issues_at_us,
        issued_at_us, due_at_us) VALUES ($1, $2, $3, $4, $5, 1, 'estimated', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $6, $7, $8, NULL, NULL)");
    let insert = insert.bind(tenant).bind(id).bind(number).bind(period.to_string()).bind(currency.key());
    tx.insert_next(insert.bind(period.first().start()).bind(now).bind(issues_at)).await?;
    by_id(tx, id).await
}

/// Writes lines from a number on; gives how many were new.
async fn insert_lines(tx: &mut Tx, tenant: Id, bill: Id, first_no: i64, lines: &[NewLine]) -> Result<u64, Error> {
    let kind = tx.store().db.kind();
    let (mut new, mut no) = (0, first_no);
    for lines in lines.chunks(ROWS_TOGETHER) {
        let insert = Insert::of(kind, tenant, lines.iter());
        let count = insert.lines;
        new += insert.run(tx, bill, no).await?;
        no = no.saturating_add(count);
    }
    Ok(new)
}

/// A statement that writes lines, ready but for their bill and numbers: whoever reads a file ahead does not know them.
struct Insert {
    sql: Sql,
    lines: i64,
}

impl Insert {
    /// The columns of a line. The first two are missing.
    const COLUMNS: usize = 19;

    fn of<'a>(kind: Kind, tenant: Id, lines: impl Iterator<Item = &'a NewLine>) -> Self {
        let tenant = Value::from(tenant);
        let mut count = 0;
        let rows = lines.map(|line| {
            count += 1;
            line_row(tenant.clone(), line)
        });
        let insert = sql(dialect::insert_in_transaction(kind)).and("partner_bill_line (bill_id, no, tenant_id, identity, kind, customer, product, region,
            resource, resource_name, mode, reference, description, at_us, list_micros, list_rest, coupon_micros, amount_micros, amount_rest)");
        let sql = insert.rows(rows).and(" ON CONFLICT (tenant_id, identity) DO NOTHING");
        Self { sql, lines: count }
    }

    /// Writes the lines; gives how many were new.
    async fn run(mut self, tx: &mut Tx, bill: Id, first_no: i64) -> Result<u64, Error> {
        let bill = Value::from(bill);
        for (line, no) in (first_no..first_no.saturating_add(self.lines)).enumerate() {
            self.sql.put(line * Self::COLUMNS, bill.clone());
            self.sql.put(line * Self::COLUMNS + 1, no.into());
        }
        tx.execute(self.sql).await
    }
}

fn line_row(tenant: Value, line: &NewLine) -> Vec<Value> {
    let texts =
        [&line.customer, &line.product, &line.region, &line.resource, &line.resource_name, &line.mode, &line.reference, &line.description];
    let (list, amount) = (line.list, line.amount);
    let numbers = [line.at.0, list.0, list.1, line.coupon_micros, amount.0, amount.1];
    let mut row: Vec<Value> = Vec::with_capacity(Insert::COLUMNS);
    row.extend([Value::Text(None), Value::Int(None), tenant, (&line.identity).into(), line.kind.key().into()]);
    row.extend(texts.map(Value::from));
    row.extend(numbers.map(Value::from));
    row
}

async fn insert_customers(tx: &mut Tx, tenant: Id, customers: &[NewCustomer]) -> Result<(), Error> {
    for customers in customers.chunks(ROWS_TOGETHER) {
        let row = |customer: &NewCustomer| -> Vec<Value> {
            let NewCustomer { number, name, manager } = customer;
            vec![tenant.into(), number.into(), name.into(), manager.into(), "resale".into()]
        };
        let insert = sql("INSERT INTO bill_customers (tenant_id, number, name, manager, association)").rows(customers.iter().map(row));
        tx.execute(insert.and(" ON CONFLICT (tenant_id, number) DO NOTHING")).await?;
    }
    Ok(())
}

async fn next_no(tx: &mut Tx, bill: Id) -> Result<i64, Error> {
    let find = sql("SELECT COALESCE(MAX(no), 0) FROM partner_bill_line WHERE bill_id = ").value(bill);
    Ok(tx.row(find).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0) + 1)
}

/// Works out an estimate from its lines.
async fn sum_up(tx: &mut Tx, bill: &Bill) -> Result<Bill, Error> {
    if bill.state != State::Estimated {
        return Err(Error::WrongState { now: bill.state.label().into() });
    }
    tx.execute(sql("DELETE FROM partner_bill_sum WHERE bill_id = ").value(bill.id)).await?;
    let by_product = sql("INSERT INTO partner_bill_sum (bill_id, axis, name, part, kind, lines, amount_micros, amount_rest)
        SELECT bill_id, 'product', product, region, kind, COUNT(*), CAST(SUM(amount_micros) AS BIGINT), CAST(SUM(amount_rest) AS BIGINT)
        FROM partner_bill_line WHERE bill_id = ");
    tx.execute(by_product.value(bill.id).and(" GROUP BY bill_id, product, region, kind")).await?;
    let by_customer = sql("INSERT INTO partner_bill_sum (bill_id, axis, name, part, kind, lines, amount_micros, amount_rest)
        SELECT bill_id, 'customer', customer || '', '', kind, COUNT(*), CAST(SUM(amount_micros) AS BIGINT), CAST(SUM(amount_rest) AS BIGINT)
        FROM partner_bill_line WHERE bill_id = ");
    // All lines are read in their own order: SQLite would follow the index of customers, and look up each line by itself.
    tx.execute(by_customer.value(bill.id).and(" GROUP BY bill_id, customer || '', kind")).await?;
    let by_day = sql("INSERT INTO partner_bill_sum (bill_id, axis, name, part, kind, lines, amount_micros, amount_rest)
        SELECT bill_id, 'day', CAST((at_us + 28800000000) / 86400000000 AS TEXT), '', '', COUNT(*),
            CAST(SUM(amount_micros) AS BIGINT), CAST(SUM(amount_rest) AS BIGINT)
        FROM partner_bill_line WHERE bill_id = ");
    tx.execute(by_day.value(bill.id).and(" GROUP BY bill_id, (at_us + 28800000000) / 86400000000")).await?;
    let find = sql("SELECT kind, CAST(SUM(lines) AS BIGINT), CAST(SUM(amount_micros) AS BIGINT), CAST(SUM(amount_rest) AS BIGINT)
        FROM partner_bill_sum WHERE bill_id = ");
    let (mut sums, mut lines) = (Sums::default(), 0);
    for row in tx.rows(find.value(bill.id).and(" AND axis = 'product' GROUP BY kind ORDER BY kind LIMIT 10")).await? {
        sums = sums.with(row.key(0)?, Exact::of_parts(row.int(2)?, row.int(3)?)).ok_or(Error::Broken)?;
        lines += row.int(1)?;
    }
    let find = sql("SELECT COUNT(*) FROM partner_bill_sum WHERE axis = 'customer' AND kind = 'consumption' AND bill_id = ").value(bill.id);
    let customers = tx.row(find).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let due = sums.due(bill.currency).ok_or(Error::Broken)?;
    let until = tx.now().day().start().min(bill.period.last().end()).max(bill.period.first().start());
    let update = sql("UPDATE partner_bill SET version = version + 1, consumption_micros = $1, consumption_rest = $2, refunds_micros = $3, refunds_rest = $4,
        adjustments_micros = $5, adjustments_rest = $6, due_micros = $7, tax_micros = $8, lines = $9, customers = $10, until_us = $11
        WHERE id = $12 AND version = $13");
    let parts = [sums.consumption, sums.refunds, sums.adjustments].map(Exact::parts);
    let update = parts
        .into_iter()
        .try_fold(update, |update, parts| parts.map(|(micros, rest)| update.bind(micros).bind(rest)))
        .ok_or(Error::Broken)?;
    let tax = tax_inside(due, TAX_PERCENT);
    let update = update.bind(due.micros).bind(tax.micros).bind(lines).bind(customers).bind(until).bind(bill.id).bind(bill.version);
    if tx.execute(update).await? == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, bill.id).await
}

/// Issues an estimate as it is now: what is to be paid stands in the ledger from here on.
async fn issue_in(tx: &mut Tx, bill: &Bill, telling: Telling) -> Result<Event, Error> {
    let bill = sum_up(tx, bill).await?;
    let now = tx.now();
    let step = if bill.due.micros == 0 { Step::Settle } else { Step::Issue };
    let state = step.from(bill.state).ok_or_else(|| Error::WrongState { now: bill.state.label().into() })?;
    let until = due_day(bill.period, now.day());
    let update = sql("UPDATE partner_bill SET version = version + 1, state = $1, issued_at_us = $2, due_at_us = $3, issues_at_us = NULL
        WHERE id = $4 AND version = $5");
    let update = update.bind(state.key()).bind(now).bind(until.end()).bind(bill.id).bind(bill.version);
    if tx.execute(update).await? == 0 {
        return Err(Error::Stale);
    }
    if bill.due.micros > 0 {
        let legs = vec![Leg { from: Account::Receivable, to: Account::Payable, amount: bill.due }];
        let cause = Cause { kind: CauseKind::Bill, id: bill.id };
        let object = bill.period.to_string();
        ledger::post(tx, &Posting { partner: bill.tenant, movement: Movement::BillIssued, cause, object, legs }).await?;
    }
    carry(tx, &bill).await?;
    if telling == Telling::People {
        tell(tx, bill.tenant, &Notice::BillIssued { bill: bill.id, period: bill.period, due: bill.due, until }).await?;
    }
    Ok(Event::BillIssued { bill: bill.id, period: bill.period.to_string(), due: bill.due })
}

/// A total below zero goes into the next bill as an adjustment (F2).
async fn carry(tx: &mut Tx, bill: &Bill) -> Result<(), Error> {
    let total = bill.sums.total().ok_or(Error::Broken)?;
    if !total.is_negative() {
        return Ok(());
    }
    let identity = format!("carried/{}", bill.id);
    let line = adjustment_line(tx, identity, total.parts().ok_or(Error::Broken)?, format!("{} 账单余额结转", bill.period));
    add_to_estimate(tx, bill.tenant, bill.period.next(), bill.currency, line).await.map(|_| ())
}

/// What the identity of an adjustment that was entered begins with; its id follows.
const ADJUSTMENT: &str = "adjustment/";

fn adjustment_line(tx: &Tx, identity: String, amount: (i64, i64), reason: String) -> NewLine {
    NewLine {
        identity,
        kind: LineKind::Adjustment,
        customer: String::new(),
        product: String::new(),
        region: String::new(),
        resource: String::new(),
        resource_name: String::new(),
        mode: String::new(),
        reference: String::new(),
        description: reason,
        at: tx.now(),
        list: amount,
        coupon_micros: 0,
        amount,
    }
}

/// Adds a line to the estimate of a period, or of the first one after it that is not issued.
async fn add_to_estimate(tx: &mut Tx, tenant: Id, from: Period, currency: Currency, line: NewLine) -> Result<Bill, Error> {
    let mut bill = open(tx, tenant, from, currency).await?;
    while bill.state != State::Estimated {
        bill = open(tx, tenant, bill.period.next(), currency).await?;
    }
    let no = next_no(tx, bill.id).await?;
    insert_lines(tx, tenant, bill.id, no, &[line]).await?;
    sum_up(tx, &bill).await
}

/// Administrators and finance clerks of a company are told of its bills (domain.md 4.5).
async fn tell(tx: &mut Tx, tenant: Id, notice: &Notice) -> Result<(), Error> {
    let find = sql("SELECT id FROM accounts WHERE state = 'active' AND tenant_id = ").value(tenant);
    let find = find.and(
        " AND (',' || roles || ',' LIKE '%,administrator,%' OR ',' || roles || ',' LIKE '%,finance_clerk,%') ORDER BY created_at_us, id",
    );
    let people: Vec<Id> = tx.rows(find.limit(TOLD_MAX)).await?.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?;
    messages::tell(tx, notice, &people).await
}
