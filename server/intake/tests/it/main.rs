//! Documents as people and attackers send them. Small files are made here; large real ones come from Debian (`debian-docs.sh`).

#![expect(clippy::unwrap_used, reason = "what cannot be made cannot be tested")]

mod archives;
mod books;
mod child;
mod confined;
mod debian;
mod failures;
mod make;
mod names;
mod office;
mod pdf;
mod pdf_fonts;
mod text;
mod types;
