//! The lines and the customers of a bill as lists, and the lines as rows of a file. Customers are masked; searching never matches what is hidden.

use super::{Bill, of_period, read_bill};
use crate::{
    access::Access,
    db::{Db, Kind},
    dialect,
    exports::{Count, Value},
    lists::{checked, chosen, exact_range, file_columns, in_days, mentioned},
    sql::{Row, Sql, sql},
    write::Written,
};
use domain::{
    Currency, Error, Id, Lang,
    access::{CanExportBill, CanSeeBill, CanSeeEveryCustomer, Permission},
    bills::{
        BILL_CUSTOMERS, BILL_LINES, CustomerPage, CustomerRow, Exact, LineKind, LinePage, LineRow, Names, Sums, masked_company, period_of,
    },
    event::Event,
    list::{Asked, List},
    machine::Keyed as _,
    text,
};
use tokio::sync::mpsc;

const ROW: &str = "SELECT l.no, l.product, l.customer, COALESCE(c.name, ''), l.resource, l.kind, l.region, l.at_us, l.amount_micros, l.amount_rest,
    COALESCE(c.manager, ''), COALESCE(c.association, ''), l.resource_name, l.mode, l.reference, l.description, l.list_micros, l.list_rest, l.coupon_micros
    FROM ";
const LINES: &str = "partner_bill_line l LEFT JOIN bill_customers c ON c.tenant_id = l.tenant_id AND c.number = l.customer";
const SUM: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(l.amount_micros), 0) AS BIGINT), CAST(COALESCE(SUM(l.amount_rest), 0) AS BIGINT)
    FROM partner_bill_line l";
const KEPT_SUM: &str = "SELECT CAST(COALESCE(SUM(s.lines), 0) AS BIGINT), CAST(COALESCE(SUM(s.amount_micros), 0) AS BIGINT),
    CAST(COALESCE(SUM(s.amount_rest), 0) AS BIGINT) FROM partner_bill_sum s";
const NO: &str = "SELECT l.no FROM partner_bill_line l";
const RESALE: domain::Text = text("代售", "Resale");

/// The bill that a question is about: of the period and currency it names, or the newest one that is issued.
async fn bill_of<P: Permission>(access: &Access<P>, asked: &Asked) -> Result<Option<Bill>, Error> {
    let (db, tenant) = (&access.store().db, access.tenant()?);
    let currency = asked.chosen("currency").next().and_then(Currency::read);
    if let (Some(period), Some(currency)) = (period_of(asked), currency) {
        return db.row(of_period(tenant, period, currency)).await?.as_ref().map(read_bill).transpose();
    }
    let find = sql(super::BILL).and(" WHERE b.tenant_id = ").value(tenant);
    let find = currency.into_iter().fold(find, |find, currency| find.and(" AND b.currency = ").value(currency.key()));
    let find = match period_of(asked) {
        Some(period) => find.and(" AND b.period = ").value(period.to_string()).and(" ORDER BY b.currency"),
        None => find.and(" ORDER BY CASE WHEN b.state = 'estimated' THEN 1 ELSE 0 END, b.period DESC, b.currency"),
    };
    db.row(find.and(" LIMIT 1")).await?.as_ref().map(read_bill).transpose()
}

/// The question as it was answered: it names period and currency, so that its address and its file say them.
fn named(list: &'static List, asked: Asked, bill: &Bill) -> Asked {
    let page = asked.page;
    let asked = asked.only("period", Some(&bill.period.to_string()));
    let asked =
        if bill.currency == Currency::Cny { asked.only("currency", None) } else { asked.only("currency", Some(bill.currency.key())) };
    // In the order of the declaration, as an address is written.
    list.read(&list.write(&asked.on_page(page)))
}

/// The lines that a question asks for.
///
/// # Errors
/// `TOO_LONG`, `AMOUNT_INVALID`, a reversed range, or the database does not answer.
pub async fn lines(access: &Access<CanSeeBill>, asked: Asked, names: Names) -> Result<LinePage, Error> {
    checked(&asked)?;
    let (db, today) = (&access.store().db, access.now().day());
    let Some(bill) = bill_of(access, &asked).await? else {
        let currency = Currency::Cny;
        return Ok(LinePage {
            asked,
            rows: Vec::new(),
            total: 0,
            sum: String::new(),
            plain: String::new(),
            currency,
            period: String::new(),
            today,
        });
    };
    let asked = named(&BILL_LINES, asked, &bill);
    let (total, sum) = counted(db, &bill, &asked).await?;
    let rows = db.rows(of_page(Sql::default(), db.kind(), bill.id, &asked)?).await?;
    Ok(LinePage {
        rows: rows.iter().map(|row| line(row, names)).collect::<Result<_, _>>()?,
        total,
        sum: sum.to_string(),
        plain: sum.plain(),
        currency: bill.currency,
        period: bill.period.to_string(),
        today,
        asked,
    })
}

