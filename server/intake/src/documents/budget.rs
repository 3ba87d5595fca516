//! What one extraction may still use, shared by all readers of one file.

use std::cell::Cell;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use super::{Failure, Limits};

/// Calls of [`Budget::tick`] between two looks at the clock.
const TICKS_PER_LOOK: u32 = 1024;

/// A file that unpacks to less may be packed as well as it likes.
const RATIO_FREE_BYTES: u64 = 8 * 1024 * 1024;

/// Counts down what [`Limits`] allow. Interior mutability, because a reader and its consumer both spend.
pub(crate) struct Budget<'a> {
    /// The limits it was made from.
    pub limits: &'a Limits,
    deadline: Instant,
    expanded_bytes: Cell<u64>,
    ticks: Cell<u32>,
    /// Why a reader stopped: `Read` can only say that it failed.
    stopped_by: Cell<Option<Failure>>,
}

impl<'a> Budget<'a> {
    /// Starts the clock.
    pub fn new(limits: &'a Limits) -> Self {
        Budget {
            limits,
            deadline: Instant::now() + Duration::from_millis(limits.wall_ms),
            expanded_bytes: Cell::new(0),
            ticks: Cell::new(0),
            stopped_by: Cell::new(None),
        }
    }

    /// To be called in every loop whose length a file decides.
    pub fn tick(&self) -> Result<(), Failure> {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if ticks.is_multiple_of(TICKS_PER_LOOK) { self.look_at_clock() } else { Ok(()) }
    }

    /// To be called before a step that is long by itself.
    pub fn look_at_clock(&self) -> Result<(), Failure> {
        if Instant::now() > self.deadline { Err(Failure::TimedOut) } else { Ok(()) }
    }

    /// Why a parser that reads through [`Metered`] failed: our limit, else the file.
    pub fn cause(&self) -> Failure {
        self.stopped_by.get().unwrap_or(Failure::Damaged)
    }

    fn spend(&self, bytes: usize) -> Result<(), Failure> {
        self.tick()?;
        let total = self.expanded_bytes.get().saturating_add(bytes as u64);
        self.expanded_bytes.set(total);
        if total > self.limits.expanded_bytes_max { Err(Failure::ExpandsTooFar) } else { Ok(()) }
    }
}

/// A file inside an archive that counts what comes out of it.
pub(crate) struct Metered<'a, R> {
    inner: R,
    budget: &'a Budget<'a>,
    packed_bytes: u64,
    unpacked_bytes: u64,
}

impl<'a, R: Read> Metered<'a, R> {
    /// `packed_bytes` is what the file occupies in the archive.
    pub fn new(inner: R, packed_bytes: u64, budget: &'a Budget<'a>) -> Self {
        Metered { inner, budget, packed_bytes, unpacked_bytes: 0 }
    }

    fn account(&mut self, bytes: usize) -> Result<(), Failure> {
        self.unpacked_bytes = self.unpacked_bytes.saturating_add(bytes as u64);
        if out_of_proportion(self.packed_bytes, self.unpacked_bytes, self.budget.limits) {
            return Err(Failure::ExpandsTooFar);
        }
        self.budget.spend(bytes)
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.account(bytes).map_err(|failure| {
            self.budget.stopped_by.set(Some(failure));
            io::Error::other(failure.key())
        })?;
        Ok(bytes)
    }
}

/// Whether `unpacked` bytes are more than `packed` bytes of honest data become.
pub(crate) fn out_of_proportion(packed: u64, unpacked: u64, limits: &Limits) -> bool {
    unpacked > RATIO_FREE_BYTES && unpacked > packed.saturating_mul(limits.ratio_max)
}
