//! Taking a backup, beside a serving portal: readers and writers go on, and memory stays what it is.

use super::{
    CHUNK_BYTES, FILES, MANIFEST, ROWS, SEAL, Trouble,
    archive::Writer,
    manifest::{About, Lost, Manifest, Summing, Why},
    to_json,
};
use crate::{
    access::Store,
    audit, check,
    db::Snapshot,
    dialect,
    files::{Name, Stored},
    ids, migrate,
    sql::{Sql, sql},
};
use domain::{Id, Moment};
use futures::{StreamExt as _, TryStreamExt as _};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, io::ErrorKind, path::Path};

/// A backup that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What it holds.
    pub manifest: Manifest,
    /// The SHA-256 of the file itself.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// A file that a row of the backup names. Digests are kept as bytes: a hundred thousand of them must not take much.
struct Named {
    file: File,
    size_bytes: i64,
}

enum File {
    Content([u8; 32]),
    Export { task: Id, sha256: [u8; 32], expires: Moment },
}

impl File {
    fn name(&self) -> Name {
        match self {
            Self::Content(sha256) => Name::content(&hex::encode(sha256)),
            Self::Export { task, .. } => Name::export(*task),
        }
    }

    fn sha256(&self) -> String {
        match self {
            Self::Content(sha256) | Self::Export { sha256, .. } => hex::encode(sha256),
        }
    }
}

/// Writes a backup to a file that is not there yet. It gets its name when it is whole and on the disk.
///
/// # Errors
/// What kept it from being whole; then there is no file.
pub async fn take(store: &Store, to: &Path) -> Result<Taken, Trouble> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if to.exists() {
        return Err(Trouble::Write(ErrorKind::AlreadyExists.into()));
    }
    let coming = tempfile::Builder::new().prefix(".partner-center-backup.").tempfile_in(folder).map_err(Trouble::Write)?;
    let file = coming.reopen().map_err(Trouble::Write)?;
    let mut out = Writer::new(tokio::fs::File::from_std(file));
    let manifest = write(store, &mut out).await?;
    let (sha256, bytes) = out.finish().await?;
    coming.persist_noclobber(to).map_err(|error| Trouble::Write(error.error))?;
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(Trouble::Write)?;
    Ok(Taken { manifest, sha256, bytes })
}

async fn write(store: &Store, out: &mut Writer) -> Result<Manifest, Trouble> {
    let mut snapshot = store.db.snapshot().await?;
    // The first statement fixes the moment.
    let schema = snapshot.row(migrate::schema()).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let taken_at = store.clock.system().to_iso();
    let catalogue = super::catalogue(&snapshot.rows(dialect::columns(store.db.kind())).await?)?;
    let about = About::new(schema, taken_at, &catalogue);
    out.whole(super::ABOUT, &json(&about)?).await?;
    let mut rows = BTreeMap::new();
    for table in crate::demo::TABLES.iter().filter(|table| catalogue.contains_key(**table)) {
        let mut sum = Summing::default();
        write_rows(&mut snapshot, out, table, &mut sum).await?;
        rows.insert((*table).to_owned(), sum.sum());
    }
    let heads = snapshot.rows(audit::heads()).await?.iter().map(audit::head).collect::<Result<_, _>>()?;
    let named = named(&mut snapshot).await?;
    // What the rows name is known: the files are not part of the snapshot, and the database may tidy up.
    drop(snapshot);
    let (mut files, mut lost) = (Summing::default(), Vec::new());
    for named in &named {
        let name = named.file.name();
        if let Some(why) = write_file(store, out, named, &mut files).await? {
            lost.push(Lost { name: name.as_str().to_owned(), why });
        }
    }
    let manifest = Manifest { about, rows, heads, files: files.sum(), lost };
    let text = json(&manifest)?;
    out.whole(MANIFEST, &text).await?;
    out.whole(SEAL, ids::hashed_bytes(&text).as_bytes()).await?;
    Ok(manifest)
}

fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Trouble> {
    serde_json::to_vec(value).map_err(|error| Trouble::Write(error.into()))
}

/// The rows of a table that are in a backup.
fn chosen(table: &'static str) -> Sql {
    let all = sql("SELECT * FROM ").and(table);
    // A code is worth minutes, and the message with it no longer.
    if table == "outbox" { all.and(" WHERE code IS NULL") } else { all }
}

