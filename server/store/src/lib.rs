//! What Partner Center keeps: two databases behind one set of queries, files, and the proof that a caller may.
//!
//! Every public function takes an [`Access`], which only [`Caller::access`] makes, so no row can be reached without tenant and
//! permission. Every change goes through [`Access::write`]. No sentence and no HTML is made here.

pub mod access;
pub mod agreements;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod bank_accounts;
pub mod bills;
pub mod check;
pub mod clock;
pub mod codes;
pub mod db;
pub mod demo;
pub mod drafts;
pub mod exports;
pub mod files;
pub mod funds;
pub mod ids;
pub mod invoices;
pub mod jobs;
pub mod kept;
pub mod leave;
pub mod ledger;
pub mod library;
mod lists;
pub mod messages;
pub mod migrate;
pub mod operations;
pub mod outbox;
pub mod passwords;
pub mod people;
pub mod queues;
pub mod seal;
pub mod sessions;
pub mod sql;
pub mod top_ups;
pub mod views;
pub mod withdrawals;

mod dialect;
mod write;

pub use access::{Access, Caller, Options, Replayed, Store};
pub use write::{Key, Tx, Written};
