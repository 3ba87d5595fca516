//! PDF: text as it is drawn, and files that are broken, locked or hostile.

use intake::documents::{Failure, FileFormat, Limits};

use crate::make::{pdf_of, pdf_saying, read, read_within, stream};

fn text_of(content: &str) -> String {
    read(pdf_saying(content), FileFormat::Pdf).unwrap().text
}

#[test]
fn lines_far_apart_are_paragraphs_and_lines_close_together_are_one() {
    let content = "BT /F1 12 Tf 72 700 Td (Partners may download the poli-) Tj 0 -14 Td (cies of the program and show) Tj \
        0 -14 Td (them.) Tj 0 -60 Td (Second) Tj ET";
    assert_eq!(text_of(content), "Partners may download the policies of the program and show them.\n\nSecond");
}

#[test]
fn gaps_between_glyphs_are_spaces_and_kerning_is_not() {
    assert_eq!(text_of("BT /F1 12 Tf 72 700 Td [(A) 80 (V) -600 (word) -20 (s)] TJ ET"), "AV words");
}

#[test]
fn text_drawn_twice_to_look_bold_is_read_once() {
    assert_eq!(text_of("BT /F1 12 Tf 72 700 Td (Bold) Tj 0.3 0 Td (Bold) Tj ET"), "Bold");
}

#[test]
fn text_that_is_turned_is_read_along_its_own_direction() {
    assert_eq!(text_of("BT /F1 12 Tf 0 1 -1 0 300 100 Tm (turned words) Tj ET"), "turned words");
}

#[test]
fn invisible_text_over_a_scanned_page_is_read() {
    assert_eq!(text_of("BT 3 Tr /F1 12 Tf 72 700 Td (scanned) Tj ET"), "scanned");
}

#[test]
fn text_inside_a_form_is_read() {
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_vec(),
        stream("", b"/X Do"),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 6 0 R >> >>",
            b"BT /F1 12 Tf 72 700 Td (inside) Tj ET",
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    assert_eq!(read(pdf_of(&objects, ""), FileFormat::Pdf).unwrap().text, "inside");
}

fn titled(title: &str) -> Option<String> {
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec(),
        format!("<< /Title {title} >>").into_bytes(),
    ];
    read(pdf_of(&objects, "/Info 4 0 R"), FileFormat::Pdf).unwrap().title
}

#[test]
fn titles_are_read_in_every_encoding_that_programs_use() {
    assert_eq!(titled("(Policy)").as_deref(), Some("Policy"));
    assert_eq!(titled("<FEFF653F7B56>").as_deref(), Some("政策"));
    assert_eq!(titled("<EFBBBFE694BFE7AD96>").as_deref(), Some("政策"));
    assert_eq!(titled("<D5FEB2DF>").as_deref(), Some("政策"));
    assert_eq!(titled("<C9>").as_deref(), Some("É"));
    assert_eq!(titled("(Microsoft Word - rules.doc)").as_deref(), Some("rules.doc"));
    assert_eq!(titled("(untitled)"), None);
}

#[test]
fn without_a_title_the_largest_words_of_the_first_page_stand_for_it() {
    let content = "BT /F1 9 Tf 72 800 Td (header) Tj /F1 24 Tf 0 -60 Td (Incentive policy) Tj /F1 11 Tf 0 -50 Td (First.) Tj \
        0 -14 Td (Then.) Tj ET";
    assert_eq!(read(pdf_saying(content), FileFormat::Pdf).unwrap().title.as_deref(), Some("Incentive policy"));
}

#[test]
fn a_page_of_pictures_has_no_words_but_counts() {
    let read = read(pdf_saying("0 0 10 10 re f"), FileFormat::Pdf).unwrap();
    assert_eq!((read.text.as_str(), read.pages, read.title), ("", Some(1), None));
}

#[test]
fn a_pdf_that_is_cut_off_is_damaged() {
    let bytes = pdf_saying("BT /F1 12 Tf (hello) Tj ET");
    for kept in [bytes.len() / 4, bytes.len() / 2, bytes.len() - 10] {
        assert_eq!(read(&bytes[..kept], FileFormat::Pdf), Err(Failure::Damaged), "{kept} bytes");
    }
}

#[test]
fn a_pdf_without_pages_or_objects_is_damaged() {
    let objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()];
    assert_eq!(read(pdf_of(&objects, ""), FileFormat::Pdf), Err(Failure::Damaged));
    assert_eq!(read(b"%PDF-1.7\nnothing here\n%%EOF", FileFormat::Pdf), Err(Failure::Damaged));
}

#[test]
fn a_pdf_behind_a_password_says_so() {
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec(),
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{0}> /U <{0}> >>", "5a".repeat(32)).into_bytes(),
    ];
    let bytes = pdf_of(&objects, &format!("/Encrypt 4 0 R /ID [<{0}> <{0}>]", "11".repeat(16)));
    assert_eq!(read(bytes, FileFormat::Pdf), Err(Failure::Encrypted));
}

#[test]
fn more_pages_than_allowed_are_refused() {
    let kids: String = (3..14).map(|number| format!("{number} 0 R ")).collect();
    let mut objects =
        vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), format!("<< /Type /Pages /Kids [{kids}] /Count 11 >>").into_bytes()];
    objects.extend((3..14).map(|_| b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec()));
    let bytes = pdf_of(&objects, "");
    let limits = |entries_max| Limits { entries_max, ..Limits::default() };
    assert_eq!(read_within(&bytes, FileFormat::Pdf, &limits(10)), Err(Failure::TooComplex));
    assert_eq!(read_within(&bytes, FileFormat::Pdf, &limits(11)).unwrap().pages, Some(11));
}

#[test]
fn a_page_tree_that_bites_its_tail_ends() {
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 1000000000 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec(),
    ];
    let outcome = read(pdf_of(&objects, ""), FileFormat::Pdf);
    assert!(matches!(outcome, Ok(_) | Err(Failure::Damaged)), "{outcome:?}");
}

#[test]
fn when_the_time_is_up_the_reader_stops_by_itself() {
    let limits = Limits { wall_ms: 0, ..Limits::default() };
    assert_eq!(read_within(pdf_saying("BT (x) Tj ET"), FileFormat::Pdf, &limits), Err(Failure::TimedOut));
}

#[test]
fn bytes_changed_at_random_never_break_the_reader() {
    let original = pdf_saying("BT /F1 12 Tf 72 700 Td [(policy) -300 (of) 20 (partners)] TJ 0 -14 Td (second) Tj ET");
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..2_000 {
        let mut bytes = original.clone();
        for _ in 0..6 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = usize::try_from(state % bytes.len() as u64).unwrap();
            bytes[at] = u8::try_from(state >> 56).unwrap();
        }
        let _ = read(bytes, FileFormat::Pdf);
    }
}
