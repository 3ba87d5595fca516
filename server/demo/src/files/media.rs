//! Pictures and films: small, valid, and each with its title inside so that no two documents share a file.

use super::Content;

/// Least width of a picture, and of the smallest one its height.
const WIDTH: usize = 96;
const HEIGHT_LEAST: usize = 54;
/// Width of larger pictures.
const WIDTH_LARGE: usize = 640;
/// Bytes of one stored block of a picture's data.
const BLOCK: usize = 65_535;
/// Bytes of a picture beside its rows.
const FRAME: usize = 200;

/// A picture with its title.
pub(super) fn picture(content: &Content) -> Vec<u8> {
    let title = format!("Title\0\0\0{}\0\0{}", content.language(), content.title);
    png(size(content.bytes), Some(title.as_bytes()))
}

/// A picture of about so many bytes, without a title.
pub(super) fn gradient(bytes: usize) -> Vec<u8> {
    png(size(bytes), None)
}

fn size(bytes: usize) -> (usize, usize) {
    let rows = bytes.saturating_sub(FRAME) / (WIDTH_LARGE + 1);
    if rows < HEIGHT_LEAST { (WIDTH, HEIGHT_LEAST) } else { (WIDTH_LARGE, rows) }
}

/// Grey from light to dark, not compressed.
fn png((width, height): (usize, usize), title: Option<&[u8]>) -> Vec<u8> {
    let mut rows = Vec::with_capacity((width + 1) * height);
    for y in 0..height {
        rows.push(0);
        rows.extend((0..width).map(|x| u8::try_from(240 - (x * 90 / width) - (y * 90 / height)).unwrap_or(u8::MAX)));
    }
    let mut data = vec![0x78, 0x01];
    let last = rows.len().div_ceil(BLOCK);
    for (at, block) in rows.chunks(BLOCK).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        data.push(u8::from(at + 1 == last));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(block);
    }
    data.extend(adler32(&rows).to_be_bytes());
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes();
    let header: Vec<u8> = number(width).into_iter().chain(number(height)).chain([8, 0, 0, 0, 0]).collect();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, *b"IHDR", &header);
    if let Some(title) = title {
        chunk(&mut out, *b"iTXt", title);
    }
    chunk(&mut out, *b"IDAT", &data);
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    out.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = out.len();
    out.extend(kind);
    out.extend(content);
    let sum = crc32(out.get(start..).unwrap_or_default());
    out.extend(sum.to_be_bytes());
}

/// The remainder of each byte, worked out once by the compiler.
const CRC: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < table.len() {
        let (mut value, mut bit) = (at as u32, 0);
        while bit < 8 {
            value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
};

fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        let [low, ..] = (sum ^ u32::from(*byte)).to_le_bytes();
        CRC.get(usize::from(low)).copied().unwrap_or(0) ^ (sum >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

/// A film without pictures: who looks into it finds brand, length and title.
pub(super) fn film(content: &Content) -> Vec<u8> {
    let mut header = vec![0; 100];
    set(&mut header, 12, &1_000_u32.to_be_bytes()); // ticks of a second
    set(&mut header, 16, &60_000_u32.to_be_bytes()); // a minute
    set(&mut header, 20, &0x0001_0000_u32.to_be_bytes()); // speed
    set(&mut header, 24, &0x0100_u16.to_be_bytes()); // loudness
    for (place, value) in [(36, 0x0001_0000_u32), (52, 0x0001_0000), (68, 0x4000_0000), (96, 1)] {
        set(&mut header, place, &value.to_be_bytes());
    }
    let mut title = vec![0, 0, 0, 0, 0x55, 0xc4];
    title.extend(content.title.as_bytes());
    title.push(0);
    let mut movie = boxed(*b"mvhd", &header);
    movie.extend(boxed(*b"udta", &boxed(*b"titl", &title)));
    let mut out = boxed(*b"ftyp", b"isom\0\0\x02\0isomiso2mp41");
    out.extend(boxed(*b"moov", &movie));
    let missing = content.bytes.saturating_sub(out.len());
    out.extend(boxed(*b"mdat", &vec![0x2e; missing.max(1_000)]));
    out
}

fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
    length.to_be_bytes().into_iter().chain(kind).chain(content.iter().copied()).collect()
}

fn set(bytes: &mut [u8], place: usize, value: &[u8]) {
    bytes.iter_mut().skip(place).zip(value).for_each(|(byte, new)| *byte = *new);
}
