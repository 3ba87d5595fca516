//! Lists: what can be asked of one, read from the address and written back to it.
//!
//! A list is a table of constants (`library::LIBRARY`). `Asked` is one question to it. The address bar is the state: reading
//! forgives whatever it does not know, writing leaves out what is default, so equal questions have one address.

use crate::{
    text::{Lang, Text},
    time::Days,
};
use serde::{Deserialize, Serialize};

/// Page sizes on offer; the second is the default.
pub const SIZES: [u32; 4] = [10, 20, 50, 100];
/// Rows of a page when the address does not say.
pub const SIZE_DEFAULT: u32 = 20;
/// The last page that is asked of the database: deeper ones are reached by narrower filters.
pub const PAGE_MAX: u32 = 100_000;
/// The view of an address that asks for all rows, also where the bare address opens a view.
pub const ALL_ROWS: &str = "all";
/// Characters of a keyword that are kept; one more than allowed, so that too long a keyword can be told.
const KEYWORD_KEPT: usize = crate::library::KEYWORD_MAX + 1;
/// Characters of a value that is named exactly.
const VALUE_KEPT: usize = 500;
/// Characters of a typed amount that are kept; no amount is longer.
const AMOUNT_KEPT: usize = 24;

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

/// One question to a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Chosen options: filter key and option key, in the order of the declaration.
    pub chosen: Vec<(String, String)>,
    /// The range of days.
    pub days: Days,
    /// The range of amounts.
    pub amounts: Amounts,
    /// The keyword, trimmed.
    pub keyword: String,
    /// The sort with its direction, always set.
    pub sort: String,
    /// The page, from 1.
    pub page: u32,
    /// Rows of a page.
    pub size: u32,
    /// The saved view it began with: its id, or `all`.
    pub view: String,
}

/// A closed range of amounts, as it was typed: what is no amount is told beside the field, not dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// At least this; empty for no end.
    pub least: String,
    /// At most this; empty for no end.
    pub most: String,
}

impl Amounts {
    /// It keeps nothing out.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.least.is_empty() && self.most.is_empty()
    }
}

impl List {
    /// Reads the query string of an address. Unknown or hostile parameters are dropped, sizes capped.
    #[must_use]
    pub fn read(&self, query: &str) -> Asked {
        let pairs = pairs(query);
        let last = |key: &str| pairs.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let mut asked = Asked { page: 1, size: SIZE_DEFAULT, ..Asked::default() };
        for filter in self.filters {
            match filter.kind {
                FilterKind::One(options) => {
                    let known = last(filter.key).filter(|value| options().iter().any(|(key, _)| key == value));
                    asked.chosen.extend(known.map(|value| (filter.key.to_owned(), value.to_owned())));
                }
                FilterKind::Many(options) => {
                    let given = |key: &str| pairs.iter().any(|(name, value)| name == filter.key && value == key);
                    let known = options().into_iter().map(|(key, _)| key).filter(|key| given(key));
                    asked.chosen.extend(known.map(|key| (filter.key.to_owned(), key.to_owned())));
                }
                FilterKind::Days | FilterKind::DaysAhead => {
                    let day = |key| last(key).and_then(|text| text.trim().parse().ok());
                    asked.days = Days { from: day("from"), to: day("to") };
                }
                FilterKind::Amounts => {
                    let typed = |key| last(key).unwrap_or_default().trim().chars().filter(|c| !c.is_control()).take(AMOUNT_KEPT).collect();
                    asked.amounts = Amounts { least: typed("least"), most: typed("most") };
                }
                FilterKind::Value | FilterKind::Find(_) => {
                    let named = last(filter.key).unwrap_or_default().trim();
                    let named: String = named.chars().filter(|c| !c.is_control()).take(VALUE_KEPT).collect();
                    asked.chosen.extend((!named.is_empty()).then(|| (filter.key.to_owned(), named)));
                }
                FilterKind::Keyword => {
                    let typed = last(filter.key).unwrap_or_default().trim();
                    asked.keyword = typed.chars().filter(|c| !c.is_control()).take(KEYWORD_KEPT).collect();
                }
            }
        }
        asked.sort = self.read_sort(last("sort").unwrap_or_default(), !asked.keyword.is_empty());
        asked.page = last("page").and_then(|text| text.parse().ok()).map_or(1, |page: u32| page.clamp(1, PAGE_MAX));
        asked.size = last("size").and_then(|text| text.parse().ok()).filter(|size| SIZES.contains(size)).unwrap_or(SIZE_DEFAULT);
        let is_id = |id: &&str| id.len() <= 26 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        asked.view = last("view").filter(is_id).unwrap_or_default().to_owned();
        asked
    }

    /// The sort of the address if it is offered. With a keyword the best hits come first; without one there is no relevance.
    fn read_sort(&self, given: &str, searching: bool) -> String {
        let offered = |key: &str| self.sorts.iter().any(|sort| sort.key == key) && (searching || key != "relevance");
        let known = offered(given.strip_prefix('-').unwrap_or(given));
        if known { given.to_owned() } else { self.fallback_sort(searching).to_owned() }
    }

