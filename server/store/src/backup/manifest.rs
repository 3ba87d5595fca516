//! What a backup says of itself.

use super::{Catalogue, Unfit};
use crate::audit::Head;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// What the first entry is recognised by.
const FORMAT: &str = "partner-center-backup";
/// The form described in `mod.rs`.
const FORMAT_VERSION: i64 = 1;

/// The first entry: what this is, and of which tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    format: String,
    format_version: i64,
    /// The program that wrote it.
    pub program: String,
    /// The schema that the rows fit.
    pub schema: i64,
    /// The moment whose rows these are, by the system's clock.
    pub taken_at: String,
    /// The columns of each table, in the order of the values.
    pub tables: BTreeMap<String, Vec<String>>,
}

impl About {
    pub(super) fn new(schema: i64, taken_at: String, catalogue: &Catalogue) -> Self {
        let names = |columns: &Vec<(String, _)>| columns.iter().map(|(name, _)| name.clone()).collect();
        Self {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            taken_at,
            tables: catalogue.iter().map(|(table, columns)| (table.clone(), names(columns))).collect(),
        }
    }

    /// Reads the first entry. What is none of ours is foreign, whatever else is wrong with it.
    pub(super) fn read(content: &[u8]) -> Result<Self, Unfit> {
        let about: serde_json::Value = serde_json::from_slice(content).map_err(|_| Unfit::Foreign)?;
        if about.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
            return Err(Unfit::Foreign);
        }
        if about.get("format_version").and_then(serde_json::Value::as_i64).is_none_or(|version| version > FORMAT_VERSION) {
            return Err(Unfit::Newer);
        }
        let about: Self = serde_json::from_value(about).map_err(|_| Unfit::Altered(super::ABOUT.to_owned()))?;
        if about.schema > crate::migrate::newest() { Err(Unfit::Newer) } else { Ok(about) }
    }
}

/// Rows or files: how many, and the SHA-256 of them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// How many.
    pub count: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A sum under way.
#[derive(Clone, Default)]
pub(super) struct Summing {
    count: u64,
    bytes: u64,
    hash: Sha256,
}

impl Summing {
    /// Rows as they are written.
    pub(super) fn rows(&mut self, count: u64, lines: &[u8]) {
        self.count = self.count.saturating_add(count);
        self.bytes = self.bytes.saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX));
        self.hash.update(lines);
    }

    /// A file by its name, size and content.
    pub(super) fn file(&mut self, name: &str, size: u64, sha256: &str) {
        self.count = self.count.saturating_add(1);
        self.bytes = self.bytes.saturating_add(size);
        self.hash.update(format!("{name} {size} {sha256}\n"));
    }

    pub(super) fn sum(self) -> Sum {
        Sum { count: self.count, bytes: self.bytes, sha256: hex::encode(self.hash.finalize()) }
    }
}

/// A file that a row names and that the backup does not have, or not as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why a file is not in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its export expired while the backup was taken; its row will be told.
    Gone,
    /// It was missing before.
    Missing,
    /// It has another size than its row says.
    AnotherSize,
    /// Its content is not what was kept: it is in the backup for whoever can use it, and is not restored.
    AnotherContent,
}

/// What a whole backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// As in the first entry.
    pub about: About,
    /// Rows per table.
    pub rows: BTreeMap<String, Sum>,
    /// The last row of each audit chain.
    pub heads: Vec<Head>,
    /// The files: each line of the sum is `NAME SIZE SHA256`.
    pub files: Sum,
    /// Files that are not there.
    pub lost: Vec<Lost>,
}
