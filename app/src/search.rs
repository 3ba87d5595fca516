//! `/search`: pages and documents in one place. Ctrl-K or Cmd-K leads to the field in the header; the page works without script.

use domain::{
    Id, Text,
    access::{CanReadLibrary, Side},
    library::LIBRARY,
    machine::Keyed,
    menu,
    search::Piece,
    text,
};
use kit::{
    Page,
    awaited::{Answering, ask},
    call::Answer,
    icon::{Icon, drawing},
    lang,
    listing::use_query,
    packed::Packed,
    sheet::plain_sheet,
    table::{pieces, tile},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

#[cfg(not(target_arch = "wasm32"))]
use domain::Error;
#[cfg(not(target_arch = "wasm32"))]
use kit::{
    drawn::drawn,
    overlay::{Finder, choice},
    sheet,
};

const PATH: &str = "/search";
/// What the field in the header finds while somebody types is asked here.
pub const SUGGEST: &str = "/fn/search/suggest?query=";
/// Pages and documents that are suggested.
const SUGGESTED_MAX: usize = 5;
const TITLE: Text = text("搜索", "Search");
const FIELD: Text = text("搜索页面与资料", "Search pages and documents");
const HINT: Text = text(
    "输入页面名称，或资料标题与正文中的词。按 Ctrl K 随时回到搜索框。",
    "Type the name of a page, or words of a document. Ctrl K leads to the search field from anywhere.",
);
const PAGES: Text = text("页面", "Pages");
const DOCUMENTS: Text = text("资料", "Documents");
const NOTHING: Text = text("没有找到页面或资料", "No page and no document found");
const NOTHING_HINT: Text = text(
    "换一个词，或少写几个字；也可以在资料库中按分类查找。",
    "Try another word, or fewer; or look through the categories of the library.",
);
const ALL: Text = text("在资料库中查看全部", "See all in the resource library");
/// Documents that are shown; the library shows all.
const DOCUMENTS_MAX: usize = 8;

/// A page that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPage {
    label: String,
    hint: String,
    path: String,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDocument {
    id: Id,
    title: Vec<Piece>,
    line: Vec<Piece>,
    format: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    q: String,
    pages: Vec<FoundPage>,
    documents: Vec<FoundDocument>,
    /// Documents in all.
    total: i64,
}

/// Pages of the menu and documents of the library, as far as the caller may open them.
#[server(prefix = "/fn", endpoint = "search/find", input = GetUrl, output = Json)]
pub async fn find_anything(query: String) -> Answer<Packed> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    let asked = LIBRARY.read(&query);
    let q = asked.keyword.clone();
    if q.is_empty() {
        return Ok(sheet::drawn(PATH, &query, || shown(Found::default())));
    }
    let found = found(&access, q, DOCUMENTS_MAX).await?;
    Ok(sheet::drawn(PATH, &query, || shown(found)))
}

/// The first of them, while somebody types.
#[server(prefix = "/fn", endpoint = "search/suggest", input = GetUrl, output = Json)]
pub async fn suggest_anything(query: String) -> Answer<Packed> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    let q = LIBRARY.read("").about(query.trim()).keyword;
    let found = found(&access, q, SUGGESTED_MAX).await?;
    Ok(Packed::new(drawn(suggested(found))))
}

/// What lies over a page to find anything: a field, and the pages one may open until something is typed.
#[server(prefix = "/fn", endpoint = "search/palette", input = GetUrl, output = Json)]
pub async fn palette() -> Answer<Packed> {
    kit::call::access::<domain::access::Anyone>()?;
    Ok(Packed::new(drawn(laid_over())))
}

#[cfg(not(target_arch = "wasm32"))]
fn laid_over() -> AnyView {
    let lang = lang();
    view! {
        <h2 class="visually-hidden" id="palette-title">{TITLE.at(lang)}</h2>
        <form class="palette-field" role="search" action=PATH>
            <Icon name="search"/>
            <Finder id="palette-found" name="q" label=FIELD.at(lang).to_owned() placeholder=FIELD.at(lang) address=SUGGEST.to_owned() open=true/>
        </form>
    }
    .into_any()
}

#[cfg(not(target_arch = "wasm32"))]
async fn found(access: &store::Access<domain::access::Anyone>, q: String, most: usize) -> Result<Found, Error> {
    let (standing, lang) = (access.caller().standing()?, lang());
    let groups = if standing.side == Side::Vendor { menu::CONSOLE } else { menu::PORTAL };
    let page = |entry: &'static menu::Entry| FoundPage {
        label: entry.label.at(lang).to_owned(),
        hint: entry.hint.at(lang).to_owned(),
        path: entry.path.to_owned(),
    };
    let pages = menu::found(groups, standing, &q).into_iter().map(page).collect();
    // Whoever may not read the library finds no documents; the pages stay.
    let (documents, total) = match access.caller().access::<CanReadLibrary>() {
        _ if q.is_empty() => (Vec::new(), 0),
        Ok(library) => {
            let listed = store::library::list(&library, LIBRARY.read("").about(&q)).await?;
            let document = |row: domain::library::LibraryRow| FoundDocument {
                id: row.id,
                title: row.title,
                line: row.line,
                format: row.format.key().to_owned(),
            };
            (listed.rows.into_iter().take(most).map(document).collect(), listed.total)
        }
        Err(Error::WhyNot(_)) => (Vec::new(), 0),
        Err(error) => return Err(error),
    };
    Ok(Found { q, pages, documents, total })
}

