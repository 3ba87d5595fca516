//! Export records (domain.md F2): what was asked for, how far it is, and the files.

pub mod functions;
#[cfg(not(target_arch = "wasm32"))]
mod panel;
pub mod records;
mod text;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use text::batch as batch_words;

/// The parameter that names the task whose panel is open.
const TASK: &str = "task";
