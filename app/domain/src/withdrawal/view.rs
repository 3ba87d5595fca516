//! Requests as pages show them.

use super::{Channel, Fund, State, Step, Tab};
use crate::{
    id::Id,
    keyed,
    list::Asked,
    money::Money,
    time::{Day, Moment},
    views::Setup,
};
use serde::{Deserialize, Serialize};

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalRow {
    /// The request.
    pub id: Id,
    /// Its version, for the next step.
    pub version: i64,
    /// The number people quote.
    pub number: String,
    /// Whose it is: the company's short name.
    pub partner: String,
    /// Out of which fund.
    pub fund: Fund,
    /// How much.
    pub amount: Money,
    /// The bank it goes to.
    pub bank: String,
    /// The last digits of the account.
    pub tail: String,
    /// When it was handed in.
    pub at: Moment,
    /// By whom.
    pub person: String,
    /// Its state.
    pub state: State,
    /// One of two people has approved it.
    pub has_first_approval: bool,
    /// The day by which it arrives.
    pub promised: Day,
    /// When it ended.
    pub ended: Option<Moment>,
    /// Until when finance has decided.
    pub due: Moment,
    /// What the bank calls the payment.
    pub reference: String,
    /// Why it was rejected or failed.
    pub reason: String,
}

/// `/sales/funds/withdrawals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalPage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<WithdrawalRow>,
    /// All that match.
    pub total: i64,
    /// How many are in each state, whatever the state filter.
    pub counts: Vec<(State, i64)>,
    /// Business day.
    pub today: Day,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
    /// What there is and the ways out of it, drawn by the server.
    pub card: crate::Drawn,
}

/// `/console/withdrawals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<WithdrawalRow>,
    /// All that match.
    pub total: i64,
    /// How many stand in each tab, whatever the tab.
    pub counts: Vec<(Tab, i64)>,
    /// The sum of what waits for its first decision.
    pub waiting: Money,
    /// By the business clock.
    pub now: Moment,
    /// The key of the next form.
    pub key: Id,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
}

/// A top-up that a request goes back through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// Its number.
    pub number: String,
    /// When it came.
    pub received: Moment,
    /// How it came.
    pub channel: Channel,
    /// How much came.
    pub amount: Money,
    /// How much of it goes back now.
    pub taken: Money,
    /// Until when it can go back the way it came.
    pub until: Day,
}

/// Something that happened to a request. Without a step it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The step; none is the beginning.
    pub step: Option<Step>,
    /// It was the first of two approvals.
    pub is_first_of_two: bool,
    /// When.
    pub at: Moment,
    /// Who; empty for the system.
    pub by: String,
    /// What was said.
    pub note: String,
}

/// A request as its partner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalDetail {
    /// The reader may confirm it: it waits for a colleague of who started it.
    #[serde(default)]
    pub may_confirm: bool,
    /// Where the code for that goes, mostly hidden.
    #[serde(default)]
    pub code_to: String,
    /// The request.
    pub row: WithdrawalRow,
    /// The holder of the account.
    pub holder: String,
    /// The branch of the bank.
    pub branch: String,
    /// The partner's own note.
    pub note: String,
    /// The contracting entity.
    pub entity: String,
    /// The top-ups it goes back through.
    pub sources: Vec<SourceRow>,
    /// What happened, oldest first.
    pub events: Vec<Happened>,
    /// The key of the next form.
    pub key: Id,
    /// By the business clock.
    pub now: Moment,
}

keyed! {
    /// What is looked at before finance decides.
    CheckKind {
        Holder = "holder" "收款户名" "Holder of the account";
        Rest = "rest" "可提现余额" "Balance of the fund";
        AccountAge = "account_age" "收款账户变更" "Change of the account";
        Amount = "amount" "复核人数" "People who decide";
    }
}

/// An automatic check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// What was looked at.
    pub kind: CheckKind,
    /// It is as it should be.
    pub good: bool,
    /// A name, an amount or a day that it rests on.
    pub value: String,
}

/// A request as the vendor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleWithdrawal {
    /// What the partner sees.
    pub detail: WithdrawalDetail,
    /// The company's full name.
    pub company: String,
    /// The automatic checks.
    pub checks: Vec<Checked>,
    /// How many requests of the company ended well in the last 90 days, and their sum.
    pub paid_lately: (i64, Money),
    /// The reader may not decide: they have approved it before, or it is their own.
    pub is_barred: bool,
    /// The requests of the same stage, in their order: those that come before and after it.
    pub queue: QueuePage,
    /// The whole number of the account, when the reader has opened the eye.
    pub number: Option<String>,
}

/// A bank account that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccountRow {
    /// The account.
    pub id: Id,
    /// Its holder.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The branch.
    pub branch: String,
    /// The last digits.
    pub tail: String,
    /// From when on it can be chosen, when that is still to come.
    pub ready: Option<Moment>,
}

/// A fund of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawable {
    /// The fund.
    pub fund: Fund,
    /// What can leave of it.
    pub rest: Money,
}

/// The form, and with an amount the review of what it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalForm {
    /// The key of the form; it stays the same from the first step to the last.
    pub key: String,
    /// What was typed before: of the first step, or of a request that is made again.
    pub typed: Offered,
    /// The request that is made again, and its number.
    pub again: Option<(Id, String)>,
    /// The funds.
    pub funds: Vec<Withdrawable>,
    /// The company's accounts.
    pub accounts: Vec<BankAccountRow>,
    /// Top-ups that can go back the way they came, newest first.
    pub records: Vec<Choosable>,
    /// The second step, when there is one.
    pub review: Option<Review>,
    /// The day on which a request of today arrives.
    pub promised: Day,
    /// The last working days of this month.
    pub month_end: Vec<Day>,
    /// Where the code is sent, mostly hidden.
    pub code_to: String,
}

/// What is typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The key of the fund.
    pub fund: String,
    /// The amount.
    pub amount: String,
    /// The id of the account.
    pub bank_account: String,
    /// A note.
    pub note: String,
    /// The ids of the top-ups that it goes back through; none for the newest first.
    pub records: Vec<String>,
}

/// A top-up that can be chosen for the way back; what it has left is what it can give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choosable {
    /// The top-up.
    pub id: Id,
    /// What it says.
    pub record: SourceRow,
}

/// What a request would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Out of which fund.
    pub fund: Fund,
    /// How much.
    pub amount: Money,
    /// What is left of the fund then.
    pub rest: Money,
    /// Where it goes.
    pub to: BankAccountRow,
    /// The top-ups it goes back through.
    pub sources: Vec<SourceRow>,
    /// The day by which it arrives.
    pub promised: Day,
    /// The partner's own note.
    pub note: String,
}
