//! Cells that the library's lists share.

use super::text;
use domain::{
    Lang, Moment,
    library::{Audience, Format},
    machine::Keyed,
    text::Bytes,
};
use kit::table::{Cell, Shown};

pub(super) fn format_pair(format: Format, lang: Lang) -> (&'static str, &'static str) {
    (format.key(), format.label().at(lang))
}

pub(super) fn audience(audience: &Audience, lang: Lang) -> Cell {
    let words: Vec<&str> = audience.labels().into_iter().map(|label| label.at(lang)).collect();
    Cell { key: "audience", label: text::AUDIENCE.at(lang), shown: Shown::Text { text: words.join(text::comma(lang)), category: None } }
}

/// How large a file is; a link has no size.
pub(super) fn file_size(bytes: i64) -> String {
    if bytes == 0 { "—".to_owned() } else { Bytes(bytes).to_string() }
}

pub(super) fn size(bytes: i64, lang: Lang) -> Cell {
    Cell { key: "size", label: text::SIZE.at(lang), shown: Shown::Number { text: file_size(bytes), bytes: Some(bytes) } }
}

pub(super) fn version(no: i64, lang: Lang) -> Cell {
    Cell { key: "version", label: text::VERSION.at(lang), shown: Shown::Text { text: format!("V{no}"), category: None } }
}

pub(super) fn updated(at: Moment, lang: Lang) -> Cell {
    Cell { key: "updated", label: text::UPDATED.at(lang), shown: Shown::Day(at) }
}
