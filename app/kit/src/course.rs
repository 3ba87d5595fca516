//! How something goes: the steps of a procedure, what has happened and will, and work under way.

use crate::{
    icon::{Icon, glyph},
    lang,
    page::more_styles,
    words,
};
use domain::{Moment, machine::Kind};
use leptos::prelude::*;

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It is behind.
    Done,
    /// It is the one.
    Current,
    /// It is still to come.
    Ahead,
}

/// A step of a procedure.
pub struct Step {
    /// What it is.
    pub title: String,
    /// When, or what it waits for.
    pub note: String,
    /// Where it stands.
    pub stand: Stand,
}

/// A procedure. `look` is `act` when the reader must act, nothing in forms; `vertical` when the steps have much to say. On phones it
/// always goes down the page.
#[must_use]
pub fn steps(steps: Vec<Step>, look: &'static str) -> AnyView {
    more_styles();
    let done_word = words::DONE.at(lang());
    let items = steps.into_iter().enumerate().map(|(at, step)| {
        let (class, current, mark) = match step.stand {
            Stand::Done => (Some("done"), None, view! { <Icon name="check" size="s"/> }.into_any()),
            Stand::Current => (None, Some("step"), (at + 1).into_any()),
            Stand::Ahead => (None, None, (at + 1).into_any()),
        };
        let said = class.map(|_| view! { <span class="visually-hidden">{done_word}</span> });
        view! { <li class=class aria-current=current><span class="n" aria-hidden="true">{mark}</span><span>{step.title}{said}</span><small>{step.note}</small></li> }
    });
    view! { <ol class=format!("steps {look}")>{items.collect_view()}</ol> }.into_any()
}

/// When an entry of a timeline was, or will be.
pub enum When {
    /// It was then.
    At(Moment),
    /// In words: since, expected by.
    Words(String),
}

/// An entry of a timeline.
pub struct Entry {
    /// Its glyph.
    pub kind: Kind,
    /// The glyph in a word.
    pub word: &'static str,
    /// What.
    pub what: String,
    /// When.
    pub when: When,
    /// Who.
    pub by: String,
    /// What was said.
    pub note: String,
    /// It is still to come.
    pub ahead: bool,
}

/// A timeline. The caller chooses the order: newest last for procedures, newest first for reviews.
#[must_use]
pub fn timeline(entries: Vec<Entry>) -> AnyView {
    more_styles();
    let items = entries.into_iter().map(|entry| {
        let when = match entry.when {
            When::At(at) => view! { <time datetime=at.to_iso() title=at.to_seconds()>{short(at)}</time> }.into_any(),
            When::Words(words) => view! { <span class="when">{words}</span> }.into_any(),
        };
        let by = (!entry.by.is_empty()).then(|| view! { <span class="by">{entry.by}</span> });
        let note = (!entry.note.is_empty()).then(|| view! { <p>{entry.note}</p> });
        view! { <li class=entry.ahead.then_some("future")>{glyph(entry.kind, entry.word)}<div><b>{entry.what}</b>{when}{by}{note}</div></li> }
    });
    view! { <ol class="timeline">{items.collect_view()}</ol> }.into_any()
}

/// A moment in a list: without the year while it is this one.
#[must_use]
pub fn short(at: Moment) -> String {
    let year = |moment: Moment| moment.day().parts().0;
    let minutes = at.to_minutes();
    let this_year = crate::visit::visit().with_value(|visit| year(visit.now)) == year(at);
    if this_year { minutes.split_once('-').map_or_else(|| minutes.clone(), |(_, rest)| rest.to_owned()) } else { minutes }
}

/// Work under way: the bar, and the same in words.
#[must_use]
pub fn progress(done: i64, total: i64, words: &str) -> AnyView {
    more_styles();
    view! {
        <div class="progress">
            <progress value=done max=total.max(1) aria-label=words.to_owned()></progress>
            <span class="sub">{words.to_owned()}</span>
        </div>
    }
    .into_any()
}

/// A share of a whole inside a table, per mille: the number says it; the bar is for the eye and compares it with the largest of the table.
#[must_use]
pub fn share(per_mille: i64, largest: i64) -> AnyView {
    more_styles();
    let words = format!("{}.{}%", per_mille / 10, per_mille % 10);
    view! { <span class="share"><meter min="0" max=largest.max(1) value=per_mille aria-hidden="true"></meter><span>{words}</span></span> }
        .into_any()
}
