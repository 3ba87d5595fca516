//! How a page asks the server: server functions, their answers, and the proof they begin with.
//!
//! A function's error is a [`Fault`]: status, code, sentence in the reader's language, field, request id (threats.md section 4).
//! Leptos would answer every error with 500; making a `Fault` sets the status of the response itself (T1, T2).

use crate::packed::Carried;
#[cfg(not(target_arch = "wasm32"))]
use domain::Error;
#[cfg(target_arch = "wasm32")]
use domain::text;
use domain::why_not::WhyNot;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;

/// An answer that is not the wanted one, as it travels.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Stable code in capitals.
    pub code: String,
    /// What a person reads, in the reader's language.
    pub message: String,
    /// The form field it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The id of the request, for support and log.
    pub request_id: String,
    /// HTTP status.
    #[serde(default)]
    pub status: u16,
    /// Reason, who can fix it, and where, when something is not allowed.
    #[serde(default, skip_serializing_if = "Carried::is_none")]
    pub why: Carried<WhyNot>,
}

impl Fault {
    /// The field that was refused, and why, for the form it was typed into.
    #[must_use]
    pub fn refused(&self) -> Option<(String, String)> {
        self.field.clone().map(|field| (field, self.message.clone()))
    }
}

/// What a server function answers.
pub type Answer<T> = Result<T, Fault>;

/// What a write answers to its form: where to go and what to say there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// An own path; the form's page when there is none.
    pub to: Option<String>,
    /// The notice to show.
    pub said: Option<String>,
    /// The address of the page on which what is masked is shown, once ([`crate::eye`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revealed: Option<String>,
}

impl Done {
    /// Stay on the form's page and say something.
    #[must_use]
    pub fn said(said: impl Into<String>) -> Self {
        Self { said: Some(said.into()), ..Self::default() }
    }

    /// Go to an own path and say something there.
    #[must_use]
    pub fn at(path: impl Into<String>, said: impl Into<String>) -> Self {
        Self { to: Some(path.into()), said: Some(said.into()), revealed: None }
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    /// The framework's own errors: on the server a request that cannot be read, in the browser a network that is away.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => Self::malformed(),
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::away(),
            _ => Self::broken(),
        }
    }
}

/// The faults that a browser finds by itself. All others come from the server, with their sentence: the browser does without the texts.
#[cfg(target_arch = "wasm32")]
impl Fault {
    fn own(code: &str, status: u16, message: domain::Text) -> Self {
        Self { code: code.to_owned(), status, message: message.at(crate::visit::lang()).to_owned(), ..Self::default() }
    }

    /// An address without a page; the server draws that one.
    #[must_use]
    pub fn no_page() -> Self {
        Self::own("NOT_FOUND", 404, text("", ""))
    }

    /// What was sent cannot be read.
    #[must_use]
    pub fn malformed() -> Self {
        Self::broken()
    }

    /// The server can't be reached.
    #[must_use]
    pub fn away() -> Self {
        Self::own(
            "UNAVAILABLE",
            503,
            text("无法连接服务器，请检查网络后重试。", "The server can't be reached. Check your connection and try again."),
        )
    }

