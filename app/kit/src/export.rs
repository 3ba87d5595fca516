//! The export menu above a list: files of the same question, made in the background (domain.md F2).

use crate::{act::here, icon::Icon, lang, words};
use domain::{
    access::Side,
    exports::{FileKind, Source, records},
    machine::Keyed,
};
use leptos::prelude::*;

/// The kinds of files a list is offered as. A plain form that the browser sends itself: the page it comes from answers.
#[component]
pub fn ExportMenu(
    /// Which list.
    source: Source,
    /// The question that the page answers, as a query string.
    query: String,
    /// Whose page it is.
    side: Side,
) -> AnyView {
    let lang = lang();
    let kinds = FileKind::ALL.iter().map(|kind| {
        let word = format!("{} {}", words::EXPORT.at(lang), kind.label().at(lang));
        view! { <button class="menu-item" name="kind" value=kind.key() data-testid=format!("export-{}", kind.key())>{word}</button> }
    });
    let kinds = kinds.collect_view();
    view! {
        <div class="push"><details class="filter" name="filter">
            <summary data-testid="export"><span class="val">{words::EXPORT.at(lang)}</span><Icon name="chevron-down" size="s"/></summary>
            <form class="menu" method="post" action="/fn/exports/request">
                <input type="hidden" name="from" value=here()/>
                <input type="hidden" name="source" value=source.key()/>
                <input type="hidden" name="query" value=query/>
                {kinds}
                <a class="menu-item" href=records(side).0>{words::EXPORT_RECORDS.at(lang)}</a>
            </form>
        </details></div>
    }
    .into_any()
}
