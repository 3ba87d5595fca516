//! Slides: a title page, then one slide per two paragraphs, on the plainest master there can be.

use super::{Content, XML, archive::pack, media, properties, relations, types, xml};

/// Paragraphs of one slide.
const SLIDE_PARAGRAPHS: usize = 2;
/// The namespaces of a part of a deck.
const SPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
/// The frame of a tree of shapes.
const TREE: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>";

/// The file.
pub(super) fn make(content: &Content) -> Vec<u8> {
    let mut slides = vec![vec![content.title.clone()]];
    slides.extend(content.paragraphs.chunks(SLIDE_PARAGRAPHS).map(<[String]>::to_vec));
    let missing = content.bytes.saturating_sub(content.text().len() * 2 + 9_000);
    let mut files: Vec<(String, Vec<u8>)> = fixed_parts(content, slides.len());
    for (at, lines) in slides.iter().enumerate() {
        let with_picture = at == 0 && missing > 0;
        let mut links = vec![("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")];
        if with_picture {
            links.push(("rId2", "image", "../media/image1.png"));
        }
        files.push((format!("ppt/slides/slide{}.xml", at + 1), slide(lines, at == 0, with_picture).into_bytes()));
        files.push((format!("ppt/slides/_rels/slide{}.xml.rels", at + 1), relations(&links).into_bytes()));
    }
    if missing > 0 {
        files.push(("ppt/media/image1.png".to_owned(), media::gradient(missing)));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    pack(&files)
}

/// Everything but the slides.
fn fixed_parts(content: &Content, slides: usize) -> Vec<(String, Vec<u8>)> {
    let names: Vec<String> = (1..=slides).map(|number| format!("/ppt/slides/slide{number}.xml")).collect();
    let presentation = "officedocument.presentationml";
    let kinds = ["presentation.main", "slideMaster", "slideLayout", "slide"].map(|part| format!("{presentation}.{part}"));
    let [main, master_kind, layout_kind, slide_kind] = &kinds;
    let mut parts = vec![
        ("/ppt/presentation.xml", main.as_str()),
        ("/ppt/slideMasters/slideMaster1.xml", master_kind),
        ("/ppt/slideLayouts/slideLayout1.xml", layout_kind),
        ("/ppt/theme/theme1.xml", "officedocument.theme"),
        ("/docProps/core.xml", "package.core-properties"),
    ];
    parts.extend(names.iter().map(|name| (name.as_str(), slide_kind.as_str())));
    let ids: Vec<(String, String)> =
        (1..=slides).map(|number| (format!("rId{}", number + 1), format!("slides/slide{number}.xml"))).collect();
    let mut links = vec![("rId1", "slideMaster", "slideMasters/slideMaster1.xml")];
    links.extend(ids.iter().map(|(id, target)| (id.as_str(), "slide", target.as_str())));
    let master_links = [("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"), ("rId2", "theme", "../theme/theme1.xml")];
    let package = [("rId1", "officeDocument", "ppt/presentation.xml"), ("rId2", "core-properties", "docProps/core.xml")];
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    vec![
        part("[Content_Types].xml", types(&parts)),
        part("_rels/.rels", relations(&package)),
        part("docProps/core.xml", properties(content)),
        part("ppt/presentation.xml", presentation_part(slides)),
        part("ppt/_rels/presentation.xml.rels", relations(&links)),
        part("ppt/slideMasters/slideMaster1.xml", master()),
        part("ppt/slideMasters/_rels/slideMaster1.xml.rels", relations(&master_links)),
        part("ppt/slideLayouts/slideLayout1.xml", layout()),
        part("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations(&[("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")])),
        part("ppt/theme/theme1.xml", theme()),
    ]
}

fn presentation_part(slides: usize) -> String {
    let list: String = (0..slides).map(|at| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + at, at + 2)).collect();
    format!(
        "{XML}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
         <p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/>\
         <p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
    )
}

fn slide(lines: &[String], is_title: bool, with_picture: bool) -> String {
    let (top, size) = if is_title { (2_600_000, 4_000) } else { (900_000, 2_000) };
    let text: String =
        lines.iter().map(|line| format!("<a:p><a:r><a:rPr lang=\"zh-CN\" sz=\"{size}\"/><a:t>{}</a:t></a:r></a:p>", xml(line))).collect();
    let picture = if with_picture {
        "<p:pic><p:nvPicPr><p:cNvPr id=\"3\" name=\"Picture\"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"rId2\"/>\
         <a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"12192000\" cy=\"2000000\"/>\
         </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>"
    } else {
        ""
    };
    format!(
        "{XML}<p:sld {SPACES}><p:cSld><p:spTree>{TREE}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Text\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/>\
         </p:nvSpPr><p:spPr><a:xfrm><a:off x=\"800000\" y=\"{top}\"/><a:ext cx=\"10600000\" cy=\"3600000\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>\
         <p:txBody><a:bodyPr wrap=\"square\"/><a:lstStyle/>{text}</p:txBody></p:sp>\
         {picture}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )
}

fn master() -> String {
    format!(
        "{XML}<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>\
         <p:spTree>{TREE}</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" \
         folHlink=\"folHlink\"/><p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst></p:sldMaster>"
    )
}

fn layout() -> String {
    format!(
        "{XML}<p:sldLayout {SPACES} type=\"blank\"><p:cSld name=\"Blank\"><p:spTree>{TREE}</p:spTree></p:cSld>\
         <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
}

fn theme() -> String {
    let colours = [
        ("dk1", "1B1D1F"),
        ("lt1", "FFFFFF"),
        ("dk2", "0F5C5C"),
        ("lt2", "F5F5F2"),
        ("accent1", "0F766E"),
        ("accent2", "B45309"),
        ("accent3", "1D4ED8"),
        ("accent4", "B91C1C"),
        ("accent5", "6D28D9"),
        ("accent6", "4D7C0F"),
        ("hlink", "0F766E"),
        ("folHlink", "475569"),
    ];
    let colours: String = colours.iter().map(|(name, value)| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>")).collect();
    let font = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>".repeat(3);
    let line = "<a:ln w=\"9525\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>".repeat(3);
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        "{XML}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Plain\"><a:themeElements>\
         <a:clrScheme name=\"Plain\">{colours}</a:clrScheme><a:fontScheme name=\"Plain\"><a:majorFont>{font}</a:majorFont>\
         <a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Plain\"><a:fillStyleLst>{fill}</a:fillStyleLst>\
         <a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst>\
         </a:fmtScheme></a:themeElements></a:theme>"
    )
}
