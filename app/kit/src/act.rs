//! Acts: forms that change something. They are plain forms, answered with 303; with script the same form is sent by fetch
//! ([`crate::sending`]) and its answer shown without a reload. One code path draws both answers.

use crate::{
    call::Fault,
    form::complaint,
    visit::{Kept, kept},
};
use leptos::prelude::*;

/// Marks a form that [`crate::sending`] sends.
pub const ACT: &str = "data-act";

/// One form: where it is sent, and how it came back when this page is its answer.
#[derive(Clone, Copy)]
pub struct Act {
    /// The path it is sent to.
    pub action: &'static str,
    kept: StoredValue<Option<Kept>>,
}

/// What was said last; the layout shows it.
#[derive(Clone, Copy)]
pub struct Said(pub RwSignal<Option<String>>);

/// The form that is sent to `action`; begins with the kept answer, if this form led here.
#[must_use]
pub fn use_act(action: &'static str) -> Act {
    Act { action, kept: StoredValue::new(kept().filter(|kept| kept.action == action)) }
}

impl Act {
    /// The form as it comes back with a fault.
    #[must_use]
    pub fn refused(action: &'static str, fault: Fault) -> Self {
        let kept = Kept { action: action.to_owned(), fault: Some(fault), ..Kept::default() };
        Self { action, kept: StoredValue::new(Some(kept)) }
    }

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

    /// Why it did not happen.
    #[must_use]
    pub fn fault(self) -> Option<Fault> {
        self.kept.with_value(|kept| kept.as_ref()?.fault.clone())
    }

    /// The sentence for a field, as markup.
    #[must_use]
    pub fn error(self, field: &str) -> String {
        let fault = self.fault().filter(|fault| fault.field.as_deref() == Some(field));
        fault.map(|fault| complaint(&fault.message)).unwrap_or_default()
    }

    /// `true` for a field that is wrong.
    #[must_use]
    pub fn invalid(self, field: &str) -> Option<&'static str> {
        self.fault().filter(|fault| fault.field.as_deref() == Some(field)).map(|_| "true")
    }
}

/// A form that changes something. `native` leaves it to the browser: signing in and out, which change the whole page.
#[component]
pub fn ActForm(
    /// The form.
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
    view! {
        <form class=class method="post" action=act.action data-act=(!native).then_some("")>
            <From/>
            {children()}
        </form>
    }
    .into_any()
}

/// Where the form stands, for answers without script; follows the address.
#[component]
pub fn From() -> AnyView {
    view! { <input type="hidden" name="from" value=here().get_untracked() data-follows=""/> }.into_any()
}

/// Path and query of this page.
#[must_use]
pub fn here() -> ArcSignal<String> {
    let here = crate::pages::here();
    ArcSignal::derive(move || here.address())
}
