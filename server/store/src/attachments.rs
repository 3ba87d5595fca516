//! Files that come along with something (domain.md F2, F3, F7). Each flow asks for its own with its own proof; what is common to them is here.

use crate::{
    access::Access,
    db::Db,
    files::Name,
    sql::{Row, sql},
    withdrawals::Asks,
    write::Tx,
};
use domain::{
    Error, Id,
    access::Permission,
    attachment::{Attachment, Kind},
    library::Format,
    machine::Keyed as _,
};
use serde::{Deserialize, Serialize};

/// A file that was sent along, and has its name among the files already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFile {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub format: Format,
    /// Its size in bytes.
    pub size_bytes: i64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// A file that came along, to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedFile {
    /// Its name among the files.
    pub name: Name,
    /// What it is called.
    pub file_name: String,
    /// What it is.
    pub format: Format,
    /// Its size in bytes.
    pub size_bytes: i64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// The hash that events name; empty without a file.
pub(crate) fn hash_of(file: Option<&NewFile>) -> String {
    file.map_or_else(String::new, |file| file.sha256.clone())
}

/// Keeps a file with what it belongs to. Nothing happens without one.
pub(crate) async fn attach(tx: &mut Tx, tenant: Id, (kind, object): (Kind, Id), file: Option<&NewFile>) -> Result<(), Error> {
    let Some(file) = file else { return Ok(()) };
    let now = tx.now();
    let insert = sql("INSERT INTO attachments (kind, object_id, tenant_id, file_name, format, size_bytes, sha256, at_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    let insert = insert.bind(kind.key()).bind(object).bind(tenant).bind(&file.name).bind(file.format.key()).bind(file.size_bytes);
    tx.execute(insert.bind(&file.sha256).bind(now)).await.map(|_| ())
}

/// What came along with something.
pub(crate) async fn of<A: Asks>(from: &mut A, kind: Kind, object: Id) -> Result<Option<Attachment>, Error> {
    let find = sql("SELECT object_id, file_name, size_bytes FROM attachments WHERE kind = ").value(kind.key());
    let rows = from.ask(find.and(" AND object_id = ").value(object).and(" LIMIT 1")).await?;
    rows.first().map(|row| read(kind, row)).transpose()
}

/// What came along with each of several, in no order.
pub(crate) async fn of_each(db: &Db, kind: Kind, objects: &[Id]) -> Result<Vec<Attachment>, Error> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let most = i64::try_from(objects.len()).unwrap_or(i64::MAX);
    let find = sql("SELECT object_id, file_name, size_bytes FROM attachments WHERE kind = ").value(kind.key());
    let find = find.and(" AND object_id IN ").list(objects.iter().copied()).limit(most);
    db.rows(find).await?.iter().map(|row| read(kind, row)).collect()
}

fn read(kind: Kind, row: &Row) -> Result<Attachment, Error> {
    Ok(Attachment { kind, object: row.id(0)?, name: row.text(1)?, size_bytes: row.int(2)? })
}

/// The file of something: of any company, or of one alone.
pub(crate) async fn file(db: &Db, (kind, object): (Kind, Id), tenant: Option<Id>) -> Result<AttachedFile, Error> {
    let find = sql("SELECT file_name, format, size_bytes, sha256 FROM attachments WHERE kind = ").value(kind.key());
    let find = find.and(" AND object_id = ").value(object);
    let find = tenant.into_iter().fold(find, |find, tenant| find.and(" AND tenant_id = ").value(tenant));
    let row = db.row(find.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let sha256 = row.text(3)?;
    Ok(AttachedFile { name: Name::content(&sha256), file_name: row.text(0)?, format: row.key(1)?, size_bytes: row.int(2)?, sha256 })
}

/// Whether a row names a content already: a file that got no row of its own is removed only when none does.
///
/// # Errors
/// The database does not answer.
pub async fn known_content<P: Permission>(access: &Access<P>, sha256: &str) -> Result<bool, Error> {
    let find = sql("SELECT 1 FROM v_kept_content WHERE sha256 = ").value(sha256).and(" LIMIT 1");
    Ok(access.store().db.row(find).await?.is_some())
}
