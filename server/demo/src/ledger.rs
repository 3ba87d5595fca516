//! The books of 澜海 (domain.md 7.3): a year of top-ups, bills, incentives and withdrawals that ends with the balances of the demo date.

use crate::{
    Options, at, bills,
    dice::Dice,
    history,
    people::Everybody,
    said,
    withdrawals::{Play, Player, plan},
};
use domain::{
    Id, Moment, Money,
    access::{Anyone, Standing},
    event::Event,
    ledger::{
        Account::{
            self, BankCard, Clearing, Held, IncentiveExpense, IncentiveRebate, InvoicesToCome, OriginalPath, OwedInvoice, Payable,
            Receivable, Revenue,
        },
        Cause, CauseKind, Leg, Movement, Posting,
    },
    machine::Keyed as _,
};
use store::{Access, Store, Written, ledger};

/// Whose books.
pub(crate) const CLERK: &str = "finance@lanhai.example";
/// The subject of the dice: minutes and running numbers.
const NUMBERS: u64 = 0x1e_0000_0000;

/// Period, the day it is issued, the days of its three top-ups and of its two payments, and its total in cents.
pub(crate) type Bill = (&'static str, &'static str, [&'static str; 3], [&'static str; 2], i64);

/// The last one is open.
pub(crate) const BILLS: &[Bill] = &[
    ("2025-06", "2025-07-05", ["2025-07-08", "2025-07-15", "2025-07-23"], ["2025-07-16", "2025-07-28"], 51_280_640),
    ("2025-07", "2025-08-05", ["2025-08-07", "2025-08-14", "2025-08-21"], ["2025-08-15", "2025-08-27"], 53_811_275),
    ("2025-08", "2025-09-05", ["2025-09-08", "2025-09-16", "2025-09-23"], ["2025-09-17", "2025-09-28"], 52_194_008),
    ("2025-09", "2025-10-05", ["2025-10-09", "2025-10-15", "2025-10-22"], ["2025-10-16", "2025-10-29"], 56_037_792),
    ("2025-10", "2025-11-05", ["2025-11-07", "2025-11-13", "2025-11-20"], ["2025-11-14", "2025-11-27"], 57_420_316),
    ("2025-11", "2025-12-05", ["2025-12-08", "2025-12-16", "2025-12-23"], ["2025-12-17", "2025-12-29"], 59_268_033),
    ("2025-12", "2026-01-05", ["2026-01-07", "2026-01-14", "2026-01-21"], ["2026-01-15", "2026-01-28"], 61_845_597),
    ("2026-01", "2026-02-05", ["2026-02-06", "2026-02-11", "2026-02-24"], ["2026-02-12", "2026-02-26"], 60_123_864),
    ("2026-02", "2026-03-05", ["2026-03-09", "2026-03-16", "2026-03-23"], ["2026-03-17", "2026-03-27"], 54_891_725),
    ("2026-03", "2026-04-05", ["2026-04-08", "2026-04-14", "2026-04-22"], ["2026-04-15", "2026-04-28"], 63_307_481),
    ("2026-04", "2026-05-05", ["2026-05-08", "2026-05-14", "2026-05-21"], ["2026-05-15", "2026-05-27"], 65_512_946),
    ("2026-05", "2026-06-05", [""; 3], [""; 2], 67_834_210),
];

/// Money that lay so long that it left its original path: topped up, moved to the bank-card fund, cents.
const AGED: &[(&str, &str, i64)] =
    &[("2025-06-10", "2025-12-10", 18_000_000), ("2025-08-12", "2026-02-12", 15_000_000), ("2025-10-14", "2026-04-14", 12_000_000)];

/// What came back of bills.
const REFUNDS: &[(&str, &str, i64)] =
    &[("2025-11-18", "2025-10", 321_840), ("2026-02-17", "2026-01", 180_677), ("2026-06-03", "2026-04", 140_535)];

/// Incentives that were credited, and withdrawn on a day, paid on another.
const INCENTIVES: &[(&str, &str, &str, i64)] = &[
    ("2025-06-23", "2025-07-03", "2025-07-10", 2_130_050),
    ("2025-07-22", "2025-08-05", "2025-08-12", 1_984_210),
    ("2025-08-22", "2025-09-04", "2025-09-11", 2_301_575),
    ("2025-09-22", "2025-10-10", "2025-10-17", 2_048_000),
    ("2025-10-22", "2025-11-06", "2025-11-13", 2_411_836),
    ("2025-11-24", "2025-12-04", "2025-12-11", 2_290_642),
    ("2025-12-22", "2026-01-06", "2026-01-13", 2_537_790),
    ("2026-01-22", "2026-02-05", "2026-02-12", 2_319_455),
    ("2026-02-24", "2026-03-05", "2026-03-12", 1_876_020),
    ("2026-03-23", "2026-04-16", "2026-04-21", 2_248_000),
    ("2026-04-22", "2026-05-07", "2026-05-14", 2_466_318),
];

