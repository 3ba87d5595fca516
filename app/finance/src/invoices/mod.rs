//! Invoices (domain.md F7): the partner's requests and information, and the vendor's queues.

mod console_detail;
mod console_information;
pub mod console_list;
mod console_review;
mod detail;
mod form;
pub mod functions;
#[cfg(not(target_arch = "wasm32"))]
pub mod home;
mod information;
mod information_form;
pub mod list;
mod parts;
mod text;
mod title_form;

pub use console_detail::ConsoleInvoicePage;
pub use console_information::ConsoleInformation;
pub use console_review::ConsoleReviewPage;
pub use detail::InvoiceDetailPage;
pub use form::NewInvoicePage;
pub use information::InformationPage;
pub use information_form::{ChangeInformationPage, NewInformationPage};
pub use title_form::NewTitlePage;

/// The partner's requests.
pub(crate) const PATH: &str = "/sales/invoices";
/// The partner's information.
const INFORMATION: &str = "/sales/invoices/information";
/// The vendor's queue of requests.
const CONSOLE: &str = "/console/invoices";
/// The vendor's queue of titles and changes.
const CONSOLE_INFORMATION: &str = "/console/invoices/information";
