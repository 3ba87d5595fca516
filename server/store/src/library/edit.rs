//! Editing the library: staff only, every change with its event, every form against the version it was read at.

use super::{
    followers,
    insert::{Inserted, InsertedVersion, audience_id, insert, insert_versions},
    shelves,
};
use crate::{
    access::Access,
    dialect::Searched,
    messages,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Day, Error, Id,
    access::CanManageLibrary,
    event::Event,
    library::{Category, Description, Format, Language, Refusal, State, Step},
    machine::Keyed as _,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// A file that has arrived, or the target of a link entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewFile {
    /// Its format.
    pub format: Format,
    /// The name it is saved under.
    pub file_name: String,
    /// The target of a link entry.
    pub link: Option<String>,
    /// Size in bytes.
    pub size_bytes: i64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A document to create.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewDocument {
    /// What an editor wrote.
    pub about: Description,
    /// Its first file.
    pub file: NewFile,
}

/// A new version of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewVersion {
    /// The document.
    pub document: Id,
    /// The row version the form was read at.
    pub version: i64,
    /// The file.
    pub file: NewFile,
    /// What it changes.
    pub what_changed: String,
    /// Partners may go on downloading the version it replaces.
    pub keep_previous_open: bool,
}

/// New words for a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Described {
    /// The document.
    pub document: Id,
    /// The row version the form was read at.
    pub version: i64,
    /// What an editor wrote.
    pub about: Description,
}

/// A step of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// The document.
    pub document: Id,
    /// The row version the form was read at.
    pub version: i64,
    /// The step.
    pub step: Step,
}

/// Creates a draft.
///
/// # Errors
/// What `Description::checked` refuses.
pub async fn create(access: &Access<CanManageLibrary>, key: Option<Key>, new: NewDocument) -> Result<Id, Error> {
    let about = new.about.checked()?;
    let tenant = access.tenant()?;
    access
        .write(key, (tenant, NewDocument { about, file: new.file }), |tx, (tenant, new)| {
            Box::pin(async move {
                let (id, at) = (tx.new_id(), tx.now());
                insert(tx, &[Inserted { id, about: &new.about, file: &new.file, at, state: State::Draft, body: None }]).await?;
                Ok(Written::new(id, *tenant, Event::DocumentCreated { document: id, sha256: new.file.sha256.clone() }))
            })
        })
        .await
}

/// A document as it is before a change.
struct Before {
    no: i64,
    state: State,
    version: i64,
    version_no: i64,
    audience: i64,
    category: Category,
    format: Format,
    language: Language,
    title: String,
    summary: String,
}

