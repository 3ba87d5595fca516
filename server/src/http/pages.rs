//! Pages: the application drawn on the server, in one piece and with the right status (architecture.md 3).

use super::{
    Server,
    answer::{self, Asked},
    drafts, forms, leave, limits, preview, security,
    visit::{self, Context, Visitor},
};
use app::{Head, Leaving, MORE_NOW, MORE_WAITS, PAGES, Previewed, TITLE_PLACE, document};
use axum::{Extension, Router, body::Body, extract::State, response::Response, routing::get};
use domain::{Error, access::Side};
use futures::FutureExt as _;
use http::{HeaderMap, Method, Request, StatusCode, Uri, header::CONTENT_SECURITY_POLICY};
use kit::{
    page::{HeadNotes, PageHead},
    visit::Visit,
};
use leptos::{PrefetchLazyFn, nonce::Nonce, prelude::*};
use leptos_axum::{ResponseOptions, render_app_async_with_context};
use std::{collections::BTreeSet, panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// A page that is not drawn by then is given up: its reader has.
const PAGE_TIME: Duration = Duration::from_secs(20);
/// Largest page in bytes; the largest list of a hundred rows takes a tenth of a megabyte.
const PAGE_MAX_BYTES: usize = 16 * 1024 * 1024;

/// How hard pages are compressed: a list of twenty rows takes 0.6 ms and is a quarter smaller than with the fastest level, 0.3 ms.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// Whether the router knows the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    Known,
    Unknown,
}

/// The routes of all pages; any other address is drawn too, as "not found".
pub fn router() -> Router<Arc<Server>> {
    // Pages spawn on our runtime. It is only refused when it was said before.
    any_spawner::Executor::init_tokio().ok();
    let page = |address| {
        move |State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>| async move {
            answer(server, asked, request, address).await
        }
    };
    let known = PAGES.iter().fold(Router::new(), |router, row| router.route(&axum_path(row.path), get(page(Address::Known))));
    known.fallback(page(Address::Unknown)).layer(compressed())
}

/// Compresses answers for those who can read that. No answer holds a secret that its length could tell (BREACH): the session's key is in
/// a cookie, and what a form carries is good for one form.
pub(super) fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(COMPRESSION)
}

/// A path as axum writes it: `{id}` where our table has `:id`.
fn axum_path(path: &str) -> String {
    let part = |part: &str| part.strip_prefix(':').map_or_else(|| part.to_owned(), |name| format!("{{{name}}}"));
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

async fn answer(server: Arc<Server>, asked: Asked, request: Request<Body>, address: Address) -> Response {
    if *request.method() == Method::POST {
        return answer::refuse(&asked, &Error::NotFound);
    }
    if let Some(path) = without_slash(request.uri()) {
        return answer::see_other(&path);
    }
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(&asked) };
    let visitor = match Visitor::of(&server, &asked, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return answer::refuse(&asked, &error),
    };
    if let Some(path) = visit::must_sign_in(&visitor, request.method(), request.uri()) {
        return answer::see_other(&path);
    }
    if let (Address::Known, Some(path)) = (address, visit::must_agree(&visitor, request.uri())) {
        return answer::see_other(&path);
    }
    let context = Context { server, asked, visitor };
    let drawn = AssertUnwindSafe(draw(context.clone(), request, address)).catch_unwind();
    match tokio::time::timeout(PAGE_TIME, drawn).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!(request = &*context.asked.id, "a page panicked");
            answer::refuse(&Asked { reader: answer::Reader::Person, ..context.asked }, &Error::Broken)
        }
        Err(_) => {
            tracing::error!(request = &*context.asked.id, "a page took too long");
            answer::refuse(&context.asked, &Error::Unavailable)
        }
    }
}

/// `/support/library/` is another spelling of a page; one page has one address.
fn without_slash(uri: &Uri) -> Option<String> {
    let short = uri.path().strip_suffix('/').filter(|short| !short.is_empty() && !short.ends_with('/'))?;
    let address = uri.query().map_or_else(|| short.to_owned(), |query| format!("{short}?{query}"));
    (forms::own_page(&address) == address).then_some(address)
}

async fn draw(mut context: Context, request: Request<Body>, address: Address) -> Response {
    let reads_once = *request.method() == Method::GET && !is_prefetch(request.headers());
    let (kept, gone) = if reads_once { context.visitor.take_kept(&context.server, request.uri().path()).await } else { (None, None) };
    let kept = drafts::with_draft(kept, drafts::restored(&context, request.uri().path()).await);
    let visit = context.visitor.visit(&context.server, &context.asked, request.uri(), kept);
    let visit = Visit { unread: unread(&context).await, waiting: waiting(&context).await, ..visit };
    let leaving = match request.uri() {
        uri if uri.path() == leave::PATH => leave::leaving(&context.server, uri.query().unwrap_or_default()).await,
        _ => Ok(None),
    };
    let previewed = preview::previewed(&context.server, &context.asked, &context.visitor.caller, request.uri()).await;
    let drawn = match leaving {
        Ok(leaving) => Drawn { address, notes: PageHead::default(), lazy: PrefetchLazyFn::default(), leaving, previewed },
        Err(error) => return answer::refuse(&context.asked, &error),
    };
    let response = render(&context, request, visit, &drawn).await;
    let (mut head, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, PAGE_MAX_BYTES).await else {
        tracing::error!(request = &*context.asked.id, "a page was cut off");
        return answer::refuse(&context.asked, &Error::Broken);
    };
    let body = noted(&body, &drawn.notes.notes(), &preloads(&context.server, &drawn.lazy));
    // Whatever the framework knew of the length is about a stream, not about these bytes.
    head.headers.remove(http::header::CONTENT_LENGTH);
    let mut response = Response::from_parts(head, Body::from(body));
    visit::set(&mut response, gone);
    if reads_once {
        visit::set(&mut response, context.visitor.rotate().await);
    }
    context.visitor.touch();
    response
}

