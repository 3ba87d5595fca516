//! Billing periods (账期): calendar months in UTC+8.

use crate::time::Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A month, written `2026-05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Its first day.
    first: Day,
}

/// The text is no month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPeriod;

impl Period {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Self { first: day.month_start() }
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> Day {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.next().first.plus(-1)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.first.plus(31))
    }

    /// The month before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.first.plus(-1))
    }

    /// This month moved by so many.
    #[must_use]
    pub fn back(self, months: usize) -> Self {
        (0..months).fold(self, |period, _| period.previous())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.first.parts();
        write!(f, "{year:04}-{month:02}")
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        format!("{text}-01").parse().map(|first| Self { first }).map_err(|_| NotAPeriod)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| serde::de::Error::custom("not a period"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other_over_the_end_of_a_year() {
        let december: Period = "2025-12".parse().expect("a month");
        assert_eq!((december.next().to_string(), december.previous().to_string()), ("2026-01".to_owned(), "2025-11".to_owned()));
        let february: Period = "2024-02".parse().expect("a month");
        assert_eq!((february.first().to_string(), february.last().to_string()), ("2024-02-01".to_owned(), "2024-02-29".to_owned()));
        assert_eq!(december.back(12).to_string(), "2024-12");
        for wrong in ["", "2026", "2026-13", "2026-00", "2026-5", "2026-05-01", "26-05", "2026/05", "9999-01"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}
