//! The audit log: append-only, one hash chain per tenant, extended in the transaction of the change (architecture.md 5.7).

use crate::{
    access::{Access, Store},
    check::Source,
    db::{Db, Failure, Kind},
    exports::{Count, Value},
    ids::hashed,
    lists::{self, file_columns, in_days, mentioned},
    sql::{Row, Sql, sql},
    write::Tx,
};
use domain::{
    Error, Id, Lang,
    access::{CanReadAudit, CanReadEveryAudit},
    audit::{AUDIT, AuditPage, AuditRow, CONSOLE_AUDIT},
    event::Event,
    list::{Asked, List},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tokio::sync::mpsc;

/// What the first row of a chain follows.
const GENESIS: &str = "0";
/// Rows that a check reads at a time.
const PAGE: i64 = 1_000;
/// Findings that a check tells; more say nothing new.
const FINDINGS_MAX: usize = 100;

/// What a row says and what it follows: the text whose hash is kept beside it.
struct Link<'a> {
    prev_hash: &'a str,
    tenant: Id,
    seq: i64,
    at_us: i64,
    actor: &'a str,
    actor_name: &'a str,
    action: &'a str,
    object: &'a str,
    detail: &'a str,
    address: &'a str,
}

impl Link<'_> {
    fn hash(&self) -> String {
        let Self { prev_hash, tenant, seq, at_us, actor, actor_name, action, object, detail, address } = self;
        hashed(&format!("{prev_hash}\n{tenant}\n{seq}\n{at_us}\n{actor}\n{actor_name}\n{action}\n{object}\n{detail}\n{address}"))
    }
}

/// Appends an event to its tenant's chain.
pub(crate) async fn append(tx: &mut Tx, tenant: Id, actor: &str, actor_name: &str, event: &Event) -> Result<(), Error> {
    let last = sql("SELECT seq, hash FROM audit WHERE tenant_id = ").value(tenant).and(" ORDER BY seq DESC LIMIT 1");
    let (seq, prev_hash) = match tx.row(last).await? {
        Some(row) => (row.int(0)? + 1, row.text(1)?),
        None => (1, GENESIS.to_owned()),
    };
    let (at, address) = (tx.now(), tx.caller().address.clone());
    let detail = serde_json::to_string(event).map_err(|_| Error::Broken)?;
    let (action, object) = (event.action(), event.object());
    let (prev, at_us) = (prev_hash.as_str(), at.0);
    let link = Link { prev_hash: prev, tenant, seq, at_us, actor, actor_name, action, object: &object, detail: &detail, address: &address };
    let hash = link.hash();
    let insert = sql("INSERT INTO audit (tenant_id, seq, at_us, actor, actor_name, action, object, detail, address, prev_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    let insert = insert.bind(tenant).bind(seq).bind(at).bind(actor).bind(actor_name).bind(action).bind(object);
    tx.insert_next(insert.bind(detail).bind(address).bind(prev_hash).bind(hash)).await
}

/// Documents are named by their title, where there is one; objects are written as `event.rs` says.
const ROW: &str =
    "SELECT a.seq, a.at_us, a.actor_name, a.action, a.object, a.detail, a.address, a.hash, COALESCE(t.name, ''), d.title FROM audit a
    LEFT JOIN tenants t ON t.id = a.tenant_id LEFT JOIN library_documents d ON d.id = substr(a.object, 10) AND a.object LIKE 'document/%'";
const COUNT: &str = "SELECT COUNT(*) FROM audit a";
/// With a keyword, the names are looked into.
const COUNT_NAMED: &str = "SELECT COUNT(*) FROM audit a
    LEFT JOIN tenants t ON t.id = a.tenant_id LEFT JOIN library_documents d ON d.id = substr(a.object, 10) AND a.object LIKE 'document/%'";

/// Whose rows are read.
#[derive(Clone, Copy)]
enum Whose {
    Company(Id),
    Everybody,
}

/// The log of the caller's company.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn page(access: &Access<CanReadAudit>, asked: Asked) -> Result<AuditPage, Error> {
    page_of(access.store(), Whose::Company(access.tenant()?), asked).await
}

