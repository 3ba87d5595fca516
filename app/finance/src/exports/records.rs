//! `/sales/exports` and `/console/exports`: the records, with progress, files and ways on.

use super::{
    TASK,
    functions::{ListConsoleExports, ListExports, list_console_exports, list_exports},
    text,
};
use domain::{
    Lang,
    access::Side,
    exports::{ExportPage, ExportRow, State, records},
    list::{Asked, List},
    machine::Keyed,
    text::Bytes,
    views::Setup,
};
use kit::{
    Crumb, Page, Status,
    act::here,
    awaited::{Answering, ask},
    drawn::placed,
    icon::Icon,
    list_page::{Batch, Choice, Listed, list_card, pills},
    listing::use_query,
    selection::{Verb, batch_bar, refused},
    sheet::sheet,
    table::{Row, Shown, cells, tile},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The form of the steps for chosen rows.
const BATCH: &str = "batch";

/// The partner's page.
#[derive(Clone)]
pub struct ExportRecords {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ExportRecords {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListExports>("query", query, |query| Box::pin(list_exports(query))) }
    }

    fn view(this: Self) -> AnyView {
        of_side(this.rows, this.query, Side::Partner)
    }
}

/// The vendor's page.
#[derive(Clone)]
pub struct ConsoleExportRecords {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleExportRecords {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListConsoleExports>("query", query, |query| Box::pin(list_console_exports(query))) }
    }

    fn view(this: Self) -> AnyView {
        of_side(this.rows, this.query, Side::Vendor)
    }
}

fn of_side(rows: Answering, query: Signal<String>, side: Side) -> AnyView {
    sheet(rows, Vec::new, move |fault| {
        let asked = records(side).1.read(&query.get_untracked());
        let (today, setup) = (kit::visit::today(), Setup::default());
        let page = ExportPage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), today, setup, panel: None };
        Some(shown(page, side, fault.refused()))
    })
}

