//! `/console/invoices/information`: further titles and changes that wait for support.

use super::{
    CONSOLE_INFORMATION as PATH,
    functions::{InvoiceReviews, invoice_reviews},
    text,
    text::queue as words,
};
use domain::{
    Drawn, Lang,
    invoice::{CONSOLE_INFORMATION, ReviewPage, ReviewRow, ReviewState, ReviewTab},
    list::Asked,
    machine::{Keyed as _, Kind},
};
use kit::{
    Crumb, Page, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::{drawn_by_server, placed},
    filter::Bar,
    frame::{Frame, Framed},
    icon::drawing,
    listing::use_query,
    table::{Cell, DataTable, Row, Shown, heads},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleInformation {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleInformation {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<InvoiceReviews>("query", query, |query| Box::pin(invoice_reviews(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleInformation { query, rows } = this;
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<ReviewPage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let now = kit::visit::visit().with_value(|visit| visit.now);
                let asked = CONSOLE_INFORMATION.read(&query.get_untracked());
                let page = ReviewPage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), now };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &ReviewPage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_INFORMATION,
        path: PATH,
        asked: page.asked.clone(),
        found: text::requests(page.total, kit::lang()),
        counts: vec![("tab", page.counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        today: page.now.day(),
        placeholder: words::SEARCH_REVIEWS,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<ReviewPage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: ReviewPage { asked, rows, total, counts, .. } } = framed;
    let found = text::requests(total, lang);
    let tabs = tabs(&asked, &counts);
    let table = table(&asked, rows, frame.nothing);
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::REVIEWS.at(lang))];
    view! {
        <Page title=words::REVIEWS.at(lang) lede=words::REVIEWS_LEDE.at(lang) crumbs>
            <section class="card" aria-label=words::REVIEWS.at(lang)>
                {tabs}
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()><b>{found}</b></p>
                    {placed(frame.sorted)}
                </div>
                {table}
                {placed(frame.foot)}
            </section>
        </Page>
    }
    .into_any()
}

fn tabs(asked: &Asked, counts: &[(ReviewTab, i64)]) -> AnyView {
    let lang = kit::lang();
    let shown = asked.chosen("tab").next().and_then(ReviewTab::read).unwrap_or(ReviewTab::Titles);
    let tab = |tab: &ReviewTab| {
        let count = counts.iter().find(|(other, _)| other == tab).map_or(0, |(_, count)| *count);
        let current = (*tab == shown).then_some("page");
        let href = CONSOLE_INFORMATION.address(PATH, &asked.only("tab", Some(tab.key())));
        let number = (*tab != ReviewTab::Done && count > 0).then(|| view! { <span class="badge">{count}</span> });
        view! { <a href=href aria-current=current data-testid=format!("tab-{}", tab.key())>{tab.label().at(lang)}{number}</a> }
    };
    view! { <nav class="tabs" aria-label=words::TABS.at(lang)>{ReviewTab::ALL.iter().map(tab).collect_view()}</nav> }.into_any()
}

fn table(asked: &Asked, rows: Vec<ReviewRow>, filtered: Drawn) -> AnyView {
    let lang = kit::lang();
    if rows.is_empty() && asked.page == 1 && !asked.only("tab", None).is_filtered() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{words::EMPTY.at(lang)}</h2><p>{words::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let rows: Vec<Row> = rows.into_iter().map(|row| table_row(row, lang)).collect();
    view! { <DataTable list=&CONSOLE_INFORMATION asked=asked.clone() path=PATH heads=heads(&CONSOLE_INFORMATION) rows/> }.into_any()
}

fn table_row(row: ReviewRow, lang: Lang) -> Row {
    let label = |key: &str| CONSOLE_INFORMATION.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
    let is_open = row.state == ReviewState::Submitted;
    let kind = if is_open { Kind::Act } else { row.state.kind() };
    let due = if is_open { words::due(row.due.day(), lang) } else { String::new() };
    let cells = vec![
        cell("title", Shown::Link { href: format!("{PATH}/{}", row.id), text: row.title.clone() }),
        cell("partner", Shown::Text { text: row.partner.clone(), category: None }),
        cell("kind", Shown::Text { text: row.kind.label().at(lang).to_owned(), category: Some(row.kind.key()) }),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, row.state.key(), row.state.label())),
        cell("due", Shown::Text { text: due, category: None }),
    ];
    Row { id: row.id.to_string(), cells }
}