/// The last incentive: nothing of it was paid out yet.
const LAST_INCENTIVE: (&str, i64) = ("2026-05-28", 2_600_000);

/// Topped up, withdrawn by the original path on a day, paid on another.
pub(crate) const RETURNED: &[(&str, &str, &str, i64)] = &[
    ("2025-07-02", "2025-07-14", "2025-07-23", 5_000_000),
    ("2025-08-04", "2025-08-13", "2025-08-22", 6_000_000),
    ("2025-09-02", "2025-09-12", "2025-09-23", 4_500_000),
    ("2025-10-13", "2025-10-23", "2025-11-03", 8_000_000),
    ("2025-11-03", "2025-11-12", "2025-11-21", 3_000_000),
    ("2025-12-02", "2025-12-12", "2025-12-23", 7_000_000),
    ("2026-01-05", "2026-01-14", "2026-01-23", 5_500_000),
    ("2026-03-03", "2026-03-12", "2026-03-23", 4_000_000),
    ("2026-04-07", "2026-04-16", "2026-04-24", 6_500_000),
    ("2026-05-06", "2026-05-20", "2026-05-26", 12_000_000),
];

/// Withdrawn to the bank account on a day, paid on another.
const TO_BANK: &[(&str, &str, i64)] = &[
    ("2026-01-08", "2026-01-19", 6_000_000),
    ("2026-01-22", "2026-01-30", 4_000_000),
    ("2026-02-06", "2026-02-25", 3_500_000),
    ("2026-02-26", "2026-03-09", 4_800_000),
    ("2026-03-11", "2026-03-20", 3_000_000),
    ("2026-03-26", "2026-04-07", 2_500_000),
    ("2026-04-09", "2026-04-20", 3_600_000),
    ("2026-04-23", "2026-05-07", 2_000_000),
    ("2026-05-13", "2026-05-22", 4_200_000),
    ("2026-05-28", "2026-06-08", 2_800_000),
];

/// Held for a withdrawal to the bank account that came to nothing: number, days, cents.
const RELEASED: &[(&str, &str, &str, i64)] = &[
    ("TX20260304-0018", "2026-03-04", "2026-03-05", 1_200_000),
    ("TX20260402-0021", "2026-04-02", "2026-04-02", 500_000),
    ("TX20260508-0044", "2026-05-08", "2026-05-12", 1_560_000),
    ("TX20260612-0031", "2026-06-12", "2026-06-13", 3_000_000),
];

/// Top-ups of which something is left on their original path.
pub(crate) const KEPT: &[(&str, &str, i64)] = &[
    ("CZ20260418-0033", "2026-04-18", 6_600_000),
    ("CZ20260514-0061", "2026-05-14", 6_000_000),
    ("CZ20260531-0098", "2026-05-31", 5_000_000),
];

/// Withdrawals under way on the demo date.
const UNDER_WAY: &[(&str, &str, Account, i64)] =
    &[("TX20260610-0027", "2026-06-10", OriginalPath, 8_000_000), ("TX20260618-0003", "2026-06-18", IncentiveRebate, 800_000)];

/// Invoices that are owed, and when those that were, came.
const OWED: &[(&str, Option<&str>, i64)] = &[
    ("2025-09-18", Some("2025-10-21"), 1_650_000),
    ("2026-03-18", None, 2_000_000),
    ("2026-04-20", None, 1_818_000),
    ("2026-05-25", None, 1_400_000),
];

/// A posting and when it was made.
pub(crate) struct Step {
    pub(crate) at: Moment,
    pub(crate) posting: Posting,
}

/// The story under construction.
struct Story<'a> {
    partner: Id,
    ids: &'a dyn Fn() -> Id,
    dice: Dice,
    steps: Vec<Step>,
}

