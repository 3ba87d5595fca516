//! Export tasks (domain.md F2): asked for by people, made by workers, read again until they expire.

mod ask;
mod make;
mod read;
mod rows;

pub(crate) use ask::again;
pub use ask::{NewExport, Requested, cancel, repeat, request};
pub use make::{Finished, Made, Task, begin, complete, expire, fail, progress, wait};
pub use read::{ExportFile, Proof, file, manifest, names, one, page, record_download};
pub use rows::{Count, Value, rows};

/// The kind of the job that makes an export.
pub const JOB: &str = "export";
