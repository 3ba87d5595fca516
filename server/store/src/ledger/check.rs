//! Is the ledger what was posted? Works out everything again that is kept beside the entries, from one state of the database and in the memory
//! of the accounts: sums, balances, numbers, hashes.

use super::{Cash, GENESIS, Line, What};
use crate::{
    access::Store,
    db::Snapshot,
    sql::{Row, sql},
};
use domain::{
    Currency, Error, Id, Moment,
    ledger::{self, Account, Cause, Direction, Entry},
};
use futures::TryStreamExt as _;
use std::collections::{BTreeMap, HashMap};

/// Findings that a check tells; more say nothing new.
const FINDINGS_MAX: usize = 100;

/// What a check of the ledger found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedLedger {
    /// The sum of all entries, per currency, in micros: zero.
    pub sums: BTreeMap<String, i128>,
    /// Accounts.
    pub accounts: i64,
    /// Those whose balance is not what their entries say.
    pub wrong_balances: i64,
    /// Transactions.
    pub transactions: i64,
    /// Entries.
    pub entries: i64,
    /// What is not what was posted, at most a hundred.
    pub findings: Vec<LedgerFinding>,
}

/// Something that is not what was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFinding {
    /// Where: `account/..`, `account/../NO`, `transaction/..`, `currency/..`.
    pub at: String,
    /// What is wrong.
    pub what: &'static str,
}

impl CheckedLedger {
    fn found(&mut self, at: String, what: &'static str) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(LedgerFinding { at, what });
        }
    }
}

/// An account, and how far its entries have been followed.
struct Followed {
    book: String,
    account: Account,
    currency: Currency,
    balance_micros: i64,
    entries: i64,
    sum_micros: i64,
    last_no: i64,
}

/// Checks all books.
///
/// # Errors
/// The database does not answer.
pub async fn check(store: &Store) -> Result<CheckedLedger, Error> {
    let mut snapshot = store.db.snapshot().await?;
    let mut checked = CheckedLedger::default();
    let mut accounts = read_accounts(&mut snapshot, &mut checked).await?;
    follow_entries(&mut snapshot, &mut accounts, &mut checked).await?;
    compare_balances(&accounts, &mut checked);
    follow_transactions(&mut snapshot, &accounts, &mut checked).await?;
    let wrong: Vec<String> =
        checked.sums.iter().filter(|(_, sum)| **sum != 0).map(|(currency, _)| format!("currency/{currency}")).collect();
    for at in wrong {
        checked.found(at, "its entries do not sum to zero");
    }
    Ok(checked)
}

async fn read_accounts(snapshot: &mut Snapshot, checked: &mut CheckedLedger) -> Result<HashMap<String, Followed>, Error> {
    let mut accounts = HashMap::new();
    let all = sql("SELECT id, book_id, kind, currency, balance_micros, entries, tenant_id, is_partners FROM ledger_accounts ORDER BY id");
    let mut rows = snapshot.stream(all);
    while let Some(row) = rows.try_next().await? {
        checked.accounts += 1;
        let id = row.text(0)?;
        let (Ok(account), Ok(currency)) = (row.key::<Account>(2), row.key::<Currency>(3)) else {
            checked.found(format!("account/{id}"), "it cannot be read");
            continue;
        };
        let book = row.text(1)?;
        let is_partners = account.is_partners();
        if row.int(7)? != i64::from(is_partners) || (row.text(6)? == book) != is_partners {
            checked.found(format!("account/{id}"), "it is somebody else's");
        }
        checked.sums.entry(domain::machine::Keyed::key(currency).to_owned()).or_insert(0);
        let (balance_micros, entries) = (row.int(4)?, row.int(5)?);
        accounts.insert(id, Followed { book, account, currency, balance_micros, entries, sum_micros: 0, last_no: 0 });
    }
    Ok(accounts)
}

