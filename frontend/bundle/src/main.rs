//! Makes the site folder: everything the browser fetches besides the pages themselves.
//!
//! `cargo run -p bundle --release` compiles the frontend to WebAssembly, splits it so that every lazy page is a file of its own, shrinks all
//! of it, names each file after its content, compresses, and writes `assets.json`, which the server reads once at start (see [`site`]).
//! The server is not built here, and uses nothing of this crate.

mod chunks;
mod icons;
mod merge;
mod press;
mod scripts;
mod site;
mod style;
mod tools;
mod wasm;
mod workspace;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};

use crate::site::{Manifest, Site};
use crate::tools::Tools;
use crate::workspace::Workspace;

const USAGE: &str = "Usage: cargo run -p bundle --release -- [--profile wasm-release] [--out target/site] [--no-compress]";

/// What the command line asks for.
struct Asked {
    profile: String,
    out: PathBuf,
    compress: bool,
}

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)).and_then(|asked| bundle(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<Asked> {
    let mut asked = Asked { profile: "wasm-release".to_owned(), out: PathBuf::from("target/site"), compress: true };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| anyhow!("{word} needs a value. {USAGE}"));
        match word.as_str() {
            "--profile" => asked.profile = value()?,
            "--out" => asked.out = PathBuf::from(value()?),
            "--no-compress" => asked.compress = false,
            _ => bail!("\"{word}\" is no option of mine. {USAGE}"),
        }
    }
    Ok(asked)
}

fn bundle(asked: &Asked) -> Result<()> {
    let workspace = Workspace::find()?;
    let tools = Tools::find(&workspace, &asked.profile);
    let site = Site::begin(workspace.root.join(&asked.out))?;

    let module = wasm::compile(&workspace, &asked.profile)?;
    let pieces = wasm::split(&module, &workspace.scratch("split")?)?;
    let (main, script) = wasm::bind(pieces.main, &pieces.pages)?;
    let chunks = chunks::pack(&pieces.parts, &pieces.pages)?;

    let mut modules = chunks.files;
    modules.push(("pc".to_owned(), main));
    let modules = wasm::shrink(&tools, &workspace.scratch("shrink")?, modules)?;
    let mut names = modules.iter().map(|(stem, bytes)| site.add(stem, "wasm", bytes)).collect::<Result<Vec<_>>>()?;
    let main = names.pop().unwrap_or_default();

    let scripts = scripts::write(&tools, &site, &workspace.scratch("scripts")?, &script, &chunks::loader(&chunks.pages, &names))?;
    let manifest = Manifest {
        css: site.add("main", "css", &style::bundle(&workspace.root.join("style/main.css"))?)?,
        more_css: site.add("more", "css", &style::bundle(&workspace.root.join("style/more.css"))?)?,
        js: scripts.main,
        split: scripts.loader,
        wasm: main,
        files: site.publish(&workspace.root.join("public"), |path, text| pruned(&workspace, path, text))?,
        chunks: by_name(&chunks.pages, &names),
    };
    if asked.compress {
        press::compress(site.folder())?;
    }
    site.describe(&manifest)?;
    site.swap()
}

/// The sheet of icons holds more than the pages show; other files stay as they are.
fn pruned(workspace: &Workspace, path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if path != Path::new("icons.svg") {
        return Ok(bytes);
    }
    let sheet = String::from_utf8(bytes).context("icons.svg is no text")?;
    icons::used(&sheet, &[&workspace.root.join("app"), &workspace.root.join("server/src")]).map(String::into_bytes)
}

/// The files of each page, by the name the framework gives its view.
fn by_name(pages: &BTreeMap<String, Vec<usize>>, names: &[String]) -> BTreeMap<String, Vec<String>> {
    let files = |indexes: &[usize]| indexes.iter().filter_map(|&index| names.get(index).cloned()).collect();
    pages.iter().map(|(page, indexes)| (page.clone(), files(indexes))).collect()
}
