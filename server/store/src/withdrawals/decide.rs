//! The steps of a request: each is one write with its money, its line of the timeline, its audit row and its messages.

use super::{Asks, administrators, enter::Line, plan, top_ups};
use crate::{
    access::{Access, Caller},
    codes, ledger, messages,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id, Moment, Money,
    access::{Anyone, CanReviewWithdrawals, CanWithdraw},
    event::Event,
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
    machine::Keyed as _,
    message::Notice,
    withdrawal::{Decided, Fund, Refusal, State, Step, is_in_batch, may_confirm, reason, reference},
};
use serde::{Deserialize, Serialize};

/// Requests that one round of the batch takes to the bank.
const BATCH_MAX: i64 = 200;

/// A step of a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// The request.
    pub withdrawal: Id,
    /// The version the form was read at; a batch has none and takes it as it is.
    pub version: Option<i64>,
    /// The step.
    pub step: Step,
    /// The reason, or the bank's reference.
    pub note: String,
    /// What the bank says that it paid, when it says so.
    pub paid: Option<Money>,
}

impl Moved {
    /// What has to be said with a step is said.
    fn checked(self) -> Result<Self, Error> {
        let note = match self.step {
            Step::Reject | Step::Fail => reason(&self.note)?,
            Step::Pay => reference(&self.note)?,
            _ => String::new(),
        };
        Ok(Self { note, ..self })
    }
}

/// A request as it is before a step.
struct Found {
    id: Id,
    partner: Id,
    version: i64,
    state: State,
    fund: Fund,
    amount: Money,
    number: String,
    starter: Id,
    first: Option<Id>,
}

