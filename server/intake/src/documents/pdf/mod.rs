//! PDF: runs the drawing instructions of each page and keeps the characters. Fonts are asked what their glyphs mean; pictures are
//! never decoded.

#![expect(clippy::float_arithmetic, reason = "places on a page; there is no money here")]

mod draw;
mod layout;
mod lines;
mod meaning;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{GBK, UTF_16BE, UTF_16LE};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

use super::budget::Budget;
use super::text::{Text, clean_title};
use super::{Draft, Failure};

use layout::PageText;
use meaning::Meanings;

/// Bytes at the end within which a whole file says that it ends.
const TAIL_BYTES: usize = 2_048;

pub use draw::Drawn;
pub(crate) use draw::draw;

/// Opens a PDF file that is whole and needs no password.
fn open(mut file: &File) -> Result<Pdf, Failure> {
    let size = file.metadata().map_err(|_| Failure::Unavailable)?.len();
    // Growing step by step would need twice the room.
    let mut bytes = Vec::with_capacity(usize::try_from(size).map_err(|_| Failure::TooLarge)?);
    file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes)).map_err(|_| Failure::Unavailable)?;
    refuse_cut_off(&bytes)?;
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => Failure::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Failure::Damaged,
    })
}

/// Reads the text of a PDF file.
pub(crate) fn read(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let pdf = open(file)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Failure::Damaged);
    }
    if pages.len() > budget.limits.entries_max {
        return Err(Failure::TooComplex);
    }
    let mut text = Text::new(budget.limits.text_chars_max);
    let mut heading = None;
    let cache = InterpreterCache::new();
    let meanings = Meanings::new(&pdf);
    for (number, page) in pages.iter().enumerate() {
        budget.look_at_clock()?;
        let mut page_text = PageText::new(budget, &meanings);
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut page_text);
        let lines = page_text.finish()?;
        if number == 0 {
            heading = lines::heading(&lines);
        }
        lines::write(&lines, &mut text);
        if text.is_full() {
            break;
        }
    }
    let title = pdf.metadata().title.as_deref().map(decode).and_then(|title| clean_title(&title));
    Ok(Draft { text, title: title.or(heading), pages: u32::try_from(pages.len()).ok() })
}

/// A reader that repairs would show half a document as if it were whole.
fn refuse_cut_off(bytes: &[u8]) -> Result<(), Failure> {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL_BYTES)..).unwrap_or_default();
    let ends = tail.windows(5).any(|window| window == b"%%EOF");
    if ends { Ok(()) } else { Err(Failure::Damaged) }
}

/// A string of the document: UTF-16 or UTF-8 by its mark, else what Chinese programs write against the rules, else Latin.
fn decode(raw: &[u8]) -> String {
    if let Some(wide) = raw.strip_prefix(b"\xfe\xff") {
        return UTF_16BE.decode_without_bom_handling(wide).0.into_owned();
    }
    if let Some(wide) = raw.strip_prefix(b"\xff\xfe") {
        return UTF_16LE.decode_without_bom_handling(wide).0.into_owned();
    }
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    if let Ok(text) = std::str::from_utf8(raw) {
        return text.to_owned();
    }
    match GBK.decode_without_bom_handling_and_without_replacement(raw) {
        Some(text) => text.into_owned(),
        None => raw.iter().map(|byte| char::from(*byte)).collect(),
    }
}
