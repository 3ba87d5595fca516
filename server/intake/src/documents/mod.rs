//! Library documents: is the file what it claims to be, and which words are in it.
//!
//! Everything here runs on one thread, reads one file and keeps to [`Limits`]. A parser may still be fooled into using all the
//! memory it finds, therefore the server asks [`crate::child`], which asks this module in a process of its own.

mod archive;
mod book;
mod budget;
mod failure;
mod file_name;
mod format;
mod language;
mod limits;
mod media;
mod office;
mod pdf;
mod plain;
mod sheets;
mod slides;
mod text;
mod variants;
mod verify;
mod word;
mod xml;

use std::fs::File;
use std::path::Path;

use serde::{Deserialize, Serialize};

use budget::Budget;
use text::Text;

pub use failure::Failure;
pub use file_name::{FILE_NAME_CHARS_MAX, clean_file_name};
pub use format::FileFormat;
pub use language::Language;
pub use limits::Limits;
pub use pdf::Drawn;
pub(crate) use pdf::draw as draw_page;
pub use plain::text_charset;
pub use verify::{Mismatch, verify};

/// What a search index needs to know of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extracted {
    /// The words in reading order: single spaces, at most one empty line in a row, no control or direction characters, at most
    /// `Limits::text_chars_max` characters. Empty when the document holds pictures only.
    pub text: String,
    /// The title from the document's properties, else its first heading; at most 200 characters.
    pub title: Option<String>,
    /// Pages of a PDF or of a text document as last counted by its editor, slides of a deck, sheets of a workbook, files of an
    /// archive.
    pub pages: Option<u32>,
    /// The language most of the text is in, when that is plain to see.
    pub language_hint: Option<Language>,
}

/// What the reader of one format found, before it is tidied.
struct Draft {
    text: Text,
    title: Option<String>,
    pages: Option<u32>,
}

/// Takes the text out of the file at `path`, which must be of `format`.
///
/// Runs in this process: a hostile file can make it slow or large. Use [`crate::child::extract_in_child`] in the server.
///
/// # Errors
///
/// Any [`Failure`] but `Crashed` and `OutOfMemory`, which only the parent of a child process sees.
pub fn extract(path: &Path, format: FileFormat, limits: &Limits) -> Result<Extracted, Failure> {
    let file = File::open(path).map_err(|_| Failure::Unavailable)?;
    extract_file(&file, format, limits)
}

/// As [`extract`], from a file that is already open.
///
/// # Errors
///
/// As [`extract`].
pub fn extract_file(file: &File, format: FileFormat, limits: &Limits) -> Result<Extracted, Failure> {
    let about = file.metadata().map_err(|_| Failure::Unavailable)?;
    if !about.is_file() {
        return Err(Failure::Unavailable);
    }
    if about.len() > limits.input_bytes_max {
        return Err(Failure::TooLarge);
    }
    let budget = Budget::new(limits);
    if format.is_office() && verify::is_encrypted_office(file)? {
        return Err(Failure::Encrypted);
    }
    verify::verify_file(file, format)?;
    let draft = match format {
        FileFormat::Pdf => pdf::read(file, &budget)?,
        FileFormat::Docx => word::read(file, &budget)?,
        FileFormat::Pptx => slides::read(file, &budget)?,
        FileFormat::Xlsx => sheets::read(file, &budget)?,
        FileFormat::Epub => book::read(file, &budget)?,
        FileFormat::Zip => archive::read_names(file, &budget)?,
        FileFormat::Txt => plain::read(file, &budget)?,
        FileFormat::Mp4 | FileFormat::Png => return Err(Failure::NoText),
    };
    let text = draft.text.finish();
    Ok(Extracted {
        language_hint: language::guess(&text),
        title: draft.title.as_deref().and_then(text::clean_title),
        pages: draft.pages,
        text,
    })
}
