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

/// A database that takes longer than this to answer is not ready.
const READY_TIME: Duration = Duration::from_secs(2);

/// `/healthz`, `/readyz`, `/metrics`.
pub fn router(server: Arc<Server>) -> Router {
    Router::new().route("/healthz", get(health)).route("/readyz", get(ready)).route("/metrics", get(figures)).with_state(server)
}

async fn health() -> Response {
    said(StatusCode::OK, "ok")
}

async fn ready(State(server): State<Arc<Server>>) -> Response {
    match tokio::time::timeout(READY_TIME, server.store.read_clock()).await {
        Ok(Ok(())) => said(StatusCode::OK, "ready"),
        Ok(Err(_)) | Err(_) => said(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

async fn figures(State(server): State<Arc<Server>>) -> Response {
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, NO_STORE)], metrics::text(&server)).into_response()
}

fn said(status: StatusCode, state: &str) -> Response {
    answer::json(status, &serde_json::json!({ "status": state }))
}
