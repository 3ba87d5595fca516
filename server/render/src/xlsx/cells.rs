//! Cells of a sheet.

use std::fmt::Write;

use rust_decimal::Decimal;

use crate::fault::Fault;
use crate::text::{self, clean, cut, places};
use crate::values::{Cell, Day, Kind, Moment};

/// Digits that every reader keeps; they hold numbers as floats. A longer number is written as text.
const DIGITS_MAX: u32 = 15;
/// Most places of a number format; a Decimal has no more.
pub(crate) const PLACES_MAX: u32 = 28;
/// Number of the 30th of December 1899, where Excel counts from.
const EPOCH: i64 = 693_593;
/// Number of the 1st of March 1900, the first day that all programs count alike: Excel has a 29th of February 1900.
const FIRST_NUMBER: i64 = 693_654;
const DAY_SECONDS: u64 = 86_400;
/// Parts of a day in which times are written: finer than a float can tell apart in our century.
const DAY_PARTS: u64 = 1_000_000_000_000;

/// The formats of `xl/styles.xml`, in its order. After the last one come those of decimals, by their places.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    Plain,
    Head,
    Text,
    Integer,
    Day,
    Moment,
    Title,
    /// Text that wraps.
    Value,
    /// A number among such texts, on their side.
    Count,
    Decimal(u32),
}

impl Style {
    fn number(self) -> u32 {
        match self {
            Style::Plain => 0,
            Style::Head => 1,
            Style::Text => 2,
            Style::Integer => 3,
            Style::Day => 4,
            Style::Moment => 5,
            Style::Title => 6,
            Style::Value => 7,
            Style::Count => 8,
            Style::Decimal(places) => 9 + places.min(PLACES_MAX),
        }
    }
}

/// Where a cell stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'l> {
    pub letters: &'l str,
    pub row: u32,
}

/// Writes a value; an empty one leaves no trace.
pub(crate) fn value(xml: &mut String, at: At<'_>, cell: &Cell, kind: Kind, column: usize) -> Result<(), Fault> {
    match cell {
        Cell::Empty => {}
        Cell::Text(written) => text(xml, at, Style::Text, written),
        Cell::Integer(value) if value.unsigned_abs() < 10_u64.pow(DIGITS_MAX) => number(xml, at, Style::Integer, &value.to_string()),
        Cell::Integer(value) => text(xml, at, Style::Text, &value.to_string()),
        Cell::Decimal(value) => {
            let written = text::decimal(*value, places(kind, *value)).ok_or(Fault::NotExact { column })?;
            if fits_a_float(*value) {
                number(xml, at, places(kind, *value).map_or(Style::Plain, Style::Decimal), &written);
            } else {
                text(xml, at, Style::Text, &written);
            }
        }
        Cell::Day(day) => match serial(*day) {
            Some(serial) => number(xml, at, Style::Day, &serial.to_string()),
            None => text(xml, at, Style::Text, &text::day(*day)),
        },
        Cell::Moment(moment) => match serial(moment.day()) {
            Some(serial) => number(xml, at, Style::Moment, &format!("{serial}.{:012}", part_of_day(*moment))),
            None => text(xml, at, Style::Text, &text::moment(*moment)),
        },
    }
    Ok(())
}

/// Writes a text. It has its own kind of cell, so it is never a formula, a link or a number.
pub(crate) fn text(xml: &mut String, at: At<'_>, style: Style, written: &str) {
    let (letters, row, style) = (at.letters, at.row, style.number());
    // Writing to a string cannot fail.
    let _ = write!(xml, r#"<c r="{letters}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">"#);
    escape_cell(xml, &cut(&clean(written)));
    xml.push_str("</t></is></c>");
}

/// Writes a number as its digits.
pub(crate) fn number(xml: &mut String, at: At<'_>, style: Style, digits: &str) {
    let (letters, row, style) = (at.letters, at.row, style.number());
    let _ = write!(xml, r#"<c r="{letters}{row}" s="{style}"><v>{digits}</v></c>"#);
}

/// The name of a column: A to Z, then AA.
pub(crate) fn letters(column: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).unwrap_or_default());
    // Two letters name 702 columns, ten times what a table may have.
    let first = (column >= 26).then(|| letter(column / 26 - 1));
    first.into_iter().chain([letter(column)]).collect()
}

/// Escapes what means something to XML.
pub(crate) fn escape(xml: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            _ => xml.push(character),
        }
    }
}

/// Excel reads `_x0041_` in a cell as the letter A. To say these seven characters, the first is written in that way itself.
fn escape_cell(xml: &mut String, text: &str) {
    let mut rest = text;
    while let Some(found) = rest.find("_x") {
        let (before, after) = rest.split_at(found);
        escape(xml, before);
        xml.push_str(if is_code(after) { "_x005F_" } else { "_" });
        rest = after.get(1..).unwrap_or_default();
    }
    escape(xml, rest);
}

fn is_code(text: &str) -> bool {
    let digits = text.get(2..6).unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && text.get(6..7) == Some("_")
}

fn fits_a_float(number: Decimal) -> bool {
    number.normalize().mantissa().unsigned_abs() < 10_u128.pow(DIGITS_MAX)
}

/// The number of a day in a sheet, if it has one.
fn serial(day: Day) -> Option<i64> {
    (day.number() >= FIRST_NUMBER).then(|| day.number() - EPOCH)
}

/// How much of the day is over, rounded to the nearest part.
fn part_of_day(moment: Moment) -> u64 {
    (u64::from(moment.seconds()) * DAY_PARTS + DAY_SECONDS / 2) / DAY_SECONDS
}