/// Posts it, in the order of time.
pub(crate) async fn create(store: &Store, everybody: &Everybody, options: Options) -> Result<usize, String> {
    let clerk = everybody.standing(CLERK).map_err(said)?;
    let steps = story(clerk.tenant, &|| store.ids.id());
    let mut player = Player::new(store, everybody).await?;
    let mut count = 0;
    let mut history = Some(options.ledger_entries);
    for (at, play) in plan(everybody, steps, &|| store.ids.id())? {
        count += usize::from(play.posts());
        if let Some(movements) = history.take_if(|_| at >= history::until()) {
            count += history::post(store, &clerk, movements).await.map_err(said)?;
        }
        store.clock.stand_at(Some(at));
        match play {
            // A bill is issued and paid by its own flow, which posts the same.
            Play::Post(_, posting) if matches!(posting.movement, Movement::BillIssued | Movement::BillPayment) => {
                bills::lanhai(store, everybody, &posting, options.bill_lines).await.map_err(said)?;
            }
            play => player.play(play).await.map_err(said)?,
        }
    }
    Ok(count)
}

/// Posts what no flow of its own posts, in the name of somebody of the company.
pub(crate) async fn post(store: &Store, who: &Standing, posting: Posting) -> Result<(), domain::Error> {
    let access: Access<Anyone> = store.system(who.clone()).access()?;
    access
        .write(None, posting, |tx, posting| {
            Box::pin(async move {
                let transaction = ledger::post(tx, posting).await?.transaction;
                let (movement, of) = (posting.movement.key().to_owned(), posting.object.clone());
                Ok(Written::new((), posting.partner, Event::LedgerPosted { transaction, movement, of }))
            })
        })
        .await
}

fn story(partner: Id, ids: &dyn Fn() -> Id) -> Vec<Step> {
    let mut story = Story { partner, ids, dice: Dice::of(NUMBERS), steps: Vec::new() };
    for bill in BILLS {
        story.bill(bill);
    }
    for (came, moved, cents) in AGED {
        let cause = story.top_up(came, *cents, None);
        let object = story.numbered("CZ", came);
        story.step(moved, 0, Movement::PathExpired, cause, object, &[(OriginalPath, BankCard, *cents)]);
    }
    for (day, period, cents) in REFUNDS {
        let cause = story.cause(CauseKind::Bill);
        story.step(day, 11, Movement::BillRefund, cause, (*period).to_owned(), &[(Revenue, BankCard, *cents)]);
    }
    for (credited, held, paid, cents) in INCENTIVES {
        story.incentive(credited, *cents);
        story.withdrawal(held, Some(paid), IncentiveRebate, *cents, None);
    }
    story.incentive(LAST_INCENTIVE.0, LAST_INCENTIVE.1);
    for (came, held, paid, cents) in RETURNED {
        story.top_up(came, *cents, None);
        story.withdrawal(held, Some(paid), OriginalPath, *cents, None);
    }
    for (held, paid, cents) in TO_BANK {
        story.withdrawal(held, Some(paid), BankCard, *cents, None);
    }
    for (number, held, released, cents) in RELEASED {
        let cause = story.withdrawal(held, None, BankCard, *cents, Some(number));
        story.step(released, 19, Movement::WithdrawalReleased, cause, (*number).to_owned(), &[(Held, BankCard, *cents)]);
    }
    for (number, day, cents) in KEPT {
        story.top_up(day, *cents, Some(number));
    }
    for (number, day, fund, cents) in UNDER_WAY {
        story.withdrawal(day, None, *fund, *cents, Some(number));
    }
    for (owed, came, cents) in OWED {
        let (cause, object) = (story.cause(CauseKind::OwedInvoice), story.numbered("QP", owed));
        story.step(owed, 15, Movement::InvoiceOwed, cause, object.clone(), &[(InvoicesToCome, OwedInvoice, *cents)]);
        if let Some(came) = came {
            story.step(came, 15, Movement::InvoiceReceived, cause, object, &[(OwedInvoice, InvoicesToCome, *cents)]);
        }
    }
    story.steps.sort_by_key(|step| step.at);
    story.steps
}

