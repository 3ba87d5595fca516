//! Word documents: a title and paragraphs, and a picture where the file shall be larger.

use super::{Content, XML, archive::pack, media, properties, relations, types, xml};

/// The file.
pub(super) fn make(content: &Content) -> Vec<u8> {
    let document = document(content);
    let missing = content.bytes.saturating_sub(document.len() + 2_500);
    let picture = media::gradient(missing);
    let types = types(&[
        ("/word/document.xml", "officedocument.wordprocessingml.document.main"),
        ("/docProps/core.xml", "package.core-properties"),
    ]);
    let package = relations(&[("rId1", "officeDocument", "word/document.xml"), ("rId2", "core-properties", "docProps/core.xml")]);
    let parts = relations(&[("rId1", "image", "media/image1.png")]);
    let properties = properties(content);
    let mut files = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", package.as_bytes()),
        ("docProps/core.xml", properties.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    if missing > 0 {
        files.extend([("word/_rels/document.xml.rels", parts.as_bytes()), ("word/media/image1.png", picture.as_slice())]);
    }
    pack(&files)
}

fn document(content: &Content) -> String {
    let paragraph = |text: &str, look: &str| format!("<w:p><w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", xml(text));
    let mut body = paragraph(&content.title, "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>");
    for text in &content.paragraphs {
        body.push_str(&paragraph(text, ""));
    }
    format!(
        "{XML}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}\
         <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>"
    )
}
