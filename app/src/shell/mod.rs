//! What surrounds every page: the portal's header, the console's rail, the footer. Only the server draws it, once per load; the browser
//! takes over what lies inside, and [`kit::browser::follow`] keeps the marks of the links.

pub mod console;
pub mod document;
pub mod footer;
pub mod header;
mod text;

use domain::access::Side;
use kit::visit::visit;
use leptos::prelude::WithValue;

/// What surrounds the pages of this visit. It is decided once per load; links to the other side load anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chrome {
    /// Nothing: signing in, leaving.
    Bare,
    /// The portal's header and footer.
    Portal,
    /// The vendor's rail.
    Console,
}

/// The chrome of this visit: by who reads, and bare for the pages of strangers.
#[must_use]
pub fn chrome() -> Chrome {
    visit().with_value(|visit| {
        let path = visit.here.split('?').next().unwrap_or_default();
        match &visit.standing {
            _ if path == "/sign-in" || path == "/leave" => Chrome::Bare,
            Some(standing) if standing.side == Side::Vendor => Chrome::Console,
            Some(_) | None => Chrome::Portal,
        }
    })
}

/// The path of this page.
fn path() -> String {
    visit().with_value(|visit| visit.here.split('?').next().unwrap_or_default().to_owned())
}
