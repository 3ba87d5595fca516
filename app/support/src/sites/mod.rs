//! Other web sites (domain.md F16, vendor side): where people go, and which hosts are the vendor's own.

pub mod console;
pub mod functions;
