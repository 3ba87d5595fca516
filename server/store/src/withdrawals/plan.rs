//! What a request would do, and why it cannot: read before the form is sent, and once more in the write that takes it.

use super::{
    Asks, CURRENCY, guard, money,
    top_ups::{self, Record},
};
use crate::{bank_accounts, seal::SealedNumber, sql::sql, write::Tx};
use domain::{
    Day, Error, Id, Moment, Money,
    access::Standing,
    ledger::{Account, Funds},
    machine::Keyed as _,
    withdrawal::{
        BankAccountRow, Candidate, Channel, Choosable, Fund, NOTE_MAX, REVIEW_DAYS, Refusal, SourceRow, Unmatched, fits, matched, promised,
        written,
    },
    working_days::at_the_same_time,
};
use serde::{Deserialize, Serialize};

/// Records that the form shows: a request is made of a few.
const CHOOSABLE_MAX: usize = 50;
/// Accounts of one book and currency.
const ACCOUNTS_MAX: i64 = 40;

/// A request as the form has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewWithdrawal {
    /// Out of which fund.
    pub fund: Fund,
    /// How much.
    pub amount: Money,
    /// Where to; the original path needs none.
    pub bank_account: Option<Id>,
    /// The top-ups that it goes back through, when the partner chose them (F3); otherwise the newest first.
    pub records: Vec<Id>,
    /// A note of the partner's own.
    pub note: String,
    /// The step-up code.
    pub code: String,
    /// The request that is made again.
    pub again: Option<Id>,
}

/// Where money goes: the account as it is at this moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct To {
    /// The account, or the top-up whose account it is.
    pub id: Id,
    /// Its holder.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The branch.
    pub branch: String,
    /// The number.
    pub number: SealedNumber,
    /// When it was changed last.
    pub changed: Moment,
}

impl To {
    pub(super) fn shown(&self) -> BankAccountRow {
        let Self { id, holder, bank, branch, number, .. } = self.clone();
        BankAccountRow { id, holder, bank, branch, tail: number.tail(), ready: None }
    }
}

/// What a request would do.
pub(super) struct Plan {
    pub(super) to: To,
    pub(super) note: String,
    pub(super) promised: Day,
    /// What is left of the fund then.
    pub(super) rest: Money,
    /// Record and amount, in the order they are taken.
    pub(super) sources: Vec<(Id, i64)>,
    pub(super) shown: Vec<SourceRow>,
    /// What is left of records, before this request takes anything.
    pub(super) changed: Vec<(Id, i64)>,
}

/// The balances of a company's books.
pub(super) async fn balances<A: Asks>(of: &mut A, partner: Id) -> Result<Vec<(Account, i64)>, Error> {
    let find = sql("SELECT kind, balance_micros FROM ledger_accounts WHERE book_id = ").value(partner);
    let find = find.and(" AND currency = ").value(CURRENCY.key()).and(" ORDER BY kind").limit(ACCOUNTS_MAX);
    of.ask(find).await?.iter().map(|row| Ok((row.key(0)?, row.int(1)?))).collect()
}

/// What a company can withdraw.
pub(super) async fn funds<A: Asks>(of: &mut A, partner: Id) -> Result<Funds, Error> {
    Funds::of(CURRENCY, &balances(of, partner).await?).ok_or(Error::Broken)
}

/// What a request would do now.
///
/// # Errors
/// `AMOUNT_EXCEEDS`, `NOT_WITHDRAWABLE`, `ROUTE_FIXED`, `ACCOUNT_NOT_READY`, `HOLDER_MISMATCH`, `TOO_LONG`.
pub(super) async fn plan<A: Asks>(of: &mut A, standing: &Standing, now: Moment, new: &NewWithdrawal) -> Result<Plan, Error> {
    let note = written(&new.note, NOTE_MAX).ok_or(Refusal::NoteTooLong { most: NOTE_MAX })?;
    let partner = standing.tenant;
    guard::may_be_paid(of, partner).await?;
    let balances = balances(of, partner).await?;
    let left = new.fund.rest(&Funds::of(CURRENCY, &balances).ok_or(Error::Broken)?);
    fits(new.amount, left)?;
    let rest = left.minus(new.amount).ok_or(Error::Broken)?;
    if new.fund == Fund::Original {
        let held = balances.iter().find(|(account, _)| *account == Account::OriginalPath).map_or(0, |(_, micros)| *micros);
        let (records, changed) = top_ups::left(of, partner, held).await?;
        let records = chosen(records, &new.records, standing, now)?;
        let back = back(standing, now, new.amount, &records).map_err(|error| match error {
            Refusal::RouteFixed { left } if !new.records.is_empty() => Refusal::ChosenTooLittle { left },
            other => other,
        })?;
        return Ok(Plan { to: back.to, note, promised: back.promised, rest, sources: back.sources, shown: back.shown, changed });
    }
    let to = account(of, standing, now, new.bank_account).await?;
    let promised = promised(now.day(), &[]);
    Ok(Plan { to, note, promised, rest, sources: Vec::new(), shown: Vec::new(), changed: Vec::new() })
}

