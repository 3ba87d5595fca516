//! `/sales/invoices/new`: whose title, and a period or an amount. Drawn by the server.

use super::{
    INFORMATION, PATH,
    functions::{InvoiceForm as AskForm, invoice_form},
    parts::{crumbs, formula},
    text,
};
use domain::{
    Lang, Text,
    invoice::{By, InformationRow, InvoiceForm, OpenPeriod},
    machine::Keyed as _,
    text as words,
};
use kit::{
    ActForm, ErrorSummary, Hidden, Page, Stopped,
    act::Act,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::{Field, FieldError, Submit},
    icon::Icon,
    lang,
    money::{Line, Worth, ledger},
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const NOT_SENT: Text = words("申请未提交", "The request was not handed in");
const WHOSE: Text = words("发票信息", "Invoice information");
const NO_INFORMATION: Text = words("还没有有效的发票信息，请先新增。", "There is no valid invoice information yet. Make one first.");
const BY: Text = words("申请方式", "What to invoice");
const BY_PERIOD_HINT: Text = words("该账期的全部可开票金额", "all that can be invoiced of it");
const BY_AMOUNT_HINT: Text = words("从最早的账期开始计入", "of the oldest periods first");
const PERIOD: Text = words("账期", "Period");
const PERIOD_HINT: Text = words(
    "按账期申请时必选；先开具最早的账期，上月消费自每月 3 日起可开票。",
    "For a request by period. The oldest comes first; last month opens on the 3rd.",
);
const NO_PERIOD: Text = words("没有可开票的账期", "No period can be invoiced");
const AMOUNT: Text = words("开票金额", "Amount");
const AMOUNT_HINT: Text = words("按金额申请时必填；含税，精确到分。", "For a request by amount: tax included, to the cent.");
const SUBMIT: Text = words("提交申请", "Hand in the request");
const BACK: Text = words("返回", "Back");
const OPEN: Text = words("可开票金额", "Can be invoiced");
const BY_PERIODS: Text = words("各账期可开票", "By period");
const RULES: Text = words("开票须知", "Before you start");
const RULES_WHAT: Text = words(
    "仅对贵公司付款的消费开票；顾问销售的消费由厂商直接向客户开票。不同签约主体的付款分别开票。",
    "Only what your company paid is invoiced to it; referral consumption is invoiced to the customer. Contracting entities invoice separately.",
);
const RULES_PAPER: Text =
    words("纸质发票金额低于 100.00 元时，快递费由贵公司承担。", "Paper invoices below 100.00: the courier is at your cost.");
const AGAIN: Text = words("重新申请：", "Requests again: ");

/// The page.
#[derive(Clone)]
pub struct NewInvoicePage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for NewInvoicePage {
    fn data() -> Self {
        let here = kit::pages::here();
        let query = Memo::new(move |_| here.search());
        Self { answer: ask::<AskForm>("query", query.into(), |query| Box::pin(invoice_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<InvoiceForm>() {
            Ok(form) => drawn_by_server(move || shown(form)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(text::NEW.at(lang()))/> }.into_any(),
        })
    }
}

fn shown(form: InvoiceForm) -> AnyView {
    let lang = lang();
    more_styles();
    let act = use_act("/fn/invoices/submit");
    let again = form.again.as_ref().map(|(id, number)| {
        view! {
            <p class="note"><Icon name="undo"/><span>{AGAIN.at(lang)}{number.clone()}</span></p>
            <Hidden name="again" value=id.to_string()/>
        }
    });
    let (key, amount) = (form.key.to_string(), form.amount.clone());
    let (information, by, period) = (information_field(&form, act, lang), by_field(&form, act, lang), period_field(&form, act, lang));
    let aside = aside(&form, lang);
    view! {
        <Page title=text::NEW.at(lang) crumbs=crumbs(text::NEW.at(lang))>
            <div class="with-aside">
                <section class="card" aria-label=text::NEW.at(lang)>
                    <ActForm act native=true>
                        <div class="body">
                            <div class="fields">
                                <ErrorSummary act title=NOT_SENT/>
                                <Hidden name="idempotency_key" value=key/>
                                {again}
                                {information}
                                {by}
                                {period}
                                <Field act name="amount" label=AMOUNT value=amount optional=true most=20 hint=AMOUNT_HINT/>
                                <div class="actions"><Submit label=SUBMIT/><a class="btn quiet l" href=PATH>{BACK.at(lang)}</a></div>
                            </div>
                        </div>
                    </ActForm>
                </section>
                <div class="stack">{aside}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn information_field(form: &InvoiceForm, act: Act, lang: Lang) -> AnyView {
    let first = form.information.first().map(|row| row.id.to_string()).unwrap_or_default();
    let chosen = act.value("information", &first);
    let option = |row: &InformationRow| {
        let key = row.id.to_string();
        let selected = key == chosen;
        view! { <option value=key selected=selected>{format!("{} · {}", row.content.title, row.content.kind.label().at(lang))}</option> }
    };
    let none = form.information.is_empty().then(|| {
        view! { <p class="hint"><a href=INFORMATION>{NO_INFORMATION.at(lang)}</a></p> }
    });
    view! {
        <div class="field">
            <label for="information">{WHOSE.at(lang)}</label>
            <span class="select">
                <select class="input l" id="information" name="information" aria-invalid=act.invalid("information")>
                    {form.information.iter().map(option).collect_view()}
                </select>
                <Icon name="chevron-down" size="s"/>
            </span>
            <FieldError act name="information"/>
            {none}
        </div>
    }
    .into_any()
}

fn by_field(form: &InvoiceForm, act: Act, lang: Lang) -> AnyView {
    let chosen = act.value("by", &form.by);
    let card = |by: &By| {
        let hint = if *by == By::Period { BY_PERIOD_HINT } else { BY_AMOUNT_HINT };
        view! {
            <label class="choice-card">
                <input type="radio" name="by" value=by.key() checked=chosen == by.key()/>
                <b>{by.label().at(lang)}</b>
                <span class="sub">{hint.at(lang)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices"><legend>{BY.at(lang)}</legend><div class="choice-cards">{By::ALL.iter().map(card).collect_view()}</div></fieldset>
    }
    .into_any()
}

fn period_field(form: &InvoiceForm, act: Act, lang: Lang) -> AnyView {
    let chosen = act.value("period", &form.period);
    let open = || form.invoiceable.periods.iter().filter(|one| one.open.micros > 0);
    let option = |one: &OpenPeriod| {
        let key = one.period.to_string();
        let selected = key == chosen;
        view! { <option value=key.clone() selected=selected>{format!("{key} · {}", text::yuan(one.open, lang))}</option> }
    };
    let none = open().next().is_none().then(|| view! { <option value="">{NO_PERIOD.at(lang)}</option> });
    view! {
        <div class="field">
            <label for="period">{PERIOD.at(lang)}</label>
            <span class="select">
                <select class="input l" id="period" name="period" aria-invalid=act.invalid("period") aria-describedby="period-hint">
                    {none}
                    {open().map(option).collect_view()}
                </select>
                <Icon name="chevron-down" size="s"/>
            </span>
            <FieldError act name="period"/>
            <p class="hint" id="period-hint">{PERIOD_HINT.at(lang)}</p>
        </div>
    }
    .into_any()
}

/// What can be invoiced, period by period, and when the invoice comes.
fn aside(form: &InvoiceForm, lang: Lang) -> AnyView {
    let line = |one: &OpenPeriod| Line { label: one.period.to_string(), worth: Worth::Money(one.open), total: false };
    let mut lines: Vec<Line> = form.invoiceable.periods.iter().map(line).collect();
    lines.push(Line { label: OPEN.at(lang).to_owned(), worth: Worth::Money(form.invoiceable.open), total: true });
    let when = match lang {
        Lang::Zh => format!("提交后 3 个工作日内开具（{} 前）；开具前可以撤销。", form.due),
        Lang::En => format!("Issued within 3 working days (by {}); until then it can be cancelled.", form.due),
    };
    view! {
        <section class="card" aria-label=OPEN.at(lang)>
            <div class="head"><h2>{OPEN.at(lang)}</h2></div>
            <div class="body">{formula(&form.invoiceable)}</div>
        </section>
        <section class="card" aria-label=BY_PERIODS.at(lang)>
            <div class="head"><h2>{BY_PERIODS.at(lang)}</h2></div>
            <div class="body">{ledger(lines)}</div>
        </section>
        <div class="note" data-k="wait"><Icon name="calendar-clock"/><div>{when}</div></div>
        <div class="note"><Icon name="info"/><div><b>{RULES.at(lang)}</b><p>{RULES_WHAT.at(lang)}</p><p>{RULES_PAPER.at(lang)}</p></div></div>
    }
    .into_any()
}
