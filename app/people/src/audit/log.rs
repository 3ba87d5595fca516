//! `/audit`: who did what to which object, when and from where.

use super::functions::{ListAudit, list_audit};
use domain::{
    Lang, Text,
    audit::{AUDIT, AuditPage, AuditRow, action},
    text,
    text::grouped,
};
use kit::{
    Crumb, Page, Stopped,
    awaited::{Answering, ask, awaited},
    export::ExportMenu,
    filter::{Bar, FilterBar},
    listing::{NothingFound, use_query},
    pager::Pager,
    table::{Cell, DataTable, Row, Shown, heads},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const PATH: &str = "/audit";
const TITLE: Text = text("审计日志", "Audit log");
const LEDE: Text = text(
    "记录贵公司名下的每一次变更，只增不改；每一行都接续上一行的校验值，改动会被发现。",
    "Every change in your company's name. Rows are only added; each follows the hash of the one before, so tampering shows.",
);
const ACCOUNT: Text = text("账号", "Account");
const SEARCH: Text = text("搜索人员或对象", "Search people or objects");

/// The page.
#[derive(Clone)]
pub struct AuditLog {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for AuditLog {
    fn data() -> Self {
        let query = use_query(&AUDIT);
        Self { query, rows: ask::<ListAudit>("query", query, |query| Box::pin(list_audit(query))) }
    }

    fn view(this: Self) -> AnyView {
        let AuditLog { query, rows } = this;
        awaited(rows, move |answer, busy| match answer.open::<AuditPage>() {
            Ok(page) => whole(page, busy, None),
            Err(fault) if fault.field.is_some() => {
                let asked = AUDIT.read(&query.get_untracked());
                let page = AuditPage { asked, rows: Vec::new(), total: 0, today: kit::visit::today() };
                whole(page, busy, fault.field.map(|field| (field, fault.message)))
            }
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

fn records(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 条记录", grouped(count)),
        Lang::En if count == 1 => "1 entry".to_owned(),
        Lang::En => format!("{} entries", grouped(count)),
    }
}

fn whole(page: AuditPage, busy: ReadSignal<bool>, error: Option<(String, String)>) -> AnyView {
    let lang = kit::lang();
    let AuditPage { asked, rows, total, today } = page;
    let bar = Bar {
        list: &AUDIT,
        path: PATH,
        asked: asked.clone(),
        found: records(total, lang),
        counts: Vec::new(),
        today,
        placeholder: SEARCH,
        error,
        busy,
    };
    let comma = if lang == Lang::Zh { "，" } else { ", " };
    let table = if rows.is_empty() {
        view! { <NothingFound list=&AUDIT path=PATH asked=asked.clone()/> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| table_row(row, lang)).collect();
        view! { <DataTable list=&AUDIT asked=asked.clone() path=PATH heads=heads(&AUDIT) rows busy/> }.into_any()
    };
    view! {
        <Page title=TITLE.at(lang) lede=LEDE.at(lang) crumbs=vec![Crumb::to(ACCOUNT.at(lang), "/account"), Crumb::here(TITLE.at(lang))]>
            <section class="card" aria-label=TITLE.at(lang)>
                <FilterBar bar/>
                <div class="toolbar">
                    <p class="result-count" role="status" data-testid="result-count" data-count=total.to_string()>
                        <b>{records(total, lang)}</b>{comma}{AUDIT.sorted_by(&asked, lang)}
                    </p>
                    <ExportMenu source="audit" query=AUDIT.write(&asked) records="/sales/exports"/>
                </div>
                {table}
                <Pager list=&AUDIT path=PATH asked total/>
            </section>
        </Page>
    }
    .into_any()
}

fn table_row(row: AuditRow, lang: Lang) -> Row {
    let label = |key: &str| AUDIT.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let cell = |key: &'static str, shown: Shown| Cell { key, label: label(key), shown };
    let plain = |text: String| Shown::Text { text, category: None };
    let word = action(&row.action).map_or(row.action, |word| word.at(lang).to_owned());
    Row {
        id: row.seq.to_string(),
        cells: vec![
            cell("at", Shown::Moment(row.at)),
            cell("person", plain(row.person)),
            cell("action", plain(word)),
            cell("object", plain(row.object)),
            cell("address", plain(row.address)),
            cell("seq", Shown::Number { text: grouped(row.seq), bytes: None }),
        ],
    }
}
