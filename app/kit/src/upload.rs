//! Uploads: a form with a file. Without script the browser sends it; with script its progress is shown.

use crate::{
    act::{Act, From},
    form::FieldError,
    icon::Icon,
    lang,
    page::more_styles,
};
use domain::Text;
use leptos::prelude::*;

/// A form with a file.
#[component]
pub fn UploadForm(
    /// The form.
    act: Act,
    /// Classes.
    class: &'static str,
    /// Fields and buttons.
    children: Children,
) -> AnyView {
    view! {
        <form class=class method="post" action=act.action enctype="multipart/form-data" data-act="">
            <From/>
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
    /// The ends of names that the browser offers.
    #[prop(default = ".pdf,.docx,.xlsx,.pptx,.zip,.mp4,.epub,.txt,.png")]
    accept: &'static str,
) -> AnyView {
    let lang = lang();
    more_styles();
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
                    accept=accept
                    aria-invalid=act.invalid("file")
                    aria-describedby="file-error file-hint"
                />
                <p class="hint" id="file-hint">{hint.at(lang)}</p>
            </div>
            <FieldError act name="file"/>
            <div class="files place" data-progress=progress.at(lang)></div>
        </div>
    }
    .into_any()
}

/// How far an upload is, as markup.
#[cfg(target_arch = "wasm32")]
pub(crate) fn progress(percent: u32, label: &str) -> String {
    let label = crate::drawn::escaped(label);
    format!(
        r#"<progress value="{percent}" max="100" aria-label="{label}" data-testid="upload-progress">{percent}%</progress><span class="sub">{percent}%</span>"#
    )
}
