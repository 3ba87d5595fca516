//! Acts: forms that change something. Without script they are plain forms answered with 303; with script the same form is sent
//! by fetch and its answer shown without a reload. One code path draws both answers.

use crate::{
    browser,
    call::{Done, Fault},
    visit::{Kept, kept},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// The state of one form.
#[derive(Clone, Copy)]
pub struct Act {
    /// The path it is sent to.
    pub action: &'static str,
    /// It is on its way.
    pub busy: RwSignal<bool>,
    /// Why it did not happen.
    pub fault: RwSignal<Option<Fault>>,
    kept: StoredValue<Option<Kept>>,
}

/// What was said last; the layout shows it.
#[derive(Clone, Copy)]
pub struct Said(pub RwSignal<Option<String>>);

/// The state of the form that is sent to `action`; begins with the kept answer, if this form led here.
#[must_use]
pub fn use_act(action: &'static str) -> Act {
    let kept = kept().filter(|kept| kept.action == action);
    let fault = kept.as_ref().and_then(|kept| kept.fault.clone());
    Act { action, busy: RwSignal::new(false), fault: RwSignal::new(fault), kept: StoredValue::new(kept) }
}

impl Act {
    /// What stands in a field at first: what was typed before, else `otherwise`.
    #[must_use]
    pub fn value(self, field: &str, otherwise: &str) -> String {
        self.kept.with_value(|kept| kept.as_ref().and_then(|kept| kept.value(field)).unwrap_or(otherwise).to_owned())
    }

    /// A box is ticked at first: as it was sent, else `otherwise`.
    #[must_use]
    pub fn ticked(self, field: &str, option: &str, otherwise: bool) -> bool {
        let sent = |kept: &Kept| kept.values.iter().any(|(name, value)| name == field && value == option);
        self.kept.with_value(|kept| kept.as_ref().map_or(otherwise, sent))
    }

    /// What stands in the form was kept while it was typed and never sent.
    #[must_use]
    pub fn is_draft(self) -> bool {
        self.kept.with_value(|kept| kept.as_ref().is_some_and(|kept| kept.draft))
    }

    /// The form is on its way. A reader may leave while the page is still being written, and its signals are gone before what asks
    /// them; so this and the signals below ask without insisting.
    #[must_use]
    pub fn is_busy(self) -> bool {
        self.busy.try_get().unwrap_or_default()
    }

    /// The sentence for a field.
    #[must_use]
    pub fn error(self, field: &'static str) -> ArcSignal<Option<String>> {
        let fault = self.fault;
        let of_field =
            move |fault: &Option<Fault>| Some(fault.as_ref().filter(|fault| fault.field.as_deref() == Some(field))?.message.clone());
        ArcSignal::derive(move || fault.try_with(of_field).flatten())
    }

    /// `true` while the form is on its way.
    #[must_use]
    pub fn working(self) -> ArcSignal<Option<&'static str>> {
        ArcSignal::derive(move || self.is_busy().then_some("true"))
    }

    /// `true` while a field is wrong.
    #[must_use]
    pub fn invalid(self, field: &'static str) -> ArcSignal<Option<&'static str>> {
        let error = self.error(field);
        ArcSignal::derive(move || error.get().map(|_| "true"))
    }

    /// The sentence for the form as a whole.
    #[must_use]
    pub fn error_of_form(self) -> ArcSignal<Option<Fault>> {
        let fault = self.fault;
        ArcSignal::derive(move || fault.try_get().flatten())
    }
}

/// A form that changes something. `native` leaves it to the browser: signing in and out, which change the whole page.
#[component]
pub fn ActForm(
    /// Its state.
    act: Act,
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// The browser sends it, script or not.
    #[prop(optional)]
    native: bool,
    /// Fields and buttons.
    children: Children,
) -> AnyView {
    let here = here();
    let navigate = use_navigate();
    let said = use_context::<Said>();
    let submit = move |event: SubmitEvent| {
        if native || browser::goes_elsewhere(&event) {
            return;
        }
        event.prevent_default();
        if act.busy.get_untracked() {
            return;
        }
        let (Some(mut body), Some(form)) = (browser::form_query(&event), browser::form_of(&event)) else { return };
        if let Some((name, value)) = browser::submitter(&event) {
            body.push_str(&format!("&{name}="));
            domain::list::encode(&value, &mut body);
        }
        act.busy.set(true);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let answer = browser::post_form(act.action, body).await;
            act.busy.set(false);
            match answer {
                Ok(done) => {
                    act.fault.set(None);
                    finish(done, said, &navigate);
                }
                // Sent once more by the browser itself: the server keeps what was typed until its sender is signed in again.
                Err(fault) if fault.code == "AUTH_REQUIRED" && form.send() => {}
                Err(fault) => {
                    act.fault.set(Some(fault));
                    browser::focus("error-summary");
                }
            }
        });
    };
    view! {
        <form class=class method="post" action=act.action on:submit=submit aria-busy=act.working()>
            <input type="hidden" name="from" value=here/>
            {children()}
        </form>
    }
    .into_any()
}

fn finish(done: Done, said: Option<Said>, navigate: &impl Fn(&str, leptos_router::NavigateOptions)) {
    if let Some(said) = said {
        said.0.set(done.said);
    }
    if let Some(path) = done.to {
        navigate(&path, leptos_router::NavigateOptions { resolve: false, ..Default::default() });
    }
}

/// Path and query of this page, for answers without script.
#[must_use]
pub fn here() -> ArcSignal<String> {
    let here = crate::pages::here();
    ArcSignal::derive(move || here.address())
}
