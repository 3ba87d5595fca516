//! The desk: a folder of this machine for files that are not whole yet. Beside a folder of files it is a part of that, so that naming a
//! file is a rename; before a bucket it is a temporary folder of this process.

use std::{
    fs::{File, TryLockError},
    io,
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;

/// Arrivals older than this were cut off by a stop of the server and are removed at the next start.
const STALE_SECONDS: u64 = 24 * 3_600;
/// Temporary desks are called so.
const PREFIX: &str = "partner-center-desk.";
/// Locked as long as the process of a temporary desk lives.
const LOCK: &str = "lock";

/// Where files arrive.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    folder: PathBuf,
    /// Removes a temporary desk with its last user.
    _own: Option<Arc<(File, TempDir)>>,
}

impl Desk {
    /// In the folder of the files, which other processes share.
    pub(super) fn below(root: &Path) -> io::Result<Self> {
        let folder = root.join("arriving");
        std::fs::create_dir_all(&folder)?;
        remove_stale(&folder);
        Ok(Self { folder, _own: None })
    }

    /// For this process alone, readable by nobody else.
    pub(super) fn temporary() -> io::Result<Self> {
        remove_left(&std::env::temp_dir());
        let own = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        let (coming, lock) = (own.path().join("coming"), own.path().join(LOCK));
        let file = File::create(&coming)?;
        file.lock()?;
        // Under its name it was never unlocked, so nobody takes this desk for a dead one's.
        std::fs::rename(coming, lock)?;
        Ok(Self { folder: own.path().to_owned(), _own: Some(Arc::new((file, own))) })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Removes desks whose process has died without leaving.
fn remove_left(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_desk = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let Some(lock) = is_desk.then(|| File::open(entry.path().join(LOCK)).ok()).flatten() else { continue };
        match lock.try_lock() {
            Ok(()) => {
                if let Err(error) = std::fs::remove_dir_all(entry.path()) {
                    tracing::warn!(%error, "what a dead process left could not be removed");
                }
            }
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
        }
    }
}

fn remove_stale(arriving: &Path) {
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

/// A file of this machine with the content of a stored one. A copy goes with this value.
#[derive(Debug)]
pub struct Local {
    path: PathBuf,
    is_copy: bool,
}

impl Local {
    pub(super) const fn kept(path: PathBuf) -> Self {
        Self { path, is_copy: false }
    }

    pub(super) const fn copied(path: PathBuf) -> Self {
        Self { path, is_copy: true }
    }
}

impl Deref for Local {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        if self.is_copy
            && let Err(error) = std::fs::remove_file(&self.path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a copy of a file could not be removed");
        }
    }
}
