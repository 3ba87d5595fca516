//! `/console/invoices/information/{id}`: a further title with its proof, or a change beside what it would replace. Drawn by the server.

use super::{
    CONSOLE_INFORMATION,
    functions::{InvoiceReview, invoice_review},
    parts::{fact, file_fact, named},
    text,
};
use domain::{
    Lang, Text,
    attachment::Side,
    invoice::{Content, InformationRow, REASON_MAX, Review, ReviewState},
    machine::{Keyed as _, Kind},
    text as words,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::{Submit, TextArea},
    icon::Icon,
    lang,
    listing::use_param,
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const ABOUT: Text = words("申请信息", "Request");
const TITLE: Text = words("发票抬头", "Title");
const TAX_NO: Text = words("纳税人识别号", "Tax number");
const TAB: Text = words("开具方", "Issuer");
const PERSON: Text = words("提交人", "Handed in by");
const TIME: Text = words("提交时间", "Handed in at");
const DUE: Text = words("审核时限", "To be decided by");
const REASON: Text = words("申请原因", "Reason");
const DECIDED: Text = words("审核人", "Decided by");
const SAID: Text = words("审核说明", "What was said");
const CHANGES: Text = words("修改内容", "What changes");
const FIELD: Text = words("项目", "Field");
const NOW: Text = words("当前", "Now");
const WANTED: Text = words("修改为", "Changed to");
const HAS: Text = words("该伙伴现有发票信息", "Information that the partner has");
const HAS_NONE: Text = words("没有", "None");
const DECISION: Text = words("审核结论", "Decision");
const NOTE: Text = words("给伙伴的说明", "Reason for the partner");
const NOTE_HINT: Text = words("驳回时必填，伙伴可见，最多 200 个字。", "Needed to refuse; the partner reads it. At most 200 characters.");
const GRANT: Text = words("批准", "Grant");
const REFUSE: Text = words("驳回", "Refuse");

/// The page.
#[derive(Clone)]
pub struct ConsoleReviewPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleReviewPage {
    fn data() -> Self {
        Self { answer: ask::<InvoiceReview>("id", use_param("id"), |id| Box::pin(invoice_review(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<Review>() {
            Ok(review) => drawn_by_server(move || shown(review)),
            Err(fault) => view! { <Stopped fault crumbs=back(String::new())/> }.into_any(),
        })
    }
}

fn back(here: String) -> Vec<Crumb> {
    let lang = lang();
    let queue = Crumb::to(text::queue::REVIEWS.at(lang), CONSOLE_INFORMATION);
    vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), queue, Crumb::here(here)]
}

fn shown(review: Review) -> AnyView {
    let lang = lang();
    more_styles();
    let row = &review.row;
    let kind = if row.state == ReviewState::Submitted { Kind::Act } else { row.state.kind() };
    let mark = view! { <Status kind state=row.state.key() label=row.state.label()/> }.into_any();
    view! {
        <Page title=row.kind.label().at(lang) lede=review.company.clone() crumbs=back(row.title.clone()) mark=Some(mark)>
            <div class="with-aside">
                <div class="stack">
                    {about(&review, lang)}
                    {review.change.as_ref().map(|(now, wanted)| changes(now, wanted, lang))}
                    {has(&review.information, lang)}
                </div>
                <div class="stack">{decision(&review, lang)}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn about(review: &Review, lang: Lang) -> AnyView {
    let row = &review.row;
    let evidence = file_fact(review.evidence.as_ref(), Side::Vendor);
    let decided = review.decided.as_ref().map(|(by, at)| fact(DECIDED, format!("{by} {}", at.to_minutes())));
    let said = (!row.note.is_empty()).then(|| fact(SAID, row.note.clone()));
    view! {
        <section class="card" aria-label=ABOUT.at(lang)>
            <div class="head"><h2>{ABOUT.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts">
                    {fact(TITLE, row.title.clone())}
                    {fact(TAX_NO, review.tax_no.clone())}
                    {fact(TAB, row.tab.label().at(lang))}
                    {fact(PERSON, row.person.clone())}
                    {fact(TIME, row.at.to_seconds())}
                    {fact(DUE, row.due.to_minutes())}
                    {fact(REASON, row.reason.clone())}
                    {evidence}
                    {decided}
                    {said}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

/// The fields that change, side by side.
fn changes(now: &Content, wanted: &Content, lang: Lang) -> AnyView {
    let pairs = named(now, lang).into_iter().zip(named(wanted, lang)).filter(|((_, old), (_, new))| old != new);
    let rows = pairs.map(|((label, old), (_, new))| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{label.at(lang)}</th>
                <td role="cell" data-l=NOW.at(lang)>{old}</td>
                <td role="cell" data-l=WANTED.at(lang)>{new}</td>
            </tr>
        }
    });
    let heads = [FIELD, NOW, WANTED].map(|head| view! { <th scope="col" role="columnheader">{head.at(lang)}</th> });
    view! {
        <section class="card" aria-label=CHANGES.at(lang)>
            <div class="head"><h2>{CHANGES.at(lang)}</h2></div>
            <div class="table-wrap">
                <table class="table" role="table" data-testid="changes-table">
                    <caption class="visually-hidden">{CHANGES.at(lang)}</caption>
                    <thead role="rowgroup"><tr role="row">{heads.into_iter().collect_view()}</tr></thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn has(rows: &[InformationRow], lang: Lang) -> AnyView {
    let line = |row: &InformationRow| view! { <li>{format!("{} · {} · {}", row.content.title, row.content.kind.label().at(lang), row.content.tax_no)}</li> };
    let body = if rows.is_empty() {
        view! { <p class="muted">{HAS_NONE.at(lang)}</p> }.into_any()
    } else {
        view! { <ul>{rows.iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! { <section class="card" aria-label=HAS.at(lang)><div class="head"><h2>{HAS.at(lang)}</h2></div><div class="body">{body}</div></section> }
        .into_any()
}

fn decision(review: &Review, lang: Lang) -> Option<AnyView> {
    let row = &review.row;
    if row.state != ReviewState::Submitted {
        return None;
    }
    let act = use_act("/fn/invoices/decide-review");
    let button = move |label, class, step: &'static str| view! { <Submit label class step value=("step", step)/> };
    let (id, version, key) = (row.id.to_string(), row.version.to_string(), review.key.to_string());
    let wait = text::queue::due(row.due.day(), lang);
    let card = view! {
        <section class="card" aria-label=DECISION.at(lang)>
            <div class="head"><h2>{DECISION.at(lang)}</h2></div>
            <div class="body">
                <ActForm act native=true class="fields">
                    <ErrorSummary act title=text::NOT_DONE/>
                    <div class="note" data-k="wait"><Icon name="calendar-clock"/><p>{wait}</p></div>
                    <Hidden name="review" value=id/>
                    <Hidden name="version" value=version/>
                    <Hidden name="idempotency_key" value=key/>
                    <TextArea act name="reason" label=NOTE optional=true most=REASON_MAX hint=NOTE_HINT/>
                    <div class="actions">{button(GRANT, "btn primary", "grant")}{button(REFUSE, "btn danger", "refuse")}</div>
                </ActForm>
            </div>
        </section>
    };
    Some(card.into_any())
}
