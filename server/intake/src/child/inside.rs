//! The child's side. Nothing here may rely on the server's configuration: the environment is empty.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};

use super::answer::Answer;
use crate::documents::{Extracted, Failure, FileFormat, Limits, extract_file};

/// How much the child steps back behind the server for the processor.
const NICENESS: i32 = 10;

/// The hidden subcommand. `args` are those behind its name: FORMAT PATH, and limits as JSON if they are not the usual ones.
///
/// To be called first thing in `main`, before a runtime or a log exists: afterwards the process can open no file, write none, and
/// has as much memory and time as the limits say. Prints one line of JSON; the exit code is 0 whenever it could be printed, also
/// for a document that cannot be read, and 2 for arguments that make no sense.
pub fn main_child(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Some((format, path, limits)) = parse(args) else {
        eprintln!("usage: extract-text FORMAT PATH [LIMITS]");
        return ExitCode::from(2);
    };
    let answer = match run(format, path, &limits) {
        Ok(extracted) => Answer::Read(extracted),
        Err(failure) => Answer::Failed(failure),
    };
    let mut out = io::stdout().lock();
    let written = out.write_all(answer.line().as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Option<(FileFormat, PathBuf, Limits)> {
    let mut args = args.into_iter();
    let format = FileFormat::from_key(args.next()?.to_str()?)?;
    let path = PathBuf::from(args.next()?);
    let limits = match args.next() {
        Some(limits) => serde_json::from_str(limits.to_str()?).ok()?,
        None => Limits::default(),
    };
    args.next().is_none().then_some((format, path, limits))
}

fn run(format: FileFormat, path: PathBuf, limits: &Limits) -> Result<Extracted, Failure> {
    // Without limits nothing is opened: better no text than no server.
    confine(limits).map_err(|error| unavailable("the limits were refused", &error))?;
    let file = File::open(path).map_err(|error| unavailable("the file cannot be opened", &error))?;
    open_no_more().map_err(|error| unavailable("the last limit was refused", &error))?;
    // A message may quote the document, which has no place in a log.
    panic::set_hook(Box::new(|about| {
        let place = about.location().map(ToString::to_string).unwrap_or_default();
        eprintln!("the reader panicked at {place}");
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| extract_file(&file, format, limits)));
    outcome.unwrap_or(Err(Failure::Crashed))
}

fn unavailable(what: &str, error: &io::Error) -> Failure {
    eprintln!("{what}: {error}");
    Failure::Unavailable
}

fn confine(limits: &Limits) -> io::Result<()> {
    bound(Resource::Core, 0)?;
    bound(Resource::Fsize, 0)?;
    bound(Resource::As, limits.memory_bytes_max)?;
    // Past the soft limit the kernel says why it ends the child; at the hard one it only kills.
    bound_softly(Resource::Cpu, limits.cpu_seconds, limits.cpu_seconds.saturating_add(1))?;
    nice(NICENESS)?;
    Ok(())
}

/// From here on no file, no socket and no other program can be opened; what is open stays so.
fn open_no_more() -> io::Result<()> {
    bound(Resource::Nofile, 0)
}

fn bound(resource: Resource, most: u64) -> io::Result<()> {
    bound_softly(resource, most, most)
}

/// Lowers a limit for good. One that is lower already stays.
fn bound_softly(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let lower = |given: Option<u64>, most: u64| Some(given.map_or(most, |given| given.min(most)));
    let given = getrlimit(resource);
    setrlimit(resource, Rlimit { current: lower(given.current, soft), maximum: lower(given.maximum, hard) })?;
    Ok(())
}