/// The logs of all companies.
///
/// # Errors
/// As `page`.
pub async fn every_page(access: &Access<CanReadEveryAudit>, asked: Asked) -> Result<AuditPage, Error> {
    page_of(access.store(), Whose::Everybody, asked).await
}

async fn page_of(store: &Store, whose: Whose, asked: Asked) -> Result<AuditPage, Error> {
    lists::checked(&asked)?;
    let db = &store.db;
    let total = db.row(count(db.kind(), whose, &asked)).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let page = of(sql(ROW), db.kind(), whose, &asked).and(order(whose, &asked)).limit(asked.size.into()).offset(asked.skipped());
    let rows = db.rows(page).await?.iter().map(audit_row).collect::<Result<_, _>>()?;
    Ok(AuditPage { asked, rows, total, today: store.clock.now().day() })
}

/// The same rows for a file.
///
/// # Errors
/// As `page`.
pub(crate) async fn rows(
    access: &Access<CanReadAudit>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    rows_of(access.store(), (Whose::Company(access.tenant()?), &AUDIT), asked, lang, counted, out).await
}

/// The same rows of all companies for a file.
///
/// # Errors
/// As `page`.
pub(crate) async fn every_row(
    access: &Access<CanReadEveryAudit>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    rows_of(access.store(), (Whose::Everybody, &CONSOLE_AUDIT), asked, lang, counted, out).await
}

