//! What workers do with exports. Each report says whether the work is still wanted; what ends a task ends its job in the same write.

use super::ask::step;
use crate::{
    access::{Access, Caller, Store},
    files::Name,
    jobs::{self, Leased},
    messages, sessions,
    sql::{Row, sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id, Lang,
    access::Anyone,
    event::Event,
    exports::{FileKind, KEPT_DAYS, Problem, Source, Step},
    machine::Keyed,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// Files that one sweep takes away at most.
const SWEPT: i64 = 200;

/// A task in a worker's hands.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its id.
    pub id: Id,
    /// Of which list.
    pub source: Source,
    /// As which file.
    pub kind: FileKind,
    /// The query string of the list.
    pub query: String,
    /// The language of heads and words.
    pub lang: Lang,
    /// The filter in words.
    pub filter: String,
    /// The file's name.
    pub file_name: String,
    /// Runs so far, this one included.
    pub tries: i64,
    /// Who asked, with the rights of now; nobody when the account is gone.
    pub caller: Option<Caller>,
}

/// How a run ended well.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finished {
    /// Rows written.
    pub rows: i64,
    /// Size of the file in bytes.
    pub size_bytes: i64,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// What proves it, as JSON.
    pub manifest: String,
}

/// What became of a task that was to begin.
#[derive(Debug)]
pub enum Made {
    /// Go on.
    Begun(Box<Task>),
    /// It was cancelled meanwhile, or is gone: the job has ended.
    Unwanted,
}

/// Takes up a task: again, when a worker before has died.
///
/// # Errors
/// The database does not answer, or the lease was lost.
pub async fn begin(access: &Access<Anyone>, leased: &Leased) -> Result<Made, Error> {
    let begun = access.write(None, leased.clone(), |tx, leased| Box::pin(begin_in(tx, leased))).await?;
    if !begun {
        return Ok(Made::Unwanted);
    }
    let store = access.store();
    let find = sql("SELECT id, source, kind, query, language, filter, file_name, tries, account_id FROM export_tasks WHERE tenant_id = ");
    let find = find.value(leased.tenant).and(" AND id = ").value(task_of(leased)?).and(" LIMIT 1");
    let row = store.db.row(find).await?.ok_or(Error::NotFound)?;
    read(store, &row).await.map(|task| Made::Begun(Box::new(task)))
}

async fn begin_in(tx: &mut Tx, leased: &Leased) -> Result<Written<bool>, Error> {
    let (task, now) = (task_of(leased)?, tx.system_now());
    match step(tx, leased.tenant, task, Step::Begin).await {
        Ok(_) => {}
        Err(Error::WrongState { .. } | Error::NotFound) => {
            jobs::end(tx, leased, "").await?;
            return Ok(Written::quiet(false));
        }
        Err(error) => return Err(error),
    }
    let begin =
        sql("UPDATE export_tasks SET begun_at_us = $1, rows_done = 0, rows_total = 0, tries = tries + 1 WHERE tenant_id = $2 AND id = $3");
    tx.execute(begin.bind(now).bind(leased.tenant).bind(task)).await?;
    Ok(Written::quiet(true))
}

async fn read(store: &Store, row: &Row) -> Result<Task, Error> {
    let standing = sessions::standing_of(store, row.id(8)?).await?;
    Ok(Task {
        id: row.id(0)?,
        source: row.key(1)?,
        kind: row.key(2)?,
        query: row.text(3)?,
        lang: if row.text(4)? == Lang::En.key() { Lang::En } else { Lang::Zh },
        filter: row.text(5)?,
        file_name: row.text(6)?,
        tries: row.int(7)?,
        caller: standing.map(|standing| store.system(standing)),
    })
}

/// Says how far the work is, and renews the lease. Gives false when it is not wanted any more.
///
/// # Errors
/// The database does not answer.
pub async fn progress(access: &Access<Anyone>, leased: &Leased, done: i64, total: i64) -> Result<bool, Error> {
    let wanted = access
        .write(None, (leased.clone(), done, total), |tx, (leased, done, total)| {
            Box::pin(async move {
                let report =
                    sql("UPDATE export_tasks SET rows_done = $1, rows_total = $2 WHERE tenant_id = $3 AND id = $4 AND state = 'running'");
                let changed = tx.execute(report.bind(*done).bind(*total).bind(leased.tenant).bind(task_of(leased)?)).await?;
                Ok(Written::quiet(changed > 0))
            })
        })
        .await?;
    Ok(wanted && jobs::renew(access, leased).await?)
}

