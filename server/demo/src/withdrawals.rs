//! Withdrawals of the demo world (domain.md 7.3): who asked, who decided and what the bank said, around the postings of the ledger's story;
//! and the requests of other partners that wait in the vendor's queue.

use crate::{
    at,
    dice::Dice,
    ledger::{CLERK, KEPT, RETURNED, Step as Posted, post},
    people::Everybody,
    said,
};
use domain::{
    Error, Id, Moment, Money,
    access::{Anyone, Standing},
    ledger::{
        Account::{self, BankCard, Clearing, Held, IncentiveExpense, IncentiveRebate, OriginalPath},
        Cause, CauseKind, Leg, Movement, Posting,
    },
    withdrawal::{BATCH_HOUR, Channel, Fund, Step, needs_two, promised},
    working_days,
};
use std::collections::BTreeMap;
use store::{
    Access, Store, Written,
    bank_accounts::{self, NewBankAccount},
    withdrawals::{self, Entered, Moved, NewTopUp, To},
};

const ADMINISTRATOR: &str = "admin@lanhai.example";
const FINANCE: &str = "finance@vendor.example";
const SECOND: &str = "finance2@vendor.example";
/// The subject of the dice: references of the bank.
const REFERENCES: u64 = 0x1f_0000_0000;
/// Days on which the administrator asked; else the finance clerk did.
const BY_ADMINISTRATOR: &[&str] = &["2026-04-16", "2026-05-20"];
/// The day of the request that was made again of a rejected one, and the number of that.
const AGAIN: (&str, &str) = ("2026-03-11", "TX20260304-0018");

/// How requests ended that came to nothing: number, step, who, what was said.
const ENDED: &[(&str, Step, &str, &str)] = &[
    ("TX20260304-0018", Step::Reject, FINANCE, "收款账户开户支行信息不完整，请补充支行全称后重新提交。"),
    ("TX20260402-0021", Step::Cancel, CLERK, ""),
    ("TX20260508-0044", Step::Fail, FINANCE, "收款账户状态异常，银行退回。请核对账户后重新申请。"),
    ("TX20260612-0031", Step::Reject, FINANCE, "开户支行与账号不匹配。请核对开户支行后重新提交。"),
];

