//! Refusals: what a flow answers to bad input, each with status, code, field and both sentences (architecture.md 5.9).

use crate::text::{Lang, Said};
use serde::{Deserialize, Serialize};

/// One refusal as it travels: what the page shows next to `field`, what a program reads as `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// HTTP status: 4xx, or 503 when something of ours is away.
    pub status: u16,
    /// Stable code in capitals.
    pub code: String,
    /// The form field it belongs to, when it belongs to one.
    pub field: Option<String>,
    /// What is wrong, the limit, and the way out.
    pub said: Said,
}

impl Refused {
    /// The sentence in one language.
    #[must_use]
    pub fn at(&self, lang: Lang) -> &str {
        self.said.at(lang)
    }
}

/// Declares the refusals of a flow:
///
/// ```ignore
/// refusals! { Refusal {
///     TooLong { most: u32 } = 422 "TOO_LONG" on "q", "最多 {most} 个字。", "At most {most} characters.";
/// } }
/// ```
#[macro_export]
macro_rules! refusals {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $({ $($value:ident: $kind:ty),* })? = $status:literal $code:literal $(on $field:literal)?, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = $en] $variant $({ $(#[doc = "A value of the sentence."] $value: $kind),* })?,)+
        }

        impl From<$name> for $crate::refusal::Refused {
            fn from(refusal: $name) -> Self {
                match refusal {
                    $($name::$variant $({ $($value),* })? => Self {
                        status: $status,
                        code: $code.to_owned(),
                        field: None$(.or(Some($field.to_owned())))?,
                        said: $crate::text::Said { zh: format!($zh), en: format!($en) },
                    },)+
                }
            }
        }

        impl From<$name> for $crate::error::Error {
            fn from(refusal: $name) -> Self {
                Self::Refused(refusal.into())
            }
        }
    };
}
