//! Books: one chapter with a table of contents.

use super::{Content, XML, archive::pack, xml};

/// The file.
pub(super) fn make(content: &Content) -> Vec<u8> {
    let (title, language) = (xml(&content.title), content.language());
    let container = format!(
        "{XML}<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
         <rootfile full-path=\"OEBPS/content.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>"
    );
    let package = format!(
        "{XML}<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:identifier id=\"id\">urn:partner-center:{title}</dc:identifier>\
         <dc:title>{title}</dc:title><dc:language>{language}</dc:language>\
         <meta property=\"dcterms:modified\">2026-01-01T00:00:00Z</meta></metadata>\
         <manifest><item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\
         <item id=\"c1\" href=\"chapter.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
         <spine><itemref idref=\"c1\"/></spine></package>"
    );
    let contents = page(&title, language, &format!("<nav epub:type=\"toc\"><ol><li><a href=\"chapter.xhtml\">{title}</a></li></ol></nav>"));
    let text: String = content.paragraphs.iter().map(|paragraph| format!("<p>{}</p>", xml(paragraph))).collect();
    let chapter = page(&title, language, &format!("<h1>{title}</h1>{text}"));
    pack(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/content.opf", package.as_bytes()),
        ("OEBPS/nav.xhtml", contents.as_bytes()),
        ("OEBPS/chapter.xhtml", chapter.as_bytes()),
    ])
}

fn page(title: &str, language: &str, body: &str) -> String {
    format!(
        "{XML}<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"{language}\">\
         <head><title>{title}</title></head><body>{body}</body></html>"
    )
}
