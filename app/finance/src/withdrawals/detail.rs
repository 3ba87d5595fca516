//! `/sales/funds/withdrawals/{id}`: one request, what it waits for, and what can be done next. Drawn by the server: it never changes by itself.

use super::{
    PATH,
    functions::{ShowWithdrawal, show_withdrawal},
    parts::{by_day, course, crumbs, fact, sources},
    text,
};
use domain::{
    Lang, Money, Text,
    machine::Keyed as _,
    text as words,
    withdrawal::{State, Step, WithdrawalDetail},
};
use kit::{
    ActForm, ErrorSummary, Hidden, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::{Field, Submit},
    icon::Icon,
    lang,
    listing::use_param,
    money::{Joint, Term, Worth, sum},
    page::more_styles,
    selection::refused_of,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const REQUEST: Text = words("提现申请", "Withdrawal");
const AMOUNT: Text = words("申请金额", "Requested");
const FEE: Text = words("手续费", "Fee");
const FREE: Text = words("免费", "Free of charge");
const ARRIVES: Text = words("到账金额", "Arrives");
const ABOUT: Text = words("申请信息", "Request");
const FUND: Text = words("资金类型", "Fund");
const PERSON: Text = words("申请人", "Requested by");
const TIME: Text = words("申请时间", "Requested at");
const ENTITY: Text = words("签约主体", "Contracting entity");
const ACCOUNT: Text = words("收款账户", "Account");
const BRANCH: Text = words("开户行", "Bank");
const NOTE: Text = words("备注", "Note");
const REFERENCE: Text = words("银行流水", "Bank reference");
const COURSE: Text = words("进度", "Progress");
const LATE: Text = words("银行未在预计日期前完成时，请在支持中联系我们。", "If the bank is later than that, contact support.");
const NOT_MOVED: Text = words("没有办理", "It was not done");
const CANCEL_FOLLOWS: Text = words(
    "撤销后金额立即解冻，可重新申请；审核开始后不能撤销。",
    "The amount is free again at once. After the review it can't be cancelled.",
);
const DELETE_FOLLOWS: Text = words(
    "此操作不能撤销，但账务与审计记录仍保留。只有已驳回的申请可以删除。",
    "This can't be undone, but ledger and audit stay. Only rejected requests can be deleted.",
);
const CONFIRM_FOLLOWS: Text = words(
    "请核对金额与收款账户。确认后提交财务审核，承诺的到账时间从现在起算。",
    "Check amount and account. Confirmed, it goes to finance; the promised day counts from now.",
);
const SEND_CODE: Text = words("发送验证码", "Send a code");
const CODE_LABEL: Text = words("验证码", "Code");
const NEXT: Text = words("下一步", "Next");

/// Where the code of a confirmation is asked for.
const PREPARE_CONFIRM: &str = "/fn/withdrawals/prepare-confirm";

/// The page.
#[derive(Clone)]
pub struct WithdrawalDetailPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for WithdrawalDetailPage {
    fn data() -> Self {
        Self { answer: ask::<ShowWithdrawal>("id", use_param("id"), |id| Box::pin(show_withdrawal(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<WithdrawalDetail>() {
            Ok(detail) => drawn_by_server(move || shown(detail)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(String::new())/> }.into_any(),
        })
    }
}

fn shown(detail: WithdrawalDetail) -> AnyView {
    let lang = lang();
    more_styles();
    let row = detail.row.clone();
    let mark = view! { <Status kind=row.state.kind() state=row.state.key() label=row.state.label()/> }.into_any();
    let ahead = row.state.is_open().then(|| by_day(row.promised, lang));
    let actions = (row.state == State::Paid).then(|| {
        let href = super::receipt::path(row.id);
        view! { <a class="btn" href=href data-testid="open-receipt"><Icon name="receipt"/>{text::RECEIPT.at(lang)}</a> }.into_any()
    });
    let late = (row.state == State::Processing).then(|| view! { <div class="foot">{LATE.at(lang)}</div> });
    view! {
        <Page title=format!("{} {}", REQUEST.at(lang), row.number) crumbs=crumbs(row.number.clone()) mark=Some(mark) actions=actions>
            <div class="with-aside">
                <div class="stack">
                    {figures(&detail, lang)}
                    {facts(&detail, lang)}
                    {sources(detail.sources.clone())}
                </div>
                <div class="stack">
                    {next(&detail, lang)}
                    <section class="card" aria-label=COURSE.at(lang)>
                        <div class="head"><h2>{COURSE.at(lang)}</h2></div>
                        <div class="body">{course(detail.events.clone(), row.state, ahead)}</div>
                        {late}
                    </section>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// The amount, what of it arrives, and what it waits for.
fn figures(detail: &WithdrawalDetail, lang: Lang) -> AnyView {
    let row = &detail.row;
    let term = |joint, label: Text, money: Money, testid, note: Option<AnyView>| Term {
        joint,
        label: label.at(lang),
        worth: Worth::Money(money),
        note,
        testid: Some(testid),
    };
    let terms = vec![
        term(Joint::First, AMOUNT, row.amount, "amount-requested", None),
        term(Joint::Minus, FEE, Money::zero(row.amount.currency), "amount-fee", Some(FREE.at(lang).into_any())),
        term(Joint::Equals, ARRIVES, row.amount, "amount-arrives", None),
    ];
    let (kind, icon) = match row.state {
        State::PartnerReview | State::Submitted | State::Approved | State::Processing => ("wait", "hourglass"),
        State::Paid => ("good", "check-circle"),
        State::Failed | State::Rejected => ("bad", "alert"),
        State::Cancelled | State::Deleted => ("", "info"),
    };
    view! {
        <section class="card" aria-label=AMOUNT.at(lang)>
            <div class="body">{sum(terms)}</div>
            <div class="body"><div class="note" data-k=kind data-testid="waits-for"><Icon name=icon/><p>{text::waits(row, lang)}</p></div></div>
        </section>
    }
    .into_any()
}

fn facts(detail: &WithdrawalDetail, lang: Lang) -> AnyView {
    let row = &detail.row;
    let note = (!detail.note.is_empty()).then(|| fact(NOTE, detail.note.clone()));
    let reference = (!row.reference.is_empty()).then(|| fact(REFERENCE, row.reference.clone()));
    view! {
        <section class="card" aria-label=ABOUT.at(lang)>
            <div class="head"><h2>{ABOUT.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts">
                    {fact(FUND, row.fund.label().at(lang))}
                    {fact(PERSON, row.person.clone())}
                    {fact(TIME, row.at.to_seconds())}
                    {fact(ENTITY, detail.entity.clone())}
                    {fact(ACCOUNT, format!("{} {} {}", detail.holder, text::TAIL.at(lang), row.tail))}
                    {fact(BRANCH, format!("{} {}", row.bank, detail.branch))}
                    {note}
                    {reference}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

/// What the partner can do now: cancel, make it again, delete.
fn next(detail: &WithdrawalDetail, lang: Lang) -> Option<AnyView> {
    let row = &detail.row;
    let again = row.state.can_be_repeated().then(|| {
        let label = if row.state == State::Rejected { text::AGAIN } else { text::NEW_FROM };
        view! { <a class="btn primary" href=format!("{PATH}/new?again={}", row.id) data-testid="open-again">{label.at(lang)}</a> }
    });
    let step = match row.state {
        State::PartnerReview | State::Submitted => Some((Step::Cancel, "cancel", text::CANCEL_REQUEST, CANCEL_FOLLOWS, "btn")),
        State::Rejected => Some((Step::Delete, "delete", text::DELETE, DELETE_FOLLOWS, "btn danger")),
        State::Failed => None,
        _ => return None,
    };
    let act = use_act("/fn/withdrawals/move");
    let confirm = detail.may_confirm.then(|| confirm_form(detail, act, lang));
    let (id, version, form_key) = (row.id.to_string(), row.version.to_string(), detail.key.to_string());
    let form = step.map(move |(step, key, label, follows, class)| {
        view! {
            <p class="hint" id=key>{follows.at(lang)}</p>
            <ActForm act native=true class="actions">
                <Hidden name="withdrawal" value=id/>
                <Hidden name="version" value=version/>
                <Hidden name="step" value=step.key()/>
                <Hidden name="idempotency_key" value=form_key/>
                {again}
                <Submit label class step=key/>
            </ActForm>
        }
        .into_any()
    });
    let alone = (row.state == State::Failed)
        .then(|| view! { <a class="btn primary" href=format!("{PATH}/new?again={}", row.id) data-testid="open-again">{text::NEW_FROM.at(lang)}</a> });
    let next = view! {
        <section class="card" aria-label=NEXT.at(lang)>
            <div class="head"><h2>{NEXT.at(lang)}</h2></div>
            <div class="body"><div class="stack"><ErrorSummary act title=NOT_MOVED/>{confirm}{form}{alone}</div></div>
        </section>
    };
    Some(next.into_any())
}

/// A colleague of who started the request confirms it, with a code for this request and its amount.
fn confirm_form(detail: &WithdrawalDetail, act: kit::Act, lang: Lang) -> AnyView {
    let row = &detail.row;
    let (id, same, version, key) = (row.id.to_string(), row.id.to_string(), row.version.to_string(), detail.key.to_string());
    let send = use_act(PREPARE_CONFIRM);
    let code = match lang {
        Lang::Zh => format!("验证码发送至 {}，5 分钟内有效，仅用于确认本笔 {} 的提现。", detail.code_to, text::yuan(row.amount, lang)),
        Lang::En => {
            format!("The code goes to {}; valid for 5 minutes, to confirm these {} only.", detail.code_to, text::yuan(row.amount, lang))
        }
    };
    view! {
        <p class="hint">{CONFIRM_FOLLOWS.at(lang)}</p>
        {refused_of(PREPARE_CONFIRM)}
        <p class="hint">{code}</p>
        <ActForm act=send native=true class="actions">
            <Hidden name="withdrawal" value=same/>
            <button class="btn" data-testid="action-send-code">{SEND_CODE.at(lang)}</button>
        </ActForm>
        <ActForm act native=true class="fields">
            <Hidden name="withdrawal" value=id/>
            <Hidden name="version" value=version/>
            <Hidden name="step" value=Step::Confirm.key()/>
            <Hidden name="idempotency_key" value=key/>
            <Field act name="code" label=CODE_LABEL most=6 autocomplete="one-time-code"/>
            <div class="actions"><Submit label=text::CONFIRM class="btn primary" step="confirm"/></div>
        </ActForm>
    }
    .into_any()
}
