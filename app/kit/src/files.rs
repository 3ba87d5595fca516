//! What became of each file of an upload: its tile, its name, its progress or verdict, and the way on.

use crate::{icon::Status, page::more_styles, table::tile, words};
use domain::{machine::Kind, text::Bytes};
use leptos::prelude::*;

/// How far a file is.
pub enum Stand {
    /// So many bytes of so many have arrived.
    Arriving(i64, i64),
    /// It is looked at: in words.
    Checking(String),
    /// It is good: what was found to agree.
    Good(String),
    /// It cannot be taken: why, and what can.
    Refused(String),
}

/// A file.
pub struct File {
    /// Key and word of its format.
    pub format: (&'static str, &'static str),
    /// Its name.
    pub name: String,
    /// How far it is.
    pub stand: Stand,
    /// The way on: remove, replace.
    pub step: AnyView,
}

/// The files of an upload.
#[must_use]
pub fn files(files: Vec<File>) -> AnyView {
    more_styles();
    view! { <ul class="files">{files.into_iter().map(row).collect_view()}</ul> }.into_any()
}

fn row(file: File) -> AnyView {
    let name = file.name;
    let (below, chip) = match file.stand {
        Stand::Arriving(done, total) => {
            let words = format!("{} / {}", Bytes(done), Bytes(total));
            let said = format!("{name} {words}");
            (view! { <progress value=done max=total.max(1) aria-label=said></progress><span class="sub">{words}</span> }.into_any(), None)
        }
        Stand::Checking(words) => (view! { <span class="sub">{words}</span> }.into_any(), None),
        Stand::Good(words) => {
            let chip = view! { <Status kind=Kind::Good state="checked" label=words::CHECKED/> };
            (view! { <span class="sub">{words}</span> }.into_any(), Some(chip))
        }
        Stand::Refused(words) => (view! { <span class="sub bad">{words}</span> }.into_any(), None),
    };
    view! { <li>{tile(file.format)}<div class="main"><span class="name">{name}</span>{below}</div>{chip}{file.step}</li> }.into_any()
}
