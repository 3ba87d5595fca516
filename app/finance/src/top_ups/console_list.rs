//! `/console/top-ups`: claims that wait, and those that were decided. The address is the state.

use super::{
    CONSOLE,
    functions::{ListClaims, list_claims},
    text,
    text::queue as words,
};
use domain::{
    Drawn, Lang, Money,
    list::Asked,
    machine::{Keyed as _, Kind},
    top_up::{CONSOLE_TOP_UPS, State, Tab, TopUpQueue, TopUpRow},
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
pub struct ConsoleTopUps {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleTopUps {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListClaims>("query", query, |query| Box::pin(list_claims(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleTopUps { query, rows } = this;
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<TopUpQueue>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let (asked, today) = (CONSOLE_TOP_UPS.read(&query.get_untracked()), kit::visit::today());
                let waiting = Money::cny(0);
                let page = TopUpQueue { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, today, setup: Setup::default() };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &TopUpQueue, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_TOP_UPS,
        path: CONSOLE,
        asked: page.asked.clone(),
        found: text::count(page.total, kit::lang()),
        counts: vec![("tab", page.counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        today: page.today,
        placeholder: words::SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<TopUpQueue>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: TopUpQueue { asked, rows, total, counts, waiting, setup, .. } } = framed;
    let to_review = counts.iter().find(|(tab, _)| *tab == Tab::Review).map_or(0, |(_, count)| *count);
    let found = text::count(total, lang);
    let tabs = tabs(&asked, &counts);
    let table = table(&asked, rows, &setup, frame.nothing);
    let crumbs = vec![Crumb::to(words::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::TITLE.at(lang))];
    view! {
        <Page title=words::TITLE.at(lang) lede=words::lede(to_review, waiting, lang) crumbs>
            <section class="card" aria-label=words::TITLE.at(lang)>
                {tabs}
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()><b>{found}</b></p>
                    {placed(frame.sorted)}
                    <div class="push tools" inner_html=setup.tools.0.clone()></div>
                    <ExportMenu source="console-top-ups" query=frame.query records="/console/exports"/>
                </div>
                {table}
                {placed(frame.foot)}
            </section>
        </Page>
    }
    .into_any()
}

fn tabs(asked: &Asked, counts: &[(Tab, i64)]) -> AnyView {
    let (lang, shown) = (kit::lang(), Tab::of(asked));
    let tab = |tab: &Tab| {
        let count = counts.iter().find(|(other, _)| other == tab).map_or(0, |(_, count)| *count);
        let current = (*tab == shown).then_some("page");
        let href = CONSOLE_TOP_UPS.address(CONSOLE, &asked.only("tab", Some(tab.key())));
        let number = (*tab != Tab::Done && count > 0).then(|| view! { <span class="badge">{count}</span> });
        view! { <a href=href aria-current=current data-testid=format!("tab-{}", tab.key())>{tab.label().at(lang)}{number}</a> }
    };
    view! { <nav class="tabs" aria-label=words::TABS.at(lang)>{Tab::ALL.iter().map(tab).collect_view()}</nav> }.into_any()
}

fn table(asked: &Asked, rows: Vec<TopUpRow>, setup: &Setup, filtered: Drawn) -> AnyView {
    let lang = kit::lang();
    let plain = asked.only("tab", None);
    if rows.is_empty() && asked.page == 1 && !plain.is_filtered() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{words::EMPTY.at(lang)}</h2><p>{words::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let heads = heads_in(&CONSOLE_TOP_UPS, &setup.columns);
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    view! { <DataTable list=&CONSOLE_TOP_UPS asked=asked.clone() path=CONSOLE heads rows compact=setup.compact/> }.into_any()
}

fn table_row(row: TopUpRow, lang: Lang) -> Row {
    let label = |key: &str| CONSOLE_TOP_UPS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
    let word = |text: String| Shown::Text { text, category: None };
    let number = view! { <a class="row-link" href=format!("{CONSOLE}/{}", row.id)>{row.number.clone()}</a> }.into_any();
    // For the vendor what waits for a decision is what needs the reader.
    let kind = if row.state == State::Claimed { Kind::Act } else { row.state.kind() };
    let cells = vec![
        cell("number", Shown::Drawn(number)),
        cell("partner", word(row.partner.clone())),
        cell("amount", Shown::Amount(row.amount)),
        cell("payer", word(text::from(&row, lang))),
        cell("date", Shown::Day(row.date.start())),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, row.state.key(), row.state.label())),
    ];
    Row { id: row.id.to_string(), cells }
}