async fn find<A: Asks>(of: &mut A, id: Id) -> Result<Found, Error> {
    let find = sql("SELECT id, tenant_id, version, state, fund, currency, amount_micros, number, account_id, first_approver
        FROM withdrawals WHERE id = ");
    let row = of.ask(find.value(id).and(" LIMIT 1")).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(Found {
        id: row.id(0)?,
        partner: row.id(1)?,
        version: row.int(2)?,
        state: row.key(3)?,
        fund: row.key(4)?,
        amount: Money { currency: row.key(5)?, micros: row.int(6)? },
        number: row.text(7)?,
        starter: row.id(8)?,
        first: row.maybe_text(9)?.map(|id| id.parse()).transpose().map_err(|_| Error::Broken)?,
    })
}

/// Who does a step.
#[derive(Clone, Debug)]
struct By {
    account: Id,
    name: String,
    tenant: Id,
}

impl By {
    fn caller(caller: &Caller) -> Result<Self, Error> {
        let standing = caller.standing()?;
        Ok(Self { account: standing.account, name: standing.name.clone(), tenant: standing.tenant })
    }

    /// The clock: it has no name and no company.
    fn clock() -> Self {
        Self { account: Id(0), name: String::new(), tenant: Id(0) }
    }
}

/// A step of the vendor's finance.
///
/// # Errors
/// `NotFound`, `WrongState`, `Stale`, `FOUR_EYES`, `REASON_REQUIRED`, `AMOUNT_MISMATCH`, `INVALID`; `KeyReused`.
pub async fn decide(access: &Access<CanReviewWithdrawals>, key: Key, moved: Moved) -> Result<State, Error> {
    if !moved.step.is_vendors() {
        return Err(Error::Invalid { field: "step".to_owned() });
    }
    access.write(Some(key), moved.checked()?, |tx, moved| Box::pin(reviewed(tx, moved))).await
}

/// The step itself, in the write of whoever does it for the vendor.
///
/// # Errors
/// As `decide`.
pub async fn reviewed(tx: &mut Tx, moved: &Moved) -> Result<Written<State>, Error> {
    let by = By::caller(tx.caller())?;
    let found = find(tx, moved.withdrawal).await?;
    let next = moved.step.take(found.state)?;
    let decided = Decided { amount: found.amount, partner: found.partner, starter: found.starter, first: found.first };
    decided.may_decide(by.account, by.tenant)?;
    if moved.paid.is_some_and(|paid| paid != found.amount) {
        return Err(Refusal::AmountMismatch { asked: found.amount }.into());
    }
    // Whoever approves a second time is told so, also when they look at an old page.
    let is_last = moved.step != Step::Approve || decided.is_last(by.account)?;
    if moved.version.is_some_and(|version| version != found.version) {
        return Err(Error::Stale);
    }
    if !is_last {
        return first_of_two(tx, &found, &by).await;
    }
    tell(tx, &found, next, &moved.note).await?;
    step(tx, &found, moved, next, &by).await
}

impl Found {
    /// The company's own request, of those that this person sees, as the step leaves it.
    fn moved_by(&self, by: &By, manages: bool, step: Step) -> Result<State, Error> {
        let is_seen = self.partner == by.tenant && self.state != State::Deleted && (manages || self.starter == by.account);
        if !is_seen {
            return Err(Error::NotFound);
        }
        let next = step.take(self.state)?;
        if step == Step::Confirm {
            may_confirm(self.starter, by.account, manages)?;
        }
        Ok(next)
    }

    /// What the code of a confirmation is for: this request, and this amount.
    fn confirming(&self) -> String {
        format!("withdrawal-confirm/{}/{}", self.id, self.amount.plain())
    }
}

/// Sends the code with which the caller confirms a colleague's request (domain.md 4.6).
///
/// # Errors
/// `NotFound`, `WrongState`, `FOUR_EYES`; `TooMany` codes.
pub async fn prepare_confirming(access: &Access<CanWithdraw>, withdrawal: Id) -> Result<(), Error> {
    let by = By::caller(access.caller())?;
    let found = find(&mut access.store(), withdrawal).await?;
    found.moved_by(&by, super::manages(access.caller().standing()?), Step::Confirm)?;
    codes::send(&access.caller().access::<Anyone>()?, &found.confirming()).await
}

/// A step of the partner: a colleague's confirmation with its code, cancelling before the review ends, and removing what was rejected from
/// the list. Only a confirmation needs the code.
///
/// # Errors
/// `NotFound`, `WrongState`, `FOUR_EYES`, `CODE_REQUIRED`, `CODE_WRONG`, `NOT_DELETABLE`, `Stale`; `KeyReused`.
pub async fn by_partner(access: &Access<CanWithdraw>, key: Key, moved: Moved, code: &str) -> Result<State, Error> {
    if moved.step.is_vendors() {
        return Err(Error::Invalid { field: "step".to_owned() });
    }
    let (withdrawal, input) = (moved.withdrawal, (moved.checked()?, code.trim().to_owned()));
    let done = access.write(Some(key), input, |tx, (moved, code)| Box::pin(done_by_partner(tx, moved, code))).await;
    if done.as_ref().is_err_and(|error| error.code() == "CODE_WRONG") {
        let act = find(&mut access.store(), withdrawal).await?.confirming();
        codes::count_wrong(&access.caller().access::<Anyone>()?, &act).await?;
    }
    done
}

async fn done_by_partner(tx: &mut Tx, moved: &Moved, code: &str) -> Result<Written<State>, Error> {
    let by = By::caller(tx.caller())?;
    let manages = tx.caller().standing().is_ok_and(super::manages);
    let found = find(tx, moved.withdrawal).await?;
    let next = found.moved_by(&by, manages, moved.step)?;
    if moved.version.is_some_and(|version| version != found.version) {
        return Err(Error::Stale);
    }
    if moved.step == Step::Confirm {
        if code.is_empty() {
            return Err(Refusal::CodeRequired.into());
        }
        codes::spend(tx, by.account, &found.confirming(), code).await?;
        plan::confirmed(tx, found.partner, found.id).await?;
        tell(tx, &found, next, "").await?;
    }
    step(tx, &found, moved, next, &by).await
}

/// The first of two approvals: the request waits on for the second person.
async fn first_of_two(tx: &mut Tx, found: &Found, by: &By) -> Result<Written<State>, Error> {
    let set = sql("UPDATE withdrawals SET version = version + 1, first_approver = $1 WHERE tenant_id = $2 AND id = $3 AND version = $4
        AND first_approver IS NULL");
    if tx.execute(set.bind(by.account).bind(found.partner).bind(found.id).bind(found.version)).await? != 1 {
        return Err(Error::Stale);
    }
    line(tx, found, Step::Approve, "", true, by).await?;
    Ok(Written::new(found.state, found.partner, event(found, Step::Approve, found.state, "")))
}

async fn step(tx: &mut Tx, found: &Found, moved: &Moved, next: State, by: &By) -> Result<Written<State>, Error> {
    let (now, step) = (tx.now(), moved.step);
    let approved = (step == Step::Approve).then_some(now);
    let ended = matches!(step, Step::Reject | Step::Cancel | Step::Pay | Step::Fail).then_some(now);
    let why = matches!(step, Step::Reject | Step::Fail).then(|| moved.note.clone());
    let paid_as = (step == Step::Pay).then(|| moved.note.clone());
    let set = sql("UPDATE withdrawals SET state = $1, version = version + 1, approved_at_us = COALESCE($2, approved_at_us),
        ended_at_us = COALESCE($3, ended_at_us), reason = COALESCE($4, reason), reference = COALESCE($5, reference)
        WHERE tenant_id = $6 AND id = $7 AND version = $8");
    let set = set.bind(next.key()).bind(approved).bind(ended).bind(why).bind(paid_as);
    if tx.execute(set.bind(found.partner).bind(found.id).bind(found.version)).await? != 1 {
        return Err(Error::Stale);
    }
    line(tx, found, step, &moved.note, false, by).await?;
    if step.releases() {
        release(tx, found).await?;
    } else if step == Step::Pay {
        let legs = vec![Leg { from: Account::Held, to: Account::Clearing, amount: found.amount }];
        post(tx, found, Movement::WithdrawalPaid, legs).await?;
    }
    Ok(Written::new(next, found.partner, event(found, step, next, &moved.note)))
}

/// The amount goes back to its fund; what has left its original path meanwhile goes to the bank-card fund.
async fn release(tx: &mut Tx, found: &Found) -> Result<(), Error> {
    let leg = |to, micros| Leg { from: Account::Held, to, amount: Money { micros, ..found.amount } };
    let legs = if found.fund == Fund::Original {
        let kept = top_ups::give_back(tx, found.partner, found.id).await?.min(found.amount.micros);
        let both = [leg(Account::OriginalPath, kept), leg(Account::BankCard, found.amount.micros - kept)];
        both.into_iter().filter(|leg| leg.amount.micros > 0).collect()
    } else {
        vec![leg(found.fund.account(), found.amount.micros)]
    };
    post(tx, found, Movement::WithdrawalReleased, legs).await
}

async fn post(tx: &mut Tx, found: &Found, movement: Movement, legs: Vec<Leg>) -> Result<(), Error> {
    let cause = Cause { kind: CauseKind::Withdrawal, id: found.id };
    let posting = Posting { partner: found.partner, movement, cause, object: found.number.clone(), legs };
    ledger::post(tx, &posting).await.map(|_| ())
}

async fn line(tx: &mut Tx, found: &Found, step: Step, note: &str, is_first_of_two: bool, by: &By) -> Result<(), Error> {
    let line = Line { partner: found.partner, withdrawal: found.id, no: found.version + 1, step: step.key(), is_first_of_two, note };
    line.write(tx, by.account, &by.name).await
}

fn event(found: &Found, step: Step, state: State, note: &str) -> Event {
    let (step, state) = (step.key().to_owned(), state.key().to_owned());
    Event::WithdrawalMoved { withdrawal: found.id, step, state, note: note.to_owned() }
}

async fn tell(tx: &mut Tx, found: &Found, state: State, note: &str) -> Result<(), Error> {
    if !matches!(state, State::Submitted | State::Approved | State::Rejected | State::Paid | State::Failed) {
        return Ok(());
    }
    let (withdrawal, number, amount) = (found.id, found.number.clone(), found.amount);
    let notice = Notice::WithdrawalMoved { withdrawal, number, amount, state, note: note.to_owned() };
    let mut told = vec![found.starter];
    told.extend(administrators(tx, found.partner).await?);
    messages::tell(tx, &notice, &told).await
}

/// A step of the story of a demo world, in whose name it is played; messages are left out.
///
/// # Errors
/// As `decide`.
pub async fn move_on(tx: &mut Tx, moved: &Moved) -> Result<Written<State>, Error> {
    let by = By::caller(tx.caller())?;
    let found = find(tx, moved.withdrawal).await?;
    let next = moved.step.take(found.state)?;
    let decided = Decided { amount: found.amount, partner: found.partner, starter: found.starter, first: found.first };
    if moved.step == Step::Approve && !decided.is_last(by.account)? {
        return first_of_two(tx, &found, &by).await;
    }
    step(tx, &found, moved, next, &by).await
}

/// Takes to the bank what was approved in time for the batch of this hour; gives how many requests.
///
/// # Errors
/// The database does not answer.
pub async fn process_due(access: &Access<Anyone>) -> Result<usize, Error> {
    let find = sql("SELECT id, approved_at_us FROM withdrawals WHERE state = 'approved' ORDER BY submitted_at_us, id").limit(BATCH_MAX);
    let (now, mut taken) = (access.now(), 0);
    for row in access.store().db.rows(find).await? {
        if !row.maybe_int(1)?.is_some_and(|at| is_in_batch(Moment(at), now)) {
            continue;
        }
        let done = access.write(None, row.id(0)?, |tx, id| Box::pin(to_the_bank(tx, *id))).await;
        match done {
            Ok(()) => taken += 1,
            // Somebody was faster.
            Err(error) if error.status() < 500 => {}
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

async fn to_the_bank(tx: &mut Tx, id: Id) -> Result<Written<()>, Error> {
    let found = find(tx, id).await?;
    let moved = Moved { withdrawal: id, version: None, step: Step::Process, note: String::new(), paid: None };
    let next = moved.step.take(found.state)?;
    step(tx, &found, &moved, next, &By::clock()).await?;
    Ok(Written::new((), found.partner, event(&found, Step::Process, next, "")))
}

/// The numbers of requests, for the answer of a batch.
///
/// # Errors
/// The database does not answer.
pub async fn numbers(access: &Access<CanReviewWithdrawals>, requests: &[Id]) -> Result<Vec<(Id, String)>, Error> {
    let Ok(most) = i64::try_from(requests.len()) else { return Ok(Vec::new()) };
    let find = sql("SELECT id, number FROM withdrawals WHERE id IN ").list(requests.iter().copied()).and(" ORDER BY id").limit(most);
    access.store().db.rows(find).await?.iter().map(|row| Ok((row.id(0)?, row.text(1)?))).collect()
}
