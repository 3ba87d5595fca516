//! Amounts in the numerals of Chinese bills and receipts, which cannot be changed with a stroke of the pen (ux.md section 2).

use crate::{Currency, Money};

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// Within a group of four digits, from the left.
const PLACES: [&str; 4] = ["仟", "佰", "拾", ""];
/// Of groups of four digits, from the right.
const GROUPS: [&str; 4] = ["", "万", "亿", "万"];
const CENT_MICROS: u64 = 10_000;

impl Money {
    /// The amount to the cent, what lies below cut off: `壹仟零伍元叁角整`. Only the yuan is written so.
    #[must_use]
    pub fn capitals(self) -> Option<String> {
        if self.currency != Currency::Cny {
            return None;
        }
        let cents = self.micros.unsigned_abs() / CENT_MICROS;
        let (units, dimes, pennies) = (cents / 100, digit(cents / 10), digit(cents));
        let sign = if self.micros < 0 && cents > 0 { "负" } else { "" };
        let whole = if units > 0 { format!("{}元", written(units)) } else { String::new() };
        let rest = match (dimes, pennies) {
            (0, 0) if units > 0 => "整".to_owned(),
            (0, 0) => "零元整".to_owned(),
            (dimes, 0) => format!("{}角整", DIGITS[dimes]),
            (0, pennies) if units > 0 => format!("零{}分", DIGITS[pennies]),
            (0, pennies) => format!("{}分", DIGITS[pennies]),
            (dimes, pennies) => format!("{}角{}分", DIGITS[dimes], DIGITS[pennies]),
        };
        Some(format!("{sign}{whole}{rest}"))
    }
}

/// The last digit.
fn digit(number: u64) -> usize {
    usize::try_from(number % 10).unwrap_or_default()
}

/// A whole number above zero. Zeros between digits are said once, those at the end of a group not at all.
fn written(number: u64) -> String {
    let (mut out, mut is_gap) = (String::new(), false);
    for at in (0..GROUPS.len()).rev() {
        let group = (0..at).fold(number, |rest, _| rest / 10_000) % 10_000;
        for (place, name) in PLACES.iter().enumerate() {
            let digit = digit((0..PLACES.len() - 1 - place).fold(group, |rest, _| rest / 10));
            if digit == 0 {
                is_gap = !out.is_empty();
                continue;
            }
            if is_gap {
                out.push(DIGITS[0]);
                is_gap = false;
            }
            out.push(DIGITS[digit]);
            out.push_str(name);
        }
        if group > 0 {
            out.push_str(GROUPS[at]);
        }
        // Ten thousands of hundreds of millions keep their unit, also when nothing follows them in its group.
        if at == 2 && group == 0 && !out.is_empty() {
            out.push_str(GROUPS[at]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_written_as_banks_write_them() {
        for (amount, words) in [
            ("0", "零元整"),
            ("0.009999", "零元整"),
            ("0.06", "陆分"),
            ("0.50", "伍角整"),
            ("1", "壹元整"),
            ("10", "壹拾元整"),
            ("1.05", "壹元零伍分"),
            ("1.50", "壹元伍角整"),
            ("107.53", "壹佰零柒元伍角叁分"),
            ("1005.30", "壹仟零伍元叁角整"),
            ("10000", "壹万元整"),
            ("10050", "壹万零伍拾元整"),
            ("154250.52", "壹拾伍万肆仟贰佰伍拾元伍角贰分"),
            ("1000001", "壹佰万零壹元整"),
            ("100000000", "壹亿元整"),
            ("100010000", "壹亿零壹万元整"),
            ("1000000000000", "壹万亿元整"),
            ("1000500000000", "壹万零伍亿元整"),
            ("-8000.00", "负捌仟元整"),
        ] {
            let money = Money::parse(Currency::Cny, amount).expect("an amount");
            assert_eq!(money.capitals().as_deref(), Some(words), "{amount}");
        }
        assert_eq!(Money::zero(Currency::Usd).capitals(), None);
    }

    /// Reads them again, by the values of digits and units alone.
    fn read(words: &str) -> u64 {
        let (whole, rest) = words.split_once('元').unwrap_or(("", words));
        let (mut groups, mut group, mut last) = (0_u64, 0_u64, 0_u64);
        for character in whole.chars() {
            match character {
                '仟' | '佰' | '拾' => {
                    let worth = [('仟', 1_000), ('佰', 100), ('拾', 10)]
                        .into_iter()
                        .find(|(name, _)| *name == character)
                        .map_or(0, |(_, worth)| worth);
                    group += last * worth;
                    last = 0;
                }
                '万' => {
                    group = (group + last) * 10_000;
                    last = 0;
                }
                '亿' => {
                    groups = (group + last) * 100_000_000;
                    (group, last) = (0, 0);
                }
                digit => last = DIGITS.iter().position(|other| *other == digit).and_then(|at| u64::try_from(at).ok()).unwrap_or(0),
            }
        }
        let mut cents = (groups + group + last) * 100;
        let mut last = 0;
        for character in rest.chars() {
            match character {
                '角' => cents += last * 10,
                '分' => cents += last,
                digit => last = DIGITS.iter().position(|other| *other == digit).and_then(|at| u64::try_from(at).ok()).unwrap_or(0),
            }
        }
        cents
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_says_the_amount(micros in 0_i64..=i64::MAX, shift in 0_u32..62) {
            let micros = micros >> shift;
            let words = Money::cny(micros).capitals().expect("yuan");
            prop_assert_eq!(read(&words), micros.unsigned_abs() / CENT_MICROS, "{}", words);
        }
    }
}
