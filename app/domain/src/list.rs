//! Lists: what can be asked of one, read from the address and written back to it.
//!
//! A list is a table of constants (`library::LIBRARY`). `Asked` is one question to it. The address bar is the state: reading
//! forgives whatever it does not know, writing leaves out what is default, so equal questions have one address.

mod asked;
mod query;

use crate::text::Text;
pub use asked::{Amounts, Asked};
pub use query::{encode, pairs};

/// Page sizes on offer; the second is the default.
pub const SIZES: [u32; 4] = [10, 20, 50, 100];
/// Rows of a page when the address does not say.
pub const SIZE_DEFAULT: u32 = 20;
/// The last page that is asked of the database: deeper ones are reached by narrower filters.
pub const PAGE_MAX: u32 = 100_000;
/// The view of an address that asks for all rows, also where the bare address opens a view.
pub const ALL_ROWS: &str = "all";
/// A closed set of options: key and word.
pub type Options = fn() -> Vec<(&'static str, Text)>;

/// A list and everything that can be asked of it.
#[derive(Debug)]
pub struct List {
    /// Names the test ids: `{name}-table`, `{name}-row`.
    pub name: &'static str,
    /// The caption of the table.
    pub caption: Text,
    /// Filters, in the order of the bar and of the address.
    pub filters: &'static [Filter],
    /// Columns of page and file.
    pub columns: &'static [Column],
    /// What it can be sorted by.
    pub sorts: &'static [Sort],
    /// The sort when the address does not say; `-` means downwards.
    pub default_sort: &'static str,
}

/// A filter.
#[derive(Debug)]
pub struct Filter {
    /// The parameter; a range of days named `updated` uses the parameters `from` and `to`, one of amounts `least` and `most`.
    pub key: &'static str,
    /// Its label.
    pub label: Text,
    /// What it accepts.
    pub kind: FilterKind,
}

/// What a filter accepts.
#[derive(Clone, Copy, Debug)]
pub enum FilterKind {
    /// One of the options.
    One(Options),
    /// Any number of the options; the parameter repeats.
    Many(Options),
    /// A closed range of days of something that has happened: none lies after today.
    Days,
    /// The same of something that may lie ahead: what is due.
    DaysAhead,
    /// A closed range of amounts.
    Amounts,
    /// Exactly this text, as a link on another page or list named it: a product, a customer.
    Value,
    /// A text that the value contains, found while somebody types: a person, a company. The address suggests, once `of`, `at` and `query`
    /// are written behind it.
    Find(&'static str),
    /// Free text.
    Keyword,
}

/// A column of page and file.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Names the test id: `cell-{key}`.
    pub key: &'static str,
    /// Its head.
    pub label: Text,
    /// It can be sorted by.
    pub sort: bool,
    /// It holds numbers and stands at the right.
    pub number: bool,
    /// The page shows it as a column of its own.
    pub on_page: bool,
    /// What it holds in a file, if it stands there.
    pub file: Option<InFile>,
}

/// What a column holds in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InFile {
    /// A text, about so many characters wide.
    Text(u16),
    /// A whole number.
    Integer,
    /// A whole number whose sum is a control total.
    Sum,
    /// A day.
    Day,
    /// A moment to the second.
    Moment,
    /// An amount in whole cents.
    Amount,
    /// An amount whose sum is a control total.
    AmountSum,
    /// An amount to its last decimal.
    Exact,
    /// An amount to its last decimal whose sum is a control total.
    ExactSum,
}

impl Column {
    /// A column of the page.
    #[must_use]
    pub const fn new(key: &'static str, label: Text) -> Self {
        Self { key, label, sort: false, number: false, on_page: true, file: None }
    }

    /// It can be sorted by.
    #[must_use]
    pub const fn sorts(self) -> Self {
        Self { sort: true, ..self }
    }

    /// It holds numbers.
    #[must_use]
    pub const fn number(self) -> Self {
        Self { number: true, ..self }
    }

    /// It stands in files, too.
    #[must_use]
    pub const fn file(self, holds: InFile) -> Self {
        Self { file: Some(holds), ..self }
    }

    /// The page shows it elsewhere or not at all.
    #[must_use]
    pub const fn only_in_file(self) -> Self {
        Self { on_page: false, ..self }
    }
}

/// A sort.
#[derive(Debug)]
pub struct Sort {
    /// The key in the address.
    pub key: &'static str,
    /// Its word.
    pub label: Text,
    /// The first click sorts downwards.
    pub down_first: bool,
}

/// Pages needed for so many rows, at least one.
#[must_use]
pub fn pages(total: i64, size: u32) -> u32 {
    let size = i64::from(size.max(1));
    let total = total.max(1);
    u32::try_from(total / size + i64::from(total % size != 0)).unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX)
}
