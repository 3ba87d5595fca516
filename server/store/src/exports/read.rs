//! What people see of exports: the records, the file, and what proves it.

use crate::{
    access::Access,
    files::Name,
    lists,
    sql::{Row, Sql, sql},
    write::Written,
};
use domain::{
    Error, Id, Moment,
    access::{Permission, Role},
    event::Event,
    exports::{ExportPage, ExportRow, FileKind, Refusal, Source, State},
    list::Asked,
    machine::Keyed,
    views::Setup,
};
use serde::Deserialize;
use std::collections::BTreeMap;

const ROW: &str = "SELECT x.id, x.version, x.source, x.kind, x.file_name, x.filter, x.query, x.account_name, x.made_at_us, x.state,
    x.rows_done, x.rows_total, x.begun_at_us, x.size_bytes, x.sha256, x.expires_at_us, x.problem, x.tries,
    CASE WHEN x.state = 'queued' THEN (SELECT COUNT(*) FROM export_tasks q WHERE q.tenant_id = x.tenant_id AND q.state = 'queued'
        AND (q.made_at_us, q.id) <= (x.made_at_us, x.id)) ELSE 0 END
    FROM export_tasks x";

/// The records that the caller may see.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn page<P: Permission>(access: &Access<P>, asked: Asked) -> Result<ExportPage, Error> {
    lists::checked(&asked)?;
    let (db, tenant) = (&access.store().db, access.tenant()?);
    let condition = |head: Sql, with_state: bool| {
        let sql = visible(head.and(" WHERE x.tenant_id = ").value(tenant), access);
        let sql = if with_state { lists::chosen(sql, "x.state", &asked, "state") } else { sql };
        let sql = lists::in_days(lists::chosen(sql, "x.kind", &asked, "kind"), "x.made_at_us", asked.days);
        lists::mentioned(sql, db.kind(), &["x.file_name"], &asked)
    };
    let each = condition(sql("SELECT x.state, COUNT(*) FROM export_tasks x"), false).and(" GROUP BY x.state LIMIT 10");
    let mut counts: Vec<(State, i64)> = State::ALL.iter().map(|state| (*state, 0)).collect();
    for row in db.rows(each).await? {
        let (state, count): (State, i64) = (row.key(0)?, row.int(1)?);
        counts.iter_mut().filter(|(other, _)| *other == state).for_each(|(_, known)| *known = count);
    }
    let wanted = |state: State| asked.chosen("state").next().is_none() || asked.has("state", state.key());
    let total = counts.iter().filter(|(state, _)| wanted(*state)).map(|(_, count)| count).sum();
    let order = if asked.sort_key().1 { " ORDER BY x.made_at_us DESC, x.id DESC" } else { " ORDER BY x.made_at_us, x.id" };
    let rows = condition(sql(ROW), true).and(order).limit(asked.size.into()).offset(asked.skipped());
    let system = access.store().clock.system();
    let rows = db.rows(rows).await?.iter().map(|row| export_row(row, system)).collect::<Result<_, _>>()?;
    Ok(ExportPage { asked, rows, total, counts, today: access.now().day(), setup: Setup::default(), panel: None })
}

/// Administrators see what anybody of the company has exported, everybody else their own (F14, `export.own`).
pub(super) fn visible<P: Permission>(sql: Sql, access: &Access<P>) -> Sql {
    match access.caller().standing() {
        Ok(standing) if standing.roles.contains(&Role::Administrator) => sql,
        Ok(standing) => sql.and(" AND x.account_id = ").value(standing.account),
        Err(_) => sql.and(" AND x.account_id = ").value(""),
    }
}

fn export_row(row: &Row, system: Moment) -> Result<ExportRow, Error> {
    let source: Source = row.key(2)?;
    let query = row.text(6)?;
    let (state, done, total): (State, i64, i64) = (row.key(9)?, row.int(10)?, row.int(11)?);
    let begun = row.maybe_int(12)?.map(Moment).filter(|_| state == State::Running);
    let problem = row.maybe_text(16)?;
    Ok(ExportRow {
        id: row.id(0)?,
        version: row.int(1)?,
        source,
        kind: row.key(3)?,
        file_name: row.text(4)?,
        filter: row.text(5)?,
        page: if query.is_empty() { source.path().to_owned() } else { format!("{}?{query}", source.path()) },
        person: row.text(7)?,
        made: row.moment(8)?,
        state,
        place: row.int(18)?,
        rows_done: done,
        rows_total: total,
        seconds_left: begun.and_then(|begun| seconds_left(system.seconds_since(begun), done, total)),
        size_bytes: row.int(13)?,
        sha256: row.text(14)?,
        expires: row.maybe_int(15)?.map(Moment),
        problem: problem.as_deref().and_then(Keyed::read),
        tries: row.int(17)?,
    })
}

