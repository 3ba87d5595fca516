//! The filter bar and its chips: a GET form whose address is the state, drawn by the server ([`crate::frame`]); script only makes it apply
//! at once (ux.md section 1).

mod ends;

use crate::{icon::Icon, lang, overlay::Finder, words};
use domain::{
    Day, Days, Lang, Text,
    list::{Asked, Filter, FilterKind, List},
};
use ends::{Lies, amount_words, amounts, days, range_words};
use leptos::prelude::*;

/// Options beyond these are found by typing, too: they are more than an eye takes in at once.
const SIFTED_FROM: usize = 7;

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
    let sift = (options.len() > SIFTED_FROM).then(|| sift(filter.label.at(lang)));
    let cleared = bar.list.address(bar.path, &bar.asked.only(filter.key, None));
    view! {
        <details class="filter" name="filter" data-set=(!chosen.is_empty()).then_some("")>
            {summary(filter, value, "chevron-down")}
            <fieldset class="menu">
                <legend class="visually-hidden">{filter.label.at(lang)}</legend>
                {sift}
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

/// Finds among many options, by script alone (`kit::overlay`): it has no name, so it is never sent.
fn sift(label: &'static str) -> AnyView {
    let lang = lang();
    let find = if lang == Lang::Zh { format!("搜索{label}") } else { format!("Search {}", label.to_lowercase()) };
    view! {
        <span class="affix find needs-script">
            <Icon name="search"/>
            <input type="search" data-sift="" placeholder=find.clone() aria-label=find autocomplete="off"/>
        </span>
        <p class="note-line" role="status" hidden=true data-none="">{words::NO_OPTION.at(lang)}</p>
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
