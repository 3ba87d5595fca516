//! `/sales/funds/withdrawals`: what there is to withdraw, and every request with its progress. The address is the state.

use super::{
    PATH,
    functions::{ListWithdrawals, list_withdrawals},
    parts::{Section, refused, sections},
    text,
};
use domain::{
    Drawn, Lang,
    list::Asked,
    machine::Keyed as _,
    views::Setup,
    withdrawal::{State, WITHDRAWALS, WithdrawalPage, WithdrawalRow},
};
use kit::{
    Crumb, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::{drawn_by_server, placed},
    export::ExportMenu,
    filter::Bar,
    frame::{Frame, Framed},
    icon::{drawing, moment},
    listing::use_query,
    table::{Cell, DataTable, Row, Shown, heads_in},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct Withdrawals {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for Withdrawals {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListWithdrawals>("query", query, |query| Box::pin(list_withdrawals(query))) }
    }

    fn view(this: Self) -> AnyView {
        let Withdrawals { query, rows } = this;
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<WithdrawalPage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let page = WithdrawalPage {
                    asked: WITHDRAWALS.read(&query.get_untracked()),
                    rows: Vec::new(),
                    total: 0,
                    counts: Vec::new(),
                    today: kit::visit::today(),
                    setup: Setup::default(),
                    card: Drawn::default(),
                };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault crumbs=crumbs()/> }.into_any(),
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = kit::lang();
    vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::to(text::FUNDS.at(lang), "/sales/funds"), Crumb::here(text::TITLE.at(lang))]
}

pub(super) fn frame(page: &WithdrawalPage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &WITHDRAWALS,
        path: PATH,
        asked: page.asked.clone(),
        found: text::requests(page.total, kit::lang()),
        counts: vec![("state", page.counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        today: page.today,
        placeholder: text::SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<WithdrawalPage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, mut page } = framed;
    let card = std::mem::take(&mut page.card);
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs()>
            {sections(Section::Withdrawals)}
            <div class="stack">
                {kit::drawn::only_at_first(refused)}
                <div inner_html=card.0></div>
                {list(page, frame)}
            </div>
        </Page>
    }
    .into_any()
}

fn list(page: WithdrawalPage, frame: Frame) -> AnyView {
    let lang = kit::lang();
    let WithdrawalPage { asked, rows, total, counts, setup, .. } = page;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let pills = pills(&asked, &counts, all);
    view! {
        <section class="card" aria-label=text::REQUESTS.at(lang)>
            {kit::frame::bar(frame.bar)}
            <div class="toolbar">
                {pills}
                <p class="visually-hidden" role="status" data-testid="result-count" data-count=total.to_string()>{text::requests(total, lang)}</p>
                {placed(frame.sorted)}
                <div class="push tools" inner_html=setup.tools.0.clone()></div>
                <ExportMenu source="withdrawals" query=frame.query records="/sales/exports"/>
            </div>
            {table(&asked, rows, all, &setup, frame.nothing)}
            {placed(frame.foot)}
        </section>
    }
    .into_any()
}

/// States as pills with how many there are; those that never were are left out.
fn pills(asked: &Asked, counts: &[(State, i64)], all: i64) -> AnyView {
    let lang = kit::lang();
    let chosen: Vec<&str> = asked.chosen("state").collect();
    let pill = |label: domain::Text, key: Option<&'static str>, count: i64| {
        let current = (chosen == key.into_iter().collect::<Vec<_>>()).then_some("true");
        let href = WITHDRAWALS.address(PATH, &asked.only("state", key));
        view! { <a href=href aria-current=current data-testid=key.map(|key| format!("pill-{key}"))>{label.at(lang)}<span class="n">{count}</span></a> }
    };
    let shown = counts.iter().filter(|(state, count)| *count > 0 || asked.has("state", state.key()));
    view! {
        <nav class="pills" aria-label=WITHDRAWALS.caption.at(lang)>
            {pill(text::ALL, None, all)}
            {shown.map(|(state, count)| pill(state.label(), Some(state.key()), *count)).collect_view()}
        </nav>
    }
    .into_any()
}

fn table(asked: &Asked, rows: Vec<WithdrawalRow>, all: i64, setup: &Setup, filtered: Drawn) -> AnyView {
    let lang = kit::lang();
    if rows.is_empty() && all == 0 && !asked.is_filtered() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{text::EMPTY.at(lang)}</h2><p>{text::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let heads = heads_in(&WITHDRAWALS, &setup.columns);
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    view! { <DataTable list=&WITHDRAWALS asked=asked.clone() path=PATH heads rows compact=setup.compact/> }.into_any()
}

fn table_row(row: WithdrawalRow, lang: Lang) -> Row {
    let label = |key: &str| WITHDRAWALS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
    let word = |text: String, category| Shown::Text { text, category };
    let href = format!("{PATH}/{}", row.id);
    let when = view! { <span>{moment(row.at)}<span class="sub">{row.person.clone()}</span></span> }.into_any();
    let state = row.state;
    let line = text::waits(&row, lang);
    let chip =
        view! { <span class="two-lines"><Status kind=state.kind() state=state.key() label=state.label()/><span class="sub">{line}</span></span> }.into_any();
    let cells = vec![
        cell("number", Shown::Link { href: href.clone(), text: row.number.clone() }),
        cell("fund", word(row.fund.label().at(lang).to_owned(), Some(row.fund.key()))),
        cell("amount", Shown::Amount(row.amount)),
        cell("account", word(text::account(&row, lang), None)),
        cell("at", Shown::Drawn(when)),
        cell("state", Shown::Drawn(chip)),
        cell("actions", Shown::Drawn(ways(&row, &href, lang))),
    ];
    Row { id: row.id.to_string(), cells }
}

/// What can be done next; each leads to the page of the request, which asks.
fn ways(row: &WithdrawalRow, href: &str, lang: Lang) -> AnyView {
    let about = || view! { <span class="visually-hidden">{format!(" {}", row.number)}</span> };
    let step = |end: &str, label: domain::Text, danger: bool| {
        let class = danger.then_some("danger");
        view! { <a class=class href=format!("{href}#{end}")>{label.at(lang)}{about()}</a> }
    };
    let again = || {
        let label = if row.state == State::Rejected { text::AGAIN } else { text::NEW_FROM };
        view! { <a href=format!("{PATH}/new?again={}", row.id) data-testid="open-again">{label.at(lang)}{about()}</a> }
    };
    let details = view! { <a href=href.to_owned()>{text::DETAILS.at(lang)}{about()}</a> };
    match row.state {
        State::Submitted => view! { {details}{step("cancel", text::CANCEL_REQUEST, false)} }.into_any(),
        State::Rejected => view! { {details}{again()}{step("delete", text::DELETE, true)} }.into_any(),
        State::Failed => view! { {details}{again()} }.into_any(),
        _ => details.into_any(),
    }
}