#[cfg(not(target_arch = "wasm32"))]
fn suggested(Found { q, pages, documents, total }: Found) -> AnyView {
    let lang = lang();
    let group = |title: Text, items: Vec<AnyView>| {
        (!items.is_empty())
            .then(|| view! { <div role="group" aria-label=title.at(lang)><p class="menu-title">{title.at(lang)}</p>{items}</div> })
    };
    let pages = pages
        .into_iter()
        .take(if q.is_empty() { usize::MAX } else { SUGGESTED_MAX })
        .map(|page| choice(page.path, "arrow-right", page.label.into_any(), page.hint))
        .collect();
    let document = |document: FoundDocument| {
        choice(format!("/support/library/{}", document.id), "file", pieces(&document.title).into_any(), String::new())
    };
    let documents = documents.into_iter().map(document).collect();
    if q.is_empty() {
        return group(PAGES, pages).into_any();
    }
    let mut all = format!("{PATH}?q=");
    domain::list::encode(&q, &mut all);
    let words = match lang {
        domain::Lang::Zh => format!("查看“{q}”的全部结果（资料 {total} 份）"),
        domain::Lang::En => format!("See everything found for “{q}” ({total} documents)"),
    };
    view! { {group(PAGES, pages)}{group(DOCUMENTS, documents)}<div role="group" aria-label=TITLE.at(lang)>{choice(all, "search", words.into_any(), String::new())}</div> }.into_any()
}

/// The page.
#[derive(Clone)]
pub struct SearchPage {
    found: Answering,
}

#[lazy_route]
impl LazyRoute for SearchPage {
    fn data() -> Self {
        let query = use_query();
        Self { found: ask::<FindAnything>("query", query, |query| Box::pin(find_anything(query))) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.found, Vec::new)
    }
}

fn shown(found: Found) -> AnyView {
    let lang = lang();
    let Found { q, pages, documents, total } = found;
    let nothing = (!q.is_empty() && pages.is_empty() && documents.is_empty()).then(|| {
        view! {
            <div class="empty" role="status">
                {drawing("art", "art-empty")}
                <h2>{NOTHING.at(lang)}</h2>
                <p>{NOTHING_HINT.at(lang)}</p>
                <div class="actions"><a class="btn" href="/support/library">{LIBRARY.caption.at(lang)}</a></div>
            </div>
        }
    });
    let pages = pages.into_iter().map(|page| {
        view! { <li><a class="main" href=page.path data-testid="found-page"><b>{page.label}</b><span class="sub">{page.hint}</span></a></li> }
    });
    let all = (total > 0).then(|| {
        let href = LIBRARY.address("/support/library", &LIBRARY.read("").about(&q));
        view! { <div class="foot"><a href=href>{ALL.at(lang)}" ("{total}")"</a></div> }
    });
    let documents = documents.into_iter().map(|document| {
        let (key, word) = domain::library::Format::read(&document.format).map_or(("", ""), |format| (format.key(), format.label().at(lang)));
        let line = (!document.line.is_empty()).then(|| view! { <span class="sub">{pieces(&document.line)}</span> });
        let href = format!("/support/library/{}", document.id);
        view! { <li>{tile((key, word))}<div class="main"><a href=href data-testid="found-document">{pieces(&document.title)}</a>{line}</div></li> }
    });
    let card = |title: Text, items: AnyView, foot: Option<AnyView>| {
        view! { <section class="card" aria-label=title.at(lang)><div class="head"><h2>{title.at(lang)}</h2></div><div class="body"><ul class="rows">{items}</ul></div>{foot}</section> }.into_any()
    };
    let pages = (pages.len() > 0).then(|| card(PAGES, pages.collect_view().into_any(), None));
    let documents = (documents.len() > 0).then(|| card(DOCUMENTS, documents.collect_view().into_any(), all.map(IntoAny::into_any)));
    kit::page::more_styles();
    view! {
        <Page title=TITLE.at(lang) lede=HINT.at(lang) width="form">
            <div class="stack">
                <form class="card pad" role="search" action="/search" aria-label=FIELD.at(lang)>
                    <span class="affix l"><Icon name="search"/><input type="search" name="q" value=q maxlength="200" aria-label=FIELD.at(lang) data-testid="search-input"/></span>
                </form>
                {nothing}
                {pages}
                {documents}
            </div>
        </Page>
    }
    .into_any()
}
