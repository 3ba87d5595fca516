//! New markup in the place of old: what is alike stays the same element, so focus, open menus and what somebody is typing stay too.

use upstream::tachys::renderer::types::Element;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlSelectElement, Node};

/// An element of which new markup says the attributes alone.
const KEEPS: &str = "data-keeps";

/// Gives `element` the content that `markup` describes.
pub fn morph(element: &Element, markup: &str) {
    let Some(wanted) = element.clone_node().ok().and_then(|node| node.dyn_into::<Element>().ok()) else { return };
    wanted.set_inner_html(markup);
    children(element, &wanted);
}

fn children(old: &Node, new: &Node) {
    let (mut place, mut next) = (old.first_child(), new.first_child());
    while let Some(wanted) = next {
        next = wanted.next_sibling();
        match place {
            Some(kept) if is_alike(&kept, &wanted) => {
                place = kept.next_sibling();
                follow(&kept, &wanted);
            }
            before => {
                // Fails only when a part is put into itself.
                old.insert_before(&wanted, before.as_ref()).ok();
                place = before;
            }
        }
    }
    while let Some(gone) = place {
        place = gone.next_sibling();
        old.remove_child(&gone).ok();
    }
}

/// The same kind of element, of the same name if it has one, and about the same thing: the row of another document is another row.
fn is_alike(old: &Node, new: &Node) -> bool {
    let named = |node: &Node, name: &str| node.dyn_ref::<Element>().and_then(|element| element.get_attribute(name));
    let same = |name: &str| named(old, name) == named(new, name);
    old.node_name() == new.node_name() && same("data-testid") && same("data-id")
}

fn follow(old: &Node, new: &Node) {
    // Most of a page is as it was: one question to the browser spares the walk through it.
    if old.is_equal_node(Some(new)) {
        return fields_within(old, new);
    }
    let (Some(kept), Some(wanted)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else {
        if old.node_value() != new.node_value() {
            old.set_node_value(new.node_value().as_deref());
        }
        return;
    };
    let typed = was_typed(kept);
    attributes(kept, wanted);
    // What script has laid in there is none of the page's.
    if !wanted.has_attribute(KEEPS) {
        children(kept, wanted);
    }
    fields(kept, wanted, typed);
}

/// What a person opened stays open.
fn attributes(kept: &Element, wanted: &Element) {
    for name in kept.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if name != "open" && !wanted.has_attribute(&name) {
            // Taking an attribute from an own element does not fail.
            kept.remove_attribute(&name).ok();
        }
    }
    for name in wanted.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        let value = wanted.get_attribute(&name);
        if let Some(value) = value.filter(|value| kept.get_attribute(&name).as_ref() != Some(value)) {
            kept.set_attribute(&name, &value).ok();
        }
    }
}

/// Somebody is typing into this field.
fn was_typed(field: &Element) -> bool {
    let has_focus = field.owner_document().and_then(|document| document.active_element()).is_some_and(|active| active == *field);
    let input = field.dyn_ref::<HtmlInputElement>();
    has_focus && input.is_some_and(|input| input.value() != input.default_value())
}

/// The same of all fields of two elements that are equal: what was typed or ticked is no part of their markup.
fn fields_within(old: &Node, new: &Node) {
    let (Some(kept), Some(wanted)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else { return };
    fields(kept, wanted, was_typed(kept));
    let all = |element: &Element| element.query_selector_all("input,select").ok();
    let (Some(kept), Some(wanted)) = (all(kept), all(wanted)) else { return };
    for at in 0..kept.length() {
        let pair = (kept.item(at).and_then(|node| node.dyn_into().ok()), wanted.item(at).and_then(|node| node.dyn_into().ok()));
        if let (Some(kept), Some(wanted)) = pair {
            fields(&kept, &wanted, was_typed(&kept));
        }
    }
}

/// What a field holds follows what the server says it holds.
fn fields(kept: &Element, wanted: &Element, typed: bool) {
    if let (Some(kept), Some(wanted)) = (kept.dyn_ref::<HtmlInputElement>(), wanted.dyn_ref::<HtmlInputElement>()) {
        kept.set_checked(wanted.default_checked());
        if !typed {
            kept.set_value(&wanted.default_value());
        }
    }
    if let (Some(kept), Some(wanted)) = (kept.dyn_ref::<HtmlSelectElement>(), wanted.dyn_ref::<HtmlSelectElement>()) {
        kept.set_value(&wanted.value());
    }
}
