//! `/deadlines`: everything that waits for the reader, from the same flows as home's to-dos, all of it. The address is the state.

use domain::{
    Lang, Text,
    deadline::{DEADLINES, DeadlinePage, DeadlineRow},
    machine::Keyed as _,
    text,
    text::grouped,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask},
    call::Answer,
    lang,
    list_page::{Listed, list_card},
    listing::use_query,
    packed::Packed,
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use server_fn::codec::{GetUrl, Json};

/// The path of this page.
pub const PATH: &str = "/deadlines";

const TITLE: Text = text("期限日历", "Deadlines");
const LEDE: Text = text(
    "需要贵公司办理的事项，按截止日期和涉及金额排列；剩余天数按工作日计算，今天计入。",
    "What waits for your company, by date and by the money at stake. Days are working days, with today.",
);
const SEARCH: Text = text("事项", "What");

/// The deadlines of the caller for a query string.
#[server(prefix = "/fn", endpoint = "deadlines/list", input = GetUrl, output = Json)]
pub async fn list_deadlines(query: String) -> Answer<Packed> {
    use domain::{access::CanUsePortal, working_days::remaining};
    let access = kit::call::access::<CanUsePortal>()?;
    let (asked, today) = (DEADLINES.read(&query), access.now().day());
    let all = kit::todo::in_order(crate::home::every_to_do(access.caller()).await?);
    let row = |one: kit::todo::ToDo| DeadlineRow {
        kind: one.kind,
        what: one.what,
        about: one.about,
        due: one.due,
        days: one.due.map(|due| if due < today { 0 } else { remaining(today, due) }),
        money: one.money,
        href: one.href,
        label: one.label.to_owned(),
    };
    let all = domain::deadline::asked_for(all.into_iter().map(row).collect(), &asked);
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let skipped = usize::try_from(asked.skipped()).unwrap_or(usize::MAX);
    let rows = all.into_iter().skip(skipped).take(usize::try_from(asked.size).unwrap_or(0)).collect();
    Ok(kit::sheet::drawn(PATH, &query, || shown(DeadlinePage { asked, rows, total, today }, None)))
}

/// The page.
#[derive(Clone)]
pub struct DeadlinesPage {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for DeadlinesPage {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListDeadlines>("query", query, |query| Box::pin(list_deadlines(query))) }
    }

    fn view(this: Self) -> AnyView {
        let DeadlinesPage { query, rows } = this;
        sheet(rows, crumbs, move |fault| {
            let (asked, today) = (DEADLINES.read(&query.get_untracked()), kit::visit::today());
            Some(shown(DeadlinePage { asked, rows: Vec::new(), total: 0, today }, fault.refused()))
        })
    }
}

fn crumbs() -> Vec<Crumb> {
    let lang = lang();
    vec![Crumb::to(text("主页", "Home").at(lang), "/"), Crumb::here(TITLE.at(lang))]
}

fn found(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 个事项", grouped(count)),
        Lang::En if count == 1 => "1 deadline".to_owned(),
        Lang::En => format!("{} deadlines", grouped(count)),
    }
}

fn shown(page: DeadlinePage, error: Option<(String, String)>) -> AnyView {
    let lang = lang();
    let DeadlinePage { asked, rows, total, today } = page;
    let first = asked.skipped();
    let rows = (first..).zip(rows).map(|(place, row)| table_row(place, row)).collect();
    let list =
        Listed { today, error, placeholder: SEARCH, ..Listed::new((&DEADLINES, PATH, TITLE), asked, rows, (total, found(total, lang))) };
    view! { <Page title=TITLE.at(lang) lede=LEDE.at(lang) crumbs=crumbs()>{list_card(list)}</Page> }.into_any()
}

fn table_row(place: i64, row: DeadlineRow) -> Row {
    let cell = cells(&DEADLINES);
    let word = |text: String, category| Shown::Text { text, category };
    let what =
        view! { <a class="row-link" href=row.href.clone() data-kind=row.kind.key()>{row.what}</a><span class="sub">{row.about}</span> };
    let none = || word("—".to_owned(), None);
    let no_number = || Shown::Number { text: "—".to_owned(), bytes: None };
    let act = view! { <a href=row.href>{row.label}</a> };
    let cells = vec![
        cell("what", Shown::Drawn(what.into_any())),
        cell("date", row.due.map_or_else(none, |due| Shown::Day(due.start()))),
        cell("days", row.days.map_or_else(no_number, |days| Shown::Number { text: grouped(days), bytes: None })),
        cell("money", row.money.map_or_else(no_number, Shown::Amount)),
        cell("actions", Shown::Drawn(act.into_any())),
    ];
    Row { id: place.to_string(), cells }
}
