//! The audit log: the company reads what was done in its name, and to its objects (domain.md 4.9).

pub mod functions;
pub mod log;
