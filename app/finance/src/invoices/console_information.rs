//! `/console/invoices/information`: further titles and changes that wait for support.

use super::{
    CONSOLE_INFORMATION as PATH,
    functions::{InvoiceReviews, invoice_reviews},
    text,
    text::queue as words,
};
use domain::{
    Lang,
    invoice::{CONSOLE_INFORMATION, ReviewPage, ReviewRow, ReviewState, ReviewTab},
    machine::{Keyed as _, Kind},
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    list_page::{Choice, Listed, count_of, list_card, tabs},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleInformation {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleInformation {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<InvoiceReviews>("query", query, |query| Box::pin(invoice_reviews(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleInformation { query, rows } = this;
        sheet(rows, Vec::new, move |fault| {
            let now = kit::visit::visit().with_value(|visit| visit.now);
            let asked = CONSOLE_INFORMATION.read(&query.get_untracked());
            let page = ReviewPage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), now };
            Some(shown(page, fault.refused()))
        })
    }
}

pub(super) fn shown(page: ReviewPage, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let ReviewPage { asked, rows, total, counts, now } = page;
    let choices = ReviewTab::ALL.iter().map(|tab| Choice::one(tab.label(), tab.key(), count_of(&counts, *tab))).collect();
    let open = asked.chosen("tab").next().and_then(ReviewTab::read).unwrap_or(ReviewTab::Titles);
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today: now.day(),
        error,
        placeholder: words::SEARCH_REVIEWS,
        counts: vec![("tab", counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        above: Some(tabs((&CONSOLE_INFORMATION, PATH), &asked, ("tab", words::TABS), (open.key(), ReviewTab::Done.key()), choices)),
        empty: (asked.page == 1 && !asked.only("tab", None).is_filtered()).then_some((words::EMPTY, words::EMPTY_HINT)),
        ..Listed::new((&CONSOLE_INFORMATION, PATH, words::REVIEWS), asked, rows, (total, text::requests(total, lang)))
    };
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::REVIEWS.at(lang))];
    view! { <Page title=words::REVIEWS.at(lang) lede=words::REVIEWS_LEDE.at(lang) crumbs>{list_card(list)}</Page> }.into_any()
}

fn table_row(row: ReviewRow, lang: Lang) -> Row {
    let cell = cells(&CONSOLE_INFORMATION);
    let is_open = row.state == ReviewState::Submitted;
    let kind = if is_open { Kind::Act } else { row.state.kind() };
    let due = if is_open { words::due(row.due.day(), lang) } else { String::new() };
    let cells = vec![
        cell("title", Shown::Link { href: format!("{PATH}/{}", row.id), text: row.title.clone() }),
        cell("partner", Shown::Text { text: row.partner.clone(), category: None }),
        cell("kind", Shown::Text { text: row.kind.label().at(lang).to_owned(), category: Some(row.kind.key()) }),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, row.state.key(), row.state.label())),
        cell("due", Shown::Text { text: due, category: None }),
    ];
    Row { id: row.id.to_string(), cells }
}