    fn fallback_sort(&self, searching: bool) -> &'static str {
        let ranked = searching && self.sorts.iter().any(|sort| sort.key == "relevance");
        if ranked { "-relevance" } else { self.default_sort }
    }

    /// Writes a question as a query string, without `?` and without what is default.
    #[must_use]
    pub fn write(&self, asked: &Asked) -> String {
        let mut out = Query::default();
        for filter in self.filters {
            match filter.kind {
                FilterKind::One(_) | FilterKind::Many(_) | FilterKind::Value | FilterKind::Find(_) => {
                    asked.chosen(filter.key).for_each(|value| out.push(filter.key, value));
                }
                FilterKind::Days | FilterKind::DaysAhead => {
                    asked.days.from.iter().for_each(|day| out.push("from", &day.to_string()));
                    asked.days.to.iter().for_each(|day| out.push("to", &day.to_string()));
                }
                FilterKind::Amounts => {
                    let ends = [("least", &asked.amounts.least), ("most", &asked.amounts.most)];
                    ends.iter().filter(|(_, typed)| !typed.is_empty()).for_each(|(key, typed)| out.push(key, typed));
                }
                FilterKind::Keyword if !asked.keyword.is_empty() => out.push(filter.key, &asked.keyword),
                FilterKind::Keyword => {}
            }
        }
        if asked.sort != self.fallback_sort(!asked.keyword.is_empty()) {
            out.push("sort", &asked.sort);
        }
        if asked.page > 1 {
            out.push("page", &asked.page.to_string());
        }
        if asked.size != SIZE_DEFAULT {
            out.push("size", &asked.size.to_string());
        }
        if !asked.view.is_empty() {
            out.push("view", &asked.view);
        }
        out.0
    }

    /// The address of a question below `path`.
    #[must_use]
    pub fn address(&self, path: &str, asked: &Asked) -> String {
        let query = self.write(asked);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The question for all rows. The bare address may open a view, so where one is open it is said.
    #[must_use]
    pub fn cleared(&self, asked: &Asked) -> Asked {
        let view = if asked.view.is_empty() { String::new() } else { ALL_ROWS.to_owned() };
        Asked { view, ..self.read("") }
    }

    /// The word of an option.
    #[must_use]
    pub fn option(&self, filter: &str, key: &str) -> Option<Text> {
        let kind = self.filters.iter().find(|other| other.key == filter)?.kind;
        let (FilterKind::One(options) | FilterKind::Many(options)) = kind else {
            return None;
        };
        options().into_iter().find(|(other, _)| *other == key).map(|(_, label)| label)
    }

    /// The word of the current sort and its direction, as the line above the table says it.
    #[must_use]
    pub fn sorted_by(&self, asked: &Asked, lang: Lang) -> String {
        let (key, down) = asked.sort_key();
        let label = self.sorts.iter().find(|sort| sort.key == key).map_or("", |sort| sort.label.at(lang));
        match (lang, down) {
            (Lang::Zh, true) => format!("按{label}降序"),
            (Lang::Zh, false) => format!("按{label}升序"),
            (Lang::En, true) => format!("sorted by {}, descending", label.to_ascii_lowercase()),
            (Lang::En, false) => format!("sorted by {}, ascending", label.to_ascii_lowercase()),
        }
    }
}

impl Asked {
    /// The chosen options of a filter.
    pub fn chosen<'a>(&'a self, filter: &'a str) -> impl Iterator<Item = &'a str> {
        self.chosen.iter().filter(move |(key, _)| key == filter).map(|(_, value)| value.as_str())
    }

    /// The option is chosen.
    #[must_use]
    pub fn has(&self, filter: &str, option: &str) -> bool {
        self.chosen(filter).any(|value| value == option)
    }

