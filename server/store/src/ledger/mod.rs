//! The ledger (domain.md 4.1): the one place in which amounts move.
//!
//! A flow posts inside its own write, so that state, money, audit row and messages are committed together or not at all:
//!
//! ```ignore
//! access.write(Some(key), form, |tx, form| Box::pin(async move {
//!     let withdrawal = insert(tx, form).await?;
//!     let legs = vec![Leg { from: form.fund, to: Account::Held, amount: form.amount }];
//!     let cause = Cause { kind: CauseKind::Withdrawal, id: withdrawal.id };
//!     ledger::post(tx, &Posting { partner, movement: Movement::WithdrawalHeld, cause, object: withdrawal.number, legs }).await?;
//!     Ok(Written::new(withdrawal, partner, Event::WithdrawalSubmitted { .. }))
//! })).await
//! ```
//!
//! - One event is one posting; its entries sum to zero, in one currency, in the books of one partner. What goes from one partner to another is
//!   two postings of one write, each against the vendor's clearing account.
//! - A partner's account is never below zero: `AMOUNT_EXCEEDS`. The table says so, too.
//! - A cause posts each of its movements once. Work that runs again (a job, a repeated form) finds what it has posted: `Posted::is_new`
//!   is false, and nothing moves. The same key or cause with other amounts is `KeyReused`.
//! - The key of the form stands beside what it posted. A form that posts for several objects makes each its own write with its own key.
//! - Transactions of the same books that run beside each other meet at their accounts and numbers; the later one runs again, by `write`.
//!   Accounts are taken in one order, so that no two wait for each other.
//! - The event is the flow's. `Event::LedgerPosted` is for what no other event tells of.

mod check;
mod read;

pub use check::{CheckedLedger, LedgerFinding, check};
pub(crate) use read::rows;
pub use read::{Seen, balances, page, plan};

use crate::{funds, ids::hashed, sql::sql, write::Tx};
use domain::{
    Currency, Error, Id, Moment, Money,
    ledger::{self, Account, Cause, CauseKind, Direction, Entry, Movement, OBJECT_MAX, Posting},
    machine::Keyed as _,
};
use serde::{Deserialize, Serialize};

/// What the first transaction of a partner's books follows.
const GENESIS: &str = "0";
/// Accounts of one partner's books in one currency.
const ACCOUNTS_MAX: i64 = 40;

/// What became of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The transaction.
    pub transaction: Id,
    /// It was posted now; otherwise it had been before, and nothing moved.
    pub is_new: bool,
}

/// Posts for an event, in its write.
///
/// # Errors
/// `AMOUNT_INVALID`, `AMOUNT_EXCEEDS`; `KeyReused` for a cause or a key that has posted something else.
pub async fn post(tx: &mut Tx, posting: &Posting) -> Result<Posted, Error> {
    let (currency, entries) = posting.entries()?;
    let Posting { partner, movement, cause, ref object, .. } = *posting;
    enter(tx, What { partner, movement, cause, object, currency }, &entries).await
}

/// Takes a transaction back, in the write of whoever decides so: its entries the other way round. A transaction is taken back once.
///
/// # Errors
/// `NotFound`; `AMOUNT_EXCEEDS` when what it gave is not there any more; `KeyReused` as `post`.
pub async fn reverse(tx: &mut Tx, partner: Id, transaction: Id) -> Result<Posted, Error> {
    let find = sql("SELECT object, currency FROM ledger_transactions WHERE tenant_id = ").value(partner);
    let row = tx.row(find.and(" AND id = ").value(transaction).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (object, currency): (String, Currency) = (row.text(0)?, row.key(1)?);
    let entries = ledger::reversed(&entries_of(tx, transaction).await?);
    let cause = Cause { kind: CauseKind::Transaction, id: transaction };
    enter(tx, What { partner, movement: Movement::Reversal, cause, object: &object, currency }, &entries).await
}

/// Everything of a transaction but its entries.
#[derive(Clone, Copy)]
struct What<'a> {
    partner: Id,
    movement: Movement,
    cause: Cause,
    object: &'a str,
    currency: Currency,
}

impl What<'_> {
    /// The form's key, or for what has no form: the cause and the movement, which are there once.
    fn key(&self, tx: &Tx) -> String {
        let Self { movement, cause, .. } = self;
        let own = || format!("{}/{}/{}", cause.kind.key(), cause.id, movement.key());
        tx.key().map_or_else(own, |key| key.as_str().to_owned())
    }
}

/// An account as it is kept.
struct Kept {
    id: Id,
    account: Account,
    balance_micros: i64,
    entries: i64,
}

