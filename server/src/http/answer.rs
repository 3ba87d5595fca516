//! How the server itself answers when no page does: the error body of threats.md section 4 for programs, a plain page for people.

use super::{plain, security};
use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use domain::{Error, Lang};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER},
};
use kit::call::Fault;
use std::sync::Arc;

/// JSON as we write it.
pub const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What is said to one reader is kept by nobody.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Says that an answer is that of an earlier request with the same key (threats.md C9).
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What every answer needs to know of its request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The id of the request, made here.
    pub id: Arc<str>,
    /// The client's network address.
    pub address: Arc<str>,
    /// Who reads the answer.
    pub reader: Reader,
    /// The reader's language.
    pub lang: Lang,
    /// The address of the style sheet, for plain pages.
    pub css: Arc<str>,
}

/// Who reads an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A browser that shows what comes.
    Person,
    /// A program: our own script, a partner's system.
    Program,
}

impl Reader {
    /// A browser's navigation asks for `text/html`; our script asks for JSON only, and most programs for anything.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if accept.contains("text/html") { Self::Person } else { Self::Program }
    }
}

/// The fault that an error is for this reader. Outside of the framework's reach, where `Fault::from` knows neither language nor request.
#[must_use]
pub fn fault(asked: &Asked, error: &Error) -> Fault {
    Fault {
        code: error.code().to_owned(),
        message: error.say(asked.lang),
        field: error.field().map(str::to_owned),
        request_id: asked.id.to_string(),
        status: error.status(),
        why: match error {
            Error::WhyNot(why) => Some(why.as_ref().clone()).into(),
            _ => None.into(),
        },
    }
}

/// The answer to an error: a page for people, JSON for programs.
#[must_use]
pub fn refuse(asked: &Asked, error: &Error) -> Response {
    let fault = fault(asked, error);
    let mut response = match asked.reader {
        Reader::Person => plain::fault_page(asked, &fault),
        Reader::Program => fault_json(&fault),
    };
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The error body of functions and of everything that is no page.
#[must_use]
pub fn fault_json(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(status, fault)
}

/// A value as JSON.
#[must_use]
pub fn json(status: StatusCode, value: &impl serde::Serialize) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_default();
    (status, [(CONTENT_TYPE, JSON), (CACHE_CONTROL, NO_STORE)], body).into_response()
}

/// A document of ours.
#[must_use]
pub fn html(status: StatusCode, body: String) -> Response {
    let policy = security::policy(None, None);
    let mut response = (status, [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], body).into_response();
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    response.headers_mut().insert(http::header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Sends the browser to an own path, which the caller has checked, with GET.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    // An own path can hold letters that a header cannot.
    let path = percent_encoding::utf8_percent_encode(path, NOT_IN_HEADERS).to_string();
    let target = HeaderValue::from_str(&path).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, target);
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    response
}

const NOT_IN_HEADERS: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');
