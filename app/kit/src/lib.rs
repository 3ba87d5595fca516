//! The component kit: what pages are made of, and how a page asks the server. It knows no word of the business.

pub mod call;
pub mod visit;
