//! What the library's pages are given: values only, the same for server and browser.

use super::{Audience, Category, Description, Format, State};
use crate::{
    id::Id,
    list::Asked,
    search::Piece,
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// A document in the partner's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryRow {
    /// The document.
    pub id: Id,
    /// Title, with hits marked.
    pub title: Vec<Piece>,
    /// Second line: what changed, the summary, or the place of the hit inside the file.
    pub line: Vec<Piece>,
    /// The second line tells what the latest version changed.
    pub is_change: bool,
    /// Where it is filed.
    pub category: Category,
    /// Format of the file.
    pub format: Format,
    /// Who it is for.
    pub audience: Audience,
    /// Size of the file in bytes.
    pub size_bytes: i64,
    /// Number of the current version.
    pub version_no: i64,
    /// When it was last updated.
    pub updated: Moment,
    /// Updated within the last days.
    pub is_new: bool,
}

/// Documents per category and format, as far as the reader may see them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Everything the reader may see.
    pub all: i64,
    /// Per category; a parent counts its children.
    pub categories: Vec<(Category, i64)>,
    /// Per format within the chosen category.
    pub formats: Vec<(Format, i64)>,
}

/// The partner's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryPage {
    /// The question as it was understood.
    pub asked: Asked,
    /// The rows of this page.
    pub rows: Vec<LibraryRow>,
    /// Rows of all pages.
    pub total: i64,
    /// The tree's counts.
    pub counts: Counts,
    /// The business day, for the presets of the date range.
    pub today: Day,
}

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    /// Its number, from 1.
    pub no: i64,
    /// Format of the file.
    pub format: Format,
    /// The file's name.
    pub file_name: String,
    /// The target of a link entry.
    pub link: Option<String>,
    /// Size in bytes.
    pub size_bytes: i64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it changed against the one before.
    pub what_changed: String,
    /// Partners may still download it after it was replaced.
    pub open_to_partners: bool,
    /// Who added it; for editors.
    pub added_by: String,
    /// When it was added.
    pub added: Moment,
    /// How far the text inside is: `waiting`, `done`, `none`, `failed`; for editors.
    pub text_state: String,
    /// Why the text could not be read; for editors.
    pub text_note: String,
}

/// A document as a partner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// The document.
    pub id: Id,
    /// Title, summary, category, language, audience.
    pub about: Description,
    /// When it was last updated.
    pub updated: Moment,
    /// When it was first published.
    pub published: Option<Moment>,
    /// Updated within the last days.
    pub is_new: bool,
    /// How often it was downloaded.
    pub downloads: i64,
    /// The reader marked it as a favourite.
    pub favourite: bool,
    /// The reader is told when it changes.
    pub followed: bool,
    /// Versions, newest first; older ones only as far as they are open to partners.
    pub versions: Vec<VersionRow>,
}

/// A document in the editor's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditorRow {
    /// The document.
    pub id: Id,
    /// Title, with hits marked.
    pub title: Vec<Piece>,
    /// State.
    pub state: State,
    /// Where it is filed.
    pub category: Category,
    /// Format of the file.
    pub format: Format,
    /// Who it is for.
    pub audience: Audience,
    /// Size of the file in bytes.
    pub size_bytes: i64,
    /// Number of the current version.
    pub version_no: i64,
    /// How often it was downloaded.
    pub downloads: i64,
    /// When it was last updated.
    pub updated: Moment,
}

/// The editor's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditorPage {
    /// The question as it was understood.
    pub asked: Asked,
    /// The rows of this page.
    pub rows: Vec<EditorRow>,
    /// Rows of all pages.
    pub total: i64,
    /// The business day.
    pub today: Day,
}

/// A document as an editor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditorDetail {
    /// What a partner sees, with all versions.
    pub detail: Detail,
    /// State.
    pub state: State,
    /// Row version, sent back by forms so that nobody overwrites another's change (C8).
    pub version: i64,
    /// A fresh idempotency key for the form of a new version.
    pub key: String,
    /// The latest downloads.
    pub recent: Vec<DownloadRow>,
}

/// A download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DownloadRow {
    /// Its id.
    pub id: Id,
    /// When.
    pub at: Moment,
    /// The document.
    pub document: Id,
    /// Its title.
    pub title: String,
    /// The version.
    pub version_no: i64,
    /// The company.
    pub company: String,
    /// The person.
    pub person: String,
}

/// Who downloaded what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Downloads {
    /// The question as it was understood.
    pub asked: Asked,
    /// The rows of this page.
    pub rows: Vec<DownloadRow>,
    /// Rows of all pages.
    pub total: i64,
    /// The business day.
    pub today: Day,
}
