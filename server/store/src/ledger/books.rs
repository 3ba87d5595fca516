//! The books of a partner in one currency, open for entering: read once, worked out in memory, written with a few statements however much is
//! entered. Never in here: what a movement may do (`domain::ledger`), and whether it was posted before (`super::enter`).

use super::{ACCOUNTS_MAX, Cash, GENESIS, Line, What};
use crate::{
    funds,
    sql::{Value, sql},
    write::Tx,
};
use domain::{
    Currency, Error, Id, Moment, Money,
    ledger::{self, Account, Entry},
    machine::Keyed as _,
};

/// Rows of one INSERT: of 16 columns, so that they fit the 32,766 values that SQLite takes.
const ROWS_TOGETHER: usize = 1_000;

/// What is to be entered.
pub(super) struct New<'a> {
    pub(super) what: What<'a>,
    pub(super) key: String,
    pub(super) entries: Vec<Entry>,
}

impl<'a> New<'a> {
    pub(super) fn of(tx: &Tx, what: What<'a>, entries: Vec<Entry>) -> Self {
        Self { key: what.key(tx), what, entries }
    }
}

/// An account as it is kept, and as it was found.
struct Kept {
    id: Id,
    account: Account,
    balance_micros: i64,
    entries: i64,
    entries_found: i64,
}

/// The last transaction of the books.
struct Last {
    no: i64,
    at: Moment,
    hash: String,
}

/// The cash balance, and the number of what changed it last.
struct CashNow {
    seq: i64,
    micros: i64,
}

/// The books, and what has been entered but not written.
pub(super) struct Books {
    partner: Id,
    currency: Currency,
    last: Last,
    cash: CashNow,
    accounts: Vec<Kept>,
    entries: Vec<Vec<Value>>,
    transactions: Vec<Vec<Value>>,
    /// Each change of the cash balance: the transaction, and what there is after it.
    changes: Vec<(Id, Money)>,
}

