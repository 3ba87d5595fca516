//! `/console/withdrawals/{id}`: one request with its automatic checks, and the decision. Drawn by the server.

use super::{
    CONSOLE, console_list, console_path,
    functions::{ShowQueued, show_queued},
    parts::{account_fact, by_day, course, fact, sources},
    text,
};
use domain::{
    Id, Lang, Text,
    machine::{Keyed as _, Kind},
    text as words,
    text::grouped,
    withdrawal::{CONSOLE_WITHDRAWALS, CheckKind, Checked, ConsoleWithdrawal, QueuePage, REASON_MAX, REFERENCE_MAX, State, needs_two},
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    eye::Eye,
    form::{Field, Submit, TextArea},
    icon::{Icon, glyph},
    lang,
    listing::use_param,
    money::amount,
    page::more_styles,
    selection::refused_of,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const REQUEST: Text = words("提现申请", "Withdrawal");
const CHECKS: Text = words("自动核对", "Automatic checks");
const AS_IT_SHOULD: Text = words("通过", "Passed");
const LOOK: Text = words("请留意", "Look at this");
const ABOUT: Text = words("申请信息", "Request");
const COMPANY: Text = words("伙伴", "Partner");
const FUND: Text = words("资金类型", "Fund");
const ACCOUNT: Text = words("收款账户", "Account");
const PERSON: Text = words("提交人", "Requested by");
const TIME: Text = words("提交时间", "Requested at");
const DUE: Text = words("审核时限", "To be decided by");
const PROMISED: Text = words("预计到账", "Arrival");
const LATELY: Text = words("近 90 天", "Last 90 days");
const REFERENCE: Text = words("银行流水", "Bank reference");
const WHY: Text = words("原因", "Reason");
const DECISION: Text = words("审核结论", "Decision");
const PAYOUT: Text = words("打款结果", "Payout");
const NOT_DONE: Text = words("没有办理", "It was not done");
const APPROVE: Text = words("通过", "Approve");
const REJECT: Text = words("驳回", "Reject");
const PROCESS: Text = words("提交银行处理", "Hand to the bank");
const PAID: Text = words("确认到账", "Mark as paid");
const FAIL: Text = words("标记失败", "Mark as failed");
const REASON: Text = words("给伙伴的说明", "Reason for the partner");
const REASON_HINT: Text = words(
    "驳回或失败时必填，伙伴可见，最多 200 个字。请写明如何补正。",
    "Needed to reject or fail; the partner reads it. At most 200 characters; say how to mend it.",
);
const BANK_REFERENCE: Text = words("银行流水号", "Bank reference");
const BANK_REFERENCE_HINT: Text = words("确认到账时必填。", "Needed to mark as paid.");
const PAID_AMOUNT: Text = words("银行到账金额", "Amount paid by the bank");
const PAID_AMOUNT_HINT: Text = words("与申请金额不一致时不能确认到账。", "Must be the amount that was asked for.");
const FOUR_EYES: Text =
    words("您已通过初审或与该申请有关，需由另一位同事复核。", "You have approved it, or it is your own: another colleague decides next.");
const NEEDS_TWO: Text = words("金额达到 50,000.00 元，通过后进入第二人复核。", "From 50,000.00 on a second person decides after you.");
const SECOND: Text = words("已通过初审，您的通过将使其进入待打款。", "Approved by one person; yours makes it ready for payout.");
const BATCH: Text =
    words("下一个工作日 10:00 自动进入付款批次，也可现在提交。", "It goes out by itself at 10:00 of the next working day, or now.");
const BEFORE: Text = words("上一笔", "Previous request");
const AFTER: Text = words("下一笔", "Next request");
const BACK: Text = words("返回队列", "Back to the queue");
const COURSE: Text = words("进度", "Progress");

/// Where the eye of the account is sent.
const REVEAL: &str = "/fn/withdrawals/reveal-account";

/// The page.
#[derive(Clone)]
pub struct ConsoleWithdrawalPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleWithdrawalPage {
    fn data() -> Self {
        Self { answer: ask::<ShowQueued>("id", use_param("id"), |id| Box::pin(show_queued(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<ConsoleWithdrawal>() {
            Ok(request) => drawn_by_server(move || shown(request)),
            Err(fault) => view! { <Stopped fault crumbs=back(String::new())/> }.into_any(),
        })
    }
}

fn back(here: String) -> Vec<Crumb> {
    let lang = lang();
    vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::to(text::queue::TITLE.at(lang), CONSOLE), Crumb::here(here)]
}

fn shown(request: ConsoleWithdrawal) -> AnyView {
    let lang = lang();
    more_styles();
    let row = request.detail.row.clone();
    let kind = if row.state == State::Submitted { Kind::Act } else { row.state.kind() };
    let mark = view! { <Status kind state=row.state.key() label=row.state.label()/> }.into_any();
    let ahead = row.state.is_open().then(|| by_day(row.promised, lang));
    let queue = console_list::beside(request.queue.clone(), row.id);
    view! {
        <Page title=format!("{} {}", REQUEST.at(lang), row.number) lede=request.company.clone() crumbs=back(row.number.clone()) mark=Some(mark)>
            {refused_of(REVEAL)}
            <div class="with-panel">
                {queue}
                <div class="panel">
                    {way(&request.queue, row.id, lang)}
                    <div class="panel-body">
                        {about(&request, lang)}
                        {checks(&request.checks, lang)}
                        {decision(&request, lang)}
                        {sources(request.detail.sources.clone())}
                        <section class="card" aria-label=COURSE.at(lang)>
                            <div class="head"><h2>{COURSE.at(lang)}</h2></div>
                            <div class="body">{course(request.detail.events.clone(), row.state, ahead)}</div>
                        </section>
                    </div>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// Which one of its stage it is, and the way to the one before and the one after.
fn way(queue: &QueuePage, open: Id, lang: Lang) -> AnyView {
    let at = queue.rows.iter().position(|row| row.id == open);
    let place = at.map_or_else(String::new, |at| format!("{} / {}", at + 1, grouped(queue.total)));
    let other = |at: Option<usize>| at.and_then(|at| queue.rows.get(at)).map(|row| format!("{CONSOLE}/{}", row.id));
    let step = |href: Option<String>, rel, icon: &'static str, label: Text| {
        href.map(|href| view! { <a class="icon-btn" href=href rel=rel aria-label=label.at(lang)><Icon name=icon/></a> })
    };
    let tab =
        CONSOLE_WITHDRAWALS.address(CONSOLE, &queue.asked.only("tab", queue.asked.chosen("tab").next().map(str::to_owned).as_deref()));
    view! {
        <div class="panel-head">
            <span class="sub" data-testid="place">{place}</span>
            <span class="push tools">
                {step(other(at.and_then(|at| at.checked_sub(1))), "prev", "chevron-up", BEFORE)}
                {step(other(at.map(|at| at + 1)), "next", "chevron-down", AFTER)}
                <a class="icon-btn" href=tab aria-label=BACK.at(lang)><Icon name="x"/></a>
            </span>
        </div>
    }
    .into_any()
}

fn about(request: &ConsoleWithdrawal, lang: Lang) -> AnyView {
    let (detail, row) = (&request.detail, &request.detail.row);
    let (count, sum) = request.paid_lately;
    let lately = match lang {
        Lang::Zh => format!("{} 笔，合计 {}，均成功", grouped(count), text::yuan(sum, lang)),
        Lang::En => format!("{} paid, {} in all", grouped(count), text::yuan(sum, lang)),
    };
    let reference = (!row.reference.is_empty()).then(|| fact(REFERENCE, row.reference.clone()));
    let why = (!row.reason.is_empty()).then(|| fact(WHY, row.reason.clone()));
    let whose = format!("{} {} {}", detail.holder, row.bank, detail.branch);
    let fields = vec![("withdrawal", row.id.to_string())];
    let eye = Eye { action: REVEAL, fields, label: text::SHOW_NUMBER, address: console_path(row.id) };
    view! {
        <section class="card" aria-label=ABOUT.at(lang)>
            <div class="head"><h2>{ABOUT.at(lang)}</h2><span class="push" data-testid="amount-requested" data-amount=row.amount.plain()>{amount(row.amount, "total")}</span></div>
            <div class="body">
                <dl class="facts">
                    {fact(COMPANY, request.company.clone())}
                    {fact(FUND, row.fund.label().at(lang))}
                    {account_fact(ACCOUNT, &whose, (&row.tail, request.number.as_deref()), &eye)}
                    {fact(PERSON, row.person.clone())}
                    {fact(TIME, row.at.to_seconds())}
                    {fact(DUE, row.due.to_minutes())}
                    {fact(PROMISED, row.promised.to_string())}
                    {fact(LATELY, lately)}
                    {reference}
                    {why}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

fn checks(all: &[Checked], lang: Lang) -> AnyView {
    let rows = all.iter().map(|check| {
        let (kind, word) = if check.good { (Kind::Good, AS_IT_SHOULD) } else { (Kind::Act, LOOK) };
        view! {
            <li data-testid=format!("check-{}", check.kind.key()) data-state=if check.good { "good" } else { "act" }>
                {glyph(kind, word.at(lang))}
                <span class="main"><b>{check.kind.label().at(lang)}</b><span class="sub">{rests_on(check, lang)}</span></span>
            </li>
        }
    });
    view! {
        <section class="card" aria-label=CHECKS.at(lang)>
            <div class="head"><h2>{CHECKS.at(lang)}</h2></div>
            <div class="body"><ul class="rows" data-testid="checks">{rows.collect_view()}</ul></div>
        </section>
    }
    .into_any()
}

/// What a check rests on.
fn rests_on(check: &Checked, lang: Lang) -> String {
    let value = &check.value;
    match (check.kind, check.good, lang) {
        (CheckKind::Holder, true, Lang::Zh) => format!("与实名企业一致：{value}"),
        (CheckKind::Holder, false, Lang::Zh) => format!("与实名企业不一致：{value}"),
        (CheckKind::Holder, true, Lang::En) => format!("It is the company: {value}"),
        (CheckKind::Holder, false, Lang::En) => format!("It is not the company: {value}"),
        (CheckKind::Rest, true, Lang::Zh) => format!("充足，冻结本笔后该资金还可提 {value} 元"),
        (CheckKind::Rest, false, Lang::Zh) => format!("不足，欠票金额超出余额；该资金还可提 {value} 元"),
        (CheckKind::Rest, true, Lang::En) => format!("Sufficient; {value} can still leave this fund besides"),
        (CheckKind::Rest, false, Lang::En) => format!("Not sufficient: more is owed than there is; {value} can still leave"),
        (CheckKind::AccountAge, true, Lang::Zh) => format!("近 7 天无变更，最近一次为 {value}"),
        (CheckKind::AccountAge, false, Lang::Zh) => format!("提交前 7 天内有变更：{value}"),
        (CheckKind::AccountAge, true, Lang::En) => format!("Not within 7 days; last on {value}"),
        (CheckKind::AccountAge, false, Lang::En) => format!("Within 7 days before the request: {value}"),
        (CheckKind::Amount, true, Lang::Zh) => format!("金额低于 {value} 元，一人审核"),
        (CheckKind::Amount, false, Lang::Zh) => format!("金额达到 {value} 元，通过后需第二人复核"),
        (CheckKind::Amount, true, Lang::En) => format!("Below {value}: one person"),
        (CheckKind::Amount, false, Lang::En) => format!("{value} or more: a second person after the first"),
    }
}

/// The form of the next step. One form, one button for each way it can go.
fn decision(request: &ConsoleWithdrawal, lang: Lang) -> Option<AnyView> {
    let (detail, row) = (&request.detail, &request.detail.row);
    if !row.state.is_open() {
        return None;
    }
    let act = use_act("/fn/withdrawals/decide");
    let reason = || view! { <TextArea act name="reason" label=REASON optional=true most=REASON_MAX hint=REASON_HINT/> };
    let button = |label, class, step: &'static str| view! { <Submit label class step value=("step", step)/> };
    let (title, fields, buttons) = match row.state {
        State::Submitted => {
            let approve = (!request.is_barred).then(|| button(APPROVE, "btn primary", "approve"));
            let note = match (request.is_barred, row.has_first_approval, needs_two(row.amount)) {
                (true, ..) => Some(("bad", FOUR_EYES)),
                (_, true, _) => Some(("wait", SECOND)),
                (_, _, true) => Some(("act", NEEDS_TWO)),
                _ => None,
            };
            let code = request.is_barred.then_some("FOUR_EYES");
            let note = note.map(|(kind, words)| {
                view! { <div class="note" data-k=kind data-testid="four-eyes" data-code=code><Icon name="users"/><p>{words.at(lang)}</p></div> }
            });
            let fields = view! { {note}{reason()} }.into_any();
            (DECISION, fields, view! { {approve}{button(REJECT, "btn danger", "reject")} }.into_any())
        }
        State::Approved => {
            let note = view! { <div class="note" data-k="wait"><Icon name="calendar-clock"/><p>{BATCH.at(lang)}</p></div> }.into_any();
            (PAYOUT, note, button(PROCESS, "btn primary", "process").into_any())
        }
        _ => {
            let fields = view! {
                <Field act name="bank_reference" label=BANK_REFERENCE optional=true most=REFERENCE_MAX hint=BANK_REFERENCE_HINT/>
                <Field act name="amount" label=PAID_AMOUNT value=row.amount.plain() optional=true most=20 hint=PAID_AMOUNT_HINT/>
                {reason()}
            };
            let buttons = view! { {button(PAID, "btn primary", "paid")}{button(FAIL, "btn danger", "fail")} };
            (PAYOUT, fields.into_any(), buttons.into_any())
        }
    };
    let (id, version, key) = (row.id.to_string(), row.version.to_string(), detail.key.to_string());
    let card = view! {
        <section class="card" aria-label=title.at(lang)>
            <div class="head"><h2>{title.at(lang)}</h2></div>
            <div class="body">
                <ActForm act native=true class="fields">
                    <ErrorSummary act title=NOT_DONE/>
                    <Hidden name="withdrawal" value=id/>
                    <Hidden name="version" value=version/>
                    <Hidden name="idempotency_key" value=key/>
                    {fields}
                    <div class="actions">{buttons}</div>
                </ActForm>
            </div>
        </section>
    };
    Some(card.into_any())
}
