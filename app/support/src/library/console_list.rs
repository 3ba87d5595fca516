//! `/console/library`: every document of every audience and state.

use super::{
    cells::{audience, format_pair, size, updated, version},
    functions::{ListEditor, list_editor},
    text,
};
use domain::{
    Lang,
    library::{CONSOLE_LIBRARY, EditorPage, EditorRow, State},
    list::Asked,
    machine::Keyed,
    text::grouped,
};
use kit::{
    Page, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::{drawn_by_server, placed},
    filter::Bar,
    frame::{Frame, Framed},
    icon::Icon,
    listing::use_query,
    table::{Cell, DataTable, Document, Link, Row, Shown, heads},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The path of this page.
pub const PATH: &str = "/console/library";

/// The page.
#[derive(Clone)]
pub struct ConsoleLibrary {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleLibrary {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListEditor>("query", query, |query| Box::pin(list_editor(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleLibrary { query, rows } = this;
        awaited(rows, move |answer| match answer.open::<Framed<EditorPage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let asked = CONSOLE_LIBRARY.read(&query.get_untracked());
                let page = EditorPage { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &EditorPage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &CONSOLE_LIBRARY,
        path: PATH,
        asked: page.asked.clone(),
        found: text::documents(page.total, kit::lang()),
        counts: Vec::new(),
        today: page.today,
        placeholder: text::CONSOLE_SEARCH,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<EditorPage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: EditorPage { asked, rows, total, .. } } = framed;
    let actions = view! {
        <a class="btn" href="/console/downloads"><Icon name="download"/>{text::DOWNLOAD_LOG.at(lang)}</a>
        <a class="btn primary" href="/console/library/new"><Icon name="upload"/>{text::UPLOAD.at(lang)}</a>
    }
    .into_any();
    let table = if rows.is_empty() {
        placed(frame.nothing)
    } else {
        let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
        view! { <DataTable list=&CONSOLE_LIBRARY asked=asked.clone() path=PATH heads=heads(&CONSOLE_LIBRARY) rows/> }.into_any()
    };
    view! {
        <Page title=text::CONSOLE.at(lang) actions=Some(actions)>
            <section class="card" aria-label=text::CONSOLE.at(lang)>
                {tabs(&asked, lang)}
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                        <b>{text::documents(total, lang)}</b>
                    </p>
                    {placed(frame.sorted)}
                </div>
                {table}
                {placed(frame.foot)}
            </section>
        </Page>
    }
    .into_any()
}

/// One tab per state, as links.
fn tabs(asked: &Asked, lang: Lang) -> AnyView {
    let href = |state: Option<State>| CONSOLE_LIBRARY.address(PATH, &asked.only("state", state.map(Keyed::key)));
    let only = |state: State| asked.chosen("state").eq([state.key()]);
    let states = State::ALL
        .iter()
        .map(|state| {
            let current = only(*state).then_some("page");
            view! { <a href=href(Some(*state)) aria-current=current data-testid=format!("tab-{}", state.key())>{state.label().at(lang)}</a> }
        })
        .collect_view();
    let all = asked.chosen("state").next().is_none().then_some("page");
    view! { <nav class="tabs" aria-label=text::STATE.at(lang)><a href=href(None) aria-current=all>{text::EVERYTHING.at(lang)}</a>{states}</nav> }.into_any()
}

fn table_row(row: EditorRow, lang: Lang) -> Row {
    let plain: String = row.title.iter().map(|piece| piece.text.as_str()).collect();
    let page = format!("{PATH}/{}", row.id);
    let link = |end: &str, label: domain::Text, danger| Link {
        href: format!("{page}/{end}"),
        label: label.at(lang),
        about: plain.clone(),
        download: false,
        danger,
    };
    let links = match row.state {
        State::Draft => vec![link("edit", text::EDIT, false), link("publish", text::PUBLISH, false), link("discard", text::DISCARD, true)],
        State::Published => {
            vec![link("edit", text::EDIT, false), link("replace", text::REPLACE, false), link("withdraw", text::WITHDRAW, true)]
        }
        State::Withdrawn => vec![link("edit", text::EDIT, false), link("publish", text::PUBLISH_AGAIN, false)],
        State::Discarded => Vec::new(),
    };
    let document = Document {
        format: format_pair(row.format, lang),
        href: page.clone(),
        title: row.title,
        mark: None,
        category: (row.category.key(), row.category.label().at(lang)),
        line: Vec::new(),
    };
    Row {
        id: row.id.to_string(),
        cells: vec![
            Cell { key: "title", label: text::NAME.at(lang), shown: Shown::Document(Box::new(document)) },
            Cell { key: "state", label: text::STATE.at(lang), shown: Shown::State(row.state.kind(), row.state.key(), row.state.label()) },
            audience(&row.audience, lang),
            size(row.size_bytes, lang),
            version(row.version_no, lang),
            Cell { key: "downloads", label: text::DOWNLOADS.at(lang), shown: Shown::Number { text: grouped(row.downloads), bytes: None } },
            updated(row.updated, lang),
            Cell { key: "actions", label: text::ACTIONS.at(lang), shown: Shown::Links(links) },
        ],
    }
}
