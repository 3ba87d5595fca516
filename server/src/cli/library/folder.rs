//! The files of a folder, in the order of their names. Links are not followed: what they lead to is either found by itself or none
//! of our business.

use super::Failed;
use domain::library::UPLOAD_MAX_BYTES;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Files of one import.
const FILES_MAX: usize = 100_000;
/// Folders inside each other.
const DEPTH_MAX: usize = 32;

/// What is in a folder.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files to import: the path, and the name below the folder.
    pub files: Vec<(PathBuf, String)>,
    /// What cannot be imported, whatever is in it.
    pub failed: Vec<Failed>,
}

/// Reads a folder.
pub(super) fn walk(folder: &Path) -> Result<Found, String> {
    let unreadable = |error: io::Error| format!("the folder {} cannot be read: {error}", folder.display());
    let root = fs::canonicalize(folder).map_err(unreadable)?;
    if !root.is_dir() {
        return Err(format!("{} is not a folder", folder.display()));
    }
    let mut found = Found::default();
    below(&root, &root, 0, &mut found)?;
    Ok(found)
}

fn below(root: &Path, folder: &Path, depth: usize, found: &mut Found) -> Result<(), String> {
    let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut paths = match entries {
        Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect::<Vec<_>>(),
        Err(error) => {
            found.failed.push(Failed::new(name(folder), format!("The folder can't be read: {error}.")));
            return Ok(());
        }
    };
    paths.sort_unstable();
    for path in paths.into_iter().filter(|path| !is_hidden(path)) {
        let Ok(about) = fs::symlink_metadata(&path) else {
            found.failed.push(Failed::new(name(&path), "The file can't be read."));
            continue;
        };
        if about.is_symlink() {
            if !leads_inside(root, &path) {
                found.failed.push(Failed::new(name(&path), "The link leads out of the folder."));
            }
        } else if about.is_dir() && depth < DEPTH_MAX {
            below(root, &path, depth + 1, found)?;
        } else if about.is_dir() {
            found.failed.push(Failed::new(name(&path), format!("Folders are read {DEPTH_MAX} deep.")));
        } else if !about.is_file() {
            found.failed.push(Failed::new(name(&path), "It is not a file."));
        } else if i64::try_from(about.len()).is_ok_and(|size| size <= UPLOAD_MAX_BYTES) {
            let name = name(&path);
            found.files.push((path, name));
        } else {
            found.failed.push(Failed::new(name(&path), format!("The file is larger than {}.", domain::text::Bytes(UPLOAD_MAX_BYTES))));
        }
        if found.files.len() > FILES_MAX {
            return Err(format!("the folder has more than {FILES_MAX} files; import its parts"));
        }
    }
    Ok(())
}

/// What systems put into folders for themselves.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db"
}

fn leads_inside(root: &Path, link: &Path) -> bool {
    fs::canonicalize(link).is_ok_and(|target| target.starts_with(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_their_names_and_links_lead_nowhere() {
        let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let root = folder.path();
        fs::create_dir(root.join("b")).expect("a folder");
        for name in ["b/2.txt", "b/10.txt", "a.txt", "c.pdf", ".DS_Store", "~$c.docx"] {
            fs::write(root.join(name), name).expect("a file");
        }
        fs::write(other.path().join("secret.txt"), "secret").expect("a file");
        std::os::unix::fs::symlink(other.path().join("secret.txt"), root.join("out.txt")).expect("a link");
        std::os::unix::fs::symlink(other.path(), root.join("out")).expect("a link");
        std::os::unix::fs::symlink(root.join("a.txt"), root.join("again.txt")).expect("a link");
        std::os::unix::fs::symlink(root, root.join("b/loop")).expect("a link");
        let found = walk(root).expect("a folder");
        let names: Vec<_> = found.files.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["a.txt", "b/10.txt", "b/2.txt", "c.pdf"]);
        let failed: Vec<_> = found.failed.iter().map(|failed| failed.file.as_str()).collect();
        assert_eq!(failed, ["out", "out.txt"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        assert!(walk(Path::new("/no/such/folder")).expect_err("no folder").contains("/no/such/folder"));
    }
}
