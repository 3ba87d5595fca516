//! The program `partner-center`.

use clap::{Parser, Subcommand};
use partner_center::{anchor, cli, config::Config, serve};
use std::{io::IsTerminal as _, process::ExitCode};
use store::Store;
use tracing_subscriber::EnvFilter;

/// A page is drawn from thousands of short texts; the system's allocator spent a third of a core on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Partner Center: the portal of a cloud vendor and its partners.
#[derive(Debug, Parser)]
#[command(name = "partner-center", version)]
struct Program {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve portal and console (the default).
    Serve,
    #[command(flatten)]
    Operate(cli::Command),
}

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    // First of all: the child gives up its rights before a runtime or a log exists.
    match args.next() {
        Some(word) if word == intake::child::SUBCOMMAND => return intake::child::main_child(args),
        Some(word) if word == intake::child::DRAWING => return intake::child::main_drawing(args),
        Some(_) | None => {}
    }
    let program = Program::parse();
    match Config::from_environment().and_then(|config| run(program.command.unwrap_or(Command::Serve), config)) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("partner-center: {}", sentence.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, config: Config) -> Result<ExitCode, String> {
    // The S3 client tells every retry; what comes of it is told by whoever asked.
    log(&config, if matches!(command, Command::Serve) { "info,object_store=warn" } else { "warn" })?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("the runtime does not start: {error}"))?;
    runtime.block_on(async {
        match command {
            Command::Serve => {
                let store = opened(&config).await?;
                serve::serve(config, store).await.map(|()| ExitCode::SUCCESS)
            }
            Command::Operate(command) => cli::run(command, &config).await,
        }
    })
}

/// Opens the store, and in demo mode makes the demo data if there is none.
async fn opened(config: &Config) -> Result<Store, String> {
    let store = serve::open(config).await?;
    let empty = store::people::is_empty(&store).await.map_err(|error| format!("the database cannot be read: {}", error.code()))?;
    if !config.is_demo() || !empty {
        return Ok(store);
    }
    tracing::info!("there is no data yet: making the demo data, which takes a moment");
    store.db.close().await;
    demo::reset(serve::options(config), demo::Options::default()).await?;
    anchor::begin_anew(config, "demo", &[])?;
    serve::open(config).await
}

/// Lines of JSON on stderr, lines for people on a terminal.
fn log(config: &Config, usual: &str) -> Result<(), String> {
    let words = config.log.as_deref().unwrap_or(usual);
    let wrong = |_| format!("PC_LOG is {words:?}; allowed is error, warn, info, debug, trace or such words per module");
    let filter = EnvFilter::try_new(words).map_err(wrong)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.with_target(false).init();
    } else {
        builder.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
    }
    std::panic::set_hook(Box::new(|about| {
        // The message may quote what somebody typed; the place is what helps.
        let place = about.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
    Ok(())
}
