//! Original-path matching (domain.md F3): which top-up records an amount goes back through, last in, first out.

use crate::{id::Id, time::Day};

/// A top-up of which something is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The record.
    pub id: Id,
    /// What is left of it, in micros.
    pub left_micros: i64,
    /// It carried a bonus, or came before real-name authentication: it is never withdrawn.
    pub barred: bool,
    /// The last day on which it can go back the way it came.
    pub until: Day,
}

impl Candidate {
    /// Something of it can go back the way it came.
    #[must_use]
    pub fn is_open(&self, today: Day) -> bool {
        !self.barred && self.until >= today && self.left_micros > 0
    }
}

/// Why an amount finds no way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmatched {
    /// The rest is in records that are never withdrawn.
    Barred,
    /// There are records for so much only, in micros.
    Only(i64),
}

/// Takes an amount off the records, the newest first. `candidates` come newest first; gives record and amount in micros.
///
/// # Errors
/// What there is does not suffice.
pub fn matched(amount_micros: i64, candidates: &[Candidate], today: Day) -> Result<Vec<(Id, i64)>, Unmatched> {
    let mut left = amount_micros;
    let mut taken = Vec::new();
    for candidate in candidates.iter().filter(|candidate| candidate.is_open(today)) {
        let part = candidate.left_micros.min(left);
        if part > 0 {
            taken.push((candidate.id, part));
            left = left.saturating_sub(part);
        }
    }
    if left == 0 {
        return Ok(taken);
    }
    let barred = candidates.iter().any(|candidate| candidate.barred && candidate.left_micros > 0);
    Err(if barred { Unmatched::Barred } else { Unmatched::Only(amount_micros.saturating_sub(left)) })
}

/// What has left the fund by other ways, such as bills, is taken off the oldest records, so that the newest stay for the way back. Gives
/// record and what is left of it then, in micros, for each that changes. `candidates` come newest first; `balance_micros` is what the fund holds.
#[must_use]
pub fn spent(candidates: &[Candidate], balance_micros: i64) -> Vec<(Id, i64)> {
    let mut room = balance_micros.max(0);
    let mut changed = Vec::new();
    for candidate in candidates {
        let stays = candidate.left_micros.min(room).max(0);
        room = room.saturating_sub(stays);
        if stays != candidate.left_micros {
            changed.push((candidate.id, stays));
        }
    }
    changed
}
