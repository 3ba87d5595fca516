//! The resource library (domain.md F1).

pub mod card;
pub mod console_as_partner;
pub mod console_detail;
pub mod console_downloads;
pub mod console_form;
pub mod console_list;
pub mod console_step;
pub mod detail;
pub mod functions;
pub mod list;
pub mod preview;
pub mod text;

mod cells;
