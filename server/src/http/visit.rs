//! Who visits: one look-up per request gives the caller, and the cookies give language, colours and the kept answer of a form.
//! Also which addresses need no session (threats.md C1).

use super::{
    Server,
    answer::{self, Asked, Reader},
    forms,
};
use axum::response::Response;
use domain::{
    Error, Lang,
    access::{Anyone, CanAcceptAgreements, Permission as _},
    sign_in,
};
use http::{
    HeaderMap, HeaderValue, Method, Uri,
    header::{COOKIE, SET_COOKIE, USER_AGENT},
    request::Parts,
};
use kit::{
    call::CookieJar,
    visit::{Kept, Theme, Visit},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;
use store::{
    Caller,
    sessions::{self, Due},
};

/// The cookie of the language.
pub const LANG: &str = "lang";
/// The cookie of the colours.
pub const THEME: &str = "theme";
/// The cookie of keys that act by themselves: there while they are switched off.
pub const KEYS: &str = "keys";
/// A session's key in hexadecimal; anything else is not looked up.
const KEY_LENGTH: usize = 64;
/// Longest name of a browser that is passed on.
const AGENT_MAX: usize = 300;

/// Pages that everybody may read; a star stands for the rest of the address. All others ask for a session.
const PUBLIC_PAGES: &[&str] = &["/sign-in", "/leave", "/m/*", "/verify/*", "/help", "/help/*"];
/// Pages that stay open to administrators while a mandatory agreement waits for them: it, and what belongs to the person alone.
const BEFORE_AGREEING: &[&str] = &["/agreements", "/agreements/*", "/messages", "/messages/*", "/account", "/account/notifications"];
/// Functions that everybody may call. All others answer `AUTH_REQUIRED` without a session before they are looked at.
const PUBLIC_FUNCTIONS: &[&str] = &["/fn/sign-in", "/fn/sign-out", "/fn/lang", "/fn/theme", "/fn/keys", "/fn/public/*"];

/// Left as they are in `next`: a path stays readable, and nothing in it can end the parameter.
const IN_NEXT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The visitor of a request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who asks.
    pub caller: Caller,
    /// How cookies are named and written.
    pub jar: CookieJar,
    /// The colours.
    pub theme: Theme,
    /// No key acts by itself (WCAG 2.1.4).
    no_keys: bool,
    /// What the session wants done.
    due: Option<Due>,
    /// The cookie of a kept answer.
    kept: Option<String>,
    /// The cookie of what was typed before a session ended.
    typed: Option<String>,
}

/// The value of a cookie. Of several the first counts, as browsers send the one of the closest path first.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The language the reader has chosen.
#[must_use]
pub fn lang(headers: &HeaderMap) -> Lang {
    cookie(headers, LANG).and_then(Lang::read).unwrap_or_default()
}

/// The page can be read without a session.
#[must_use]
pub fn is_public_page(path: &str) -> bool {
    is_listed(PUBLIC_PAGES, path)
}

/// The function can be called without a session.
#[must_use]
pub fn is_public_function(path: &str) -> bool {
    is_listed(PUBLIC_FUNCTIONS, path)
}

fn is_listed(list: &[&str], path: &str) -> bool {
    list.iter().any(|entry| match entry.strip_suffix('*') {
        Some(start) => path.len() > start.len() && path.starts_with(start),
        None => path == *entry,
    })
}

/// Where somebody without a session signs in to come back to `path`.
#[must_use]
pub fn sign_in_and_return(path: &str) -> String {
    format!("/sign-in?next={}", utf8_percent_encode(sign_in::own_path(path), IN_NEXT))
}

