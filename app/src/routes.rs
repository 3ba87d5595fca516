//! The routes: one row per page. Every page is a chunk of its own and is drawn in one piece.

use crate::{
    home::HomePage,
    join::JoinPage,
    shell::{Chrome, chrome, console::ConsoleFrame, footer::Footer, header::Header},
};
use domain::Error;
use kit::{
    Stopped,
    act::Said,
    browser::{self, carried_visit},
    page::{PRODUCT, Toasts},
    visit::Visit,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
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

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let visit = use_context::<Visit>().or_else(carried_visit).unwrap_or_default();
    let product = PRODUCT.at(visit.lang);
    provide_context(StoredValue::new(visit));
    provide_context(Said(RwSignal::new(None)));
    view! {
        <Title formatter=move |title: String| if title.is_empty() { product.to_owned() } else { format!("{title} - {product}") }/>
        <Router>{framed()}</Router>
    }
}

/// Keys of the whole page, and menus that close when another page is there. Both are comforts of script.
fn attend() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        if before.is_none() {
            browser::listen_to_keys();
        } else {
            browser::close_menus();
        }
        path.get()
    });
}

fn framed() -> AnyView {
    attend();
    match chrome() {
        Chrome::Bare => view! { <Pages/> }.into_any(),
        Chrome::Portal => view! { <Header/><Pages/><Footer/><Toasts/> }.into_any(),
        Chrome::Console => view! { <ConsoleFrame><Pages/></ConsoleFrame><Toasts/> }.into_any(),
    }
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
    view! { <Stopped fault=Error::NotFound.into()/> }.into_any()
}
