//! Real small files of every format of the library, made from a title and paragraphs. The same words give the same bytes on every
//! machine: nothing is compressed, and no file holds the time it was made.

mod archive;
mod book;
mod media;
mod pdf;
mod sheets;
mod slides;
mod word;

use domain::{Error, library::Format};
use store::{Store, attachments::NewFile};

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// The title, also in the document's properties.
    pub title: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// The text is English.
    pub english: bool,
    /// About how large the file shall be in bytes: pictures or rows make up what the text lacks.
    pub bytes: usize,
}

impl Content {
    /// The text as a reader of the file finds it.
    pub(crate) fn text(&self) -> String {
        let mut text = self.title.clone();
        for paragraph in &self.paragraphs {
            text.push('\n');
            text.push_str(paragraph);
        }
        text
    }

    const fn language(&self) -> &'static str {
        if self.english { "en" } else { "zh-CN" }
    }
}

/// The file of a format. A link has none.
pub(crate) fn make(format: Format, content: &Content) -> Vec<u8> {
    match format {
        Format::Pdf => pdf::make(content),
        Format::Docx => word::make(content),
        Format::Xlsx => sheets::make(content),
        Format::Pptx => slides::make(content),
        Format::Zip => archive::make(content),
        Format::Mp4 => media::film(content),
        Format::Epub => book::make(content),
        Format::Txt => format!("{}\n", content.text()).into_bytes(),
        Format::Png => media::picture(content),
        Format::Link => Vec::new(),
    }
}

/// Keeps a PDF that comes along with something, named after its title.
pub(crate) async fn keep(store: &Store, title: String, paragraphs: Vec<String>) -> Result<NewFile, Error> {
    let content = Content { title, paragraphs, english: false, bytes: 0 };
    let name = format!("{}.pdf", content.title);
    let store = store.clone();
    let taking = tokio::task::spawn_blocking(move || store.files.take_demo_file(&make(Format::Pdf, &content)));
    let (sha256, size_bytes) = taking.await.map_err(|_| Error::Broken)?.map_err(|_| Error::Unavailable)?;
    Ok(NewFile { name, format: Format::Pdf, size_bytes, sha256 })
}

/// A text between the tags of XML.
fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The core properties of an office document: its title and language.
fn properties(content: &Content) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>北屿云</dc:creator>\
         <dc:language>{}</dc:language></cp:coreProperties>",
        xml(&content.title),
        content.language()
    )
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The beginning of every kind of relation between parts of an office document.
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The relations of a part: id, last word of the kind, target.
fn relations(list: &[(&str, &str, &str)]) -> String {
    let mut out = format!("{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (id, kind, target) in list {
        out.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{}\" Target=\"{target}\"/>", kind_of(kind)));
    }
    out.push_str("</Relationships>");
    out
}

fn kind_of(kind: &str) -> String {
    match kind {
        "core-properties" => "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned(),
        _ => format!("{RELATION}/{kind}"),
    }
}

/// The content types of an office document: name of the part, end of its type.
fn types(list: &[(&str, &str)]) -> String {
    let mut out = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
    );
    for (part, kind) in list {
        out.push_str(&format!("<Override PartName=\"{part}\" ContentType=\"application/vnd.openxmlformats-{kind}+xml\"/>"));
    }
    out.push_str("</Types>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{machine::Keyed as _, search::words};
    use intake::documents::{FileFormat, Limits, extract_file, verify};
    use std::io::Write as _;

    fn content(english: bool, bytes: usize) -> Content {
        let (title, text) = if english {
            ("Cloud server price list", "Prices are per month & exclude tax. \"Reserved\" servers need <12> months.")
        } else {
            ("2026 年下半年激励政策（第 3 版）", "云主机、对象存储与容器的返点按季度结算；“记欠票”规则见第 4 章，A&B 两档，<起算> 100%。")
        };
        let last = if english { "Lighthouse 2026" } else { "灯塔计划 Lighthouse 2026" };
        let paragraphs = vec![text.to_owned(), format!("{text} ").repeat(9), last.to_owned()];
        Content { title: title.to_owned(), paragraphs, english, bytes }
    }

    fn on_disk(format: Format, content: &Content) -> (tempfile::NamedTempFile, FileFormat) {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&make(format, content)).expect("room");
        (file, FileFormat::from_key(format.key()).expect("a format of the reader"))
    }

    #[test]
    fn every_format_is_what_its_name_says() {
        for format in Format::ALL.iter().copied().filter(|format| *format != Format::Link) {
            for (english, bytes) in [(false, 0), (true, 0), (false, 400_000)] {
                let (file, kind) = on_disk(format, &content(english, bytes));
                assert_eq!(verify(file.path(), kind), Ok(()), "{format:?}");
            }
        }
    }

    #[test]
    fn what_is_searched_is_what_a_reader_finds_in_the_file() {
        for format in Format::ALL.iter().copied().filter(|format| format.has_text()) {
            for english in [false, true] {
                let content = content(english, 0);
                let (file, kind) = on_disk(format, &content);
                let found = extract_file(&std::fs::File::open(file.path()).expect("a file"), kind, &Limits::default());
                let found = words(&found.unwrap_or_else(|failure| panic!("{format:?}: {failure:?}")).text);
                let found = format!(" {found} ");
                for paragraph in &content.paragraphs {
                    assert!(found.contains(&format!(" {} ", words(paragraph))), "{format:?}, {english}: {found}");
                }
            }
        }
    }

    #[test]
    fn the_title_is_in_the_properties() {
        for format in [Format::Pdf, Format::Docx, Format::Xlsx, Format::Pptx, Format::Epub] {
            let content = content(false, 0);
            let (file, kind) = on_disk(format, &content);
            let found = extract_file(&std::fs::File::open(file.path()).expect("a file"), kind, &Limits::default()).expect("text");
            assert_eq!(found.title.as_deref(), Some(content.title.as_str()), "{format:?}");
        }
    }

    #[test]
    fn a_wanted_size_is_about_reached() {
        for format in [Format::Pdf, Format::Xlsx, Format::Pptx, Format::Docx, Format::Mp4, Format::Zip, Format::Png] {
            let size = make(format, &content(false, 640_000)).len();
            assert!((600_000..680_000).contains(&size), "{format:?}: {size}");
        }
    }

    #[test]
    fn the_same_words_give_the_same_bytes_and_others_do_not() {
        for format in Format::ALL.iter().copied().filter(|format| *format != Format::Link) {
            assert_eq!(make(format, &content(false, 0)), make(format, &content(false, 0)));
            let other = Content { title: "另一份".to_owned(), ..content(false, 0) };
            assert_ne!(make(format, &content(false, 0)), make(format, &other), "{format:?}");
        }
    }
}
