//! Two months of days, out of which a range is chosen (ARIA date grid, design.md section 4). They stand in no page: the server draws them for a
//! browser that opens a filter of days ([`crate::overlay`]), which writes what is chosen into the two fields that are there without script, too.

use domain::{Day, Days};

/// The function that draws them; `today`, `month` and `past` are written behind it.
pub const MONTHS: &str = "/fn/lists/months";

/// The range after a day was picked: it is the end that is missing where it fits, and otherwise the beginning of another range.
#[must_use]
pub fn picked(days: Days, day: Day) -> Days {
    match (days.from, days.to) {
        (Some(from), None) if day >= from => Days { from: Some(from), to: Some(day) },
        (None, Some(to)) if day <= to => Days { from: Some(day), to: Some(to) },
        _ => Days { from: Some(day), to: None },
    }
}

/// The day that a key of the grid leads to: arrows go by days and weeks, Home and End to the ends of the week, the pages by months, and by
/// years with Shift.
#[must_use]
pub fn stepped(day: Day, key: &str, shift: bool) -> Option<Day> {
    let months = if shift { 12 } else { 1 };
    Some(match key {
        "ArrowLeft" => day.plus(-1),
        "ArrowRight" => day.plus(1),
        "ArrowUp" => day.plus(-7),
        "ArrowDown" => day.plus(7),
        "Home" => day.plus(-day.weekday()),
        "End" => day.plus(6 - day.weekday()),
        "PageUp" => day.plus_months(-months),
        "PageDown" => day.plus_months(months),
        _ => return None,
    })
}

#[cfg(not(target_arch = "wasm32"))]
pub use server::months;

#[cfg(not(target_arch = "wasm32"))]
mod server {
    use crate::{icon::Icon, lang, page::more_styles};
    use domain::{Day, Days, Lang, Text, text};
    use leptos::prelude::*;

    const EARLIER: Text = text("上个月", "Previous month");
    const LATER: Text = text("下个月", "Next month");
    const HOW: Text = text("先选开始日，再选结束日。", "Choose the first day, then the last.");
    const WEEK_ZH: [(&str, &str); 7] =
        [("一", "星期一"), ("二", "星期二"), ("三", "星期三"), ("四", "星期四"), ("五", "星期五"), ("六", "星期六"), ("日", "星期日")];
    const WEEK_EN: [(&str, &str); 7] = [
        ("Mo", "Monday"),
        ("Tu", "Tuesday"),
        ("We", "Wednesday"),
        ("Th", "Thursday"),
        ("Fr", "Friday"),
        ("Sa", "Saturday"),
        ("Su", "Sunday"),
    ];
    const YEAR_EN: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// What the days are drawn from.
    pub struct Shown {
        /// A day of the later month.
        pub month: Day,
        /// The business day.
        pub today: Day,
        /// Nothing lies after today.
        pub past: bool,
        /// The range that is chosen already; a browser paints it by itself.
        pub days: Days,
    }

    /// The month of `shown` and the one before it.
    #[must_use]
    pub fn months(shown: &Shown) -> AnyView {
        more_styles();
        let lang = lang();
        let last = shown.month.month_start();
        let first = last.plus_months(-1);
        let is_first = first == last;
        let pair = (!is_first).then(|| month(shown, first));
        let (earlier, later) = ((!is_first).then_some(first), last.plus_months(1).month_start());
        let later = (later > last && !(shown.past && later > shown.today)).then_some(later);
        view! {
            {pair}
            {month(shown, last)}
            <div class="month-steps">
                {step("earlier", EARLIER, "chevron-left", earlier)}
                {step("later", LATER, "chevron-right", later)}
            </div>
            <p class="note-line" role="status" data-how=HOW.at(lang)>{HOW.at(lang)}</p>
            <p class="visually-hidden" role="status"></p>
        }
        .into_any()
    }

