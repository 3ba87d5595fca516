//! Files by their content: the name of a file is its SHA-256, so equal files are one and a changed one cannot hide.
//!
//! They lie in a folder or in a bucket of S3; nobody outside this module can tell which. A file arrives at the desk, a folder of this
//! machine, under a temporary name, and is looked at there; only when it is whole does it get its name, at once and for good. Whatever
//! is cut off leaves nothing behind.

mod arriving;
mod bucket;
mod desk;
mod folder;
mod name;

pub use arriving::{Arrived, Arriving};
pub use desk::Local;
pub use name::Name;

use bucket::Bucket;
use bytes::Bytes;
use desk::Desk;
use domain::{Error, Id, Moment};
use folder::Folder;
use futures::{StreamExt as _, stream, stream::BoxStream};
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
};

/// A finished file is read in pieces of this size for its checksum.
const PIECE_BYTES: usize = 64 * 1024;

/// The key with which numbers are sealed, where it lies among the files. It is none of them: no row names it, and no backup has it.
const SEALING_KEY: &str = "sealing.key";

/// The bytes of a file, as they are asked for.
pub type Pieces = BoxStream<'static, io::Result<Bytes>>;

/// Where files lie.
#[derive(Clone, Debug)]
pub struct Files {
    desk: Desk,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

/// A file that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub name: Name,
    /// Size in bytes.
    pub size_bytes: i64,
    /// When it came, by the clock of whoever keeps it.
    pub came: Moment,
}

impl Files {
    /// Opens `file://folder` or `s3://bucket/prefix`.
    ///
    /// # Errors
    /// One sentence that names the variable, its value and what is allowed.
    pub async fn open(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("file://").filter(|path| !path.is_empty()) {
            let folder = Folder::new(PathBuf::from(path));
            let desk =
                Desk::below(folder.root()).map_err(|error| format!("PC_STORAGE_URL is {url:?}: the folder cannot be created: {error}"))?;
            return Ok(Self { desk, place: Place::Folder(folder) });
        }
        let allowed = "allowed are file://FOLDER and s3://BUCKET or s3://BUCKET/PREFIX";
        let Some(place) = url.strip_prefix("s3://") else { return Err(format!("PC_STORAGE_URL is {url:?}; {allowed}")) };
        let bucket = Bucket::open(place).await.map_err(|what| format!("PC_STORAGE_URL is {url:?}: {what}; {allowed}"))?;
        let desk = Desk::temporary()
            .map_err(|error| format!("no folder for arriving files can be made in {}: {error}", std::env::temp_dir().display()))?;
        Ok(Self { desk, place: Place::Bucket(bucket) })
    }

    /// Files lie in a bucket, not in a folder.
    #[must_use]
    pub const fn is_in_bucket(&self) -> bool {
        matches!(self.place, Place::Bucket(_))
    }

    /// Free space in bytes; nothing for a bucket, which has no end, and where the system does not say.
    #[must_use]
    pub fn free_bytes(&self) -> Option<i64> {
        match &self.place {
            Place::Folder(folder) => folder.free_bytes(),
            Place::Bucket(_) => None,
        }
    }

    /// Begins to take in a file; `name` is a random one of ours.
    ///
    /// # Errors
    /// The desk cannot be written.
    pub async fn arriving(&self, name: &str) -> io::Result<Arriving> {
        Arriving::at(self.desk.path(name)).await
    }

    /// Gives an arrived file its name. A file of the same content is there already when it came a second time.
    ///
    /// # Errors
    /// The place cannot be written.
    pub async fn keep(&self, mut arrived: Arrived) -> io::Result<()> {
        let name = Name::content(&arrived.sha256);
        match &self.place {
            Place::Folder(folder) => {
                folder.take(arrived.path(), &name).await?;
                arrived.is_elsewhere();
                Ok(())
            }
            Place::Bucket(bucket) if bucket.size(&name).await? == Some(arrived.size_bytes) => Ok(()),
            Place::Bucket(bucket) => bucket.put(arrived.path(), &name).await,
        }
    }

    /// Gives an arrived file the name that it had where a backup was taken.
    pub(crate) async fn put_back(&self, mut arrived: Arrived, name: &Name) -> io::Result<()> {
        match &self.place {
            Place::Folder(folder) => {
                folder.take(arrived.path(), name).await?;
                arrived.is_elsewhere();
                Ok(())
            }
            Place::Bucket(bucket) => bucket.put(arrived.path(), name).await,
        }
    }

