//! Top-ups as pages and as rows of files, on both sides.

use super::{ROW, read, visible};
use crate::{
    access::Access,
    attachments::{self, AttachedFile},
    db::Kind,
    exports::{Count, Value},
    lists::{self, chosen, file_columns, in_days, mentioned},
    seal::{self, SealedNumber},
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Id, Lang, Money,
    access::{CanReviewTopUps, CanTopUp},
    attachment::Kind::Slip,
    list::{Asked, List},
    machine::Keyed as _,
    top_up::{CONSOLE_TOP_UPS, ConsoleTopUp, State, TOP_UPS, Tab, TopUpPage, TopUpQueue, TopUpRow},
    views::Setup,
};
use tokio::sync::mpsc;

/// The top-ups that a question asks for.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn page(access: &Access<CanTopUp>, asked: Asked) -> Result<TopUpPage, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let each = condition(sql("SELECT u.state, COUNT(*) FROM top_ups u"), access, db.kind(), &asked, false)?;
    let mut counts: Vec<(State, i64)> = State::ALL.iter().map(|state| (*state, 0)).collect();
    for row in db.rows(each.and(" GROUP BY u.state LIMIT 20")).await? {
        let (state, count): (State, i64) = (row.key(0)?, row.int(1)?);
        counts.iter_mut().filter(|(other, _)| *other == state).for_each(|(_, known)| *known = count);
    }
    let wanted = |state: State| asked.chosen("state").next().is_none() || asked.has("state", state.key());
    let total = counts.iter().filter(|(state, _)| wanted(*state)).map(|(_, count)| count).sum();
    let rows = condition(sql(ROW), access, db.kind(), &asked, true)?.and(order(&asked)).limit(asked.size.into()).offset(asked.skipped());
    let rows = db.rows(rows).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(TopUpPage { asked, rows, total, counts, today: access.now().day(), setup: Setup::default() })
}

fn condition(head: Sql, access: &Access<CanTopUp>, kind: Kind, asked: &Asked, with_state: bool) -> Result<Sql, Error> {
    let sql = visible(head, access)?;
    let sql = if with_state { chosen(sql, "u.state", asked, "state") } else { sql };
    Ok(mentioned(in_days(sql, "u.entered_at_us", asked.days), kind, &["u.number"], asked))
}

fn order(asked: &Asked) -> &'static str {
    match asked.sort_key() {
        ("amount", true) => " ORDER BY u.amount_micros DESC, u.number DESC, u.id",
        ("amount", false) => " ORDER BY u.amount_micros, u.number, u.id",
        (_, true) => " ORDER BY u.entered_at_us DESC, u.number DESC, u.id",
        (_, false) => " ORDER BY u.entered_at_us, u.number, u.id",
    }
}

/// The same rows for a file.
///
/// # Errors
/// As `page`.
pub(crate) async fn rows(
    access: &Access<CanTopUp>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = condition(sql("SELECT COUNT(*) FROM top_ups u"), access, db.kind(), &asked, true)?;
    let count = snapshot.row(count).await?.map_or(Ok(0), |row| row.int(0))?;
    if counted.send(count).is_err() {
        return Ok(());
    }
    let all = condition(sql(ROW), access, db.kind(), &asked, true)?.and(order(&asked));
    snapshot.send(all, |row: &Row| values(row, &TOP_UPS, lang), &out).await
}

fn values(row: &Row, list: &'static List, lang: Lang) -> Result<Vec<Value>, Error> {
    let row = read(row)?;
    Ok(file_columns(list).iter().map(|key| value(&row, key, lang)).collect())
}

fn value(row: &TopUpRow, key: &str, lang: Lang) -> Value {
    match key {
        "number" => Value::Text(row.number.clone()),
        "partner" => Value::Text(row.partner.clone()),
        "amount" => Value::Amount(row.amount.micros),
        "payer" => Value::Text(format!("{} {} {}", row.payer, row.bank, row.tail)),
        "date" => Value::Day(row.date),
        "at" => Value::Moment(row.at),
        "state" => Value::Text(row.state.label().at(lang).to_owned()),
        "until" => row.until.map_or(Value::Empty, Value::Day),
        "person" => Value::Text(row.person.clone()),
        "reference" => Value::Text(row.reference.clone()),
        "reason" => Value::Text(row.reason.clone()),
        _ => Value::Empty,
    }
}

