//! `/console/bills/{id}`: one bill, its steps, and adjustments.

use super::{
    console_list::PATH,
    functions::{ConsoleBill as AskBill, console_bill},
    text,
};
use domain::{
    attachment::ACCEPTED,
    bills::{ConsoleBill, REASON_MAX, State},
    machine::Keyed as _,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Field, Hidden, Page, Status, Stopped, TextArea,
    awaited::{Answering, ask, awaited},
    form::Submit,
    lang,
    listing::use_param,
    upload::{UploadField, UploadForm},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleBillPage {
    bill: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleBillPage {
    fn data() -> Self {
        Self { bill: ask::<AskBill>("id", use_param("id"), |id| Box::pin(console_bill(id))) }
    }

    fn view(this: Self) -> AnyView {
        kit::page::more_styles();
        awaited(this.bill, |answer| match answer.open::<ConsoleBill>() {
            Ok(bill) => whole(bill),
            Err(fault) => view! { <Stopped fault crumbs=vec![Crumb::to(text::CONSOLE_TITLE.at(lang()), PATH)]/> }.into_any(),
        })
    }
}

fn whole(bill: ConsoleBill) -> AnyView {
    let lang = lang();
    let mark = view! { <Status kind=bill.state.kind() state=bill.state.key() label=bill.state.label()/> }.into_any();
    let crumbs = vec![
        Crumb::to(text::CONSOLE.at(lang), "/console"),
        Crumb::to(text::CONSOLE_TITLE.at(lang), PATH),
        Crumb::here(bill.number.clone()),
    ];
    let (steps, body) = ((bill.state == State::Estimated).then(|| steps(&bill)), bill.body.clone());
    view! {
        <Page title=format!("{} {}", bill.partner, bill.period) lede=bill.number.clone() crumbs mark=Some(mark)>
            <div class="stack"><div inner_html=body></div>{steps}{adjustment(&bill)}</div>
        </Page>
    }
    .into_any()
}

fn steps(bill: &ConsoleBill) -> AnyView {
    let lang = lang();
    let (remake, issue) = (use_act("/fn/bills/remake"), use_act("/fn/bills/issue"));
    let (id, version) = (bill.id.to_string(), bill.version.to_string());
    let (other_id, other_version) = (id.clone(), version.clone());
    let issuing = if bill.has_ended {
        view! {
            <ActForm act=issue>
                <Hidden name="bill" value=other_id/>
                <Hidden name="version" value=other_version/>
                <Submit label=text::ISSUE class="btn primary" step="issue"/>
            </ActForm>
        }
        .into_any()
    } else {
        view! { <p class="muted">{text::NOT_ENDED.at(lang)}</p> }.into_any()
    };
    view! {
        <section class="card" aria-label=text::STEPS.at(lang)>
            <div class="head"><h2>{text::STEPS.at(lang)}</h2></div>
            <div class="body stack">
                <ErrorSummary act=remake title=text::NOT_DONE/>
                <ErrorSummary act=issue title=text::NOT_DONE/>
                <p>{text::STEPS_HINT.at(lang)}</p>
                <div class="bill-steps">
                    <ActForm act=remake>
                        <Hidden name="bill" value=id/>
                        <Hidden name="version" value=version/>
                        <Submit label=text::REMAKE class="btn" step="remake"/>
                    </ActForm>
                    {issuing}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn adjustment(bill: &ConsoleBill) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/bills/adjust");
    let (id, key) = (bill.id.to_string(), bill.key.clone());
    let into = if bill.state == State::Estimated { text::ADJUST_HERE } else { text::ADJUST_NEXT };
    view! {
        <section class="card" aria-label=text::ADJUST.at(lang)>
            <div class="head"><h2>{text::ADJUST.at(lang)}</h2><span class="aux">{into.at(lang)}</span></div>
            <UploadForm act class="">
                <div class="body fields">
                    <ErrorSummary act title=text::NOT_DONE/>
                    <Hidden name="bill" value=id/>
                    <Hidden name="idempotency_key" value=key/>
                    <Field act name="amount" label=text::ADJUST_AMOUNT hint=text::ADJUST_AMOUNT_HINT most=20/>
                    <TextArea act name="reason" label=text::REASON most=REASON_MAX hint=text::REASON_HINT/>
                    <UploadField
                        act
                        name="evidence"
                        label=text::EVIDENCE
                        hint=text::EVIDENCE_HINT
                        progress=text::SENDING
                        accept=ACCEPTED
                        optional=true
                    />
                </div>
                <div class="form-foot"><Submit label=text::ENTER class="btn primary" step="adjust"/></div>
            </UploadForm>
        </section>
    }
    .into_any()
}
