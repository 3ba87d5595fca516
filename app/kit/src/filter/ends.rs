//! Filters with two ends, days and amounts: presets and periods as links, two fields that can always be typed, and what the range holds.

use super::{Bar, summary};
use crate::{lang, words};
use domain::{
    Day, Days, Lang, Text,
    bills::Period,
    list::{Amounts, Filter},
};
use leptos::prelude::*;

/// Where the days of a filter lie, seen from today.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    /// What has happened: none after today.
    Behind,
    /// What is due.
    Ahead,
}

pub(super) fn days(bar: &Bar, filter: &'static Filter, lies: Lies) -> AnyView {
    let lang = lang();
    let days = bar.asked.days;
    let value = if days.is_open() { words::ALL.at(lang).to_owned() } else { range_words(days, lang) };
    let written = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let presets = presets(bar.today, lies)
        .into_iter()
        .map(|(word, preset)| {
            let href = bar.list.address(bar.path, &bar.asked.in_days(preset));
            view! { <li><a href=href aria-current=(preset == days).then_some("true")>{word.at(lang)}</a></li> }
        })
        .collect_view();
    let periods = (lies == Lies::Behind).then(|| periods(bar));
    let presets = view! { <ul class="presets">{presets}{periods}</ul> }.into_any();
    let ends = [("from", written(days.from), words::FROM_DAY), ("to", written(days.to), words::TO_DAY)];
    // Script lays two months in here when the menu is opened (`kit::overlay`).
    let past = (lies == Lies::Behind).then_some("");
    let more = view! { <div class="calendar" data-calendar=bar.today.to_string() data-past=past data-keeps=""></div> }.into_any();
    let note = both_ends(days, lang);
    range(bar, filter, Range { class: "menu dates", kind: "date", icon: "calendar", value, presets, ends, more, note })
}

/// The periods of accounts behind today, each a whole month: as many as a year has, the running one first.
fn periods(bar: &Bar) -> AnyView {
    let items = (0..12).map(|back| {
        let period = Period::of(bar.today).back(back);
        let days = Days { from: Some(period.first()), to: Some(period.last()) };
        let href = bar.list.address(bar.path, &bar.asked.in_days(days));
        view! { <li><a href=href aria-current=(days == bar.asked.days).then_some("true")>{period.to_string()}</a></li> }
    });
    view! { <li><details class="periods-of"><summary>{words::PERIODS.at(lang())}</summary><ul>{items.collect_view()}</ul></details></li> }
        .into_any()
}

/// What a range of days holds.
fn both_ends(days: Days, lang: Lang) -> String {
    let (Some(from), Some(to)) = (days.from, days.to) else { return words::BOTH_ENDS.at(lang).to_owned() };
    let count = to.days_since(from) + 1;
    match lang {
        _ if count < 1 => words::BOTH_ENDS.at(lang).to_owned(),
        Lang::Zh => format!("含首尾两日，共 {count} 天，GMT+08:00"),
        Lang::En if count == 1 => "One day, GMT+08:00".to_owned(),
        Lang::En => format!("Both days included, {count} days, GMT+08:00"),
    }
}

pub(super) fn amounts(bar: &Bar, filter: &'static Filter) -> AnyView {
    let typed = &bar.asked.amounts;
    let value = if typed.is_open() { words::ALL.at(lang()).to_owned() } else { amount_words(typed) };
    let ends = [("least", typed.least.clone(), words::LEAST), ("most", typed.most.clone(), words::MOST)];
    let (nothing, note) = (|| ().into_any(), words::BOTH_AMOUNTS.at(lang()).to_owned());
    let range_of =
        Range { class: "menu dates", kind: "text", icon: "chevron-down", value, presets: nothing(), ends, more: nothing(), note };
    range(bar, filter, range_of)
}

