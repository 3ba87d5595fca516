//! Moments and days. Business days are days in UTC+8 (domain.md 4.4); the clock itself is not here.
//!
//! The calendar is written out here, because this is the one part of a date library that the browser needs, and a whole one would cost
//! each first load more than a page does.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

const SECOND_US: i64 = 1_000_000;
const DAY_SECONDS: i64 = 86_400;
/// The zone of all business dates, seconds east of Greenwich.
const ZONE_SECONDS: i64 = 8 * 3_600;
/// Years that are days of ours.
const YEARS: std::ops::RangeInclusive<i64> = 1970..=9998;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

/// A calendar day in UTC+8, written `2026-06-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Days since 1970-01-01.
    number: i32,
}

impl Day {
    /// 1970-01-01, which days are counted from.
    pub const FIRST: Self = Self { number: 0 };
}

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
        Day::numbered(self.local_seconds().div_euclid(DAY_SECONDS))
    }

    /// `2026-06-18 14:40:00`, UTC+8.
    #[must_use]
    pub fn to_seconds(self) -> String {
        let (hour, minute, second) = self.time_of_day();
        format!("{} {hour:02}:{minute:02}:{second:02}", self.day())
    }

    /// `2026-06-18 14:40`, UTC+8.
    #[must_use]
    pub fn to_minutes(self) -> String {
        let (hour, minute, _) = self.time_of_day();
        format!("{} {hour:02}:{minute:02}", self.day())
    }

    /// `2026-06-18T14:40:00+08:00`, for `datetime` attributes and files.
    #[must_use]
    pub fn to_iso(self) -> String {
        let (hour, minute, second) = self.time_of_day();
        format!("{}T{hour:02}:{minute:02}:{second:02}+08:00", self.day())
    }

    /// Hour of the business day, 0 to 23; home greets by it.
    #[must_use]
    pub fn hour(self) -> i64 {
        self.time_of_day().0
    }

    const fn local_seconds(self) -> i64 {
        self.0.div_euclid(SECOND_US).saturating_add(ZONE_SECONDS)
    }

    /// Hour, minute and second of the business day.
    #[must_use]
    pub const fn time_of_day(self) -> (i64, i64, i64) {
        let seconds = self.local_seconds().rem_euclid(DAY_SECONDS);
        (seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

impl FromStr for Moment {
    type Err = NotADay;

    /// An RFC 3339 time with its zone: `2026-07-05T12:00:00+08:00`. Fractions of a second are read and dropped.
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let (day, time) = text.split_once(['T', 't', ' ']).ok_or(NotADay)?;
        let zone_at = time.find(['Z', 'z', '+', '-']).ok_or(NotADay)?;
        let (clock, zone) = time.split_at_checked(zone_at).ok_or(NotADay)?;
        let whole = match clock.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit()) => whole,
            Some(_) => return Err(NotADay),
            None => clock,
        };
        let day: Day = day.parse()?;
        let (hour, minute, second) = clock_parts(whole)?;
        let utc = i64::from(day.number) * DAY_SECONDS + hour * 3_600 + minute * 60 + second - zone_seconds(zone)?;
        Ok(Self(utc.saturating_mul(SECOND_US)))
    }
}

fn clock_parts(text: &str) -> Result<(i64, i64, i64), NotADay> {
    let parts: Vec<&str> = text.split(':').collect();
    let [hour, minute, second] = parts.as_slice() else { return Err(NotADay) };
    Ok((two_digits(hour, 23)?, two_digits(minute, 59)?, two_digits(second, 59)?))
}

fn zone_seconds(text: &str) -> Result<i64, NotADay> {
    if text.eq_ignore_ascii_case("z") {
        return Ok(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-').ok_or(NotADay)?),
    };
    let (hours, minutes) = rest.split_once(':').ok_or(NotADay)?;
    Ok(sign * (two_digits(hours, 23)? * 3_600 + two_digits(minutes, 59)? * 60))
}

fn two_digits(text: &str, most: i64) -> Result<i64, NotADay> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number <= most).ok_or(NotADay)
}

impl Day {
    /// The day's first moment.
    #[must_use]
    pub fn start(self) -> Moment {
        Moment((i64::from(self.number) * DAY_SECONDS - ZONE_SECONDS) * SECOND_US)
    }

    /// The first moment of the next day: ranges are closed at both ends, so this is where they stop.
    #[must_use]
    pub fn end(self) -> Moment {
        self.start().plus_days(1)
    }

