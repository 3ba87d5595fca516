//! The data table: head with sort links, rows of cells as values, cards on phones (design.md section 4).

use crate::{
    eye::Eye,
    icon::{Icon, Status, day, moment},
    lang,
};
use domain::{
    Lang, Moment, Money, Text,
    list::{Asked, List},
    machine::{Keyed as _, Kind},
    search::Piece,
};
use leptos::prelude::*;

/// A row.
pub struct Row {
    /// `data-id`.
    pub id: String,
    /// Its cells; the first one is the head of the row.
    pub cells: Vec<Cell>,
}

/// A link or a step at the end of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its word.
    pub label: &'static str,
    /// What it is about, for those who hear it alone.
    pub about: String,
    /// It saves a file.
    pub download: bool,
    /// It belongs to what cannot be undone.
    pub danger: bool,
}

/// A cell.
pub struct Cell {
    /// `cell-{key}`.
    pub key: &'static str,
    /// Its label on phones.
    pub label: &'static str,
    /// What it shows.
    pub shown: Shown,
}

/// Makes cells of a list: each is labelled by its column.
pub fn cells(list: &'static List) -> impl Fn(&'static str, Shown) -> Cell {
    let lang = lang();
    move |key, shown| {
        let label = list.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
        Cell { key, label, shown }
    }
}

/// What a cell shows.
pub enum Shown {
    /// A document: tile, title with hits, mark, second line.
    Document(Box<Document>),
    /// A text and its machine value.
    Text {
        /// The text.
        text: String,
        /// The key, for `data-category`.
        category: Option<&'static str>,
    },
    /// A number at the right, with bytes for `data-bytes`.
    Number {
        /// As people read it.
        text: String,
        /// In bytes, when it is a size.
        bytes: Option<i64>,
    },
    /// An amount at the right; its currency stands in the head.
    Amount(Money),
    /// An amount that may have more decimals than are shown.
    Exact {
        /// As people read it.
        text: String,
        /// To its last decimal.
        plain: String,
        /// Its currency.
        currency: &'static str,
    },
    /// A day.
    Day(Moment),
    /// A moment to the second.
    Moment(Moment),
    /// A status chip.
    State(Kind, &'static str, Text),
    /// A link with a second line.
    Link {
        /// Where it leads.
        href: String,
        /// Its text.
        text: String,
    },
    /// Links at the end of the row.
    Links(Vec<Link>),
    /// What only this list has.
    Drawn(AnyView),
}

/// A document in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Key and word of the format.
    pub format: (&'static str, &'static str),
    /// Its page.
    pub href: String,
    /// Title.
    pub title: Vec<Piece>,
    /// Mark behind the title.
    pub mark: Option<&'static str>,
    /// Key and word of the category.
    pub category: (&'static str, &'static str),
    /// Second line.
    pub line: Vec<Piece>,
}

/// A column of this table: the list's column and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The column's key.
    pub key: &'static str,
    /// It is not sorted by clicking.
    pub label: &'static str,
    /// Numbers stand at the right.
    pub number: bool,
}

/// The columns that a page shows of a list, in the order of its declaration.
#[must_use]
pub fn heads(list: &'static List) -> Vec<Head> {
    heads_in(list, &[])
}

/// The columns that a page shows, in the order that a person chose; none is the order of the declaration.
#[must_use]
pub fn heads_in(list: &'static List, chosen: &[String]) -> Vec<Head> {
    let on_page = || list.columns.iter().filter(|column| column.on_page);
    let shown: Vec<_> = match chosen {
        [] => on_page().collect(),
        chosen => chosen.iter().filter_map(|key| on_page().find(|column| column.key == key)).collect(),
    };
    shown.into_iter().map(|column| Head { key: column.key, label: column.label.at(lang()), number: column.number }).collect()
}

/// Text with its hits marked.
#[must_use]
pub fn pieces(pieces: &[Piece]) -> Vec<AnyView> {
    let piece =
        |piece: &Piece| if piece.hit { view! { <mark>{piece.text.clone()}</mark> }.into_any() } else { piece.text.clone().into_any() };
    pieces.iter().map(piece).collect()
}

