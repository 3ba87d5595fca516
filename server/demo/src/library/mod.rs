//! The library of the demo world (domain.md F1): documents that are told about, and as many more as are asked for.

mod bulk;
mod featured;
mod script;
mod titles;
mod vocabulary;

use crate::{files::Content, people::Everybody};
use domain::{
    Id,
    access::CanManageLibrary,
    library::{Audience, Description, Effective, Format},
};
use featured::{FEATURED, Featured};
use store::{Access, Store, ids::Ids, library::NewFile};

/// Where the ids of documents come from: a row of its own, so that the first documents are the same in every world.
const IDS_SEED: u64 = crate::SEED ^ 0x6c69_6272_6172_7900;
/// Who edits the library.
const EDITOR: &str = "content@vendor.example";

/// What was made.
pub(crate) struct Made {
    pub documents: u32,
    pub downloads: usize,
}

/// Makes the library: the documents written by hand first, then more until there are `documents` of them.
pub(crate) async fn create(store: &Store, everybody: &Everybody, documents: u32) -> Result<Made, String> {
    let editor = everybody.standing(EDITOR).map_err(crate::said)?;
    let access: Access<CanManageLibrary> = store.system(editor).access().map_err(crate::said)?;
    let ids = Ids::fixed(IDS_SEED);
    let count = usize::try_from(documents).unwrap_or(usize::MAX);
    let featured: Vec<(Id, &Featured)> = FEATURED.iter().take(count).map(|document| (ids.id(), document)).collect();
    let downloads = script::play(store, &access, everybody, &featured).await?;
    bulk::fill(store, &access, ids, featured.len()..count).await?;
    Ok(Made { documents, downloads })
}

/// The ids of the documents written by hand, in their order.
pub(crate) fn ids() -> Vec<Id> {
    let ids = Ids::fixed(IDS_SEED);
    FEATURED.iter().map(|_| ids.id()).collect()
}

impl Featured {
    fn about(&self) -> Description {
        Description {
            title: self.title.to_owned(),
            summary: self.summary.to_owned(),
            category: self.category,
            language: self.language,
            audience: Audience { identities: self.identities.to_vec(), programs: self.programs.to_vec() }.sorted(),
            effective: Effective::default(),
        }
    }
}

/// Takes a file into the store; blocks.
fn take(store: &Store, format: Format, content: &Content) -> Result<NewFile, String> {
    let taken = store.files.take_demo_file(&crate::files::make(format, content));
    let (sha256, size_bytes) = taken.map_err(|error| format!("the files of the demo world cannot be written: {error}"))?;
    Ok(NewFile { format, file_name: file_name(&content.title, format), link: None, size_bytes, sha256 })
}

fn file_name(title: &str, format: Format) -> String {
    let plain: String = title.chars().map(|c| if "<>:\"/\\|?*".contains(c) { '_' } else { c }).collect();
    format!("{plain}.{}", domain::machine::Keyed::key(format))
}
