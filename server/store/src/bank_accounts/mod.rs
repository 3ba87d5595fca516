//! A company's own bank accounts (domain.md F3, 4.6): who reads them, and the list with what keeps each from being used or removed.
//!
//! Numbers are sealed (`seal`) and leave this module as their last digits; sealed as they are they go into the snapshot of a request.

mod change;

pub use change::{Confirmed, Wanted, confirm, form, prepare, resend};

use crate::{
    access::Access,
    seal::{Key, SealedNumber},
    sql::{Row, Sql, sql},
    withdrawals::Asks,
    write::{Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::{CanManageBankAccount, Permission},
    bank_account::{ACCOUNTS_MAX, AccountRow, AccountsPage, What, ready},
    event::Event,
    machine::Keyed as _,
    withdrawal::{BankAccountRow, Fund, State, tail},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Requests under way that are looked through: more than any company has at a time.
const USES_MAX: i64 = 1_000;

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

/// Enters an account, or changes it; from now on it cannot be chosen for a day. Gives its number, sealed.
///
/// # Errors
/// The database does not answer; `Unavailable` without its sealing key.
pub async fn save_account(tx: &mut Tx, new: &NewBankAccount) -> Result<Written<SealedNumber>, Error> {
    let number = save(tx, new).await?;
    let event = Event::BankAccountSaved { account: new.id, tail: tail(&new.number), bank: new.bank.clone(), before: String::new() };
    Ok(Written::new(number, new.partner, event))
}

async fn save(tx: &mut Tx, new: &NewBankAccount) -> Result<SealedNumber, Error> {
    let number = SealedNumber::of(tx, new.partner, &new.number).await?;
    let save = sql("INSERT INTO bank_accounts (tenant_id, id, version, holder, bank, branch, number, number_tail, number_print,
        changed_at_us, changed_by) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant_id, id) DO UPDATE
        SET version = bank_accounts.version + 1, holder = $3, bank = $4, branch = $5, number = $6, number_tail = $7, number_print = $8,
        changed_at_us = $9, changed_by = $10");
    let save = number.bind(save.bind(new.partner).bind(new.id).bind(&new.holder).bind(&new.bank).bind(&new.branch));
    let now = tx.now();
    tx.execute(save.bind(now).bind(&new.by)).await?;
    Ok(number)
}

/// An account as the rules read it.
pub(crate) struct Kept {
    pub(crate) id: Id,
    pub(crate) version: i64,
    pub(crate) holder: String,
    pub(crate) bank: String,
    pub(crate) branch: String,
    pub(crate) number: SealedNumber,
    pub(crate) changed: Moment,
    by: String,
}

fn read(row: &Row) -> Result<Kept, Error> {
    Ok(Kept {
        id: row.id(0)?,
        version: row.int(1)?,
        holder: row.text(2)?,
        bank: row.text(3)?,
        branch: row.text(4)?,
        number: SealedNumber::read(row, 5)?,
        changed: row.moment(8)?,
        by: row.text(9)?,
    })
}

impl Kept {
    /// From when on it can be chosen, when that is still to come.
    pub(crate) const fn ready(&self, now: Moment) -> Option<Moment> {
        ready(self.changed, now)
    }

    pub(crate) fn shown(&self, now: Moment) -> BankAccountRow {
        BankAccountRow {
            id: self.id,
            holder: self.holder.clone(),
            bank: self.bank.clone(),
            branch: self.branch.clone(),
            tail: self.number.tail(),
            ready: self.ready(now),
        }
    }

    fn row(&self, company: &str, now: Moment, used_by: Option<String>) -> AccountRow {
        AccountRow {
            id: self.id,
            version: self.version,
            holder: self.holder.clone(),
            bank: self.bank.clone(),
            branch: self.branch.clone(),
            tail: self.number.tail(),
            changed: self.changed,
            by: self.by.clone(),
            ready: self.ready(now),
            is_own: self.holder == company,
            used_by,
        }
    }
}

/// The accounts of a company, oldest first.
pub(crate) async fn all<A: Asks>(of: &mut A, partner: Id) -> Result<Vec<Kept>, Error> {
    let find = sql("SELECT id, version, holder, bank, branch, number, number_tail, number_print, changed_at_us, changed_by
        FROM bank_accounts WHERE tenant_id = ");
    let find = find.value(partner).and(" ORDER BY changed_at_us, id").limit(i64::try_from(ACCOUNTS_MAX).unwrap_or(1));
    of.ask(find).await?.iter().map(read).collect()
}

/// Accounts of the caller's company that cannot be chosen yet: what the balance card tells.
///
/// # Errors
/// The database does not answer.
pub async fn cooling<P: Permission>(access: &Access<P>) -> Result<Vec<BankAccountRow>, Error> {
    let (now, partner) = (access.now(), access.caller().standing()?.tenant);
    let all = all(&mut access.store(), partner).await?;
    Ok(all.iter().map(|account| account.shown(now)).filter(|account| account.ready.is_some()).collect())
}

/// The accounts of the caller's company.
///
/// # Errors
/// The database does not answer.
pub async fn page(access: &Access<CanManageBankAccount>) -> Result<AccountsPage, Error> {
    let (standing, now) = (access.caller().standing()?, access.now());
    let mut store = access.store();
    let all = all(&mut store, standing.tenant).await?;
    let uses = Uses::of(&mut store, standing.tenant).await?;
    let rows = all.iter().map(|account| account.row(&standing.company, now, uses.by(account))).collect();
    Ok(AccountsPage { rows })
}

/// Requests under way that go to an account; what goes back the way it came uses none.
struct Uses {
    partner: Id,
    key: Option<Arc<Key>>,
    /// Account, by its print, and number of the request.
    all: Vec<(String, String)>,
}

impl Uses {
    async fn of<A: Asks>(of: &mut A, partner: Id) -> Result<Self, Error> {
        let key = of.key().await;
        let open = State::ALL.iter().filter(|state| state.is_open()).map(|state| state.key());
        let find: Sql =
            sql("SELECT account_number, account_tail, account_print, number FROM withdrawals WHERE tenant_id = ").value(partner);
        let find = find.and(" AND state IN ").list(open).and(" AND fund <> ").value(Fund::Original.key());
        let rows = of.ask(find.and(" ORDER BY submitted_at_us, id").limit(USES_MAX)).await?;
        let use_of = |row: &Row| Ok((SealedNumber::read(row, 0)?.print(partner, key.as_deref()), row.text(3)?));
        let all = rows.iter().map(use_of).collect::<Result<_, Error>>()?;
        Ok(Self { partner, key, all })
    }

    /// The first request that uses an account.
    fn by(&self, account: &Kept) -> Option<String> {
        let print = account.number.print(self.partner, self.key.as_deref());
        self.all.iter().find(|(used, _)| *used == print).map(|(_, request)| request.clone())
    }
}

/// The audit row of a change.
fn event(what: What, account: Id, tail: String, bank: String, before: String) -> Event {
    match what {
        What::Add | What::Change => Event::BankAccountSaved { account, tail, bank, before },
        What::Remove => Event::BankAccountRemoved { account, tail, bank },
    }
}
