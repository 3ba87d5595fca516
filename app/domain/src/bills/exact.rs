//! Amounts to the last decimal that a file may bring. Imported costs have up to 15 decimals and are cut once, at the bill (domain.md 4.1); what is
//! rated here has two. Nothing is rounded on the way.

use crate::money::{Currency, Figure, Money};
use std::fmt;

/// Decimals that an imported cost may have.
pub const DECIMALS_MAX: usize = 15;
/// The smallest part of a unit that is counted, so many to a micro.
const IN_MICRO: i128 = 1_000_000_000;
/// The same, so many to a cent.
const IN_CENT: i128 = 10_000_000_000_000;
/// The same, so many to a unit.
const IN_UNIT: i128 = 1_000_000_000_000_000;
/// Digits before the point that are read: more is no amount of money.
const DIGITS_MAX: usize = 12;
/// The largest exponent that is read, either way.
const EXPONENT_MAX: i32 = 30;

/// An amount without its currency: whole 10⁻¹⁵ of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(i128);

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole micros and the rest above them, as the database keeps both. Sums of either are sums of the amount.
    #[must_use]
    pub fn of_parts(micros: i64, rest: i64) -> Self {
        Self(i128::from(micros) * IN_MICRO + i128::from(rest))
    }

    /// Micros, rounded down, and the rest above them: 0 to 10⁹. None for what no column holds.
    #[must_use]
    pub fn parts(self) -> Option<(i64, i64)> {
        let (micros, rest) = (self.0.div_euclid(IN_MICRO), self.0.rem_euclid(IN_MICRO));
        Some((i64::try_from(micros).ok()?, i64::try_from(rest).ok()?))
    }

    /// The same amount.
    #[must_use]
    pub fn of(money: Money) -> Self {
        Self(i128::from(money.micros) * IN_MICRO)
    }

    /// The sum; none when it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; none when it does not fit.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// To cents, the rest cut off toward zero. None for what is no amount of money.
    #[must_use]
    pub fn cut(self, currency: Currency) -> Option<Money> {
        let micros = i64::try_from(self.0 / IN_CENT * (IN_CENT / IN_MICRO)).ok()?;
        Some(Money { currency, micros })
    }

    /// It is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// How many thousandths of a whole it is, rounded half up; 0 of nothing.
    #[must_use]
    pub fn per_mille_of(self, whole: Self) -> i64 {
        if whole.0 == 0 {
            return 0;
        }
        // Twelve digits before the point and fifteen behind it leave room for a factor of two thousand.
        let twice = self.0.saturating_mul(2_000).checked_div(whole.0).unwrap_or(0);
        i64::try_from((twice + twice.signum()) / 2).unwrap_or(0)
    }

    /// So many 10⁻¹⁵ of a unit.
    #[must_use]
    pub const fn of_units(units: i128) -> Self {
        Self(units)
    }

    /// The whole amount in 10⁻¹⁵ of a unit, for files.
    #[must_use]
    pub const fn units(self) -> i128 {
        self.0
    }

    /// The exact amount as programs read it: two to fifteen decimals.
    #[must_use]
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let one = IN_UNIT.unsigned_abs();
        let (units, rest) = (self.0.unsigned_abs() / one, self.0.unsigned_abs() % one);
        let decimals = format!("{rest:0DECIMALS_MAX$}");
        let (cents, finer) = decimals.split_at(2);
        format!("{sign}{units}.{cents}{}", finer.trim_end_matches('0'))
    }

    /// The amount as pages show it, rounded to cents for the eye alone.
    #[must_use]
    pub fn figure(self) -> Figure {
        let cents = (self.0.unsigned_abs() + IN_CENT.unsigned_abs() / 2) / IN_CENT.unsigned_abs();
        let minus = if self.0 < 0 && cents > 0 { "\u{2212}" } else { "" };
        let units = crate::text::grouped(i64::try_from(cents / 100).unwrap_or(i64::MAX));
        Figure { minus, units, cents: format!(".{:02}", cents % 100) }
    }

    /// Reads a decimal of a file, also one with an exponent (`1.6E-7`). None for anything else, and for one that is finer than 10⁻¹⁵.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, read_exponent(text.get(at + 1..)?)?),
            None => (text, 0),
        };
        let (sign, digits) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.len() <= 40 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(whole) || !are_digits(decimals) || whole.trim_start_matches('0').len() > DIGITS_MAX {
            return None;
        }
        let decimals = decimals.trim_end_matches('0');
        let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
        let places = i32::try_from(DECIMALS_MAX).ok()? + exponent - i32::try_from(decimals.len()).ok()?;
        let ten = |power: i32| 10_i128.checked_pow(u32::try_from(power).ok()?);
        let amount = match places {
            _ if digits == 0 => 0,
            0.. => digits.checked_mul(ten(places)?)?,
            _ => (digits % ten(-places)? == 0).then_some(digits / ten(-places)?)?,
        };
        let most = IN_UNIT * 1_000_000_000_000;
        (amount < most).then_some(Self(amount * sign))
    }
}

