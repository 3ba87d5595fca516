//! Funds (domain.md F3): what there is, and how it came and went.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod card;
pub mod functions;
pub mod list;
mod text;
