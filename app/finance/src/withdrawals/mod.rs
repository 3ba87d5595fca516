//! Withdrawals (domain.md F3): the partner's requests, the form, and the vendor's queue.

mod console_detail;
pub mod console_list;
mod detail;
mod form;
pub mod functions;
#[cfg(not(target_arch = "wasm32"))]
pub mod home;
pub mod list;
mod parts;
mod receipt;
mod text;

pub use console_detail::ConsoleWithdrawalPage;
pub use detail::WithdrawalDetailPage;
pub use form::NewWithdrawalPage;
pub(crate) use parts::{Section, account_fact, fact, refused, sections};
pub use receipt::WithdrawalReceiptPage;
#[cfg(not(target_arch = "wasm32"))]
pub use receipt::{ReceiptPaper, receipt_paper};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use text::NUMBER_SHOWN;
pub(crate) use text::{FUNDS, SALES, SHOW_NUMBER};

/// The partner's requests.
pub(crate) const PATH: &str = "/sales/funds/withdrawals";
/// The vendor's queue.
const CONSOLE: &str = "/console/withdrawals";

/// The vendor's page of a request.
fn console_path(id: domain::Id) -> String {
    format!("{CONSOLE}/{id}")
}
