//! The question of a list page, read from the address; and what a list shows when it has no rows.

use crate::{icon::drawing, lang, pages, words};
use domain::{
    Days, Lang, Text,
    exports::filter_words,
    list::{Asked, FilterKind, List},
    text::grouped,
};
use leptos::prelude::*;

/// The query string of this page as it was written: the server reads it. The lists with all their words would otherwise lie in the main
/// module, which every first load carries.
#[must_use]
pub fn use_query() -> Signal<String> {
    let here = pages::here();
    Memo::new(move |_| here.search()).into()
}

/// A part of this page's path.
#[must_use]
pub fn use_param(name: &'static str) -> Signal<String> {
    let here = pages::here();
    Memo::new(move |_| here.part(name)).into()
}

/// Nothing was found: which filter stands in the way, and the ways out.
#[component]
pub fn NothingFound(
    /// The list.
    list: &'static List,
    /// The path of its page.
    path: &'static str,
    /// The question.
    asked: Asked,
    /// Rows of all pages: when there are some, it is the page that does not exist.
    total: i64,
    /// Rows without the filter that is offered to be taken away, where they were counted.
    without: Option<i64>,
) -> AnyView {
    let lang = lang();
    if total > 0 {
        return past_the_end(list, path, &asked, total);
    }
    // A way that leads to nothing again is none.
    let less = narrowest(list, &asked).filter(|_| without != Some(0));
    let counted = less.as_ref().zip(without).map(|((label, _), rows)| {
        let (label, rows) = (label.at(lang), grouped(rows));
        view! { <p data-testid="without" data-count=rows.clone()>{match lang {
            Lang::Zh => format!("去掉“{label}”条件可找到 {rows} 条。"),
            Lang::En => format!("Without “{label}” there are {rows}."),
        }}</p> }
    });
    let one_less = less.map(|(label, rest)| {
        let word = format!(
            "{}{}",
            words::WITHOUT.at(lang),
            if lang == Lang::Zh { label.at(lang).to_owned() } else { label.at(lang).to_ascii_lowercase() }
        );
        view! { <a class="btn primary" href=list.address(path, &rest)>{word}</a> }
    });
    let clear = if one_less.is_some() { "btn" } else { "btn primary" };
    view! {
        <div class="empty">
            {drawing("art", "art-empty")}
            <h2>{words::NO_HITS.at(lang)}</h2>
            <p>{filter_words(list, &asked, lang)}</p>
            {counted}
            <div class="actions">{one_less}<a class=clear href=list.address(path, &list.cleared(&asked))>{words::CLEAR_FILTERS.at(lang)}</a></div>
        </div>
    }
    .into_any()
}

/// A page behind the last one: somebody typed its number, or rows have gone since.
fn past_the_end(list: &'static List, path: &'static str, asked: &Asked, total: i64) -> AnyView {
    let lang = lang();
    let last = asked.on_page(domain::list::pages(total, asked.size));
    view! {
        <div class="empty">
            {drawing("art", "art-empty")}
            <h2>{words::PAST_THE_END.at(lang)}</h2>
            <div class="actions"><a class="btn primary" href=list.address(path, &last)>{words::TO_LAST_PAGE.at(lang)}</a></div>
        </div>
    }
    .into_any()
}

/// The filter to take away first: the days, then the amounts, then the last choice.
#[must_use]
pub fn narrowest(list: &'static List, asked: &Asked) -> Option<(Text, Asked)> {
    let label = |kind: fn(&FilterKind) -> bool| list.filters.iter().find(|filter| kind(&filter.kind)).map(|filter| filter.label);
    if !asked.days.is_open() {
        return label(|kind| matches!(kind, FilterKind::Days | FilterKind::DaysAhead)).map(|label| (label, asked.in_days(Days::default())));
    }
    if !asked.amounts.is_open() {
        return label(|kind| matches!(kind, FilterKind::Amounts)).map(|label| (label, asked.of_all_amounts()));
    }
    if let Some((key, _)) = asked.chosen.last() {
        let label = list.filters.iter().find(|filter| filter.key == key).map(|filter| filter.label)?;
        return Some((label, asked.only(key, None)));
    }
    None
}
