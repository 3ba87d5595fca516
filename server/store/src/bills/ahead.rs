//! A FOCUS file that is read ahead of whoever writes it: a thread takes rows apart, hashes them and makes statements of them while the database is
//! busy with those before. A few pieces wait, so memory does not grow with the file. Never in here: the database.

use super::{
    Insert, NewCustomer, NewLine, ROWS_TOGETHER,
    import::{Hashed, Refusal},
};
use crate::db::Kind;
use domain::{
    Currency, Error, Id,
    bills::{
        Period,
        focus::{Charge, Reader},
    },
    machine::Keyed as _,
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, spawn_blocking},
};

/// Pieces that wait to be written.
const PIECES_WAITING: usize = 4;

/// Customers that are remembered as read. More than these are told again, which changes nothing.
const CUSTOMERS_KEPT: usize = 100_000;

/// The next rows of a file.
pub(super) struct Piece {
    /// Customers that no piece before has told.
    pub(super) customers: Vec<NewCustomer>,
    /// The rows, by bill.
    pub(super) parts: Vec<Part>,
}

/// Rows of one bill.
pub(super) struct Part {
    /// Its month.
    pub(super) period: Period,
    /// Its currency.
    pub(super) currency: Currency,
    /// Of each row its line in the file, from 1 for the head, and its identity.
    pub(super) rows: Vec<(u64, String)>,
    /// What writes them.
    pub(super) insert: Insert,
}

/// The rows of a file, in pieces.
pub(super) struct Ahead {
    pieces: mpsc::Receiver<Piece>,
    reading: JoinHandle<Result<(), Error>>,
}

/// Which file, and what becomes of it.
pub(super) struct Wanted {
    /// Where it is.
    pub(super) path: PathBuf,
    /// The hash of what was looked through.
    pub(super) sha256: String,
    /// Whose bills.
    pub(super) tenant: Id,
    /// The database that they are in.
    pub(super) kind: Kind,
}

impl Ahead {
    /// Begins to read.
    pub(super) fn begin(wanted: Wanted) -> Self {
        let (out, pieces) = mpsc::channel(PIECES_WAITING);
        Self { pieces, reading: spawn_blocking(move || read(&wanted, &out)) }
    }

    /// The next rows, `ROWS_TOGETHER` at most; none at the end.
    ///
    /// # Errors
    /// `STALE` when it is not the file that was looked through.
    pub(super) async fn next(&mut self) -> Result<Option<Piece>, Error> {
        if let Some(piece) = self.pieces.recv().await {
            return Ok(Some(piece));
        }
        let read = (&mut self.reading).await.map_err(|error| {
            tracing::error!(%error, "the reading of a file did not end");
            Error::Broken
        })?;
        read.map(|()| None)
    }
}

/// Reads to the end, or until nobody takes the rows any more.
fn read(wanted: &Wanted, out: &mpsc::Sender<Piece>) -> Result<(), Error> {
    let mut hashed = Hashed::open(&wanted.path).map_err(|_| Refusal::FileChanged)?;
    let mut reader = Reader::begin(&mut hashed).map_err(|_| Refusal::FileChanged)?;
    let mut told = HashSet::new();
    loop {
        let mut charges = Vec::with_capacity(ROWS_TOGETHER);
        while charges.len() < ROWS_TOGETHER
            && let Some(next) = reader.next_charge()
        {
            charges.push(next.map_err(|_| Refusal::FileChanged)?);
        }
        if charges.is_empty() {
            break;
        }
        let piece = Piece { customers: untold(&mut told, &charges), parts: parts(wanted, charges).ok_or(Error::Broken)? };
        if out.blocking_send(piece).is_err() {
            return Ok(());
        }
    }
    if hashed.finish() == wanted.sha256 { Ok(()) } else { Err(Refusal::FileChanged.into()) }
}

fn untold(told: &mut HashSet<String>, charges: &[Charge]) -> Vec<NewCustomer> {
    let mut customers = Vec::new();
    for charge in charges {
        if told.len() >= CUSTOMERS_KEPT {
            told.clear();
        }
        if !told.contains(&charge.customer) {
            told.insert(charge.customer.clone());
            let (number, name) = (charge.customer.clone(), charge.customer_name.clone());
            customers.push(NewCustomer { number, name, manager: String::new() });
        }
    }
    customers
}

/// Lines of one currency, each with its line in the file.
type Lines = (Currency, Vec<(u64, NewLine)>);

fn parts(wanted: &Wanted, charges: Vec<Charge>) -> Option<Vec<Part>> {
    let mut by_bill: BTreeMap<(Period, &'static str), Lines> = BTreeMap::new();
    for charge in charges {
        let of = by_bill.entry((charge.period, charge.currency.key())).or_insert((charge.currency, Vec::new()));
        of.1.push((charge.line, new_line(charge)?));
    }
    let part = |((period, _), (currency, lines)): (_, Lines)| {
        let insert = Insert::of(wanted.kind, wanted.tenant, lines.iter().map(|(_, line)| line));
        Part { period, currency, rows: lines.into_iter().map(|(at, line)| (at, line.identity)).collect(), insert }
    };
    Some(by_bill.into_iter().map(part).collect())
}

fn new_line(charge: Charge) -> Option<NewLine> {
    Some(NewLine {
        identity: hex::encode(Sha256::digest(&charge.identity)),
        kind: charge.kind,
        customer: charge.customer,
        product: charge.product,
        region: charge.region,
        resource: charge.resource,
        resource_name: charge.resource_name,
        mode: charge.mode,
        reference: charge.reference,
        description: charge.description,
        at: charge.at,
        list: charge.list.parts()?,
        coupon_micros: 0,
        amount: charge.amount.parts()?,
    })
}
