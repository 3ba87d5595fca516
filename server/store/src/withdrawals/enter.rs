//! Handing a request in: checked, protected by a code, and its amount held at once.

use super::{
    administrators,
    plan::{self, NewWithdrawal, To},
    top_ups,
};
use crate::{
    access::Access,
    codes, funds, ledger, messages,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Day, Error, Id, Money,
    access::{Anyone, CanWithdraw, Role},
    event::Event,
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
    machine::Keyed as _,
    message::Notice,
    withdrawal::{Fund, REVIEW_DAYS, Refusal, State, number, number_of_day},
    working_days::at_the_same_time,
};
use serde::{Deserialize, Serialize};

/// Who confirms what a colleague has started, and so is told of it.
const MANAGERS: &[Role] = &[Role::Administrator, Role::FinanceClerk];

/// The step of the timeline with which a request begins.
pub(super) const BEGINNING: &str = "submit";

/// A request that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub number: String,
}

/// What a code is for: this form, this fund, this amount, this account or these records. Another amount needs another code.
fn act(key: &Key, new: &NewWithdrawal) -> String {
    let records = || new.records.iter().map(Id::to_string).collect::<Vec<_>>().join("+");
    let to = new.bank_account.map_or_else(|| format!("original{}", records()), |id| id.to_string());
    format!("withdrawal/{}/{}/{}/{to}", key.as_str(), new.fund.key(), new.amount.plain())
}

/// Checks a request as handing it in would, and sends its code.
///
/// # Errors
/// What handing it in refuses, but for the code.
pub async fn prepare(access: &Access<CanWithdraw>, key: &Key, new: &NewWithdrawal) -> Result<(), Error> {
    plan::plan(&mut access.store(), access.caller().standing()?, access.now(), new).await?;
    codes::send(&access.caller().access::<Anyone>()?, &act(key, new)).await
}

#[derive(Serialize)]
struct Wish {
    act: String,
    new: NewWithdrawal,
}

/// Hands a request in: its amount is held from now on.
///
/// # Errors
/// `AMOUNT_EXCEEDS`, `NOT_WITHDRAWABLE`, `ROUTE_FIXED`, `ACCOUNT_NOT_READY`, `HOLDER_MISMATCH`, `CODE_REQUIRED`, `CODE_WRONG`; `KeyReused`.
pub async fn submit(access: &Access<CanWithdraw>, key: Key, new: NewWithdrawal) -> Result<Submitted, Error> {
    if new.code.trim().is_empty() {
        return Err(Refusal::CodeRequired.into());
    }
    let act = act(&key, &new);
    let done = access.write(Some(key), Wish { act: act.clone(), new }, |tx, wish| Box::pin(take(tx, wish))).await;
    if done.as_ref().is_err_and(|error| error.code() == "CODE_WRONG") {
        codes::count_wrong(&access.caller().access::<Anyone>()?, &act).await?;
    }
    done
}

async fn take(tx: &mut Tx, wish: &Wish) -> Result<Written<Submitted>, Error> {
    let standing = tx.caller().standing()?.clone();
    let now = tx.now();
    let plan = plan::plan(tx, &standing, now, &wish.new).await?;
    codes::spend(tx, standing.account, &wish.act, wish.new.code.trim()).await?;
    top_ups::set_left(tx, standing.tenant, &plan.changed).await?;
    let needs_two = funds::two_people(tx, standing.tenant).await?;
    let state = if needs_two { State::PartnerReview } else { State::Submitted };
    let entered = Entered {
        partner: standing.tenant,
        number: None,
        state,
        fund: wish.new.fund,
        amount: wish.new.amount,
        to: plan.to,
        note: plan.note,
        starter: standing.account,
        starter_name: standing.name.clone(),
        promised: plan.promised,
        sources: plan.sources,
        again: wish.new.again,
    };
    let (submitted, event) = enter(tx, &entered).await?;
    let notice = Notice::WithdrawalMoved {
        withdrawal: submitted.id,
        number: submitted.number.clone(),
        amount: entered.amount,
        state,
        note: String::new(),
    };
    let mut told = vec![standing.account];
    told.extend(if needs_two {
        messages::of_roles(tx, standing.tenant, MANAGERS).await?
    } else {
        administrators(tx, standing.tenant).await?
    });
    messages::tell(tx, &notice, &told).await?;
    Ok(Written::new(submitted, standing.tenant, event))
}

/// A request as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entered {
    /// Whose it is.
    pub partner: Id,
    /// Its number; without one it gets the next of the day.
    pub number: Option<String>,
    /// Where it begins: with finance, or with a colleague.
    pub state: State,
    /// Out of which fund.
    pub fund: Fund,
    /// How much.
    pub amount: Money,
    /// Where to.
    pub to: To,
    /// The partner's own note.
    pub note: String,
    /// Who hands it in.
    pub starter: Id,
    /// Their name.
    pub starter_name: String,
    /// The day by which it arrives.
    pub promised: Day,
    /// The top-ups it goes back through, and how much of each, in micros.
    pub sources: Vec<(Id, i64)>,
    /// The request that is made again.
    pub again: Option<Id>,
}

