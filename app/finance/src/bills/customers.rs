//! `/sales/bill/customers`: a bill by customer. Names are masked; each customer leads to its lines.

use super::{
    functions::{ListBillCustomers, list_bill_customers},
    lines::PATH as LINES_PATH,
    page::{PATH as BILL_PATH, crumbs},
    text,
};
use domain::{
    Currency,
    bills::{BILL_CUSTOMERS, BILL_LINES, CustomerPage, CustomerRow},
    machine::Keyed as _,
    text::grouped,
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
pub const PATH: &str = "/sales/bill/customers";

/// The page.
#[derive(Clone)]
pub struct BillCustomers {
    query: Signal<String>,
    customers: Answering,
}

#[lazy_route]
impl LazyRoute for BillCustomers {
    fn data() -> Self {
        let query = use_query();
        Self { query, customers: ask::<ListBillCustomers>("query", query, |query| Box::pin(list_bill_customers(query))) }
    }

    fn view(this: Self) -> AnyView {
        let BillCustomers { query, customers } = this;
        sheet(
            customers,
            || crumbs(Some(text::BY_CUSTOMER.at(lang()))),
            move |fault| {
                // Without a bill there is no page to say it on.
                if fault.field.as_deref() == Some("period") {
                    return None;
                }
                let (asked, currency) = (BILL_CUSTOMERS.read(&query.get_untracked()), Currency::Cny);
                let page = CustomerPage { asked, rows: Vec::new(), total: 0, currency, period: String::new(), today: kit::visit::today() };
                Some(shown(page, false, fault.refused()))
            },
        )
    }
}

/// The page; `may_reveal`: whoever reads it may open its eye.
pub(super) fn shown(page: CustomerPage, may_reveal: bool, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = lang();
    let CustomerPage { asked, rows, total, currency, period, today } = page;
    let bill = match currency {
        Currency::Cny => format!("period={period}"),
        other => format!("period={period}&currency={}", other.key()),
    };
    let tabs = view! {
        <nav class="tabs" aria-label=text::SECTIONS.at(lang)>
            <a href=format!("{BILL_PATH}?{bill}")>{text::BY_PRODUCT.at(lang)}</a>
            <a href=BILL_CUSTOMERS.address(PATH, &asked) aria-current="page">{text::BY_CUSTOMER.at(lang)}</a>
        </nav>
    };
    let rows = rows.into_iter().map(|row| table_row(row, &bill, currency)).collect();
    let eye = super::eye(&BILL_CUSTOMERS, PATH, &asked);
    let lede = if may_reveal && kit::eye::is_open(&eye.address) { text::UNMASKED } else { text::MASKED }.at(lang);
    let list = Listed {
        today,
        error,
        eye: (may_reveal && !period.is_empty()).then_some(("customer", eye)),
        placeholder: text::SEARCH_CUSTOMERS,
        ..Listed::new((&BILL_CUSTOMERS, PATH, text::BY_CUSTOMER), asked, rows, (total, text::customers(total, lang)))
    };
    let title = format!("{} {period}", text::TITLE.at(lang));
    view! {
        <Page title=title.trim().to_owned() lede crumbs=crumbs(Some(text::BY_CUSTOMER.at(lang)))>
            {tabs}
            {kit::selection::refused_of(super::REVEAL)}
            {list_card(list)}
        </Page>
    }
    .into_any()
}

fn table_row(row: CustomerRow, bill: &str, currency: Currency) -> Row {
    let cell = cells(&BILL_CUSTOMERS);
    // In the one written form of an address.
    let mut asked = format!("{bill}&customer=");
    domain::list::encode(&row.number, &mut asked);
    let text = match (row.number.as_str(), row.name.as_str()) {
        ("", _) => "—".to_owned(),
        (number, "") => number.to_owned(),
        (number, name) => format!("{name} ({number})"),
    };
    let customer = if row.number.is_empty() {
        Shown::Text { text, category: None }
    } else {
        Shown::Link { href: BILL_LINES.address(LINES_PATH, &BILL_LINES.read(&asked)), text }
    };
    let mut cells = vec![cell("customer", customer), cell("lines", Shown::Number { text: grouped(row.lines), bytes: None })];
    let keys = ["consumption", "refunds", "adjustments", "amount"];
    for (key, (text, plain)) in keys.into_iter().zip(row.amounts) {
        cells.push(cell(key, Shown::Exact { text, plain, currency: currency.key() }));
    }
    Row { id: row.number, cells }
}
