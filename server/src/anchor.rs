//! The anchor: where the audit chains ended, written down outside the database. Whoever can change the database can cut the end off a
//! chain and nothing in it tells; a line of this file does (threats.md, case 23). It is only ever appended to, so a copy of it elsewhere
//! (a log shipper, a disk that is written once) is worth more than the file itself.
//!
//! A line of JSON: `at`, and `heads` as `[company, number, hash]` of the chains that grew. After a restore and after `demo reset` the rows
//! are others: the line that says so, with `begins`, is where reading begins.

use crate::config::Config;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};
use store::{
    Store,
    audit::{self, Anchored, Head},
};
use tokio::sync::watch;

/// How often the ends are written down. What is cut off younger than this is not found by the anchor.
const EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    begins: Option<String>,
    heads: Vec<(String, i64, String)>,
}

/// What was written down.
#[derive(Debug, Default)]
pub struct Written {
    /// The file, if there is to be one.
    pub file: Option<PathBuf>,
    /// Rows by chain and number.
    pub rows: Anchored,
    /// When the first of them was written down.
    pub since: Option<String>,
    /// Lines that are not what the server wrote, by number.
    pub spoilt: Vec<usize>,
}

/// Reads the anchor.
///
/// # Errors
/// It cannot be read; one sentence.
pub fn read(config: &Config) -> Result<Written, String> {
    let Some(path) = &config.anchor_file else { return Ok(Written::default()) };
    let mut written = Written { file: Some(path.clone()), ..Written::default() };
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(written),
        file => file.map_err(|error| said(path, &error))?,
    };
    for (number, line) in (1..).zip(BufReader::new(file).split(b'\n')) {
        match serde_json::from_slice::<Line>(&line.map_err(|error| said(path, &error))?) {
            Ok(line) => written.take(line),
            Err(_) => written.spoilt.push(number),
        }
    }
    Ok(written)
}

impl Written {
    fn take(&mut self, line: Line) {
        if line.begins.is_some() {
            self.rows.clear();
            self.since = None;
        }
        self.since.get_or_insert(line.at);
        self.rows.extend(line.heads.into_iter().map(|(tenant, seq, hash)| ((tenant, seq), hash)));
    }
}

fn said(path: &Path, error: &io::Error) -> String {
    format!("PC_ANCHOR_FILE: {} cannot be read or written: {error}", path.display())
}

/// Says that other rows are in the database from now on, and where their chains end.
///
/// # Errors
/// The file cannot be written; one sentence.
pub fn begin_anew(config: &Config, why: &str, heads: &[Head]) -> Result<(), String> {
    let Some(path) = &config.anchor_file else { return Ok(()) };
    append(path, Some(why), heads).map_err(|error| said(path, &error))
}

fn append(path: &Path, begins: Option<&str>, heads: &[Head]) -> io::Result<()> {
    let heads = heads.iter().map(|head| (head.tenant.clone(), head.seq, head.hash.clone())).collect();
    let line = Line { at: store::clock::Clock::default().system().to_iso(), begins: begins.map(str::to_owned), heads };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    // A power cut may have left half a line.
    let mut text = if ends_a_line(path)? { Vec::new() } else { vec![b'\n'] };
    serde_json::to_writer(&mut text, &line)?;
    text.push(b'\n');
    // One write: lines of two servers do not mix.
    file.write_all(&text)?;
    file.sync_all()
}

fn ends_a_line(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Writes down where chains have grown, from the start of the server to its end.
pub async fn run(store: Store, path: Option<PathBuf>, mut stop: watch::Receiver<bool>) {
    let Some(path) = path else {
        tracing::info!("PC_ANCHOR_FILE is not set: `verify` cannot find what is cut off the end of an audit chain");
        return;
    };
    let mut known = BTreeMap::new();
    loop {
        let stops = tokio::select! {
            () = tokio::time::sleep(EVERY) => false,
            _ = stop.wait_for(|stop| *stop) => true,
        };
        if let Err(detail) = write_down(&store, &path, &mut known).await {
            tracing::error!(detail, "the ends of the audit chains cannot be written down");
        }
        if stops {
            return;
        }
    }
}

/// Writes down the chains that have grown since the last time.
///
/// # Errors
/// The database does not answer, or the file cannot be written.
pub async fn write_down(store: &Store, path: &Path, known: &mut BTreeMap<String, Head>) -> Result<(), String> {
    let heads = audit::ends(store).await.map_err(|error| error.code().to_owned())?;
    let grown: Vec<Head> = heads.into_iter().filter(|head| known.get(&head.tenant) != Some(head)).collect();
    if grown.is_empty() {
        return Ok(());
    }
    let (to, lines) = (path.to_owned(), grown.clone());
    let appended = tokio::task::spawn_blocking(move || append(&to, None, &lines)).await;
    appended.map_err(|error| error.to_string())?.map_err(|error| said(path, &error))?;
    known.extend(grown.into_iter().map(|head| (head.tenant.clone(), head)));
    Ok(())
}
