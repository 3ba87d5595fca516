//! `/kit`, in demo mode: every component in every state, to be held beside the design. Only the server draws it; the browser carries none
//! of it. Companies, people and amounts are those of the demo world.

#[cfg(not(target_arch = "wasm32"))]
mod cards;

use kit::{Stopped, call::Fault, drawn::drawn_by_server, visit};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The path of this page.
pub const PATH: &str = "/kit";

/// The page.
#[derive(Clone)]
pub struct Gallery;

#[lazy_route]
impl LazyRoute for Gallery {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        drawn_by_server(|| {
            if visit().with_value(|visit| visit.demo) { whole() } else { view! { <Stopped fault=Fault::no_page()/> }.into_any() }
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
use cards::whole;

/// The browser keeps what the server drew.
#[cfg(target_arch = "wasm32")]
fn whole() -> AnyView {
    ().into_any()
}
