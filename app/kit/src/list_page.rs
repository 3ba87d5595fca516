//! The card of a list page: filters, count, files, table, pager. What a page adds are its rows and words.

use crate::{
    drawn::placed,
    export::ExportMenu,
    frame::Frame,
    lang,
    table::{DataTable, Row, heads},
};
use domain::{
    Text,
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
    /// What stands around the rows.
    pub frame: Frame,
    /// Source and records page of its files, if it has files.
    pub files: Option<(&'static str, &'static str)>,
}

/// The card.
#[must_use]
pub fn list_card(listed: Listed) -> AnyView {
    let lang = lang();
    let Listed { list, path, title, asked, rows, total, found, frame, files } = listed;
    let table =
        if rows.is_empty() { placed(frame.nothing) } else { view! { <DataTable list asked path heads=heads(list) rows/> }.into_any() };
    let files = files.map(|(source, records)| view! { <ExportMenu source query=frame.query records/> });
    view! {
        <section class="card" aria-label=title.at(lang)>
            {crate::frame::bar(frame.bar)}
            <div class="toolbar">
                <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                    <b>{found}</b>
                </p>
                {placed(frame.sorted)}
                {files}
            </div>
            {table}
            {placed(frame.foot)}
        </section>
    }
    .into_any()
}
