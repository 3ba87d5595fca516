//! The parent's side: starts the child, waits no longer than allowed, believes no more than necessary.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::answer::{Answer, Picture};
use super::{DRAWING, SUBCOMMAND};
use crate::documents::{Drawn, Extracted, Failure, FileFormat, Limits};

/// Children at a time, whoever asks; the others wait their turn. Each may use as much memory as its limits say.
pub const CHILDREN_MAX: usize = 2;

/// What the child may say for the log.
const STDERR_BYTES_MAX: u64 = 4 * 1024;
/// Rust says so before it aborts; a signal alone does not tell want of memory from a broken program.
const OUT_OF_MEMORY: &str = "memory allocation of";
/// Sent by the kernel when the processor time is used up.
const SIGXCPU: i32 = 24;
/// Sent by the kernel past the hard limit of processor time, and by whoever frees memory for the machine.
const SIGKILL: i32 = 9;

/// What the server's allocator sets aside at once, in KiB. Its usual gigabyte alone is more than a child may have, and then nothing fits.
const RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "65536");

static CHILDREN: Semaphore = Semaphore::const_new(CHILDREN_MAX);
static DRAWERS: Semaphore = Semaphore::const_new(CHILDREN_MAX);

/// Takes the text out of the file at `path` in a process of its own. `exe` is the server binary: `std::env::current_exe()`.
///
/// Never takes longer than `limits.wall_ms` once its turn has come; dropping the future ends the child. Ends with the child gone
/// in every case.
///
/// # Errors
///
/// Any [`Failure`]. `Unavailable` when the child cannot be started or the file cannot be opened, which is an error of ours.
pub async fn extract_in_child(exe: &Path, path: &Path, format: FileFormat, limits: &Limits) -> Result<Extracted, Failure> {
    let _turn = CHILDREN.acquire().await.map_err(|_| Failure::Unavailable)?;
    let words = [format.key().into(), absolute(path)?, serde_json::to_string(limits).map_err(|_| Failure::Unavailable)?.into()];
    let said = ask(exe, SUBCOMMAND, &words, limits, Answer::bytes_max(limits)).await?;
    match Answer::parse(&said, limits) {
        Some(Answer::Read(extracted)) => Ok(extracted),
        Some(Answer::Failed(failure)) => Err(failure),
        None => Err(Failure::Crashed),
    }
}

/// Draws page `no` of the PDF at `path`, `width` pixels wide, in a process of its own. `font` stands in for fonts of Chinese text that
/// the document does not hold.
///
/// As [`extract_in_child`], with [`Limits::of_drawing`]. Whoever waits here is a person, so these children have turns of their own.
///
/// # Errors
///
/// Any [`Failure`].
pub async fn draw_in_child(exe: &Path, path: &Path, no: u32, width: u16, font: Option<&Path>) -> Result<Drawn, Failure> {
    let _turn = DRAWERS.acquire().await.map_err(|_| Failure::Unavailable)?;
    let mut words = vec![absolute(path)?, no.to_string().into(), width.to_string().into()];
    words.extend(font.map(|font| font.as_os_str().to_owned()));
    Picture::parse(&ask(exe, DRAWING, &words, &Limits::of_drawing(), Picture::bytes_max()).await?)
}

fn absolute(path: &Path) -> Result<OsString, Failure> {
    std::path::absolute(path).map(PathBuf::into_os_string).map_err(|_| Failure::Unavailable)
}

/// Starts a child with these words and gives what it answers.
async fn ask(exe: &Path, subcommand: &str, words: &[OsString], limits: &Limits, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let mut child = start(exe, subcommand, words).map_err(|error| {
        tracing::error!(%error, "the reader of documents cannot be started");
        Failure::Unavailable
    })?;
    let wall = Duration::from_millis(limits.wall_ms);
    match timeout(wall, listen(&mut child, bytes_max)).await {
        Ok(Ok(heard)) => heard.judge(),
        Ok(Err(error)) => {
            end(&mut child).await;
            tracing::warn!(%error, "the reader of documents could not be heard");
            Err(Failure::Crashed)
        }
        Err(_) => {
            end(&mut child).await;
            Err(Failure::TimedOut)
        }
    }
}

fn start(exe: &Path, subcommand: &str, words: &[OsString]) -> io::Result<Child> {
    Command::new(exe)
        .arg(subcommand)
        .args(words)
        .env_clear()
        .env(RESERVE.0, RESERVE.1)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
}

/// All that a child said, and how it ended.
struct Heard {
    stdout: Vec<u8>,
    stderr: String,
    status: ExitStatus,
}

async fn listen(child: &mut Child, bytes_max: u64) -> io::Result<Heard> {
    let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let heard = async { tokio::try_join!(read_up_to(stdout, bytes_max), read_up_to(stderr, STDERR_BYTES_MAX)) };
    let (stdout, stderr) = heard.await?;
    // Whoever still writes has nobody to listen, and ends.
    let status = child.wait().await?;
    Ok(Heard { stdout, stderr: String::from_utf8_lossy(&stderr).into_owned(), status })
}

/// Reads until the end or the limit, then closes the pipe.
async fn read_up_to(pipe: impl AsyncRead + Unpin, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.take(bytes_max).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

async fn end(child: &mut Child) {
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "the reader of documents could not be ended");
    }
}

impl Heard {
    /// The answer of a child that ended well.
    fn judge(self) -> Result<Vec<u8>, Failure> {
        let said = self.stderr.trim();
        if !said.is_empty() {
            tracing::warn!(status = %self.status, said, "the reader of documents complained");
        }
        if self.status.success() {
            return Ok(self.stdout);
        }
        Err(match self.status.signal() {
            Some(SIGXCPU) => Failure::TimedOut,
            Some(SIGKILL) => Failure::OutOfMemory,
            _ if said.contains(OUT_OF_MEMORY) => Failure::OutOfMemory,
            Some(_) | None => Failure::Crashed,
        })
    }
}
