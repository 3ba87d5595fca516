//! How values are written as text, the same in all formats. Numbers are never rounded and never become floats.

use std::borrow::Cow;
use std::fmt::Write;

use rust_decimal::Decimal;

use crate::fault::Fault;
use crate::values::{Cell, Day, Kind, Moment};

/// Length of a cell's text in XLSX, in UTF-16 units. Excel refuses files with longer ones.
pub const CELL_UNITS_MAX: usize = 32_767;

/// The text without what no reader should see: a CR is a line feed, other control characters but the tab are left out.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_clean) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.chars().filter(|character| is_clean(*character)).collect())
}

/// XML cannot hold the two non-characters at the end.
fn is_clean(character: char) -> bool {
    match character {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => !character.is_control(),
    }
}

/// The text, or what of it fits a cell and an ellipsis.
pub(crate) fn cut(text: &str) -> Cow<'_, str> {
    // A text never has more UTF-16 units than bytes.
    if text.len() <= CELL_UNITS_MAX || text.encode_utf16().count() <= CELL_UNITS_MAX {
        return Cow::Borrowed(text);
    }
    let mut units = 1;
    let kept = text.chars().take_while(|character| {
        units += character.len_utf16();
        units <= CELL_UNITS_MAX
    });
    Cow::Owned(kept.chain(['…']).collect())
}

/// The places a number of this column shows; none when the column says nothing about them.
pub(crate) fn places(kind: Kind, number: Decimal) -> Option<u32> {
    match kind {
        Kind::Decimal { places } => Some(places),
        Kind::Exact { least } => Some(number.normalize().scale().max(least)),
        Kind::Text | Kind::Integer | Kind::Day | Kind::Moment => None,
    }
}

/// What stands for a cell. `column` is for the fault.
pub(crate) fn shown(cell: &Cell, kind: Kind, column: usize) -> Result<Cow<'_, str>, Fault> {
    Ok(match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => clean(text),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Decimal(number) => Cow::Owned(decimal(*number, places(kind, *number)).ok_or(Fault::NotExact { column })?),
        Cell::Day(it) => Cow::Owned(day(*it)),
        Cell::Moment(it) => Cow::Owned(moment(*it)),
    })
}

/// The number with exactly `places`, or with its own. Nothing when it has more than `places`.
pub(crate) fn decimal(number: Decimal, places: Option<u32>) -> Option<String> {
    let number = number.normalize();
    // Zero can carry a sign, which means nothing here.
    let number = if number.is_zero() { Decimal::ZERO } else { number };
    let scale = number.scale();
    let places = places.unwrap_or(scale);
    let missing = places.checked_sub(scale)?;
    let mut written = number.to_string();
    if scale == 0 && missing > 0 {
        written.push('.');
    }
    // By hand, because a Decimal of 28 digits cannot take more places.
    written.extend((0..missing).map(|_| '0'));
    Some(written)
}

/// A written number with commas between its thousands.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, places) = rest.find('.').map_or((rest, ""), |point| rest.split_at(point));
    let mut written = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written.push_str(places);
    written
}

/// `2026-06-18`
pub(crate) fn day(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `2026-06-18 09:30:00`
pub(crate) fn moment(moment: Moment) -> String {
    let mut written = day(moment.day());
    // Writing to a string cannot fail.
    let _ = write!(written, " {:02}:{:02}:{:02}", moment.hour(), moment.minute(), moment.second());
    written
}