    /// This day moved by so many days.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self::numbered(i64::from(self.number) + i64::from(days))
    }

    /// The first day of this month.
    #[must_use]
    pub fn month_start(self) -> Self {
        let (year, month, _) = self.parts();
        Self::numbered(number_of(year, month, 1))
    }

    /// The first day of this calendar quarter.
    #[must_use]
    pub fn quarter_start(self) -> Self {
        let (year, month, _) = self.parts();
        Self::numbered(number_of(year, (month - 1) / 3 * 3 + 1, 1))
    }

    /// The same day of another month, or the last one of a month that is too short for it.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.parts();
        let first = first_of(year * 12 + month - 1 + i64::from(months));
        Self::numbered(first + day.min(length_of(first)) - 1)
    }

    /// How many days its month has.
    #[must_use]
    pub fn month_days(self) -> i64 {
        let (year, month, _) = self.parts();
        length_of(first_of(year * 12 + month - 1))
    }

    /// Days since Monday: 0 for Monday itself, 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> i32 {
        // The first day of all, 1970-01-01, was a Thursday.
        (self.number + 3).rem_euclid(7)
    }

    /// Days from `earlier` to this day.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.number) - i64::from(earlier.number)
    }

    /// A day by its number; one outside our years stops at their edge instead of wrapping.
    fn numbered(number: i64) -> Self {
        let edge = |year, month, day| number_of(year, month, day);
        let within = number.clamp(edge(*YEARS.start(), 1, 1), edge(*YEARS.end(), 12, 31));
        Self { number: i32::try_from(within).unwrap_or_default() }
    }

    /// Year, month and day of the month. The Gregorian calendar repeats every 400 years of 146,097 days; counting from March
    /// puts the leap day at the end of a year.
    #[must_use]
    pub fn parts(self) -> (i64, i64, i64) {
        let since_march_0000 = i64::from(self.number) + 719_468;
        let era = since_march_0000.div_euclid(146_097);
        let day_of_era = since_march_0000.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        (era * 400 + year_of_era + i64::from(month <= 2), month, day)
    }
}

/// The number of a day of the calendar, counted as in `Day::parts`.
const fn number_of(year: i64, month: i64, day: i64) -> i64 {
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The number of the first day of a month, counted from January of the year 0.
const fn first_of(month: i64) -> i64 {
    number_of(month.div_euclid(12), month.rem_euclid(12) + 1, 1)
}

/// How many days the month has that begins on this day. No month is longer than 31, and 31 days on it is the next one.
fn length_of(first: i64) -> i64 {
    let day = |number: i64| i32::try_from(number).map_or(1, |number| Day { number }.parts().2);
    32 - day(first + 31)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotADay);
        };
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotADay);
        }
        let year: i64 = year.parse().map_err(|_| NotADay)?;
        if !YEARS.contains(&year) {
            return Err(NotADay);
        }
        let (month, day) = (two_digits(month, 12)?, two_digits(day, 31)?);
        let read = Self::numbered(number_of(year, month, day));
        // A day that the month does not have comes out as one of the next month.
        if read.parts() == (year, month, day) { Ok(read) } else { Err(NotADay) }
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
    fn the_calendar_knows_leap_years_and_counts_on_without_gaps() {
        for (last, next) in [
            ("2024-02-28", "2024-02-29"),
            ("2024-02-29", "2024-03-01"),
            ("2026-02-28", "2026-03-01"),
            ("2000-02-28", "2000-02-29"),
            ("2100-02-28", "2100-03-01"),
            ("1999-12-31", "2000-01-01"),
            ("2026-06-30", "2026-07-01"),
        ] {
            assert_eq!(last.parse::<Day>().expect("a day").plus(1).to_string(), next);
        }
        let mut day: Day = "1970-01-01".parse().expect("a day");
        for _ in 0..200_000 {
            let next = day.plus(1);
            assert_eq!(next.to_string().parse(), Ok(next));
            assert_eq!(next.start(), day.end());
            day = next;
        }
    }

    #[test]
    fn a_month_on_is_the_same_day_or_the_last_one_there_is() {
        let on = |day: &str, months: i32| day.parse::<Day>().expect("a day").plus_months(months).to_string();
        assert_eq!(on("2026-06-18", 1), "2026-07-18");
        assert_eq!(on("2026-06-18", -6), "2025-12-18");
        assert_eq!(on("2026-12-31", 1), "2027-01-31");
        assert_eq!(on("2026-01-31", 1), "2026-02-28");
        assert_eq!(on("2024-01-31", 1), "2024-02-29");
        assert_eq!(on("2024-02-29", 12), "2025-02-28");
        assert_eq!(on("1970-01-31", -1), "1970-01-01", "the edge of our years");
        assert_eq!(on("9998-12-01", 1), "9998-12-31", "the other edge");
    }

    #[test]
    fn months_are_as_long_as_they_are_and_weeks_begin_on_monday() {
        let day = |day: &str| day.parse::<Day>().expect("a day");
        let lengths = ["2026-01-31", "2026-02-10", "2024-02-01", "2100-02-28", "2026-04-30", "9998-12-31"];
        assert_eq!(lengths.map(|month| day(month).month_days()), [31, 28, 29, 28, 30, 31]);
        assert_eq!(["1970-01-01", "2026-06-15", "2026-06-21", "2024-01-01"].map(|of| day(of).weekday()), [3, 0, 6, 0]);
    }

    #[test]
    fn a_time_is_read_with_its_zone_only() {
        let noon: Moment = "2026-07-05T12:00:00+08:00".parse().expect("a time");
        assert_eq!(noon.to_iso(), "2026-07-05T12:00:00+08:00");
        assert_eq!("2026-07-05T04:00:00Z".parse(), Ok(noon));
        assert_eq!("2026-07-04T23:30:00.250-04:30".parse(), Ok(noon));
        for wrong in [
            "2026-07-05T12:00:00",
            "2026-07-05",
            "2026-07-05T24:00:00Z",
            "2026-07-05T12:00Z",
            "2026-07-05T12:00:00.Z",
            "x",
            "2026-07-05T12:00:00+8:00",
        ] {
            assert_eq!(wrong.parse::<Moment>(), Err(NotADay), "{wrong}");
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
