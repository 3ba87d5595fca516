//! `/sales/funds/top-ups`: what came in and what is claimed. The address is the state.

use super::{
    PATH,
    functions::{ListTopUps, list_top_ups},
    text,
};
use crate::withdrawals::{FUNDS, SALES, Section, sections};
use domain::{
    Lang,
    attachment::Side,
    machine::Keyed as _,
    top_up::{TOP_UPS, TopUpPage, TopUpRow},
    views::Setup,
};
use kit::{
    Crumb, Page, Status,
    awaited::{Answering, ask},
    list_page::{Choice, Listed, list_card, pills},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct TopUps {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for TopUps {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListTopUps>("query", query, |query| Box::pin(list_top_ups(query))) }
    }

    fn view(this: Self) -> AnyView {
        let TopUps { query, rows } = this;
        sheet(
            rows,
            || crumbs(None),
            move |fault| {
                let (asked, today) = (TOP_UPS.read(&query.get_untracked()), kit::visit::today());
                let page = TopUpPage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), today, setup: Setup::default() };
                Some(shown(page, fault.refused()))
            },
        )
    }
}

/// The way to this page, or to one below it.
pub(super) fn crumbs(below: Option<String>) -> Vec<Crumb> {
    let lang = kit::lang();
    let mut all = vec![Crumb::to(SALES.at(lang), "/sales"), Crumb::to(FUNDS.at(lang), "/sales/funds")];
    match below {
        Some(here) => all.extend([Crumb::to(text::TITLE.at(lang), PATH), Crumb::here(here)]),
        None => all.push(Crumb::here(text::TITLE.at(lang))),
    }
    all
}

pub(super) fn shown(page: TopUpPage, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let TopUpPage { asked, rows, total, counts, today, setup } = page;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let choices = counts.iter().map(|(state, count)| Choice::one(state.label(), state.key(), *count)).collect();
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let head = view! {
        <div class="head">
            <h2>{text::RECORDS.at(lang)}</h2>
            <a class="btn s primary push" href=format!("{PATH}/new") data-testid="open-claim">{text::CLAIM.at(lang)}</a>
        </div>
    };
    let list = Listed {
        today,
        error,
        placeholder: text::SEARCH,
        counts: vec![("state", counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        above: Some(head.into_any()),
        pills: Some(pills((&TOP_UPS, PATH), &asked, "state", (text::ALL, all), choices)),
        setup: Some(setup),
        empty: (all == 0 && !asked.is_filtered()).then_some((text::EMPTY, text::EMPTY_HINT)),
        files: Some(("top-ups", "/sales/exports")),
        ..Listed::new((&TOP_UPS, PATH, text::RECORDS), asked, rows, (total, text::count(total, lang)))
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs(None)>
            {sections(Section::TopUps)}
            {list_card(list)}
        </Page>
    }
    .into_any()
}

fn table_row(row: TopUpRow, lang: Lang) -> Row {
    let cell = cells(&TOP_UPS);
    let word = |text: String| Shown::Text { text, category: None };
    let (state, line) = (row.state, text::waits(&row, lang));
    let chip = view! { <span class="two-lines"><Status kind=state.kind() state=state.key() label=state.label()/><span class="sub">{line}</span></span> };
    let payer = match row.slip.as_ref().and_then(|slip| slip.path(Side::Partner)) {
        Some(href) => {
            let link = view! { <a class="sub" href=href download=true rel="external" data-testid="slip">{text::SLIP.at(lang)}</a> };
            Shown::Drawn(view! { <span class="two-lines"><span>{text::from(&row, lang)}</span>{link}</span> }.into_any())
        }
        None => word(text::from(&row, lang)),
    };
    let cells = vec![
        cell("number", word(row.number.clone())),
        cell("amount", Shown::Amount(row.amount)),
        cell("payer", payer),
        cell("date", Shown::Day(row.date.start())),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::Drawn(chip.into_any())),
    ];
    Row { id: row.id.to_string(), cells }
}
