//! `/console/top-ups`: claims that wait, and those that were decided. The address is the state.

use super::{
    CONSOLE,
    functions::{ListClaims, list_claims},
    text,
    text::queue as words,
};
use domain::{
    Lang, Money,
    machine::{Keyed as _, Kind},
    top_up::{CONSOLE_TOP_UPS, State, Tab, TopUpQueue, TopUpRow},
    views::Setup,
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
pub struct ConsoleTopUps {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleTopUps {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListClaims>("query", query, |query| Box::pin(list_claims(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleTopUps { query, rows } = this;
        sheet(rows, Vec::new, move |fault| {
            let (asked, today) = (CONSOLE_TOP_UPS.read(&query.get_untracked()), kit::visit::today());
            let waiting = Money::cny(0);
            let page = TopUpQueue { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, today, setup: Setup::default() };
            Some(shown(page, fault.refused()))
        })
    }
}

pub(super) fn shown(page: TopUpQueue, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let TopUpQueue { asked, rows, total, counts, waiting, today, setup } = page;
    let to_review = count_of(&counts, Tab::Review);
    let choices = Tab::ALL.iter().map(|tab| Choice::one(tab.label(), tab.key(), count_of(&counts, *tab))).collect();
    let (open, done) = (Tab::of(&asked).key(), Tab::Done.key());
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        placeholder: words::SEARCH,
        counts: vec![("tab", counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        above: Some(tabs((&CONSOLE_TOP_UPS, CONSOLE), &asked, ("tab", words::TABS), (open, done), choices)),
        setup: Some(setup),
        empty: (asked.page == 1 && !asked.only("tab", None).is_filtered()).then_some((words::EMPTY, words::EMPTY_HINT)),
        files: Some(("console-top-ups", "/console/exports")),
        ..Listed::new((&CONSOLE_TOP_UPS, CONSOLE, words::TITLE), asked, rows, (total, text::count(total, lang)))
    };
    let crumbs = vec![Crumb::to(words::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::TITLE.at(lang))];
    view! { <Page title=words::TITLE.at(lang) lede=words::lede(to_review, waiting, lang) crumbs>{list_card(list)}</Page> }.into_any()
}

fn table_row(row: TopUpRow, lang: Lang) -> Row {
    let cell = cells(&CONSOLE_TOP_UPS);
    let word = |text: String| Shown::Text { text, category: None };
    let number = view! { <a class="row-link" href=format!("{CONSOLE}/{}", row.id)>{row.number.clone()}</a> }.into_any();
    // For the vendor what waits for a decision is what needs the reader.
    let kind = if row.state == State::Claimed { Kind::Act } else { row.state.kind() };
    let cells = vec![
        cell("number", Shown::Drawn(number)),
        cell("partner", word(row.partner.clone())),
        cell("amount", Shown::Amount(row.amount)),
        cell("payer", word(text::from(&row, lang))),
        cell("date", Shown::Day(row.date.start())),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, row.state.key(), row.state.label())),
    ];
    Row { id: row.id.to_string(), cells }
}
