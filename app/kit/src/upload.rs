//! Uploads: a form with a file. Without script the browser sends it; with script its progress is shown.

use crate::{
    act::{Act, From},
    form::FieldError,
    icon::Icon,
    lang,
    page::more_styles,
};
use domain::{
    Text,
    attachment::{Attachment, Kind, Side},
    text::Bytes,
};
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
    /// Its name.
    #[prop(default = "file")]
    name: &'static str,
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
            <label for=name>{label.at(lang)}</label>
            <div class="upload">
                <Icon name="upload"/>
                <input
                    id=name
                    name=name
                    type="file"
                    required=!optional
                    accept=accept
                    aria-invalid=act.invalid(name)
                    aria-describedby=format!("{name}-error {name}-hint")
                />
                <p class="hint" id=format!("{name}-hint")>{hint.at(lang)}</p>
            </div>
            <FieldError act name/>
            <div class="files place" data-progress=progress.at(lang)></div>
        </div>
    }
    .into_any()
}

/// A file that came along, to be fetched; its size stands beside its name.
#[must_use]
pub fn attached(file: &Attachment, side: Side) -> Option<AnyView> {
    let (href, testid) = (file.path(side)?, testid(file.kind));
    let link = view! {
        <a href=href download=true rel="external" data-testid=testid>{file.name.clone()}</a>
        <span class="sub">" "{Bytes(file.size_bytes).to_string()}</span>
    };
    Some(link.into_any())
}

const fn testid(kind: Kind) -> &'static str {
    match kind {
        Kind::Slip => "slip",
        Kind::Adjustment | Kind::Title => "evidence",
        Kind::Invoice => "invoice-file",
    }
}

/// How far an upload is, as markup.
#[cfg(target_arch = "wasm32")]
pub(crate) fn progress(percent: u32, label: &str) -> String {
    let label = crate::drawn::escaped(label);
    format!(
        r#"<progress value="{percent}" max="100" aria-label="{label}" data-testid="upload-progress">{percent}%</progress><span class="sub">{percent}%</span>"#
    )
}