    /// Anything narrows the list.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.chosen.is_empty() || !self.days.is_open() || !self.amounts.is_open() || !self.keyword.is_empty()
    }

    /// The sort without its sign, and whether it runs downwards.
    #[must_use]
    pub fn sort_key(&self) -> (&str, bool) {
        self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |key| (key, true))
    }

    /// The same question for another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same question with other rows per page, from the start.
    #[must_use]
    pub fn with_size(&self, size: u32) -> Self {
        Self { size, page: 1, ..self.clone() }
    }

    /// The same question sorted otherwise, from the start.
    #[must_use]
    pub fn sorted(&self, sort: &Sort) -> Self {
        let (key, down) = self.sort_key();
        let downwards = if key == sort.key { !down } else { sort.down_first };
        let sign = if downwards { "-" } else { "" };
        Self { sort: format!("{sign}{}", sort.key), page: 1, ..self.clone() }
    }

    /// The same question without one option.
    #[must_use]
    pub fn without(&self, filter: &str, option: &str) -> Self {
        let chosen = self.chosen.iter().filter(|(key, value)| key != filter || value != option).cloned().collect();
        Self { chosen, page: 1, ..self.clone() }
    }

    /// The same question with this as the only option of the filter; none clears it.
    #[must_use]
    pub fn only(&self, filter: &str, option: Option<&str>) -> Self {
        let mut chosen: Vec<_> = self.chosen.iter().filter(|(key, _)| key != filter).cloned().collect();
        chosen.extend(option.map(|value| (filter.to_owned(), value.to_owned())));
        Self { chosen, page: 1, ..self.clone() }
    }

    /// The same question for other days.
    #[must_use]
    pub fn in_days(&self, days: Days) -> Self {
        Self { days, page: 1, ..self.clone() }
    }

    /// The same question for all amounts.
    #[must_use]
    pub fn of_all_amounts(&self) -> Self {
        Self { amounts: Amounts::default(), page: 1, ..self.clone() }
    }

    /// The same question with another keyword; the sort starts anew.
    #[must_use]
    pub fn about(&self, keyword: &str) -> Self {
        Self { keyword: keyword.to_owned(), page: 1, ..self.clone() }
    }

    /// Rows before this page.
    #[must_use]
    pub fn skipped(&self) -> i64 {
        i64::from(self.page.saturating_sub(1)) * i64::from(self.size)
    }
}

/// Pages needed for so many rows, at least one.
#[must_use]
pub fn pages(total: i64, size: u32) -> u32 {
    let size = i64::from(size.max(1));
    let total = total.max(1);
    u32::try_from(total / size + i64::from(total % size != 0)).unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX)
}

/// A query string under construction.
#[derive(Default)]
struct Query(String);

impl Query {
    fn push(&mut self, key: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(key);
        self.0.push('=');
        encode(value, &mut self.0);
    }
}

/// Percent-encodes what a query value may not hold; `/` may stay and keeps category keys readable.
pub fn encode(value: &str, out: &mut String) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].iter().filter_map(|nibble| HEX.get(usize::from(*nibble))));
        }
    }
}

/// The pairs of a query string, decoded; broken encodings read as the replacement character. At most 200 are looked at.
#[must_use]
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .take(200)
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(key), decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                match (digit(ahead.next()), digit(ahead.next())) {
                    (Some(high), Some(low)) => {
                        out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                        rest = ahead;
                    }
                    _ => out.push(b'%'),
                }
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::LIBRARY;

    #[test]
    fn a_question_reads_back_as_it_was_written() {
        for query in [
            "",
            "category=policy&format=pdf&format=xlsx&from=2026-01-01&to=2026-06-30&q=%E4%BA%91&sort=-updated&page=2",
            "category=policy/incentive&q=a%26b%3D%20c&size=50",
            "sort=title&page=7&size=100",
            "format=pdf&view=all",
        ] {
            assert_eq!(LIBRARY.write(&LIBRARY.read(query)), query);
        }
    }

    #[test]
    fn unknown_and_hostile_parameters_are_dropped() {
        for query in [
            "format=exe",
            "category=%00",
            "page=0",
            "page=-1",
            "page=99999999999",
            "size=100000",
            "size=0",
            "sort=password_hash",
            "sort=--updated",
            "from=2026-02-30",
            "to=x",
            "q=%00%0a",
            "foo=bar",
            "%%%=%",
            "&&&",
            "q=",
            "size=20",
            "sort=-updated",
            "sort=relevance",
            "page=1",
            "view=",
            "view=%2e%2e",
            "view=000000000000000000000000000",
        ] {
            assert_eq!(LIBRARY.write(&LIBRARY.read(query)), "", "{query}");
        }
    }

    #[test]
    fn best_hits_come_first_when_searching() {
        assert_eq!(LIBRARY.read("q=x").sort, "-relevance");
        assert_eq!(LIBRARY.read("q=x&sort=-updated").sort, "-updated");
        assert_eq!(LIBRARY.read("sort=-relevance").sort, "-updated");
    }

    #[test]
    fn a_change_of_filter_or_sort_starts_at_the_first_page() {
        let asked = LIBRARY.read("format=pdf&page=3");
        assert_eq!(LIBRARY.write(&asked.without("format", "pdf")), "");
        assert_eq!(LIBRARY.write(&asked.only("category", Some("policy"))), "category=policy&format=pdf");
        assert_eq!(LIBRARY.write(&asked.on_page(4)), "format=pdf&page=4");
    }

    #[test]
    fn a_second_click_on_a_sort_turns_it_round() {
        let title = LIBRARY.sorts.iter().find(|sort| sort.key == "title").expect("a sort");
        let once = LIBRARY.read("").sorted(title);
        assert_eq!(once.sort, "title");
        assert_eq!(once.sorted(title).sort, "-title");
    }

    #[test]
    fn pages_are_counted_up() {
        assert_eq!([pages(0, 20), pages(20, 20), pages(21, 20), pages(i64::MAX, 10)], [1, 1, 2, PAGE_MAX]);
    }
}
