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
    visit::{Visit, kept, visit},
};
use domain::Drawn;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(not(target_arch = "wasm32"))]
use std::sync::LazyLock;

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

/// Bytes of remembered pages: some three hundred lists of twenty rows.
#[cfg(not(target_arch = "wasm32"))]
const REMEMBERED_MAX_BYTES: u64 = 24 * 1024 * 1024;

/// Pages as they were drawn, by all that they were drawn from ([`remembered`]).
#[cfg(not(target_arch = "wasm32"))]
static REMEMBERED: LazyLock<moka::sync::Cache<Vec<u8>, Sheet>> = LazyLock::new(|| {
    let bytes = |facts: &Vec<u8>, sheet: &Sheet| u32::try_from(facts.len() + sheet.main.0.len()).unwrap_or(u32::MAX);
    moka::sync::Cache::builder().weigher(bytes).max_capacity(REMEMBERED_MAX_BYTES).build()
});

/// The same of a page that many readers ask for: what is drawn from the same facts is drawn once. Whatever `draw` shows must follow from
/// `facts`, path and question, the reader's language, and the day: it is drawn where nothing else can be known, no reader and no request.
/// Only the answer to a form, which stands above the rows, is drawn for its reader alone.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn remembered(path: &str, query: &str, facts: &impl Serialize, draw: impl FnOnce() -> AnyView) -> Packed {
    Packed::new(Sheet::remembered(path, query, facts, draw))
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
    fn remembered(path: &str, query: &str, facts: &impl Serialize, draw: impl FnOnce() -> AnyView) -> Self {
        let (lang, day, icons) = visit().with_value(|visit| (visit.lang, visit.now.day(), visit.icons.clone()));
        let known = serde_json::to_vec(&(path, query, lang, day, &icons, facts)).ok().filter(|_| kept().is_none());
        let Some(known) = known else { return Self::new(path.to_owned(), query, draw) };
        REMEMBERED.get_with(known, || {
            Owner::new().with(|| {
                provide_context(StoredValue::new(Visit { lang, now: day.start(), icons, ..Visit::default() }));
                Self::new(path.to_owned(), query, draw)
            })
        })
    }

    fn new(path: String, query: &str, draw: impl FnOnce() -> AnyView) -> Self {
        let head = PageHead::default();
        let owner = Owner::current().map_or_else(Owner::new, |owner| owner.child());
        let main = owner.with(|| {
            provide_context(head.clone());
            // A page that is being drawn stands somewhere already; for an answer alone the question says where it will stand.
            if here().address().is_empty() {
                provide_context(Here::at(path, query.to_owned()));
            }
            crate::drawn::drawn(draw())
        });
        let notes = head.notes();
        Self { title: notes.title, more_styles: notes.more_styles, again_seconds: 0, main }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Page, act::From, lang, page::more_styles, visit::Kept};

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

    /// Draws `/c` from `facts` for a visit, and says what came and whether it was drawn now.
    fn remembered(facts: i64, visit: Visit) -> (String, bool) {
        let mut is_drawn = false;
        let sheet = Owner::new().with(|| {
            provide_context(StoredValue::new(visit));
            Sheet::remembered("/c", "", &facts, || {
                is_drawn = true;
                let of = format!("{facts} {} {:?}", lang().tag(), crate::visit::visit().with_value(|visit| visit.here.clone()));
                view! { <Page title="C"><p>{of}</p></Page> }.into_any()
            })
        });
        (sheet.main.0, is_drawn)
    }

    #[test]
    fn a_remembered_page_is_drawn_once_for_the_same_facts_and_knows_nothing_else() {
        let visit = || Visit { here: "/secret".to_owned(), ..Visit::default() };
        let (first, is_drawn) = remembered(1, visit());
        assert!(is_drawn && first.contains("1 zh-CN \"\""), "{first}");
        assert_eq!(remembered(1, visit()), (first, false));
        assert!(remembered(2, visit()).1, "other facts");
        assert!(remembered(1, Visit { lang: domain::Lang::En, ..visit() }).1, "another language");
    }

    #[test]
    fn the_answer_to_a_form_is_for_its_reader_alone() {
        let kept = Kept { said: Some("done".to_owned()), ..Kept::default() };
        let visit = Visit { kept: Some(kept), ..Visit::default() };
        let (page, _) = remembered(3, visit);
        assert!(page.contains("done"), "{page}");
        let (page, is_drawn) = remembered(3, Visit::default());
        assert!(is_drawn && !page.contains("done"), "{page}");
    }

    #[test]
    fn a_page_that_shows_a_sheet_does_not_carry_it_twice() {
        let carried = Outcome::from(Ok(Packed::new(sheet()))).carried();
        assert!(carried.contains("A & B - "), "{carried}");
        assert!(!carried.contains("main\\\""), "{carried}");
    }
}
