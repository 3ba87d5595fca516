//! What the child answers: one line, and behind it the picture that was asked for.

use serde::{Deserialize, Serialize};

use crate::documents::{Drawn, Extracted, Failure, Limits};

/// Room for the title and the names of the fields.
const FRAME_BYTES: u64 = 16 * 1024;
/// A character takes at most four bytes in UTF-8; escaped line feeds, quotes and backslashes take two.
const BYTES_PER_CHAR: u64 = 4;
/// Longest title that the parent believes.
const TITLE_CHARS_MAX: usize = 200;

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Answer {
    Read(Extracted),
    Failed(Failure),
}

impl Answer {
    /// As the child writes it. An answer that cannot be written is a failure that can.
    pub fn line(&self) -> String {
        let line = serde_json::to_string(self);
        line.unwrap_or_else(|_| format!("{{\"failed\":\"{}\"}}", Failure::Crashed.key()))
    }

    /// As the parent reads it: none when it is cut off or of another shape.
    pub fn parse(line: &[u8], limits: &Limits) -> Option<Answer> {
        let answer: Answer = serde_json::from_slice(line).ok()?;
        let believable = match &answer {
            Answer::Read(extracted) => {
                extracted.text.chars().count() <= limits.text_chars_max
                    && extracted.title.as_ref().is_none_or(|title| title.chars().count() <= TITLE_CHARS_MAX)
            }
            Answer::Failed(_) => true,
        };
        believable.then_some(answer)
    }

    /// The longest line a child that keeps to its limits can write.
    pub fn bytes_max(limits: &Limits) -> u64 {
        (limits.text_chars_max as u64).saturating_mul(BYTES_PER_CHAR).saturating_add(FRAME_BYTES)
    }
}

/// The largest picture that the parent believes, in bytes.
const PNG_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How every PNG file begins.
const PNG_MARK: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What the child says of a picture, in front of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Picture {
    Drawn { pages: u32, no: u32, lacks_font: bool },
    Failed(Failure),
}

impl Picture {
    /// As the child writes it.
    pub fn bytes(outcome: Result<Drawn, Failure>) -> Vec<u8> {
        let (head, png) = match outcome {
            Ok(Drawn { pages, no, lacks_font, png }) => (Self::Drawn { pages, no, lacks_font }, png),
            Err(failure) => (Self::Failed(failure), Vec::new()),
        };
        let head = serde_json::to_string(&head).unwrap_or_default();
        [head.as_bytes(), b"\n", &png].concat()
    }

    /// As the parent reads it.
    pub fn parse(bytes: &[u8]) -> Result<Drawn, Failure> {
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Failure::Crashed)?;
        let (head, png) = bytes.split_at(end);
        let png = png.get(1..).unwrap_or_default();
        match serde_json::from_slice(head).map_err(|_| Failure::Crashed)? {
            Self::Failed(failure) => Err(failure),
            Self::Drawn { pages, no, lacks_font } if png.starts_with(PNG_MARK) && no <= pages => {
                Ok(Drawn { pages, no, lacks_font, png: png.to_vec() })
            }
            Self::Drawn { .. } => Err(Failure::Crashed),
        }
    }

    /// The longest answer that is believed.
    pub const fn bytes_max() -> u64 {
        PNG_BYTES_MAX
    }
}
