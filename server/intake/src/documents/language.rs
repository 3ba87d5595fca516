//! Which language a text is in, when that is plain to see. A hint for search and filter, never a decision.

use serde::{Deserialize, Serialize};

/// Characters looked at; a long document does not change its language later.
const SAMPLE_CHARS: usize = 20_000;
/// Fewer letters than this say nothing.
const LETTERS_MIN: usize = 20;

/// The languages of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The small words that make up a good part of any English text.
const ENGLISH_WORDS: [&str; 12] = ["the", "of", "and", "to", "in", "is", "for", "a", "that", "on", "with", "are"];

/// Chinese when one letter in ten is an ideograph and kana and hangul are rare; English when one word in twenty is a small one.
pub(crate) fn guess(text: &str) -> Option<Language> {
    let sample_end = text.char_indices().nth(SAMPLE_CHARS).map_or(text.len(), |(at, _)| at);
    let sample = text.get(..sample_end)?;
    let (mut ideographs, mut foreign, mut letters) = (0_usize, 0_usize, 0_usize);
    for character in sample.chars().filter(|character| character.is_alphabetic()) {
        letters += 1;
        match character {
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' => ideographs += 1,
            '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}' => foreign += 1,
            _ => {}
        }
    }
    if letters < LETTERS_MIN || foreign * 20 > letters {
        return None;
    }
    if ideographs * 10 > letters {
        return Some(Language::Zh);
    }
    is_english(sample).then_some(Language::En)
}

fn is_english(sample: &str) -> bool {
    let (mut small, mut words) = (0_usize, 0_usize);
    for word in sample.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(ENGLISH_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    small * 20 >= words && words > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_with_english_terms_is_chinese() {
        let text = "使用 apt-get install 安装软件包之前，请先执行 apt-get update 更新软件包列表。";
        assert_eq!(guess(text), Some(Language::Zh));
    }

    #[test]
    fn english_is_english() {
        assert_eq!(guess("The policy of the program is set out in this document."), Some(Language::En));
    }

    #[test]
    fn japanese_german_and_too_little_text_are_none() {
        assert_eq!(guess("このドキュメントはパートナー向けの規則を説明しています。"), None);
        assert_eq!(guess("Diese Richtlinie beschreibt, wie Partner vergütet werden."), None);
        assert_eq!(guess("软件包"), None);
    }
}
