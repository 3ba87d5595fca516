//! `/sales/bill/lines`: the lines of a bill, and what those that are listed come to.

use super::{
    functions::{ListBillLines, list_bill_lines},
    page::{PATH as BILL_PATH, crumbs},
    text,
};
use domain::{
    Currency, Lang,
    bills::{BILL_LINES, LinePage, LineRow},
    machine::Keyed as _,
};
use kit::{
    Page, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::{drawn_by_server, placed},
    filter::Bar,
    frame::{Frame, Framed},
    lang,
    listing::use_query,
    table::{Cell, DataTable, Row, Shown, heads},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The path of this page.
pub const PATH: &str = "/sales/bill/lines";

/// The page.
#[derive(Clone)]
pub struct BillLines {
    query: Signal<String>,
    lines: Answering,
}

#[lazy_route]
impl LazyRoute for BillLines {
    fn data() -> Self {
        let query = use_query();
        Self { query, lines: ask::<ListBillLines>("query", query, |query| Box::pin(list_bill_lines(query))) }
    }

    fn view(this: Self) -> AnyView {
        let BillLines { query, lines } = this;
        kit::page::more_styles();
        awaited(lines, move |answer| match answer.open::<Framed<LinePage>>() {
            Ok(framed) => whole(framed, false),
            Err(fault) if fault.field.as_deref().is_some_and(|field| field != "period") => drawn_by_server(move || {
                let page = LinePage {
                    asked: BILL_LINES.read(&query.get_untracked()),
                    rows: Vec::new(),
                    total: 0,
                    sum: String::new(),
                    plain: String::new(),
                    currency: Currency::Cny,
                    period: String::new(),
                    today: kit::visit::today(),
                };
                whole(Framed::new(page, |page| frame(page, fault.refused())), true)
            }),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(Some(text::LINES.at(lang())))/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &LinePage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &BILL_LINES,
        path: PATH,
        asked: page.asked.clone(),
        found: text::lines(page.total, lang()),
        counts: Vec::new(),
        today: page.today,
        placeholder: text::SEARCH_LINES,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<LinePage>, is_refused: bool) -> AnyView {
    let lang = lang();
    let Framed { frame, page: LinePage { asked, rows, total, sum, plain, currency, period, .. } } = framed;
    let found = text::lines(total, lang);
    let heads = heads(&BILL_LINES);
    let export = view! { <a class="btn s" href=format!("{BILL_PATH}?{}", export_query(&period, currency))>{text::BACK.at(lang)}</a> };
    let content = (!is_refused).then(|| {
        let table = if rows.is_empty() {
            placed(frame.nothing)
        } else {
            let rows = rows.into_iter().map(|row| table_row(row, currency, lang)).collect();
            view! { <DataTable list=&BILL_LINES asked=asked.clone() path=PATH heads rows/> }.into_any()
        };
        let unit = text::head("", currency, lang);
        view! {
            <div class="toolbar">
                <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                    <b>{found}</b>{if lang == Lang::Zh { "，" } else { ", " }}{text::SUM_OF_LINES.at(lang)}" "
                    <b class="nowrap" data-testid="amount-lines" data-amount=plain data-currency=currency.key()>{sum}</b>{unit}
                </p>
                {placed(frame.sorted)}
                <div class="push tools">{export}{exports(&asked, frame.query, lang)}</div>
            </div>
            {table}
            {placed(frame.foot)}
        }
        .into_any()
    });
    let title = if period.is_empty() { text::LINES.at(lang).to_owned() } else { format!("{} {period}", text::LINES.at(lang)) };
    view! {
        <Page title lede=text::MASKED.at(lang) crumbs=crumbs(Some(text::LINES.at(lang)))>
            <section class="card" aria-label=text::LINES.at(lang)>{kit::frame::bar(frame.bar)}{content}</section>
        </Page>
    }
    .into_any()
}

/// The parameters that name a bill.
fn export_query(period: &str, currency: Currency) -> String {
    match currency {
        Currency::Cny => format!("period={period}"),
        other => format!("period={period}&currency={}", other.key()),
    }
}

/// The lines of this filter as files, made in the background.
fn exports(asked: &domain::list::Asked, query: String, lang: Lang) -> AnyView {
    let from = BILL_LINES.address(PATH, asked);
    let buttons = [("xlsx", "XLSX"), ("csv", "CSV")].map(|(kind, name)| {
        view! { <button class="btn s" name="kind" value=kind data-testid=format!("export-{kind}")>{text::EXPORT_AS.at(lang)}" "{name}</button> }
    });
    view! {
        <form method="post" action="/fn/exports/request" class="tools">
            <input type="hidden" name="from" value=from/>
            <input type="hidden" name="source" value="bill-lines"/>
            <input type="hidden" name="query" value=query/>
            {buttons.into_iter().collect_view()}
        </form>
    }
    .into_any()
}

fn table_row(row: LineRow, currency: Currency, lang: Lang) -> Row {
    let label = |key: &str| BILL_LINES.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
    let plain = |text: String| Shown::Text { text: if text.is_empty() { "—".to_owned() } else { text }, category: None };
    let kind = Shown::Text { text: row.kind.label().at(lang).to_owned(), category: Some(row.kind.key()) };
    let product = if row.product.is_empty() { row.kind.label().at(lang).to_owned() } else { row.product };
    let cells = vec![
        cell("product", plain(product)),
        cell("customer", plain(row.customer)),
        cell("resource", plain(row.resource)),
        cell("type", kind),
        cell("region", plain(row.region)),
        cell("at", Shown::Moment(row.at)),
        cell("amount", Shown::Exact { text: row.amount, plain: row.plain, currency: currency.key() }),
    ];
    Row { id: row.no.to_string(), cells }
}
