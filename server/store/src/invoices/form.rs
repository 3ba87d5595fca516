//! The form of a request: what there is to choose from.

use super::{ROW, information, own, read, sums};
use crate::{access::Access, sql::sql};
use domain::{
    Error, Id,
    access::CanManageInvoices,
    invoice::{By, ISSUE_DAYS, InvoiceForm, InvoiceRow, Tab},
    list::pairs,
    machine::Keyed as _,
    working_days::after,
};

/// The form of an address: `by`, `period`, `amount` as a link names them, and `again` for a request that is made again.
///
/// # Errors
/// `NotFound` and `WrongState` for a request that cannot be made again, or the database does not answer.
pub async fn form(access: &Access<CanManageInvoices>, query: &str) -> Result<InvoiceForm, Error> {
    let (mut store, partner, now) = (access.store(), access.tenant()?, access.now());
    let given = pairs(query);
    let value = |key: &str| given.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.clone()).unwrap_or_default();
    let before = match value("again").as_str() {
        "" => None,
        id => Some(before(access, id.parse().map_err(|_| Error::NotFound)?).await?),
    };
    let invoiceable = sums::of(&mut store, partner, now.day()).await?;
    let rows = information::all(&mut store, partner, Some(Tab::Vendor)).await?;
    let first = invoiceable.periods.iter().find(|one| one.open.micros > 0).map(|one| one.period.to_string());
    let named = Some(value("period")).filter(|period| !period.is_empty());
    let (by, period, amount) = match &before {
        Some(row) if row.by == By::Amount => (By::Amount, first, row.amount.plain()),
        Some(row) => (By::Period, Some(row.first.to_string()), String::new()),
        None => (By::read(&value("by")).unwrap_or(By::Period), named.or(first), value("amount")),
    };
    Ok(InvoiceForm {
        key: access.store().ids.id(),
        invoiceable,
        information: rows.into_iter().map(information::Kept::shown).collect(),
        again: before.map(|row| (row.id, row.number)),
        by: by.key().to_owned(),
        period: period.unwrap_or_default(),
        amount,
        due: after(now.day(), ISSUE_DAYS),
    })
}

/// What an earlier request asked for.
async fn before(access: &Access<CanManageInvoices>, id: Id) -> Result<InvoiceRow, Error> {
    let find = own(sql(ROW), access)?.and(" AND r.id = ").value(id).and(" LIMIT 1");
    let row = read(&access.store().db.row(find).await?.ok_or(Error::NotFound)?)?;
    if row.state.can_be_repeated() { Ok(row) } else { Err(Error::WrongState { now: row.state.label().into() }) }
}
