//! A field that finds one of many (design.md section 4). It is a text field and a button that asks; the answer is a list of radios in the
//! same form, so it works without script and keeps what else was typed.

use crate::{icon::Icon, lang, page::more_styles, table::pieces, words};
use domain::{Text, search::Piece};
use leptos::prelude::*;

/// What was found: key, words with the hits marked, and the number beside them.
pub struct Found {
    /// The value that the form is sent with.
    pub key: String,
    /// Its words.
    pub words: Vec<Piece>,
    /// A number people know it by.
    pub number: String,
}

/// A field and what it found. `typed` is what was asked for; `found` is none while nothing was.
#[component]
pub fn Combobox(
    /// The name of the choice; the text is `{name}_q`.
    name: &'static str,
    /// Its label.
    label: Text,
    /// What was typed.
    typed: String,
    /// What was found.
    found: Option<Vec<Found>>,
    /// What is chosen.
    #[prop(into)]
    chosen: String,
) -> AnyView {
    more_styles();
    let lang = lang();
    let text_name = format!("{name}_q");
    let count = found.as_ref().map(|found| match lang {
        domain::Lang::Zh => format!("{} 个结果", found.len()),
        domain::Lang::En => format!("{} found", found.len()),
    });
    let options = found.map(|found| {
        let options = found.into_iter().map(|found| {
            let is_chosen = found.key == chosen;
            view! {
                <label class="option">
                    <input type="radio" name=name value=found.key checked=is_chosen/>
                    <span>{pieces(&found.words)}</span>
                    <span class="n">{found.number}</span>
                </label>
            }
        });
        view! { <div class="menu in-page" role="radiogroup" aria-label=label.at(lang)>{options.collect_view()}</div> }
    });
    view! {
        <div class="field combobox">
            <label for=text_name.clone()>{label.at(lang)}</label>
            <span class="affix l">
                <input type="text" id=text_name.clone() name=text_name value=typed autocomplete="off"/>
                <button class="btn quiet s" name="find" value=name><Icon name="search" size="s"/>{words::FIND.at(lang)}</button>
            </span>
            {options}
            <p class="hint" role="status">{count}</p>
        </div>
    }
    .into_any()
}
