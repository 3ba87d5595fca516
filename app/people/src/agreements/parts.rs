//! Parts that several pages of agreements draw alike.

use super::text;
use domain::{Day, Lang, Text, list::List};
use kit::{
    icon::drawing,
    table::{Cell, DataTable, Row, Shown, heads},
};
use leptos::prelude::*;

/// A table without filters, pages and sorts, and how many rows it has.
pub(super) fn plain_table(list: &'static List, path: &'static str, rows: Vec<Row>, found: String) -> AnyView {
    let count = rows.len();
    view! {
        <div class="toolbar">
            <p class="result-count" role="status" data-testid="result-count" data-count=count.to_string()><b>{found}</b></p>
        </div>
        <DataTable list asked=list.read("") path heads=heads(list) rows/>
    }
    .into_any()
}

/// What stands where there is no row.
pub(super) fn empty(title: Text, hint: Option<Text>, lang: Lang) -> AnyView {
    let hint = hint.map(|hint| view! { <p>{hint.at(lang)}</p> });
    view! { <div class="empty">{drawing("art", "art-empty")}<h2>{title.at(lang)}</h2>{hint}</div> }.into_any()
}

/// A cell with the label of its column.
pub(super) fn cell(list: &'static List, key: &'static str, shown: Shown, lang: Lang) -> Cell {
    let label = list.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    Cell { key, label, shown }
}

pub(super) const fn plain(text: String) -> Shown {
    Shown::Text { text, category: None }
}

/// A day, or that there is none.
pub(super) fn day(day: Option<Day>, lang: Lang) -> String {
    day.map_or_else(|| text::NO_UNTIL.at(lang).to_owned(), |day| day.to_string())
}

pub(super) const fn requirement(mandatory: bool) -> Text {
    if mandatory { text::MANDATORY } else { text::OPTIONAL }
}

/// A fact: its name and its value.
pub(super) fn fact(name: Text, value: impl IntoView + 'static) -> AnyView {
    view! { <div><dt>{name.at(kit::lang())}</dt><dd>{value}</dd></div> }.into_any()
}

/// A text by its paragraphs.
pub(super) fn prose(paragraphs: Vec<String>) -> AnyView {
    let paragraphs = paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    view! { <div class="prose agreement">{paragraphs}</div> }.into_any()
}