/// The claims of a tab of the vendor's queue.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn queue(access: &Access<CanReviewTopUps>, asked: Asked) -> Result<TopUpQueue, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let head = sql("SELECT u.state, COUNT(*), CAST(COALESCE(SUM(u.amount_micros), 0) AS BIGINT)
        FROM top_ups u JOIN tenants t ON t.id = u.tenant_id WHERE u.account_id IS NOT NULL");
    let mut counts: Vec<(Tab, i64)> = Tab::ALL.iter().map(|tab| (*tab, 0)).collect();
    let mut waiting = 0_i64;
    for row in db.rows(narrowed(head, db.kind(), &asked).and(" GROUP BY u.state LIMIT 20")).await? {
        let (state, count): (State, i64) = (row.key(0)?, row.int(1)?);
        counts.iter_mut().filter(|(tab, _)| tab.states().contains(&state)).for_each(|(_, known)| *known += count);
        waiting = waiting.saturating_add(if state == State::Claimed { row.int(2)? } else { 0 });
    }
    let total = counts.iter().find(|(tab, _)| *tab == Tab::of(&asked)).map_or(0, |(_, count)| *count);
    let rows = in_tab(sql(ROW), db.kind(), &asked).and(order(&asked)).limit(asked.size.into()).offset(asked.skipped());
    let rows = db.rows(rows).await?.iter().map(read).collect::<Result<_, _>>()?;
    let (waiting, today) = (Money::cny(waiting), access.now().day());
    Ok(TopUpQueue { asked, rows, total, counts, waiting, today, setup: Setup::default() })
}

fn narrowed(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    let columns = &["u.number", "t.name", "t.short_name"];
    mentioned(in_days(head, "u.entered_at_us", asked.days), kind, columns, asked)
}

fn in_tab(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    let states = Tab::of(asked).states().iter().map(|state| state.key());
    let sql = head.and(" WHERE u.account_id IS NOT NULL AND u.state IN ").list(states);
    narrowed(sql, kind, asked)
}

/// The same rows for a file.
///
/// # Errors
/// As `queue`.
pub(crate) async fn queue_rows(
    access: &Access<CanReviewTopUps>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = in_tab(sql("SELECT COUNT(*) FROM top_ups u JOIN tenants t ON t.id = u.tenant_id"), db.kind(), &asked);
    let count = snapshot.row(count).await?.map_or(Ok(0), |row| row.int(0))?;
    if counted.send(count).is_err() {
        return Ok(());
    }
    let all = in_tab(sql(ROW), db.kind(), &asked).and(order(&asked));
    snapshot.send(all, |row: &Row| values(row, &CONSOLE_TOP_UPS, lang), &out).await
}

/// A claim of any company.
///
/// # Errors
/// `NotFound`.
pub async fn show(access: &Access<CanReviewTopUps>, id: Id) -> Result<ConsoleTopUp, Error> {
    let db = &access.store().db;
    let find = sql(ROW).and(" WHERE u.account_id IS NOT NULL AND u.id = ").value(id).and(" LIMIT 1");
    let row = read(&db.row(find).await?.ok_or(Error::NotFound)?)?;
    let rest = sql("SELECT t.name, u.decided_by FROM top_ups u JOIN tenants t ON t.id = u.tenant_id WHERE u.id = ").value(id);
    let rest = db.row(rest.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    Ok(ConsoleTopUp { row, company: rest.text(0)?, decided_by: rest.text(1)?, key: access.store().ids.id(), number: None })
}

/// The whole number of the account that a remittance came from, for who compares it with the bank. Whoever shows it has called `reveal`
/// before.
///
/// # Errors
/// `NotFound`; `NUMBER_SHUT` while the key is away.
pub async fn account_number(access: &Access<CanReviewTopUps>, id: Id) -> Result<String, Error> {
    Ok(open_account(access, id).await?.1)
}

/// Writes down that the caller looks at the whole number of a claim's account.
///
/// # Errors
/// As `account_number`.
pub async fn reveal(access: &Access<CanReviewTopUps>, id: Id) -> Result<(), Error> {
    let (partner, number) = open_account(access, id).await?;
    seal::note(access, partner, ("top-up", id), &number).await
}

async fn open_account(access: &Access<CanReviewTopUps>, id: Id) -> Result<(Id, String), Error> {
    let find = sql("SELECT tenant_id, account_number, account_tail, account_print FROM top_ups WHERE account_id IS NOT NULL AND id = ");
    let row = access.store().db.row(find.value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (partner, number) = (row.id(0)?, SealedNumber::read(&row, 1)?);
    Ok((partner, number.shown_whole(access.store(), partner).await?))
}

/// The slip of a claim that the caller sees.
///
/// # Errors
/// `NotFound`.
pub async fn slip(access: &Access<CanTopUp>, id: Id) -> Result<AttachedFile, Error> {
    let db = &access.store().db;
    let find = visible(sql("SELECT 1 FROM top_ups u"), access)?.and(" AND u.id = ").value(id).and(" LIMIT 1");
    db.row(find).await?.ok_or(Error::NotFound)?;
    attachments::file(db, (Slip, id), Some(access.tenant()?)).await
}

/// The slip of any claim.
///
/// # Errors
/// `NotFound`.
pub async fn console_slip(access: &Access<CanReviewTopUps>, id: Id) -> Result<AttachedFile, Error> {
    attachments::file(&access.store().db, (Slip, id), None).await
}
