//! Archives, and what is built to hurt whoever opens them.

use std::io::{Cursor, Write};

use intake::documents::{Failure, FileFormat, Limits};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::make::{docx, read, read_within, zip};

#[test]
fn the_text_of_an_archive_is_its_names() {
    let bytes = zip(&[("政策/2026.pdf", b"x"), ("readme.txt", b"y")]);
    let read = read(bytes, FileFormat::Zip).unwrap();
    assert_eq!((read.text.as_str(), read.pages), ("政策/2026.pdf\nreadme.txt", Some(2)));
}

#[test]
fn names_from_chinese_windows_are_read() {
    let mut bytes = zip(&[("AAAA.pdf", b"x")]);
    while let Some(at) = bytes.windows(4).position(|window| window == b"AAAA") {
        bytes[at..at + 4].copy_from_slice(b"\xd5\xfe\xb2\xdf");
    }
    assert_eq!(read(bytes, FileFormat::Zip).unwrap().text, "政策.pdf");
}

#[test]
fn a_document_that_unpacks_out_of_proportion_is_refused() {
    let body = format!("<w:p><w:t>{}</w:t></w:p>", " ".repeat(12 * 1024 * 1024));
    assert_eq!(read(docx(&body), FileFormat::Docx), Err(Failure::ExpandsTooFar));
}

#[test]
fn a_document_that_unpacks_to_more_than_allowed_is_refused() {
    let limits = Limits { expanded_bytes_max: 1_000_000, ..Limits::default() };
    let body = "<w:p/>".repeat(200_000);
    assert_eq!(read_within(docx(&body), FileFormat::Docx, &limits), Err(Failure::ExpandsTooFar));
}

#[test]
fn an_archive_of_nothing_but_zeros_is_refused_without_unpacking_it() {
    let zeros = vec![0; 16 * 1024 * 1024];
    assert_eq!(read(zip(&[("zeros.bin", &zeros)]), FileFormat::Zip), Err(Failure::ExpandsTooFar));
}

#[test]
fn an_archive_whose_files_share_their_bytes_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("kernel", SimpleFileOptions::default()).unwrap();
    zip.write_all(&[7; 100_000]).unwrap();
    zip.shallow_copy_file("kernel", "copy").unwrap();
    assert_eq!(read(zip.finish().unwrap().into_inner(), FileFormat::Zip), Err(Failure::ExpandsTooFar));
}

#[test]
fn an_archive_of_too_many_files_is_refused() {
    let names: Vec<String> = (0..21).map(|number| number.to_string()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let limits = Limits { entries_max: 20, ..Limits::default() };
    assert_eq!(read_within(zip(&files), FileFormat::Zip, &limits), Err(Failure::TooComplex));
    assert!(read_within(zip(&files[..20]), FileFormat::Zip, &limits).is_ok());
}

/// Puts the records of zip64 before the end of an archive of one file, claiming `entries`.
fn with_zip64(entries: u64) -> Vec<u8> {
    let mut bytes = zip(&[("a.txt", b"a")]);
    let at = bytes.len() - 22;
    let end = bytes.split_off(at);
    let (size, start) = (&end[12..16], &end[16..20]);
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(entries.to_le_bytes());
    bytes.extend(entries.to_le_bytes());
    bytes.extend([size, &[0; 4], start, &[0; 4]].concat());
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend((at as u64).to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(&end[..8]);
    bytes.extend([0xff; 12]);
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn the_records_for_large_archives_are_understood() {
    assert_eq!(read(with_zip64(1), FileFormat::Zip).unwrap().text, "a.txt");
}

#[test]
fn a_directory_that_claims_millions_of_files_is_not_loaded() {
    assert_eq!(read(with_zip64(4_000_000), FileFormat::Zip), Err(Failure::TypeMismatch));
}

#[test]
fn a_directory_of_megabytes_of_names_is_not_loaded() {
    let names: Vec<String> = (0..200).map(|number| format!("{number}{}", "n".repeat(60_000))).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(read(zip(&files), FileFormat::Zip), Err(Failure::TypeMismatch));
}

#[test]
fn a_second_end_hidden_in_the_comment_is_not_followed() {
    let mut bytes = zip(&[("a.txt", b"a")]);
    let mut hidden = bytes[bytes.len() - 22..].to_vec();
    hidden[10..12].copy_from_slice(&60_000_u16.to_le_bytes());
    let length = bytes.len();
    bytes[length - 2..].copy_from_slice(&22_u16.to_le_bytes());
    bytes.extend(hidden);
    assert_eq!(read(bytes, FileFormat::Zip), Err(Failure::TypeMismatch));
}

#[test]
fn an_archive_that_is_cut_off_is_not_of_its_format() {
    let bytes = zip(&[("a.txt", &[b'a'; 5_000])]);
    assert_eq!(read(&bytes[..bytes.len() / 2], FileFormat::Zip), Err(Failure::TypeMismatch));
}

#[test]
fn a_document_with_a_locked_part_says_so() {
    let mut bytes = docx("<w:p><w:t>secret</w:t></w:p>");
    // The flag for encryption, in both headers of the part.
    let name = b"word/document.xml";
    let places: Vec<usize> = bytes.windows(name.len()).enumerate().filter(|(_, window)| *window == name).map(|(at, _)| at).collect();
    for at in places {
        if bytes.get(at.wrapping_sub(46)..at.wrapping_sub(42)) == Some(b"PK\x01\x02") {
            bytes[at - 46 + 8] |= 1;
        } else if bytes.get(at.wrapping_sub(30)..at.wrapping_sub(26)) == Some(b"PK\x03\x04") {
            bytes[at - 30 + 6] |= 1;
        }
    }
    assert_eq!(read(bytes, FileFormat::Docx), Err(Failure::Encrypted));
}

#[test]
fn bytes_changed_at_random_never_break_the_reader() {
    let original = docx("<w:p><w:t>政策</w:t></w:p>");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..500 {
        let mut bytes = original.clone();
        for _ in 0..4 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = usize::try_from(state % bytes.len() as u64).unwrap();
            bytes[at] = u8::try_from(state >> 56).unwrap();
        }
        let _ = read(bytes, FileFormat::Docx);
    }
}
