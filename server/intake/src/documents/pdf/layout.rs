//! Glyphs become lines. PDF knows neither words nor lines, only where each glyph stands.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use crate::documents::Failure;
use crate::documents::budget::Budget;

use super::meaning::Meanings;

/// Units of a glyph's own space in one em.
const UNITS_PER_EM: f64 = 1_000.0;
/// A gap of a fifth of an em parts words; letters of one word stand closer.
const WORD_GAP_EM: f64 = 0.2;
/// Ideographs are spread to fill a line, so between them only a wide gap means something.
const IDEOGRAPH_GAP_EM: f64 = 0.8;
/// Between two texts that were drawn one by one, such as the cells of a table, a smaller one does.
const RUN_GAP_EM: f64 = 0.3;
/// A step up or down larger than this begins a line; smaller ones are footnote marks.
const LINE_STEP_EM: f64 = 0.5;
/// A step back larger than this begins a line.
const BACK_STEP_EM: f64 = 1.0;
/// Glyphs kept of one page. A page of small print has 10,000.
const PAGE_CHARS_MAX: usize = 500_000;

/// A line of text and where it stands, in the direction it is written in. Lengths are in points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub text: String,
    /// Where it begins and ends.
    pub start: f64,
    pub end: f64,
    /// Its distance from the origin, across the direction.
    pub across: f64,
    /// Size of one em of its first glyph.
    pub size: f64,
    /// Direction of writing, of length 1.
    pub direction: Vec2,
}

/// Collects the text of one page.
pub(crate) struct PageText<'b> {
    budget: &'b Budget<'b>,
    meanings: &'b Meanings<'b>,
    lines: Vec<Line>,
    current: Option<Line>,
    chars: usize,
    failure: Option<Failure>,
}

/// What a glyph was drawn with.
#[derive(Clone, Copy)]
struct Run {
    is_vertical: bool,
    begins: bool,
}

/// A glyph with its place, in the direction of its line.
struct Placed<'t> {
    text: &'t str,
    /// The first glyph of what was drawn at once.
    begins_run: bool,
    start: f64,
    advance: f64,
    across: f64,
    size: f64,
    direction: Vec2,
}

impl<'b> PageText<'b> {
    /// An empty page.
    pub fn new(budget: &'b Budget<'b>, meanings: &'b Meanings<'b>) -> Self {
        PageText { budget, meanings, lines: Vec::new(), current: None, chars: 0, failure: None }
    }

    /// The lines in the order they were drawn, or the limit that was reached meanwhile.
    pub fn finish(mut self) -> Result<Vec<Line>, Failure> {
        self.end_line();
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok(self.lines),
        }
    }

    fn add(&mut self, glyph: &Glyph<'_>, transform: Affine, run: Run) {
        // Drawing cannot be stopped from here; what follows is only skipped.
        if self.failure.is_some() || self.chars >= PAGE_CHARS_MAX {
            return;
        }
        if let Err(failure) = self.budget.tick() {
            self.failure = Some(failure);
            return;
        }
        let mut buffer = [0; 4];
        let meaning = glyph.as_unicode().or_else(|| match glyph {
            Glyph::Outline(glyph) => self.meanings.of(glyph),
            Glyph::Type3(_) => None,
        });
        let text = match &meaning {
            Some(BfString::Char(character)) => &*character.encode_utf8(&mut buffer),
            Some(BfString::String(text)) => text.as_str(),
            None => return,
        };
        self.chars += text.len();
        if let Some(placed) = place(text, glyph, transform, run) {
            self.append(&placed);
        }
    }

    fn append(&mut self, glyph: &Placed<'_>) {
        let is_blank = glyph.text.trim().is_empty();
        if let Some(line) = &mut self.current
            && line.continues(glyph)
        {
            if !is_blank && line.needs_space(glyph) {
                line.text.push(' ');
            }
            line.text.push_str(glyph.text);
            line.end = glyph.start + glyph.advance;
            return;
        }
        if is_blank {
            return;
        }
        self.end_line();
        self.current = Some(Line {
            text: glyph.text.to_owned(),
            start: glyph.start,
            end: glyph.start + glyph.advance,
            across: glyph.across,
            size: glyph.size,
            direction: glyph.direction,
        });
    }

    /// Programs that have no bold font draw a line twice, a hair apart.
    fn end_line(&mut self) {
        if let Some(line) = self.current.take()
            && self.lines.last().is_none_or(|before| !before.is_shadowed_by(&line))
        {
            self.lines.push(line);
        }
    }
}

impl Line {
    fn continues(&self, glyph: &Placed<'_>) -> bool {
        let em = self.size.max(glyph.size);
        self.direction.dot(glyph.direction) > 0.99
            && (glyph.across - self.across).abs() < LINE_STEP_EM * em
            && glyph.start > self.end - BACK_STEP_EM * em
    }

    fn needs_space(&self, glyph: &Placed<'_>) -> bool {
        let (Some(before), Some(after)) = (self.text.chars().last(), glyph.text.chars().next()) else {
            return false;
        };
        let ideograph_gap_em = if glyph.begins_run { RUN_GAP_EM } else { IDEOGRAPH_GAP_EM };
        let gap_em = if is_ideographic(before) && is_ideographic(after) { ideograph_gap_em } else { WORD_GAP_EM };
        !before.is_whitespace() && glyph.start - self.end > gap_em * self.size.min(glyph.size)
    }

    fn is_shadowed_by(&self, other: &Line) -> bool {
        let near = 0.2 * self.size;
        self.text == other.text && (self.across - other.across).abs() < near && (self.start - other.start).abs() < near
    }
}

/// Where a glyph stands; none for one without extent or with a place that is no number.
fn place<'t>(text: &'t str, glyph: &Glyph<'_>, transform: Affine, run: Run) -> Option<Placed<'t>> {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    let along = if run.is_vertical { Vec2::new(-c, -d) } else { Vec2::new(a, b) };
    let scale = along.hypot();
    let size = Vec2::new(c, d).hypot().max(scale) * UNITS_PER_EM;
    let direction = along / scale;
    let at = (transform * Point::ZERO).to_vec2();
    let (start, across) = (at.dot(direction), direction.cross(at));
    if !(start.is_finite() && across.is_finite() && size.is_finite() && size > 0.0) {
        return None;
    }
    let width = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    let advance = if run.is_vertical { UNITS_PER_EM } else { width.map_or(UNITS_PER_EM / 2.0, f64::from) } * scale;
    Some(Placed { text, begins_run: run.begins, start, advance, across, size, direction })
}

/// Chinese characters and the punctuation between them, which is as wide.
pub(crate) fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{323af}')
}

impl Device<'_> for PageText<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        let is_vertical = run.writing_mode() == hayro_interpret::hayro_cmap::WritingMode::Vertical;
        for (position, glyph) in run.glyphs().iter().enumerate() {
            let run = Run { is_vertical, begins: position == 0 };
            self.add(glyph, props.transform * glyph.transform(), run);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