/// The tile of a format: colour and short word.
#[must_use]
pub fn tile(format: (&'static str, &'static str)) -> AnyView {
    let (key, word) = format;
    let short = match key {
        "xlsx" => "XLS",
        "docx" => "DOC",
        "pptx" => "PPT",
        _ => word,
    };
    view! { <span class="tile" data-testid="cell-format" data-format=key>{short}</span> }.into_any()
}

/// The table.
#[component]
pub fn DataTable(
    /// The list it shows.
    list: &'static List,
    /// The question it answers.
    asked: Asked,
    /// The path of its page.
    path: &'static str,
    /// Its columns.
    heads: Vec<Head>,
    /// Its rows.
    rows: Vec<Row>,
    /// Rows stand close.
    #[prop(optional)]
    compact: bool,
    /// The form that rows are chosen for (`kit::selection`).
    #[prop(optional)]
    select: Option<&'static str>,
    /// All rows are chosen at first.
    #[prop(optional)]
    picked: bool,
    /// The column that is masked, and its eye.
    #[prop(default = None)]
    eye: Option<(&'static str, Eye)>,
) -> AnyView {
    let lang = lang();
    let caption = format!("{}{}{}", list.caption.at(lang), comma(lang), list.sorted_by(&asked, lang));
    let name = list.name;
    let rows = rows.into_iter().map(|row| body_row(name, row, &heads, select.map(|form| (form, picked)))).collect_view();
    let eye_of = |head: &Head| eye.as_ref().filter(|(key, _)| *key == head.key).map(|(_, eye)| eye.sign());
    let heads = heads.into_iter().map(|head| head_cell(list, &asked, path, &head, eye_of(&head))).collect_view();
    let class = if compact { "table inline-m compact" } else { "table inline-m" };
    view! {
        <div class="table-wrap" aria-busy="false" data-waits="">
            <table class=class role="table" data-testid=format!("{name}-table")>
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    }
}

fn head_cell(list: &'static List, asked: &Asked, path: &'static str, head: &Head, eye: Option<AnyView>) -> AnyView {
    let class = head.number.then_some("num");
    let column = list.columns.iter().find(|column| column.key == head.key && column.sort);
    let sort = column.and_then(|column| list.sorts.iter().find(|sort| sort.key == column.key));
    let Some(sort) = sort else {
        return view! { <th scope="col" role="columnheader" class=class>{head.label}{eye}</th> }.into_any();
    };
    let (key, down) = asked.sort_key();
    let (order, icon) = match (key == sort.key, down) {
        (false, _) => (None, "sort"),
        (true, true) => (Some("descending"), "arrow-down"),
        (true, false) => (Some("ascending"), "arrow-up"),
    };
    let href = list.address(path, &asked.sorted(sort));
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=order>
            <a href=href data-testid=format!("sort-{}", sort.key)>{head.label}<Icon name=icon size="s"/></a>
            {eye}
        </th>
    }
    .into_any()
}

/// The cells stand in the order of the heads; those without a head are not shown.
fn body_row(list: &'static str, row: Row, heads: &[Head], select: Option<(&'static str, bool)>) -> AnyView {
    let mut given: Vec<Option<Cell>> = row.cells.into_iter().map(Some).collect();
    let mut cells =
        heads.iter().filter_map(|head| given.iter_mut().find(|cell| cell.as_ref().is_some_and(|cell| cell.key == head.key))?.take());
    let first = cells.next().map(|cell| {
        let testid = testid(cell.key, &cell.shown);
        let shown = content(cell.key, cell.shown);
        let id = select.map(|_| format!("row-{}", row.id));
        let pick = select.map(|(form, picked)| crate::selection::pick(form, &row.id, picked));
        view! { <th scope="row" role="rowheader" id=id data-testid=testid>{pick}{shown}</th> }
    });
    let rest = cells.map(body_cell).collect_view();
    view! { <tr role="row" data-testid=format!("{list}-row") data-id=row.id>{first}{rest}</tr> }.into_any()
}

