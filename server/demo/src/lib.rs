//! The demo world (domain.md 7): a written story played through the store's own functions, with a set clock and ids drawn from one
//! number, so that the rows are the same on every machine and on both databases.
//!
//! Never in here: a row that a store function could not have written.

mod agreements;
mod bills;
mod dice;
mod exports;
mod files;
mod history;
mod invoices;
mod ledger;
mod library;
mod messages;
mod people;
mod sites;
mod top_ups;
mod withdrawals;

pub mod known;

pub use people::ACCOUNTS;

use domain::{Error, Moment, access::Anyone};
use store::{Access, Store, demo as world, ids::Ids};

/// The number from which everything is drawn.
pub(crate) const SEED: u64 = 0x2026_0618;
/// The one password of all demo accounts (contract.md).
pub const PASSWORD: &str = "partner-demo";
/// When the demo world starts; it runs on from there (contract.md).
pub const START: &str = "2026-06-18T14:40:00+08:00";

/// How large the demo world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Library documents. A smaller world holds the first documents of a larger one.
    pub documents: u32,
    /// Lines of the largest bill.
    pub bill_lines: u64,
    /// Movements of 澜海's ledger before its story, of which nothing is left when that begins: an even number, else one more.
    pub ledger_entries: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { documents: 10_000, bill_lines: 0, ledger_entries: 0 }
    }
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Companies, and whoever stands for one.
    pub companies: usize,
    /// Accounts.
    pub accounts: usize,
    /// Library documents in every state.
    pub documents: u32,
    /// Recorded downloads.
    pub downloads: usize,
    /// Transactions of the ledger.
    pub movements: usize,
}

/// Empties the database and makes the demo world in it.
///
/// # Errors
/// A sentence: an address that cannot be opened, or a database that holds other data.
pub async fn reset(place: store::Options, options: Options) -> Result<Report, String> {
    let store = Store::open(store::Options { ids: Ids::fixed(SEED), is_demo: true, ..place }).await?;
    let played = play(&store, options).await;
    store.db.close().await;
    played
}

async fn play(store: &Store, options: Options) -> Result<Report, String> {
    let access = anyone(store).map_err(said)?;
    if !world::empty(&access).await.map_err(said)? {
        return Err("the database holds data that `demo reset` did not make; it is left as it is. Name another database in \
                    PC_DATABASE_URL, or remove this one first."
            .to_owned());
    }
    store.files.begin_demo().await.map_err(|error| format!("the files of the last demo world cannot be removed: {error}"))?;
    let everybody = people::create(store).await.map_err(said)?;
    let library = library::create(store, &everybody, options.documents).await?;
    sites::create(store, &everybody).await?;
    let movements = ledger::create(store, &everybody, options).await?;
    bills::create(store, &everybody).await.map_err(said)?;
    top_ups::create(store, &everybody).await.map_err(said)?;
    invoices::create(store, &everybody).await?;
    messages::create(store, &everybody).await.map_err(said)?;
    agreements::create(store, &everybody).await.map_err(said)?;
    exports::create(store, &everybody).await.map_err(said)?;
    let start = START.parse::<Moment>().map_err(|_| said(Error::Broken))?;
    world::set_clock(&access, start).await.map_err(said)?;
    Ok(Report {
        companies: everybody.companies,
        accounts: everybody.standings.len(),
        documents: library.documents,
        downloads: library.downloads,
        movements,
    })
}

fn anyone(store: &Store) -> Result<Access<Anyone>, Error> {
    store.stranger("local".to_owned(), "demo".to_owned()).access()
}

/// An error as a sentence of a command.
fn said(error: Error) -> String {
    format!("the demo world could not be made: {} {}", error.code(), error.say(domain::Lang::En))
}

/// A moment of a day of the story, in UTC+8. The days are written in this crate; a wrong one would be the beginning of time.
fn at(day: &str, hour: i64, minute: i64) -> Moment {
    day.parse::<domain::Day>().map_or(Moment(0), domain::Day::start).plus_seconds(hour * 3_600 + minute * 60)
}
