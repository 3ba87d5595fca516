//! The one line that the child answers.

use serde::{Deserialize, Serialize};

use crate::documents::{Extracted, Failure, Limits};

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
