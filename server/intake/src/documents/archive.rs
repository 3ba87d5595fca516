//! Archives: opened only when their directory is of a sane size, and read through a meter.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::budget::{Budget, Metered, out_of_proportion};
use super::text::Text;
use super::{Draft, Failure};

/// The end record and the longest comment behind it, and the records of zip64 before it.
const TAIL_BYTES: u64 = 22 + 65_535 + ZIP64_BYTES as u64;
/// A name of a hundred characters, with its header and some extra fields.
const DIRECTORY_BYTES_PER_ENTRY: u64 = 1_024;
const END: &[u8] = b"PK\x05\x06";
const ZIP64_RECORD: &[u8] = b"PK\x06\x06";
const ZIP64_LOCATOR: &[u8] = b"PK\x06\x07";
const ZIP64_LOCATOR_BYTES: usize = 20;
/// Record and locator, as every writer puts them: one directly after the other, without extensions.
const ZIP64_BYTES: usize = 56 + ZIP64_LOCATOR_BYTES;

/// A file inside an archive, being unpacked.
pub(crate) type Member<'m, 'f> = Metered<'m, ZipFile<'m, BufReader<&'f File>>>;

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<BufReader<&'a File>>,
    budget: &'a Budget<'a>,
    /// Lower-case names with forward slashes: packages compare their parts so, and some writers use backslashes.
    index: HashMap<String, usize>,
}

impl<'a> Archive<'a> {
    /// Reads the directory, nothing else.
    pub fn open(file: &'a File, budget: &'a Budget<'a>) -> Result<Self, Failure> {
        refuse_large_directory(file, budget.limits.entries_max)?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|_| Failure::Damaged)?;
        if zip.len() > budget.limits.entries_max {
            return Err(Failure::TooComplex);
        }
        let mut index = HashMap::with_capacity(zip.len());
        for position in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(position) {
                index.entry(part_key(&name)).or_insert(position);
            }
        }
        Ok(Archive { zip, budget, index })
    }

    /// Whether the archive has a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.index.contains_key(&part_key(name))
    }

    /// The file of this name, or none. Encrypted ones are refused.
    pub fn member(&mut self, name: &str) -> Result<Option<Member<'_, 'a>>, Failure> {
        let Some(position) = self.index.get(&part_key(name)).copied() else {
            return Ok(None);
        };
        let budget = self.budget;
        let file = self.zip.by_index(position).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Failure::Encrypted,
            _ => Failure::Damaged,
        })?;
        let packed_bytes = file.compressed_size();
        Ok(Some(Metered::new(file, packed_bytes, budget)))
    }

    /// The file of this name as text, at most `bytes_max` bytes of it.
    pub fn small_text(&mut self, name: &str, bytes_max: u64) -> Result<Option<String>, Failure> {
        let budget = self.budget;
        let Some(member) = self.member(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        member.take(bytes_max).read_to_end(&mut bytes).map_err(|_| budget.cause())?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Refuses what could only be meant to hurt whoever unpacks it: files that share bytes, or sizes out of proportion.
    pub fn refuse_bomb(&mut self) -> Result<(), Failure> {
        if self.zip.has_overlapping_files().map_err(|_| Failure::Damaged)? {
            return Err(Failure::ExpandsTooFar);
        }
        for position in 0..self.zip.len() {
            self.budget.tick()?;
            let entry = self.zip.by_index_data(position).map_err(|_| Failure::Damaged)?;
            if out_of_proportion(entry.compressed_size(), entry.size(), self.budget.limits) {
                return Err(Failure::ExpandsTooFar);
            }
        }
        Ok(())
    }
}

/// The text of an archive: the names of its files, one a line. Nothing is unpacked.
pub(crate) fn read_names(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let mut archive = Archive::open(file, budget)?;
    archive.refuse_bomb()?;
    let mut text = Text::new(budget.limits.text_chars_max);
    let mut files = 0_u32;
    for position in 0..archive.zip.len() {
        budget.tick()?;
        let entry = archive.zip.by_index_data(position).map_err(|_| Failure::Damaged)?;
        if entry.is_dir() {
            continue;
        }
        files = files.saturating_add(1);
        text.push(&decode_name(entry.name_raw()));
        text.line();
    }
    Ok(Draft { text, title: None, pages: Some(files) })
}

/// Names without the flag for UTF-8 come from Chinese Windows more often than from DOS.
fn decode_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

fn part_key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// Looks at the end record before the archive reader does, which loads the whole directory into memory. The directory must lie
/// right before the record: then the reader uses this one or none.
fn refuse_large_directory(mut file: &File, entries_max: usize) -> Result<(), Failure> {
    let size = file.metadata().map_err(|_| Failure::Unavailable)?.len();
    let tail_start = size.saturating_sub(TAIL_BYTES);
    file.seek(SeekFrom::Start(tail_start)).map_err(|_| Failure::Unavailable)?;
    let mut tail = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut tail).map_err(|_| Failure::Unavailable)?;
    let at = tail.windows(END.len()).rposition(|window| window == END).ok_or(Failure::Damaged)?;
    let directory = Directory::of(&tail, at).ok_or(Failure::Damaged)?;
    if directory.start.checked_add(directory.bytes) != Some(tail_start + directory.end_in_tail as u64) {
        return Err(Failure::Damaged);
    }
    let entries_max = entries_max as u64;
    let is_small = directory.entries <= entries_max && directory.bytes <= entries_max.saturating_mul(DIRECTORY_BYTES_PER_ENTRY);
    if is_small { Ok(()) } else { Err(Failure::TooComplex) }
}

/// What the end record says of the directory.
struct Directory {
    entries: u64,
    start: u64,
    bytes: u64,
    /// Where the directory must end, counted from the start of the tail.
    end_in_tail: usize,
}

impl Directory {
    /// Reads the plain record at a place in the tail, or the record of zip64 in front of it where there is one.
    fn of(tail: &[u8], at: usize) -> Option<Directory> {
        let locator = at.checked_sub(ZIP64_LOCATOR_BYTES).and_then(|start| tail.get(start..at));
        if locator.is_some_and(|bytes| bytes.starts_with(ZIP64_LOCATOR)) {
            let end_in_tail = at.checked_sub(ZIP64_BYTES)?;
            let record = tail.get(end_in_tail..at).filter(|bytes| bytes.starts_with(ZIP64_RECORD))?;
            let field = |place: usize| little_endian(record.get(place..place + 8));
            return Some(Directory { entries: field(32)?, bytes: field(40)?, start: field(48)?, end_in_tail });
        }
        let field = |place: usize, bytes: usize| little_endian(tail.get(at + place..at + place + bytes));
        Some(Directory { entries: field(10, 2)?, bytes: field(12, 4)?, start: field(16, 4)?, end_in_tail: at })
    }
}

fn little_endian(bytes: Option<&[u8]>) -> Option<u64> {
    Some(bytes?.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}
