//! Money: a currency and whole micros (10⁻⁶ of its unit). No `+`, no float; rounding has a name (architecture.md 5.2).

use crate::{keyed, machine::Keyed as _, text::grouped};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Micros of one unit.
const UNIT_MICROS: i64 = 1_000_000;
/// Micros of a cent, the smallest amount that is shown or paid.
const CENT_MICROS: i64 = 10_000;
/// Decimals that an amount can have.
const DECIMALS: usize = 6;

keyed! {
    /// A currency, by its ISO code.
    Currency {
        Cny = "CNY" "人民币" "Chinese yuan";
        Usd = "USD" "美元" "US dollar";
    }
}

impl Currency {
    /// The sign in front of figures.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Cny => "¥",
            Self::Usd => "$",
        }
    }
}

/// An amount in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// Whole micros.
    pub micros: i64,
}

/// An amount as a page writes it, to cents: sign, grouped units, cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// U+2212 for what is less than nothing.
    pub minus: &'static str,
    /// Units with thousands separators.
    pub units: String,
    /// A point and two digits.
    pub cents: String,
}

impl Money {
    /// Nothing of a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { currency, micros: 0 }
    }

    /// Whole micros of yuan.
    #[must_use]
    pub const fn cny(micros: i64) -> Self {
        Self { currency: Currency::Cny, micros }
    }

    /// The sum; none of two currencies, and none that does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let micros = self.micros.checked_add(other.micros).filter(|_| self.currency == other.currency)?;
        Some(Self { micros, ..self })
    }

    /// The difference, with the limits of the sum.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        let micros = self.micros.checked_sub(other.micros).filter(|_| self.currency == other.currency)?;
        Some(Self { micros, ..self })
    }

    /// So many times the amount, if that fits.
    #[must_use]
    pub fn times(self, count: i64) -> Option<Self> {
        Some(Self { micros: self.micros.checked_mul(count)?, ..self })
    }

    /// The sum of amounts in one currency.
    #[must_use]
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// To cents, half a cent away from zero: tax, incentives, invoices, shares (domain.md 4). None when that does not fit.
    #[must_use]
    pub fn half_up(self) -> Option<Self> {
        let rest = self.micros % CENT_MICROS;
        let up = if rest.abs() * 2 < CENT_MICROS { 0 } else { CENT_MICROS * rest.signum() };
        Some(Self { micros: (self.micros - rest).checked_add(up)?, ..self })
    }

    /// To cents, the rest cut off: charges.
    #[must_use]
    pub const fn cut_to_cents(self) -> Self {
        Self { micros: self.micros - self.micros % CENT_MICROS, ..self }
    }

    /// Less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.micros < 0
    }

    /// The exact amount as programs read it, with two to six decimals: `-2932.11`.
    #[must_use]
    pub fn plain(self) -> String {
        let sign = if self.micros < 0 { "-" } else { "" };
        let (units, rest) = (self.micros.unsigned_abs() / 1_000_000, self.micros.unsigned_abs() % 1_000_000);
        let decimals = format!("{rest:0DECIMALS$}");
        let (cents, finer) = decimals.split_at(2);
        format!("{sign}{units}.{cents}{}", finer.trim_end_matches('0'))
    }

    /// Reads what `plain` writes, and fewer decimals. Nothing else: no grouping, no exponent, no space.
    #[must_use]
    pub fn parse(currency: Currency, text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (units, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(units) || !are_digits(decimals) || decimals.len() > DECIMALS {
            return None;
        }
        let micros: i64 = format!("{decimals:0<DECIMALS$}").parse().ok()?;
        // The sign goes first, so that the smallest amount can be read, too.
        let units: i64 = units.parse::<i64>().ok()?.checked_mul(sign)?;
        Some(Self { currency, micros: units.checked_mul(UNIT_MICROS)?.checked_add(micros * sign)? })
    }

    /// The amount as pages show it, rounded to cents for the eye alone.
    #[must_use]
    pub fn figure(self) -> Figure {
        let cents = (self.micros.unsigned_abs() + CENT_MICROS.unsigned_abs() / 2) / CENT_MICROS.unsigned_abs();
        let minus = if self.micros < 0 && cents > 0 { "\u{2212}" } else { "" };
        let units = grouped(i64::try_from(cents / 100).unwrap_or(i64::MAX));
        Figure { minus, units, cents: format!(".{:02}", cents % 100) }
    }
}

