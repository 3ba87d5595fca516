//! The text inside files: waiting, found, or why not. Looking for it can be done twice; the second time writes the same.

use crate::{
    access::{Access, Store},
    dialect::Searched,
    files::Name,
    sql::sql,
    write::{Tx, Written},
};
use domain::{Error, Id, access::Anyone, library::Format};

/// A file whose text is waited for.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The document.
    pub document: Id,
    /// The version.
    pub no: i64,
    /// Its format.
    pub format: Format,
    /// Its file.
    pub file: Name,
}

/// The oldest file whose text is waited for.
///
/// # Errors
/// The database does not answer.
pub async fn next_waiting(store: &Store) -> Result<Option<Waiting>, Error> {
    let find = sql(
        "SELECT document_id, no, format, sha256 FROM library_versions WHERE text_state = 'waiting' ORDER BY added_at_us, document_id, no LIMIT 1",
    );
    let Some(row) = store.db.row(find).await? else { return Ok(None) };
    Ok(Some(Waiting { document: row.id(0)?, no: row.int(1)?, format: row.key(2)?, file: Name::content(&row.text(3)?) }))
}

/// Keeps the text of a version, or why there is none. Only the current version's text is searched.
///
/// # Errors
/// The database does not answer.
pub async fn keep_text(access: &Access<Anyone>, waiting: &Waiting, found: Result<String, String>) -> Result<(), Error> {
    access
        .write(None, (waiting.document, waiting.no, found), |tx, (document, no, found)| {
            Box::pin(async move {
                let (state, note) = match found {
                    Ok(_) => ("done", ""),
                    Err(note) => ("failed", note.as_str()),
                };
                let update = sql("UPDATE library_versions SET text_state = $1, text_note = $2 WHERE document_id = $3 AND no = $4");
                tx.execute(update.bind(state).bind(note).bind(*document).bind(*no)).await?;
                let current = sql("SELECT no, title, summary FROM library_documents WHERE id = ").value(*document);
                let current = tx.row(current.and(" AND version_no = ").value(*no).and(" LIMIT 1")).await?;
                if let (Some(row), Ok(body)) = (current, found) {
                    store_body(tx, *document, body).await?;
                    let (title, summary) = (row.text(1)?, row.text(2)?);
                    super::reindex(tx, Searched { no: row.int(0)?, title: &title, summary: &summary, body }).await?;
                }
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// The text that is searched now.
pub(super) async fn body(tx: &mut Tx, document: Id) -> Result<String, Error> {
    let find = sql("SELECT body FROM library_texts WHERE document_id = ").value(document).and(" LIMIT 1");
    Ok(tx.row(find).await?.map(|row| row.text(0)).transpose()?.unwrap_or_default())
}

/// Puts a text in place of the one before.
pub(super) async fn store_body(tx: &mut Tx, document: Id, body: &str) -> Result<(), Error> {
    let store = sql("INSERT INTO library_texts (document_id, body) VALUES ($1, $2) ON CONFLICT (document_id) DO UPDATE SET body = $2");
    tx.execute(store.bind(document).bind(storable(body))).await.map(|_| ())
}

/// A text as it is stored: PostgreSQL keeps no NUL, and a document that holds one loses nothing by it.
pub(super) fn storable(body: &str) -> String {
    body.replace('\0', " ")
}
