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
    Page,
    awaited::{Answering, ask},
    icon::Icon,
    list_page::{Listed, list_card},
    listing::use_query,
    sheet::sheet,
    table::{Cell, Document, Link, Row, Shown},
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
        sheet(rows, Vec::new, move |fault| {
            let asked = CONSOLE_LIBRARY.read(&query.get_untracked());
            let page = EditorPage { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
            Some(shown(page, fault.refused()))
        })
    }
}

pub(super) fn shown(page: EditorPage, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let EditorPage { asked, rows, total, today } = page;
    let actions = view! {
        <a class="btn" href="/console/downloads"><Icon name="download"/>{text::DOWNLOAD_LOG.at(lang)}</a>
        <a class="btn primary" href="/console/library/new"><Icon name="upload"/>{text::UPLOAD.at(lang)}</a>
    }
    .into_any();
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        placeholder: text::CONSOLE_SEARCH,
        above: Some(tabs(&asked, lang)),
        ..Listed::new((&CONSOLE_LIBRARY, PATH, text::CONSOLE), asked, rows, (total, text::documents(total, lang)))
    };
    view! { <Page title=text::CONSOLE.at(lang) actions=Some(actions)>{list_card(list)}</Page> }.into_any()
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
