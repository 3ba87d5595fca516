//! Reading a document in a process of its own, so that no file can take the server down.
//!
//! The server starts its own binary as `partner-center extract-text FORMAT PATH LIMITS`. The child gives up what it does not need
//! (memory, time, files, core dumps) before it opens the file, answers one line of JSON and ends. Whatever happens to it, the
//! parent gets an [`Extracted`](crate::documents::Extracted) or a [`Failure`](crate::documents::Failure). What the child answers
//! is itself foreign: the parent checks its size and shape.

mod answer;
mod inside;
mod outside;

pub use inside::{main_child, main_drawing};
pub use outside::{CHILDREN_MAX, draw_in_child, extract_in_child};

/// The hidden subcommand of the server binary.
pub const SUBCOMMAND: &str = "extract-text";
/// The other hidden subcommand.
pub const DRAWING: &str = "draw-page";
