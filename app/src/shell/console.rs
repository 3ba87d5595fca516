//! The vendor's console: a dark rail, so that staff never mistake where they are.

use super::{header::account_menu, text};
use domain::menu::{CONSOLE, Entry, Shown};
use kit::{
    icon::{Icon, drawing},
    lang,
    page::Switches,
    visit,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Rail, bar and the page.
#[component]
pub fn ConsoleFrame(
    /// The page.
    children: Children,
) -> AnyView {
    let lang = lang();
    let standing = visit().with_value(|visit| visit.standing.clone());
    let demo = visit().with_value(|visit| visit.demo);
    let path = use_location().pathname;
    let groups = CONSOLE
        .iter()
        .map(|group| {
            let shown = |entry: &&'static Entry| standing.as_ref().is_some_and(|standing| entry.shown_to(standing) != Shown::Absent);
            let links = group.entries.iter().filter(shown).map(|entry| rail_link(entry, path)).collect_view();
            let id = format!("rail-{}", group.key);
            view! { <h2 class="rail-title" id=id.clone()>{group.label.at(lang)}</h2><ul class="rail-group" aria-labelledby=id>{links}</ul> }
        })
        .collect_view();
    view! {
        <a class="skip-link" href="#main" rel="external">{text::SKIP.at(lang)}</a>
        <div class="console">
            <nav class="rail" aria-label=text::CONSOLE_NAV.at(lang)>
                <button class="icon-btn burger" type="button" popovertarget="rail" aria-label=text::MENU.at(lang)><Icon name="menu"/></button>
                <a class="brand" href="/console">{drawing("logo", "logo-vendor")}<span>{text::CONSOLE.at(lang)}</span></a>
                <div class="rail-list" id="rail" popover="">{groups}</div>
            </nav>
            <div class="console-main">
                <header class="bar">
                    {demo.then(|| view! { <span class="tag">{text::DEMO.at(lang)}</span> })}
                    <div class="tools">
                        <Switches/>
                        {standing.as_ref().map(account_menu)}
                    </div>
                </header>
                {children()}
            </div>
        </div>
    }
    .into_any()
}

fn rail_link(entry: &'static Entry, path: Memo<String>) -> AnyView {
    let icon = match entry.path {
        "/console/library" => "books",
        "/console/downloads" => "download",
        _ => "home",
    };
    let current = move || {
        let path = path.read();
        let within = entry.path != "/console" && path.starts_with(entry.path);
        (within || path.as_str() == entry.path).then_some("page")
    };
    view! { <li><a class="rail-link" href=entry.path aria-current=current><Icon name=icon/>{entry.label.at(lang())}</a></li> }.into_any()
}
