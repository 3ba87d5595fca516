//! The partner's list of the library, and how its statements are put together.

use super::{FEW, categories, checked, fresh, in_days, marks, second_line, shelves::Shelf, within};
use crate::{
    access::Access,
    db::Kind,
    dialect,
    exports::{Count, Value},
    lists::file_columns,
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Id, Lang, Moment, Text,
    access::CanReadLibrary,
    library::{Category, Format, LIBRARY, Language, LibraryPage, LibraryRow, Mine, State},
    list::Asked,
    machine::Keyed,
    search::{Term, marked, occurs},
};
use std::sync::Arc;
use tokio::sync::mpsc;

/// A question, ready to be put to the database.
struct Question {
    asked: Asked,
    terms: Vec<Term>,
    shelf: Arc<Shelf>,
    /// The audiences the reader belongs to, and those of them that are asked for.
    own: Vec<i64>,
    audiences: Vec<i64>,
    categories: Vec<Category>,
    formats: Vec<Format>,
    languages: Vec<Language>,
    mine: Option<Mine>,
    account: Id,
    /// Documents that match without keyword and days.
    placed: i64,
}

impl Question {
    async fn new(access: &Access<CanReadLibrary>, asked: Asked) -> Result<Self, Error> {
        let terms = checked(&asked)?;
        let shelf = access.store().shelves.current(&access.store().db).await?;
        let own = shelf.audiences_of(access.caller().standing()?);
        let audiences = shelf.reaching(&own, &asked);
        let categories = categories(&asked);
        let formats: Vec<Format> = asked.chosen("format").filter_map(Format::read).collect();
        let languages: Vec<Language> = asked.chosen("language").filter_map(Language::read).collect();
        let placed = shelf.total(&audiences, &categories, &formats, &languages);
        let mine = asked.chosen("mine").next().and_then(Mine::read);
        let account = access.caller().standing()?.account;
        Ok(Self { asked, terms, shelf, own, audiences, categories, formats, languages, mine, account, placed })
    }

    /// Nothing can match: nothing lies there, or the keyword holds nothing that is indexed.
    fn is_vain(&self) -> bool {
        self.placed == 0 || (self.terms.is_empty() && !self.asked.keyword.is_empty())
    }

    /// The tally knows the total already.
    fn is_counted(&self) -> bool {
        self.terms.is_empty() && self.asked.days.is_open() && self.mine.is_none()
    }

    fn condition(&self, kind: Kind, head: Sql) -> Sql {
        let walk = self.placed > FEW;
        let sql = head.and(source(kind, &self.terms)).and(" WHERE d.state = 'published'");
        let sql = audience_in(sql, &self.audiences);
        let sql = within(sql, "d.category", walk, &keys(&self.categories));
        let sql = within(sql, "d.format", walk, &keys(&self.formats));
        let sql = within(sql, "d.language", walk, &keys(&self.languages));
        let sql = marks::only(sql, self.mine, self.account);
        found(in_days(sql, "d.updated_at_us", self.asked.days), kind, &self.terms)
    }

    fn count(&self, kind: Kind) -> Sql {
        self.condition(kind, sql("SELECT COUNT(*)"))
    }

    /// All rows with all that a file says of them, in the order of the page.
    fn file(&self, kind: Kind) -> Sql {
        let select = sql("SELECT d.id, d.title, d.summary, d.category, d.format, d.language, d.audience_id, d.size_bytes, d.version_no,
            d.updated_at_us");
        ordered(self.condition(kind, select), kind, &self.asked, &self.terms)
    }

    fn page(&self, kind: Kind, head: Sql) -> Sql {
        paged(self.condition(kind, head.and(ROW)), kind, &self.asked, &self.terms)
    }

    /// Whether it takes time to find, and what is found stays the same until the library's revision changes: it does not for marks and
    /// downloads.
    fn is_kept(&self) -> bool {
        !self.is_counted() && self.mine.is_none() && self.asked.sort_key().0 != "downloads"
    }

    /// The numbers of all that match, in order.
    fn numbers(&self, kind: Kind) -> Sql {
        ordered(self.condition(kind, sql("SELECT d.no")), kind, &self.asked, &self.terms)
    }

    /// The rows of numbers, in no order. Nothing but the numbers is asked for: with the state beside them, the planner walks all that
    /// is published.
    fn rows_of(&self, numbers: &[i64]) -> Sql {
        let head = sql(ROW).and(", d.no, d.state FROM library_documents d WHERE d.no IN ");
        head.list(numbers.iter().copied()).limit(i64::from(self.asked.size))
    }

    /// Rows in the order of their numbers. What was withdrawn or closed to the reader a moment ago stays away.
    fn in_order(&self, rows: Vec<Row>, numbers: &[i64]) -> Result<Vec<Row>, Error> {
        let mut placed = Vec::with_capacity(rows.len());
        for row in rows {
            let (number, state): (i64, State) = (row.int(NUMBER)?, row.key(STATE)?);
            if state == State::Published && self.audiences.contains(&row.int(AUDIENCE)?) {
                placed.push((numbers.iter().position(|other| *other == number), row));
            }
        }
        placed.sort_by_key(|(place, _)| *place);
        Ok(placed.into_iter().map(|(_, row)| row).collect())
    }
}

/// The columns of `library_row`.
const ROW: &str = "SELECT d.id, d.title, d.summary, d.what_changed, d.version_no, d.category, d.format, d.audience_id,
    d.size_bytes, d.updated_at_us";
/// Where the audience stands in them.
const AUDIENCE: usize = 7;
/// The columns after them, where the numbers of documents are known.
const NUMBER: usize = 10;
const STATE: usize = 11;

fn keys<K: Keyed>(values: &[K]) -> Vec<&'static str> {
    values.iter().map(|value| value.key()).collect()
}