impl Story<'_> {
    /// Three top-ups for a bill, in whole ten thousands but for the last, and two payments of it.
    fn bill(&mut self, (period, issued, come, paid, total): &Bill) {
        let bill = self.cause(CauseKind::Bill);
        self.step(issued, 11, Movement::BillIssued, bill, (*period).to_owned(), &[(Receivable, Payable, *total)]);
        let round = |part: i64| part / 1_000_000 * 1_000_000;
        let (first, second) = (round(total * 2 / 5), round(total / 3));
        let payment = round(total / 2);
        for (day, cents) in come.iter().zip([first, second, total - first - second]).filter(|(day, _)| !day.is_empty()) {
            self.top_up(day, cents, None);
        }
        for (day, cents) in paid.iter().zip([payment, total - payment]).filter(|(day, _)| !day.is_empty()) {
            let cause = self.cause(CauseKind::BillPayment);
            let legs = [(OriginalPath, Revenue, cents), (Payable, Receivable, cents)];
            self.step(day, 16, Movement::BillPayment, cause, (*period).to_owned(), &legs);
        }
    }

    fn top_up(&mut self, day: &str, cents: i64, number: Option<&str>) -> Cause {
        let object = number.map_or_else(|| self.numbered("CZ", day), str::to_owned);
        let cause = self.cause(CauseKind::TopUp);
        self.step(day, 9, Movement::TopUp, cause, object, &[(Clearing, OriginalPath, cents)]);
        cause
    }

    fn incentive(&mut self, day: &str, cents: i64) {
        let (cause, object) = (self.cause(CauseKind::Request), self.numbered("SF", day));
        self.step(day, 10, Movement::IncentiveCredited, cause, object, &[(IncentiveExpense, IncentiveRebate, cents)]);
    }

    /// Held, and paid when a day is named.
    fn withdrawal(&mut self, held: &str, paid: Option<&str>, fund: Account, cents: i64, number: Option<&str>) -> Cause {
        let object = number.map_or_else(|| self.numbered("TX", held), str::to_owned);
        let cause = self.cause(CauseKind::Withdrawal);
        self.step(held, 13, Movement::WithdrawalHeld, cause, object.clone(), &[(fund, Held, cents)]);
        if let Some(paid) = paid {
            self.step(paid, 17, Movement::WithdrawalPaid, cause, object, &[(Held, Clearing, cents)]);
        }
        cause
    }

    fn cause(&self, kind: CauseKind) -> Cause {
        Cause { kind, id: (self.ids)() }
    }

    /// A number as people quote it: `CZ20260531-0098`.
    fn numbered(&mut self, prefix: &str, day: &str) -> String {
        format!("{prefix}{}-{:04}", day.replace('-', ""), self.dice.between(1, 120))
    }

    fn step(&mut self, day: &str, hour: i64, movement: Movement, cause: Cause, object: String, legs: &[(Account, Account, i64)]) {
        let leg = |(from, to, cents): &(Account, Account, i64)| Leg { from: *from, to: *to, amount: Money::cny(cents * 10_000) };
        let posting = Posting { partner: self.partner, movement, cause, object, legs: legs.iter().map(leg).collect() };
        // The last one is of the demo date itself, 53 minutes before it begins.
        let minute = if day == "2026-06-18" { 47 } else { self.dice.between(0, 58) };
        self.steps.push(Step { at: at(day, hour, minute), posting });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, ledger::Funds};
    use std::{cell::Cell, collections::BTreeMap};

    #[test]
    fn the_story_ends_with_the_balances_of_the_demo_date_and_nothing_is_below_zero_meanwhile() {
        let last = Cell::new(0);
        let steps = story(Id(1), &|| {
            last.set(last.get() + 1);
            Id(last.get())
        });
        let mut balances: BTreeMap<Account, i64> = BTreeMap::new();
        for Step { at, posting } in &steps {
            for entry in posting.entries().expect("a posting").1 {
                let balance = balances.entry(entry.account).or_default();
                *balance += entry.micros;
                assert!(
                    *balance >= 0 || !entry.account.is_partners(),
                    "{} of {} at {}",
                    entry.account.key(),
                    posting.object,
                    at.to_seconds()
                );
            }
        }
        assert_eq!(balances.values().sum::<i64>(), 0);
        let all: Vec<_> = balances.into_iter().collect();
        let funds = Funds::of(Currency::Cny, &all).expect("fits");
        let plain: Vec<String> = funds.funds.iter().map(|money| money.plain()).collect();
        assert_eq!(plain, ["96000.00", "40250.52", "18000.00"]);
        let sums = [funds.cash, funds.owed, funds.held, funds.withdrawable, funds.payable].map(Money::plain);
        assert_eq!(sums, ["294430.52", "52180.00", "88000.00", "154250.52", "678342.10"]);
    }

    #[test]
    fn thirty_one_withdrawals_were_paid_and_there_is_enough_to_turn_pages() {
        let steps = story(Id(1), &|| Id(1));
        let count = |movement| steps.iter().filter(|step| step.posting.movement == movement).count();
        assert_eq!(count(Movement::WithdrawalPaid), 31);
        assert_eq!(count(Movement::WithdrawalHeld), 37, "requests of 澜海");
        assert_eq!(steps.iter().filter(|step| step.posting.movement.is_of_cash()).count(), 117);
        let start = crate::START.parse::<Moment>().expect("a moment");
        assert!(steps.iter().all(|step| step.at < start && step.at >= history::until()));
    }
}
