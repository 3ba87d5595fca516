//! `/console/downloads`: who downloaded which version, and when.

use super::{
    cells::version,
    console_list::PATH as LIBRARY_PATH,
    functions::{ListDownloads, list_downloads},
    text,
};
use domain::{
    Lang,
    library::{CONSOLE_DOWNLOADS, DownloadRow, Downloads},
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    list_page::{Listed, list_card},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub(super) const PATH: &str = "/console/downloads";

/// The page.
#[derive(Clone)]
pub struct ConsoleDownloads {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleDownloads {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListDownloads>("query", query, |query| Box::pin(list_downloads(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleDownloads { query, rows } = this;
        sheet(rows, Vec::new, move |fault| {
            let asked = CONSOLE_DOWNLOADS.read(&query.get_untracked());
            let page = Downloads { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
            Some(shown(page, fault.refused()))
        })
    }
}

pub(super) fn shown(page: Downloads, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let Downloads { asked, rows, total, today } = page;
    let crumbs = vec![Crumb::to(text::CONSOLE.at(lang), LIBRARY_PATH), Crumb::here(text::DOWNLOAD_LOG.at(lang))];
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        placeholder: text::DOWNLOAD_SEARCH,
        files: Some(("console-downloads", "/console/exports")),
        ..Listed::new((&CONSOLE_DOWNLOADS, PATH, text::DOWNLOAD_LOG), asked, rows, (total, text::records(total, lang)))
    };
    view! { <Page title=text::DOWNLOAD_LOG.at(lang) lede=text::DOWNLOAD_LOG_LEDE.at(lang) crumbs>{list_card(list)}</Page> }.into_any()
}

pub(super) fn table_row(row: DownloadRow, lang: Lang) -> Row {
    let cell = cells(&CONSOLE_DOWNLOADS);
    let plain = |key: &'static str, text: String| cell(key, Shown::Text { text, category: None });
    Row {
        id: row.id.to_string(),
        cells: vec![
            cell("at", Shown::Moment(row.at)),
            cell("title", Shown::Link { href: format!("{LIBRARY_PATH}/{}", row.document), text: row.title }),
            version(row.version_no, lang),
            plain("company", row.company),
            plain("person", row.person),
        ],
    }
}
