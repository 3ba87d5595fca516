//! `/console/bills`: the bills of all partners.

use super::{
    functions::{ListConsoleBills, list_console_bills},
    text,
};
use domain::{
    Lang,
    bills::{CONSOLE_BILLS, ConsoleBillPage, ConsoleBillRow},
    machine::Keyed as _,
};
use kit::{
    Crumb, Page, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    filter::Bar,
    frame::{Frame, Framed},
    lang,
    list_page::{Listed, list_card},
    listing::use_query,
    table::{Cell, Row, Shown},
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
        awaited(bills, move |answer| match answer.open::<Framed<ConsoleBillPage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let asked = CONSOLE_BILLS.read(&query.get_untracked());
                let page = ConsoleBillPage { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &ConsoleBillPage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_BILLS,
        path: PATH,
        asked: page.asked.clone(),
        found: text::bills(page.total, lang()),
        counts: Vec::new(),
        today: page.today,
        placeholder: text::SEARCH_BILLS,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<ConsoleBillPage>) -> AnyView {
    let lang = lang();
    let Framed { frame, page: ConsoleBillPage { asked, rows, total, .. } } = framed;
    let listed = Listed {
        list: &CONSOLE_BILLS,
        path: PATH,
        title: text::CONSOLE_TITLE,
        rows: rows.into_iter().map(|row| table_row(row, lang)).collect(),
        found: text::bills(total, lang),
        frame,
        files: None,
        asked,
        total,
    };
    let crumbs = vec![Crumb::to(text::CONSOLE.at(lang), "/console"), Crumb::here(text::CONSOLE_TITLE.at(lang))];
    view! { <Page title=text::CONSOLE_TITLE.at(lang) lede=text::CONSOLE_LEDE.at(lang) crumbs>{list_card(listed)}</Page> }.into_any()
}

fn table_row(row: ConsoleBillRow, lang: Lang) -> Row {
    let label = |key: &str| CONSOLE_BILLS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
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
