//! The operator page: how the house is, and what went wrong.

pub mod functions;
pub mod page;
