//! Files in a folder. This is plain code and not `object_store`, whose local store would only wrap the same calls: what arrived is on this
//! disk already, so naming it is one rename, and the folder is synced before anybody hears of it.

use super::{
    Name, Pieces, Stored, another_size,
    name::{EXPORTS, KEPT},
    nothing,
};
use domain::Moment;
use futures::{StreamExt as _, stream, stream::BoxStream};
use std::{
    io::{self, ErrorKind, SeekFrom},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use tokio::{
    fs::{self, File},
    io::{AsyncReadExt as _, AsyncSeekExt as _},
};
use tokio_util::io::ReaderStream;

/// A file is read in pieces of this size.
const PIECE_BYTES: usize = 64 * 1024;
/// Marks a folder whose files the demo world made, so that nothing else is ever thrown away.
const DEMO_MARK: &str = "demo-world";

#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn path(&self, name: &Name) -> PathBuf {
        self.root.join(name.as_str())
    }

    /// Gives a file that is on the disk its name, on the disk after this.
    pub(super) async fn take(&self, from: &Path, name: &Name) -> io::Result<()> {
        let place = self.path(name);
        let folder = place.parent().ok_or(ErrorKind::InvalidInput)?;
        fs::create_dir_all(folder).await?;
        fs::rename(from, &place).await?;
        File::open(folder).await?.sync_all().await
    }

    /// What others than root may still use of the disk.
    pub(super) fn free_bytes(&self) -> Option<i64> {
        let disk = rustix::fs::statvfs(&self.root).ok()?;
        i64::try_from(disk.f_bavail.saturating_mul(disk.f_frsize)).ok()
    }

    pub(super) async fn forget(&self, name: &Name) -> io::Result<()> {
        match fs::remove_file(self.path(name)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    pub(super) async fn size(&self, name: &Name) -> io::Result<Option<i64>> {
        match fs::metadata(self.path(name)).await {
            Ok(about) if about.is_file() => Ok(i64::try_from(about.len()).ok()),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn read(&self, name: &Name, size: u64, first: u64, length: u64) -> io::Result<Pieces> {
        let mut file = File::open(self.path(name)).await?;
        let is = file.metadata().await?.len();
        if is != size {
            return Err(another_size(is, size));
        }
        if length == 0 {
            return Ok(nothing());
        }
        file.seek(SeekFrom::Start(first)).await?;
        Ok(ReaderStream::with_capacity(file.take(length), PIECE_BYTES).boxed())
    }

    /// Folder by folder: each of the 256 below `kept` is looked at when the one before has been told.
    pub(super) fn all(&self) -> BoxStream<'_, io::Result<Stored>> {
        let folders = (0..=255_u8).map(|first| format!("{KEPT}/{first:02x}")).chain([EXPORTS.to_owned()]);
        let told = stream::iter(folders).then(move |folder| async move {
            let path = self.root.join(&folder);
            tokio::task::spawn_blocking(move || in_folder(&path, &folder)).await.map_err(io::Error::other)?
        });
        told.flat_map(|files| match files {
            Ok(files) => stream::iter(files).map(Ok).boxed(),
            Err(error) => stream::iter([Err(error)]).boxed(),
        })
        .boxed()
    }

    pub(super) fn take_demo_file(&self, name: &Name, arriving: &Path, content: &[u8]) -> io::Result<()> {
        let place = self.path(name);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(arriving, content)?;
        std::fs::rename(arriving, place)
    }

    pub(super) fn begin_demo(&self) -> io::Result<()> {
        let (kept, mark) = (self.root.join(KEPT), self.root.join(DEMO_MARK));
        if mark.exists() && kept.exists() {
            std::fs::remove_dir_all(&kept)?;
        }
        if kept.exists() {
            Ok(())
        } else {
            std::fs::write(mark, "The files below kept/ belong to the demo world. `demo reset` throws them away.\n")
        }
    }
}

/// The files of one folder; one that is not there holds none.
fn in_folder(path: &Path, folder: &str) -> io::Result<Vec<Stored>> {
    let entries = match std::fs::read_dir(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().and_then(|name| Name::read(&format!("{folder}/{name}"))) else { continue };
        let about = match entry.metadata() {
            // It went while we looked.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            about => about?,
        };
        let came = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        files.push(Stored {
            name,
            size_bytes: i64::try_from(about.len()).unwrap_or(i64::MAX),
            came: Moment(i64::try_from(came.as_micros()).unwrap_or(i64::MAX)),
        });
    }
    Ok(files)
}
