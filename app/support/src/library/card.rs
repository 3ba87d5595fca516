//! Home's card: the newest documents.

use super::{
    functions::{NewestDocuments, newest_documents},
    list::PATH,
    text,
};
use domain::{Lang, library::LibraryRow, machine::Keyed};
use kit::{
    awaited::{ask_once, awaited},
    icon::day,
    lang,
};
use leptos::prelude::*;

/// The newest documents of the reader's library; nothing for readers who have none.
#[component]
pub fn LatestDocuments() -> AnyView {
    let lang = lang();
    awaited(ask_once::<NewestDocuments>(|_| Box::pin(newest_documents())), move |answer, _| match answer.open::<Vec<LibraryRow>>() {
        Ok(rows) => latest(rows, lang),
        Err(_) => ().into_any(),
    })
}

fn latest(rows: Vec<LibraryRow>, lang: Lang) -> AnyView {
    let item = |row: LibraryRow| {
        let title: String = row.title.iter().map(|piece| piece.text.as_str()).collect();
        let mark = row.is_new.then(|| view! { " "<span class="tag new">{text::NEW.at(lang)}</span> });
        view! {
            <li>
                <span class="tag">{row.category.label().at(lang)}</span>
                <span class="main"><a href=format!("{PATH}/{}", row.id)>{title}</a>{mark}</span>
                <span class="aux">{day(row.updated)}</span>
            </li>
        }
    };
    let items = rows.into_iter().map(item).collect_view();
    view! {
        <section class="card">
            <div class="head"><h2>{text::LATEST.at(lang)}</h2><a class="push" href=PATH>{text::EVERYTHING.at(lang)}</a></div>
            <div class="body"><ul class="rows">{items}</ul></div>
        </section>
    }
    .into_any()
}
