//! The only place that touches the browser. On the server each function does nothing.

#[cfg(target_arch = "wasm32")]
mod wasm {
    use crate::call::{Answer, Done, Fault};
    use crate::packed::{self, Outcome};
    use crate::page::current;
    use crate::visit::Visit;
    use domain::{Lang, Moment};
    use gloo::{
        net::http::{Request, Response},
        timers::callback::Timeout,
    };
    use serde::de::DeserializeOwned;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Event, FormData, HtmlElement, HtmlFormElement, KeyboardEvent, NodeList, ProgressEvent, UrlSearchParams, XmlHttpRequest};

    fn document() -> Option<web_sys::Document> {
        web_sys::window().and_then(|window| window.document())
    }

    /// The visit that the server put into the page.
    #[must_use]
    pub fn carried_visit() -> Option<Visit> {
        let document = document()?;
        let english = document.document_element()?.get_attribute("lang").is_some_and(|lang| lang == Lang::En.tag());
        let app = document.get_element_by_id("app")?;
        let text = |name: &str| app.get_attribute(name).unwrap_or_default();
        Some(Visit {
            lang: if english { Lang::En } else { Lang::Zh },
            demo: app.has_attribute("data-demo"),
            here: text("data-here"),
            icons: text("data-icons"),
            now: Moment(text("data-now").parse().unwrap_or_default()),
            ..Visit::default()
        })
    }

    /// What an element of the page carries as JSON.
    #[must_use]
    pub fn carried<T: DeserializeOwned>(id: &str) -> Option<T> {
        let text = document()?.get_element_by_id(id)?.text_content()?;
        packed::read(&text)
    }

    /// Path, query and attribute of the form that an event belongs to, when the form has the attribute.
    #[must_use]
    pub fn form_parts(event: &Event, attribute: &str) -> Option<(String, String, String)> {
        let form = event_form(event)?;
        let given = form.get_attribute(attribute)?;
        Some((form.get_attribute("action")?, query_of(&form)?, given))
    }

    fn query_of(form: &HtmlFormElement) -> Option<String> {
        query(&FormData::new_with_form(form).ok()?)
    }

    /// What stands in a form, as the query string it would be sent as. Files are left out.
    #[must_use]
    pub fn query(data: &FormData) -> Option<String> {
        let params = UrlSearchParams::new_with_str_sequence_sequence(data).ok()?;
        Some(params.to_string().into())
    }

    /// The form that an event belongs to.
    #[must_use]
    pub fn event_form(event: &Event) -> Option<HtmlFormElement> {
        let target = event.target()?;
        match target.dyn_into::<HtmlFormElement>() {
            Ok(form) => Some(form),
            Err(target) => target.dyn_into::<HtmlElement>().ok()?.closest("form").ok()??.dyn_into().ok(),
        }
    }

    /// The event comes from an element that a selector names, or from inside one.
    #[must_use]
    pub fn is_within(event: &Event, selector: &str) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
    }

    /// The event comes from a field in which people type text: it applies on Enter, not while typing.
    #[must_use]
    pub fn is_typing(event: &Event) -> bool {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        field.is_some_and(|field| matches!(field.type_().as_str(), "search" | "text"))
    }

    /// What shows an answer waits for the next one, or has it.
    pub fn waits(waits: bool) {
        for place in all("[data-waits]") {
            // Setting an attribute of an own element does not fail.
            place.set_attribute("aria-busy", if waits { "true" } else { "false" }).ok();
        }
    }

    /// Sends a form by script and reads the answer.
    pub async fn post_form(action: &str, body: String) -> Answer<Done> {
        let request = Request::post(action)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body)
            .map_err(|_| Fault::broken())?;
        let response = request.send().await.map_err(|_| Fault::away())?;
        read(response).await
    }

    /// Asks a reading function for its answer; gives nothing when the server cannot be reached.
    pub async fn get(address: &str) -> Option<Outcome> {
        let response = Request::get(address).header("Accept", "application/json").send().await.ok()?;
        Some(Outcome::text(&response.text().await.ok()?, response.ok()))
    }

    async fn read<T: DeserializeOwned>(response: Response) -> Answer<T> {
        let text = response.text().await.map_err(|_| Fault::away())?;
        if response.ok() { packed::read(&text).ok_or_else(Fault::broken) } else { Err(packed::read(&text).unwrap_or_else(Fault::broken)) }
    }

    /// The page is taken over: what is drawn from now on is not what the server drew.
    #[must_use]
    pub fn is_ready() -> bool {
        document().and_then(|document| document.document_element()).is_some_and(|root| root.has_attribute("data-ready"))
    }

    /// Names the window.
    pub fn set_title(title: &str) {
        if let Some(document) = document() {
            document.set_title(title);
        }
    }

    /// Does something after a while.
    pub fn later(seconds: u32, act: impl FnOnce() + 'static) {
        Timeout::new(seconds.saturating_mul(1_000), act).forget();
    }

    /// Lets the second style sheet in, which waits in the head until a page needs it.
    pub fn more_styles() {
        if let Some(sheet) = document().and_then(|document| document.get_element_by_id("more-css")) {
            // Taking an attribute from an own element does not fail.
            sheet.remove_attribute("disabled").ok();
        }
    }

    /// The frame around the pages follows to another page: its links tell where the reader is, its forms come back here.
    pub fn follow(path: &str, search: &str) {
        let address = if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") };
        for link in all("[data-at]") {
            let at = link.get_attribute("data-at").unwrap_or_default();
            // Setting an attribute of an own element does not fail.
            match current(&at, link.has_attribute("data-exact"), path) {
                Some(word) => link.set_attribute("aria-current", word).ok(),
                None => link.remove_attribute("aria-current").ok(),
            };
        }
        for field in all("[data-follows]") {
            field.set_attribute("value", &address).ok();
        }
    }

    /// Looks for new messages now and then, as long as somebody sees the page.
    pub fn watch_unread() {
        later(domain::message::LOOK_SECONDS, || {
            look_for_unread();
            watch_unread();
        });
    }

    /// Writes the number of unread messages into the bell. What does not come is looked for next time.
    pub fn look_for_unread() {
        let Some(document) = document().filter(|document| !document.hidden()) else { return };
        let Some(count) = document.get_element_by_id("unread") else { return };
        leptos::task::spawn_local(async move {
            let Some(text) = get("/fn/messages/unread").await.and_then(Outcome::plain) else { return };
            if let Some(badge) = count.parent_element() {
                // Writing to an own element does not fail.
                badge.toggle_attribute_with_force("hidden", &*text == "0").ok();
            }
            count.set_text_content(Some(if text.len() > 2 { "99+" } else { &text }));
        });
    }

    /// The elements that a selector names.
    #[must_use]
    pub fn all(selector: &str) -> Vec<web_sys::Element> {
        let found = document().and_then(|document| document.query_selector_all(selector).ok());
        found.map(|found| elements(&found)).unwrap_or_default()
    }

    /// The elements of a list.
    #[must_use]
    pub fn elements(found: &NodeList) -> Vec<web_sys::Element> {
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
    }

    /// Sends a form with its files by script. `progress` gets percent, `done` the answer. Fetch tells no upload progress, so this is
    /// the older request object.
    pub fn upload(data: &FormData, action: &str, progress: impl Fn(u32) + 'static, done: impl Fn(Answer<Done>) + 'static) {
        let opened = XmlHttpRequest::new().and_then(|request| {
            request.open("POST", action)?;
            request.set_request_header("Accept", "application/json")?;
            Ok(request)
        });
        let Ok(request) = opened else { return done(Err(Fault::broken())) };
        let percent = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            let (loaded, total) = (event.loaded() as u64, event.total() as u64);
            progress(u32::try_from(loaded.saturating_mul(100) / total.max(1)).unwrap_or(100));
        });
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(percent.as_ref().unchecked_ref()));
        }
        let sent = request.clone();
        let end = Closure::<dyn Fn()>::new(move || {
            let text = sent.response_text().ok().flatten().unwrap_or_default();
            let answer = match sent.status() {
                Ok(200..=299) => packed::read(&text).ok_or_else(Fault::broken),
                Ok(1..) => Err(packed::read(&text).unwrap_or_else(Fault::broken)),
                _ => Err(Fault::away()),
            };
            done(answer);
        });
        request.set_onloadend(Some(end.as_ref().unchecked_ref()));
        // One upload per page: the closures live as long as it.
        percent.forget();
        end.forget();
        // What can't be sent ends as one that got no answer.
        request.send_with_opt_form_data(Some(data)).ok();
    }

    /// Opens an address with a full load.
    pub fn open(path: &str) {
        if let Some(window) = web_sys::window() {
            // Only a broken address fails here, and ours are own paths.
            window.location().assign(path).ok();
        }
    }

    /// Puts the focus on an element, which what has just changed may still have to draw.
    pub fn focus(id: &'static str) {
        Timeout::new(0, move || {
            let element =
                document().and_then(|document| document.get_element_by_id(id)).and_then(|element| element.dyn_into::<HtmlElement>().ok());
            if let Some(element) = element {
                element.focus().ok();
            }
        })
        .forget();
    }

    /// Closes the menus and the sheet of a page after a choice was applied.
    pub fn close_menus() {
        for details in all("details[name][open]") {
            details.remove_attribute("open").ok();
        }
        for sheet in all(":popover-open") {
            // Refused only when it is closed already.
            sheet.dyn_into::<HtmlElement>().ok().and_then(|sheet| sheet.hide_popover().ok());
        }
    }

    /// A row is chosen (`kit::selection`).
    #[must_use]
    pub fn is_picking() -> bool {
        !all(".pick:checked").is_empty()
    }

    /// Listens to the keys of the whole page: Escape closes an open menu and gives the focus back, `/` goes to the search field; those that
    /// work a list are `kit::overlay`'s.
    pub fn listen_to_keys() {
        let Some(document) = document() else { return };
        let pressed = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| match event.key().as_str() {
            "Escape" => leave_menu(),
            // The field of the header; on phones and on the console, where there is none, the palette.
            "k" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                if !focus_first(".header .search input") {
                    crate::overlay::palette();
                }
            }
            "/" if is_alone(&event) && (focus_first("[data-testid=search-input]") || focus_first(".header input[type=search]")) => {
                event.prevent_default()
            }
            key @ ("j" | "k" | "x" | "e" | "?") if is_alone(&event) => crate::overlay::press(key),
            _ => {}
        });
        document.add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref()).ok();
        // Once per load, for as long as the page is there.
        pressed.forget();
    }

    /// Where a key is typed, or waits for a choice; and everywhere for those who have switched such keys off (WCAG 2.1.4).
    const NO_KEYS: &str = "input:not([type=checkbox]),textarea,select,[contenteditable],[data-no-keys]";

    /// The key was pressed by itself, and means nothing where it was pressed.
    fn is_alone(event: &KeyboardEvent) -> bool {
        !is_within(event, NO_KEYS) && !event.ctrl_key() && !event.meta_key() && !event.alt_key()
    }

    fn leave_menu() {
        let open = document().and_then(|document| document.query_selector("details[name][open]").ok().flatten());
        let Some(menu) = open else { return };
        menu.remove_attribute("open").ok();
        let summary = menu.query_selector("summary").ok().flatten().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
        if let Some(summary) = summary {
            summary.focus().ok();
        }
    }

    fn focus_first(selector: &str) -> bool {
        let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
        let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return false };
        // What is not drawn has no place, and takes no focus.
        element.offset_parent().is_some() && element.focus().is_ok()
    }

    /// Copies a text; false when the browser does not allow it.
    pub async fn copy(text: &str) -> bool {
        let Some(window) = web_sys::window() else { return false };
        let clipboard = js_get(&js_get(&window, "navigator"), "clipboard");
        let Ok(write) = js_get(&clipboard, "writeText").dyn_into::<js_sys::Function>() else { return false };
        let asked = write.call1(&clipboard, &JsValue::from_str(text)).and_then(|asked| asked.dyn_into::<js_sys::Promise>());
        match asked {
            Ok(asked) => JsFuture::from(asked).await.is_ok(),
            Err(_) => false,
        }
    }

    fn js_get(object: &JsValue, key: &str) -> JsValue {
        js_sys::Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
    }
}

