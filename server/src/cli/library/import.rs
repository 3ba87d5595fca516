//! File by file: is it there already, is it what its name says, what is in it; then one transaction for its row.

use super::{
    Failed, Report,
    folder::Found,
    manifest::{Entry, Manifest},
};
use crate::cli::{in_turn, said};
use domain::{
    Error,
    access::CanManageLibrary,
    library::{Audience, Category, Description, Effective, Format, Language, TITLE_MAX, is_plain},
    machine::Keyed as _,
};
use futures::{StreamExt as _, stream};
use intake::{
    child::{CHILDREN_MAX, extract_in_child},
    documents::{Extracted, Failure, FileFormat, Limits, clean_file_name, verify},
};
use std::path::{Path, PathBuf};
use store::{
    Access, Store,
    files::{Arrived, Name},
    library::{self, Imported, NewFile},
};
use tokio::{fs::File, io::AsyncReadExt as _};

/// Bytes that are copied at a time.
const PIECE_BYTES: usize = 256 * 1024;
/// Titles in the properties of documents that no person wrote.
const NO_TITLES: [&str; 8] = ["untitled", "microsoft word", "powerpoint", "presentation", "slide 1", "无标题", "文档", "演示文稿"];

/// A file that is ready to be published.
struct Ready {
    arrived: Arrived,
    file: NewFile,
    about: Description,
    body: Option<String>,
}

/// What became of a file.
enum Outcome {
    Ready(Box<Ready>),
    Known,
    Failed(String),
}

/// What a file is imported with.
struct Import<'a> {
    store: &'a Store,
    access: &'a Access<CanManageLibrary>,
    category: Category,
    exe: PathBuf,
}

/// Imports what was found.
pub(super) async fn run(
    store: &Store,
    access: &Access<CanManageLibrary>,
    found: Found,
    mut manifest: Manifest,
    category: Category,
) -> Result<Report, String> {
    let exe = std::env::current_exe().map_err(|error| format!("the program cannot find itself: {error}"))?;
    let import = Import { store, access, category, exe };
    let mut report = Report { failed: found.failed, ..Report::default() };
    let said_of: Vec<Entry> = found.files.iter().map(|(_, name)| manifest.remove(name).unwrap_or_default()).collect();
    report.failed.extend(manifest.into_keys().map(|name| Failed::new(name, "The manifest names it, but it is not in the folder.")));
    // Reading a document takes longest: as many are read at once as there may be children, and published in their order.
    let files = found.files.into_iter().zip(said_of);
    let prepared = stream::iter(files).map(|((path, name), entry)| import.prepare(path, name, entry)).buffered(CHILDREN_MAX);
    let mut prepared = std::pin::pin!(prepared);
    while let Some((name, outcome)) = prepared.next().await {
        match outcome? {
            Outcome::Known => report.skipped += 1,
            Outcome::Failed(reason) => report.failed.push(Failed::new(name, reason)),
            Outcome::Ready(ready) => match import.publish(*ready).await? {
                true => report.imported += 1,
                false => report.skipped += 1,
            },
        }
    }
    report.failed.sort_unstable();
    Ok(report)
}