    /// Page and server disagree.
    #[must_use]
    pub fn broken() -> Self {
        Self::own(
            "BROKEN",
            500,
            text("服务器的回答无法识别，请刷新页面后重试。", "The server's answer can't be read. Reload the page and try again."),
        )
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Fault {
    /// An address without a page.
    #[must_use]
    pub fn no_page() -> Self {
        Error::NotFound.into()
    }

    /// What was sent cannot be read.
    #[must_use]
    pub fn malformed() -> Self {
        Error::Malformed.into()
    }

    /// What is needed can't be reached.
    #[must_use]
    pub fn away() -> Self {
        Error::Unavailable.into()
    }

    /// Page and server disagree.
    #[must_use]
    pub fn broken() -> Self {
        Error::Broken.into()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let fault = Self {
            code: error.code().to_owned(),
            message: error.say(crate::visit::lang()),
            field: error.field().map(str::to_owned),
            request_id: request_id(),
            status: error.status(),
            why: match error {
                Error::WhyNot(ref why) => Some(why.as_ref().clone()).into(),
                _ => Carried::default(),
            },
        };
        answer_with(&fault, error.retry_after());
        fault
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use server::{Attached, CookieJar, KNOWN_HOSTS, access, attached, caller, go_instead, set_cookie, set_session, store, user_agent};

#[cfg(not(target_arch = "wasm32"))]
use server::{answer_with, request_id};

#[cfg(not(target_arch = "wasm32"))]
mod server {
    use super::Fault;
    use domain::{Error, access::Permission};
    use http::{
        HeaderValue, StatusCode,
        header::{LOCATION, RETRY_AFTER, SET_COOKIE},
    };
    use leptos::prelude::*;
    use leptos_axum::ResponseOptions;
    use store::{Access, Caller};

    /// Who asks. The server provides it with every request.
    ///
    /// # Errors
    /// `Broken` outside a request.
    pub fn caller() -> Result<Caller, Fault> {
        use_context::<Caller>().ok_or_else(|| Error::Broken.into())
    }

    /// The page that is asked for is not for this reader, another one is: 303 there. Answers of functions are not redirected.
    pub fn go_instead(path: &'static str) {
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(StatusCode::SEE_OTHER);
            response.insert_header(LOCATION, HeaderValue::from_static(path));
        }
    }

    /// The proof that the caller has a permission.
    ///
    /// # Errors
    /// What `Caller::access` refuses.
    pub fn access<P: Permission>() -> Result<Access<P>, Fault> {
        Ok(caller()?.access::<P>()?)
    }

    /// The file that came with the form, if one did. The server provides it to the functions that take one.
    #[derive(Clone, Debug)]
    pub struct Attached(pub Option<store::attachments::NewFile>);

    /// The file that came with the form of this function.
    #[must_use]
    pub fn attached() -> Option<store::attachments::NewFile> {
        use_context::<Attached>().and_then(|attached| attached.0)
    }

    /// What is kept, for the few functions that need no proof.
    ///
    /// # Errors
    /// `Broken` outside a request.
    pub fn store() -> Result<store::Store, Fault> {
        Ok(caller()?.store)
    }

    /// How this server names and writes cookies; provided with every request.
    #[derive(Clone, Debug)]
    pub struct CookieJar {
        /// The public address is https: names get the `__Host-` prefix and cookies the `Secure` mark.
        pub secure: bool,
        /// The browser as it calls itself.
        pub user_agent: String,
    }

    impl CookieJar {
        /// The name of the session's cookie.
        #[must_use]
        pub const fn session_name(&self) -> &'static str {
            if self.secure { "__Host-pc_session" } else { "pc_session" }
        }

        /// A `Set-Cookie` value; an empty one removes the cookie. A session's cookie ends with the browser, choices stay a year.
        #[must_use]
        pub fn write(&self, name: &str, value: &str) -> String {
            let age = match (value.is_empty(), name == self.session_name()) {
                (true, _) => "; Max-Age=0",
                (false, true) => "",
                (false, false) => "; Max-Age=31536000",
            };
            let secure = if self.secure { "; Secure" } else { "" };
            format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
        }
    }

    /// Sets a cookie of this answer.
    pub fn set_cookie(name: &str, value: &str) {
        let (Some(response), Some(jar)) = (use_context::<ResponseOptions>(), use_context::<CookieJar>()) else { return };
        if let Ok(header) = HeaderValue::from_str(&jar.write(name, value)) {
            response.append_header(SET_COOKIE, header);
        }
    }

    /// The cookie of outside hosts that the reader does not want to be asked about again (domain.md F16).
    pub const KNOWN_HOSTS: &str = "known_hosts";

    /// Gives the browser a session's key, or takes it away.
    pub fn set_session(key: Option<&str>) {
        if let Some(jar) = use_context::<CookieJar>() {
            set_cookie(jar.session_name(), key.unwrap_or_default());
            // "Not again in this session" holds for this one.
            set_cookie(KNOWN_HOSTS, "");
        }
    }

    /// The browser as it calls itself, for the list of sessions.
    #[must_use]
    pub fn user_agent() -> String {
        use_context::<CookieJar>().map(|jar| jar.user_agent).unwrap_or_default()
    }

    pub(super) fn request_id() -> String {
        use_context::<Caller>().map(|caller| caller.request).unwrap_or_default()
    }

    /// Sets status and `Retry-After` of the response this fault is part of.
    pub(super) fn answer_with(fault: &Fault, retry_after: Option<i64>) {
        let Some(response) = use_context::<ResponseOptions>() else { return };
        if let Ok(status) = StatusCode::from_u16(fault.status) {
            response.set_status(status);
        }
        if let Some(seconds) = retry_after {
            response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}
