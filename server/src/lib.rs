//! The server of Partner Center as a library, so that its tests run it in their own process. `main.rs` is the program.

pub mod anchor;
pub mod cli;
pub mod config;
pub mod http;
pub mod serve;
pub mod texts;
