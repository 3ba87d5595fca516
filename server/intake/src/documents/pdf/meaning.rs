//! What the glyphs of an embedded Chinese font mean when the document does not say it with a `ToUnicode` table.
//!
//! Older layout programs of Chinese publishers leave the table out, because the name of the encoding says it: a predefined one of
//! Adobe-GB1, or numbers of that collection. The interpreter resolves these for fonts that are not embedded only.

use std::cell::OnceCell;
use std::collections::HashMap;

use encoding_rs::GB18030;
use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{self, Array, Dict, Name, Object};

/// How the codes of a font are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    /// One or two units of UTF-16.
    Utf16,
    /// One to four bytes of GB18030.
    Gb18030,
    /// The number of a character in the Adobe-GB1 collection.
    Gb1,
}

/// The fonts of a document; read when the first glyph without a meaning turns up, which in most documents is never.
pub(crate) struct Meanings<'p> {
    pdf: &'p Pdf,
    fonts: OnceCell<HashMap<String, Code>>,
    gb1: OnceCell<Option<CMap>>,
}

impl<'p> Meanings<'p> {
    /// Nothing is read yet.
    pub fn new(pdf: &'p Pdf) -> Self {
        Meanings { pdf, fonts: OnceCell::new(), gb1: OnceCell::new() }
    }

    /// What a glyph means by the encoding of its font, if that says it.
    pub fn of(&self, glyph: &OutlineGlyph) -> Option<BfString> {
        let fonts = self.fonts.get_or_init(|| fonts(self.pdf));
        if fonts.is_empty() {
            return None;
        }
        let name = glyph.font_data()?.postscript_name?;
        let code = glyph.char_code();
        match fonts.get(&name)? {
            Code::Utf16 => utf16(code),
            Code::Gb18030 => gb18030(code),
            Code::Gb1 => self.gb1.get_or_init(gb1_table).as_ref()?.lookup_bf_string(code),
        }
    }
}

/// The composite fonts whose encoding says what they mean, by name. A name with two encodings says nothing.
fn fonts(pdf: &Pdf) -> HashMap<String, Code> {
    let mut found: HashMap<String, Option<Code>> = HashMap::new();
    for object in pdf.objects() {
        let Object::Dict(font) = object else {
            continue;
        };
        if font.get::<Name<'_>>("Subtype").is_none_or(|subtype| subtype.as_str() != "Type0") {
            continue;
        }
        if let Some(name) = font.get::<Name<'_>>("BaseFont") {
            let code = code_of(&font);
            let known = found.entry(without_subset_mark(name.as_str()).to_owned()).or_insert(code);
            if *known != code {
                *known = None;
            }
        }
    }
    found.into_iter().filter_map(|(name, code)| Some((name, code?))).collect()
}

fn code_of(font: &Dict<'_>) -> Option<Code> {
    let encoding = font.get::<Name<'_>>("Encoding")?;
    let encoding = encoding.as_str();
    if encoding.starts_with("Uni") && (encoding.contains("UCS2") || encoding.contains("UTF16")) {
        return Some(Code::Utf16);
    }
    if encoding.starts_with("GB") {
        return Some(Code::Gb18030);
    }
    let descendant = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let ordering = descendant.get::<Dict<'_>>("CIDSystemInfo")?.get::<object::String<'_>>("Ordering")?;
    (encoding.starts_with("Identity") && ordering.as_bytes() == b"GB1").then_some(Code::Gb1)
}

/// `ABCDEF+SimSun` is a part of `SimSun`.
fn without_subset_mark(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest,
        Some(_) | None => name,
    }
}

fn utf16(code: u32) -> Option<BfString> {
    let [high_1, high_2, low_1, low_2] = code.to_be_bytes();
    let units = [u16::from_be_bytes([high_1, high_2]), u16::from_be_bytes([low_1, low_2])];
    let units = units.into_iter().skip_while(|unit| *unit == 0);
    char::decode_utf16(units).next()?.ok().map(BfString::Char)
}

fn gb18030(code: u32) -> Option<BfString> {
    let bytes: Vec<u8> = code.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let text = GB18030.decode_without_bom_handling_and_without_replacement(&bytes)?;
    Some(BfString::String(text.into_owned()))
}

fn gb1_table() -> Option<CMap> {
    CMap::parse(load_embedded(CMapName::AdobeGb1Ucs2)?, load_embedded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_utf_16_and_gb18030_are_characters() {
        assert_eq!(utf16(0x8f6f), Some(BfString::Char('软')));
        assert_eq!(utf16(0xd842_dfb7), Some(BfString::Char('𠮷')));
        assert_eq!(utf16(0xd842), None);
        assert_eq!(gb18030(0xc8ed), Some(BfString::String("软".to_owned())));
        assert_eq!(gb18030(0xff), None);
    }

    #[test]
    fn numbers_of_the_gb1_collection_are_characters() {
        let table = gb1_table().unwrap();
        assert_eq!(table.lookup_bf_string(3272), Some(BfString::Char('软')));
    }
}
