//! What a partner sees of its books: what there is, and income and expense as a page and as the rows of a file.

use crate::{
    access::Access,
    db::Kind,
    dialect,
    exports::{Count, Value},
    lists::{self, Way, chosen, file_columns, in_amounts, mentioned},
    sql::{Row, Sql, sql},
};
use domain::{
    Currency, Day, Days, Error, Id, Lang, Moment, Money,
    access::{CanSeeBalance, CanSeeLedger, Permission},
    ledger::{Account, Cause, Direction, Funds, FundsPage, LEDGER, LedgerRow, currency_of},
    list::Asked,
    machine::Keyed as _,
    views::Setup,
    why_not::WhyNot,
};
use tokio::sync::mpsc;

const ROW: &str = "SELECT t.id, t.movement, t.at_us, t.object, t.direction, t.currency, t.amount_micros, t.balance_after_micros,
    t.cause_kind, t.cause_id FROM ";
const MOVEMENTS: &str = "ledger_transactions t";
const COUNT: &str = "SELECT COUNT(*) FROM ledger_transactions t";
const TALLY: &str = "SELECT CAST(COALESCE(SUM(t.movements), 0) AS BIGINT) FROM ledger_tally t";
const SEQ: &str = "SELECT t.seq FROM ledger_transactions t";
/// Accounts of one partner in all currencies.
const ACCOUNTS_MAX: i64 = 100;

/// What the caller's company has, per currency; a currency in which nothing ever moved is not there, but for yuan.
///
/// # Errors
/// The database does not answer.
pub async fn balances(access: &Access<CanSeeBalance>) -> Result<Vec<Funds>, Error> {
    let find = sql("SELECT currency, kind, balance_micros FROM ledger_accounts WHERE book_id = ").value(access.tenant()?);
    let rows = access.store().db.rows(find.and(" ORDER BY currency, kind").limit(ACCOUNTS_MAX)).await?;
    let read = rows.iter().map(|row| Ok((row.key(0)?, row.key(1)?, row.int(2)?)));
    let all: Vec<(Currency, Account, i64)> = read.collect::<Result<_, Error>>()?;
    let used = |currency: Currency| currency == Currency::Cny || all.iter().any(|(other, ..)| *other == currency);
    let funds = Currency::ALL.iter().copied().filter(|currency| used(*currency)).map(|currency| {
        let own: Vec<_> = all.iter().filter(|(other, ..)| *other == currency).map(|(_, account, micros)| (*account, *micros)).collect();
        Funds::of(currency, &own).ok_or(Error::Broken)
    });
    funds.collect()
}

/// What a caller sees of its company's books.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What there is, per currency.
    pub funds: Vec<Funds>,
    /// By the business clock.
    pub as_of: Moment,
    /// Why the caller sees the balance but no movements.
    pub why: Option<Box<WhyNot>>,
    /// The movements.
    pub page: FundsPage,
}

/// What there is, and the movements that a question asks for. Who may see only the balance gets that, and why not more.
///
/// # Errors
/// `TOO_LONG`, `AMOUNT_INVALID`, a reversed range, or the database does not answer.
pub async fn page(access: &Access<CanSeeBalance>, asked: Asked) -> Result<Seen, Error> {
    let (funds, as_of) = (balances(access).await?, access.now());
    let mut page = FundsPage {
        asked,
        rows: Vec::new(),
        total: 0,
        all: 0,
        today: as_of.day(),
        setup: Setup::default(),
        card: domain::Drawn::default(),
        locked: domain::Drawn::default(),
        is_locked: false,
    };
    let why = match access.caller().access::<CanSeeLedger>() {
        Ok(access) => {
            listed(&access, &mut page).await?;
            None
        }
        Err(Error::WhyNot(why)) => Some(why),
        Err(error) => return Err(error),
    };
    Ok(Seen { funds, as_of, why, page })
}

async fn listed(access: &Access<CanSeeLedger>, page: &mut FundsPage) -> Result<(), Error> {
    lists::checked(&page.asked)?;
    let (db, book) = (&access.store().db, Book::of(access, &page.asked)?);
    page.all = one(db.row(book.span(Days::default())).await?)?;
    page.total = one(db.row(book.count(db.kind(), &page.asked)?).await?)?;
    let rows = book.of_page(Sql::default(), db.kind(), &page.asked, page.total, page.all)?;
    page.rows = db.rows(rows).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(())
}

fn one(row: Option<Row>) -> Result<i64, Error> {
    Ok(row.map(|row| row.int(0)).transpose()?.unwrap_or(0))
}

