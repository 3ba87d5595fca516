//! The child's side. Nothing here may rely on the server's configuration: the environment is empty.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};

use super::answer::{Answer, Picture};
use crate::documents::{Drawn, Failure, FileFormat, Limits, draw_page, extract_file};

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
    let answer = match confined(&path, &limits, |file| extract_file(file, format, &limits)) {
        Ok(extracted) => Answer::Read(extracted),
        Err(failure) => Answer::Failed(failure),
    };
    say(&[answer.line().as_bytes(), b"\n"].concat())
}

/// The other hidden subcommand: a page of a PDF as a picture. `args` are PATH PAGE WIDTH, and a font if there is one.
///
/// As [`main_child`], but the line is followed by the picture.
pub fn main_drawing(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Some(Wanted { path, no, width, font }) = wanted(args) else {
        eprintln!("usage: draw-page PATH PAGE WIDTH [FONT]");
        return ExitCode::from(2);
    };
    // Read before the limits close every door; a font that cannot be read is one that is not there.
    let font = font.and_then(|font| fs::read(font).ok());
    let drawn: Result<Drawn, Failure> = confined(&path, &Limits::of_drawing(), |file| draw_page(file, no, width, font));
    say(&Picture::bytes(drawn))
}

fn say(answer: &[u8]) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out.write_all(answer).and_then(|()| out.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A page that is asked for.
struct Wanted {
    path: PathBuf,
    no: u32,
    width: u16,
    font: Option<PathBuf>,
}

fn wanted(args: impl IntoIterator<Item = OsString>) -> Option<Wanted> {
    let mut args = args.into_iter();
    let path = PathBuf::from(args.next()?);
    let no = args.next()?.to_str()?.parse().ok()?;
    let width = args.next()?.to_str()?.parse().ok()?;
    let font = args.next().map(PathBuf::from);
    args.next().is_none().then_some(Wanted { path, no, width, font })
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

fn confined<T>(path: &Path, limits: &Limits, work: impl FnOnce(&File) -> Result<T, Failure>) -> Result<T, Failure> {
    // Without limits nothing is opened: better no text than no server.
    confine(limits).map_err(|error| unavailable("the limits were refused", &error))?;
    let file = File::open(path).map_err(|error| unavailable("the file cannot be opened", &error))?;
    open_no_more().map_err(|error| unavailable("the last limit was refused", &error))?;
    // A message may quote the document, which has no place in a log.
    panic::set_hook(Box::new(|about| {
        let place = about.location().map(ToString::to_string).unwrap_or_default();
        eprintln!("the reader panicked at {place}");
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| work(&file)));
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
