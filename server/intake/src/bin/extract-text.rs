//! The reader of documents alone: what the server starts of itself, for the tests of this crate and for trying a file by hand.
//!
//! `extract-text extract-text pdf policy.pdf | cat` (it may write no file, so its answer must go through a pipe)

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    match args.next() {
        Some(word) if word == intake::child::SUBCOMMAND => intake::child::main_child(args),
        Some(word) if word == intake::child::DRAWING => intake::child::main_drawing(args),
        Some(_) | None => {
            eprintln!("usage: extract-text {} FORMAT PATH [LIMITS]", intake::child::SUBCOMMAND);
            ExitCode::from(2)
        }
    }
}