    fn step(testid: &'static str, word: Text, icon: &'static str, month: Option<Day>) -> AnyView {
        let (month, off) = (month.map(|month| month.to_string()), month.is_none().then_some("true"));
        view! {
            <button class="icon-btn" type="button" data-month=month aria-disabled=off aria-label=word.at(lang()) data-testid=testid><Icon name=icon/></button>
        }
        .into_any()
    }

    fn month(shown: &Shown, first: Day) -> AnyView {
        let lang = lang();
        let (year, number, _) = first.parts();
        let caption = match lang {
            Lang::Zh => format!("{year} 年 {number} 月"),
            Lang::En => format!("{} {year}", name_en(number)),
        };
        let heads = week(lang).iter().map(|(short, long)| view! { <th scope="col" aria-label=*long>{*short}</th> }).collect_view();
        let rows = weeks(first).into_iter().map(|week| {
            let cells = week.into_iter().map(|day| day.map_or_else(|| view! { <td></td> }.into_any(), |day| cell(shown, day)));
            view! { <tr>{cells.collect_view()}</tr> }
        });
        view! {
            <table class="month" role="grid">
                <caption>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    }

    fn cell(shown: &Shown, day: Day) -> AnyView {
        let Days { from, to } = shown.days;
        let is_end = from == Some(day) || to == Some(day);
        let inside = from.is_some_and(|from| from < day) && to.is_some_and(|to| day < to);
        let current = (day == shown.today).then_some("date");
        let off = (shown.past && day > shown.today).then_some("true");
        view! {
            <td
                role="gridcell"
                tabindex="-1"
                data-day=day.to_string()
                data-in=inside.then_some("")
                data-end=is_end.then_some("")
                aria-label=spoken(day, lang())
                aria-selected=(inside || is_end).then_some("true")
                aria-current=current
                aria-disabled=off
            >{day.parts().2}</td>
        }
        .into_any()
    }

    /// A day as it is read out: the number alone says little.
    fn spoken(day: Day, lang: Lang) -> String {
        let (year, month, number) = day.parts();
        let name = usize::try_from(day.weekday()).ok().and_then(|at| week(lang).get(at)).map_or("", |(_, long)| long);
        match lang {
            Lang::Zh => format!("{year}年{month}月{number}日，{name}"),
            Lang::En => format!("{name}, {number} {} {year}", name_en(month)),
        }
    }

    const fn week(lang: Lang) -> &'static [(&'static str, &'static str); 7] {
        match lang {
            Lang::Zh => &WEEK_ZH,
            Lang::En => &WEEK_EN,
        }
    }

