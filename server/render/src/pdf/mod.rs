//! PDF: A4 landscape, title, facts, a table whose head is on every page, and the closing facts.
//!
//! Text keeps its characters, so it can be searched and copied, and the font inside holds only the shapes that are used. One
//! character is one shape: scripts whose letters join, such as Arabic, are not set as their readers expect.

mod draw;
mod flow;
mod font;
mod measure;
mod wrap;

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::fault::{Fault, Limit};
use crate::text::{clean, cut, grouped, shown};
use crate::values::{Cell, Head, Kind, Made, Plan, Setup};

pub use font::FONT_PLACES;

use flow::{Flow, Place};
use font::Face;
use measure::{Columns, Part, Piece, Side};
use wrap::{widest_piece, wrap};

/// Rows of a PDF: some 600 pages, more than anybody reads or prints. Larger tables are for CSV and XLSX.
pub const PDF_ROWS_MAX: u32 = 20_000;
/// Bytes of text in the rows of a PDF, all of which are in memory until the end.
pub const PDF_TEXT_BYTES_MAX: usize = 8 * 1_024 * 1_024;

/// Lines of a head; a longer label is cut, because it would come again on every page.
const HEAD_LINES_MAX: u32 = 6;
/// Free space between the facts and the table.
const BEFORE_TABLE: i64 = 8_000;
/// Parts the cells of an item. It is a control character, which no clean text has.
const SEPARATOR: char = '\u{1f}';

/// A PDF file that is being written.
pub(crate) struct PdfFile {
    file: File,
    plan: Plan,
    face: Face,
    /// The heads, then the rows.
    items: Vec<Item>,
    pieces: Vec<Piece>,
    text_bytes: usize,
    rows: u32,
    rows_max: u32,
}

/// A line of the document before it is broken into lines of the page.
struct Item {
    part: Part,
    /// Texts with [`SEPARATOR`] between them.
    cells: Box<str>,
}

impl PdfFile {
    /// Makes the file, which stays empty until the end, and reads the font.
    pub fn begin(path: &Path, mut plan: Plan, setup: &Setup) -> Result<Self, Fault> {
        let face = Face::find(&setup.fonts)?;
        let file = File::create(path)?;
        for head in &mut plan.heads {
            head.label = printable(&head.label);
        }
        let items = vec![Item::new(Part::Heads, plan.heads.iter().map(|head| head.label.as_str()))];
        let pieces = vec![Piece::default(); plan.heads.len()];
        let rows_max = setup.pdf_rows_max.min(PDF_ROWS_MAX);
        Ok(PdfFile { file, plan, face, items, pieces, text_bytes: 0, rows: 0, rows_max })
    }

    /// Keeps a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        if self.rows >= self.rows_max {
            return Err(Fault::TooLong { what: Limit::PdfRows, max: u64::from(self.rows_max) });
        }
        let size = Part::Row.setting().size;
        let mut texts = Vec::with_capacity(cells.len());
        for (column, ((cell, head), piece)) in cells.iter().zip(&self.plan.heads).zip(&mut self.pieces).enumerate() {
            let text = text(cell, head.kind, column)?;
            let may_break = matches!(cell, Cell::Text(_));
            let width = if may_break { widest_piece(&self.face, &text, size) } else { self.face.width(&text, size) };
            if width > piece.width {
                *piece = Piece { width, may_break };
            }
            texts.push(text);
        }
        let item = Item::new(Part::Row, texts.iter().map(String::as_str));
        self.text_bytes += item.cells.len();
        if self.text_bytes > PDF_TEXT_BYTES_MAX {
            return Err(Fault::TooLong { what: Limit::PdfTextBytes, max: PDF_TEXT_BYTES_MAX as u64 });
        }
        self.items.push(item);
        self.rows += 1;
        Ok(())
    }

    /// Lays everything out and writes it.
    pub fn finish(mut self, closing: &[(String, String)]) -> Result<Made, Fault> {
        let count = [(self.plan.words.rows.clone(), grouped(&self.rows.to_string()))];
        let closing = count.iter().chain(closing).map(printable_fact).collect::<Vec<_>>();
        let facts = self.plan.facts.iter().map(printable_fact).collect::<Vec<_>>();
        let columns = self.columns(facts.iter().chain(&closing));
        let rows = self.items.len();
        self.items.push(Item::new(Part::Title, [printable(&self.plan.title).as_str()]));
        self.items.extend(facts.chunks(2).map(two_facts));
        let after = self.items.len();
        self.items.push(Item::new(Part::Heading, [printable(&self.plan.words.totals).as_str()]));
        self.items.extend(closing.chunks(2).map(two_facts));
        let pages = paginate(&self.face, &columns, &self.items, rows, after);
        let bytes = draw::document(&self.plan, &self.face, &columns, &self.items, &pages)?;
        self.file.write_all(&bytes)?;
        self.file.sync_all()?;
        Ok(Made { rows: u64::from(self.rows), pages: u32::try_from(pages.len()).ok(), sheets: 0 })
    }

    fn columns<'f>(&self, facts: impl Iterator<Item = &'f (String, String)>) -> Columns {
        let size = Part::Facts.setting().size;
        let label_width = facts.map(|(label, _)| self.face.width(label, size)).max().unwrap_or_default();
        let sides = self.plan.heads.iter().map(side).collect::<Vec<_>>();
        Columns::share(&self.face, &self.plan.heads, &sides, &self.pieces, label_width)
    }
}

