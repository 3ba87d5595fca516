//! Deadlines (domain.md 4.4): everything that waits for the reader, by date and by the money at stake. No clock, no database.

use crate::{
    keyed,
    list::{Asked, Column, Filter, FilterKind, List, Sort},
    machine::Keyed as _,
    money::Money,
    text::{Text, text},
    time::Day,
};
use serde::{Deserialize, Serialize};

keyed! {
    /// What waits. Every to-do that a flow gives is of one of these.
    Kind {
        Bill = "bill" "账单付款" "Bill to pay";
        Withdrawal = "withdrawal" "提现重提" "Withdrawal to resubmit";
        Confirm = "confirm" "提现复核" "Withdrawal to confirm";
        Invoice = "invoice" "开票重提" "Invoice to ask for again";
        Agreement = "agreement" "协议签署" "Agreement to accept";
        Program = "program" "加入计划" "Program to join";
    }
}

/// The list, on `/deadlines`.
pub const DEADLINES: List = List {
    name: "deadlines",
    caption: text("期限", "Deadlines"),
    filters: &[
        Filter { key: "kind", label: text("事项", "Kind"), kind: FilterKind::Many(kinds) },
        Filter { key: "date", label: text("截止日期", "Due"), kind: FilterKind::DaysAhead },
    ],
    columns: &[
        Column::new("what", text("事项", "What")),
        Column::new("date", text("截止日期", "Due")).sorts(),
        Column::new("days", text("剩余工作日", "Working days left")).number(),
        Column::new("money", text("涉及金额（元）", "At stake (CNY)")).number(),
        Column::new("actions", text("操作", "Actions")),
    ],
    sorts: &[Sort { key: "date", label: text("截止日期", "Due"), down_first: false }],
    default_sort: "date",
};

fn kinds() -> Vec<(&'static str, Text)> {
    Kind::ALL.iter().map(|kind| (kind.key(), kind.label())).collect()
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRow {
    /// What waits.
    pub kind: Kind,
    /// What is to be done.
    pub what: String,
    /// About what.
    pub about: String,
    /// Its last day; some things have none.
    pub due: Option<Day>,
    /// Working days left, today counted; negative is never said: what is over is over.
    pub days: Option<i64>,
    /// What is at stake.
    pub money: Option<Money>,
    /// Where it is done.
    pub href: String,
    /// The word of the way there.
    pub label: String,
}

/// `/deadlines`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlinePage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<DeadlineRow>,
    /// All that match.
    pub total: i64,
    /// Business day.
    pub today: Day,
}

/// Those that a question asks for. A range of days leaves out what has no day.
#[must_use]
pub fn asked_for(all: Vec<DeadlineRow>, asked: &Asked) -> Vec<DeadlineRow> {
    let of_kind = |row: &DeadlineRow| asked.chosen("kind").next().is_none() || asked.has("kind", row.kind.key());
    let in_days = |row: &DeadlineRow| {
        let late = |day: Day| asked.days.from.is_none_or(|from| day >= from) && asked.days.to.is_none_or(|to| day <= to);
        asked.days.is_open() || row.due.is_some_and(late)
    };
    let mut rows: Vec<DeadlineRow> = all.into_iter().filter(|row| of_kind(row) && in_days(row)).collect();
    if asked.sort_key().1 {
        rows.reverse();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_and_a_range_of_days_narrow_the_list_and_what_has_no_day_is_in_no_range() {
        let row = |kind, due: Option<&str>| DeadlineRow {
            kind,
            what: String::new(),
            about: String::new(),
            due: due.map(|day| day.parse().expect("a day")),
            days: None,
            money: None,
            href: String::new(),
            label: String::new(),
        };
        let all = || vec![row(Kind::Bill, Some("2026-06-30")), row(Kind::Bill, Some("2026-07-31")), row(Kind::Withdrawal, None)];
        let count = |query: &str| asked_for(all(), &DEADLINES.read(query)).len();
        assert_eq!((count(""), count("kind=bill"), count("kind=withdrawal"), count("kind=program")), (3, 2, 1, 0));
        assert_eq!((count("to=2026-06-30"), count("from=2026-07-01&kind=bill")), (1, 1));
        assert_eq!(asked_for(all(), &DEADLINES.read("sort=-date"))[0].kind, Kind::Withdrawal);
    }
}
