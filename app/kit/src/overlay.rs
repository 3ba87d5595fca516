//! What script lays over a page: a question asked in a dialog instead of on its page (`data-dialog` on the link that leads there), what is
//! found while somebody types ([`Finder`]), the palette that finds anything (`data-palette` on the link to the page that does), and the days of a
//! filter ([`crate::month`]). Without script the link leads to the page, the form of the field finds, and days are typed.
//!
//! One listener for the whole page hears them. What follows is a file of its own, fetched when somebody first needs it.

use crate::lang;
use domain::{Text, text};
use leptos::prelude::*;

#[cfg(target_arch = "wasm32")]
pub use heard::{listen, palette, press};

/// Nothing lies over a page here.
#[cfg(not(target_arch = "wasm32"))]
pub fn listen() {}

/// Where the markup of the palette comes from.
pub const PALETTE: &str = "/fn/search/palette";
/// Where the list of keys comes from.
pub const KEYS: &str = "/fn/help/keys";
/// The page that has it, too.
pub const KEYS_PAGE: &str = "/help#keys";
/// The page that does what the palette does.
pub const PALETTE_PAGE: &str = "/search";

const SUGGESTIONS: Text = text("搜索建议", "Suggestions");

/// A text field that finds while somebody types (ARIA combobox, design.md section 4): arrows choose, Enter follows, Escape closes.
#[component]
pub fn Finder(
    /// The id of what is found; one per page.
    id: &'static str,
    /// Name under which it is sent.
    name: &'static str,
    /// What it is called.
    label: String,
    /// What stands in it.
    #[prop(optional)]
    value: String,
    /// Its class.
    #[prop(optional)]
    class: &'static str,
    /// What stands in it while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// Where the answer comes from: markup with [`choice`]s, once what was typed is written behind it.
    address: String,
    /// It stays open, and finds something when nothing is typed: it is all that stands there.
    #[prop(optional)]
    open: bool,
) -> AnyView {
    let lang = lang();
    view! {
        <input
            class=class
            type="text"
            inputmode="search"
            name=name
            value=value
            maxlength="200"
            placeholder=placeholder
            autocomplete="off"
            role="combobox"
            aria-label=label
            aria-autocomplete="list"
            aria-expanded="false"
            aria-controls=id
            data-live=address
            data-open=open
            data-testid=format!("find-{name}")
        />
        <div class="found menu" id=id role="listbox" aria-label=SUGGESTIONS.at(lang) hidden=true></div>
        <span class="visually-hidden" role="status"></span>
    }
    .into_any()
}

/// Something that was found: a link, with its words and the line below them.
#[must_use]
pub fn choice(href: String, icon: &'static str, words: AnyView, line: String) -> AnyView {
    let line = (!line.is_empty()).then(|| view! { <small>{line}</small> });
    view! {
        <a class="menu-item" role="option" tabindex="-1" href=href data-testid="suggestion"><crate::icon::Icon name=icon/><span>{words}{line}</span></a>
    }
    .into_any()
}

#[cfg(target_arch = "wasm32")]
mod heard {
    use super::worker;
    use crate::browser;
    use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
    use js_sys::Reflect;
    use leptos::{
        task::spawn_local,
        wasm_split::{SplitLoaderError, wasm_split},
    };
    use wasm_bindgen::{JsCast as _, JsValue};
    use web_sys::{Document, Element, Event, HtmlInputElement, MouseEvent};

    /// What is to be laid over the page.
    pub enum Task {
        /// The question of another page.
        Ask(String),
        /// What this field finds, from now on.
        Find(HtmlInputElement),
        /// The palette.
        Palette,
        /// The days of a filter, in this place, from now on.
        Days(Element),
        /// Options are kept to what this field holds, from now on.
        Sift(HtmlInputElement),
        /// The columns in this place are put in order, from now on.
        Arrange(Element),
        /// What this key does.
        Key(String),
        /// What stands beside this button.
        Copy(Element),
    }

    /// The file did not come.
    pub struct Unloaded;

