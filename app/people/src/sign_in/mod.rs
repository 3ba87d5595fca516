//! Signing in and out (domain.md F0).

pub mod demo;
pub mod functions;
pub mod page;
mod text;
