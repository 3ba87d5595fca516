//! The server over real sockets: what a browser, a program and an attacker get to see. Numbers such as T9 and C6 are those of
//! threats.md.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod bills;
mod bucket;
mod client;
mod commands;
mod corpus;
mod demo;
mod drain;
mod exports;
mod files;
mod forms;
mod full;
mod functions;
mod funds;
mod hangups;
mod invoices;
mod kill;
mod leave;
mod marks;
mod messages;
mod operations;
mod ops;
mod pages;
mod previews;
mod program;
mod security;
mod sessions;
mod sink;
mod texts;
mod uploads;
mod views;
mod wire;
mod withdrawals;
mod world;
