//! The component kit: what pages are made of, and how a page asks the server. It knows no word of the business.
//!
//! Components work on values (columns, cells, options as data), not on types of a flow, so that sixty pages share one table and
//! one form in the browser's module.

pub mod act;
pub mod apply;
pub mod awaited;
pub mod badge;
pub mod browser;
pub mod call;
pub mod chart;
pub mod combobox;
pub mod course;
pub mod draft;
pub mod drawn;
pub mod export;
pub mod eye;
pub mod files;
pub mod filter;
pub mod form;
pub mod frame;
pub mod icon;
mod late;
pub mod layers;
#[cfg(not(target_arch = "wasm32"))]
pub mod link_card;
pub mod list_page;
pub mod listing;
#[cfg(not(target_arch = "wasm32"))]
pub mod mega;
pub mod money;
pub mod month;
pub mod overlay;
pub mod packed;
pub mod page;
pub mod pager;
pub mod pages;
#[cfg(not(target_arch = "wasm32"))]
pub mod period;
pub mod rights;
pub mod selection;
pub mod sending;
pub mod sheet;
pub mod stop;
pub mod switches;
pub mod table;
#[cfg(not(target_arch = "wasm32"))]
pub mod todo;
#[cfg(not(target_arch = "wasm32"))]
pub mod tools;
pub mod upload;
pub mod visit;
pub mod why_not;
pub mod words;

pub use act::{Act, ActForm, use_act};
pub use form::{ErrorSummary, Field, Hidden, Notice, Select, TextArea};
pub use icon::{Icon, Status};
pub use page::{Crumb, Page};
pub use stop::Stopped;
pub use visit::{lang, visit};