/// The last transaction of the books.
struct Last {
    no: i64,
    at: Moment,
    hash: String,
}

async fn enter(tx: &mut Tx, what: What<'_>, entries: &[Entry]) -> Result<Posted, Error> {
    if what.object.chars().count() > OBJECT_MAX {
        tracing::error!(movement = what.movement.key(), "the object of a movement is too long");
        return Err(Error::Broken);
    }
    let key = what.key(tx);
    if let Some(posted) = earlier(tx, what, &key, entries).await? {
        return Ok(posted);
    }
    let last = last(tx, what.partner).await?;
    let accounts = accounts(tx, what, entries).await?;
    let (id, no) = (tx.new_id(), last.no + 1);
    for entry in entries {
        let kept = accounts.iter().find(|kept| kept.account == entry.account).ok_or(Error::Broken)?;
        let after = ledger::after(what.currency, kept.balance_micros, *entry)?;
        let update = sql("UPDATE ledger_accounts SET balance_micros = $1, entries = entries + 1 WHERE id = $2 AND entries = $3");
        if tx.execute(update.bind(after).bind(kept.id).bind(kept.entries)).await? != 1 {
            return Err(Error::Broken);
        }
        let insert = sql("INSERT INTO ledger_entries (account_id, no, transaction_id, amount_micros, balance_after_micros)
            VALUES ($1, $2, $3, $4, $5)");
        tx.insert_next(insert.bind(kept.id).bind(kept.entries + 1).bind(id).bind(entry.micros).bind(after)).await?;
    }
    let cash = Cash::after(tx, what, entries).await?;
    // Time never runs backwards in one book, whichever server's clock is ahead: the order of the numbers is that of the times.
    let at = Moment(tx.now().0.max(last.at.0));
    let hash = Line { prev_hash: &last.hash, what, no, id, at, key: &key, cash: &cash }.hash(entries);
    let insert =
        sql("INSERT INTO ledger_transactions (tenant_id, no, id, movement, currency, at_us, cause_kind, cause_id, object, idempotency_key,
        seq, direction, amount_micros, balance_after_micros, prev_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");
    let insert = insert.bind(what.partner).bind(no).bind(id).bind(what.movement.key()).bind(what.currency.key()).bind(at);
    let insert = insert.bind(what.cause.kind.key()).bind(what.cause.id).bind(what.object).bind(&key);
    let insert = insert.bind(cash.seq).bind(cash.direction()).bind(cash.amount()).bind(cash.after_micros);
    tx.insert_next(insert.bind(&last.hash).bind(hash)).await?;
    if cash.change_micros != 0 {
        funds::watch(tx, what.partner, id, Money { currency: what.currency, micros: cash.after_micros }).await?;
    }
    Ok(Posted { transaction: id, is_new: true })
}

/// What the same cause or key has posted before.
async fn earlier(tx: &mut Tx, what: What<'_>, key: &str, entries: &[Entry]) -> Result<Option<Posted>, Error> {
    let find = sql("SELECT id, tenant_id, movement, cause_kind, cause_id, currency FROM ledger_transactions WHERE (tenant_id = ");
    let find = find.value(what.partner).and(" AND idempotency_key = ").value(key).and(") OR (cause_kind = ").value(what.cause.kind.key());
    let find = find.and(" AND cause_id = ").value(what.cause.id).and(" AND movement = ").value(what.movement.key());
    let Some(row) = tx.row(find.and(") ORDER BY no LIMIT 1")).await? else { return Ok(None) };
    let id = row.id(0)?;
    let (movement, kind, currency): (Movement, CauseKind, Currency) = (row.key(2)?, row.key(3)?, row.key(5)?);
    let is_same = row.id(1)? == what.partner && movement == what.movement && currency == what.currency;
    if is_same && (Cause { kind, id: row.id(4)? }) == what.cause && entries_of(tx, id).await? == entries {
        return Ok(Some(Posted { transaction: id, is_new: false }));
    }
    Err(Error::KeyReused)
}

/// The entries of a transaction, in the order of the accounts.
async fn entries_of(tx: &mut Tx, transaction: Id) -> Result<Vec<Entry>, Error> {
    let find =
        sql("SELECT a.kind, e.amount_micros FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transaction_id = ");
    let rows = tx.rows(find.value(transaction).and(" ORDER BY a.kind").limit(ACCOUNTS_MAX)).await?;
    let entries = rows.iter().map(|row| Ok(Entry { account: row.key(0)?, micros: row.int(1)? }));
    let mut entries: Vec<Entry> = entries.collect::<Result<_, Error>>()?;
    entries.sort_by_key(|entry| entry.account);
    Ok(entries)
}

async fn last(tx: &mut Tx, partner: Id) -> Result<Last, Error> {
    let find = sql("SELECT no, at_us, hash FROM ledger_transactions WHERE tenant_id = ").value(partner).and(" ORDER BY no DESC LIMIT 1");
    Ok(match tx.row(find).await? {
        Some(row) => Last { no: row.int(0)?, at: row.moment(1)?, hash: row.text(2)? },
        None => Last { no: 0, at: Moment(0), hash: GENESIS.to_owned() },
    })
}

/// The accounts of the entries, in their order; those that were never used are opened.
async fn accounts(tx: &mut Tx, what: What<'_>, entries: &[Entry]) -> Result<Vec<Kept>, Error> {
    let find = sql("SELECT id, kind, balance_micros, entries FROM ledger_accounts WHERE book_id = ").value(what.partner);
    let find = find.and(" AND currency = ").value(what.currency.key()).and(" ORDER BY kind").limit(ACCOUNTS_MAX);
    let rows = tx.rows(find).await?;
    let read = rows.iter().map(|row| Ok(Kept { id: row.id(0)?, account: row.key(1)?, balance_micros: row.int(2)?, entries: row.int(3)? }));
    let mut kept: Vec<Kept> = read.collect::<Result<_, Error>>()?;
    for entry in entries {
        if kept.iter().all(|kept| kept.account != entry.account) {
            let id = open(tx, what, entry.account).await?;
            kept.push(Kept { id, account: entry.account, balance_micros: 0, entries: 0 });
        }
    }
    Ok(kept)
}

async fn open(tx: &mut Tx, what: What<'_>, account: Account) -> Result<Id, Error> {
    let owner = if account.is_partners() { what.partner } else { vendor(tx).await? };
    let id = tx.new_id();
    let insert = sql("INSERT INTO ledger_accounts (id, book_id, tenant_id, kind, currency, is_partners, balance_micros, entries)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 0)");
    let insert = insert.bind(id).bind(what.partner).bind(owner).bind(account.key()).bind(what.currency.key()).bind(account.is_partners());
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

/// What a transaction does to the cash balance.
struct Cash {
    change_micros: i64,
    /// Its number among those that change it, 0 when it does not.
    seq: i64,
    after_micros: i64,
}

impl Cash {
    async fn after(tx: &mut Tx, what: What<'_>, entries: &[Entry]) -> Result<Self, Error> {
        let change_micros = ledger::cash_change(entries).ok_or(Error::Broken)?;
        if change_micros == 0 {
            return Ok(Self { change_micros, seq: 0, after_micros: 0 });
        }
        let of = |find: crate::sql::Sql| find.value(what.partner).and(" AND currency = ").value(what.currency.key());
        let last = of(sql("SELECT seq, balance_after_micros FROM ledger_transactions WHERE tenant_id = "));
        let last = tx.row(last.and(" AND direction > 0 ORDER BY seq DESC LIMIT 1")).await?;
        let (seq, before) = last.map_or(Ok((0, 0)), |row| Ok::<_, Error>((row.int(0)?, row.int(1)?)))?;
        Ok(Self { change_micros, seq: seq + 1, after_micros: before.checked_add(change_micros).ok_or(Error::Broken)? })
    }

    fn direction(&self) -> i64 {
        Direction::of(self.change_micros).map_or(0, Direction::code)
    }

    const fn amount(&self) -> i64 {
        self.change_micros.saturating_abs()
    }
}

/// What a transaction says, and what it follows: the text whose hash is kept beside it.
struct Line<'a> {
    prev_hash: &'a str,
    what: What<'a>,
    no: i64,
    id: Id,
    at: Moment,
    key: &'a str,
    cash: &'a Cash,
}

impl Line<'_> {
    fn hash(&self, entries: &[Entry]) -> String {
        let Self { prev_hash, what, no, id, at, key, cash } = self;
        let What { partner, movement, cause, object, currency } = what;
        let entries: Vec<String> = entries.iter().map(|entry| format!("{} {}", entry.account.key(), entry.micros)).collect();
        let (movement, kind, entries) = (movement.key(), cause.kind.key(), entries.join("\n"));
        let (seq, change, after) = (cash.seq, cash.change_micros, cash.after_micros);
        hashed(&format!(
            "{prev_hash}\n{partner}\n{no}\n{id}\n{movement}\n{currency}\n{}\n{kind}\n{}\n{object}\n{key}\n{seq}\n{change}\n{after}\n{entries}",
            at.0, cause.id
        ))
    }
}
