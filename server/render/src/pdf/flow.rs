//! Which lines stand on which page.

use super::measure::{BOTTOM, Part, TOP};

/// Room that a heading wants below it, so that it does not end a page.
const BELOW_HEADING: i64 = 40_000;

/// A piece of the document on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub part: Part,
    /// Which one: its index among the document's items.
    pub item: usize,
    /// Its first line here.
    pub first: u32,
    /// Its lines here.
    pub lines: u32,
    /// Distance from the upper edge of the page.
    pub top: i64,
    /// Does it end here, or go on on the next page?
    pub ends: bool,
}

/// Fills page after page.
pub(crate) struct Flow {
    pages: Vec<Vec<Place>>,
    page: Vec<Place>,
    y: i64,
    head_lines: u32,
    /// Does this page have the heads already?
    is_headed: bool,
}

impl Flow {
    /// An empty first page. The heads are the first item.
    pub fn new(head_lines: u32) -> Self {
        Flow { pages: Vec::new(), page: Vec::new(), y: TOP, head_lines, is_headed: false }
    }

    /// All pages.
    pub fn finish(mut self) -> Vec<Vec<Place>> {
        self.turn();
        self.pages
    }

    /// Leaves room, unless a page just began.
    pub fn gap(&mut self, gap: i64) {
        if !self.page.is_empty() {
            self.y += gap;
        }
    }

    /// Puts the heads on this page, if they are not there yet.
    pub fn heads(&mut self) {
        if !self.is_headed {
            self.put(Part::Heads, 0, 0, self.head_lines, true);
            self.is_headed = true;
        }
    }

    /// Adds an item of so many lines. It goes to the next page in one piece if it does not fit this one; only an item taller than a
    /// page is split.
    pub fn add(&mut self, part: Part, item: usize, lines: u32) {
        self.gap(part.setting().gap);
        let is_row = part == Part::Row;
        let heads = if is_row && !self.is_headed { Part::Heads.height(self.head_lines) } else { 0 };
        let below = if part == Part::Heading { BELOW_HEADING } else { 0 };
        if self.y + heads + part.height(lines) + below > BOTTOM && !self.is_fresh() {
            self.turn();
        }
        let mut first = 0;
        while first < lines {
            if is_row {
                self.heads();
            }
            let here = self.fitting(part).min(lines - first);
            let ends = first + here >= lines;
            self.put(part, item, first, here, ends);
            first += here;
            if !ends {
                self.turn();
            }
        }
    }

    /// Lines of a part that fit the rest of the page; one at least, so that it goes on in any case.
    fn fitting(&self, part: Part) -> u32 {
        let setting = part.setting();
        u32::try_from((BOTTOM - self.y - 2 * setting.pad) / setting.leading).unwrap_or_default().max(1)
    }

    fn is_fresh(&self) -> bool {
        self.page.iter().all(|place| place.part == Part::Heads)
    }

    fn put(&mut self, part: Part, item: usize, first: u32, lines: u32, ends: bool) {
        self.page.push(Place { part, item, first, lines, top: self.y, ends });
        self.y += part.height(lines);
    }

    fn turn(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
        self.y = TOP;
        self.is_headed = false;
    }
}
