//! What a stolen database or backup must not tell (threats.md 24): numbers of bank accounts are sealed with a key that lies elsewhere.
//!
//! - The key is made when the first number is sealed, and the database keeps its fingerprint. With another key, or none, everything goes on
//!   but for this: a whole number cannot be shown, and none can be written. The last digits stand beside it.
//! - Never in here, and in no log: a key, or an opened value.

mod check;
mod key;
mod number;
mod place;
mod plain;

pub use check::{CheckedSeals, check};
pub(crate) use key::{Key, is_sealed};
pub use number::SealedNumber;
pub(crate) use number::{note, print_of};
pub(crate) use plain::seal_plain;

use crate::{
    access::{Access, Store},
    db::Failure,
    files::Files,
    sql::{Sql, sql},
    write::{Tx, Written},
};
use domain::{Error, access::Anyone};
use place::Place;
use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

/// The setting that tells of which key a database is.
const SETTING: &str = "sealing_key";

/// Where the key is, and the key when it was read.
#[derive(Debug)]
pub struct Seal {
    place: Place,
    key: RwLock<Option<Arc<Key>>>,
    /// For what does not outlive this process when the key is away.
    own: Option<Arc<Key>>,
}

/// How the key and a database fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing is sealed yet, and there is no key.
    Unused,
    /// It is the key of this database.
    Fits,
    /// There is no key, and this database has one.
    Missing,
    /// It is the key of another database.
    Another,
}

impl Fit {
    /// As it stands in reports.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Fits => "fits",
            Self::Missing => "missing",
            Self::Another => "another",
        }
    }
}

impl Seal {
    pub(crate) fn new(chosen: Option<PathBuf>, database_url: &str, files: &Files) -> Self {
        let place = Place::of(chosen, database_url, files);
        Self { place, key: RwLock::default(), own: Key::read(&Key::new_text()).map(Arc::new) }
    }

    /// Where the key lies, or would lie: a file, or an object of the bucket.
    #[must_use]
    pub fn place(&self) -> String {
        self.place.shown()
    }

    /// The key, when there is one. It is read once; while it is away it is looked for each time.
    pub(crate) async fn key(&self) -> Option<Arc<Key>> {
        let known = self.key.read().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some(key) => Some(key),
            None => self.look().await,
        }
    }

    /// Reads the key anew: somebody may have put it there meanwhile.
    async fn look(&self) -> Option<Arc<Key>> {
        let key = match self.place.read().await {
            Ok(None) => return None,
            Ok(Some(text)) => Key::read(&text).map(Arc::new),
            Err(error) => {
                tracing::error!(place = self.place(), %error, "the sealing key cannot be read");
                return None;
            }
        };
        match &key {
            Some(key) => *self.key.write().unwrap_or_else(PoisonError::into_inner) = Some(key.clone()),
            None => tracing::error!(place = self.place(), "what lies there is no sealing key"),
        }
        key
    }

    /// Makes the key, unless somebody was faster.
    async fn begin(&self) -> Option<Arc<Key>> {
        if let Err(error) = self.place.begin(Key::new_text()).await {
            tracing::error!(place = self.place(), %error, "a sealing key cannot be made");
            return None;
        }
        self.look().await
    }
}

fn setting() -> Sql {
    sql("SELECT value FROM settings WHERE key = ").value(SETTING).and(" LIMIT 1")
}

/// How the key and the database of a store fit.
///
/// # Errors
/// The database does not answer.
pub async fn fit(store: &Store) -> Result<Fit, Failure> {
    let known = store.db.row(setting()).await?.map(|row| row.text(0)).transpose()?;
    let key = store.seal.key().await;
    Ok(match (known, key) {
        (None, None) => Fit::Unused,
        (None, Some(_)) => Fit::Fits,
        (Some(_), None) => Fit::Missing,
        (Some(known), Some(key)) if known == key.fingerprint() => Fit::Fits,
        (Some(_), Some(_)) => Fit::Another,
    })
}

/// The key of this database, to seal with; made when nothing was sealed yet. A value sealed with another one could never be opened.
///
/// # Errors
/// `Unavailable` when the key is away, or is another one.
pub(crate) async fn to_write(tx: &mut Tx) -> Result<Arc<Key>, Error> {
    let store = tx.store().clone();
    of_database(tx).await?.ok_or_else(|| {
        tracing::error!(place = store.seal.place(), "a number was not kept: this is not where the key of this database lies");
        Error::Unavailable
    })
}

/// The same for what is over in minutes: without the key of the database this process has one of its own.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn for_minutes(tx: &mut Tx) -> Result<Arc<Key>, Error> {
    let store = tx.store().clone();
    of_database(tx).await?.or_else(|| store.seal.own.clone()).ok_or(Error::Broken)
}

/// Keys with which something may have been sealed `for_minutes`.
pub(crate) async fn of_minutes(store: &Store) -> Vec<Arc<Key>> {
    store.seal.key().await.into_iter().chain(store.seal.own.clone()).collect()
}

/// A secret for a purpose that all servers of a database share. While its key is away each has one of its own: what was signed with it holds
/// for minutes anyway.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn secret_for(store: &Store, purpose: &'static str) -> Result<String, Error> {
    if let Some(key) = store.seal.key().await {
        return Ok(key.secret_for(purpose));
    }
    let access: Access<Anyone> = store.stranger("local".to_owned(), "seal".to_owned()).access()?;
    let purpose = purpose.to_owned();
    access.write(None, purpose, |tx, purpose| Box::pin(async move { Ok(Written::quiet(for_minutes(tx).await?.secret_for(purpose))) })).await
}

async fn of_database(tx: &mut Tx) -> Result<Option<Arc<Key>>, Error> {
    let store = tx.store().clone();
    let known = tx.row(setting()).await?.map(|row| row.text(0)).transpose()?;
    let Some(known) = known else {
        let Some(key) = (match store.seal.key().await {
            Some(key) => Some(key),
            None => store.seal.begin().await,
        }) else {
            return Ok(None);
        };
        // Of two that seal the first number at once the later runs again, and looks whose key it is.
        let note = sql("INSERT INTO settings (key, value) VALUES ($1, $2)").bind(SETTING).bind(key.fingerprint());
        tx.insert_next(note).await?;
        return Ok(Some(key));
    };
    let fits = |key: &Arc<Key>| key.fingerprint() == known;
    match store.seal.key().await.filter(fits) {
        Some(key) => Ok(Some(key)),
        None => Ok(store.seal.look().await.filter(fits)),
    }
}
