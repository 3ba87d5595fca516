//! The parent's side, with stand-ins for the child (`tests/children`): whatever it does, the parent answers in time.

use std::fs::OpenOptions;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use intake::child::extract_in_child;
use intake::documents::{Extracted, Failure, FileFormat, Limits};

fn stand_in(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/children").join(name)
}

async fn ask(name: &str, limits: &Limits) -> Result<Extracted, Failure> {
    extract_in_child(&stand_in(name), Path::new("/library/7"), FileFormat::Pdf, limits).await
}

fn hurried() -> Limits {
    Limits { wall_ms: 200, ..Limits::default() }
}

#[tokio::test]
async fn the_child_is_told_what_to_read_and_gets_no_environment_of_ours() {
    let limits = Limits::default();
    let text = ask("echoes.sh", &limits).await.unwrap().text;
    assert_eq!(text, "extract-text pdf /library/7 in / with [MIMALLOC_ARENA_RESERVE ]");
}

#[tokio::test]
async fn a_child_that_never_answers_is_ended() {
    assert_eq!(ask("hangs.sh", &hurried()).await, Err(Failure::TimedOut));
}

#[tokio::test]
async fn a_child_that_never_stops_talking_is_not_listened_to() {
    let limits = Limits { text_chars_max: 1_000, ..Limits::default() };
    assert_eq!(ask("floods.sh", &limits).await, Err(Failure::Crashed));
    assert_eq!(ask("grumbles.sh", &limits).await, Err(Failure::Crashed));
}

#[tokio::test]
async fn an_answer_of_another_shape_or_size_is_not_believed() {
    assert_eq!(ask("mumbles.sh", &Limits::default()).await, Err(Failure::Crashed));
    let limits = |text_chars_max| Limits { text_chars_max, ..Limits::default() };
    assert_eq!(ask("boasts.sh", &limits(9)).await, Err(Failure::Crashed));
    assert_eq!(ask("boasts.sh", &limits(10)).await.unwrap().text, "0123456789");
}

#[tokio::test]
async fn a_child_that_breaks_says_how() {
    assert_eq!(ask("swells.sh", &Limits::default()).await, Err(Failure::OutOfMemory));
    assert_eq!(ask("aborts.sh", &Limits::default()).await, Err(Failure::Crashed));
    assert_eq!(ask("panics.sh", &Limits::default()).await, Err(Failure::Crashed));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_our_mistake() {
    assert_eq!(ask("missing.sh", &Limits::default()).await, Err(Failure::Unavailable));
}

#[tokio::test]
async fn more_questions_than_children_are_all_answered() {
    let limits = Limits::default();
    let asked = (0..12).map(|_| ask("echoes.sh", &limits));
    let answers = futures_of(asked).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

async fn futures_of<F>(asked: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future,
{
    let mut waiting: Vec<_> = asked.map(Box::pin).collect();
    let mut answers = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                answers.push(answer);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nobody_waits_any_more_the_child_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let asked = {
        let pipe = pipe.clone();
        tokio::spawn(async move { extract_in_child(&stand_in("sleeps.sh"), &pipe, FileFormat::Pdf, &Limits::default()).await })
    };
    // Opens when the child has opened its end, and ends when the child is gone.
    let mut end = tokio::task::spawn_blocking(move || OpenOptions::new().read(true).open(pipe).unwrap()).await.unwrap();
    asked.abort();
    let said = tokio::task::spawn_blocking(move || {
        let mut said = String::new();
        end.read_to_string(&mut said).map(|_| said)
    });
    assert_eq!(said.await.unwrap().unwrap(), "");
}
