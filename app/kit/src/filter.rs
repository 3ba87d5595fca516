//! The filter bar and its chips: a GET form whose address is the state, drawn by the server ([`crate::frame`]); script only makes it apply
//! at once (ux.md section 1).

use crate::{icon::Icon, lang, overlay::Finder, words};
use domain::{
    Day, Days, Lang, Text,
    list::{Amounts, Asked, Filter, FilterKind, List},
};
use leptos::prelude::*;

/// Documents or rows beside an option.
pub type OptionCounts = Vec<(&'static str, i64)>;

/// What a filter bar says about its list.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The list.
    pub list: &'static List,
    /// The path of its page.
    pub path: &'static str,
    /// The question as it was answered.
    pub asked: Asked,
    /// Rows found, for the button of the phone's sheet.
    pub found: String,
    /// Counts beside options, per filter.
    pub counts: Vec<(&'static str, OptionCounts)>,
    /// The business day, for presets.
    pub today: Day,
    /// What the text field searches.
    pub placeholder: Text,
    /// The sentence when the question cannot be answered.
    pub error: Option<(String, String)>,
}

/// The bar.
#[component]
pub fn FilterBar(
    /// What it says.
    bar: Bar,
) -> AnyView {
    let lang = lang();
    let (list, path) = (bar.list, bar.path);
    let chosen = bar.asked.chosen.len() + usize::from(!bar.asked.days.is_open()) + usize::from(!bar.asked.amounts.is_open());
    let badge = (chosen > 0)
        .then(|| view! { <span class="badge act">{chosen}<span class="visually-hidden">{words::CHOSEN.at(lang)}</span></span> });
    let controls = list.filters.iter().map(|filter| control(&bar, filter)).collect_view();
    let show = format!("{}{}{}", words::SHOW.at(lang), if lang == Lang::En { " " } else { "" }, bar.found);
    let error = bar.error.clone().map(|(_, message)| {
        view! { <p class="error" role="alert" id="filter-error"><Icon name="alert-circle" size="s"/><span>{message}</span></p> }
    });
    view! {
        <form class="filterbar" action=path role="search" aria-label=words::FILTERS.at(lang) data-apply="replace">
            <div class="controls">
                {keyword(&bar)}
                <button class="btn filters-open" type="button" popovertarget="filters"><Icon name="filter"/>{words::FILTERS.at(lang)}{badge}</button>
                <div class="filters sheet" id="filters" popover="">
                    <div class="sheet-head">
                        <h2>{words::FILTERS.at(lang)}</h2>
                        <button class="icon-btn" type="button" popovertarget="filters" popovertargetaction="hide" aria-label=words::CLOSE_FILTERS.at(lang)>
                            <Icon name="x"/>
                        </button>
                    </div>
                    <div class="sheet-body">{controls}</div>
                    <div class="sheet-foot submit">
                        <button class="btn tonal">
                            <span class="wide-only">{words::SEARCH.at(lang)}</span>
                            <span class="phone-only">{show}</span>
                        </button>
                        <a class="btn quiet" href=path>{words::RESET.at(lang)}</a>
                    </div>
                </div>
            </div>
            {error}
            {carried(&bar)}
            {chips(&bar)}
        </form>
    }
    .into_any()
}

/// Sort, page size and view survive a change of filter.
fn carried(bar: &Bar) -> AnyView {
    let pairs = domain::list::pairs(&bar.list.write(&bar.asked));
    let kept = pairs.into_iter().filter(|(key, _)| matches!(key.as_str(), "sort" | "size" | "view"));
    kept.map(|(key, value)| view! { <input type="hidden" name=key value=value/> }).collect_view().into_any()
}

fn keyword(bar: &Bar) -> Option<AnyView> {
    let filter = bar.list.filters.iter().find(|filter| matches!(filter.kind, FilterKind::Keyword))?;
    let words = bar.placeholder.at(lang());
    let invalid = bar.error.as_ref().is_some_and(|(field, _)| field == filter.key);
    Some(
        view! {
            <span class="affix find">
                <Icon name="search"/>
                <input
                    type="search"
                    name=filter.key
                    value=bar.asked.keyword.clone()
                    placeholder=words
                    aria-label=words
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=invalid.then_some("filter-error")
                    data-testid="search-input"
                />
            </span>
        }
        .into_any(),
    )
}

/// One control of the bar.
#[must_use]
pub fn control(bar: &Bar, filter: &'static Filter) -> Option<AnyView> {
    match filter.kind {
        FilterKind::One(options) => Some(one(bar, filter, options())),
        FilterKind::Many(options) => Some(many(bar, filter, options())),
        FilterKind::Days => Some(days(bar, filter, Lies::Behind)),
        FilterKind::DaysAhead => Some(days(bar, filter, Lies::Ahead)),
        FilterKind::Amounts => Some(amounts(bar, filter)),
        // A link names it: it is carried along, and its chip takes it off.
        FilterKind::Value => bar.asked.chosen(filter.key).next().map(|value| {
            view! { <input type="hidden" name=filter.key value=value.to_owned() data-testid=format!("filter-{}", filter.key)/> }.into_any()
        }),
        FilterKind::Find(address) => Some(find(bar, filter, address)),
        FilterKind::Keyword => None,
    }
}

/// A choice of one: where a tree or tabs stand beside the list, it shows in the phone's sheet only.
fn one(bar: &Bar, filter: &'static Filter, options: Vec<(&'static str, Text)>) -> AnyView {
    let lang = lang();
    let chosen = bar.asked.chosen(filter.key).next().unwrap_or_default().to_owned();
    let parent = |key: &str| {
        options.iter().find(|(other, _)| key.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))).map(|(_, label)| label.at(lang))
    };
    let items = options
        .iter()
        .map(|(key, label)| {
            let word = parent(key).map_or_else(|| label.at(lang).to_owned(), |parent| format!("{parent} / {}", label.at(lang)));
            view! { <option value=*key selected=*key == chosen>{word}</option> }
        })
        .collect_view();
    let id = format!("filter-{}", filter.key);
    view! {
        <div class="field in-sheet">
            <label for=id.clone()>{filter.label.at(lang)}</label>
            <span class="select">
                <select class="input" id=id name=filter.key data-testid=format!("filter-{}-select", filter.key)>
                    <option value="">{words::ALL.at(lang)}</option>
                    {items}
                </select>
                <Icon name="chevron-down" size="s"/>
            </span>
        </div>
    }
    .into_any()
}

