//! Forms that are sent without script: 303 to the form's page or where the act leads, and the answer kept on the server until that
//! page is read (architecture.md 6). Nothing of it ever stands in an address.

use super::{
    Server,
    answer::{self, Asked, Reader},
    drafts, plain,
    visit::{self, Context},
};
use axum::response::Response;
use domain::{Error, Id, Text, access::Anyone, sign_in, text};
use http::{HeaderMap, HeaderValue, header::SET_COOKIE};
use kit::{
    call::{CookieJar, Done, Fault},
    visit::Kept,
};
use serde::{Deserialize, Serialize};
use store::{Caller, kept};

/// The cookie that names a kept answer.
pub const KEPT: &str = "kept";
/// How long the cookie waits for its page.
const KEPT_SECONDS: u32 = 600;
/// Most of what a stranger typed that is kept, in bytes: whoever has no session must not fill the database.
const OF_STRANGERS_MAX_BYTES: usize = 4 * 1024;
/// The cookie that names what was typed before a session ended.
pub const TYPED: &str = "typed";
/// What is said above a form that was kept while its sender signed in again.
const STILL_THERE: Text = text(
    "您已重新登录。填写的内容都在，尚未提交，请核对后提交。",
    "You are signed in again. What you typed is still here and was not sent yet; check it and send it.",
);
/// Owner of answers that belong to no session.
const NOBODY: &str = "nobody";
/// Fields that are never kept: secrets, what belongs to one sending, and what the page knows itself.
const NOT_KEPT: &[&str] = &["code", "file", "from", "idempotency_key", "next"];

/// A form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The path it was sent to.
    pub action: String,
    /// Names and values in the order they came.
    pub values: Vec<(String, String)>,
}

impl Form {
    /// The value of a field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// What may be shown to the sender again.
    #[must_use]
    pub fn shown(self) -> Vec<(String, String)> {
        let is_secret = |name: &str| NOT_KEPT.contains(&name) || name.contains("password") || name.contains("secret");
        self.values.into_iter().filter(|(name, _)| !is_secret(name)).collect()
    }
}

/// The page a form was sent from: its own word, else the browser's, else home.
#[must_use]
pub fn page_of(server: &Server, headers: &HeaderMap, form: &Form) -> String {
    match form.value("from").or_else(|| server.hosts.own_referer(headers)) {
        Some(page) => own_page(page).to_owned(),
        None if form.action == "/fn/sign-in" => visit::sign_in_and_return(form.value("next").unwrap_or("/")),
        None => "/".to_owned(),
    }
}

/// An own path, the sign-in page included, which `own_path` leaves out because nobody is to be sent there after signing in.
#[must_use]
pub fn own_page(path: &str) -> &str {
    let Some(rest) = path.strip_prefix("/sign-in") else { return sign_in::own_path(path) };
    let harmless = rest.is_empty() || (rest.starts_with('?') && sign_in::own_path(&format!("/{rest}")).len() == rest.len() + 1);
    if harmless { path } else { "/sign-in" }
}

/// The answer of a write. `page` is the page of its form; what was kept of it while it was typed goes when it was taken.
pub async fn answer(context: &Context, form: Form, page: String, outcome: Result<Done, Fault>, headers: HeaderMap) -> Response {
    if outcome.is_ok() {
        drafts::done(context, &page).await;
    }
    reply(context, form, page, outcome, headers).await
}

/// The same for what is no write of the form itself.
pub async fn reply(context: &Context, form: Form, page: String, outcome: Result<Done, Fault>, headers: HeaderMap) -> Response {
    let mut response = match (context.asked.reader, outcome) {
        (Reader::Program, Ok(done)) => with(answer::json(http::StatusCode::OK, &done), headers),
        (Reader::Program, Err(fault)) => with(answer::fault_json(&fault), headers),
        (Reader::Person, outcome) => redirect(context, form, page, outcome, headers).await,
    };
    mark_replayed(context, &mut response);
    response
}

fn with(mut response: Response, headers: HeaderMap) -> Response {
    response.headers_mut().extend(headers);
    response
}

/// Tells a program that nothing was done anew (C9).
pub fn mark_replayed(context: &Context, response: &mut Response) {
    if context.visitor.caller.replayed.get() {
        response.headers_mut().insert(answer::REPLAYED, HeaderValue::from_static("true"));
    }
}

