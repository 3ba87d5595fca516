//! The operator's own address: alive, ready, figures. It listens apart from the portal and answers even when that is overloaded.

use super::{
    Server,
    answer::{self, NO_STORE},
    metrics,
};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use std::{sync::Arc, time::Duration};

/// A database or a place of files that takes longer than this to answer is not ready.
const READY_TIME: Duration = Duration::from_secs(2);

/// `/healthz`, `/readyz`, `/metrics`.
pub fn router(server: Arc<Server>) -> Router {
    Router::new().route("/healthz", get(health)).route("/readyz", get(ready)).route("/metrics", get(figures)).with_state(server)
}

async fn health() -> Response {
    said(StatusCode::OK, "ok")
}

/// Both are asked at once; neither may take long.
async fn ready(State(server): State<Arc<Server>>) -> Response {
    let database = tokio::time::timeout(READY_TIME, server.store.read_clock());
    let name = format!("probe-{}", server.store.ids.id());
    let files = tokio::time::timeout(READY_TIME, server.store.files.probe(&name));
    let (database, files) = tokio::join!(database, files);
    if !matches!(database, Ok(Ok(()))) {
        return said(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer");
    }
    match files {
        Ok(Ok(())) => said(StatusCode::OK, "ready"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "files cannot be written");
            said(StatusCode::SERVICE_UNAVAILABLE, "files cannot be written")
        }
        Err(_) => said(StatusCode::SERVICE_UNAVAILABLE, "the place of the files does not answer"),
    }
}

/// Figures of the work come from the database; without it there are the others.
async fn figures(State(server): State<Arc<Server>>) -> Response {
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    let work = tokio::time::timeout(READY_TIME, store::operations::figures(&server.store)).await;
    let text = metrics::text(&server, work.ok().and_then(Result::ok).as_ref());
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, NO_STORE)], text).into_response()
}

fn said(status: StatusCode, state: &str) -> Response {
    answer::json(status, &serde_json::json!({ "status": state }))
}
