//! What several pages of withdrawals share.

use super::{PATH, text};
use domain::{
    Lang, Text,
    access::{CanManageBankAccount, CanTopUp, Permission as _, Rule},
    text as words,
    withdrawal::{Happened, SourceRow, State, Step},
};
use kit::{
    Crumb,
    course::{Entry, When, timeline},
    eye::Eye,
    icon::moment,
    lang,
    money::digits,
};
use leptos::prelude::*;

pub(crate) use kit::selection::refused;

const SUBMITTED: Text = words("提交申请", "Requested");
const FIRST: Text = words("初审通过，待第二人复核", "Approved by the first of two");
const SYSTEM: Text = words("系统", "The system");
const DONE: Text = words("已完成", "Done");
const UNDER_WAY: Text = words("进行中", "Under way");
const STOPPED: Text = words("已结束", "Ended");
const MATCHED: Text = words("匹配的充值记录", "Matched top-up records");
const MATCHED_HOW: Text = words("按充值时间后进先出", "Last in, first out");
const SUM: Text = words("合计", "Total");
const HEADS: [Text; 6] = [
    words("充值流水", "Top-up"),
    words("充值时间", "Received"),
    words("渠道", "Channel"),
    words("充值金额（元）", "Amount (CNY)"),
    words("本次提现（元）", "Goes back (CNY)"),
    words("可原路至", "Goes back until"),
];

/// A section of funds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Income and expense.
    Ledger,
    /// Top-ups.
    TopUps,
    /// Withdrawals.
    Withdrawals,
    /// Bank accounts.
    Accounts,
}

/// The tabs of the page of funds: those that the reader may open.
pub(crate) fn sections(here: Section) -> AnyView {
    let lang = lang();
    let standing = kit::visit::standing();
    let may = |rule: Option<&'static Rule>| standing.as_ref().zip(rule).is_some_and(|(standing, rule)| standing.may(rule).is_ok());
    let all = [
        (Section::Ledger, "/sales/funds", text::LEDGER, true),
        (Section::TopUps, crate::top_ups::PATH, text::TOP_UPS, may(CanTopUp::RULE)),
        (Section::Withdrawals, PATH, text::TITLE, true),
        (Section::Accounts, crate::bank_accounts::PATH, text::ACCOUNTS, may(CanManageBankAccount::RULE)),
    ];
    let tabs = all.into_iter().filter(|(.., may)| *may).map(|(section, path, label, _)| {
        let current = (section == here).then_some("page");
        view! { <a href=path aria-current=current>{label.at(lang)}</a> }
    });
    view! { <nav class="tabs" aria-label=text::SECTIONS.at(lang)>{tabs.collect_view()}</nav> }.into_any()
}

/// The way to a page below the list.
pub(super) fn crumbs(here: String) -> Vec<Crumb> {
    let lang = lang();
    vec![
        Crumb::to(text::SALES.at(lang), "/sales"),
        Crumb::to(text::FUNDS.at(lang), "/sales/funds"),
        Crumb::to(text::TITLE.at(lang), PATH),
        Crumb::here(here),
    ]
}

/// What a step is called once it has happened.
const fn happened(event: &Happened) -> Text {
    match event.step {
        None => SUBMITTED,
        Some(Step::Approve) if event.is_first_of_two => FIRST,
        Some(Step::Approve) => words("财务审核通过", "Approved by finance"),
        Some(Step::Confirm) => words("同事已确认，提交财务", "Confirmed by a colleague, handed to finance"),
        Some(Step::Reject) => words("财务驳回", "Rejected by finance"),
        Some(Step::Cancel) => words("已撤销", "Cancelled"),
        Some(Step::Process) => words("进入付款批次，银行处理中", "In the payment batch, with the bank"),
        Some(Step::Pay) => words("到账", "Arrived"),
        Some(Step::Fail) => words("打款失败", "Payment failed"),
        Some(Step::Delete) => words("伙伴已从列表删除", "Removed from the partner's list"),
    }
}

