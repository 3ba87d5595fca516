//! The picker of a period (design.md section 4): the one before, all of them as a menu, the one after. Each is a link, so it needs no script.

use crate::{icon::Icon, page::more_styles};
use leptos::prelude::*;

/// A period that can be shown.
pub struct Period {
    /// What it is called.
    pub label: String,
    /// Its page.
    pub href: String,
    /// A word about it: that it is an estimate.
    pub note: Option<&'static str>,
}

/// What a picker shows.
pub struct Picker {
    /// What is picked.
    pub label: &'static str,
    /// The period of the page.
    pub shown: String,
    /// The word and the address of the one before it, if there is one.
    pub earlier: (&'static str, Option<String>),
    /// The same of the one after it.
    pub later: (&'static str, Option<String>),
    /// All of them.
    pub periods: Vec<Period>,
    /// Other ways, below them: word and address.
    pub others: Vec<(String, String)>,
}

/// The picker.
#[must_use]
pub fn picker(picker: Picker) -> AnyView {
    more_styles();
    let Picker { label, shown, earlier, later, periods, others } = picker;
    let items = periods.into_iter().map(|Period { label, href, note }| {
        let current = (label == shown).then_some("true");
        let note = note.map(|note| view! { <span class="n">{note}</span> });
        view! { <li><a class="menu-item" href=href aria-current=current>{label}{note}</a></li> }
    });
    let items = items.collect_view();
    let others = others.into_iter().map(|(word, href)| view! { <a class="menu-item" href=href>{word}</a> }).collect_view();
    view! {
        <nav class="periods" aria-label=label>
            {step(earlier, "chevron-left", "previous-period")}
            <details class="filter menu-host" name="filter">
                <summary data-testid="period"><span class="val">{shown}</span><Icon name="chevron-down" size="s"/></summary>
                <div class="menu"><ul>{items}</ul>{others}</div>
            </details>
            {step(later, "chevron-right", "next-period")}
        </nav>
    }
    .into_any()
}

/// The way to the period beside this one; where there is none, it says so.
fn step((word, href): (&'static str, Option<String>), icon: &'static str, testid: &'static str) -> AnyView {
    match href {
        Some(href) => view! { <a class="icon-btn" href=href aria-label=word data-testid=testid><Icon name=icon size="s"/></a> }.into_any(),
        None => {
            view! { <span class="icon-btn" role="link" aria-disabled="true" aria-label=word><Icon name=icon size="s"/></span> }.into_any()
        }
    }
}
