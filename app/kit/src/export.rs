//! The export menu above a list: files of the same question, made in the background (domain.md F2).

use crate::{act::here, icon::Icon, lang, words};
use leptos::prelude::*;

/// The kinds of files; names, no words.
const KINDS: [(&str, &str); 3] = [("xlsx", "XLSX"), ("csv", "CSV"), ("pdf", "PDF")];

/// The kinds of files a list is offered as. A plain form that the browser sends itself: the page it comes from answers.
#[component]
pub fn ExportMenu(
    /// The key of the list's source (`domain::exports::Source`).
    source: &'static str,
    /// The question that the page answers, as a query string.
    query: String,
    /// Where the records are.
    records: &'static str,
) -> AnyView {
    let lang = lang();
    let kinds = KINDS.iter().map(|(key, name)| {
        let word = format!("{} {name}", words::EXPORT.at(lang));
        view! { <button class="menu-item" name="kind" value=*key data-testid=format!("export-{key}")>{word}</button> }
    });
    view! {
        <div class="push">
            <details class="filter" name="filter">
                <summary data-testid="export"><Icon name="download" size="s"/><span class="val">{words::EXPORT.at(lang)}</span><Icon name="chevron-down" size="s"/></summary>
                <form class="menu" method="post" action="/fn/exports/request">
                    <input type="hidden" name="from" value=here()/>
                    <input type="hidden" name="source" value=source/>
                    <input type="hidden" name="query" value=query/>
                    {kinds.collect_view()}
                    <a class="menu-item" href=records>{words::EXPORT_RECORDS.at(lang)}</a>
                </form>
            </details>
        </div>
    }
    .into_any()
}