impl Import<'_> {
    async fn prepare(&self, path: PathBuf, name: String, entry: Entry) -> (String, Result<Outcome, String>) {
        let outcome = self.look(&path, &name, entry).await;
        (name, outcome)
    }

    /// Copies a file in and looks at it. An error stops the import; a broken file does not.
    async fn look(&self, path: &Path, name: &str, entry: Entry) -> Result<Outcome, String> {
        if let Some(problem) = entry.problem {
            return Ok(Outcome::Failed(problem));
        }
        let file_name = clean_file_name(name);
        let Some(kind) = FileFormat::from_file_name(&file_name) else {
            let allowed = FileFormat::ALL.map(FileFormat::key).join(", ");
            return Ok(Outcome::Failed(format!("The format isn't supported. Allowed are {allowed}.")));
        };
        let Some(arrived) = self.copy(path).await? else { return Ok(Outcome::Failed("The file can't be read.".to_owned())) };
        if self.is_known(&arrived.sha256).await? {
            return Ok(Outcome::Known);
        }
        let place = arrived.path().to_owned();
        let verified = tokio::task::spawn_blocking(move || verify(&place, kind)).await.map_err(|error| error.to_string())?;
        if let Err(mismatch) = verified {
            return Ok(Outcome::Failed(Failure::from(mismatch).en().to_owned()));
        }
        let found = match extract_in_child(&self.exe, arrived.path(), kind, &Limits::default()).await {
            Ok(extracted) => Some(extracted),
            Err(failure) if is_broken(failure) => return Ok(Outcome::Failed(failure.en().to_owned())),
            Err(_) => None,
        };
        let format = Format::read(kind.key()).ok_or("the reader knows a format that the library does not")?;
        let about = self.describe(&file_name, entry, found.as_ref());
        let file = NewFile { format, file_name, link: None, size_bytes: arrived.size_bytes, sha256: arrived.sha256.clone() };
        let body = found.filter(|_| format.has_text()).map(|extracted| extracted.text);
        match about.checked() {
            Ok(about) => Ok(Outcome::Ready(Box::new(Ready { arrived, file, about, body }))),
            Err(refusal) => Ok(Outcome::Failed(said(&Error::from(refusal)))),
        }
    }

    /// A copy under a name of ours, which nobody changes while it is looked at. None when the file cannot be read.
    async fn copy(&self, path: &Path) -> Result<Option<Arrived>, String> {
        let unwritable = |error: std::io::Error| format!("the files of PC_STORAGE_URL cannot be written: {error}");
        let Ok(mut file) = File::open(path).await else { return Ok(None) };
        let mut arriving = self.store.files.arriving(&self.store.ids.id().to_string()).await.map_err(unwritable)?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let Ok(read) = file.read(&mut piece).await else { return Ok(None) };
            match piece.get(..read) {
                None | Some([]) => break,
                Some(read) => arriving.push(read).await.map_err(unwritable)?,
            }
        }
        arriving.finish().await.map(Some).map_err(unwritable)
    }

    async fn is_known(&self, sha256: &str) -> Result<bool, String> {
        in_turn(|| library::known_file(self.access, sha256)).await.map_err(|error| said(&error))
    }

    /// The manifest knows best, then the document, then its name.
    fn describe(&self, file_name: &str, entry: Entry, found: Option<&Extracted>) -> Description {
        let stem = Path::new(file_name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let written = found.and_then(|found| found.title.clone()).filter(|title| is_title(title));
        let title = entry.title.or(written).unwrap_or(stem);
        let language = entry.language.or_else(|| found.and_then(|found| found.language_hint).map(language_of));
        Description {
            language: language.unwrap_or_else(|| if title.is_ascii() { Language::En } else { Language::Zh }),
            title,
            summary: entry.summary.unwrap_or_default(),
            category: entry.category.unwrap_or(self.category),
            audience: Audience::default(),
            effective: Effective::default(),
        }
    }

    /// Publishes a document; gives false when its file has come meanwhile, twice in the folder or by somebody else.
    async fn publish(&self, ready: Ready) -> Result<bool, String> {
        let Ready { arrived, file, about, body } = ready;
        if self.is_known(&file.sha256).await? {
            return Ok(false);
        }
        // The file gets its name first and its row second: what is cut off between them is a file that nobody sees.
        let sha256 = file.sha256.clone();
        self.store.files.keep(arrived).await.map_err(|error| format!("the files of PC_STORAGE_URL cannot be written: {error}"))?;
        let document = Imported { id: self.store.ids.id(), about, file, at: self.store.clock.now(), body };
        let written = in_turn(|| library::import_one(self.access, document.clone())).await;
        if let Err(error) = &written
            && let Err(failure) = self.store.files.forget(&Name::content(&sha256)).await
        {
            tracing::warn!(%failure, code = error.code(), "a file without a document could not be removed");
        }
        written.map(|()| true).map_err(|error| said(&error))
    }
}

/// The document cannot be opened by anybody, or not without harm. One that only we cannot read is published without its text.
const fn is_broken(failure: Failure) -> bool {
    match failure {
        Failure::Empty | Failure::TypeMismatch | Failure::Damaged | Failure::ExpandsTooFar | Failure::Unavailable => true,
        Failure::TooLarge
        | Failure::Encrypted
        | Failure::TooComplex
        | Failure::NoText
        | Failure::TimedOut
        | Failure::OutOfMemory
        | Failure::Crashed => false,
    }
}

/// A title that a person wrote: it begins with a word, perhaps in quotes or brackets, and no program made it up.
fn is_title(title: &str) -> bool {
    let small = title.trim().to_lowercase();
    let begins = small.starts_with(|c: char| c.is_alphanumeric() || "《「『“‘\"'（([【".contains(c));
    let fits = (2..=TITLE_MAX).contains(&small.chars().count());
    begins && fits && is_plain(title) && !NO_TITLES.iter().any(|none| small.starts_with(none))
}

const fn language_of(hint: intake::documents::Language) -> Language {
    match hint {
        intake::documents::Language::Zh => Language::Zh,
        intake::documents::Language::En => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_a_program_wrote_are_none() {
        for title in ["Microsoft Word - price.doc", "untitled", "Slide 1", "x", " ", "a\u{202e}b", ".. _tools:", "---"] {
            assert!(!is_title(title), "{title}");
        }
        for title in ["Debian 参考手册", "《伙伴协议》", "2026 年激励政策", "“记欠票”规则"] {
            assert!(is_title(title), "{title}");
        }
    }
}
