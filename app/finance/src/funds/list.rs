//! `/sales/funds`: the balance card, and below it income and expense. The address is the state.

use super::{
    functions::{ListFunds, list_funds},
    text,
};
use domain::{
    Drawn, Lang,
    ledger::{FundsPage, LEDGER, LedgerRow, currency_of},
    list::Asked,
    machine::Keyed as _,
    views::Setup,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    list_page::{Listed, list_card},
    listing::use_query,
    sheet::sheet,
    table::{Head, Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The path of this page.
pub const PATH: &str = "/sales/funds";

/// The page.
#[derive(Clone)]
pub struct FundsList {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for FundsList {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListFunds>("query", query, |query| Box::pin(list_funds(query))) }
    }

    fn view(this: Self) -> AnyView {
        let FundsList { query, rows } = this;
        sheet(rows, crumbs, move |fault| {
            let page = FundsPage {
                asked: LEDGER.read(&query.get_untracked()),
                rows: Vec::new(),
                total: 0,
                all: 0,
                today: kit::visit::today(),
                setup: Setup::default(),
                card: Drawn::default(),
                locked: Drawn::default(),
                is_locked: false,
            };
            Some(shown(page, fault.refused()))
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = kit::lang();
    vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::here(text::TITLE.at(lang))]
}

pub(super) fn shown(page: FundsPage, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let FundsPage { asked, rows, total, all, today, setup, card, is_locked, locked, .. } = page;
    let list = if is_locked {
        view! { <div inner_html=locked.0></div> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
        list_card(Listed {
            today,
            error,
            placeholder: text::SEARCH,
            setup: Some(setup),
            heads: Some(in_currency),
            empty: (all == 0).then_some((text::EMPTY, text::EMPTY_HINT)),
            files: Some(("ledger", "/sales/exports")),
            ..Listed::new((&LEDGER, PATH, text::LEDGER), asked, rows, (total, text::movements(total, lang)))
        })
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs()>
            {crate::withdrawals::sections(crate::withdrawals::Section::Ledger)}
            <div class="stack">
                <div inner_html=card.0></div>
                {list}
            </div>
        </Page>
    }
    .into_any()
}

/// Heads of amounts name the currency of the list.
fn in_currency(asked: &Asked, head: &mut Head) {
    head.label = text::head(head.key, currency_of(asked)).map_or(head.label, |label| label.at(kit::lang()));
}

fn table_row(row: LedgerRow, lang: Lang) -> Row {
    let cell = cells(&LEDGER);
    let word = |text: &str, key| Shown::Text { text: text.to_owned(), category: Some(key) };
    let object = match row.path() {
        Some(href) => Shown::Link { href, text: row.object },
        None => Shown::Text { text: row.object, category: None },
    };
    let cells = vec![
        cell("type", word(row.movement.label().at(lang), row.movement.key())),
        cell("at", Shown::Moment(row.at)),
        cell("object", object),
        cell("direction", word(row.direction.label().at(lang), row.direction.key())),
        cell("amount", Shown::Amount(row.amount)),
        cell("balance", Shown::Amount(row.balance)),
    ];
    Row { id: row.id.to_string(), cells }
}
