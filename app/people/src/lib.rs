//! People and their companies: signing in, security of the account, programs, messages, the audit log.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code, reason = "the bodies of server functions vanish in the browser"))]

pub mod agreements;
pub mod audit;
pub mod company;
pub mod lists;
pub mod messages;
pub mod operations;
pub mod security;
pub mod sign_in;
