//! Home's card: the newest documents.

use super::{
    functions::{NewestDocuments, RecentRow, newest_documents, recent_downloads},
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
    awaited(ask_once::<NewestDocuments>(|_| Box::pin(newest_documents())), move |answer| match answer.open::<Vec<LibraryRow>>() {
        Ok(rows) => latest(rows, lang),
        Err(_) => ().into_any(),
    })
}

/// What the reader downloaded last; nothing for readers who never did.
#[component]
pub fn RecentDownloads() -> AnyView {
    awaited(ask_once::<super::functions::RecentDownloads>(|_| Box::pin(recent_downloads())), move |answer| {
        match answer.open::<Vec<RecentRow>>() {
            Ok(rows) if !rows.is_empty() => recent(rows),
            _ => ().into_any(),
        }
    })
}

fn recent(rows: Vec<RecentRow>) -> AnyView {
    let lang = lang();
    let item = |row: RecentRow| {
        let mark = row.is_newer.then(|| view! { " "<span class="tag accent">{text::NEWER.at(lang)}</span> });
        view! {
            <li>
                <span class="main"><a href=format!("{PATH}/{}", row.document)>{row.title}</a>{mark}</span>
                <span class="aux">{day(row.at)}</span>
            </li>
        }
    };
    let items = rows.into_iter().map(item).collect_view();
    view! {
        <section class="card" data-testid="recent-downloads">
            <div class="head"><h2>{text::RECENT.at(lang)}</h2><a class="push" href=format!("{PATH}?mine=downloaded")>{text::EVERYTHING.at(lang)}</a></div>
            <div class="body"><ul class="rows">{items}</ul></div>
        </section>
    }
    .into_any()
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
