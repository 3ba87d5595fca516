//! Text as it goes into the index: white space normalised, nothing invisible, never longer than allowed.

use super::variants;

/// Titles are cut here; `library_document.title` has the same limit.
const TITLE_CHARS_MAX: usize = 200;

/// Titles that programs fill in by themselves, compared without case.
const EMPTY_TITLES: [&str; 11] = [
    "untitled",
    "untitled document",
    "无标题",
    "未命名",
    "document",
    "powerpoint presentation",
    "powerpoint 演示文稿",
    "presentation",
    "slide 1",
    "幻灯片 1",
    "book1",
];

/// What stands between two visible characters. The larger one wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// Collects text. Readers push what they find and name the ends of lines; spacing, cleaning and the limit are decided here.
pub(crate) struct Text {
    out: String,
    chars: usize,
    chars_max: usize,
    gap: Gap,
}

impl Text {
    /// An empty text that takes at most `chars_max` characters.
    pub fn new(chars_max: usize) -> Self {
        Text { out: String::new(), chars: 0, chars_max, gap: Gap::None }
    }

    /// Adds text. Line feeds in it end lines.
    pub fn push(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '\n' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' => self.line_feed(),
                '\u{2029}' => self.paragraph(),
                '\r' => {}
                character if character.is_whitespace() => self.space(),
                character if is_invisible(character) => {}
                character => variants::plain(character, |plain| self.put(plain)),
            }
        }
    }

    /// What follows is another word.
    pub fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    /// What follows stands on another line.
    pub fn line(&mut self) {
        self.gap = self.gap.max(Gap::Line);
    }

    /// What follows stands apart, after an empty line.
    pub fn paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// Whether more text would be left out.
    pub fn is_full(&self) -> bool {
        self.chars >= self.chars_max
    }

    /// The text, without white space at its ends.
    pub fn finish(self) -> String {
        self.out
    }

    fn line_feed(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    fn put(&mut self, character: char) {
        let gap = match self.gap {
            _ if self.out.is_empty() => "",
            Gap::None => "",
            Gap::Space => " ",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        };
        self.gap = Gap::None;
        if self.chars + gap.len() >= self.chars_max {
            self.chars = self.chars_max;
            return;
        }
        self.out.push_str(gap);
        self.out.push(character);
        self.chars += gap.len() + 1;
    }
}

/// A title fit for a list: one line, cut at 200 characters, nothing that a program wrote by itself.
pub(crate) fn clean_title(raw: &str) -> Option<String> {
    let one_line = raw.replace(['\n', '\r', '\u{2028}', '\u{2029}'], " ");
    let mut text = Text::new(TITLE_CHARS_MAX);
    text.push(&one_line);
    let text = text.finish();
    let title = text.strip_prefix("Microsoft Word - ").unwrap_or(&text);
    let title = title.strip_prefix("Microsoft PowerPoint - ").unwrap_or(title);
    let speaks = title.chars().any(char::is_alphanumeric);
    let is_ours = !EMPTY_TITLES.contains(&title.to_lowercase().as_str());
    (speaks && is_ours).then(|| title.to_owned())
}

/// Control, direction, joining and private characters: nobody types them into a search field.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffd}'
            | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidy(text: &str) -> String {
        let mut out = Text::new(1_000);
        out.push(text);
        out.finish()
    }

    #[test]
    fn white_space_of_every_kind_becomes_one_space_or_line() {
        assert_eq!(tidy("  a\u{3000}\t b \r\n\r\n\r\n\n c\u{a0}\n"), "a b\n\nc");
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(tidy("pay\u{202e}lap\u{200b}\u{0}\u{1b}\u{fffd}"), "paylap");
    }

    #[test]
    fn the_limit_counts_characters_and_spaces() {
        let mut text = Text::new(5);
        text.push("软件 包管理");
        assert!(text.is_full());
        assert_eq!(text.finish(), "软件 包管");
    }

    #[test]
    fn a_title_written_by_a_program_is_none() {
        assert_eq!(clean_title("PowerPoint 演示文稿"), None);
        assert_eq!(clean_title(" -- "), None);
        assert_eq!(clean_title("Microsoft Word - 2026 政策.doc"), Some("2026 政策.doc".to_owned()));
        assert_eq!(clean_title("伙伴\n政策").as_deref(), Some("伙伴 政策"));
        assert_eq!(clean_title(&"长".repeat(300)).unwrap().chars().count(), 200);
    }
}
