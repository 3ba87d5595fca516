//! Where the key lies: in a file that is no part of the database and of no backup. Nobody has to say where: beside a database that is a
//! file, else in the place of the files, which all servers of a database share.

use crate::{db, files::Files};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Nobody but who runs the server may read it.
const MODE: u32 = 0o600;

#[derive(Debug)]
pub(super) enum Place {
    File(PathBuf),
    Bucket(Files),
}

impl Place {
    pub(super) fn of(chosen: Option<PathBuf>, database_url: &str, files: &Files) -> Self {
        let beside = || db::file_of(database_url).map(|file| PathBuf::from(format!("{file}.key")));
        match chosen.or_else(beside).or_else(|| files.key_file()) {
            Some(path) => Self::File(path),
            None => Self::Bucket(files.clone()),
        }
    }

    /// As an operator calls it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Bucket(files) => files.shown_key(),
        }
    }

    /// What stands there; nothing when nothing is there.
    pub(super) async fn read(&self) -> io::Result<Option<String>> {
        match self {
            Self::File(path) => {
                let path = path.clone();
                blocking(move || read(&path)).await
            }
            Self::Bucket(files) => files.read_key().await,
        }
    }

    /// Puts a key there, unless somebody was faster.
    pub(super) async fn begin(&self, text: String) -> io::Result<()> {
        match self {
            Self::File(path) => {
                let path = path.clone();
                blocking(move || begin(&path, &text)).await
            }
            Self::Bucket(files) => files.begin_key(text).await,
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        text => text.map(Some),
    }
}

/// It is whole and on the disk before it has its name, and a name is given once: of two starts one makes the key.
fn begin(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let coming = folder.join(format!(".sealing-key.{}.{:016x}", std::process::id(), rand::random::<u64>()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(&coming)?;
    let named = writeln!(file, "{text}").and_then(|()| file.sync_all()).and_then(|()| fs::hard_link(&coming, path));
    fs::remove_file(&coming)?;
    match named {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        named => named.and_then(|()| File::open(folder)?.sync_all()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_first_key_stays_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("below/pc.key");
        assert_eq!(read(&path).expect("an answer"), None);
        begin(&path, "one").expect("a key");
        begin(&path, "two").expect("no second one");
        assert_eq!(read(&path).expect("an answer").as_deref(), Some("one\n"));
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path().join("below")).expect("a folder").count(), 1, "nothing else is left");
    }
}
