//! `/sales/funds/withdrawals/new`: fund, amount, account and note; then what that would do, and the code. Drawn by the server, in two steps
//! of one address, so that both work without script.

use super::{
    PATH,
    functions::{WithdrawalForm as AskForm, withdrawal_form},
    parts::{by_day, crumbs, fact, sources},
    text,
};
use domain::{
    Lang, Text,
    access::{CanManageBankAccount, Permission as _},
    list::encode,
    machine::Keyed as _,
    text as words,
    withdrawal::{BankAccountRow, Fund, NOTE_MAX, Offered, Review, WithdrawalForm},
};
use kit::{
    ActForm, ErrorSummary, Hidden, Page, Stopped,
    act::Act,
    awaited::{Answering, ask, awaited},
    course::{Stand, Step, steps},
    drawn::drawn_by_server,
    form::{Field, FieldError, Submit, TextArea},
    icon::Icon,
    lang,
    money::{Line, Worth, amount, ledger},
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const TITLE: Text = words("申请提现", "Request a withdrawal");
const FILL: Text = words("填写金额与账户", "Amount and account");
const REVIEW: Text = words("核对资金来源", "Check the sources");
const CODE: Text = words("安全验证", "Security code");
const NOT_SENT: Text = words("申请未提交", "The request was not handed in");
const FUND: Text = words("资金类型", "Fund");
const AMOUNT: Text = words("提现金额", "Amount");
const AMOUNT_HINT: Text = words("最小 0.01 元，精确到分。", "At least 0.01, to the cent.");
const ACCOUNT: Text = words("收款账户", "Account");
const ACCOUNT_HINT: Text = words(
    "户名须与实名企业一致；原路提现退回原付款账户，无需选择。24 小时内变更的账户暂不可选。",
    "Its holder must be your company. Original-path money returns to where it came from, whatever is chosen here. An account changed within 24 hours cannot be chosen yet.",
);
const RECORDS: Text = words("选择充值记录（仅原路提现，可选）", "Choose top-up records (original path only, optional)");
const RECORDS_HINT: Text = words(
    "不选择时按后进先出自动匹配；右侧为每笔仍可退回的金额。",
    "Without a choice the newest go back first. At the right: what of each can still go back.",
);
const NO_ACCOUNT: Text = words("尚无收款账户", "No account yet");
const MANAGE: Text = words("管理收款账户", "Manage bank accounts");
const CHOOSE: Text = words("请选择", "Choose");
const NOTE: Text = words("备注", "Note");
const NOTE_HINT: Text = words("仅贵公司可见，最多 200 个字。", "For your company only, at most 200 characters.");
const NEXT: Text = words("下一步：核对并获取验证码", "Next: check, and get a code");
const BACK: Text = words("返回修改", "Back");
const CANCEL: Text = words("取消", "Cancel");
const SUBMIT: Text = words("提交申请", "Hand in the request");
const AGAIN_CODE: Text = words("重新发送验证码", "Send another code");
const CODE_LABEL: Text = words("验证码", "Code");
const AFTER: Text = words("提交后", "After that");
const FEE: Text = words("手续费", "Fee");
const ARRIVAL: Text = words("预计到账", "Arrival");
const LEFT: Text = words("剩余", "Left");
const LESS: Text = words("减 本次提现", "Less this withdrawal");
const MONTH_END: Text = words("月末财务处理安排", "At the end of the month");
const HELD: Text = words(
    "提交后金额立即冻结。审核前可撤销；驳回或失败时自动解冻。",
    "The amount is held at once. It can be cancelled before the review; when it is rejected or fails, it is free again.",
);
const CHECK: Text = words("请核对", "Please check");
const RESUBMITS: Text = words("修改后重提：", "Resubmits ");

/// The page.
#[derive(Clone)]
pub struct NewWithdrawalPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for NewWithdrawalPage {
    fn data() -> Self {
        let here = kit::pages::here();
        let query = Memo::new(move |_| here.search());
        Self { answer: ask::<AskForm>("query", query.into(), |query| Box::pin(withdrawal_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<WithdrawalForm>() {
            Ok(form) => drawn_by_server(move || shown(form)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(TITLE.at(lang()).to_owned())/> }.into_any(),
        })
    }
}

fn shown(form: WithdrawalForm) -> AnyView {
    let lang = lang();
    more_styles();
    let is_review = form.review.is_some();
    let step = |title: Text, note: &str, stand| Step { title: title.at(lang).to_owned(), note: note.to_owned(), stand };
    let at = |second: bool| match (is_review, second) {
        (false, false) => Stand::Current,
        (true, false) => Stand::Done,
        (true, true) => Stand::Current,
        (false, true) => Stand::Ahead,
    };
    let course = steps(vec![step(FILL, "", at(false)), step(REVIEW, "", at(true)), step(CODE, &form.code_to, Stand::Ahead)], "");
    let again = form.again.as_ref().map(|(_, number)| {
        view! { <p class="note"><Icon name="undo"/><span>{RESUBMITS.at(lang)}{number.clone()}</span></p> }
    });
    let aside = aside(&form, lang);
    let body = match form.review.clone() {
        Some(review) => second(&form, review, lang),
        None => first(&form, lang),
    };
    view! {
        <Page title=TITLE.at(lang) crumbs=crumbs(TITLE.at(lang).to_owned())>
            <div class="with-aside">
                <div class="stack">
                    <section class="card" aria-label=TITLE.at(lang)><div class="body"><div class="stack">{course}{again}</div></div></section>
                    {body}
                </div>
                <div class="stack">{aside}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn first(form: &WithdrawalForm, lang: Lang) -> AnyView {
    let act = use_act("/fn/withdrawals/prepare");
    let again = form.again.as_ref().map(|(id, _)| view! { <Hidden name="again" value=id.to_string()/> });
    let (key, note) = (form.key.clone(), form.typed.note.clone());
    let (funds, amount, account) = (funds(form, act, lang), amount_field(form, act, lang), account_field(form, act, lang));
    let records = records_field(form, act, lang);
    view! {
        <section class="card" aria-label=FILL.at(lang)>
            <ActForm act native=true>
                <div class="body">
                    <div class="fields">
                        <ErrorSummary act title=NOT_SENT/>
                        <Hidden name="idempotency_key" value=key/>
                        {again}
                        {funds}
                        {amount}
                        {records}
                        {account}
                        <TextArea act name="note" label=NOTE value=note optional=true most=NOTE_MAX hint=NOTE_HINT/>
                        <div class="actions">
                            <Submit label=NEXT/>
                            <a class="btn quiet l" href=PATH>{CANCEL.at(lang)}</a>
                        </div>
                    </div>
                </div>
            </ActForm>
        </section>
    }
    .into_any()
}

fn funds(form: &WithdrawalForm, act: Act, lang: Lang) -> AnyView {
    let first = Some(form.typed.fund.as_str()).filter(|key| !key.is_empty()).unwrap_or(Fund::Original.key());
    let chosen = act.value("fund", first);
    let cards = form.funds.iter().map(|fund| {
        let key = fund.fund.key();
        view! {
            <label class="choice-card">
                <input type="radio" name="fund" value=key checked=chosen == key/>
                <b>{fund.fund.account().label().at(lang)}</b>
                <span data-testid=format!("rest-{key}") data-amount=fund.rest.plain()>{amount(fund.rest, "")}</span>
            </label>
        }
    });
    view! {
        <fieldset class="choices" id="fund">
            <legend>{FUND.at(lang)}</legend>
            <div class="choice-cards">{cards.collect_view()}</div>
            <FieldError act name="fund"/>
        </fieldset>
    }
    .into_any()
}

fn amount_field(form: &WithdrawalForm, act: Act, lang: Lang) -> AnyView {
    let value = act.value("amount", &form.typed.amount);
    view! {
        <div class="field">
            <label for="amount">{AMOUNT.at(lang)}</label>
            <div class="affix l">
                <span aria-hidden="true">"¥"</span>
                <input id="amount" name="amount" inputmode="decimal" autocomplete="off" required=true maxlength="20" value=value
                    aria-invalid=act.invalid("amount") aria-describedby="amount-error amount-hint"/>
                <span>"CNY"</span>
            </div>
            <FieldError act name="amount"/>
            <p class="hint" id="amount-hint">{AMOUNT_HINT.at(lang)}</p>
        </div>
    }
    .into_any()
}

/// The newest top-ups go back first, unless somebody chooses others.
fn records_field(form: &WithdrawalForm, act: Act, lang: Lang) -> Option<AnyView> {
    if form.records.is_empty() {
        return None;
    }
    let boxes = form.records.iter().map(|choosable| {
        let (key, record) = (choosable.id.to_string(), &choosable.record);
        let ticked = act.ticked("record[]", &key, form.typed.records.contains(&key));
        let line = match lang {
            Lang::Zh => format!("{} {}，{} 前可原路退回", record.received.day(), record.channel.label().at(lang), record.until),
            Lang::En => format!("{} {}, goes back until {}", record.received.day(), record.channel.label().at(lang), record.until),
        };
        let id = key.clone();
        view! {
            <label class="check" data-testid="record" data-id=id>
                <input type="checkbox" name="record[]" value=key checked=ticked/>
                <span>{record.number.clone()}<small class="sub">{line}</small></span>
                <span class="n">{amount(record.taken, "")}</span>
            </label>
        }
    });
    let is_open = !form.typed.records.is_empty() || act.invalid("record").is_some();
    Some(
        view! {
            <details class="choose-records" open=is_open>
                <summary data-testid="choose-records">{RECORDS.at(lang)}</summary>
                <fieldset class="choices" id="record">
                    <legend class="visually-hidden">{RECORDS.at(lang)}</legend>
                    <div class="options">{boxes.collect_view()}</div>
                    <FieldError act name="record"/>
                    <p class="hint">{RECORDS_HINT.at(lang)}</p>
                </fieldset>
            </details>
        }
        .into_any(),
    )
}

fn account_field(form: &WithdrawalForm, act: Act, lang: Lang) -> AnyView {
    let usual = form.accounts.iter().find(|account| account.ready.is_none()).map(|account| account.id.to_string()).unwrap_or_default();
    let typed = if form.typed.bank_account.is_empty() { usual } else { form.typed.bank_account.clone() };
    let chosen = act.value("bank_account", &typed);
    let option = |account: &BankAccountRow| {
        let key = account.id.to_string();
        let wait = match (account.ready.map(domain::Moment::to_minutes), lang) {
            (Some(ready), Lang::Zh) => format!("（24 小时内变更，{ready} 起可选）"),
            (Some(ready), Lang::En) => format!(" (changed within 24 hours, from {ready} on)"),
            (None, _) => String::new(),
        };
        let word = format!("{}{wait}", named(account, lang));
        let selected = key == chosen;
        view! { <option value=key selected=selected disabled=account.ready.is_some()>{word}</option> }
    };
    let may = kit::visit::standing().zip(CanManageBankAccount::RULE).is_some_and(|(standing, rule)| standing.may(rule).is_ok());
    let manage = may.then(|| view! { " "<a href=crate::bank_accounts::PATH data-testid="open-accounts">{MANAGE.at(lang)}</a> });
    let none = if form.accounts.is_empty() { NO_ACCOUNT } else { CHOOSE };
    view! {
        <div class="field">
            <label for="bank_account">{ACCOUNT.at(lang)}</label>
            <span class="select">
                <select class="input l" id="bank_account" name="bank_account" aria-invalid=act.invalid("bank_account") aria-describedby="bank_account-hint">
                    <option value="">{none.at(lang)}</option>
                    {form.accounts.iter().map(option).collect_view()}
                </select>
                <Icon name="chevron-down" size="s"/>
            </span>
            <FieldError act name="bank_account"/>
            <p class="hint" id="bank_account-hint">{ACCOUNT_HINT.at(lang)}{manage}</p>
        </div>
    }
    .into_any()
}

fn named(account: &BankAccountRow, lang: Lang) -> String {
    format!("{} {} {} {}", account.bank, account.branch, text::TAIL.at(lang), account.tail)
}

/// The address of the first step with what was typed.
fn back(form: &WithdrawalForm) -> String {
    let Offered { fund, amount, bank_account, note, records } = &form.typed;
    let again = form.again.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default();
    let mut address = format!("{PATH}/new?key={}", form.key);
    for (name, value) in [("fund", fund), ("amount", amount), ("bank_account", bank_account), ("note", note), ("again", &again)] {
        if !value.is_empty() {
            address.push_str(&format!("&{name}="));
            encode(value, &mut address);
        }
    }
    for id in records {
        address.push_str("&record=");
        encode(id, &mut address);
    }
    address
}

/// What both forms of the second step carry: the same request, under the same key.
fn carried(form: &WithdrawalForm) -> AnyView {
    let Offered { fund, amount, bank_account, note, records } = form.typed.clone();
    let records = records.into_iter().map(|id| view! { <input type="hidden" name="record[]" value=id/> }).collect_view();
    let again = form.again.as_ref().map(|(id, _)| view! { <Hidden name="again" value=id.to_string()/> });
    view! {
        <Hidden name="idempotency_key" value=form.key.clone()/>
        <Hidden name="fund" value=fund/>
        <Hidden name="amount" value=amount/>
        <Hidden name="bank_account" value=bank_account/>
        {records}
        <Hidden name="note" value=note/>
        {again}
    }
    .into_any()
}

fn second(form: &WithdrawalForm, review: Review, lang: Lang) -> AnyView {
    let (act, resend) = (use_act("/fn/withdrawals/submit"), use_act("/fn/withdrawals/prepare"));
    let to = &review.to;
    let note = (!review.note.is_empty()).then(|| fact(NOTE, review.note.clone()));
    let sent = match lang {
        Lang::Zh => format!("已发送至 {}，5 分钟内有效，仅用于本次申请。", form.code_to),
        Lang::En => format!("Sent to {}; valid for 5 minutes and for this request only.", form.code_to),
    };
    let (once, more, back) = (carried(form), carried(form), back(form));
    view! {
        <section class="card" aria-label=CHECK.at(lang)>
            <div class="head"><h2>{CHECK.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts" data-testid="review">
                    {fact(FUND, review.fund.account().label().at(lang))}
                    {fact(AMOUNT, text::yuan(review.amount, lang))}
                    {fact(ACCOUNT, format!("{} {}", to.holder, named(to, lang)))}
                    {fact(ARRIVAL, by_day(review.promised, lang))}
                    {note}
                </dl>
            </div>
        </section>
        {sources(review.sources.clone())}
        <section class="card" aria-label=CODE.at(lang) data-testid="dialog">
            <div class="head"><h2>{CODE.at(lang)}</h2></div>
            <div class="body">
                <div class="fields">
                    <ErrorSummary act title=NOT_SENT/>
                    <p class="hint">{sent}</p>
                    <ActForm act native=true class="fields">
                        {once}
                        <Field act name="code" label=CODE_LABEL most=6 autocomplete="one-time-code"/>
                        <div class="actions">
                            <Submit label=SUBMIT/>
                            <a class="btn quiet l" href=back>{BACK.at(lang)}</a>
                        </div>
                    </ActForm>
                    <ActForm act=resend native=true>
                        {more}
                        <button class="btn quiet s" data-testid="action-resend">{AGAIN_CODE.at(lang)}</button>
                    </ActForm>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// What handing in changes, and when money arrives.
fn aside(form: &WithdrawalForm, lang: Lang) -> AnyView {
    let line = |label: String, worth: Worth, total: bool| Line { label, worth, total };
    let mut lines = Vec::new();
    match &form.review {
        Some(review) => {
            let before = form.funds.iter().find(|fund| fund.fund == review.fund).map_or(review.rest, |fund| fund.rest);
            lines.push(line(review.fund.account().label().at(lang).to_owned(), Worth::Money(before), false));
            lines.push(line(LESS.at(lang).to_owned(), Worth::Money(review.amount), false));
            lines.push(line(LEFT.at(lang).to_owned(), Worth::Money(review.rest), true));
        }
        None => lines
            .extend(form.funds.iter().map(|fund| line(fund.fund.account().label().at(lang).to_owned(), Worth::Money(fund.rest), false))),
    }
    let promised = form.review.as_ref().map_or(form.promised, |review| review.promised);
    lines.push(line(FEE.at(lang).to_owned(), Worth::Text("0.00".to_owned()), false));
    lines.push(line(ARRIVAL.at(lang).to_owned(), Worth::Text(by_day(promised, lang)), false));
    let days: Vec<String> = form.month_end.iter().map(ToString::to_string).collect();
    let no_payout = match lang {
        Lang::Zh => format!("每月最后 3 个工作日（{}）不处理打款，此前后提交的申请最多顺延 2 个工作日。", days.join("、")),
        Lang::En => format!("Nothing is paid out on the last 3 working days ({}); that can add up to 2 working days.", days.join(", ")),
    };
    view! {
        <section class="card" aria-label=AFTER.at(lang)>
            <div class="head"><h2>{AFTER.at(lang)}</h2></div>
            <div class="body">{ledger(lines)}</div>
        </section>
        <div class="note" data-k="act"><Icon name="calendar-clock"/><div><b>{MONTH_END.at(lang)}</b>{no_payout}</div></div>
        <div class="note"><Icon name="lock"/><div>{HELD.at(lang)}</div></div>
    }
    .into_any()
}
