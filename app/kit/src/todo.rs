//! To-dos: what needs the reader, from every flow that has something (domain.md F0). Drawn by the server alone.

use crate::{
    icon::{Icon, day},
    lang,
    money::amount,
};
use domain::{Day, Money, deadline::Kind, machine::Keyed as _};
use leptos::prelude::*;

/// To-dos that home shows.
const SHOWN_MAX: usize = 20;

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
    let dot = crate::icon::dot(lang());
    let due = due.map(|due| view! { {dot}{crate::words::BY_DAY.at(lang())}" "{day(due.start())} });
    let money = money.map(|money| view! { <span class="money">{amount(money, "")}</span> });
    view! {
        <li data-todo=kind.key()>
            <span class="todo-icon"><Icon name=icon/></span>
            <div class="main"><span class="what">{what.clone()}</span><span class="sub">{about}{due}</span></div>
            {money}
            <div class="act"><a class="btn s" href=href>{label}<span class="visually-hidden">{format!(" {what}")}</span></a></div>
        </li>
    }
    .into_any()
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
}
