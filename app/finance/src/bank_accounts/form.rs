//! `/sales/funds/accounts/change`: the form of a new account, of a change or of a removal, and in its second step the code. Drawn by the
//! server; what was typed waits there, so that no address holds a number.

use super::{
    FORM, PATH,
    functions::{AccountForm as AskForm, account_form},
    list::crumbs,
    text,
    text::form as words,
};
use crate::withdrawals::fact;
use domain::{
    Lang,
    bank_account::{AccountForm, NAME_MAX, NUMBER_MAX, Waiting, What},
};
use kit::{
    ActForm, ErrorSummary, Hidden, Page, Stopped,
    awaited::{Answering, ask, awaited},
    course::{Stand, Step, steps},
    drawn::drawn_by_server,
    form::{Field, Submit},
    icon::Icon,
    lang,
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ChangeAccountPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ChangeAccountPage {
    fn data() -> Self {
        let here = kit::pages::here();
        let query = Memo::new(move |_| here.search());
        Self { answer: ask::<AskForm>("query", query.into(), |query| Box::pin(account_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<AccountForm>() {
            Ok(form) => drawn_by_server(move || shown(form)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(Some(String::new()))/> }.into_any(),
        })
    }
}

fn shown(form: AccountForm) -> AnyView {
    let lang = lang();
    more_styles();
    let title = text::title(form.what).at(lang);
    let is_second = form.waiting.is_some();
    let (first, second) = if is_second { (Stand::Done, Stand::Current) } else { (Stand::Current, Stand::Ahead) };
    let step = |title: domain::Text, note: &str, stand| Step { title: title.at(lang).to_owned(), note: note.to_owned(), stand };
    let course = steps(vec![step(words::FILL, "", first), step(words::CODE, &form.code_to, second)], "");
    let follows = if form.what == What::Remove { words::REMOVED } else { words::RESTS };
    let body = match form.waiting.clone() {
        Some(waiting) => code(waiting, &form.code_to, lang),
        None => fill_in(&form, lang),
    };
    view! {
        <Page title crumbs=crumbs(Some(title.to_owned()))>
            <div class="with-aside">
                <div class="stack">
                    <section class="card" aria-label=title><div class="body">{course}</div></section>
                    {body}
                </div>
                <div class="stack">
                    <div class="note" data-k="wait"><Icon name="hourglass"/><div><b>{words::FOLLOWS.at(lang)}</b>{follows.at(lang)}</div></div>
                    <div class="note"><Icon name="users"/><div>{words::TOLD.at(lang)}</div></div>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

fn fill_in(form: &AccountForm, lang: Lang) -> AnyView {
    let act = use_act(if form.what == What::Remove { "/fn/accounts/prepare-removal" } else { "/fn/accounts/prepare" });
    let row = form.account.clone();
    let about = row.as_ref().map(|row| {
        view! { <Hidden name="account" value=row.id.to_string()/><Hidden name="version" value=row.version.to_string()/> }
    });
    let now = row.as_ref().map(|row| view! { <dl class="facts">{fact(words::ACCOUNT, text::named(&row.bank, &row.tail, lang))}</dl> });
    let fields = (form.what != What::Remove).then(|| {
        let holder = row.as_ref().map_or_else(|| form.company.clone(), |row| row.holder.clone());
        let (bank, branch) = row.map(|row| (row.bank, row.branch)).unwrap_or_default();
        view! {
            <Field act name="holder" label=text::HOLDER value=holder most=NAME_MAX hint=words::HOLDER_HINT/>
            <Field act name="bank" label=words::BANK value=bank most=NAME_MAX/>
            <Field act name="branch" label=text::BRANCH value=branch most=NAME_MAX hint=words::BRANCH_HINT/>
            <Field act name="number" label=words::NUMBER most=NUMBER_MAX hint=words::NUMBER_HINT autocomplete="off"/>
        }
    });
    view! {
        <section class="card" aria-label=words::FILL.at(lang)>
            <div class="body">
                <ActForm act native=true class="fields">
                    <ErrorSummary act title=words::NOT_DONE/>
                    {about}
                    {now}
                    {fields}
                    <Field act name="password" kind="password" label=words::PASSWORD most=200 hint=words::PASSWORD_HINT autocomplete="current-password"/>
                    <div class="actions">
                        <Submit label=words::NEXT/>
                        <a class="btn quiet l" href=PATH>{words::CANCEL.at(lang)}</a>
                    </div>
                </ActForm>
            </div>
        </section>
    }
    .into_any()
}

fn code(waiting: Waiting, code_to: &str, lang: Lang) -> AnyView {
    let (act, resend) = (use_act("/fn/accounts/confirm"), use_act("/fn/accounts/resend"));
    let sent = match lang {
        Lang::Zh => format!("已发送至 {code_to}，5 分钟内有效，仅用于本次变更。"),
        Lang::En => format!("Sent to {code_to}; valid for 5 minutes and for this change only."),
    };
    let (id, same) = (waiting.id.to_string(), waiting.id.to_string());
    view! {
        <section class="card" aria-label=words::CHECK.at(lang)>
            <div class="head"><h2>{words::CHECK.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts" data-testid="review">
                    {fact(words::ACCOUNT, text::named(&waiting.bank, &waiting.tail, lang))}
                    {fact(text::HOLDER, waiting.holder)}
                    {fact(text::BRANCH, waiting.branch)}
                </dl>
            </div>
        </section>
        <section class="card" aria-label=words::CODE.at(lang) data-testid="dialog">
            <div class="head"><h2>{words::CODE.at(lang)}</h2></div>
            <div class="body">
                <div class="fields">
                    <ErrorSummary act title=words::NOT_DONE/>
                    <p class="hint">{sent}</p>
                    <ActForm act native=true class="fields">
                        <Hidden name="change" value=id/>
                        <Field act name="code" label=words::CODE_LABEL most=6 autocomplete="one-time-code"/>
                        <div class="actions">
                            <Submit label=words::CONFIRM step="confirm"/>
                            <a class="btn quiet l" href=FORM>{words::BACK.at(lang)}</a>
                        </div>
                    </ActForm>
                    <ActForm act=resend native=true>
                        <Hidden name="change" value=same/>
                        <button class="btn quiet s" data-testid="action-resend">{words::SEND_AGAIN.at(lang)}</button>
                    </ActForm>
                </div>
            </div>
        </section>
    }
    .into_any()
}
