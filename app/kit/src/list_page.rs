//! The card of a list page: filters, count, files, table, pager. What a page adds are its rows and words.

use crate::{
    export::ExportMenu,
    filter::{Bar, FilterBar},
    lang,
    listing::NothingFound,
    pager::Pager,
    table::{DataTable, Row, heads},
};
use domain::{
    Day, Lang, Text,
    list::{Asked, List},
};
use leptos::prelude::*;

/// What a list page shows.
pub struct Listed {
    /// The list.
    pub list: &'static List,
    /// The path of its page.
    pub path: &'static str,
    /// What it is called.
    pub title: Text,
    /// The question.
    pub asked: Asked,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// Rows of all pages.
    pub total: i64,
    /// That number in words.
    pub found: String,
    /// The business day.
    pub today: Day,
    /// What stands in the empty search field.
    pub placeholder: Text,
    /// Source and records page of its files, if it has files.
    pub files: Option<(&'static str, &'static str)>,
    /// The field that was refused, and why.
    pub error: Option<(String, String)>,
    /// Another question is under way.
    pub busy: ReadSignal<bool>,
}

/// The card.
#[must_use]
pub fn list_card(listed: Listed) -> AnyView {
    let lang = lang();
    let Listed { list, path, title, asked, rows, total, found, today, placeholder, files, error, busy } = listed;
    let bar = Bar { list, path, asked: asked.clone(), found: found.clone(), counts: Vec::new(), today, placeholder, error, busy };
    let comma = if lang == Lang::Zh { "，" } else { ", " };
    let table = if rows.is_empty() {
        view! { <NothingFound list path asked=asked.clone() total/> }.into_any()
    } else {
        view! { <DataTable list asked=asked.clone() path heads=heads(list) rows busy/> }.into_any()
    };
    let files = files.map(|(source, records)| view! { <ExportMenu source query=list.write(&asked) records/> });
    view! {
        <section class="card" aria-label=title.at(lang)>
            <FilterBar bar/>
            <div class="toolbar">
                <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                    <b>{found}</b>{comma}{list.sorted_by(&asked, lang)}
                </p>
                {files}
            </div>
            {table}
            <Pager list path asked total/>
        </section>
    }
    .into_any()
}
