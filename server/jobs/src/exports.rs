//! An export from its beginning to its file (domain.md F2).

use crate::file::{self, Cut, Wish};
use domain::{
    Error,
    access::Anyone,
    exports::{Problem, TRIES},
};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use store::{
    Access, Store,
    exports::{self, Finished, Made, Task},
    files::Name,
    jobs::Leased,
};
use tokio::sync::{mpsc, oneshot, watch};

/// How often a running export says how far it is: a reader looks every three seconds.
const REPORT_EVERY: Duration = Duration::from_secs(1);
/// Batches of rows between the reader and the writer; a slow disk holds the reader back.
const BATCHES: usize = 4;

/// How a run ended otherwise than with a file.
enum End {
    /// The server stops.
    Stopped,
    /// Nobody wants it any more.
    Unwanted,
    /// It cannot be done.
    Impossible(Problem),
    /// It may work another time.
    Failed(Problem, String),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        match error {
            Error::WhyNot(_) | Error::AuthRequired => Self::Impossible(Problem::NoPermission),
            Error::Refused(_) | Error::Invalid { .. } => Self::Impossible(Problem::QuestionRefused),
            error => Self::Failed(Problem::Ours, error.code().to_owned()),
        }
    }
}

/// Makes the file of a leased task, or says why there is none.
pub(crate) async fn make(store: &Store, leased: &Leased, stop: watch::Receiver<bool>) -> Result<(), Error> {
    let access: Access<Anyone> = crate::system(store)?;
    let Made::Begun(task) = exports::begin(&access, leased).await? else { return Ok(()) };
    let path = store.files.scratch(&format!("export-{}-{}", task.id, leased.id));
    let ended = run(store, &access, leased, &task, &path, stop).await;
    let ended = match ended {
        Ok(finished) => exports::complete(&access, leased, finished).await,
        Err(End::Stopped | End::Unwanted) => exports::wait(&access, leased, None).await,
        Err(End::Impossible(problem)) => exports::fail(&access, leased, problem).await,
        Err(End::Failed(problem, detail)) => {
            tracing::warn!(task = %task.id, tries = task.tries, detail, "an export failed");
            match task.tries < TRIES {
                true => exports::wait(&access, leased, Some(detail)).await,
                false => exports::fail(&access, leased, problem).await,
            }
        }
    };
    forget(&path);
    match ended {
        // It was cancelled in the last moment: its file goes.
        Err(Error::WrongState { .. }) => {
            if let Err(error) = store.files.forget(&Name::export(task.id)).await {
                tracing::warn!(task = %task.id, %error, "the file of a cancelled export cannot be removed");
            }
            exports::wait(&access, leased, None).await
        }
        ended => ended,
    }
}

async fn run(
    store: &Store,
    access: &Access<Anyone>,
    leased: &Leased,
    task: &Task,
    path: &Path,
    mut stop: watch::Receiver<bool>,
) -> Result<Finished, End> {
    let caller = task.caller.clone().ok_or(End::Impossible(Problem::NoPermission))?;
    let as_of = store.clock.now();
    let wish = Wish::new(task, caller.standing()?, as_of);
    let (say_count, counted) = oneshot::channel();
    let (out, batches) = mpsc::channel(BATCHES);
    let (source, query, lang) = (task.source, task.query.clone(), task.lang);
    let reading = tokio::spawn(async move { exports::rows(&caller, source, &query, lang, say_count, out).await });
    let (done, cut) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicBool::new(false)));
    let mut writing = {
        let (wish, path, done, cut) = (wish.clone(), path.to_owned(), done.clone(), cut.clone());
        tokio::task::spawn_blocking(move || file::write(wish, &path, batches, &done, &cut))
    };
    let total = counted.await.unwrap_or(-1);
    let mut ended_early = None;
    let written = loop {
        tokio::select! {
            written = &mut writing => break written,
            () = tokio::time::sleep(REPORT_EVERY), if ended_early.is_none() => {
                // The writer is waited for whatever happens: the next run writes to the same place.
                ended_early = match exports::progress(access, leased, done.load(Ordering::Relaxed), total).await {
                    Ok(true) => None,
                    Ok(false) => Some(End::Unwanted),
                    Err(error) => Some(End::from(error)),
                };
                cut.store(ended_early.is_some(), Ordering::Relaxed);
            }
            () = crate::stopped(&mut stop), if ended_early.is_none() => {
                ended_early = Some(End::Stopped);
                cut.store(true, Ordering::Relaxed);
            }
        }
    };
    let read = reading.await.map_err(|error| End::Failed(Problem::Ours, error.to_string()))?;
    if let Some(end) = ended_early {
        return Err(end);
    }
    read?;
    let written = written.map_err(|error| End::Failed(Problem::Ours, error.to_string()))?.map_err(end_of)?;
    if written.rows != total {
        return Err(End::Failed(Problem::Ours, format!("{} rows were written of {total}", written.rows)));
    }
    // A worker that was silent for long may have an heir, whose file lies under the same name.
    if !exports::progress(access, leased, written.rows, total).await? {
        return Err(End::Unwanted);
    }
    let kept = store.files.keep_export(path, task.id).await;
    let (sha256, size_bytes) = kept.map_err(|error| end_of(Cut::Fault(render::Fault::from(error))))?;
    let manifest = file::manifest(&wish, &written, &sha256, size_bytes);
    Ok(Finished { rows: written.rows, size_bytes, sha256, manifest })
}

fn end_of(cut: Cut) -> End {
    match cut {
        Cut::Asked => End::Unwanted,
        Cut::Fault(fault) if fault.is_storage_full() => End::Failed(Problem::NoSpace, fault.to_string()),
        Cut::Fault(render::Fault::TooLong { .. }) => End::Impossible(Problem::TooLong),
        Cut::Fault(fault @ render::Fault::NoFont { .. }) => {
            tracing::error!(%fault, "PDF exports need a font");
            End::Impossible(Problem::NoFont)
        }
        Cut::Fault(fault) => End::Failed(Problem::Ours, fault.to_string()),
    }
}

/// What was not kept goes. A file that was kept is not there any more.
fn forget(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a half export cannot be removed");
    }
}
