//! What the browser starts, nothing else.
#![cfg(target_arch = "wasm32")]

use leptos::{mount, tachys::dom, task};
use wasm_bindgen::{JsCast as _, prelude::wasm_bindgen};

/// Takes over the page that the server has drawn, then marks it with `data-ready`.
#[wasm_bindgen]
pub async fn hydrate() {
    // A release says nothing about itself in somebody's console; a developer's build says where it stopped.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let Some(place) = dom::document().get_element_by_id("app").and_then(|place| place.dyn_into().ok()) else { return };
    mount::hydrate_from_async(place, app::App).await.forget();
    // One turn of the executor: effects queued while hydrating (handlers of forms and links) run before the mark.
    task::tick().await;
    if let Some(root) = dom::document().document_element() {
        // The mark is for tests and for styles; a page without it works all the same.
        root.set_attribute("data-ready", "").ok();
    }
}
