//! Changing an account: checked, with the password typed again, kept until its code comes, and then checked and done in one write.

use super::{Kept, NewBankAccount, Uses, all, event, save};
use crate::{
    access::Access,
    codes, messages,
    seal::{SealedNumber, print_of},
    sessions,
    sql::{Row, sql},
    withdrawals::{Asks, mostly_hidden},
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id,
    access::{Anyone, CanManageBankAccount, Role, Standing},
    bank_account::{ACCOUNTS_MAX, AccountForm, CHANGE_SECONDS, Refusal, Typed, Waiting, What, ready},
    list::pairs,
    machine::Keyed as _,
    message::Notice,
    withdrawal::tail,
};
use serde::{Deserialize, Serialize};

/// Who of a company is told that an account has changed (domain.md 4.5).
const TOLD: &[Role] = &[Role::Administrator, Role::FinanceClerk];

/// A change as the form asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What is to be done.
    pub what: What,
    /// The account that is changed or removed.
    pub account: Option<Id>,
    /// The version it was read at.
    pub version: i64,
    /// What was typed; nothing for a removal.
    pub typed: Typed,
}

/// A change that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// What was done.
    pub what: What,
}

/// What a code is for: this change and no other.
fn act(change: Id) -> String {
    format!("bank-account/{change}")
}

/// Checks a change, asks for the password, keeps the change and sends its code.
///
/// # Errors
/// What `domain::bank_account` refuses; `NotFound`, `Stale`; `ReauthRequired`, `REAUTH_FAILED`, `TooMany`.
pub async fn prepare(access: &Access<CanManageBankAccount>, wanted: Wanted, password: &str) -> Result<(), Error> {
    let standing = access.caller().standing()?.clone();
    let plan = plan(&mut access.store(), &standing, &wanted).await?;
    if password.is_empty() {
        return Err(Error::ReauthRequired);
    }
    let anyone = access.caller().access::<Anyone>()?;
    sessions::reauthenticate(&anyone, password).await?;
    let wanted = Wanted { typed: plan.typed, ..wanted };
    let input = (standing.tenant, standing.account, wanted, plan.number);
    let change = access.write(None, input, |tx, input| Box::pin(keep(tx, input))).await?;
    codes::send(&anyone, &act(change)).await
}

/// What is kept of a change: of which company and person, what was typed, and the number when it is not typed but sealed already.
type Keeping = (Id, Id, Wanted, Option<SealedNumber>);

