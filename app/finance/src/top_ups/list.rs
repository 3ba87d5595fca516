//! `/sales/funds/top-ups`: what came in and what is claimed. The address is the state.

use super::{
    PATH,
    functions::{ListTopUps, list_top_ups},
    text,
};
use crate::withdrawals::{FUNDS, SALES, Section, sections};
use domain::{
    Drawn, Lang,
    list::Asked,
    machine::Keyed as _,
    top_up::{State, TOP_UPS, TopUpPage, TopUpRow},
    views::Setup,
};
use kit::{
    Crumb, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::{drawn_by_server, placed},
    export::ExportMenu,
    filter::Bar,
    frame::{Frame, Framed},
    icon::drawing,
    listing::use_query,
    table::{Cell, DataTable, Row, Shown, heads_in},
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
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<TopUpPage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let (asked, today) = (TOP_UPS.read(&query.get_untracked()), kit::visit::today());
                let page = TopUpPage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), today, setup: Setup::default() };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(None)/> }.into_any(),
        })
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

pub(super) fn frame(page: &TopUpPage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &TOP_UPS,
        path: PATH,
        asked: page.asked.clone(),
        found: text::count(page.total, kit::lang()),
        counts: vec![("state", page.counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        today: page.today,
        placeholder: text::SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<TopUpPage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: TopUpPage { asked, rows, total, counts, setup, .. } } = framed;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let pills = pills(&asked, &counts, all);
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs(None)>
            {sections(Section::TopUps)}
            <section class="card" aria-label=text::RECORDS.at(lang)>
                <div class="head">
                    <h2>{text::RECORDS.at(lang)}</h2>
                    <a class="btn s primary push" href=format!("{PATH}/new") data-testid="open-claim">{text::CLAIM.at(lang)}</a>
                </div>
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    {pills}
                    <p class="visually-hidden" role="status" data-testid="result-count" data-count=total.to_string()>{text::count(total, lang)}</p>
                    {placed(frame.sorted)}
                    <div class="push tools" inner_html=setup.tools.0.clone()></div>
                    <ExportMenu source="top-ups" query=frame.query records="/sales/exports"/>
                </div>
                {table(&asked, rows, all, &setup, frame.nothing)}
                {placed(frame.foot)}
            </section>
        </Page>
    }
    .into_any()
}

/// States as pills with how many there are; those that never were are left out.
fn pills(asked: &Asked, counts: &[(State, i64)], all: i64) -> AnyView {
    let lang = kit::lang();
    let chosen: Vec<&str> = asked.chosen("state").collect();
    let pill = |label: domain::Text, key: Option<&'static str>, count: i64| {
        let current = (chosen == key.into_iter().collect::<Vec<_>>()).then_some("true");
        let href = TOP_UPS.address(PATH, &asked.only("state", key));
        view! { <a href=href aria-current=current data-testid=key.map(|key| format!("pill-{key}"))>{label.at(lang)}<span class="n">{count}</span></a> }
    };
    let shown = counts.iter().filter(|(state, count)| *count > 0 || asked.has("state", state.key()));
    view! {
        <nav class="pills" aria-label=TOP_UPS.caption.at(lang)>
            {pill(text::ALL, None, all)}
            {shown.map(|(state, count)| pill(state.label(), Some(state.key()), *count)).collect_view()}
        </nav>
    }
    .into_any()
}

fn table(asked: &Asked, rows: Vec<TopUpRow>, all: i64, setup: &Setup, filtered: Drawn) -> AnyView {
    let lang = kit::lang();
    if rows.is_empty() && all == 0 && !asked.is_filtered() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{text::EMPTY.at(lang)}</h2><p>{text::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let heads = heads_in(&TOP_UPS, &setup.columns);
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    view! { <DataTable list=&TOP_UPS asked=asked.clone() path=PATH heads rows compact=setup.compact/> }.into_any()
}

fn table_row(row: TopUpRow, lang: Lang) -> Row {
    let label = |key: &str| TOP_UPS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
    let word = |text: String| Shown::Text { text, category: None };
    let (state, line) = (row.state, text::waits(&row, lang));
    let chip = view! { <span class="two-lines"><Status kind=state.kind() state=state.key() label=state.label()/><span class="sub">{line}</span></span> };
    let cells = vec![
        cell("number", word(row.number.clone())),
        cell("amount", Shown::Amount(row.amount)),
        cell("payer", word(text::from(&row, lang))),
        cell("date", Shown::Day(row.date.start())),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::Drawn(chip.into_any())),
    ];
    Row { id: row.id.to_string(), cells }
}
