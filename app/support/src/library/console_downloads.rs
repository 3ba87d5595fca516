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
    Crumb, Page, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    filter::Bar,
    frame::{Frame, Framed},
    list_page::{Listed, list_card},
    listing::use_query,
    table::{Cell, Row, Shown},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const PATH: &str = "/console/downloads";

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
        awaited(rows, move |answer| match answer.open::<Framed<Downloads>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let asked = CONSOLE_DOWNLOADS.read(&query.get_untracked());
                let page = Downloads { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &Downloads, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_DOWNLOADS,
        path: PATH,
        asked: page.asked.clone(),
        found: text::records(page.total, kit::lang()),
        counts: Vec::new(),
        today: page.today,
        placeholder: text::DOWNLOAD_SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<Downloads>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: Downloads { asked, rows, total, .. } } = framed;
    let crumbs = vec![Crumb::to(text::CONSOLE.at(lang), LIBRARY_PATH), Crumb::here(text::DOWNLOAD_LOG.at(lang))];
    let listed = Listed {
        list: &CONSOLE_DOWNLOADS,
        path: PATH,
        title: text::DOWNLOAD_LOG,
        rows: rows.into_iter().map(|row| table_row(row, lang)).collect(),
        found: text::records(total, lang),
        frame,
        files: Some(("console-downloads", "/console/exports")),
        asked,
        total,
    };
    view! { <Page title=text::DOWNLOAD_LOG.at(lang) lede=text::DOWNLOAD_LOG_LEDE.at(lang) crumbs>{list_card(listed)}</Page> }.into_any()
}

pub(super) fn table_row(row: DownloadRow, lang: Lang) -> Row {
    let label = |key: &str| CONSOLE_DOWNLOADS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let plain = |key: &'static str, text: String| Cell { key, label: label(key), shown: Shown::Text { text, category: None } };
    Row {
        id: row.id.to_string(),
        cells: vec![
            Cell { key: "at", label: label("at"), shown: Shown::Moment(row.at) },
            Cell {
                key: "title",
                label: label("title"),
                shown: Shown::Link { href: format!("{LIBRARY_PATH}/{}", row.document), text: row.title },
            },
            version(row.version_no, lang),
            plain("company", row.company),
            plain("person", row.person),
        ],
    }
}
