//! Choosing rows: a box per row and a bar that follows them (ux.md section 1). The boxes belong to the form of the bar by its id, so they
//! work without script: the form is sent with what is ticked, and its answer says what became of each.
//!
//! The bar stands behind the table and counts in the style sheet, so that no script is needed for that either.

use crate::{browser, lang, page::more_styles, words};
use leptos::prelude::*;

/// The name under which rows are sent.
pub const NAME: &str = "task[]";

/// The box of a row; its name is what the row's head says.
#[must_use]
pub fn pick(form: &'static str, id: &str) -> AnyView {
    view! { <input class="pick" type="checkbox" name=NAME value=id.to_owned() form=form autocomplete="off" aria-labelledby=format!("row-{id}") data-testid="pick"/> }
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
pub fn batch_bar(id: &'static str, action: &'static str, from: ArcSignal<String>, verbs: Vec<Verb>) -> AnyView {
    batch_bar_with(id, action, from, verbs, ().into_any())
}

/// The same with fields of its own, such as a key and a reason.
#[must_use]
pub fn batch_bar_with(id: &'static str, action: &'static str, from: ArcSignal<String>, verbs: Vec<Verb>, fields: AnyView) -> AnyView {
    more_styles();
    browser::unpick(id);
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
            <button class="btn quiet s" type="reset">{words::UNPICK.at(lang)}</button>
        </form>
    }
    .into_any()
}
