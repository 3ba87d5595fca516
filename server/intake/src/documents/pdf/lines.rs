//! Lines become text: a paragraph that was broken to fit the page is joined again, or a search would miss words at line ends.

use std::borrow::Cow;

use super::layout::{Line, is_ideographic};
use crate::documents::text::{Text, clean_title};

/// The next line stands at most this far below, or it is another paragraph.
const LINE_PITCH_EM_MAX: f64 = 2.2;
/// A line that ends further than this before the edge of its column was not broken for want of room.
const SLACK_EM_MAX: f64 = 3.0;
/// Lines that begin within this of each other are of one column; the first of a paragraph is set in by two.
const COLUMN_EM: f64 = 4.0;
/// Lines before and after that are asked for the edge of the column.
const NEIGHBOURS: usize = 40;
/// Sizes that differ by less are the same.
const SIZE_TOLERANCE: f64 = 0.06;
/// A heading is at least this much larger than most of the page.
const HEADING_GROWTH: f64 = 1.15;
/// Dots in a row, spaces aside, that only lead the eye from a heading to the number of its page.
const LEADER_DOTS_MIN: usize = 4;

/// Writes the lines of a page.
pub(crate) fn write(lines: &[Line], text: &mut Text) {
    text.paragraph();
    for (position, line) in lines.iter().enumerate() {
        let words = without_leaders(line.text.trim_end());
        match lines.get(position + 1) {
            Some(next) if was_broken(lines, position, line, next) => write_joined(&words, next, text),
            Some(next) if stands_apart(line, next) => {
                text.push(&words);
                text.paragraph();
            }
            Some(_) | None => {
                text.push(&words);
                text.line();
            }
        }
    }
}

/// The largest lines at the top of a page, if they are larger than the rest and as short as a title.
pub(crate) fn heading(lines: &[Line]) -> Option<String> {
    let most = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = *sizes.get(sizes.len() / 2)?;
    if lines.len() > 2 && most < usual * HEADING_GROWTH {
        return None;
    }
    let is_largest = |line: &&Line| line.size > most * (1.0 - SIZE_TOLERANCE);
    let first = lines.iter().position(|line| is_largest(&line))?;
    let title: Vec<&str> = lines.iter().skip(first).take_while(is_largest).map(|line| line.text.trim()).collect();
    clean_title(&title.join(" "))
}

/// Whether a line goes on in the next: same size and direction, directly below, no entry of a list, and no room was left.
fn was_broken(lines: &[Line], position: usize, line: &Line, next: &Line) -> bool {
    let em = line.size;
    (line.size - next.size).abs() < SIZE_TOLERANCE * em
        && line.direction.dot(next.direction) > 0.99
        && (line.across - next.across).abs() < LINE_PITCH_EM_MAX * em
        && !begins_entry(&next.text)
        && line.end > column_edge(lines, position, line) - SLACK_EM_MAX * em
}

/// Where the longest line of the column ends.
fn column_edge(lines: &[Line], position: usize, line: &Line) -> f64 {
    let first = position.saturating_sub(NEIGHBOURS);
    let column = lines.iter().skip(first).take(2 * NEIGHBOURS + 1);
    let column = column.filter(|other| (other.start - line.start).abs() < COLUMN_EM * line.size);
    column.map(|other| other.end).fold(line.end, f64::max)
}

/// Bullets, and numbers with a mark behind them.
fn begins_entry(text: &str) -> bool {
    let text = text.trim_start();
    let after_number = text.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
    let is_numbered = after_number.len() < text.len() && after_number.starts_with([' ', '、', ')', '）', '．']);
    let first = text.chars().next();
    is_numbered || first.is_some_and(|first| "•·●○■□◆◇▪▫‣–—-*➢➤✓√§".contains(first))
}

fn stands_apart(line: &Line, next: &Line) -> bool {
    (line.across - next.across).abs() > LINE_PITCH_EM_MAX * line.size.max(next.size)
}

