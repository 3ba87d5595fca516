//! What a page asks and how it waits for the answer.
//!
//! The server asks while it draws, and writes the answer into the page in front of what it drew from it. The browser reads it there, draws
//! the same, and from then on asks by itself whenever the question changes. Resource and suspense of the framework do this too, and much
//! else: they cost each first load 25 kB (ARCHITECTURE.md, section 3).

use crate::{
    call::Answer,
    packed::{Outcome, Packed},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use std::{future::Future, pin::Pin, sync::Arc};

/// The answer of a reading function on its way.
pub type Asking = Pin<Box<dyn Future<Output = Answer<Packed>> + Send>>;

/// How an answer is drawn. Every closure has a type of its own, and each would cost kilobytes of drawing code, so they are boxed once.
type Draw = Arc<dyn Fn(Outcome) -> AnyView + Send + Sync>;

#[cfg(target_arch = "wasm32")]
pub use browser::Answering;
#[cfg(not(target_arch = "wasm32"))]
pub use server::Answering;

/// Asks a reading function, and again whenever `question` changes: the value of its one argument, which is called `name`.
///
/// The server calls the function. The browser asks for its address: the code that the macro makes for that is two kilobytes per function.
#[must_use]
pub fn ask<F: ServerFn>(name: &'static str, question: Signal<String>, function: fn(String) -> Asking) -> Answering {
    Answering::new(F::PATH, name, question, function)
}

/// Asks a reading function without an argument.
#[must_use]
pub fn ask_once<F: ServerFn>(function: fn(String) -> Asking) -> Answering {
    Answering::new(F::PATH, "", Signal::stored(String::new()), function)
}

/// Draws the answer when it is there; while the next one is on its way the old one stays, and what is marked `data-waits` says so.
#[must_use]
pub fn awaited(asked: Answering, draw: impl Fn(Outcome) -> AnyView + Send + Sync + 'static) -> AnyView {
    asked.awaited(Arc::new(draw))
}

/// A part of a page that is drawn anew when what it reads changes.
#[must_use]
pub fn changing(draw: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    redrawn(Arc::new(draw))
}

fn redrawn(draw: Arc<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
    (move || draw()).into_any()
}

#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(target_arch = "wasm32")]
mod browser;
