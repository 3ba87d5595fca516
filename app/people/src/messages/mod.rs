//! Messages (domain.md 4.5): the message centre and how a person wants to be told.

pub mod centre;
pub mod functions;
pub mod settings;
mod text;