#[cfg(target_arch = "wasm32")]
pub use wasm::{
    all, carried, carried_visit, close_menus, copy, elements, event_form, focus, follow, form_parts, get, is_picking, is_ready, is_typing,
    is_within, later, listen_to_keys, look_for_unread, more_styles, open, post_form, query, set_title, upload, waits, watch_unread,
};

#[cfg(not(target_arch = "wasm32"))]
mod server {
    use crate::page::PageHead;
    use crate::visit::Visit;
    use leptos::prelude::use_context;

    /// The title goes into the head once the page is drawn.
    pub fn set_title(title: &str) {
        if let Some(head) = use_context::<PageHead>() {
            head.note(|notes| title.clone_into(&mut notes.title));
        }
    }

    /// A page is drawn once here.
    pub fn later(_: u32, _: impl FnOnce() + 'static) {}

    /// The sheet is linked once the page is drawn.
    pub fn more_styles() {
        if let Some(head) = use_context::<PageHead>() {
            head.note(|notes| notes.more_styles = true);
        }
    }

    /// The frame is drawn for its page here.
    pub const fn follow(_: &str, _: &str) {}

    /// The bell is drawn with the page here.
    pub const fn watch_unread() {}

    /// The bell is drawn with the page here.
    pub const fn look_for_unread() {}

    /// The visit comes from the request here.
    #[must_use]
    pub const fn carried_visit() -> Option<Visit> {
        None
    }

    /// No events here.
    #[must_use]
    pub fn is_typing<E>(_: &E) -> bool {
        false
    }

    /// Nothing opens here.
    pub const fn open(_: &str) {}

    /// Nothing has focus here.
    pub const fn focus(_: &str) {}

    /// Nothing is open here.
    pub const fn close_menus() {}

    /// Nothing is chosen here.
    #[must_use]
    pub const fn is_picking() -> bool {
        false
    }

    /// No keys here.
    pub const fn listen_to_keys() {}

    /// There is no clipboard here.
    pub async fn copy(_: &str) -> bool {
        false
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use server::{
    carried_visit, close_menus, copy, focus, follow, is_picking, is_typing, later, listen_to_keys, look_for_unread, more_styles, open,
    set_title, watch_unread,
};
