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
    Page,
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
        sheet(
            lines,
            || crumbs(Some(text::LINES.at(lang()))),
            move |fault| {
                // Without a bill there is no page to say it on.
                if fault.field.as_deref() == Some("period") {
                    return None;
                }
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
                Some(shown(page, false, fault.refused()))
            },
        )
    }
}

/// The page; `may_reveal`: whoever reads it may open its eye.
pub(super) fn shown(page: LinePage, may_reveal: bool, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = lang();
    let LinePage { asked, rows, total, sum, plain, currency, period, today } = page;
    let sum = view! {
        {if lang == Lang::Zh { "，" } else { ", " }}{text::SUM_OF_LINES.at(lang)}" "
        <b class="nowrap" data-testid="amount-lines" data-amount=plain data-currency=currency.key()>{sum}</b>{text::head("", currency, lang)}
    };
    let tools = view! {
        <div class="push tools">
            <a class="btn s" href=format!("{BILL_PATH}?{}", export_query(&period, currency))>{text::BACK.at(lang)}</a>
            {exports(&asked, lang)}
        </div>
    };
    let rows = rows.into_iter().map(|row| table_row(row, currency, lang)).collect();
    let eye = super::eye(&BILL_LINES, PATH, &asked);
    let lede = if may_reveal && kit::eye::is_open(&eye.address) { text::UNMASKED } else { text::MASKED }.at(lang);
    let list = Listed {
        today,
        error,
        eye: (may_reveal && !period.is_empty()).then_some(("customer", eye)),
        placeholder: text::SEARCH_LINES,
        sum: Some(sum.into_any()),
        tools: Some(tools.into_any()),
        ..Listed::new((&BILL_LINES, PATH, text::LINES), asked, rows, (total, text::lines(total, lang)))
    };
    let title = if period.is_empty() { text::LINES.at(lang).to_owned() } else { format!("{} {period}", text::LINES.at(lang)) };
    view! { <Page title lede crumbs=crumbs(Some(text::LINES.at(lang)))>{kit::selection::refused_of(super::REVEAL)}{list_card(list)}</Page> }
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
fn exports(asked: &domain::list::Asked, lang: Lang) -> AnyView {
    let query = BILL_LINES.write(asked);
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
    let cell = cells(&BILL_LINES);
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
