//! The company and its programs (domain.md 1.5).

pub mod functions;
pub mod programs;
