//! Agreements (domain.md F0 and 6.15): the company's, and the vendor's side. Pages that never change are drawn by the server alone; their
//! forms are sent by the browser itself, because accepting one changes what the whole page may show.

pub mod console_detail;
pub mod console_form;
pub mod console_list;
pub mod detail;
pub mod functions;
#[cfg(not(target_arch = "wasm32"))]
pub mod home;
pub mod list;
mod parts;
mod text;

/// The company's.
const PATH: &str = "/agreements";
/// The vendor's.
const CONSOLE: &str = "/console/agreements";
