//! Money between partner and vendor, and the files that prove it: bills, exports, funds, withdrawals, invoices.

pub mod exports;
