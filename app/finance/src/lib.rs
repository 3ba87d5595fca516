//! Money between partner and vendor, and the files that prove it: bills, exports, funds, withdrawals, invoices.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code, reason = "the bodies of server functions vanish in the browser"))]

pub mod bank_accounts;
pub mod bills;
pub mod exports;
pub mod funds;
#[cfg(not(target_arch = "wasm32"))]
pub mod home;
pub mod invoices;
pub mod top_ups;
pub mod withdrawals;
