//! A company's own bank accounts.

use super::Asks;
use crate::{
    sql::{Row, sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id, Moment,
    event::Event,
    withdrawal::{ACCOUNT_SECONDS, BankAccountRow, tail},
};
use serde::{Deserialize, Serialize};

/// Accounts of one company that are shown.
const ACCOUNTS_MAX: i64 = 50;

/// An account as it is entered or changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewBankAccount {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub partner: Id,
    /// The name it is kept in at the bank.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The branch.
    pub branch: String,
    /// The number.
    pub number: String,
    /// Who entered it.
    pub by: String,
}

/// Enters an account, or changes it; from now on it cannot be chosen for a day.
///
/// # Errors
/// The database does not answer.
pub async fn save_account(tx: &mut Tx, new: &NewBankAccount) -> Result<Written<()>, Error> {
    let save = sql("INSERT INTO bank_accounts (tenant_id, id, version, holder, bank, branch, number, changed_at_us, changed_by)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, id) DO UPDATE SET version = bank_accounts.version + 1,
        holder = $3, bank = $4, branch = $5, number = $6, changed_at_us = $7, changed_by = $8");
    let save = save.bind(new.partner).bind(new.id).bind(&new.holder).bind(&new.bank).bind(&new.branch).bind(&new.number);
    let now = tx.now();
    tx.execute(save.bind(now).bind(&new.by)).await?;
    Ok(Written::new((), new.partner, Event::BankAccountSaved { account: new.id, tail: tail(&new.number) }))
}

/// An account as the rules read it.
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) holder: String,
    pub(super) bank: String,
    pub(super) branch: String,
    pub(super) number: String,
    pub(super) changed: Moment,
}

fn read(row: &Row) -> Result<Kept, Error> {
    Ok(Kept {
        id: row.id(0)?,
        holder: row.text(1)?,
        bank: row.text(2)?,
        branch: row.text(3)?,
        number: row.text(4)?,
        changed: row.moment(5)?,
    })
}

impl Kept {
    /// From when on it can be chosen, when that is still to come.
    pub(super) fn ready(&self, now: Moment) -> Option<Moment> {
        let ready = self.changed.plus_seconds(ACCOUNT_SECONDS);
        (now < ready).then_some(ready)
    }

    pub(super) fn shown(&self, now: Moment) -> BankAccountRow {
        BankAccountRow {
            id: self.id,
            holder: self.holder.clone(),
            bank: self.bank.clone(),
            branch: self.branch.clone(),
            tail: tail(&self.number),
            ready: self.ready(now),
        }
    }
}

/// The accounts of a company, oldest first.
pub(super) async fn all<A: Asks>(of: &mut A, partner: Id) -> Result<Vec<Kept>, Error> {
    let find = sql("SELECT id, holder, bank, branch, number, changed_at_us FROM bank_accounts WHERE tenant_id = ").value(partner);
    of.ask(find.and(" ORDER BY changed_at_us, id").limit(ACCOUNTS_MAX)).await?.iter().map(read).collect()
}
