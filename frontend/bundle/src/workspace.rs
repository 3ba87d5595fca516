//! Where things are: cargo is asked, so that an own target folder is respected.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The folders of the cargo workspace.
#[derive(Deserialize)]
pub struct Workspace {
    /// The folder with the `Cargo.toml` and `Cargo.lock` of the workspace.
    #[serde(rename = "workspace_root")]
    pub root: PathBuf,
    /// The folder cargo builds into.
    #[serde(rename = "target_directory")]
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub fn find() -> Result<Self> {
        let output = cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output().context("cargo does not start")?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "Start me inside the workspace; cargo metadata says: {complaint}");
        serde_json::from_slice(&output.stdout).context("cargo metadata answers without the folders of the workspace")
    }

    /// An empty folder for files between two steps. It stays afterwards, to be looked at.
    pub fn scratch(&self, step: &str) -> Result<PathBuf> {
        let folder = self.target.join("bundle").join(step);
        empty(&folder)?;
        Ok(folder)
    }
}

/// The cargo that started this program, or the one in the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Makes the folder, without what was in it.
pub fn empty(folder: &Path) -> Result<()> {
    remove(folder)?;
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// Removes the folder, if it is there.
pub fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed; remove it by hand", folder.display()))
        }
        _ => Ok(()),
    }
}
