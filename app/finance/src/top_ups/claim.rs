//! `/sales/funds/top-ups/new`: the claim of a remittance. Drawn by the server.

use super::{
    PATH,
    functions::{ClaimForm as AskForm, claim_form},
    list::crumbs,
    text,
    text::claim as words,
};
use domain::{
    attachment::ACCEPTED,
    bank_account::{NAME_MAX, NUMBER_MAX},
    top_up::ClaimForm,
    withdrawal::NOTE_MAX,
};
use kit::{
    ErrorSummary, Hidden, Page, Stopped,
    awaited::{Answering, ask_once, awaited},
    drawn::drawn_by_server,
    form::{Field, Submit, TextArea},
    icon::Icon,
    lang,
    page::more_styles,
    upload::{UploadField, UploadForm},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ClaimPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ClaimPage {
    fn data() -> Self {
        Self { answer: ask_once::<AskForm>(|_| Box::pin(claim_form())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<ClaimForm>() {
            Ok(form) => drawn_by_server(move || shown(form)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(Some(text::CLAIM.at(lang()).to_owned()))/> }.into_any(),
        })
    }
}

fn shown(form: ClaimForm) -> AnyView {
    let lang = lang();
    more_styles();
    let act = use_act("/fn/top-ups/claim");
    let ClaimForm { key, company, entity, today } = form;
    let title = text::CLAIM.at(lang);
    view! {
        <Page title crumbs=crumbs(Some(title.to_owned()))>
            <div class="with-aside">
                <section class="card" aria-label=title>
                    <div class="body">
                        <UploadForm act class="fields">
                            <ErrorSummary act title=words::NOT_SENT/>
                            <Hidden name="idempotency_key" value=key.to_string()/>
                            <Field act name="amount" label=words::AMOUNT most=20 hint=words::AMOUNT_HINT autocomplete="off"/>
                            <Field act name="payer" label=words::PAYER value=company most=NAME_MAX hint=words::PAYER_HINT/>
                            <Field act name="date" kind="date" label=words::DATE value=today.to_string() hint=words::DATE_HINT/>
                            <Field act name="bank" label=words::BANK most=NAME_MAX/>
                            <Field act name="account_number" label=words::ACCOUNT most=NUMBER_MAX hint=words::ACCOUNT_HINT autocomplete="off"/>
                            <UploadField
                                act
                                name="slip"
                                label=words::SLIP
                                hint=words::SLIP_HINT
                                progress=words::SENDING
                                accept=ACCEPTED
                                optional=true
                            />
                            <TextArea act name="note" label=words::NOTE optional=true most=NOTE_MAX hint=words::NOTE_HINT/>
                            <div class="actions">
                                <Submit label=words::SUBMIT step="claim"/>
                                <a class="btn quiet l" href=PATH>{words::CANCEL.at(lang)}</a>
                            </div>
                        </UploadForm>
                    </div>
                </section>
                <div class="stack">
                    <div class="note"><Icon name="info"/><div>{words::receiver(&entity, lang)}</div></div>
                    <div class="note" data-k="wait"><Icon name="hourglass"/><div><b>{words::AFTER.at(lang)}</b>{words::FOLLOWS.at(lang)}</div></div>
                </div>
            </div>
        </Page>
    }
    .into_any()
}
