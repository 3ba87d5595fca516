//! Export records (domain.md F2): what was asked for, how far it is, and the files.

pub mod functions;
pub mod records;
mod text;