/// The same rows for a file.
///
/// # Errors
/// As `page`.
pub(crate) async fn rows(
    access: &Access<CanSeeLedger>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let (db, book) = (&access.store().db, Book::of(access, &asked)?);
    let mut snapshot = db.snapshot().await?;
    if counted.send(one(snapshot.row(book.count(db.kind(), &asked)?).await?)?).is_err() {
        return Ok(());
    }
    let columns = file_columns(&LEDGER);
    let values = |row: &Row| read(row).map(|row| columns.iter().map(|key| value(&row, key, lang)).collect());
    snapshot.send(book.asked(sql(ROW).and(MOVEMENTS), db.kind(), &asked, Way::Chosen)?.and(order(&asked)), values, &out).await
}

/// How the database finds a page: tests read it.
///
/// # Errors
/// As `page`.
pub async fn plan(access: &Access<CanSeeLedger>, asked: Asked) -> Result<Vec<String>, Error> {
    let (db, book) = (&access.store().db, Book::of(access, &asked)?);
    let (explain, column) = dialect::explain(db.kind());
    let all = one(db.row(book.span(Days::default())).await?)?;
    let total = one(db.row(book.count(db.kind(), &asked)?).await?)?;
    let rows = db.rows(book.of_page(sql(explain), db.kind(), &asked, total, all)?).await?;
    rows.iter().map(|row| Ok(row.text(column)?)).collect()
}

/// The books of a company in one currency.
struct Book {
    tenant: Id,
    currency: Currency,
}

impl Book {
    fn of<P: Permission>(access: &Access<P>, asked: &Asked) -> Result<Self, Error> {
        Ok(Self { tenant: access.tenant()?, currency: currency_of(asked) })
    }

    /// `head` with what changed the cash balance.
    fn whole(&self, head: Sql) -> Sql {
        head.and(" WHERE t.tenant_id = ")
            .value(self.tenant)
            .and(" AND t.currency = ")
            .value(self.currency.key())
            .and(" AND t.direction > 0")
    }

    /// `head` with what a question asks for.
    fn asked(&self, head: Sql, kind: Kind, asked: &Asked, way: Way) -> Result<Sql, Error> {
        let sql = chosen(self.whole(head), way.column("t.movement", "(t.movement || '')"), asked, "type");
        let sql = of_directions(sql, way.column("(t.direction + 0)", "t.direction"), asked);
        let sql = in_amounts(self.in_days(sql, asked.days), "t.amount_micros", asked)?;
        Ok(mentioned(sql, kind, &["t.object"], asked))
    }

    /// How many there are. The numbers are dense and follow the time, so that days are counted by the first and the last one of them; what is
    /// chosen is counted by what is kept.
    fn count(&self, kind: Kind, asked: &Asked) -> Result<Sql, Error> {
        if is_by_time(asked) {
            Ok(self.span(asked.days))
        } else if is_chosen_only(asked) {
            let tally = chosen(self.whole(sql(TALLY)), "t.movement", asked, "type");
            Ok(of_directions(tally, "t.direction", asked))
        } else {
            self.asked(sql(COUNT), kind, asked, Way::Chosen)
        }
    }

    fn span(&self, days: Days) -> Sql {
        let until = self.last_before(sql("SELECT "), days.to.map(Day::end)).and(" - ");
        if let Some(from) = days.from { self.last_before(until, Some(from.start())) } else { until.and("0") }
    }

    /// ` AND` what the days hold, as a range of numbers: that is where the index of a kind goes on, and it knows no times.
    fn in_days(&self, sql: Sql, days: Days) -> Sql {
        let after = |sql: Sql, from: Day| self.last_before(sql.and(" AND t.seq > "), Some(from.start()));
        let until = |sql: Sql, to: Day| self.last_before(sql.and(" AND t.seq <= "), Some(to.end()));
        days.to.into_iter().fold(days.from.into_iter().fold(sql, after), until)
    }

    /// `head` with the number of the last movement before a moment, or of the last one.
    fn last_before(&self, head: Sql, moment: Option<Moment>) -> Sql {
        let last = self.whole(head.and("COALESCE((SELECT t.seq FROM ledger_transactions t"));
        let last = moment.into_iter().fold(last, |sql, moment| sql.and(" AND t.at_us < ").value(moment));
        last.and(" ORDER BY t.at_us DESC, t.seq DESC LIMIT 1), 0)")
    }

