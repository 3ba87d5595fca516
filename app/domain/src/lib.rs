//! The rules of Partner Center: values in, values out.
//!
//! Nothing here knows a clock, a database, a page or the network, so every rule can be read and tested alone, and the
//! same rule runs in the browser (for menu and buttons) and on the server (for the decision).

pub mod access;
pub mod agreement;
pub mod attachment;
pub mod audit;
pub mod bank_account;
pub mod bills;
mod capitals;
pub mod deadline;
pub mod drawn;
pub mod error;
pub mod event;
pub mod exports;
pub mod id;
pub mod invoice;
pub mod leave;
pub mod ledger;
pub mod library;
pub mod list;
pub mod machine;
pub mod menu;
pub mod message;
pub mod money;
pub mod operations;
pub mod refusal;
pub mod search;
pub mod sign_in;
pub mod text;
pub mod time;
pub mod top_up;
pub mod views;
pub mod why_not;
pub mod withdrawal;
pub mod working_days;

pub use drawn::Drawn;
pub use error::Error;
pub use id::Id;
pub use money::{Currency, Money};
pub use text::{Lang, Said, Text, text};
pub use time::{Day, Days, Moment};
