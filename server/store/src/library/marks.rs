//! What a person marked: favourites, and documents they follow (domain.md F1).

use super::{audience, read};
use crate::{
    access::Access,
    sql::{Sql, sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::{CanReadLibrary, Identity, Program},
    library::Mine,
    machine::Keyed as _,
};

/// Most documents that one person may mark in one way.
const MARKS_MAX: i64 = 2_000;
/// Followers of one document that are told of a change.
const FOLLOWERS_MAX: i64 = 100_000;

/// The marks of the caller on a document.
pub(super) async fn of(access: &Access<CanReadLibrary>, document: Id) -> Result<Vec<Mine>, Error> {
    let account = access.caller().standing()?.account;
    let find = sql("SELECT mark FROM library_marks WHERE account_id = ").value(account).and(" AND document_id = ").value(document);
    access.store().db.rows(find.and(" LIMIT 10")).await?.iter().map(|row| Ok(row.key(0)?)).collect()
}

/// Marks a document the caller may see, or takes the mark away. Doing it twice is doing it once.
///
/// # Errors
/// As `detail`; `Invalid` for what is no mark, and beyond 2,000 marks.
pub async fn mark(access: &Access<CanReadLibrary>, document: Id, mark: Mine, on: bool) -> Result<(), Error> {
    if mark == Mine::Downloaded {
        return Err(Error::Invalid { field: "mark".to_owned() });
    }
    read::detail(access, document).await?;
    let account = access.caller().standing()?.account;
    access.write(None, (account, document, mark, on), |tx, input| Box::pin(set(tx, *input))).await
}

async fn set(tx: &mut Tx, (account, document, mark, on): (Id, Id, Mine, bool)) -> Result<Written<()>, Error> {
    if !on {
        let delete = sql("DELETE FROM library_marks WHERE account_id = ").value(account).and(" AND mark = ").value(mark.key());
        tx.execute(delete.and(" AND document_id = ").value(document)).await?;
        return Ok(Written::quiet(()));
    }
    let count = sql("SELECT COUNT(*) FROM library_marks WHERE account_id = ").value(account).and(" AND mark = ").value(mark.key());
    let count = tx.row(count).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    if count >= MARKS_MAX {
        return Err(Error::Invalid { field: "mark".to_owned() });
    }
    let now = tx.now();
    let insert = sql("INSERT INTO library_marks (account_id, mark, document_id, at_us) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
    tx.execute(insert.bind(account).bind(mark.key()).bind(document).bind(now)).await?;
    Ok(Written::quiet(()))
}

/// ` AND` the document is one of the caller's in this way.
pub(super) fn only(sql: Sql, mine: Option<Mine>, account: Id) -> Sql {
    match mine {
        None => sql,
        Some(Mine::Downloaded) => {
            sql.and(" AND d.id IN (SELECT document_id FROM library_downloads WHERE account_id = ").value(account).and(")")
        }
        Some(mark) => {
            let sql = sql.and(" AND d.id IN (SELECT document_id FROM library_marks WHERE account_id = ").value(account);
            sql.and(" AND mark = ").value(mark.key()).and(")")
        }
    }
}

/// A document that the caller downloaded, and when last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// The document.
    pub document: Id,
    /// Its title.
    pub title: String,
    /// When.
    pub at: Moment,
    /// It has a newer version than the one that was downloaded.
    pub is_newer: bool,
}

/// What the caller downloaded last, as far as it is still there for them.
///
/// # Errors
/// The database does not answer.
pub async fn recent(access: &Access<CanReadLibrary>, count: u32) -> Result<Vec<Recent>, Error> {
    let standing = access.caller().standing()?;
    let audiences = access.store().shelves.current(&access.store().db).await?.audiences_of(standing);
    if audiences.is_empty() {
        return Ok(Vec::new());
    }
    let find = sql("SELECT d.id, d.title, MAX(l.at_us) AS latest, d.version_no, MAX(l.version_no) FROM library_downloads l
        JOIN library_documents d ON d.id = l.document_id WHERE d.state = 'published' AND l.account_id = ");
    let find = find.value(standing.account).and(" AND d.audience_id IN ").list(audiences);
    let find = find.and(" GROUP BY d.id, d.title, d.version_no ORDER BY latest DESC, d.id").limit(count.into());
    let row = |row: &crate::sql::Row| {
        Ok(Recent { document: row.id(0)?, title: row.text(1)?, at: row.moment(2)?, is_newer: row.int(3)? > row.int(4)? })
    };
    access.store().db.rows(find).await?.iter().map(row).collect()
}

/// Who follows a document, to be told that it changed: those for whom it still is, because its audience or their company may have changed.
///
/// # Errors
/// The database does not answer.
pub async fn followers(tx: &mut Tx, document: Id) -> Result<Vec<Id>, Error> {
    let find = sql("SELECT m.account_id, t.identities, COALESCE((SELECT string_agg(p.program, ',') FROM memberships p
            WHERE p.tenant_id = t.id AND p.state = 'joined'), ''), u.identities, u.programs
        FROM library_marks m JOIN accounts a ON a.id = m.account_id JOIN tenants t ON t.id = a.tenant_id
        JOIN library_documents d ON d.id = m.document_id JOIN library_audiences u ON u.id = d.audience_id
        WHERE m.mark = 'followed' AND m.document_id = ");
    let mut followers = Vec::new();
    for row in tx.rows(find.value(document).and(" ORDER BY m.account_id").limit(FOLLOWERS_MAX)).await? {
        let (identities, programs): (Vec<Identity>, Vec<Program>) = (row.keys(1)?, row.keys(2)?);
        if !programs.is_empty() && audience(&row, 3, 4)?.includes_company(&identities, &programs) {
            followers.push(row.id(0)?);
        }
    }
    Ok(followers)
}
