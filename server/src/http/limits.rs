//! How much the server takes on at once. More is refused at once and cheaply, so that what was begun is finished in time
//! (threats.md L3): a queue that only grows serves nobody.

use super::answer::{self, Asked};
use axum::response::Response;
use domain::{Error, library::UPLOAD_MAX_BYTES};
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

/// Pages and functions that run at once, per core. Most of them wait for the database or for a password's hash.
const RUNNING_PER_CORE: usize = 64;
/// Uploads at once: each writes to the disk as fast as it comes.
const UPLOADS: usize = 16;
/// Zip files at once: each holds a thread while it is sent.
const PACKS: usize = 16;
/// Bodies of forms that are being read, in KiB all together: whoever sends slowly holds little.
const BODIES_KIB: usize = 64 * 1024;

/// The longest wait for a form; the bar is a minute (threats.md W7).
const BODY_TIME: Duration = Duration::from_secs(50);

/// Places, taken and given back.
#[derive(Clone, Debug)]
pub struct Limits {
    running: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    packs: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    /// Largest file in bytes.
    pub upload_max_bytes: i64,
    /// A body that has not come by then, or comes too slowly from then on, is given up.
    pub body_time: Duration,
}

/// A place that is given back when it is dropped.
pub type Place = OwnedSemaphorePermit;

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::of(RUNNING_PER_CORE * cores)
    }
}

impl Limits {
    /// So many pages and functions at once.
    #[must_use]
    pub fn of(running: usize) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            running: places(running),
            uploads: places(UPLOADS),
            packs: places(PACKS),
            bodies: places(BODIES_KIB),
            upload_max_bytes: UPLOAD_MAX_BYTES,
            body_time: BODY_TIME,
        }
    }

    /// A place for a zip file.
    ///
    /// # Errors
    /// There is none.
    pub fn begin_pack(&self) -> Result<Place, TryAcquireError> {
        self.packs.clone().try_acquire_owned()
    }

    /// A place for a page or a function.
    ///
    /// # Errors
    /// There is none.
    pub fn begin(&self) -> Result<Place, TryAcquireError> {
        self.running.clone().try_acquire_owned()
    }

    /// A place for an upload.
    ///
    /// # Errors
    /// There is none.
    pub fn begin_upload(&self) -> Result<Place, TryAcquireError> {
        self.uploads.clone().try_acquire_owned()
    }

    /// Room for a piece of a form's body.
    ///
    /// # Errors
    /// There is none.
    pub fn room(&self, bytes: usize) -> Result<Place, TryAcquireError> {
        let kib = u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        self.bodies.clone().try_acquire_many_owned(kib)
    }

    /// Nothing more can begin now.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.free() == 0
    }

    /// Places of pages and functions that are free.
    #[must_use]
    pub fn free(&self) -> usize {
        self.running.available_permits()
    }
}

/// The answer to what there is no place for.
#[must_use]
pub fn overloaded(asked: &Asked) -> Response {
    answer::refuse(asked, &Error::Unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_given_back_and_one_too_many_is_refused() {
        let limits = Limits::of(1);
        let place = limits.begin().expect("the only place");
        assert!(limits.begin().is_err());
        drop(place);
        assert!(limits.begin().is_ok());
    }
}
