//! Top-ups (domain.md F3): the partner's list and the claim of a remittance, and the vendor's queue.

mod claim;
mod console_detail;
pub mod console_list;
pub mod functions;
pub mod list;
mod text;

pub use claim::ClaimPage;
pub use console_detail::ConsoleTopUpPage;

/// The partner's top-ups.
pub(crate) const PATH: &str = "/sales/funds/top-ups";
/// Where a remittance is claimed.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const NEW: &str = "/sales/funds/top-ups/new";
/// The vendor's queue.
const CONSOLE: &str = "/console/top-ups";

/// The vendor's page of a claim.
fn console_path(id: domain::Id) -> String {
    format!("{CONSOLE}/{id}")
}
