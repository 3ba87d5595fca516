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
    drawn(draw()).0
}

/// Draws what no browser takes over: without the marks that hydration would need. A list of twenty rows has six hundred of them, and each
/// would be a node of the page.
#[must_use]
pub fn drawn(view: AnyView) -> Drawn {
    Drawn(view.to_html().replace(MARK, ""))
}

/// The framework's mark between parts. Texts and attributes hold none, because they are escaped.
const MARK: &str = "<!>";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_has_no_marks_and_keeps_what_looks_like_one() {
        let (name, rows) = ("a<!>\"b", vec!["x", "<!>"]);
        let view = view! { <p title=name>"1"{rows.into_iter().map(|row| view! { <b>{row}</b> }).collect_view()}{None::<AnyView>}</p> };
        assert_eq!(drawn(view.into_any()).0, "<p title=\"a&lt;!&gt;&quot;b\">1<b>x</b><b>&lt;!&gt;</b></p>");
    }
}
