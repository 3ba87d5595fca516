//! The server's side of HTTP: every request passes `front` (host, method, origin, headers), then one of the routers below.
//! No rule of the business and no SQL is in here.

pub mod accept;
pub mod answer;
pub mod assets;
pub mod attachments;
pub mod body;
pub mod choices;
pub mod demo;
pub mod drafts;
pub mod exports;
pub mod files;
pub mod filing;
pub mod forms;
pub mod front;
pub mod functions;
pub mod leave;
pub mod limits;
pub mod messages;
pub mod metrics;
pub mod ops;
pub mod pack;
pub mod pages;
pub mod plain;
pub mod preview;
pub mod range;
pub mod receipts;
pub mod security;
pub mod sending;
pub mod uploads;
pub mod visit;
pub mod wire;

use crate::config::Config;
use answer::Asked;
use axum::{Extension, Router, middleware, response::Response, routing::any};
use domain::Error;
use http::{HeaderValue, StatusCode, header::ALLOW};
use std::{path::PathBuf, sync::Arc};
use store::Store;

/// What every request needs.
#[derive(Debug)]
pub struct Server {
    /// The settings.
    pub config: Config,
    /// What is kept.
    pub store: Store,
    /// The files of the site.
    pub assets: assets::Assets,
    /// The registered functions.
    pub functions: functions::Table,
    /// The names this server answers to.
    pub hosts: security::Hosts,
    /// How much it takes on at once.
    pub limits: limits::Limits,
    /// Its figures.
    pub metrics: metrics::Metrics,
    /// Short name of the vendor.
    pub vendor: String,
    /// The address of the style sheet, for plain pages.
    pub css: Arc<str>,
    /// This program, which is started again to draw pages of documents.
    pub program: PathBuf,
    /// Pages that were drawn lately.
    pub pages: preview::Pages,
    /// Held while an uploaded file gets its name and its row, so that a failed upload never takes away another one's file.
    pub filing: tokio::sync::Mutex<()>,
}

/// The vendor of the demo world (contract.md).
const DEMO_VENDOR: &str = "北屿云";

impl Server {
    /// A server that is reached at `port`; `program` is this one.
    #[must_use]
    pub fn new(config: Config, store: Store, assets: assets::Assets, port: u16, program: PathBuf) -> Self {
        Self {
            hosts: security::Hosts::of(&config, port),
            css: Arc::from(assets.names.css.as_str()),
            functions: functions::Table::registered(),
            limits: limits::Limits::default(),
            metrics: metrics::Metrics::default(),
            vendor: DEMO_VENDOR.to_owned(),
            program,
            pages: preview::Pages::default(),
            filing: tokio::sync::Mutex::default(),
            config,
            store,
            assets,
        }
    }
}

/// The whole application.
pub fn router(server: Arc<Server>) -> Router {
    let routes = pages::router()
        .merge(functions::router())
        .merge(choices::router())
        .merge(drafts::router())
        .merge(leave::router())
        .merge(files::router())
        .merge(pack::router())
        .merge(preview::router())
        .merge(exports::router())
        .merge(receipts::router())
        .merge(messages::router())
        .merge(uploads::router())
        .merge(attachments::router())
        .merge(demo::router())
        .route("/pkg/{*name}", any(not_found))
        .route("/pkg/", any(not_found))
        .route("/fn/", any(not_found))
        .method_not_allowed_fallback(|Extension(asked): Extension<Asked>| async move { not_offered(&asked, "GET, HEAD") });
    routes.layer(middleware::from_fn_with_state(server.clone(), front::front)).with_state(server)
}

async fn not_found(Extension(asked): Extension<Asked>) -> Response {
    answer::refuse(&asked, &Error::NotFound)
}

/// An address that exists, asked with a method it does not answer.
#[must_use]
pub fn not_offered(asked: &Asked, methods: &'static str) -> Response {
    let mut response = answer::refuse(asked, &Error::Malformed);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    response
}
