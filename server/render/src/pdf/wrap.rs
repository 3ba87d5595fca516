//! Breaks text into lines. Chinese breaks between any two characters but before closing and after opening punctuation, Latin at
//! spaces; a word longer than a line is broken where the line ends.

use super::font::Face;

/// What may not begin a line.
const CLOSING: &str = "，。、；：！？）》」』】〉〕〗”’…—％·～,.;:!?)]}%";
/// What may not end one.
const OPENING: &str = "（《「『【〈〔〖“‘￥([{";

/// The lines of a text, at least one. `size` and `width` in thousandths of a point.
pub(crate) fn wrap<'t>(face: &Face, text: &'t str, size: i64, width: i64) -> Vec<&'t str> {
    let room = width * face.units_per_em() / size.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(face, paragraph, room, &mut lines);
    }
    lines
}

fn wrap_paragraph<'t>(face: &Face, text: &'t str, room: i64, lines: &mut Vec<&'t str>) {
    let mut start = 0;
    let mut used = 0;
    // The last place to break since `start`, and the width up to it.
    let mut place: Option<(usize, i64)> = None;
    let mut before = None;
    for (at, character) in text.char_indices() {
        if at > start && before.is_some_and(|before| may_break(before, character)) {
            place = Some((at, used));
        }
        let advance = i64::from(face.glyph(character).advance);
        // A space hangs over the end of its line.
        while used + advance > room && at > start && character != ' ' {
            let (end, width) = place.take().unwrap_or((at, used));
            lines.push(text.get(start..end).unwrap_or_default().trim_end());
            start = end;
            used -= width;
        }
        used += advance;
        before = Some(character);
    }
    lines.push(text.get(start..).unwrap_or_default().trim_end());
}

/// Width of the widest piece that is broken only if it must be, in thousandths of a point.
pub(crate) fn widest_piece(face: &Face, text: &str, size: i64) -> i64 {
    let mut widest = 0;
    let mut used = 0;
    let mut before = None;
    for character in text.chars() {
        if character == '\n' || before.is_some_and(|before| may_break(before, character)) {
            used = 0;
        }
        if !matches!(character, ' ' | '\n') {
            used += i64::from(face.glyph(character).advance);
        }
        widest = widest.max(used);
        before = Some(character);
    }
    face.length(widest, size)
}

/// The text if it fits, else its beginning with an ellipsis.
pub(crate) fn shorten(face: &Face, text: &str, size: i64, width: i64) -> String {
    let room = width * face.units_per_em() / size.max(1);
    if face.units(text) <= room {
        return text.to_owned();
    }
    let mut used = i64::from(face.glyph('…').advance);
    let kept = text.chars().take_while(|character| {
        used += i64::from(face.glyph(*character).advance);
        used <= room
    });
    kept.chain(['…']).collect()
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' {
        return false;
    }
    before == ' ' || (is_wide(before) || is_wide(after)) && !CLOSING.contains(after) && !OPENING.contains(before)
}

/// Chinese, Japanese and Korean characters and their punctuation.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}')
}
