//! `/support/library`: the category tree, filters, the table and its pages. The address is the state.

use super::{
    cells::{audience, format_pair, size, updated, version},
    functions::{ListLibrary, list_library},
    text,
};
use domain::{
    Lang,
    library::{Category, Counts, Format, LIBRARY, LibraryPage as Answered, LibraryRow, Mine},
    list::Asked,
    machine::Keyed,
    search::Piece,
    text::grouped,
    views::Setup,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    icon::Icon,
    list_page::{Batch, Listed, list_card},
    listing::use_query,
    selection::{Verb, batch_bar, batch_bar_of_page, pick_page, refused_of},
    sheet::sheet,
    table::{Cell, Document, Link, Row, Shown},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The form of the steps for chosen rows, and where it is sent.
const BATCH: &str = "batch";
const ACTION: &str = "/fn/library/batch";
/// The path of this page.
pub const PATH: &str = "/support/library";

/// The page.
#[derive(Clone)]
pub struct LibraryList {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for LibraryList {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListLibrary>("query", query, |query| Box::pin(list_library(query))) }
    }

    fn view(this: Self) -> AnyView {
        let LibraryList { query, rows } = this;
        sheet(rows, crumbs, move |fault| {
            let asked = LIBRARY.read(&query.get_untracked());
            let (counts, today) = (Counts::default(), kit::visit::today());
            Some(shown(Answered { asked, rows: Vec::new(), total: 0, counts, today }, Setup::default(), None, None, fault.refused()))
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = kit::lang();
    vec![Crumb::to(text::SUPPORT.at(lang), "/support"), Crumb::here(text::TITLE.at(lang))]
}

/// `picked` says whether the address chose all rows; there is nothing to choose where the question was refused. `without` are the rows
/// that one filter less would find.
pub(super) fn shown(page: Answered, setup: Setup, picked: Option<bool>, without: Option<i64>, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let Answered { asked, rows, total, counts, today } = page;
    let tree = tree(&asked, asked.chosen("category").next().and_then(Category::read), &counts);
    let here = LIBRARY.address(PATH, &asked);
    let rows: Vec<Row> = rows.into_iter().map(|row| table_row(row, lang)).collect();
    let list = Listed {
        today,
        error,
        without,
        placeholder: text::SEARCH,
        counts: vec![("format", counts.formats.iter().map(|(format, count)| (format.key(), *count)).collect())],
        above: refused_of(ACTION),
        tools: (!rows.is_empty() && picked == Some(false)).then(|| pick_page(&here)),
        setup: Some(setup),
        empty: (counts.all == 0 && !asked.is_filtered()).then_some((text::EMPTY, text::EMPTY_HINT)),
        files: Some(("library", "/sales/exports")),
        batch: picked.map(|picked| Batch { form: BATCH, picked, bar: batch(picked, here) }),
        ..Listed::new((&LIBRARY, PATH, text::TITLE), asked, rows, (total, text::documents(total, lang)))
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs()>
            <div class="with-side">{tree}{list_card(list)}</div>
        </Page>
    }
    .into_any()
}

/// What can be done with the chosen documents.
fn batch(picked: bool, here: String) -> AnyView {
    let lang = kit::lang();
    let verbs = vec![Verb { key: "pack", label: text::PACK.at(lang) }, Verb { key: "favourite", label: text::FAVOURITE.at(lang) }];
    if picked {
        return batch_bar_of_page(BATCH, ACTION, here, verbs);
    }
    batch_bar(BATCH, ACTION, here, verbs)
}

fn table_row(row: LibraryRow, lang: Lang) -> Row {
    let plain: String = row.title.iter().map(|piece| piece.text.as_str()).collect();
    let mut line = row.line;
    if row.is_change {
        line.insert(0, Piece { text: text::SINCE_LAST.at(lang).to_owned(), hit: false });
    }
    line.retain(|piece| !piece.text.is_empty());
    let document = Document {
        format: format_pair(row.format, lang),
        href: format!("{PATH}/{}", row.id),
        title: row.title,
        mark: row.is_new.then_some(text::NEW.at(lang)),
        category: (row.category.key(), row.category.label().at(lang)),
        line,
    };
    let is_file = row.format != Format::Link;
    let label = if is_file { text::DOWNLOAD } else { text::OPEN };
    let download =
        Link { href: format!("{PATH}/{}/download", row.id), label: label.at(lang), about: plain.clone(), download: is_file, danger: false };
    let preview = is_file.then(|| Link {
        href: format!("{PATH}/{}/preview", row.id),
        label: text::PREVIEW.at(lang),
        about: plain,
        download: false,
        danger: false,
    });
    Row {
        id: row.id.to_string(),
        cells: vec![
            Cell { key: "title", label: text::NAME.at(lang), shown: Shown::Document(Box::new(document)) },
            audience(&row.audience, lang),
            size(row.size_bytes, lang),
            version(row.version_no, lang),
            updated(row.updated, lang),
            Cell {
                key: "actions",
                label: text::ACTIONS.at(lang),
                shown: Shown::Links([Some(download), preview].into_iter().flatten().collect()),
            },
        ],
    }
}

/// The category tree with counts. Links, so that it works without script; a branch is open when it is chosen.
fn tree(asked: &Asked, chosen: Option<Category>, counts: &Counts) -> AnyView {
    let lang = kit::lang();
    let href = |category: Option<Category>| LIBRARY.address(PATH, &asked.only("category", category.map(Keyed::key)));
    let count = |category: Category| counts.categories.iter().find(|(other, _)| *other == category).map_or(0, |(_, count)| *count);
    let current = |category: Category| (chosen == Some(category)).then_some("true");
    let leaf = |category: Category| {
        view! {
            <a href=href(Some(category)) data-testid=format!("filter-category-{}", category.key()) aria-current=current(category)>
                {category.label().at(lang)}<span class="n">{grouped(count(category))}</span>
            </a>
        }
    };
    let branches = Category::ALL
        .iter()
        .copied()
        .filter(|category| category.is_parent())
        .map(|parent| {
            let children = Category::ALL.iter().copied().filter(|child| child.parent() == parent && *child != parent);
            let open = chosen.is_some_and(|chosen| chosen.parent() == parent);
            let label = format!("{}{}", parent.label().at(lang), text::BELOW.at(lang));
            view! {
                <li class="branch">
                    {leaf(parent)}
                    <details open=open>
                        <summary aria-label=label><Icon name="chevron-down" size="s"/></summary>
                        <ul>{children.map(|child| view! { <li>{leaf(child)}</li> }).collect_view()}</ul>
                    </details>
                </li>
            }
        })
        .collect_view();
    let mine = Mine::ALL
        .iter()
        .map(|mine| {
            let on = asked.has("mine", mine.key());
            let href = LIBRARY.address(PATH, &asked.only("mine", (!on).then_some(mine.key())));
            let current = on.then_some("true");
            view! { <li><a href=href data-testid=format!("filter-mine-{}", mine.key()) aria-current=current>{mine.label().at(lang)}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="tree card library-side" aria-label=text::TREE.at(lang) data-testid="filter-category">
            <h2 class="tree-title">{text::CATEGORY.at(lang)}</h2>
            <ul>
                <li>
                    <a href=href(None) aria-current=chosen.is_none().then_some("true")>
                        {text::EVERYTHING.at(lang)}<span class="n">{grouped(counts.all)}</span>
                    </a>
                </li>
                {branches}
            </ul>
            <h2 class="tree-title">{text::MINE.at(lang)}</h2>
            <ul>{mine}</ul>
        </nav>
    }
    .into_any()
}