/// The file is there.
///
/// # Errors
/// `WrongState` when it was cancelled in the last moment; the lease was lost.
pub async fn complete(access: &Access<Anyone>, leased: &Leased, finished: Finished) -> Result<(), Error> {
    access
        .write(None, (leased.clone(), finished), |tx, (leased, finished)| {
            Box::pin(async move {
                let (task, expires) = (task_of(leased)?, tx.now().plus_days(KEPT_DAYS));
                step(tx, leased.tenant, task, Step::Complete).await?;
                let update = sql("UPDATE export_tasks SET rows_done = $1, rows_total = $1, size_bytes = $2, sha256 = $3, manifest = $4,
                    expires_at_us = $5 WHERE tenant_id = $6 AND id = $7");
                let update = update.bind(finished.rows).bind(finished.size_bytes).bind(&finished.sha256).bind(&finished.manifest);
                tx.execute(update.bind(expires).bind(leased.tenant).bind(task)).await?;
                jobs::end(tx, leased, "").await?;
                let (account, file) = requester(tx, leased.tenant, task).await?;
                messages::tell(tx, &Notice::ExportFinished { task, file, rows: finished.rows }, &[account]).await?;
                let event = Event::ExportCompleted { task, rows: finished.rows, sha256: finished.sha256.clone() };
                Ok(Written::new((), leased.tenant, event))
            })
        })
        .await
}

/// The task cannot be done.
///
/// # Errors
/// The database does not answer, or the lease was lost.
pub async fn fail(access: &Access<Anyone>, leased: &Leased, problem: Problem) -> Result<(), Error> {
    access
        .write(None, (leased.clone(), problem), |tx, (leased, problem)| {
            Box::pin(async move {
                let task = task_of(leased)?;
                jobs::end(tx, leased, problem.key()).await?;
                match step(tx, leased.tenant, task, Step::Fail).await {
                    Ok(_) => {}
                    // It was cancelled meanwhile, or is gone.
                    Err(Error::WrongState { .. } | Error::NotFound) => return Ok(Written::quiet(())),
                    Err(error) => return Err(error),
                }
                let why = sql("UPDATE export_tasks SET problem = $1 WHERE tenant_id = $2 AND id = $3");
                tx.execute(why.bind(problem.key()).bind(leased.tenant).bind(task)).await?;
                let (account, file) = requester(tx, leased.tenant, task).await?;
                messages::tell(tx, &Notice::ExportFailed { task, file, problem: *problem }, &[account]).await?;
                Ok(Written::new((), leased.tenant, Event::ExportMoved { task, step: Step::Fail.key().to_owned() }))
            })
        })
        .await
}

/// The task waits again: at once when the server stops, after a rest when it failed in a way that may pass.
///
/// # Errors
/// The database does not answer, or the lease was lost.
pub async fn wait(access: &Access<Anyone>, leased: &Leased, failed: Option<String>) -> Result<(), Error> {
    access
        .write(None, (leased.clone(), failed), |tx, (leased, failed)| {
            Box::pin(async move {
                let task = task_of(leased)?;
                match step(tx, leased.tenant, task, Step::Wait).await {
                    Ok(_) => jobs::give_back(tx, leased, failed.as_deref()).await?,
                    // It was cancelled meanwhile, or is gone.
                    Err(Error::WrongState { .. } | Error::NotFound) => {
                        jobs::end(tx, leased, "").await?;
                        return Ok(Written::quiet(()));
                    }
                    Err(error) => return Err(error),
                }
                if failed.is_none() {
                    let back = sql("UPDATE export_tasks SET tries = tries - 1 WHERE tenant_id = $1 AND id = $2");
                    tx.execute(back.bind(leased.tenant).bind(task)).await?;
                }
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Takes away the files of tasks whose time is over; gives how many.
///
/// # Errors
/// The database does not answer. A file that cannot be removed is logged and tried again with the next sweep.
pub async fn expire(access: &Access<Anyone>) -> Result<usize, Error> {
    let store = access.store();
    let due = sql("SELECT tenant_id, id FROM export_tasks WHERE state = 'completed' AND expires_at_us <= ").value(access.now());
    let due = store.db.rows(due.and(" ORDER BY expires_at_us, id").limit(SWEPT)).await?;
    let mut gone = 0;
    for row in due {
        let (tenant, task) = (row.id(0)?, row.id(1)?);
        if let Err(error) = store.files.forget(&Name::export(task)).await {
            tracing::error!(%task, %error, "the file of an expired export cannot be removed");
            continue;
        }
        let expired = access.write(None, (tenant, task), |tx, (tenant, task)| {
            Box::pin(async move {
                step(tx, *tenant, *task, Step::Expire).await?;
                Ok(Written::new((), *tenant, Event::ExportMoved { task: *task, step: Step::Expire.key().to_owned() }))
            })
        });
        match expired.await {
            Ok(()) => gone += 1,
            // Another server was faster.
            Err(Error::WrongState { .. } | Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(gone)
}

/// Who asked for a task, and the name of its file.
async fn requester(tx: &mut Tx, tenant: Id, task: Id) -> Result<(Id, String), Error> {
    let find = sql("SELECT account_id, file_name FROM export_tasks WHERE tenant_id = ").value(tenant).and(" AND id = ").value(task);
    let row = tx.row(find.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    Ok((row.id(0)?, row.text(1)?))
}

fn task_of(leased: &Leased) -> Result<Id, Error> {
    serde_json::from_str(&leased.input).map_err(|_| Error::Broken)
}
