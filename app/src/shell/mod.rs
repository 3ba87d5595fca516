//! What surrounds every page.

pub mod document;