/// A menu with two ends.
struct Range {
    class: &'static str,
    /// The kind of its fields.
    kind: &'static str,
    icon: &'static str,
    value: String,
    presets: AnyView,
    /// Parameter, value and word.
    ends: [(&'static str, String, Text); 2],
    /// What stands below them.
    more: AnyView,
    note: String,
}

fn range(bar: &Bar, filter: &'static Filter, range: Range) -> AnyView {
    let lang = lang();
    let Range { class, kind, icon, value, presets, ends, more, note } = range;
    let label = filter.label.at(lang);
    let set = ends.iter().any(|(_, value, _)| !value.is_empty()).then_some("");
    let mode = (kind == "text").then_some("decimal");
    let [first, last] = ends.map(|(name, value, word)| {
        let invalid = bar.error.as_ref().is_some_and(|(field, _)| field == name).then_some("true");
        let (name_of, testid) = (format!("{label}{}", word.at(lang)), format!("filter-{name}"));
        view! { <input class="input" type=kind inputmode=mode name=name value=value aria-invalid=invalid aria-label=name_of data-testid=testid/> }
    });
    view! {
        <details class="filter" name="filter" data-set=set>
            {summary(filter, value, icon)}
            <fieldset class=class>
                <legend class="visually-hidden">{label}</legend>
                {presets}
                <div class="range">{first}<span aria-hidden="true">{words::TO.at(lang)}</span>{last}</div>
                {more}
                <div class="menu-foot">
                    <p class="note-line">{note}</p>
                    <a class="btn quiet s" href=bar.list.address(bar.path, &bar.asked)>{words::CANCEL.at(lang)}</a>
                    <button class="btn primary s">{words::APPLY.at(lang)}</button>
                </div>
            </fieldset>
        </details>
    }
    .into_any()
}

fn presets(today: Day, lies: Lies) -> Vec<(Text, Days)> {
    let between = |from: Day, to: Day| Days { from: Some(from), to: Some(to) };
    match lies {
        Lies::Behind => vec![
            (words::TODAY, between(today, today)),
            (words::WEEK, between(today.plus(-6), today)),
            (words::MONTH, between(today.plus(-29), today)),
            (words::THIS_MONTH, between(today.month_start(), today)),
            (words::LAST_MONTH, between(today.plus_months(-1).month_start(), today.month_start().plus(-1))),
            (words::QUARTER, between(today.quarter_start(), today)),
        ],
        Lies::Ahead => vec![
            (words::TODAY, between(today, today)),
            (words::NEXT_WEEK, between(today, today.plus(6))),
            (words::NEXT_MONTH, between(today, today.plus(29))),
        ],
    }
}

pub(super) fn range_words(days: Days, lang: Lang) -> String {
    let word = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    format!("{} {} {}", word(days.from), words::TO.at(lang), word(days.to))
}

pub(super) fn amount_words(typed: &Amounts) -> String {
    let word = |end: &str| if end.is_empty() { "…".to_owned() } else { end.to_owned() };
    format!("{} {} {}", word(&typed.least), words::TO.at(lang()), word(&typed.most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn presets_end_today_where_things_have_happened_and_begin_today_where_they_are_due() {
        let today = day("2026-03-31");
        let of = |lies| presets(today, lies).into_iter().map(|(word, days)| format!("{}: {}", word.zh, range_words(days, Lang::Zh)));
        let behind: Vec<String> = of(Lies::Behind).collect();
        assert!(behind.contains(&"近 7 天: 2026-03-25 至 2026-03-31".to_owned()), "{behind:?}");
        assert!(behind.contains(&"上月: 2026-02-01 至 2026-02-28".to_owned()), "the last month is a whole one: {behind:?}");
        let ahead: Vec<String> = of(Lies::Ahead).collect();
        assert_eq!(ahead[1], "未来 7 天: 2026-03-31 至 2026-04-06");
    }

    #[test]
    fn a_range_counts_both_of_its_ends() {
        let days = |from: &str, to: &str| both_ends(Days { from: from.parse().ok(), to: to.parse().ok() }, Lang::Zh);
        assert_eq!(days("2026-05-20", "2026-06-18"), "含首尾两日，共 30 天，GMT+08:00");
        assert_eq!(days("2026-05-20", ""), "含首尾两日，GMT+08:00");
        assert_eq!(days("2026-05-20", "2026-05-19"), "含首尾两日，GMT+08:00", "reversed");
    }
}
