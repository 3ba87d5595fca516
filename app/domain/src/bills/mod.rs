//! Partner bills (domain.md F2): what a month's consumption of the resale customers comes to, and the life of the bill. No clock, no database.
//!
//! `total = consumption + refunds + adjustments`, to the last decimal; `due` is the total cut to cents once, and never less than nothing.

mod exact;
pub mod focus;
mod list;
mod mask;
mod period;

pub use exact::{DECIMALS_MAX, Exact};
pub use list::{
    BILL, BILL_CUSTOMERS, BILL_LINES, CONSOLE_BILLS, ConsoleBill, ConsoleBillPage, ConsoleBillRow, CustomerPage, CustomerRow, LinePage,
    LineRow, Payable, Shown, period_of,
};
pub use mask::{Names, masked_account, masked_company};
pub use period::{NotAPeriod, Period};

use crate::{
    keyed, machine,
    money::{Currency, Money},
    refusals,
    time::{Day, Moment},
};

/// Periods that the picker offers; older ones stay reachable by their address (domain.md 4.4).
pub const PERIODS_OFFERED: usize = 18;
/// Bars of the trend.
pub const TREND_PERIODS: usize = 12;
/// The tax of the vendor's supply, in per cent (domain.md 4.3).
pub const TAX_PERCENT: i64 = 6;
/// A bill is issued on this day of the next month (domain.md 4.4), at this hour of the business day: before 12:00.
pub const ISSUED_ON_DAY: i32 = 5;
/// See `ISSUED_ON_DAY`.
const ISSUED_AT_HOUR: i64 = 9;
/// Characters of the reason of an adjustment.
pub const REASON_MAX: usize = 200;
/// The largest adjustment, in units.
pub const ADJUSTMENT_MAX: i64 = 100_000_000;

machine! {
    /// The life of a bill.
    State Step {
        states {
            Estimated = "estimated" Run "预估" "Estimated";
            Issued = "issued" Act "待付清" "Due";
            PartlyPaid = "partly_paid" Act "部分付款" "Partly paid";
            Paid = "paid" Good "已付清" "Paid";
            Overdue = "overdue" Bad "已逾期" "Overdue";
        }
        steps {
            Issue = "issue": Estimated => Issued;
            PayPart = "pay_part": Issued | PartlyPaid => PartlyPaid;
            PayLate = "pay_late": Overdue => Overdue;
            PayRest = "pay_rest": Issued | PartlyPaid | Overdue => Paid;
            Settle = "settle": Estimated => Paid;
            FallDue = "fall_due": Issued | PartlyPaid => Overdue;
        }
    }
}

impl State {
    /// Something of it can be paid.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Issued | Self::PartlyPaid | Self::Overdue)
    }

    /// The step of a payment that leaves so much open.
    #[must_use]
    pub const fn paid_to(self, open_micros: i64) -> Step {
        match (open_micros, self) {
            (0, _) => Step::PayRest,
            (_, Self::Overdue) => Step::PayLate,
            _ => Step::PayPart,
        }
    }
}

keyed! {
    /// What a line is.
    LineKind {
        Consumption = "consumption" "消费" "Consumption";
        Refund = "refund" "退款" "Refund";
        Adjustment = "adjustment" "调账" "Adjustment";
    }
}

refusals! {
    /// What bills are refused for.
    Refusal {
        PeriodInvalid = 422 "PERIOD_INVALID" on "period", "账期无效，请选择已开始的月份，格式为 YYYY-MM。", "This is no billing period: choose a month that has begun, as YYYY-MM.";
        NoBill = 409 "NO_BILL", "该账期还没有账单。上月账单于每月 5 日 12:00 前出账。", "There is no bill of this period. The bill of last month is made before 12:00 on the 5th.";
        AmountInvalid = 422 "AMOUNT_INVALID" on "amount", "请填写至少 0.01、最多两位小数的金额。", "Enter at least 0.01, with at most two decimals.";
        AmountExceeds { left: Money } = 422 "AMOUNT_EXCEEDS" on "amount", "该账单还剩 {left} 未付，不能多付。", "Only {left} of this bill is open.";
        BalanceShort { left: Money } = 422 "AMOUNT_EXCEEDS" on "amount", "余额不足，最多可用 {left}。请先充值，或先付一部分。", "The balance has only {left}. Top up first, or pay a part.";
        ReasonMissing { most: usize } = 422 "REASON_REQUIRED" on "reason", "请填写原因，最多 {most} 个字。", "Give the reason, in at most {most} characters.";
        AdjustmentInvalid = 422 "AMOUNT_INVALID" on "amount", "请填写不为 0、最多两位小数的金额，减少用负数。", "Enter an amount other than 0 with at most two decimals; less than nothing takes away.";
        PeriodOpen = 409 "PERIOD_OPEN", "账期尚未结束，不能出账。", "The period has not ended, so its bill can't be issued.";
        MaskingNotice = 409 "MASKING_NOTICE", "首次导出前请先确认客户信息脱敏说明。", "Confirm the notice on masked customers before the first export.";
    }
}