/// How many messages the bell tells of. A page is worth more than its bell.
async fn unread(context: &Context) -> i64 {
    if !context.visitor.is_signed_in() {
        return 0;
    }
    let counted = async { store::messages::unread(&context.visitor.caller.access()?).await };
    counted.await.unwrap_or_else(|error: Error| {
        tracing::warn!(request = &*context.asked.id, code = error.code(), "unread messages could not be counted");
        0
    })
}

/// What the rail of the console says of its queues. A page is worth more than that.
async fn waiting(context: &Context) -> Vec<(&'static str, i64)> {
    let caller = &context.visitor.caller;
    if caller.standing.as_ref().is_none_or(|standing| standing.side != Side::Vendor) {
        return Vec::new();
    }
    store::queues::waiting(caller).await.unwrap_or_else(|error: Error| {
        tracing::warn!(request = &*context.asked.id, code = error.code(), "what waits in the queues could not be counted");
        Vec::new()
    })
}

/// Fetched ahead, not asked for by a reader.
#[must_use]
pub fn is_prefetch(headers: &HeaderMap) -> bool {
    headers.get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"))
}

/// Writes into the head what the drawn page noted for it.
fn noted(page: &[u8], notes: &HeadNotes, preloads: &str) -> Vec<u8> {
    let title = format!("{preloads}<title>{}</title>", notes.title.replace('&', "&amp;").replace('<', "&lt;"));
    let page = exchanged(page, TITLE_PLACE, &title);
    if notes.more_styles { exchanged(&page, MORE_WAITS, MORE_NOW) } else { page }
}

/// The first `old` becomes `new`.
fn exchanged(page: &[u8], old: &str, new: &str) -> Vec<u8> {
    let place = page.windows(old.len()).position(|part| part == old.as_bytes()).unwrap_or(page.len());
    let (head, rest) = page.split_at(place);
    [head, new.as_bytes(), rest.get(old.len()..).unwrap_or_default()].concat()
}

/// What is particular to the page that is drawn.
struct Drawn {
    address: Address,
    notes: PageHead,
    /// The lazy pages that were drawn.
    lazy: PrefetchLazyFn,
    leaving: Option<Leaving>,
    previewed: Option<Previewed>,
}

async fn render(context: &Context, request: Request<Body>, visit: Visit, drawn: &Drawn) -> Response {
    let (nonce, lazy) = (Nonce::new(), drawn.lazy.clone());
    let head = head(&context.server, &nonce);
    let provide = {
        let (context, visit, nonce, lazy) = (context.clone(), visit.clone(), nonce.clone(), lazy.clone());
        let (address, notes, leaving, previewed) = (drawn.address, drawn.notes.clone(), drawn.leaving.clone(), drawn.previewed.clone());
        move || {
            // Ours, because the framework would write the nonce where style sheets can read it (T18).
            provide_context(lazy.clone());
            provide_context(nonce.clone());
            provide_visit(&context, &visit);
            provide_context(notes.clone());
            if let Some(leaving) = &leaving {
                provide_context(leaving.clone());
            }
            if let Some(previewed) = &previewed {
                provide_context(previewed.clone());
                // The fault was made before there was a response to carry its status.
                if let (Err(fault), Some(response)) = (&previewed.0, use_context::<ResponseOptions>()) {
                    response.set_status(StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
                }
            }
            if let (Address::Unknown, Some(response)) = (address, use_context::<ResponseOptions>()) {
                response.set_status(StatusCode::NOT_FOUND);
            }
        }
    };
    let mut response = render_app_async_with_context(provide, move || document(&head, visit.clone()))(request).await;
    response.headers_mut().insert(
        CONTENT_SECURITY_POLICY,
        security::policy(Some(&nonce.to_string()), drawn.leaving.as_ref().and_then(leave::origin).as_deref()),
    );
    response
}

/// What server functions find in their context, called by a page or by the browser.
pub fn provide_visit(context: &Context, visit: &Visit) {
    provide_context(context.visitor.caller.clone());
    provide_context(context.visitor.jar.clone());
    provide_context(visit.clone());
    provide_context(StoredValue::new(visit.clone()));
}

fn head(server: &Server, nonce: &Nonce) -> Head {
    let names = &server.assets.names;
    Head {
        nonce: nonce.to_string(),
        favicon: server.assets.hashed("favicon.svg"),
        css: names.css.clone(),
        more_css: names.more_css.clone(),
        js: names.js.clone(),
        wasm: names.wasm.clone(),
        split: names.split.clone(),
    }
}

/// Names the chunks of the page that was drawn: which they are is known only afterwards. In the head, where they compress, not in its headers.
fn preloads(server: &Server, lazy: &PrefetchLazyFn) -> String {
    let Some(views) = lazy.0.try_read_value() else { return String::new() };
    let files: BTreeSet<&String> = views.iter().filter_map(|view| server.assets.names.chunks.get(*view)).flatten().collect();
    let link =
        |file: &String| format!("<link rel=\"preload\" href=\"{file}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">");
    files.into_iter().map(link).collect()
}
