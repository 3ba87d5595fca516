//! Editing the library: staff only, every change with its event, every form against the version it was read at.

use super::shelves;
use crate::{
    access::Access,
    dialect,
    sql::{joined, sql},
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::CanManageLibrary,
    event::Event,
    library::{Audience, Category, Description, Format, Language, Refusal, State, Step},
    machine::Keyed as _,
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
                let (now, by) = (tx.now(), author(tx));
                let id = tx.new_id();
                insert(tx, &Insert { id, about: &new.about, file: &new.file, by: &by, at: now, state: State::Draft, body: None }).await?;
                Ok(Written::new(id, *tenant, Event::DocumentCreated { document: id, sha256: new.file.sha256.clone() }))
            })
        })
        .await
}

struct Insert<'a> {
    id: Id,
    about: &'a Description,
    file: &'a NewFile,
    by: &'a str,
    at: Moment,
    state: State,
    /// The text inside, when it is known already.
    body: Option<&'a str>,
}

async fn insert(tx: &mut Tx, new: &Insert<'_>) -> Result<(), Error> {
    let audience = audience_id(tx, &new.about.audience).await?;
    let last = tx.row(sql("SELECT no FROM library_documents ORDER BY no DESC LIMIT 1")).await?;
    let no = last.map(|row| row.int(0)).transpose()?.unwrap_or(0) + 1;
    let published = (new.state == State::Published).then_some(new.at);
    let document = sql("INSERT INTO library_documents (id, no, version, state, title, summary, category, language, audience_id, format,
        size_bytes, version_no, what_changed, downloads, created_at_us, published_at_us, updated_at_us)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, 1, '', 0, $11, $12, $11)");
    let document = document.bind(new.id).bind(no).bind(new.state.key()).bind(&new.about.title).bind(&new.about.summary);
    let document = document.bind(new.about.category.key()).bind(new.about.language.key()).bind(audience).bind(new.file.format.key());
    tx.insert_next(document.bind(new.file.size_bytes).bind(new.at).bind(published)).await?;
    insert_version(tx, new.id, 1, new.file, "", new.by, new.at, new.body.is_some()).await?;
    dialect::index_words(tx, no, &new.about.title, &new.about.summary, new.body.unwrap_or_default()).await?;
    if let Some(body) = new.body {
        super::texts::store_body(tx, new.id, body).await?;
    }
    if new.state == State::Published {
        shelves::count(tx, audience, new.about.category, new.file.format, new.about.language, 1).await?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
async fn insert_version(
    tx: &mut Tx,
    id: Id,
    no: i64,
    file: &NewFile,
    what_changed: &str,
    by: &str,
    at: Moment,
    has_body: bool,
) -> Result<(), Error> {
    let text_state = match (has_body, file.format.has_text()) {
        (true, _) => "done",
        (false, true) => "waiting",
        (false, false) => "none",
    };
    let insert = sql("INSERT INTO library_versions (document_id, no, format, file_name, link, size_bytes, sha256, what_changed,
        open_to_partners, text_state, text_note, added_by, added_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, '', $10, $11)");
    let insert = insert.bind(id).bind(no).bind(file.format.key()).bind(&file.file_name).bind(file.link.clone());
    let insert = insert.bind(file.size_bytes).bind(&file.sha256).bind(what_changed).bind(text_state).bind(by).bind(at);
    tx.insert_next(insert).await
}

/// The id of an audience; equal audiences are one row.
async fn audience_id(tx: &mut Tx, audience: &Audience) -> Result<i64, Error> {
    let (identities, programs) = (joined(&audience.identities), joined(&audience.programs));
    let find = sql("SELECT id FROM library_audiences WHERE identities = ").value(&identities).and(" AND programs = ").value(&programs);
    if let Some(row) = tx.row(find.and(" LIMIT 1")).await? {
        return Ok(row.int(0)?);
    }
    let last = tx.row(sql("SELECT id FROM library_audiences ORDER BY id DESC LIMIT 1")).await?;
    let id = last.map(|row| row.int(0)).transpose()?.unwrap_or(0) + 1;
    let insert = sql("INSERT INTO library_audiences (id, identities, programs) VALUES ($1, $2, $3)");
    tx.insert_next(insert.bind(id).bind(identities).bind(programs)).await?;
    shelves::touch(tx).await?;
    Ok(id)
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
                    version = version + 1 WHERE id = $6 AND version = $7");
                let update = update.bind(&about.title).bind(&about.summary).bind(about.category.key()).bind(about.language.key());
                changed(tx.execute(update.bind(audience).bind(id).bind(old.version)).await?)?;
                let body = super::texts::body(tx, id).await?;
                dialect::index_words(tx, old.no, &about.title, &about.summary, &body).await?;
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
                let (no, now, by) = (old.version_no + 1, tx.now(), author(tx));
                count(tx, &old, -1).await?;
                insert_version(tx, new.document, no, &new.file, &new.what_changed, &by, now, false).await?;
                let open = sql("UPDATE library_versions SET open_to_partners = $1 WHERE document_id = $2 AND no = $3");
                tx.execute(open.bind(new.keep_previous_open).bind(new.document).bind(old.version_no)).await?;
                let update = sql("UPDATE library_documents SET version = version + 1, version_no = $1, format = $2, size_bytes = $3,
                    what_changed = $4, updated_at_us = $5 WHERE id = $6 AND version = $7");
                let update = update.bind(no).bind(new.file.format.key()).bind(new.file.size_bytes).bind(&new.what_changed).bind(now);
                changed(tx.execute(update.bind(new.document).bind(old.version)).await?)?;
                super::texts::store_body(tx, new.document, "").await?;
                dialect::index_words(tx, old.no, &old.title, &old.summary, "").await?;
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
                count(tx, &Before { state: to, ..old }, 1).await?;
                let step = moved.step.key().to_owned();
                Ok(Written::new(to, *tenant, Event::DocumentMoved { document: moved.document, step }))
            })
        })
        .await
}

