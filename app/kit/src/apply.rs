//! Forms of lists apply at once: a GET form with `data-apply` leads to its address as a link does, when a choice in it changes and when it
//! is sent. One listener for the whole page, because such forms are drawn by the server and come and go with answers.

#[cfg(any(target_arch = "wasm32", test))]
use domain::list::{SIZE_DEFAULT, encode, pairs};

/// The attribute; its value tells whether the new address takes the place of the old one in the history.
#[cfg(target_arch = "wasm32")]
const APPLY: &str = "data-apply";
#[cfg(target_arch = "wasm32")]
const REPLACE: &str = "replace";

/// The address of a form: what is empty, or as it is anyway, is left out.
#[cfg(any(target_arch = "wasm32", test))]
fn address(path: &str, query: &str) -> String {
    let mut address = path.to_owned();
    let usual = SIZE_DEFAULT.to_string();
    let is_said = |(key, value): &(String, String)| !value.is_empty() && (key != "size" || *value != usual);
    let trimmed = pairs(query).into_iter().map(|(key, value)| (key, value.trim().to_owned()));
    for (at, (key, value)) in trimmed.filter(is_said).enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        encode(&key, &mut address);
        address.push('=');
        encode(&value, &mut address);
    }
    address
}

/// Leads to the address of each form that is applied; `navigate` gets it, and whether it replaces the one that is shown.
#[cfg(target_arch = "wasm32")]
pub fn listen(navigate: impl Fn(&str, bool) + Clone + 'static) {
    use crate::browser;
    use gloo::events::{EventListener, EventListenerOptions};
    use web_sys::{Document, Event};

    let Some(document): Option<Document> = web_sys::window().and_then(|window| window.document()) else { return };
    let lead = move |event: &Event| {
        let Some((path, query, how)) = browser::form_parts(event, APPLY) else { return false };
        navigate(&address(&path, &query), how == REPLACE);
        true
    };
    let change = lead.clone();
    let changed = move |event: &Event| {
        if !browser::is_typing(event) {
            change(event);
        }
    };
    let sent = move |event: &Event| {
        if lead(event) {
            event.prevent_default();
            browser::close_menus();
        }
    };
    // A menu whose link leads on has done; one whose boxes are ticked stays open for the next.
    let followed = |event: &Event| {
        if browser::is_within(event, "details[name] a[href]") {
            browser::close_menus();
        }
    };
    // For as long as the page is there.
    EventListener::new(&document, "click", followed).forget();
    EventListener::new(&document, "change", changed).forget();
    EventListener::new_with_options(&document, "submit", EventListenerOptions::enable_prevent_default(), sent).forget();
}

/// Nothing is applied here.
#[cfg(not(target_arch = "wasm32"))]
pub fn listen(_: impl Fn(&str, bool) + Clone + 'static) {}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_leaves_out_what_says_nothing() {
        assert_eq!(address("/a", ""), "/a");
        assert_eq!(address("/a", "q=+&format=&size=20"), "/a");
        assert_eq!(address("/a", "q=+%E4%BA%91+&format=pdf&format=docx&size=50"), "/a?q=%E4%BA%91&format=pdf&format=docx&size=50");
    }
}
