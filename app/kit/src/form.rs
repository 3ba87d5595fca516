//! Form fields: label above, error and hint below, what was typed kept (ux.md section 3).

use crate::{act::Act, call::Fault, drawn::escaped, icon::Icon, lang, visit::visit, words};
use domain::{Lang, Text};
use leptos::prelude::*;

/// A hidden field.
#[component]
pub fn Hidden(
    /// Its name.
    name: &'static str,
    /// Its value.
    #[prop(into)]
    value: String,
) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// A text field.
#[component]
pub fn Field(
    /// The form.
    act: Act,
    /// Its name and id.
    name: &'static str,
    /// Its label.
    label: Text,
    /// `text`, `password`, `date`, `url`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// It may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Longest text in UTF-16 units, as browsers count.
    #[prop(optional)]
    most: Option<usize>,
    /// The line below.
    #[prop(optional)]
    hint: Option<Text>,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
) -> AnyView {
    let lang = lang();
    let first = if kind == "password" { String::new() } else { act.value(name, &value) };
    view! {
        <div class="field">
            <FieldLabel name label optional/>
            <input
                class="input l"
                id=name
                name=name
                type=kind
                value=first
                required=!optional
                maxlength=most.map(|most| most.to_string())
                autocomplete=autocomplete
                aria-invalid=act.invalid(name)
                aria-describedby=described(name, hint.is_some())
            />
            <FieldError act name/>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint.at(lang)}</p> })}
        </div>
    }
    .into_any()
}

/// A text of several lines.
#[component]
pub fn TextArea(
    /// The form.
    act: Act,
    /// Its name and id.
    name: &'static str,
    /// Its label.
    label: Text,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// It may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Longest text.
    most: usize,
    /// The line below.
    hint: Text,
) -> AnyView {
    let lang = lang();
    let first = act.value(name, &value);
    view! {
        <div class="field">
            <FieldLabel name label optional/>
            <textarea
                class="input"
                id=name
                name=name
                required=!optional
                maxlength=most.to_string()
                aria-invalid=act.invalid(name)
                aria-describedby=described(name, true)
            >
                {first}
            </textarea>
            <FieldError act name/>
            <p class="hint" id=format!("{name}-hint")>{hint.at(lang)}</p>
        </div>
    }
    .into_any()
}

/// A choice of few.
#[component]
pub fn Select(
    /// The form.
    act: Act,
    /// Its name and id.
    name: &'static str,
    /// Its label.
    label: Text,
    /// Key and word of each option.
    options: Vec<(&'static str, String)>,
    /// The option chosen at first.
    #[prop(into)]
    value: String,
) -> AnyView {
    let first = act.value(name, &value);
    let options = options.into_iter().map(|(key, word)| view! { <option value=key selected=key == first>{word}</option> }).collect_view();
    view! {
        <div class="field">
            <FieldLabel name label optional=false/>
            <span class="select">
                <select class="input" id=name name=name>{options}</select>
                <Icon name="chevron-down" size="s"/>
            </span>
            <FieldError act name/>
        </div>
    }
    .into_any()
}

/// Ticks of one name.
#[component]
pub fn Checks(
    /// The form.
    act: Act,
    /// The name they share.
    name: &'static str,
    /// Their legend.
    legend: Text,
    /// Key, word, and whether it is ticked at first.
    options: Vec<(&'static str, &'static str, bool)>,
    /// The line below.
    #[prop(optional)]
    hint: Option<Text>,
) -> AnyView {
    let lang = lang();
    let boxes = options
        .into_iter()
        .map(|(key, word, first)| {
            let ticked = act.ticked(name, key, first);
            view! { <label class="check"><input type="checkbox" name=name value=key checked=ticked/><span>{word}</span></label> }
        })
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend>{legend.at(lang)}</legend>
            <div class="row">{boxes}</div>
            {hint.map(|hint| view! { <p class="hint">{hint.at(lang)}</p> })}
        </fieldset>
    }
    .into_any()
}

#[component]
fn FieldLabel(name: &'static str, label: Text, optional: bool) -> AnyView {
    let lang = lang();
    let mark = optional.then(|| view! { <span class="optional">{words::OPTIONAL.at(lang)}</span> });
    view! { <label for=name>{label.at(lang)}{mark}</label> }.into_any()
}

/// The place of the sentence under a field: empty as long as nothing is wrong.
#[component]
pub fn FieldError(
    /// The form.
    act: Act,
    /// The field.
    name: &'static str,
) -> AnyView {
    view! { <p class="error" id=format!("{name}-error") inner_html=act.error(name)></p> }.into_any()
}

/// The sentence under a field, as markup.
pub(crate) fn complaint(message: &str) -> String {
    let icons = visit().with_value(|visit| visit.icons.clone());
    let message = escaped(message);
    format!(r#"<svg class="icon s" aria-hidden="true"><use href="{icons}#alert-circle"></use></svg><span>{message}</span>"#)
}

fn described(name: &'static str, hint: bool) -> String {
    if hint { format!("{name}-error {name}-hint") } else { format!("{name}-error") }
}

/// The place of what is wrong with a form, on top of it: empty as long as nothing is.
#[component]
pub fn ErrorSummary(
    /// The form.
    act: Act,
    /// What did not happen.
    title: Text,
) -> AnyView {
    let lang = lang();
    let title = title.at(lang);
    let markup = act.fault().map(|fault| summary(&fault, title, lang)).unwrap_or_default();
    view! { <div class="place" data-summary=act.action data-title=title inner_html=markup></div> }.into_any()
}

/// What is wrong with a form, as markup; takes the focus and leads to the field.
pub(crate) fn summary(fault: &Fault, title: &str, lang: Lang) -> String {
    let (title, code, message) = (escaped(title), escaped(&fault.code), escaped(&fault.message));
    let line = match &fault.field {
        Some(field) => format!(r##"<a href="#{}" rel="external">{message}</a>"##, escaped(field)),
        None => format!("<span>{message}</span>"),
    };
    let id = if fault.status >= 500 {
        format!(r#"<li class="mono">{} {}</li>"#, words::REQUEST_ID.at(lang), escaped(&fault.request_id))
    } else {
        String::new()
    };
    format!(
        r#"<div class="error-summary" id="error-summary" role="alert" tabindex="-1" autofocus data-testid="error-summary" data-code="{code}"><h2>{title}</h2><ul><li>{line}</li>{id}</ul></div>"#
    )
}

/// A notice in the page.
#[component]
pub fn Notice(
    /// `wait`, `act`, `good`, `bad` or `acc`.
    kind: &'static str,
    /// Its icon.
    icon: &'static str,
    /// What it says.
    children: Children,
) -> AnyView {
    view! { <div class="note" data-k=kind><Icon name=icon/><div>{children()}</div></div> }.into_any()
}

/// A button that says what it is doing while [`crate::sending`] has its form.
#[component]
pub fn Submit(
    /// Its word.
    label: Text,
    /// Classes besides `btn`.
    #[prop(default = "btn primary l")]
    class: &'static str,
    /// The step, for `action-{step}`.
    #[prop(default = "submit")]
    step: &'static str,
    /// Name and value it adds to the form.
    #[prop(optional)]
    value: Option<(&'static str, &'static str)>,
) -> AnyView {
    let (name, value) = value.unzip();
    view! { <button class=class name=name value=value data-testid=format!("action-{step}")>{label.at(lang())}</button> }.into_any()
}
