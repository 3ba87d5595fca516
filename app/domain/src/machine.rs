//! States as a table: key for database, page and API; label in both languages; chip kind (design.md section 5).

use crate::text::Text;

/// How a state looks: shape, colour and meaning of its chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Not sent yet.
    Draft,
    /// Waits for somebody else.
    Wait,
    /// Is being worked on.
    Run,
    /// Needs the reader.
    Act,
    /// Well ended, valid.
    Good,
    /// Failed, refused.
    Bad,
    /// Held on purpose.
    Hold,
    /// Over.
    Ended,
}

impl Kind {
    /// The value of `data-k`, which is also the name of its glyph.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Wait => "wait",
            Self::Run => "run",
            Self::Act => "act",
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Hold => "hold",
            Self::Ended => "ended",
        }
    }
}

/// A closed set of values with stable keys and words, such as the states of an object or the options of a filter.
pub trait Keyed: Copy + Eq + 'static {
    /// All values, in the order they are offered.
    const ALL: &'static [Self];

    /// The stable key: database, address, API.
    fn key(self) -> &'static str;

    /// The word a person reads.
    fn label(self) -> Text;

    /// The value of a key.
    fn read(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.key() == key)
    }
}

/// Declares a closed set: `keyed! { Side { Partner = "partner" "伙伴" "Partner"; } }`.
#[macro_export]
macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $key:literal $zh:literal $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $en] #[serde(rename = $key)] $variant,)+ }

        impl $crate::machine::Keyed for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            fn label(self) -> $crate::text::Text {
                match self { $(Self::$variant => $crate::text::text($zh, $en)),+ }
            }
        }
    };
}

/// Declares a state machine: its states with chip and words, its steps with where they start and end.
///
/// ```ignore
/// machine! { State Step {
///     states { Draft = "draft" Draft "草稿" "Draft"; Published = "published" Good "已发布" "Published"; }
///     steps { Publish = "publish": Draft => Published; }
/// } }
/// ```
#[macro_export]
macro_rules! machine {
    ($(#[$doc:meta])* $state:ident $step:ident {
        states { $($at:ident = $key:literal $kind:ident $zh:literal $en:literal;)+ }
        steps { $($move:ident = $move_key:literal: $($from:ident)|+ => $to:ident;)+ }
    }) => {
        $crate::keyed! { $(#[$doc])* $state { $($at = $key $zh $en;)+ } }

        impl $state {
            /// The chip.
            #[must_use]
            pub const fn kind(self) -> $crate::machine::Kind {
                match self { $(Self::$at => $crate::machine::Kind::$kind),+ }
            }
        }

        #[doc = concat!("A move of `", stringify!($state), "`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $step { $(#[doc = $move_key] #[serde(rename = $move_key)] $move,)+ }

        impl $step {
            /// All steps.
            pub const ALL: &'static [Self] = &[$(Self::$move),+];

            /// The key: `action-{key}` in the page, the action in the audit log.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$move => $move_key),+ }
            }

            /// Where the step leads from `state`, or nothing when it is not allowed there.
            #[must_use]
            pub const fn from(self, state: $state) -> Option<$state> {
                match (self, state) {
                    $((Self::$move, $($state::$from)|+) => Some($state::$to),)+
                    _ => None,
                }
            }
        }
    };
}
