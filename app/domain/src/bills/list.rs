//! Bills as lists, and what their pages get.

use super::{LineKind, Period, State};
use crate::{
    id::Id,
    list::{Asked, Column, Filter, FilterKind, InFile, List, Sort},
    machine::Keyed as _,
    money::{Currency, Money},
    text::{Text, text},
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

const PERIOD: Filter = Filter { key: "period", label: text("账期", "Period"), kind: FilterKind::Value };
const CURRENCY: Filter = Filter { key: "currency", label: text("币种", "Currency"), kind: FilterKind::One(currencies) };

/// The statement of one bill as a file: its facts, its sums, and its parts by product and by customer, each of which adds up to the total.
pub const BILL: List = List {
    name: "bill",
    caption: text("伙伴账单", "Partner bill"),
    filters: &[PERIOD, CURRENCY],
    columns: &[
        Column::new("section", text("部分", "Part")).file(InFile::Text(14)),
        Column::new("item", text("项目", "Item")).file(InFile::Text(34)),
        Column::new("note", text("说明", "Note")).file(InFile::Text(38)),
        Column::new("amount", text("金额", "Amount")).number().file(InFile::Exact),
        Column::new("by_product", text("按产品", "By product")).number().file(InFile::ExactSum),
        Column::new("by_customer", text("按客户", "By customer")).number().file(InFile::ExactSum),
    ],
    sorts: &[Sort { key: "item", label: text("项目", "Item"), down_first: false }],
    default_sort: "item",
};

/// The lines of a bill, `/sales/bill/lines`.
pub const BILL_LINES: List = List {
    name: "bill-lines",
    caption: text("账单明细", "Bill lines"),
    filters: &[
        PERIOD,
        CURRENCY,
        Filter { key: "type", label: text("账单类型", "Bill type"), kind: FilterKind::Many(kinds) },
        Filter { key: "product", label: text("产品", "Product"), kind: FilterKind::Value },
        Filter { key: "region", label: text("区域", "Region"), kind: FilterKind::Value },
        Filter { key: "customer", label: text("客户编号", "Customer id"), kind: FilterKind::Value },
        Filter { key: "at", label: text("扣费时间", "Charged"), kind: FilterKind::Days },
        Filter { key: "amount", label: text("金额", "Amount"), kind: FilterKind::Amounts },
        Filter { key: "q", label: text("产品、资源或编号", "Product, resource or number"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("period", text("账期", "Period")).file(InFile::Text(10)).only_in_file(),
        Column::new("product", text("产品", "Product")).file(InFile::Text(22)),
        Column::new("customer", text("客户", "Customer")).file(InFile::Text(22)),
        Column::new("customer_id", text("客户编号", "Customer id")).file(InFile::Text(18)).only_in_file(),
        Column::new("manager", text("客户经理", "Account manager")).file(InFile::Text(14)).only_in_file(),
        Column::new("association", text("关联类型", "Association")).file(InFile::Text(12)).only_in_file(),
        Column::new("resource", text("资源", "Resource")).file(InFile::Text(30)),
        Column::new("resource_name", text("资源名称", "Resource name")).file(InFile::Text(24)).only_in_file(),
        Column::new("mode", text("计费模式", "Billing mode")).file(InFile::Text(14)).only_in_file(),
        Column::new("reference", text("订单号/交易号", "Order or transaction")).file(InFile::Text(24)).only_in_file(),
        Column::new("type", text("账单类型", "Bill type")).file(InFile::Text(12)),
        Column::new("region", text("区域", "Region")).file(InFile::Text(18)),
        Column::new("at", text("扣费时间", "Charged")).sorts().file(InFile::Moment),
        Column::new("list", text("官网价", "List price")).number().file(InFile::Exact).only_in_file(),
        Column::new("discount", text("优惠", "Discount")).number().file(InFile::Exact).only_in_file(),
        Column::new("coupon", text("代金券抵扣", "Coupon")).number().file(InFile::Exact).only_in_file(),
        Column::new("cash", text("现金支付", "Cash")).number().file(InFile::Exact).only_in_file(),
        Column::new("credit", text("信用额度支付", "Credit")).number().file(InFile::Exact).only_in_file(),
        Column::new("amount", text("金额", "Amount")).sorts().number().file(InFile::ExactSum),
        Column::new("currency", text("币种", "Currency")).file(InFile::Text(8)).only_in_file(),
        Column::new("description", text("说明", "Description")).file(InFile::Text(40)).only_in_file(),
    ],
    sorts: &[
        Sort { key: "at", label: text("扣费时间", "Charged"), down_first: true },
        Sort { key: "amount", label: text("金额", "Amount"), down_first: true },
    ],
    default_sort: "-amount",
};

/// The customers of a bill, below `/sales/bill`.
pub const BILL_CUSTOMERS: List = List {
    name: "bill-customers",
    caption: text("按客户", "By customer"),
    filters: &[PERIOD, CURRENCY, Filter { key: "q", label: text("客户编号", "Customer id"), kind: FilterKind::Keyword }],
    columns: &[
        Column::new("customer", text("客户", "Customer")),
        Column::new("lines", text("明细", "Lines")).number(),
        Column::new("consumption", text("消费", "Consumption")).number(),
        Column::new("refunds", text("退款", "Refunds")).number(),
        Column::new("adjustments", text("调账", "Adjustments")).number(),
        Column::new("amount", text("合计", "Total")).sorts().number(),
    ],
    sorts: &[Sort { key: "amount", label: text("合计", "Total"), down_first: true }],
    default_sort: "-amount",
};

/// Bills of all partners, `/console/bills`.
pub const CONSOLE_BILLS: List = List {
    name: "console-bills",
    caption: text("账单与出账", "Bills"),
    filters: &[
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::Many(states) },
        Filter { key: "q", label: text("伙伴、编号或账期", "Partner, number or period"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("number", text("账单编号", "Bill")),
        Column::new("partner", text("伙伴", "Partner")),
        Column::new("period", text("账期", "Period")).sorts(),
        Column::new("state", text("状态", "State")),
        Column::new("due", text("应付", "Due")).sorts().number(),
        Column::new("open", text("未付", "Open")).number(),
        Column::new("currency", text("币种", "Currency")),
        Column::new("until", text("到期日", "Due date")),
    ],
    sorts: &[
        Sort { key: "period", label: text("账期", "Period"), down_first: true },
        Sort { key: "due", label: text("应付", "Due"), down_first: true },
    ],
    default_sort: "-period",
};

fn kinds() -> Vec<(&'static str, Text)> {
    LineKind::ALL.iter().map(|kind| (kind.key(), kind.label())).collect()
}

fn states() -> Vec<(&'static str, Text)> {
    State::ALL.iter().map(|state| (state.key(), state.label())).collect()
}

fn currencies() -> Vec<(&'static str, Text)> {
    Currency::ALL.iter().map(|currency| (currency.key(), currency.label())).collect()
}

/// The period of a question; none when it names none, or no month.
#[must_use]
pub fn period_of(asked: &Asked) -> Option<Period> {
    asked.chosen("period").next().and_then(|text| text.parse().ok())
}

/// A bill as its page shows it. What never changes on the page is drawn by the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Period picker and state, beside the title.
    pub mark: String,
    /// Export and payment.
    pub actions: String,
    /// The sum and its parts.
    pub body: String,
}

/// What is open of a bill, for the form that pays it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// The period.
    pub period: String,
    /// The currency.
    pub currency: String,
    /// What is open and what there is, drawn by the server.
    pub body: String,
    /// What the field begins with: all that can be paid. Empty where nothing is open.
    pub amount: String,
    /// The key of the payment.
    pub key: String,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    /// Its number within the bill.
    pub no: i64,
    /// What was used.
    pub product: String,
    /// The customer, masked, and the number behind it.
    pub customer: String,
    /// The resource.
    pub resource: String,
    /// What it is.
    pub kind: LineKind,
    /// Where.
    pub region: String,
    /// When it was charged.
    pub at: Moment,
    /// How much, for the eye.
    pub amount: String,
    /// How much, to the last decimal.
    pub plain: String,
}

/// Lines of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePage {
    /// The question.
    pub asked: Asked,
    /// The lines of this page.
    pub rows: Vec<LineRow>,
    /// All that match.
    pub total: i64,
    /// What all that match come to, for the eye.
    pub sum: String,
    /// The same, to the last decimal.
    pub plain: String,
    /// Of all lines.
    pub currency: Currency,
    /// The period, or nothing where there is no bill.
    pub period: String,
    /// Business day.
    pub today: Day,
}

/// A customer of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The number.
    pub number: String,
    /// The name, masked.
    pub name: String,
    /// Lines.
    pub lines: i64,
    /// Consumption, refunds, adjustments and their sum: for the eye, and to the last decimal.
    pub amounts: Vec<(String, String)>,
}