pub(super) fn shown(page: ExportPage, side: Side, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let (path, list, _) = records(side);
    let ExportPage { asked, rows, total, counts, today, setup, panel } = page;
    let above =
        if side == Side::Vendor { Crumb::to(text::CONSOLE.at(lang), "/console") } else { Crumb::to(text::SALES.at(lang), "/sales") };
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let rows: Vec<Row> = rows.into_iter().map(|row| table_row(row, (path, list, &asked), lang)).collect();
    let verbs = vec![Verb { key: "cancel", label: text::CANCEL.at(lang) }, Verb { key: "repeat", label: text::REPEAT.at(lang) }];
    let again = list.address(path, &asked);
    let refresh = view! { <div class="push"><a class="btn quiet s" href=again rel="external">{text::REFRESH.at(lang)}</a></div> };
    let card = Listed {
        today,
        error,
        placeholder: text::SEARCH,
        counts: vec![("state", counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        pills: Some(pills((list, path), &asked, "state", (text::ALL, all), choices(&counts))),
        tools: Some(refresh.into_any()),
        setup: Some(setup),
        empty: (all == 0 && !asked.is_filtered()).then_some((text::EMPTY, text::EMPTY_HINT)),
        batch: Some(Batch { form: BATCH, picked: false, bar: batch_bar(BATCH, "/fn/exports/batch", here().get_untracked(), verbs) }),
        ..Listed::new((list, path, text::TITLE), asked, rows, (total, text::tasks(total, lang)))
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=vec![above, Crumb::here(text::TITLE.at(lang))]>
            <div class="stack">
            <div class="note"><Icon name="info"/><div>{text::KEPT.at(lang)}</div></div>
            {refused()}
            {list_card(card)}
            {panel.map(placed)}
            </div>
        </Page>
    }
    .into_any()
}

/// The states as pills; what is under way is one of them.
fn choices(counts: &[(State, i64)]) -> Vec<Choice> {
    let count = |wanted: &[State]| -> i64 { counts.iter().filter(|(state, _)| wanted.contains(state)).map(|(_, count)| count).sum() };
    let pill = |label, states: &[State], always| Choice {
        label,
        keys: states.iter().map(|state| state.key()).collect(),
        count: count(states),
        always,
    };
    let ended = [(State::Completed, true), (State::Failed, true), (State::Cancelled, false), (State::Expired, true)];
    let ended = ended.map(|(state, always)| pill(state.label(), &[state], always));
    std::iter::once(pill(text::UNDER, &[State::Queued, State::Running], true)).chain(ended).collect()
}

fn table_row(row: ExportRow, (path, list, asked): (&'static str, &'static List, &Asked), lang: Lang) -> Row {
    let cell = cells(list);
    let text = |text: String| Shown::Text { text, category: None };
    let day = row.expires.map(|at| at.day().to_string());
    let has_file = row.size_bytes > 0;
    let content = if has_file { text::rows(row.rows_done, &Bytes(row.size_bytes).to_string(), lang) } else { "—".to_owned() };
    let expires = match (row.state, day) {
        (State::Completed, Some(day)) => text::until(&day, lang),
        (State::Expired, Some(day)) => text::gone(&day, lang),
        _ => "—".to_owned(),
    };
    Row {
        id: row.id.to_string(),
        cells: vec![
            cell("file", Shown::Drawn(named(&row, with_panel(list.address(path, asked), &row)))),
            cell("person", text(row.person.clone())),
            cell("made", Shown::Moment(row.made)),
            cell("state", Shown::Drawn(state(&row, lang))),
            cell("content", Shown::Number { text: content, bytes: has_file.then_some(row.size_bytes) }),
            cell("expires", text(expires)),
            cell("actions", Shown::Drawn(steps(&row, lang))),
        ],
    }
}

/// The same list with the panel of a task.
fn with_panel(list: String, row: &ExportRow) -> String {
    format!("{list}{}{TASK}={}", if list.contains('?') { '&' } else { '?' }, row.id)
}

fn named(row: &ExportRow, panel: String) -> AnyView {
    let kind = row.kind;
    view! {
        <div class="doc">
            {tile((kind.key(), kind.label().at(kit::lang())))}
            <div><a class="row-link" href=panel data-testid="open-panel">{row.file_name.clone()}</a><span class="sub">{row.filter.clone()}</span></div>
        </div>
    }
    .into_any()
}

fn state(row: &ExportRow, lang: Lang) -> AnyView {
    let below = match row.state {
        State::Queued => view! { <span class="sub">{text::place(row.place, lang)}</span> }.into_any(),
        State::Running if row.rows_total > 0 => {
            let words = text::progress(row.rows_done, row.rows_total, row.seconds_left, lang);
            view! {
                <progress value=row.rows_done.to_string() max=row.rows_total.to_string() aria-label=words.clone()></progress>
                <span class="sub">{words}</span>
            }
            .into_any()
        }
        State::Failed => {
            let why = row.problem.map(|problem| problem.label().at(lang));
            let tries = (row.tries > 1).then(|| text::tries(row.tries, lang));
            view! { <span class="sub">{why}</span>{tries.map(|tries| view! { <span class="sub">{tries}</span> })} }.into_any()
        }
        _ => ().into_any(),
    };
    view! { <Status kind=row.state.kind() state=row.state.key() label=row.state.label()/>{below} }.into_any()
}

fn steps(row: &ExportRow, lang: Lang) -> AnyView {
    let task = row.id.to_string();
    match row.state {
        State::Queued | State::Running => one_step("/fn/exports/cancel", task, text::CANCEL, "cancel"),
        State::Completed => {
            let about = row.sha256.clone();
            view! {
                <a href=format!("/exports/{task}/file") download="" data-testid="download">{text::DOWNLOAD.at(lang)}</a>
                <a href=format!("/exports/{task}/manifest") title=about download="" data-testid="manifest">{text::PROOF.at(lang)}</a>
            }
            .into_any()
        }
        State::Failed | State::Cancelled | State::Expired => one_step("/fn/exports/repeat", task, text::REPEAT, "repeat"),
    }
}

/// A plain form that the browser sends itself; the whole page is asked for anew then, as it is every few seconds anyway.
fn one_step(action: &'static str, task: String, label: domain::Text, step: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="from" value=here()/>
            <input type="hidden" name="task" value=task/>
            <button class="link" data-testid=format!("action-{step}")>{label.at(kit::lang())}</button>
        </form>
    }
    .into_any()
}
