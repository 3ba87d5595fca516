//! `/sales/invoices`: what can be invoiced, and every request with its progress. The address is the state.

#[cfg(not(target_arch = "wasm32"))]
use super::parts::information_address;
use super::{
    INFORMATION, PATH,
    functions::{ListInvoices, list_invoices},
    text,
};
use domain::{
    Drawn, Lang,
    invoice::{InvoicePage, InvoiceRow, REQUESTS, State, Tab},
    machine::Keyed as _,
    views::Setup,
};
use kit::{
    Crumb, Page, Status,
    awaited::{Answering, ask},
    icon::moment,
    list_page::{Choice, Listed, list_card, nothing_yet, pills},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct Invoices {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for Invoices {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListInvoices>("query", query, |query| Box::pin(list_invoices(query))) }
    }

    fn view(this: Self) -> AnyView {
        let Invoices { query, rows } = this;
        sheet(rows, crumbs, move |fault| {
            let page = InvoicePage {
                asked: REQUESTS.read(&query.get_untracked()),
                rows: Vec::new(),
                total: 0,
                counts: Vec::new(),
                today: kit::visit::today(),
                setup: Setup::default(),
                card: Drawn::default(),
            };
            Some(shown(page, fault.refused()))
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = kit::lang();
    vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::here(text::TITLE.at(lang))]
}

pub(super) fn shown(page: InvoicePage, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let InvoicePage { asked, rows, total, counts, today, setup, card, .. } = page;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let choices = counts.iter().map(|(state, count)| Choice::one(state.label(), state.key(), *count)).collect();
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        placeholder: text::SEARCH,
        counts: vec![("state", counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        pills: Some(pills((&REQUESTS, PATH), &asked, "state", (text::ALL, all), choices)),
        setup: Some(setup),
        empty: (all == 0 && !asked.is_filtered()).then_some((text::EMPTY, text::EMPTY_HINT)),
        files: Some(("invoice-requests", "/sales/exports")),
        ..Listed::new((&REQUESTS, PATH, text::REQUESTS), asked, rows, (total, text::requests(total, lang)))
    };
    let actions = view! {
        <a class="btn" href=INFORMATION data-testid="open-information">{text::MANAGE.at(lang)}</a>
        <a class="btn primary" href=format!("{PATH}/new") data-testid="open-new">{text::NEW.at(lang)}</a>
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs() actions=Some(actions.into_any())>
            <div class="stack">
                <div inner_html=card.0></div>
                {issuers(Tab::Vendor)}
                {list_card(list)}
            </div>
        </Page>
    }
    .into_any()
}

/// Who issues them.
fn issuers(here: Tab) -> AnyView {
    let lang = kit::lang();
    let tab = |tab: &Tab| {
        let current = (*tab == here).then_some("page");
        let href = match tab {
            Tab::Vendor => PATH.to_owned(),
            Tab::Seller => format!("{PATH}?tab={}", tab.key()),
        };
        view! { <a href=href aria-current=current data-testid=format!("tab-{}", tab.key())>{tab.label().at(lang)}</a> }
    };
    view! { <nav class="tabs" aria-label=text::ISSUERS.at(lang)>{Tab::ALL.iter().map(tab).collect_view()}</nav> }.into_any()
}

/// The tab of marketplace sellers: they issue invoices for marketplace orders, and there are none yet.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn sellers() -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let actions = view! { <a class="btn" href=information_address(Tab::Seller) data-testid="open-information">{text::MANAGE.at(lang)}</a> }
        .into_any();
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs() actions=Some(actions)>
            <div class="stack">
                {issuers(Tab::Seller)}
                <section class="card" aria-label=Tab::Seller.label().at(lang) data-testid="no-sellers">
                    {nothing_yet(text::NO_SELLERS, text::NO_SELLERS_HINT)}
                </section>
            </div>
        </Page>
    }
    .into_any()
}

fn table_row(row: InvoiceRow, lang: Lang) -> Row {
    let cell = cells(&REQUESTS);
    let href = format!("{PATH}/{}", row.id);
    let when = view! { <span>{moment(row.at)}<span class="sub">{row.person.clone()}</span></span> }.into_any();
    let kind = format!("{} {}", row.kind.label().at(lang), row.medium.label().at(lang));
    let title = view! { <span class="two-lines">{row.title.clone()}<span class="sub">{kind}</span></span> }.into_any();
    let state = row.state;
    let line = text::waits(&row, lang);
    let chip =
        view! { <span class="two-lines"><Status kind=state.kind() state=state.key() label=state.label()/><span class="sub">{line}</span></span> }.into_any();
    let cells = vec![
        cell("number", Shown::Link { href: href.clone(), text: row.number.clone() }),
        cell("period", Shown::Text { text: text::periods(&row), category: None }),
        cell("amount", Shown::Amount(row.amount)),
        cell("title", Shown::Drawn(title)),
        cell("at", Shown::Drawn(when)),
        cell("state", Shown::Drawn(chip)),
        cell("actions", Shown::Drawn(ways(&row, &href, lang))),
    ];
    Row { id: row.id.to_string(), cells }
}

/// What can be done next; each leads to the page of the request, which asks.
fn ways(row: &InvoiceRow, href: &str, lang: Lang) -> AnyView {
    let about = || view! { <span class="visually-hidden">{format!(" {}", row.number)}</span> };
    let step = |end: &str, label: domain::Text| view! { <a href=format!("{href}#{end}")>{label.at(lang)}{about()}</a> };
    let details = view! { <a href=href.to_owned()>{text::DETAILS.at(lang)}{about()}</a> };
    let again = || view! { <a href=format!("{PATH}/new?again={}", row.id) data-testid="open-again">{text::AGAIN.at(lang)}{about()}</a> };
    match row.state {
        State::Submitted => view! { {details}{step("cancel", text::CANCEL)} }.into_any(),
        State::Issued | State::Sent => view! { {details}{step("return", text::RETURN)} }.into_any(),
        State::Rejected | State::Returned => view! { {details}{again()} }.into_any(),
        State::Cancelled | State::ReturnReview => details.into_any(),
    }
}
