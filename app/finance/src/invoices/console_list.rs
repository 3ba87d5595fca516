//! `/console/invoices`: the queue of requests, in four stages.

use super::{
    CONSOLE,
    functions::{InvoiceQueue, invoice_queue},
    text,
    text::queue as words,
};
use domain::{
    Lang,
    invoice::{CONSOLE_REQUESTS, InvoiceQueuePage, InvoiceRow, QueueTab},
    list::Asked,
    machine::{Keyed as _, Kind},
    views::Setup,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    list_page::{Choice, Listed, count_of, list_card, tabs},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleInvoices {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleInvoices {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<InvoiceQueue>("query", query, |query| Box::pin(invoice_queue(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleInvoices { query, rows } = this;
        sheet(rows, Vec::new, move |fault| {
            let page = nothing(CONSOLE_REQUESTS.read(&query.get_untracked()));
            Some(shown(page, fault.refused()))
        })
    }
}

fn nothing(asked: Asked) -> InvoiceQueuePage {
    let (waiting, now) = (domain::Money::cny(0), kit::visit::visit().with_value(|visit| visit.now));
    InvoiceQueuePage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, now, setup: Setup::default() }
}

pub(super) fn shown(page: InvoiceQueuePage, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let InvoiceQueuePage { asked, rows, total, counts, waiting, now, setup } = page;
    let to_issue = count_of(&counts, QueueTab::Requests);
    let choices = QueueTab::ALL.iter().map(|tab| Choice::one(tab.label(), tab.key(), count_of(&counts, *tab))).collect();
    let open = asked.chosen("tab").next().and_then(QueueTab::read).unwrap_or(QueueTab::Requests);
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today: now.day(),
        error,
        placeholder: words::SEARCH,
        counts: vec![("tab", counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        above: Some(tabs((&CONSOLE_REQUESTS, CONSOLE), &asked, ("tab", words::TABS), (open.key(), QueueTab::Done.key()), choices)),
        setup: Some(setup),
        empty: (asked.page == 1 && !asked.only("tab", None).is_filtered()).then_some((words::EMPTY, words::EMPTY_HINT)),
        files: Some(("console-invoice-requests", "/console/exports")),
        ..Listed::new((&CONSOLE_REQUESTS, CONSOLE, words::TITLE), asked, rows, (total, text::requests(total, lang)))
    };
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::TITLE.at(lang))];
    view! { <Page title=words::TITLE.at(lang) lede=words::lede(to_issue, waiting, lang) crumbs>{list_card(list)}</Page> }.into_any()
}

fn table_row(row: InvoiceRow, lang: Lang) -> Row {
    let cell = cells(&CONSOLE_REQUESTS);
    let word = |text: String, category| Shown::Text { text, category };
    // For the vendor what waits for finance is what needs the reader.
    let kind = if row.state.is_open() { Kind::Act } else { row.state.kind() };
    let due = if row.state.is_open() { words::due(row.due.day(), lang) } else { String::new() };
    let (state, key) = (row.state.label(), row.state.key());
    let cells = vec![
        cell("number", Shown::Link { href: format!("{CONSOLE}/{}", row.id), text: row.number.clone() }),
        cell("partner", word(row.partner.clone(), None)),
        cell("amount", Shown::Amount(row.amount)),
        cell("kind", word(row.kind.label().at(lang).to_owned(), Some(row.kind.key()))),
        cell("medium", word(row.medium.label().at(lang).to_owned(), Some(row.medium.key()))),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, key, state)),
        cell("due", word(due, None)),
    ];
    Row { id: row.id.to_string(), cells }
}
