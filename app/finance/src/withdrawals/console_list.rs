//! `/console/withdrawals`: the queue, in four stages. Rows are decided about one by one or as a batch.

use super::{
    CONSOLE,
    functions::{ListQueue, list_queue},
    parts::refused,
    text,
    text::queue as words,
};
use domain::{
    Id, Lang, Moment,
    list::Asked,
    machine::Keyed as _,
    views::Setup,
    withdrawal::{CONSOLE_WITHDRAWALS, QueuePage, REASON_MAX, State, Tab, WithdrawalRow},
};
use kit::{
    Crumb, Page,
    act::here,
    awaited::{Answering, ask},
    list_page::{Batch, Choice, Listed, count_of, list_card, tabs},
    listing::use_query,
    money::digits,
    selection::{Verb, batch_bar_with},
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The columns that there is room for beside a request; the fund stands below the number.
const BESIDE: &[&str] = &["number", "partner", "amount", "due"];
/// With less time than this the word for what is left is red.
const NEAR_SECONDS: i64 = 3_600;
/// With less than this it is amber.
const SOON_SECONDS: i64 = 3 * 3_600;
/// The form of the steps for chosen rows.
const BATCH: &str = "batch";

/// The page.
#[derive(Clone)]
pub struct ConsoleWithdrawals {
    query: Signal<String>,
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleWithdrawals {
    fn data() -> Self {
        let query = use_query();
        Self { query, rows: ask::<ListQueue>("query", query, |query| Box::pin(list_queue(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleWithdrawals { query, rows } = this;
        sheet(rows, Vec::new, move |fault| {
            let page = nothing(CONSOLE_WITHDRAWALS.read(&query.get_untracked()));
            Some(shown(page, fault.refused()))
        })
    }
}

fn nothing(asked: Asked) -> QueuePage {
    let waiting = domain::Money::cny(0);
    let now = kit::visit::visit().with_value(|visit| visit.now);
    QueuePage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, now, key: Id(0), setup: Setup::default() }
}

pub(super) fn shown(page: QueuePage, error: Option<(String, String)>) -> AnyView {
    kit::page::more_styles();
    let lang = kit::lang();
    let QueuePage { asked, rows, total, counts, waiting, now, key, setup } = page;
    let to_review = count_of(&counts, Tab::Review);
    let open = tab_of(&asked);
    let choices = Tab::ALL.iter().map(|tab| Choice::one(tab.label(), tab.key(), count_of(&counts, *tab))).collect();
    let rows = rows.into_iter().map(|row| table_row(row, now, lang)).collect();
    let list = Listed {
        today: now.day(),
        error,
        placeholder: words::SEARCH,
        counts: vec![("tab", counts.iter().map(|(tab, count)| (tab.key(), *count)).collect())],
        above: Some(tabs((&CONSOLE_WITHDRAWALS, CONSOLE), &asked, ("tab", words::TABS), (open.key(), Tab::Done.key()), choices)),
        setup: Some(setup),
        empty: (asked.page == 1 && !asked.only("tab", None).is_filtered()).then_some((words::EMPTY, words::EMPTY_HINT)),
        files: Some(("console-withdrawals", "/console/exports")),
        batch: (open != Tab::Done).then(|| Batch { form: BATCH, picked: false, bar: batch(open, key.to_string(), lang) }),
        ..Listed::new((&CONSOLE_WITHDRAWALS, CONSOLE, words::TITLE), asked, rows, (total, text::requests(total, lang)))
    };
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(words::TITLE.at(lang))];
    view! {
        <Page title=words::TITLE.at(lang) lede=words::lede(to_review, waiting, lang) crumbs>
            <div class="stack">{refused()}{list_card(list)}</div>
        </Page>
    }
    .into_any()
}

fn tab_of(asked: &Asked) -> Tab {
    asked.chosen("tab").next().and_then(Tab::read).unwrap_or(Tab::Review)
}

/// The queue beside one of its requests: its tabs, and what there is room for.
pub(super) fn beside(page: QueuePage, open: Id) -> AnyView {
    let lang = kit::lang();
    let QueuePage { asked, rows, counts, now, .. } = page;
    let tab = tab_of(&asked);
    let choices = Tab::ALL.iter().map(|tab| Choice::one(tab.label(), tab.key(), count_of(&counts, *tab))).collect();
    let tabs =
        tabs((&CONSOLE_WITHDRAWALS, CONSOLE), &CONSOLE_WITHDRAWALS.read(""), ("tab", words::TABS), (tab.key(), Tab::Done.key()), choices);
    let lines = rows.into_iter().map(|row| {
        let current = (row.id == open).then_some("true");
        let due = due(&row, now, lang);
        view! {
            <tr role="row" data-id=row.id.to_string() aria-current=current>
                <th scope="row" role="rowheader">
                    <a class="row-link" href=format!("{CONSOLE}/{}", row.id)>{row.number}</a>
                    <span class="sub">{row.fund.label().at(lang)}</span>
                </th>
                <td role="cell">{row.partner}</td>
                <td role="cell" class="num">{digits(row.amount)}</td>
                <td role="cell">{due}</td>
            </tr>
        }
    });
    let heads = CONSOLE_WITHDRAWALS.columns.iter().filter(|column| BESIDE.contains(&column.key)).map(|column| {
        let class = (column.key == "amount").then_some("num");
        view! { <th scope="col" role="columnheader" class=class>{column.label.at(lang)}</th> }
    });
    view! {
        <section class="card beside" aria-label=words::TITLE.at(lang) data-testid="queue-beside">
            {tabs}
            <div class="table-wrap">
                <table class="table compact" role="table">
                    <thead><tr role="row">{heads.collect_view()}</tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Until when something is waited for; its colour says how near that is.
fn due(row: &WithdrawalRow, now: Moment, lang: Lang) -> AnyView {
    match row.state {
        State::Submitted => {
            let near = match row.due.seconds_since(now) {
                ..NEAR_SECONDS => Some("bad"),
                NEAR_SECONDS..SOON_SECONDS => Some("act"),
                _ => None,
            };
            view! { <span class="by" data-k=near>{words::left(row.due, now, lang)}</span> }.into_any()
        }
        State::Processing => super::parts::by_day(row.promised, lang).into_any(),
        _ => ().into_any(),
    }
}

/// The steps for chosen rows: what is waited for in this tab.
fn batch(tab: Tab, key: String, lang: Lang) -> AnyView {
    let verb = |key, label: domain::Text| Verb { key, label: label.at(lang) };
    let hidden = view! { <input type="hidden" name="idempotency_key" value=key/> };
    if tab == Tab::Payout {
        return batch_bar_with(
            BATCH,
            "/fn/withdrawals/batch",
            here().get_untracked(),
            vec![verb("process", words::PROCESS)],
            hidden.into_any(),
        );
    }
    let label = words::REASON.at(lang);
    let fields = view! { {hidden}<input class="input" name="reason" aria-label=label placeholder=label maxlength=REASON_MAX.to_string()/> };
    let verbs = vec![verb("approve", words::APPROVE), verb("reject", words::REJECT)];
    batch_bar_with(BATCH, "/fn/withdrawals/batch", here().get_untracked(), verbs, fields.into_any())
}

fn table_row(row: WithdrawalRow, now: Moment, lang: Lang) -> Row {
    let cell = cells(&CONSOLE_WITHDRAWALS);
    let word = |text: String, category| Shown::Text { text, category };
    let number = view! { <a class="row-link" href=format!("{CONSOLE}/{}", row.id)>{row.number.clone()}</a> }.into_any();
    // For the vendor what waits for a decision is what needs the reader.
    let kind = if row.state == State::Submitted { domain::machine::Kind::Act } else { row.state.kind() };
    let due = due(&row, now, lang);
    let (state, key) = (row.state.label(), row.state.key());
    let cells = vec![
        cell("number", Shown::Drawn(number)),
        cell("partner", word(row.partner.clone(), None)),
        cell("fund", word(row.fund.label().at(lang).to_owned(), Some(row.fund.key()))),
        cell("amount", Shown::Amount(row.amount)),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, key, state)),
        cell("due", Shown::Drawn(due)),
    ];
    Row { id: row.id.to_string(), cells }
}
