//! The real child: what it reads, and that its limits hold.

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

use intake::child::{SUBCOMMAND, draw_in_child, extract_in_child};
use intake::documents::{Extracted, Failure, FileFormat, Limits};

use crate::make::{docx, file, pdf_of, pdf_saying, stream};

const MIB: u64 = 1024 * 1024;
const EXE: &str = env!("CARGO_BIN_EXE_extract-text");

async fn ask(bytes: impl AsRef<[u8]>, format: FileFormat, limits: &Limits) -> Result<Extracted, Failure> {
    extract_in_child(Path::new(EXE), &file(bytes).path, format, limits).await
}

#[tokio::test]
async fn a_document_is_read() {
    let read = ask(docx("<w:p><w:t>软件包 \"a\\b\"</w:t></w:p>"), FileFormat::Docx, &Limits::default()).await;
    assert_eq!(read.unwrap().text, "软件包 \"a\\b\"");
}

#[tokio::test]
async fn the_failures_of_the_reader_arrive() {
    let limits = Limits { input_bytes_max: 1_000, ..Limits::default() };
    assert_eq!(ask("", FileFormat::Pdf, &limits).await, Err(Failure::Empty));
    assert_eq!(ask("MZ", FileFormat::Pdf, &limits).await, Err(Failure::TypeMismatch));
    assert_eq!(ask("%PDF-1.7", FileFormat::Pdf, &limits).await, Err(Failure::Damaged));
    assert_eq!(ask([b'a'; 1_001], FileFormat::Txt, &limits).await, Err(Failure::TooLarge));
}

#[tokio::test]
async fn the_largest_text_allowed_arrives_whole() {
    let limits = Limits { text_chars_max: 300_001, ..Limits::default() };
    let read = ask("包".repeat(300_000), FileFormat::Txt, &limits).await.unwrap();
    assert_eq!(read.text.chars().count(), 300_000);
}

#[tokio::test]
async fn devices_and_missing_files_are_our_mistake() {
    for path in ["/dev/zero", "/nonexistent", "/"] {
        let outcome = extract_in_child(Path::new(EXE), Path::new(path), FileFormat::Txt, &Limits::default()).await;
        assert_eq!(outcome, Err(Failure::Unavailable), "{path}");
    }
}

#[tokio::test]
async fn a_pipe_that_nobody_writes_to_does_not_hold_us_up() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let limits = Limits { wall_ms: 300, ..Limits::default() };
    assert_eq!(extract_in_child(Path::new(EXE), &pipe, FileFormat::Txt, &limits).await, Err(Failure::TimedOut));
}

/// Twelve forms, each drawing the next twenty times.
fn laughing_pdf() -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_vec(),
        stream("", b"/X Do"),
    ];
    for number in 5..17 {
        let resources = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>", number + 1);
        objects.push(stream(&resources, "/X Do ".repeat(20).as_bytes()));
    }
    objects.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"q Q"));
    pdf_of(&objects, "")
}

#[tokio::test]
async fn a_drawing_without_end_runs_out_of_processor_time() {
    let limits = Limits { cpu_seconds: 1, ..Limits::default() };
    assert_eq!(ask(laughing_pdf(), FileFormat::Pdf, &limits).await, Err(Failure::TimedOut));
}

/// A deflate stream of `bytes` zeros: one literal, then matches of 258 at distance one, all in the fixed code.
fn deflated_zeros(bytes: u32) -> Vec<u8> {
    let mut bits: Vec<u8> = vec![1, 1, 0];
    bits.extend([0, 0, 1, 1, 0, 0, 0, 0]);
    for _ in 0..(bytes - 1) / 258 {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    }
    bits.extend([0; 7]);
    let mut out = vec![0x78, 0x9c];
    out.extend(bits.chunks(8).map(|byte| byte.iter().enumerate().map(|(place, bit)| bit << place).sum::<u8>()));
    let length = (bytes - 1) / 258 * 258 + 1;
    out.extend(((length % 65_521) << 16 | 1).to_be_bytes());
    out
}

#[tokio::test]
async fn a_page_that_unpacks_without_end_runs_out_of_memory() {
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_vec(),
        stream("/Filter /FlateDecode", &deflated_zeros(400_000_000)),
    ];
    let limits = Limits { memory_bytes_max: 256 * MIB, ..Limits::default() };
    assert_eq!(ask(pdf_of(&objects, ""), FileFormat::Pdf, &limits).await, Err(Failure::OutOfMemory));
}

#[test]
fn the_child_cannot_write_a_file() {
    let document = file(pdf_saying("BT /F1 12 Tf (hello) Tj ET"));
    let out = File::create(document.path.with_extension("out")).unwrap();
    let status = Command::new(EXE).arg(SUBCOMMAND).arg("pdf").arg(&document.path).stdout(out).status().unwrap();
    // Linux: SIGXFSZ.
    assert_eq!(status.signal(), Some(25), "{status}");
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    for args in [&[][..], &["pdf"], &["exe", "/a"], &["pdf", "/a", "{}"], &["pdf", "/a", "{\"input_bytes_max\":", "b"]] {
        let output = Command::new(EXE).arg(SUBCOMMAND).args(args).output().unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
    }
}

#[tokio::test]
async fn a_page_becomes_a_picture_of_the_wanted_width_and_the_last_page_stands_for_those_behind_it() {
    let document = file(pdf_saying("预览 preview"));
    let drawn = draw_in_child(Path::new(EXE), &document.path, 9, 300, None).await.unwrap();
    assert_eq!((drawn.pages, drawn.no), (1, 1));
    let width = drawn.png.get(16..20).map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap()));
    assert_eq!(width, Some(300));
}

#[tokio::test]
async fn what_cannot_be_drawn_is_told_as_what_cannot_be_read() {
    for (bytes, failure) in [(b"%PDF-1.7".to_vec(), Failure::Damaged), (Vec::new(), Failure::Damaged), (laughing_pdf(), Failure::TimedOut)]
    {
        let drawn = draw_in_child(Path::new(EXE), &file(bytes).path, 1, 300, None).await;
        assert_eq!(drawn.err(), Some(failure));
    }
    assert_eq!(draw_in_child(Path::new(EXE), Path::new("/nonexistent"), 1, 300, None).await.err(), Some(Failure::Unavailable));
}
