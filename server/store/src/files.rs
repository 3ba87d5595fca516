//! Files by their content: the name of a file is its SHA-256, so equal files are one and a changed one cannot hide.
//!
//! A file arrives under a temporary name, is synced, and only then gets its name; whatever is cut off leaves nothing behind.

use domain::Id;
use sha2::{Digest as _, Sha256};
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};
use tokio::{fs, io::AsyncWriteExt as _};

/// Arrivals older than this were cut off by a stop of the server and are removed at the next start.
const STALE_SECONDS: u64 = 24 * 3_600;

/// A finished file is read in pieces of this size for its checksum.
const PIECE_BYTES: usize = 64 * 1024;

/// Marks a folder whose files the demo world made, so that nothing else is ever thrown away.
const DEMO_MARK: &str = "demo-world";

/// A folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
}

/// A file on its way in. Dropping it removes what has arrived.
#[derive(Debug)]
pub struct Arriving {
    file: fs::File,
    path: PathBuf,
    hash: Sha256,
    size: i64,
    kept: bool,
}

/// A file that has arrived wholly and waits for its name.
#[derive(Debug)]
pub struct Arrived {
    arriving: Arriving,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: i64,
}

impl Files {
    /// Opens `file://folder`.
    ///
    /// # Errors
    /// One sentence that names the variable, its value and what is allowed.
    pub fn open(url: &str) -> Result<Self, String> {
        let path = url.strip_prefix("file://").filter(|path| !path.is_empty());
        let root = path.map(PathBuf::from).ok_or_else(|| format!("PC_STORAGE_URL is {url:?}; allowed is file://FOLDER"))?;
        let arriving = root.join("arriving");
        std::fs::create_dir_all(&arriving).map_err(|error| format!("PC_STORAGE_URL is {url:?}: the folder cannot be created: {error}"))?;
        let files = Self { root };
        files.remove_stale(&arriving);
        Ok(files)
    }

    fn remove_stale(&self, arriving: &Path) {
        let entries = std::fs::read_dir(arriving).into_iter().flatten().flatten();
        for entry in entries {
            let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
            if age.is_some_and(|age| age.as_secs() > STALE_SECONDS)
                && let Err(error) = std::fs::remove_file(entry.path())
            {
                tracing::warn!(%error, "a cut-off upload could not be removed");
            }
        }
    }

    /// Begins to take in a file; `name` is a random one of ours.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn arriving(&self, name: &str) -> std::io::Result<Arriving> {
        let path = self.root.join("arriving").join(name);
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path).await?;
        Ok(Arriving { file, path, hash: Sha256::new(), size: 0, kept: false })
    }

    /// Gives an arrived file its name. A file of the same content is there already when it came a second time.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn keep(&self, mut arrived: Arrived) -> std::io::Result<()> {
        let place = self.path(&arrived.sha256);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).await?;
            fs::rename(&arrived.arriving.path, &place).await?;
            arrived.arriving.kept = true;
            fs::File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    /// Takes a file of the demo world; blocks. Nothing is synced: whoever loses power makes the demo world anew.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn take_demo_file(&self, content: &[u8]) -> std::io::Result<(String, i64)> {
        let sha256 = hex::encode(Sha256::digest(content));
        let place = self.path(&sha256);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let arriving = self.root.join("arriving").join(&sha256);
        std::fs::write(&arriving, content)?;
        std::fs::rename(&arriving, &place)?;
        Ok((sha256, i64::try_from(content.len()).unwrap_or(i64::MAX)))
    }

    /// Throws away the files of an earlier demo world; blocks. A folder that it did not mark keeps what it holds.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn begin_demo(&self) -> std::io::Result<()> {
        let (kept, mark) = (self.root.join("kept"), self.root.join(DEMO_MARK));
        if mark.exists() && kept.exists() {
            std::fs::remove_dir_all(&kept)?;
        }
        if kept.exists() {
            Ok(())
        } else {
            std::fs::write(mark, "The files below kept/ belong to the demo world. `demo reset` throws them away.\n")
        }
    }

    /// Where a file is written that is still in the making. Forgotten ones go when the store is opened after some hours.
    #[must_use]
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.root.join("arriving").join(name)
    }

    /// Where the file of an export lies: under the task's id, because it goes when the task expires, whatever else has the same content.
    #[must_use]
    pub fn export(&self, task: Id) -> PathBuf {
        self.root.join("exports").join(task.to_string())
    }

    /// Gives a finished file to an export: on the disk after this. Gives its SHA-256 in hexadecimal and its size in bytes; blocks.
    ///
    /// # Errors
    /// No space, or the folder is gone.
    pub fn keep_export(&self, made: &Path, task: Id) -> std::io::Result<(String, i64)> {
        let mut file = std::fs::File::open(made)?;
        let (mut hash, mut size, mut piece) = (Sha256::new(), 0_i64, vec![0; PIECE_BYTES]);
        loop {
            let length = file.read(&mut piece)?;
            let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            size = size.saturating_add(i64::try_from(length).unwrap_or(i64::MAX));
        }
        file.sync_all()?;
        let place = self.export(task);
        let folder = self.root.join("exports");
        std::fs::create_dir_all(&folder)?;
        std::fs::rename(made, place)?;
        std::fs::File::open(folder)?.sync_all()?;
        Ok((hex::encode(hash.finalize()), size))
    }

    /// Takes the file of an export away. One that is gone already is no failure.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn drop_export(&self, task: Id) -> std::io::Result<()> {
        match std::fs::remove_file(self.export(task)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Where the file of a content lies. Only our own hashes are asked for, never a name from outside.
    #[must_use]
    pub fn path(&self, sha256: &str) -> PathBuf {
        let folder: String = sha256.chars().filter(char::is_ascii_hexdigit).take(2).collect();
        let name: String = sha256.chars().filter(char::is_ascii_hexdigit).collect();
        self.root.join("kept").join(folder).join(name)
    }
}

impl Arriving {
    /// Bytes so far.
    #[must_use]
    pub const fn size_bytes(&self) -> i64 {
        self.size
    }

    /// Takes in the next piece.
    ///
    /// # Errors
    /// No space, or the folder is gone.
    pub async fn push(&mut self, piece: &[u8]) -> std::io::Result<()> {
        self.file.write_all(piece).await?;
        self.hash.update(piece);
        self.size = self.size.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
        Ok(())
    }

    /// The last piece has come: everything is on the disk after this.
    ///
    /// # Errors
    /// No space, or the folder is gone.
    pub async fn finish(mut self) -> std::io::Result<Arrived> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let sha256 = hex::encode(self.hash.clone().finalize());
        let size_bytes = self.size;
        Ok(Arrived { arriving: self, sha256, size_bytes })
    }
}

impl Arrived {
    /// Where it lies until it gets its name, for looking at its content.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.arriving.path
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(%error, "a cut-off upload could not be removed");
        }
    }
}
