//! The days of a month as links: a range is chosen in two steps, each an address. It needs no script.

use crate::lang;
use domain::{Day, Days, Lang};
use leptos::prelude::*;

const WEEK_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const WEEK_EN: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// The range after a day was picked: a first pick is both ends, a later day closes the range, anything else starts anew.
#[must_use]
pub fn picked(days: Days, day: Day) -> Days {
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to && day > from => Days { from: Some(from), to: Some(day) },
        _ => Days { from: Some(day), to: Some(day) },
    }
}

/// A month of which `first` is the first day; `address` writes a range.
#[must_use]
pub fn month(first: Day, days: Days, address: &dyn Fn(Days) -> String) -> AnyView {
    let lang = lang();
    let (year, number, _) = first.parts();
    let caption = match lang {
        Lang::Zh => format!("{year} 年 {number} 月"),
        Lang::En => format!("{year}-{number:02}"),
    };
    let week = if lang == Lang::Zh { WEEK_ZH } else { WEEK_EN };
    let heads = week.iter().map(|word| view! { <th scope="col">{*word}</th> }).collect_view();
    let rows = weeks(first).into_iter().map(|week| {
        let cells = week.into_iter().map(|day| day.map_or_else(|| view! { <td></td> }.into_any(), |day| cell(day, days, address)));
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! { <table class="month"><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows.collect_view()}</tbody></table> }
        .into_any()
}

fn cell(day: Day, days: Days, address: &dyn Fn(Days) -> String) -> AnyView {
    let is_end = days.from == Some(day) || days.to == Some(day);
    let inside = days.from.is_some_and(|from| from <= day) && days.to.is_some_and(|to| day <= to);
    let (current, inside) = (is_end.then_some("date"), (inside && !is_end).then_some(""));
    let href = address(picked(days, day));
    // The number alone says little to those who hear it.
    let (year, month, number) = day.parts();
    let before = view! { <span class="visually-hidden">{format!("{year}-{month:02}-")}</span> };
    view! { <td data-in=inside data-end=is_end.then_some("")><a href=href aria-current=current>{before}{number}</a></td> }.into_any()
}

/// The weeks of a month, Monday first, with gaps before and behind it.
fn weeks(first: Day) -> Vec<[Option<Day>; 7]> {
    let month = first.parts().1;
    let mut day = first.plus(-i32::from(weekday(first)));
    let mut weeks = Vec::new();
    loop {
        let week: [Option<Day>; 7] = std::array::from_fn(|_| {
            let this = day;
            day = day.plus(1);
            (this.parts().1 == month).then_some(this)
        });
        if week.iter().all(Option::is_none) {
            return weeks;
        }
        weeks.push(week);
    }
}

/// 0 for Monday. The first day of 2024 was one.
fn weekday(day: Day) -> u8 {
    let Ok(monday) = "2024-01-01".parse::<Day>() else { return 0 };
    u8::try_from(day.days_since(monday).rem_euclid(7)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn weeks_begin_on_monday() {
        let may = weeks(day("2026-05-01"));
        assert_eq!((may.len(), may[0][3], may[0][4]), (5, None, Some(day("2026-05-01"))));
        assert_eq!(may[4][6], Some(day("2026-05-31")));
        let february = weeks(day("2027-02-01"));
        assert_eq!((february.len(), february[0][0], february[3][6]), (4, Some(day("2027-02-01")), Some(day("2027-02-28"))));
    }

    #[test]
    fn two_picks_make_a_range_and_a_third_starts_anew() {
        let first = picked(Days::default(), day("2026-05-20"));
        let second = picked(first, day("2026-06-18"));
        assert_eq!((second.from, second.to), (Some(day("2026-05-20")), Some(day("2026-06-18"))));
        assert_eq!(picked(second, day("2026-06-01")).from, Some(day("2026-06-01")));
        assert_eq!(picked(first, day("2026-05-01")).from, Some(day("2026-05-01")), "an earlier day is a new beginning");
    }
}
