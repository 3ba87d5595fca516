//! A FOCUS file becomes customers, lines and estimates of a partner: wholly or not at all, and once however often it is brought in.
//!
//! The file is read twice: first without the database, so that everything that is wrong is told at once and nobody waits for a file that is
//! refused; then inside the one write, a few pieces ahead of it. Neither keeps more than those in memory.

use super::{
    Bill, ROWS_TOGETHER,
    ahead::{Ahead, Part, Piece, Wanted},
    insert_customers, next_no, open, sum_up,
};
use crate::{
    access::Access,
    dialect::{Room, look_again},
    sql::sql,
    write::{Tx, Written},
};
use domain::{
    Currency, Error, Id,
    access::CanManageBills,
    bills::{
        Period, State, Sums,
        focus::{Charge, Fault, Reader},
    },
    event::Event,
    machine::Keyed as _,
    refusals,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// Wrong rows that are told; more say nothing new.
const FAULTS_MAX: usize = 50;
/// Periods of one file.
const PERIODS_MAX: usize = 120;
/// From so many new lines on the database looks again at how they are spread.
const MANY_LINES: u64 = 10_000;
/// Bytes that are read at a time.
const PIECE_BYTES: usize = 256 * 1024;

refusals! {
    /// What an import is refused for as a whole.
    Refusal {
        LineRepeated { line: u64 } = 422 "LINE_REPEATED", "第 {line} 行与文件中更早的一行完全相同。未导入任何内容。", "line {line} says the same as an earlier line of the file. Nothing was imported.";
        IssuedAlready { line: u64, period: String } = 409 "WRONG_STATE", "第 {line} 行属于已出账的账期 {period}，更正须作为下期账单的调账。未导入任何内容。", "line {line} is of {period}, whose bill was issued: a correction is an adjustment of the next bill. Nothing was imported.";
        FileChanged = 409 "STALE", "读取期间文件发生变化。未导入任何内容。", "The file changed while it was read. Nothing was imported.";
    }
}

/// What a period of a file comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfPeriod {
    /// Rows.
    pub lines: u64,
    /// Their sums.
    pub sums: Sums,
}

/// What a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Good rows.
    pub lines: u64,
    /// By period.
    pub periods: BTreeMap<Period, OfPeriod>,
    /// The one currency, when there is a row.
    pub currency: Option<Currency>,
    /// What is wrong, at most fifty.
    pub faults: Vec<Fault>,
    /// How many rows are wrong in all.
    pub wrong: u64,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Lines that came in.
    pub lines: u64,
    /// Lines that were there already.
    pub known: u64,
    /// The estimates that changed.
    pub bills: Vec<Id>,
}

/// Reads a file from beginning to end. Blocks.
///
/// # Errors
/// It cannot be opened.
pub fn look(path: &Path) -> Result<Looked, String> {
    let mut looked = Looked::default();
    let mut hashed = Hashed::open(path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    match Reader::begin(&mut hashed) {
        Ok(mut reader) => look_through(&mut reader, &mut looked),
        Err(fault) => looked.found(fault),
    }
    looked.sha256 = hashed.finish();
    Ok(looked)
}

fn look_through<R: BufRead>(reader: &mut Reader<R>, looked: &mut Looked) {
    while let Some(next) = reader.next_charge() {
        match next {
            Ok(charge) => looked.add(&charge),
            Err(fault) => looked.found(fault),
        }
    }
    looked.currency = reader.currency();
}

impl Looked {
    fn found(&mut self, fault: Fault) {
        self.wrong += 1;
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        }
    }

    fn add(&mut self, charge: &Charge) {
        let is_new = !self.periods.contains_key(&charge.period);
        if is_new && self.periods.len() >= PERIODS_MAX {
            let what = format!("there are more than {PERIODS_MAX} periods");
            return self.found(Fault { line: charge.line, what, ends: false });
        }
        self.lines += 1;
        let of = self.periods.entry(charge.period).or_default();
        of.lines += 1;
        match of.sums.with(charge.kind, charge.amount) {
            Some(sums) => of.sums = sums,
            None => self.found(Fault { line: charge.line, what: "the sum is too large".to_owned(), ends: false }),
        }
    }
}

/// A file whose hash is taken while it is read.
pub(super) struct Hashed {
    input: BufReader<Tee>,
}

struct Tee {
    file: File,
    hash: Sha256,
}

impl Read for Tee {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let got = self.file.read(buffer)?;
        self.hash.update(buffer.get(..got).unwrap_or_default());
        Ok(got)
    }
}