fn read_exponent(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, text.get(1..)?),
        b'+' => (1, text.get(1..)?),
        _ => (1, text),
    };
    let is_short = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let exponent: i32 = digits.parse().ok().filter(|_| is_short)?;
    (exponent <= EXPONENT_MAX).then_some(exponent * sign)
}

/// As pages show it: grouped, two decimals, rounded for the eye alone.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figure { minus, units, cents } = self.figure();
        write!(f, "{minus}{units}{cents}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).expect("an amount")
    }

    #[test]
    fn fifteen_decimals_are_read_and_a_sixteenth_is_not_dropped_but_refused() {
        assert_eq!(exact("0.000000000000001").plain(), "0.000000000000001");
        assert_eq!(exact("-12.50").plain(), "-12.50");
        assert_eq!(exact("0.00000080000").plain(), "0.0000008");
        assert_eq!(exact("1.6E-7").plain(), "0.00000016");
        assert_eq!(exact("35.2e+1").plain(), "352.00");
        assert_eq!(exact("0.0000000000000010").plain(), "0.000000000000001", "a zero at the end says nothing");
        for wrong in [
            "",
            "-",
            ".5",
            "5.",
            "+1",
            " 1",
            "1,0",
            "NaN",
            "0x1",
            "1e",
            "1e99",
            "1e-16",
            "0.0000000000000001",
            "1000000000000",
            "1e12",
            "１",
        ] {
            assert_eq!(Exact::parse(wrong), None, "{wrong}");
        }
        assert_eq!(exact("999999999999.999999999999999").plain(), "999999999999.999999999999999");
    }

    #[test]
    fn what_is_due_is_cut_toward_zero() {
        let cut = |text| exact(text).cut(Currency::Usd).expect("money").plain();
        assert_eq!([cut("0.019999999999999"), cut("-0.019999"), cut("678342.10")], ["0.01", "-0.01", "678342.10"]);
        assert_eq!([exact("0.005").to_string(), exact("-0.004").to_string()], ["0.01", "0.00"], "pages round for the eye");
    }

    #[test]
    fn a_share_is_rounded_to_the_nearest_thousandth() {
        assert_eq!(exact("268914.20").per_mille_of(exact("712480.36")), 377);
        assert_eq!(exact("0.5").per_mille_of(exact("-1000")), -1);
        assert_eq!(exact("1").per_mille_of(Exact::ZERO), 0);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again_and_parts_make_the_whole(units in -(10_i128.pow(27) - 1)..10_i128.pow(27)) {
            let amount = Exact(units);
            prop_assert_eq!(Exact::parse(&amount.plain()), Some(amount));
            let (micros, rest) = amount.parts().expect("fits");
            prop_assert!((0..1_000_000_000).contains(&rest));
            prop_assert_eq!(Exact::of_parts(micros, rest), amount);
        }

        #[test]
        fn sums_of_parts_are_the_sum(amounts in proptest::collection::vec(-(10_i128.pow(22))..10_i128.pow(22), 1..50)) {
            let sum = amounts.iter().fold(Exact::ZERO, |sum, units| sum.plus(Exact(*units)).expect("fits"));
            let parts: Vec<_> = amounts.iter().filter_map(|units| Exact(*units).parts()).collect();
            let micros: i64 = parts.iter().map(|(micros, _)| micros).sum();
            let rest: i64 = parts.iter().map(|(_, rest)| rest).sum();
            prop_assert_eq!(Exact::of_parts(micros, rest), sum);
        }
    }
}
