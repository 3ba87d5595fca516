//! The style sheet: one file of many, without spaces.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};

/// Puts the style sheet and what it imports into one. Nothing is rewritten for older browsers: nesting, layers and `light-dark()` stay.
pub fn bundle(file: &Path) -> Result<Vec<u8>> {
    println!("Bundling the style sheet");
    let provider = FileProvider::new();
    let mut sheet = Bundler::new(&provider, None, ParserOptions::default()).bundle(file).map_err(|error| wrong(file, &error))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| wrong(file, &error))?;
    let text = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() }).map_err(|error| wrong(file, &error))?;
    Ok(text.code.into_bytes())
}

fn wrong(file: &Path, error: &dyn std::fmt::Display) -> anyhow::Error {
    anyhow!("{} cannot be bundled; correct it or what it imports: {error}", file.display())
}