/// Writes down that the caller looks at the whole names of a bill's customers, in this list and for this question; gives the question as it
/// is answered, with the bill it is about. A clerk who sees bills has no reach to customers (domain.md 1.1), so it takes both rights.
///
/// # Errors
/// As `lines`; `NotFound` without such a bill.
pub async fn reveal(
    access: &Access<CanSeeBill>,
    _reach: &Access<CanSeeEveryCustomer>,
    list: &'static List,
    asked: Asked,
) -> Result<Asked, Error> {
    checked(&asked)?;
    let bill = bill_of(access, &asked).await?.ok_or(Error::NotFound)?;
    let asked = named(list, asked, &bill);
    let (period, name, query) = (bill.period.to_string(), list.name.to_owned(), list.write(&asked));
    let event = Event::CustomersRevealed { bill: bill.id, period, list: name, query };
    let work = (bill.tenant, event);
    access.write(None, work, |_, (tenant, event)| Box::pin(async { Ok(Written::new((), *tenant, event.clone())) })).await?;
    Ok(asked)
}

/// How many lines match and what they come to. Without a filter the bill itself says so, and what it keeps sums of is not added up again.
async fn counted(db: &Db, bill: &Bill, asked: &Asked) -> Result<(i64, Exact), Error> {
    if is_whole(asked) {
        return Ok((bill.lines, bill.sums.total().ok_or(Error::Broken)?));
    }
    let find = match kept(bill.id, asked) {
        Some(find) => find,
        None => matching(sql(SUM), db.kind(), bill.id, asked)?,
    };
    let row = db.row(find).await?.ok_or(Error::Broken)?;
    Ok((row.int(0)?, Exact::of_parts(row.int(1)?, row.int(2)?)))
}

/// Nothing but the bill is chosen.
fn is_whole(asked: &Asked) -> bool {
    let of_rows = |(key, _): &(String, String)| key != "period" && key != "currency";
    !asked.chosen.iter().any(of_rows) && is_chosen_only(asked)
}

/// Nothing narrows the list but what is chosen.
fn is_chosen_only(asked: &Asked) -> bool {
    asked.days.is_open() && asked.amounts.is_open() && asked.keyword.is_empty()
}

fn has(asked: &Asked, filter: &str) -> bool {
    asked.chosen(filter).next().is_some()
}

/// The same from the sums that are kept by product, region and type, and by customer and type; none when they do not say it.
fn kept(bill: Id, asked: &Asked) -> Option<Sql> {
    let (axis, name) = match (has(asked, "product") || has(asked, "region"), has(asked, "customer")) {
        (true, true) => return None,
        (_, false) => (" AND s.axis = 'product'", "product"),
        (false, true) => (" AND s.axis = 'customer'", "customer"),
    };
    let find = chosen(sql(KEPT_SUM).and(" WHERE s.bill_id = ").value(bill).and(axis), "s.name", asked, name);
    let find = chosen(chosen(find, "s.part", asked, "region"), "s.kind", asked, "type");
    is_chosen_only(asked).then_some(find)
}

fn matching(head: Sql, kind: Kind, bill: Id, asked: &Asked) -> Result<Sql, Error> {
    let sql = of_types(head.and(" WHERE l.bill_id = ").value(bill), asked);
    let sql = [("product", "l.product"), ("region", "l.region"), ("customer", "l.customer")]
        .into_iter()
        .fold(sql, |sql, (filter, column)| chosen(sql, column, asked, filter));
    let sql = exact_range(in_days(sql, "l.at_us", asked.days), "l.amount_micros", "l.amount_rest", asked)?;
    Ok(mentioned(sql, kind, &["l.product", "l.resource", "l.reference", "l.customer", "l.region"], asked))
}

/// Most lines are consumption; an index of the others is found by those who say that they want no consumption.
fn of_types(sql: Sql, asked: &Asked) -> Sql {
    let is_of_others = has(asked, "type") && asked.chosen("type").all(|key| key != LineKind::Consumption.key());
    let sql = chosen(sql, "l.kind", asked, "type");
    if is_of_others { sql.and(" AND l.kind <> 'consumption'") } else { sql }
}

