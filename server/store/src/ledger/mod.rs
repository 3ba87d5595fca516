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
//! - Many postings of one partner can be entered together (`post_all`, `reverse_all`): the same rules, and a few statements for all of them.
//! - The event is the flow's. `Event::LedgerPosted` is for what no other event tells of.

mod books;
mod check;
mod read;

pub use check::{CheckedLedger, LedgerFinding, check};
pub(crate) use read::rows;
pub use read::{Seen, balances, page, plan};

use crate::{ids::hashed, sql::sql, write::Tx};
use books::{Books, New};
use domain::{
    Currency, Error, Id, Moment,
    ledger::{self, Cause, CauseKind, Direction, Entry, Movement, OBJECT_MAX, Posting},
    machine::Keyed as _,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What the first transaction of a partner's books follows.
const GENESIS: &str = "0";
/// Accounts of one partner's books in one currency.
const ACCOUNTS_MAX: i64 = 40;
/// Postings that are entered together: each statement names all of them, and SQLite takes 32,766 values.
pub const TOGETHER_MAX: usize = 1_000;

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
    post_all(tx, std::slice::from_ref(posting)).await?.pop().ok_or(Error::Broken)
}

/// Posts for several events of one partner and currency, in the order given, as `post` would one after the other, with few statements.
///
/// # Errors
/// As `post`, and then nothing of them is posted; `Broken` for more than `TOGETHER_MAX`, for other books among them, and under the key of a
/// form, which stands beside one posting.
pub async fn post_all(tx: &mut Tx, postings: &[Posting]) -> Result<Vec<Posted>, Error> {
    let mut all = Vec::with_capacity(postings.len());
    for posting in postings {
        let (currency, entries) = posting.entries()?;
        let Posting { partner, movement, cause, ref object, .. } = *posting;
        all.push(New::of(tx, What { partner, movement, cause, object, currency }, entries));
    }
    enter(tx, &all).await
}

/// Takes a transaction back, in the write of whoever decides so: its entries the other way round. A transaction is taken back once.
///
/// # Errors
/// `NotFound`; `AMOUNT_EXCEEDS` when what it gave is not there any more; `KeyReused` as `post`.
pub async fn reverse(tx: &mut Tx, partner: Id, transaction: Id) -> Result<Posted, Error> {
    reverse_all(tx, partner, &[transaction]).await?.pop().ok_or(Error::Broken)
}

