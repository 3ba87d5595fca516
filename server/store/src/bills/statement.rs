//! The statement of a bill as rows of a file: whose and until when, the sum, and its parts by product and by customer, each adding up to it.

use super::{
    Bill,
    lines::{customer_of, customer_order, customers_of},
    of_period,
    read::{by_product, parts_of},
    read_bill,
};
use crate::{
    access::Access,
    db::Snapshot,
    exports::{Count, Value},
    sql::sql,
};
use domain::{
    Currency, Error, Lang, Text,
    access::CanExportBill,
    bills::{Exact, Refusal, masked_company, period_of},
    list::Asked,
    machine::Keyed as _,
    text,
    text::grouped,
};
use tokio::sync::mpsc;

/// Customers of one statement; more are a file of lines.
const CUSTOMERS_MAX: i64 = 20_000;

const BILL: Text = text("账单", "Bill");
const SUM: Text = text("汇总", "Sum");
const BY_PRODUCT: Text = text("按产品", "By product");
const BY_CUSTOMER: Text = text("按客户", "By customer");
const PARTNER: Text = text("伙伴", "Partner");
const NUMBER: Text = text("账单编号", "Number");
const PERIOD: Text = text("账期", "Period");
const ENTITY: Text = text("签约主体", "Contracting entity");
const STATE: Text = text("状态", "State");
const ISSUED: Text = text("出账时间", "Issued");
const DUE_DAY: Text = text("到期日", "Due date");
const CONSUMPTION: Text = text("消费", "Consumption");
const REFUNDS: Text = text("退款", "Refunds");
const ADJUSTMENTS: Text = text("调账", "Adjustments");
const TOTAL: Text = text("合计", "Total");
const DROPPED: Text = text("抹零", "Dropped remainder");
const DUE: Text = text("应付金额", "Amount due");
const DUE_CAPITALS: Text = text("应付金额（大写）", "Amount due, in words");
const TAX: Text = text("其中销项税（含税）", "Tax inside");
const PAID: Text = text("已付", "Paid");
const NO_CUSTOMER: Text = text("未归属客户", "Of no customer");

/// The rows of a statement.
///
/// # Errors
/// `NO_BILL`, or the database does not answer.
pub(crate) async fn rows(
    access: &Access<CanExportBill>,
    asked: Asked,
    lang: Lang,
    count: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    let (tenant, company) = (access.tenant()?, access.caller().standing()?.company.clone());
    let period = period_of(&asked).ok_or(Refusal::PeriodInvalid)?;
    let currency = asked.chosen("currency").next().and_then(Currency::read).unwrap_or(Currency::Cny);
    let mut snapshot = access.store().db.snapshot().await?;
    let row = snapshot.row(of_period(tenant, period, currency)).await?.ok_or(Refusal::NoBill)?;
    let bill = read_bill(&row)?;
    let vendor = snapshot.row(sql("SELECT name FROM tenants WHERE side = 'vendor' ORDER BY number LIMIT 1")).await?;
    let vendor = vendor.map(|row| row.text(0)).transpose()?.unwrap_or_default();
    let mut rows = facts(&bill, company, vendor, lang);
    rows.extend(sums(&bill, lang)?);
    rows.extend(products(&mut snapshot, &bill, lang).await?);
    rows.extend(of_customers(&mut snapshot, &bill, lang).await?);
    if count.send(i64::try_from(rows.len()).unwrap_or(i64::MAX)).is_err() {
        return Ok(());
    }
    out.send(rows).await.ok();
    Ok(())
}

/// Part, item, note; the amount stands in the column of the part.
fn row(part: &str, item: &str, note: String, amounts: [Option<Exact>; 3]) -> Vec<Value> {
    let texts = [part.to_owned(), item.to_owned(), note].map(Value::Text);
    texts.into_iter().chain(amounts.map(|amount| amount.map_or(Value::Empty, Value::Exact))).collect()
}

fn facts(bill: &Bill, company: String, vendor: String, lang: Lang) -> Vec<Vec<Value>> {
    let time = bill.issued_at.map(|at| at.to_seconds()).unwrap_or_default();
    // The last day, not the moment behind it.
    let until = bill.due_at.map(|at| at.plus_seconds(-1).day().to_string()).unwrap_or_default();
    let facts = [
        (PARTNER, company),
        (NUMBER, bill.number.clone()),
        (PERIOD, bill.period.to_string()),
        (ENTITY, vendor),
        (STATE, bill.state.label().at(lang).to_owned()),
        (ISSUED, time),
        (DUE_DAY, until),
    ];
    facts.into_iter().map(|(label, value)| row(BILL.at(lang), label.at(lang), value, [None; 3])).collect()
}

fn sums(bill: &Bill, lang: Lang) -> Result<Vec<Vec<Value>>, Error> {
    let total = bill.sums.total().ok_or(Error::Broken)?;
    let dropped = Exact::of(bill.due).minus(total).ok_or(Error::Broken)?;
    let mut amounts = vec![
        (CONSUMPTION, bill.sums.consumption),
        (REFUNDS, bill.sums.refunds),
        (ADJUSTMENTS, bill.sums.adjustments),
        (TOTAL, total),
        (DUE, Exact::of(bill.due)),
        (TAX, Exact::of(bill.tax)),
        (PAID, Exact::of(bill.paid)),
    ];
    if dropped != Exact::ZERO {
        amounts.insert(4, (DROPPED, dropped));
    }
    let note = bill.currency.key().to_owned();
    let mut rows: Vec<_> =
        amounts.into_iter().map(|(label, amount)| row(SUM.at(lang), label.at(lang), note.clone(), [Some(amount), None, None])).collect();
    rows.extend(bill.due.capitals().map(|words| row(SUM.at(lang), DUE_CAPITALS.at(lang), words, [None; 3])));
    Ok(rows)
}

async fn products(snapshot: &mut Snapshot, bill: &Bill, lang: Lang) -> Result<Vec<Vec<Value>>, Error> {
    let part = BY_PRODUCT.at(lang);
    let products = by_product(&snapshot.rows(parts_of(bill.id)).await?)?;
    let regions = |product: &super::ProductSum| {
        let names: Vec<&str> = product.regions.iter().map(|(name, _)| name.as_str()).filter(|name| !name.is_empty()).collect();
        names.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let mut rows: Vec<_> =
        products.iter().map(|product| row(part, &product.name, regions(product), [None, Some(product.amount), None])).collect();
    for (label, amount) in [(REFUNDS, bill.sums.refunds), (ADJUSTMENTS, bill.sums.adjustments)] {
        rows.push(row(part, label.at(lang), String::new(), [None, Some(amount), None]));
    }
    Ok(rows)
}

async fn of_customers(snapshot: &mut Snapshot, bill: &Bill, lang: Lang) -> Result<Vec<Vec<Value>>, Error> {
    let found = snapshot.rows(customers_of(bill).and(customer_order(true)).limit(CUSTOMERS_MAX)).await?;
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let (number, name, lines, sums) = customer_of(one)?;
        let item = if number.is_empty() { NO_CUSTOMER.at(lang).to_owned() } else { format!("{} {number}", masked_company(&name)) };
        let note = match lang {
            Lang::Zh => format!("{} 条明细", grouped(lines)),
            Lang::En => format!("{} lines", grouped(lines)),
        };
        rows.push(row(BY_CUSTOMER.at(lang), &item, note, [None, None, Some(sums.total().ok_or(Error::Broken)?)]));
    }
    Ok(rows)
}
