//! Pages that only the server draws: they never change, so the browser carries no code for them.

#[cfg(target_arch = "wasm32")]
use crate::browser;
use domain::Drawn;
use leptos::prelude::*;

/// What the server drew for this answer. Its links are the router's, its forms those of [`crate::apply`].
#[must_use]
pub fn placed(drawn: Drawn) -> AnyView {
    view! { <div class="drawn" inner_html=drawn.0></div> }.into_any()
}

/// What `draw` gives, drawn by the server. A browser that takes the page over keeps it as it is; one that comes to it from another page
/// asks the server for it.
#[must_use]
pub fn drawn_by_server(draw: impl FnOnce() -> AnyView) -> AnyView {
    let markup = markup(draw);
    view! { <div class="drawn" inner_html=markup></div> }.into_any()
}

#[cfg(not(target_arch = "wasm32"))]
fn markup(draw: impl FnOnce() -> AnyView) -> String {
    draw().to_html()
}

/// `draw` is never called here, and so is not there.
#[cfg(target_arch = "wasm32")]
fn markup(_: impl FnOnce() -> AnyView) -> String {
    if browser::is_ready() {
        browser::open(&crate::act::here().get_untracked());
    }
    String::new()
}

/// A text inside markup that is written by hand, in an element or in an attribute.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