/// The way back.
struct Back {
    to: To,
    promised: Day,
    sources: Vec<(Id, i64)>,
    shown: Vec<SourceRow>,
}

/// The records that the partner chose, in their order; all of them without a choice.
fn chosen(records: Vec<Record>, ids: &[Id], standing: &Standing, now: Moment) -> Result<Vec<Record>, Refusal> {
    if ids.is_empty() {
        return Ok(records);
    }
    let records: Vec<Record> = records.into_iter().filter(|record| ids.contains(&record.id)).collect();
    let is_open = |record: &Record| record.candidate(standing.real_name).is_open(now.day());
    if records.len() < ids.len() || !records.iter().all(is_open) {
        return Err(Refusal::RecordGone);
    }
    Ok(records)
}

/// The records that can be chosen.
pub(super) async fn choosable<A: Asks>(of: &mut A, standing: &Standing, now: Moment) -> Result<Vec<Choosable>, Error> {
    let balances = balances(of, standing.tenant).await?;
    let held = balances.iter().find(|(account, _)| *account == Account::OriginalPath).map_or(0, |(_, micros)| *micros);
    let (records, _) = top_ups::left(of, standing.tenant, held).await?;
    let open = records.iter().filter(|record| record.candidate(standing.real_name).is_open(now.day()));
    Ok(open.take(CHOOSABLE_MAX).map(|record| Choosable { id: record.id, record: record.shown(record.left_micros) }).collect())
}

fn back(standing: &Standing, now: Moment, amount: Money, records: &[Record]) -> Result<Back, Refusal> {
    let candidates: Vec<Candidate> = records.iter().map(|record| record.candidate(standing.real_name)).collect();
    let sources = matched(amount.micros, &candidates, now.day()).map_err(|unmatched| match unmatched {
        Unmatched::Barred => Refusal::NotWithdrawable,
        Unmatched::Only(micros) => Refusal::RouteFixed { left: money(micros) },
    })?;
    let taken: Vec<(&Record, i64)> =
        sources.iter().filter_map(|(id, micros)| Some((records.iter().find(|record| record.id == *id)?, *micros))).collect();
    let channels: Vec<_> = taken.iter().map(|(record, _)| record.channel).collect();
    // The newest record says whose account it is; a company tops up from its own.
    let (first, _) = taken.first().ok_or(Refusal::RouteFixed { left: Money::zero(CURRENCY) })?;
    let to = To {
        id: first.id,
        holder: first.holder.clone(),
        bank: first.bank.clone(),
        branch: first.branch.clone(),
        number: first.account_number.clone(),
        changed: first.received,
    };
    let shown = taken.iter().map(|(record, micros)| record.shown(*micros)).collect();
    Ok(Back { to, promised: promised(now.day(), &channels), sources, shown })
}

/// A colleague has confirmed a request: the vendor sees it, and what is promised counts from now on.
pub(super) async fn confirmed(tx: &mut Tx, partner: Id, withdrawal: Id) -> Result<(), Error> {
    let find = sql("SELECT t.channel FROM withdrawal_sources s JOIN top_ups t ON t.tenant_id = s.tenant_id AND t.id = s.top_up_id
        WHERE s.withdrawal_id = ");
    let rows = tx.rows(find.value(withdrawal).and(" ORDER BY s.place LIMIT 200")).await?;
    let channels: Vec<Channel> = rows.iter().map(|row| row.key(0)).collect::<Result<_, _>>()?;
    let now = tx.now();
    let set = sql("UPDATE withdrawals SET due_us = $1, promised_us = $2, unconfirmed = 0 WHERE tenant_id = $3 AND id = $4");
    let set = set.bind(at_the_same_time(now, REVIEW_DAYS)).bind(promised(now.day(), &channels).start());
    tx.execute(set.bind(partner).bind(withdrawal)).await.map(|_| ())
}

async fn account<A: Asks>(of: &mut A, standing: &Standing, now: Moment, chosen: Option<Id>) -> Result<To, Error> {
    let all = bank_accounts::all(of, standing.tenant).await?;
    let account = all.into_iter().find(|account| Some(account.id) == chosen).ok_or(Refusal::AccountNotReady)?;
    if let Some(ready) = account.ready(now) {
        return Err(Refusal::AccountCooling { ready: ready.to_minutes() }.into());
    }
    if account.holder != standing.company {
        return Err(Refusal::HolderMismatch.into());
    }
    let bank_accounts::Kept { id, holder, bank, branch, number, changed, .. } = account;
    Ok(To { id, holder, bank, branch, number, changed })
}
