//! The routes: one row per page.

use kit::visit::Visit;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let visit = use_context::<Visit>().unwrap_or_default();
    provide_context(StoredValue::new(visit));
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <h1>"404"</h1> }>
                <Route path=path!("/") view=|| view! { <h1>"Partner Center"</h1> } ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