impl Hashed {
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        let tee = Tee { file: File::open(path)?, hash: Sha256::new() };
        Ok(Self { input: BufReader::with_capacity(PIECE_BYTES, tee) })
    }

    pub(super) fn finish(self) -> String {
        hex::encode(self.input.into_inner().hash.finalize())
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for Hashed {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.input.consume(amount);
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Wish {
    tenant: Id,
    path: PathBuf,
    sha256: String,
}

/// Brings in a file that was looked through and is right.
///
/// # Errors
/// `LINE_REPEATED`, `WRONG_STATE` for a period that was issued, `STALE` when the file is another by now.
pub async fn import(access: &Access<CanManageBills>, tenant: Id, path: &Path, looked: &Looked) -> Result<Imported, Error> {
    let wish = Wish { tenant, path: path.to_owned(), sha256: looked.sha256.clone() };
    access.write(None, wish, |tx, wish| Box::pin(import_in(tx, wish))).await
}

async fn import_in(tx: &mut Tx, wish: &Wish) -> Result<Written<Imported>, Error> {
    tx.take_room(Room::Import).await?;
    let imported = import_file(tx, wish).await;
    let given_back = tx.take_room(Room::Usual).await;
    imported.and_then(|imported| given_back.map(|()| imported))
}

async fn import_file(tx: &mut Tx, wish: &Wish) -> Result<Written<Imported>, Error> {
    let mut work = Work { tenant: wish.tenant, bills: BTreeMap::new(), lines: 0, known: 0 };
    let (path, sha256) = (wish.path.clone(), wish.sha256.clone());
    let mut ahead = Ahead::begin(Wanted { path, sha256, tenant: wish.tenant, kind: tx.store().db.kind() });
    while let Some(piece) = ahead.next().await? {
        work.take(tx, piece).await?;
    }
    let mut bills = Vec::new();
    for touched in work.bills.values().filter(|touched| touched.new > 0) {
        bills.push(sum_up(tx, &touched.bill).await?.id);
    }
    let imported = Imported { lines: work.lines, known: work.known, bills };
    if imported.lines == 0 {
        return Ok(Written::quiet(imported));
    }
    if let Some(look) = look_again(tx.store().db.kind()).filter(|_| imported.lines >= MANY_LINES) {
        tx.execute(sql(look)).await?;
    }
    let lines = i64::try_from(imported.lines).unwrap_or(i64::MAX);
    let event = Event::BillsImported { tenant: wish.tenant, lines, sha256: wish.sha256.clone() };
    Ok(Written::new(imported, wish.tenant, event))
}

/// A bill that lines of the file belong to.
struct Touched {
    bill: Bill,
    /// The first number that this import gives.
    first_no: i64,
    next_no: i64,
    new: u64,
}

struct Work {
    tenant: Id,
    bills: BTreeMap<(Period, &'static str), Touched>,
    lines: u64,
    known: u64,
}

impl Work {
    async fn take(&mut self, tx: &mut Tx, piece: Piece) -> Result<(), Error> {
        insert_customers(tx, self.tenant, &piece.customers).await?;
        for part in piece.parts {
            self.of_bill(tx, part).await?;
        }
        Ok(())
    }

    async fn of_bill(&mut self, tx: &mut Tx, part: Part) -> Result<(), Error> {
        let Part { period, currency, rows, insert } = part;
        let touched = match self.bills.entry((period, currency.key())) {
            Entry::Occupied(touched) => touched.into_mut(),
            Entry::Vacant(place) => {
                let bill = open(tx, self.tenant, period, currency).await?;
                let no = next_no(tx, bill.id).await?;
                place.insert(Touched { bill, first_no: no, next_no: no, new: 0 })
            }
        };
        let first = touched.next_no;
        touched.next_no = first.saturating_add(insert.lines);
        let new = insert.run(tx, touched.bill.id, first).await?;
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        touched.new += new;
        (self.lines, self.known) = (self.lines + new, self.known + (count - new));
        if new < count {
            refuse_repeated(tx, self.tenant, touched, first, &rows).await?;
        }
        if new > 0 && touched.bill.state != State::Estimated {
            let line = rows.first().map_or(0, |(line, _)| *line);
            return Err(Refusal::IssuedAlready { line, period: period.to_string() }.into());
        }
        Ok(())
    }
}

/// Lines that were not written were there before this import; one that came in with it stands twice in the file.
async fn refuse_repeated(tx: &mut Tx, tenant: Id, touched: &Touched, first: i64, lines: &[(u64, String)]) -> Result<(), Error> {
    let find =
        sql("SELECT identity, no FROM partner_bill_line WHERE tenant_id = ").value(tenant).and(" AND bill_id = ").value(touched.bill.id);
    let find = find.and(" AND no >= ").value(touched.first_no).and(" AND identity IN ").list(lines.iter().map(|(_, identity)| identity));
    let rows = tx.rows(find.and(" ORDER BY no").limit(i64::try_from(ROWS_TOGETHER).unwrap_or(1))).await?;
    let mut written = BTreeMap::new();
    for row in &rows {
        written.insert(row.text(0)?, row.int(1)?);
    }
    for ((line, identity), no) in lines.iter().zip(first..) {
        if written.get(identity).is_some_and(|other| *other != no) {
            return Err(Refusal::LineRepeated { line: *line }.into());
        }
    }
    Ok(())
}
