//! Partner bills (domain.md F2): the bill of a month, its customers and lines, payment, and the vendor's side.

pub mod console_bill;
pub mod console_list;
pub mod customers;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod draw;
pub mod functions;
#[cfg(not(target_arch = "wasm32"))]
pub mod home;
pub mod lines;
pub mod page;
pub mod pay;
mod text;
