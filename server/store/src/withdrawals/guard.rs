//! What keeps a company from being paid at all, whatever it asks for.

use super::Asks;
use crate::sql::sql;
use domain::{Error, Id, withdrawal::Refusal};

/// Whether money may leave to a company. Each condition is asked anew, before the form is sent and in the write that takes it.
///
/// The guards of other flows have their place here: an overdue bill (domain.md 1.6, `bills_paid`), and business information in review
/// (`business_info_not_in_review`).
///
/// # Errors
/// `NOT_WITHDRAWABLE` before real-name authentication.
pub(super) async fn may_be_paid<A: Asks>(of: &mut A, partner: Id) -> Result<(), Error> {
    let find = sql("SELECT 1 FROM tenants WHERE real_name_at_us IS NOT NULL AND id = ").value(partner).and(" LIMIT 1");
    if of.ask(find).await?.is_empty() { Err(Refusal::NotWithdrawable.into()) } else { Ok(()) }
}