fn author(tx: &Tx) -> String {
    tx.caller().standing.as_deref().map_or_else(String::new, |standing| standing.name.clone())
}

/// Many documents in one transaction, for imports and the demo world.
pub struct Importer<'a> {
    access: &'a Access<CanManageLibrary>,
    waiting: Vec<Imported>,
}

/// A document as an import brings it in: published at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Imported {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub about: Description,
    /// Its file.
    pub file: NewFile,
    /// When it was published.
    pub at: Moment,
    /// The text inside, when it is known already.
    pub body: Option<String>,
}

/// Documents of one transaction: enough to share the price of a commit, few enough to let other writers in.
const BATCH: usize = 500;

/// Begins an import.
#[must_use]
pub const fn importer(access: &Access<CanManageLibrary>) -> Importer<'_> {
    Importer { access, waiting: Vec::new() }
}

impl Importer<'_> {
    /// Takes the next document; writes when enough wait.
    ///
    /// # Errors
    /// What `Description::checked` refuses, or the database does not answer.
    pub async fn push(&mut self, document: Imported) -> Result<(), Error> {
        let about = document.about.checked()?;
        self.waiting.push(Imported { about, ..document });
        if self.waiting.len() >= BATCH { self.flush().await } else { Ok(()) }
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// The database does not answer; nothing of this batch is kept.
    pub async fn flush(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let (tenant, batch) = (self.access.tenant()?, std::mem::take(&mut self.waiting));
        self.access.write(None, (tenant, batch), |tx, (tenant, batch)| Box::pin(import_batch(tx, *tenant, batch))).await
    }
}

async fn import_batch(tx: &mut Tx, tenant: Id, batch: &[Imported]) -> Result<Written<()>, Error> {
    let by = author(tx);
    for document in batch {
        let Imported { id, about, file, at, body } = document;
        insert(tx, &Insert { id: *id, about, file, by: &by, at: *at, state: State::Published, body: body.as_deref() }).await?;
    }
    let documents = i64::try_from(batch.len()).unwrap_or(i64::MAX);
    Ok(Written::new((), tenant, Event::LibraryImported { documents }))
}

/// Imports one document.
///
/// # Errors
/// As `Importer::push`.
pub async fn import_one(access: &Access<CanManageLibrary>, document: Imported) -> Result<(), Error> {
    let mut importer = importer(access);
    importer.push(document).await?;
    importer.flush().await
}

/// A file of this content is already in the library.
///
/// # Errors
/// The database does not answer.
pub async fn known_file(access: &Access<CanManageLibrary>, sha256: &str) -> Result<bool, Error> {
    let find = sql("SELECT 1 FROM library_versions WHERE sha256 = ").value(sha256).and(" LIMIT 1");
    Ok(access.store().db.row(find).await?.is_some())
}
