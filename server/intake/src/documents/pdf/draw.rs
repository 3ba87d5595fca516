//! A page of a PDF as a picture, for previews: what a browser shows is ours, the document itself never is (threats.md abuse case 13).

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::{FontData, FontQuery};

use super::{Failure, open};

/// Tallest picture in pixels; a longer page becomes narrower.
const HEIGHT_MAX: f32 = 4_000.0;
/// A page narrower or lower than this, in points, is no page.
const SIDE_MIN: f32 = 1.0;
/// Which face of a collection holds simplified Chinese: the third one of Noto Sans CJK.
const SIMPLIFIED: u32 = 2;

/// A page as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Pages of the document.
    pub pages: u32,
    /// Which one was drawn, from 1.
    pub no: u32,
    /// The document relies on a font for Chinese that this machine does not have: characters may be missing.
    pub lacks_font: bool,
    /// The picture.
    pub png: Vec<u8>,
}

/// Draws page `no`, the last one when there are fewer, `width` pixels wide. `font` stands in for fonts of Chinese text that the
/// document names but does not hold.
pub(crate) fn draw(file: &File, no: u32, width: u16, font: Option<Vec<u8>>) -> Result<Drawn, Failure> {
    let pdf = open(file)?;
    let pages = u32::try_from(pdf.pages().len()).map_err(|_| Failure::TooComplex)?;
    let no = no.clamp(1, pages.max(1));
    let page = usize::try_from(no - 1).ok().and_then(|at| pdf.pages().get(at)).ok_or(Failure::Damaged)?;
    let (across, down) = page.render_dimensions();
    if !(across >= SIDE_MIN && down >= SIDE_MIN) {
        return Err(Failure::Damaged);
    }
    let scale = (f32::from(width) / across).min(HEIGHT_MAX / down);
    let lacks_font = Arc::new(AtomicBool::new(false));
    let settings = settings(font, lacks_font.clone());
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let picture = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &pixels);
    let png = picture.into_png().map_err(|_| Failure::Crashed)?;
    Ok(Drawn { pages, no, lacks_font: lacks_font.load(Ordering::Relaxed), png })
}

fn settings(font: Option<Vec<u8>>, lacks_font: Arc<AtomicBool>) -> InterpreterSettings {
    let mut settings = InterpreterSettings::default();
    let usual = settings.font_resolver.clone();
    let font = font.map(|bytes| (face(&bytes), Arc::new(bytes) as FontData));
    settings.font_resolver = Arc::new(move |query| match query {
        FontQuery::Fallback(wanted) if wanted.character_collection.is_some() => match &font {
            Some((face, bytes)) => Some((bytes.clone(), *face)),
            None => {
                lacks_font.store(true, Ordering::Relaxed);
                usual(query)
            }
        },
        FontQuery::Fallback(_) | FontQuery::Standard(_) => usual(query),
    });
    settings
}

/// The face of simplified Chinese in a collection; a file with one face has no other.
fn face(bytes: &[u8]) -> u32 {
    let faces = bytes.strip_prefix(b"ttcf").and_then(|rest| rest.get(4..8)).and_then(|count| count.try_into().ok());
    if faces.is_some_and(|count| u32::from_be_bytes(count) > SIMPLIFIED) { SIMPLIFIED } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_is_told_by_its_head() {
        assert_eq!(face(b"ttcf\0\x02\0\0\0\0\0\x05"), SIMPLIFIED);
        assert_eq!(face(b"ttcf\0\x02\0\0\0\0\0\x02"), 0);
        assert_eq!((face(b"OTTO\0\0\0\0\0\0\0\x09"), face(b"ttcf"), face(b"")), (0, 0, 0));
    }
}