/// The name of a cell; what carries one itself needs none around it.
fn testid(key: &str, shown: &Shown) -> Option<String> {
    match shown {
        Shown::State(..) | Shown::Links(_) | Shown::Link { .. } | Shown::Document(_) => None,
        _ => Some(format!("cell-{key}")),
    }
}

fn body_cell(cell: Cell) -> AnyView {
    let Cell { key, label, shown } = cell;
    let testid = testid(key, &shown);
    let class = match shown {
        Shown::Amount(_) | Shown::Exact { .. } if key == "amount" => Some("num lead"),
        Shown::Number { .. } | Shown::Amount(_) | Shown::Exact { .. } => Some("num"),
        Shown::Day(_) | Shown::Moment(_) => Some("date"),
        Shown::Links(_) => Some("ops"),
        Shown::Drawn(_) if key == "actions" => Some("ops"),
        Shown::State(..) => Some("plain"),
        Shown::Drawn(_) if key == "state" => Some("plain"),
        _ => None,
    };
    let empty =
        matches!(&shown, Shown::Text { text, .. } | Shown::Number { text, .. } | Shown::Exact { text, .. } if text == "—").then_some("");
    let labelled = (!matches!(shown, Shown::Links(_) | Shown::State(..))).then_some(label);
    let (category, bytes) = match &shown {
        Shown::Text { category, .. } => (*category, None),
        Shown::Number { bytes, .. } => (None, bytes.map(|bytes| bytes.to_string())),
        _ => (None, None),
    };
    let (amount, currency) = match &shown {
        Shown::Amount(money) => (Some(money.plain()), Some(money.currency.key())),
        Shown::Exact { plain, currency, .. } => (Some(plain.clone()), Some(*currency)),
        _ => (None, None),
    };
    view! {
        <td role="cell" class=class data-l=labelled data-empty=empty data-testid=testid data-category=category data-bytes=bytes data-amount=amount data-currency=currency>{content(key, shown)}</td>
    }
    .into_any()
}

fn content(key: &'static str, shown: Shown) -> AnyView {
    match shown {
        Shown::Document(document) => document_cell(*document),
        Shown::Text { text, .. } | Shown::Number { text, .. } | Shown::Exact { text, .. } => text.into_any(),
        Shown::Amount(money) => money.to_string().into_any(),
        Shown::Day(at) => day(at),
        Shown::Moment(at) => moment(at),
        Shown::State(kind, state, label) => view! { <Status kind state label/> }.into_any(),
        Shown::Link { href, text } => {
            let class = link_class(&text);
            view! { <a class=class href=href data-testid=format!("cell-{key}")>{text}</a> }.into_any()
        }
        Shown::Links(links) => links.into_iter().map(link).collect_view().into_any(),
        Shown::Drawn(view) => view,
    }
}

/// A number of a document is one word, whatever strokes are in it.
fn link_class(text: &str) -> &'static str {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') { "row-link nowrap" } else { "row-link" }
}

fn document_cell(document: Document) -> AnyView {
    let Document { format, href, title, mark, category, line } = document;
    let dot = (!line.is_empty()).then(|| crate::icon::dot(lang()));
    view! {
        <div class="doc">
            {tile(format)}
            <div>
                <a class="row-link" href=href data-testid="cell-title">{pieces(&title)}</a>
                {mark.map(|mark| view! { " "<span class="tag new">{mark}</span> })}
                <span class="sub"><span data-testid="cell-category" data-category=category.0>{category.1}</span>{dot}{pieces(&line)}</span>
            </div>
        </div>
    }
    .into_any()
}

fn link(link: Link) -> AnyView {
    let separator = match lang() {
        Lang::Zh => "：",
        Lang::En => ": ",
    };
    let about = view! { <span class="visually-hidden">{separator}{link.about}</span> };
    let class = link.danger.then_some("danger");
    view! { <a class=class href=link.href download=link.download.then_some("")>{link.label}{about}</a> }.into_any()
}
