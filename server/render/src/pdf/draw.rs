//! Draws the pages.

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;

use crate::fault::Fault;
use crate::text::clean;
use crate::values::{Moment, Plan};

use super::flow::Place;
use super::font::Face;
use super::measure::{Column, Columns, FOOT, MARGIN, PAD, PAGE_HEIGHT, PAGE_WIDTH, Part, Side, TEXT_WIDTH, Tone};
use super::wrap::{shorten, wrap};
use super::{Item, SEPARATOR, printable};

/// Size of the foot and where its letters stand.
const FOOT_SIZE: i64 = 7_500;
const FOOT_BASELINE: i64 = FOOT + 11_000;
/// Part of the foot that the title may have, in hundredths.
const FOOT_TITLE_PERCENT: i64 = 70;
/// Height of a Chinese character above the line it stands on, in hundredths of its size.
const ASCENT_PERCENT: i64 = 88;
/// Widths of lines: between rows, and below the heads.
const HAIR: i64 = 300;
const RULE: i64 = 800;
/// How light they are, from 0 to 255.
const HAIR_GREY: u8 = 200;
const RULE_GREY: u8 = 90;

/// The whole document.
pub(crate) fn document(plan: &Plan, face: &Face, columns: &Columns, items: &[Item], pages: &[Vec<Place>]) -> Result<Vec<u8>, Fault> {
    let mut document = Document::new();
    document.set_metadata(metadata(plan));
    let settings = PageSettings::from_wh(points(PAGE_WIDTH), points(PAGE_HEIGHT)).ok_or_else(|| Fault::Layout("page size".to_owned()))?;
    let foot = printable(&plan.title);
    for (number, places) in (1..).zip(pages) {
        let mut page = document.start_page_with(settings.clone());
        let mut pen = Pen { surface: page.surface(), face, glyphs: Vec::new() };
        for place in places {
            pen.place(*place, columns.of(place.part), items);
        }
        let words = plan.words.page.replace("{n}", &number.to_string()).replace("{m}", &pages.len().to_string());
        pen.foot(&foot, &printable(&words));
        // The page is done when the pen lets go of it.
    }
    document.finish().map_err(|error| Fault::Layout(error.to_string()))
}

fn metadata(plan: &Plan) -> Metadata {
    let made_at = date_time(plan.made_at);
    Metadata::new().title(clean(&plan.title).into_owned()).language(plan.language.clone()).creation_date(made_at)
}

fn date_time(at: Moment) -> DateTime {
    let day = at.day();
    let date = DateTime::new(day.year()).month(day.month()).day(day.day());
    date.hour(at.hour()).minute(at.minute()).second(at.second()).utc_offset_hour(0).utc_offset_minute(0)
}

struct Pen<'p> {
    surface: Surface<'p>,
    face: &'p Face,
    /// Kept from text to text, for its room.
    glyphs: Vec<KrillaGlyph>,
}

impl Pen<'_> {
    /// Draws the lines of an item that stand on this page.
    fn place(&mut self, place: Place, columns: &[Column], items: &[Item]) {
        let Some(item) = items.get(place.item) else {
            return;
        };
        let setting = place.part.setting();
        let top = place.top + setting.pad + (setting.leading - setting.size) / 2 + setting.size * ASCENT_PERCENT / 100;
        for (text, column) in item.cells.split(SEPARATOR).zip(columns) {
            let lines = wrap(self.face, text, setting.size, column.room());
            let tone = if place.part == Part::Heads { Tone::Grey } else { column.tone };
            let mut baseline = top;
            for line in lines.into_iter().skip(place.first as usize).take(place.lines as usize) {
                self.text(line, *column, baseline, setting.size, tone);
                baseline += setting.leading;
            }
        }
        let bottom = place.top + place.part.height(place.lines);
        match place.part {
            Part::Heads => self.line(bottom, RULE, RULE_GREY),
            Part::Row if place.ends => self.line(bottom, HAIR, HAIR_GREY),
            Part::Row | Part::Title | Part::Facts | Part::Heading => {}
        }
    }

    /// The title on the left, the number of the page on the right.
    fn foot(&mut self, title: &str, page: &str) {
        self.line(FOOT, HAIR, HAIR_GREY);
        let whole = Column { left: MARGIN, width: TEXT_WIDTH, side: Side::Left, tone: Tone::Grey };
        let title = shorten(self.face, title, FOOT_SIZE, TEXT_WIDTH * FOOT_TITLE_PERCENT / 100);
        self.text(&title, whole, FOOT_BASELINE, FOOT_SIZE, whole.tone);
        let page = shorten(self.face, page, FOOT_SIZE, TEXT_WIDTH * (100 - FOOT_TITLE_PERCENT) / 100 - 4 * PAD);
        self.text(&page, Column { side: Side::Right, ..whole }, FOOT_BASELINE, FOOT_SIZE, whole.tone);
    }

    fn text(&mut self, text: &str, column: Column, baseline: i64, size: i64, tone: Tone) {
        if text.is_empty() {
            return;
        }
        let left = match column.side {
            Side::Left => column.left + PAD,
            Side::Right => column.left + column.width - PAD - self.face.width(text, size),
        };
        let units_per_em = self.face.units_per_em();
        self.glyphs.clear();
        self.glyphs.extend(text.char_indices().map(|(at, character)| {
            let glyph = self.face.glyph(character);
            let advance = part(i64::from(glyph.advance), units_per_em);
            KrillaGlyph::new(glyph.id, advance, 0.0, 0.0, 0.0, at..at + character.len_utf8(), None)
        }));
        let grey = match tone {
            Tone::Dark => 25,
            Tone::Grey => 105,
        };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: luma::Color::new(grey).into(), ..Fill::default() }));
        let start = Point::from_xy(points(left), points(baseline));
        self.surface.draw_glyphs(start, &self.glyphs, self.face.font().clone(), text, points(size), false);
    }

    /// A line over the whole width.
    fn line(&mut self, y: i64, width: i64, grey: u8) {
        let mut path = PathBuilder::new();
        path.move_to(points(MARGIN), points(y));
        path.line_to(points(MARGIN + TEXT_WIDTH), points(y));
        if let Some(path) = path.finish() {
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(Stroke { paint: luma::Color::new(grey).into(), width: points(width), ..Stroke::default() }));
            self.surface.draw_path(&path);
        }
    }
}

/// Thousandths of a point as points.
fn points(thousandths: i64) -> f32 {
    part(thousandths, 1_000)
}

/// The one place where lengths become floats, because the library wants them.
#[expect(clippy::float_arithmetic, reason = "places on a page; there is no money here")]
fn part(length: i64, whole: i64) -> f32 {
    length as f32 / whole as f32
}
