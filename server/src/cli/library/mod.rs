//! `library import`: a folder of real documents becomes library documents, published to everyone.

mod folder;
mod import;
mod manifest;

use super::{open, said};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::{access::Role, library::Category};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};
use store::people;

/// Documents of the library.
#[derive(Debug, Subcommand)]
pub enum Library {
    /// Publish the documents of a folder to everyone. What is there already is skipped, what is broken is told, the rest goes on.
    Import(Import),
}

/// A folder to import.
#[derive(Debug, Args)]
pub struct Import {
    /// The folder; folders inside it are read too, what systems hide in them (names that begin with a dot) is not.
    folder: PathBuf,
    /// A CSV file with the columns file, title, summary, category and language, of which only `file` must be there.
    #[arg(long, value_name = "FILE.csv")]
    manifest: Option<PathBuf>,
    /// The category of what the manifest does not place.
    #[arg(long, value_name = "KEY", value_parser = super::partners::key::<Category>, default_value = "business_support")]
    category: Category,
    /// End with one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What became of a folder.
#[derive(Debug, Default, Serialize)]
struct Report {
    imported: u64,
    skipped: u64,
    failed: Vec<Failed>,
}

/// A file that was not imported, and why.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Failed {
    file: String,
    reason: String,
}

impl Failed {
    fn new(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), reason: reason.into() }
    }
}

pub(super) async fn run(Library::Import(wanted): Library, config: &Config) -> Result<ExitCode, String> {
    let manifest = wanted.manifest.as_deref().map(manifest::read).transpose()?.unwrap_or_default();
    let found = folder::walk(&wanted.folder)?;
    let store = open(config).await?;
    let operator = people::operator(&store, Role::Content).await.map_err(|error| match error {
        domain::Error::NotFound => "there is no vendor yet; `partner-center staff create` enters one".to_owned(),
        error => said(&error),
    })?;
    let access = store.system(operator).access().map_err(|error| said(&error))?;
    let report = import::run(&store, &access, found, manifest, wanted.category).await;
    store.db.close().await;
    tell(&report?, wanted.json)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(report: &Report, as_json: bool) -> Result<(), String> {
    for Failed { file, reason } in &report.failed {
        eprintln!("failed: {file}: {reason}");
    }
    if as_json {
        println!("{}", serde_json::to_string(report).map_err(|error| error.to_string())?);
    } else {
        println!("{} imported, {} skipped, {} failed", report.imported, report.skipped, report.failed.len());
    }
    Ok(())
}