/// The lines of a page. What is skipped is counted off in the index and never read.
fn of_page(head: Sql, kind: Kind, bill: Id, asked: &Asked) -> Result<Sql, Error> {
    let numbers = numbers_of_page(head.and(ROW).and("("), kind, bill, asked)?;
    let lines = numbers.and(dialect::THEN).and(LINES).and(" WHERE l.bill_id = ").value(bill);
    Ok(lines.and(" AND l.no = p.no").and(order(asked)))
}

/// `head` with the numbers of the lines of a page.
fn numbers_of_page(head: Sql, kind: Kind, bill: Id, asked: &Asked) -> Result<Sql, Error> {
    let sql = matching(head.and(NO), kind, bill, asked)?;
    Ok(sql.and(order(asked)).limit(asked.size.into()).offset(asked.skipped()))
}

fn order(asked: &Asked) -> &'static str {
    match asked.sort_key() {
        ("at", true) => " ORDER BY l.at_us DESC, l.no DESC",
        ("at", false) => " ORDER BY l.at_us, l.no",
        (_, true) => " ORDER BY l.amount_micros DESC, l.amount_rest DESC, l.no DESC",
        (_, false) => " ORDER BY l.amount_micros, l.amount_rest, l.no",
    }
}

/// How the database finds a page: tests read it.
///
/// # Errors
/// As `lines`.
pub async fn plan(access: &Access<CanSeeBill>, asked: Asked) -> Result<Vec<String>, Error> {
    let db = &access.store().db;
    let bill = bill_of(access, &asked).await?.ok_or(Error::NotFound)?;
    let (explain, column) = dialect::explain(db.kind());
    let rows = db.rows(of_page(sql(explain), db.kind(), bill.id, &asked)?).await?;
    rows.iter().map(|row| Ok(row.text(column)?)).collect()
}

fn line(row: &Row, names: Names) -> Result<LineRow, Error> {
    let amount = Exact::of_parts(row.int(8)?, row.int(9)?);
    Ok(LineRow {
        no: row.int(0)?,
        product: row.text(1)?,
        customer: named_customer(&row.text(2)?, names.company(&row.text(3)?)),
        resource: row.text(4)?,
        kind: row.key(5)?,
        region: row.text(6)?,
        at: row.moment(7)?,
        amount: amount.to_string(),
        plain: amount.plain(),
    })
}

/// The name, and the number that says which customer it is.
fn named_customer(number: &str, name: String) -> String {
    match (number, name) {
        ("", _) => String::new(),
        (number, name) if name.is_empty() => number.to_owned(),
        (number, name) => format!("{name} ({number})"),
    }
}

/// The same lines for a file.
///
/// # Errors
/// As `lines`; `NO_BILL`.
pub(crate) async fn rows(
    access: &Access<CanExportBill>,
    asked: Asked,
    lang: Lang,
    count: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    checked(&asked)?;
    let db = &access.store().db;
    let bill = bill_of(access, &asked).await?.ok_or(domain::bills::Refusal::NoBill)?;
    let mut snapshot = db.snapshot().await?;
    let row = snapshot.row(matching(sql(SUM), db.kind(), bill.id, &asked)?).await?.ok_or(Error::Broken)?;
    if count.send(row.int(0)?).is_err() {
        return Ok(());
    }
    let columns = file_columns(&BILL_LINES);
    let values = |row: &Row| columns.iter().map(|key| value(row, key, &bill, lang)).collect();
    snapshot.send(matching(sql(ROW).and(LINES), db.kind(), bill.id, &asked)?.and(order(&asked)), values, &out).await
}

fn value(row: &Row, key: &str, bill: &Bill, lang: Lang) -> Result<Value, Error> {
    let text = |column: usize| row.text(column).map(Value::Text);
    let amount = Exact::of_parts(row.int(8)?, row.int(9)?);
    let list = Exact::of_parts(row.int(16)?, row.int(17)?);
    let coupon = Exact::of_parts(row.int(18)?, 0);
    let kind: LineKind = row.key(5)?;
    Ok(match key {
        "period" => Value::Text(bill.period.to_string()),
        "product" => text(1)?,
        "customer" => Value::Text(masked_company(&row.text(3)?)),
        "customer_id" => text(2)?,
        "manager" => text(10)?,
        "association" => Value::Text(if row.text(11)?.is_empty() { String::new() } else { RESALE.at(lang).to_owned() }),
        "resource" => text(4)?,
        "resource_name" => text(12)?,
        "mode" => text(13)?,
        "reference" => text(14)?,
        "type" => Value::Text(kind.label().at(lang).to_owned()),
        "region" => text(6)?,
        "at" => Value::Moment(row.moment(7)?),
        "list" => Value::Exact(list),
        "discount" => Value::Exact(list.minus(coupon).and_then(|rest| rest.minus(amount)).ok_or(Error::Broken)?),
        "coupon" => Value::Exact(coupon),
        // A prepaid balance pays; there is no credit in this edition (domain.md 1.3).
        "cash" | "amount" => Value::Exact(amount),
        "credit" => Value::Exact(Exact::ZERO),
        "currency" => Value::Text(bill.currency.key().to_owned()),
        "description" => text(15)?,
        _ => Value::Empty,
    })
}

