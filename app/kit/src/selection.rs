//! Choosing rows: a box per row and a bar that follows them (ux.md section 1). The boxes belong to the form of the bar by its id, so they
//! work without script: the form is sent with what is ticked, and its answer says what became of each.
//!
//! The bar stands behind the table and counts in the style sheet, so that no script is needed for that either.

use crate::{
    icon::Icon,
    lang,
    visit::{Kept, kept},
    words,
};
use leptos::prelude::*;

/// The name under which rows are sent.
pub const NAME: &str = "task[]";

/// The box of a row; its name is what the row's head says.
#[must_use]
pub fn pick(form: &'static str, id: &str, picked: bool) -> AnyView {
    view! { <input class="pick" type="checkbox" name=NAME value=id.to_owned() checked=picked form=form autocomplete="off" aria-labelledby=format!("row-{id}") data-testid="pick"/> }
        .into_any()
}

/// A step for all chosen rows.
pub struct Verb {
    /// Its key: the value of `step`.
    pub key: &'static str,
    /// Its word.
    pub label: &'static str,
}

/// The bar. It shows while a row is chosen; buttons send the form `id` to `action`, in plain, so that the page is asked for anew.
#[must_use]
pub fn batch_bar(id: &'static str, action: &'static str, from: String, verbs: Vec<Verb>) -> AnyView {
    batch_bar_with(id, action, from, verbs, ().into_any())
}

/// The same with fields of its own, such as a key and a reason.
#[must_use]
pub fn batch_bar_with(id: &'static str, action: &'static str, from: String, verbs: Vec<Verb>, fields: AnyView) -> AnyView {
    let clear = view! { <button class="btn quiet s" type="reset">{words::UNPICK.at(lang())}</button> };
    bar(id, action, from, verbs, fields, clear.into_any())
}

/// The parameter of an address that chooses all rows of its page.
pub const PICK: (&str, &str) = ("pick", "page");

/// The address chooses all rows of its page.
#[must_use]
pub fn is_picked(query: &str) -> bool {
    domain::list::pairs(query).iter().any(|(name, value)| (name.as_str(), value.as_str()) == PICK)
}

/// The way to the same page with all its rows chosen: a link, so that it works without script.
#[must_use]
pub fn pick_page(address: &str) -> AnyView {
    let (name, value) = PICK;
    let href = format!("{address}{}{name}={value}", if address.contains('?') { '&' } else { '?' });
    view! { <a class="btn quiet s" href=href data-testid="pick-page">{words::PICK_PAGE.at(lang())}</a> }.into_any()
}

/// The bar of a page whose address chose all rows: clearing the choice leads to the `address` without.
#[must_use]
pub fn batch_bar_of_page(id: &'static str, action: &'static str, address: String, verbs: Vec<Verb>) -> AnyView {
    let clear = view! { <a class="btn quiet s" href=address.clone()>{words::UNPICK.at(lang())}</a> };
    bar(id, action, address, verbs, ().into_any(), clear.into_any())
}

/// Why the step that led to this page was not done.
#[must_use]
pub fn refused() -> Option<AnyView> {
    line(kept()?)
}

/// The same of one form, where others stand beside it.
#[must_use]
pub fn refused_of(action: &str) -> Option<AnyView> {
    line(kept().filter(|kept| kept.action == action)?)
}

/// The same of all forms but one, which says it itself.
#[must_use]
pub fn refused_but(action: &str) -> Option<AnyView> {
    line(kept().filter(|kept| kept.action != action)?)
}

fn line(kept: Kept) -> Option<AnyView> {
    let fault = kept.fault?;
    let line = view! { <p class="note" data-k="bad" role="alert" data-testid="error-summary" data-code=fault.code><Icon name="alert"/><span>{fault.message}</span></p> };
    Some(line.into_any())
}

fn bar(id: &'static str, action: &'static str, from: String, verbs: Vec<Verb>, fields: AnyView, clear: AnyView) -> AnyView {
    let lang = lang();
    let verbs = verbs.into_iter().map(|verb| {
        view! { <button class="btn s" name="step" value=verb.key data-testid=format!("action-{}-all", verb.key)>{verb.label}</button> }
    });
    view! {
        <form class="batch" id=id method="post" action=action data-testid="batch">
            <input type="hidden" name="from" value=from/>
            {fields}
            <p><span class="picked" aria-hidden="true"></span>{words::PICKED.at(lang)}</p>
            {verbs.collect_view()}
            {clear}
        </form>
    }
    .into_any()
}