/// A paper without a table, such as a receipt: title, facts in two columns, and below them a note under its own head.
pub fn paper(plan: &Plan, note: &str, setup: &Setup) -> Result<Vec<u8>, Fault> {
    let face = Face::find(&setup.fonts)?;
    let note = printable(note);
    let piece = Piece { width: widest_piece(&face, &note, Part::Row.setting().size), may_break: true };
    let facts = plan.facts.iter().map(printable_fact).collect::<Vec<_>>();
    let size = Part::Facts.setting().size;
    let label_width = facts.iter().map(|(label, _)| face.width(label, size)).max().unwrap_or_default();
    let sides = plan.heads.iter().map(side).collect::<Vec<_>>();
    let columns = Columns::share(&face, &plan.heads, &sides, &vec![piece; plan.heads.len()], label_width);
    let heads = plan.heads.iter().map(|head| printable(&head.label)).collect::<Vec<_>>();
    let mut items = vec![Item::new(Part::Heads, heads.iter().map(String::as_str)), Item::new(Part::Row, [note.as_str()])];
    let rows = items.len();
    items.push(Item::new(Part::Title, [printable(&plan.title).as_str()]));
    items.extend(facts.chunks(2).map(two_facts));
    let after = items.len();
    let pages = paginate(&face, &columns, &items, rows, after);
    draw::document(plan, &face, &columns, &items, &pages)
}

impl Item {
    fn new<'t>(part: Part, cells: impl IntoIterator<Item = &'t str>) -> Self {
        let mut joined = String::new();
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                joined.push(SEPARATOR);
            }
            joined.push_str(cell);
        }
        Item { part, cells: joined.into_boxed_str() }
    }

    /// Its lines on the page.
    fn lines(&self, face: &Face, columns: &Columns) -> u32 {
        let size = self.part.setting().size;
        let cells = self.cells.split(SEPARATOR).zip(columns.of(self.part));
        let tallest = cells.map(|(text, column)| wrap(face, text, size, column.room()).len()).max().unwrap_or(1);
        u32::try_from(tallest).unwrap_or(u32::MAX)
    }
}

/// Puts the items on pages. They lie as heads and rows, up to `rows`; what stands before the table, up to `after`; what stands behind.
fn paginate(face: &Face, columns: &Columns, items: &[Item], rows: usize, after: usize) -> Vec<Vec<Place>> {
    let lines = |item: &Item| item.lines(face, columns);
    let mut flow = Flow::new(items.first().map_or(1, lines).min(HEAD_LINES_MAX));
    let numbered = || items.iter().enumerate();
    for (number, item) in numbered().take(after).skip(rows) {
        flow.add(item.part, number, lines(item));
    }
    flow.gap(BEFORE_TABLE);
    if rows <= 1 {
        // A table without rows still says what its columns are.
        flow.heads();
    }
    for (number, item) in numbered().take(rows).skip(1) {
        flow.add(item.part, number, lines(item));
    }
    for (number, item) in numbered().skip(after) {
        flow.add(item.part, number, lines(item));
    }
    flow.finish()
}

fn two_facts(facts: &[(String, String)]) -> Item {
    Item::new(Part::Facts, facts.iter().flat_map(|(label, value)| [label.as_str(), value.as_str()]))
}

fn printable_fact((label, value): &(String, String)) -> (String, String) {
    (printable(label), printable(value))
}

fn side(head: &Head) -> Side {
    match head.kind {
        Kind::Text | Kind::Day | Kind::Moment => Side::Left,
        Kind::Integer | Kind::Decimal { .. } | Kind::Exact { .. } => Side::Right,
    }
}

/// What stands for a cell on paper: numbers have commas between their thousands.
fn text(cell: &Cell, kind: Kind, column: usize) -> Result<String, Fault> {
    let shown = shown(cell, kind, column)?;
    Ok(match cell {
        Cell::Integer(_) | Cell::Decimal(_) => grouped(&shown),
        Cell::Text(text) => printable(text),
        Cell::Empty | Cell::Day(_) | Cell::Moment(_) => shown.into_owned(),
    })
}

/// Text as it is drawn: a tab is a space, and marks that have no shape of their own are left out.
fn printable(text: &str) -> String {
    let cleaned = clean(text);
    let drawn = cut(&cleaned);
    let drawn = drawn.chars().filter(|character| !is_mark(*character));
    drawn.map(|character| if character == '\t' { ' ' } else { character }).collect()
}

/// Marks for joining, direction and variants, which shapers eat. Some can also make a text read otherwise than it is.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
