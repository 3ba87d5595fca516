//! `/console/top-ups/{id}`: one claim, and the decision about it. Drawn by the server.

use super::{
    CONSOLE, console_path,
    functions::{ShowClaim, show_claim},
    text::queue as words,
};
use crate::withdrawals::{SHOW_NUMBER, account_fact, fact};
use domain::{
    Lang,
    attachment::Side,
    machine::{Keyed as _, Kind},
    top_up::{ConsoleTopUp, State},
    withdrawal::{REASON_MAX, REFERENCE_MAX},
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    eye::Eye,
    form::{Field, Submit, TextArea},
    lang,
    listing::use_param,
    money::amount,
    page::more_styles,
    selection::refused_of,
    upload::attached,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Where the eye of the account is sent.
const REVEAL: &str = "/fn/top-ups/reveal-account";

/// The page.
#[derive(Clone)]
pub struct ConsoleTopUpPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleTopUpPage {
    fn data() -> Self {
        Self { answer: ask::<ShowClaim>("id", use_param("id"), |id| Box::pin(show_claim(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<ConsoleTopUp>() {
            Ok(claim) => drawn_by_server(move || shown(&claim)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(String::new())/> }.into_any(),
        })
    }
}

fn crumbs(here: String) -> Vec<Crumb> {
    let lang = lang();
    vec![Crumb::to(words::CONSOLE_HOME.at(lang), "/console"), Crumb::to(words::TITLE.at(lang), CONSOLE), Crumb::here(here)]
}

fn shown(claim: &ConsoleTopUp) -> AnyView {
    let lang = lang();
    more_styles();
    let row = &claim.row;
    let kind = if row.state == State::Claimed { Kind::Act } else { row.state.kind() };
    let mark = view! { <Status kind state=row.state.key() label=row.state.label()/> }.into_any();
    let title = format!("{} {}", words::CLAIM.at(lang), row.number);
    let (about, decision, crumbs, company) = (about(claim, lang), decision(claim, lang), crumbs(row.number.clone()), claim.company.clone());
    view! {
        <Page title lede=company crumbs mark=Some(mark)>
            {refused_of(REVEAL)}
            <div class="with-aside">
                <div class="stack">{about}</div>
                <div class="stack">{decision}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn about(claim: &ConsoleTopUp, lang: Lang) -> AnyView {
    let row = &claim.row;
    let some = |label, value: &str| (!value.is_empty()).then(|| fact(label, value));
    let fields = vec![("top_up", row.id.to_string())];
    let eye = Eye { action: REVEAL, fields, label: SHOW_NUMBER, address: console_path(row.id) };
    let slip = row.slip.as_ref().and_then(|slip| attached(slip, Side::Vendor));
    let slip = slip.unwrap_or_else(|| view! { <span class="muted">{words::NO_SLIP.at(lang)}</span> }.into_any());
    view! {
        <section class="card" aria-label=words::ABOUT.at(lang)>
            <div class="head">
                <h2>{words::ABOUT.at(lang)}</h2>
                <span class="push" data-testid="amount-claimed" data-amount=row.amount.plain()>{amount(row.amount, "total")}</span>
            </div>
            <div class="body">
                <dl class="facts">
                    {fact(words::COMPANY, claim.company.clone())}
                    {fact(words::PAYER, row.payer.clone())}
                    {account_fact(words::FROM, &row.bank, (&row.tail, claim.number.as_deref()), &eye)}
                    {fact(words::DATE, row.date.to_string())}
                    {fact(words::PERSON, row.person.clone())}
                    {fact(words::TIME, row.at.to_seconds())}
                    {some(words::NOTE, &row.note)}
                    <div><dt>{words::SLIP.at(lang)}</dt><dd>{slip}</dd></div>
                    {some(words::REFERENCE, &row.reference)}
                    {some(words::WHY, &row.reason)}
                    {some(words::BY, &claim.decided_by)}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

/// One form, one button for each way it can go.
fn decision(claim: &ConsoleTopUp, lang: Lang) -> Option<AnyView> {
    if claim.row.state != State::Claimed {
        return None;
    }
    let act = use_act("/fn/top-ups/decide");
    let (id, version, key) = (claim.row.id.to_string(), claim.row.version.to_string(), claim.key.to_string());
    let card = view! {
        <section class="card" aria-label=words::DECISION.at(lang)>
            <div class="head"><h2>{words::DECISION.at(lang)}</h2></div>
            <div class="body">
                <ActForm act native=true class="fields">
                    <ErrorSummary act title=words::NOT_DONE/>
                    <Hidden name="top_up" value=id/>
                    <Hidden name="version" value=version/>
                    <Hidden name="idempotency_key" value=key/>
                    <Field act name="bank_reference" label=words::BANK_REFERENCE optional=true most=REFERENCE_MAX hint=words::BANK_REFERENCE_HINT/>
                    <Field act name="amount" label=words::PAID optional=true most=20 hint=words::PAID_HINT autocomplete="off"/>
                    <TextArea act name="reason" label=words::REASON optional=true most=REASON_MAX hint=words::REASON_HINT/>
                    <div class="actions">
                        <Submit label=words::CREDIT class="btn primary" step="credit" value=("step", "credit")/>
                        <Submit label=words::REFUSE class="btn danger" step="refuse" value=("step", "refuse")/>
                    </div>
                </ActForm>
            </div>
        </section>
    };
    Some(card.into_any())
}