impl Visitor {
    /// Looks up who asks: one query, or none without a cookie.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of(server: &Server, asked: &Asked, headers: &HeaderMap) -> Result<Self, Error> {
        let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let agent = agent.chars().take(AGENT_MAX).collect();
        let jar = CookieJar { secure: server.config.public_url.secure, user_agent: agent };
        let (address, id) = (asked.address.to_string(), asked.id.to_string());
        let key = cookie(headers, jar.session_name()).filter(|key| is_key(key));
        let (mut caller, due) = match key {
            Some(key) => sessions::resume(&server.store, key, address, id).await?,
            None => (server.store.stranger(address, id), None),
        };
        caller.lang = asked.lang;
        let theme = cookie(headers, THEME).map(Theme::read).unwrap_or_default();
        let no_keys = cookie(headers, KEYS) == Some("off");
        let named = |name| cookie(headers, name).filter(|id| !id.is_empty()).map(str::to_owned);
        let (kept, typed) = (named(forms::KEPT), named(forms::TYPED));
        Ok(Self { caller, jar, theme, no_keys, due, kept, typed })
    }

    /// Who asks for a file. A person without a session is sent to sign in and comes back; a program is told later that it may not.
    ///
    /// # Errors
    /// The answer, when it ends here.
    pub async fn let_in(server: &Server, asked: &Asked, head: &Parts) -> Result<Self, Box<Response>> {
        let visitor = Self::of(server, asked, &head.headers).await.map_err(|error| Box::new(answer::refuse(asked, &error)))?;
        match must_sign_in(&visitor, &head.method, &head.uri) {
            Some(path) if asked.reader == Reader::Person => Err(Box::new(answer::see_other(&path))),
            _ => Ok(visitor),
        }
    }

    /// Somebody is signed in.
    #[must_use]
    pub const fn is_signed_in(&self) -> bool {
        self.caller.standing.is_some()
    }

    /// What pages and functions know of the visit.
    #[must_use]
    pub fn visit(&self, server: &Server, asked: &Asked, here: &Uri, kept: Option<Kept>) -> Visit {
        Visit {
            lang: asked.lang,
            theme: self.theme,
            no_keys: self.no_keys,
            standing: self.caller.standing.as_deref().cloned(),
            kept,
            unread: 0,
            waiting: Vec::new(),
            has_ended: self.caller.before.is_some() && self.caller.standing.is_none(),
            demo: server.config.is_demo(),
            vendor: server.vendor.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            here: here.path_and_query().map_or_else(|| "/".to_owned(), |address| address.as_str().to_owned()),
            icons: server.assets.icons(),
            now: server.store.clock.now(),
        }
    }

    /// Takes the answer that was kept for the next page, or else what was typed into the form of the page at `path` before a session
    /// ended. It is read now and its cookie goes, so it is shown once.
    pub async fn take_kept(&mut self, server: &Server, path: &str) -> (Option<Kept>, Option<HeaderValue>) {
        if let Some(id) = self.kept.take() {
            return (forms::read_kept(server, &self.caller, &id).await, forms::kept_cookie(&self.jar, ""));
        }
        let Some(id) = &self.typed else { return (None, None) };
        match forms::read_typed(server, &self.caller, id, path).await {
            Some(kept) => (Some(kept), forms::waiting_cookie(&self.jar, forms::TYPED, "")),
            None => (None, None),
        }
    }

    /// Writes down that the session was used, while the answer is already on its way.
    pub fn touch(&self) {
        if self.due != Some(Due::Touch) {
            return;
        }
        let caller = self.caller.clone();
        tokio::spawn(async move {
            if let Ok(access) = caller.access::<Anyone>()
                && let Err(error) = sessions::touch(&access).await
            {
                tracing::warn!(code = error.code(), "the time of last use was not written");
            }
        });
    }

    /// Exchanges the session's key when it has been out long enough. Only pages do this: they come one at a time, while several
    /// functions may be under way with the same key.
    pub async fn rotate(&self) -> Option<HeaderValue> {
        if self.due != Some(Due::Rotate) {
            return None;
        }
        let access = self.caller.access::<Anyone>().ok()?;
        match sessions::rotate(&access).await {
            Ok(new) => HeaderValue::from_str(&self.jar.write(self.jar.session_name(), &new?.key)).ok(),
            Err(error) => {
                tracing::warn!(code = error.code(), "a session's key was not exchanged");
                None
            }
        }
    }
}

fn is_key(key: &str) -> bool {
    key.len() == KEY_LENGTH && key.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Adds a cookie to an answer.
pub fn set(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// A page that may be read only once its reader is known, asked for by somebody who is not: where to sign in.
#[must_use]
pub fn must_sign_in(visitor: &Visitor, method: &Method, uri: &Uri) -> Option<String> {
    let reads = *method == Method::GET || *method == Method::HEAD;
    if !reads || visitor.is_signed_in() || is_public_page(uri.path()) {
        return None;
    }
    Some(sign_in_and_return(uri.path_and_query().map_or("/", |address| address.as_str())))
}

/// A mandatory agreement comes before the page that an administrator asks for: where it is accepted. Others are told whom it waits for, by
/// the page itself.
#[must_use]
pub fn must_agree(visitor: &Visitor, uri: &Uri) -> Option<String> {
    let standing = visitor.caller.standing.as_deref()?;
    let due = standing.agreement_due.as_ref()?;
    let may_accept = CanAcceptAgreements::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    if !may_accept || is_public_page(uri.path()) || is_listed(BEFORE_AGREEING, uri.path()) {
        return None;
    }
    let path = uri.path_and_query().map_or("/", |address| address.as_str());
    Some(format!("/agreements/{}?next={}", due.id, utf8_percent_encode(sign_in::own_path(path), IN_NEXT)))
}

/// Everything of a request that the handlers below need.
#[derive(Clone, Debug)]
pub struct Context {
    /// The server.
    pub server: Arc<Server>,
    /// The request.
    pub asked: Asked,
    /// The visitor.
    pub visitor: Visitor,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_the_listed_ones_and_nothing_that_only_looks_like_them() {
        for public in ["/sign-in", "/leave", "/m/p/abc", "/verify/B-1", "/help", "/help/api"] {
            assert!(is_public_page(public), "{public}");
        }
        for private in ["/", "/sign-in/x", "/sign-inx", "/m", "/m/", "/support/library", "/helper", "/console"] {
            assert!(!is_public_page(private), "{private}");
        }
    }

    #[test]
    fn the_way_back_is_an_own_path_in_one_parameter() {
        assert_eq!(sign_in_and_return("/support/library?q=云&page=2"), "/sign-in?next=/support/library%3Fq%3D%E4%BA%91%26page%3D2");
        assert_eq!(sign_in_and_return("//evil.example"), "/sign-in?next=/");
    }

    #[test]
    fn the_first_cookie_of_a_name_counts() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; lang=en"));
        headers.append(COOKIE, HeaderValue::from_static("lang=zh"));
        assert_eq!(cookie(&headers, "lang"), Some("en"));
        assert_eq!(cookie(&headers, "ang"), None);
    }
}
