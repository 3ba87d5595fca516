//! The routes: one row per page. Every page is a chunk of its own and is drawn in one piece.

use crate::{home::HomePage, join::JoinPage};
use kit::{
    Stopped,
    act::{Said, here},
    browser::{self, carried_visit},
    call::Fault,
    page::Toasts,
    visit::Visit,
};
use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};
use people::{company::programs::ProgramsPage, security::account::AccountPage, sign_in::page::SignInPage};
use support::{
    index::{ConsoleIndex, SupportIndex},
    library::{
        console_detail::ConsoleDocument,
        console_downloads::ConsoleDownloads,
        console_form::{ConsoleEdit, ConsoleReplace, ConsoleUpload},
        console_list::ConsoleLibrary,
        console_step::ConsoleStep,
        detail::LibraryDetail,
        list::LibraryList,
    },
};

/// The part of a document that the browser takes over: the pages. What surrounds them never changes and is the server's alone.
#[component]
pub fn App() -> impl IntoView {
    let visit = use_context::<Visit>().or_else(carried_visit).unwrap_or_default();
    provide_context(StoredValue::new(visit));
    provide_context(Said(RwSignal::new(None)));
    view! { <Router>{pages()}</Router> }
}

/// Keys of the whole page, and a frame that follows when another page is there. Both are comforts of script.
fn attend() {
    let here = here();
    Effect::new(move |before: Option<()>| {
        let here = here.get();
        if before.is_none() {
            browser::listen_to_keys();
        } else {
            browser::close_menus();
            browser::follow(&here);
        }
    });
}

fn pages() -> AnyView {
    attend();
    view! { <Pages/><Toasts/> }.into_any()
}

#[component]
fn Pages() -> AnyView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Route path=path!("/") view={Lazy::<HomePage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view={Lazy::<SignInPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/join") view={Lazy::<JoinPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account") view={Lazy::<AccountPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/programs") view={Lazy::<ProgramsPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/support") view={Lazy::<SupportIndex>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/support/library") view={Lazy::<LibraryList>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/support/library/:id") view={Lazy::<LibraryDetail>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console") view={Lazy::<ConsoleIndex>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/downloads") view={Lazy::<ConsoleDownloads>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/library") view={Lazy::<ConsoleLibrary>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/library/new") view={Lazy::<ConsoleUpload>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/library/:id") view={Lazy::<ConsoleDocument>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/library/:id/edit") view={Lazy::<ConsoleEdit>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/library/:id/replace") view={Lazy::<ConsoleReplace>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/console/library/:id/:step") view={Lazy::<ConsoleStep>::new()} ssr=SsrMode::Async/>
        </FlatRoutes>
    }
    .into_any()
}

/// An address without a page; making the fault sets the status.
#[component]
fn NotFound() -> AnyView {
    view! { <Stopped fault=Fault::no_page()/> }.into_any()
}
