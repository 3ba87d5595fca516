//! Top-ups as lists: the partner's, and the claims that the vendor decides about.

use super::State;
use crate::{
    attachment::Attachment,
    id::Id,
    keyed,
    list::{Asked, Column, Filter, FilterKind, InFile, List, Sort},
    machine::Keyed as _,
    money::Money,
    text::{Text, text},
    time::{Day, Moment},
    views::Setup,
    withdrawal::Channel,
};
use serde::{Deserialize, Serialize};

/// The partner's top-ups, on `/sales/funds/top-ups`.
pub const TOP_UPS: List = List {
    name: "top-ups",
    caption: text("充值记录", "Top-ups"),
    filters: &[
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::Many(states) },
        Filter { key: "at", label: text("登记日期", "Entered"), kind: FilterKind::Days },
        Filter { key: "q", label: text("充值单号", "Number"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("充值单号", "Number")).file(InFile::Text(20)),
        Column::new("amount", text("金额（元）", "Amount (CNY)")).sorts().number().file(InFile::AmountSum),
        Column::new("payer", text("付款账户", "From")).file(InFile::Text(30)),
        Column::new("date", text("汇款日期", "Remitted")).file(InFile::Day),
        Column::new("at", text("登记时间", "Entered")).sorts().file(InFile::Moment),
        Column::new("state", text("状态", "State")).file(InFile::Text(14)),
        Column::new("until", text("可原路至", "Original path until")).file(InFile::Day).only_in_file(),
        Column::new("person", text("登记人", "Entered by")).file(InFile::Text(16)).only_in_file(),
        Column::new("reference", text("银行流水", "Bank reference")).file(InFile::Text(24)).only_in_file(),
        Column::new("reason", text("原因", "Reason")).file(InFile::Text(40)).only_in_file(),
    ],
    sorts: SORTS,
    default_sort: "-at",
};

/// The vendor's queue, on `/console/top-ups`. The oldest come first: they wait longest.
pub const CONSOLE_TOP_UPS: List = List {
    name: "console-top-ups",
    caption: text("充值认领", "Claims of remittances"),
    filters: &[
        Filter { key: "tab", label: text("阶段", "Stage"), kind: FilterKind::One(tabs) },
        Filter { key: "at", label: text("登记日期", "Entered"), kind: FilterKind::Days },
        Filter { key: "q", label: text("单号或伙伴", "Number or partner"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("充值单号", "Number")).file(InFile::Text(20)),
        Column::new("partner", text("伙伴", "Partner")).file(InFile::Text(28)),
        Column::new("amount", text("金额（元）", "Amount (CNY)")).sorts().number().file(InFile::AmountSum),
        Column::new("payer", text("付款账户", "From")).file(InFile::Text(30)),
        Column::new("date", text("汇款日期", "Remitted")).file(InFile::Day),
        Column::new("at", text("登记时间", "Entered")).sorts().file(InFile::Moment),
        Column::new("state", text("状态", "State")).file(InFile::Text(14)),
        Column::new("person", text("登记人", "Entered by")).file(InFile::Text(16)).only_in_file(),
        Column::new("reference", text("银行流水", "Bank reference")).file(InFile::Text(24)).only_in_file(),
        Column::new("reason", text("原因", "Reason")).file(InFile::Text(40)).only_in_file(),
    ],
    sorts: SORTS,
    default_sort: "at",
};

const SORTS: &[Sort] = &[
    Sort { key: "at", label: text("登记时间", "Entered"), down_first: true },
    Sort { key: "amount", label: text("金额", "Amount"), down_first: true },
];

keyed! {
    /// A tab of the queue; the first one is open at first.
    Tab {
        Review = "review" "待审核" "To review";
        Done = "done" "已处理" "Done";
    }
}

impl Tab {
    /// The states that stand in it.
    #[must_use]
    pub const fn states(self) -> &'static [State] {
        match self {
            Self::Review => &[State::Claimed],
            Self::Done => &[State::Credited, State::Refused],
        }
    }

    /// The tab of a question.
    #[must_use]
    pub fn of(asked: &Asked) -> Self {
        asked.chosen("tab").next().and_then(Self::read).unwrap_or(Self::Review)
    }
}

fn states() -> Vec<(&'static str, Text)> {
    State::ALL.iter().map(|state| (state.key(), state.label())).collect()
}

fn tabs() -> Vec<(&'static str, Text)> {
    Tab::ALL.iter().map(|tab| (tab.key(), tab.label())).collect()
}

/// A top-up in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUpRow {
    /// Its id.
    pub id: Id,
    /// Its version, for the next step.
    pub version: i64,
    /// The number people quote.
    pub number: String,
    /// Whose it is: the company's short name.
    pub partner: String,
    /// How much.
    pub amount: Money,
    /// How it came.
    pub channel: Channel,
    /// The name of the account it came from.
    pub payer: String,
    /// The bank of that account.
    pub bank: String,
    /// The last digits of that account.
    pub tail: String,
    /// The day it was remitted.
    pub date: Day,
    /// When it was claimed, or came.
    pub at: Moment,
    /// Who claimed it.
    pub person: String,
    /// Its state.
    pub state: State,
    /// What the bank calls it.
    pub reference: String,
    /// Why it was refused.
    pub reason: String,
    /// The partner's own note.
    pub note: String,
    /// The last day on which it can go back the way it came.
    pub until: Option<Day>,
    /// When it was decided about.
    pub decided: Option<Moment>,
    /// The bank's slip, if one was sent along.
    pub slip: Option<Attachment>,
}

/// `/sales/funds/top-ups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUpPage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<TopUpRow>,
    /// All that match.
    pub total: i64,
    /// How many are in each state, whatever the state filter.
    pub counts: Vec<(State, i64)>,
    /// Business day.
    pub today: Day,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
}

/// `/console/top-ups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUpQueue {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<TopUpRow>,
    /// All that match.
    pub total: i64,
    /// How many stand in each tab, whatever the tab.
    pub counts: Vec<(Tab, i64)>,
    /// The sum of what waits.
    pub waiting: Money,
    /// Business day.
    pub today: Day,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
}

/// `/console/top-ups/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleTopUp {
    /// The top-up.
    pub row: TopUpRow,
    /// The company's full name.
    pub company: String,
    /// Who decided.
    pub decided_by: String,
    /// The key of the next form.
    pub key: Id,
    /// The whole number of the account, when the reader has opened the eye.
    pub number: Option<String>,
}

/// `/sales/funds/top-ups/new`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimForm {
    /// The key of the form.
    pub key: Id,
    /// The company, which must be the payer.
    pub company: String,
    /// The contracting entity that the money went to.
    pub entity: String,
    /// Business day.
    pub today: Day,
}
