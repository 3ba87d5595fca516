//! Files as they are written, read again by other programs' readers.

#![expect(clippy::unwrap_used, reason = "what cannot be made cannot be tested")]

mod csv_files;
mod make;
mod memory;
mod pdf_files;
mod read_pdf;
mod texts;
mod xlsx_files;
