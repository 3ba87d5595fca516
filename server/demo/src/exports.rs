//! Files that 澜海's finance clerk asked for before the demo date (domain.md F2): two that can be fetched, one that failed, one that was
//! cancelled, one whose time is over. They were made as any other, by the workers' own code, so file, row and manifest agree.
//!
//! None waits and none is being made: a server takes such a task up half a second after it has started, and a row that is kept from it would
//! show work that nobody does.

use crate::{at, ledger::CLERK, people::Everybody};
use domain::{
    Error, Lang, Moment,
    access::CanExportOwn,
    exports::{FileKind, Problem, Source},
};
use store::{
    Access, Store,
    exports::{self, Made, NewExport},
    jobs::lease,
};

/// The worker of a task that fails.
const WORKER: &str = "demo";

/// How a task of the story ends.
enum End {
    /// With its file.
    Made,
    /// Its requester does not want it any more.
    Cancelled,
    /// There was no room for its file.
    Failed,
}

/// Plays the story.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), Error> {
    let clerk: Access<CanExportOwn> = store.system(everybody.standing(CLERK)?).access()?;
    let story = [
        (at("2026-06-05", 15, 12), Source::BillLines, FileKind::Xlsx, "period=2026-05", End::Made),
        (at("2026-06-12", 10, 5), Source::Withdrawals, FileKind::Xlsx, "", End::Cancelled),
        (at("2026-06-15", 9, 31), Source::Ledger, FileKind::Csv, "from=2026-05-01&to=2026-05-31", End::Made),
        (at("2026-06-16", 16, 48), Source::BillLines, FileKind::Xlsx, "period=2026-04", End::Failed),
        (at("2026-06-17", 11, 20), Source::BillLines, FileKind::Csv, "period=2026-05", End::Made),
    ];
    for (when, source, kind, query, end) in story {
        // Nobody looks after its time is over, but the clock does.
        store.clock.stand_at(Some(when));
        exports::expire(&crate::anyone(store)?).await?;
        play(store, &clerk, NewExport { source, kind, query: query.to_owned(), lang: Lang::Zh }, (when, end)).await?;
    }
    Ok(())
}

async fn play(store: &Store, clerk: &Access<CanExportOwn>, new: NewExport, (when, end): (Moment, End)) -> Result<(), Error> {
    let task = exports::request(clerk, None, new).await?.task;
    store.clock.stand_at(Some(when.plus_seconds(4)));
    match end {
        End::Made => jobs::work_off(store).await,
        End::Cancelled => exports::cancel(clerk, task).await,
        End::Failed => {
            let access = crate::anyone(store)?;
            let leased = lease(&access, WORKER).await?.ok_or(Error::Broken)?;
            match exports::begin(&access, &leased).await? {
                Made::Begun(_) => exports::fail(&access, &leased, Problem::NoSpace).await,
                Made::Unwanted => Err(Error::Broken),
            }
        }
    }
}
