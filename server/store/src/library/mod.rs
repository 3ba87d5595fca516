//! The resource library's rows (domain.md F1): reading for partners, editing for staff, text found inside files.

mod edit;
mod hits;
mod import;
mod insert;
mod list;
mod marks;
mod read;
mod shelves;
mod texts;

pub use edit::{Described, Moved, NewDocument, NewFile, NewVersion, create, describe, move_document, replace};
pub use import::{Imported, Importer, import_one, importer, known_file};
pub(crate) use list::list_rows;
pub use list::{list, list_plan, newest};
pub use marks::{Recent, followers, mark, recent};
pub(crate) use read::download_rows;
pub use read::{
    FileToSend, as_partner, beginning, detail, downloads, editor_beginning, editor_detail, editor_file, editor_list, file, files_to_pack,
    record_download,
};
pub use shelves::Shelves;
pub use texts::{Waiting, keep_text, next_waiting};

use crate::{
    dialect::{self, Searched},
    lists::in_days,
    sql::{Row, Sql},
    write::Tx,
};
use domain::{
    Error, Moment,
    library::{Audience, Category, is_new},
    list::Asked,
    machine::Keyed as _,
    search::{Piece, Term, marked, terms},
};

/// Matches up to which a filter is answered from its own index; beyond, walking the sort order finds a page sooner.
const FEW: i64 = 3_000;

/// Puts the words of a document in place of those before. What is found changes with it, so it starts a new revision.
async fn reindex(tx: &mut Tx, document: Searched<'_>) -> Result<(), Error> {
    dialect::index_words(tx, document).await?;
    shelves::touch(tx).await
}

/// Refuses what a list cannot answer; the terms of its keyword.
fn checked(asked: &Asked) -> Result<Vec<Term>, Error> {
    crate::lists::checked(asked)?;
    Ok(terms(&asked.keyword))
}

/// The chosen category with its children.
fn categories(asked: &Asked) -> Vec<Category> {
    asked.chosen("category").filter_map(Category::read).flat_map(Category::with_children).collect()
}

/// ` AND column IN (..)`, nothing for an empty list. `walk` keeps the index of the column out of the plan.
fn within(sql: Sql, column: &'static str, walk: bool, keys: &[&str]) -> Sql {
    if keys.is_empty() {
        return sql;
    }
    let sql = if walk { sql.and(" AND (").and(column).and(" || '') IN ") } else { sql.and(" AND ").and(column).and(" IN ") };
    sql.list(keys.iter().copied())
}

fn audience(row: &Row, identities: usize, programs: usize) -> Result<Audience, Error> {
    Ok(Audience { identities: row.keys(identities)?, programs: row.keys(programs)? })
}

/// The second line of a row: the place of the hit when there is a keyword, what changed in a later version, else the summary.
fn second_line(summary: &str, what_changed: &str, version_no: i64, terms: &[Term]) -> (Vec<Piece>, bool) {
    let changed = version_no > 1 && !what_changed.is_empty() && terms.is_empty();
    let line = if changed { what_changed } else { summary };
    (marked(line, terms), changed)
}

fn fresh(updated: Moment, now: Moment) -> bool {
    is_new(updated, now)
}
