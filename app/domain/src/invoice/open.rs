//! What can be invoiced: paid consumption, less what is invoiced, less what is owed, oldest period first.

use super::{OPENS_ON_DAY, Refusal};
use crate::{
    bills::Period,
    ledger::AMOUNT_MICROS_MAX,
    money::{Currency, Money},
    time::Day,
};
use serde::{Deserialize, Serialize};

/// Nothing less is invoiced: a cent.
const AMOUNT_MICROS_MIN: i64 = 10_000;
/// What an invoice covers: how many micros of which periods.
pub type Parts = Vec<(Period, i64)>;

/// What is known of a period, in micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidPeriod {
    /// The month.
    pub period: Period,
    /// What was paid of its bill.
    pub paid_micros: i64,
    /// What of that is invoiced or asked for.
    pub invoiced_micros: i64,
}

/// A period of which something is not invoiced yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPeriod {
    /// The month.
    pub period: Period,
    /// What was paid of its bill.
    pub paid: Money,
    /// What of that is invoiced or asked for.
    pub invoiced: Money,
    /// What of the rest an owed invoice keeps back.
    pub owed: Money,
    /// What can be invoiced.
    pub open: Money,
}

/// What can be invoiced, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoiceable {
    /// Paid consumption of all periods that have opened.
    pub paid: Money,
    /// What of that is invoiced or asked for.
    pub invoiced: Money,
    /// Invoices that are owed.
    pub owed: Money,
    /// What can be invoiced: never below nothing.
    pub open: Money,
    /// Periods with something left, oldest first.
    pub periods: Vec<OpenPeriod>,
}

/// The consumption of a month can be invoiced once the month is over, from the 3rd on.
#[must_use]
pub fn may_be_invoiced(period: Period, today: Day) -> bool {
    today >= period.next().first().plus(OPENS_ON_DAY - 1)
}

/// What can be invoiced on a day. An owed invoice keeps back as much of the oldest periods. None when a sum does not fit.
#[must_use]
pub fn invoiceable(currency: Currency, known: &[PaidPeriod], owed_micros: i64, today: Day) -> Option<Invoiceable> {
    let money = |micros| Money { currency, micros };
    let mut known: Vec<PaidPeriod> = known.iter().copied().filter(|one| may_be_invoiced(one.period, today)).collect();
    known.sort_by_key(|one| one.period);
    let (mut to_keep, mut periods) = (owed_micros, Vec::new());
    for PaidPeriod { period, paid_micros, invoiced_micros } in known.iter().copied() {
        let left = paid_micros.checked_sub(invoiced_micros)?.max(0);
        let kept = to_keep.min(left);
        to_keep = to_keep.checked_sub(kept)?;
        if left > 0 {
            let (paid, invoiced) = (money(paid_micros), money(invoiced_micros));
            periods.push(OpenPeriod { period, paid, invoiced, owed: money(kept), open: money(left.checked_sub(kept)?) });
        }
    }
    Some(Invoiceable {
        paid: Money::sum(currency, known.iter().map(|one| money(one.paid_micros)))?,
        invoiced: Money::sum(currency, known.iter().map(|one| money(one.invoiced_micros)))?,
        owed: money(owed_micros),
        open: Money::sum(currency, periods.iter().map(|one| one.open))?,
        periods,
    })
}

/// All that can be invoiced of one period, after the earlier ones.
///
/// # Errors
/// `PERIOD_INVALID`, also when an earlier period is to be invoiced first; `AMOUNT_EXCEEDS` when what is owed keeps all of it back.
pub fn of_period(all: &Invoiceable, period: Period) -> Result<(Money, Parts), Refusal> {
    let found = all.periods.iter().find(|one| one.period == period).ok_or(Refusal::PeriodInvalid)?;
    if let Some(earlier) = all.periods.iter().find(|one| one.period < period && one.open.micros > 0) {
        return Err(Refusal::PeriodEarlier { first: earlier.period });
    }
    if found.open.micros <= 0 {
        return Err(Refusal::PeriodBlocked);
    }
    Ok((found.open, vec![(period, found.open.micros)]))
}

/// An amount as it was typed, of the oldest periods first.
///
/// # Errors
/// `AMOUNT_INVALID`, `AMOUNT_EXCEEDS`.
pub fn of_amount(all: &Invoiceable, typed: &str) -> Result<(Money, Parts), Refusal> {
    let decimals = typed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let amount = Money::parse(all.open.currency, typed).filter(|_| decimals <= 2);
    let amount = amount.filter(|money| (AMOUNT_MICROS_MIN..=AMOUNT_MICROS_MAX).contains(&money.micros)).ok_or(Refusal::AmountInvalid)?;
    let over = amount.minus(all.open).ok_or(Refusal::AmountInvalid)?;
    if over.micros > 0 {
        return Err(Refusal::AmountExceeds { left: all.open, over });
    }
    let (mut left, mut parts) = (amount.micros, Vec::new());
    for one in &all.periods {
        let part = one.open.micros.min(left);
        if part > 0 {
            parts.push((one.period, part));
            left -= part;
        }
    }
    Ok((amount, parts))
}
