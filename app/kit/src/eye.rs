//! The eye: personal data are masked, and this button shows them for one view (domain.md 4.7).
//!
//! It is a plain form, with script and without. Its function writes into the audit log who looks at what, and answers with the address it
//! was asked for; that answer is kept for the next page alone, as any form's is. So a page asks whether it [`is_open`], nothing of it stands
//! in an address that can be passed on, and the next view is masked again. Lists that are drawn once for many readers never see it: a kept
//! answer keeps a page from being remembered (`sheet`).

use crate::{icon::Icon, page::more_styles, visit::kept};
use domain::{Text, list::pairs};
use leptos::prelude::*;

/// An eye.
#[derive(Clone, Debug)]
pub struct Eye {
    /// The function that writes down who looks.
    pub action: &'static str,
    /// What it is told, besides where the form stands.
    pub fields: Vec<(&'static str, String)>,
    /// What it shows, such as "show customer names": the same whether it is open or not.
    pub label: Text,
    /// The address of this page in its one written form.
    pub address: String,
}

/// What is masked at `address` is to be shown in this view.
#[must_use]
pub fn is_open(address: &str) -> bool {
    kept().is_some_and(|kept| kept.fault.is_none() && kept.revealed.as_deref() == Some(address))
}

impl Eye {
    /// The button: a sign alone, for the head of a column or behind a value.
    #[must_use]
    pub fn sign(&self) -> AnyView {
        self.form("eye", |is_open, label| {
            let icon = if is_open { view! { <Icon name="eye"/> } } else { view! { <Icon name="eye-off"/> } };
            let pressed = if is_open { "true" } else { "false" };
            // After the new page has come, whoever pressed it is where they were.
            view! {
                <button class="icon-btn" aria-pressed=pressed aria-label=label title=label autofocus=is_open data-testid="eye">{icon}</button>
            }
            .into_any()
        })
    }

    /// The same with its words, for phones, where a table has no heads.
    #[must_use]
    pub fn words(&self) -> AnyView {
        self.form("eye phone-only", |is_open, label| {
            let icon = if is_open {
                view! { <Icon name="eye" size="s"/> }
            } else {
                view! { <Icon name="eye-off" size="s"/> }
            };
            let pressed = if is_open { "true" } else { "false" };
            view! { <button class="btn s" aria-pressed=pressed data-testid="eye-words">{icon}{label}</button> }.into_any()
        })
    }

    /// Shut again it is the page as it is asked for by its address.
    fn form(&self, class: &'static str, button: impl FnOnce(bool, &'static str) -> AnyView) -> AnyView {
        more_styles();
        let hidden = |name: String, value: String| view! { <input type="hidden" name=name value=value/> };
        let (is_open, label) = (is_open(&self.address), self.label.at(crate::lang()));
        let button = button(is_open, label);
        if is_open {
            let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
            let fields = pairs(query).into_iter().map(|(name, value)| hidden(name, value));
            return view! { <form class=class method="get" action=path.to_owned()>{fields.collect_view()}{button}</form> }.into_any();
        }
        let fields = self.fields.iter().map(|(name, value)| hidden((*name).to_owned(), value.clone()));
        view! {
            <form class=class method="post" action=self.action>
                {hidden("from".to_owned(), self.address.clone())}
                {fields.collect_view()}
                {button}
            </form>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        call::Fault,
        drawn::drawn,
        visit::{Kept, Visit},
    };
    use domain::text;

    const ADDRESS: &str = "/a?q=1&q=2";

    fn drawn_after(kept: Option<Kept>) -> String {
        let eye = Eye {
            action: "/fn/a/reveal",
            fields: vec![("list", "b".to_owned())],
            label: text("显示名称", "Show names"),
            address: ADDRESS.to_owned(),
        };
        Owner::new().with(|| {
            provide_context(StoredValue::new(Visit { kept, ..Visit::default() }));
            drawn(eye.sign()).0
        })
    }

    fn answer() -> Kept {
        Kept { said: Some("done".to_owned()), revealed: Some(ADDRESS.to_owned()), ..Kept::default() }
    }

    #[test]
    fn a_shut_eye_asks_for_it_and_an_open_one_leads_back_to_the_address() {
        let shut = drawn_after(None);
        assert!(shut.contains("method=\"post\" action=\"/fn/a/reveal\""), "{shut}");
        assert!(shut.contains("name=\"list\" value=\"b\"") && shut.contains("value=\"/a?q=1&amp;q=2\""), "{shut}");
        assert!(shut.contains("aria-pressed=\"false\"") && shut.contains("aria-label=\"显示名称\""), "{shut}");
        let open = drawn_after(Some(answer()));
        assert!(open.contains("method=\"get\" action=\"/a\"") && open.contains("aria-pressed=\"true\""), "{open}");
        assert!(open.contains("name=\"q\" value=\"1\"") && open.contains("name=\"q\" value=\"2\""), "{open}");
    }

    #[test]
    fn it_opens_for_the_answer_of_its_own_address_alone() {
        let shut = drawn_after(None);
        let elsewhere = Kept { revealed: Some("/a?q=1".to_owned()), ..answer() };
        let refused = Kept { fault: Some(Fault::default()), ..answer() };
        let typed = Kept { revealed: None, values: vec![("revealed".to_owned(), ADDRESS.to_owned())], ..answer() };
        for kept in [elsewhere, refused, typed] {
            assert_eq!(drawn_after(Some(kept.clone())), shut, "{kept:?}");
        }
    }
}
