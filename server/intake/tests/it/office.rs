//! Word processing, slides and workbooks.

use intake::documents::{Failure, FileFormat, Limits};

use crate::make::{Office, docx, read, read_within};

#[test]
fn paragraphs_tables_and_breaks_of_a_text_document_are_read() {
    let body = "<w:p><w:r><w:t>伙伴</w:t></w:r><w:r><w:t>政策 &amp; rules</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>等级</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>比例</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three&#x4e2d;</w:t></w:r></w:p>";
    assert_eq!(read(docx(body), FileFormat::Docx).unwrap().text, "伙伴政策 & rules\n等级 比例\n\none two\nthree中");
}

#[test]
fn deleted_text_field_codes_and_copies_for_old_programs_are_left_out() {
    let body = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:instrText>TOC \\o</w:instrText></w:r>\
        <mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice><mc:Fallback><w:p><w:t>框</w:t></w:p></mc:Fallback></mc:AlternateContent>\
        <w:r><w:t>新</w:t></w:r></w:p>";
    assert_eq!(read(docx(body), FileFormat::Docx).unwrap().text, "框新");
}

#[test]
fn the_title_comes_from_the_properties_else_from_the_first_heading() {
    let document = r#"<w:document><w:body><w:p><w:r><w:t>封面</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>第一章 </w:t></w:r><w:r><w:t>总则</w:t></w:r></w:p></w:body></w:document>"#;
    let styles = r#"<w:styles><w:style w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
    let parts = [("rId7", "styles", "styles.xml", styles)];
    let office = |others| Office { format: FileFormat::Docx, main: ("word/document.xml", document), parts: &parts, others }.bytes();
    assert_eq!(read(office(&[]), FileFormat::Docx).unwrap().title.as_deref(), Some("第一章 总则"));
    let properties = [
        ("docProps/core.xml", r#"<cp:coreProperties xmlns:dc="dc"><dc:title>2026 政策</dc:title></cp:coreProperties>"#),
        ("docProps/app.xml", "<Properties><Pages>12</Pages></Properties>"),
    ];
    let read = read(office(&properties), FileFormat::Docx).unwrap();
    assert_eq!((read.title.as_deref(), read.pages), (Some("2026 政策"), Some(12)));
}

#[test]
fn notes_follow_the_text() {
    let document = "<w:document><w:body><w:p><w:t>正文</w:t></w:p></w:body></w:document>";
    let notes = "<w:footnotes><w:footnote><w:p><w:t>注释</w:t></w:p></w:footnote></w:footnotes>";
    let parts = [("rId9", "footnotes", "footnotes.xml", notes)];
    let bytes = Office { format: FileFormat::Docx, main: ("word/document.xml", document), parts: &parts, others: &[] }.bytes();
    assert_eq!(read(bytes, FileFormat::Docx).unwrap().text, "正文\n\n注释");
}

fn deck(second: &str) -> Vec<u8> {
    let deck =
        r#"<p:presentation><p:sldIdLst><p:sldId id="256" r:id="rId9"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>"#;
    let first = r#"<p:sld><p:sp><p:nvPr><p:ph type="ctrTitle"/></p:nvPr><a:p><a:r><a:t>激励</a:t></a:r><a:r><a:t>政策</a:t></a:r></a:p></p:sp>
        <p:sp><a:p><a:r><a:t>第一点</a:t></a:r></a:p><a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p></p:sp></p:sld>"#;
    let parts = [("rId2", "slide", "slides/slide1.xml", second), ("rId9", "slide", "slides/slide2.xml", first)];
    Office { format: FileFormat::Pptx, main: ("ppt/presentation.xml", deck), parts: &parts, others: &[] }.bytes()
}

#[test]
fn slides_are_read_in_the_order_of_the_deck() {
    let read = read(deck("<p:sld><a:p><a:t>第二页</a:t></a:p></p:sld>"), FileFormat::Pptx).unwrap();
    assert_eq!(read.text, "激励政策\n第一点\n\n第二页");
    assert_eq!(read.title.as_deref(), Some("激励政策"));
    assert_eq!(read.pages, Some(2));
}

#[test]
fn the_notes_of_a_slide_are_read_with_it() {
    let deck = r#"<p:presentation><p:sldId r:id="rId1"/></p:presentation>"#;
    let relations = r#"<Relationships><Relationship Id="rId1" Type="x/notesSlide" Target="../notesSlides/notes1.xml"/></Relationships>"#;
    let parts = [("rId1", "slide", "slides/slide1.xml", "<p:sld><a:p><a:t>页</a:t></a:p></p:sld>")];
    let others = [("ppt/slides/_rels/slide1.xml.rels", relations), ("ppt/notesSlides/notes1.xml", "<p:notes><a:t>备注</a:t></p:notes>")];
    let bytes = Office { format: FileFormat::Pptx, main: ("ppt/presentation.xml", deck), parts: &parts, others: &others }.bytes();
    assert_eq!(read(bytes, FileFormat::Pptx).unwrap().text, "页\n\n备注");
}

fn workbook(rows: &str) -> Vec<u8> {
    let book = r#"<workbook><sheets><sheet name="价格" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let shared = "<sst><si><t>产品</t></si><si><r><t>弹性</t></r><r><t>云服务器</t></r><rPh><t>reading</t></rPh></si></sst>";
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let parts = [("rId1", "worksheet", "worksheets/sheet1.xml", sheet.as_str()), ("rId2", "sharedStrings", "sharedStrings.xml", shared)];
    Office { format: FileFormat::Xlsx, main: ("xl/workbook.xml", book), parts: &parts, others: &[] }.bytes()
}

#[test]
fn cells_of_every_kind_are_read_row_by_row() {
    let rows = r#"<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>单价</t></is></c></row>
        <row><c t="s"><v>1</v></c><c><v>12.5</v></c><c t="str"><f>A1</f><v>formula</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>"#;
    let read = read(workbook(rows), FileFormat::Xlsx).unwrap();
    assert_eq!(read.text, "价格\n产品 单价\n弹性云服务器 12.5 formula");
    assert_eq!(read.pages, Some(1));
}

#[test]
fn a_cell_that_points_at_no_string_is_empty() {
    let rows = r#"<row><c t="s"><v>99</v></c><c t="s"><v>-1</v></c><c t="s"><v>99999999999999999999</v></c></row>"#;
    assert_eq!(read(workbook(rows), FileFormat::Xlsx).unwrap().text, "价格");
}

#[test]
fn elements_nested_too_deeply_are_refused() {
    let body = |depth: usize| format!("{}<w:t>x</w:t>{}", "<w:p>".repeat(depth), "</w:p>".repeat(depth));
    // Document, body and text make three.
    assert!(read(docx(&body(253)), FileFormat::Docx).is_ok());
    assert_eq!(read(docx(&body(254)), FileFormat::Docx), Err(Failure::TooComplex));
    assert_eq!(read(docx(&body(100_000)), FileFormat::Docx), Err(Failure::TooComplex));
}

#[test]
fn entities_of_the_documents_own_are_not_read() {
    let document = r#"<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><d>&b;&f;</d>"#;
    let bytes = Office { format: FileFormat::Docx, main: ("word/document.xml", document), parts: &[], others: &[] }.bytes();
    assert_eq!(read(bytes, FileFormat::Docx), Err(Failure::Damaged));
}

#[test]
fn broken_xml_and_missing_parts_are_damage() {
    assert_eq!(read(docx("<w:p><w:t>open"), FileFormat::Docx), Err(Failure::Damaged));
    assert_eq!(read(docx("</w:body></w:p>"), FileFormat::Docx), Err(Failure::Damaged));
    let book = r#"<workbook><sheet name="x" r:id="rId1"/></workbook>"#;
    let parts = [("rId1", "worksheet", "../../../gone.xml", "")];
    let bytes = Office { format: FileFormat::Xlsx, main: ("xl/book.xml", book), parts: &parts, others: &[] }.bytes();
    assert_eq!(read(bytes, FileFormat::Xlsx), Err(Failure::Damaged));
}

#[test]
fn a_document_behind_a_password_says_so() {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(70_000, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&bytes, FileFormat::Docx), Err(Failure::Encrypted));
    // An old binary document is only of the wrong format.
    assert_eq!(read(&bytes[..70_000], FileFormat::Docx), Err(Failure::TypeMismatch));
}

#[test]
fn the_rest_of_a_long_document_is_left_out() {
    let limits = Limits { text_chars_max: 5, ..Limits::default() };
    let body = "<w:p><w:t>一二三四五六七八九十</w:t></w:p>".repeat(1_000);
    assert_eq!(read_within(docx(&body), FileFormat::Docx, &limits).unwrap().text, "一二三四五");
}
