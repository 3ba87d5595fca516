//! Signing in and out (domain.md F0).

pub mod functions;