/// The partner's list: published documents of the caller's audiences.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn list(access: &Access<CanReadLibrary>, asked: Asked) -> Result<LibraryPage, Error> {
    let question = Question::new(access, asked).await?;
    let now = access.now();
    let counts = question.shelf.counts(&question.own, &question.categories);
    let (mut rows, mut total) = (Vec::new(), 0);
    if !question.is_vain() {
        let (raw, counted) = page(access, &question).await?;
        total = counted;
        for row in raw {
            rows.push(library_row(&row, &question.terms, now, |id| question.shelf.audience(id))?);
        }
        excerpts(access, &question.terms, &mut rows).await?;
    }
    Ok(LibraryPage { asked: question.asked, rows, total, counts, today: now.day() })
}

/// The rows of a page and how many match in all: of a search and of some days from what is kept of it, else from the database alone.
async fn page(access: &Access<CanReadLibrary>, question: &Question) -> Result<(Vec<Row>, i64), Error> {
    let (db, asked) = (&access.store().db, &question.asked);
    let kind = db.kind();
    if question.is_kept() {
        let hits = &access.store().shelves.hits;
        let found = hits.found(db, question.shelf.revision(), question.numbers(kind), question.count(kind)).await?;
        match found.page(asked.skipped(), asked.size.into()) {
            Some([]) => return Ok((Vec::new(), found.total)),
            Some(numbers) => return Ok((question.in_order(db.rows(question.rows_of(numbers)).await?, numbers)?, found.total)),
            None => return Ok((db.rows(question.page(kind, sql(""))).await?, found.total)),
        }
    }
    let total = match question.is_counted() {
        true => question.placed,
        false => db.row(question.count(kind)).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0),
    };
    Ok((db.rows(question.page(kind, sql(""))).await?, total))
}

/// The same rows for a file: all of them, from one snapshot.
///
/// # Errors
/// As `list`.
pub(crate) async fn list_rows(
    access: &Access<CanReadLibrary>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    let question = Question::new(access, asked).await?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let total = match question.is_vain() {
        true => 0,
        false => snapshot.row(question.count(db.kind())).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0),
    };
    if counted.send(total).is_err() || question.is_vain() {
        return Ok(());
    }
    let columns = file_columns(&LIBRARY);
    let read = |row: &Row| columns.iter().map(|key| file_value(row, key, lang, &question.shelf)).collect();
    snapshot.send(question.file(db.kind()), read, &out).await
}

fn file_value(row: &Row, key: &str, lang: Lang, shelf: &Shelf) -> Result<Value, Error> {
    let word = |label: Text| Value::Text(label.at(lang).to_owned());
    Ok(match key {
        "id" => Value::Text(row.text(0)?),
        "title" => Value::Text(row.text(1)?),
        "summary" => Value::Text(row.text(2)?),
        "category" => word(row.key::<Category>(3)?.label()),
        "format" => word(row.key::<Format>(4)?.label()),
        "language" => word(row.key::<Language>(5)?.label()),
        "audience" => {
            let labels = shelf.audience(row.int(6)?).labels();
            Value::Text(labels.into_iter().map(|label| label.at(lang)).collect::<Vec<_>>().join("、"))
        }
        "size" => Value::Integer(row.int(7)?),
        "version" => Value::Integer(row.int(8)?),
        "updated" => Value::Moment(row.moment(9)?),
        _ => Value::Empty,
    })
}

/// How the database answers a question to the list, line by line: tests hold it against the indexes.
///
/// # Errors
/// As `list`.
pub async fn list_plan(access: &Access<CanReadLibrary>, asked: Asked) -> Result<Vec<String>, Error> {
    let question = Question::new(access, asked).await?;
    let db = &access.store().db;
    let (explain, column) = dialect::explain(db.kind());
    let lines = db.rows(question.page(db.kind(), sql(explain))).await?;
    lines.iter().map(|line| line.text(column).map_err(Error::from)).collect()
}

