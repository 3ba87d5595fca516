//! One question to a list, and the ones beside it: without an option, on another page, in another order.

use super::Sort;
use crate::time::Days;
use serde::{Deserialize, Serialize};

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
