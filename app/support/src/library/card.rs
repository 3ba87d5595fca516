//! Home's card: the newest documents.

use super::{functions::newest_documents, list::PATH, text};
use domain::{library::LibraryRow, machine::Keyed};
use kit::{icon::day, lang};
use leptos::prelude::*;

/// The newest documents of the reader's library; nothing for readers who have none.
#[component]
pub fn LatestDocuments() -> AnyView {
    let newest = Resource::new(|| (), |()| newest_documents());
    let lang = lang();
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let Ok(rows) = newest.await.and_then(|packed| packed.open::<Vec<LibraryRow>>()) else { return ().into_any() };
                let items = rows
                    .into_iter()
                    .map(|row| {
                        let title: String = row.title.iter().map(|piece| piece.text.as_str()).collect();
                        let mark = row.is_new.then(|| view! { " "<span class="tag new">{text::NEW.at(lang)}</span> });
                        view! {
                            <li>
                                <span class="tag">{row.category.label().at(lang)}</span>
                                <span class="main"><a href=format!("{PATH}/{}", row.id)>{title}</a>{mark}</span>
                                <span class="aux">{day(row.updated)}</span>
                            </li>
                        }
                    })
                    .collect_view();
                view! {
                    <section class="card">
                        <div class="head"><h2>{text::LATEST.at(lang)}</h2><a class="push" href=PATH>{text::EVERYTHING.at(lang)}</a></div>
                        <div class="body"><ul class="rows">{items}</ul></div>
                    </section>
                }
                .into_any()
            })}
        </Transition>
    }
    .into_any()
}
