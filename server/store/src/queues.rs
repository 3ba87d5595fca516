//! How much waits in the queues that somebody of the vendor looks after, for the rail of the console. Never in here: what a queue shows.

use crate::{access::Caller, sql::sql};
use domain::{
    Error,
    access::{CanIssueInvoices, CanReviewInformation, CanReviewTopUps, CanReviewWithdrawals, Permission},
};

/// Requests that nobody has decided about yet, and those that wait for a second person.
const WITHDRAWALS: &str = "SELECT COUNT(*) FROM withdrawals WHERE state = 'submitted'";
const TOP_UPS: &str = "SELECT COUNT(*) FROM top_ups WHERE state = 'claimed'";
const INVOICES: &str = "SELECT COUNT(*) FROM invoice_requests WHERE state IN ('submitted', 'return_review')";
const INFORMATION: &str = "SELECT COUNT(*) FROM invoice_reviews WHERE state = 'submitted'";

/// The pages of the queues that the caller looks after and in which something waits, each with how much.
///
/// # Errors
/// The database does not answer.
pub async fn waiting(caller: &Caller) -> Result<Vec<(&'static str, i64)>, Error> {
    let mut all = Vec::new();
    count::<CanReviewWithdrawals>(caller, "/console/withdrawals", WITHDRAWALS, &mut all).await?;
    count::<CanReviewTopUps>(caller, "/console/top-ups", TOP_UPS, &mut all).await?;
    count::<CanIssueInvoices>(caller, "/console/invoices", INVOICES, &mut all).await?;
    count::<CanReviewInformation>(caller, "/console/invoices/information", INFORMATION, &mut all).await?;
    Ok(all)
}

async fn count<P: Permission>(
    caller: &Caller,
    page: &'static str,
    find: &'static str,
    all: &mut Vec<(&'static str, i64)>,
) -> Result<(), Error> {
    let Ok(access) = caller.access::<P>() else { return Ok(()) };
    let count = access.store().db.row(sql(find)).await?.map_or(Ok(0), |row| row.int(0))?;
    all.extend((count > 0).then_some((page, count)));
    Ok(())
}
