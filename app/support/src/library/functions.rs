//! What the library's pages ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]
#![expect(clippy::too_many_arguments, reason = "the fields of one form are the arguments of its function")]

use domain::{
    Id, Moment,
    access::{Identity, Program},
    library::{Audience, Category, Description, Effective, Language, Mine, Step},
    machine::Keyed,
};
use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Error,
    access::{CanManageLibrary, CanReadLibrary, CanSeeLibraryDownloads},
    library::{CONSOLE_DOWNLOADS, CONSOLE_LIBRARY, LIBRARY, Refusal},
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;

/// A document that the caller downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentRow {
    /// The document.
    pub document: Id,
    /// Its title.
    pub title: String,
    /// When last.
    pub at: Moment,
    /// It has a newer version by now.
    pub is_newer: bool,
}

/// The partner's list for a query string.
#[server(prefix = "/fn", endpoint = "library/list", input = GetUrl, output = Json)]
pub async fn list_library(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReadLibrary>()?;
    let kept = store::views::kept(&access, &LIBRARY).await?;
    let page = store::library::list(&access, kept.opened(&LIBRARY, &query)).await?;
    let picked = kit::selection::is_picked(&query);
    let without = without(&access, &page).await?;
    Ok(sheet::remembered(super::list::PATH, &query, &(&page, &kept, without), || {
        let setup = kit::tools::setup(&LIBRARY, super::list::PATH, &page.asked, &kept);
        super::list::shown(page.clone(), setup, Some(picked), without, None)
    }))
}

/// When nothing is found: how many there were without the filter that the page offers to take away.
#[cfg(not(target_arch = "wasm32"))]
async fn without(access: &store::Access<CanReadLibrary>, page: &domain::library::LibraryPage) -> Result<Option<i64>, Error> {
    let less = if page.total == 0 { kit::listing::narrowest(&LIBRARY, &page.asked) } else { None };
    match less {
        Some((_, rest)) => Ok(Some(store::library::list(access, rest).await?.total)),
        None => Ok(None),
    }
}

/// The newest documents, for home.
#[server(prefix = "/fn", endpoint = "library/newest", input = GetUrl, output = Json)]
pub async fn newest_documents() -> Answer<Packed> {
    let access = kit::call::access::<CanReadLibrary>()?;
    Ok(Packed::new(store::library::newest(&access, 5).await?))
}

/// What the caller downloaded last, for home.
#[server(prefix = "/fn", endpoint = "library/recent", input = GetUrl, output = Json)]
pub async fn recent_downloads() -> Answer<Packed> {
    let access = kit::call::access::<CanReadLibrary>()?;
    let row = |recent: store::library::Recent| RecentRow {
        document: recent.document,
        title: recent.title,
        at: recent.at,
        is_newer: recent.is_newer,
    };
    Ok(Packed::new(store::library::recent(&access, 5).await?.into_iter().map(row).collect::<Vec<_>>()))
}

/// Marks a document as a favourite or to be followed, or takes the mark away.
#[server(prefix = "/fn", endpoint = "library/mark", input = PostUrl, output = Json)]
pub async fn mark_document(document: String, mark: String, on: String) -> Answer<Done> {
    let access = kit::call::access::<CanReadLibrary>()?;
    let (document, mark) = (parse_id(&document)?, keyed::<Mine>("mark", &mark)?);
    let on = match on.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::Invalid { field: "on".to_owned() }.into()),
    };
    store::library::mark(&access, document, mark, on).await?;
    Ok(Done::at(format!("/support/library/{document}"), super::text::marked(mark, on).at(kit::lang())))
}

/// Packs the chosen documents into one file, or marks each of them as a favourite. What can't be packed whole is not packed at all.
#[server(prefix = "/fn", endpoint = "library/batch", input = PostUrl, output = Json)]
pub async fn batch_documents(#[server(default)] task: Option<Vec<String>>, step: String) -> Answer<Done> {
    let access = kit::call::access::<CanReadLibrary>()?;
    let mut documents: Vec<Id> = Vec::new();
    for id in task.unwrap_or_default().iter().take(BATCH_MAX + 1) {
        let id = parse_id(id)?;
        if !documents.contains(&id) {
            documents.push(id);
        }
    }
    match step.as_str() {
        "pack" => {
            store::library::files_to_pack(&access, &documents).await?;
            let ids: Vec<String> = documents.iter().map(|id| format!("id={id}")).collect();
            Ok(Done { to: Some(format!("{}/zip?{}", super::list::PATH, ids.join("&"))), ..Done::default() })
        }
        "favourite" => {
            if documents.is_empty() {
                return Err(Error::from(Refusal::NothingChosen).into());
            }
            if documents.len() > BATCH_MAX {
                return Err(Error::Invalid { field: "task".to_owned() }.into());
            }
            // One that is not there is told before any is marked.
            for document in &documents {
                store::library::detail(&access, *document).await?;
            }
            for document in &documents {
                store::library::mark(&access, *document, Mine::Favourite, true).await?;
            }
            Ok(Done::said(super::text::favourites(documents.len(), kit::lang())))
        }
        _ => Err(Error::Invalid { field: "step".to_owned() }.into()),
    }
}

