//! The visit: what every page knows of its reader and its request.
//!
//! The server makes it once per request; it travels to the browser inside the page, so that both draw the same.

use domain::{Day, Lang, Moment, access::Standing};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::call::Fault;

/// The reader's choice of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of cookie and `data-theme`; nothing for the system's.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// Reads a key; anything unknown is the system's choice.
    #[must_use]
    pub fn read(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The kept answer of a form that was sent without script: what was typed, and what the server said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The path the form was sent to.
    pub action: String,
    /// What was typed, except passwords and files.
    pub values: Vec<(String, String)>,
    /// Why it did not happen.
    pub fault: Option<Fault>,
    /// What happened, for the notice at the top of the page.
    pub said: Option<String>,
    /// It was not sent yet: it was kept while it was typed.
    #[serde(default)]
    pub draft: bool,
    /// The address at which what is masked is shown ([`crate::eye`]). Only the answer of a function says it, never what was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revealed: Option<String>,
}

impl Kept {
    /// What was typed into a field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// Reader and request. In the browser there is what pages need to draw; the rest is the server's.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// The language of the page. A page has one; switching reloads.
    pub lang: Lang,
    /// The colours; only the server draws them.
    pub theme: Theme,
    /// No key acts by itself (WCAG 2.1.4).
    pub no_keys: bool,
    /// Who reads, if somebody is signed in.
    #[cfg(not(target_arch = "wasm32"))]
    pub standing: Option<Standing>,
    /// The answer of the form that led here, if one did.
    #[cfg(not(target_arch = "wasm32"))]
    pub kept: Option<Kept>,
    /// Messages that the reader has not read.
    #[cfg(not(target_arch = "wasm32"))]
    pub unread: i64,
    /// Pages of the console in whose queues something waits for the reader, and how much.
    #[cfg(not(target_arch = "wasm32"))]
    pub waiting: Vec<(&'static str, i64)>,
    /// There was a session, which has ended.
    pub has_ended: bool,
    /// Short name of the vendor.
    #[cfg(not(target_arch = "wasm32"))]
    pub vendor: String,
    /// Version of the product, for the footer.
    #[cfg(not(target_arch = "wasm32"))]
    pub version: String,
    /// Demo mode: the sign-in page lists accounts, the outbox can be read.
    pub demo: bool,
    /// Path and query of the request.
    pub here: String,
    /// Address of the icon sprite.
    pub icons: String,
    /// Business time of the request.
    pub now: Moment,
}

/// The ids of the elements that carry what only some pages read.
const STANDING: &str = "standing";
const KEPT: &str = "kept";

#[cfg(not(target_arch = "wasm32"))]
impl Visit {
    /// The elements that carry reader and kept answer to the browser.
    #[must_use]
    pub fn carried(&self) -> String {
        let element = |id: &str, json: Option<String>| json.map(|json| crate::packed::carried_element(&format!("id=\"{id}\""), &json));
        let standing = element(STANDING, self.standing.as_ref().and_then(|standing| serde_json::to_string(standing).ok()));
        let kept = element(KEPT, self.kept.as_ref().and_then(|kept| serde_json::to_string(kept).ok()));
        [standing, kept].into_iter().flatten().collect()
    }
}

/// Who reads this page, if somebody is signed in.
#[must_use]
pub fn standing() -> Option<Standing> {
    #[cfg(target_arch = "wasm32")]
    return crate::browser::carried(STANDING);
    #[cfg(not(target_arch = "wasm32"))]
    visit().with_value(|visit| visit.standing.clone())
}

/// The answer of the form that led to this page, if one did.
#[must_use]
pub fn kept() -> Option<Kept> {
    #[cfg(target_arch = "wasm32")]
    return crate::browser::carried(KEPT);
    #[cfg(not(target_arch = "wasm32"))]
    visit().with_value(|visit| visit.kept.clone())
}

/// The visit of this page.
#[must_use]
pub fn visit() -> StoredValue<Visit> {
    use_context::<StoredValue<Visit>>().unwrap_or_else(|| StoredValue::new(Visit::default()))
}

/// The language of this page.
#[must_use]
pub fn lang() -> Lang {
    visit().with_value(|visit| visit.lang)
}

/// The business day of this page.
#[must_use]
pub fn today() -> Day {
    visit().with_value(|visit| visit.now.day())
}
