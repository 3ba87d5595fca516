//! `/sales/funds/withdrawals`: what there is to withdraw, and every request with its progress. The address is the state.

use super::{
    PATH,
    functions::{ListWithdrawals, list_withdrawals},
    parts::{Section, sections},
    text,
};
use domain::{
    Drawn, Lang,
    machine::Keyed as _,
    views::Setup,
    withdrawal::{State, WITHDRAWALS, WithdrawalPage, WithdrawalRow},
};
use kit::{
    Crumb, Page, Status,
    awaited::{Answering, ask},
    icon::moment,
    list_page::{Choice, Listed, list_card, pills},
    listing::use_query,
    selection::{refused_but, refused_of},
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Where the form of the internal check is sent.
const SET_TWO_PEOPLE: &str = "/fn/withdrawals/set-two-people";

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
        sheet(rows, crumbs, move |fault| {
            let page = WithdrawalPage {
                asked: WITHDRAWALS.read(&query.get_untracked()),
                rows: Vec::new(),
                total: 0,
                counts: Vec::new(),
                today: kit::visit::today(),
                setup: Setup::default(),
                card: Drawn::default(),
            };
            Some(shown(page, None, fault.refused()))
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = kit::lang();
    vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::to(text::FUNDS.at(lang), "/sales/funds"), Crumb::here(text::TITLE.at(lang))]
}

/// `two_people` says whether the company's internal check is on, and whether the reader may set it.
pub(super) fn shown(page: WithdrawalPage, two_people: Option<(bool, bool)>, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let WithdrawalPage { asked, rows, total, counts, today, setup, card } = page;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let choices = counts.iter().map(|(state, count)| Choice::one(state.label(), state.key(), *count)).collect();
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        placeholder: text::SEARCH,
        counts: vec![("state", counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        pills: Some(pills((&WITHDRAWALS, PATH), &asked, "state", (text::ALL, all), choices)),
        setup: Some(setup),
        empty: (all == 0 && !asked.is_filtered()).then_some((text::EMPTY, text::EMPTY_HINT)),
        files: Some(("withdrawals", "/sales/exports")),
        ..Listed::new((&WITHDRAWALS, PATH, text::REQUESTS), asked, rows, (total, text::requests(total, lang)))
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs()>
            {sections(Section::Withdrawals)}
            <div class="stack">
                {refused_but(SET_TWO_PEOPLE)}
                <div inner_html=card.0></div>
                {list_card(list)}
                {two_people.map(|(on, may_set)| setting(on, may_set))}
            </div>
        </Page>
    }
    .into_any()
}

/// The company's internal check, and the form that sets it.
fn setting(on: bool, may_set: bool) -> AnyView {
    let lang = kit::lang();
    let (now, label, needed) = if on { (text::TWO_PEOPLE_ON, text::TURN_OFF, "no") } else { (text::TWO_PEOPLE_OFF, text::TURN_ON, "yes") };
    let password = text::PASSWORD.at(lang);
    let form = may_set.then(|| {
        view! {
            <form class="alert-set push" method="post" action=SET_TWO_PEOPLE>
                <input type="hidden" name="from" value=PATH/>
                <input type="hidden" name="needed" value=needed/>
                <input class="input" type="password" name="password" autocomplete="current-password" maxlength="200" aria-label=password placeholder=password/>
                <button class="btn s" data-testid="action-two-people">{label.at(lang)}</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-label=text::TWO_PEOPLE.at(lang) data-testid="two-people" data-on=on.to_string()>
            {refused_of(SET_TWO_PEOPLE)}
            <div class="head"><div><h2>{text::TWO_PEOPLE.at(lang)}</h2><p class="aux">{now.at(lang)}</p></div>{form}</div>
        </section>
    }
    .into_any()
}

fn table_row(row: WithdrawalRow, lang: Lang) -> Row {
    let cell = cells(&WITHDRAWALS);
    let word = |text: String, category| Shown::Text { text, category };
    let href = format!("{PATH}/{}", row.id);
    let when = view! { <span><span class="nowrap">{moment(row.at)}</span><span class="sub">{row.person.clone()}</span></span> }.into_any();
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
        State::PartnerReview | State::Submitted => view! { {details}{step("cancel", text::CANCEL_REQUEST, false)} }.into_any(),
        State::Rejected => view! { {details}{again()}{step("delete", text::DELETE, true)} }.into_any(),
        State::Failed => view! { {details}{again()} }.into_any(),
        State::Paid => {
            let receipt = super::receipt::path(row.id);
            view! { {details}<a href=receipt data-testid="open-receipt">{text::RECEIPT.at(lang)}{about()}</a> }.into_any()
        }
        _ => details.into_any(),
    }
}
