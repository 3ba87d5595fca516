//! The application: document, routes and shell. Drawn by the server, taken over by the browser.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code, reason = "the bodies of server functions vanish in the browser"))]

mod console_home;
mod deadlines;
mod help;
mod home;
mod join;
mod routes;
mod search;

#[cfg(not(target_arch = "wasm32"))]
pub mod checks;
#[cfg(not(target_arch = "wasm32"))]
pub mod shell;

#[cfg(not(target_arch = "wasm32"))]
pub use finance::withdrawals::{ReceiptPaper, receipt_paper};
pub use routes::{App, PAGES, has_draft};
#[cfg(not(target_arch = "wasm32"))]
pub use shell::document::{Head, MORE_NOW, MORE_WAITS, TITLE_PLACE, document};
pub use support::{
    leave::Leaving,
    library::preview::{Picture, Preview, Previewed},
};