/// Each account's entries are numbered without a gap, and each says the balance that all before it make.
async fn follow_entries(
    snapshot: &mut Snapshot,
    accounts: &mut HashMap<String, Followed>,
    checked: &mut CheckedLedger,
) -> Result<(), Error> {
    let all = sql("SELECT e.account_id, e.no, e.amount_micros, e.balance_after_micros, t.id, t.currency FROM ledger_entries e
        LEFT JOIN ledger_transactions t ON t.id = e.transaction_id ORDER BY e.account_id, e.no");
    let mut rows = snapshot.stream(all);
    while let Some(row) = rows.try_next().await? {
        checked.entries += 1;
        let (id, no, amount, after) = (row.text(0)?, row.int(1)?, row.int(2)?, row.int(3)?);
        let at = || format!("account/{id}/{no}");
        let Some(account) = accounts.get_mut(&id) else {
            checked.found(at(), "its account is missing");
            continue;
        };
        let key = domain::machine::Keyed::key(account.currency);
        checked.sums.entry(key.to_owned()).and_modify(|sum| *sum += i128::from(amount));
        let sum = account.sum_micros.checked_add(amount);
        let is_next = no == account.last_no + 1;
        (account.sum_micros, account.last_no) = (sum.unwrap_or(after), no);
        let below = account.account.is_partners() && account.sum_micros < 0;
        let currency = row.maybe_text(5)?;
        let what = match (row.maybe_text(4)?, is_next) {
            (None, _) => "its transaction is missing",
            (Some(_), false) => "entries before it are missing or doubled",
            (Some(_), true) if sum != Some(after) => "the balance after it is not what the entries say",
            (Some(_), true) if below => "a partner's account was below zero",
            (Some(_), true) if currency.as_deref() != Some(key) => "it is of another currency than its account",
            (Some(_), true) => continue,
        };
        checked.found(at(), what);
    }
    Ok(())
}

fn compare_balances(accounts: &HashMap<String, Followed>, checked: &mut CheckedLedger) {
    let mut wrong: Vec<&String> = accounts
        .iter()
        .filter(|(_, account)| account.sum_micros != account.balance_micros || account.last_no != account.entries)
        .map(|(id, _)| id)
        .collect();
    wrong.sort_unstable();
    checked.wrong_balances = i64::try_from(wrong.len()).unwrap_or(i64::MAX);
    for id in wrong {
        checked.found(format!("account/{id}"), "its balance is not what its entries say");
    }
}

/// The last transaction that was followed, and the cash balance of each currency of the same books.
struct Trail {
    book: String,
    no: i64,
    at: i64,
    hash: String,
    cash: BTreeMap<String, (i64, i64)>,
}

impl Trail {
    fn of(book: String) -> Self {
        Self { book, no: 0, at: 0, hash: GENESIS.to_owned(), cash: BTreeMap::new() }
    }
}

/// Each partner's transactions are numbered without a gap, follow each other by hash, sum to zero, and say what they do to the cash balance.
async fn follow_transactions(
    snapshot: &mut Snapshot,
    accounts: &HashMap<String, Followed>,
    checked: &mut CheckedLedger,
) -> Result<(), Error> {
    // One row for each entry, and one for a transaction without any.
    let all = sql(
        "SELECT t.tenant_id, t.no, t.id, t.movement, t.currency, t.at_us, t.cause_kind, t.cause_id, t.object, t.idempotency_key, t.seq,
        t.direction, t.amount_micros, t.balance_after_micros, t.prev_hash, t.hash, e.account_id, e.amount_micros FROM ledger_transactions t
        LEFT JOIN ledger_entries e ON e.transaction_id = t.id ORDER BY t.tenant_id, t.no, e.account_id",
    );
    let mut rows = snapshot.stream(all);
    let mut trail = Trail::of(String::new());
    let mut next = rows.try_next().await?;
    while let Some(head) = next {
        let (book, no) = (head.text(0)?, head.int(1)?);
        let mut entries = Vec::new();
        let mut is_whole = push_entry(&head, accounts, &book, &mut entries)?;
        next = rows.try_next().await?;
        while let Some(row) = next.as_ref() {
            if row.int(1)? != no || row.text(0)? != book {
                break;
            }
            is_whole &= push_entry(row, accounts, &book, &mut entries)?;
            next = rows.try_next().await?;
        }
        checked.transactions += 1;
        if trail.book != book {
            trail = Trail::of(book);
        }
        entries.sort_by_key(|entry| entry.account);
        if let Some(what) = fault(&head, &entries, is_whole, &mut trail)? {
            checked.found(format!("transaction/{}", head.text(2)?), what);
        }
    }
    Ok(())
}

/// Adds the entry of a row; false when there is none, or it is of an account of other books.
fn push_entry(row: &Row, accounts: &HashMap<String, Followed>, book: &str, entries: &mut Vec<Entry>) -> Result<bool, Error> {
    let found = row.maybe_text(16)?.and_then(|id| accounts.get(&id)).filter(|account| account.book == book);
    if let (Some(account), Some(micros)) = (found, row.maybe_int(17)?) {
        entries.push(Entry { account: account.account, micros });
    }
    Ok(found.is_some())
}

/// What is wrong with a transaction that follows the trail, which then goes on with it.
fn fault(row: &Row, entries: &[Entry], is_whole: bool, trail: &mut Trail) -> Result<Option<&'static str>, Error> {
    let (no, at, prev_hash, hash, currency) = (row.int(1)?, row.int(5)?, row.text(14)?, row.text(15)?, row.text(4)?);
    let before = (trail.no, trail.at, std::mem::replace(&mut trail.hash, hash.clone()));
    (trail.no, trail.at) = (no, at);
    if no != before.0 + 1 {
        return Ok(Some("transactions before it are missing"));
    }
    if prev_hash != before.2 {
        return Ok(Some("it does not follow the one before it"));
    }
    if !is_whole || entries.len() < 2 {
        return Ok(Some("an entry of it is missing"));
    }
    if entries.iter().map(|entry| i128::from(entry.micros)).sum::<i128>() != 0 {
        return Ok(Some("its entries do not sum to zero"));
    }
    let Some(cash) = cash(row, entries, trail.cash.entry(currency).or_insert((0, 0)))? else {
        return Ok(Some("what it says of the cash balance is not what its entries say"));
    };
    if at < before.1 {
        return Ok(Some("it is older than the one before it"));
    }
    Ok((line_hash(row, entries, &prev_hash, &cash) != Some(hash)).then_some("its content is not what was posted"))
}

