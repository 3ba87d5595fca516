//! What goes into a file: cells, heads and the words around them.

use std::path::PathBuf;

use rust_decimal::Decimal;

use crate::pdf::PDF_ROWS_MAX;
use crate::xlsx::SHEET_ROWS_MAX;

/// Columns of a table. More cannot be read on paper.
pub const COLUMNS_MAX: usize = 64;

/// What a file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values: UTF-8 with a byte order mark, lines end in CRLF, quoted after RFC 4180.
    Csv,
    /// Office Open XML, what Excel writes.
    Xlsx,
    /// A4 pages, landscape.
    Pdf,
}

/// One value of a row. Empty and text fit every column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text. It stays text wherever the file is opened.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with places.
    Decimal(Decimal),
    /// A day.
    Day(Day),
    /// A moment, in the time zone of the file.
    Moment(Moment),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, from the left.
    Text,
    /// Whole numbers, from the right.
    Integer,
    /// Numbers with always the same places, from the right.
    Decimal {
        /// How many digits follow the point.
        places: u32,
    },
    /// Numbers with the places they have, from the right.
    Exact {
        /// At least so many digits follow the point.
        least: u32,
    },
    /// Days.
    Day,
    /// Moments.
    Moment,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// What stands above the column.
    pub label: String,
    /// What stands below it.
    pub kind: Kind,
    /// Width in characters.
    pub width: u16,
}

/// What a file is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Title of a PDF and of the last sheet of an XLSX; also in the properties of both.
    pub title: String,
    /// The columns, from the left.
    pub heads: Vec<Head>,
    /// Label and value of what should be known of the rows: filter, company, made at. Before the rows of a PDF, on the last sheet of
    /// an XLSX, not in a CSV.
    pub facts: Vec<(String, String)>,
    /// The words of the file itself.
    pub words: Words,
    /// Language of the file as a tag, `zh-CN` or `en`.
    pub language: String,
    /// When the file was made, in UTC. Only for the properties of PDF and XLSX: a reader finds the local time in the facts.
    pub made_at: Moment,
}

/// The words of a file in the language of its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Name of the sheet with rows; the second is named like it with a 2 behind.
    pub rows_sheet: String,
    /// Name of the last sheet, with the facts.
    pub facts_sheet: String,
    /// Label of the number of rows.
    pub rows: String,
    /// Heading above the closing facts.
    pub totals: String,
    /// The foot of a page, with `{n}` for its number and `{m}` for how many there are.
    pub page: String,
}

/// What a machine or a test sets otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Files looked at for a font before [`crate::FONT_PLACES`].
    pub fonts: Vec<PathBuf>,
    /// Rows of one sheet; at most [`crate::SHEET_ROWS_MAX`].
    pub sheet_rows_max: u32,
    /// Rows of a PDF; at most [`crate::PDF_ROWS_MAX`].
    pub pdf_rows_max: u32,
}

impl Default for Setup {
    fn default() -> Self {
        Setup { fonts: Vec::new(), sheet_rows_max: SHEET_ROWS_MAX, pdf_rows_max: PDF_ROWS_MAX }
    }
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Rows, without the head.
    pub rows: u64,
    /// Pages of a PDF.
    pub pages: Option<u32>,
    /// Sheets of an XLSX, with the one of the facts; otherwise none.
    pub sheets: u32,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// A day between the years 1 and 9999; nothing when the calendar has no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let year = u16::try_from(year).ok().filter(|year| (1..=9_999).contains(year))?;
        (day >= 1 && day <= days_of_month(year, month)?).then_some(Day { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, January is 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since the first of January of the year 1, which is 0.
    pub(crate) fn number(self) -> i64 {
        let years = i64::from(self.year) - 1;
        let months = (1..self.month).filter_map(|month| days_of_month(self.year, month)).map(i64::from).sum::<i64>();
        years * 365 + years / 4 - years / 100 + years / 400 + months + i64::from(self.day) - 1
    }
}

fn days_of_month(year: u16, month: u8) -> Option<u8> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// A day and a time of day, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    day: Day,
    hour: u8,
    minute: u8,
    second: u8,
}

impl Moment {
    /// A moment of a day; nothing when the clock has no such time.
    #[must_use]
    pub fn new(day: Day, hour: u8, minute: u8, second: u8) -> Option<Self> {
        (hour < 24 && minute < 60 && second < 60).then_some(Moment { day, hour, minute, second })
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> Day {
        self.day
    }

    /// The hour of the day, from 0.
    #[must_use]
    pub fn hour(self) -> u8 {
        self.hour
    }

    /// The minute of the hour.
    #[must_use]
    pub fn minute(self) -> u8 {
        self.minute
    }

    /// The second of the minute.
    #[must_use]
    pub fn second(self) -> u8 {
        self.second
    }

    /// Seconds since midnight.
    pub(crate) fn seconds(self) -> u32 {
        u32::from(self.hour) * 3_600 + u32::from(self.minute) * 60 + u32::from(self.second)
    }
}