impl Books {
    /// Reads what these will touch; all of them are of the same books. Accounts that were never used are opened.
    pub(super) async fn open(tx: &mut Tx, all: &[New<'_>]) -> Result<Self, Error> {
        let What { partner, currency, .. } = all.first().ok_or(Error::Broken)?.what;
        let (last, accounts, cash) =
            (last(tx, partner).await?, accounts(tx, partner, currency).await?, cash_now(tx, partner, currency).await?);
        let (entries, transactions, changes) = (Vec::new(), Vec::new(), Vec::new());
        let mut books = Self { partner, currency, last, cash, accounts, entries, transactions, changes };
        for entry in all.iter().flat_map(|new| &new.entries) {
            if books.accounts.iter().all(|kept| kept.account != entry.account) {
                let id = open(tx, partner, currency, entry.account).await?;
                books.accounts.push(Kept { id, account: entry.account, balance_micros: 0, entries: 0, entries_found: 0 });
            }
        }
        Ok(books)
    }

    /// Enters one as the next transaction. After a refusal the books must not be written.
    pub(super) fn enter(&mut self, id: Id, now: Moment, new: &New<'_>) -> Result<(), Error> {
        let New { what, key, entries } = new;
        for entry in entries {
            let kept = self.accounts.iter_mut().find(|kept| kept.account == entry.account).ok_or(Error::Broken)?;
            kept.balance_micros = ledger::after(self.currency, kept.balance_micros, *entry)?;
            kept.entries += 1;
            self.entries.push(vec![kept.id.into(), kept.entries.into(), id.into(), entry.micros.into(), kept.balance_micros.into()]);
        }
        let (cash, no) = (self.cash_after(entries)?, self.last.no + 1);
        // Time never runs backwards in one book, whichever server's clock is ahead: the order of the numbers is that of the times.
        let at = Moment(now.0.max(self.last.at.0));
        let hash = Line { prev_hash: &self.last.hash, what: *what, no, id, at, key, cash: &cash }.hash(entries);
        self.transactions.push(vec![
            self.partner.into(),
            no.into(),
            id.into(),
            what.movement.key().into(),
            self.currency.key().into(),
            at.into(),
            what.cause.kind.key().into(),
            what.cause.id.into(),
            what.object.into(),
            key.into(),
            cash.seq.into(),
            cash.direction().into(),
            cash.amount().into(),
            cash.after_micros.into(),
            (&self.last.hash).into(),
            (&hash).into(),
        ]);
        if cash.change_micros != 0 {
            self.cash = CashNow { seq: cash.seq, micros: cash.after_micros };
            self.changes.push((id, Money { currency: self.currency, micros: cash.after_micros }));
        }
        self.last = Last { no, at, hash };
        Ok(())
    }

    fn cash_after(&self, entries: &[Entry]) -> Result<Cash, Error> {
        let change_micros = ledger::cash_change(entries).ok_or(Error::Broken)?;
        if change_micros == 0 {
            return Ok(Cash { change_micros, seq: 0, after_micros: 0 });
        }
        let after_micros = self.cash.micros.checked_add(change_micros).ok_or(Error::Broken)?;
        Ok(Cash { change_micros, seq: self.cash.seq + 1, after_micros })
    }

    /// Writes what was entered: accounts in one order, so that no two transactions wait for each other.
    pub(super) async fn write(mut self, tx: &mut Tx) -> Result<(), Error> {
        self.accounts.sort_by_key(|kept| kept.account);
        for kept in self.accounts.iter().filter(|kept| kept.entries > kept.entries_found) {
            let update = sql("UPDATE ledger_accounts SET balance_micros = $1, entries = $2 WHERE id = $3 AND entries = $4");
            let update = update.bind(kept.balance_micros).bind(kept.entries).bind(kept.id).bind(kept.entries_found);
            if tx.execute(update).await? != 1 {
                return Err(Error::Broken);
            }
        }
        for rows in self.entries.chunks(ROWS_TOGETHER) {
            let insert = sql("INSERT INTO ledger_entries (account_id, no, transaction_id, amount_micros, balance_after_micros)");
            tx.insert_next(insert.rows(rows.iter().cloned())).await?;
        }
        for rows in self.transactions.chunks(ROWS_TOGETHER) {
            let insert = sql("INSERT INTO ledger_transactions (tenant_id, no, id, movement, currency, at_us, cause_kind, cause_id, object,
                idempotency_key, seq, direction, amount_micros, balance_after_micros, prev_hash, hash)");
            tx.insert_next(insert.rows(rows.iter().cloned())).await?;
        }
        funds::watch(tx, self.partner, &self.changes).await
    }
}

async fn last(tx: &mut Tx, partner: Id) -> Result<Last, Error> {
    let find = sql("SELECT no, at_us, hash FROM ledger_transactions WHERE tenant_id = ").value(partner).and(" ORDER BY no DESC LIMIT 1");
    Ok(match tx.row(find).await? {
        Some(row) => Last { no: row.int(0)?, at: row.moment(1)?, hash: row.text(2)? },
        None => Last { no: 0, at: Moment(0), hash: GENESIS.to_owned() },
    })
}

async fn cash_now(tx: &mut Tx, partner: Id, currency: Currency) -> Result<CashNow, Error> {
    let last = sql("SELECT seq, balance_after_micros FROM ledger_transactions WHERE tenant_id = ").value(partner);
    let last = last.and(" AND currency = ").value(currency.key()).and(" AND direction > 0 ORDER BY seq DESC LIMIT 1");
    Ok(match tx.row(last).await? {
        Some(row) => CashNow { seq: row.int(0)?, micros: row.int(1)? },
        None => CashNow { seq: 0, micros: 0 },
    })
}

async fn accounts(tx: &mut Tx, partner: Id, currency: Currency) -> Result<Vec<Kept>, Error> {
    let find = sql("SELECT id, kind, balance_micros, entries FROM ledger_accounts WHERE book_id = ").value(partner);
    let find = find.and(" AND currency = ").value(currency.key()).and(" ORDER BY kind").limit(ACCOUNTS_MAX);
    let rows = tx.rows(find).await?;
    let read = rows.iter().map(|row| {
        let (id, account, balance_micros, entries) = (row.id(0)?, row.key(1)?, row.int(2)?, row.int(3)?);
        Ok(Kept { id, account, balance_micros, entries, entries_found: entries })
    });
    read.collect()
}

async fn open(tx: &mut Tx, partner: Id, currency: Currency, account: Account) -> Result<Id, Error> {
    let owner = if account.is_partners() { partner } else { vendor(tx).await? };
    let id = tx.new_id();
    let insert = sql("INSERT INTO ledger_accounts (id, book_id, tenant_id, kind, currency, is_partners, balance_micros, entries)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 0)");
    let insert = insert.bind(id).bind(partner).bind(owner).bind(account.key()).bind(currency.key()).bind(account.is_partners());
    tx.insert_next(insert).await?;
    Ok(id)
}

/// The vendor of this installation: there is one.
async fn vendor(tx: &mut Tx) -> Result<Id, Error> {
    let row = tx.row(sql("SELECT id FROM tenants WHERE side = 'vendor' ORDER BY number, id LIMIT 1")).await?;
    let Some(row) = row else {
        tracing::error!("money cannot move before the vendor's company is there; `staff create` makes it");
        return Err(Error::Broken);
    };
    Ok(row.id(0)?)
}
