//! `/sales/exports` and `/console/exports`: the records, with progress, files and ways on.

use super::{
    TASK,
    functions::{ListConsoleExports, ListExports, list_console_exports, list_exports},
    text,
};
use domain::{
    Lang,
    access::Side,
    exports::{ExportPage, ExportRow, REFRESH_SECONDS, State, records},
    list::{Asked, List},
    machine::Keyed,
    text::Bytes,
    views::Setup,
};
use kit::{
    Crumb, Page, Status, Stopped,
    act::here,
    awaited::{Answering, ask, awaited},
    browser,
    drawn::{drawn_by_server, placed},
    filter::Bar,
    frame::{Frame, Framed},
    icon::{Icon, drawing},
    listing::use_query,
    selection::{Verb, batch_bar, refused},
    table::{Cell, DataTable, Row, Shown, heads_in, tile},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The form of the steps for chosen rows.
const BATCH: &str = "batch";

/// The question of the address, asked again while something is under way.
#[derive(Clone, Copy)]
struct Question {
    query: Signal<String>,
    again: RwSignal<u32>,
}

fn question() -> Question {
    let (query, again) = (use_query(), RwSignal::new(0));
    let query = Signal::derive(move || {
        again.track();
        query.get()
    });
    Question { query, again }
}

/// The partner's page.
#[derive(Clone)]
pub struct ExportRecords {
    question: Question,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ExportRecords {
    fn data() -> Self {
        let question = question();
        Self { question, rows: ask::<ListExports>("query", question.query, |query| Box::pin(list_exports(query))) }
    }

    fn view(this: Self) -> AnyView {
        answered(this.rows, this.question, Side::Partner)
    }
}

/// The vendor's page.
#[derive(Clone)]
pub struct ConsoleExportRecords {
    question: Question,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleExportRecords {
    fn data() -> Self {
        let question = question();
        Self { question, rows: ask::<ListConsoleExports>("query", question.query, |query| Box::pin(list_console_exports(query))) }
    }

    fn view(this: Self) -> AnyView {
        answered(this.rows, this.question, Side::Vendor)
    }
}

fn answered(rows: Answering, question: Question, side: Side) -> AnyView {
    let Question { query, again } = question;
    kit::page::more_styles();
    awaited(rows, move |answer| match answer.open::<Framed<ExportPage>>() {
        Ok(framed) => {
            if framed.page.rows.iter().any(|row| row.state.is_open()) {
                look_again(again);
            }
            whole(framed, side)
        }
        Err(fault) if fault.field.is_some() => drawn_by_server(move || {
            let asked = records(side).1.read(&query.get_untracked());
            let (today, setup) = (kit::visit::today(), Setup::default());
            let page = ExportPage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), today, setup, panel: None };
            whole(Framed::new(page, |page| frame(page, side, fault.refused())), side)
        }),
        Err(fault) => view! { <Stopped fault/> }.into_any(),
    })
}

/// Asks again after a while, but not while somebody chooses rows: their places would change below the boxes.
fn look_again(again: RwSignal<u32>) {
    browser::later(REFRESH_SECONDS, move || match browser::is_picking(BATCH) {
        true => look_again(again),
        false => again.try_update(|times| *times = times.wrapping_add(1)).unwrap_or_default(),
    });
}

pub(super) fn frame(page: &ExportPage, side: Side, error: Option<(String, String)>) -> Frame {
    let (path, list, _) = records(side);
    let bar = Bar {
        list,
        path,
        asked: page.asked.clone(),
        found: text::tasks(page.total, kit::lang()),
        counts: vec![("state", page.counts.iter().map(|(state, count)| (state.key(), *count)).collect())],
        today: page.today,
        placeholder: text::SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<ExportPage>, side: Side) -> AnyView {
    let lang = kit::lang();
    let (path, list, _) = records(side);
    let Framed { frame, page: ExportPage { asked, rows, total, counts, setup, panel, .. } } = framed;
    let above =
        if side == Side::Vendor { Crumb::to(text::CONSOLE.at(lang), "/console") } else { Crumb::to(text::SALES.at(lang), "/sales") };
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let pills = pills(&asked, &counts, all, path, list);
    let table = match rows.is_empty() {
        true if all == 0 && !asked.is_filtered() => {
            let art = drawing("art", "art-empty");
            view! { <div class="empty">{art}<h2>{text::EMPTY.at(lang)}</h2><p>{text::EMPTY_HINT.at(lang)}</p></div> }.into_any()
        }
        true => placed(frame.nothing),
        false => {
            let rows = rows.into_iter().map(|row| table_row(row, (path, list, &asked), lang)).collect();
            let verbs = vec![Verb { key: "cancel", label: text::CANCEL.at(lang) }, Verb { key: "repeat", label: text::REPEAT.at(lang) }];
            let heads = heads_in(list, &setup.columns);
            view! {
                <DataTable list asked=asked.clone() path heads rows compact=setup.compact select=BATCH/>
                {batch_bar(BATCH, "/fn/exports/batch", here(), verbs)}
            }
            .into_any()
        }
    };
    let again = list.address(path, &asked);
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=vec![above, Crumb::here(text::TITLE.at(lang))]>
            <div class="stack">
            <div class="note"><Icon name="info"/><div>{text::KEPT.at(lang)}</div></div>
            {kit::drawn::only_at_first(refused)}
            <section class="card" aria-label=text::TITLE.at(lang)>
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    {pills}
                    <p class="visually-hidden" role="status" data-testid="result-count" data-count=total.to_string()>{text::tasks(total, lang)}</p>
                    <div class="push tools" inner_html=setup.tools.0></div>
                    <div class="push"><a class="btn quiet s" href=again rel="external">{text::REFRESH.at(lang)}</a></div>
                </div>
                {table}
                {placed(frame.foot)}
            </section>
            {panel.map(placed)}
            </div>
        </Page>
    }
    .into_any()
}

/// States as pills with counts; what is under way is one of them.
fn pills(asked: &Asked, counts: &[(State, i64)], all: i64, path: &'static str, list: &'static List) -> AnyView {
    let lang = kit::lang();
    let count = |wanted: &[State]| -> i64 { counts.iter().filter(|(state, _)| wanted.contains(state)).map(|(_, count)| count).sum() };
    let pill = |label: domain::Text, states: &[State], count: i64| {
        let mut question = asked.only("state", None);
        question.chosen.extend(states.iter().map(|state| ("state".to_owned(), state.key().to_owned())));
        let chosen: Vec<&str> = asked.chosen("state").collect();
        let current = (chosen == states.iter().map(|state| state.key()).collect::<Vec<_>>()).then_some("true");
        view! { <a href=list.address(path, &question) aria-current=current>{label.at(lang)}<span class="n">{count}</span></a> }
    };
    let open = [State::Queued, State::Running];
    view! {
        <nav class="pills" aria-label=list.caption.at(lang)>
            {pill(text::ALL, &[], all)}
            {pill(text::UNDER, &open, count(&open))}
            {[State::Completed, State::Failed, State::Expired].iter().map(|state| pill(state.label(), &[*state], count(&[*state]))).collect_view()}
        </nav>
    }
    .into_any()
}

fn table_row(row: ExportRow, (path, list, asked): (&'static str, &'static List, &Asked), lang: Lang) -> Row {
    let label = |key: &str| list.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown: Shown| Cell { key, label: label(key), shown };
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
