//! `/console/bills`: the bills of all partners.

use super::{
    functions::{ListConsoleBills, list_console_bills},
    text,
};
use domain::{
    bills::{CONSOLE_BILLS, ConsoleBillPage, ConsoleBillRow},
    machine::Keyed as _,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    lang,
    list_page::{Listed, list_card},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The path of this page.
pub const PATH: &str = "/console/bills";

/// The page.
#[derive(Clone)]
pub struct ConsoleBills {
    query: Signal<String>,
    bills: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleBills {
    fn data() -> Self {
        let query = use_query();
        Self { query, bills: ask::<ListConsoleBills>("query", query, |query| Box::pin(list_console_bills(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleBills { query, bills } = this;
        sheet(bills, Vec::new, move |fault| {
            let asked = CONSOLE_BILLS.read(&query.get_untracked());
            let page = ConsoleBillPage { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
            Some(shown(page, fault.refused()))
        })
    }
}

pub(super) fn shown(page: ConsoleBillPage, error: Option<(String, String)>) -> AnyView {
    let lang = lang();
    let ConsoleBillPage { asked, rows, total, today } = page;
    let rows = rows.into_iter().map(table_row).collect();
    let list = Listed {
        today,
        error,
        placeholder: text::SEARCH_BILLS,
        ..Listed::new((&CONSOLE_BILLS, PATH, text::CONSOLE_TITLE), asked, rows, (total, text::bills(total, lang)))
    };
    let crumbs = vec![Crumb::to(text::CONSOLE.at(lang), "/console"), Crumb::here(text::CONSOLE_TITLE.at(lang))];
    view! { <Page title=text::CONSOLE_TITLE.at(lang) lede=text::CONSOLE_LEDE.at(lang) crumbs>{list_card(list)}</Page> }.into_any()
}

fn table_row(row: ConsoleBillRow) -> Row {
    let cell = cells(&CONSOLE_BILLS);
    let plain = |text: String| Shown::Text { text, category: None };
    let cells = vec![
        cell("number", Shown::Link { href: format!("{PATH}/{}", row.id), text: row.number }),
        cell("partner", plain(row.partner)),
        cell("period", plain(row.period.to_string())),
        cell("state", Shown::State(row.state.kind(), row.state.key(), row.state.label())),
        cell("due", Shown::Amount(row.due)),
        cell("open", Shown::Amount(row.open)),
        cell("currency", plain(row.due.currency.key().to_owned())),
        cell("until", plain(row.until.map_or_else(|| "—".to_owned(), |day| day.to_string()))),
    ];
    Row { id: row.id.to_string(), cells }
}
