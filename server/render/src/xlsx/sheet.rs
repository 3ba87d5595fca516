//! One sheet: its name, and its rows on their way into the archive.

use std::fmt::Write as _;
use std::io::Write;

use crate::fault::Fault;
use crate::text::clean;
use crate::values::Head;

use super::cells::{self, At, Style};
use super::parts::{DECLARATION, MAIN};
use super::{Archive, BUFFER_BYTES, options};

/// UTF-16 units of a name that Excel accepts.
const NAME_UNITS_MAX: usize = 31;
/// Widest column of Excel, in characters.
const WIDTH_MAX: u16 = 255;

/// What comes before the lines of the last sheet: two columns.
pub(crate) const FACTS_OPENING: &str = concat!(
    r#"<sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1" width="24" customWidth="1"/>"#,
    r#"<col min="2" max="2" width="80" customWidth="1"/></cols><sheetData>"#
);

/// What comes before the rows: the frozen head and the widths.
pub(crate) fn rows_opening(heads: &[Head], is_first: bool) -> String {
    let selected = if is_first { r#" tabSelected="1""# } else { "" };
    let mut xml = format!(r#"<sheetViews><sheetView{selected} workbookViewId="0">"#);
    xml.push_str(r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#);
    for (number, head) in (1..).zip(heads) {
        let width = head.width.clamp(1, WIDTH_MAX);
        let _ = write!(xml, r#"<col min="{number}" max="{number}" width="{width}" customWidth="1"/>"#);
    }
    xml.push_str("</cols><sheetData>");
    xml
}

/// A name that Excel accepts.
#[derive(Clone, Debug)]
pub(crate) struct SheetName(String);

impl SheetName {
    /// The `number`th sheet of this name; the first has none behind.
    pub fn new(name: &str, number: usize) -> Self {
        let behind = if number > 1 { format!(" {number}") } else { String::new() };
        let name = clean(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\'', '\n', '\t'], " ");
        let mut units = behind.len();
        let kept = name.trim().chars().take_while(|character| {
            units += character.len_utf16();
            units <= NAME_UNITS_MAX
        });
        let mut kept = kept.collect::<String>();
        if kept.is_empty() {
            kept.push('-');
        }
        SheetName(kept + &behind)
    }

    /// A name that none of the others has. Excel does not tell small letters from capitals.
    pub fn other_than(name: &str, others: &[Sheet]) -> Self {
        let is_taken = |name: &SheetName| others.iter().any(|other| other.name.0.to_lowercase() == name.0.to_lowercase());
        let mut found = SheetName::new(name, 1);
        let mut number = 1;
        while is_taken(&found) {
            number += 1;
            found = SheetName::new(name, number);
        }
        found
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A sheet. Its rows are gone as soon as they are in the archive.
pub(crate) struct Sheet {
    pub name: SheetName,
    /// Rows so far, with the head.
    pub rows: u32,
    /// Bytes so far.
    pub bytes: u64,
    /// Does it have a head row with filters?
    pub has_filter: bool,
    /// What is not packed yet.
    pub buffer: String,
}

impl Sheet {
    /// Opens the `number`th sheet of the archive.
    pub fn begin(archive: &mut Archive, number: usize, name: SheetName) -> Result<Self, Fault> {
        archive.start_file(format!("xl/worksheets/sheet{number}.xml"), options())?;
        let buffer = format!(r#"{DECLARATION}<worksheet xmlns="{MAIN}">"#);
        Ok(Sheet { name, rows: 0, bytes: 0, has_filter: false, buffer })
    }

    /// Begins a row.
    pub fn begin_row(&mut self) {
        self.rows += 1;
        let _ = write!(self.buffer, r#"<row r="{}">"#, self.rows);
    }

    /// The place of a cell of the row that was begun.
    pub fn at<'l>(&self, letters: &'l str) -> At<'l> {
        At { letters, row: self.rows }
    }

    /// Ends a row, and packs what has gathered.
    pub fn end_row(&mut self, archive: &mut Archive) -> Result<(), Fault> {
        self.buffer.push_str("</row>");
        if self.buffer.len() >= BUFFER_BYTES { self.pack(archive) } else { Ok(()) }
    }

    /// A row of a label and a value.
    pub fn line(&mut self, archive: &mut Archive, style: Style, label: &str, value: &str) -> Result<(), Fault> {
        self.begin_row();
        let (left, right) = (self.at("A"), self.at("B"));
        cells::text(&mut self.buffer, left, style, label);
        if !value.is_empty() {
            cells::text(&mut self.buffer, right, Style::Value, value);
        }
        self.end_row(archive)
    }

    /// Ends the sheet; `letters` are those of the columns with filters.
    pub fn end(&mut self, archive: &mut Archive, letters: &[String]) -> Result<(), Fault> {
        self.buffer.push_str("</sheetData>");
        if let Some(last) = letters.last() {
            self.has_filter = true;
            let _ = write!(self.buffer, r#"<autoFilter ref="A1:{last}{}"/>"#, self.rows);
        }
        self.buffer.push_str("</worksheet>");
        self.pack(archive)?;
        self.buffer = String::new();
        Ok(())
    }

    fn pack(&mut self, archive: &mut Archive) -> Result<(), Fault> {
        archive.write_all(self.buffer.as_bytes())?;
        self.bytes += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}