async fn redirect(context: &Context, form: Form, page: String, outcome: Result<Done, Fault>, headers: HeaderMap) -> Response {
    if outcome.as_ref().is_err_and(|fault| fault.code == Error::AuthRequired.code()) {
        return sign_in_first(context, form, &page).await;
    }
    let cookies: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().cloned().collect();
    let (to, kept) = match outcome {
        Ok(done) => {
            let to = done.to.as_deref().map_or_else(|| page.clone(), |to| own_page(to).to_owned());
            let Done { said, revealed, .. } = done;
            let kept = said.map(|said| Kept { action: form.action, said: Some(said), revealed, ..Kept::default() });
            (to, kept)
        }
        Err(fault) => (page, Some(Kept { action: form.action.clone(), values: form.shown(), fault: Some(fault), ..Kept::default() })),
    };
    let mut response = answer::see_other(&to);
    if let Some(kept) = kept {
        // A session that begins or ends with this answer cannot own it.
        let stays = !cookies.iter().any(|cookie| is_session(&context.visitor.jar, cookie));
        match keep(&context.visitor.caller, kept, stays).await {
            Ok(id) => visit::set(&mut response, kept_cookie(&context.visitor.jar, &id.to_string())),
            Err(fault) => return plain::fault_page(&context.asked, &fault.unwrap_or_else(|| unavailable(&context.asked))),
        }
    }
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The session has ended while somebody typed. They sign in and find the form as it was; nothing was sent (product.md, "nothing
/// typed is lost"). It is kept for the account of that session alone: whoever signs in there instead sees an empty form.
async fn sign_in_first(context: &Context, form: Form, page: &str) -> Response {
    let mut response = answer::see_other(&visit::sign_in_and_return(page));
    let Some(account) = context.visitor.caller.before else { return response };
    let said = Some(STILL_THERE.at(context.asked.lang).to_owned());
    let kept = Kept { action: form.action.clone(), values: form.shown(), said, ..Kept::default() };
    let typed = Typed { page: path_of(page).to_owned(), kept };
    let body = serde_json::to_string(&typed).unwrap_or_default();
    if body.len() > kept::BODY_MAX {
        return response;
    }
    let keeping = async { kept::keep(&context.visitor.caller.access::<Anyone>()?, account.to_string(), body).await };
    match keeping.await {
        Ok(id) => visit::set(&mut response, waiting_cookie(&context.visitor.jar, TYPED, &id.to_string())),
        Err(error) => tracing::warn!(code = error.code(), "what was typed could not be kept"),
    }
    response
}

/// What was typed, and the page of its form.
#[derive(Serialize, Deserialize)]
struct Typed {
    page: String,
    kept: Kept,
}

/// An address without its question.
#[must_use]
pub fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

fn unavailable(asked: &Asked) -> Fault {
    answer::fault(asked, &Error::Unavailable)
}

fn is_session(jar: &CookieJar, cookie: &HeaderValue) -> bool {
    cookie.to_str().is_ok_and(|cookie| cookie.split('=').next() == Some(jar.session_name()))
}

/// Keeps an answer. What cannot be kept is given back, to be shown at once: a person must not lose it.
async fn keep(caller: &Caller, mut kept: Kept, is_own: bool) -> Result<Id, Option<Fault>> {
    let owner = if is_own { owner(caller) } else { NOBODY.to_owned() };
    let mut body = serde_json::to_string(&kept).unwrap_or_default();
    let most = if caller.standing.is_some() { kept::BODY_MAX } else { OF_STRANGERS_MAX_BYTES };
    if body.len() > most {
        kept.values = Vec::new();
        body = serde_json::to_string(&kept).unwrap_or_default();
    }
    let fault = kept.fault;
    let Ok(access) = caller.access::<Anyone>() else { return Err(fault) };
    kept::keep(&access, owner, body).await.map_err(|_| fault)
}

/// Reads an answer back for its owner.
pub async fn read_kept(server: &Server, caller: &Caller, id: &str) -> Option<Kept> {
    let id: Id = id.parse().ok()?;
    let mut owners = vec![owner(caller), NOBODY.to_owned()];
    owners.dedup();
    for owner in owners {
        match kept::read(&server.store, &owner, id).await {
            Ok(Some(body)) => return serde_json::from_str(&body).ok(),
            Ok(None) => {}
            Err(error) => tracing::warn!(code = error.code(), "a kept answer was not read"),
        }
    }
    None
}

/// Reads back what was typed into the form of the page at `path` before its sender had to sign in again.
pub async fn read_typed(server: &Server, caller: &Caller, id: &str, path: &str) -> Option<Kept> {
    let (id, account) = (id.parse::<Id>().ok()?, caller.standing.as_deref()?.account);
    match kept::read(&server.store, &account.to_string(), id).await {
        Ok(body) => serde_json::from_str::<Typed>(&body?).ok().filter(|typed| typed.page == path).map(|typed| typed.kept),
        Err(error) => {
            tracing::warn!(code = error.code(), "what was typed was not read");
            None
        }
    }
}

fn owner(caller: &Caller) -> String {
    caller.standing.as_deref().map_or_else(|| NOBODY.to_owned(), |standing| standing.account.to_string())
}

/// The cookie of a kept answer; an empty id removes it.
#[must_use]
pub fn kept_cookie(jar: &CookieJar, id: &str) -> Option<HeaderValue> {
    waiting_cookie(jar, KEPT, id)
}

/// A cookie that waits for a page; an empty id removes it.
#[must_use]
pub fn waiting_cookie(jar: &CookieJar, name: &str, id: &str) -> Option<HeaderValue> {
    let age = if id.is_empty() { 0 } else { KEPT_SECONDS };
    let secure = if jar.secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={id}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_returns_to_an_own_page_and_nowhere_else() {
        for own in ["/", "/support/library?q=a", "/sign-in", "/sign-in?next=/support/library%3Fq%3Da"] {
            assert_eq!(own_page(own), own);
        }
        for (foreign, own) in [
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/fn/sign-out", "/"),
            ("/sign-in/../x", "/sign-in"),
            ("/sign-in?next=/\r\nx", "/sign-in"),
            ("/sign-in\\evil", "/sign-in"),
        ] {
            assert_eq!(own_page(foreign), own, "{foreign:?}");
        }
    }

    #[test]
    fn secrets_are_never_kept() {
        let sent = ["email", "password", "new_password", "code", "file", "from", "amount", "client_secret"];
        let values = sent.map(|name| (name.to_owned(), "x".to_owned())).to_vec();
        let kept: Vec<String> = Form { action: "/fn/x".to_owned(), values }.shown().into_iter().map(|(name, _)| name).collect();
        assert_eq!(kept, ["email", "amount"]);
    }
}
