//! Backups: the rows of one moment and the files that they name, as one file that either database can be made of again.
//!
//! The file is a tar. First `about.json`, then the rows of each table as lines of JSON (`rows/TABLE/NUMBER.jsonl`), then the files
//! (`files/…`), then `manifest.json` with counts and checksums of all that, and last the checksum of the manifest: what was cut off lacks
//! it. Rows are values, not pages of a database, so SQLite's become PostgreSQL's and the other way round.
//!
//! What opens a door is not in it: sessions, codes and the messages that carry codes, throttles, kept answers. Everybody signs in again.
//! Passwords are there as their slow hashes, as in the database. The search index is made anew.

mod archive;
mod manifest;
mod restore;
mod take;

pub use manifest::{Lost, Manifest, Why};
pub use restore::{Restored, restore};
pub use take::{Taken, take};

use crate::{
    db::Failure,
    sql::{Kind, Row, Value},
};
use domain::Error;
use std::{collections::BTreeMap, fmt, io};

/// Tables whose rows stay behind: the first four open doors or are about one moment of one process, the last is made anew.
const LEFT: &[&str] = &["sessions", "codes", "throttles", "kept_answers", "library_search"];
/// Tables that the database itself fills from the rows of others, when these come in again.
const KEPT_BY_ITSELF: &[&str] = &["ledger_tally"];
/// Rows of a table travel in pieces of about this size.
const CHUNK_BYTES: usize = 1024 * 1024;
/// No piece is larger: one row more than the above, and a row holds a text of two million characters at most.
const CHUNK_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Neither is the manifest.
const MANIFEST_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The first entry.
const ABOUT: &str = "about.json";
/// Folder of the rows.
const ROWS: &str = "rows/";
/// Folder of the files.
const FILES: &str = "files/";
/// The last but one.
const MANIFEST: &str = "manifest.json";
/// The last: the checksum of the one before.
const SEAL: &str = "manifest.sha256";

/// Each table with its columns and their kinds.
type Catalogue = BTreeMap<String, Vec<(String, Kind)>>;

fn catalogue(rows: &[Row]) -> Result<Catalogue, Failure> {
    let mut tables = Catalogue::new();
    for row in rows {
        let (table, column) = (row.text(0)?, row.text(1)?);
        // What FTS5 and sqlx keep for themselves has kinds of its own, and none of our rows.
        let name = table.as_str();
        if crate::demo::TABLES.contains(&name) && !LEFT.contains(&name) && !KEPT_BY_ITSELF.contains(&name) {
            tables.entry(table).or_default().push((column, Kind::named(&row.text(2)?)?));
        }
    }
    Ok(tables)
}

/// A value as it stands in a backup.
fn to_json(value: Value) -> serde_json::Value {
    match value {
        Value::Int(Some(value)) => value.into(),
        Value::Text(Some(value)) => value.into(),
        Value::Blob(Some(value)) => serde_json::json!({ "hex": hex::encode(value) }),
        Value::Int(None) | Value::Text(None) | Value::Blob(None) => serde_json::Value::Null,
    }
}

/// And back, when it is of that kind.
fn from_json(kind: Kind, value: &serde_json::Value) -> Option<Value> {
    match kind {
        Kind::Int if value.is_null() => Some(Value::Int(None)),
        Kind::Int => value.as_i64().map(Into::into),
        Kind::Text if value.is_null() => Some(Value::Text(None)),
        Kind::Text => value.as_str().map(Into::into),
        Kind::Blob if value.is_null() => Some(Value::Blob(None)),
        Kind::Blob => hex::decode(value.get("hex")?.as_str()?).ok().map(Into::into),
    }
}

/// Why a file is no backup that can be restored.
#[derive(Debug)]
pub enum Unfit {
    /// It cannot be read.
    Read(io::Error),
    /// It is something else.
    Foreign,
    /// Its end is missing.
    Cut,
    /// It is not what was written: where.
    Altered(String),
    /// A newer program wrote it.
    Newer,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "it cannot be read: {error}"),
            Self::Foreign => f.write_str("it is no backup of Partner Center"),
            Self::Cut => f.write_str("it was cut off: its end is missing"),
            Self::Altered(place) => write!(f, "it is not what was written; the first difference is in {place}"),
            Self::Newer => f.write_str("a newer version of the program wrote it; restore it with that one"),
        }
    }
}

/// Why a backup was not taken or not restored. Nothing is left behind in either case.
#[derive(Debug)]
pub enum Trouble {
    /// The backup cannot be written.
    Write(io::Error),
    /// A file of the store cannot be read or written.
    Files(io::Error),
    /// The database does not answer, or holds what cannot be read.
    Database(Error),
    /// The file cannot be restored.
    Unfit(Unfit),
    /// There is something already where it should be restored to.
    NotEmpty(&'static str),
    /// The place cannot be opened.
    Place(String),
}

impl From<Unfit> for Trouble {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Database(failure.into())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(error) => write!(f, "the backup cannot be written: {error}"),
            Self::Files(error) => write!(f, "a file of the store cannot be read or written: {error}"),
            Self::Database(error) => write!(f, "the database: {}", error.say(domain::Lang::En)),
            Self::Unfit(unfit) => write!(f, "{unfit}"),
            Self::NotEmpty(what) => write!(f, "{what}; a backup is restored to an empty place only"),
            Self::Place(sentence) => f.write_str(sentence),
        }
    }
}