/// Ideographs join without a space, words with one, and a word that was divided grows together.
fn write_joined(words: &str, next: &Line, text: &mut Text) {
    let (before, after) = (words.chars().last(), next.text.chars().next());
    let undivided = words.strip_suffix(['-', '\u{2010}', '\u{ad}']);
    if let Some(undivided) = undivided
        && undivided.ends_with(char::is_alphabetic)
        && after.is_some_and(char::is_lowercase)
    {
        text.push(undivided);
        return;
    }
    text.push(words);
    if !(before.is_some_and(is_ideographic) && after.is_some_and(is_ideographic)) {
        text.space();
    }
}

/// Takes the dots between a heading and its page number out of a table of contents.
fn without_leaders(text: &str) -> Cow<'_, str> {
    if !text.contains("..") && !text.contains(". .") && !text.contains("··") && !text.contains("……") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut dots = String::new();
    for character in text.chars().chain(std::iter::once('\n')) {
        if matches!(character, '.' | '·' | '…' | ' ') {
            dots.push(character);
            continue;
        }
        let is_leader = dots.chars().filter(|dot| *dot != ' ').count() >= LEADER_DOTS_MIN;
        out.push_str(if is_leader { " " } else { &dots });
        dots.clear();
        out.push(character);
    }
    Cow::Owned(out.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use hayro_interpret::kurbo::Vec2;

    use super::*;

    /// A line of 10 points at a place; every character is as wide as half its size.
    fn line(text: &str, start: f64, across: f64) -> Line {
        let end = start + 5.0 * text.chars().count() as f64;
        Line { text: text.to_owned(), start, end, across, size: 10.0, direction: Vec2::new(1.0, 0.0) }
    }

    fn written(lines: &[Line]) -> String {
        let mut text = Text::new(10_000);
        write(lines, &mut text);
        text.finish()
    }

    #[test]
    fn a_broken_chinese_paragraph_is_joined_without_spaces() {
        let lines = [line("请先更新软件", 0.0, 100.0), line("包的列表。", 0.0, 86.0)];
        assert_eq!(written(&lines), "请先更新软件包的列表。");
    }

    #[test]
    fn a_broken_english_paragraph_is_joined_with_a_space_and_divided_words_grow_together() {
        let lines = [line("the policy of distri-", 0.0, 100.0), line("bution and of our", 0.0, 86.0), line("partners.", 0.0, 72.0)];
        assert_eq!(written(&lines), "the policy of distribution and of our partners.");
    }

    #[test]
    fn short_lines_and_entries_of_a_list_stay_apart() {
        let lines = [line("角色", 0.0, 100.0), line("• 管理员可以做所有的事情和决定", 0.0, 86.0), line("• 财务", 0.0, 72.0)];
        assert_eq!(written(&lines), "角色\n• 管理员可以做所有的事情和决定\n• 财务");
    }

    #[test]
    fn a_wide_step_begins_a_paragraph() {
        assert_eq!(written(&[line("一", 0.0, 100.0), line("二", 0.0, 60.0)]), "一\n\n二");
    }

    #[test]
    fn leader_dots_are_left_out_but_an_ellipsis_stays() {
        assert_eq!(without_leaders("1.1 基础 . . . . . . 7"), "1.1 基础 7");
        assert_eq!(without_leaders("and so on... and more"), "and so on... and more");
    }

    #[test]
    fn the_heading_is_the_largest_line_and_none_when_all_are_alike() {
        let mut lines =
            vec![line("页眉", 0.0, 200.0), line("伙伴政策", 0.0, 180.0), line("第一条", 0.0, 150.0), line("第二条", 0.0, 140.0)];
        assert_eq!(heading(&lines), None);
        lines[1].size = 24.0;
        assert_eq!(heading(&lines).as_deref(), Some("伙伴政策"));
    }
}