/// What a bill is the sum of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Consumption.
    pub consumption: Exact,
    /// Refunds, usually less than nothing.
    pub refunds: Exact,
    /// Adjustments.
    pub adjustments: Exact,
}

impl Sums {
    /// The part of a kind.
    #[must_use]
    pub const fn of(self, kind: LineKind) -> Exact {
        match kind {
            LineKind::Consumption => self.consumption,
            LineKind::Refund => self.refunds,
            LineKind::Adjustment => self.adjustments,
        }
    }

    /// With so much more of a kind; none when it does not fit.
    #[must_use]
    pub fn with(mut self, kind: LineKind, amount: Exact) -> Option<Self> {
        let part = match kind {
            LineKind::Consumption => &mut self.consumption,
            LineKind::Refund => &mut self.refunds,
            LineKind::Adjustment => &mut self.adjustments,
        };
        *part = part.plus(amount)?;
        Some(self)
    }

    /// Consumption + refunds + adjustments.
    #[must_use]
    pub fn total(self) -> Option<Exact> {
        self.consumption.plus(self.refunds)?.plus(self.adjustments)
    }

    /// What is to be paid: the total cut to cents, and nothing where the total is less than that.
    #[must_use]
    pub fn due(self, currency: Currency) -> Option<Money> {
        let cut = self.total()?.cut(currency)?;
        Some(if cut.is_negative() { Money::zero(currency) } else { cut })
    }
}

/// The tax inside an amount, rounded half up: `due / (1 + rate) × rate`.
#[must_use]
pub fn tax_inside(due: Money, percent: i64) -> Money {
    let (tax, of) = (i128::from(due.micros) * i128::from(percent), i128::from(100 + percent) * 10_000);
    let cents = (tax.abs() * 2 + of) / (of * 2) * tax.signum();
    Money { micros: i64::try_from(cents * 10_000).unwrap_or(0), ..due }
}

/// When the bill of a period is issued by itself.
#[must_use]
pub fn issued_at(period: Period) -> Moment {
    period.next().first().plus(ISSUED_ON_DAY - 1).start().plus_seconds(ISSUED_AT_HOUR * 3_600)
}

/// Until when a bill is to be paid: the end of the month after its period, or of the month in which it was issued late.
#[must_use]
pub fn due_day(period: Period, issued: Day) -> Day {
    period.next().max(Period::of(issued)).last()
}

/// The amount of a payment as it was typed. Thousands may be grouped, as pages show them.
///
/// # Errors
/// `AMOUNT_INVALID`, `AMOUNT_EXCEEDS`.
pub fn payment(typed: &str, open: Money) -> Result<Money, Refusal> {
    let amount = whole_cents(typed, open.currency).filter(|amount| amount.micros > 0).ok_or(Refusal::AmountInvalid)?;
    if amount.micros > open.micros { Err(Refusal::AmountExceeds { left: open }) } else { Ok(amount) }
}

/// The amount of an adjustment as it was typed.
///
/// # Errors
/// `AMOUNT_INVALID`.
pub fn adjustment(typed: &str, currency: Currency) -> Result<Money, Refusal> {
    let fits = |amount: &Money| amount.micros != 0 && amount.micros.unsigned_abs() <= ADJUSTMENT_MAX.unsigned_abs() * 1_000_000;
    whole_cents(typed, currency).filter(fits).ok_or(Refusal::AdjustmentInvalid)
}

