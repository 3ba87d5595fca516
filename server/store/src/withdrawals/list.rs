//! The partner's requests: as a page, as the rows of a file, and what of them stands on home.

use super::{ROW, money, read, visible};
use crate::{
    access::Access,
    db::Kind,
    exports::{Count, Value},
    lists::{self, chosen, file_columns, in_days, mentioned},
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Id, Lang, Money,
    access::CanWithdraw,
    list::{Asked, List},
    machine::Keyed as _,
    views::Setup,
    withdrawal::{State, WITHDRAWALS, WithdrawalPage, WithdrawalRow},
};
use tokio::sync::mpsc;

/// Requests that home shows.
const HOME_MAX: i64 = 5;

/// The requests that a question asks for.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn page(access: &Access<CanWithdraw>, asked: Asked) -> Result<WithdrawalPage, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let each = condition(sql("SELECT w.state, COUNT(*) FROM withdrawals w"), access, db.kind(), &asked, false)?;
    let mut counts: Vec<(State, i64)> = State::SHOWN.iter().map(|state| (*state, 0)).collect();
    for row in db.rows(each.and(" GROUP BY w.state LIMIT 20")).await? {
        let (state, count): (State, i64) = (row.key(0)?, row.int(1)?);
        counts.iter_mut().filter(|(other, _)| *other == state).for_each(|(_, known)| *known = count);
    }
    let wanted = |state: State| asked.chosen("state").next().is_none() || asked.has("state", state.key());
    let total = counts.iter().filter(|(state, _)| wanted(*state)).map(|(_, count)| count).sum();
    let rows = condition(sql(ROW), access, db.kind(), &asked, true)?.and(order(&asked)).limit(asked.size.into()).offset(asked.skipped());
    let rows = db.rows(rows).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(WithdrawalPage { asked, rows, total, counts, today: access.now().day(), setup: Setup::default(), card: domain::Drawn::default() })
}

fn condition(head: Sql, access: &Access<CanWithdraw>, kind: Kind, asked: &Asked, with_state: bool) -> Result<Sql, Error> {
    let sql = visible(head, access)?;
    let sql = if with_state { chosen(sql, "w.state", asked, "state") } else { sql };
    let sql = in_days(chosen(sql, "w.fund", asked, "fund"), "w.submitted_at_us", asked.days);
    Ok(mentioned(sql, kind, &["w.number"], asked))
}

pub(super) fn order(asked: &Asked) -> &'static str {
    match asked.sort_key() {
        ("amount", true) => " ORDER BY w.amount_micros DESC, w.number DESC",
        ("amount", false) => " ORDER BY w.amount_micros, w.number",
        (_, true) => " ORDER BY w.submitted_at_us DESC, w.number DESC",
        (_, false) => " ORDER BY w.submitted_at_us, w.number",
    }
}

/// The same rows for a file.
///
/// # Errors
/// As `page`.
pub(crate) async fn rows(
    access: &Access<CanWithdraw>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = condition(sql("SELECT COUNT(*) FROM withdrawals w"), access, db.kind(), &asked, true)?;
    let count = snapshot.row(count).await?.map_or(Ok(0), |row| row.int(0))?;
    if counted.send(count).is_err() {
        return Ok(());
    }
    let all = condition(sql(ROW), access, db.kind(), &asked, true)?.and(order(&asked));
    snapshot.send(all, |row: &Row| values(row, &WITHDRAWALS, lang), &out).await
}

/// The values of a row in the order of a list's columns that stand in files.
pub(super) fn values(row: &Row, list: &'static List, lang: Lang) -> Result<Vec<Value>, Error> {
    let row = read(row)?;
    Ok(file_columns(list).iter().map(|key| value(&row, key, lang)).collect())
}

fn value(row: &WithdrawalRow, key: &str, lang: Lang) -> Value {
    match key {
        "number" => Value::Text(row.number.clone()),
        "partner" => Value::Text(row.partner.clone()),
        "fund" => Value::Text(row.fund.label().at(lang).to_owned()),
        "amount" => Value::Amount(row.amount.micros),
        "account" => Value::Text(format!("{} {}", row.bank, row.tail)),
        "at" => Value::Moment(row.at),
        "person" => Value::Text(row.person.clone()),
        "state" => Value::Text(row.state.label().at(lang).to_owned()),
        "promised" => Value::Day(row.promised),
        "due" => Value::Moment(row.due),
        "reference" => Value::Text(row.reference.clone()),
        "reason" => Value::Text(row.reason.clone()),
        _ => Value::Empty,
    }
}

/// For home: the requests that wait for the reader: rejected ones of which none was made again, and those of a
/// colleague to confirm.
///
/// # Errors
/// The database does not answer.
pub async fn homes(access: &Access<CanWithdraw>) -> Result<Vec<WithdrawalRow>, Error> {
    let find = visible(sql(ROW), access)?.and(
        " AND (w.state = 'rejected' AND NOT EXISTS (SELECT 1 FROM withdrawals n
        WHERE n.tenant_id = w.tenant_id AND n.again_of = w.id) OR w.state = 'partner_review' AND w.account_id <> ",
    );
    let find = find.value(access.caller().standing()?.account).and(") ORDER BY w.submitted_at_us DESC, w.number DESC");
    access.store().db.rows(find.limit(HOME_MAX)).await?.iter().map(read).collect()
}

/// The partner's own note of a request.
pub(super) async fn note(db: &crate::db::Db, id: Id) -> Result<String, Error> {
    let find = sql("SELECT note FROM withdrawals WHERE id = ").value(id).and(" LIMIT 1");
    Ok(db.row(find).await?.map_or(Ok(String::new()), |row| row.text(0))?)
}

/// How many requests of a company ended well since a moment, and their sum.
pub(super) async fn paid_since(db: &crate::db::Db, partner: Id, since: domain::Moment) -> Result<(i64, Money), Error> {
    let find =
        sql("SELECT COUNT(*), CAST(COALESCE(SUM(amount_micros), 0) AS BIGINT) FROM withdrawals WHERE state = 'paid' AND tenant_id = ");
    let row = db.row(find.value(partner).and(" AND ended_at_us >= ").value(since).and(" LIMIT 1")).await?;
    row.map_or(Ok((0, money(0))), |row| Ok((row.int(0)?, money(row.int(1)?))))
}
