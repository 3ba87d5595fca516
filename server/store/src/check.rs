//! Are all files there that a row names, and does a row name all files that are there?

use crate::{
    access::Store,
    db::Db,
    files::{Name, Stored},
    sql::{Row, Sql, sql},
    write::Tx,
};
use domain::{Error, attachment::Kind};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use std::collections::HashSet;

/// Rows that a check reads at a time.
const PAGE: i64 = 1_000;
/// Files that are asked for at a time: a bucket answers each after some milliseconds.
const TOGETHER: usize = 16;
/// Findings that a check tells; more say nothing new.
const FINDINGS_MAX: usize = 100;
/// A younger file without a row may be waiting for one: rows come after their files.
const ORPHAN_SECONDS: i64 = 3_600;

/// Where a check reads: the database as it is, or as a transaction would leave it.
pub(crate) enum Source<'a> {
    Db(&'a Db),
    Tx(&'a mut Tx),
}

impl Source<'_> {
    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, Error> {
        match self {
            Self::Db(db) => Ok(db.rows(sql).await?),
            Self::Tx(tx) => tx.rows(sql).await,
        }
    }
}

/// What a check of all files found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedFiles {
    /// Versions of documents that have a file.
    pub versions: i64,
    /// Proofs that were sent along with a request.
    pub attachments: i64,
    /// Exports that have a file.
    pub exports: i64,
    /// Files that are missing or not what was kept, at most a hundred.
    pub findings: Vec<FileFinding>,
    /// Files that no row names. They cost space and nothing else.
    pub orphans: i64,
    /// Their bytes.
    pub orphan_bytes: i64,
}

/// A file that is not what its row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFinding {
    /// Whose it is: `document/version`, `invoice-review/id` or `export/task`.
    pub at: String,
    /// What is wrong.
    pub what: &'static str,
}

/// A file that a row names.
struct Named {
    at: String,
    name: Name,
    size_bytes: i64,
}

/// Looks for every file that a row names, with its size, and for files that no row names.
///
/// # Errors
/// The database or the place of the files does not answer.
pub async fn files(store: &Store) -> Result<CheckedFiles, Error> {
    let mut checked = CheckedFiles::default();
    let (mut document, mut no) = (String::new(), 0);
    loop {
        let page = sql("SELECT document_id, no, sha256, size_bytes FROM library_versions WHERE link IS NULL AND (document_id, no) > ");
        let page = page.and("(").value(&document).and(", ").value(no).and(") ORDER BY document_id, no").limit(PAGE);
        let rows = store.db.rows(page).await?;
        let Some(last) = rows.last() else { break };
        (document, no) = (last.text(0)?, last.int(1)?);
        checked.versions += i64::try_from(rows.len()).unwrap_or(0);
        let named = rows.iter().map(|row| {
            let at = format!("{}/{}", row.text(0)?, row.int(1)?);
            Ok(Named { at, name: Name::content(&row.text(2)?), size_bytes: row.int(3)? })
        });
        look(store, named.collect::<Result<_, Error>>()?, &mut checked).await?;
    }
    attachments(store, &mut checked).await?;
    exports(store, &mut checked).await?;
    orphans(store, &mut checked).await?;
    Ok(checked)
}

/// Files that came along with something.
async fn attachments(store: &Store, checked: &mut CheckedFiles) -> Result<(), Error> {
    let (mut kind, mut object) = (String::new(), String::new());
    loop {
        let page = sql("SELECT kind, object_id, sha256, size_bytes FROM attachments WHERE (kind, object_id) > ");
        let page = page.and("(").value(&kind).and(", ").value(&object).and(") ORDER BY kind, object_id").limit(PAGE);
        let rows = store.db.rows(page).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        (kind, object) = (last.text(0)?, last.text(1)?);
        checked.attachments += i64::try_from(rows.len()).unwrap_or(0);
        let named = rows.iter().map(|row| {
            let at = row.key::<Kind>(0)?.at(&row.text(1)?);
            Ok(Named { at, name: Name::content(&row.text(2)?), size_bytes: row.int(3)? })
        });
        look(store, named.collect::<Result<_, Error>>()?, checked).await?;
    }
}

async fn exports(store: &Store, checked: &mut CheckedFiles) -> Result<(), Error> {
    let (mut tenant, mut task) = (String::new(), String::new());
    loop {
        let page = sql("SELECT tenant_id, id, size_bytes FROM export_tasks WHERE state = 'completed' AND (tenant_id, id) > ");
        let page = page.and("(").value(&tenant).and(", ").value(&task).and(") ORDER BY tenant_id, id").limit(PAGE);
        let rows = store.db.rows(page).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        (tenant, task) = (last.text(0)?, last.text(1)?);
        checked.exports += i64::try_from(rows.len()).unwrap_or(0);
        let named = rows.iter().map(|row| {
            let task = row.id(1)?;
            Ok(Named { at: format!("export/{task}"), name: Name::export(task), size_bytes: row.int(2)? })
        });
        look(store, named.collect::<Result<_, Error>>()?, checked).await?;
    }
}

async fn look(store: &Store, named: Vec<Named>, checked: &mut CheckedFiles) -> Result<(), Error> {
    let sizes = stream::iter(named).map(async |named| Ok((store.files.size(&named.name).await?, named))).buffered(TOGETHER);
    let sizes: Result<Vec<_>, std::io::Error> = sizes.try_collect().await;
    for (size, named) in sizes.map_err(|error| crate::files::answer("a check", &error))? {
        let what = match size {
            Some(size) if size == named.size_bytes => continue,
            Some(_) => "its file has another size",
            None => "its file is missing",
        };
        if checked.findings.len() < FINDINGS_MAX {
            checked.findings.push(FileFinding { at: named.at, what });
        }
    }
    Ok(())
}

async fn orphans(store: &Store, checked: &mut CheckedFiles) -> Result<(), Error> {
    let old = store.clock.system().plus_seconds(-ORPHAN_SECONDS);
    let mut pages = store.files.all().try_chunks(usize::try_from(PAGE).unwrap_or(1));
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| crate::files::answer("a check", &error.1))?;
        let known = known(store, &page).await?;
        for file in page.iter().filter(|file| file.came < old && !known.contains(&file.name)) {
            checked.orphans += 1;
            checked.orphan_bytes = checked.orphan_bytes.saturating_add(file.size_bytes);
        }
    }
    Ok(())
}

/// Those of some files that a row names.
pub(crate) async fn known(store: &Store, files: &[Stored]) -> Result<HashSet<Name>, Error> {
    let mut known = HashSet::new();
    let contents: Vec<&str> = files.iter().filter_map(|file| file.name.sha256()).collect();
    if !contents.is_empty() {
        let find = sql("SELECT DISTINCT sha256 FROM v_kept_content WHERE sha256 IN ").list(contents).limit(PAGE);
        for row in store.db.rows(find).await? {
            known.insert(Name::content(&row.text(0)?));
        }
    }
    let tasks: Vec<_> = files.iter().filter_map(|file| file.name.task()).collect();
    if !tasks.is_empty() {
        let find = sql("SELECT id FROM export_tasks WHERE state = 'completed' AND id IN ").list(tasks);
        for row in store.db.rows(find.limit(PAGE)).await? {
            known.insert(Name::export(row.id(0)?));
        }
    }
    Ok(known)
}
