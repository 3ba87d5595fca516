//! The address of a message, as bell, list and mail name it: opening it marks it as read and leads to its object (domain.md 4.5).

use super::{
    Server,
    answer::{self, Asked, Reader},
    limits, pages,
    visit::{self, Visitor},
};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{Error, Id, access::Anyone};
use http::{Method, Request};
use std::sync::Arc;

/// `/messages/{id}`.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/messages/{id}", get(open))
}

async fn open(
    State(server): State<Arc<Server>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response {
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(&asked) };
    let (request, _) = request.into_parts();
    let visitor = match Visitor::of(&server, &asked, &request.headers).await {
        Ok(visitor) => visitor,
        Err(error) => return answer::refuse(&asked, &error),
    };
    if asked.reader == Reader::Person
        && let Some(path) = visit::must_sign_in(&visitor, &request.method, &request.uri)
    {
        return answer::see_other(&path);
    }
    // Whoever only asks what is there, or fetches ahead, has opened nothing.
    let opens = request.method == Method::GET && !pages::is_prefetch(&request.headers);
    let found = async {
        let message = id.parse::<Id>().map_err(|_| Error::NotFound)?;
        let access = visitor.caller.access::<Anyone>()?;
        if opens { store::messages::open(&access, message).await } else { store::messages::path(&access, message).await }
    };
    let response = match found.await {
        Ok(path) => answer::see_other(&path),
        Err(error) => answer::refuse(&asked, &error),
    };
    visitor.touch();
    response
}
