//! To-dos: what needs the reader, from every flow that has something (domain.md F0). Drawn by the server alone.

use crate::{
    icon::{Icon, day},
    lang,
    money::amount,
    visit,
};
use domain::{Day, Lang, Money, Text, deadline::Kind, machine::Keyed as _, text, working_days};
use leptos::prelude::*;

/// To-dos that home shows.
const SHOWN_MAX: usize = 20;
/// With so many working days left, or fewer, a deadline is near.
const NEAR_DAYS: i64 = 2;

const BY: Text = text("截止", "by");
const OVERDUE: Text = text("已逾期", "Overdue");

/// Something to do.
#[derive(Clone, Debug)]
pub struct ToDo {
    /// What it is; its key is `data-todo`.
    pub kind: Kind,
    /// Its icon.
    pub icon: &'static str,
    /// What is to be done.
    pub what: String,
    /// About what.
    pub about: String,
    /// By when.
    pub due: Option<Day>,
    /// What is at stake.
    pub money: Option<Money>,
    /// Where it is done.
    pub href: String,
    /// The word of the way there.
    pub label: &'static str,
}

/// By deadline, then by money; what has no deadline comes last.
#[must_use]
pub fn in_order(mut all: Vec<ToDo>) -> Vec<ToDo> {
    all.sort_by_key(|one| (one.due.is_none(), one.due, std::cmp::Reverse(one.money.map_or(0, |money| money.micros))));
    all
}

/// The first of them, for home: all stand on the page of deadlines.
#[must_use]
pub fn first(all: Vec<ToDo>) -> Vec<ToDo> {
    let mut all = in_order(all);
    all.truncate(SHOWN_MAX);
    all
}

/// The list.
#[must_use]
pub fn list(all: Vec<ToDo>) -> AnyView {
    view! { <ul class="todo" data-testid="to-do">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
}

fn row(one: ToDo) -> AnyView {
    let ToDo { kind, icon, what, about, due, money, href, label } = one;
    let money = money.map(|money| amount(money, ""));
    view! {
        <li data-todo=kind.key()>
            <span class="todo-icon"><Icon name=icon/></span>
            <div class="main"><span class="what">{what.clone()}</span><span class="sub">{about}</span></div>
            <span class="worth">{money}</span>
            <span class="when">{due.map(by_when)}</span>
            <div class="act"><a class="btn s" href=href>{label}<span class="visually-hidden">{format!(" {what}")}</span></a></div>
        </li>
    }
    .into_any()
}

/// The deadline and how many working days are left; the colour says how near it is.
fn by_when(due: Day) -> AnyView {
    let (lang, today) = (lang(), visit::today());
    let left = working_days::remaining(today, due);
    let near = if left <= NEAR_DAYS { "bad" } else { "act" };
    let day = day(due.start());
    let by = if lang == Lang::Zh { view! { {day}" "{BY.at(lang)} }.into_any() } else { view! { {BY.at(lang)}" "{day} }.into_any() };
    view! { <span class="by" data-k=near>{by}</span><span class="sub">{time_left(due < today, left, lang)}</span> }.into_any()
}

fn time_left(is_over: bool, left: i64, lang: Lang) -> String {
    match (is_over, lang) {
        (true, lang) => OVERDUE.at(lang).to_owned(),
        (false, Lang::Zh) => format!("剩 {left} 个工作日"),
        (false, Lang::En) if left == 1 => "1 working day left".to_owned(),
        (false, Lang::En) => format!("{left} working days left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_deadline_comes_first_then_the_most_money_and_what_has_time_last() {
        let one = |href: &str, due: Option<&str>, money: Option<i64>| ToDo {
            kind: Kind::Bill,
            icon: "x",
            what: String::new(),
            about: String::new(),
            due: due.map(|day| day.parse().expect("a day")),
            money: money.map(Money::cny),
            href: href.to_owned(),
            label: "",
        };
        let all = vec![
            one("none", None, Some(9)),
            one("late", Some("2026-06-30"), Some(1)),
            one("rich", Some("2026-06-24"), Some(5)),
            one("poor", Some("2026-06-24"), None),
        ];
        assert_eq!(in_order(all).iter().map(|one| one.href.as_str()).collect::<Vec<_>>(), ["rich", "poor", "late", "none"]);
    }

    #[test]
    fn what_is_left_is_said_in_working_days_and_what_is_over_is_said_to_be() {
        assert_eq!(time_left(false, 3, Lang::Zh), "剩 3 个工作日");
        assert_eq!(time_left(false, 1, Lang::En), "1 working day left");
        assert_eq!(time_left(false, 0, Lang::En), "0 working days left");
        assert_eq!((time_left(true, 0, Lang::Zh).as_str(), time_left(true, 0, Lang::En).as_str()), ("已逾期", "Overdue"));
    }
}
