//! PDF with Chinese text in a font that every reader brings (STSong-Light), with a table back to Unicode for those that do not.

use super::Content;
use std::{collections::BTreeSet, fmt::Write as _};

/// Half-width characters of a line of text, and lines of a page.
const LINE_WIDTH: usize = 76;
const PAGE_LINES: usize = 44;
/// Signs that no line begins with.
const STAYS_BEHIND: [char; 8] = ['，', '。', '、', '；', '：', '”', '）', '？'];
/// Width of the picture on the first page in pixels; its height makes up the size.
const PICTURE_WIDTH: usize = 400;
/// Entries of one section of the table back to Unicode (the format allows no more).
const TABLE_ROWS: usize = 100;
/// Objects in front of the pages.
const HEAD_OBJECTS: usize = 8;

/// The file.
pub(super) fn make(content: &Content) -> Vec<u8> {
    let pages = pages(content);
    let missing = content.bytes.saturating_sub(content.text().len() * 4 + 4_000);
    let (width, rows) = if missing == 0 { (1, 1) } else { (PICTURE_WIDTH, (missing / (PICTURE_WIDTH * 3)).max(1)) };
    let mut out = Objects::default();
    out.object("<< /Type /Catalog /Pages 2 0 R >>");
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", HEAD_OBJECTS + 1 + page * 2)).collect();
    out.object(&format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")));
    out.object(&font(content));
    out.object(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) \
         /Supplement 4 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>",
    );
    out.object(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 \
         /Descent -120 /CapHeight 880 /StemV 93 >>",
    );
    out.stream("", to_unicode(content).as_bytes());
    out.object(&format!("<< /Title <FEFF{}> /Author <FEFF53175C7F4E91> >>", hex(&content.title)));
    let about = "/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8";
    out.stream(&format!("{about} /Width {width} /Height {rows} "), &picture(width, rows));
    for (at, lines) in pages.iter().enumerate() {
        let stream = HEAD_OBJECTS + 2 + at * 2;
        out.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R \
             /Resources << /Font << /F1 3 0 R >> /XObject << /I1 8 0 R >> >> >>"
        ));
        out.stream("", page(lines, at == 0 && missing > 0, content.english).as_bytes());
    }
    out.finish()
}

fn font(content: &Content) -> String {
    if content.english {
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned()
    } else {
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] \
         /ToUnicode 6 0 R >>"
            .to_owned()
    }
}

/// The lines of each page; the first line of all is the title.
fn pages(content: &Content) -> Vec<Vec<String>> {
    let mut lines = vec![content.title.clone(), String::new()];
    for paragraph in &content.paragraphs {
        lines.extend(wrapped(paragraph));
        lines.push(String::new());
    }
    lines.chunks(PAGE_LINES).map(<[String]>::to_vec).collect()
}

/// A paragraph in lines: Chinese breaks between any two characters, Latin words stay whole.
fn wrapped(paragraph: &str) -> Vec<String> {
    let (mut lines, mut line, mut width) = (Vec::new(), String::new(), 0);
    for word in paragraph.split_inclusive(|c: char| c == ' ' || !c.is_ascii()) {
        let word_width: usize = word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        if width + word_width > LINE_WIDTH && !line.is_empty() && !word.starts_with(STAYS_BEHIND) {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        line.push_str(word);
        width += word_width;
    }
    lines.push(line);
    lines
}

fn page(lines: &[String], with_picture: bool, english: bool) -> String {
    let mut out = String::new();
    let top = if with_picture {
        out.push_str("q 475 0 0 120 60 680 cm /I1 Do Q\n");
        650
    } else {
        780
    };
    let _ = writeln!(out, "BT 60 {top} Td 16 TL");
    for (at, line) in lines.iter().enumerate() {
        let size = if at == 0 { 16 } else { 11 };
        let shown = if english { format!("({})", latin(line)) } else { format!("<{}>", hex(line)) };
        let _ = writeln!(out, "/F1 {size} Tf {shown} Tj T*");
    }
    out.push_str("ET");
    out
}

/// UTF-16, most significant byte first, in hexadecimal.
fn hex(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut out, unit| {
        let _ = write!(out, "{unit:04X}");
        out
    })
}

/// Text of a simple font. English documents keep to ASCII; anything else is written as a question mark.
fn latin(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '(' | ')' | '\\') {
            out.push('\\');
        }
        out.push(if c.is_ascii() { c } else { '?' });
        out
    })
}

/// The table back to Unicode: the codes are Unicode already.
fn to_unicode(content: &Content) -> String {
    let text = content.text();
    let units: BTreeSet<u16> = text.encode_utf16().collect();
    let units: Vec<u16> = units.into_iter().collect();
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) \
         /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n\
         endcodespacerange\n",
    );
    for units in units.chunks(TABLE_ROWS) {
        let _ = writeln!(out, "{} beginbfchar", units.len());
        for unit in units {
            let _ = writeln!(out, "<{unit:04X}> <{unit:04X}>");
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    out
}

/// The sea below a morning sky.
fn picture(width: usize, rows: usize) -> Vec<u8> {
    let shade = |value: usize| u8::try_from(value.min(255)).unwrap_or(u8::MAX);
    let mut pixels = Vec::with_capacity(rows * width * 3);
    for y in 0..rows {
        for x in 0..width {
            let (down, right) = (y * 255 / rows, x * 255 / width);
            pixels.extend([shade(20 + down / 3), shade(90 + right / 4 + down / 3), shade(110 + right / 3)]);
        }
    }
    pixels
}

/// Objects under construction, and where each begins.
struct Objects {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Default for Objects {
    fn default() -> Self {
        Self { bytes: b"%PDF-1.7\n%\xe4\xba\x91\xe3\x80\n".to_vec(), places: Vec::new() }
    }
}

impl Objects {
    fn begin(&mut self) {
        self.places.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n", self.places.len()).as_bytes());
    }

    fn object(&mut self, text: &str) {
        self.begin();
        self.bytes.extend(text.as_bytes());
        self.bytes.extend(b"\nendobj\n");
    }

    fn stream(&mut self, about: &str, content: &[u8]) {
        self.begin();
        self.bytes.extend(format!("<< {about}/Length {} >>\nstream\n", content.len()).as_bytes());
        self.bytes.extend(content);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    fn finish(mut self) -> Vec<u8> {
        let (table, count) = (self.bytes.len(), self.places.len() + 1);
        let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for place in &self.places {
            let _ = writeln!(end, "{place:010} 00000 n ");
        }
        let _ = write!(end, "trailer\n<< /Size {count} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{table}\n%%EOF\n");
        self.bytes.extend(end.as_bytes());
        self.bytes
    }
}
