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
    Crumb, Page, Stopped,
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
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<FundsPage>>() {
            Ok(framed) => whole(framed, false),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
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
                whole(Framed::new(page, |page| frame(page, fault.refused())), true)
            }),
            Err(fault) => view! { <Stopped fault crumbs=crumbs()/> }.into_any(),
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = kit::lang();
    vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::here(text::TITLE.at(lang))]
}

pub(super) fn frame(page: &FundsPage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &LEDGER,
        path: PATH,
        asked: page.asked.clone(),
        found: text::movements(page.total, kit::lang()),
        counts: Vec::new(),
        today: page.today,
        placeholder: text::SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<FundsPage>, is_refused: bool) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, mut page } = framed;
    let card = std::mem::take(&mut page.card);
    let list = match page.is_locked {
        true => view! { <div inner_html=page.locked.0></div> }.into_any(),
        false => list(page, frame, is_refused),
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

fn list(page: FundsPage, frame: Frame, is_refused: bool) -> AnyView {
    let lang = kit::lang();
    let FundsPage { asked, rows, total, all, setup, .. } = page;
    let found = text::movements(total, lang);
    let content = (!is_refused).then(|| {
        view! {
            <div class="toolbar">
                <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                    <b>{found}</b>
                </p>
                {placed(frame.sorted)}
                <div class="push tools" inner_html=setup.tools.0.clone()></div>
                <ExportMenu source="ledger" query=frame.query records="/sales/exports"/>
            </div>
            {table(&asked, rows, all, &setup, frame.nothing)}
            {placed(frame.foot)}
        }
        .into_any()
    });
    view! { <section class="card" aria-label=text::LEDGER.at(lang)>{kit::frame::bar(frame.bar)}{content}</section> }.into_any()
}

/// Never had a movement, or filtered to nothing: two different sentences.
fn table(asked: &Asked, rows: Vec<LedgerRow>, all: i64, setup: &Setup, filtered: Drawn) -> AnyView {
    let lang = kit::lang();
    if rows.is_empty() && all == 0 {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{text::EMPTY.at(lang)}</h2><p>{text::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let currency = currency_of(asked);
    let mut heads = heads_in(&LEDGER, &setup.columns);
    for head in &mut heads {
        head.label = text::head(head.key, currency).map_or(head.label, |label| label.at(lang));
    }
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    view! { <DataTable list=&LEDGER asked=asked.clone() path=PATH heads rows compact=setup.compact/> }.into_any()
}

fn table_row(row: LedgerRow, lang: Lang) -> Row {
    let label = |key: &str| LEDGER.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
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
