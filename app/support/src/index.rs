//! `/support` and `/sales`: index pages of the menu's groups, so that a group is a page without script too.

use domain::{
    access::Standing,
    menu::{Entry, Group, Shown},
};
use kit::{Page, icon::Icon, lang};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The index of a group of the portal.
#[derive(Clone)]
pub struct SupportIndex;

#[lazy_route]
impl LazyRoute for SupportIndex {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        index(domain::menu::PORTAL, "support")
    }
}

/// The index of what has to do with sales and money.
#[derive(Clone)]
pub struct SalesIndex;

#[lazy_route]
impl LazyRoute for SalesIndex {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        index(domain::menu::PORTAL, "sales")
    }
}

fn index(groups: &'static [Group], key: &'static str) -> AnyView {
    let lang = lang();
    let standing = kit::visit::standing();
    let Some(group) = groups.iter().find(|group| group.key == key) else { return ().into_any() };
    let parts = group.parts.iter().filter_map(|part| {
        let entries: Vec<AnyView> = part.entries.iter().filter_map(|entry| card(entry, standing.as_ref())).collect();
        let title = part.label.map(|label| view! { <div class="head"><h2>{label.at(lang)}</h2></div> });
        let shown = !entries.is_empty();
        shown.then(|| view! { <section class="card">{title}<div class="body"><ul class="rows">{entries}</ul></div></section> })
    });
    let parts = parts.collect_view();
    view! { <Page title=group.label.at(lang)>{parts}</Page> }.into_any()
}

/// An entry with its hint; a locked one says why.
fn card(entry: &'static Entry, standing: Option<&Standing>) -> Option<AnyView> {
    let lang = lang();
    let shown = standing.map_or(Shown::Open, |standing| entry.shown_to(standing));
    let (icon, hint) = match shown {
        Shown::Absent => return None,
        Shown::Open => ("chevron-right", entry.hint.at(lang).to_owned()),
        Shown::Locked(why) => ("lock", why.sentence(lang)),
    };
    let link = view! {
        <li><Icon name=icon/><a class="main" href=entry.path>{entry.label.at(lang)}<span class="sub">{hint}</span></a></li>
    };
    Some(link.into_any())
}
