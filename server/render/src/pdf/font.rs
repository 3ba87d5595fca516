//! The font of a PDF: where it lies on this machine, and how wide its characters are.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FileRef;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::fault::Fault;

/// Where distributions put Noto Sans CJK: Debian and Ubuntu (package `fonts-noto-cjk`), Arch, Alpine, Fedora.
pub const FONT_PLACES: &[&str] = &[
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
];

/// A font without this character is not one for Chinese.
const CHINESE: char = '中';
/// How the name of the face for simplified Chinese ends; a collection also has those of other countries, with other shapes.
const SIMPLIFIED: &str = " SC";

/// A face, with all it takes to measure and to draw.
pub(crate) struct Face {
    font: Font,
    glyphs: HashMap<char, Glyph>,
    missing: Glyph,
    units_per_em: i64,
}

/// The shape of a character.
#[derive(Clone, Copy)]
pub(crate) struct Glyph {
    pub id: GlyphId,
    /// Width in units of the font.
    pub advance: u16,
}

impl Face {
    /// The first font with Chinese: of `first`, then of [`FONT_PLACES`].
    pub fn find(first: &[PathBuf]) -> Result<Self, Fault> {
        let looked_at = first.iter().cloned().chain(FONT_PLACES.iter().map(PathBuf::from)).collect::<Vec<_>>();
        looked_at.iter().find_map(|path| Face::read(path)).ok_or(Fault::NoFont { looked_at })
    }

    fn read(path: &Path) -> Option<Self> {
        let bytes = Arc::new(fs::read(path).ok()?);
        let index = simplified(&bytes)?;
        let face = FontRef::from_index(&bytes, index).ok()?;
        let widths = face.glyph_metrics(Size::unscaled(), LocationRef::default());
        let glyph = |id: skrifa::GlyphId| Glyph { id: GlyphId::new(id.to_u32()), advance: whole(widths.advance_width(id)) };
        let glyphs = face.charmap().mappings().filter_map(|(code, id)| Some((char::from_u32(code)?, glyph(id)))).collect::<HashMap<_, _>>();
        let units_per_em = i64::from(face.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let missing = glyph(skrifa::GlyphId::NOTDEF);
        let font = Font::new(Arc::clone(&bytes).into(), index)?;
        (glyphs.contains_key(&CHINESE) && units_per_em > 0).then_some(Face { font, glyphs, missing, units_per_em })
    }

    /// The font, for drawing.
    pub fn font(&self) -> &Font {
        &self.font
    }

    /// Units of the font in one em.
    pub fn units_per_em(&self) -> i64 {
        self.units_per_em
    }

    /// The shape of a character; an empty box for one the font does not have.
    pub fn glyph(&self, character: char) -> Glyph {
        self.glyphs.get(&character).copied().unwrap_or(self.missing)
    }

    /// Width of a text without line breaks in units of the font.
    pub fn units(&self, text: &str) -> i64 {
        text.chars().map(|character| i64::from(self.glyph(character).advance)).sum()
    }

    /// Width of a text without line breaks, at a size; all in thousandths of a point.
    pub fn width(&self, text: &str, size: i64) -> i64 {
        self.length(self.units(text), size)
    }

    /// Units of the font as thousandths of a point; up, so that a text always fits a column of its own width.
    pub fn length(&self, units: i64, size: i64) -> i64 {
        (units * size + self.units_per_em - 1) / self.units_per_em
    }
}

/// The face for simplified Chinese in a collection; the only one in a file with one face.
fn simplified(bytes: &[u8]) -> Option<u32> {
    match FileRef::new(bytes).ok()? {
        FileRef::Font(_) => Some(0),
        FileRef::Collection(collection) => (0..collection.len()).find(|index| {
            let face = FontRef::from_index(bytes, *index);
            let name = face.ok().and_then(|face| face.localized_strings(StringId::FAMILY_NAME).english_or_first());
            name.is_some_and(|name| name.to_string().ends_with(SIMPLIFIED))
        }),
    }
}

/// Widths are whole numbers in the file; the library hands them out as floats.
fn whole(width: Option<f32>) -> u16 {
    // The conversion keeps within the limits of the type, so a broken font does no harm.
    width.unwrap_or_default() as u16
}
