//! The small files around the sheets.

use std::fmt::Write;

use crate::text::{clean, day};
use crate::values::{Moment, Plan};

use super::cells::{PLACES_MAX, escape};
use super::sheet::Sheet;

/// How each file begins.
pub(crate) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// The language of sheets, workbooks and styles.
pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Formats for numbers from here on are ours.
const FIRST_FORMAT: u32 = 164;
/// Excel's own formats: any number, a whole number with commas, text.
const GENERAL: u32 = 0;
const WHOLE: u32 = 3;
const TEXT: u32 = 49;

/// `_rels/.rels`: where the workbook and the properties are.
pub(crate) fn relations() -> String {
    let mut xml = format!(r#"{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">"#);
    let _ = write!(xml, r#"<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>"#);
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    let _ = write!(xml, r#"<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>"#);
    xml
}

/// `docProps/core.xml`: title and date.
pub(crate) fn properties(plan: &Plan) -> String {
    let mut xml = format!(r#"{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties""#);
    xml.push_str(r#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/""#);
    xml.push_str(r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>"#);
    escape(&mut xml, &clean(&plan.title));
    let at = timestamp(plan.made_at);
    let _ = write!(xml, r#"</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created></cp:coreProperties>"#);
    xml
}

fn timestamp(at: Moment) -> String {
    format!("{}T{:02}:{:02}:{:02}Z", day(at.day()), at.hour(), at.minute(), at.second())
}

/// `xl/styles.xml`, in the order of [`super::cells::Style`].
pub(crate) fn styles() -> String {
    let (days, moments, decimals) = (FIRST_FORMAT, FIRST_FORMAT + 1, FIRST_FORMAT + 2);
    let mut xml = format!(r#"{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts count="{}">"#, PLACES_MAX + 3);
    let _ = write!(xml, r#"<numFmt numFmtId="{days}" formatCode="yyyy\-mm\-dd"/>"#);
    let _ = write!(xml, r#"<numFmt numFmtId="{moments}" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/>"#);
    for places in 0..=PLACES_MAX {
        let point = if places > 0 { "." } else { "" };
        let zeros = "0".repeat(places as usize);
        let _ = write!(xml, r##"<numFmt numFmtId="{}" formatCode="#,##0{point}{zeros}"/>"##, decimals + places);
    }
    xml.push_str(r#"</numFmts><fonts count="3"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>"#);
    xml.push_str(r#"<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>"#);
    xml.push_str(r#"<font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2">"#);
    xml.push_str(r#"<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>"#);
    xml.push_str(r#"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#);
    xml.push_str(r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#);
    let _ = write!(xml, r#"<cellXfs count="{}">"#, PLACES_MAX + 10);
    let top = r#"<alignment vertical="top"/>"#;
    let wrapped = r#"<alignment vertical="top" wrapText="1"/>"#;
    let left = r#"<alignment horizontal="left"/>"#;
    let plain = [(GENERAL, 0, ""), (TEXT, 1, top), (TEXT, 0, ""), (WHOLE, 0, ""), (days, 0, ""), (moments, 0, "")];
    let all = plain.into_iter().chain([(TEXT, 2, ""), (TEXT, 0, wrapped), (WHOLE, 0, left)]);
    for (format, font, alignment) in all.chain((0..=PLACES_MAX).map(|places| (decimals + places, 0, ""))) {
        let _ = write!(xml, r#"<xf numFmtId="{format}" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1""#);
        let _ = write!(xml, r#" applyFont="1" applyAlignment="1">{alignment}</xf>"#);
    }
    xml.push_str(r#"</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#);
    xml
}

/// `xl/workbook.xml`: the sheets in order; those with a head filter it and repeat it on paper. `last` names the last column.
pub(crate) fn workbook(sheets: &[Sheet], last: Option<&String>) -> String {
    let mut xml = format!(r#"{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews><sheets>"#);
    for (number, sheet) in (1..).zip(sheets) {
        xml.push_str(r#"<sheet name=""#);
        escape(&mut xml, sheet.name.as_str());
        let _ = write!(xml, r#"" sheetId="{number}" r:id="rId{number}"/>"#);
    }
    xml.push_str("</sheets><definedNames>");
    let last = last.map_or("A", String::as_str);
    for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.has_filter) {
        let mut name = String::new();
        escape(&mut name, sheet.name.as_str());
        let filter = format!("'{name}'!$A$1:${last}${}", sheet.rows);
        let _ = write!(xml, r#"<definedName name="_xlnm._FilterDatabase" localSheetId="{index}" hidden="1">{filter}</definedName>"#);
        let _ = write!(xml, r#"<definedName name="_xlnm.Print_Titles" localSheetId="{index}">'{name}'!$1:$1</definedName>"#);
    }
    xml.push_str("</definedNames></workbook>");
    xml
}

/// `xl/_rels/workbook.xml.rels`: the files of the sheets, then the styles.
pub(crate) fn workbook_relations(sheets: usize) -> String {
    let mut xml = format!(r#"{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">"#);
    for number in 1..=sheets {
        let _ = write!(xml, r#"<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#);
    }
    let styles = sheets + 1;
    let _ = write!(xml, r#"<Relationship Id="rId{styles}" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>"#);
    xml
}

/// `[Content_Types].xml`: what each file is.
pub(crate) fn content_types(sheets: usize) -> String {
    let mut xml =
        format!(r#"{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>"#);
    let relations = "application/vnd.openxmlformats-package.relationships+xml";
    let _ = write!(xml, r#"<Default Extension="rels" ContentType="{relations}"/>"#);
    let mut part = |name: &str, kind: &str| {
        let _ = write!(xml, r#"<Override PartName="{name}" ContentType="{kind}"/>"#);
    };
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/xl/styles.xml", &format!("{TYPES}.styles+xml"));
    part("/xl/workbook.xml", &format!("{TYPES}.sheet.main+xml"));
    for number in 1..=sheets {
        part(&format!("/xl/worksheets/sheet{number}.xml"), &format!("{TYPES}.worksheet+xml"));
    }
    xml.push_str("</Types>");
    xml
}
