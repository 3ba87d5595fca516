//! Making database and files of a backup. The whole file is read once before anything is touched; then rows, files and search index come
//! in one transaction, which ends only when all of it is what the manifest says.

use super::{
    ABOUT, CHUNK_BYTES_MAX, Catalogue, FILES, LEFT, MANIFEST, MANIFEST_BYTES_MAX, ROWS, SEAL, Trouble, Unfit,
    archive::{Entry, Reader},
    from_json,
    manifest::{About, Manifest, Summing, Why},
};
use crate::{
    access::{Access, Options, Store},
    audit::{self, Checked},
    check::{self, CheckedFiles, Source},
    demo::TABLES,
    dialect::{self, Searched},
    exports,
    files::{Arriving, Name},
    ids,
    ledger::{self, CheckedLedger},
    migrate,
    seal::{self, Fit},
    sql::{Value, sql},
    write::{Tx, Written},
};
use domain::{Error, access::Anyone};
use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
};

/// Bound values of one statement; both databases take 32,766.
const VALUES_TOGETHER: usize = 2_000;
/// Bytes of the rows of one statement, about.
const ROW_BYTES_TOGETHER: usize = 4 * 1024 * 1024;
/// Documents that are put into the search index at a time.
const DOCUMENTS: i64 = 100;

/// What was restored, as it was found afterwards.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup said of itself.
    pub manifest: Manifest,
    /// The audit chains.
    pub chains: Checked,
    /// The ledger.
    pub ledger: CheckedLedger,
    /// The files.
    pub files: CheckedFiles,
    /// Documents in the search index.
    pub documents: i64,
    /// The sealing key of this place against what was restored.
    pub fit: Fit,
    /// Where that key lies, or has to be brought.
    pub key_place: String,
}

/// A backup that was read to its end and is whole.
#[derive(Clone, Debug, Serialize)]
struct Looked {
    path: PathBuf,
    manifest: Manifest,
    /// The files in it, by name.
    #[serde(skip)]
    names: HashSet<Name>,
}

/// Restores a backup to an empty database and an empty place of files.
///
/// # Errors
/// Why it was not; then nothing is left behind but an empty schema.
pub async fn restore(options: Options, from: &Path) -> Result<Restored, Trouble> {
    let looked = look(from).await?;
    let store = Store::open_at(options, looked.manifest.about.schema).await.map_err(Trouble::Place)?;
    let restored = fill(&store, looked).await;
    store.db.close().await;
    restored
}

/// Reads a backup to its end: it is ours, whole, and what was written.
async fn look(path: &Path) -> Result<Looked, Unfit> {
    let mut reader = Reader::new(tokio::fs::File::open(path).await.map_err(Unfit::Read)?);
    let first = reader.next().await?.filter(|entry| entry.name == ABOUT).ok_or(Unfit::Foreign)?;
    let about = About::read(&reader.content(&first, CHUNK_BYTES_MAX).await?)?;
    let mut rows: BTreeMap<String, Summing> = about.tables.keys().map(|table| (table.clone(), Summing::default())).collect();
    let (mut files, mut names) = (Summing::default(), HashSet::new());
    while let Some(entry) = reader.next().await? {
        let altered = || Unfit::Altered(entry.name.clone());
        if let Some(table) = table_of(&entry) {
            let sum = rows.get_mut(table).ok_or_else(altered)?;
            let lines = reader.content(&entry, CHUNK_BYTES_MAX).await?;
            sum.rows(u64::try_from(lines.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0), &lines);
        } else if let Some(name) = entry.name.strip_prefix(FILES) {
            let mut hash = Sha256::new();
            while let Some(piece) = reader.piece().await? {
                hash.update(&piece);
            }
            files.file(name, entry.size, &hex::encode(hash.finalize()));
            names.insert(Name::read(name).ok_or_else(altered)?);
        } else if entry.name == MANIFEST {
            let text = reader.content(&entry, MANIFEST_BYTES_MAX).await?;
            let manifest = sealed(&mut reader, &text).await?;
            compare(&manifest, &about, rows, files)?;
            return Ok(Looked { path: path.to_owned(), manifest, names });
        } else {
            return Err(altered());
        }
    }
    Err(Unfit::Cut)
}

fn table_of(entry: &Entry) -> Option<&str> {
    Some(entry.name.strip_prefix(ROWS)?.split_once('/')?.0)
}

/// Reads the checksum of the manifest, which is the last thing in the file.
async fn sealed(reader: &mut Reader, text: &[u8]) -> Result<Manifest, Unfit> {
    let altered = || Unfit::Altered(MANIFEST.to_owned());
    let seal = reader.next().await?.filter(|entry| entry.name == SEAL).ok_or_else(altered)?;
    if reader.content(&seal, CHUNK_BYTES_MAX).await? != ids::hashed_bytes(text).as_bytes() {
        return Err(altered());
    }
    match reader.next().await? {
        Some(entry) => Err(Unfit::Altered(entry.name)),
        None => serde_json::from_slice(text).map_err(|_| altered()),
    }
}