/// Customers of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The question.
    pub asked: Asked,
    /// The customers of this page.
    pub rows: Vec<CustomerRow>,
    /// All that match.
    pub total: i64,
    /// Of all amounts.
    pub currency: Currency,
    /// The period, or nothing where there is no bill.
    pub period: String,
    /// Business day.
    pub today: Day,
}

/// A bill in the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleBillRow {
    /// The bill.
    pub id: Id,
    /// Its number.
    pub number: String,
    /// The partner's short name.
    pub partner: String,
    /// The period.
    pub period: Period,
    /// Its state.
    pub state: State,
    /// What is to be paid.
    pub due: Money,
    /// What is not paid yet.
    pub open: Money,
    /// Until when.
    pub until: Option<Day>,
}

/// Bills in the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleBillPage {
    /// The question.
    pub asked: Asked,
    /// The bills of this page.
    pub rows: Vec<ConsoleBillRow>,
    /// All that match.
    pub total: i64,
    /// Business day.
    pub today: Day,
}

/// One bill in the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleBill {
    /// The bill.
    pub id: Id,
    /// Its version, for the next step.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// The partner's short name.
    pub partner: String,
    /// The period.
    pub period: Period,
    /// Its state.
    pub state: State,
    /// The period has ended, so that it can be issued.
    pub has_ended: bool,
    /// The sum, its facts, payments and adjustments, drawn by the server.
    pub body: String,
    /// The key of the next adjustment.
    pub key: String,
}
