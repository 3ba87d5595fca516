//! A group of the top navigation opened (design.md section 3): its parts as columns of links, and beside them why one of them is locked.
//! An entry of another identity is absent, one that somebody can unlock stays (domain.md section 2).

use crate::{icon::Icon, lang, page::current, words};
use domain::{
    Lang,
    access::Standing,
    menu::{Entry, Group, Part, Shown},
    why_not::WhyNot,
};
use leptos::prelude::*;

/// What a group shows to somebody who is at `path`.
#[must_use]
pub fn panel(group: &'static Group, standing: &Standing, path: &str) -> AnyView {
    let lang = lang();
    let parts = group.parts.iter().filter_map(|part| column(group, part, standing, path)).collect_view();
    let locked = group.entries().find_map(|entry| match entry.shown_to(standing) {
        Shown::Locked(why) => Some(reason(group, entry, &why)),
        Shown::Open | Shown::Absent => None,
    });
    view! {
        <div class="mega">
            <div class="mega-in wrap">
                <div class="mega-groups">{parts}</div>
                <div class="mega-aside">
                    {locked}
                    <a class="mega-index" href=group.path>{words::INDEX.at(lang)}</a>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn column(group: &'static Group, part: &'static Part, standing: &Standing, path: &str) -> Option<AnyView> {
    let links: Vec<AnyView> = part.entries.iter().filter_map(|entry| link(group, entry, standing, path)).collect();
    if links.is_empty() {
        return None;
    }
    let label = part.label.unwrap_or(group.label).at(lang());
    Some(
        view! {
            <section class="mega-group" aria-label=label>
                <h2 class="mega-title">{label}</h2>
                <ul>{links}</ul>
            </section>
        }
        .into_any(),
    )
}

fn link(group: &'static Group, entry: &'static Entry, standing: &Standing, path: &str) -> Option<AnyView> {
    let label = entry.label.at(lang());
    let current = current(entry.path, false, path);
    let link = match entry.shown_to(standing) {
        Shown::Absent => return None,
        Shown::Open => {
            view! { <li><a class="mega-link" href=entry.path data-at=entry.path aria-current=current>{label}</a></li> }.into_any()
        }
        Shown::Locked(_) => {
            let why = format!("why-{}", group.key);
            view! { <li><a class="mega-link locked" href=entry.path aria-describedby=why><Icon name="lock" size="s"/>{label}</a></li> }
                .into_any()
        }
    };
    Some(link)
}

/// Why an entry is locked, beside the links of its group.
fn reason(group: &'static Group, entry: &'static Entry, why: &WhyNot) -> AnyView {
    let lang = lang();
    let (href, label) = why.reason.fix();
    let title = match lang {
        Lang::Zh => format!("“{}”{}", entry.label.zh, words::WHY.zh),
        Lang::En => format!("{}: {}", entry.label.en, words::WHY.en),
    };
    view! {
        <section class="why-not" id=format!("why-{}", group.key) data-testid="menu-why-not" data-code=why.reason.code() aria-label=title.clone()>
            <h3 class="why-title">{title.clone()}</h3>
            <p>{why.sentence(lang)}</p>
            <a class="fix" href=href data-testid="menu-why-not-fix">{label.at(lang)}</a>
        </section>
    }
    .into_any()
}
