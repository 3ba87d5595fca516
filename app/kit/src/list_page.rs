//! The card of a list page: tabs, filters, count, files, table, pager. What a page adds are its rows and words.

use crate::{
    drawn::placed,
    export::ExportMenu,
    eye::Eye,
    filter::{Bar, OptionCounts},
    icon::drawing,
    lang,
    table::{DataTable, Head, Row, heads_in},
};
use domain::{
    Day, Text,
    list::{Asked, List},
    views::Setup,
};
use leptos::prelude::*;

/// What a list page shows; [`Listed::new`] is a list that has nothing but rows.
pub struct Listed {
    /// The list.
    pub list: &'static List,
    /// The path of its page.
    pub path: &'static str,
    /// What it is called.
    pub title: Text,
    /// The question.
    pub asked: Asked,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// Rows of all pages.
    pub total: i64,
    /// That number in words.
    pub found: String,
    /// Rows that there were without the filter that [`crate::listing::narrowest`] names, when there are none with it.
    pub without: Option<i64>,
    /// The business day, for presets of days.
    pub today: Day,
    /// What the text field searches.
    pub placeholder: Text,
    /// The field and the sentence when the question cannot be answered: there are no rows then.
    pub error: Option<(String, String)>,
    /// Rows per option of a filter.
    pub counts: Vec<(&'static str, OptionCounts)>,
    /// Heading, tabs or notes above the filters.
    pub above: Option<AnyView>,
    /// Pills; they say how many rows there are, so the count is only heard.
    pub pills: Option<AnyView>,
    /// What follows the count, such as a sum.
    pub sum: Option<AnyView>,
    /// Tools of this list alone.
    pub tools: Option<AnyView>,
    /// What a person keeps of the list, if it can be kept.
    pub setup: Option<Setup>,
    /// Heads that say more than the list's declaration, such as a currency.
    pub heads: Option<fn(&Asked, &mut Head)>,
    /// Title and hint of a list that never had rows; nothing where rows are only filtered away.
    pub empty: Option<(Text, Text)>,
    /// Source and records page of its files, if it has files.
    pub files: Option<(&'static str, &'static str)>,
    /// Rows are chosen, and this is done with them.
    pub batch: Option<Batch>,
    /// The column that is masked, and its eye.
    pub eye: Option<(&'static str, Eye)>,
}

/// Choosing rows (`kit::selection`).
pub struct Batch {
    /// The id of its form.
    pub form: &'static str,
    /// All rows are chosen at first.
    pub picked: bool,
    /// The bar.
    pub bar: AnyView,
}

impl Listed {
    /// A list of `total` rows, `found` in words, of which `rows` are shown.
    #[must_use]
    pub fn new(
        (list, path, title): (&'static List, &'static str, Text),
        asked: Asked,
        rows: Vec<Row>,
        (total, found): (i64, String),
    ) -> Self {
        Self {
            list,
            path,
            title,
            asked,
            rows,
            total,
            found,
            without: None,
            today: crate::visit::today(),
            placeholder: title,
            error: None,
            counts: Vec::new(),
            above: None,
            pills: None,
            sum: None,
            tools: None,
            setup: None,
            heads: None,
            empty: None,
            files: None,
            batch: None,
            eye: None,
        }
    }
}

/// The card.
#[must_use]
pub fn list_card(listed: Listed) -> AnyView {
    let lang = lang();
    let Listed { list, path, asked, total, found, today, placeholder, error, counts, .. } = listed;
    let is_refused = error.is_some();
    let bar = Bar { list, path, asked: asked.clone(), found: found.clone(), counts, today, placeholder, error };
    let frame = crate::frame::frame(bar, total, listed.without);
    let content = (!is_refused).then(|| {
        let eye = listed.eye;
        let words = eye.as_ref().map(|(_, eye)| eye.words());
        let files = listed.files.map(|(source, records)| view! { <ExportMenu source query=frame.query records/> });
        let setup = listed.setup.unwrap_or_default();
        let kept = (!setup.tools.0.is_empty()).then(|| view! { <div class="push tools" inner_html=setup.tools.0></div> });
        let count = match listed.pills {
            Some(pills) => view! {
                {pills}
                <p class="visually-hidden" role="status" data-testid="result-count" data-count=total.to_string()>{found}</p>
            }
            .into_any(),
            None => view! {
                <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()><b>{found}</b>{listed.sum}</p>
            }
            .into_any(),
        };
        let table = match (listed.rows.is_empty(), listed.empty) {
            (true, Some((title, hint))) => nothing_yet(title, hint),
            (true, None) => placed(frame.nothing),
            (false, _) => {
                let mut heads = heads_in(list, &setup.columns);
                if let Some(say) = listed.heads {
                    heads.iter_mut().for_each(|head| say(&asked, head));
                }
                let (rows, compact) = (listed.rows, setup.compact);
                match listed.batch {
                    Some(Batch { form, picked, bar }) => {
                        view! { <DataTable list asked path heads rows compact select=form picked eye/>{bar} }.into_any()
                    }
                    None => view! { <DataTable list asked path heads rows compact eye/> }.into_any(),
                }
            }
        };
        view! {
            <div class="toolbar">{count}{placed(frame.sorted)}{words}{listed.tools}<div class="push">{kept}{files}</div></div>
            {table}
            {placed(frame.foot)}
        }
        .into_any()
    });
    view! {
        <section class="card" aria-label=listed.title.at(lang)>
            {listed.above}
            {crate::frame::bar(frame.bar)}
            {content}
        </section>
    }
    .into_any()
}

/// A list that never had rows.
#[must_use]
pub fn nothing_yet(title: Text, hint: Text) -> AnyView {
    let lang = lang();
    view! { <div class="empty">{drawing("art", "art-empty")}<h2>{title.at(lang)}</h2><p>{hint.at(lang)}</p></div> }.into_any()
}

/// A choice of a filter as pill or tab: its word, the keys it chooses, how many rows it has.
pub struct Choice {
    /// Its word.
    pub label: Text,
    /// The keys of the filter; none for all rows.
    pub keys: Vec<&'static str>,
    /// Rows.
    pub count: i64,
    /// It is there without rows, too.
    pub always: bool,
}

/// How many rows a key has.
#[must_use]
pub fn count_of<K: PartialEq>(counts: &[(K, i64)], key: K) -> i64 {
    counts.iter().find(|(other, _)| *other == key).map_or(0, |(_, count)| *count)
}

impl Choice {
    /// One key.
    #[must_use]
    pub fn one(label: Text, key: &'static str, count: i64) -> Self {
        Self { label, keys: vec![key], count, always: false }
    }
}

/// Choices of the filter `key` as pills, with one for all rows in front. Those without rows are left out, unless chosen.
#[must_use]
pub fn pills(
    (list, path): (&'static List, &'static str),
    asked: &Asked,
    key: &'static str,
    all: (Text, i64),
    choices: Vec<Choice>,
) -> AnyView {
    let lang = lang();
    let chosen: Vec<&str> = asked.chosen(key).collect();
    let shown = choices.into_iter().filter(|choice| choice.always || choice.count > 0 || choice.keys == chosen);
    let pills = std::iter::once(Choice { label: all.0, keys: Vec::new(), count: all.1, always: true }).chain(shown).map(
        |Choice { label, keys, count, .. }| {
            let current = (keys == chosen).then_some("true");
            let href = list.address(path, &choosing(asked, key, &keys));
            let testid = keys.first().map(|key| format!("pill-{key}"));
            view! { <a href=href aria-current=current data-testid=testid>{label.at(lang)}<span class="n">{count}</span></a> }
        },
    );
    view! { <nav class="pills" aria-label=list.caption.at(lang)>{pills.collect_view()}</nav> }.into_any()
}

/// Choices of the filter `key` as tabs, of which `shown` is open; a badge says how many rows wait, except where `done`.
#[must_use]
pub fn tabs(
    (list, path): (&'static List, &'static str),
    asked: &Asked,
    (key, label): (&'static str, Text),
    (shown, done): (&'static str, &'static str),
    choices: Vec<Choice>,
) -> AnyView {
    let lang = lang();
    let tab = |Choice { label, keys, count, .. }: Choice| {
        let tab = keys.first().copied().unwrap_or_default();
        let current = (tab == shown).then_some("page");
        let href = list.address(path, &choosing(asked, key, &keys));
        let number = (tab != done && count > 0).then(|| view! { <span class="badge">{count}</span> });
        view! { <a href=href aria-current=current data-testid=format!("tab-{tab}")>{label.at(lang)}{number}</a> }
    };
    view! { <nav class="tabs" aria-label=label.at(lang)>{choices.into_iter().map(tab).collect_view()}</nav> }.into_any()
}

fn choosing(asked: &Asked, filter: &str, keys: &[&'static str]) -> Asked {
    let mut question = asked.only(filter, None);
    question.chosen.extend(keys.iter().map(|key| (filter.to_owned(), (*key).to_owned())));
    question
}