    /// One page. What is skipped is counted off in the index and never read.
    fn of_page(&self, head: Sql, kind: Kind, asked: &Asked, total: i64, all: i64) -> Result<Sql, Error> {
        let numbers = self.numbers_of_page(head.and(ROW).and("("), kind, asked, total, all)?;
        Ok(self.whole(numbers.and(dialect::THEN).and(MOVEMENTS)).and(" AND t.seq = p.seq").and(order(asked)))
    }

    /// `head` with the numbers of a page. Without filters they are a range, as fast at the end of a long list as at its beginning.
    fn numbers_of_page(&self, head: Sql, kind: Kind, asked: &Asked, total: i64, all: i64) -> Result<Sql, Error> {
        let sql = self.asked(head.and(SEQ), kind, asked, way(asked, total, all))?;
        let (key, down) = asked.sort_key();
        let is_range = key == "at" && is_by_time(asked) && asked.days.is_open();
        let (sql, skipped) = match (is_range, down) {
            (true, true) => (sql.and(" AND t.seq <= ").value(all.saturating_sub(asked.skipped())), 0),
            (true, false) => (sql.and(" AND t.seq > ").value(asked.skipped()), 0),
            (false, _) => (sql, asked.skipped()),
        };
        Ok(sql.and(order(asked)).limit(asked.size.into()).offset(skipped))
    }
}

/// Nothing but days narrows the list.
fn is_by_time(asked: &Asked) -> bool {
    let of_rows = |(key, _): &&(String, String)| key != "currency";
    asked.chosen.iter().find(of_rows).is_none() && asked.amounts.is_open() && asked.keyword.is_empty()
}

/// Nothing narrows the list but what is chosen.
fn is_chosen_only(asked: &Asked) -> bool {
    asked.days.is_open() && asked.amounts.is_open() && asked.keyword.is_empty()
}

/// ` AND` the directions that are chosen, if any are. Both are all there are.
fn of_directions(sql: Sql, column: &'static str, asked: &Asked) -> Sql {
    let directions: Vec<i64> = asked.chosen("direction").filter_map(Direction::read).map(Direction::code).collect();
    let is_all = directions.is_empty() || directions.len() == Direction::ALL.len();
    if is_all { sql } else { sql.and(" AND ").and(column).and(" IN ").list(directions) }
}

/// The movements of one type, and those of one direction, lie in an index in the order of time; others are fetched or met on the way.
fn way(asked: &Asked, total: i64, all: i64) -> Way {
    let count = |filter| asked.chosen(filter).count();
    let is_in_order = asked.sort_key().0 == "at" && (count("type") == 1 || (count("type") == 0 && count("direction") == 1));
    if is_in_order || !is_chosen_only(asked) { Way::Chosen } else { Way::shorter(asked, total, all) }
}

/// The number follows the time.
fn order(asked: &Asked) -> &'static str {
    match asked.sort_key() {
        ("amount", true) => " ORDER BY t.amount_micros DESC, t.seq DESC",
        ("amount", false) => " ORDER BY t.amount_micros, t.seq",
        (_, true) => " ORDER BY t.seq DESC",
        (_, false) => " ORDER BY t.seq",
    }
}

fn read(row: &Row) -> Result<LedgerRow, Error> {
    let (code, currency) = (row.int(4)?, row.key(5)?);
    let money = |micros| Money { currency, micros };
    Ok(LedgerRow {
        id: row.id(0)?,
        movement: row.key(1)?,
        at: row.moment(2)?,
        object: row.text(3)?,
        cause: Cause { kind: row.key(8)?, id: row.id(9)? },
        direction: Direction::ALL.iter().copied().find(|direction| direction.code() == code).ok_or(Error::Broken)?,
        amount: money(row.int(6)?),
        balance: money(row.int(7)?),
    })
}

fn value(row: &LedgerRow, key: &str, lang: Lang) -> Value {
    let when = |direction| if row.direction == direction { Value::Amount(row.amount.micros) } else { Value::Empty };
    match key {
        "type" => Value::Text(row.movement.label().at(lang).to_owned()),
        "at" => Value::Moment(row.at),
        "object" => Value::Text(row.object.clone()),
        "direction" => Value::Text(row.direction.label().at(lang).to_owned()),
        "amount" => Value::Amount(row.amount.micros),
        "balance" => Value::Amount(row.balance.micros),
        "currency" => Value::Text(row.amount.currency.key().to_owned()),
        "income" => when(Direction::Income),
        "outcome" => when(Direction::Outcome),
        "transaction" => Value::Text(row.id.to_string()),
        _ => Value::Empty,
    }
}
