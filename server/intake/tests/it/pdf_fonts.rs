//! Chinese fonts in PDF: with and without a table of meanings, embedded and not.

use hayro_interpret::font::StandardFont;
use intake::documents::FileFormat;

use crate::make::{pdf, read, stream};

/// A page that shows `codes` (hexadecimal) in a composite font of this encoding and collection.
fn text_of(codes: &str, encoding: &str, ordering: &str, more: &str, embedded: bool) -> String {
    let font = format!("<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+STSong /Encoding /{encoding} /DescendantFonts [6 0 R] {more} >>");
    let program = if embedded { "/FontFile3 8 0 R" } else { "" };
    let descendant = format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /ABCDEF+STSong /FontDescriptor 7 0 R /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >> >>"
    );
    let descriptor = format!(
        "<< /Type /FontDescriptor /FontName /ABCDEF+STSong /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880 \
         /Descent -120 /CapHeight 880 /StemV 80 {program} >>"
    );
    let (data, _) = StandardFont::Helvetica.get_font_data();
    let file = stream("/Subtype /CIDFontType0C", data.as_ref().as_ref());
    let table = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <FFFF> \
        endcodespacerange 2 beginbfchar <0001> <8F6F> <0002> <D842DFB7> endbfchar 1 beginbfrange <0003> <0004> <4EF6> endbfrange endcmap";
    let more = vec![descendant.into_bytes(), descriptor.into_bytes(), file, stream("", table.as_bytes())];
    let content = format!("BT /F1 12 Tf 72 700 Td <{codes}> Tj ET");
    read(pdf(&content, &font, more), FileFormat::Pdf).unwrap().text
}

#[test]
fn a_table_of_meanings_is_used() {
    for embedded in [false, true] {
        assert_eq!(text_of("0001000200030004", "Identity-H", "Identity", "/ToUnicode 9 0 R", embedded), "软𠮷件价");
    }
}

#[test]
fn the_predefined_encodings_for_chinese_say_what_they_mean() {
    for embedded in [false, true] {
        assert_eq!(text_of("8F6F4EF65305", "UniGB-UCS2-H", "GB1", "", embedded), "软件包", "UCS2, embedded: {embedded}");
        assert_eq!(text_of("8F6F4EF65305", "UniGB-UTF16-H", "GB1", "", embedded), "软件包", "UTF16, embedded: {embedded}");
        assert_eq!(text_of("C8EDBCFEB0FC41", "GBK-EUC-H", "GB1", "", embedded), "软件包A", "GBK, embedded: {embedded}");
        assert_eq!(text_of("C8EDBCFEB0FC", "GBKp-EUC-H", "GB1", "", embedded), "软件包", "GBKp, embedded: {embedded}");
        assert_eq!(text_of("0CC808710407", "Identity-H", "GB1", "", embedded), "软件包", "GB1, embedded: {embedded}");
    }
}

#[test]
fn vertical_writing_is_read_along_the_column() {
    assert_eq!(text_of("8F6F4EF65305", "UniGB-UCS2-V", "GB1", "", false), "软件包");
}

#[test]
fn a_font_that_says_nothing_has_no_text() {
    assert_eq!(text_of("00010002", "Identity-H", "Identity", "", true), "");
}
