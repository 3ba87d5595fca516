//! What is laid over the page, in a file of its own.

use super::{PALETTE, PALETTE_PAGE, arrange, calendar, heard::Task, keys, sift};
use crate::{act::ACT, browser};
use domain::{Drawn, Lang};
use gloo::{
    events::{EventListener, EventListenerOptions},
    net::http::Request,
    timers::callback::Timeout,
};
use leptos::task::spawn_local;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast as _;
use web_sys::{
    Document, DomParser, Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent, SupportedType,
};

/// A pause of this length in typing, and it is looked for.
const WAIT_MS: u32 = 120;
const ACTIVE: &str = "aria-activedescendant";

pub fn work(task: Task) {
    match task {
        Task::Ask(page) => spawn_local(async move {
            if ask(&page).await.is_none() {
                browser::open(&page);
            }
        }),
        Task::Find(field) => find(&field),
        Task::Days(place) => calendar::keep(&place),
        Task::Arrange(place) => arrange::keep(&place),
        Task::Sift(field) => sift::keep(&field),
        Task::Key(key) => keys::press(&key),
        Task::Copy(button) => copy(&button),
        Task::Palette => spawn_local(async {
            if lay_answer(PALETTE, "palette").await.is_none() {
                browser::open(PALETTE_PAGE);
            }
        }),
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Asks the question of a page in a dialog; nothing when it has none, or cannot be read.
async fn ask(page: &str) -> Option<()> {
    let answer = Request::get(page).header("Accept", "text/html").send().await.ok().filter(|answer| answer.ok())?;
    let text = answer.text().await.ok()?;
    let read = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
    let question = read.query_selector("section.dialog").ok()??;
    let dialog: HtmlDialogElement = document()?.create_element("dialog").ok()?.dyn_into().ok()?;
    for name in ["class", "aria-labelledby", "data-testid"] {
        dialog.set_attribute(name, &question.get_attribute(name)?).ok()?;
    }
    // Own markup, which the server drew for that page.
    dialog.set_inner_html(&question.inner_html());
    // What is answered is the page below, as it is then: the browser sends the form and loads it.
    for form in browser::elements(&dialog.query_selector_all("form").ok()?) {
        form.remove_attribute(ACT).ok()?;
    }
    let closing = dialog.clone();
    // The safe way is a link back to the page that lies below; whatever else leads on leaves the question behind.
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&dialog, "click", options, move |event: &Event| {
        if browser::is_within(event, ".dialog-foot a[href]") {
            event.prevent_default();
            event.stop_propagation();
            closing.close();
        }
    })
    .forget();
    lay(&dialog)
}

/// Copies what stands beside a button, and says so below; what cannot be copied is selected.
fn copy(button: &Element) {
    let Ok(Some(group)) = button.closest(".affix") else { return };
    let field = group.query_selector("input").ok().flatten().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let (Some(field), Some(place)) = (field, group.next_element_sibling()) else { return };
    field.select();
    spawn_local(async move {
        let said = if browser::copy(&field.value()).await { "data-copied" } else { "data-blocked" };
        place.set_text_content(place.get_attribute(said).as_deref());
    });
}

/// Lays a dialog over the page; when it is closed it is gone.
fn lay(dialog: &HtmlDialogElement) -> Option<()> {
    browser::more_styles();
    document()?.get_element_by_id("main")?.append_child(dialog).ok()?;
    let laid = dialog.clone();
    EventListener::new(dialog, "close", move |_| laid.remove()).forget();
    dialog.show_modal().ok()
}

/// Lays what a function answers over the page, as the dialog of this name; nothing when it cannot be read.
pub(super) async fn lay_answer(address: &str, name: &str) -> Option<()> {
    if document()?.query_selector(&format!("dialog.{name}")).ok()?.is_some() {
        return Some(());
    }
    let Drawn(markup) = browser::get(address).await?.open().ok()?;
    let dialog: HtmlDialogElement = document()?.create_element("dialog").ok()?.dyn_into().ok()?;
    for (attribute, value) in
        [("class", format!("dialog {name}")), ("aria-labelledby", format!("{name}-title")), ("data-testid", name.to_owned())]
    {
        dialog.set_attribute(attribute, &value).ok()?;
    }
    // Own markup, which the server drew.
    dialog.set_inner_html(&markup);
    let closing = dialog.clone();
    EventListener::new(&dialog, "click", move |event: &Event| {
        // On what was chosen, or beside what it holds, which is the dialog itself.
        let beside = event.target().is_some_and(|target| target == *closing.unchecked_ref::<web_sys::EventTarget>());
        if beside || browser::is_within(event, "a[href]") {
            closing.close();
        }
    })
    .forget();
    lay(&dialog)
}

/// A field, and where what it finds stands.
#[derive(Clone)]
struct Found {
    field: HtmlInputElement,
    list: Element,
}

fn find(field: &HtmlInputElement) {
    let list = field.get_attribute("aria-controls").and_then(|id| document()?.get_element_by_id(&id));
    let Some(list) = list else { return };
    let found = Found { field: field.clone(), list };
    let waiting: Rc<RefCell<Option<Timeout>>> = Rc::default();
    let (typing, keys, leaving, chosen) = (found.clone(), found.clone(), found.clone(), found.clone());
    let typed = move |event: &Event| {
        // What is being composed is no word yet; its end is heard too.
        if event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing) {
            return;
        }
        let found = typing.clone();
        waiting.replace(Some(Timeout::new(WAIT_MS, move || found.look())));
    };
    // They go with their field.
    EventListener::new(field, "input", typed.clone()).forget();
    EventListener::new(field, "compositionend", typed.clone()).forget();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(field, "keydown", options, move |event: &Event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| keys.press(key)) {
            event.prevent_default();
            event.stop_propagation();
        }
    })
    .forget();
    EventListener::new(field, "blur", move |_| {
        let found = leaving.clone();
        // A press on what was found takes the focus before it counts.
        Timeout::new(200, move || found.close()).forget();
    })
    .forget();
    EventListener::new(&found.list, "click", move |_| chosen.close()).forget();
    // Something may have been typed before this file was there.
    if found.is_always_open() || (!field.value().is_empty() && field.value() != field.default_value()) {
        found.look();
    }
}

