//! What several pages of invoices share.

use super::{INFORMATION, PATH, text};
use domain::{
    Drawn, Lang, Money, Text,
    attachment::{Attachment, Side},
    invoice::{Content, Happened, Invoiceable, State, Step, Tab},
    machine::{Keyed as _, Kind},
    text as words,
};
use kit::{
    Crumb,
    course::{Entry, When, timeline},
    drawn::drawn,
    icon::Icon,
    lang,
    money::{Joint, Term, Worth, digits, sum},
    upload::attached,
};
use leptos::prelude::*;

const OPEN: Text = words("可开票金额", "Can be invoiced");
const PAID: Text = words("已付消费", "Paid consumption");
const INVOICED: Text = words("已开票", "Already invoiced");
const INVOICED_NOTE: Text = words("含申请中的金额", "with what is asked for");
const OWED: Text = words("欠票", "Owed invoices");
const OWED_NOTE: Text = words("先从最早的账期扣除", "kept back, oldest period first");
const NOTHING_LEFT: Text = words("欠票不少于未开票金额", "no more than what is owed");
const SUBMITTED: Text = words("提交申请", "Requested");
const DONE: Text = words("已完成", "Done");
const UNDER_WAY: Text = words("进行中", "Under way");
const NUMBER_SHUT: Text = words(
    "（服务器缺少打开完整账号的密钥，暂时只能显示尾号。请联系管理员恢复密钥文件。）",
    "(The server lacks the key that opens the whole number, so only its end can be shown. Ask the operator to bring the key file back.)",
);
const STOPPED: Text = words("已结束", "Ended");

/// The way to a page below the list.
pub(super) fn crumbs(here: impl Into<String>) -> Vec<Crumb> {
    let lang = lang();
    vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::to(text::TITLE.at(lang), PATH), Crumb::here(here)]
}

/// The way to a page below the information.
pub(super) fn information_crumbs(here: &str) -> Vec<Crumb> {
    let lang = lang();
    let mut crumbs = vec![Crumb::to(text::SALES.at(lang), "/sales"), Crumb::to(text::TITLE.at(lang), PATH)];
    if here.is_empty() {
        crumbs.push(Crumb::here(text::INFORMATION.at(lang)));
    } else {
        crumbs.extend([Crumb::to(text::INFORMATION.at(lang), INFORMATION), Crumb::here(here)]);
    }
    crumbs
}

/// The page of a tab of the information.
pub(super) fn information_address(tab: Tab) -> String {
    match tab {
        Tab::Vendor => INFORMATION.to_owned(),
        Tab::Seller => format!("{INFORMATION}?tab={}", tab.key()),
    }
}

/// A fact of a list of facts.
pub(super) fn fact(label: Text, value: impl Into<String>) -> AnyView {
    let value = value.into();
    view! { <div><dt>{label.at(lang())}</dt><dd>{value}</dd></div> }.into_any()
}

/// A file that came along, as a line of facts.
pub(super) fn file_fact(file: Option<&Attachment>, side: Side) -> Option<AnyView> {
    let file = file?;
    let (label, link) = (file.kind.label().at(lang()), attached(file, side)?);
    Some(view! { <div><dt>{label}</dt><dd>{link}</dd></div> }.into_any())
}

/// What stands on an invoice, without the fields that are empty.
pub(super) fn content(content: &Content) -> AnyView {
    let lang = lang();
    let facts = named(content, lang).into_iter().filter(|(_, value)| !value.is_empty());
    view! { <dl class="facts">{facts.map(|(label, value)| fact(label, value)).collect_view()}</dl> }.into_any()
}

/// The fields of an invoice with their words.
pub(super) fn named(content: &Content, lang: Lang) -> Vec<(Text, String)> {
    vec![
        (words("发票抬头", "Title"), content.title.clone()),
        (words("抬头类型", "Title type"), content.title_type.label().at(lang).to_owned()),
        (words("发票类型", "Invoice type"), content.kind.label().at(lang).to_owned()),
        (words("纳税人识别号", "Tax number"), content.tax_no.clone()),
        (words("开户银行", "Bank"), content.bank.clone()),
        (words("银行账号", "Bank account"), account(content, lang)),
        (words("注册地址", "Registered address"), content.address.clone()),
        (words("电话", "Phone"), content.phone.clone()),
        (words("发票介质", "Medium"), content.medium.label().at(lang).to_owned()),
        (words("接收方", "Recipient"), content.recipient.clone()),
    ]
}

/// The whole number, or why it is not there.
fn account(content: &Content, lang: Lang) -> String {
    if content.is_masked() { format!("{} {}", content.account, NUMBER_SHUT.at(lang)) } else { content.account.clone() }
}

