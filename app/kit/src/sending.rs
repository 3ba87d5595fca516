//! Sends the forms of [`crate::act`], and keeps those of [`crate::draft`] while they are typed.
//!
//! One listener for the whole page hears them, because forms are markup that comes and goes. What follows is a file of its own, fetched
//! when somebody first types into a form or sends one: no first load carries it.

#[cfg(target_arch = "wasm32")]
pub use heard::listen;

/// Nothing is sent here.
#[cfg(not(target_arch = "wasm32"))]
pub fn listen(_: crate::act::Said, _: impl Fn(&str) + Clone + 'static) {}

#[cfg(target_arch = "wasm32")]
mod heard {
    use super::sender;
    use crate::{
        act::{ACT, Said},
        browser,
    };
    use gloo::events::{EventListener, EventListenerOptions};
    use leptos::{
        prelude::Owner,
        reactive::computed::ScopedFuture,
        task::spawn_local,
        wasm_split::{SplitLoaderError, wasm_split},
    };
    use std::rc::Rc;
    use wasm_bindgen::JsCast as _;
    use web_sys::{Document, Element, Event, FormData, HtmlElement, HtmlFormElement, SubmitEvent};

    /// The page around the form.
    #[derive(Clone)]
    pub struct Around {
        /// Where a notice is said.
        pub said: Said,
        /// Leads to another page.
        pub navigate: Rc<dyn Fn(&str)>,
    }

    /// What is to be done for a form.
    pub enum Task {
        /// Somebody types into it for the first time.
        Hear(HtmlFormElement),
        /// It is to be sent: with what stands in it now, by this button.
        Send(HtmlFormElement, FormData, Option<HtmlElement>, Around),
    }

    /// The file of the sender did not come.
    pub struct Unloaded;

    impl From<SplitLoaderError> for Unloaded {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    /// Hears the forms of the page for as long as it is there.
    pub fn listen(said: Said, navigate: impl Fn(&str) + Clone + 'static) {
        let Some(document): Option<Document> = web_sys::window().and_then(|window| window.document()) else { return };
        let around = Around { said, navigate: Rc::new(navigate) };
        let owner = Owner::current().unwrap_or_default();
        let here = owner.clone();
        let typed = move |event: &Event| {
            if let Some(form) = ours(event).filter(|form| form.get_attribute(ACT).as_deref() == Some("")) {
                mark(&form, ACT, "heard");
                run(&here, form.clone(), Task::Hear(form));
            }
        };
        let sent = move |event: &Event| {
            let Some(form) = ours(event) else { return };
            let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
            // A button with an address of its own: the browser goes there.
            if event.default_prevented() || button.as_ref().is_some_and(|button| button.has_attribute("formaction")) {
                return;
            }
            let Ok(data) = FormData::new_with_form(&form) else { return };
            event.prevent_default();
            if form.has_attribute("aria-busy") {
                return;
            }
            mark(&form, "aria-busy", "true");
            if let Some((button, name)) = button.as_ref().and_then(|button| Some((button, button.get_attribute("name")?))) {
                // Both are texts, which are always taken.
                data.append_with_str(&name, &button.get_attribute("value").unwrap_or_default()).ok();
            }
            run(&owner, form.clone(), Task::Send(form, data, button, around.clone()));
        };
        EventListener::new(&document, "input", typed).forget();
        EventListener::new_with_options(&document, "submit", EventListenerOptions::enable_prevent_default(), sent).forget();
    }

    fn ours(event: &Event) -> Option<HtmlFormElement> {
        browser::event_form(event).filter(|form| form.has_attribute(ACT))
    }

    fn mark(form: &Element, name: &str, value: &str) {
        // Setting an attribute of an own element does not fail.
        form.set_attribute(name, value).ok();
    }

    /// Does it as soon as the sender is there; without it, the browser sends the form by itself.
    fn run(owner: &Owner, form: HtmlFormElement, task: Task) {
        let sending = matches!(task, Task::Send(..));
        let done = async move {
            if work(task).await.is_err() && sending {
                // Fails only when the form has left its page, and then nobody waits for it.
                form.submit().ok();
            }
        };
        spawn_local(ScopedFuture { owner: owner.clone(), observer: None, fut: done });
    }

    #[wasm_split(send_forms, wasm_split_path = leptos::wasm_split, fallible)]
    fn work(task: Task) -> Result<(), Unloaded> {
        sender::work(task);
        Ok(())
    }
}

#[cfg(target_arch = "wasm32")]
mod sender {
    use super::heard::{Around, Task};
    use crate::{
        act::Said,
        browser,
        call::{Answer, Done, Fault},
        draft, form, lang,
    };
    use domain::{Text, text};
    use gloo::{events::EventListener, timers::callback::Timeout};
    use leptos::{
        prelude::{Owner, Set as _},
        reactive::computed::ScopedFuture,
        task::spawn_local,
    };
    use std::{cell::RefCell, rc::Rc};
    use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement};

    const WORKING: Text = text("正在提交…", "Sending…");
    /// A pause of this length in typing, and the form is kept.
    const DRAFT_WAIT_MS: u32 = 1_000;

    pub fn work(task: Task) {
        match task {
            Task::Hear(form) => hear(&form),
            Task::Send(form, data, button, around) => send(Sent { form, button, around }, data),
        }
    }

    fn spawn(task: impl Future<Output = ()> + 'static) {
        spawn_local(ScopedFuture { owner: Owner::current().unwrap_or_default(), observer: None, fut: task });
    }

    /// A form on its way.
    struct Sent {
        form: HtmlFormElement,
        button: Option<HtmlElement>,
        around: Around,
    }

    fn send(sent: Sent, data: FormData) {
        let word = sent.word(WORKING.at(lang()));
        let action = sent.form.get_attribute("action").unwrap_or_default();
        if sent.form.get_attribute("enctype").as_deref() == Some("multipart/form-data") {
            let place = within(&sent.form, "[data-progress]");
            let owner = Owner::current().unwrap_or_default();
            let progress = move |percent: u32| {
                if let Some(place) = &place {
                    let label = place.get_attribute("data-progress").unwrap_or_default();
                    place.set_inner_html(&crate::upload::progress(percent, &label));
                }
            };
            let answered = move |answer| owner.with(|| sent.answered(answer, word.as_deref()));
            browser::upload(&data, &action, progress, answered);
        } else {
            spawn(async move {
                let answer = match browser::query(&data) {
                    Some(body) => browser::post_form(&action, body).await,
                    None => Err(Fault::broken()),
                };
                sent.answered(answer, word.as_deref());
            });
        }
    }

    impl Sent {
        /// Changes what stands on the button; gives what stood there.
        fn word(&self, word: &str) -> Option<String> {
            let text = self.button.as_ref()?.first_child()?;
            let before = text.node_value();
            text.set_node_value(Some(word));
            before
        }

        fn answered(&self, answer: Answer<Done>, word: Option<&str>) {
            word.and_then(|word| self.word(word));
            // Taking an attribute from an own element does not fail.
            self.form.remove_attribute("aria-busy").ok();
            self.forget();
            match answer {
                Ok(done) => self.finish(done),
                // Sent once more by the browser itself: the server keeps what was typed until its sender is signed in again.
                Err(fault) if fault.code == "AUTH_REQUIRED" && self.form.submit().is_ok() => {}
                Err(fault) => self.refused(&fault),
            }
        }

        fn finish(&self, done: Done) {
            let Said(said) = self.around.said;
            said.set(done.said);
            if let Some(path) = done.to {
                (self.around.navigate)(&path);
            }
        }

        /// The places of its sentences; the summary may stand beside it.
        fn summary(&self) -> Option<Element> {
            let action = self.form.get_attribute("action").unwrap_or_default();
            let place = format!("[data-summary={action:?}]");
            within(&self.form, &place).or_else(|| browser::all(&place).into_iter().next())
        }

        fn field(&self, name: &str) -> Option<(Element, Option<Element>)> {
            Some((within(&self.form, &format!("[id={:?}]", format!("{name}-error")))?, within(&self.form, &format!("[id={name:?}]"))))
        }

        /// What was wrong before is not said any more.
        fn forget(&self) {
            for place in self.summary().into_iter().chain(each(&self.form, ".error, [data-progress]")) {
                place.set_inner_html("");
            }
            for field in each(&self.form, "[aria-invalid]") {
                field.remove_attribute("aria-invalid").ok();
            }
        }

        fn refused(&self, fault: &Fault) {
            if let Some((place, control)) = fault.field.as_deref().and_then(|field| self.field(field)) {
                place.set_inner_html(&form::complaint(&fault.message));
                if let Some(control) = control {
                    control.set_attribute("aria-invalid", "true").ok();
                }
            }
            if let Some(place) = self.summary() {
                let title = place.get_attribute("data-title").unwrap_or_default();
                place.set_inner_html(&form::summary(fault, &title, lang()));
                browser::focus("error-summary");
            } else {
                self.around.said.0.set(Some(fault.message.clone()));
            }
        }
    }

    fn within(form: &HtmlFormElement, selector: &str) -> Option<Element> {
        form.query_selector(selector).ok().flatten()
    }

    fn each(form: &HtmlFormElement, selector: &str) -> Vec<Element> {
        form.query_selector_all(selector).map(|found| browser::elements(&found)).unwrap_or_default()
    }

    /// Keeps the form a moment after each change, if it has a place to say so. Not while it is being sent: then it has done.
    fn hear(form: &HtmlFormElement) {
        let Some(place) = within(form, &format!("#{}", draft::STATE)) else { return };
        let owner = Owner::current().unwrap_or_default();
        let waiting: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let (source, ending) = (form.clone(), waiting.clone());
        let changed = move || {
            let (owner, form, place) = (owner.clone(), source.clone(), place.clone());
            // Replacing the one that waits ends it: people are still typing.
            waiting.replace(Some(Timeout::new(DRAFT_WAIT_MS, move || owner.with(|| keep(form, place)))));
        };
        changed();
        // They go with their form.
        EventListener::new(form, "input", move |_: &Event| changed()).forget();
        // What is sent is not kept as well: it would come back after it was taken.
        EventListener::new(form, "submit", move |_: &Event| drop(ending.take())).forget();
    }

    fn keep(form: HtmlFormElement, place: Element) {
        if !form.is_connected() || form.has_attribute("aria-busy") {
            return;
        }
        let Some(body) = FormData::new_with_form(&form).ok().and_then(|data| browser::query(&data)) else { return };
        let action = form.get_attribute("action").unwrap_or_default();
        spawn(async move {
            let kept = browser::post_form(&format!("/fn/drafts/keep?form={action}"), body).await.is_ok();
            place.set_text_content(Some(draft::said(kept).at(lang())));
        });
    }
}
