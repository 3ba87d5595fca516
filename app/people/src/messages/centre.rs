//! `/messages`: what a person was told, newest first; opening one leads to its object.

use super::{
    functions::{ListMessages, list_messages},
    text,
};
use domain::{
    Lang,
    machine::Keyed as _,
    message::{MESSAGES, MessagePage, MessageRow},
};
use kit::{
    Page, Status,
    act::here,
    awaited::{Answering, ask},
    list_page::{Choice, Listed, list_card, pills},
    listing::use_query,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub(super) const PATH: &str = "/messages";
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
        sheet(rows, Vec::new, move |fault| {
            let asked = MESSAGES.read(&query.get_untracked());
            let page = MessagePage { asked, rows: Vec::new(), total: 0, all: 0, unread: 0, today: kit::visit::today() };
            Some(shown(page, fault.refused()))
        })
    }
}

pub(super) fn shown(page: MessagePage, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let MessagePage { asked, rows, total, all, unread, today } = page;
    let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        pills: Some(pills((&MESSAGES, PATH), &asked, "state", (text::ALL, all), vec![Choice::one(text::UNREAD, "unread", unread)])),
        tools: (unread > 0).then(|| read_all(lang)),
        empty: (all == 0 && !asked.is_filtered()).then_some((text::EMPTY, text::EMPTY_HINT)),
        ..Listed::new((&MESSAGES, PATH, text::TITLE), asked, rows, (total, text::messages(total, lang)))
    };
    let settings = view! { <a class="btn" href=SETTINGS>{text::SETTINGS.at(lang)}</a> }.into_any();
    view! { <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) actions=Some(settings)>{list_card(list)}</Page> }.into_any()
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
    let cell = cells(&MESSAGES);
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
