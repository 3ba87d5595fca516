//! A number of a bank account as rows keep it: sealed, its last digits beside it for whoever reads, and a print for what is compared.

use super::{Key, is_sealed, to_write};
use crate::{
    access::{Access, Store},
    db::Failure,
    sql::{Row, Sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id,
    access::Permission,
    event::Event,
    withdrawal::{Refusal, tail},
};
use serde::{Deserialize, Serialize};

/// What these values are. One word for all columns that hold such numbers: a request takes over the number of its account as it is sealed,
/// so it can be handed in also while the key is away.
pub(super) const BANK_NUMBER: &str = "bank number";

/// A sealed number. It belongs to one company, and opens for no other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SealedNumber {
    /// Plain in rows that an older program has written; `seal_plain` finds them when a server starts.
    text: String,
    tail: String,
    print: String,
}

impl SealedNumber {
    /// Seals a number of a company.
    ///
    /// # Errors
    /// `Unavailable` without the key of this database.
    pub(crate) async fn of(tx: &mut Tx, owner: Id, number: &str) -> Result<Self, Error> {
        // A top-up that came by another channel has none.
        if number.is_empty() {
            return Ok(Self::of_parts(String::new(), String::new()));
        }
        Self::sealed(&*to_write(tx).await?, owner, number)
    }

    pub(crate) fn sealed(key: &Key, owner: Id, number: &str) -> Result<Self, Error> {
        let text = key.seal(BANK_NUMBER, &owner.to_string(), number).ok_or(Error::Broken)?;
        Ok(Self { text, tail: tail(number), print: print(key, owner, number) })
    }

    /// A number that is kept with its last digits alone, where nothing is compared.
    pub(crate) fn of_parts(text: String, tail: String) -> Self {
        Self { text, tail, print: String::new() }
    }

    /// Both of them.
    pub(crate) fn into_parts(self) -> (String, String) {
        (self.text, self.tail)
    }

    /// It stands there for everybody to read.
    pub(crate) fn is_plain(&self) -> bool {
        !self.text.is_empty() && !is_sealed(&self.text)
    }

    /// Three columns beside each other: the number, its last digits, its print.
    pub(crate) fn read(row: &Row, at: usize) -> Result<Self, Failure> {
        Ok(Self { text: row.text(at)?, tail: row.text(at + 1)?, print: row.text(at + 2)? })
    }

    /// Binds the same three.
    pub(crate) fn bind(&self, sql: Sql) -> Sql {
        sql.bind(&self.text).bind(&self.tail).bind(&self.print)
    }

    /// The last digits: all that most people ever see.
    pub(crate) fn tail(&self) -> String {
        if is_sealed(&self.text) { self.tail.clone() } else { tail(&self.text) }
    }

    /// The whole number.
    pub(crate) fn open(&self, owner: Id, key: Option<&Key>) -> Option<String> {
        if is_sealed(&self.text) { key?.open(BANK_NUMBER, &owner.to_string(), &self.text) } else { Some(self.text.clone()) }
    }

    /// The whole number for who has to see it.
    ///
    /// # Errors
    /// `NotFound` when there is none; `NUMBER_SHUT` while the key is away, or is another one.
    pub(crate) async fn shown_whole(&self, store: &Store, owner: Id) -> Result<String, Error> {
        if self.text.is_empty() {
            return Err(Error::NotFound);
        }
        self.open(owner, store.seal.key().await.as_deref()).ok_or_else(|| Refusal::NumberShut.into())
    }

    /// What is the same for the same number of the same company.
    pub(crate) fn print(&self, owner: Id, key: Option<&Key>) -> String {
        if is_sealed(&self.text) { self.print.clone() } else { print_of(owner, &self.text, key) }
    }
}

/// Writes into the log of a company that the caller looks at a whole number of it.
pub(crate) async fn note<P: Permission>(access: &Access<P>, owner: Id, (of, id): (&str, Id), number: &str) -> Result<(), Error> {
    let event = Event::AccountRevealed { of: of.to_owned(), id, tail: tail(number) };
    let work = (owner, event);
    access.write(None, work, |_, (owner, event)| Box::pin(async { Ok(Written::new((), *owner, event.clone())) })).await
}

/// The print of a number; without a key nothing is sealed, and numbers are compared as they are.
pub(crate) fn print_of(owner: Id, number: &str, key: Option<&Key>) -> String {
    key.map_or_else(|| digits(number), |key| print(key, owner, number))
}

fn print(key: &Key, owner: Id, number: &str) -> String {
    key.print(BANK_NUMBER, &owner.to_string(), &digits(number))
}

/// Numbers are compared without the spaces that some were entered with.
fn digits(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).collect()
}
