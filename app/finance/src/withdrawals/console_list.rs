//! `/console/withdrawals`: the queue, in four stages. Rows are decided about one by one or as a batch.

use super::{
    CONSOLE,
    functions::{ListQueue, list_queue},
    parts::refused,
    text,
    text::queue as words,
};
use domain::{
    Drawn, Lang, Moment,
    list::Asked,
    machine::Keyed as _,
    views::Setup,
    withdrawal::{CONSOLE_WITHDRAWALS, QueuePage, REASON_MAX, State, Tab, WithdrawalRow},
};
use kit::{
    Crumb, Page, Stopped,
    act::here,
    awaited::{Answering, ask, awaited},
    drawn::{drawn_by_server, placed},
    export::ExportMenu,
    filter::Bar,
    frame::{Frame, Framed},
    icon::drawing,
    listing::use_query,
    selection::{Verb, batch_bar_with},
    table::{Cell, DataTable, Row, Shown, heads_in},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The form of the steps for chosen rows.
const BATCH: &str = "batch";

/// The page.
#[derive(Clone)]
pub struct ConsoleWithdrawals {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleWithdrawals {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListQueue>("query", query, |query| Box::pin(list_queue(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleWithdrawals { query, rows } = this;
        kit::page::more_styles();
        awaited(rows, move |answer| match answer.open::<Framed<QueuePage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let page = nothing(CONSOLE_WITHDRAWALS.read(&query.get_untracked()));
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

fn nothing(asked: Asked) -> QueuePage {
    let waiting = domain::Money::cny(0);
    let now = kit::visit::visit().with_value(|visit| visit.now);
    QueuePage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, now, key: domain::Id(0), setup: Setup::default() }
}

pub(super) fn frame(page: &QueuePage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_WITHDRAWALS,
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

fn whole(framed: Framed<QueuePage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: QueuePage { asked, rows, total, counts, waiting, now, key, setup } } = framed;
    let to_review = counts.iter().find(|(tab, _)| *tab == Tab::Review).map_or(0, |(_, count)| *count);
    let found = text::requests(total, lang);
    let tabs = tabs(&asked, &counts);
    let table = table(&asked, rows, &setup, frame.nothing, (now, key.to_string()));
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::TITLE.at(lang))];
    view! {
        <Page title=words::TITLE.at(lang) lede=words::lede(to_review, waiting, lang) crumbs>
            <div class="stack">
                {kit::drawn::only_at_first(refused)}
                <section class="card" aria-label=words::TITLE.at(lang)>
                    {tabs}
                    {kit::frame::bar(frame.bar)}
                    <div class="toolbar">
                        <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()><b>{found}</b></p>
                        {placed(frame.sorted)}
                        <div class="push tools" inner_html=setup.tools.0.clone()></div>
                        <ExportMenu source="console-withdrawals" query=frame.query records="/console/exports"/>
                    </div>
                    {table}
                    {placed(frame.foot)}
                </section>
            </div>
        </Page>
    }
    .into_any()
}

fn tab_of(asked: &Asked) -> Tab {
    asked.chosen("tab").next().and_then(Tab::read).unwrap_or(Tab::Review)
}

fn tabs(asked: &Asked, counts: &[(Tab, i64)]) -> AnyView {
    let (lang, shown) = (kit::lang(), tab_of(asked));
    let tab = |tab: &Tab| {
        let count = counts.iter().find(|(other, _)| other == tab).map_or(0, |(_, count)| *count);
        let current = (*tab == shown).then_some("page");
        let href = CONSOLE_WITHDRAWALS.address(CONSOLE, &asked.only("tab", Some(tab.key())));
        let number = (*tab != Tab::Done && count > 0).then(|| view! { <span class="badge">{count}</span> });
        view! { <a href=href aria-current=current data-testid=format!("tab-{}", tab.key())>{tab.label().at(lang)}{number}</a> }
    };
    view! { <nav class="tabs" aria-label=words::TABS.at(lang)>{Tab::ALL.iter().map(tab).collect_view()}</nav> }.into_any()
}

fn table(asked: &Asked, rows: Vec<WithdrawalRow>, setup: &Setup, filtered: Drawn, (now, key): (Moment, String)) -> AnyView {
    let (lang, tab) = (kit::lang(), tab_of(asked));
    if rows.is_empty() && asked.page == 1 && asked.only("tab", None).chosen.is_empty() && !asked.only("tab", None).is_filtered() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{words::EMPTY.at(lang)}</h2><p>{words::EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    if rows.is_empty() {
        return placed(filtered);
    }
    let heads = heads_in(&CONSOLE_WITHDRAWALS, &setup.columns);
    let rows: Vec<Row> = rows.into_iter().map(|row| table_row(row, now, lang)).collect();
    if tab == Tab::Done {
        return view! { <DataTable list=&CONSOLE_WITHDRAWALS asked=asked.clone() path=CONSOLE heads rows compact=setup.compact/> }
            .into_any();
    }
    view! {
        <DataTable list=&CONSOLE_WITHDRAWALS asked=asked.clone() path=CONSOLE heads rows compact=setup.compact select=BATCH/>
        {batch(tab, key, lang)}
    }
    .into_any()
}

/// The steps for chosen rows: what is waited for in this tab.
fn batch(tab: Tab, key: String, lang: Lang) -> AnyView {
    let verb = |key, label: domain::Text| Verb { key, label: label.at(lang) };
    let hidden = view! { <input type="hidden" name="idempotency_key" value=key/> };
    if tab == Tab::Payout {
        return batch_bar_with(BATCH, "/fn/withdrawals/batch", here(), vec![verb("process", words::PROCESS)], hidden.into_any());
    }
    let label = words::REASON.at(lang);
    let fields = view! { {hidden}<input class="input" name="reason" aria-label=label placeholder=label maxlength=REASON_MAX.to_string()/> };
    let verbs = vec![verb("approve", words::APPROVE), verb("reject", words::REJECT)];
    batch_bar_with(BATCH, "/fn/withdrawals/batch", here(), verbs, fields.into_any())
}

fn table_row(row: WithdrawalRow, now: Moment, lang: Lang) -> Row {
    let label = |key: &str| CONSOLE_WITHDRAWALS.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown| Cell { key, label: label(key), shown };
    let word = |text: String, category| Shown::Text { text, category };
    let number = view! { <a class="row-link" href=format!("{CONSOLE}/{}", row.id)>{row.number.clone()}</a> }.into_any();
    // For the vendor what waits for a decision is what needs the reader.
    let kind = if row.state == State::Submitted { domain::machine::Kind::Act } else { row.state.kind() };
    let due = match row.state {
        State::Submitted => words::left(row.due, now, lang),
        State::Processing => super::parts::by_day(row.promised, lang),
        _ => String::new(),
    };
    let (state, key) = (row.state.label(), row.state.key());
    let cells = vec![
        cell("number", Shown::Drawn(number)),
        cell("partner", word(row.partner.clone(), None)),
        cell("fund", word(row.fund.label().at(lang).to_owned(), Some(row.fund.key()))),
        cell("amount", Shown::Amount(row.amount)),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, key, state)),
        cell("due", word(due, None)),
    ];
    Row { id: row.id.to_string(), cells }
}
