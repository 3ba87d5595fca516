//! Export records (domain.md F2): what was asked for, how far it is, and the files.

pub mod functions;
pub mod records;
mod text;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use text::batch as batch_words;
