//! Form fields: label above, error and hint below, what was typed kept (ux.md section 3).

use crate::{
    act::Act,
    awaited::{changing, word},
    icon::Icon,
    lang, words,
};
use domain::Text;
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
    let error = act.error(name);
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
                aria-describedby=described(name, error.clone(), hint.is_some())
            />
            <FieldError name error/>
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
    let error = act.error(name);
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
                aria-describedby=described(name, error.clone(), true)
            >
                {first}
            </textarea>
            <FieldError name error/>
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
    let error = act.error(name);
    view! {
        <div class="field">
            <FieldLabel name label optional=false/>
            <span class="select">
                <select class="input" id=name name=name>{options}</select>
                <Icon name="chevron-down" size="s"/>
            </span>
            <FieldError name error/>
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

/// The sentence under a field.
#[component]
pub fn FieldError(
    /// The field.
    name: &'static str,
    /// The sentence.
    error: ArcSignal<Option<String>>,
) -> AnyView {
    changing(move || {
        let message = error.get()?;
        Some(
            view! { <p class="error" id=format!("{name}-error")><Icon name="alert-circle" size="s"/><span>{message}</span></p> }.into_any(),
        )
    })
}

fn described(name: &'static str, error: ArcSignal<Option<String>>, hint: bool) -> ArcSignal<Option<String>> {
    ArcSignal::derive(move || {
        let parts = [(error.get().is_some(), "error"), (hint, "hint")];
        let ids: Vec<String> = parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{name}-{part}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}

/// What is wrong with a form, on top of it; takes the focus and leads to the field.
#[component]
pub fn ErrorSummary(
    /// The form.
    act: Act,
    /// What did not happen.
    title: Text,
) -> AnyView {
    let lang = lang();
    let fault = act.error_of_form();
    changing(move || {
        let fault = fault.get()?;
        let message = fault.message.clone();
        let line = match &fault.field {
            Some(field) => view! { <a href=format!("#{field}") rel="external">{message}</a> }.into_any(),
            None => view! { <span>{message}</span> }.into_any(),
        };
        let id = (fault.status >= 500).then(|| format!("{} {}", words::REQUEST_ID.at(lang), fault.request_id));
        let summary = view! {
            <div class="error-summary" id="error-summary" role="alert" tabindex="-1" autofocus=true data-testid="error-summary" data-code=fault.code>
                <h2>{title.at(lang)}</h2>
                <ul><li>{line}</li>{id.map(|id| view! { <li class="mono">{id}</li> })}</ul>
            </div>
        };
        Some(summary.into_any())
    })
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

/// A button that says what it is doing.
#[component]
pub fn Submit(
    /// The form.
    act: Act,
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
    let lang = lang();
    let (name, value) = value.unzip();
    view! {
        <button
            class=class
            name=name
            value=value
            data-testid=format!("action-{step}")
            aria-busy=act.working()
        >
            {word(move || if act.is_busy() { words::WORKING.at(lang) } else { label.at(lang) })}
        </button>
    }
    .into_any()
}
