//! Takes the text out of uploaded files, one after the other, in the background. Each is read by a child process with little
//! memory and no rights (intake::child); whatever happens to one file, the next one has its turn.

use crate::http::accept::stopped;
use domain::{Error, access::Anyone, library::Format, machine::Keyed as _};
use intake::{
    child,
    documents::{Failure, FileFormat, Limits},
};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};
use store::{
    Store,
    library::{self, Waiting},
};
use tokio::sync::watch;

/// How often it is looked for new files when there was none.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// The first wait after a failure of ours; it doubles up to [`PAUSE_MAX`].
const PAUSE: Duration = Duration::from_secs(2);
/// The longest wait.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// Tries of one file when the failure may be ours.
const TRIES: u32 = 3;

/// What became of the next file.
enum Turn {
    Done,
    Nothing,
    Failed,
}

/// Works until the server is stopped. `exe` is this program, which is started again as the child.
pub async fn run(store: Store, exe: PathBuf, mut stop: watch::Receiver<bool>) {
    let mut pause = PAUSE;
    loop {
        // Its own task: a panic ends the turn, not the work.
        let turn = tokio::spawn(turn(store.clone(), exe.clone()));
        let ended = tokio::select! {
            turn = turn => turn.unwrap_or(Turn::Failed),
            () = stopped(&mut stop) => return,
        };
        let wait = match ended {
            Turn::Done => Duration::ZERO,
            Turn::Nothing => LOOK_EVERY,
            Turn::Failed => pause,
        };
        pause = if matches!(ended, Turn::Failed) { PAUSE_MAX.min(pause * 2) } else { PAUSE };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

async fn turn(store: Store, exe: PathBuf) -> Turn {
    let waiting = match library::next_waiting(&store).await {
        Ok(Some(waiting)) => waiting,
        Ok(None) => return Turn::Nothing,
        Err(_) => return Turn::Failed,
    };
    let name = format!("text-{}", store.ids.id());
    let found = match store.files.local(&waiting.file, &name).await {
        Ok(file) => read(&exe, &file, waiting.format).await,
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::Unavailable.key().to_owned()),
        // The file waits until the place of the files answers again.
        Err(error) => {
            tracing::warn!(document = %waiting.document, %error, "a file whose text is wanted cannot be fetched");
            return Turn::Failed;
        }
    };
    match keep(&store, &waiting, found).await {
        Ok(()) => Turn::Done,
        Err(error) => {
            tracing::error!(document = %waiting.document, code = error.code(), "the text of a document was not kept");
            Turn::Failed
        }
    }
}

/// The text, or the key of the reason why there is none.
async fn read(exe: &Path, file: &Path, format: Format) -> Result<String, String> {
    let Some(format) = FileFormat::from_key(format.key()) else { return Err(Failure::NoText.key().to_owned()) };
    let limits = Limits::default();
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match child::extract_in_child(exe, file, format, &limits).await {
            Ok(extracted) => return Ok(extracted.text),
            // The machine may be short of something for the moment; a file must not keep the others waiting for long.
            Err(Failure::Unavailable) => tokio::time::sleep(pause).await,
            Err(failure) => return Err(failure.key().to_owned()),
        }
        pause *= 2;
    }
    let last = child::extract_in_child(exe, file, format, &limits).await;
    last.map(|extracted| extracted.text).map_err(|failure| failure.key().to_owned())
}

async fn keep(store: &Store, waiting: &Waiting, found: Result<String, String>) -> Result<(), Error> {
    if let Err(reason) = &found {
        tracing::info!(document = %waiting.document, version = waiting.no, reason, "no text was found in a document");
    }
    let access = store.stranger("local".to_owned(), "texts".to_owned()).access::<Anyone>()?;
    library::keep_text(&access, waiting, found).await
}
