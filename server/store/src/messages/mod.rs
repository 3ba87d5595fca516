//! Messages of persons (domain.md 4.5): written with their cause, read in the app, told by mail when that was chosen.
//!
//! A flow calls [`tell`] inside its own write; everything else follows from the notice and from what the person has chosen.

mod choices;
mod digest;
mod read;
mod tell;

pub use choices::{choices, choose, speak};
pub use read::{open, page, path, read_all, sweep, unread};
pub(crate) use tell::of_roles;
pub use tell::tell;

pub(crate) use digest::compose;
