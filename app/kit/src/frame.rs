//! What stands around the rows of a list: filter bar, what to do when nothing is found, pages. Plain links and forms; those of lists
//! apply at once ([`crate::apply`]).

use crate::{
    drawn::drawn,
    filter::{Bar, FilterBar},
    icon::Icon,
    lang,
    listing::NothingFound,
    pager::Pager,
    words,
};
use domain::{
    Drawn,
    list::{Asked, List, pages},
};
use leptos::prelude::*;

/// The parts, drawn.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The question in its one written form, for files of the same rows.
    pub query: String,
    /// The filter bar.
    pub bar: Drawn,
    /// How rows are sorted, and how else they can be: on a phone there are no heads to press.
    pub sorted: Drawn,
    /// What stands in the place of the rows when there are none.
    pub nothing: Drawn,
    /// The pages.
    pub foot: Drawn,
}

/// The filter bar; it says when the next answer is on its way, whatever was found.
#[must_use]
pub fn bar(drawn: Drawn) -> AnyView {
    view! { <div class="drawn" aria-busy="false" data-waits="" inner_html=drawn.0></div> }.into_any()
}

/// Draws the frame of a list with `total` rows on all pages.
#[must_use]
pub fn frame(bar: Bar, total: i64, without: Option<i64>) -> Frame {
    let (list, path, asked) = (bar.list, bar.path, bar.asked.clone());
    let is_empty = total == 0 || asked.page > pages(total, asked.size);
    let nothing = is_empty.then(|| drawn(view! { <NothingFound list path asked=asked.clone() total without/> }.into_any()));
    Frame {
        query: list.write(&asked),
        sorted: drawn(sorting(list, path, &asked)),
        bar: drawn(view! { <FilterBar bar/> }.into_any()),
        nothing: nothing.unwrap_or_default(),
        foot: drawn(view! { <Pager list path asked total/> }.into_any()),
    }
}

fn sorting(list: &'static List, path: &'static str, asked: &Asked) -> AnyView {
    let lang = lang();
    let (key, down) = asked.sort_key();
    let offered = list.sorts.iter().filter(|sort| sort.key != "relevance" || !asked.keyword.is_empty());
    let links = offered.map(|sort| {
        let arrow = (sort.key == key).then(|| view! { <Icon name=if down { "arrow-down" } else { "arrow-up" } size="s"/> });
        let current = (sort.key == key).then_some("true");
        view! { <li><a class="menu-item" href=list.address(path, &asked.sorted(sort)) aria-current=current>{sort.label.at(lang)}{arrow}</a></li> }
    });
    view! {
        <details class="filter sorting" name="filter">
            <summary data-testid="sort"><span class="val">{list.sorted_by(asked, lang)}</span><Icon name="chevron-down" size="s"/></summary>
            <div class="menu"><p class="menu-title">{words::SORT.at(lang)}</p><ul>{links.collect_view()}</ul></div>
        </details>
    }
    .into_any()
}