fn compare(manifest: &Manifest, about: &About, rows: BTreeMap<String, Summing>, files: Summing) -> Result<(), Unfit> {
    if manifest.about != *about {
        return Err(Unfit::Altered(ABOUT.to_owned()));
    }
    let rows: BTreeMap<_, _> = rows.into_iter().map(|(table, sum)| (table, sum.sum())).collect();
    if let Some((table, _)) = rows.iter().find(|(table, sum)| manifest.rows.get(*table) != Some(sum)) {
        return Err(Unfit::Altered(format!("the rows of {table}")));
    }
    if rows.len() != manifest.rows.len() {
        return Err(Unfit::Altered("the rows".to_owned()));
    }
    if manifest.files == files.sum() { Ok(()) } else { Err(Unfit::Altered("the files".to_owned())) }
}

async fn fill(store: &Store, looked: Looked) -> Result<Restored, Trouble> {
    empty_files(store, &looked).await?;
    let access: Access<Anyone> = store.stranger("local".to_owned(), "restore".to_owned()).access()?;
    let done = access.write(None, looked.clone(), |tx, looked| Box::pin(load(tx, looked))).await;
    let documents = match done {
        Ok(Loaded::All { documents }) => documents,
        Ok(Loaded::Nothing(what)) => return Err(Trouble::NotEmpty(what.sentence())),
        Err(error) => {
            take_away(store, &looked).await;
            return Err(error.into());
        }
    };
    migrate::migrate(&store.db).await?;
    // A backup of the time before there was a key.
    if let Err(error) = seal::seal_plain(store).await {
        tracing::error!(code = error.code(), "numbers of bank accounts that stand plain in the backup could not be sealed");
    }
    store.read_clock().await?;
    // Exports whose file went while the backup was taken are over: their rows are told, as the server would do.
    while exports::expire(&access).await? > 0 {}
    let (chains, ledger, files) = (audit::check(store).await?, ledger::check(store).await?, check::files(store).await?);
    let (fit, key_place) = (seal::fit(store).await?, store.seal.place());
    Ok(Restored { manifest: looked.manifest, chains, ledger, files, documents, fit, key_place })
}

/// Files of this backup may lie there already: a restore that was killed leaves them.
async fn empty_files(store: &Store, looked: &Looked) -> Result<(), Trouble> {
    let mut all = store.files.all();
    while let Some(file) = all.try_next().await.map_err(Trouble::Files)? {
        if !looked.names.contains(&file.name) {
            return Err(Trouble::NotEmpty("PC_STORAGE_URL names a place with files in it"));
        }
    }
    Ok(())
}

/// What was put there before the rows failed goes.
async fn take_away(store: &Store, looked: &Looked) {
    for name in &looked.names {
        if let Err(error) = store.files.forget(name).await {
            tracing::warn!(name = name.as_str(), %error, "a file of a restore that failed cannot be removed");
        }
    }
}

/// How the transaction of a restore ends.
#[derive(Debug, Serialize, Deserialize)]
enum Loaded {
    All { documents: i64 },
    Nothing(InTheWay),
}

/// What keeps a restore from its beginning.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum InTheWay {
    Rows,
    Schema,
}

impl InTheWay {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Rows => "PC_DATABASE_URL names a database with rows in it",
            Self::Schema => "PC_DATABASE_URL names a database with a newer schema than the backup has",
        }
    }
}

async fn load(tx: &mut Tx, looked: &Looked) -> Result<Written<Loaded>, Error> {
    let (manifest, kind) = (&looked.manifest, tx.store().db.kind());
    let schema = tx.row(migrate::schema()).await?.map(|row| row.int(0)).transpose()?;
    if schema != Some(manifest.about.schema) {
        return Ok(Written::quiet(Loaded::Nothing(InTheWay::Schema)));
    }
    let catalogue = super::catalogue(&tx.rows(dialect::columns(kind)).await?)?;
    for table in TABLES.iter().filter(|table| catalogue.contains_key(**table) || LEFT.contains(*table)) {
        if tx.row(sql("SELECT 1 FROM ").and(table).and(" LIMIT 1")).await?.is_some() {
            return Ok(Written::quiet(Loaded::Nothing(InTheWay::Rows)));
        }
    }
    read(tx, looked, &catalogue).await.map_err(|trouble| {
        tracing::error!(%trouble, "the backup cannot be restored");
        match trouble {
            Trouble::Database(error) => error,
            Trouble::Write(_) | Trouble::Files(_) => Error::Unavailable,
            Trouble::Unfit(_) | Trouble::NotEmpty(_) | Trouble::Place(_) => Error::Broken,
        }
    })?;
    let documents = index(tx).await?;
    compare_rows(tx, manifest).await?;
    Ok(Written::quiet(Loaded::All { documents }))
}

