//! Language and colours, for the frame around the pages.

use crate::{
    icon::Icon,
    lang,
    visit::{Theme, visit},
};
use domain::{Lang, text};
use leptos::prelude::*;

/// Language and colours: forms, because a choice is kept by the server.
#[component]
pub fn Switches() -> AnyView {
    let Offered { here, other, other_name, next, theme } = offered();
    view! {
        <form method="post" action="/fn/lang">
            <input type="hidden" data-follows=true name="from" value=here.clone()/>
            <input type="hidden" name="lang" value=other.key()/>
            <button class="icon-btn" lang=other.tag() aria-label=other_name title=other_name data-testid="switch-language"><Icon name="language"/></button>
        </form>
        <form method="post" action="/fn/theme">
            <input type="hidden" data-follows=true name="from" value=here/>
            <input type="hidden" name="theme" value=next/>
            <button class="icon-btn" aria-label=theme title=theme data-testid="switch-theme"><Icon name="theme"/></button>
        </form>
    }
    .into_any()
}

/// The same as words, for the foot of the menu on phones.
#[component]
pub fn SwitchWords() -> AnyView {
    let Offered { here, other, other_name, next, theme } = offered();
    let (_, word) = theme.rsplit_once(['，', ',']).unwrap_or((theme, theme));
    view! {
        <form method="post" action="/fn/lang">
            <input type="hidden" data-follows=true name="from" value=here.clone()/>
            <input type="hidden" name="lang" value=other.key()/>
            <button class="btn quiet" lang=other.tag()><Icon name="language"/>{other_name}</button>
        </form>
        <form method="post" action="/fn/theme">
            <input type="hidden" data-follows=true name="from" value=here/>
            <input type="hidden" name="theme" value=next/>
            <button class="btn quiet"><Icon name="theme"/>{word.trim_start()}</button>
        </form>
    }
    .into_any()
}

/// What can be chosen next, and the page to come back to.
struct Offered {
    here: String,
    other: Lang,
    other_name: &'static str,
    next: &'static str,
    theme: &'static str,
}

fn offered() -> Offered {
    let lang = lang();
    let (here, theme) = visit().with_value(|visit| (visit.here.clone(), visit.theme));
    let (next, label) = match theme {
        Theme::System => ("light", text("主题：跟随系统，改为浅色", "Theme: system, change to light")),
        Theme::Light => ("dark", text("主题：浅色，改为深色", "Theme: light, change to dark")),
        Theme::Dark => ("system", text("主题：深色，改为跟随系统", "Theme: dark, change to system")),
    };
    let other = lang.other();
    Offered { here, other, other_name: text("中文", "English").at(other), next, theme: label.at(lang) }
}
