//! The store on both databases. Each test is run twice, as `name::sqlite` and `name::postgres`, in a world of its own.
//!
//! PostgreSQL: PC_TEST_POSTGRES_URL names a server on which databases may be made (`.ci/postgres start` makes one). Without it
//! those halves fail; PC_TEST_ONLY_SQLITE=1 says that this is meant.

#![expect(clippy::expect_used, reason = "a test that cannot go on ends there")]

mod house;
mod leave;
mod library;

mod agreements;
mod audience;
mod audit;
mod backup;
mod balance_alert;
mod bank_accounts;
mod bills;
mod clock;
mod codes;
mod exports;
mod files;
mod invoices;
mod kept;
mod keys;
mod ledger;
mod ledger_list;
mod ledger_tampering;
mod log;
mod marks;
mod messages;
mod model;
mod operations;
mod people;
mod plans;
mod schema;
mod seal;
mod search;
mod sessions;
mod storms;
mod tallies;
mod throttles;
mod top_ups;
mod versions;
mod views;
mod withdrawals;
mod withdrawals_races;