/// What can be invoiced as a sum that adds up.
pub(super) fn formula(all: &Invoiceable) -> AnyView {
    let lang = lang();
    let term = |joint, label: Text, money: Money, testid, note: Option<Text>| Term {
        joint,
        label: label.at(lang),
        worth: Worth::Money(money),
        note: note.map(|note| note.at(lang).into_any()),
        testid: Some(testid),
    };
    let is_blocked = all.open.micros == 0 && all.owed.micros > 0;
    sum(vec![
        term(Joint::First, PAID, all.paid, "amount-paid", None),
        term(Joint::Minus, INVOICED, all.invoiced, "amount-invoiced", Some(INVOICED_NOTE)),
        term(Joint::Minus, OWED, all.owed, "amount-owed", Some(OWED_NOTE)),
        term(Joint::Equals, OPEN, all.open, "amount-invoiceable", is_blocked.then_some(NOTHING_LEFT)),
    ])
}

/// The cards above the list: what can be invoiced, and the invoices that are owed. Drawn by the server and brought as markup.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn cards(summary: &store::invoices::Summary) -> Drawn {
    use kit::icon::moment;
    const OWED_LIST: Text = words("欠票明细", "Owed invoices");
    const OWED_WHY: Text = words(
        "已入账而未收到发票的金额。补交发票前，等额消费不能开票，也不能提现。",
        "Credited without an invoice. Until it comes, as much consumption can't be invoiced, and as much cash can't be withdrawn.",
    );
    const HEADS: [Text; 3] = [words("单号", "Number"), words("登记时间", "Since"), words("欠票金额（元）", "Owed (CNY)")];
    let lang = lang();
    let head = |at: usize| HEADS.get(at).map_or("", |head| head.at(lang));
    let owed = (!summary.owed.is_empty()).then(|| {
        let heads = HEADS.iter().enumerate().map(|(at, head)| {
            let class = (at == 2).then_some("num");
            view! { <th scope="col" role="columnheader" class=class>{head.at(lang)}</th> }
        });
        let rows = summary.owed.iter().map(|row| {
            view! {
                <tr role="row" data-testid="owed-invoices-row" data-id=row.number.clone()>
                    <th scope="row" role="rowheader" data-testid="cell-number">{row.number.clone()}</th>
                    <td role="cell" class="date" data-l=head(1)>{moment(row.since)}</td>
                    <td role="cell" class="num" data-l=head(2) data-testid="cell-amount" data-amount=row.amount.plain() data-currency=row.amount.currency.key()>{digits(row.amount)}</td>
                </tr>
            }
        });
        view! {
            <section class="card" aria-label=OWED_LIST.at(lang)>
                <div class="head"><h2>{OWED_LIST.at(lang)}</h2><p class="aux">{OWED_WHY.at(lang)}</p></div>
                <div class="table-wrap">
                    <table class="table" role="table" data-testid="owed-invoices-table">
                        <caption class="visually-hidden">{OWED_LIST.at(lang)}</caption>
                        <thead role="rowgroup"><tr role="row">{heads.collect_view()}</tr></thead>
                        <tbody role="rowgroup">{rows.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    });
    let cards = view! {
        <div class="stack">
            <section class="card" aria-label=OPEN.at(lang)><div class="head"><h2>{OPEN.at(lang)}</h2></div><div class="body">{formula(&summary.invoiceable)}</div></section>
            {owed}
        </div>
    };
    drawn(cards.into_any())
}

/// What a step is called once it has happened.
const fn happened(event: &Happened) -> Text {
    match event.step {
        None => SUBMITTED,
        Some(Step::Issue) => words("财务开具", "Issued by finance"),
        Some(Step::Send) => words("寄出", "Sent"),
        Some(Step::Reject) => words("财务驳回", "Rejected by finance"),
        Some(Step::Cancel) => words("已撤销", "Cancelled"),
        Some(Step::Return) => words("申请退票", "Given back"),
        Some(Step::AcceptReturn) => words("财务确认退票", "Taken back by finance"),
        Some(Step::RefuseReturn) => words("退票未通过", "The return was refused"),
    }
}

/// What happened to a request.
pub(super) fn course(events: Vec<Happened>, state: State) -> AnyView {
    let lang = lang();
    let last = events.len().saturating_sub(1);
    let entry = |(at, event): (usize, Happened)| {
        let is_open = at == last && state.is_open();
        let bad = matches!(event.step, Some(Step::Reject | Step::RefuseReturn));
        let over = matches!(event.step, Some(Step::Cancel | Step::AcceptReturn));
        let (kind, word) = match (is_open, bad, over) {
            (true, ..) => (Kind::Run, UNDER_WAY),
            (_, true, _) => (Kind::Bad, STOPPED),
            (_, _, true) => (Kind::Ended, STOPPED),
            _ => (Kind::Good, DONE),
        };
        let what = happened(&event).at(lang).to_owned();
        Entry { kind, word: word.at(lang), what, when: When::At(event.at), by: event.by, note: event.note, ahead: false }
    };
    timeline(events.into_iter().enumerate().map(entry).collect())
}

/// Why the step that led here was not done, for pages whose forms are plain ones.
pub(super) fn refused() -> Option<AnyView> {
    let fault = kit::visit::kept()?.fault?;
    Some(view! { <p class="note" data-k="bad" role="alert" data-testid="error-summary" data-code=fault.code><Icon name="alert"/><span>{fault.message}</span></p> }.into_any())
}