/// A document as the caller may see it.
#[server(prefix = "/fn", endpoint = "library/detail", input = GetUrl, output = Json)]
pub async fn document_detail(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanReadLibrary>()?;
    Ok(Packed::new(store::library::detail(&access, parse_id(&id)?).await?))
}

/// The editor's list for a query string.
#[server(prefix = "/fn", endpoint = "library/editor-list", input = GetUrl, output = Json)]
pub async fn list_editor(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageLibrary>()?;
    let page = store::library::editor_list(&access, CONSOLE_LIBRARY.read(&query)).await?;
    Ok(sheet::drawn(super::console_list::PATH, &query, || super::console_list::shown(page, None)))
}

/// A document as an editor sees it.
#[server(prefix = "/fn", endpoint = "library/editor-detail", input = GetUrl, output = Json)]
pub async fn editor_document(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageLibrary>()?;
    Ok(Packed::new(store::library::editor_detail(&access, parse_id(&id)?).await?))
}

/// The page of a document for its editor.
#[server(prefix = "/fn", endpoint = "library/console-show", input = GetUrl, output = Json)]
pub async fn show_editor_document(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageLibrary>()?;
    let document = store::library::editor_detail(&access, parse_id(&id)?).await?;
    let path = format!("{}/{}", super::console_list::PATH, document.detail.id);
    Ok(sheet::drawn(path, "", || super::console_detail::shown(document)))
}

/// A document as partners see it, for its editor.
#[server(prefix = "/fn", endpoint = "library/as-partner", input = GetUrl, output = Json)]
pub async fn document_as_partner(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageLibrary>()?;
    Ok(Packed::new(store::library::as_partner(&access, parse_id(&id)?).await?))
}

/// The editor's proof alone: the page of the empty form.
#[server(prefix = "/fn", endpoint = "library/may-edit", input = GetUrl, output = Json)]
pub async fn may_edit() -> Answer<Packed> {
    kit::call::access::<CanManageLibrary>()?;
    Ok(Packed::new(kit::call::store()?.ids.id().to_string()))
}

/// Who downloaded what, for a query string.
#[server(prefix = "/fn", endpoint = "library/downloads", input = GetUrl, output = Json)]
pub async fn list_downloads(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanSeeLibraryDownloads>()?;
    let page = store::library::downloads(&access, CONSOLE_DOWNLOADS.read(&query)).await?;
    Ok(sheet::drawn(super::console_downloads::PATH, &query, || super::console_downloads::shown(page, None)))
}

/// Changes title, summary, category, language and audience.
#[server(prefix = "/fn", endpoint = "library/describe", input = PostUrl, output = Json)]
pub async fn describe_document(
    document: String,
    version: String,
    title: String,
    summary: String,
    category: String,
    language: String,
    #[server(default)] effective_from: String,
    #[server(default)] effective_until: String,
    #[server(default)] audience_identity: Option<Vec<String>>,
    #[server(default)] audience_program: Option<Vec<String>>,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageLibrary>()?;
    let about = Description {
        title,
        summary,
        category: keyed::<Category>("category", &category)?,
        language: keyed::<Language>("language", &language)?,
        audience: Audience {
            identities: all::<Identity>("audience_identity", &audience_identity.unwrap_or_default())?,
            programs: all::<Program>("audience_program", &audience_program.unwrap_or_default())?,
        },
        effective: Effective::read(&effective_from, &effective_until).map_err(Error::from)?,
    };
    let (document, version) = (parse_id(&document)?, number("version", &version)?);
    store::library::describe(&access, store::library::Described { document, version, about }).await?;
    Ok(Done::at(format!("/console/library/{document}"), super::text::SAVED.at(kit::lang())))
}

/// Publishes, withdraws or discards.
#[server(prefix = "/fn", endpoint = "library/move", input = PostUrl, output = Json)]
pub async fn move_document(document: String, version: String, step: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageLibrary>()?;
    let invalid = || Error::Invalid { field: "step".to_owned() };
    let step = Step::ALL.iter().copied().find(|other| other.key() == step).ok_or_else(invalid)?;
    let (document, version) = (parse_id(&document)?, number("version", &version)?);
    store::library::move_document(&access, store::library::Moved { document, version, step }).await?;
    Ok(Done::at(format!("/console/library/{document}"), super::text::moved(step).at(kit::lang())))
}

/// Documents of one batch: a page of the list.
#[cfg(not(target_arch = "wasm32"))]
const BATCH_MAX: usize = 100;

#[cfg(not(target_arch = "wasm32"))]
fn parse_id(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

#[cfg(not(target_arch = "wasm32"))]
fn number(field: &str, text: &str) -> Result<i64, Error> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| Error::Invalid { field: field.to_owned() })
}

#[cfg(not(target_arch = "wasm32"))]
fn keyed<K: Keyed>(field: &str, key: &str) -> Result<K, Error> {
    K::read(key).ok_or_else(|| Error::Invalid { field: field.to_owned() })
}

#[cfg(not(target_arch = "wasm32"))]
fn all<K: Keyed>(field: &str, keys: &[String]) -> Result<Vec<K>, Error> {
    keys.iter().map(|key| keyed(field, key)).collect()
}
