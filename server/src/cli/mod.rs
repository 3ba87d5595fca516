//! The commands of an operator (contract.md, "Commands"). They may run beside a serving portal on the same database and wait their
//! turn. What they print for people is English, one line each; what programs read is JSON.

mod backup;
mod bills;
mod demo;
mod finding;
mod library;
mod partners;
mod passwords;
mod staff;
mod verify;

use crate::{config::Config, serve};
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode, time::Duration};
use store::Store;

/// Tries of one change while the database is busy with others, and the pause between them: a minute in all.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_secs(3);

/// What an operator can do without the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The demo data.
    #[command(subcommand)]
    Demo(demo::Demo),
    /// Bring the schema of the database up to date.
    Migrate,
    /// Check the audit chains, the anchor, the files and the sealed numbers; prints one line of JSON and ends with 1 when something is wrong.
    Verify,
    /// Write database and files of one moment into a file that is not there yet; may run beside a serving portal. The key that numbers
    /// of bank accounts are sealed with (`PC_KEY_FILE`) is not in it: keep a copy of that, apart from backups.
    Backup {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Make an empty database and an empty place of files what they were when a backup was taken; tells where the sealing key belongs.
    Restore {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Documents of the library.
    #[command(subcommand)]
    Library(library::Library),
    /// Bills of partners.
    #[command(subcommand)]
    Bill(bills::Bill),
    /// Partner companies.
    #[command(subcommand)]
    Partner(partners::Partner),
    /// People of the vendor.
    #[command(subcommand)]
    Staff(staff::Staff),
}

/// Runs a command to its end.
///
/// # Errors
/// One sentence about what went wrong.
pub async fn run(command: Command, config: &Config) -> Result<ExitCode, String> {
    match command {
        Command::Demo(demo) => demo::run(demo, config).await,
        Command::Migrate => migrate(config).await,
        Command::Verify => verify::run(config).await,
        Command::Backup { file } => backup::take(&file, config).await,
        Command::Restore { file } => backup::restore(&file, config).await,
        Command::Library(library) => library::run(library, config).await,
        Command::Bill(bill) => bills::run(bill, config).await,
        Command::Partner(partner) => partners::run(partner, config).await,
        Command::Staff(staff) => staff::run(staff, config).await,
    }
}

async fn migrate(config: &Config) -> Result<ExitCode, String> {
    let store = open(config).await?;
    store.db.close().await;
    println!("The schema is up to date.");
    Ok(ExitCode::SUCCESS)
}

async fn open(config: &Config) -> Result<Store, String> {
    serve::open(config).await
}

/// An error as a sentence of a command.
fn said(error: &domain::Error) -> String {
    error.say(domain::Lang::En)
}

/// Does something again while the database is busy with others.
async fn in_turn<T, F>(mut work: impl FnMut() -> F) -> Result<T, domain::Error>
where
    F: Future<Output = Result<T, domain::Error>>,
{
    for _ in 1..TRIES {
        match work().await {
            Err(domain::Error::Unavailable) => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
    work().await
}