fn many(bar: &Bar, filter: &'static Filter, options: Vec<(&'static str, Text)>) -> AnyView {
    let lang = lang();
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let chosen: Vec<&str> = options.iter().filter(|(key, _)| bar.asked.has(filter.key, key)).map(|(_, label)| label.at(lang)).collect();
    let value = if chosen.is_empty() { words::ALL.at(lang).to_owned() } else { chosen.join(comma) };
    let counts = bar.counts.iter().find(|(key, _)| *key == filter.key).map(|(_, counts)| counts.clone()).unwrap_or_default();
    let boxes = options
        .iter()
        .map(|(key, label)| {
            let count = counts.iter().find(|(other, _)| other == key).map(|(_, count)| domain::text::grouped(*count));
            view! {
                <label class="check">
                    <input type="checkbox" name=filter.key value=*key checked=bar.asked.has(filter.key, key) data-testid=format!("filter-{}-{key}", filter.key)/>
                    <span>{label.at(lang)}</span>
                    {count.map(|count| view! { <span class="n">{count}</span> })}
                </label>
            }
        })
        .collect_view();
    let cleared = bar.list.address(bar.path, &bar.asked.only(filter.key, None));
    view! {
        <details class="filter" name="filter" data-set=(!chosen.is_empty()).then_some("")>
            {summary(filter, value, "chevron-down")}
            <fieldset class="menu">
                <legend class="visually-hidden">{filter.label.at(lang)}</legend>
                <div class="options">{boxes}</div>
                <div class="menu-foot">
                    <a class="btn quiet s" href=cleared>{words::CLEAR.at(lang)}</a>
                    <button class="btn primary s">{words::APPLY.at(lang)}</button>
                </div>
            </fieldset>
        </details>
    }
    .into_any()
}

/// A text that is found while it is typed; what is suggested leads to the list at once, and Enter takes what stands there.
fn find(bar: &Bar, filter: &'static Filter, address: &'static str) -> AnyView {
    let lang = lang();
    let label = filter.label.at(lang);
    let chosen = bar.asked.chosen(filter.key).next().unwrap_or_default().to_owned();
    let value = if chosen.is_empty() { words::ALL.at(lang).to_owned() } else { chosen.clone() };
    let mut live = format!("{address}?of={}&at=", filter.key);
    domain::list::encode(&bar.list.write(&bar.asked.only(filter.key, None)), &mut live);
    live.push_str("&query=");
    let set = (!chosen.is_empty()).then_some("");
    view! {
        <details class="filter" name="filter" data-set=set>
            {summary(filter, value, "chevron-down")}
            <fieldset class="menu find-menu">
                <legend class="visually-hidden">{label}</legend>
                <Finder id=filter.key name=filter.key label=label.to_owned() value=chosen class="input" address=live/>
                <div class="menu-foot"><button class="btn primary s">{words::APPLY.at(lang)}</button></div>
            </fieldset>
        </details>
    }
    .into_any()
}

