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
    export::ExportMenu,
    filter::{Bar, FilterBar},
    listing::{NothingFound, use_query},
    pager::Pager,
    table::{Cell, DataTable, Row, Shown, heads},
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
        let query = use_query(&CONSOLE_DOWNLOADS);
        Self { query, rows: ask::<ListDownloads>("query", query, |query| Box::pin(list_downloads(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleDownloads { query, rows } = this;
        awaited(rows, move |answer, busy| match answer.open::<Downloads>() {
            Ok(page) => whole(page, busy, None),
            Err(fault) if fault.field.is_some() => {
                let asked = CONSOLE_DOWNLOADS.read(&query.get_untracked());
                let page = Downloads { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
                whole(page, busy, fault.field.map(|field| (field, fault.message)))
            }
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

fn whole(page: Downloads, busy: ReadSignal<bool>, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let Downloads { asked, rows, total, today } = page;
    let crumbs = vec![Crumb::to(text::CONSOLE.at(lang), LIBRARY_PATH), Crumb::here(text::DOWNLOAD_LOG.at(lang))];
    let bar = Bar {
        list: &CONSOLE_DOWNLOADS,
        path: PATH,
        asked: asked.clone(),
        found: text::records(total, lang),
        counts: Vec::new(),
        today,
        placeholder: text::DOWNLOAD_SEARCH,
        error,
        busy,
    };
    let comma = if lang == Lang::Zh { "，" } else { ", " };
    let table = if rows.is_empty() {
        view! { <NothingFound list=&CONSOLE_DOWNLOADS path=PATH asked=asked.clone()/> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
        view! { <DataTable list=&CONSOLE_DOWNLOADS asked=asked.clone() path=PATH heads=heads(&CONSOLE_DOWNLOADS) rows busy/> }.into_any()
    };
    view! {
        <Page title=text::DOWNLOAD_LOG.at(lang) lede=text::DOWNLOAD_LOG_LEDE.at(lang) crumbs>
            <section class="card" aria-label=text::DOWNLOAD_LOG.at(lang)>
                <FilterBar bar/>
                <div class="toolbar">
                    <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                        <b>{text::records(total, lang)}</b>{comma}{CONSOLE_DOWNLOADS.sorted_by(&asked, lang)}
                    </p>
                    <ExportMenu source="console-downloads" query=CONSOLE_DOWNLOADS.write(&asked) records="/console/exports"/>
                </div>
                {table}
                <Pager list=&CONSOLE_DOWNLOADS path=PATH asked total/>
            </section>
        </Page>
    }
    .into_any()
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
