//! Compression, once and as strong as possible, so that the server only picks a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::site::files;

/// What shrinks. Images and fonts are compressed already.
const KINDS: [&str; 9] = ["wasm", "js", "css", "svg", "json", "txt", "html", "xml", "webmanifest"];
/// The strongest of brotli, 0 to 11, and its window, as a power of two.
const BROTLI: (u32, u32) = (11, 22);
const BUFFER_BYTES: usize = 4096;

/// Writes a `.br` and a `.gz` beside each file that shrinks, and prints the sizes.
pub fn compress(folder: &Path) -> Result<()> {
    println!("Compressing");
    let mut files = files(folder)?;
    files.retain(|file| file.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known)));
    let sizes = files.par_iter().map(|file| compress_one(file)).collect::<Result<Vec<_>>>()?;
    for (file, (raw, brotli)) in files.iter().zip(sizes) {
        let name = file.strip_prefix(folder).unwrap_or(file).display();
        println!("{raw:>9} bytes, {brotli:>7} as brotli: {name}");
    }
    Ok(())
}

/// Returns the size before, and with brotli.
fn compress_one(file: &Path) -> Result<(usize, usize)> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, BROTLI.0, BROTLI.1);
    brotli.write_all(&bytes).and_then(|()| brotli.flush()).context("brotli fails")?;
    let brotli = brotli.into_inner();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes).context("gzip fails")?;
    let gzip = gzip.finish().context("gzip fails")?;
    if brotli.len() < bytes.len() {
        write(&beside(file, "br"), &brotli)?;
        write(&beside(file, "gz"), &gzip)?;
    }
    Ok((bytes.len(), brotli.len()))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}