async fn before(tx: &mut Tx, id: Id, version: i64) -> Result<Before, Error> {
    let find = sql(
        "SELECT no, state, version, version_no, audience_id, category, format, language, title, summary FROM library_documents WHERE id = ",
    );
    let row = tx.row(find.value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let before = Before {
        no: row.int(0)?,
        state: row.key(1)?,
        version: row.int(2)?,
        version_no: row.int(3)?,
        audience: row.int(4)?,
        category: row.key(5)?,
        format: row.key(6)?,
        language: row.key(7)?,
        title: row.text(8)?,
        summary: row.text(9)?,
    };
    if before.version == version { Ok(before) } else { Err(Error::Stale) }
}

/// Takes a published document out of its tally, or puts it in.
async fn count(tx: &mut Tx, document: &Before, by: i64) -> Result<(), Error> {
    if document.state == State::Published {
        shelves::count(tx, document.audience, document.category, document.format, document.language, by).await?;
    }
    Ok(())
}

/// Changes the words of a document.
///
/// # Errors
/// `Stale`, `NotFound`, or what `Description::checked` refuses.
pub async fn describe(access: &Access<CanManageLibrary>, described: Described) -> Result<(), Error> {
    let about = described.about.checked()?;
    let tenant = access.tenant()?;
    access
        .write(None, (tenant, Described { about, ..described }), |tx, (tenant, described)| {
            Box::pin(async move {
                let (id, about) = (described.document, &described.about);
                let old = before(tx, id, described.version).await?;
                if old.state == State::Discarded {
                    return Err(Error::WrongState { now: State::Discarded.label().into() });
                }
                count(tx, &old, -1).await?;
                let audience = audience_id(tx, &about.audience).await?;
                let update = sql("UPDATE library_documents SET title = $1, summary = $2, category = $3, language = $4, audience_id = $5,
                    effective_from_us = $6, effective_until_us = $7, version = version + 1 WHERE id = $8 AND version = $9");
                let update = update.bind(&about.title).bind(&about.summary).bind(about.category.key()).bind(about.language.key());
                changed(
                    tx.execute(
                        update
                            .bind(audience)
                            .bind(about.effective.from.map(Day::start))
                            .bind(about.effective.until.map(Day::start))
                            .bind(id)
                            .bind(old.version),
                    )
                    .await?,
                )?;
                let body = super::texts::body(tx, id).await?;
                super::reindex(tx, Searched { no: old.no, title: &about.title, summary: &about.summary, body: &body }).await?;
                let new = Before { audience, category: about.category, language: about.language, ..old };
                count(tx, &new, 1).await?;
                Ok(Written::new((), *tenant, Event::DocumentDescribed { document: id }))
            })
        })
        .await
}

fn changed(rows: u64) -> Result<(), Error> {
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Replaces the file for everyone and bumps the update date.
///
/// # Errors
/// `Stale`, `NotFound`, the same file again, or what `what_changed` refuses.
pub async fn replace(access: &Access<CanManageLibrary>, key: Option<Key>, new: NewVersion) -> Result<i64, Error> {
    let what_changed = domain::library::what_changed(&new.what_changed)?;
    let tenant = access.tenant()?;
    access
        .write(key, (tenant, NewVersion { what_changed, ..new }), |tx, (tenant, new)| {
            Box::pin(async move {
                let old = before(tx, new.document, new.version).await?;
                if old.state == State::Discarded {
                    return Err(Error::WrongState { now: State::Discarded.label().into() });
                }
                let current = sql("SELECT sha256 FROM library_versions WHERE document_id = ").value(new.document);
                let current = tx.row(current.and(" AND no = ").value(old.version_no).and(" LIMIT 1")).await?;
                if current.map(|row| row.text(0)).transpose()?.as_deref() == Some(new.file.sha256.as_str()) {
                    return Err(Refusal::SameFile.into());
                }
                let (no, now) = (old.version_no + 1, tx.now());
                count(tx, &old, -1).await?;
                let version = InsertedVersion {
                    document: new.document,
                    no,
                    file: &new.file,
                    what_changed: &new.what_changed,
                    at: now,
                    has_body: false,
                };
                insert_versions(tx, &[version]).await?;
                let open = sql("UPDATE library_versions SET open_to_partners = $1 WHERE document_id = $2 AND no = $3");
                tx.execute(open.bind(new.keep_previous_open).bind(new.document).bind(old.version_no)).await?;
                let update = sql("UPDATE library_documents SET version = version + 1, version_no = $1, format = $2, size_bytes = $3,
                    what_changed = $4, updated_at_us = $5 WHERE id = $6 AND version = $7");
                let update = update.bind(no).bind(new.file.format.key()).bind(new.file.size_bytes).bind(&new.what_changed).bind(now);
                changed(tx.execute(update.bind(new.document).bind(old.version)).await?)?;
                super::texts::store_body(tx, new.document, "").await?;
                super::reindex(tx, Searched { no: old.no, title: &old.title, summary: &old.summary, body: "" }).await?;
                if old.state == State::Published {
                    let (title, what_changed) = (old.title.clone(), new.what_changed.clone());
                    let notice = Notice::DocumentUpdated { document: new.document, version: no, title, what_changed };
                    let followers = followers(tx, new.document).await?;
                    messages::tell(tx, &notice, &followers).await?;
                }
                count(tx, &Before { format: new.file.format, ..old }, 1).await?;
                let event = Event::DocumentReplaced { document: new.document, version: no, sha256: new.file.sha256.clone() };
                Ok(Written::new(no, *tenant, event))
            })
        })
        .await
}

/// Moves a document to another state.
///
/// # Errors
/// `WrongState`, `Stale`, `NotFound`.
pub async fn move_document(access: &Access<CanManageLibrary>, moved: Moved) -> Result<State, Error> {
    let tenant = access.tenant()?;
    access
        .write(None, (tenant, moved), |tx, (tenant, moved)| {
            Box::pin(async move {
                let find = sql("SELECT state FROM library_documents WHERE id = ").value(moved.document).and(" LIMIT 1");
                let now: State = tx.row(find).await?.ok_or(Error::NotFound)?.key(0)?;
                let to = moved.step.from(now).ok_or_else(|| Error::WrongState { now: now.label().into() })?;
                let old = before(tx, moved.document, moved.version).await?;
                count(tx, &old, -1).await?;
                let update = sql("UPDATE library_documents SET state = $1, version = version + 1,
                    published_at_us = CASE WHEN $1 = 'published' THEN COALESCE(published_at_us, $2) ELSE published_at_us END,
                    updated_at_us = CASE WHEN $1 = 'published' AND published_at_us IS NULL THEN $2 ELSE updated_at_us END
                    WHERE id = $3 AND version = $4 AND state = $5");
                let at = tx.now();
                let update = update.bind(to.key()).bind(at).bind(moved.document).bind(old.version).bind(now.key());
                changed(tx.execute(update).await?)?;
                if moved.step == Step::Withdraw {
                    let (document, version, title) = (moved.document, moved.version, old.title.clone());
                    let followers = followers(tx, document).await?;
                    messages::tell(tx, &Notice::DocumentWithdrawn { document, version, title }, &followers).await?;
                }
                count(tx, &Before { state: to, ..old }, 1).await?;
                let step = moved.step.key().to_owned();
                Ok(Written::new(to, *tenant, Event::DocumentMoved { document: moved.document, step }))
            })
        })
        .await
}