/// What the entries do to the cash balance, when that is what the row says.
fn cash(row: &Row, entries: &[Entry], kept: &mut (i64, i64)) -> Result<Option<Cash>, Error> {
    let (seq, direction, amount, after) = (row.int(10)?, row.int(11)?, row.int(12)?, row.int(13)?);
    let Some(change_micros) = ledger::cash_change(entries) else { return Ok(None) };
    let moved = change_micros != 0;
    let expected = if moved { (kept.0 + 1, kept.1.saturating_add(change_micros)) } else { (0, 0) };
    if moved {
        *kept = expected;
    }
    let is_right = (seq, after) == expected
        && amount == change_micros.saturating_abs()
        && direction == Direction::of(change_micros).map_or(0, Direction::code);
    Ok(is_right.then_some(Cash { change_micros, seq, after_micros: after }))
}

fn line_hash(row: &Row, entries: &[Entry], prev_hash: &str, cash: &Cash) -> Option<String> {
    let (object, key): (String, String) = (row.text(8).ok()?, row.text(9).ok()?);
    let cause = Cause { kind: row.key(6).ok()?, id: row.id(7).ok()? };
    let partner: Id = row.id(0).ok()?;
    let what = What { partner, movement: row.key(3).ok()?, cause, object: &object, currency: row.key(4).ok()? };
    let at: Moment = row.moment(5).ok()?;
    Some(Line { prev_hash, what, no: row.int(1).ok()?, id: row.id(2).ok()?, at, key: &key, cash }.hash(entries))
}
