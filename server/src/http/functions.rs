//! Server functions: what reaches the framework has passed every check of its wire form, and what comes back is in our own words
//! (threats.md T1 to T8; architecture.md 6).

use super::{
    Server,
    answer::{self, Asked, Reader},
    attachments::{self, Came},
    body, drafts, forms,
    forms::Form,
    limits, pages,
    visit::{self, Context, Visitor},
};
use app::checks::CHECKS;
use axum::{
    Extension, Router,
    body::Body,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::any,
};
use domain::Error;
use futures::FutureExt as _;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER},
};
use kit::call::{Attached, Done, Fault};
use leptos::prelude::provide_context;
use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};
use store::attachments::NewFile;

/// A function that has not answered by then is given up; a write it began goes on by itself (architecture.md 5.3).
const FUNCTION_TIME: Duration = Duration::from_secs(20);
/// Asked by open pages by themselves: it is no sign that somebody is there, and keeps no session alive.
const UNREAD: &str = "/fn/messages/unread";
/// What this answers follows from its address and the reader's language, and never changes: the reader's own browser may keep it.
const KEPT: &str = kit::month::MONTHS;
const KEPT_FOR_A_DAY: HeaderValue = HeaderValue::from_static("private, max-age=86400");
/// Largest answer of a function in bytes.
const ANSWER_MAX_BYTES: usize = 16 * 1024 * 1024;
/// How the framework marks its own errors.
const FRAMEWORK_ERROR: HeaderName = HeaderName::from_static("serverfnerror");

/// The registered functions and their methods.
#[derive(Clone, Debug, Default)]
pub struct Table(HashMap<&'static str, Method>);

impl Table {
    /// All that are linked into this program.
    #[must_use]
    pub fn registered() -> Self {
        Self(server_fn::axum::server_fn_paths().collect())
    }
}

/// Everything below `/fn/`.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/fn/{*name}", any(call)).layer(pages::compressed())
}

async fn call(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    match checked(&server, &asked, request).await {
        Ok(response) => response,
        Err(error) => answer::refuse(&asked, &error),
    }
}

async fn checked(server: &Arc<Server>, asked: &Asked, request: Request<Body>) -> Result<Response, Error> {
    let path = request.uri().path();
    let method = server.functions.0.get(path).ok_or(Error::NotFound)?.clone();
    let reads = method == Method::GET;
    if reads != (*request.method() == Method::GET || *request.method() == Method::HEAD) {
        return Ok(super::not_offered(asked, if reads { "GET, HEAD" } else { "POST" }));
    }
    let visitor = Visitor::of(server, asked, request.headers()).await?;
    let context = Context { server: server.clone(), asked: asked.clone(), visitor };
    if reads { read(context, request).await } else { write(context, request).await }
}

async fn read(context: Context, mut request: Request<Body>) -> Result<Response, Error> {
    may_ask(&context, request.uri().path())?;
    body::fields(request.uri().query().unwrap_or_default())?;
    let Ok(_place) = context.server.limits.begin() else { return Ok(limits::overloaded(&context.asked)) };
    *request.method_mut() = Method::GET;
    let (head, _) = request.into_parts();
    let (by_itself, kept) = (head.uri.path() == UNREAD, head.uri.path() == KEPT);
    let mut response = run(&context, Request::from_parts(head, Body::empty()), None).await;
    if kept && response.status().is_success() {
        response.headers_mut().insert(CACHE_CONTROL, KEPT_FOR_A_DAY);
    }
    if !by_itself {
        context.visitor.touch();
    }
    Ok(response)
}

/// The way of a form: its page is found out as early as it can be, so that even a refusal leads back to it.
async fn write(context: Context, request: Request<Body>) -> Result<Response, Error> {
    let (head, sent) = request.into_parts();
    let mut form = Form { action: head.uri.path().to_owned(), values: Vec::new() };
    let taken = take(&context, &head.headers, sent, &mut form).await;
    let page = forms::page_of(&context.server, &head.headers, &form);
    let (text, came) = match taken {
        Ok(taken) => taken,
        Err(error) => return Ok(refused(&context, form, page, &error).await),
    };
    let Ok(_place) = context.server.limits.begin() else { return Ok(limits::overloaded(&context.asked)) };
    let mut inner = Request::new(Body::from(text));
    *inner.method_mut() = Method::POST;
    *inner.uri_mut() = form.action.parse().map_err(|_| Error::NotFound)?;
    inner.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(body::URLENCODED));
    let mut response = match came {
        Some(came) => attachments::run(&context, inner, came).await,
        None => run(&context, inner, None).await,
    };
    context.visitor.touch();
    if context.asked.reader == Reader::Program {
        if response.status().is_success() {
            drafts::done(&context, &page).await;
        }
        forms::mark_replayed(&context, &mut response);
        return Ok(response);
    }
    let (outcome, headers) = outcome(&context, response).await;
    Ok(forms::answer(&context, form, page, outcome, headers).await)
}

