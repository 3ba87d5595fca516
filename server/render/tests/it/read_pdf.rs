//! Reads the characters of a PDF with their places, by the interpreter that intake uses.

#![expect(clippy::float_arithmetic, reason = "places on a page")]

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    interpret_page,
};

/// What was drawn at once: a line of a cell. Lengths in points from the lower left corner of the page.
#[derive(Debug)]
pub struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub y: f64,
}

/// The lines of each page.
pub fn pages(bytes: Vec<u8>) -> Vec<Vec<Line>> {
    let pdf = Pdf::new(bytes).unwrap();
    let cache = InterpreterCache::new();
    let area = Rect::new(0.0, 0.0, 1.0, 1.0);
    let page = |page| {
        let mut lines = Lines(Vec::new());
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut lines);
        lines.0
    };
    pdf.pages().iter().map(page).collect()
}

struct Lines(Vec<Line>);

impl Device<'_> for Lines {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for (position, glyph) in run.glyphs().iter().enumerate() {
            let transform = props.transform * glyph.transform();
            let start = transform * Point::ZERO;
            let end = transform * Point::new(f64::from(advance(glyph)), 0.0);
            // A run has the glyphs of one string; a cell is drawn with several when a glyph stands for two characters.
            let goes_on = self.0.last().is_some_and(|last| (last.y - start.y).abs() < 0.01 && (last.right - start.x).abs() < 0.2);
            if position == 0 && !goes_on {
                self.0.push(Line { text: String::new(), left: start.x, right: start.x, y: start.y });
            }
            let line = self.0.last_mut().unwrap();
            match glyph.as_unicode() {
                Some(BfString::Char(character)) => line.text.push(character),
                Some(BfString::String(text)) => line.text.push_str(&text),
                None => line.text.push('\u{fffd}'),
            }
            line.right = end.x;
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn advance(glyph: &Glyph<'_>) -> f32 {
    match glyph {
        Glyph::Outline(glyph) => glyph.advance_width().unwrap(),
        Glyph::Type3(glyph) => glyph.advance_width().unwrap(),
    }
}