async fn write_rows(snapshot: &mut Snapshot, out: &mut Writer, table: &'static str, sum: &mut Summing) -> Result<(), Trouble> {
    let mut rows = snapshot.stream(chosen(table));
    let (mut lines, mut count, mut number) = (Vec::new(), 0, 0);
    loop {
        let row = rows.next().await.transpose()?;
        if lines.len() >= CHUNK_BYTES || (row.is_none() && !lines.is_empty()) {
            number += 1;
            sum.rows(count, &lines);
            out.whole(&format!("{ROWS}{table}/{number:06}.jsonl"), &lines).await?;
            (count, lines) = (0, Vec::new());
        }
        let Some(row) = row else { return Ok(()) };
        let values: Vec<_> = row.values()?.into_iter().map(to_json).collect();
        serde_json::to_writer(&mut lines, &values).map_err(|error| Trouble::Write(error.into()))?;
        lines.push(b'\n');
        count += 1;
    }
}

/// The files that the rows name: each content once, and the exports that can still be fetched.
async fn named(snapshot: &mut Snapshot) -> Result<Vec<Named>, Trouble> {
    let mut named = Vec::new();
    let contents = sql("SELECT DISTINCT sha256, size_bytes FROM v_kept_content ORDER BY 1, 2");
    let mut rows = snapshot.stream(contents);
    while let Some(row) = rows.try_next().await? {
        named.push(Named { file: File::Content(digest(&row.text(0)?)?), size_bytes: row.int(1)? });
    }
    drop(rows);
    let exports = sql("SELECT id, sha256, size_bytes, COALESCE(expires_at_us, 0) FROM export_tasks WHERE state = 'completed' ORDER BY id");
    let mut rows = snapshot.stream(exports);
    while let Some(row) = rows.try_next().await? {
        let file = File::Export { task: row.id(0)?, sha256: digest(&row.text(1)?)?, expires: row.moment(3)? };
        named.push(Named { file, size_bytes: row.int(2)? });
    }
    Ok(named)
}

fn digest(text: &str) -> Result<[u8; 32], crate::db::Failure> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| crate::db::Failure::decode("checksum"))?;
    Ok(bytes)
}

/// Writes a file, or says why it is not there.
async fn write_file(store: &Store, out: &mut Writer, named: &Named, sum: &mut Summing) -> Result<Option<Why>, Trouble> {
    let (name, size) = (named.file.name(), u64::try_from(named.size_bytes).unwrap_or(0));
    let mut pieces = match store.files.read(&name, size, 0, size).await {
        Ok(pieces) => pieces,
        Err(error) if error.kind() == ErrorKind::NotFound => return why_missing(store, named).await.map(Some),
        Err(error) if error.kind() == ErrorKind::InvalidData => return Ok(Some(Why::AnotherSize)),
        Err(error) => return Err(Trouble::Files(error)),
    };
    out.begin(&format!("{FILES}{}", name.as_str()), size).await?;
    let (mut hash, mut came) = (Sha256::new(), 0_u64);
    while let Some(piece) = pieces.try_next().await.map_err(Trouble::Files)? {
        hash.update(&piece);
        came = came.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        out.push(&piece).await?;
    }
    if came != size {
        return Err(Trouble::Files(std::io::Error::new(ErrorKind::UnexpectedEof, format!("{} was cut off", name.as_str()))));
    }
    out.end().await?;
    let is = hex::encode(hash.finalize());
    sum.file(name.as_str(), size, &is);
    Ok((is != named.file.sha256()).then_some(Why::AnotherContent))
}

/// A file is taken away before the row of its export moves: an export that is over, or whose row has moved, is no loss.
async fn why_missing(store: &Store, named: &Named) -> Result<Why, Trouble> {
    let File::Export { expires, .. } = named.file else { return Ok(Why::Missing) };
    let stored = Stored { name: named.file.name(), size_bytes: named.size_bytes, came: Moment(0) };
    store.read_clock().await?;
    let is_over = expires <= store.clock.now() || !check::known(store, std::slice::from_ref(&stored)).await?.contains(&stored.name);
    Ok(if is_over { Why::Gone } else { Why::Missing })
}
