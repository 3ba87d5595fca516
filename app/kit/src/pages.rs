//! The pages: a table of addresses, and the place where the one that is asked for stands.
//!
//! The router of the framework keeps history and links. Its `Routes` cost the first load two kilobytes per page, each written out in types;
//! here a page is a row (ARCHITECTURE.md, section 3).

use leptos::prelude::*;
use leptos_router::LazyRoute;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(target_arch = "wasm32")]
use browser::{Opened, Place, open};
#[cfg(not(target_arch = "wasm32"))]
use server::{Opened, Place, open};

/// A page and its address.
#[derive(Clone, Copy)]
pub struct PageRow {
    /// Its path; a part that begins with `:` stands for any one part.
    pub path: &'static str,
    /// What is typed into its form is kept by the server, so only the server can draw it.
    pub has_draft: bool,
    open: fn() -> Opened,
}

/// The row of a page.
#[must_use]
pub const fn page<T: LazyRoute>(path: &'static str) -> PageRow {
    PageRow { path, has_draft: false, open: open::<T> }
}

/// The row of a page with a long form: what is typed is kept while it is typed ([`crate::draft`]).
#[must_use]
pub const fn page_with_draft<T: LazyRoute>(path: &'static str) -> PageRow {
    PageRow { has_draft: true, ..page::<T>(path) }
}

/// The page of an address; the first row that fits.
#[must_use]
pub fn find(table: &'static [PageRow], path: &str) -> Option<&'static PageRow> {
    table.iter().find(|row| fits(row.path, path))
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || (wanted.starts_with(':') && !given.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The part of an address that a row names.
fn part(pattern: &str, path: &str, name: &str) -> Option<String> {
    let at = pattern.split('/').position(|part| part.strip_prefix(':') == Some(name))?;
    path.split('/').nth(at).map(str::to_owned)
}

/// Where a page stands: its own address, which stays when the reader goes on to another page.
#[derive(Clone)]
pub struct Here {
    pattern: &'static str,
    path: ArcRwSignal<String>,
    search: ArcRwSignal<String>,
}

impl Here {
    fn new(pattern: &'static str, path: String, search: String) -> Self {
        Self { pattern, path: ArcRwSignal::new(path), search: ArcRwSignal::new(search) }
    }

    /// The place of an answer that is asked for alone.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn at(path: String, search: String) -> Self {
        Self::new("", path, search)
    }

    /// A part of the path, by the name that the page's row gives it.
    #[must_use]
    pub fn part(&self, name: &str) -> String {
        part(self.pattern, &self.path.read(), name).unwrap_or_default()
    }

    /// The query string.
    #[must_use]
    pub fn search(&self) -> String {
        self.search.get()
    }

    /// Path and query.
    #[must_use]
    pub fn address(&self) -> String {
        let (path, search) = (self.path.get(), self.search.get());
        if search.is_empty() { path } else { format!("{path}?{search}") }
    }
}

/// Where this page stands.
#[must_use]
pub fn here() -> Here {
    use_context::<Here>().unwrap_or_else(|| Here::new("", String::new(), String::new()))
}

/// The place of the pages. `missing` draws an address that has none.
#[must_use]
pub fn pages(table: &'static [PageRow], missing: fn() -> AnyView) -> AnyView {
    Place { table, missing }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_part_by_part() {
        for (pattern, path) in [("/", "/"), ("/a", "/a"), ("/a/:id", "/a/7"), ("/a/:id/edit", "/a/7/edit"), ("/a/:id/:step", "/a/7/x")] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("/", "/a"), ("/a", "/"), ("/a", "/a/"), ("/a/:id", "/a"), ("/a/:id", "/a/"), ("/a/:id", "/a/7/edit"), ("/a", "/A")]
        {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_part_is_found_by_its_name() {
        assert_eq!(part("/a/:id/:step", "/a/7/x", "id").as_deref(), Some("7"));
        assert_eq!(part("/a/:id/:step", "/a/7/x", "step").as_deref(), Some("x"));
        assert_eq!(part("/a/:id", "/a/7", "step"), None);
    }
}
