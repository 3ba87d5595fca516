//! What a page asks and how it waits for the answer: one resource type, one suspense, for all pages.
//!
//! Every closure and every future has a type of its own, and each costs the browser's module kilobytes of drawing code. So the closures
//! of pages are boxed here, once, behind functions that are not generic.

#[cfg(target_arch = "wasm32")]
use crate::browser;
#[cfg(target_arch = "wasm32")]
use send_wrapper::SendWrapper;
use crate::{
    call::Answer,
    packed::{Outcome, Packed},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use std::{future::Future, pin::Pin, sync::Arc};

/// The answer of a reading function on its way.
pub type Asking = Pin<Box<dyn Future<Output = Answer<Packed>> + Send>>;

/// What a page asks: a resource of a packed answer.
pub type Answering = Resource<Outcome>;

/// Asks a reading function again whenever `question` changes: the value of its one argument, which is called `name`.
///
/// The server calls the function. The browser asks for its address: the code that the macro makes for that is two kilobytes per function.
#[must_use]
pub fn ask<F: ServerFn>(name: &'static str, question: Signal<String>, function: fn(String) -> Asking) -> Answering {
    asked(F::PATH, name, question, function)
}

/// Asks a reading function without an argument.
#[must_use]
pub fn ask_once<F: ServerFn>(function: fn(String) -> Asking) -> Answering {
    asked(F::PATH, "", Signal::stored(String::new()), function)
}

#[cfg(target_arch = "wasm32")]
#[inline]
fn asked(path: &'static str, name: &'static str, question: Signal<String>, _: fn(String) -> Asking) -> Answering {
    fetched(path, name, question)
}

#[cfg(target_arch = "wasm32")]
fn fetched(path: &'static str, name: &'static str, question: Signal<String>) -> Answering {
    Resource::new(
        move || question.get(),
        move |question| {
            let mut address = path.to_owned();
            if !name.is_empty() {
                address.push('?');
                address.push_str(name);
                address.push('=');
                domain::list::encode(&question, &mut address);
            }
            SendWrapper::new(async move { Outcome::from(browser::get(&address).await) })
        },
    )
}

#[cfg(not(target_arch = "wasm32"))]
fn asked(_: &'static str, _: &'static str, question: Signal<String>, function: fn(String) -> Asking) -> Answering {
    Resource::new(
        move || question.get(),
        move |question| {
            let asking = function(question);
            async move { Outcome::from(asking.await) }
        },
    )
}

/// Draws the answer when it is there; while the next one is on its way the old one stays and `busy` is true.
#[must_use]
pub fn awaited(asked: Answering, draw: impl Fn(Outcome, ReadSignal<bool>) -> AnyView + Send + Sync + 'static) -> AnyView {
    suspended(asked, Arc::new(draw))
}

type Draw = Arc<dyn Fn(Outcome, ReadSignal<bool>) -> AnyView + Send + Sync>;

fn suspended(asked: Answering, draw: Draw) -> AnyView {
    let (busy, set_busy) = signal(false);
    view! {
        <Transition set_pending=pending(set_busy) fallback=|| ()>
            {move || {
                let draw = draw.clone();
                Suspend::new(async move { draw(asked.await, busy) })
            }}
        </Transition>
    }
    .into_any()
}

/// Only the browser waits. The server writes a page when its answers are there, and must not write that it is waiting.
fn pending(set_busy: WriteSignal<bool>) -> SignalSetter<bool> {
    SignalSetter::map(move |waits: bool| set_busy.set(waits && cfg!(target_arch = "wasm32")))
}

/// A part of a page that is drawn anew when what it reads changes.
#[must_use]
pub fn changing(draw: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    redrawn(Arc::new(draw))
}

fn redrawn(draw: Arc<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
    (move || draw()).into_any()
}

/// A word that changes. Counted, not owned by the view that made it: an effect of a view that is being replaced may still read it.
#[must_use]
pub fn word(say: impl Fn() -> &'static str + Send + Sync + 'static) -> ArcSignal<&'static str> {
    ArcSignal::derive(say)
}
