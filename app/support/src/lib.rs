//! Support: the resource library, for partners and for the vendor's editors.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code, reason = "the bodies of server functions vanish in the browser"))]

pub mod index;
pub mod leave;
pub mod library;
pub mod sites;
