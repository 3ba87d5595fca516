//! Uploads: a form with a file. Without script the browser sends it; with script its progress is shown.

use crate::{
    act::{Act, Said, here},
    awaited::changing,
    browser,
    form::FieldError,
    icon::Icon,
    lang,
    page::more_styles,
};
use domain::Text;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// How far the upload of the form is, in percent; nothing before and after.
#[derive(Clone, Copy)]
struct Progress(RwSignal<Option<u32>>);

/// A form with a file.
#[component]
pub fn UploadForm(
    /// Its state.
    act: Act,
    /// Classes.
    class: &'static str,
    /// Fields and buttons.
    children: Children,
) -> AnyView {
    let progress = RwSignal::new(None);
    provide_context(Progress(progress));
    let here = here();
    let navigate = use_navigate();
    let said = use_context::<Said>();
    let submit = move |event: SubmitEvent| {
        if browser::goes_elsewhere(&event) {
            return;
        }
        if act.busy.get_untracked() {
            event.prevent_default();
            return;
        }
        let navigate = navigate.clone();
        let done = move |answer: crate::call::Answer<crate::call::Done>| {
            act.busy.set(false);
            progress.set(None);
            match answer {
                Ok(done) => {
                    act.fault.set(None);
                    if let Some(said) = said {
                        said.0.set(done.said);
                    }
                    if let Some(path) = done.to {
                        navigate(&path, NavigateOptions { resolve: false, ..Default::default() });
                    }
                }
                Err(fault) => {
                    act.fault.set(Some(fault));
                    browser::focus("error-summary");
                }
            }
        };
        if browser::upload(AsRef::<leptos::ev::Event>::as_ref(&event), act.action, move |percent| progress.set(Some(percent)), done) {
            event.prevent_default();
            act.busy.set(true);
        }
    };
    view! {
        <form class=class method="post" action=act.action enctype="multipart/form-data" on:submit=submit>
            <input type="hidden" name="from" value=here/>
            {children()}
        </form>
    }
    .into_any()
}

/// The field for the file, with the rules stated before and the progress below.
#[component]
pub fn UploadField(
    /// The form.
    act: Act,
    /// Its label.
    label: Text,
    /// Formats and size.
    hint: Text,
    /// The name of the progress bar.
    progress: Text,
    /// It may stay empty.
    #[prop(optional)]
    optional: bool,
) -> AnyView {
    let lang = lang();
    let error = act.error("file");
    let shared = use_context::<Progress>().map_or_else(|| RwSignal::new(None), |progress| progress.0);
    more_styles();
    let bar = changing(move || {
        let percent = shared.get()?;
        let bar = view! {
            <div class="files">
                <progress value=percent.to_string() max="100" aria-label=progress.at(lang) data-testid="upload-progress">{format!("{percent}%")}</progress>
                <span class="sub">{format!("{percent}%")}</span>
            </div>
        };
        Some(bar.into_any())
    });
    view! {
        <div class="field">
            <label for="file">{label.at(lang)}</label>
            <div class="upload">
                <Icon name="upload"/>
                <input
                    id="file"
                    name="file"
                    type="file"
                    required=!optional
                    accept=".pdf,.docx,.xlsx,.pptx,.zip,.mp4,.epub,.txt,.png"
                    aria-invalid=act.invalid("file")
                    aria-describedby="file-hint"
                />
                <p class="hint" id="file-hint">{hint.at(lang)}</p>
            </div>
            <FieldError name="file" error/>
            {bar}
        </div>
    }
    .into_any()
}
