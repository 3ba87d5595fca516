//! Income and expense (收支明细) as a list: of one currency, because a balance after each movement is.

use super::{Cause, CauseKind, Direction, Movement};
use crate::{
    id::Id,
    list::{Asked, Column, Filter, FilterKind, InFile, List, Sort},
    machine::Keyed as _,
    money::{Currency, Money},
    text::{Text, text},
    time::{Day, Moment},
    views::Setup,
};
use serde::{Deserialize, Serialize};

/// Income and expense, on `/sales/funds`.
pub const LEDGER: List = List {
    name: "ledger",
    caption: text("收支明细", "Income and expense"),
    filters: &[
        Filter { key: "type", label: text("类型", "Type"), kind: FilterKind::Many(movements) },
        Filter { key: "direction", label: text("收支方向", "Direction"), kind: FilterKind::Many(directions) },
        Filter { key: "at", label: text("时间", "Time"), kind: FilterKind::Days },
        Filter { key: "amount", label: text("金额", "Amount"), kind: FilterKind::Amounts },
        Filter { key: "currency", label: text("币种", "Currency"), kind: FilterKind::One(currencies) },
        Filter { key: "q", label: text("对象", "Object"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("type", text("类型", "Type")).file(InFile::Text(18)),
        Column::new("at", text("时间", "Time")).sorts().file(InFile::Moment),
        Column::new("object", text("对象", "Object")).file(InFile::Text(24)),
        Column::new("direction", text("收支方向", "Direction")).file(InFile::Text(10)),
        Column::new("amount", text("金额", "Amount")).sorts().number().file(InFile::Amount),
        Column::new("balance", text("变动后余额", "Balance after")).number().file(InFile::Amount),
        Column::new("currency", text("币种", "Currency")).file(InFile::Text(8)).only_in_file(),
        Column::new("income", text("收入金额", "Income")).number().file(InFile::AmountSum).only_in_file(),
        Column::new("outcome", text("支出金额", "Expense")).number().file(InFile::AmountSum).only_in_file(),
        Column::new("transaction", text("交易编号", "Transaction")).file(InFile::Text(28)).only_in_file(),
    ],
    sorts: &[
        Sort { key: "at", label: text("时间", "Time"), down_first: true },
        Sort { key: "amount", label: text("金额", "Amount"), down_first: true },
    ],
    default_sort: "-at",
};

/// Movements inside the balance are no income and no expense.
fn movements() -> Vec<(&'static str, Text)> {
    Movement::ALL.iter().filter(|movement| movement.is_of_cash()).map(|movement| (movement.key(), movement.label())).collect()
}

fn directions() -> Vec<(&'static str, Text)> {
    Direction::ALL.iter().map(|direction| (direction.key(), direction.label())).collect()
}

fn currencies() -> Vec<(&'static str, Text)> {
    Currency::ALL.iter().map(|currency| (currency.key(), currency.label())).collect()
}

/// The currency of a question: yuan, unless it says another.
#[must_use]
pub fn currency_of(asked: &Asked) -> Currency {
    asked.chosen("currency").next().and_then(Currency::read).unwrap_or(Currency::Cny)
}

/// A movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The transaction.
    pub id: Id,
    /// Its kind.
    pub movement: Movement,
    /// When.
    pub at: Moment,
    /// What people call its cause.
    pub object: String,
    /// What it moved for.
    pub cause: Cause,
    /// Whether money came or went.
    pub direction: Direction,
    /// How much, without a sign.
    pub amount: Money,
    /// The cash balance after it.
    pub balance: Money,
}

impl LedgerRow {
    /// The page of what it moved for, where there is one.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        match self.cause.kind {
            CauseKind::Withdrawal => Some(format!("/sales/funds/withdrawals/{}", self.cause.id)),
            CauseKind::TopUp => Some(format!("/sales/funds/top-ups?q={}", self.object)),
            _ => None,
        }
    }
}

/// `/sales/funds`: what there is, and how it came and went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundsPage {
    /// The question.
    pub asked: Asked,
    /// The movements of this page.
    pub rows: Vec<LedgerRow>,
    /// All that match.
    pub total: i64,
    /// All that there are in this currency.
    pub all: i64,
    /// Business day.
    pub today: Day,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
    /// The balance card, drawn by the server.
    pub card: crate::Drawn,
    /// Why the movements are not shown, drawn by the server.
    pub locked: crate::Drawn,
    /// The reader sees the balance, and no movements.
    pub is_locked: bool,
}
