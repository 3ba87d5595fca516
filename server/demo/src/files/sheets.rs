//! Workbooks: the text in the first column, then a table of figures.

use super::{Content, XML, archive::pack, properties, relations, types, xml};

/// Rows of figures in a workbook that need not be larger.
const ROWS_LEAST: usize = 6;

/// The file.
pub(super) fn make(content: &Content) -> Vec<u8> {
    let types = types(&[
        ("/xl/workbook.xml", "officedocument.spreadsheetml.sheet.main"),
        ("/xl/worksheets/sheet1.xml", "officedocument.spreadsheetml.worksheet"),
        ("/docProps/core.xml", "package.core-properties"),
    ]);
    let package = relations(&[("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "core-properties", "docProps/core.xml")]);
    let parts = relations(&[("rId1", "worksheet", "worksheets/sheet1.xml")]);
    let name = if content.english { "Figures" } else { "测算" };
    let workbook = format!(
        "{XML}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let (sheet, properties) = (sheet(content), properties(content));
    pack(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", package.as_bytes()),
        ("docProps/core.xml", properties.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn sheet(content: &Content) -> String {
    let mut rows = String::new();
    let mut number = 0;
    for text in std::iter::once(&content.title).chain(&content.paragraphs) {
        number += 1;
        rows.push_str(&format!("<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", xml(text)));
    }
    let missing = content.bytes.saturating_sub(2_800);
    let (mut count, first) = (0, number + 1);
    while count < ROWS_LEAST || rows.len() < missing {
        count += 1;
        number += 1;
        let amount = (count * 7_919) % 99_991;
        rows.push_str(&format!(
            "<row r=\"{number}\"><c r=\"A{number}\"><v>{count}</v></c><c r=\"B{number}\"><v>{amount}</v></c>\
             <c r=\"C{number}\"><f>B{number}*0.06</f></c></row>"
        ));
    }
    rows.push_str(&format!("<row r=\"{0}\"><c r=\"B{0}\"><f>SUM(B{first}:B{number})</f></c></row>", number + 1));
    format!("{XML}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>")
}
