//! Keys that work the list of a page (ux.md section 1): `j` and `k` move through its rows, `x` chooses one, `e` opens its files, `?` tells of them.

use super::{KEYS, KEYS_PAGE, worker::lay_answer};
use crate::browser;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

const ROWS: &str = "main tr[data-id]";
/// What a row leads to, or else what can be done with it.
const WAY: [&str; 2] = ["a.row-link", "a[href],button,summary,input"];

pub fn press(key: &str) {
    // What asks a question has the keys for itself.
    if !browser::all("dialog:modal").is_empty() {
        return;
    }
    match key {
        "j" => go(1),
        "k" => go(-1),
        "x" => choose(),
        "e" => open_files(),
        _ => spawn_local(async {
            if lay_answer(KEYS, "keys").await.is_none() {
                browser::open(KEYS_PAGE);
            }
        }),
    }
}

/// From the row that has the focus to the next one; from elsewhere to the first or the last.
fn go(by: isize) {
    let rows = browser::all(ROWS);
    let at = rows.iter().position(|row| row.matches(":focus-within").unwrap_or(false));
    let next = match at {
        Some(at) => at.saturating_add_signed(by).min(rows.len().saturating_sub(1)),
        None if by > 0 => 0,
        None => rows.len().saturating_sub(1),
    };
    if let Some(row) = rows.get(next) {
        enter(row);
    }
}

fn enter(row: &Element) {
    let way = WAY.iter().find_map(|way| row.query_selector(way).ok().flatten());
    if let Some(way) = way.and_then(|way| way.dyn_into::<HtmlElement>().ok()) {
        way.focus().ok();
    }
}

/// The box of the row that has the focus.
fn choose() {
    click("main tr[data-id]:focus-within .pick");
}

fn open_files() {
    if click("main [data-testid=export]") {
        let first = browser::all("details[open] > [data-testid=export] ~ * :is(button,a)").into_iter().next();
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            first.focus().ok();
        }
    }
}

fn click(selector: &str) -> bool {
    let found = browser::all(selector).into_iter().next().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.map(|found| found.click()).is_some()
}
