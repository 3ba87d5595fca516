//! Zip archives: the library's own format, and the wrapping of office documents and books.

use super::Content;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// An archive of these files, in this order. Stored, because a compressor may change with its version.
pub(super) fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let written = files.iter().try_for_each(|(name, bytes)| {
        zip.start_file(*name, options)?;
        zip.write_all(bytes).map_err(zip::result::ZipError::from)
    });
    // Memory does not refuse a write; an archive without its end would be noticed by the tests of this crate.
    written.and_then(|()| zip.finish()).map(Cursor::into_inner).unwrap_or_default()
}

/// A package of templates: a note and a table.
pub(super) fn make(content: &Content) -> Vec<u8> {
    let note = format!("{}\n", content.text());
    let missing = content.bytes.saturating_sub(note.len() * 2 + 400);
    let mut table = String::from("\u{feff}序号,名称,说明\r\n");
    let mut row = 0;
    while row < 3 || table.len() < missing {
        row += 1;
        table.push_str(&format!("{row},{},第 {row} 项\r\n", content.title));
    }
    let names = if content.english { ["README.txt", "items.csv"] } else { ["说明.txt", "清单.csv"] };
    pack(&[(names[0], note.as_bytes()), (names[1], table.as_bytes())])
}
