//! Values in, bytes out: writes a table as CSV, XLSX or PDF.
//!
//! [`Writer::begin`] makes the file, [`Writer::row`] takes one row after the other, [`Writer::finish`] ends the file and says what
//! was made. CSV and XLSX need the same memory for ten rows as for ten million. A PDF keeps the text of its rows until the end,
//! because its first page already says how many there are; it has a limit for them.
//!
//! Never in here: the database, HTTP, a permission, a clock, a word of any language. Whoever calls brings all of that.

mod csv_file;
mod fault;
mod pdf;
mod text;
mod values;
mod xlsx;

use std::path::Path;

pub use fault::{Fault, Limit};
pub use pdf::{FONT_PLACES, PDF_ROWS_MAX, PDF_TEXT_BYTES_MAX};
pub use text::CELL_UNITS_MAX;
pub use values::{COLUMNS_MAX, Cell, Day, Format, Head, Kind, Made, Moment, Plan, Setup, Words};
pub use xlsx::{SHEET_BYTES_MAX, SHEET_ROWS_MAX, SHEETS_MAX};

use csv_file::CsvFile;
use pdf::PdfFile;
use xlsx::XlsxFile;

/// A paper of one piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its title, also in its properties.
    pub title: String,
    /// Label and value, in two columns.
    pub facts: Vec<(String, String)>,
    /// A note below them, and what stands above it.
    pub note: (String, String),
    /// The foot of a page, with `{n}` for its number and `{m}` for how many there are.
    pub page: String,
    /// Its language as a tag.
    pub language: String,
    /// When it was made, in UTC.
    pub made_at: Moment,
}

/// A paper as a PDF, in memory: a page or two.
///
/// # Errors
/// [`Fault::NoFont`] without a font, [`Fault::Layout`] when it cannot be put together.
pub fn paper(paper: Paper, setup: &Setup) -> Result<Vec<u8>, Fault> {
    let Paper { title, facts, note: (label, note), page, language, made_at } = paper;
    let words = Words { rows_sheet: String::new(), facts_sheet: String::new(), rows: String::new(), totals: String::new(), page };
    let heads = vec![Head { label, kind: Kind::Text, width: NOTE_WIDTH }];
    pdf::paper(&Plan { title, heads, facts, words, language, made_at }, &note, setup)
}

/// The note of a paper has the whole width: it is the only column.
const NOTE_WIDTH: u16 = 100;

/// A file that is being written. When a call fails, or the writer is dropped before [`Writer::finish`], what lies at the path is not
/// a whole file and the caller removes it.
pub struct Writer {
    file: Open,
    columns: usize,
}

enum Open {
    Csv(Box<CsvFile>),
    Xlsx(Box<XlsxFile>),
    Pdf(Box<PdfFile>),
}

impl Writer {
    /// Makes the file at `path`, in place of one that is there already. No other file is made, not even for a while.
    ///
    /// # Errors
    /// [`Fault::NoColumns`] and [`Fault::TooLong`] for a plan that cannot be a table, [`Fault::NoFont`] for a PDF without a font,
    /// [`Fault::Io`] when the file cannot be made.
    pub fn begin(format: Format, path: &Path, plan: Plan, setup: &Setup) -> Result<Self, Fault> {
        let columns = plan.heads.len();
        if columns == 0 {
            return Err(Fault::NoColumns);
        }
        if columns > COLUMNS_MAX {
            return Err(Fault::TooLong { what: Limit::Columns, max: COLUMNS_MAX as u64 });
        }
        let file = match format {
            Format::Csv => Open::Csv(Box::new(CsvFile::begin(path, plan)?)),
            Format::Xlsx => Open::Xlsx(Box::new(XlsxFile::begin(path, plan, setup.sheet_rows_max)?)),
            Format::Pdf => Open::Pdf(Box::new(PdfFile::begin(path, plan, setup)?)),
        };
        Ok(Writer { file, columns })
    }

    /// Adds a row: one cell per head, in their order.
    ///
    /// # Errors
    /// [`Fault::Cells`] for a row of another length, [`Fault::NotExact`] for a number with more places than its column,
    /// [`Fault::TooLong`] when the format holds no more, [`Fault::Io`] when it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        if cells.len() != self.columns {
            return Err(Fault::Cells { expected: self.columns, got: cells.len() });
        }
        match &mut self.file {
            Open::Csv(file) => file.row(cells),
            Open::Xlsx(file) => file.row(cells),
            Open::Pdf(file) => file.row(cells),
        }
    }

    /// Ends the file and waits until the disk has it. `closing` is what is known only now, such as control totals; the number of
    /// rows comes by itself. A CSV has no room for either.
    ///
    /// # Errors
    /// [`Fault::Io`] when the rest cannot be written, [`Fault::Layout`] when a PDF cannot be put together.
    pub fn finish(self, closing: Vec<(String, String)>) -> Result<Made, Fault> {
        match self.file {
            Open::Csv(file) => file.finish(),
            Open::Xlsx(file) => file.finish(&closing),
            Open::Pdf(file) => file.finish(&closing),
        }
    }
}