pub(super) fn audience_in(sql: Sql, audiences: &[i64]) -> Sql {
    if audiences.is_empty() { sql.and(" AND 1 = 0") } else { sql.and(" AND d.audience_id IN ").list(audiences.iter().copied()) }
}

pub(super) const fn source(kind: Kind, terms: &[Term]) -> &'static str {
    if terms.is_empty() { " FROM library_documents d" } else { dialect::searched(kind) }
}

pub(super) fn found(sql: Sql, kind: Kind, terms: &[Term]) -> Sql {
    if terms.is_empty() { sql } else { dialect::matching(kind, sql, terms) }
}

/// Order and page.
pub(super) fn paged(sql: Sql, kind: Kind, asked: &Asked, terms: &[Term]) -> Sql {
    ordered(sql, kind, asked, terms).limit(asked.size.into()).offset(asked.skipped())
}

/// Each order ends in the unique id, in the direction of the whole, so that one index serves it both ways.
fn ordered(sql: Sql, kind: Kind, asked: &Asked, terms: &[Term]) -> Sql {
    let (key, down) = asked.sort_key();
    let sql = sql.and(" ORDER BY ");
    match (key, down) {
        ("title", false) => sql.and("d.title, d.id"),
        ("title", true) => sql.and("d.title DESC, d.id DESC"),
        ("size", false) => sql.and("d.size_bytes, d.id"),
        ("size", true) => sql.and("d.size_bytes DESC, d.id DESC"),
        ("downloads", false) => sql.and("d.downloads, d.id"),
        ("downloads", true) => sql.and("d.downloads DESC, d.id DESC"),
        ("relevance", false) if !terms.is_empty() => dialect::rank(kind, sql, terms).and(" DESC, d.updated_at_us, d.id"),
        ("relevance", true) if !terms.is_empty() => dialect::rank(kind, sql, terms).and(", d.updated_at_us DESC, d.id DESC"),
        ("updated", false) => sql.and("d.updated_at_us, d.id"),
        _ => sql.and("d.updated_at_us DESC, d.id DESC"),
    }
}

fn library_row(row: &Row, terms: &[Term], now: Moment, audience: impl Fn(i64) -> domain::library::Audience) -> Result<LibraryRow, Error> {
    let (version_no, updated) = (row.int(4)?, row.moment(9)?);
    let (line, is_change) = second_line(&row.text(2)?, &row.text(3)?, version_no, terms);
    Ok(LibraryRow {
        id: row.id(0)?,
        title: marked(&row.text(1)?, terms),
        line,
        is_change,
        category: row.key(5)?,
        format: row.key(6)?,
        audience: audience(row.int(7)?),
        size_bytes: row.int(8)?,
        version_no,
        updated,
        is_new: fresh(updated, now),
    })
}

/// Where a hit lies in the text of the file, its surroundings become the second line.
async fn excerpts(access: &Access<CanReadLibrary>, terms: &[Term], rows: &mut [LibraryRow]) -> Result<(), Error> {
    let Some(first) = terms.first() else { return Ok(()) };
    let marked_somewhere = |row: &LibraryRow| row.title.iter().chain(&row.line).any(|piece| piece.hit);
    let without: Vec<Id> = rows.iter().filter(|row| !marked_somewhere(row)).map(|row| row.id).collect();
    if without.is_empty() {
        return Ok(());
    }
    let db = &access.store().db;
    let place = dialect::place(db.kind());
    // 24 characters before the hit, 120 in all. The numbers are literals because PostgreSQL's substr takes no 64-bit ones.
    let find = sql("SELECT x.id, substr(x.body, CASE WHEN x.at > 24 THEN x.at - 24 ELSE 1 END, 120)
        FROM (SELECT t.document_id AS id, t.body AS body, ");
    let find = find.and(place).and("(lower(t.body), ").value(&first.typed).and(") AS at FROM library_texts t WHERE t.document_id IN ");
    for excerpt in db.rows(find.list(without).and(") x WHERE x.at > 0 LIMIT 100")).await? {
        let (id, text) = (excerpt.id(0)?, excerpt.text(1)?);
        let line = format!("…{}…", text.split_whitespace().collect::<Vec<_>>().join(" "));
        for row in rows.iter_mut().filter(|row| row.id == id && occurs(&line, terms)) {
            row.line = marked(&line, terms);
        }
    }
    Ok(())
}

/// The newest documents of the caller's audiences, for home.
///
/// # Errors
/// As `list`.
pub async fn newest(access: &Access<CanReadLibrary>, count: u32) -> Result<Vec<LibraryRow>, Error> {
    let asked = Asked { size: count, ..LIBRARY.read("") };
    list(access, asked).await.map(|page| page.rows)
}
