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
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn drawn(view: AnyView) -> Drawn {
    Drawn(without_marks(&view.to_html()))
}

/// The framework's mark between parts. A text holds none, because it is escaped; an attribute may.
#[cfg(not(target_arch = "wasm32"))]
const MARK: &str = "<!>";

#[cfg(not(target_arch = "wasm32"))]
fn without_marks(markup: &str) -> String {
    let (mut bare, mut rest) = (String::with_capacity(markup.len()), markup);
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let end = if tag.starts_with(MARK) { MARK.len() } else { tag_end(tag) };
        let (tag, after) = tag.split_at(end);
        bare.push_str(text);
        bare.push_str(if tag == MARK { "" } else { tag });
        rest = after;
    }
    bare.push_str(rest);
    bare
}

/// Where the tag that `markup` begins with ends: a `>` inside an attribute does not end it.
#[cfg(not(target_arch = "wasm32"))]
fn tag_end(markup: &str) -> usize {
    let mut is_quoted = false;
    let end = markup.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    });
    end.map_or(markup.len(), |end| end + 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_everything_else_stays() {
        for (with, without) in [
            ("", ""),
            ("a", "a"),
            ("<b>1<!>2</b><!>", "<b>12</b>"),
            ("<a title=\"x<!>y>z\">t<!></a>", "<a title=\"x<!>y>z\">t</a>"),
            ("<br><!><i data-x>&lt;!&gt;</i>", "<br><i data-x>&lt;!&gt;</i>"),
            ("<!><!>中<!>", "中"),
            ("<b", "<b"),
        ] {
            assert_eq!(without_marks(with), without, "{with}");
        }
    }

    #[test]
    fn what_is_drawn_is_bare() {
        let (name, rows) = ("a<!>\"b", vec!["x", "<!>"]);
        let view = view! { <p title=name>"1"{rows.into_iter().map(|row| view! { <b>{row}</b> }).collect_view()}{None::<AnyView>}</p> };
        assert_eq!(drawn(view.into_any()).0, "<p title=\"a<!>&quot;b\">1<b>x</b><b>&lt;!&gt;</b></p>");
    }
}
