//! How many documents lie where, per audience: small, read by every page of the library, changed only by editors.
//!
//! One copy per process is kept beside the number of the revision it was read at. The number is read again for each request, so
//! a copy is never older than the request that uses it, on any number of servers.

use super::hits::Hits;
use crate::{
    db::{Db, Failure},
    sql::sql,
    write::Tx,
};
use domain::{
    Error,
    access::Standing,
    library::{Audience, Category, Counts, Format, Language, Reach},
    list::Asked,
    machine::Keyed as _,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Audiences and tallies that are read at most: far more than a portal has.
const ROWS_MAX: i64 = 100_000;

/// The kept copy, and what searches found in it.
#[derive(Debug, Default)]
pub struct Shelves {
    kept: Mutex<Option<Arc<Shelf>>>,
    pub(super) hits: Hits,
}

/// Audiences and tallies of one revision.
#[derive(Debug)]
pub(super) struct Shelf {
    revision: String,
    audiences: Vec<(i64, Audience)>,
    tallies: Vec<Tally>,
}

#[derive(Debug)]
struct Tally {
    audience: i64,
    category: Category,
    format: Format,
    language: Language,
    documents: i64,
}

impl Shelves {
    /// The shelf of the current revision.
    pub(super) async fn current(&self, db: &Db) -> Result<Arc<Shelf>, Failure> {
        let revision = db.row(sql("SELECT value FROM settings WHERE key = 'library_revision' LIMIT 1")).await?;
        let revision = revision.map(|row| row.text(0)).transpose()?.unwrap_or_default();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(shelf) = kept.filter(|shelf| shelf.revision == revision) {
            return Ok(shelf);
        }
        let shelf = Arc::new(Shelf::read(db, revision).await?);
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(shelf.clone());
        Ok(shelf)
    }
}

impl Shelf {
    async fn read(db: &Db, revision: String) -> Result<Self, Failure> {
        let mut audiences = Vec::new();
        for row in db.rows(sql("SELECT id, identities, programs FROM library_audiences ORDER BY id").limit(ROWS_MAX)).await? {
            audiences.push((row.int(0)?, Audience { identities: row.keys(1)?, programs: row.keys(2)? }));
        }
        let mut tallies = Vec::new();
        let find = sql("SELECT audience_id, category, format, language, documents FROM library_tally WHERE documents > 0
            ORDER BY audience_id, category, format, language");
        for row in db.rows(find.limit(ROWS_MAX)).await? {
            let (category, format, language) = (row.key(1)?, row.key(2)?, row.key(3)?);
            tallies.push(Tally { audience: row.int(0)?, category, format, language, documents: row.int(4)? });
        }
        Ok(Self { revision, audiences, tallies })
    }

    /// The number of the revision.
    pub(super) fn revision(&self) -> &str {
        &self.revision
    }

    /// The audiences a caller belongs to.
    pub(super) fn audiences_of(&self, standing: &Standing) -> Vec<i64> {
        self.audiences.iter().filter(|(_, audience)| audience.includes(standing)).map(|(id, _)| *id).collect()
    }

    /// Those of some audiences that a question asks for: everybody, a few, or both.
    pub(super) fn reaching(&self, audiences: &[i64], asked: &Asked) -> Vec<i64> {
        let wanted: Vec<Reach> = asked.chosen("audience").filter_map(Reach::read).collect();
        let is_wanted = |id: &&i64| wanted.is_empty() || wanted.contains(&self.audience(**id).reach());
        audiences.iter().filter(is_wanted).copied().collect()
    }

    /// All audiences.
    pub(super) fn every_audience(&self) -> Vec<i64> {
        self.audiences.iter().map(|(id, _)| *id).collect()
    }

    /// The audience of an id.
    pub(super) fn audience(&self, id: i64) -> Audience {
        self.audiences.iter().find(|(other, _)| *other == id).map(|(_, audience)| audience.clone()).unwrap_or_default()
    }

    /// The tree's counts, and the formats within the chosen category.
    pub(super) fn counts(&self, audiences: &[i64], chosen: &[Category]) -> Counts {
        let mut counts = Counts {
            all: 0,
            categories: Category::ALL.iter().map(|category| (*category, 0)).collect(),
            formats: Format::ALL.iter().map(|format| (*format, 0)).collect(),
        };
        for tally in self.tallies.iter().filter(|tally| audiences.contains(&tally.audience)) {
            counts.all += tally.documents;
            for (category, count) in &mut counts.categories {
                if *category == tally.category || *category == tally.category.parent() {
                    *count += tally.documents;
                }
            }
            if chosen.is_empty() || chosen.contains(&tally.category) {
                counts.formats.iter_mut().filter(|(format, _)| *format == tally.format).for_each(|(_, count)| *count += tally.documents);
            }
        }
        counts
    }

    /// Documents that match without keyword and days.
    pub(super) fn total(&self, audiences: &[i64], categories: &[Category], formats: &[Format], languages: &[Language]) -> i64 {
        let fits = |tally: &&Tally| {
            audiences.contains(&tally.audience)
                && (categories.is_empty() || categories.contains(&tally.category))
                && (formats.is_empty() || formats.contains(&tally.format))
                && (languages.is_empty() || languages.contains(&tally.language))
        };
        self.tallies.iter().filter(fits).map(|tally| tally.documents).sum()
    }
}

/// Adds to the tally of a published document's place and starts a new revision.
pub(super) async fn count(
    tx: &mut Tx,
    audience: i64,
    category: Category,
    format: Format,
    language: Language,
    by: i64,
) -> Result<(), Error> {
    let add = sql("INSERT INTO library_tally (audience_id, category, format, language, documents) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (audience_id, category, format, language) DO UPDATE SET documents = library_tally.documents + $5");
    tx.execute(add.bind(audience).bind(category.key()).bind(format.key()).bind(language.key()).bind(by)).await?;
    touch(tx).await
}

/// Starts a new revision: every kept copy is old from this commit on.
pub(super) async fn touch(tx: &mut Tx) -> Result<(), Error> {
    let revision = tx.new_id().to_string();
    let set = sql("INSERT INTO settings (key, value) VALUES ('library_revision', $1) ON CONFLICT (key) DO UPDATE SET value = $1");
    tx.execute(set.bind(revision)).await.map(|_| ())
}