    impl From<SplitLoaderError> for Unloaded {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    /// Hears links and fields of the page for as long as it is there.
    pub fn listen() {
        let Some(document): Option<Document> = web_sys::window().and_then(|window| window.document()) else { return };
        // Before the router hears it, which would lead to the page.
        let first = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let clicked = |event: &Event| {
            if browser::is_within(event, "[data-print]") {
                // Refused only where nothing can be printed.
                web_sys::window().map(|window| window.print().ok());
                return;
            }
            if let Some(button) = target(event).and_then(|target| target.closest("[data-copy]").ok().flatten()) {
                return run(Task::Copy(button));
            }
            let link = target(event).and_then(|target| target.closest("a[data-dialog], a[data-palette]").ok().flatten());
            let Some(link) = link.filter(|_| event.dyn_ref::<MouseEvent>().is_some_and(is_plain)) else { return };
            event.prevent_default();
            event.stop_propagation();
            if link.has_attribute("data-palette") {
                palette();
            } else {
                run(Task::Ask(link.get_attribute("href").unwrap_or_default()));
            }
        };
        let entered = |event: &Event| {
            let field = target(event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(field) = field.filter(|field| field.matches("[data-live],[data-sift]").unwrap_or(false) && is_first(field)) else {
                return;
            };
            run(if field.has_attribute("data-live") { Task::Find(field) } else { Task::Sift(field) });
        };
        // A menu, or on a phone the sheet of all filters: its days are needed, or its columns can be moved.
        let opened = |event: &Event| {
            let menu = target(event).filter(|menu| menu.matches("details[open],:popover-open").unwrap_or(false));
            for place in
                menu.and_then(|menu| menu.query_selector_all("[data-calendar],[data-arrange]").ok()).iter().flat_map(browser::elements)
            {
                if is_first(&place) {
                    run(if place.has_attribute("data-arrange") { Task::Arrange(place) } else { Task::Days(place) });
                }
            }
        };
        // It does not bubble.
        EventListener::new_with_options(&document, "toggle", first, opened).forget();
        EventListener::new_with_options(&document, "click", first, clicked).forget();
        EventListener::new(&document, "focusin", entered).forget();
    }

    /// Opens the palette.
    pub fn palette() {
        run(Task::Palette);
    }

    /// A key that works the list of the page, or `?`, which tells of them.
    pub fn press(key: &str) {
        run(Task::Key(key.to_owned()));
    }

    /// Once per element, then it goes on by itself. Noted as a property of the element: new markup takes attributes away.
    fn is_first(field: &Element) -> bool {
        let key = JsValue::from_str("lives");
        let is_first = Reflect::get(field, &key).is_ok_and(|lives| lives.is_undefined());
        is_first && Reflect::set(field, &key, &JsValue::TRUE).is_ok()
    }

    fn target(event: &Event) -> Option<Element> {
        event.target().and_then(|target| target.dyn_into().ok())
    }

    /// Not to be opened in another window.
    fn is_plain(click: &MouseEvent) -> bool {
        click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
    }

    /// Does it once its file is there. Without it a question is asked on its page, and a field stays a field.
    fn run(task: Task) {
        let page = match &task {
            Task::Ask(page) => page.clone(),
            Task::Palette => super::PALETTE_PAGE.to_owned(),
            Task::Key(key) if key == "?" => super::KEYS_PAGE.to_owned(),
            Task::Find(_) | Task::Sift(_) | Task::Days(_) | Task::Arrange(_) | Task::Key(_) | Task::Copy(_) => String::new(),
        };
        spawn_local(async move {
            if work(task).await.is_err() && !page.is_empty() {
                browser::open(&page);
            }
        });
    }

    #[wasm_split(lay_over, wasm_split_path = leptos::wasm_split, fallible)]
    fn work(task: Task) -> Result<(), Unloaded> {
        worker::work(task);
        Ok(())
    }
}

#[cfg(target_arch = "wasm32")]
mod arrange;
#[cfg(target_arch = "wasm32")]
mod calendar;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod sift;
#[cfg(target_arch = "wasm32")]
mod worker;
