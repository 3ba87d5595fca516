//! The vendor's console: a dark rail, so that staff never mistake where they are.

use super::{
    header::{account_menu, bell},
    path, text,
};
use domain::menu::{CONSOLE, Entry, Shown};
use kit::{
    icon::{Icon, drawing},
    lang,
    overlay::PALETTE_PAGE,
    page::current,
    switches::Switches,
    visit,
};
use leptos::prelude::*;

/// Rail, bar and the page.
#[component]
pub fn ConsoleFrame(
    /// The page.
    children: Children,
) -> AnyView {
    let lang = lang();
    let standing = visit::standing();
    let demo = visit().with_value(|visit| visit.demo);
    let path = path();
    let groups = CONSOLE
        .iter()
        .filter_map(|group| {
            let shown = |entry: &&'static Entry| standing.as_ref().is_some_and(|standing| entry.shown_to(standing) != Shown::Absent);
            let links: Vec<AnyView> = group.entries().filter(shown).map(|entry| rail_link(entry, &path)).collect();
            if links.is_empty() {
                return None;
            }
            let id = format!("rail-{}", group.key);
            Some(view! { <h2 class="rail-title" id=id.clone()>{group.label.at(lang)}</h2><ul class="rail-group" aria-labelledby=id>{links}</ul> })
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
                    <a class="find" href=PALETTE_PAGE data-palette="" data-testid="open-palette">
                        <Icon name="search"/><span>{text::SEARCH.at(lang)}</span><kbd class="needs-script" aria-hidden="true">"Ctrl K"</kbd>
                    </a>
                    {demo.then(|| view! { <span class="tag">{text::DEMO.at(lang)}</span> })}
                    <div class="tools">
                        {standing.is_some().then(bell)}
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

fn rail_link(entry: &'static Entry, path: &str) -> AnyView {
    let icon = match entry.path {
        "/console/library" => "books",
        "/console/bills" => "receipt",
        "/console/downloads" => "download",
        "/console/sites" => "globe",
        "/console/exports" => "file-clock",
        "/console/withdrawals" => "banknote",
        "/console/top-ups" => "wallet",
        "/console/invoices" => "file-text",
        "/console/invoices/information" => "file-pen",
        "/console/audit" => "shield",
        "/console/operations" => "settings",
        _ => "home",
    };
    let exact = entry.path == "/console";
    let current = current(entry.path, exact, path);
    let count = visit().with_value(|visit| visit.waiting.iter().find(|(page, _)| *page == entry.path).map(|(_, count)| *count));
    let count = count.map(|count| {
        let words = text::waiting(count, lang());
        view! { <span class="n" data-testid="rail-count" data-count=count.to_string()><span aria-hidden="true">{count}</span><span class="visually-hidden">{words}</span></span> }
    });
    view! {
        <li>
            <a class="rail-link" href=entry.path data-at=entry.path data-exact=exact aria-current=current>
                <Icon name=icon/>{entry.label.at(lang())}{count}
            </a>
        </li>
    }
    .into_any()
}