/// Whose, bank, branch, number, the day it was changed last.
type BankAccount = (&'static str, &'static str, &'static str, &'static str, &'static str);

const ACCOUNTS: &[BankAccount] = &[
    (CLERK, "招商银行", "杭州滨江支行", "5719 0823 4610 915", "2021-04-20"),
    (CLERK, "杭州银行", "科技支行", "3301 0401 6000 0062 07", "2021-05-11"),
    ("admin@qinghe.example", "招商银行", "深圳科技园支行", "7559 1845 2210 7730", "2026-06-15"),
    ("admin@xiaolu.example", "成都银行", "高新支行", "1001 3000 0081 4402", "2023-05-18"),
    ("admin@fuwu.example", "汉口银行", "光谷支行", "0051 1000 0002 5516", "2022-02-25"),
    ("admin@zhisuan.example", "北京银行", "中关村支行", "2000 0041 7720 0091", "2026-06-13"),
    ("admin@yunfan.example", "苏州银行", "工业园区支行", "7066 6003 0111 2288", "2018-06-20"),
];
/// Where the top-ups of all came from.
const PAYER: (&str, &str, &str) = ("招商银行", "杭州滨江支行", "5719 0823 4600 3318");

/// Number, day, hour and minute, who, fund, cents, and what more the fund held, in cents.
type Queued = (&'static str, &'static str, (i64, i64), &'static str, Fund, i64, i64);

/// What waits in the vendor's queue besides 澜海's.
const QUEUE: &[Queued] = &[
    ("TX20260617-0031", "2026-06-17", (11, 2), "admin@zhisuan.example", Fund::Bank, 7_200_000, 1_840_000),
    ("TX20260617-0036", "2026-06-17", (13, 30), "admin@fuwu.example", Fund::Rebate, 1_276_000, 0),
    ("TX20260617-0040", "2026-06-17", (14, 55), "admin@qinghe.example", Fund::Original, 5_400_000, 12_600_000),
    ("TX20260617-0047", "2026-06-17", (16, 8), "admin@xiaolu.example", Fund::Bank, 980_000, 520_000),
    ("TX20260617-0049", "2026-06-17", (16, 41), "admin@qinghe.example", Fund::Rebate, 11_824_000, 3_000_000),
    ("TX20260617-0052", "2026-06-17", (17, 20), "admin@fuwu.example", Fund::Original, 3_650_000, 0),
    ("TX20260618-0001", "2026-06-18", (9, 12), "admin@qinghe.example", Fund::Bank, 26_000_000, 41_280_600),
];

/// Something that happens.
pub(crate) enum Play {
    /// A bank account is entered.
    Account(&'static BankAccount),
    /// Money moves.
    Post(&'static str, Posting),
    /// Money comes in, and so much of it can go back.
    TopUp(&'static str, Posting, Money),
    /// A request is handed in.
    Enter(&'static str, Posting, Option<&'static str>),
    /// A request goes on; it is named by the cause of its posting in the story.
    Move(&'static str, Id, Step, String),
}

impl Play {
    /// It is a transaction of the ledger.
    pub(crate) const fn posts(&self) -> bool {
        match self {
            Self::Post(..) | Self::TopUp(..) | Self::Enter(..) => true,
            Self::Move(_, _, step, _) => step.releases() || matches!(step, Step::Pay),
            Self::Account(_) => false,
        }
    }
}

/// What happens, in the order of time: the postings of 澜海's story with the decisions around them, and the queue.
pub(crate) fn plan(everybody: &Everybody, steps: Vec<Posted>, ids: &dyn Fn() -> Id) -> Result<Vec<(Moment, Play)>, String> {
    let mut dice = Dice::of(REFERENCES);
    let mut all: Vec<_> = ACCOUNTS.iter().map(|account| (at(account.4, 11, 20), Play::Account(account))).collect();
    let ends: BTreeMap<Id, Movement> = steps.iter().map(|step| (step.posting.cause.id, step.posting.movement)).collect();
    for Posted { at, posting } in steps {
        let (cause, number) = (posting.cause.id, posting.object.clone());
        match (posting.cause.kind, posting.movement) {
            (CauseKind::TopUp, Movement::TopUp) => {
                let left = kept(at, &posting);
                all.push((at, Play::TopUp(CLERK, posting, left)));
            }
            (CauseKind::Withdrawal, Movement::WithdrawalHeld) => {
                let ended = ENDED.iter().find(|(other, ..)| *other == number);
                let is_decided = ends.get(&cause) == Some(&Movement::WithdrawalPaid)
                    || number == "TX20260610-0027"
                    || ended.is_some_and(|(_, step, ..)| *step == Step::Fail);
                if is_decided {
                    decided(&mut all, at, cause, &posting);
                }
                let day = at.day().to_string();
                let who = if BY_ADMINISTRATOR.contains(&day.as_str()) { ADMINISTRATOR } else { CLERK };
                let again = (day == AGAIN.0).then_some(AGAIN.1);
                all.push((at, Play::Enter(who, posting, again)));
            }
            (CauseKind::Withdrawal, Movement::WithdrawalPaid) => {
                let reference = format!("{}{:05}", at.day().to_string().replace('-', ""), dice.between(101, 990));
                all.push((at, Play::Move(FINANCE, cause, Step::Pay, reference)));
            }
            (CauseKind::Withdrawal, _) => {
                let (_, step, who, why) = ENDED.iter().find(|(other, ..)| *other == number).ok_or_else(|| said(Error::Broken))?;
                all.push((at, Play::Move(who, cause, *step, (*why).to_owned())));
            }
            _ => all.push((at, Play::Post(CLERK, posting))),
        }
    }
    for request in QUEUE {
        queued(everybody, request, ids, &mut all)?;
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all)
}

/// What can still go back of a top-up: what paid bills or lay too long cannot.
fn kept(came: Moment, posting: &Posting) -> Money {
    let amount = posting.legs.first().map_or(Money::cny(0), |leg| leg.amount);
    let day = came.day().to_string();
    let returned = RETURNED.iter().any(|(on, _, _, cents)| *on == day && cents * 10_000 == amount.micros);
    let is_kept = returned || KEPT.iter().any(|(number, ..)| *number == posting.object);
    if is_kept { amount } else { Money::zero(amount.currency) }
}

/// Approved on the same day, by two people where that is needed, and taken to the bank with the next batch.
fn decided(all: &mut Vec<(Moment, Play)>, asked: Moment, cause: Id, posting: &Posting) {
    let day = asked.day();
    let approve = |who, hour: i64, minute: i64| (day.start().plus_seconds(hour * 3_600 + minute * 60), who);
    let mut people = vec![approve(FINANCE, 15, 40)];
    if posting.legs.first().is_some_and(|leg| needs_two(leg.amount)) {
        people.push(approve(SECOND, 16, 5));
    }
    all.extend(people.into_iter().map(|(at, who)| (at, Play::Move(who, cause, Step::Approve, String::new()))));
    let batch = working_days::after(day, 1).start().plus_seconds(BATCH_HOUR * 3_600);
    all.push((batch, Play::Move(FINANCE, cause, Step::Process, String::new())));
}

/// A request of another partner, and where its money came from.
fn queued(
    everybody: &Everybody,
    (number, day, (hour, minute), who, fund, cents, more): &Queued,
    ids: &dyn Fn() -> Id,
    all: &mut Vec<(Moment, Play)>,
) -> Result<(), String> {
    let partner = everybody.standing(who).map_err(said)?.tenant;
    let posting = |movement, kind, object: String, from: Account, to: Account, cents: i64| {
        let legs = vec![Leg { from, to, amount: Money::cny(cents * 10_000) }];
        Posting { partner, movement, cause: Cause { kind, id: ids() }, object, legs }
    };
    let (whole, digits) = (cents + more, number.get(2..).unwrap_or_default());
    match fund {
        Fund::Rebate => {
            let credited =
                posting(Movement::IncentiveCredited, CauseKind::Request, format!("SF{digits}"), IncentiveExpense, IncentiveRebate, whole);
            all.push((at("2026-06-02", 10, *minute), Play::Post(who, credited)));
        }
        Fund::Original => {
            let came = posting(Movement::TopUp, CauseKind::TopUp, format!("CZ{digits}"), Clearing, OriginalPath, whole);
            all.push((at("2026-05-20", 9, *minute), Play::TopUp(who, came, Money::cny(whole * 10_000))));
        }
        Fund::Bank => {
            let came = posting(Movement::TopUp, CauseKind::TopUp, format!("CZ{digits}"), Clearing, OriginalPath, whole);
            let mut moved = posting(Movement::PathExpired, CauseKind::TopUp, format!("CZ{digits}"), OriginalPath, BankCard, whole);
            moved.cause = came.cause;
            all.push((at("2025-10-10", 9, *minute), Play::TopUp(who, came, Money::cny(0))));
            all.push((at("2026-04-10", 0, *minute), Play::Post(who, moved)));
        }
    }
    let held = posting(Movement::WithdrawalHeld, CauseKind::Withdrawal, (*number).to_owned(), fund.account(), Held, *cents);
    all.push((at(day, *hour, *minute), Play::Enter(who, held, None)));
    Ok(())
}

/// A top-up of which something is left.
struct Record {
    id: Id,
    partner: Id,
    left_micros: i64,
    to: To,
}

/// Plays what happens through the store's own functions.
pub(crate) struct Player<'a> {
    store: &'a Store,
    everybody: &'a Everybody,
    vendor: Id,
    accounts: Vec<(Id, To)>,
    records: Vec<Record>,
    /// The request of a cause in the story, and of a number.
    requests: BTreeMap<Id, Id>,
    numbers: BTreeMap<String, Id>,
}

impl<'a> Player<'a> {
    /// The windows first.
    pub(crate) async fn new(store: &'a Store, everybody: &'a Everybody) -> Result<Self, String> {
        let vendor = everybody.standing(FINANCE).map_err(said)?.tenant;
        let player = Self {
            store,
            everybody,
            vendor,
            accounts: Vec::new(),
            records: Vec::new(),
            requests: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        player.windows().await.map_err(said)?;
        Ok(player)
    }

    fn access(&self, who: &str) -> Result<(Standing, Access<Anyone>), Error> {
        let standing = self.everybody.standing(who)?;
        let access = self.store.system(standing.clone()).access()?;
        Ok((standing, access))
    }

    async fn windows(&self) -> Result<(), Error> {
        let (_, access) = self.access(FINANCE)?;
        access
            .write(None, self.vendor, |tx, vendor| {
                Box::pin(async move {
                    for channel in [Channel::Transfer, Channel::Wallet, Channel::Card] {
                        withdrawals::set_window(tx, *vendor, channel, channel.months()).await?;
                    }
                    Ok(Written::quiet(()))
                })
            })
            .await
    }

    async fn account(&mut self, (who, bank, branch, number, _): &BankAccount) -> Result<(), Error> {
        let changed = self.store.clock.now();
        let (standing, access) = self.access(who)?;
        let new = NewBankAccount {
            id: self.store.ids.id(),
            partner: standing.tenant,
            holder: standing.company.clone(),
            bank: (*bank).to_owned(),
            branch: (*branch).to_owned(),
            number: (*number).to_owned(),
            by: standing.name,
        };
        let NewBankAccount { id, holder, bank, branch, .. } = new.clone();
        let number = access.write(None, new, |tx, new| Box::pin(bank_accounts::save_account(tx, new))).await?;
        self.accounts.push((standing.tenant, To { id, holder, bank, branch, number, changed }));
        Ok(())
    }

    /// One thing.
    pub(crate) async fn play(&mut self, play: Play) -> Result<(), Error> {
        match play {
            Play::Account(account) => self.account(account).await,
            Play::Post(who, posting) => post(self.store, &self.everybody.standing(who)?, posting).await,
            Play::TopUp(who, posting, left) => self.top_up(who, posting, left).await,
            Play::Enter(who, posting, again) => self.enter(who, &posting, again).await,
            Play::Move(who, cause, step, note) => {
                let withdrawal = *self.requests.get(&cause).ok_or(Error::Broken)?;
                let (_, access) = self.access(who)?;
                let moved = Moved { withdrawal, version: None, step, note, paid: None };
                access.write(None, moved, |tx, moved| Box::pin(withdrawals::move_on(tx, moved))).await.map(|_| ())
            }
        }
    }

    async fn top_up(&mut self, who: &str, posting: Posting, left: Money) -> Result<(), Error> {
        let (standing, access) = self.access(who)?;
        let amount = posting.legs.first().map(|leg| leg.amount).ok_or(Error::Broken)?;
        let (bank, branch, account_number) = PAYER;
        let new = NewTopUp {
            id: posting.cause.id,
            partner: posting.partner,
            number: posting.object.clone(),
            entity: self.vendor,
            channel: Channel::Transfer,
            amount,
            left,
            bonus: Money::zero(amount.currency),
            received: self.store.clock.now(),
            holder: standing.company.clone(),
            bank: bank.to_owned(),
            branch: branch.to_owned(),
            account_number: account_number.to_owned(),
        };
        let NewTopUp { id, holder, bank, branch, partner, received: changed, .. } = new.clone();
        post(self.store, &standing, posting).await?;
        let entered =
            access.write(None, new, |tx, new| Box::pin(async move { Ok(Written::quiet(withdrawals::enter_top_up(tx, new).await?)) }));
        let to = To { id, holder, bank, branch, number: entered.await?, changed };
        self.records.push(Record { id, partner, left_micros: left.micros, to });
        Ok(())
    }

    /// The way back of an amount: the record that was chosen for it, else the newest ones, as handing in would find them.
    fn sources(&mut self, partner: Id, micros: i64) -> (Vec<(Id, i64)>, Option<To>) {
        if let Some(chosen) = self.records.iter_mut().find(|record| record.partner == partner && record.left_micros == micros) {
            chosen.left_micros = 0;
            return (vec![(chosen.id, micros)], Some(chosen.to.clone()));
        }
        let (mut left, mut taken, mut to) = (micros, Vec::new(), None);
        for record in self.records.iter_mut().rev().filter(|record| record.partner == partner && record.left_micros > 0) {
            let part = record.left_micros.min(left);
            if part > 0 {
                taken.push((record.id, part));
                record.left_micros -= part;
                left -= part;
                to.get_or_insert_with(|| record.to.clone());
            }
        }
        (taken, to)
    }

    async fn enter(&mut self, who: &str, posting: &Posting, again: Option<&str>) -> Result<(), Error> {
        let (standing, access) = self.access(who)?;
        let leg = posting.legs.first().ok_or(Error::Broken)?;
        let fund = [Fund::Original, Fund::Bank, Fund::Rebate].into_iter().find(|fund| fund.account() == leg.from).ok_or(Error::Broken)?;
        let (sources, back) = if fund == Fund::Original { self.sources(posting.partner, leg.amount.micros) } else { (Vec::new(), None) };
        let own: Vec<&To> = self.accounts.iter().filter(|(partner, _)| *partner == posting.partner).map(|(_, to)| to).collect();
        // Incentives go to the second account, where there is one.
        let account = if fund == Fund::Rebate { own.last() } else { own.first() };
        let to = back.or_else(|| account.map(|to| (*to).clone())).ok_or(Error::Broken)?;
        let note = if posting.object == "TX20260610-0027" { "6 月资金归集" } else { "" };
        let new = Entered {
            state: domain::withdrawal::State::Submitted,
            partner: posting.partner,
            number: Some(posting.object.clone()),
            fund,
            amount: leg.amount,
            to,
            note: note.to_owned(),
            starter: standing.account,
            starter_name: standing.name,
            promised: promised(self.store.clock.now().day(), &[]),
            sources,
            again: again.and_then(|number| self.numbers.get(number).copied()),
        };
        let entered = access.write(None, new, |tx, new| {
            Box::pin(async move {
                let (submitted, event) = withdrawals::enter(tx, new).await?;
                Ok(Written::new(submitted.id, new.partner, event))
            })
        });
        let id = entered.await?;
        self.requests.insert(posting.cause.id, id);
        self.numbers.insert(posting.object.clone(), id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_holds_what_the_demo_date_says() {
        let others: i64 = QUEUE.iter().map(|(.., cents, _)| cents).sum();
        assert_eq!(others + 800_000, 57_130_000, "with 8,000.00 of 澜海");
        assert_eq!(QUEUE.len(), 7);
        let start: Moment = crate::START.parse().expect("a moment");
        assert!(QUEUE.iter().all(|(_, day, (hour, minute), ..)| at(day, *hour, *minute) < start));
    }
}
