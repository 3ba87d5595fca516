//! The two scripts: wasm-bindgen's, which starts the main module, and the loader of the pages.
//!
//! Each imports the other, so neither can be named after its final text alone: both carry one hash, made from both texts while a fixed word
//! stands where the hash will be.

use std::path::Path;

use anyhow::{Context, Result};

use crate::site::{Site, hash};
use crate::tools::Tools;
use crate::wasm::{LOADER, MAIN};

/// Stands for the hash until it is known. It occurs nowhere else in the scripts.
const UNKNOWN: &str = "~hash~";

/// The addresses of the scripts.
pub struct Scripts {
    pub main: String,
    pub loader: String,
}

/// Shrinks both scripts and puts them on the site.
pub fn write(tools: &Tools, site: &Site, scratch: &Path, main: &str, loader: &str) -> Result<Scripts> {
    println!("Shrinking the scripts");
    // Only the import statements: in the table of imports the old name is the name that the module asks for.
    let main = shrink(tools, &scratch.join("pc.js"), &main.replace(&from(LOADER), &from(&unknown(LOADER))))?;
    let loader = shrink(tools, &scratch.join("split.js"), &loader.replace(&from(MAIN), &from(&unknown(MAIN))))?;
    let hash = hash(format!("{main}{loader}").as_bytes());
    Ok(Scripts {
        main: site.add_named("pc", &hash, "js", main.replace(UNKNOWN, &hash).as_bytes())?,
        loader: site.add_named("split", &hash, "js", loader.replace(UNKNOWN, &hash).as_bytes())?,
    })
}

fn from(name: &str) -> String {
    format!("from \"{name}\"")
}

fn unknown(name: &str) -> String {
    name.replace(".js", &format!(".{UNKNOWN}.js"))
}

fn shrink(tools: &Tools, file: &Path, text: &str) -> Result<String> {
    std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    tools.shrink_script(file)?;
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