fn whole_cents(typed: &str, currency: Currency) -> Option<Money> {
    Money::parse(currency, &typed.trim().replace(',', "")).filter(|amount| amount.micros % 10_000 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Money {
        Money::parse(Currency::Cny, text).expect("an amount")
    }

    fn exact(text: &str) -> Exact {
        Exact::parse(text).expect("an amount")
    }

    #[test]
    fn the_example_of_lanhai_comes_to_what_the_page_says() {
        let products = ["268914.20", "142306.58", "86420.37", "73118.94", "69502.00", "41277.82", "30940.45"];
        let sums = products.iter().fold(Sums::default(), |sums, text| sums.with(LineKind::Consumption, exact(text)).expect("fits"));
        let sums = Sums { refunds: exact("-31206.15"), adjustments: exact("-2932.11"), ..sums };
        assert_eq!(sums.consumption.plain(), "712480.36");
        let due = sums.due(Currency::Cny).expect("fits");
        assert_eq!((due, tax_inside(due, TAX_PERCENT)), (yuan("678342.10"), yuan("38396.72")));
    }

    #[test]
    fn a_total_below_zero_leaves_nothing_to_pay() {
        let sums = Sums { consumption: exact("10"), refunds: exact("-10.01"), adjustments: Exact::ZERO };
        assert_eq!((sums.due(Currency::Cny), sums.total().map(Exact::plain)), (Some(yuan("0")), Some("-0.01".to_owned())));
    }

    #[test]
    fn tax_is_rounded_half_up_once() {
        assert_eq!(tax_inside(yuan("1.06"), 6), yuan("0.06"));
        assert_eq!(tax_inside(yuan("0.08"), 6), yuan("0"), "0.00453");
        assert_eq!(tax_inside(yuan("0.09"), 6), yuan("0.01"), "0.00509");
        assert_eq!(tax_inside(yuan("-0.09"), 6), yuan("-0.01"));
        assert_eq!(tax_inside(yuan("2.12"), 6).plus(yuan("2.00")), Some(yuan("2.12")));
    }

    #[test]
    fn a_bill_is_made_on_the_fifth_and_due_at_the_end_of_that_month() {
        let may: Period = "2026-05".parse().expect("a month");
        assert_eq!(issued_at(may).to_minutes(), "2026-06-05 09:00");
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(due_day(may, day("2026-06-05")).to_string(), "2026-06-30");
        assert_eq!(due_day(may, day("2026-09-02")).to_string(), "2026-09-30", "late");
        let january: Period = "2027-01".parse().expect("a month");
        assert_eq!(due_day(january, day("2027-02-05")).to_string(), "2027-02-28");
    }

    #[test]
    fn a_payment_is_from_a_cent_to_the_open_rest() {
        let open = yuan("407005.26");
        assert_eq!(payment("0.01", open), Ok(yuan("0.01")));
        assert_eq!(payment(" 407,005.26 ", open), Ok(open));
        assert_eq!(payment("407005.27", open), Err(Refusal::AmountExceeds { left: open }));
        for wrong in ["", "0", "-1", "0.001", "1e3", "NaN", "１", "9223372036854775807"] {
            assert_eq!(payment(wrong, open), Err(Refusal::AmountInvalid), "{wrong}");
        }
        assert_eq!(adjustment("-2,932.11", Currency::Cny), Ok(yuan("-2932.11")));
        assert_eq!(adjustment("100000000.01", Currency::Cny), Err(Refusal::AdjustmentInvalid));
    }

    #[test]
    fn a_part_that_is_paid_late_leaves_it_overdue() {
        assert_eq!(State::Issued.paid_to(1).from(State::Issued), Some(State::PartlyPaid));
        assert_eq!(State::Overdue.paid_to(1).from(State::Overdue), Some(State::Overdue));
        assert_eq!(State::Overdue.paid_to(0).from(State::Overdue), Some(State::Paid));
        assert_eq!(Step::PayPart.from(State::Paid), None);
        assert_eq!(Step::Issue.from(State::Issued), None);
    }
}
