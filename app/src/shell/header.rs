//! The portal's header: brand, mega menu, search, switches, account. `<details>` and a popover, so it works without script.

use super::{path, text};
use domain::{
    access::{CanReadAudit, Permission as _, Standing},
    machine::Keyed as _,
    menu::{Group, PORTAL},
};
use kit::{
    icon::{Icon, avatar, drawing},
    lang,
    mega::panel,
    overlay::{Finder, PALETTE_PAGE},
    page::{PRODUCT, current},
    switches::{SwitchWords, Switches},
    visit,
};
use leptos::prelude::*;

/// More unread messages than this are not counted in the bell; `kit::browser` says the same.
const UNREAD_SHOWN_MAX: i64 = 99;

/// The header.
#[component]
pub fn Header() -> AnyView {
    let lang = lang();
    let standing = visit::standing();
    let tools = match &standing {
        Some(standing) => account_menu(standing),
        None => view! { <a class="btn" href="/sign-in" rel="external">{text::SIGN_IN.at(lang)}</a> }.into_any(),
    };
    let search = standing.is_some().then(search);
    view! {
        <a class="skip-link" href="#main" rel="external">{text::SKIP.at(lang)}</a>
        <header class="header">
            <div class="header-in wrap">
                <button class="icon-btn burger" type="button" popovertarget="nav" aria-label=text::MENU.at(lang)>
                    <svg class="icon open" aria-hidden="true"><use href=sprite("menu")></use></svg>
                    <svg class="icon close" aria-hidden="true"><use href=sprite("x")></use></svg>
                </button>
                <a class="brand" href="/">{drawing("logo", "logo")}<span>{PRODUCT.at(lang)}</span></a>
                {standing.as_ref().map(nav)}
                <div class="tools">
                    {search}
                    <a class="icon-btn help-link" href="/help" aria-label=text::HELP.at(lang)><Icon name="help"/></a>
                    {standing.is_some().then(bell)}
                    <Switches/>
                    {tools}
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn sprite(name: &str) -> String {
    visit().with_value(|visit| format!("{}#{name}", visit.icons))
}

fn search() -> AnyView {
    let lang = lang();
    view! {
        <form class="search" role="search" action="/search">
            <Icon name="search"/>
            <Finder
                id="found"
                name="q"
                label=text::SEARCH_ALL.at(lang).to_owned()
                placeholder=text::SEARCH.at(lang)
                address=crate::search::SUGGEST.to_owned()
            />
            <kbd class="needs-script" aria-hidden="true">"Ctrl K"</kbd>
        </form>
        <a class="icon-btn search-link" href=PALETTE_PAGE data-palette="" aria-label=text::SEARCH_ALL.at(lang)><Icon name="search"/></a>
    }
    .into_any()
}

/// One list for all widths: a row of mega menus on wide screens, a popover on phones.
fn nav(standing: &Standing) -> AnyView {
    let lang = lang();
    let path = path();
    let groups = PORTAL.iter().filter(|group| group.is_shown_to(standing)).map(|group| top(group, standing, &path)).collect_view();
    let role = standing.roles.first().map_or("", |role| role.label().at(lang));
    let dot = (!role.is_empty()).then_some(" · ");
    view! {
        <nav class="nav" id="nav" popover="" aria-label=text::MAIN_NAV.at(lang)>
            <div class="nav-me">
                {avatar(&standing.name, "avatar")}
                <span class="who"><b>{standing.name.clone()}</b><span>{role}{dot}{standing.company_short.clone()}</span></span>
                <a class="btn s" href="/account">{text::ACCOUNT.at(lang)}</a>
            </div>
            <ul class="nav-list">{groups}</ul>
            <div class="nav-foot"><SwitchWords/>{sign_out("btn")}</div>
        </nav>
    }
    .into_any()
}

fn top(group: &'static Group, standing: &Standing, path: &str) -> AnyView {
    let lang = lang();
    if group.parts.is_empty() {
        let current = current(group.path, false, path);
        return view! { <li><a class="nav-top" href=group.path data-at=group.path aria-current=current>{group.label.at(lang)}</a></li> }
            .into_any();
    }
    let current = current(group.path, false, path);
    view! {
        <li>
            <details name="nav">
                <summary class="nav-top" data-at=group.path aria-current=current>{group.label.at(lang)}<Icon name="chevron-down" size="s"/></summary>
                {panel(group, standing, path)}
            </details>
        </li>
    }
    .into_any()
}

/// The way to the messages, with how many are not read; script keeps the number (`kit::browser::watch_unread`). Also on the console.
pub(super) fn bell() -> AnyView {
    let lang = lang();
    let unread = visit().with_value(|visit| visit.unread);
    let shown = if unread > UNREAD_SHOWN_MAX { format!("{UNREAD_SHOWN_MAX}+") } else { unread.to_string() };
    view! {
        <a class="icon-btn messages" href="/messages" data-testid="messages-link" title=text::MESSAGES.at(lang)>
            <Icon name="bell"/>
            <span class="visually-hidden">{text::MESSAGES.at(lang)}</span>
            <span class="badge unread" hidden=unread == 0 data-testid="unread-count">
                <b id="unread">{shown}</b><span class="visually-hidden">{text::UNREAD.at(lang)}</span>
            </span>
        </a>
    }
    .into_any()
}

fn sign_out(class: &'static str) -> AnyView {
    view! {
        <form method="post" action="/fn/sign-out">
            <input type="hidden" name="from" value="/"/>
            <button class=class data-testid="action-sign-out"><Icon name="log-out"/>{text::SIGN_OUT.at(lang())}</button>
        </form>
    }
    .into_any()
}

/// The account menu, also on the console.
pub(super) fn account_menu(standing: &Standing) -> AnyView {
    let lang = lang();
    let colon = if lang == domain::Lang::Zh { "：" } else { ": " };
    let spoken = format!("{}{colon}{}, {}", text::ACCOUNT.at(lang), standing.name, standing.company_short);
    let partner = standing.side == domain::access::Side::Partner;
    let center = partner.then(|| {
        view! {
            <li><a class="menu-item" href="/"><Icon name="home"/>{text::PARTNER_CENTER.at(lang)}</a></li>
            <li><a class="menu-item" href="/account/programs"><Icon name="briefcase"/>{text::PROGRAMS.at(lang)}</a></li>
            <li><a class="menu-item" href="/agreements"><Icon name="file-pen"/>{text::AGREEMENTS.at(lang)}</a></li>
        }
    });
    let reads_audit = CanReadAudit::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    let audit = reads_audit.then(|| view! { <li><a class="menu-item" href="/audit"><Icon name="history"/>{text::AUDIT.at(lang)}</a></li> });
    view! {
        <details class="account menu-host" name="nav" data-testid="account-menu">
            <summary>
                <span class="visually-hidden">{spoken}</span>
                {avatar(&standing.name, "avatar")}
                <span class="who" aria-hidden="true"><b>{standing.name.clone()}</b><span>{standing.company_short.clone()}</span></span>
                <Icon name="chevron-down" size="s"/>
            </summary>
            <div class="menu">
                <ul>
                    {center}
                    <li><a class="menu-item" href="/account"><Icon name="user"/>{text::ACCOUNT_PAGE.at(lang)}</a></li>
                    <li><a class="menu-item" href="/account/notifications"><Icon name="bell"/>{text::NOTIFICATIONS.at(lang)}</a></li>
                    {audit}
                    <li><a class="menu-item" href="/help"><Icon name="help"/>{text::HELP.at(lang)}</a></li>
                </ul>
                <ul>
                    <li>{sign_out("menu-item")}</li>
                </ul>
            </div>
        </details>
    }
    .into_any()
}