impl Found {
    fn options(&self) -> Vec<Element> {
        self.list.query_selector_all("[role=option]").map(|found| browser::elements(&found)).unwrap_or_default()
    }

    fn look(&self) {
        let typed = self.field.value().trim().to_owned();
        if typed.is_empty() && !self.is_always_open() {
            return self.close();
        }
        let mut address = self.field.get_attribute("data-live").unwrap_or_default();
        domain::list::encode(&typed, &mut address);
        let found = self.clone();
        spawn_local(async move {
            let answer = browser::get(&address).await;
            // Somebody may have typed on, or left.
            let is_wanted = found.field.value().trim() == typed && found.is_entered();
            if let Some(Ok(Drawn(markup))) = answer.map(|answer| answer.open()).filter(|_| is_wanted) {
                found.show(&markup);
            }
        });
    }

    fn is_always_open(&self) -> bool {
        self.field.has_attribute("data-open")
    }

    fn is_entered(&self) -> bool {
        document().and_then(|document| document.active_element()).is_some_and(|active| active == *self.field.as_ref())
    }

    fn show(&self, markup: &str) {
        self.list.set_inner_html(markup);
        let options = self.options();
        for (at, option) in options.iter().enumerate() {
            option.set_id(&format!("{}-{at}", self.list.id()));
        }
        self.activate(None);
        self.open(!markup.is_empty());
        self.say(match crate::lang() {
            Lang::Zh => format!("{} 个建议", options.len()),
            Lang::En => format!("{} suggestions", options.len()),
        });
    }

    fn open(&self, open: bool) {
        // Attributes of own elements are always taken.
        self.list.toggle_attribute_with_force("hidden", !open).ok();
        self.field.set_attribute("aria-expanded", if open { "true" } else { "false" }).ok();
    }

    fn close(&self) {
        if self.is_always_open() {
            return;
        }
        self.activate(None);
        self.open(false);
        self.say(String::new());
    }

    fn say(&self, words: String) {
        if let Some(place) = self.list.next_element_sibling() {
            place.set_text_content(Some(&words));
        }
    }

    /// The one that Enter follows; its id is what a screen reader hears.
    fn activate(&self, active: Option<usize>) {
        for (at, option) in self.options().into_iter().enumerate() {
            let is_active = active == Some(at);
            option.set_attribute("aria-selected", if is_active { "true" } else { "false" }).ok();
            if is_active {
                option.scroll_into_view_with_bool(false);
                self.field.set_attribute(ACTIVE, &option.id()).ok();
            }
        }
        if active.is_none() {
            self.field.remove_attribute(ACTIVE).ok();
        }
    }

    /// Whether the key was one of this list.
    fn press(&self, key: &KeyboardEvent) -> bool {
        if key.is_composing() || self.list.has_attribute("hidden") {
            return false;
        }
        let options = self.options();
        let active = self.field.get_attribute(ACTIVE).and_then(|id| options.iter().position(|option| option.id() == id));
        match key.key().as_str() {
            "ArrowDown" if !options.is_empty() => self.activate(Some(active.map_or(0, |at| (at + 1) % options.len()))),
            "ArrowUp" if !options.is_empty() => {
                self.activate(Some(active.map_or(options.len(), |at| at + options.len()).saturating_sub(1) % options.len()));
            }
            "Enter" => {
                let Some(option) = active.and_then(|at| options[at].dyn_ref::<HtmlElement>()) else { return false };
                option.click();
            }
            "Escape" if !self.is_always_open() => self.close(),
            _ => return false,
        }
        true
    }
}
