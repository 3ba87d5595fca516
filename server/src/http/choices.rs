//! The reader's choices that are cookies and nothing more: language, colours, and whether keys act by themselves.

use super::{
    Server,
    answer::{self, Asked, Reader},
    body, forms,
    forms::Form,
    visit::{self, Visitor},
};
use axum::{Extension, Router, body::Body, extract::State, response::Response, routing::post};
use domain::{Error, Lang, access::Anyone};
use http::{HeaderMap, HeaderValue, Request};
use kit::{
    call::{CookieJar, Done},
    visit::Theme,
};
use std::sync::Arc;

/// `/fn/lang`, `/fn/theme` and `/fn/keys`.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/fn/lang", post(choose)).route("/fn/theme", post(choose)).route("/fn/keys", post(choose))
}

async fn choose(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    let (head, sent) = request.into_parts();
    let mut form = Form { action: head.uri.path().to_owned(), values: Vec::new() };
    let read = async {
        body::is_of(&head.headers, body::URLENCODED)?;
        let text = body::read(&server.limits, &asked, &head.headers, sent).await?;
        form.values = body::fields(&text)?;
        chosen(&form)
    };
    let (name, value) = match read.await {
        Ok(choice) => choice,
        Err(error) => return answer::refuse(&asked, &error),
    };
    if let Some(lang) = Lang::read(value).filter(|_| name == visit::LANG) {
        speak(&server, &asked, &head.headers, lang).await;
    }
    let page = forms::page_of(&server, &head.headers, &form);
    let mut response = match asked.reader {
        Reader::Person => answer::see_other(&page),
        Reader::Program => answer::json(http::StatusCode::OK, &Done { to: Some(page), ..Done::default() }),
    };
    let jar = CookieJar { secure: server.config.public_url.secure, user_agent: String::new() };
    visit::set(&mut response, HeaderValue::from_str(&jar.write(name, value)).ok());
    response
}

/// Whoever is signed in is written to in the new language. The choice itself is the cookie: it holds even while the database is away.
async fn speak(server: &Server, asked: &Asked, headers: &HeaderMap, lang: Lang) {
    let kept = async {
        let visitor = Visitor::of(server, asked, headers).await?;
        if visitor.is_signed_in() { store::messages::speak(&visitor.caller.access::<Anyone>()?, lang).await } else { Ok(()) }
    };
    if let Err(error) = kept.await {
        tracing::warn!(request = &*asked.id, code = error.code(), "the language of a person's mail was not kept");
    }
}

/// The cookie and its value; an empty one removes it.
fn chosen(form: &Form) -> Result<(&'static str, &'static str), Error> {
    let name = match form.action.as_str() {
        "/fn/lang" => visit::LANG,
        "/fn/keys" => visit::KEYS,
        _ => visit::THEME,
    };
    if let Some((field, _)) = form.values.iter().find(|(field, _)| field != name && field != "from") {
        return Err(Error::UnknownField { field: field.chars().take(60).collect() });
    }
    let typed = form.value(name).ok_or(Error::Malformed)?;
    let value = match (name, typed) {
        (visit::LANG, typed) => Lang::read(typed).map(Lang::key),
        (visit::KEYS, "on") => Some(""),
        (visit::KEYS, "off") => Some("off"),
        (visit::KEYS, _) => None,
        (_, "system") => Some(""),
        (_, typed) => Theme::read(typed).key(),
    };
    value.map(|value| (name, value)).ok_or_else(|| Error::Invalid { field: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(action: &str, values: &[(&str, &str)]) -> Result<(&'static str, &'static str), Error> {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        chosen(&Form { action: action.to_owned(), values })
    }

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        assert_eq!(choice("/fn/lang", &[("lang", "en"), ("from", "/")]), Ok(("lang", "en")));
        assert_eq!(choice("/fn/theme", &[("theme", "dark")]), Ok(("theme", "dark")));
        assert_eq!(choice("/fn/theme", &[("theme", "system")]), Ok(("theme", "")));
        assert_eq!(choice("/fn/lang", &[("lang", "fr")]), Err(Error::Invalid { field: "lang".to_owned() }));
        assert_eq!(choice("/fn/theme", &[("theme", "x; Path=/")]), Err(Error::Invalid { field: "theme".to_owned() }));
        assert_eq!(choice("/fn/lang", &[("lang", "en"), ("role", "x")]), Err(Error::UnknownField { field: "role".to_owned() }));
        assert_eq!(choice("/fn/lang", &[]), Err(Error::Malformed));
        assert_eq!(choice("/fn/keys", &[("keys", "off"), ("from", "/")]), Ok(("keys", "off")));
        assert_eq!(choice("/fn/keys", &[("keys", "on")]), Ok(("keys", "")));
        assert_eq!(choice("/fn/keys", &[("keys", "maybe")]), Err(Error::Invalid { field: "keys".to_owned() }));
    }
}
