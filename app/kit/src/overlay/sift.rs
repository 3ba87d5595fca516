//! Finds among the options of a filter while somebody types: those that lack what is typed are hidden. They stay in the form.

use crate::browser;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, HtmlInputElement, MutationObserver, MutationObserverInit};

/// Keeps the options beside a field to what it holds, from now on.
pub fn keep(field: &HtmlInputElement) {
    let Ok(Some(menu)) = field.closest("fieldset") else { return };
    let shown = {
        let field = field.clone();
        let menu = menu.clone();
        Rc::new(move || show(&menu, &field.value()))
    };
    let typed = Rc::clone(&shown);
    EventListener::new(field, "input", move |_| typed()).forget();
    // Options come anew with each answer, and are to be kept to it, too.
    let follow = Closure::<dyn Fn()>::new(move || shown());
    if let Ok(observer) = MutationObserver::new(follow.as_ref().unchecked_ref()) {
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_child_list(true);
        options.set_subtree(true);
        // Refused only without anything to look at.
        observer.observe_with_options(&menu, &options).ok();
        follow.forget();
    }
}

/// What is as it should be is left alone, so that nothing is heard of it.
fn show(menu: &Element, typed: &str) {
    let typed = typed.trim().to_lowercase();
    let options = menu.query_selector_all(".options .check").map(|found| browser::elements(&found)).unwrap_or_default();
    let mut found = 0;
    for option in options {
        let fits = option.text_content().is_some_and(|words| words.to_lowercase().contains(&typed));
        found += usize::from(fits);
        option.toggle_attribute_with_force("hidden", !fits).ok();
    }
    if let Ok(Some(place)) = menu.query_selector("[data-none]") {
        place.toggle_attribute_with_force("hidden", found > 0).ok();
    }
}