/// What stands in the manifest of a file besides what its row says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Proof {
    /// As of when the rows are, in ISO 8601.
    pub as_of: String,
    /// Keys of the columns.
    pub columns: Vec<String>,
    /// Control totals by column.
    pub totals: BTreeMap<String, String>,
    /// Pages of paper.
    pub pages: Option<u32>,
    /// Sheets of a workbook.
    pub sheets: u32,
}

/// A task and, once its file was made, what proves it.
///
/// # Errors
/// `NotFound` for a task of somebody else.
pub async fn one<P: Permission>(access: &Access<P>, task: Id) -> Result<(ExportRow, Option<Proof>), Error> {
    let find = visible(sql(ROW).and(" WHERE x.tenant_id = ").value(access.tenant()?).and(" AND x.id = ").value(task), access);
    let db = &access.store().db;
    let row = db.row(find.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let row = export_row(&row, access.store().clock.system())?;
    let kept = sql("SELECT manifest FROM export_tasks WHERE tenant_id = ").value(access.tenant()?).and(" AND id = ").value(task);
    let manifest = db.row(kept.and(" LIMIT 1")).await?.map(|row| row.maybe_text(0)).transpose()?.flatten();
    let proof = manifest.filter(|text| !text.is_empty()).map(|text| serde_json::from_str(&text).map_err(|_| Error::Broken));
    Ok((row, proof.transpose()?))
}

/// The file names of tasks of the caller's company.
///
/// # Errors
/// The database does not answer.
pub async fn names<P: Permission>(access: &Access<P>, tasks: &[Id]) -> Result<Vec<(Id, String)>, Error> {
    let Ok(most) = i64::try_from(tasks.len()) else { return Ok(Vec::new()) };
    let named = sql("SELECT x.id, x.file_name FROM export_tasks x WHERE x.tenant_id = ").value(access.tenant()?);
    let named = visible(named, access).and(" AND x.id IN ");
    let rows = access.store().db.rows(named.list(tasks.iter().copied()).and(" ORDER BY x.id").limit(most)).await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.text(1)?))).collect()
}

/// At the pace so far; unknown before the first report.
fn seconds_left(passed: i64, done: i64, total: i64) -> Option<i64> {
    if done <= 0 || total < done {
        return None;
    }
    passed.max(1).checked_mul(total - done).map(|work| work / done)
}

/// A file that can be sent.
#[derive(Clone, Debug)]
pub struct ExportFile {
    /// The task.
    pub task: Id,
    /// Of which list it is.
    pub source: Source,
    /// What it is.
    pub kind: FileKind,
    /// The name it is saved under.
    pub file_name: String,
    /// SHA-256 in hexadecimal, also its strong entity tag.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: i64,
    /// Its name among the files.
    pub name: Name,
}

/// The file of a task, for whoever may still see its rows.
///
/// # Errors
/// `NotFound`, `Expired`, `NotReady`, or why the caller may not see the rows any more.
pub async fn file<P: Permission>(access: &Access<P>, task: Id) -> Result<ExportFile, Error> {
    let row = ready(access, task).await?;
    Ok(ExportFile {
        task,
        source: row.key(1)?,
        kind: row.key(2)?,
        file_name: row.text(3)?,
        sha256: row.text(4)?,
        size_bytes: row.int(5)?,
        name: Name::export(task),
    })
}

/// What proves the file, as JSON, and the file's name.
///
/// # Errors
/// As `file`.
pub async fn manifest<P: Permission>(access: &Access<P>, task: Id) -> Result<(String, String), Error> {
    let row = ready(access, task).await?;
    Ok((row.text(3)?, row.text(6)?))
}

/// Writes down that a file was fetched, before its first byte is sent.
///
/// # Errors
/// The database does not answer.
pub async fn record_download<P: Permission>(access: &Access<P>, task: Id) -> Result<(), Error> {
    let tenant = access.tenant()?;
    access
        .write(None, (tenant, task), |_, (tenant, task)| {
            Box::pin(async move { Ok(Written::new((), *tenant, Event::ExportDownloaded { task: *task })) })
        })
        .await
}

async fn ready<P: Permission>(access: &Access<P>, task: Id) -> Result<Row, Error> {
    let find = sql(
        "SELECT x.state, x.source, x.kind, x.file_name, x.sha256, x.size_bytes, x.manifest, x.expires_at_us FROM export_tasks x WHERE x.tenant_id = ",
    );
    let find = visible(find.value(access.tenant()?).and(" AND x.id = ").value(task), access);
    let row = access.store().db.row(find.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let source: Source = row.key(1)?;
    source.rule().map_or(Ok(()), |rule| access.caller().standing()?.may(rule).map_err(Error::WhyNot))?;
    let over = row.maybe_int(7)?.is_some_and(|at| at <= access.now().0);
    match row.key::<State>(0)? {
        State::Completed if !over => Ok(row),
        State::Completed | State::Expired => Err(Refusal::Expired.into()),
        State::Queued | State::Running => Err(Refusal::NotReady.into()),
        State::Failed | State::Cancelled => Err(Error::NotFound),
    }
}
