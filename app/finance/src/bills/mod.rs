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

use domain::list::{Asked, List};
use kit::eye::Eye;

/// Where the eye of a list is sent.
const REVEAL: &str = "/fn/bills/reveal";

/// The eye of a list whose customers are masked.
fn eye(list: &'static List, path: &'static str, asked: &Asked) -> Eye {
    let fields = vec![("list", list.name.to_owned()), ("query", list.write(asked))];
    Eye { action: REVEAL, fields, label: text::SHOW_NAMES, address: list.address(path, asked) }
}
