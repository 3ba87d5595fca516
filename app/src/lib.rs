//! The application: document, routes and shell. Drawn by the server, taken over by the browser.

mod routes;
pub mod shell;

#[cfg(not(target_arch = "wasm32"))]
pub mod checks;

pub use routes::App;
pub use shell::document::{Head, document};
