//! A file on its way in.

use sha2::{Digest as _, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
};
use tokio::{fs, io::AsyncWriteExt as _};

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

impl Arriving {
    pub(super) async fn at(path: PathBuf) -> io::Result<Self> {
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path).await?;
        Ok(Self { file, path, hash: Sha256::new(), size: 0, kept: false })
    }

    /// Bytes so far.
    #[must_use]
    pub const fn size_bytes(&self) -> i64 {
        self.size
    }

    /// Takes in the next piece.
    ///
    /// # Errors
    /// No space, or the folder is gone.
    pub async fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece).await?;
        self.hash.update(piece);
        self.size = self.size.saturating_add(super::size_of(piece.len()));
        Ok(())
    }

    /// The last piece has come: everything is on the disk after this.
    ///
    /// # Errors
    /// No space, or the folder is gone.
    pub async fn finish(mut self) -> io::Result<Arrived> {
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

    /// It was moved away: there is nothing to remove.
    pub(super) const fn is_elsewhere(&mut self) {
        self.arriving.kept = true;
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
