//! Plain text: UTF-8 or GB18030, told apart by what the bytes allow. No other encoding is guessed.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};

use super::budget::Budget;
use super::text::Text;
use super::verify::Mismatch;
use super::{Draft, Failure};

const CHUNK_BYTES: usize = 64 * 1024;
/// What other formats begin with that can look like text to the end.
const OTHER_FORMATS: [&[u8]; 3] = [b"%PDF-", b"{\\rtf", b"PK\x03\x04"];
/// One control character in this many bytes is an accident; more is a program or a picture.
const BYTES_PER_CONTROL: u64 = 500;
/// Lines at the top that may hold the title.
const TITLE_LINES: usize = 5;

/// Reads a text file.
pub(crate) fn read(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let encoding = encoding(file)?;
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = Text::new(budget.limits.text_chars_max);
    let mut chunks = Chunks::new(file)?;
    let mut decoded = String::new();
    while !text.is_full() {
        budget.look_at_clock()?;
        let chunk = chunks.next()?;
        decoded.clear();
        decoded.reserve(decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(CHUNK_BYTES * 4));
        let _ = decoder.decode_to_string(chunk, &mut decoded, chunk.is_empty());
        text.push(&decoded);
        if chunk.is_empty() {
            break;
        }
    }
    let title = heading(file, encoding)?;
    Ok(Draft { text, title, pages: None })
}

/// The character set of a text file, as `Content-Type` names it: `UTF-8` or `gb18030`. Reads all of it, like [`super::verify`].
///
/// # Errors
///
/// A [`Mismatch`] when the file is no text or cannot be read.
pub fn text_charset(path: &Path) -> Result<&'static str, Mismatch> {
    let file = File::open(path).map_err(|_| Mismatch::Unreadable)?;
    encoding(&file).map(Encoding::name)
}

/// The encoding of a whole file, or why it is no text.
pub(crate) fn encoding(file: &File) -> Result<&'static Encoding, Mismatch> {
    let mut candidates = [Candidate::new(UTF_8), Candidate::new(GB18030)];
    let mut chunks = Chunks::new(file)?;
    let (mut bytes, mut controls, mut is_first) = (0_u64, 0_u64, true);
    loop {
        let chunk = chunks.next()?;
        if chunk.contains(&0) || (is_first && OTHER_FORMATS.iter().any(|magic| chunk.starts_with(magic))) {
            return Err(Mismatch::TypeMismatch);
        }
        is_first = false;
        bytes += chunk.len() as u64;
        controls += chunk.iter().filter(|byte| is_odd_control(**byte)).count() as u64;
        for candidate in &mut candidates {
            candidate.feed(chunk);
        }
        if chunk.is_empty() {
            break;
        }
    }
    if bytes == 0 {
        return Err(Mismatch::Empty);
    }
    let survivor = candidates.into_iter().find(|candidate| candidate.alive).map(|candidate| candidate.encoding);
    if controls * BYTES_PER_CONTROL > bytes { Err(Mismatch::TypeMismatch) } else { survivor.ok_or(Mismatch::TypeMismatch) }
}

struct Candidate {
    encoding: &'static Encoding,
    decoder: encoding_rs::Decoder,
    scratch: String,
    alive: bool,
}

impl Candidate {
    fn new(encoding: &'static Encoding) -> Self {
        Candidate { encoding, decoder: encoding.new_decoder_with_bom_removal(), scratch: String::new(), alive: true }
    }

    /// An empty chunk is the end of the file.
    fn feed(&mut self, chunk: &[u8]) {
        if !self.alive {
            return;
        }
        let room = self.decoder.max_utf8_buffer_length_without_replacement(chunk.len()).unwrap_or(CHUNK_BYTES * 4);
        self.scratch.clear();
        self.scratch.reserve(room);
        let (result, _) = self.decoder.decode_to_string_without_replacement(chunk, &mut self.scratch, chunk.is_empty());
        self.alive = matches!(result, DecoderResult::InputEmpty);
    }
}

/// Reads a file from its start, piece by piece.
struct Chunks<'a> {
    file: &'a File,
    buffer: Vec<u8>,
}

impl<'a> Chunks<'a> {
    fn new(mut file: &'a File) -> Result<Self, Mismatch> {
        file.seek(SeekFrom::Start(0)).map_err(|_| Mismatch::Unreadable)?;
        Ok(Chunks { file, buffer: Vec::with_capacity(CHUNK_BYTES) })
    }

    /// The next piece; empty at the end.
    fn next(&mut self) -> Result<&[u8], Mismatch> {
        self.buffer.clear();
        let piece = self.file.take(CHUNK_BYTES as u64).read_to_end(&mut self.buffer);
        piece.map_err(|_| Mismatch::Unreadable)?;
        Ok(&self.buffer)
    }
}

/// Tabs and line ends are text, and so are the form feed and the backspaces of manual pages.
fn is_odd_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b)) || byte == 0x7f
}

/// The first line that says something, if it is as short as a title.
fn heading(file: &File, encoding: &'static Encoding) -> Result<Option<String>, Failure> {
    let mut chunks = Chunks::new(file)?;
    let head = encoding.decode(chunks.next()?).0;
    let mut lines = head.lines().map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric)).take(TITLE_LINES);
    Ok(lines.next().filter(|line| line.chars().count() <= TITLE_CHARS_MAX).map(str::to_owned))
}

/// A first line longer than this is prose.
const TITLE_CHARS_MAX: usize = 80;