fn summary(filter: &'static Filter, value: String, icon: &'static str) -> AnyView {
    view! {
        <summary data-testid=format!("filter-{}", filter.key)>
            <span class="lab">{filter.label.at(lang())}</span>
            <span class="val">{value}</span>
            <Icon name=icon size="s"/>
        </summary>
    }
    .into_any()
}

/// Where the days of a filter lie, seen from today.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    /// What has happened: none after today.
    Behind,
    /// What is due.
    Ahead,
}

fn days(bar: &Bar, filter: &'static Filter, lies: Lies) -> AnyView {
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
    let presets = view! { <ul class="presets">{presets}</ul> }.into_any();
    let ends = [("from", written(days.from), words::FROM_DAY), ("to", written(days.to), words::TO_DAY)];
    // Script lays two months in here when the menu is opened (`kit::overlay`).
    let past = (lies == Lies::Behind).then_some("");
    let more = view! { <div class="calendar" data-calendar=bar.today.to_string() data-past=past data-keeps=""></div> }.into_any();
    let note = both_ends(days, lang);
    range(bar, filter, Range { class: "menu dates", kind: "date", icon: "calendar", value, presets, ends, more, note })
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

fn amounts(bar: &Bar, filter: &'static Filter) -> AnyView {
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

fn range_words(days: Days, lang: Lang) -> String {
    let word = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    format!("{} {} {}", word(days.from), words::TO.at(lang), word(days.to))
}

fn amount_words(typed: &Amounts) -> String {
    let word = |end: &str| if end.is_empty() { "…".to_owned() } else { end.to_owned() };
    format!("{} {} {}", word(&typed.least), words::TO.at(lang()), word(&typed.most))
}

/// What narrows the list, each with the way to remove it.
fn chips(bar: &Bar) -> Option<AnyView> {
    let lang = lang();
    let asked = &bar.asked;
    if !asked.is_filtered() {
        return None;
    }
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let mut chips = Vec::new();
    for filter in bar.list.filters {
        let label = filter.label.at(lang);
        match filter.kind {
            FilterKind::One(_) | FilterKind::Many(_) => {
                for value in asked.chosen(filter.key) {
                    let word = bar.list.option(filter.key, value).map_or("", |text| text.at(lang));
                    chips.push((format!("{label}{colon}{word}"), asked.without(filter.key, value)));
                }
            }
            FilterKind::Value | FilterKind::Find(_) => {
                for value in asked.chosen(filter.key) {
                    chips.push((format!("{label}{colon}{value}"), asked.without(filter.key, value)));
                }
            }
            FilterKind::Days | FilterKind::DaysAhead if !asked.days.is_open() => {
                chips.push((format!("{label}{colon}{}", range_words(asked.days, lang)), asked.in_days(Days::default())));
            }
            FilterKind::Keyword if !asked.keyword.is_empty() => {
                let rest = Asked { sort: bar.list.read("").sort, ..asked.about("") };
                chips.push((format!("{label}{colon}{}", asked.keyword), rest));
            }
            FilterKind::Amounts if !asked.amounts.is_open() => {
                chips.push((format!("{label}{colon}{}", amount_words(&asked.amounts)), asked.of_all_amounts()));
            }
            FilterKind::Days | FilterKind::DaysAhead | FilterKind::Amounts | FilterKind::Keyword => {}
        }
    }
    let items = chips
        .into_iter()
        .map(|(word, rest)| {
            let href = bar.list.address(bar.path, &rest);
            let remove = format!("{}{word}", words::REMOVE_FILTER.at(lang));
            view! { <li class="chip"><span class="word">{word}</span><a href=href aria-label=remove><Icon name="x" size="s"/></a></li> }
        })
        .collect_view();
    Some(
        view! {
            <div class="chips-row">
                <span class="title" id="chips-title">{words::FILTERED.at(lang)}</span>
                <ul class="chips" aria-labelledby="chips-title">{items}</ul>
                <a href=bar.list.address(bar.path, &bar.list.cleared(asked)) data-testid="clear-filters">{words::CLEAR_ALL.at(lang)}</a>
            </div>
        }
        .into_any(),
    )
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
