//! XLSX by `rust_xlsxwriter`, in constant memory: rows go to temporary files beside the file as they come.
//!
//! Text is always text: never a formula, never a link. A number that a spreadsheet's floats would change is written as text, because
//! a file that shows another amount than the page is worse than one that does not add it up.

use crate::{
    fault::{Fault, Limit},
    text::{clean, cut, decimal, places},
    values::{Cell, Day, Head, Kind, Made, Moment, Plan},
};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// Rows of one sheet below its head: what Excel opens.
pub const SHEET_ROWS_MAX: u32 = 1_048_575;
/// Sheets of one file; more rows than they hold are no table for a spreadsheet.
pub const SHEETS_MAX: u32 = 100;
/// Digits that a float keeps.
const FLOAT_DIGITS: usize = 15;

/// An XLSX file that is being written.
pub(crate) struct XlsxFile {
    book: Workbook,
    path: PathBuf,
    plan: Plan,
    formats: Vec<Format>,
    rows_max: u32,
    /// Rows of the sheet that is being written, without its head.
    in_sheet: u32,
    sheets: u32,
    rows: u64,
}

impl XlsxFile {
    /// Makes the first sheet with its head row.
    pub fn begin(path: &Path, plan: Plan, rows_max: u32) -> Result<Self, Fault> {
        // The place is tried now: a folder that cannot be written is told before a million rows.
        File::create(path)?;
        let mut book = Workbook::new();
        book.set_tempdir(path.parent().unwrap_or(Path::new(".")))?;
        book.set_properties(&DocProperties::new().set_title(&plan.title).set_creation_datetime(&date(plan.made_at)?));
        let formats = plan.heads.iter().map(|head| Format::new().set_num_format(number_format(head.kind))).collect();
        let rows_max = rows_max.clamp(1, SHEET_ROWS_MAX);
        let mut file = Self { book, path: path.to_owned(), plan, formats, rows_max, in_sheet: 0, sheets: 0, rows: 0 };
        file.next_sheet()?;
        Ok(file)
    }

    fn next_sheet(&mut self) -> Result<(), Fault> {
        if self.sheets == SHEETS_MAX {
            return Err(Fault::TooLong { what: Limit::Sheets, max: u64::from(SHEETS_MAX) });
        }
        self.sheets += 1;
        self.in_sheet = 0;
        let name = &self.plan.words.rows_sheet;
        let name = if self.sheets == 1 { name.clone() } else { format!("{name} {}", self.sheets) };
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, head) in (0_u16..).zip(&self.plan.heads) {
            sheet.set_column_width(column, f64::from(head.width.clamp(4, 100)))?;
            sheet.write_string_with_format(0, column, clean(&head.label).as_ref(), &bold)?;
        }
        Ok(())
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        if self.in_sheet == self.rows_max {
            self.next_sheet()?;
        }
        self.in_sheet += 1;
        self.rows += 1;
        let row = self.in_sheet;
        let sheet = self.book.worksheet_from_index(self.sheets as usize - 1)?;
        for ((column, cell), (head, format)) in (0_u16..).zip(cells).zip(self.plan.heads.iter().zip(&self.formats)) {
            write_cell(sheet, row, column, cell, head, format)?;
        }
        Ok(())
    }

    /// Adds the sheet of facts and writes the file.
    pub fn finish(mut self, closing: &[(String, String)]) -> Result<Made, Fault> {
        let last_column = u16::try_from(self.plan.heads.len().saturating_sub(1)).unwrap_or(0);
        for index in 0..self.sheets {
            let last_row = if index + 1 == self.sheets { self.in_sheet } else { self.rows_max };
            self.book.worksheet_from_index(index as usize)?.autofilter(0, 0, last_row, last_column)?;
        }
        self.facts(closing)?;
        self.book.save(&self.path)?;
        File::open(&self.path)?.sync_all()?;
        Ok(Made { rows: self.rows, sheets: self.sheets + 1 })
    }

    fn facts(&mut self, closing: &[(String, String)]) -> Result<(), Fault> {
        let (bold, words) = (Format::new().set_bold(), &self.plan.words);
        let sheet = self.book.add_worksheet();
        sheet.set_name(&words.facts_sheet)?.set_column_width(0, 20.0)?.set_column_width(1, 80.0)?;
        sheet.write_string_with_format(0, 0, clean(&self.plan.title).as_ref(), &bold)?;
        let rows = (words.rows.clone(), self.rows.to_string());
        let mut at = 2;
        for (label, value) in self.plan.facts.iter().chain([&rows]) {
            fact(sheet, at, label, value)?;
            at += 1;
        }
        if !closing.is_empty() {
            sheet.write_string_with_format(at + 1, 0, &words.totals, &bold)?;
            at += 2;
        }
        for (label, value) in closing {
            fact(sheet, at, label, value)?;
            at += 1;
        }
        Ok(())
    }
}

fn fact(sheet: &mut Worksheet, row: u32, label: &str, value: &str) -> Result<(), Fault> {
    sheet.write_string(row, 0, cut(&clean(label)).as_ref())?.write_string(row, 1, cut(&clean(value)).as_ref())?;
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, head: &Head, format: &Format) -> Result<(), Fault> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, cut(&clean(text)).as_ref())?;
        }
        Cell::Integer(number) => write_number(sheet, row, column, Decimal::from(*number), head, format)?,
        Cell::Decimal(number) => write_number(sheet, row, column, *number, head, format)?,
        Cell::Day(day) => {
            sheet.write_datetime_with_format(row, column, &midnight(*day)?, format)?;
        }
        Cell::Moment(moment) => {
            sheet.write_datetime_with_format(row, column, &date(*moment)?, format)?;
        }
    }
    Ok(())
}

fn write_number(sheet: &mut Worksheet, row: u32, column: u16, number: Decimal, head: &Head, format: &Format) -> Result<(), Fault> {
    let written = decimal(number, places(head.kind)).ok_or(Fault::NotExact { column: usize::from(column) })?;
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    match number.to_f64().filter(|_| digits <= FLOAT_DIGITS) {
        Some(float) => sheet.write_number_with_format(row, column, float, format)?,
        None => sheet.write_string(row, column, written)?,
    };
    Ok(())
}

fn number_format(kind: Kind) -> String {
    match kind {
        Kind::Text => "@".to_owned(),
        Kind::Integer => "#,##0".to_owned(),
        Kind::Decimal { places: 0 } => "#,##0".to_owned(),
        Kind::Decimal { places } => format!("#,##0.{}", "0".repeat(places.min(20) as usize)),
        Kind::Day => "yyyy-mm-dd".to_owned(),
        Kind::Moment => "yyyy-mm-dd hh:mm:ss".to_owned(),
    }
}

fn midnight(day: Day) -> Result<ExcelDateTime, Fault> {
    Ok(ExcelDateTime::from_ymd(day.year(), day.month(), day.day())?)
}

fn date(moment: Moment) -> Result<ExcelDateTime, Fault> {
    Ok(midnight(moment.day())?.and_hms(u16::from(moment.hour()), moment.minute(), f64::from(moment.second()))?)
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::Io(error),
            XlsxError::ZipError(zip::result::ZipError::Io(error)) => Self::Io(error),
            other => Self::Book(other.to_string()),
        }
    }
}
