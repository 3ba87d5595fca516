//! `/console/withdrawals`: the queue, in four stages. Rows are decided about one by one or as a batch.

use super::{
    CONSOLE,
    functions::{ListQueue, list_queue},
    parts::refused,
    text,
    text::queue as words,
};
use domain::{
    Lang, Moment,
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
    selection::{Verb, batch_bar_with},
    sheet::sheet,
    table::{Row, Shown, cells},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

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
    QueuePage { asked, rows: Vec::new(), total: 0, counts: Vec::new(), waiting, now, key: domain::Id(0), setup: Setup::default() }
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
    let due = match row.state {
        State::Submitted => words::left(row.due, now, lang),
        State::Processing => super::parts::by_day(row.promised, lang),
        _ => String::new(),
    };
    let (state, key) = (row.state.label(), row.state.key());
    let cells = vec![
        cell("number", Shown::Drawn(number)),
        cell("partner", word(row.partner.clone(), None)),
        cell("fund", word(row.fund.label().at(lang).to_owned(), Some(row.fund.key()))),
        cell("amount", Shown::Amount(row.amount)),
        cell("at", Shown::Moment(row.at)),
        cell("state", Shown::State(kind, key, state)),
        cell("due", word(due, None)),
    ];
    Row { id: row.id.to_string(), cells }
}
