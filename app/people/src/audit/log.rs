//! `/audit` and `/console/audit`: who did what to which object, when and from where.

use super::functions::{ListAudit, ListEveryAudit, list_audit, list_every_audit};
use domain::{
    Lang, Text,
    audit::{AUDIT, AuditPage, AuditRow, CONSOLE_AUDIT, action},
    list::{Asked, List},
    text,
    text::grouped,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    drawn::drawn,
    list_page::{Listed, list_card},
    listing::use_query,
    overlay::choice,
    sheet::sheet,
    table::{Cell, Row, Shown},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// What one of the two pages shows.
pub(super) struct Log {
    list: &'static List,
    path: &'static str,
    title: Text,
    lede: Text,
    search: Text,
    /// Where its trail begins.
    above: (Text, &'static str),
    /// Its name among the exports, and where their records are.
    source: &'static str,
    records: &'static str,
}

pub(super) static OWN: Log = Log {
    list: &AUDIT,
    path: "/audit",
    title: text("审计日志", "Audit log"),
    lede: text(
        "记录贵公司名下的每一次变更，只增不改；每一行都接续上一行的校验值，改动会被发现。",
        "Every change in your company's name. Rows are only added; each follows the hash of the one before, so tampering shows.",
    ),
    search: text("搜索人员或对象", "Search people or objects"),
    above: (text("账号", "Account"), "/account"),
    source: "audit",
    records: "/sales/exports",
};

pub(super) static EVERY: Log = Log {
    list: &CONSOLE_AUDIT,
    path: "/console/audit",
    title: text("全部审计日志", "Audit log of all companies"),
    lede: text(
        "记录全部公司的每一次变更，每家公司一条校验链；序号是该公司链上的第几行。",
        "Every change of every company, one chain of hashes for each; the number is the row's place in its company's chain.",
    ),
    search: text("搜索公司、人员或对象", "Search companies, people or objects"),
    above: (text("厂商控制台", "Vendor console"), "/console"),
    source: "console-audit",
    records: "/console/exports",
};

/// The page.
#[derive(Clone)]
pub struct AuditLog {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for AuditLog {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListAudit>("query", query, |query| Box::pin(list_audit(query))) }
    }

    fn view(this: Self) -> AnyView {
        of_log(&OWN, this.query, this.rows)
    }
}

/// The same of all companies, for the vendor.
#[derive(Clone)]
pub struct ConsoleAuditLog {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleAuditLog {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListEveryAudit>("query", query, |query| Box::pin(list_every_audit(query))) }
    }

    fn view(this: Self) -> AnyView {
        of_log(&EVERY, this.query, this.rows)
    }
}

fn of_log(log: &'static Log, query: Signal<String>, rows: Answering) -> AnyView {
    sheet(rows, Vec::new, move |fault| {
        let page = AuditPage { asked: log.list.read(&query.get_untracked()), rows: Vec::new(), total: 0, today: kit::visit::today() };
        Some(shown(log, page, fault.refused()))
    })
}

fn records(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 条记录", grouped(count)),
        Lang::En if count == 1 => "1 entry".to_owned(),
        Lang::En => format!("{} entries", grouped(count)),
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Log {
    /// Names that were found for a filter, each with the way to its rows.
    pub(super) fn suggested(&self, filter: &'static str, query: &str, names: Vec<String>) -> kit::packed::Packed {
        let asked = self.list.read(query);
        let icon = if filter == "company" { "building" } else { "user" };
        let name = |name: String| {
            let href = self.list.address(self.path, &asked.only(filter, Some(&name)));
            choice(href, icon, name.into_any(), String::new())
        };
        kit::packed::Packed::new(drawn(names.into_iter().map(name).collect_view().into_any()))
    }

    /// The log as the server answers it.
    pub(super) fn drawn(&'static self, query: &str, page: AuditPage) -> kit::packed::Packed {
        kit::sheet::drawn(self.path, query, || shown(self, page, None))
    }
}

fn shown(log: &'static Log, page: AuditPage, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let AuditPage { asked, rows, total, today } = page;
    let Log { list, path, .. } = *log;
    let rows = rows.into_iter().map(|row| table_row((list, path, &asked), row, lang)).collect();
    let (title, (above, above_path)) = (log.title.at(lang), log.above);
    let card = Listed {
        today,
        error,
        placeholder: log.search,
        files: Some((log.source, log.records)),
        ..Listed::new((list, path, log.title), asked, rows, (total, records(total, lang)))
    };
    view! {
        <Page title lede=log.lede.at(lang) crumbs=vec![Crumb::to(above.at(lang), above_path), Crumb::here(title)]>{list_card(card)}</Page>
    }
    .into_any()
}

/// The cells of the columns that the page of this list has.
fn table_row((list, path, asked): (&'static List, &'static str, &Asked), row: AuditRow, lang: Lang) -> Row {
    let plain = |text: String| Shown::Text { text, category: None };
    // A name leads to the rows of that name; where that is asked already, and where nobody acted, it is a word.
    let only = |filter: &'static str, name: String| match name.is_empty() || asked.chosen(filter).next().is_some() {
        true => plain(name),
        false => Shown::Link { href: list.address(path, &asked.only(filter, Some(&name))), text: name },
    };
    let cells = list.columns.iter().filter(|column| column.on_page).map(|column| {
        let shown = match column.key {
            "at" => Shown::Moment(row.at),
            "company" => only("company", row.company.clone()),
            "person" => only("actor", row.person.clone()),
            "action" => plain(action(&row.action).map_or_else(|| row.action.clone(), |word| word.at(lang).to_owned())),
            // A document is known by its title; what is written in the chain is its id.
            "object" => plain(row.title.clone().unwrap_or_else(|| row.object.clone())),
            "address" => plain(row.address.clone()),
            _ => Shown::Number { text: grouped(row.seq), bytes: None },
        };
        Cell { key: column.key, label: column.label.at(lang), shown }
    });
    let cells = cells.collect();
    // Numbers are those of a chain, and the console shows many; a hash is one row's alone.
    Row { id: if list.name == AUDIT.name { row.seq.to_string() } else { row.hash }, cells }
}