async fn rows_of(
    store: &Store,
    (whose, list): (Whose, &'static List),
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &store.db;
    let mut snapshot = db.snapshot().await?;
    let total = snapshot.row(count(db.kind(), whose, &asked)).await?;
    if counted.send(total.map(|row| row.int(0)).transpose()?.unwrap_or(0)).is_err() {
        return Ok(());
    }
    let columns = file_columns(list);
    let read = |row: &Row| audit_row(row).map(|row| columns.iter().map(|key| value(&row, key, lang)).collect());
    snapshot.send(of(sql(ROW), db.kind(), whose, &asked).and(order(whose, &asked)), read, &out).await
}

fn count(kind: Kind, whose: Whose, asked: &Asked) -> Sql {
    of(sql(if asked.keyword.is_empty() { COUNT } else { COUNT_NAMED }), kind, whose, asked)
}

fn of(head: Sql, kind: Kind, whose: Whose, asked: &Asked) -> Sql {
    let (head, columns): (Sql, &[&'static str]) = match whose {
        Whose::Company(tenant) => (head.and(" WHERE a.tenant_id = ").value(tenant), &["a.actor_name", "a.object", "COALESCE(d.title, '')"]),
        Whose::Everybody => (
            head.and(" WHERE a.seq > 0"),
            &["a.actor_name", "a.object", "COALESCE(d.title, '')", "COALESCE(t.name, '')", "COALESCE(t.number, '')"],
        ),
    };
    let head = lists::chosen(head, "a.action", asked, "action");
    let head = match asked.chosen("actor").next() {
        None => head,
        Some(part) => lists::containing(head.and(" AND "), kind, "a.actor_name", part),
    };
    let head = match asked.chosen("company").next() {
        None => head,
        Some(part) => {
            let companies = head.and(" AND a.tenant_id IN (SELECT c.id FROM tenants c WHERE ");
            lists::containing(companies, kind, "c.name", part).and(")")
        }
    };
    mentioned(in_days(head, "a.at_us", asked.days), kind, columns, asked)
}

/// In one chain the number follows the time: it only grows.
fn order(whose: Whose, asked: &Asked) -> &'static str {
    match (whose, asked.sort_key().1) {
        (Whose::Company(_), true) => " ORDER BY a.seq DESC",
        (Whose::Company(_), false) => " ORDER BY a.seq",
        (Whose::Everybody, true) => " ORDER BY a.at_us DESC, a.tenant_id DESC, a.seq DESC",
        (Whose::Everybody, false) => " ORDER BY a.at_us, a.tenant_id, a.seq",
    }
}

/// Names that are suggested at most.
const NAMES_MAX: i64 = 8;

/// People of the caller's company whose names contain `part`.
///
/// # Errors
/// Those of the database.
pub async fn people(access: &Access<CanReadAudit>, part: &str) -> Result<Vec<String>, Error> {
    let db = &access.store().db;
    let of = sql("SELECT DISTINCT name FROM accounts WHERE tenant_id = ").value(access.tenant()?).and(" AND ");
    names(db, of, "name", part).await
}

/// People of all companies whose names contain `part`.
///
/// # Errors
/// Those of the database.
pub async fn every_person(access: &Access<CanReadEveryAudit>, part: &str) -> Result<Vec<String>, Error> {
    names(&access.store().db, sql("SELECT DISTINCT name FROM accounts WHERE "), "name", part).await
}

/// Companies whose names contain `part`.
///
/// # Errors
/// Those of the database.
pub async fn every_company(access: &Access<CanReadEveryAudit>, part: &str) -> Result<Vec<String>, Error> {
    names(&access.store().db, sql("SELECT DISTINCT name FROM tenants WHERE "), "name", part).await
}

async fn names(db: &Db, of: Sql, column: &'static str, part: &str) -> Result<Vec<String>, Error> {
    let found = lists::containing(of, db.kind(), column, part).and(" ORDER BY name").limit(NAMES_MAX);
    Ok(db.rows(found).await?.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?)
}

fn audit_row(row: &Row) -> Result<AuditRow, Error> {
    Ok(AuditRow {
        seq: row.int(0)?,
        at: row.moment(1)?,
        person: row.text(2)?,
        action: row.text(3)?,
        object: row.text(4)?,
        detail: row.text(5)?,
        address: row.text(6)?,
        hash: row.text(7)?,
        company: row.text(8)?,
        title: row.maybe_text(9)?,
    })
}

fn value(row: &AuditRow, key: &str, lang: Lang) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    match key {
        "at" => Value::Moment(row.at),
        "person" => text(&row.person),
        "action" => text(domain::audit::action(&row.action).map_or(row.action.as_str(), |label| label.at(lang))),
        "object" => text(&row.object),
        "company" => text(&row.company),
        "title" => row.title.as_deref().map_or(Value::Empty, text),
        "address" => text(&row.address),
        "seq" => Value::Integer(row.seq),
        "detail" => text(&row.detail),
        "hash" => text(&row.hash),
        _ => Value::Empty,
    }
}

/// The last row of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Whose chain.
    pub tenant: String,
    /// The row's number.
    pub seq: i64,
    /// Its hash, on which everything before it rests.
    pub hash: String,
}

/// The last row of each chain. The chains are found by skipping from one to the next, so it costs as much as there are chains.
pub(crate) fn heads() -> Sql {
    sql("WITH RECURSIVE chains (tenant_id) AS (
            SELECT MIN(tenant_id) FROM audit
            UNION ALL SELECT (SELECT MIN(a.tenant_id) FROM audit a WHERE a.tenant_id > c.tenant_id) FROM chains c WHERE c.tenant_id IS NOT NULL)
        SELECT a.tenant_id, a.seq, a.hash FROM chains c JOIN audit a ON a.tenant_id = c.tenant_id
            AND a.seq = (SELECT MAX(l.seq) FROM audit l WHERE l.tenant_id = c.tenant_id)
        ORDER BY a.tenant_id")
}

pub(crate) fn head(row: &Row) -> Result<Head, Failure> {
    Ok(Head { tenant: row.text(0)?, seq: row.int(1)?, hash: row.text(2)? })
}

/// What a check of all chains found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Chains, one per tenant.
    pub chains: i64,
    /// Rows of all chains.
    pub rows: i64,
    /// Rows that are not what was written, at most a hundred.
    pub findings: Vec<Finding>,
    /// Where the chains end.
    pub heads: Vec<Head>,
}

