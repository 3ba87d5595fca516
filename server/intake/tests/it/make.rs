//! Makes the files that the tests read: just enough of each format.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use intake::documents::{Extracted, Failure, FileFormat, Limits, extract};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file in a folder of its own, which goes away with it.
pub struct Made {
    _folder: TempDir,
    pub path: PathBuf,
}

pub fn file(bytes: impl AsRef<[u8]>) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document");
    fs::write(&path, bytes).unwrap();
    Made { _folder: folder, path }
}

/// What a reader makes of these bytes within the usual limits.
pub fn read(bytes: impl AsRef<[u8]>, format: FileFormat) -> Result<Extracted, Failure> {
    read_within(bytes, format, &Limits::default())
}

pub fn read_within(bytes: impl AsRef<[u8]>, format: FileFormat, limits: &Limits) -> Result<Extracted, Failure> {
    extract(&file(bytes).path, format, limits)
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An office package: its main part with a content type, the parts it points at, and whatever else.
pub struct Office<'a> {
    pub format: FileFormat,
    pub main: (&'a str, &'a str),
    /// Relation id, last word of its type, target, content.
    pub parts: &'a [(&'a str, &'a str, &'a str, &'a str)],
    /// Files without a relation.
    pub others: &'a [(&'a str, &'a str)],
}

impl Office<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let (main, content) = self.main;
        let types = format!(
            r#"<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{}.main+xml"/></Types>"#,
            self.format.mime()
        );
        let root = format!(r#"<Relationships><Relationship Id="rId1" Type="{kind}/officeDocument" Target="{main}"/></Relationships>"#);
        let (folder, file) = main.rsplit_once('/').unwrap();
        let mut relations = String::from("<Relationships>");
        let mut files = vec![("[Content_Types].xml".to_owned(), types), ("_rels/.rels".to_owned(), root)];
        for (id, word, target, content) in self.parts {
            relations.push_str(&format!(r#"<Relationship Id="{id}" Type="{kind}/{word}" Target="{target}"/>"#));
            files.push((format!("{folder}/{target}"), (*content).to_owned()));
        }
        relations.push_str("</Relationships>");
        files.push((format!("{folder}/_rels/{file}.rels"), relations));
        files.push((main.to_owned(), content.to_owned()));
        files.extend(self.others.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())));
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
        zip(&files)
    }
}

/// A text document of one part.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    Office { format: FileFormat::Docx, main: ("word/document.xml", &document), parts: &[], others: &[] }.bytes()
}

/// A book of these chapters; `more` are further files.
pub fn epub(title: &str, chapters: &[&str], more: &[(&str, &[u8])]) -> Vec<u8> {
    let container = r#"<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"#;
    let mut items = String::new();
    let mut spine = String::new();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (number, chapter) in chapters.iter().enumerate() {
        items.push_str(&format!(r#"<item id="c{number}" href="text%20{number}.xhtml"/>"#));
        spine.push_str(&format!(r#"<itemref idref="c{number}"/>"#));
        files.push((format!("OEBPS/text {number}.xhtml"), chapter.as_bytes().to_vec()));
    }
    let package = format!(
        r#"<package xmlns:dc="dc"><metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"#
    );
    let mut all: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/content.opf", package.as_bytes()),
    ];
    all.extend(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    all.extend(more);
    zip(&all)
}

/// A PDF of these objects, numbered from 1; the first must be the catalogue. `trailer` goes into the trailer.
pub fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", index + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

pub fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {dict} /Length {} >>\nstream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

/// A PDF of one page with this content and one font, `/F1`; `more` are objects from number 6 on.
pub fn pdf(content: &str, font: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream("", content.as_bytes()),
        font.as_bytes().to_vec(),
    ];
    objects.extend(more);
    pdf_of(&objects, "")
}

/// A PDF of one page in Helvetica.
pub fn pdf_saying(content: &str) -> Vec<u8> {
    pdf(content, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", Vec::new())
}
