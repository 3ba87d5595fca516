//! Moments and days. Business days are days in UTC+8 (domain.md 4.4); the clock itself is not here.

use jiff::{Timestamp, civil, tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

const SECOND_US: i64 = 1_000_000;
/// The zone of all business dates, hours east of Greenwich.
const ZONE_HOURS: i8 = 8;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

/// A calendar day in UTC+8, written `2026-06-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

/// The text is not a day of the calendar between 1970 and 9998.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl Moment {
    /// This moment and so many seconds; stays at the end of time instead of wrapping.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(SECOND_US)))
    }

    /// This moment and so many days of 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Whole seconds from `earlier` to this moment, negative when it lies before.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(SECOND_US)
    }

    /// The business day of this moment.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.civil().date())
    }

    /// `2026-06-18 14:40:00`, UTC+8.
    #[must_use]
    pub fn to_seconds(self) -> String {
        let at = self.civil();
        format!("{} {:02}:{:02}:{:02}", Day(at.date()), at.hour(), at.minute(), at.second())
    }

    /// `2026-06-18 14:40`, UTC+8.
    #[must_use]
    pub fn to_minutes(self) -> String {
        let at = self.civil();
        format!("{} {:02}:{:02}", Day(at.date()), at.hour(), at.minute())
    }

    /// `2026-06-18T14:40:00+08:00`, for `datetime` attributes and files.
    #[must_use]
    pub fn to_iso(self) -> String {
        let at = self.civil();
        format!("{}T{:02}:{:02}:{:02}+08:00", Day(at.date()), at.hour(), at.minute(), at.second())
    }

    /// Hour of the business day, 0 to 23; home greets by it.
    #[must_use]
    pub fn hour(self) -> i8 {
        self.civil().hour()
    }

    fn civil(self) -> civil::DateTime {
        // A moment outside jiff's years cannot come from our clock; it reads as the beginning instead of failing a page.
        let stamp = Timestamp::from_microsecond(self.0).unwrap_or_default();
        tz::Offset::constant(ZONE_HOURS).to_datetime(stamp)
    }
}

impl FromStr for Moment {
    type Err = NotADay;

    /// An RFC 3339 time with its zone: `2026-07-05T12:00:00+08:00`.
    fn from_str(text: &str) -> Result<Self, NotADay> {
        text.parse::<Timestamp>().map(|stamp| Self(stamp.as_microsecond())).map_err(|_| NotADay)
    }
}

impl Day {
    /// The day's first moment.
    #[must_use]
    pub fn start(self) -> Moment {
        let offset = tz::Offset::constant(ZONE_HOURS);
        Moment(offset.to_timestamp(self.0.at(0, 0, 0, 0)).map_or(0, Timestamp::as_microsecond))
    }

    /// The first moment of the next day: ranges are closed at both ends, so this is where they stop.
    #[must_use]
    pub fn end(self) -> Moment {
        self.start().plus_days(1)
    }

    /// This day moved by so many days.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// The first day of this month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The first day of this calendar quarter.
    #[must_use]
    pub fn quarter_start(self) -> Self {
        let month = (self.0.month() - 1) / 3 * 3 + 1;
        Self(civil::Date::new(self.0.year(), month, 1).unwrap_or(self.0))
    }

    /// Days from `earlier` to this day.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.start().seconds_since(earlier.start()) / 86_400
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotADay);
        };
        if [year.len(), month.len(), day.len()] != [4, 2, 2] || !text.bytes().all(|b| b == b'-' || b.is_ascii_digit()) {
            return Err(NotADay);
        }
        let number = |part: &str| part.parse::<i16>().map_err(|_| NotADay);
        let small = |part: &str| part.parse::<i8>().map_err(|_| NotADay);
        let (year, month, day) = (number(year)?, small(month)?, small(day)?);
        if !(1970..=9998).contains(&year) {
            return Err(NotADay);
        }
        civil::Date::new(year, month, day).map(Self).map_err(|_| NotADay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| serde::de::Error::custom("not a day"))
    }
}

/// A range of days, closed at both ends, either of which may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The first day that counts.
    pub from: Option<Day>,
    /// The last day that counts.
    pub to: Option<Day>,
}

impl Days {
    /// Neither end is set.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// The first day lies after the last: nothing can match.
    #[must_use]
    pub fn is_reversed(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if from > to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_day_begins_at_sixteen_hours_utc_of_the_day_before() {
        let moment: Moment = "2026-06-17T16:00:00Z".parse().expect("a time");
        assert_eq!(moment.day().to_string(), "2026-06-18");
        assert_eq!(Moment(moment.0 - 1).day().to_string(), "2026-06-17");
        assert_eq!(moment.day().start(), moment);
        assert_eq!(moment.to_iso(), "2026-06-18T00:00:00+08:00");
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        assert_eq!("2026-06-18".parse::<Day>().map(|day| day.to_string()), Ok("2026-06-18".to_owned()));
        for wrong in ["2026-02-30", "2026-13-01", "0000-00-00", "9999-12-31", "2026-6-1", "+026-06-01", "", "2026-06-18T"] {
            assert_eq!(wrong.parse::<Day>(), Err(NotADay), "{wrong}");
        }
    }

    #[test]
    fn quarters_begin_in_january_april_july_and_october() {
        let start = |day: &str| day.parse::<Day>().expect("a day").quarter_start().to_string();
        assert_eq!(start("2026-06-18"), "2026-04-01");
        assert_eq!(start("2026-12-31"), "2026-10-01");
        assert_eq!(start("2026-01-01"), "2026-01-01");
    }
}