async fn keep(tx: &mut Tx, (tenant, person, wanted, number): &Keeping) -> Result<Written<Id>, Error> {
    let (id, now, typed) = (tx.new_id(), tx.system_now(), &wanted.typed);
    let number = match number {
        Some(number) => number.clone(),
        None => SealedNumber::of(tx, *tenant, &typed.number).await?,
    };
    let keep =
        sql("INSERT INTO bank_account_changes (tenant_id, person_id, id, what, bank_account_id, version, holder, bank, branch, number,
        number_tail, number_print, prepared_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET id = $3, what = $4, bank_account_id = $5, version = $6, holder = $7, bank = $8,
        branch = $9, number = $10, number_tail = $11, number_print = $12, prepared_at_us = $13");
    let keep = keep.bind(*tenant).bind(*person).bind(id).bind(wanted.what.key()).bind(wanted.account).bind(wanted.version);
    let keep = number.bind(keep.bind(&typed.holder).bind(&typed.bank).bind(&typed.branch));
    tx.execute(keep.bind(now)).await?;
    Ok(Written::quiet(id))
}

/// Sends the code of the change that waits once more.
///
/// # Errors
/// `NOTHING_WAITS`, `TooMany`.
pub async fn resend(access: &Access<CanManageBankAccount>, change: Id) -> Result<(), Error> {
    waiting(access).await?.filter(|(id, ..)| *id == change).ok_or(Refusal::NothingWaits)?;
    codes::send(&access.caller().access::<Anyone>()?, &act(change)).await
}

/// Does the change that waits.
///
/// # Errors
/// `CODE_REQUIRED`, `CODE_WRONG`, `NOTHING_WAITS`, and what `prepare` refuses.
pub async fn confirm(access: &Access<CanManageBankAccount>, change: Id, code: &str) -> Result<Confirmed, Error> {
    let code = code.trim().to_owned();
    if code.is_empty() {
        return Err(Refusal::CodeRequired.into());
    }
    // A change is done once: sent again it has the same answer.
    let key: Key = format!("bank-account-{change}").parse()?;
    let done = access.write(Some(key), (change, code), |tx, (change, code)| Box::pin(take(tx, *change, code))).await;
    if done.as_ref().is_err_and(|error| error.code() == "CODE_WRONG") {
        codes::count_wrong(&access.caller().access::<Anyone>()?, &act(change)).await?;
    }
    done
}

async fn take(tx: &mut Tx, change: Id, code: &str) -> Result<Written<Confirmed>, Error> {
    let standing = tx.caller().standing()?.clone();
    let since = tx.system_now().plus_seconds(-CHANGE_SECONDS);
    let row = tx.row(kept(&standing, since)).await?;
    let (id, mut wanted, number) = row.as_ref().map(read).transpose()?.filter(|(id, ..)| *id == change).ok_or(Refusal::NothingWaits)?;
    if wanted.what != What::Remove {
        let key = tx.key().await;
        wanted.typed.number = number.open(standing.tenant, key.as_deref()).ok_or_else(|| shut(tx))?;
    }
    let plan = plan(tx, &standing, &wanted).await?;
    codes::spend(tx, standing.account, &act(id), code).await?;
    let account = wanted.account.unwrap_or(id);
    let Typed { holder, bank, branch, number } = plan.typed;
    let last = tail(&number);
    if wanted.what == What::Remove {
        let remove = sql("DELETE FROM bank_accounts WHERE tenant_id = $1 AND id = $2 AND version = $3");
        if tx.execute(remove.bind(standing.tenant).bind(account).bind(wanted.version)).await? != 1 {
            return Err(Error::Stale);
        }
    } else {
        let (partner, by) = (standing.tenant, standing.name.clone());
        save(tx, &NewBankAccount { id: account, partner, holder, bank: bank.clone(), branch, number, by }).await?;
    }
    let over = sql("DELETE FROM bank_account_changes WHERE tenant_id = ").value(standing.tenant);
    tx.execute(over.and(" AND person_id = ").value(standing.account)).await?;
    let now = tx.now();
    let ready = if wanted.what == What::Remove { None } else { ready(now, now) };
    let notice =
        Notice::BankAccountChanged { occasion: id, what: wanted.what, bank: bank.clone(), tail: last.clone(), by: standing.name, ready };
    let told = messages::of_roles(tx, standing.tenant, TOLD).await?;
    messages::tell(tx, &notice, &told).await?;
    Ok(Written::new(Confirmed { what: wanted.what }, standing.tenant, event(wanted.what, account, last, bank, plan.before)))
}

/// A number that was typed before its code came cannot be opened any more.
fn shut(tx: &Tx) -> Error {
    tracing::error!(place = tx.store().seal.place(), "a change of an account was not done: its number does not open with this key");
    Error::Unavailable
}

/// What a change would keep.
struct Plan {
    typed: Typed,
    /// The number of an account that is removed, of which `typed` has the last digits alone.
    number: Option<SealedNumber>,
    /// The last digits before it.
    before: String,
}

/// What a change would do now.
async fn plan<A: Asks>(of: &mut A, standing: &Standing, wanted: &Wanted) -> Result<Plan, Error> {
    let all = all(of, standing.tenant).await?;
    let found = wanted.account.map(|id| all.iter().find(|account| account.id == id).ok_or(Error::NotFound)).transpose()?;
    if let Some(account) = found
        && account.version != wanted.version
    {
        return Err(Error::Stale);
    }
    let before = found.map(|account| account.number.tail()).unwrap_or_default();
    if wanted.what == What::Remove {
        let account = found.ok_or(Error::NotFound)?;
        if let Some(number) = Uses::of(of, standing.tenant).await?.by(account) {
            return Err(Refusal::AccountInUse { number }.into());
        }
        return Ok(Plan { typed: typed(account), number: Some(account.number.clone()), before });
    }
    if (wanted.what == What::Change) != found.is_some() {
        return Err(Error::NotFound);
    }
    if found.is_none() && all.len() >= ACCOUNTS_MAX {
        return Err(Refusal::AccountLimit { most: ACCOUNTS_MAX }.into());
    }
    let typed = wanted.typed.checked(&standing.company)?;
    let is_other = |account: &&Kept| Some(account.id) != wanted.account;
    let key = of.key().await;
    let print = print_of(standing.tenant, &typed.number, key.as_deref());
    if all.iter().filter(is_other).any(|account| account.number.print(standing.tenant, key.as_deref()) == print) {
        return Err(Refusal::AccountExists.into());
    }
    Ok(Plan { typed, number: None, before })
}

fn typed(account: &Kept) -> Typed {
    let Kept { holder, bank, branch, .. } = account;
    Typed { holder: holder.clone(), bank: bank.clone(), branch: branch.clone(), number: account.number.tail() }
}

/// The change of a person that waits, unless it is too old.
fn kept(standing: &Standing, since: domain::Moment) -> crate::sql::Sql {
    let find = sql("SELECT id, what, bank_account_id, version, holder, bank, branch, number, number_tail, number_print
        FROM bank_account_changes WHERE tenant_id = ");
    let find = find.value(standing.tenant).and(" AND person_id = ").value(standing.account);
    find.and(" AND prepared_at_us > ").value(since).and(" LIMIT 1")
}

/// The change, of its number the last digits alone, and the number as it is kept.
type Waits = (Id, Wanted, SealedNumber);

fn read(row: &Row) -> Result<Waits, Error> {
    let account = row.maybe_text(2)?.map(|id| id.parse()).transpose().map_err(|_| Error::Broken)?;
    let number = SealedNumber::read(row, 7)?;
    let typed = Typed { holder: row.text(4)?, bank: row.text(5)?, branch: row.text(6)?, number: number.tail() };
    Ok((row.id(0)?, Wanted { what: row.key(1)?, account, version: row.int(3)?, typed }, number))
}

async fn waiting(access: &Access<CanManageBankAccount>) -> Result<Option<Waits>, Error> {
    let since = access.store().clock.system().plus_seconds(-CHANGE_SECONDS);
    access.store().db.row(kept(access.caller().standing()?, since)).await?.as_ref().map(read).transpose()
}

/// The form of an address: `account` for a change, `what=remove` besides for a removal, `step=code` for the change that waits.
///
/// # Errors
/// `NotFound`, or the database does not answer.
pub async fn form(access: &Access<CanManageBankAccount>, query: &str) -> Result<AccountForm, Error> {
    let mut store = access.store();
    let (standing, now) = (access.caller().standing()?, access.now());
    let given = pairs(query);
    let value = |key: &str| given.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str()).unwrap_or_default();
    let (company, code_to) = (standing.company.clone(), mostly_hidden(&standing.email));
    if value("step") == "code" {
        let (id, wanted, _) = waiting(access).await?.ok_or(Refusal::NothingWaits)?;
        let (what, waiting) = (wanted.what, Some(Waiting::of(id, wanted.what, wanted.typed)));
        return Ok(AccountForm { what, account: None, company, waiting, code_to });
    }
    let id = value("account");
    if id.is_empty() {
        return Ok(AccountForm { what: What::Add, account: None, company, waiting: None, code_to });
    }
    let id: Id = id.parse().map_err(|_| Error::NotFound)?;
    let all = all(&mut store, standing.tenant).await?;
    let account = all.iter().find(|account| account.id == id).ok_or(Error::NotFound)?;
    let uses = Uses::of(&mut store, standing.tenant).await?;
    let row = account.row(&standing.company, now, uses.by(account));
    let what = if value("what") == What::Remove.key() { What::Remove } else { What::Change };
    Ok(AccountForm { what, account: Some(row), company, waiting: None, code_to })
}
