//! What people do with exports: ask, cancel, ask again.

use super::{JOB, read::visible};
use crate::{
    access::Access,
    bills, jobs,
    sql::{Row, sql},
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id, Lang,
    access::Permission,
    event::Event,
    exports::{self, FileKind, Refusal, Source, State, Step, TASKS_MAX},
    machine::Keyed,
};
use serde::{Deserialize, Serialize};

/// An export that is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewExport {
    /// Of which list.
    pub source: Source,
    /// As which file.
    pub kind: FileKind,
    /// The page's query string.
    pub query: String,
    /// The language of heads and words in the file.
    pub lang: Lang,
}

/// What became of the wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// The task.
    pub task: Id,
    /// It is new; otherwise the same one is under way already.
    pub is_new: bool,
}

/// Enters a task and its job. The same export that is under way already is named again.
///
/// # Errors
/// `EXPORT_LIMIT`, `NotOffered`, or why the caller may not see the rows.
pub async fn request<P: Permission>(access: &Access<P>, key: Option<Key>, new: NewExport) -> Result<Requested, Error> {
    let standing = access.caller().standing()?;
    new.source.rule().map_or(Ok(()), |rule| standing.may(rule)).map_err(Error::WhyNot)?;
    if !new.source.kinds().contains(&new.kind) {
        return Err(Refusal::NotOffered.into());
    }
    let asked = exports::whole(new.source, &new.query);
    let new = NewExport { query: new.source.list().write(&asked), ..new };
    access.write(key, new, |tx, new| Box::pin(enter(tx, new))).await
}

async fn enter(tx: &mut Tx, new: &NewExport) -> Result<Written<Requested>, Error> {
    let standing = tx.caller().standing()?.clone();
    if new.source.is_masked() && tx.row(bills::masking_is_confirmed(standing.tenant, standing.account)).await?.is_none() {
        return Err(domain::bills::Refusal::MaskingNotice.into());
    }
    let open =
        sql("SELECT id, source, kind, query, language, account_id FROM export_tasks WHERE state IN ('queued', 'running') AND tenant_id = ");
    let open = tx.rows(open.value(standing.tenant).and(" ORDER BY made_at_us, id").limit(TASKS_MAX)).await?;
    let asked = [new.source.key(), new.kind.key(), &new.query, new.lang.key()];
    for row in &open {
        let same = [1, 2, 3, 4].into_iter().zip(asked).map(|(column, value)| Ok(row.text(column)? == value));
        if same.collect::<Result<Vec<_>, Error>>()?.into_iter().all(|same| same) && row.id(5)? == standing.account {
            return Ok(Written::quiet(Requested { task: row.id(0)?, is_new: false }));
        }
    }
    if i64::try_from(open.len()).unwrap_or(TASKS_MAX) >= TASKS_MAX {
        return Err(Refusal::TooMany { most: TASKS_MAX }.into());
    }
    let (task, now) = (tx.new_id(), tx.now());
    let asked = exports::whole(new.source, &new.query);
    let filter = exports::filter_words(new.source.list(), &asked, new.lang);
    let file_name = exports::file_name(new.source, &asked, &standing.company_short, now, new.kind, new.lang);
    let insert =
        sql("INSERT INTO export_tasks (tenant_id, id, version, state, source, kind, query, language, filter, file_name, account_id,
        account_name, made_at_us, begun_at_us, rows_done, rows_total, size_bytes, sha256, manifest, expires_at_us, problem, tries)
        VALUES ($1, $2, 1, 'queued', $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, 0, 0, 0, '', '', NULL, NULL, 0)");
    let insert = insert.bind(standing.tenant).bind(task).bind(new.source.key()).bind(new.kind.key()).bind(&new.query);
    let insert = insert.bind(new.lang.key()).bind(filter).bind(file_name).bind(standing.account).bind(&standing.name);
    tx.execute(insert.bind(now)).await?;
    jobs::enter(tx, standing.tenant, JOB, &task).await?;
    let event =
        Event::ExportRequested { task, source: new.source.key().to_owned(), kind: new.kind.key().to_owned(), query: new.query.clone() };
    Ok(Written::new(Requested { task, is_new: true }, standing.tenant, event))
}

/// Ends a task that has not ended. A worker that is at it notices at its next report.
///
/// # Errors
/// `NotFound`, `WrongState`.
pub async fn cancel<P: Permission>(access: &Access<P>, task: Id) -> Result<(), Error> {
    let tenant = access.tenant()?;
    seen(access, task).await?;
    access
        .write(None, (tenant, task), |tx, (tenant, task)| {
            Box::pin(async move {
                step(tx, *tenant, *task, Step::Cancel).await?;
                jobs::withdraw(tx, JOB, &serde_json::to_string(task).map_err(|_| Error::Broken)?).await?;
                Ok(Written::new((), *tenant, Event::ExportMoved { task: *task, step: Step::Cancel.key().to_owned() }))
            })
        })
        .await
}

/// Asks for the same export again, as a new task with a new as-of time.
///
/// # Errors
/// `NotFound`, and what `request` refuses.
pub async fn repeat<P: Permission>(access: &Access<P>, key: Option<Key>, task: Id) -> Result<Requested, Error> {
    let row = seen(access, task).await?;
    let lang = if row.text(3)? == Lang::En.key() { Lang::En } else { Lang::Zh };
    request(access, key, NewExport { source: row.key(0)?, kind: row.key(1)?, query: row.text(2)?, lang }).await
}

/// A task that the caller may see: its source, kind, query and language. Whose it is never changes.
async fn seen<P: Permission>(access: &Access<P>, task: Id) -> Result<Row, Error> {
    let find = sql("SELECT x.source, x.kind, x.query, x.language FROM export_tasks x WHERE x.tenant_id = ").value(access.tenant()?);
    let find = visible(find.and(" AND x.id = ").value(task), access).and(" LIMIT 1");
    access.store().db.row(find).await?.ok_or(Error::NotFound)
}

/// A task that was given up is made again, with all its runs before it. Gives whose it is.
pub(crate) async fn again(tx: &mut Tx, task: Id) -> Result<Id, Error> {
    let find = sql("SELECT tenant_id FROM export_tasks WHERE id = ").value(task).and(" LIMIT 1");
    let tenant = tx.row(find).await?.ok_or(Error::NotFound)?.id(0)?;
    step(tx, tenant, task, Step::Again).await?;
    let fresh = sql("UPDATE export_tasks SET tries = 0, problem = NULL, begun_at_us = NULL WHERE tenant_id = $1 AND id = $2");
    tx.execute(fresh.bind(tenant).bind(task)).await?;
    jobs::enter(tx, tenant, JOB, &task).await?;
    Ok(tenant)
}

/// Moves a task on. Its old state is in the WHERE, so of two that move it one wins.
pub(super) async fn step(tx: &mut Tx, tenant: Id, task: Id, step: Step) -> Result<State, Error> {
    let find = sql("SELECT state FROM export_tasks WHERE tenant_id = ").value(tenant).and(" AND id = ").value(task).and(" LIMIT 1");
    let old: State = tx.row(find).await?.ok_or(Error::NotFound)?.key(0)?;
    let new = step.from(old).ok_or_else(|| Error::WrongState { now: old.label().into() })?;
    let update = sql("UPDATE export_tasks SET state = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3 AND state = $4");
    match tx.execute(update.bind(new.key()).bind(tenant).bind(task).bind(old.key())).await? {
        0 => Err(Error::Stale),
        _ => Ok(new),
    }
}
