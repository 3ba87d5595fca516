//! XLSX, written in one go: rows are packed into the file as they come, so memory does not grow with them.
//!
//! By hand and not with a library: the one that can do it in constant memory (`rust_xlsxwriter` 0.102) panics when the disk is full
//! and writes everything twice, first into temporary files. Numbers are written as the digits they have; there are no floats.

mod cells;
mod parts;
mod sheet;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::fault::{Fault, Limit};
use crate::values::{Cell, Made, Plan};

use cells::Style;
use sheet::{Sheet, SheetName};

/// Rows of one sheet below its head: what Excel opens.
pub const SHEET_ROWS_MAX: u32 = 1_048_575;
/// Bytes of a sheet before it is packed, after which the next one begins: from 4 GiB on, a sheet would need an extension of the ZIP
/// format that not every reader knows.
pub const SHEET_BYTES_MAX: u64 = 3 * 1_024 * 1_024 * 1_024;
/// Sheets of one file; more rows than they hold are no table for a spreadsheet.
pub const SHEETS_MAX: u32 = 100;

/// Bytes packed at once.
const BUFFER_BYTES: usize = 65_536;

/// The file, as the packer sees it.
type Archive = ZipWriter<BufWriter<File>>;

/// An XLSX file that is being written.
pub(crate) struct XlsxFile {
    archive: Archive,
    plan: Plan,
    /// Names of the columns: A, B, C.
    letters: Vec<String>,
    /// The sheet that takes rows.
    sheet: Sheet,
    full: Vec<Sheet>,
    rows_max: u32,
    rows: u64,
}

impl XlsxFile {
    /// Makes the file with its first sheet and head row.
    pub fn begin(path: &Path, plan: Plan, rows_max: u32) -> Result<Self, Fault> {
        let mut archive = ZipWriter::new(BufWriter::with_capacity(BUFFER_BYTES, File::create(path)?));
        add(&mut archive, "_rels/.rels", &parts::relations())?;
        add(&mut archive, "docProps/core.xml", &parts::properties(&plan))?;
        add(&mut archive, "xl/styles.xml", &parts::styles())?;
        let letters = (0..plan.heads.len()).map(cells::letters).collect::<Vec<_>>();
        let sheet = rows_sheet(&mut archive, &plan, &letters, 1)?;
        let rows_max = rows_max.clamp(1, SHEET_ROWS_MAX);
        Ok(XlsxFile { archive, plan, letters, sheet, full: Vec::new(), rows_max, rows: 0 })
    }

    /// Adds a row, on a new sheet when this one is full.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        if self.sheet.rows > self.rows_max || self.sheet.bytes >= SHEET_BYTES_MAX {
            self.turn()?;
        }
        self.sheet.begin_row();
        for (column, ((cell, head), letters)) in cells.iter().zip(&self.plan.heads).zip(&self.letters).enumerate() {
            let at = self.sheet.at(letters);
            cells::value(&mut self.sheet.buffer, at, cell, head.kind, column)?;
        }
        self.sheet.end_row(&mut self.archive)?;
        self.rows += 1;
        Ok(())
    }

    /// Adds the sheet of the facts and ends the file.
    pub fn finish(mut self, closing: &[(String, String)]) -> Result<Made, Fault> {
        self.sheet.end(&mut self.archive, &self.letters)?;
        let mut sheets = self.full;
        sheets.push(self.sheet);
        sheets.push(facts_sheet(&mut self.archive, &self.plan, closing, self.rows, &sheets)?);
        add(&mut self.archive, "xl/workbook.xml", &parts::workbook(&sheets, self.letters.last()))?;
        add(&mut self.archive, "xl/_rels/workbook.xml.rels", &parts::workbook_relations(sheets.len()))?;
        add(&mut self.archive, "[Content_Types].xml", &parts::content_types(sheets.len()))?;
        let file = self.archive.finish()?.into_inner().map_err(|unwritten| Fault::Io(unwritten.into_error()))?;
        file.sync_all()?;
        Ok(Made { rows: self.rows, pages: None, sheets: count(&sheets) })
    }

    /// Closes the full sheet and opens the next.
    fn turn(&mut self) -> Result<(), Fault> {
        // Besides the full ones there are this one, the next, and the one of the facts.
        if count(&self.full) + 3 > SHEETS_MAX {
            return Err(Fault::TooLong { what: Limit::Sheets, max: u64::from(SHEETS_MAX) });
        }
        self.sheet.end(&mut self.archive, &self.letters)?;
        let next = rows_sheet(&mut self.archive, &self.plan, &self.letters, self.full.len() + 2)?;
        self.full.push(std::mem::replace(&mut self.sheet, next));
        Ok(())
    }
}

/// Their limit keeps them far below that of the type.
fn count(sheets: &[Sheet]) -> u32 {
    u32::try_from(sheets.len()).unwrap_or(u32::MAX)
}

/// Opens a sheet for rows, the `number`th from 1.
fn rows_sheet(archive: &mut Archive, plan: &Plan, letters: &[String], number: usize) -> Result<Sheet, Fault> {
    let name = SheetName::new(&plan.words.rows_sheet, number);
    let mut sheet = Sheet::begin(archive, number, name)?;
    sheet.buffer.push_str(&sheet::rows_opening(&plan.heads, number == 1));
    sheet.begin_row();
    for (head, letters) in plan.heads.iter().zip(letters) {
        let at = sheet.at(letters);
        cells::text(&mut sheet.buffer, at, Style::Head, &head.label);
    }
    sheet.end_row(archive)?;
    Ok(sheet)
}

/// Writes the last sheet: what the rows are, how many, and their totals.
fn facts_sheet(archive: &mut Archive, plan: &Plan, closing: &[(String, String)], rows: u64, others: &[Sheet]) -> Result<Sheet, Fault> {
    let name = SheetName::other_than(&plan.words.facts_sheet, others);
    let mut sheet = Sheet::begin(archive, others.len() + 1, name)?;
    sheet.buffer.push_str(sheet::FACTS_OPENING);
    sheet.line(archive, Style::Title, &plan.title, "")?;
    for (label, value) in &plan.facts {
        sheet.line(archive, Style::Head, label, value)?;
    }
    sheet.begin_row();
    let (label, value) = (sheet.at("A"), sheet.at("B"));
    cells::text(&mut sheet.buffer, label, Style::Head, &plan.words.rows);
    cells::number(&mut sheet.buffer, value, Style::Count, &rows.to_string());
    sheet.end_row(archive)?;
    if !closing.is_empty() {
        sheet.line(archive, Style::Title, &plan.words.totals, "")?;
    }
    for (label, value) in closing {
        sheet.line(archive, Style::Head, label, value)?;
    }
    sheet.end(archive, &[])?;
    Ok(sheet)
}

/// Adds a small file to the archive.
fn add(archive: &mut Archive, name: &str, content: &str) -> Result<(), Fault> {
    archive.start_file(name, options())?;
    archive.write_all(content.as_bytes())?;
    Ok(())
}

/// How files are packed. They all carry the same old date, so that the same rows give the same bytes.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT)
}
