//! Ranges and entity tags of downloads (RFC 9110, sections 13 and 14): exactly what a browser, a download manager and `curl -C -`
//! need, as values.

use http::{HeaderMap, HeaderName, HeaderValue};

/// What part of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All of it.
    Whole,
    /// The bytes from `first` to `last`, both of them included.
    Part {
        /// The first byte.
        first: u64,
        /// The last byte.
        last: u64,
    },
    /// Nothing that the file has.
    Outside,
}

/// Reads a `Range` header for a file of `size` bytes. What is not a single range of bytes is ignored, as the standard allows:
/// the answer is then the whole file.
#[must_use]
pub fn read(range: Option<&HeaderValue>, size: u64) -> Asked {
    let Some(text) = range.and_then(|range| range.to_str().ok()) else { return Asked::Whole };
    let Some((unit, set)) = text.split_once('=') else { return Asked::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || set.contains(',') {
        return Asked::Whole;
    }
    let Some((first, last)) = set.trim().split_once('-') else { return Asked::Whole };
    match (number(first), number(last)) {
        (Number::Missing, Number::Is(0)) => Asked::Outside,
        (Number::Missing, Number::Is(_)) if size == 0 => Asked::Outside,
        (Number::Missing, Number::Is(length)) => Asked::Part { first: size.saturating_sub(length), last: size.saturating_sub(1) },
        (Number::Is(first), Number::Is(last)) if last < first => Asked::Whole,
        (Number::Is(first), _) if first >= size => Asked::Outside,
        (Number::Is(first), Number::Is(last)) => Asked::Part { first, last: last.min(size.saturating_sub(1)) },
        (Number::Is(first), Number::Missing) => Asked::Part { first, last: size.saturating_sub(1) },
        (Number::Missing, Number::Missing) | (Number::Wrong, _) | (_, Number::Wrong) => Asked::Whole,
    }
}

enum Number {
    Missing,
    Is(u64),
    Wrong,
}

fn number(text: &str) -> Number {
    let text = text.trim();
    if text.is_empty() {
        return Number::Missing;
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Number::Wrong;
    }
    // More digits than fit are a place far behind every file.
    Number::Is(text.parse().unwrap_or(u64::MAX))
}

/// Whether a header such as `If-None-Match` names the tag, or any. Compared weakly: `W/` does not matter.
#[must_use]
pub fn names_tag(headers: &HeaderMap, name: HeaderName, tag: &HeaderValue) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|named| named == "*" || named.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::IF_NONE_MATCH;

    fn of(text: &str, size: u64) -> Asked {
        read(Some(&HeaderValue::from_str(text).expect("a header")), size)
    }

    #[test]
    fn a_single_range_is_cut_at_the_end_of_the_file() {
        assert_eq!(read(None, 100), Asked::Whole);
        assert_eq!(of("bytes=0-0", 100), Asked::Part { first: 0, last: 0 });
        assert_eq!(of("bytes=10-", 100), Asked::Part { first: 10, last: 99 });
        assert_eq!(of("bytes=10-1000", 100), Asked::Part { first: 10, last: 99 });
        assert_eq!(of("bytes=-10", 100), Asked::Part { first: 90, last: 99 });
        assert_eq!(of("bytes=-1000", 100), Asked::Part { first: 0, last: 99 });
        assert_eq!(of("Bytes = 1 - 2", 100), Asked::Part { first: 1, last: 2 });
    }

    #[test]
    fn a_range_behind_the_end_is_outside() {
        for text in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"] {
            assert_eq!(of(text, 100), Asked::Outside, "{text}");
        }
        assert_eq!(of("bytes=0-", 0), Asked::Outside);
        assert_eq!(of("bytes=-1", 0), Asked::Outside);
    }

    #[test]
    fn what_is_no_single_range_of_bytes_is_ignored() {
        for text in ["bytes=1-0", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes", "bytes=+1-2", "bytes=1--2", ""] {
            assert_eq!(of(text, 100), Asked::Whole, "{text}");
        }
    }

    #[test]
    fn a_tag_is_found_in_any_of_its_spellings() {
        let tag = HeaderValue::from_static("\"abc\"");
        let named = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(IF_NONE_MATCH, HeaderValue::from_static(text));
            names_tag(&headers, IF_NONE_MATCH, &tag)
        };
        assert!(named("\"abc\"") && named("W/\"abc\"") && named("\"x\", \"abc\"") && named("*"));
        assert!(!named("abc") && !named("\"abcd\"") && !named("\"x\""));
    }
}
