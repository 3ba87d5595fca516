//! `/sales/invoices/{id}`: one request, what stands on the invoice, and what can be done next. Drawn by the server.

use super::{
    PATH,
    functions::{ShowInvoice, show_invoice},
    parts::{content, course, crumbs, fact, file_fact},
    text,
};
use domain::{
    Lang, Money, Text,
    attachment::Side,
    bills::TAX_PERCENT,
    invoice::{InvoiceDetail, REASON_MAX, State, pays_courier},
    machine::Keyed as _,
    text as words,
};
use kit::{
    ActForm, ErrorSummary, Hidden, Page, Status, Stopped, TextArea,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::Submit,
    icon::Icon,
    lang,
    listing::use_param,
    money::{Joint, Line, Term, Worth, ledger, sum},
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const REQUEST: Text = words("开票申请", "Invoice request");
const NET: Text = words("不含税金额", "Net");
const TAX: Text = words("税额", "Tax");
const GROSS: Text = words("价税合计", "Gross");
const PARTS: Text = words("对应账期", "Periods");
const TOTAL: Text = words("合计", "Total");
const ABOUT: Text = words("申请信息", "Request");
const CAPITALS: Text = words("金额（大写）", "Amount in words");
const NAMED_BY: Text = words("申请方式", "Requested");
const PERSON: Text = words("申请人", "Requested by");
const TIME: Text = words("申请时间", "Requested at");
const ENTITY: Text = words("开票方", "Issued by");
const INVOICE: Text = words("发票号码", "Invoice number");
const COURIER: Text = words("快递单号", "Courier number");
const WHY: Text = words("原因", "Reason");
const CONTENT: Text = words("票面信息", "On the invoice");
const COURSE: Text = words("进度", "Progress");
const NEXT: Text = words("下一步", "Next");
const CANCEL_FOLLOWS: Text = words(
    "撤销后金额立即可重新申请；开具后不能撤销。",
    "The amount can be asked for again at once. Once it is issued it can't be cancelled.",
);
const RETURN_FOLLOWS: Text = words(
    "财务在 3 个工作日内审核。退票后金额可重新申请；纸质发票须寄回。",
    "Finance decides within 3 working days; then the amount can be asked for again. Paper has to be sent back.",
);
const REASON: Text = words("退票原因", "Reason");
const REASON_HINT: Text = words("财务可见，最多 200 个字。", "Finance reads it; at most 200 characters.");
const OWN_COST: Text = words("金额低于 100.00 元，纸质发票快递费由贵公司承担。", "Below 100.00 the courier is at your cost.");

/// The page.
#[derive(Clone)]
pub struct InvoiceDetailPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for InvoiceDetailPage {
    fn data() -> Self {
        Self { answer: ask::<ShowInvoice>("id", use_param("id"), |id| Box::pin(show_invoice(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<InvoiceDetail>() {
            Ok(detail) => drawn_by_server(move || shown(detail)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(String::new())/> }.into_any(),
        })
    }
}

fn shown(detail: InvoiceDetail) -> AnyView {
    let lang = lang();
    more_styles();
    let row = detail.row.clone();
    let mark = view! { <Status kind=row.state.kind() state=row.state.key() label=row.state.label()/> }.into_any();
    view! {
        <Page title=format!("{} {}", REQUEST.at(lang), row.number) crumbs=crumbs(row.number.clone()) mark=Some(mark)>
            <div class="with-aside">
                <div class="stack">
                    {figures(&detail, lang)}
                    {snapshot(&detail, lang)}
                    {facts(&detail, Side::Partner, lang)}
                </div>
                <div class="stack">
                    {next(&detail, lang)}
                    <section class="card" aria-label=COURSE.at(lang)>
                        <div class="head"><h2>{COURSE.at(lang)}</h2></div>
                        <div class="body">{course(detail.events.clone(), row.state)}</div>
                    </section>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// Net, tax and gross, the periods that it is made of, and what it waits for.
pub(super) fn figures(detail: &InvoiceDetail, lang: Lang) -> AnyView {
    let row = &detail.row;
    let term = |joint, label: Text, money: Money, testid, note: Option<AnyView>| Term {
        joint,
        label: label.at(lang),
        worth: Worth::Money(money),
        note,
        testid: Some(testid),
    };
    let rate = format!("{TAX_PERCENT}%");
    let terms = vec![
        term(Joint::First, NET, row.amount.minus(row.tax).unwrap_or(row.amount), "amount-net", None),
        term(Joint::Plus, TAX, row.tax, "amount-tax", Some(rate.into_any())),
        term(Joint::Equals, GROSS, row.amount, "amount-invoice", None),
    ];
    let line = |label: String, money: Money, total| Line { label, worth: Worth::Money(money), total };
    let mut lines: Vec<Line> = detail.parts.iter().map(|(period, part)| line(period.to_string(), *part, false)).collect();
    lines.push(line(TOTAL.at(lang).to_owned(), row.amount, true));
    let (kind, icon) = match row.state {
        State::Submitted | State::ReturnReview => ("wait", "hourglass"),
        State::Issued | State::Sent => ("good", "check-circle"),
        State::Rejected => ("bad", "alert"),
        State::Cancelled | State::Returned => ("", "info"),
    };
    let cost = pays_courier(row.medium, row.amount)
        .then(|| view! { <div class="note" data-k="act" data-testid="own-cost"><Icon name="info"/><p>{OWN_COST.at(lang)}</p></div> });
    view! {
        <section class="card" aria-label=GROSS.at(lang)>
            <div class="body">{sum(terms)}</div>
            <div class="body"><div class="stack">
                <div class="note" data-k=kind data-testid="waits-for"><Icon name=icon/><p>{text::waits(row, lang)}</p></div>
                {cost}
            </div></div>
        </section>
        <section class="card" aria-label=PARTS.at(lang)>
            <div class="head"><h2>{PARTS.at(lang)}</h2></div>
            <div class="body" data-testid="parts">{ledger(lines)}</div>
        </section>
    }
    .into_any()
}

/// What stands on the invoice, as it was when it was asked for.
pub(super) fn snapshot(detail: &InvoiceDetail, lang: Lang) -> AnyView {
    let version = match lang {
        Lang::Zh => format!("申请时的第 {} 版", detail.content_version),
        Lang::En => format!("version {} as it was then", detail.content_version),
    };
    view! {
        <section class="card" aria-label=CONTENT.at(lang) data-testid="snapshot">
            <div class="head"><h2>{CONTENT.at(lang)}</h2><p class="aux">{version}</p></div>
            <div class="body">{content(&detail.content)}</div>
        </section>
    }
    .into_any()
}

pub(super) fn facts(detail: &InvoiceDetail, side: Side, lang: Lang) -> AnyView {
    let row = &detail.row;
    let some = |label: Text, value: &str| (!value.is_empty()).then(|| fact(label, value));
    view! {
        <section class="card" aria-label=ABOUT.at(lang)>
            <div class="head"><h2>{ABOUT.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts">
                    {row.amount.capitals().map(|capitals| fact(CAPITALS, capitals))}
                    {fact(NAMED_BY, row.by.label().at(lang))}
                    {fact(PERSON, row.person.clone())}
                    {fact(TIME, row.at.to_seconds())}
                    {fact(ENTITY, detail.entity.clone())}
                    {some(INVOICE, &row.invoice)}
                    {file_fact(detail.file.as_ref(), side)}
                    {some(COURIER, &row.courier)}
                    {some(WHY, &row.reason)}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

/// What the partner can do now: cancel, give back, ask again.
fn next(detail: &InvoiceDetail, lang: Lang) -> Option<AnyView> {
    let row = &detail.row;
    let act = use_act("/fn/invoices/move");
    let (id, version, form_key) = (row.id.to_string(), row.version.to_string(), detail.key.to_string());
    let hidden = |step: &'static str| {
        view! {
            <Hidden name="request" value=id/>
            <Hidden name="version" value=version/>
            <Hidden name="step" value=step/>
            <Hidden name="idempotency_key" value=form_key/>
        }
    };
    let body = match row.state {
        State::Submitted => view! {
            <p class="hint" id="cancel">{CANCEL_FOLLOWS.at(lang)}</p>
            <ActForm act native=true class="actions">{hidden("cancel")}<Submit label=text::CANCEL class="btn" step="cancel"/></ActForm>
        }
        .into_any(),
        State::Issued | State::Sent => view! {
            <p class="hint" id="return">{RETURN_FOLLOWS.at(lang)}</p>
            <ActForm act native=true class="fields">
                {hidden("return")}
                <TextArea act name="reason" label=REASON most=REASON_MAX hint=REASON_HINT/>
                <div class="actions"><Submit label=text::RETURN class="btn danger" step="return"/></div>
            </ActForm>
        }
        .into_any(),
        State::Rejected | State::Returned => {
            view! { <a class="btn primary" href=format!("{PATH}/new?again={}", row.id) data-testid="open-again">{text::AGAIN.at(lang)}</a> }
                .into_any()
        }
        State::Cancelled | State::ReturnReview => return None,
    };
    let next = view! {
        <section class="card" aria-label=NEXT.at(lang)>
            <div class="head"><h2>{NEXT.at(lang)}</h2></div>
            <div class="body"><div class="stack"><ErrorSummary act title=text::NOT_DONE/>{body}</div></div>
        </section>
    };
    Some(next.into_any())
}
