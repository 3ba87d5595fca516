//! `/messages`: what a person was told, newest first; opening one leads to its object.

use super::{
    functions::{ListMessages, list_messages},
    text,
};
use domain::{
    Lang,
    list::Asked,
    machine::Keyed as _,
    message::{MESSAGES, MessagePage, MessageRow},
};
use kit::{
    Page, Status, Stopped,
    act::here,
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

const PATH: &str = "/messages";
const SETTINGS: &str = "/account/notifications";

/// The page.
#[derive(Clone)]
pub struct MessageCentre {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for MessageCentre {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListMessages>("query", query, |query| Box::pin(list_messages(query))) }
    }

    fn view(this: Self) -> AnyView {
        let MessageCentre { query, rows } = this;
        awaited(rows, move |answer| match answer.open::<Framed<MessagePage>>() {
            Ok(framed) => whole(framed),
            Err(fault) if fault.field.is_some() => drawn_by_server(move || {
                let asked = MESSAGES.read(&query.get_untracked());
                let page = MessagePage { asked, rows: Vec::new(), total: 0, all: 0, unread: 0, today: kit::visit::today() };
                whole(Framed::new(page, |page| frame(page, fault.refused())))
            }),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

pub(super) fn frame(page: &MessagePage, error: Option<(String, String)>) -> Frame {
    let bar = Bar {
        list: &MESSAGES,
        path: PATH,
        asked: page.asked.clone(),
        found: text::messages(page.total, kit::lang()),
        counts: Vec::new(),
        today: page.today,
        placeholder: text::TITLE,
        error,
    };
    kit::frame::frame(bar, page.total)
}

fn whole(framed: Framed<MessagePage>) -> AnyView {
    let lang = kit::lang();
    let Framed { frame, page: MessagePage { asked, rows, total, all, unread, .. } } = framed;
    let found = text::messages(total, lang);
    let table = match rows.is_empty() {
        true if all == 0 && !asked.is_filtered() => nothing_yet(lang),
        true => placed(frame.nothing),
        false => {
            let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
            view! { <DataTable list=&MESSAGES asked=asked.clone() path=PATH heads=heads(&MESSAGES) rows/> }.into_any()
        }
    };
    let settings = view! { <a class="btn" href=SETTINGS>{text::SETTINGS.at(lang)}</a> }.into_any();
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) actions=Some(settings)>
            <section class="card" aria-label=text::TITLE.at(lang)>
                {kit::frame::bar(frame.bar)}
                <div class="toolbar">
                    {pills(&asked, all, unread, lang)}
                    <p class="visually-hidden" role="status" data-testid="result-count" data-count=total.to_string()>{found}</p>
                    {(unread > 0).then(|| read_all(lang))}
                </div>
                {table}
                {placed(frame.foot)}
            </section>
        </Page>
    }
    .into_any()
}

fn nothing_yet(lang: Lang) -> AnyView {
    let art = drawing("art", "art-empty");
    view! { <div class="empty">{art}<h2>{text::EMPTY.at(lang)}</h2><p>{text::EMPTY_HINT.at(lang)}</p></div> }.into_any()
}

fn pills(asked: &Asked, all: i64, unread: i64, lang: Lang) -> AnyView {
    let pill = |label: domain::Text, state: Option<&str>, count: i64| {
        let current = (asked.chosen("state").next() == state).then_some("true");
        let href = MESSAGES.address(PATH, &asked.only("state", state));
        view! { <a href=href aria-current=current>{label.at(lang)}<span class="n">{count}</span></a> }
    };
    view! {
        <nav class="pills" aria-label=MESSAGES.caption.at(lang)>
            {pill(text::ALL, None, all)}
            {pill(text::UNREAD, Some("unread"), unread)}
        </nav>
    }
    .into_any()
}

/// A plain form that the browser sends itself: the bell in the frame is drawn anew with the page.
fn read_all(lang: Lang) -> AnyView {
    view! {
        <form class="push" method="post" action="/fn/messages/read-all">
            <input type="hidden" name="from" value=here()/>
            <button class="btn quiet s" data-testid="action-read-all">{text::READ_ALL.at(lang)}</button>
        </form>
    }
    .into_any()
}

fn table_row(row: MessageRow, lang: Lang) -> Row {
    let label = |key: &str| MESSAGES.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown: Shown| Cell { key, label: label(key), shown };
    let state = view! { <Status kind=row.state.kind() state=row.state.key() label=row.state.label()/> }.into_any();
    // The server marks it as read and leads on, so the browser has to ask it.
    let title = view! {
        <a class="row-link" href=format!("/messages/{}", row.id) rel="external">{row.title}</a>
        <span class="sub">{row.body}</span>
    }
    .into_any();
    Row {
        id: row.id.to_string(),
        cells: vec![
            cell("title", Shown::Drawn(title)),
            cell("topic", Shown::Text { text: row.topic.label().at(lang).to_owned(), category: Some(row.topic.key()) }),
            cell("state", Shown::Drawn(state)),
            cell("at", Shown::Moment(row.at)),
        ],
    }
}
