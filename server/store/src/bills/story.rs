//! Bills of a story that is played with a set clock: the same writes, of which nobody is told, because all of it was long ago.

use super::{NewPayment, Telling, by_id, issue_in, pay::pay_in};
use crate::{access::Access, write::Written};
use domain::{
    Error, Id, Money,
    access::{CanManageBills, CanPayBill},
};

/// Issues an estimate.
///
/// # Errors
/// `NotFound`, `WrongState`.
pub async fn issue(access: &Access<CanManageBills>, bill: Id) -> Result<(), Error> {
    access
        .write(None, bill, |tx, bill| {
            Box::pin(async move {
                let bill = by_id(tx, *bill).await?;
                let event = issue_in(tx, &bill, Telling::Nobody).await?;
                Ok(Written::new((), bill.tenant, event))
            })
        })
        .await
}

/// Pays something of a bill.
///
/// # Errors
/// As `bills::pay`.
pub async fn pay(access: &Access<CanPayBill>, new: NewPayment) -> Result<Money, Error> {
    let tenant = access.tenant()?;
    access.write(None, (tenant, new), |tx, (tenant, new)| Box::pin(pay_in(tx, *tenant, new, Telling::Nobody))).await
}
