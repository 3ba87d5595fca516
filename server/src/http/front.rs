//! The door: the first to see a request and the last to see its answer.

use super::{
    Server,
    answer::{self, Asked, Reader},
    limits,
    metrics::Running,
    security::{self, Hosts, Refusal},
    visit,
    wire::Peer,
};
use axum::{
    body::{Body, HttpBody as _},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::Error;
use futures::FutureExt as _;
use http::{HeaderValue, Method, StatusCode, header::CONTENT_LENGTH};
use std::{
    net::{IpAddr, Ipv4Addr},
    panic::AssertUnwindSafe,
    sync::Arc,
};
use tokio::time::Instant;

/// Longest path that is logged.
const LOGGED_MAX: usize = 120;

/// Checks a request, lets it in, and finishes its answer.
pub async fn front(State(server): State<Arc<Server>>, mut request: Request, next: Next) -> Response {
    let running = Running::begin(&server.metrics);
    let begun = Instant::now();
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let asked = asked(&server, peer, &request);
    request.extensions_mut().insert(asked.clone());
    let (method, path) = (request.method().clone(), logged(request.uri().path()));
    let (mut response, refusal) = match server.hosts.check(&request) {
        Ok(()) => (inside(&server, peer, &asked, request, next).await, None),
        Err(refusal) => (refuse(&asked, refusal), Some(refusal)),
    };
    if method == Method::HEAD {
        response = without_body(response);
    }
    security::finish(response.headers_mut(), &asked, server.config.public_url.secure);
    let (status, took) = (response.status(), begun.elapsed());
    running.end(status, took);
    tell(&asked, &method, &path, status, refusal, u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    response
}

fn asked(server: &Server, peer: IpAddr, request: &Request) -> Asked {
    let headers = request.headers();
    Asked {
        // Made here: an id from outside could repeat another one's, or hold what a log reader must not see.
        id: Arc::from(server.store.ids.id().to_string()),
        address: Arc::from(Hosts::client(peer, headers, &server.config.trusted_proxies).to_string()),
        reader: Reader::of(headers),
        lang: visit::lang(headers),
        css: server.css.clone(),
    }
}

async fn inside(server: &Arc<Server>, peer: IpAddr, asked: &Asked, request: Request, next: Next) -> Response {
    let reads = *request.method() != Method::POST;
    if reads && let Some(address) = server.hosts.safer(peer, request.headers(), &server.config.trusted_proxies, request.uri()) {
        let mut response = answer::see_other(&address);
        *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
        return response;
    }
    if reads && server.assets.has(request.uri().path()) {
        return server.assets.answer(request.uri().path(), request.headers(), asked);
    }
    // Said before anything is looked up: with ten times too much to do, saying no must cost nothing (threats.md L3).
    if server.limits.is_full() && !request.uri().path().starts_with("/demo/") {
        return limits::overloaded(asked);
    }
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answered.unwrap_or_else(|_| {
        tracing::error!(request = &*asked.id, "a request panicked");
        answer::refuse(asked, &Error::Broken)
    })
}

fn refuse(asked: &Asked, refusal: Refusal) -> Response {
    if refusal == Refusal::MethodUnknown {
        return super::not_offered(asked, "GET, HEAD, POST");
    }
    let mut response = answer::refuse(asked, &refusal.error());
    *response.status_mut() = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    response
}

/// The answer to HEAD has the length of the answer to GET, and nothing more.
fn without_body(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact().filter(|length| *length > 0) {
        head.headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    Response::from_parts(head, Body::empty())
}

/// One line per request that tells no person's secrets: no query, no tokens, no network address.
fn tell(asked: &Asked, method: &Method, path: &str, status: StatusCode, refusal: Option<Refusal>, took_us: u64) {
    let (request, status) = (&*asked.id, status.as_u16());
    match (status, refusal) {
        (_, Some(refusal)) => tracing::warn!(request, %method, path, status, ?refusal, "refused at the door"),
        // A full house would fill the log; the figures count it, and whoever is away has a line of its own.
        (503, None) => tracing::debug!(request, %method, path, status, took_us, "answered"),
        (500.., None) => tracing::warn!(request, %method, path, status, took_us, "answered"),
        (401 | 403 | 429, None) => tracing::info!(request, %method, path, status, took_us, "answered"),
        _ => tracing::debug!(request, %method, path, status, took_us, "answered"),
    }
}

fn logged(path: &str) -> String {
    let secret = ["/m/p/", "/verify/"].into_iter().find(|start| path.starts_with(start));
    secret.map_or_else(|| path.chars().take(LOGGED_MAX).collect(), |start| format!("{start}..."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_in_addresses_are_not_logged() {
        assert_eq!(logged("/m/p/secret-token"), "/m/p/...");
        assert_eq!(logged("/support/library"), "/support/library");
        assert_eq!(logged(&"/x".repeat(200)).len(), LOGGED_MAX);
    }
}
