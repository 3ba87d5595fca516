//! The form: what there is to choose from, and in its second step what the request would do.

use super::{
    list,
    plan::{self, NewWithdrawal},
    visible,
};
use crate::{access::Access, bank_accounts, sql::sql};
use domain::{
    Error, Id,
    access::CanWithdraw,
    list::pairs,
    machine::Keyed as _,
    withdrawal::{Fund, Offered, Review, Withdrawable, WithdrawalForm, amount, promised},
    working_days::month_end,
};

/// The form of an address: `fund`, `amount`, `bank_account` and `note` as they were typed, `key` and `step=review` for its second step, and
/// `again` for a request that is made again.
///
/// # Errors
/// `NotFound` for a request that cannot be made again, or the database does not answer.
pub async fn form(access: &Access<CanWithdraw>, query: &str) -> Result<WithdrawalForm, Error> {
    let (standing, now) = (access.caller().standing()?, access.now());
    let given = pairs(query);
    let value = |key: &str| given.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.clone()).unwrap_or_default();
    let key: String =
        Some(value("key")).filter(|key| key.parse::<crate::Key>().is_ok()).unwrap_or_else(|| access.store().ids.id().to_string());
    let mut typed = Offered {
        fund: value("fund"),
        amount: value("amount"),
        bank_account: value("bank_account"),
        note: value("note"),
        records: given.iter().filter(|(name, _)| name == "record").map(|(_, id)| id.clone()).collect(),
    };
    let mut again = None;
    if let Some(id) = Some(value("again")).filter(|id| !id.is_empty()) {
        let id = id.parse().map_err(|_| Error::NotFound)?;
        let (number, before) = before(access, id).await?;
        again = Some((id, number));
        if typed.amount.is_empty() {
            typed = before;
        }
    }
    let funds = plan::funds(&mut access.store(), standing.tenant).await?;
    let accounts = bank_accounts::all(&mut access.store(), standing.tenant).await?.iter().map(|account| account.shown(now)).collect();
    let records = plan::choosable(&mut access.store(), standing, now).await?;
    let review = if value("step") == "review" { review(access, &typed).await? } else { None };
    Ok(WithdrawalForm {
        key,
        typed,
        again,
        funds: Fund::ALL.iter().map(|fund| Withdrawable { fund: *fund, rest: fund.rest(&funds) }).collect(),
        accounts,
        records,
        review,
        promised: promised(now.day(), &[]),
        month_end: month_end(now.day()),
        code_to: mostly_hidden(&standing.email),
    })
}

/// What an earlier request asked for.
async fn before(access: &Access<CanWithdraw>, id: Id) -> Result<(String, Offered), Error> {
    let find = visible(sql(super::ROW), access)?.and(" AND w.id = ").value(id).and(" LIMIT 1");
    let row = super::read(&access.store().db.row(find).await?.ok_or(Error::NotFound)?)?;
    if !row.state.can_be_repeated() {
        return Err(Error::WrongState { now: row.state.label().into() });
    }
    let note = list::note(&access.store().db, id).await?;
    let typed =
        Offered { fund: row.fund.key().to_owned(), amount: row.amount.plain(), bank_account: String::new(), note, records: Vec::new() };
    Ok((row.number, typed))
}

/// The second step; none when something has changed since the first, which then says what.
async fn review(access: &Access<CanWithdraw>, typed: &Offered) -> Result<Option<Review>, Error> {
    let (Some(fund), Ok(amount)) = (Fund::read(&typed.fund), amount(&typed.amount)) else { return Ok(None) };
    let bank_account = typed.bank_account.parse().ok();
    let Ok(records) = typed.records.iter().map(|id| id.parse()).collect::<Result<Vec<Id>, _>>() else { return Ok(None) };
    let new = NewWithdrawal { fund, amount, bank_account, records, note: typed.note.clone(), code: String::new(), again: None };
    match plan::plan(&mut access.store(), access.caller().standing()?, access.now(), &new).await {
        Ok(plan) => {
            let (to, sources) = (plan.to.shown(), plan.shown);
            Ok(Some(Review { fund, amount, rest: plan.rest, to, sources, promised: plan.promised, note: plan.note }))
        }
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// An address of which only the first two letters and the domain are shown (domain.md 4.7).
pub(crate) fn mostly_hidden(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    let start: String = name.chars().take(2).collect();
    format!("{start}****@{domain}")
}