/// Writes a request down and holds its amount. Nothing is checked here but what the ledger checks.
///
/// # Errors
/// `AMOUNT_EXCEEDS` of the ledger; `Stale` when a top-up has less left than is taken.
pub async fn enter(tx: &mut Tx, new: &Entered) -> Result<(Submitted, Event), Error> {
    let (id, now) = (tx.new_id(), tx.now());
    let running = match &new.number {
        Some(number) => number.clone(),
        None => next_number(tx, now.day()).await?,
    };
    let insert = sql("INSERT INTO withdrawals (tenant_id, id, version, number, state, fund, currency, amount_micros, holder, bank, branch,
        account_number, account_tail, account_print, account_changed_us, note, account_id, account_name, submitted_at_us, due_us,
        promised_us, first_approver, approved_at_us, ended_at_us, reference, reason, again_of, unconfirmed) VALUES ($1, $2, 1, $3, $4,
        $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, NULL, NULL, NULL, '', '', $21, $22)");
    let insert = insert.bind(new.partner).bind(id).bind(&running).bind(new.state.key()).bind(new.fund.key());
    let insert = insert.bind(new.amount.currency.key()).bind(new.amount.micros).bind(&new.to.holder).bind(&new.to.bank);
    let insert = new.to.number.bind(insert.bind(&new.to.branch)).bind(new.to.changed).bind(&new.note).bind(new.starter);
    let insert = insert.bind(&new.starter_name).bind(now).bind(at_the_same_time(now, REVIEW_DAYS)).bind(new.promised.start());
    let unconfirmed = i64::from(new.state == State::PartnerReview);
    tx.insert_next(insert.bind(new.again).bind(unconfirmed)).await?;
    for (place, (top_up, micros)) in (0_i64..).zip(&new.sources) {
        top_ups::take(tx, new.partner, *top_up, *micros).await?;
        let source = sql("INSERT INTO withdrawal_sources (tenant_id, withdrawal_id, place, top_up_id, amount_micros)
            VALUES ($1, $2, $3, $4, $5)");
        tx.execute(source.bind(new.partner).bind(id).bind(place).bind(*top_up).bind(*micros)).await?;
    }
    let begun = Line { partner: new.partner, withdrawal: id, no: 1, step: BEGINNING, is_first_of_two: false, note: "" };
    begun.write(tx, new.starter, &new.starter_name).await?;
    let legs = vec![Leg { from: new.fund.account(), to: Account::Held, amount: new.amount }];
    let cause = Cause { kind: CauseKind::Withdrawal, id };
    let posting = Posting { partner: new.partner, movement: Movement::WithdrawalHeld, cause, object: running.clone(), legs };
    ledger::post(tx, &posting).await?;
    let (fund, amount) = (new.fund.key().to_owned(), new.amount.plain());
    let event = Event::WithdrawalSubmitted { withdrawal: id, number: running.clone(), fund, amount };
    Ok((Submitted { id, number: running }, event))
}

/// The next number of a day. It is unique in the table, so of two that draw the same one the later runs again.
async fn next_number(tx: &mut Tx, on: Day) -> Result<String, Error> {
    let begins = number_of_day(on);
    let last = sql("SELECT number FROM withdrawals WHERE submitted_at_us >= ").value(on.start());
    let last = last.and(" AND number LIKE ").value(format!("{begins}%"));
    let last = tx.row(last.and(" ORDER BY length(number) DESC, number DESC LIMIT 1")).await?.map(|row| row.text(0)).transpose()?;
    let running: i64 = last.and_then(|last| last.strip_prefix(&begins)?.parse().ok()).unwrap_or(0);
    Ok(number(on, running + 1))
}

/// A line of the timeline.
pub(super) struct Line<'a> {
    pub(super) partner: Id,
    pub(super) withdrawal: Id,
    pub(super) no: i64,
    pub(super) step: &'a str,
    pub(super) is_first_of_two: bool,
    pub(super) note: &'a str,
}

impl Line<'_> {
    pub(super) async fn write(&self, tx: &mut Tx, account: Id, person: &str) -> Result<(), Error> {
        let now = tx.now();
        let insert =
            sql("INSERT INTO withdrawal_events (tenant_id, withdrawal_id, no, step, is_first_of_two, at_us, account_id, person, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        let insert = insert.bind(self.partner).bind(self.withdrawal).bind(self.no).bind(self.step).bind(self.is_first_of_two).bind(now);
        tx.insert_next(insert.bind(account).bind(person).bind(self.note)).await
    }
}
