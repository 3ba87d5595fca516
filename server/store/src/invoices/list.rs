//! The partner's requests: as a page, as the rows of a file, and those that home names.

use super::{ROW, own, read};
use crate::{
    access::Access,
    db::Kind,
    exports::{Count, Value},
    lists::{self, chosen, file_columns, in_days, mentioned},
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Lang,
    access::CanManageInvoices,
    invoice::{InvoicePage, InvoiceRow, REQUESTS, State},
    list::{Asked, List},
    machine::Keyed as _,
    views::Setup,
};
use tokio::sync::mpsc;

/// Requests that home names.
const HOME_MAX: i64 = 5;

/// The requests that a question asks for.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn page(access: &Access<CanManageInvoices>, asked: Asked) -> Result<InvoicePage, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let each = condition(counting("SELECT r.state, COUNT(*)"), access, db.kind(), &asked, false)?;
    let mut counts: Vec<(State, i64)> = State::ALL.iter().map(|state| (*state, 0)).collect();
    for row in db.rows(each.and(" GROUP BY r.state LIMIT 20")).await? {
        let (state, count): (State, i64) = (row.key(0)?, row.int(1)?);
        counts.iter_mut().filter(|(other, _)| *other == state).for_each(|(_, known)| *known = count);
    }
    let wanted = |state: State| asked.chosen("state").next().is_none() || asked.has("state", state.key());
    let total = counts.iter().filter(|(state, _)| wanted(*state)).map(|(_, count)| count).sum();
    let rows = condition(sql(ROW), access, db.kind(), &asked, true)?.and(order(&asked)).limit(asked.size.into()).offset(asked.skipped());
    let rows = db.rows(rows).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(InvoicePage { asked, rows, total, counts, today: access.now().day(), setup: Setup::default(), card: domain::Drawn::default() })
}

/// A statement about the same rows.
pub(super) fn counting(head: &'static str) -> Sql {
    sql(head).and(
        " FROM invoice_requests r JOIN tenants t ON t.id = r.tenant_id
        LEFT JOIN invoices i ON i.tenant_id = r.tenant_id AND i.request_id = r.id",
    )
}

fn condition(head: Sql, access: &Access<CanManageInvoices>, kind: Kind, asked: &Asked, with_state: bool) -> Result<Sql, Error> {
    let sql = own(head, access)?;
    let sql = if with_state { chosen(sql, "r.state", asked, "state") } else { sql };
    let sql = in_days(chosen(sql, "r.kind", asked, "kind"), "r.submitted_at_us", asked.days);
    Ok(mentioned(sql, kind, &["r.number", "COALESCE(i.number, '')"], asked))
}

pub(super) fn order(asked: &Asked) -> &'static str {
    match asked.sort_key() {
        ("amount", true) => " ORDER BY r.amount_micros DESC, r.number DESC",
        ("amount", false) => " ORDER BY r.amount_micros, r.number",
        (_, true) => " ORDER BY r.submitted_at_us DESC, r.number DESC",
        (_, false) => " ORDER BY r.submitted_at_us, r.number",
    }
}

/// The same rows for a file.
///
/// # Errors
/// As `page`.
pub(crate) async fn rows(
    access: &Access<CanManageInvoices>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = condition(counting("SELECT COUNT(*)"), access, db.kind(), &asked, true)?;
    let count = snapshot.row(count).await?.map_or(Ok(0), |row| row.int(0))?;
    if counted.send(count).is_err() {
        return Ok(());
    }
    let all = condition(sql(ROW), access, db.kind(), &asked, true)?.and(order(&asked));
    snapshot.send(all, |row: &Row| values(row, &REQUESTS, lang), &out).await
}

/// The values of a row in the order of a list's columns that stand in files.
pub(super) fn values(row: &Row, list: &'static List, lang: Lang) -> Result<Vec<Value>, Error> {
    let row = read(row)?;
    Ok(file_columns(list).iter().map(|key| value(&row, key, lang)).collect())
}

fn value(row: &InvoiceRow, key: &str, lang: Lang) -> Value {
    match key {
        "number" => Value::Text(row.number.clone()),
        "partner" => Value::Text(row.partner.clone()),
        "period" if row.first == row.last => Value::Text(row.first.to_string()),
        "period" => Value::Text(format!("{} – {}", row.first, row.last)),
        "amount" => Value::Amount(row.amount.micros),
        "title" => Value::Text(row.title.clone()),
        "kind" => Value::Text(row.kind.label().at(lang).to_owned()),
        "medium" => Value::Text(row.medium.label().at(lang).to_owned()),
        "at" => Value::Moment(row.at),
        "person" => Value::Text(row.person.clone()),
        "state" => Value::Text(row.state.label().at(lang).to_owned()),
        "due" => Value::Moment(row.due),
        "invoice" => Value::Text(row.invoice.clone()),
        "courier" => Value::Text(row.courier.clone()),
        "reason" => Value::Text(row.reason.clone()),
        _ => Value::Empty,
    }
}

/// Rejected requests of which none was made again.
///
/// # Errors
/// The database does not answer.
pub async fn homes(access: &Access<CanManageInvoices>) -> Result<Vec<InvoiceRow>, Error> {
    let find = own(sql(ROW), access)?.and(
        " AND r.state = 'rejected' AND NOT EXISTS (SELECT 1 FROM invoice_requests n
        WHERE n.tenant_id = r.tenant_id AND n.again_of = r.id) ORDER BY r.submitted_at_us DESC, r.number DESC",
    );
    access.store().db.rows(find.limit(HOME_MAX)).await?.iter().map(read).collect()
}
