//! The only clock. Business time is the system's plus an offset that demo mode stores and moves; sessions, throttles and
//! leases follow the system's, so that signed-in people survive a jump (contract.md).

use domain::Moment;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Business time and system time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_us: Arc<AtomicI64>,
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
        Moment(system().0.saturating_add(self.offset_us.load(Ordering::Relaxed)))
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
