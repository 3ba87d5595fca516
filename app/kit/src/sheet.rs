//! Pages that the server draws into their answer, anew for each question: lists above all. The browser puts the new markup in the place
//! of the old one part by part (`markup`), so focus, open menus and what is being typed stay; it carries no code for what such a page
//! shows. Links are the router's, forms those of [`crate::apply`], [`crate::sending`], or the browser's own.

use crate::{
    awaited::{Answering, awaited},
    browser,
    call::Fault,
    drawn::{drawn_by_server, placed},
    packed::Outcome,
    page::Crumb,
};
#[cfg(not(target_arch = "wasm32"))]
use crate::{
    packed::Packed,
    page::PageHead,
    pages::{Here, here},
    stop::Stopped,
};
use domain::Drawn;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A page as its server function drew it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Sheet {
    /// The title of the window.
    title: String,
    /// The second style sheet is needed.
    more_styles: bool,
    /// After how many seconds the page asks again, 0 for never: something on it is under way.
    again_seconds: u32,
    /// The page.
    main: Drawn,
}

/// Draws a page for the question `query` at `path`.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn drawn(path: impl Into<String>, query: &str, draw: impl FnOnce() -> AnyView) -> Packed {
    Packed::new(Sheet::new(path.into(), query, draw))
}

/// The same of a page that asks again after a while.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn drawn_to_ask_again(path: impl Into<String>, query: &str, again_seconds: u32, draw: impl FnOnce() -> AnyView) -> Packed {
    Packed::new(Sheet { again_seconds, ..Sheet::new(path.into(), query, draw) })
}

/// Shows what the function of `asked` drew. `refused` draws a question that cannot be answered, if it can: what was asked stays, the
/// sentence stands beside it. Only the server draws that.
#[must_use]
pub fn sheet(
    asked: Answering,
    crumbs: impl Fn() -> Vec<Crumb> + Send + Sync + 'static,
    refused: impl Fn(&Fault) -> Option<AnyView> + Send + Sync + 'static,
) -> AnyView {
    #[cfg(target_arch = "wasm32")]
    {
        drop((crumbs, refused));
        awaited(asked, move |outcome| shown(asked, &outcome, |_| ().into_any()))
    }
    #[cfg(not(target_arch = "wasm32"))]
    awaited(asked, move |outcome| {
        shown(asked, &outcome, |fault| {
            let answered = fault.field.is_some().then(|| refused(&fault)).flatten();
            answered.unwrap_or_else(|| view! { <Stopped fault crumbs=crumbs()/> }.into_any())
        })
    })
}

/// The same of a page whose address holds no question.
#[must_use]
pub fn plain_sheet(asked: Answering, crumbs: impl Fn() -> Vec<Crumb> + Send + Sync + 'static) -> AnyView {
    sheet(asked, crumbs, |_| None)
}

fn shown(asked: Answering, outcome: &Outcome, stopped: impl FnOnce(Fault) -> AnyView) -> AnyView {
    match outcome.open::<Sheet>() {
        Ok(sheet) => {
            browser::set_title(&sheet.title);
            if sheet.more_styles {
                browser::more_styles();
            }
            if sheet.again_seconds > 0 {
                look_again(asked, sheet.again_seconds);
            }
            placed(sheet.main)
        }
        Err(fault) => drawn_by_server(move || stopped(fault)),
    }
}

/// Asks again after a while, but not while somebody chooses rows: their places would change below the boxes.
fn look_again(asked: Answering, seconds: u32) {
    browser::later(seconds, move || match browser::is_picking() {
        true => look_again(asked, seconds),
        false => asked.again(),
    });
}

#[cfg(not(target_arch = "wasm32"))]
impl Sheet {
    fn new(path: String, query: &str, draw: impl FnOnce() -> AnyView) -> Self {
        let head = PageHead::default();
        let owner = Owner::current().map_or_else(Owner::new, |owner| owner.child());
        let main = owner.with(|| {
            provide_context(head.clone());
            // A page that is being drawn stands somewhere already; for an answer alone the question says where it will stand.
            if here().address().is_empty() {
                provide_context(Here::at(path, query.to_owned()));
            }
            draw().to_html()
        });
        let notes = head.notes();
        Self { title: notes.title, more_styles: notes.more_styles, again_seconds: 0, main: Drawn(main) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Page, act::From, page::more_styles};

    fn sheet() -> Sheet {
        Sheet::new("/a".to_owned(), "q=1", || {
            more_styles();
            view! { <Page title="A & B"><From/></Page> }.into_any()
        })
    }

    #[test]
    fn a_sheet_knows_its_title_its_styles_and_where_it_stands() {
        let Sheet { title, more_styles, main, .. } = sheet();
        assert!(title.starts_with("A & B - "), "{title}");
        assert!(more_styles);
        assert!(main.0.starts_with("<main") && main.0.contains("value=\"/a?q=1\""), "{}", main.0);
    }

    #[test]
    fn a_sheet_inside_a_page_keeps_the_address_of_the_page() {
        let owner = Owner::new();
        let main = owner.with(|| {
            provide_context(Here::at("/b".to_owned(), "q=2&pick=page".to_owned()));
            sheet().main.0
        });
        assert!(main.contains("value=\"/b?q=2&amp;pick=page\""), "{main}");
    }

    #[test]
    fn a_page_that_shows_a_sheet_does_not_carry_it_twice() {
        let carried = Outcome::from(Ok(Packed::new(sheet()))).carried();
        assert!(carried.contains("A & B - "), "{carried}");
        assert!(!carried.contains("main\\\""), "{carried}");
    }
}