/// Takes several transactions of one currency back, in the order given, as `reverse` would one after the other.
///
/// # Errors
/// As `reverse` and `post_all`.
pub async fn reverse_all(tx: &mut Tx, partner: Id, transactions: &[Id]) -> Result<Vec<Posted>, Error> {
    if transactions.is_empty() {
        return Ok(Vec::new());
    }
    // Whose they are is looked at here: asked for it, SQLite would walk all transactions of the partner.
    let find = sql("SELECT id, tenant_id, object, currency FROM ledger_transactions WHERE id IN ").list(transactions.iter().copied());
    let mut about: HashMap<Id, (String, Currency)> = HashMap::new();
    for row in tx.rows(find.and(" ORDER BY id").limit(rows_of(transactions.len(), 1))).await? {
        if row.id(1)? == partner {
            about.insert(row.id(0)?, (row.text(2)?, row.key(3)?));
        }
    }
    let entries = entries_of(tx, transactions).await?;
    let mut all = Vec::with_capacity(transactions.len());
    for transaction in transactions {
        let (object, currency) = about.get(transaction).ok_or(Error::NotFound)?;
        let cause = Cause { kind: CauseKind::Transaction, id: *transaction };
        let what = What { partner, movement: Movement::Reversal, cause, object, currency: *currency };
        all.push(New::of(tx, what, ledger::reversed(entries.get(transaction).ok_or(Error::Broken)?)));
    }
    enter(tx, &all).await
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

async fn enter(tx: &mut Tx, all: &[New<'_>]) -> Result<Vec<Posted>, Error> {
    let Some(first) = all.first() else { return Ok(Vec::new()) };
    check_together(first, all)?;
    let mut posted = earlier(tx, first, all).await?;
    if posted.iter().any(Option::is_none) {
        let mut books = Books::open(tx, all).await?;
        for (new, posted) in all.iter().zip(&mut posted).filter(|(_, posted)| posted.is_none()) {
            let transaction = tx.new_id();
            books.enter(transaction, tx.now(), new)?;
            *posted = Some(Posted { transaction, is_new: true });
        }
        books.write(tx).await?;
    }
    posted.into_iter().collect::<Option<_>>().ok_or(Error::Broken)
}

/// What no flow may ask for.
fn check_together(first: &New<'_>, all: &[New<'_>]) -> Result<(), Error> {
    let keys: BTreeSet<&str> = all.iter().map(|new| new.key.as_str()).collect();
    let is_other = |new: &New<'_>| new.what.partner != first.what.partner || new.what.currency != first.what.currency;
    let what = if all.len() > TOGETHER_MAX {
        "there are too many postings"
    } else if keys.len() < all.len() {
        "two postings have the same key or cause"
    } else if all.iter().any(is_other) {
        "postings are of different books"
    } else if all.iter().any(|new| new.what.object.chars().count() > OBJECT_MAX) {
        "the object of a movement is too long"
    } else {
        return Ok(());
    };
    tracing::error!(movement = first.what.movement.key(), "{what}");
    Err(Error::Broken)
}

/// What the same causes or keys have posted before.
async fn earlier(tx: &mut Tx, first: &New<'_>, all: &[New<'_>]) -> Result<Vec<Option<Posted>>, Error> {
    let kinds: BTreeSet<&str> = all.iter().map(|new| new.what.cause.kind.key()).collect();
    let movements: BTreeSet<&str> = all.iter().map(|new| new.what.movement.key()).collect();
    // One under the key, and of the cause one for each movement.
    let rows_max = rows_of(all.len(), 1 + kinds.len() * movements.len());
    let find =
        sql("SELECT id, tenant_id, movement, cause_kind, cause_id, currency, idempotency_key FROM ledger_transactions WHERE (tenant_id = ");
    let find = find.value(first.what.partner).and(" AND idempotency_key IN ").list(all.iter().map(|new| &new.key));
    let find = find.and(") OR (cause_kind IN ").list(kinds).and(" AND cause_id IN ").list(all.iter().map(|new| new.what.cause.id));
    let find = find.and(" AND movement IN ").list(movements).and(") ORDER BY no").limit(rows_max);
    let rows = tx.rows(find).await?;
    if rows.is_empty() {
        return Ok(vec![None; all.len()]);
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?;
    let entries = entries_of(tx, &ids).await?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, row) in ids.iter().zip(&rows) {
        let cause = Cause { kind: row.key(3)?, id: row.id(4)? };
        let (movement, currency): (Movement, Currency) = (row.key(2)?, row.key(5)?);
        found.push((*id, (row.id(1)?, movement, currency), cause, row.text(6)?));
    }
    let posted = all.iter().map(|new| {
        let What { partner, movement, cause, currency, .. } = new.what;
        let is_about = |(_, (tenant, other, _), of, key): &&(Id, (Id, Movement, Currency), Cause, String)| {
            (*tenant == partner && *key == new.key) || (*of == cause && *other == movement)
        };
        match found.iter().find(is_about) {
            None => Ok(None),
            Some((id, what, of, _)) if *what == (partner, movement, currency) && *of == cause && entries.get(id) == Some(&new.entries) => {
                Ok(Some(Posted { transaction: *id, is_new: false }))
            }
            Some(_) => Err(Error::KeyReused),
        }
    });
    posted.collect()
}

/// The entries of transactions, in the order of the accounts.
async fn entries_of(tx: &mut Tx, transactions: &[Id]) -> Result<HashMap<Id, Vec<Entry>>, Error> {
    let find = sql("SELECT e.transaction_id, a.kind, e.amount_micros FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
        WHERE e.transaction_id IN ");
    let find = find.list(transactions.iter().copied()).and(" ORDER BY e.transaction_id, a.kind");
    let mut entries: HashMap<Id, Vec<Entry>> = HashMap::new();
    for row in tx.rows(find.limit(ACCOUNTS_MAX.saturating_mul(rows_of(transactions.len(), 1)))).await? {
        entries.entry(row.id(0)?).or_default().push(Entry { account: row.key(1)?, micros: row.int(2)? });
    }
    for entries in entries.values_mut() {
        entries.sort_by_key(|entry| entry.account);
    }
    Ok(entries)
}

/// So many rows for each of so many.
fn rows_of(count: usize, each: usize) -> i64 {
    i64::try_from(count.saturating_mul(each)).unwrap_or(i64::MAX)
}

/// What a transaction does to the cash balance.
struct Cash {
    change_micros: i64,
    /// Its number among those that change it, 0 when it does not.
    seq: i64,
    after_micros: i64,
}

impl Cash {
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
