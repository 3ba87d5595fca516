//! The permission tree (design.md section 4): a `<details>` per group of the menu, with a box of three states, counts and data scope.
//! Without script the boxes are sent with the form around it.

use crate::{icon::Icon, lang, page::more_styles, words};
use leptos::prelude::*;

/// How a permission is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// By everybody of the side, and not to be taken away.
    ByDefault,
    /// By this role.
    Yes,
    /// Not.
    No,
}

/// What saving would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// It is gained.
    Gained,
    /// It is lost.
    Lost,
}

/// A permission.
pub struct Right {
    /// Its code.
    pub code: &'static str,
    /// Its word.
    pub label: String,
    /// How it is held.
    pub held: Held,
    /// It moves money.
    pub money: bool,
    /// The permission that brings it along.
    pub implied_by: String,
    /// What saving would change.
    pub change: Change,
}

/// A group of the menu.
pub struct Group {
    /// Its word.
    pub label: String,
    /// How far its data reach.
    pub scope: String,
    /// Its permissions.
    pub rights: Vec<Right>,
    /// It is unfolded at first.
    pub open: bool,
}

/// The tree. Boxes are called `permission`.
#[must_use]
pub fn rights(groups: Vec<Group>) -> AnyView {
    more_styles();
    view! { <div class="rights">{groups.into_iter().map(group).collect_view()}</div> }.into_any()
}

fn group(group: Group) -> AnyView {
    let lang = lang();
    let all = group.rights.len();
    let held = group.rights.iter().filter(|right| right.held != Held::No).count();
    let mixed = held > 0 && held < all;
    let part = if mixed { words::PARTLY.at(lang) } else { "" };
    let name = format!("{}{}{part}", words::WHOLE_GROUP.at(lang), group.label);
    let rows = group.rights.into_iter().map(row).collect_view();
    view! {
        <div class="right-group">
            <input type="checkbox" checked={held == all} data-mixed=mixed.then_some("") prop:indeterminate=mixed aria-label=name/>
            <details open=group.open>
                <summary><Icon name="chevron-down" size="s"/><b>{group.label}</b><span class="n">{format!("{held} / {all}")}</span><span class="scope">{group.scope}</span></summary>
                <ul>{rows}</ul>
            </details>
        </div>
    }
    .into_any()
}

fn row(right: Right) -> AnyView {
    let lang = lang();
    let locked = right.held == Held::ByDefault;
    let default = locked.then(|| view! { <span class="tag"><Icon name="lock" size="s"/>{words::BY_DEFAULT.at(lang)}</span> });
    let money = right.money.then(|| view! { <span class="tag act"><Icon name="coins-hand" size="s"/>{words::MOVES_MONEY.at(lang)}</span> });
    let implied = (!right.implied_by.is_empty()).then(|| {
        let words = match lang {
            domain::Lang::Zh => format!("由“{}”带出", right.implied_by),
            domain::Lang::En => format!("comes with “{}”", right.implied_by),
        };
        view! { <span class="aux">{words}</span> }
    });
    let (change, word) = match right.change {
        Change::None => (None, None),
        Change::Gained => (Some("gained"), Some(words::GAINED.at(lang))),
        Change::Lost => (Some("lost"), Some(words::LOST.at(lang))),
    };
    let word = word.map(|word| view! { <span class="tag change">{word}</span> });
    view! {
        <li data-change=change>
            <label class="check">
                <input type="checkbox" name="permission" value=right.code checked={right.held != Held::No} disabled=locked/>
                <span>{right.label}</span>
            </label>
            <code>{right.code}</code>
            <span class="tags">{default}{money}{implied}{word}</span>
        </li>
    }
    .into_any()
}