/// What happened to a request, and what is still to come.
pub(super) fn course(events: Vec<Happened>, state: State, ahead: Option<String>) -> AnyView {
    let lang = lang();
    let last = events.len().saturating_sub(1);
    let entry = |(at, event): (usize, Happened)| {
        let is_open = at == last && state.is_open();
        let bad = matches!(event.step, Some(Step::Reject | Step::Fail));
        let over = matches!(event.step, Some(Step::Cancel | Step::Delete));
        let (kind, word) = match (is_open, bad, over) {
            (true, ..) => (domain::machine::Kind::Run, UNDER_WAY),
            (_, true, _) => (domain::machine::Kind::Bad, STOPPED),
            (_, _, true) => (domain::machine::Kind::Ended, STOPPED),
            _ => (domain::machine::Kind::Good, DONE),
        };
        let by = if event.by.is_empty() { SYSTEM.at(lang).to_owned() } else { event.by.clone() };
        Entry {
            kind,
            word: word.at(lang),
            what: happened(&event).at(lang).to_owned(),
            when: When::At(event.at),
            by,
            note: event.note,
            ahead: false,
        }
    };
    let mut entries: Vec<Entry> = events.into_iter().enumerate().map(entry).collect();
    entries.extend(ahead.map(|when| Entry {
        kind: domain::machine::Kind::Draft,
        word: words("待发生", "To come").at(lang),
        what: words("到账", "Arrival").at(lang).to_owned(),
        when: When::Words(when),
        by: String::new(),
        note: String::new(),
        ahead: true,
    }));
    timeline(entries)
}

/// The top-ups that a request goes back through, with their sum.
pub(super) fn sources(rows: Vec<SourceRow>) -> Option<AnyView> {
    let (lang, first) = (lang(), rows.first()?.amount);
    let sum = |part: fn(&SourceRow) -> domain::Money| domain::Money::sum(first.currency, rows.iter().map(part)).unwrap_or(first);
    let (amounts, taken) = (sum(|row| row.amount), sum(|row| row.taken));
    let heads = HEADS.iter().enumerate().map(|(at, head)| {
        let class = matches!(at, 3 | 4).then_some("num");
        view! { <th scope="col" role="columnheader" class=class>{head.at(lang)}</th> }
    });
    let label = |at: usize| HEADS.get(at).map_or("", |head| head.at(lang));
    let body = rows.iter().map(|row| {
        use domain::machine::Keyed as _;
        view! {
            <tr role="row" data-testid="top-ups-row" data-id=row.number.clone()>
                <th scope="row" role="rowheader" data-testid="cell-number">{row.number.clone()}</th>
                <td role="cell" class="date" data-l=label(1)>{moment(row.received)}</td>
                <td role="cell" data-l=label(2)>{row.channel.label().at(lang)}</td>
                <td role="cell" class="num" data-l=label(3)>{digits(row.amount)}</td>
                <td role="cell" class="num" data-l=label(4) data-testid="cell-taken" data-amount=row.taken.plain()>{digits(row.taken)}</td>
                <td role="cell" data-l=label(5)>{row.until.to_string()}</td>
            </tr>
        }
    });
    let table = view! {
        <section class="card" aria-label=MATCHED.at(lang)>
            <div class="head"><h2>{MATCHED.at(lang)}</h2><p class="aux">{MATCHED_HOW.at(lang)}</p></div>
            <div class="table-wrap">
                <table class="table" role="table" data-testid="top-ups-table">
                    <caption class="visually-hidden">{MATCHED.at(lang)}</caption>
                    <thead role="rowgroup"><tr role="row">{heads.collect_view()}</tr></thead>
                    <tbody role="rowgroup">
                        {body.collect_view()}
                        <tr role="row">
                            <th scope="row" role="rowheader">{SUM.at(lang)}</th>
                            <td role="cell"></td>
                            <td role="cell"></td>
                            <td role="cell" class="num" data-l=label(3)>{digits(amounts)}</td>
                            <td role="cell" class="num" data-l=label(4)>{digits(taken)}</td>
                            <td role="cell"></td>
                        </tr>
                    </tbody>
                </table>
            </div>
        </section>
    };
    Some(table.into_any())
}

/// A fact of a list of facts.
pub(crate) fn fact(label: Text, value: impl Into<String>) -> AnyView {
    let value = value.into();
    view! { <div><dt>{label.at(lang())}</dt><dd>{value}</dd></div> }.into_any()
}

/// A bank account: `whose` it is, and its last digits, or its whole number once the eye is open.
pub(crate) fn account_fact(label: Text, whose: &str, (tail, number): (&str, Option<&str>), eye: &Eye) -> AnyView {
    let lang = lang();
    let shown = match number {
        Some(number) => number.to_owned(),
        None => format!("{} {tail}", text::TAIL.at(lang)),
    };
    // What came by another channel has no number.
    let sign = (!tail.is_empty()).then(|| eye.sign());
    view! {
        <div>
            <dt>{label.at(lang)}</dt>
            <dd>{whose.trim().to_owned()}" "<span class="nowrap" data-testid="account-number">{shown}</span>{sign}</dd>
        </div>
    }
    .into_any()
}

/// A sentence in the language of the page.
pub(super) fn by_day(day: domain::Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("预计 {day} 前"),
        Lang::En => format!("by {day}"),
    }
}
