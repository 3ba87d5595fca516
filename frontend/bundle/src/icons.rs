//! The sheet of icons: of all that are drawn, those that a page can show.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::site::files;

const BEGIN: &str = "<symbol id=\"";
const END: &str = "</symbol>";
/// The page of all components shows all icons and brings the sheet along; what it names is no page's need.
const BRINGS_ITS_OWN: &str = "gallery";

/// The sheet without the symbols whose names stand nowhere in the sources of `folders`. A name that is put together there
/// (`"st-{}"`) keeps all that begin like it.
pub fn used(sheet: &str, folders: &[&Path]) -> Result<String> {
    let mut sources = String::new();
    for folder in folders {
        let is_source =
            |file: &&PathBuf| file.extension().is_some_and(|kind| kind == "rs") && !file.starts_with(folder.join(BRINGS_ITS_OWN));
        for file in files(folder)?.iter().filter(is_source) {
            sources.push_str(&std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?);
        }
    }
    Ok(kept(sheet, |name| is_named(&sources, name)))
}

fn is_named(sources: &str, name: &str) -> bool {
    let made = name.split_once('-').is_some_and(|(beginning, _)| sources.contains(&format!("{beginning}-{{")));
    made || sources.contains(&format!("\"{name}\""))
}

fn kept(sheet: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut parts = sheet.split(BEGIN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split('"').next().unwrap_or_default();
        // What follows the last symbol belongs to the sheet.
        let (symbol, rest) = part.split_once(END).unwrap_or((part, ""));
        if keep(name) {
            out.push_str(&[BEGIN, symbol, END].concat());
        }
        out.push_str(rest.trim());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_symbols_stay() {
        let sheet =
            "<svg>\n<symbol id=\"bell\"><path d=\"1\"/></symbol>\n<symbol id=\"st-run\"><path/></symbol><symbol id=\"x\"></symbol>\n</svg>";
        let sources = r##"icon("x"); format!("{}#st-{}", sheet, key); // "bells"##;
        let left = kept(sheet, |name| is_named(sources, name));
        assert_eq!(left, "<svg>\n<symbol id=\"st-run\"><path/></symbol><symbol id=\"x\"></symbol></svg>");
    }
}