/// Takes in rows and files, a piece at a time.
async fn read(tx: &mut Tx, looked: &Looked, catalogue: &Catalogue) -> Result<(), Trouble> {
    let manifest = &looked.manifest;
    let mut reader = Reader::new(tokio::fs::File::open(&looked.path).await.map_err(Unfit::Read)?);
    while let Some(entry) = reader.next().await? {
        if let Some(table) = table_of(&entry) {
            let names = manifest.about.tables.get(table).ok_or_else(|| Unfit::Altered(entry.name.clone()))?;
            let places = Places::new(table, names, catalogue).ok_or_else(|| Unfit::Altered(format!("the columns of {table}")))?;
            let lines = reader.content(&entry, CHUNK_BYTES_MAX).await?;
            places.insert(tx, &lines).await?;
        } else if let Some(name) = entry.name.strip_prefix(FILES).and_then(Name::read) {
            let is_spoilt = manifest.lost.iter().any(|lost| lost.why == Why::AnotherContent && lost.name == name.as_str());
            if !is_spoilt {
                put_file(tx.store(), &mut reader, &name).await?;
            }
        }
    }
    Ok(())
}

/// Where the values of a backup stand in the rows of a table.
struct Places {
    table: &'static str,
    columns: Vec<(usize, crate::sql::Kind)>,
}

impl Places {
    /// None when the table has other columns.
    fn new(table: &str, names: &[String], catalogue: &Catalogue) -> Option<Self> {
        let columns = catalogue.get(table)?;
        let place = |(column, kind): &(String, _)| Some((names.iter().position(|name| name == column)?, *kind));
        let places: Option<Vec<_>> = columns.iter().map(place).collect();
        let table = TABLES.iter().find(|ours| **ours == table)?;
        Some(Self { table, columns: places.filter(|places| places.len() == names.len())? })
    }

    /// Enters the rows of a piece.
    async fn insert(&self, tx: &mut Tx, lines: &[u8]) -> Result<(), Trouble> {
        let together = (VALUES_TOGETHER / self.columns.len().max(1)).max(1);
        let (mut rows, mut bytes) = (Vec::new(), 0);
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            rows.push(self.row(line).ok_or_else(|| Unfit::Altered(format!("the rows of {}", self.table)))?);
            bytes += line.len();
            if rows.len() == together || bytes > ROW_BYTES_TOGETHER {
                tx.execute(sql("INSERT INTO ").and(self.table).rows(std::mem::take(&mut rows))).await?;
                bytes = 0;
            }
        }
        if !rows.is_empty() {
            tx.execute(sql("INSERT INTO ").and(self.table).rows(rows)).await?;
        }
        Ok(())
    }

    fn row(&self, line: &[u8]) -> Option<Vec<Value>> {
        let values: Vec<serde_json::Value> = serde_json::from_slice(line).ok()?;
        self.columns.iter().map(|(place, kind)| from_json(*kind, values.get(*place)?)).collect()
    }
}

async fn put_file(store: &Store, reader: &mut Reader, name: &Name) -> Result<(), Trouble> {
    let mut arriving: Arriving = store.files.arriving(&format!("restore-{}", store.ids.id())).await.map_err(Trouble::Files)?;
    while let Some(piece) = reader.piece().await? {
        arriving.push(&piece).await.map_err(Trouble::Files)?;
    }
    let arrived = arriving.finish().await.map_err(Trouble::Files)?;
    if name.sha256().is_some_and(|sha256| sha256 != arrived.sha256) {
        return Err(Unfit::Altered(name.as_str().to_owned()).into());
    }
    store.files.put_back(arrived, name).await.map_err(Trouble::Files)
}

/// Puts every document into the search index, which is no part of a backup: each database has its own.
async fn index(tx: &mut Tx) -> Result<i64, Error> {
    let (mut after, mut count) = (i64::MIN, 0);
    loop {
        let page = sql("SELECT d.no, d.title, d.summary, COALESCE(t.body, '') FROM library_documents d
            LEFT JOIN library_texts t ON t.document_id = d.id WHERE d.no > ");
        let rows = tx.rows(page.value(after).and(" ORDER BY d.no").limit(DOCUMENTS)).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = last.int(0)?;
        let texts = rows.iter().map(|row| Ok((row.int(0)?, [row.text(1)?, row.text(2)?, row.text(3)?])));
        let texts: Vec<_> = texts.collect::<Result<_, Error>>()?;
        let documents: Vec<Searched<'_>> =
            texts.iter().map(|(no, [title, summary, body])| Searched { no: *no, title, summary, body }).collect();
        dialect::index_new(tx, &documents).await?;
        count += i64::try_from(rows.len()).unwrap_or(0);
    }
}

/// The rows are as many as the manifest says, and the chains end where it says.
async fn compare_rows(tx: &mut Tx, manifest: &Manifest) -> Result<(), Error> {
    for table in TABLES {
        let Some(sum) = manifest.rows.get(*table) else { continue };
        let count = tx.row(sql("SELECT COUNT(*) FROM ").and(table)).await?.map(|row| row.int(0)).transpose()?;
        if count.and_then(|count| u64::try_from(count).ok()) != Some(sum.count) {
            tracing::error!(table, "not as many rows as the manifest says");
            return Err(Error::Broken);
        }
    }
    let chains = audit::check_in(&mut Source::Tx(tx), BTreeMap::new()).await?;
    if chains.heads != manifest.heads {
        tracing::error!("an audit chain does not end where the manifest says");
        return Err(Error::Broken);
    }
    Ok(())
}
