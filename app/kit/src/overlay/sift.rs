//! Finds among the options of a filter while somebody types: those that lack what is typed are hidden, and stay in the form. With the next
//! answer all of them come anew, and the field is empty.

use crate::browser;
use gloo::events::EventListener;
use web_sys::{Element, HtmlInputElement};

/// Keeps the options beside a field to what it holds, from now on.
pub fn keep(field: &HtmlInputElement) {
    let Ok(Some(menu)) = field.closest("fieldset") else { return };
    // Somebody may have typed before this was there.
    show(&menu, &field.value());
    let typed = field.clone();
    EventListener::new(field, "input", move |_| show(&menu, &typed.value())).forget();
}

fn show(menu: &Element, typed: &str) {
    let typed = typed.trim().to_lowercase();
    let options = menu.query_selector_all(".options .check").map(|found| browser::elements(&found)).unwrap_or_default();
    let mut found = 0;
    for option in options {
        let fits = option.text_content().is_some_and(|words| words.to_lowercase().contains(&typed));
        found += usize::from(fits);
        hide(&option, !fits);
    }
    if let Ok(Some(place)) = menu.query_selector("[data-none]") {
        hide(&place, found > 0);
    }
}

fn hide(element: &Element, is_hidden: bool) {
    // Attributes of own elements are always taken.
    element.toggle_attribute_with_force("hidden", is_hidden).ok();
}