    fn name_en(month: i64) -> &'static str {
        usize::try_from(month - 1).ok().and_then(|at| YEAR_EN.get(at)).copied().unwrap_or_default()
    }

    /// The weeks of a month, Monday first, with gaps before and behind it.
    pub(super) fn weeks(first: Day) -> Vec<[Option<Day>; 7]> {
        let (before, length) = (i64::from(first.weekday()), first.month_days());
        let day = |place: i64| {
            let at = place - before;
            (0..length).contains(&at).then(|| i32::try_from(at).map_or(first, |at| first.plus(at)))
        };
        let weeks = (before + length + 6) / 7;
        (0..weeks).map(|week| std::array::from_fn(|at| day(week * 7 + i64::try_from(at).unwrap_or(0)))).collect()
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use server::Shown;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::Visit;
    use leptos::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn days(from: &str, to: &str) -> Days {
        Days { from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let may = server::weeks(day("2026-05-01"));
        assert_eq!((may.len(), may[0][3], may[0][4]), (5, None, Some(day("2026-05-01"))));
        assert_eq!(may[4][6], Some(day("2026-05-31")));
        let february = server::weeks(day("2027-02-01"));
        assert_eq!((february.len(), february[0][0], february[3][6]), (4, Some(day("2027-02-01")), Some(day("2027-02-28"))));
        let last = server::weeks(day("9998-12-01"));
        assert_eq!(last.iter().flatten().flatten().count(), 31, "the last month there is");
    }

    #[test]
    fn two_picks_make_a_range_and_a_third_starts_anew() {
        let first = picked(Days::default(), day("2026-05-20"));
        assert_eq!(first, days("2026-05-20", ""));
        let second = picked(first, day("2026-06-18"));
        assert_eq!(second, days("2026-05-20", "2026-06-18"));
        assert_eq!(picked(second, day("2026-06-01")), days("2026-06-01", ""));
        assert_eq!(picked(first, day("2026-05-19")), days("2026-05-19", ""), "an earlier day is another beginning");
        assert_eq!(picked(first, day("2026-05-20")), days("2026-05-20", "2026-05-20"), "one day is a range");
        assert_eq!(picked(days("", "2026-05-20"), day("2026-05-01")), days("2026-05-01", "2026-05-20"), "the end was there");
        assert_eq!(picked(days("", "2026-05-20"), day("2026-05-21")), days("2026-05-21", ""));
    }

    #[test]
    fn keys_go_by_days_weeks_months_and_years() {
        let thursday = day("2026-06-18");
        let to = |key: &str, shift: bool| stepped(thursday, key, shift).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!([to("ArrowLeft", false), to("ArrowRight", false)], ["2026-06-17", "2026-06-19"]);
        assert_eq!([to("ArrowUp", false), to("ArrowDown", false)], ["2026-06-11", "2026-06-25"]);
        assert_eq!([to("Home", false), to("End", false)], ["2026-06-15", "2026-06-21"]);
        assert_eq!([to("PageUp", false), to("PageDown", false)], ["2026-05-18", "2026-07-18"]);
        assert_eq!([to("PageUp", true), to("PageDown", true)], ["2025-06-18", "2027-06-18"]);
        assert_eq!(to("Enter", false), "");
        assert_eq!(stepped(day("2026-06-21"), "Home", false), Some(day("2026-06-15")), "Sunday ends the week");
    }

    fn drawn(month: &str, past: bool) -> String {
        Owner::new().with(|| {
            provide_context(StoredValue::new(Visit::default()));
            let shown = Shown { month: day(month), today: day("2026-06-18"), past, days: days("2026-05-30", "2026-06-02") };
            crate::drawn::drawn(months(&shown)).0
        })
    }

    #[test]
    fn two_months_know_today_what_is_chosen_and_what_lies_ahead() {
        let page = drawn("2026-06-18", true);
        let of = |day: &str| {
            let from = page.split_once(&format!("data-day=\"{day}\"")).map_or("", |(_, rest)| rest);
            from.split('>').next().unwrap_or_default().to_owned()
        };
        assert!(page.contains("2026 年 5 月") && page.contains("2026 年 6 月") && !page.contains("2026 年 7 月"), "{page}");
        assert!(of("2026-06-18").contains("aria-current=\"date\"") && !of("2026-06-18").contains("aria-disabled"));
        assert!(of("2026-06-19").contains("aria-disabled=\"true\""));
        assert!(of("2026-05-30").contains("data-end") && of("2026-05-31").contains("data-in") && of("2026-06-02").contains("data-end"));
        assert!(!of("2026-06-03").contains("aria-selected"));
        assert!(page.contains("data-month=\"2026-05-01\"") && !page.contains("data-month=\"2026-07-01\""), "{page}");
        assert!(drawn("2026-06-18", false).contains("data-month=\"2026-07-01\""), "what is due may lie ahead");
    }

    #[test]
    fn the_first_and_the_last_month_there_are_end_the_way() {
        let first = drawn("1970-01-31", true);
        assert!(first.matches("<table").count() == 1 && first.matches("data-month").count() == 1, "{first}");
        assert!(!drawn("9998-12-31", false).contains("data-month=\"9999"));
    }
}
