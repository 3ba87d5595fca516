//! Language and colours, for the frame around the pages.

use crate::{
    icon::Icon,
    lang,
    visit::{Theme, visit},
};
use domain::text;
use leptos::prelude::*;

/// Language and colours: forms, because a choice is kept by the server.
#[component]
pub fn Switches() -> AnyView {
    let lang = lang();
    let (here, theme) = visit().with_value(|visit| (visit.here.clone(), visit.theme));
    let (next, label) = match theme {
        Theme::System => ("light", text("主题：跟随系统，改为浅色", "Theme: system, change to light")),
        Theme::Light => ("dark", text("主题：浅色，改为深色", "Theme: light, change to dark")),
        Theme::Dark => ("system", text("主题：深色，改为跟随系统", "Theme: dark, change to system")),
    };
    let other = lang.other();
    let other_name = text("中文", "English").at(other);
    view! {
        <form method="post" action="/fn/lang">
            <input type="hidden" data-follows=true name="from" value=here.clone()/>
            <input type="hidden" name="lang" value=other.key()/>
            <button class="icon-btn" lang=other.tag() aria-label=other_name title=other_name data-testid="switch-language"><Icon name="language"/></button>
        </form>
        <form method="post" action="/fn/theme">
            <input type="hidden" data-follows=true name="from" value=here/>
            <input type="hidden" name="theme" value=next/>
            <button class="icon-btn" aria-label=label.at(lang) title=label.at(lang) data-testid="switch-theme"><Icon name="theme"/></button>
        </form>
    }
    .into_any()
}
