//! The days on which what a document says holds (domain.md F1). Partners read it before and after as well, so the days open and close nothing.

use super::Refusal;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// From which day until which, both inclusive; without an end the document holds from or up to the other one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
}

/// Where a day is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Not yet.
    Later,
    /// On this day.
    Now,
    /// Not any more.
    Before,
}

impl Effective {
    /// What was typed into the two fields; empty is no end.
    ///
    /// # Errors
    /// A day that is none, or a range that ends before it begins.
    pub fn read(from: &str, until: &str) -> Result<Self, Refusal> {
        let day = |typed: &str, wrong: Refusal| match typed.trim() {
            "" => Ok(None),
            typed => typed.parse().map(Some).map_err(|_| wrong),
        };
        let read = Self { from: day(from, Refusal::EffectiveFromInvalid)?, until: day(until, Refusal::EffectiveUntilInvalid)? };
        match read {
            Self { from: Some(from), until: Some(until) } if until < from => Err(Refusal::EffectiveReversed),
            read => Ok(read),
        }
    }

    /// The document names a day.
    #[must_use]
    pub const fn is_said(self) -> bool {
        self.from.is_some() || self.until.is_some()
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(self, day: Day) -> Holds {
        match self {
            Self { from: Some(from), .. } if day < from => Holds::Later,
            Self { until: Some(until), .. } if day > until => Holds::Before,
            _ => Holds::Now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_days_belong_to_it() {
        let half = Effective::read(" 2026-07-01", "2026-12-31 ").expect("two days");
        let on = |day: &str| half.holds(day.parse().expect("a day"));
        assert_eq!(["2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01"].map(on), [Holds::Later, Holds::Now, Holds::Now, Holds::Before]);
    }

    #[test]
    fn an_end_may_be_open() {
        assert_eq!(Effective::read("", ""), Ok(Effective::default()));
        let until = Effective::read("", "2026-06-18").expect("a day");
        assert!(until.is_said());
        assert_eq!(until.holds("1999-01-01".parse().expect("a day")), Holds::Now);
        assert_eq!(until.holds("2026-06-19".parse().expect("a day")), Holds::Before);
    }

    #[test]
    fn what_is_no_day_or_no_range_is_refused() {
        assert_eq!(Effective::read("2026-02-30", ""), Err(Refusal::EffectiveFromInvalid));
        assert_eq!(Effective::read("", "soon"), Err(Refusal::EffectiveUntilInvalid));
        assert_eq!(Effective::read("2026-07-02", "2026-07-01"), Err(Refusal::EffectiveReversed));
        assert!(Effective::read("2026-07-01", "2026-07-01").is_ok());
    }
}
