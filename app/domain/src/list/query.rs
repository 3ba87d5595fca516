//! A question as a query string and back: reading forgives whatever it does not know, writing leaves out what is default.

use super::{ALL_ROWS, Amounts, Asked, FilterKind, List, PAGE_MAX, SIZE_DEFAULT, SIZES};
use crate::{
    text::{Lang, Text},
    time::Days,
};

/// Characters of a keyword that are kept; one more than allowed, so that too long a keyword can be told.
const KEYWORD_KEPT: usize = crate::library::KEYWORD_MAX + 1;
/// Characters of a value that is named exactly.
const VALUE_KEPT: usize = 500;
/// Characters of a typed amount that are kept; no amount is longer.
const AMOUNT_KEPT: usize = 24;

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
    use crate::{library::LIBRARY, list::pages};

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
