//! The site folder, and the file that describes it.
//!
//! Everything in `pkg/` is named after its content and may be kept for ever; all the rest is `public/` as it is. The folder is made beside
//! the old one and takes its place at the end, so a server never sees half of it. A server that runs knows the old names: start it anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::workspace::{empty, remove};

/// Enough of a SHA-256 that no two files of one site get one name.
const HASH_BYTES: usize = 5;

/// `assets.json`: the address of everything that has a hash in its name.
#[derive(Serialize)]
pub struct Manifest {
    /// The style sheet.
    pub css: String,
    /// The second style sheet: what few pages hold.
    pub more_css: String,
    /// The script that starts the main module.
    pub js: String,
    /// The script that fetches the chunks of a page; `js` imports it.
    pub split: String,
    /// The main module.
    pub wasm: String,
    /// The copies of the files in `public/`, by their path there: `"icons.svg": "/pkg/icons.<hash>.svg"`.
    pub files: BTreeMap<String, String>,
    /// The modules a lazy page needs besides the main one. The key is the name that the `#[lazy]` macro makes (`__library_page_view_<number>`);
    /// while rendering, it puts that name into the context's `leptos::PrefetchLazyFn`, where the server finds it.
    pub chunks: BTreeMap<String, Vec<String>>,
}

/// The folder while it is made.
pub struct Site {
    folder: PathBuf,
    out: PathBuf,
}

impl Site {
    /// An empty folder beside `out`.
    pub fn begin(out: PathBuf) -> Result<Self> {
        let folder = out.with_extension("new");
        empty(&folder.join("pkg"))?;
        Ok(Self { folder, out })
    }

    /// Where it is made.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds a file under its hash, and returns its address.
    pub fn add(&self, stem: &str, kind: &str, bytes: &[u8]) -> Result<String> {
        self.add_named(stem, &hash(bytes), kind, bytes)
    }

    /// Adds a file whose hash was made elsewhere, and returns its address.
    pub fn add_named(&self, stem: &str, hash: &str, kind: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}.{hash}.{kind}");
        write(&self.folder.join("pkg").join(&name), bytes)?;
        Ok(format!("/pkg/{name}"))
    }

    /// Copies `public/`: each file as it is, for addresses that are fixed, and under its hash. Returns the latter.
    pub fn publish(&self, public: &Path, prepare: impl Fn(&Path, Vec<u8>) -> Result<Vec<u8>>) -> Result<BTreeMap<String, String>> {
        println!("Copying the public files");
        let mut addresses = BTreeMap::new();
        for file in files(public).context("The folder public is missing; make it, empty if need be")? {
            let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let path = file.strip_prefix(public).unwrap_or(&file);
            let bytes = prepare(path, bytes)?;
            write(&self.folder.join(path), &bytes)?;
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let kind = file.extension().unwrap_or_default().to_string_lossy();
            addresses.insert(path.to_string_lossy().into_owned(), self.add(&stem, &kind, &bytes)?);
        }
        Ok(addresses)
    }

    /// Writes `assets.json`.
    pub fn describe(&self, manifest: &Manifest) -> Result<()> {
        write(&self.folder.join("assets.json"), &serde_json::to_vec_pretty(manifest)?)
    }

    /// Takes the place of the old folder.
    pub fn swap(self) -> Result<()> {
        let old = self.out.with_extension("old");
        remove(&old)?;
        if self.out.exists() {
            std::fs::rename(&self.out, &old).with_context(|| format!("{} cannot be moved away", self.out.display()))?;
        }
        std::fs::rename(&self.folder, &self.out).with_context(|| format!("{} cannot be put in place", self.out.display()))?;
        println!("{} is ready", self.out.display());
        remove(&old)
    }
}

/// The part of a file's name that changes with its content.
pub fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    hex::encode(digest.iter().copied().take(HASH_BYTES).collect::<Vec<_>>())
}

/// All files below the folder, in one order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry.with_context(|| format!("{} cannot be read", folder.display()))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    std::fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}
