//! Searching Chinese and Latin text alike: each CJK character is a word, a run of letters or digits is one, and a keyword is
//! a phrase of them. So a substring of a Chinese sentence is found in both databases without an extension.

use serde::{Deserialize, Serialize};

/// Terms of a keyword that are looked at; more make no better answer.
const TERMS_MAX: usize = 8;
/// Words of one term that are looked at.
const WORDS_MAX: usize = 40;

/// Text, and whether it is a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It matches the keyword.
    pub hit: bool,
}

impl Piece {
    /// A text without hits.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Vec<Self> {
        vec![Self { text: text.into(), hit: false }]
    }
}

/// A part of a keyword between spaces: words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words, folded.
    pub words: Vec<String>,
    /// The last word may go on: `ap` finds `api`. Never for a CJK character, which is whole.
    pub open_end: bool,
    /// The part as typed, folded.
    pub typed: String,
}

/// The words of a text, separated by spaces: what the index holds.
#[must_use]
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    let mut in_word = false;
    for c in text.chars().map(fold) {
        let alone = is_cjk(c);
        if !alone && !c.is_alphanumeric() {
            in_word = false;
            continue;
        }
        if !out.is_empty() && (alone || !in_word) {
            out.push(' ');
        }
        out.push(c);
        in_word = !alone;
    }
    out
}

/// The terms of a keyword; none when it holds nothing that is indexed.
#[must_use]
pub fn terms(keyword: &str) -> Vec<Term> {
    let parts = keyword.split(|c: char| c.is_whitespace() || c == '\u{3000}');
    let term = |part: &str| {
        let words: Vec<String> = words(part).split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).map(str::to_owned).collect();
        let open_end = words.last().is_some_and(|word| !word.chars().any(is_cjk));
        Term { open_end, typed: part.chars().map(fold).collect(), words }
    };
    parts.map(term).filter(|term| !term.words.is_empty()).take(TERMS_MAX).collect()
}

/// Cuts a text into hits and the rest.
#[must_use]
pub fn marked(text: &str, terms: &[Term]) -> Vec<Piece> {
    if terms.is_empty() {
        return if text.is_empty() { Vec::new() } else { Piece::plain(text) };
    }
    let chars: Vec<char> = text.chars().collect();
    let folded: Vec<char> = chars.iter().copied().map(fold).collect();
    let hits = hit_ranges(&folded, terms);
    let mut pieces = Vec::with_capacity(hits.len() * 2 + 1);
    let mut at = 0;
    let mut push = |from: usize, to: usize, hit: bool| {
        let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
        if !text.is_empty() {
            pieces.push(Piece { text, hit });
        }
    };
    for (from, to) in hits {
        push(at, from, false);
        push(from, to, true);
        at = to;
    }
    push(at, chars.len(), false);
    pieces
}

/// Any of the terms occurs in the text.
#[must_use]
pub fn occurs(text: &str, terms: &[Term]) -> bool {
    let folded: String = text.chars().map(fold).collect();
    terms.iter().any(|term| folded.contains(&term.typed))
}

/// Ranges of characters that match, in order and without overlap.
fn hit_ranges(folded: &[char], terms: &[Term]) -> Vec<(usize, usize)> {
    let needles: Vec<Vec<char>> = terms.iter().map(|term| term.typed.chars().collect()).collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let rest = folded.get(at..).unwrap_or_default();
        let longest = needles.iter().filter(|needle| !needle.is_empty() && rest.starts_with(needle)).map(Vec::len).max();
        if let Some(length) = longest {
            ranges.push((at, at + length));
        }
        at += longest.unwrap_or(1);
    }
    ranges
}

/// One form for what people take for the same: small letters, half-width digits and letters.
#[must_use]
pub fn fold(c: char) -> char {
    let narrow = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => narrow,
    }
}

const fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chinese_character_is_a_word_and_a_run_of_letters_is_one() {
        assert_eq!(words("云主机API网关，V2.0（试用）"), "云 主 机 api 网 关 v2 0 试 用");
        assert_eq!(words("  ＡＰＩ　１２3 "), "api 123");
        assert_eq!(words("。，"), "");
    }

    #[test]
    fn a_keyword_is_a_phrase_per_part_and_letters_may_go_on() {
        let found = terms("云主机 Ap");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].words.join(" "), found[0].open_end), ("云 主 机".to_owned(), false));
        assert_eq!((found[1].words.join(" "), found[1].open_end), ("ap".to_owned(), true));
        assert_eq!(terms(" \u{3000} %_'\"*"), []);
    }

    #[test]
    fn hits_are_marked_in_the_text_as_it_is_written() {
        let pieces = marked("云主机 ＡＰＩ 指南", &terms("主机 api"));
        let shown: Vec<_> = pieces.iter().map(|piece| (piece.text.as_str(), piece.hit)).collect();
        assert_eq!(shown, [("云", false), ("主机", true), (" ", false), ("ＡＰＩ", true), (" 指南", false)]);
    }

    #[test]
    fn the_longest_of_overlapping_terms_is_marked() {
        let pieces = marked("激励政策", &terms("激励 激励政策"));
        assert_eq!(pieces, [Piece { text: "激励政策".into(), hit: true }]);
    }
}
