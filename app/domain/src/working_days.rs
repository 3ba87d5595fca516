//! Working days (domain.md 4.4): the holiday calendar as data, and what is counted with it. No clock.

use crate::time::{Day, Moment};

/// Working days at the end of each month on which finance pays nothing out.
pub const MONTH_END_DAYS: usize = 3;
/// By how many working days the end of a month can put off a promise, at most: what is handed in before it may still be paid in time.
const MONTH_END_ADDS: i64 = 2;
/// No count goes further than this: ten years.
const COUNTED_MAX: i64 = 3_660;
/// Nothing is looked for further ahead than this, in days.
const AHEAD_MAX: i32 = 3_660;

/// A year of the calendar: days off as first and last, and weekends that are worked; each as month times a hundred and day.
struct Year {
    year: i64,
    off: &'static [(i64, i64)],
    worked: &'static [i64],
}

/// The last one holds the statutory days only: it is provisional until the calendar is announced.
const CALENDAR: &[Year] = &[
    Year {
        year: 2018,
        off: &[(101, 101), (215, 221), (405, 407), (429, 501), (618, 618), (924, 924), (1001, 1007), (1231, 1231)],
        worked: &[211, 224, 408, 428, 929, 930, 1229],
    },
    Year {
        year: 2019,
        off: &[(101, 101), (204, 210), (405, 407), (501, 504), (607, 609), (913, 915), (1001, 1007)],
        worked: &[202, 203, 428, 505, 929, 1012],
    },
    Year {
        year: 2020,
        off: &[(101, 101), (124, 202), (404, 406), (501, 505), (625, 627), (1001, 1008)],
        worked: &[119, 426, 509, 628, 927, 1010],
    },
    Year {
        year: 2021,
        off: &[(101, 103), (211, 217), (403, 405), (501, 505), (612, 614), (919, 921), (1001, 1007)],
        worked: &[207, 220, 425, 508, 918, 926, 1009],
    },
    Year {
        year: 2022,
        off: &[(101, 103), (131, 206), (403, 405), (430, 504), (603, 605), (910, 912), (1001, 1007)],
        worked: &[129, 130, 402, 424, 507, 1008, 1009],
    },
    Year {
        year: 2023,
        off: &[(101, 102), (121, 127), (405, 405), (429, 503), (622, 624), (929, 1006)],
        worked: &[128, 129, 423, 506, 625, 1007, 1008],
    },
    Year {
        year: 2024,
        off: &[(101, 101), (210, 217), (404, 406), (501, 505), (610, 610), (915, 917), (1001, 1007)],
        worked: &[204, 218, 407, 428, 511, 914, 929, 1012],
    },
    Year {
        year: 2025,
        off: &[(101, 101), (128, 204), (404, 406), (501, 505), (531, 602), (1001, 1008)],
        worked: &[126, 208, 427, 928, 1011],
    },
    Year {
        year: 2026,
        off: &[(101, 103), (215, 223), (404, 406), (501, 505), (619, 621), (925, 927), (1001, 1007)],
        worked: &[104, 214, 228, 509, 920, 1010],
    },
    Year { year: 2027, off: &[(101, 101), (205, 208), (405, 405), (501, 502), (609, 609), (915, 915), (1001, 1003)], worked: &[] },
];

/// The day is worked: it is listed as worked, or is Monday to Friday and not listed as off.
#[must_use]
pub fn is_worked(day: Day) -> bool {
    let (year, month, of_month) = day.parts();
    let date = month * 100 + of_month;
    let listed = CALENDAR.iter().find(|other| other.year == year);
    let worked = listed.is_some_and(|year| year.worked.contains(&date));
    let off = listed.is_some_and(|year| year.off.iter().any(|(from, to)| (*from..=*to).contains(&date)));
    worked || (!off && day.weekday() < 5)
}

/// The day on which a duration of so many working days ends. It begins on the next day.
#[must_use]
pub fn after(day: Day, working_days: i64) -> Day {
    (0..working_days.clamp(0, COUNTED_MAX)).fold(day, |day, _| next(day))
}

/// The next working day.
fn next(day: Day) -> Day {
    let mut next = day.plus(1);
    // The longest holiday is shorter than a month; the end of our years stops a count, too.
    for _ in 0..31 {
        if is_worked(next) {
            break;
        }
        next = next.plus(1);
    }
    next
}

/// How many working days are left until a deadline; today counts when it is one.
#[must_use]
pub fn remaining(today: Day, deadline: Day) -> i64 {
    let days = deadline.days_since(today).clamp(-1, COUNTED_MAX);
    let worked = (0..=days).filter(|ahead| i32::try_from(*ahead).is_ok_and(|ahead| is_worked(today.plus(ahead))));
    i64::try_from(worked.count()).unwrap_or(COUNTED_MAX)
}

/// The last day until which at most so many working days are left; today counts when it is one.
#[must_use]
pub fn last_within(today: Day, working_days: i64) -> Day {
    let ahead = (0..AHEAD_MAX).map(|days| today.plus(days));
    ahead.take_while(|day| remaining(today, *day) <= working_days).last().unwrap_or(today)
}

