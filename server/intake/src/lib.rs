//! Foreign files in, values out. Whatever somebody uploads is read here and nowhere else.
//!
//! [`documents`] says whether a file is what its name claims and takes the words out of it; [`child`] does the same in a process
//! that may neither write nor grow nor run for long, which is the only way a server should call it. Never in here: the database,
//! HTTP, a page.

pub mod child;
pub mod documents;
