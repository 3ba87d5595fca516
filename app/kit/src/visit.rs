//! The visit: what every page knows of its reader and its request.
//!
//! The server makes it once per request; it travels to the browser inside the page, so that both draw the same.

use domain::{Day, Lang, Moment, access::Standing};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{call::Fault, packed::Carried};

/// The id of the script element that carries the visit to the browser.
pub const VISIT_ELEMENT: &str = "visit";

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
}

impl Kept {
    /// What was typed into a field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// Reader and request.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Visit {
    /// The language of the page. A page has one; switching reloads.
    pub lang: Lang,
    /// The colours; only the server draws them.
    #[serde(skip)]
    pub theme: Theme,
    /// Who reads, if somebody is signed in; see [`standing`].
    standing: Carried<Standing>,
    /// Demo mode: the sign-in page lists accounts, the outbox can be read.
    pub demo: bool,
    /// Short name of the vendor.
    #[serde(skip)]
    pub vendor: String,
    /// Version of the product, for the footer.
    #[serde(skip)]
    pub version: String,
    /// Path and query of the request.
    pub here: String,
    /// The answer of the form that led here, if one did; see [`kept`].
    kept: Carried<Kept>,
    /// Address of the icon sprite.
    pub icons: String,
    /// Business time of the request.
    pub now: Moment,
}

impl Visit {
    /// The same visit of a reader who is known.
    #[must_use]
    pub fn by(self, standing: Option<Standing>) -> Self {
        Self { standing: standing.into(), ..self }
    }

    /// The same visit after a form.
    #[must_use]
    pub fn after(self, kept: Option<Kept>) -> Self {
        Self { kept: kept.into(), ..self }
    }

    /// Who reads, if somebody is signed in.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        self.standing.open()
    }
}

/// Who reads this page, if somebody is signed in.
#[must_use]
pub fn standing() -> Option<Standing> {
    visit().with_value(Visit::standing)
}

/// The answer of the form that led to this page, if one did.
#[must_use]
pub fn kept() -> Option<Kept> {
    visit().with_value(|visit| visit.kept.open())
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
