//! What lies over a page: menus, questions, drawers (design.md section 4). Each stands on an element that opens without script:
//! `<details>`, a popover, or a page of its own.

use crate::{
    icon::{Icon, drawing},
    lang,
    page::more_styles,
    words,
};
use domain::Text;
use leptos::prelude::*;

/// What an item of a menu does.
pub enum Does {
    /// It leads somewhere.
    Leads(String),
    /// It sends the form around the menu, with this name and value.
    Sends(&'static str, &'static str),
}

/// An item of a menu.
pub struct Item {
    /// Its icon, or nothing.
    pub icon: &'static str,
    /// Its word.
    pub label: String,
    /// Its second line.
    pub hint: String,
    /// What it does.
    pub does: Does,
    /// It cannot be undone.
    pub danger: bool,
}

/// A menu below its button. `sections` are divided by lines.
#[must_use]
pub fn menu(label: AnyView, title: String, sections: Vec<Vec<Item>>) -> AnyView {
    let title = (!title.is_empty()).then(|| view! { <p class="menu-title">{title}</p> });
    let sections = sections.into_iter().map(|items| {
        let items = items.into_iter().map(|entry| view! { <li>{item(entry)}</li> }).collect_view();
        view! { <ul>{items}</ul> }
    });
    view! {
        <details class="menu-host" name="menu">
            <summary class="btn">{label}<Icon name="chevron-down" size="s"/></summary>
            <div class="menu">{title}{sections.collect_view()}</div>
        </details>
    }
    .into_any()
}

fn item(item: Item) -> AnyView {
    let class = if item.danger { "menu-item danger" } else { "menu-item" };
    let icon = (!item.icon.is_empty()).then(|| view! { <Icon name=item.icon/> });
    let hint = (!item.hint.is_empty()).then(|| view! { <small>{item.hint}</small> });
    let inside = view! { {icon}<span>{item.label}{hint}</span> };
    match item.does {
        Does::Leads(href) => view! { <a class=class href=href>{inside}</a> }.into_any(),
        Does::Sends(name, value) => view! { <button class=class name=name value=value>{inside}</button> }.into_any(),
    }
}

/// A question before an act: what it names, whether it can be undone, what follows. It is a part of a page of its own.
pub struct Question {
    /// The question; it names the object.
    pub asks: String,
    /// 1 where it is the page, deeper below other headings.
    pub level: u8,
    /// Whether it can be undone.
    pub lede: String,
    /// What follows: icon and sentence.
    pub follows: Vec<(&'static str, String)>,
    /// Why it was not done, when it was tried.
    pub fault: Option<AnyView>,
    /// The safe way first, then the act with its verb.
    pub foot: AnyView,
}

/// The question as a part of a page.
#[must_use]
pub fn question(question: Question) -> AnyView {
    more_styles();
    let Question { asks, level, lede, follows, fault, foot } = question;
    let asks = match level {
        1 => view! { <h1 id="confirm-title">{asks}</h1> }.into_any(),
        _ => view! { <h4 id="confirm-title">{asks}</h4> }.into_any(),
    };
    let lede = (!lede.is_empty()).then(|| view! { <p>{lede}</p> });
    let follows = follows.into_iter().map(|(icon, sentence)| view! { <li><Icon name=icon/>{sentence}</li> }).collect_view();
    view! {
        <section class="dialog" role="group" aria-labelledby="confirm-title" data-testid="dialog">
            <div class="dialog-head">{asks}</div>
            <div class="dialog-body">{fault}{lede}<ul class="consequences">{follows}</ul></div>
            {foot}
        </section>
    }
    .into_any()
}

/// A drawer at the right, for a list beside the page. Buttons open it with `popovertarget`; what it shows has an address of its own,
/// to which `foot` leads.
#[component]
pub fn Drawer(
    /// Its id.
    id: &'static str,
    /// Its heading.
    title: Text,
    /// The way to the same as a page.
    foot: AnyView,
    /// What it shows.
    children: Children,
) -> AnyView {
    more_styles();
    let lang = lang();
    view! {
        <dialog class="drawer" id=id popover="" aria-label=title.at(lang) data-testid="dialog">
            <div class="drawer-head">
                <h2>{title.at(lang)}</h2>
                <button class="icon-btn" type="button" popovertarget=id popovertargetaction="hide" aria-label=words::CLOSE.at(lang)><Icon name="x"/></button>
            </div>
            <div class="drawer-body">{children()}</div>
            <div class="drawer-foot">{foot}</div>
        </dialog>
    }
    .into_any()
}

/// The same drawer open, because the address says so: its close is a link to the list behind it, so it needs no script.
#[must_use]
pub fn opened_drawer(id: &'static str, title: String, close: String, body: AnyView, foot: AnyView) -> AnyView {
    more_styles();
    let lang = lang();
    view! {
        <dialog class="drawer" id=id open=true aria-label=title.clone() data-testid="dialog">
            <div class="drawer-head">
                <h2>{title.clone()}</h2>
                <a class="icon-btn" href=close data-testid="close" aria-label=words::CLOSE.at(lang)><Icon name="x"/></a>
            </div>
            <div class="drawer-body">{body}</div>
            <div class="drawer-foot">{foot}</div>
        </dialog>
    }
    .into_any()
}

/// A sheet from below, on phones; on wide screens it lies in the middle.
#[component]
pub fn Sheet(
    /// Its id.
    id: &'static str,
    /// Its heading.
    title: Text,
    /// Its buttons.
    foot: AnyView,
    /// What it shows.
    children: Children,
) -> AnyView {
    more_styles();
    let lang = lang();
    view! {
        <dialog class="sheet dialog" id=id popover="" aria-label=title.at(lang) data-testid="dialog">
            <div class="sheet-head dialog-head">
                <h2>{title.at(lang)}</h2>
                <button class="icon-btn" type="button" popovertarget=id popovertargetaction="hide" aria-label=words::CLOSE.at(lang)><Icon name="x"/></button>
            </div>
            <div class="sheet-body dialog-body">{children()}</div>
            <div class="sheet-foot dialog-foot">{foot}</div>
        </dialog>
    }
    .into_any()
}

/// Nothing to show: why, and the way on. `small` inside a card.
#[must_use]
pub fn empty(art: &'static str, title: String, hint: String, actions: AnyView, small: bool) -> AnyView {
    let (class, picture) = match small {
        true => ("empty small", drawing("icon", art)),
        false => ("empty", drawing("art", art)),
    };
    view! { <div class=class>{picture}<h3>{title}</h3><p>{hint}</p><div class="actions">{actions}</div></div> }.into_any()
}
