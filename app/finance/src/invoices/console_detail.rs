//! `/console/invoices/{id}`: one request with what it is decided by. Drawn by the server.

use super::{
    CONSOLE,
    detail::{facts, figures, snapshot},
    functions::{ShowQueuedInvoice, show_queued_invoice},
    parts::{course, formula},
    text,
};
use domain::{
    Lang, Text,
    attachment::{ACCEPTED, Side},
    invoice::{ConsoleInvoice, InvoiceRow, Medium, NUMBER_MAX, REASON_MAX, State},
    machine::{Keyed as _, Kind},
    text as words,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Page, Status, Stopped,
    act::Act,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::{Field, Submit, TextArea},
    icon::Icon,
    lang,
    listing::use_param,
    page::more_styles,
    upload::{UploadField, UploadForm},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const REQUEST: Text = words("开票申请", "Invoice request");
const REST: Text = words("该伙伴的可开票金额", "What the partner can have invoiced");
const REST_NOTE: Text = words("本申请已计入已开票", "this request is counted as invoiced");
const SAME_TITLE: Text = words("抬头与税号与实名企业一致。", "Title and tax number are those of the real-name company.");
const OTHER_TITLE: Text = words(
    "抬头或税号与实名企业不同，请核对抬头批准记录：",
    "Title or tax number are not those of the real-name company; check the grant: ",
);
const DECISION: Text = words("开具发票", "Issue the invoice");
const SENDING: Text = words("登记寄出", "Mark as sent");
const RETURNING: Text = words("审核退票", "Decide about the return");
const NUMBER: Text = words("发票号码", "Invoice number");
const NUMBER_HINT: Text = words("开具时必填，数字或字母。", "Needed to issue: digits or letters.");
const FILE: Text = words("发票文件（选填）", "Invoice file (optional)");
const FILE_HINT: Text = words(
    "电子发票请附 PDF 或 PNG，最大 10 MB；伙伴可在申请详情下载。",
    "For an electronic invoice: a PDF or PNG of at most 10 MB. The partner fetches it from the request.",
);
const SENDING_FILE: Text = words("上传进度", "Progress of the upload");
const COURIER: Text = words("快递单号", "Courier number");
const COURIER_HINT: Text = words("纸质发票寄出时必填。", "Needed for paper.");
const REASON: Text = words("给伙伴的说明", "Reason for the partner");
const REASON_HINT: Text = words(
    "驳回时必填，伙伴可见，最多 200 个字。请写明如何补正。",
    "Needed to reject; the partner reads it. At most 200 characters; say how to mend it.",
);
const ISSUE: Text = words("确认开具", "Issue");
const REJECT: Text = words("驳回", "Reject");
const SEND: Text = words("确认寄出", "Mark as sent");
const ACCEPT: Text = words("同意退票", "Take it back");
const REFUSE: Text = words("不同意退票", "Refuse the return");
const COURSE: Text = words("进度", "Progress");

/// The page.
#[derive(Clone)]
pub struct ConsoleInvoicePage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleInvoicePage {
    fn data() -> Self {
        Self { answer: ask::<ShowQueuedInvoice>("id", use_param("id"), |id| Box::pin(show_queued_invoice(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<ConsoleInvoice>() {
            Ok(request) => drawn_by_server(move || shown(request)),
            Err(fault) => view! { <Stopped fault crumbs=back(String::new())/> }.into_any(),
        })
    }
}

fn back(here: String) -> Vec<Crumb> {
    let lang = lang();
    vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::to(text::queue::TITLE.at(lang), CONSOLE), Crumb::here(here)]
}

fn shown(request: ConsoleInvoice) -> AnyView {
    let lang = lang();
    more_styles();
    let row = request.detail.row.clone();
    let kind = if row.state.is_open() { Kind::Act } else { row.state.kind() };
    let mark = view! { <Status kind state=row.state.key() label=row.state.label()/> }.into_any();
    let (company, key, events) = (request.company.clone(), request.detail.key.to_string(), request.detail.events.clone());
    view! {
        <Page title=format!("{} {}", REQUEST.at(lang), row.number) lede=company crumbs=back(row.number.clone()) mark=Some(mark)>
            <div class="with-aside">
                <div class="stack">
                    {figures(&request.detail, lang)}
                    {snapshot(&request.detail, lang)}
                    {checked(&request, lang)}
                    {facts(&request.detail, Side::Vendor, lang)}
                    <section class="card" aria-label=REST.at(lang)>
                        <div class="head"><h2>{REST.at(lang)}</h2><p class="aux">{REST_NOTE.at(lang)}</p></div>
                        <div class="body">{formula(&request.invoiceable)}</div>
                    </section>
                </div>
                <div class="stack">
                    {decision(&row, key, lang)}
                    <section class="card" aria-label=COURSE.at(lang)>
                        <div class="head"><h2>{COURSE.at(lang)}</h2></div>
                        <div class="body">{course(events, row.state)}</div>
                    </section>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// Whether the title is the company's own.
fn checked(request: &ConsoleInvoice, lang: Lang) -> AnyView {
    let content = &request.detail.content;
    let same = content.title == request.company && content.tax_no == request.tax_no;
    let (kind, icon, line) = if same {
        ("good", "check-circle", SAME_TITLE.at(lang).to_owned())
    } else {
        ("act", "alert", format!("{}{} {}", OTHER_TITLE.at(lang), request.company, request.tax_no))
    };
    view! { <div class="note" data-k=kind data-testid="title-check"><Icon name=icon/><p>{line}</p></div> }.into_any()
}

/// The form of the next step: one button for each way it can go.
fn decision(row: &InvoiceRow, key: String, lang: Lang) -> Option<AnyView> {
    let act = use_act("/fn/invoices/decide");
    let (title, fields, buttons) = match row.state {
        State::Submitted => {
            let buttons = view! { {button(ISSUE, "btn primary", "issue")}{button(REJECT, "btn danger", "reject")} };
            (DECISION, issuing(act), buttons.into_any())
        }
        State::ReturnReview => {
            let buttons = view! { {button(ACCEPT, "btn primary", "accept-return")}{button(REFUSE, "btn danger", "refuse-return")} };
            (RETURNING, reason(act), buttons.into_any())
        }
        State::Issued if row.medium == Medium::Paper => {
            let field = view! { <Field act name="courier" label=COURIER most=NUMBER_MAX hint=COURIER_HINT/> }.into_any();
            (SENDING, field, button(SEND, "btn primary", "send"))
        }
        _ => return None,
    };
    let (id, version) = (row.id.to_string(), row.version.to_string());
    let inside = view! {
        <ErrorSummary act title=text::NOT_DONE/>
        <Hidden name="request" value=id/>
        <Hidden name="version" value=version/>
        <Hidden name="idempotency_key" value=key/>
        {fields}
        <div class="actions">{buttons}</div>
    };
    // Only an invoice that is issued comes with a file.
    let form = if row.state == State::Submitted {
        view! { <UploadForm act class="fields">{inside}</UploadForm> }.into_any()
    } else {
        view! { <ActForm act native=true class="fields">{inside}</ActForm> }.into_any()
    };
    let card = view! {
        <section class="card" aria-label=title.at(lang)>
            <div class="head"><h2>{title.at(lang)}</h2></div>
            <div class="body">
                {form}
            </div>
        </section>
    };
    Some(card.into_any())
}

fn button(label: Text, class: &'static str, step: &'static str) -> AnyView {
    view! { <Submit label class step value=("step", step)/> }.into_any()
}

fn reason(act: Act) -> AnyView {
    view! { <TextArea act name="reason" label=REASON optional=true most=REASON_MAX hint=REASON_HINT/> }.into_any()
}

fn issuing(act: Act) -> AnyView {
    view! {
        <Field act name="number" label=NUMBER optional=true most=NUMBER_MAX hint=NUMBER_HINT/>
        <UploadField act label=FILE hint=FILE_HINT progress=SENDING_FILE accept=ACCEPTED optional=true/>
        {reason(act)}
    }
    .into_any()
}