const CUSTOMER: &str = "SELECT s.name, COALESCE(c.name, ''), CAST(SUM(s.lines) AS BIGINT),
    CAST(SUM(CASE WHEN s.kind = 'consumption' THEN s.amount_micros ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN s.kind = 'consumption' THEN s.amount_rest ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN s.kind = 'refund' THEN s.amount_micros ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN s.kind = 'refund' THEN s.amount_rest ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN s.kind = 'adjustment' THEN s.amount_micros ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN s.kind = 'adjustment' THEN s.amount_rest ELSE 0 END) AS BIGINT)
    FROM partner_bill_sum s LEFT JOIN bill_customers c ON c.number = s.name AND c.tenant_id = ";

/// Customers of a bill with their sums.
pub(super) fn customers_of(bill: &Bill) -> Sql {
    sql(CUSTOMER).value(bill.tenant).and(" WHERE s.axis = 'customer' AND s.bill_id = ").value(bill.id)
}

/// The largest first, or last.
pub(super) const fn customer_order(down: bool) -> &'static str {
    if down {
        " GROUP BY s.name, c.name ORDER BY SUM(s.amount_micros) + SUM(s.amount_rest) / 1000000000 DESC, s.name"
    } else {
        " GROUP BY s.name, c.name ORDER BY SUM(s.amount_micros) + SUM(s.amount_rest) / 1000000000, s.name"
    }
}

/// Number, full name, lines and sums of a customer.
pub(super) fn customer_of(row: &Row) -> Result<(String, String, i64, Sums), Error> {
    let exact = |at: usize| Ok::<_, Error>(Exact::of_parts(row.int(at)?, row.int(at + 1)?));
    let sums = Sums { consumption: exact(3)?, refunds: exact(5)?, adjustments: exact(7)? };
    Ok((row.text(0)?, row.text(1)?, row.int(2)?, sums))
}

/// The customers of a bill.
///
/// # Errors
/// `TOO_LONG`, or the database does not answer.
pub async fn customers(access: &Access<CanSeeBill>, asked: Asked, names: Names) -> Result<CustomerPage, Error> {
    checked(&asked)?;
    let (db, today) = (&access.store().db, access.now().day());
    let Some(bill) = bill_of(access, &asked).await? else {
        return Ok(CustomerPage { asked, rows: Vec::new(), total: 0, currency: Currency::Cny, period: String::new(), today });
    };
    let asked = named(&BILL_CUSTOMERS, asked, &bill);
    let count = sql("SELECT COUNT(DISTINCT s.name) FROM partner_bill_sum s WHERE s.axis = 'customer' AND s.bill_id = ").value(bill.id);
    let total = db.row(mentioned(count, db.kind(), &["s.name"], &asked)).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let find = mentioned(customers_of(&bill), db.kind(), &["s.name"], &asked).and(customer_order(asked.sort_key().1));
    let rows = db.rows(find.limit(asked.size.into()).offset(asked.skipped())).await?;
    let rows = rows.iter().map(|row| {
        let (number, name, lines, sums) = customer_of(row)?;
        let total = sums.total().ok_or(Error::Broken)?;
        let amounts = [sums.consumption, sums.refunds, sums.adjustments, total].map(|amount| (amount.to_string(), amount.plain()));
        Ok::<_, Error>(CustomerRow { name: names.company(&name), number, lines, amounts: amounts.to_vec() })
    });
    let rows = rows.collect::<Result<_, _>>()?;
    Ok(CustomerPage { rows, total, currency: bill.currency, period: bill.period.to_string(), today, asked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_named_by_its_number_and_by_its_whole_name_only_when_the_eye_is_open() {
        let shown = |names: Names, number, name| named_customer(number, names.company(name));
        assert_eq!(shown(Names::Masked, "KH0001", "杭州云栖精密零部件有限公司"), "杭州**有限公司 (KH0001)");
        assert_eq!(shown(Names::Whole, "KH0001", "杭州云栖精密零部件有限公司"), "杭州云栖精密零部件有限公司 (KH0001)");
        for names in [Names::Masked, Names::Whole] {
            assert_eq!(shown(names, "KH0001", ""), "KH0001");
            assert_eq!(shown(names, "", ""), "");
        }
    }
}
