//! Documents for the tests: as few words as possible, everything else is filled in.

use crate::house::{House, editor};
use domain::{
    Id, Moment,
    access::{CanManageLibrary, CanReadLibrary, Standing},
    library::{Audience, Category, Description, Effective, Format, LIBRARY, Language, LibraryPage},
};
use store::{
    Access,
    library::{self, Imported, NewDocument, NewFile, NewVersion},
};

/// A document with a title and nothing else to say.
pub fn about(title: &str) -> Description {
    Description {
        title: title.to_owned(),
        summary: String::new(),
        category: Category::PolicyProgram,
        language: Language::Zh,
        audience: Audience::default(),
        effective: Effective::default(),
    }
}

/// A file whose content is named by a word.
pub fn file(content: &str) -> NewFile {
    let sha256 = store::ids::hashed(content);
    NewFile { format: Format::Pdf, file_name: format!("{content}.pdf"), link: None, size_bytes: 1_000, sha256 }
}

/// A published document.
pub fn imported(title: &str, body: &str) -> Imported {
    Imported { id: Id(0), about: about(title), file: file(title), at: day("2026-01-15"), body: Some(body.to_owned()) }
}

/// The first moment of a day.
pub fn day(text: &str) -> Moment {
    text.parse::<domain::Day>().expect("a day").start()
}

impl House {
    pub fn editor(&self) -> Access<CanManageLibrary> {
        self.store.system(editor()).access().expect("an editor")
    }

    pub fn reader(&self, standing: &Standing) -> Access<CanReadLibrary> {
        self.store.system(standing.clone()).access().expect("a partner in a program")
    }

    /// Publishes a document under a new id.
    pub async fn publish(&self, document: Imported) -> Id {
        let id = self.store.ids.id();
        library::import_one(&self.editor(), Imported { id, ..document }).await.expect("a document");
        id
    }

    /// A draft.
    pub async fn draft(&self, title: &str) -> Id {
        let new = NewDocument { about: about(title), file: file(title) };
        library::create(&self.editor(), None, new).await.expect("a draft")
    }

    /// The list as a reader asks for it.
    pub async fn list(&self, standing: &Standing, query: &str) -> LibraryPage {
        library::list(&self.reader(standing), LIBRARY.read(query)).await.expect("a list")
    }

    /// The ids a reader finds with a keyword.
    pub async fn found(&self, standing: &Standing, keyword: &str) -> Vec<Id> {
        let mut asked = LIBRARY.read("size=100");
        asked.keyword = keyword.to_owned();
        asked.sort = "-relevance".to_owned();
        let page = library::list(&self.reader(standing), asked).await.expect("a list");
        assert_eq!(page.total, i64::try_from(page.rows.len()).expect("a number"), "{keyword}");
        page.rows.iter().map(|row| row.id).collect()
    }
}

/// A new version of a document read at a row version.
pub fn replacement(document: Id, version: i64, content: &str) -> NewVersion {
    NewVersion { document, version, file: file(content), what_changed: format!("改为 {content}"), keep_previous_open: false }
}
