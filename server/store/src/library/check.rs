//! Are the files of all versions there?

use crate::{access::Store, sql::sql};
use domain::Error;

/// Versions that a check reads at a time.
const PAGE: i64 = 1_000;
/// Findings that a check tells; more say nothing new.
const FINDINGS_MAX: usize = 100;

/// What a check of all files found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedFiles {
    /// Versions that have a file.
    pub versions: i64,
    /// Versions without their file, at most a hundred.
    pub findings: Vec<FileFinding>,
}

/// A version without its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFinding {
    /// The document.
    pub document: String,
    /// The version.
    pub no: i64,
    /// What is wrong.
    pub what: &'static str,
}

/// Looks for the file of every version, with its size.
///
/// # Errors
/// The database does not answer.
pub async fn check_files(store: &Store) -> Result<CheckedFiles, Error> {
    let mut checked = CheckedFiles::default();
    let (mut document, mut no) = (String::new(), 0);
    loop {
        let page = sql("SELECT document_id, no, sha256, size_bytes FROM library_versions WHERE link IS NULL AND (document_id, no) > ");
        let page = page.and("(").value(&document).and(", ").value(no).and(") ORDER BY document_id, no").limit(PAGE);
        let rows = store.db.rows(page).await?;
        let Some(last) = rows.last() else { return Ok(checked) };
        (document, no) = (last.text(0)?, last.int(1)?);
        for row in &rows {
            checked.versions += 1;
            let what = match tokio::fs::metadata(store.files.path(&row.text(2)?)).await {
                Ok(file) if file.is_file() && i64::try_from(file.len()) == Ok(row.int(3)?) => continue,
                Ok(_) => "its file has another size",
                Err(_) => "its file is missing",
            };
            if checked.findings.len() < FINDINGS_MAX {
                checked.findings.push(FileFinding { document: row.text(0)?, no: row.int(1)?, what });
            }
        }
    }
}
