//! Is a file what its name claims? Looks at content only; names and what a browser says about them decide nothing.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::archive::Archive;
use super::budget::Budget;
use super::{Failure, FileFormat, Limits, media, office, plain};

/// Bytes at the start within which a PDF must announce itself.
const HEAD_BYTES: u64 = 1_024;
/// What office programs wrap a protected package in.
const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The name of the wrapped package, as the directory of a compound file spells it.
const ENCRYPTED_PACKAGE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// Why a file is refused at upload (domain.md F1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mismatch {
    /// No bytes, or an archive without files.
    Empty,
    /// The content is not of the format.
    TypeMismatch,
    /// The file cannot be read; an error of ours.
    Unreadable,
}

impl Mismatch {
    /// The machine key: `TYPE_MISMATCH`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Mismatch::Empty => "EMPTY",
            Mismatch::TypeMismatch => "TYPE_MISMATCH",
            Mismatch::Unreadable => "UNREADABLE",
        }
    }
}

/// Whether the file at `path` is of `format`.
///
/// Reads the head, the directory of an archive, or all of a text; up to 200 MB of text take a quarter of a second, so call it where
/// blocking is allowed. Memory stays below 64 MiB. Office files with macros or a password are not of their format.
///
/// # Errors
///
/// A [`Mismatch`].
pub fn verify(path: &Path, format: FileFormat) -> Result<(), Mismatch> {
    let file = File::open(path).map_err(|_| Mismatch::Unreadable)?;
    verify_file(&file, format)
}

/// As [`verify`], from a file that is already open.
pub(crate) fn verify_file(file: &File, format: FileFormat) -> Result<(), Mismatch> {
    let size = file.metadata().map_err(|_| Mismatch::Unreadable)?.len();
    if size == 0 {
        return Err(Mismatch::Empty);
    }
    let matches = match format {
        FileFormat::Pdf => is_pdf(&head(file, HEAD_BYTES)?),
        FileFormat::Txt => return plain::encoding(file).map(|_| ()),
        FileFormat::Png => media::is_png(file, size),
        FileFormat::Mp4 => media::is_mp4(file, size),
        FileFormat::Zip => return verify_zip(file),
        FileFormat::Docx | FileFormat::Xlsx | FileFormat::Pptx | FileFormat::Epub => is_package(file, format)?,
    };
    if matches { Ok(()) } else { Err(Mismatch::TypeMismatch) }
}

/// Whether a file is an office package with a password. Its real kind cannot be seen from outside.
pub(crate) fn is_encrypted_office(mut file: &File) -> Result<bool, Mismatch> {
    if !head(file, COMPOUND_FILE.len() as u64)?.starts_with(&COMPOUND_FILE) {
        return Ok(false);
    }
    // The directory may lie anywhere; the names in it are aligned to nothing we would want to rely on.
    let mut window = Vec::with_capacity(WINDOW_BYTES + ENCRYPTED_PACKAGE.len());
    file.seek(SeekFrom::Start(0)).map_err(|_| Mismatch::Unreadable)?;
    loop {
        let read = file.take(WINDOW_BYTES as u64).read_to_end(&mut window).map_err(|_| Mismatch::Unreadable)?;
        if window.windows(ENCRYPTED_PACKAGE.len()).any(|bytes| bytes == ENCRYPTED_PACKAGE) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        window.drain(..window.len().saturating_sub(ENCRYPTED_PACKAGE.len()));
    }
}

const WINDOW_BYTES: usize = 64 * 1024;

/// A PDF begins with its mark; white space and a byte order mark may come first, anything else makes it two files in one.
fn is_pdf(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"%PDF-")
}

/// This runs in the server itself: the two small parts that say what a package is must be small.
fn upload_limits() -> Limits {
    Limits { expanded_bytes_max: 4 * 1024 * 1024, ..Limits::default() }
}

fn verify_zip(file: &File) -> Result<(), Mismatch> {
    let head = head(file, 4)?;
    if head == b"PK\x05\x06" {
        return Err(Mismatch::Empty);
    }
    let limits = upload_limits();
    let budget = Budget::new(&limits);
    let opens = head == b"PK\x03\x04" && Archive::open(file, &budget).is_ok();
    if opens { Ok(()) } else { Err(Mismatch::TypeMismatch) }
}

/// Whether a zip archive is the package it claims to be: the right main part, no macros.
fn is_package(file: &File, format: FileFormat) -> Result<bool, Mismatch> {
    if head(file, 4)? != b"PK\x03\x04" {
        return Ok(false);
    }
    let limits = upload_limits();
    let budget = Budget::new(&limits);
    let verdict = Archive::open(file, &budget).and_then(|mut archive| match format {
        FileFormat::Epub => is_book(&mut archive),
        _ => is_office(&mut archive, format, &budget),
    });
    match verdict {
        Ok(verdict) => Ok(verdict),
        Err(Failure::Unavailable) => Err(Mismatch::Unreadable),
        Err(_) => Ok(false),
    }
}

fn is_book(archive: &mut Archive<'_>) -> Result<bool, Failure> {
    let mimetype = archive.small_text("mimetype", 64)?;
    Ok(mimetype.is_some_and(|mimetype| mimetype.trim() == FileFormat::Epub.mime()))
}

fn is_office(archive: &mut Archive<'_>, format: FileFormat, budget: &Budget<'_>) -> Result<bool, Failure> {
    let main = office::main_part(archive, budget)?;
    let declared = office::content_type(archive, &main, budget)?;
    let expected = format!("{}.main+xml", format.mime());
    let has_macros = ["word", "xl", "ppt"].into_iter().any(|folder| archive.has(&format!("{folder}/vbaProject.bin")));
    Ok(declared.is_some_and(|declared| declared.eq_ignore_ascii_case(&expected)) && !has_macros)
}

fn head(mut file: &File, bytes: u64) -> Result<Vec<u8>, Mismatch> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(|_| Mismatch::Unreadable)?;
    file.take(bytes).read_to_end(&mut head).map_err(|_| Mismatch::Unreadable)?;
    Ok(head)
}
