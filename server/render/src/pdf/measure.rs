//! Lengths and places on the page, all in thousandths of a point: whole numbers, so that two runs agree to the last bit.

use crate::values::Head;

use super::font::Face;
use super::wrap::widest_piece;

/// A4, landscape.
pub(crate) const PAGE_WIDTH: i64 = 841_890;
pub(crate) const PAGE_HEIGHT: i64 = 595_276;
/// Free space left and right.
pub(crate) const MARGIN: i64 = 36_000;
/// Where the text of a page begins and ends, from its upper edge.
pub(crate) const TOP: i64 = 36_000;
pub(crate) const BOTTOM: i64 = 552_000;
/// Where the foot of a page begins.
pub(crate) const FOOT: i64 = 558_000;
/// Width between the margins.
pub(crate) const TEXT_WIDTH: i64 = PAGE_WIDTH - 2 * MARGIN;
/// Free space left and right in a column.
pub(crate) const PAD: i64 = 4_000;

/// Most that a column of text may take from the others for the sake of one word.
const WORD_WIDTH_MAX: i64 = 110_000;
/// A column that gives room to others keeps this, three Chinese characters, if it had it.
const WIDTH_MIN: i64 = 30_000;
/// Widths that the labels of facts may have.
const LABEL_WIDTH_MIN: i64 = 48_000;
const LABEL_WIDTH_MAX: i64 = 140_000;

/// What a line of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    /// Two facts side by side.
    Facts,
    Heads,
    Row,
    /// Above the closing facts.
    Heading,
}

/// How a part is set.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    /// Size of the letters.
    pub size: i64,
    /// From line to line.
    pub leading: i64,
    /// Free space above and below.
    pub pad: i64,
    /// Free space before it, unless it begins a page.
    pub gap: i64,
}

impl Part {
    /// How it is set.
    pub fn setting(self) -> Setting {
        match self {
            Part::Title => Setting { size: 15_000, leading: 21_000, pad: 3_000, gap: 0 },
            Part::Facts => Setting { size: 8_500, leading: 12_000, pad: 1_000, gap: 0 },
            Part::Heads => Setting { size: 8_000, leading: 11_000, pad: 3_500, gap: 0 },
            Part::Row => Setting { size: 8_000, leading: 11_000, pad: 2_500, gap: 0 },
            Part::Heading => Setting { size: 10_500, leading: 15_000, pad: 3_000, gap: 12_000 },
        }
    }

    /// Height of so many lines of it.
    pub fn height(self, lines: u32) -> i64 {
        let setting = self.setting();
        i64::from(lines) * setting.leading + 2 * setting.pad
    }
}

/// A column on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub left: i64,
    pub width: i64,
    pub side: Side,
    pub tone: Tone,
}

impl Column {
    /// Width of the text in it.
    pub fn room(self) -> i64 {
        self.width - 2 * PAD
    }
}

/// The edge at which text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// How dark text is: what the reader looks for, or what explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Dark,
    Grey,
}

/// The widest piece of a column of the table.
#[derive(Clone, Copy, Default)]
pub(crate) struct Piece {
    pub width: i64,
    /// Is it a word, and no number or date?
    pub may_break: bool,
}

/// All columns of the document.
pub(crate) struct Columns {
    whole: [Column; 1],
    facts: [Column; 4],
    table: Vec<Column>,
}

impl Columns {
    /// Shares the page. `pieces` and `sides` go with the heads; `label_width` is that of the widest label of the facts.
    pub fn share(face: &Face, heads: &[Head], sides: &[Side], pieces: &[Piece], label_width: i64) -> Self {
        let column = |left, width, tone| Column { left, width, side: Side::Left, tone };
        let label = (label_width + 4 * PAD).clamp(LABEL_WIDTH_MIN, LABEL_WIDTH_MAX);
        let half = TEXT_WIDTH / 2;
        let facts = [
            column(MARGIN, label, Tone::Grey),
            column(MARGIN + label, half - label, Tone::Dark),
            column(MARGIN + half, label, Tone::Grey),
            column(MARGIN + half + label, half - label, Tone::Dark),
        ];
        let widths = widths(heads.iter().zip(pieces).map(|(head, piece)| Share::new(face, head, *piece)).collect());
        let lefts = widths.iter().scan(MARGIN, |next, width| {
            let left = *next;
            *next += width;
            Some(left)
        });
        let table =
            lefts.zip(&widths).zip(sides).map(|((left, width), side)| Column { left, width: *width, side: *side, tone: Tone::Dark });
        Columns { whole: [column(MARGIN, TEXT_WIDTH, Tone::Dark)], facts, table: table.collect() }
    }

    /// The columns of a part.
    pub fn of(&self, part: Part) -> &[Column] {
        match part {
            Part::Title | Part::Heading => &self.whole,
            Part::Facts => &self.facts,
            Part::Heads | Part::Row => &self.table,
        }
    }
}

/// What a column of the table gets of the page.
struct Share {
    weight: i64,
    /// Below this, numbers or words break.
    needed: i64,
    width: i64,
    /// Does it get what it needs, and not what its weight says?
    is_raised: bool,
}

impl Share {
    fn new(face: &Face, head: &Head, piece: Piece) -> Self {
        let label = widest_piece(face, &head.label, Part::Heads.setting().size).min(WORD_WIDTH_MAX);
        let inside = if piece.may_break { piece.width.min(WORD_WIDTH_MAX) } else { piece.width };
        Share { weight: i64::from(head.width.max(1)), needed: 2 * PAD + label.max(inside), width: 0, is_raised: false }
    }
}

/// Shares the page by weight. A column that needs more gets it from those that can give; when that is not possible, the weights
/// alone decide, and long words and numbers break.
fn widths(mut shares: Vec<Share>) -> Vec<i64> {
    let all = shares.iter().map(|share| share.weight).sum::<i64>().max(1);
    // Each turn raises one column at least, or is the last.
    for _ in 0..=shares.len() {
        let taken = shares.iter().filter(|share| share.is_raised).map(|share| share.needed).sum::<i64>();
        let weight = shares.iter().filter(|share| !share.is_raised).map(|share| share.weight).sum::<i64>();
        let left = TEXT_WIDTH - taken;
        for share in &mut shares {
            share.width = if share.is_raised { share.needed } else { left * share.weight / weight.max(1) };
        }
        let is_possible = left >= 0 && shares.iter().all(|share| share.width >= WIDTH_MIN.min(TEXT_WIDTH * share.weight / all));
        if !is_possible {
            return shares.iter().map(|share| TEXT_WIDTH * share.weight / all).collect();
        }
        if shares.iter().all(|share| share.width >= share.needed) {
            break;
        }
        for share in &mut shares {
            share.is_raised |= share.width < share.needed;
        }
    }
    shares.iter().map(|share| share.width).collect()
}
