//! Whether a file is what its name claims.

use intake::documents::{FileFormat, Mismatch, verify};

use crate::make::{Office, docx, epub, file, pdf_saying, zip};

fn check(bytes: impl AsRef<[u8]>, format: FileFormat) -> Result<(), Mismatch> {
    verify(&file(bytes).path, format)
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\x01IDATx\0\0\0\0\0\0\0\0IEND\0\0\0\0";
const MP4: &[u8] = b"\0\0\0\x14ftypisom\0\0\0\0mp42\0\0\0\x0cfree\0\0\0\0\0\0\0\x08moov\0\0\0\x08mdat";

fn sample(format: FileFormat) -> Vec<u8> {
    let office = |main, content| Office { format, main: (main, content), parts: &[], others: &[] }.bytes();
    match format {
        FileFormat::Pdf => pdf_saying("BT /F1 12 Tf (hello) Tj ET"),
        FileFormat::Docx => docx(""),
        FileFormat::Xlsx => office("xl/workbook.xml", "<workbook/>"),
        FileFormat::Pptx => office("ppt/presentation.xml", "<presentation/>"),
        FileFormat::Zip => zip(&[("a.csv", b"1,2")]),
        FileFormat::Mp4 => MP4.to_vec(),
        FileFormat::Epub => epub("书", &["<html/>"], &[]),
        FileFormat::Txt => "价格表\n".into(),
        FileFormat::Png => PNG.to_vec(),
    }
}

#[test]
fn every_format_is_itself_and_no_other() {
    for content in FileFormat::ALL {
        for claimed in FileFormat::ALL {
            let is_right = content == claimed || (claimed == FileFormat::Zip && zip_inside(content));
            let expected = if is_right { Ok(()) } else { Err(Mismatch::TypeMismatch) };
            assert_eq!(check(sample(content), claimed), expected, "{} named {}", content.key(), claimed.key());
        }
    }
}

/// Packages are archives, and may be given as such.
fn zip_inside(format: FileFormat) -> bool {
    matches!(format, FileFormat::Docx | FileFormat::Xlsx | FileFormat::Pptx | FileFormat::Epub)
}

#[test]
fn an_empty_file_is_empty_whatever_it_claims() {
    for format in FileFormat::ALL {
        assert_eq!(check(b"", format), Err(Mismatch::Empty), "{}", format.key());
    }
}

#[test]
fn an_archive_without_files_is_empty() {
    assert_eq!(check(zip(&[]), FileFormat::Zip), Err(Mismatch::Empty));
}

#[test]
fn a_program_is_no_document_whatever_it_claims() {
    let mut program = b"MZ\x90\0\x03\0\0\0PE\0\0".to_vec();
    program.extend([0x90; 4_000]);
    for format in FileFormat::ALL {
        assert_eq!(check(&program, format), Err(Mismatch::TypeMismatch), "{}", format.key());
    }
}

#[test]
fn a_program_with_an_archive_behind_it_is_no_archive() {
    let mut program = b"MZ\x90\0".to_vec();
    program.extend(zip(&[("a.txt", b"a")]));
    assert_eq!(check(program, FileFormat::Zip), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_page_of_the_web_with_a_pdf_inside_is_no_pdf() {
    let mut page = b"<script>alert(1)</script>".to_vec();
    page.extend(sample(FileFormat::Pdf));
    assert_eq!(check(page, FileFormat::Pdf), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_pdf_may_begin_with_a_byte_order_mark_and_white_space() {
    let mut bytes = b"\xef\xbb\xbf\r\n".to_vec();
    bytes.extend(sample(FileFormat::Pdf));
    assert_eq!(check(bytes, FileFormat::Pdf), Ok(()));
}

#[test]
fn an_office_file_with_macros_is_not_of_its_format() {
    let others = [("word/vbaProject.bin", "macros")];
    let bytes = Office { format: FileFormat::Docx, main: ("word/document.xml", "<document/>"), parts: &[], others: &others }.bytes();
    assert_eq!(check(bytes, FileFormat::Docx), Err(Mismatch::TypeMismatch));
}

#[test]
fn an_archive_with_the_word_document_in_its_names_is_no_document() {
    let bytes = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")]);
    assert_eq!(check(bytes, FileFormat::Docx), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_package_whose_description_unpacks_to_megabytes_is_refused() {
    let types = format!("<Types>{}</Types>", " ".repeat(5 * 1024 * 1024));
    let bytes = zip(&[("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", types.as_bytes())]);
    assert_eq!(check(bytes, FileFormat::Docx), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_photo_of_a_telephone_and_a_quicktime_film_are_no_mp4() {
    for brand in [b"heic", b"avif", b"qt  "] {
        let mut bytes = MP4.to_vec();
        bytes[8..12].copy_from_slice(brand);
        bytes[16..20].copy_from_slice(brand);
        assert_eq!(check(bytes, FileFormat::Mp4), Err(Mismatch::TypeMismatch));
    }
}

#[test]
fn films_and_pictures_that_are_cut_off_are_refused() {
    assert_eq!(check(&MP4[..34], FileFormat::Mp4), Err(Mismatch::TypeMismatch));
    assert_eq!(check(&PNG[..PNG.len() - 12], FileFormat::Png), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_film_whose_boxes_lead_nowhere_is_refused_at_once() {
    let mut bytes = MP4.to_vec();
    bytes[20..24].copy_from_slice(&0_u32.to_be_bytes());
    assert_eq!(check(&bytes, FileFormat::Mp4), Err(Mismatch::TypeMismatch));
    bytes[20..24].copy_from_slice(&7_u32.to_be_bytes());
    assert_eq!(check(&bytes, FileFormat::Mp4), Err(Mismatch::TypeMismatch));
}

#[test]
fn text_may_be_utf_8_or_gb18030_and_nothing_else() {
    assert_eq!(check("软件包", FileFormat::Txt), Ok(()));
    assert_eq!(check(b"\xc8\xed\xbc\xfe\xb0\xfc", FileFormat::Txt), Ok(()));
    assert_eq!(check(b"caf\xe9 latin", FileFormat::Txt), Err(Mismatch::TypeMismatch));
    assert_eq!(check(b"\xff\xfea\0b\0", FileFormat::Txt), Err(Mismatch::TypeMismatch));
    assert_eq!(check(b"one\0two", FileFormat::Txt), Err(Mismatch::TypeMismatch));
    assert_eq!(check(b"\x01\x02\x03 almost text", FileFormat::Txt), Err(Mismatch::TypeMismatch));
    assert_eq!(check(b"{\\rtf1 words}", FileFormat::Txt), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_character_may_lie_across_the_pieces_a_text_is_read_in() {
    let mut text = "a".repeat(64 * 1024 - 1);
    text.push('软');
    assert_eq!(check(&text, FileFormat::Txt), Ok(()));
    let mut cut = text.into_bytes();
    cut.pop();
    // Cut within the character it is no UTF-8; the two bytes left happen to be a character of GB18030.
    cut.pop();
    assert_eq!(check(&cut, FileFormat::Txt), Err(Mismatch::TypeMismatch));
}

#[test]
fn a_file_that_is_not_there_is_our_mistake() {
    assert_eq!(verify(std::path::Path::new("/nonexistent"), FileFormat::Pdf), Err(Mismatch::Unreadable));
}

#[test]
fn a_name_claims_a_format_by_its_extension_in_any_case() {
    assert_eq!(FileFormat::from_file_name("政策.PDF"), Some(FileFormat::Pdf));
    assert_eq!(FileFormat::from_file_name("a.tar.zip "), Some(FileFormat::Zip));
    assert_eq!(FileFormat::from_file_name("report.docm"), None);
    assert_eq!(FileFormat::from_file_name("pdf"), None);
    assert_eq!(FileFormat::from_file_name(".pdf"), None);
}

#[test]
fn keys_lead_back_to_their_format() {
    for format in FileFormat::ALL {
        assert_eq!(FileFormat::from_key(format.key()), Some(format));
    }
    assert_eq!(FileFormat::from_key("PDF"), None);
}