/// A row that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whose chain.
    pub tenant: String,
    /// The row's number.
    pub seq: i64,
    /// What is wrong with it.
    pub what: &'static str,
}

/// Rows that were seen before, elsewhere: their hashes by chain and number.
pub type Anchored = BTreeMap<(String, i64), String>;

impl Checked {
    fn found(&mut self, tenant: &str, seq: i64, what: &'static str) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { tenant: tenant.to_owned(), seq, what });
        }
    }
}

/// Works out every hash again. A row that was changed, added, taken away or moved breaks its chain; rows cut off at the end are
/// found only by who has kept the last hash elsewhere: see `anchor`.
///
/// # Errors
/// The database does not answer.
pub async fn check(store: &Store) -> Result<Checked, Error> {
    check_in(&mut Source::Db(&store.db), Anchored::new()).await
}

/// The same, and looks for every row that was anchored.
///
/// # Errors
/// The database does not answer.
pub async fn check_against(store: &Store, anchored: Anchored) -> Result<Checked, Error> {
    check_in(&mut Source::Db(&store.db), anchored).await
}

/// Where the chains end now.
///
/// # Errors
/// The database does not answer.
pub async fn ends(store: &Store) -> Result<Vec<Head>, Error> {
    store.db.rows(heads()).await?.iter().map(|row| Ok(head(row)?)).collect()
}

pub(crate) async fn check_in(source: &mut Source<'_>, mut anchored: Anchored) -> Result<Checked, Error> {
    let mut checked = Checked::default();
    let mut last = Head { tenant: String::new(), seq: 0, hash: GENESIS.to_owned() };
    loop {
        let page = sql("SELECT tenant_id, seq, at_us, actor, actor_name, action, object, detail, address, prev_hash, hash FROM audit
            WHERE (tenant_id, seq) > ");
        let page = page.and("(").value(&last.tenant).and(", ").value(last.seq).and(") ORDER BY tenant_id, seq").limit(PAGE);
        let rows = source.rows(page).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let next = Head { tenant: row.text(0)?, seq: row.int(1)?, hash: row.text(10)? };
            if next.tenant != last.tenant {
                checked.chains += 1;
                end_chain(&mut checked, &last);
                last = Head { tenant: next.tenant.clone(), seq: 0, hash: GENESIS.to_owned() };
            }
            checked.rows += 1;
            if let Some(what) = fault(row, last.seq, &last.hash)? {
                checked.found(&next.tenant, next.seq, what);
            }
            if anchored.remove(&(next.tenant.clone(), next.seq)).is_some_and(|hash| hash != next.hash) {
                checked.found(&next.tenant, next.seq, "another row was anchored in its place");
            }
            last = next;
        }
    }
    end_chain(&mut checked, &last);
    for (tenant, seq) in anchored.keys() {
        checked.found(tenant, *seq, "it was anchored and is not there any more");
    }
    Ok(checked)
}

fn end_chain(checked: &mut Checked, last: &Head) {
    if last.seq != 0 {
        checked.heads.push(last.clone());
    }
}

/// What is wrong with a row that follows `seq` with `hash`.
fn fault(row: &Row, seq: i64, hash: &str) -> Result<Option<&'static str>, Error> {
    if row.int(1)? != seq + 1 {
        return Ok(Some("rows before it are missing"));
    }
    let texts = [3, 4, 5, 6, 7, 8, 9].map(|column| row.text(column));
    let [Ok(actor), Ok(actor_name), Ok(action), Ok(object), Ok(detail), Ok(address), Ok(prev_hash)] = &texts else {
        return Ok(Some("it cannot be read"));
    };
    if prev_hash != hash {
        return Ok(Some("it does not follow the row before it"));
    }
    // An id that is none makes another hash, and so a finding.
    let tenant = row.id(0).unwrap_or(Id(0));
    let link = Link { prev_hash, tenant, seq: seq + 1, at_us: row.int(2)?, actor, actor_name, action, object, detail, address };
    Ok((link.hash() != row.text(10)?).then_some("its content is not what was written"))
}
