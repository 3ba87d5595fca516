//! Importing: many documents in one transaction, published at once, for folders and the demo world.

use super::{
    NewFile,
    insert::{Inserted, insert},
};
use crate::{
    access::Access,
    sql::sql,
    write::{Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::CanManageLibrary,
    event::Event,
    library::{Description, State},
};
use serde::{Deserialize, Serialize};

/// Takes documents one by one and writes them in batches.
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
    let inserted = |document| {
        let Imported { id, about, file, at, body }: &Imported = document;
        Inserted { id: *id, about, file, at: *at, state: State::Published, body: body.as_deref() }
    };
    insert(tx, &batch.iter().map(inserted).collect::<Vec<_>>()).await?;
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
