//! Films and pictures: only whether they are what they claim. Nothing is decoded.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// What a PNG file begins with.
const PNG_SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// Brands of MP4 files. QuickTime, HEIC and AVIF are built alike and have others.
const MP4_BRANDS: [&[u8; 4]; 15] =
    [b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"];
/// Boxes and chunks looked at; real files have fewer before the ones we need.
const PARTS_MAX: usize = 100_000;
/// Brands a file may name.
const BRANDS_BYTES_MAX: u64 = 4_096;

/// Whether the file is a PNG picture with a size, data and an end.
pub(crate) fn is_png(file: &File, size: u64) -> bool {
    let Some(signature) = read_at::<8>(file, 0) else {
        return false;
    };
    let (mut at, mut has_data) = (8_u64, false);
    for position in 0..PARTS_MAX {
        let Some([a, b, c, d, kind @ ..]) = read_at::<8>(file, at) else {
            return false;
        };
        let length = u64::from(u32::from_be_bytes([a, b, c, d]));
        let end = at + 12 + length;
        let is_header = kind == *b"IHDR";
        if signature != PNG_SIGNATURE || is_header != (position == 0) || (is_header && length != 13) || end > size {
            return false;
        }
        has_data |= kind == *b"IDAT";
        if kind == *b"IEND" {
            return has_data;
        }
        at = end;
    }
    false
}

/// Whether the file is an MP4 film: a brand we know and a description of its tracks.
pub(crate) fn is_mp4(mut file: &File, size: u64) -> bool {
    let (mut at, mut has_brand) = (0_u64, false);
    for _ in 0..PARTS_MAX {
        let Some((header_bytes, kind, length)) = mp4_box(file, at, size) else {
            return false;
        };
        match &kind {
            b"ftyp" => {
                let mut brands = Vec::new();
                let body = (length - header_bytes).min(BRANDS_BYTES_MAX);
                let read = file.seek(SeekFrom::Start(at + header_bytes)).and_then(|_| file.take(body).read_to_end(&mut brands));
                has_brand = read.is_ok() && brands.chunks_exact(4).any(|brand| MP4_BRANDS.iter().any(|known| brand == *known));
            }
            b"moov" => return has_brand,
            _ if !has_brand => return false,
            _ => {}
        }
        at += length;
    }
    false
}

/// Header length, kind and whole length of the box at a place, if it lies inside the file.
fn mp4_box(file: &File, at: u64, size: u64) -> Option<(u64, [u8; 4], u64)> {
    let [a, b, c, d, kind @ ..] = read_at::<8>(file, at)?;
    let (header_bytes, length) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (8, size.checked_sub(at)?),
        1 => (16, u64::from_be_bytes(read_at::<8>(file, at + 8)?)),
        length => (8, u64::from(length)),
    };
    let is_inside = length >= header_bytes && at.checked_add(length)? <= size;
    is_inside.then_some((header_bytes, kind, length))
}

fn read_at<const N: usize>(mut file: &File, at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
