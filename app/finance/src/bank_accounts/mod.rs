//! The company's own bank accounts (domain.md F3): the list, and the form that changes one under password and code.

mod form;
pub mod functions;
mod list;
mod text;

pub use form::ChangeAccountPage;
pub use list::BankAccounts;

/// The accounts of a company.
pub(crate) const PATH: &str = "/sales/funds/accounts";
/// The form of one of them.
const FORM: &str = "/sales/funds/accounts/change";