/// Everything that is known without running the function: the form, and the file that came with it.
async fn take(context: &Context, headers: &HeaderMap, sent: Body, form: &mut Form) -> Result<(String, Option<Came>), Error> {
    let (text, came) = if let Some(carrying) = attachments::carrying(&form.action, headers) {
        let came = attachments::take(context, headers, sent, carrying, form).await?;
        (attachments::encoded(form), came)
    } else {
        body::is_of(headers, body::URLENCODED)?;
        let text = body::read(&context.server.limits, &context.asked, headers, sent).await?;
        form.values = body::fields(&text)?;
        (text, None)
    };
    may_ask(context, &form.action)?;
    let check = CHECKS.iter().find(|(path, _)| *path == form.action);
    let (_, check) = check.ok_or_else(|| {
        tracing::error!(function = form.action, "a writing function has no check");
        Error::NotFound
    })?;
    check(&text)?;
    Ok((text, came))
}

fn may_ask(context: &Context, path: &str) -> Result<(), Error> {
    let may = context.visitor.is_signed_in() || visit::is_public_function(path);
    if may { Ok(()) } else { Err(Error::AuthRequired) }
}

async fn refused(context: &Context, form: Form, page: String, error: &Error) -> Response {
    if context.asked.reader == Reader::Program {
        return answer::refuse(&context.asked, error);
    }
    forms::answer(context, form, page, Err(answer::fault(&context.asked, error)), HeaderMap::new()).await
}

/// Runs the framework's handler. It sees neither where the request came from nor that a person reads the answer, because it would
/// send the browser back there (T3).
pub(super) async fn run(context: &Context, mut request: Request<Body>, file: Option<NewFile>) -> Response {
    request.headers_mut().remove(REFERER);
    request.headers_mut().insert(ACCEPT, answer::JSON);
    let visit = context.visitor.visit(&context.server, &context.asked, request.uri(), None);
    let provide = {
        let context = context.clone();
        move || {
            pages::provide_visit(&context, &visit);
            provide_context(Attached(file.clone()));
        }
    };
    let running = async { leptos_axum::handle_server_fns_with_context(provide, request).await.into_response() };
    let ran = tokio::time::timeout(FUNCTION_TIME, AssertUnwindSafe(running).catch_unwind()).await;
    let error = match ran {
        Ok(Ok(response)) => return finish(context, response).await,
        Ok(Err(_)) => Error::Broken,
        Err(_) => Error::Unavailable,
    };
    tracing::error!(request = &*context.asked.id, code = error.code(), "a function panicked or took too long");
    let mut response = answer::fault_json(&answer::fault(&context.asked, &error));
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Puts the answer into our own words: JSON, the status of the fault, no trace of the framework.
async fn finish(context: &Context, response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, ANSWER_MAX_BYTES).await else {
        return answer::fault_json(&answer::fault(&context.asked, &Error::Broken));
    };
    head.headers.remove(FRAMEWORK_ERROR);
    head.headers.remove(LOCATION);
    head.headers.remove(CONTENT_LENGTH);
    head.headers.insert(CONTENT_TYPE, answer::JSON);
    head.headers.insert(CACHE_CONTROL, answer::NO_STORE);
    if head.status.is_success() {
        return Response::from_parts(head, Body::from(bytes));
    }
    let fault = serde_json::from_slice::<Fault>(&bytes).ok();
    let fault = fault.unwrap_or_else(|| answer::fault(&context.asked, &Error::Broken));
    head.status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if head.status.is_server_error() {
        tracing::error!(request = &*context.asked.id, code = fault.code, "a function failed");
    }
    Response::from_parts(head, Body::from(serde_json::to_vec(&fault).unwrap_or_default()))
}

/// Reads an answer of ours back, for the form it belongs to.
async fn outcome(context: &Context, response: Response) -> (Result<Done, Fault>, HeaderMap) {
    let (head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, ANSWER_MAX_BYTES).await.unwrap_or_default();
    let outcome = if head.status.is_success() {
        // A write whose answer leads nowhere leads back to its form.
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    } else {
        Err(serde_json::from_slice(&bytes).unwrap_or_else(|_| answer::fault(&context.asked, &Error::Broken)))
    };
    (outcome, head.headers)
}