/// The last working days of the month of a day, in order: on these finance pays nothing out.
#[must_use]
pub fn month_end(day: Day) -> Vec<Day> {
    let first_of_next = day.month_start().plus(31).month_start();
    let mut days: Vec<Day> = (1..31).map(|before| first_of_next.plus(-before)).filter(|day| is_worked(*day)).take(MONTH_END_DAYS).collect();
    days.reverse();
    days
}

/// No money leaves on this day.
#[must_use]
pub fn is_month_end(day: Day) -> bool {
    month_end(day).contains(&day)
}

/// When a payout that is handed in on a day arrives, if that takes so many working days. Money leaves on the next working day at the
/// earliest; where that is one of the last of its month, the promise moves with it.
#[must_use]
pub fn promised(day: Day, working_days: i64) -> Day {
    let mut leaves = next(day);
    let mut waits = 0;
    while is_month_end(leaves) && waits < MONTH_END_ADDS {
        leaves = next(leaves);
        waits += 1;
    }
    after(day, working_days.saturating_add(waits))
}

/// The same time of the day, so many working days later: until when something is to be looked at.
#[must_use]
pub fn at_the_same_time(at: Moment, working_days: i64) -> Moment {
    let (hour, minute, second) = at.time_of_day();
    after(at.day(), working_days).start().plus_seconds(hour * 3_600 + minute * 60 + second)
}

/// Until when money that came on a day can go back the way it came: so many months, the end day included.
#[must_use]
pub fn window_end(received: Day, months: i64) -> Day {
    let (_, _, of_month) = received.parts();
    let mut start = received.month_start();
    for _ in 0..months.clamp(0, 1_200) {
        start = start.plus(31).month_start();
    }
    let length = start.plus(31).month_start().days_since(start);
    // A month without that day ends with its last one.
    let ahead = if of_month > length { length - 1 } else { of_month - 2 };
    start.plus(i32::try_from(ahead).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn the_examples_of_the_domain_come_out() {
        assert_eq!(after(day("2026-06-01"), 14), day("2026-06-22"), "14 working days from the first of June");
        assert_eq!(promised(day("2026-06-10"), 7), day("2026-06-22"), "the holiday is skipped");
        let left = ["2026-06-22", "2026-06-24", "2026-06-30"].map(|deadline| remaining(day("2026-06-18"), day(deadline)));
        assert_eq!(left, [2, 4, 8]);
        assert_eq!(remaining(day("2026-06-18"), day("2026-06-17")), 0);
        let within = ["2026-06-23", "2026-06-24", "2026-06-18"].map(|today| last_within(day(today), 5));
        assert_eq!(within, ["2026-06-29", "2026-06-30", "2026-06-25"].map(day), "five working days, the holiday skipped");
    }

    #[test]
    fn weekends_are_off_unless_listed_and_weekdays_are_worked_unless_listed() {
        for (text, worked) in [
            ("2026-06-18", true),
            ("2026-06-19", false),
            ("2026-06-20", false),
            ("2026-06-22", true),
            ("2026-05-09", true),
            ("2026-01-04", true),
            ("2018-12-31", false),
            ("2018-12-29", true),
            ("2027-01-01", false),
            ("2030-01-01", true),
            ("2030-01-05", false),
        ] {
            assert_eq!(is_worked(day(text)), worked, "{text}");
        }
    }

    #[test]
    fn the_last_three_working_days_of_a_month_put_a_promise_off_by_at_most_two() {
        assert_eq!(month_end(day("2026-06-18")), [day("2026-06-26"), day("2026-06-29"), day("2026-06-30")]);
        let plain = |text| after(day(text), 7);
        for (text, more) in
            [("2026-06-18", 0), ("2026-06-24", 0), ("2026-06-25", 2), ("2026-06-26", 2), ("2026-06-29", 1), ("2026-06-30", 0)]
        {
            assert_eq!(promised(day(text), 7), after(plain(text), more), "{text}");
        }
    }

    #[test]
    fn a_window_includes_its_last_day() {
        for (received, months, until) in [
            ("2026-05-31", 6, "2026-11-30"),
            ("2026-05-14", 6, "2026-11-13"),
            ("2026-04-18", 6, "2026-10-17"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2026-01-01", 3, "2026-03-31"),
        ] {
            assert_eq!(window_end(day(received), months), day(until), "{received}");
        }
    }

    #[test]
    fn what_is_to_be_looked_at_within_a_day_is_due_at_the_same_time_of_the_next_one() {
        let at: Moment = "2026-06-18T16:41:05+08:00".parse().expect("a moment");
        assert_eq!(at_the_same_time(at, 1).to_seconds(), "2026-06-22 16:41:05");
    }

    proptest! {
        #[test]
        fn a_duration_ends_on_a_working_day_and_as_many_lie_in_it(ahead in 0_i32..3_000, count in 1_i64..60) {
            let from = day("2018-01-01").plus(ahead);
            let end = after(from, count);
            prop_assert!(is_worked(end));
            prop_assert_eq!(remaining(from.plus(1), end), count);
            prop_assert!(promised(from, count) >= end && promised(from, count) <= after(end, 2));
        }
    }
}