/// Grouped, two decimals, without the currency: `−2,932.11`. The currency stands in the head or the sentence.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figure { minus, units, cents } = self.figure();
        write!(f, "{minus}{units}{cents}")
    }
}

/// The code beside amounts of more than one currency.
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn yuan(text: &str) -> Money {
        Money::parse(Currency::Cny, text).expect("an amount")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn m12_what_is_printed_is_read_again(micros: i64) {
            let money = Money::cny(micros);
            prop_assert_eq!(Money::parse(Currency::Cny, &money.plain()), Some(money));
        }

        #[test]
        fn m12_rounding_moves_by_half_a_cent_at_most_and_loses_nothing(micros in -(1_i64 << 60)..(1_i64 << 60)) {
            let money = Money::cny(micros);
            let rounded = money.half_up().expect("fits");
            let rest = money.minus(rounded).expect("fits");
            prop_assert_eq!(rounded.micros % CENT_MICROS, 0);
            prop_assert!(rest.micros.abs() * 2 <= CENT_MICROS);
            prop_assert_eq!(rounded.plus(rest), Some(money));
            prop_assert_eq!(rounded.to_string(), money.to_string());
        }

        #[test]
        fn what_is_no_amount_is_never_read_as_one(text in "[-+0-9., eE]{0,12}") {
            let written = Money::parse(Currency::Cny, &text).map(Money::plain);
            let number = |text: &str| text.trim_end_matches('0').trim_end_matches('.').trim_start_matches('0').to_owned();
            if let Some(written) = written {
                let (bare, plain) = (text.trim_start_matches('-'), written.trim_start_matches('-'));
                let padded = if bare.contains('.') { bare.to_owned() } else { format!("{bare}.") };
                prop_assert_eq!(number(&padded), number(plain));
            }
        }
    }

    #[test]
    fn the_ends_of_the_range_are_exact() {
        for micros in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX] {
            let money = Money::cny(micros);
            assert_eq!(Money::parse(Currency::Cny, &money.plain()), Some(money), "{micros}");
        }
        assert_eq!(Money::cny(i64::MIN).plain(), "-9223372036854.775808");
        assert_eq!(Money::parse(Currency::Cny, "9223372036854.775808"), None);
        assert_eq!(Money::cny(i64::MIN).to_string(), "\u{2212}9,223,372,036,854.78");
    }

    #[test]
    fn only_plain_decimals_are_amounts() {
        for wrong in ["", "-", ".", ".5", "5.", "+1", " 1", "1 ", "1,000", "1e3", "0x1", "NaN", "1.0000001", "--1", "1.2.3", "１", "−1"]
        {
            assert_eq!(Money::parse(Currency::Cny, wrong), None, "{wrong:?}");
        }
        assert_eq!(yuan("-0").micros, 0);
        assert_eq!(yuan("007.5").plain(), "7.50");
        assert_eq!(yuan("0.123456").plain(), "0.123456");
    }

    #[test]
    fn half_a_cent_goes_away_from_zero() {
        let rounded = |text: &str| yuan(text).half_up().expect("fits").plain();
        assert_eq!([rounded("0.005"), rounded("0.004999"), rounded("-0.005"), rounded("-0.004999")], ["0.01", "0.00", "-0.01", "0.00"]);
        assert_eq!([yuan("0.019999").cut_to_cents().plain(), yuan("-0.019999").cut_to_cents().plain()], ["0.01", "-0.01"]);
        assert_eq!(Money::cny(i64::MAX).half_up(), None);
    }

    #[test]
    fn nothing_is_shown_with_a_sign_that_it_has_lost() {
        assert_eq!(yuan("-0.001").to_string(), "0.00");
        assert_eq!(yuan("-2932.11").to_string(), "\u{2212}2,932.11");
        assert_eq!(yuan("678342.1").to_string(), "678,342.10");
    }

    #[test]
    fn currencies_never_mix_and_sums_that_do_not_fit_are_none() {
        let dollar = Money { currency: Currency::Usd, micros: 1 };
        assert_eq!(yuan("1").plus(dollar), None);
        assert_eq!(Money::sum(Currency::Cny, [yuan("1"), dollar]), None);
        assert_eq!(Money::cny(i64::MAX).plus(Money::cny(1)), None);
        assert_eq!(Money::cny(i64::MIN).minus(Money::cny(1)), None);
        assert_eq!(Money::cny(i64::MAX).times(2), None);
        assert_eq!(Money::sum(Currency::Cny, [yuan("712480.36"), yuan("-31206.15"), yuan("-2932.11")]), Some(yuan("678342.10")));
    }
}
