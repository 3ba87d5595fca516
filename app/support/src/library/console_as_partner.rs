//! `/console/library/{id}/as-partner`: what partners see of a document.

use super::{
    console_detail::back,
    detail::as_partner,
    functions::{DocumentAsPartner, document_as_partner},
};
use domain::library::Detail;
use kit::{
    Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    listing::use_param,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleAsPartner {
    document: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleAsPartner {
    fn data() -> Self {
        Self { document: ask::<DocumentAsPartner>("id", use_param("id"), |id| Box::pin(document_as_partner(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.document, |answer| match answer.open::<Detail>() {
            Ok(detail) => drawn_by_server(move || as_partner(detail)),
            Err(fault) => view! { <Stopped fault crumbs=back()/> }.into_any(),
        })
    }
}
