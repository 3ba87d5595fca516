//! `/sales/invoices/information/title`: asking support for a further title, with the proof of relation. Drawn by the server.

use super::{
    functions::{TitleForm as AskForm, title_form},
    parts::{information_address, information_crumbs},
};
use domain::{
    Lang, Text,
    attachment::ACCEPTED,
    invoice::{REASON_MAX, TITLE_MAX, TitleForm},
    machine::Keyed as _,
    text as words,
};
use kit::{
    ErrorSummary, Field, Hidden, Notice, Page, Stopped, TextArea,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::Submit,
    lang,
    listing::use_query,
    upload::{UploadField, UploadForm},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const PAGE: Text = words("申请其他抬头", "Request a further title");
const NOT_SENT: Text = words("申请未提交", "The request was not handed in");
const TITLE: Text = words("发票抬头", "Title");
const TAX_NO: Text = words("纳税人识别号", "Tax number");
const TAX_NO_HINT: Text =
    words("15、18 或 20 位；18 位为统一社会信用代码。", "15, 18 or 20 characters; 18 for a unified social credit code.");
const REASON: Text = words("申请原因", "Reason");
const REASON_HINT: Text = words("客服可见，最多 200 个字。", "Support reads it; at most 200 characters.");
const EVIDENCE: Text = words("关系证明", "Proof of relation");
const EVIDENCE_HINT: Text =
    words("双方盖章的关系证明，PDF 或 PNG，最大 10 MB。", "Stamped by both companies; a PDF or PNG of at most 10 MB.");
const SENDING: Text = words("上传进度", "Progress of the upload");
const SUBMIT: Text = words("提交申请", "Hand in the request");
const BACK: Text = words("返回", "Back");

/// The page.
#[derive(Clone)]
pub struct NewTitlePage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for NewTitlePage {
    fn data() -> Self {
        Self { answer: ask::<AskForm>("query", use_query(), |query| Box::pin(title_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<TitleForm>() {
            Ok(form) => drawn_by_server(move || shown(form)),
            Err(fault) => view! { <Stopped fault crumbs=information_crumbs(PAGE.at(lang()))/> }.into_any(),
        })
    }
}

fn shown(form: TitleForm) -> AnyView {
    let lang = lang();
    kit::page::more_styles();
    let act = use_act("/fn/invoices/ask-title");
    let lede = match lang {
        Lang::Zh => format!("除“{}”外再使用一个发票抬头，由客服在 3 个工作日内审核。", form.company),
        Lang::En => format!("One more title besides “{}”; support decides within 3 working days.", form.company),
    };
    let (key, tab) = (form.key.to_string(), form.tab);
    view! {
        <Page title=PAGE.at(lang) lede=tab.label().at(lang) crumbs=information_crumbs(PAGE.at(lang)) width="form">
            <UploadForm act class="card">
                <div class="body fields">
                    <ErrorSummary act title=NOT_SENT/>
                    <Notice kind="act" icon="info"><p>{lede}</p></Notice>
                    <Hidden name="idempotency_key" value=key/>
                    <Hidden name="tab" value=tab.key()/>
                    <Field act name="title" label=TITLE most=TITLE_MAX/>
                    <Field act name="tax_no" label=TAX_NO most=20 hint=TAX_NO_HINT/>
                    <TextArea act name="reason" label=REASON most=REASON_MAX hint=REASON_HINT/>
                    <UploadField act label=EVIDENCE hint=EVIDENCE_HINT progress=SENDING accept=ACCEPTED/>
                </div>
                <div class="form-foot"><Submit label=SUBMIT/><a class="btn quiet l" href=information_address(tab)>{BACK.at(lang)}</a></div>
            </UploadForm>
        </Page>
    }
    .into_any()
}
