//! The columns of a list are put in order where they stand: by their arrows, by Alt with the arrow keys, by dragging. The form says the new
//! order when it is sent; without script each arrow sends it.

use crate::{browser, lang};
use domain::Lang;
use gloo::events::{EventListener, EventListenerOptions};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Element, Event, HtmlElement, KeyboardEvent};

const ROW: &str = ".column";
/// A row that has arrows may move; the others hold the ends of the table.
const MOVES: &str = ".order";

/// Which way a row goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// Keeps the rows in `place` from now on.
pub fn keep(place: &Element) {
    for row in rows(place).iter().filter(|row| moves(row)) {
        // Attributes of own elements are always taken.
        row.set_attribute("draggable", "true").ok();
    }
    let options = EventListenerOptions::enable_prevent_default();
    let at = place.clone();
    EventListener::new_with_options(place, "click", options, move |event| step(&at, event)).forget();
    let at = place.clone();
    EventListener::new_with_options(place, "keydown", options, move |event| press(&at, event)).forget();
    drag(place);
}

fn rows(place: &Element) -> Vec<Element> {
    place.query_selector_all(ROW).map(|found| browser::elements(&found)).unwrap_or_default()
}

fn moves(row: &Element) -> bool {
    row.query_selector(MOVES).is_ok_and(|order| order.is_some())
}

fn target(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn row_of(event: &Event) -> Option<Element> {
    target(event)?.closest(ROW).ok()?.filter(moves)
}

/// An arrow of a row.
fn step(place: &Element, event: &Event) {
    let Some(button) = target(event).and_then(|target| target.closest(".order button").ok().flatten()) else { return };
    let Some(row) = row_of(event) else { return };
    event.prevent_default();
    let is_up = button.get_attribute("value").is_some_and(|value| value.starts_with("up:"));
    go(place, &row, if is_up { Way::Up } else { Way::Down });
}

fn press(place: &Element, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| key.alt_key() && !key.ctrl_key() && !key.meta_key()) else { return };
    let way = match key.key().as_str() {
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        _ => return,
    };
    if let Some(row) = row_of(event) {
        event.prevent_default();
        go(place, &row, way);
    }
}

/// Past the row beside it. Whoever moved it stays on it.
fn go(place: &Element, row: &Element, way: Way) {
    let beside = match way {
        Way::Up => row.previous_element_sibling(),
        Way::Down => row.next_element_sibling(),
    };
    let Some(beside) = beside.filter(moves) else { return };
    let held = row.query_selector(":focus").ok().flatten().and_then(|held| held.dyn_into::<HtmlElement>().ok());
    set(row, &beside, way);
    if let Some(held) = held {
        held.focus().ok();
    }
    say(place, row);
}

/// Puts a row before another one, or behind it.
fn set(row: &Element, beside: &Element, way: Way) {
    let before = match way {
        Way::Up => Some(beside.clone()),
        Way::Down => beside.next_element_sibling(),
    };
    if let Some(parent) = row.parent_node() {
        // Refused only outside of its parent, where it is not.
        parent.insert_before(row, before.as_deref()).ok();
    }
}

fn drag(place: &Element) {
    let held: Rc<RefCell<Option<Element>>> = Rc::default();
    let begun = Rc::clone(&held);
    EventListener::new(place, "dragstart", move |event| {
        // Without anything to carry some browsers carry nothing.
        event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).map(|carried| carried.set_data("text/plain", "").ok());
        *begun.borrow_mut() = row_of(event);
    })
    .forget();
    let options = EventListenerOptions::enable_prevent_default();
    let (at, over) = (place.clone(), Rc::clone(&held));
    EventListener::new_with_options(place, "dragover", options, move |event| {
        let (Some(row), Some(beside)) = (over.borrow().clone(), row_of(event)) else { return };
        event.prevent_default();
        let lies = |row: &Element| rows(&at).iter().position(|other| other == row);
        // All rows are as high: whichever is reached changes places with it.
        if row != beside {
            set(&row, &beside, if lies(&row) < lies(&beside) { Way::Down } else { Way::Up });
        }
    })
    .forget();
    let (place_of, ended) = (place.clone(), held);
    EventListener::new(place, "dragend", move |_| {
        if let Some(row) = ended.take() {
            say(&place_of, &row);
        }
    })
    .forget();
}

/// Where it is now.
fn say(place: &Element, row: &Element) {
    let at = rows(place).iter().position(|other| other == row).map_or(0, |at| at + 1);
    let name = row.query_selector(".check").ok().flatten().and_then(|label| label.text_content()).unwrap_or_default();
    let words = match lang() {
        Lang::Zh => format!("{name}：第 {at} 列"),
        Lang::En => format!("{name}: column {at}"),
    };
    if let Ok(Some(status)) = place.query_selector("[role=status]") {
        status.set_text_content(Some(&words));
    }
}
