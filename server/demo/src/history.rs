//! What enlarges the ledger of 澜海 (`--ledger-entries`): years of credits before the story, each of which was taken back, so that all accounts
//! are at nothing when the story begins, and what it tells stays as it is.
//!
//! Only movements that no flow of its own posts: a top-up or a withdrawal without its record is nothing that the product could have written.

use crate::{at, dice::Dice};
use domain::{
    Error, Id, Moment, Money,
    access::{Anyone, Standing},
    event::Event,
    ledger::{
        Account::{BankCard, IncentiveExpense, IncentiveRebate, Revenue},
        Cause, CauseKind, Leg, Movement, Posting,
    },
    machine::Keyed as _,
};
use serde::{Deserialize, Serialize};
use store::{Access, Store, Tx, Written, ledger};

/// The subject of the dice: amounts, numbers, and which credit it is.
const CREDITS: u64 = 0x2e_0000_0000;
/// The first day, some days after 澜海 has joined, and the day before whose beginning all is over: the story begins on it.
const DAYS: (&str, &str) = ("2021-05-06", "2025-06-10");
/// Credits of one moment. They are taken back together, too, halfway to the next ones.
const RUN: u64 = 50;
/// Runs of one write, which is ten thousand movements: larger ones are hardly faster.
const RUNS_TOGETHER: usize = 100;
/// Of so many credits, one is the refund of a bill.
const REFUND_IN: u64 = 8;
/// What a credit comes to at most, in cents.
const CENTS_MAX: i64 = 5_000_000;

/// Credits of one moment, and the moment at which they are taken back.
#[derive(Serialize, Deserialize)]
struct Run {
    credited: Moment,
    taken_back: Moment,
    postings: Vec<Posting>,
}

/// The moment at which all of it is over.
pub(crate) fn until() -> Moment {
    at(DAYS.1, 0, 0)
}

/// Posts so many movements, evenly over the years; gives how many they were.
pub(crate) async fn post(store: &Store, clerk: &Standing, movements: u64) -> Result<usize, Error> {
    let access: Access<Anyone> = store.system(clerk.clone()).access()?;
    let credits = movements.div_ceil(2);
    let runs = credits.div_ceil(RUN);
    let mut dice = Dice::of(CREDITS);
    let (mut count, mut together) = (0, Vec::new());
    for run in 0..runs {
        let (credited, taken_back) = (moment(run * 2, runs * 2), moment(run * 2 + 1, runs * 2));
        let postings: Vec<Posting> =
            (run * RUN..credits.min((run + 1) * RUN)).map(|_| credit(clerk.tenant, store.ids.id(), credited, &mut dice)).collect();
        count += postings.len() * 2;
        together.push(Run { credited, taken_back, postings });
        if together.len() == RUNS_TOGETHER || run + 1 == runs {
            access.write(None, std::mem::take(&mut together), |tx, runs| Box::pin(write(tx, runs))).await?;
        }
    }
    Ok(count)
}

/// How far the years are at a part of them, in whole seconds.
fn moment(part: u64, parts: u64) -> Moment {
    let (from, until) = (at(DAYS.0, 0, 0), until());
    let seconds = i128::from((until.0 - from.0) / 1_000_000) * i128::from(part) / i128::from(parts.max(1));
    from.plus_seconds(i64::try_from(seconds).unwrap_or(0))
}

/// An incentive or the refund of a bill.
fn credit(partner: Id, cause: Id, day: Moment, dice: &mut Dice) -> Posting {
    let amount = Money::cny(dice.between(1, CENTS_MAX) * 10_000);
    let day = day.day().to_string();
    let (movement, kind, from, to, object) = if dice.below(REFUND_IN) == 0 {
        let period = day.get(..7).unwrap_or_default().to_owned();
        (Movement::BillRefund, CauseKind::Bill, Revenue, BankCard, period)
    } else {
        let object = format!("SF{}-{:04}", day.replace('-', ""), dice.between(1, 9_999));
        (Movement::IncentiveCredited, CauseKind::Request, IncentiveExpense, IncentiveRebate, object)
    };
    Posting { partner, movement, cause: Cause { kind, id: cause }, object, legs: vec![Leg { from, to, amount }] }
}

/// Posts runs and takes them back, each at its time: the clock stands still while the world is made. One line of the audit log tells of all.
async fn write(tx: &mut Tx, runs: &[Run]) -> Result<Written<()>, Error> {
    let mut newest = None;
    for Run { credited, taken_back, postings } in runs {
        tx.store().clock.stand_at(Some(*credited));
        let posted = ledger::post_all(tx, postings).await?;
        tx.store().clock.stand_at(Some(*taken_back));
        let transactions: Vec<Id> = posted.iter().map(|posted| posted.transaction).collect();
        let partner = postings.first().map(|posting| posting.partner).ok_or(Error::Broken)?;
        let reversed = ledger::reverse_all(tx, partner, &transactions).await?;
        newest = reversed.last().copied().zip(postings.last()).or(newest);
    }
    let (reversed, posting) = newest.ok_or(Error::Broken)?;
    let of = format!("{} (+{})", posting.object, runs.iter().map(|run| run.postings.len() * 2).sum::<usize>() - 1);
    let event = Event::LedgerPosted { transaction: reversed.transaction, movement: Movement::Reversal.key().to_owned(), of };
    Ok(Written::new((), posting.partner, event))
}