    /// Where a file is written that is still in the making. Forgotten ones go when the store is opened after some hours.
    #[must_use]
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.desk.path(name)
    }

    /// Gives a finished file to an export: it is safe after this. Gives its SHA-256 in hexadecimal and its size in bytes.
    ///
    /// # Errors
    /// No space, or the place is away.
    pub async fn keep_export(&self, made: &Path, task: Id) -> io::Result<(String, i64)> {
        let path = made.to_owned();
        let digest = tokio::task::spawn_blocking(move || digest_and_sync(&path)).await.map_err(io::Error::other)??;
        match &self.place {
            Place::Folder(folder) => folder.take(made, &Name::export(task)).await?,
            Place::Bucket(bucket) => {
                bucket.put(made, &Name::export(task)).await?;
                tokio::fs::remove_file(made).await?;
            }
        }
        Ok(digest)
    }

    /// Takes a file away. One that is gone already is no failure.
    ///
    /// # Errors
    /// The place cannot be written.
    pub async fn forget(&self, name: &Name) -> io::Result<()> {
        match &self.place {
            Place::Folder(folder) => folder.forget(name).await,
            Place::Bucket(bucket) => bucket.forget(name).await,
        }
    }

    /// The size of a file in bytes, if it is there.
    ///
    /// # Errors
    /// The place does not answer.
    pub async fn size(&self, name: &Name) -> io::Result<Option<i64>> {
        match &self.place {
            Place::Folder(folder) => folder.size(name).await,
            Place::Bucket(bucket) => bucket.size(name).await,
        }
    }

    /// `length` bytes of a file of `size` bytes, from `first` on. They are fetched as they are taken, so any length takes little memory.
    ///
    /// # Errors
    /// `NotFound`; `InvalidData` when it has another size; the place does not answer. [`answer`] makes an answer of it.
    pub async fn read(&self, name: &Name, size: u64, first: u64, length: u64) -> io::Result<Pieces> {
        match &self.place {
            Place::Folder(folder) => folder.read(name, size, first, length).await,
            Place::Bucket(bucket) => bucket.read(name, size, first, length).await,
        }
    }

    /// Files could arrive and be read now: the desk takes one, on the disk, and the place answers.
    ///
    /// # Errors
    /// No space, the folder is gone or cannot be written, or the bucket is away.
    pub async fn probe(&self, name: &str) -> io::Result<()> {
        let mut arriving = self.arriving(name).await?;
        arriving.push(b"a probe").await?;
        let arrived = arriving.finish().await?;
        self.size(&Name::content(&arrived.sha256)).await.map(|_| ())
    }

    /// A file as one of this machine, for programs that read files only.
    ///
    /// # Errors
    /// `NotFound`; the place does not answer.
    pub async fn local(&self, name: &Name, copy: &str) -> io::Result<Local> {
        match &self.place {
            Place::Folder(folder) => {
                tokio::fs::metadata(folder.path(name)).await?;
                Ok(Local::kept(folder.path(name)))
            }
            Place::Bucket(bucket) => {
                let local = Local::copied(self.desk.path(copy));
                bucket.fetch(name, &local).await?;
                Ok(local)
            }
        }
    }

    /// Where a folder of files keeps the sealing key.
    pub(crate) fn key_file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder.root().join(SEALING_KEY)),
            Place::Bucket(_) => None,
        }
    }

    /// The same as an operator calls it, wherever it is.
    pub(crate) fn shown_key(&self) -> String {
        match &self.place {
            Place::Folder(folder) => folder.root().join(SEALING_KEY).display().to_string(),
            Place::Bucket(bucket) => bucket.shown(SEALING_KEY),
        }
    }

    /// The sealing key of a bucket; nothing when there is none.
    pub(crate) async fn read_key(&self) -> io::Result<Option<String>> {
        match &self.place {
            Place::Folder(_) => Ok(None),
            Place::Bucket(bucket) => bucket.read_small(SEALING_KEY).await,
        }
    }

    /// Puts a sealing key into a bucket, unless there is one.
    pub(crate) async fn begin_key(&self, text: String) -> io::Result<()> {
        match &self.place {
            Place::Folder(_) => Err(ErrorKind::Unsupported.into()),
            Place::Bucket(bucket) => bucket.put_first(SEALING_KEY, text).await,
        }
    }

    /// All files with a name, in no order.
    #[must_use]
    pub fn all(&self) -> BoxStream<'_, io::Result<Stored>> {
        match &self.place {
            Place::Folder(folder) => folder.all(),
            Place::Bucket(bucket) => bucket.all(),
        }
    }

    /// Takes a file of the demo world; blocks. Nothing is synced: whoever loses power makes the demo world anew.
    ///
    /// # Errors
    /// The place cannot be written.
    pub fn take_demo_file(&self, content: &[u8]) -> io::Result<(String, i64)> {
        let sha256 = hex::encode(Sha256::digest(content));
        let name = Name::content(&sha256);
        match &self.place {
            Place::Folder(folder) => folder.take_demo_file(&name, &self.desk.path(&sha256), content)?,
            Place::Bucket(bucket) => bucket.put_blocking(&name, content)?,
        }
        Ok((sha256, size_of(content.len())))
    }

    /// Throws away the files of an earlier demo world. A place that it did not mark keeps what it holds.
    ///
    /// # Errors
    /// The place cannot be written.
    pub async fn begin_demo(&self) -> io::Result<()> {
        match &self.place {
            Place::Folder(folder) => folder.begin_demo(),
            Place::Bucket(bucket) => bucket.begin_demo().await,
        }
    }
}

/// The answer to a failure, which goes to the log: a file that is not what was kept is our fault, a place that is away is nobody's.
pub fn answer(what: &str, error: &io::Error) -> Error {
    tracing::error!(what, %error, "a file cannot be read or written");
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::InvalidData => Error::Broken,
        _ => Error::Unavailable,
    }
}

fn another_size(is: u64, expected: u64) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("it has {is} bytes, not {expected}"))
}

fn nothing() -> Pieces {
    stream::empty().boxed()
}

fn size_of(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn digest_and_sync(path: &Path) -> io::Result<(String, i64)> {
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0_i64, vec![0; PIECE_BYTES]);
    loop {
        let length = file.read(&mut piece)?;
        let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        size = size.saturating_add(size_of(length));
    }
    file.sync_all()?;
    Ok((hex::encode(hash.finalize()), size))
}
