//! What a company has set about its funds: the balance below which it is told (domain.md F3).
//!
//! The ledger asks [`watch`] inside each write that changes a cash balance, so the message is committed with the movement that caused it, once.

use crate::{
    access::Access,
    messages, sessions,
    sql::sql,
    withdrawals::Asks,
    write::{Tx, Written},
};
use domain::{
    Currency, Error, Id, Money,
    access::{Anyone, CanSeeBalance, CanSetBalanceAlert, CanSetTwoPeople, CanWithdraw, Role},
    event::Event,
    ledger::{Crossed, crossed, threshold},
    machine::Keyed as _,
    message::Notice,
};

/// Who is told that the balance is low (domain.md 4.5).
const TOLD: &[Role] = &[Role::Administrator, Role::FinanceClerk];
/// The currency whose balance is watched.
const CURRENCY: Currency = Currency::Cny;

/// The threshold of the caller's company, when one is set.
///
/// # Errors
/// The database does not answer.
pub async fn alert(access: &Access<CanSeeBalance>) -> Result<Option<Money>, Error> {
    let find = sql("SELECT alert_micros FROM fund_settings WHERE tenant_id = ").value(access.caller().standing()?.tenant);
    let row = access.store().db.row(find.and(" LIMIT 1")).await?;
    let micros = row.map(|row| row.maybe_int(0)).transpose()?.flatten();
    Ok(micros.map(|micros| Money { currency: CURRENCY, micros }))
}

/// Sets the threshold as it was typed, or takes it away. Where the balance stands now is seen on the page; a message comes when it falls below.
///
/// # Errors
/// `AMOUNT_INVALID`.
pub async fn set_alert(access: &Access<CanSetBalanceAlert>, typed: Option<&str>) -> Result<(), Error> {
    let wanted = typed.map(threshold).transpose()?;
    access
        .write(None, wanted, |tx, wanted| {
            Box::pin(async move {
                let tenant = tx.caller().standing()?.tenant;
                let balance = cash(tx, tenant).await?;
                let is_below = wanted.is_some_and(|wanted| balance < wanted.micros);
                let set = sql("INSERT INTO fund_settings (tenant_id, alert_micros, is_below) VALUES ($1, $2, $3)
                    ON CONFLICT (tenant_id) DO UPDATE SET alert_micros = $2, is_below = $3");
                tx.execute(set.bind(tenant).bind(wanted.map(|wanted| wanted.micros)).bind(is_below)).await?;
                let threshold = wanted.map(Money::plain).unwrap_or_default();
                Ok(Written::new((), tenant, Event::BalanceAlertSet { tenant, threshold }))
            })
        })
        .await
}

/// The cash balance of a company, after its last movement.
async fn cash(tx: &mut Tx, tenant: Id) -> Result<i64, Error> {
    let last = sql("SELECT balance_after_micros FROM ledger_transactions WHERE tenant_id = ").value(tenant);
    let last = last.and(" AND currency = ").value(CURRENCY.key()).and(" AND direction > 0 ORDER BY seq DESC LIMIT 1");
    tx.row(last).await?.map_or(Ok(0), |row| Ok(row.int(0)?))
}

/// Two people of the caller's company are needed for a withdrawal (domain.md F3, maker-checker). Off unless it was set.
///
/// # Errors
/// The database does not answer.
pub async fn needs_two_people(access: &Access<CanWithdraw>) -> Result<bool, Error> {
    two_people(&mut access.store(), access.tenant()?).await
}

/// The same inside a write.
pub(crate) async fn two_people<A: Asks>(of: &mut A, tenant: Id) -> Result<bool, Error> {
    let find = sql("SELECT two_people FROM fund_settings WHERE tenant_id = ").value(tenant).and(" LIMIT 1");
    of.ask(find).await?.first().map_or(Ok(false), |row| Ok(row.int(0)? > 0))
}

/// Sets whether two people are needed, with the password typed again. Requests that wait for a colleague go on waiting.
///
/// # Errors
/// `ReauthRequired`, `REAUTH_FAILED`, `TooMany`.
pub async fn set_two_people(access: &Access<CanSetTwoPeople>, needed: bool, password: &str) -> Result<(), Error> {
    if password.is_empty() {
        return Err(Error::ReauthRequired);
    }
    sessions::reauthenticate(&access.caller().access::<Anyone>()?, password).await?;
    access
        .write(None, needed, |tx, needed| {
            Box::pin(async move {
                let tenant = tx.caller().standing()?.tenant;
                let set = sql("INSERT INTO fund_settings (tenant_id, is_below, two_people) VALUES ($1, 0, $2)
                    ON CONFLICT (tenant_id) DO UPDATE SET two_people = $2");
                tx.execute(set.bind(tenant).bind(*needed)).await?;
                Ok(Written::new((), tenant, Event::TwoPeopleSet { tenant, needed: *needed }))
            })
        })
        .await
}

/// Movements have changed the cash balance of a company, each to what is named with its transaction: who looks after its money is told each time
/// it has fallen below the threshold.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn watch(tx: &mut Tx, tenant: Id, changes: &[(Id, Money)]) -> Result<(), Error> {
    if changes.iter().all(|(_, after)| after.currency != CURRENCY) {
        return Ok(());
    }
    let find = sql("SELECT alert_micros, is_below FROM fund_settings WHERE alert_micros IS NOT NULL AND tenant_id = ").value(tenant);
    let Some(row) = tx.row(find.and(" LIMIT 1")).await? else { return Ok(()) };
    let (limit, was_below) = (Money { currency: CURRENCY, micros: row.int(0)? }, row.int(1)? > 0);
    let mut is_below = was_below;
    for (transaction, after) in changes.iter().filter(|(_, after)| after.currency == CURRENCY) {
        let Some(crossed) = crossed(limit, is_below, *after) else { continue };
        is_below = crossed == Crossed::Down;
        if is_below {
            let told = messages::of_roles(tx, tenant, TOLD).await?;
            messages::tell(tx, &Notice::BalanceLow { occasion: *transaction, balance: *after, limit }, &told).await?;
        }
    }
    if is_below != was_below {
        let set = sql("UPDATE fund_settings SET is_below = ").value(is_below).and(" WHERE tenant_id = ").value(tenant);
        tx.execute(set).await?;
    }
    Ok(())
}
