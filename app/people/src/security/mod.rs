//! The security of one's own account.

pub mod account;
pub mod functions;
