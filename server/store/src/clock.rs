//! The only clock. Business time is the system's plus an offset that demo mode stores and moves; sessions, throttles and
//! leases follow the system's, so that signed-in people survive a jump (contract.md).

use domain::Moment;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The value of `Clock::stands_at_us` while business time runs.
const RUNS: i64 = i64::MIN;

/// Business time and system time.
#[derive(Clone, Debug)]
pub struct Clock {
    offset_us: Arc<AtomicI64>,
    stands_at_us: Arc<AtomicI64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { offset_us: Arc::default(), stands_at_us: Arc::new(AtomicI64::new(RUNS)) }
    }
}

impl Clock {
    /// The system's time.
    #[must_use]
    pub fn system(&self) -> Moment {
        system()
    }

    /// Business time.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self.stands_at_us.load(Ordering::Relaxed) {
            RUNS => Moment(system().0.saturating_add(self.offset_us.load(Ordering::Relaxed))),
            stands_at_us => Moment(stands_at_us),
        }
    }

    /// Business time stands still at a moment, or runs again: the demo world is played with a set clock, so that its rows are the
    /// same however long the playing takes.
    pub fn stand_at(&self, moment: Option<Moment>) {
        self.stands_at_us.store(moment.map_or(RUNS, |moment| moment.0), Ordering::Relaxed);
    }

    /// The offset as it is stored.
    #[must_use]
    pub fn offset_us(&self) -> i64 {
        self.offset_us.load(Ordering::Relaxed)
    }

    /// Takes over a stored offset.
    pub fn set_offset_us(&self, offset_us: i64) {
        self.offset_us.store(offset_us, Ordering::Relaxed);
    }
}

fn system() -> Moment {
    Moment(jiff::Timestamp::now().as_microsecond())
}
