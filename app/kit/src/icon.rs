//! Icons of the sprite and status chips.

use crate::visit::visit;
use domain::{Lang, Text, machine::Kind};
use leptos::prelude::*;

/// An icon of the sprite, for decoration: its meaning is in the words beside it.
#[component]
pub fn Icon(
    /// Name of the symbol.
    name: &'static str,
    /// `s` for 14 px, `l` for 20 px.
    #[prop(optional)]
    size: &'static str,
) -> AnyView {
    let class = match size {
        "s" => "icon s",
        "l" => "icon l",
        _ => "icon",
    };
    drawing(class, name)
}

/// A drawing of the sprite in a class of its own.
#[must_use]
pub fn drawing(class: &'static str, name: &str) -> AnyView {
    let href = visit().with_value(|visit| format!("{}#{name}", visit.icons));
    view! { <svg class=class aria-hidden="true"><use href=href></use></svg> }.into_any()
}

/// A status chip: shape, colour and word say the same.
#[component]
pub fn Status(
    /// Shape and colour.
    kind: Kind,
    /// The machine state.
    state: &'static str,
    /// The word.
    label: Text,
) -> AnyView {
    let href = visit().with_value(|visit| format!("{}#st-{}", visit.icons, kind.key()));
    let word = label.at(crate::lang());
    view! {
        <span class="st" data-k=kind.key() data-state=state data-testid="state">
            <svg aria-hidden="true"><use href=href></use></svg>
            {word}
        </span>
    }
    .into_any()
}

/// A glyph that carries meaning, with its word for those who cannot see it.
#[must_use]
pub fn glyph(kind: Kind, word: &'static str) -> AnyView {
    let href = visit().with_value(|visit| format!("{}#st-{}", visit.icons, kind.key()));
    view! { <svg class="glyph" data-k=kind.key() role="img" aria-label=word><use href=href></use></svg> }.into_any()
}

/// The first character of a name on a soft ground.
#[must_use]
pub fn avatar(name: &str, class: &'static str) -> AnyView {
    let initial: String = name.chars().take(1).collect();
    view! { <span class=class aria-hidden="true">{initial}</span> }.into_any()
}

/// A day and, behind it, the moment for machines.
#[must_use]
pub fn day(at: domain::Moment) -> AnyView {
    view! { <time datetime=at.to_iso()>{at.day().to_string()}</time> }.into_any()
}

/// A moment to the second.
#[must_use]
pub fn moment(at: domain::Moment) -> AnyView {
    view! { <time datetime=at.to_iso()>{at.to_seconds()}</time> }.into_any()
}

/// The separator between words of one line.
#[must_use]
pub const fn dot(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "・",
        Lang::En => " · ",
    }
}
