//! `/console/invoices`: the queue of requests, in four stages.

use super::{
    CONSOLE,
    functions::{InvoiceQueue, invoice_queue},
    text,
    text::queue as words,
};
use domain::{
    Drawn, Lang,
    invoice::{CONSOLE_REQUESTS, InvoiceQueuePage, InvoiceRow, QueueTab},
    list::Asked,
    machine::{Keyed as _, Kind},
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
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<InvoiceQueuePage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let page = nothing(CONSOLE_REQUESTS.read(&query.get_untracked()));
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

fn nothing(asked: Asked) -> InvoiceQueuePage {
    let (waiting, now) = (domain::Money::cny(0), kit::visit::visit().with_value(|visit| visit.now));
    InvoiceQueuePage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, now, setup: Setup::default() }
}

pub(super) fn frame(page: &InvoiceQueuePage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_REQUESTS,
        path: CONSOLE,
        asked: page.asked.clone(),
        found: text::requests(page.total, kit::lang()),
        counts: vec![("tab", page.counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        today: page.now.day(),
        placeholder: words::SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<InvoiceQueuePage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: InvoiceQueuePage { asked, rows, total, counts, waiting, setup, .. } } = framed;
    let to_issue = counts.iter().find(|(tab, _)| *tab == QueueTab::Requests).map_or(0, |(_, count)| *count);
    let found = text::requests(total, lang);
    let tabs = tabs(&asked, &counts);
    let table = table(&asked, rows, &setup, frame.nothing);
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::TITLE.at(lang))];
    view! {
        <Page title=words::TITLE.at(lang) lede=words::lede(to_issue, waiting, lang) crumbs>
            <section class="card" aria-label=words::TITLE.at(lang)>
                {tabs}
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()><b>{found}</b></p>
                    {placed(frame.sorted)}
                    <div class="push tools" inner_html=setup.tools.0.clone()></div>
                    <ExportMenu source="console-invoice-requests" query=frame.query records="/console/exports"/>
                </div>
                {table}
                {placed(frame.foot)}
            </section>
        </Page>
    }
    .into_any()
}

fn tabs(asked: &Asked, counts: &[(QueueTab, i64)]) -> AnyView {
    let lang = kit::lang();
    let shown = asked.chosen("tab").next().and_then(QueueTab::read).unwrap_or(QueueTab::Requests);
    let tab = |tab: &QueueTab| {
        let count = counts.iter().find(|(other, _)| other == tab).map_or(0, |(_, count)| *count);
        let current = (*tab == shown).then_some("page");
        let href = CONSOLE_REQUESTS.address(CONSOLE, &asked.only("tab", Some(tab.key())));
        let number = (*tab != QueueTab::Done && count > 0).then(|| view! { <span class="badge">{count}</span> });
        view! { <a href=href aria-current=current data-testid=format!("tab-{}", tab.key())>{tab.label().at(lang)}{number}</a> }
    };
    view! { <nav class="tabs" aria-label=words::TABS.at(lang)>{QueueTab::ALL.iter().map(tab).collect_view()}</nav> }.into_any()
}

fn table(asked: &Asked, rows: Vec<InvoiceRow>, setup: &Setup, filtered: Drawn) -> AnyView {
    let lang = kit::lang();
    let plain = asked.only("tab", None);
    if rows.is_empty() && asked.page == 1 && plain.chosen.is_empty() && !plain.is_filtered() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{words::EMPTY.at(lang)}</h2><p>{words::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let heads = heads_in(&CONSOLE_REQUESTS, &setup.columns);
    let rows: Vec<Row> = rows.into_iter().map(|row| table_row(row, lang)).collect();
    view! { <DataTable list=&CONSOLE_REQUESTS asked=asked.clone() path=CONSOLE heads rows compact=setup.compact/> }.into_any()
}

fn table_row(row: InvoiceRow, lang: Lang) -> Row {
    let label = |key: &str| CONSOLE_REQUESTS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
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
