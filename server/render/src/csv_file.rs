//! CSV, made so that a spreadsheet program shows what we wrote and runs nothing.
//!
//! Such programs take a field apart again: one that begins like a formula is computed, a long number loses its last digits. Text of
//! that kind gets an apostrophe in front. Numbers come from us and stay as they are.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::fault::Fault;
use crate::text::{clean, shown};
use crate::values::{Cell, Kind, Made, Plan};

/// Without it, Excel takes the file for one in the code page of the machine.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Bytes written at once.
const BUFFER_BYTES: usize = 65_536;
/// Spreadsheet programs show this many digits as `1.2E+11`, and a few more they forget.
const DIGITS_OF_TEXT_MIN: usize = 12;

/// A CSV file that is being written.
pub(crate) struct CsvFile {
    file: csv::Writer<File>,
    kinds: Vec<Kind>,
    rows: u64,
}

impl CsvFile {
    /// Makes the file with its head row.
    pub fn begin(path: &Path, plan: Plan) -> Result<Self, Fault> {
        let mut file = File::create(path)?;
        file.write_all(BYTE_ORDER_MARK)?;
        let mut file = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .buffer_capacity(BUFFER_BYTES)
            .from_writer(file);
        file.write_record(plan.heads.iter().map(|head| safe(clean(&head.label)).into_owned()))?;
        Ok(CsvFile { file, kinds: plan.heads.into_iter().map(|head| head.kind).collect(), rows: 0 })
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        for (column, (cell, kind)) in cells.iter().zip(&self.kinds).enumerate() {
            let written = shown(cell, *kind, column)?;
            let written = if matches!(cell, Cell::Text(_)) { safe(written) } else { written };
            self.file.write_field(written.as_bytes())?;
        }
        self.file.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Made, Fault> {
        let file = self.file.into_inner().map_err(|unwritten| Fault::Io(unwritten.into_error()))?;
        file.sync_all()?;
        Ok(Made { rows: self.rows, pages: None, sheets: 0 })
    }
}

/// A clean text that stays text.
fn safe(text: Cow<'_, str>) -> Cow<'_, str> {
    if looks_like_formula(&text) || looks_like_long_number(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// Programs skip what is blank before a formula, and take a tab or a new line for the end of the field before. Chinese input methods
/// type the wide forms.
fn looks_like_formula(text: &str) -> bool {
    let rest = text.trim_start_matches(is_blank);
    let blank = text.strip_suffix(rest).unwrap_or_default();
    blank.contains(['\t', '\n']) || rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// White space, and the marks of no width that programs skip as well.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn looks_like_long_number(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    text.len() >= DIGITS_OF_TEXT_MIN && text.bytes().all(|byte| byte.is_ascii_digit())
}
