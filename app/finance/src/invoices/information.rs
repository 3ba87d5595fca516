//! `/sales/invoices/information`: whose title stands on invoices, in two tabs, and the ways to another title. Drawn by the server.

use super::{
    INFORMATION,
    functions::{InvoiceInformation, invoice_information},
    parts::{information_address, information_crumbs, refused},
    text,
};
use domain::{
    Lang, Text,
    invoice::{InformationPage as Shown, InformationRow, InformationState, ONE_VALID_SINCE, ReviewRow, ReviewState, Tab},
    machine::Keyed as _,
    text as words,
};
use kit::{
    ActForm, Hidden, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    icon::{Icon, drawing, moment},
    lang,
    listing::use_query,
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const NEW: Text = words("新增发票信息", "Add invoice information");
const NEW_GRANTED: Text = words("用已批准的抬头新增", "Add the title that was granted");
const CHANGE: Text = words("修改", "Change");
const DELETE: Text = words("删除", "Delete");
const LEGACY: Text = words("历史保留", "Kept from before");
const EMPTY: Text = words("还没有发票信息", "No invoice information yet");
const EMPTY_HINT: Text = words("新增后即可申请开票。", "Once there is one, invoices can be requested.");
const RULE: Text = words("一条有效发票信息", "One valid invoice information");
const RULE_LEGACY: Text = words(
    "此前已有多条的账号可以保留，但不能再新增；多条中只能有一条为增值税专用发票。",
    "Accounts that had several before keep them, but add none; only one of them can be for special VAT invoices.",
);
const OTHER: Text = words("开具其他抬头", "Another title");
const ROUTE_NAME: Text = words("变更实名认证", "Change the real-name authentication");
const ROUTE_NAME_HOW: Text = words(
    "把账号的实名认证变更为该企业。通过后，本页会提示使用新的发票抬头；商业信息须重新认证。",
    "Change the real-name authentication of the account to that company. Then this page offers the new title; the business information has to be verified again.",
);
const ROUTE_NAME_OPEN: Text = words("前往账号信息", "To the account");
const ROUTE_TITLE: Text = words("申请其他抬头", "Request a further title");
const ROUTE_TITLE_HOW: Text = words(
    "向客服申请再增加一条，并上传双方盖章的关系证明。客服在 3 个工作日内审核。",
    "Ask support for one more, with a proof of relation stamped by both companies. Support decides within 3 working days.",
);
const ROUTE_TITLE_OPEN: Text = words("申请抬头", "Request a title");
const RENAMED: Text = words("企业实名名称已变更", "The real-name company has changed");
const RENAMED_HOW: Text =
    words("现有发票信息仍为原抬头。请修改为新的抬头：", "The information still has the old title. Change it to the new one: ");
const REVIEWS: Text = words("申请与审核", "Asked of support");
const REVIEW_HEADS: [Text; 4] = [words("发票抬头", "Title"), words("类别", "Kind"), words("提交时间", "Handed in"), words("状态", "State")];

/// The page.
#[derive(Clone)]
pub struct InformationPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for InformationPage {
    fn data() -> Self {
        Self { answer: ask::<InvoiceInformation>("query", use_query(), |query| Box::pin(invoice_information(query))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<Shown>() {
            Ok(page) => drawn_by_server(move || shown(page)),
            Err(fault) => view! { <Stopped fault crumbs=information_crumbs("")/> }.into_any(),
        })
    }
}

fn shown(page: Shown) -> AnyView {
    let lang = lang();
    more_styles();
    let address = |label: Text, testid: &'static str| {
        let href = format!("{INFORMATION}/new?tab={}", page.tab.key());
        view! { <a class="btn primary" href=href data-testid=testid>{label.at(lang)}</a> }.into_any()
    };
    let add = match (page.may_add, &page.granted) {
        (true, _) => Some(address(NEW, "open-new")),
        (false, Some(_)) => Some(address(NEW_GRANTED, "open-new")),
        (false, None) => None,
    };
    view! {
        <Page title=text::INFORMATION.at(lang) crumbs=information_crumbs("") actions=add>
            <div class="stack">
                {refused()}
                {renamed(&page, lang)}
                <section class="card" aria-label=text::INFORMATION.at(lang)>
                    {tabs(&page, lang)}
                    <p class="visually-hidden" role="status" data-testid="result-count" data-count=page.rows.len().to_string()>{page.rows.len()}</p>
                    {table(&page, lang)}
                </section>
                {rule(&page, lang)}
                {routes(&page, lang)}
                {reviews(&page.reviews, lang)}
            </div>
        </Page>
    }
    .into_any()
}

fn tabs(page: &Shown, lang: Lang) -> AnyView {
    let tab = |(tab, count): &(Tab, i64)| {
        let current = (*tab == page.tab).then_some("page");
        let number = (*count > 0).then(|| view! { <span class="badge">{*count}</span> });
        let testid = format!("tab-{}", tab.key());
        view! { <a href=information_address(*tab) aria-current=current data-testid=testid>{tab.label().at(lang)}{number}</a> }
    };
    view! { <nav class="tabs" aria-label=text::ISSUERS.at(lang)>{page.counts.iter().map(tab).collect_view()}</nav> }.into_any()
}

fn table(page: &Shown, lang: Lang) -> AnyView {
    if page.rows.is_empty() {
        let art = drawing("art", "art-empty");
        return view! { <div class="empty">{art}<h2>{EMPTY.at(lang)}</h2><p>{EMPTY_HINT.at(lang)}</p></div> }.into_any();
    }
    let columns = domain::invoice::INFORMATION.columns;
    let heads = columns.iter().map(|column| view! { <th scope="col" role="columnheader">{column.label.at(lang)}</th> }).collect_view();
    let rows = page.rows.iter().map(|row| table_row(row, page, lang)).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table" role="table" data-testid="invoice-information-table">
                <caption class="visually-hidden">{domain::invoice::INFORMATION.caption.at(lang)}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(row: &InformationRow, page: &Shown, lang: Lang) -> AnyView {
    let label =
        |key: &str| domain::invoice::INFORMATION.columns.iter().find(|column| column.key == key).map_or("", |column| column.label.at(lang));
    let legacy = row.is_legacy.then(|| view! { " "<span class="tag">{LEGACY.at(lang)}</span> });
    let (content, state, id) = (&row.content, row.state, row.id.to_string());
    let act = use_act("/fn/invoices/delete-information");
    let about = || view! { <span class="visually-hidden">{format!(" {}", content.title)}</span> }.into_any();
    let (version, tab, key) = (row.version.to_string(), row.tab.key(), format!("{}-{}", page.key, row.id));
    let (about_change, about_delete, open_id) = (about(), about(), id.clone());
    let actions = (state == InformationState::Valid).then(move || {
        view! {
            <span class="actions">
                <a class="btn s" href=format!("{INFORMATION}/{open_id}") data-testid="open-change">{CHANGE.at(lang)}{about_change}</a>
                <ActForm act native=true>
                    <Hidden name="information" value=open_id/>
                    <Hidden name="version" value=version/>
                    <Hidden name="tab" value=tab/>
                    <Hidden name="idempotency_key" value=key/>
                    <button class="btn quiet s" data-testid="action-delete">{DELETE.at(lang)}{about_delete}</button>
                </ActForm>
            </span>
        }
    });
    let open = view! { <a class="row-link" href=format!("{INFORMATION}/{id}")>{content.title.clone()}</a> };
    view! {
        <tr role="row" data-testid="invoice-information-row" data-id=id>
            <th scope="row" role="rowheader" data-testid="cell-title">{open}{legacy}</th>
            <td role="cell" data-l=label("kind") data-testid="cell-kind" data-category=content.kind.key()>{content.kind.label().at(lang)}</td>
            <td role="cell" class="mono" data-l=label("tax_no") data-testid="cell-tax_no">{content.tax_no.clone()}</td>
            <td role="cell" data-l=label("medium") data-testid="cell-medium" data-category=content.medium.key()>{content.medium.label().at(lang)}</td>
            <td role="cell" data-l=label("state")><Status kind=state.kind() state=state.key() label=state.label()/></td>
            <td role="cell" data-l=label("actions")>{actions}</td>
        </tr>
    }
    .into_any()
}

/// After a change of the company's name the new title is offered.
fn renamed(page: &Shown, lang: Lang) -> Option<AnyView> {
    let old = page.rows.iter().find(|row| !row.is_legacy && row.state == InformationState::Valid && row.content.title != page.company)?;
    let has_own = page.rows.iter().any(|row| row.content.title == page.company);
    let was_granted = page.reviews.iter().any(|review| review.state == ReviewState::Granted && review.title == old.content.title);
    if !page.is_authenticated || has_own || was_granted {
        return None;
    }
    let href = format!("{INFORMATION}/{}", old.id);
    Some(
        view! { <div class="note" data-k="act" data-testid="renamed"><Icon name="alert"/><div><b>{RENAMED.at(lang)}</b><p>{RENAMED_HOW.at(lang)}<a href=href>{page.company.clone()}</a></p></div></div> }
            .into_any(),
    )
}

/// Why there is no more than one, said where somebody looks for the button.
fn rule(page: &Shown, lang: Lang) -> AnyView {
    let since = match lang {
        Lang::Zh => "自 2020 年 8 月 1 日起，一个账号默认只能有一条有效的发票信息，不能随意变更。".to_owned(),
        Lang::En => {
            format!("Since {ONE_VALID_SINCE} one account has one valid invoice information by default, and must not change it at will.")
        }
    };
    let changes = match lang {
        Lang::Zh => "30 天内可自行修改一次并说明原因，再次修改由客服审核（2 个工作日）；删除后才能新增另一条。",
        Lang::En => "It can be changed once in 30 days with a reason; further changes are looked at by support (2 working days).",
    };
    let code = (!page.may_add && page.granted.is_none()).then_some("ONE_VALID_ONLY");
    let testid = code.map(|_| "why-not");
    view! {
        <div class="note" data-testid=testid data-code=code><Icon name="info"/><div><b>{RULE.at(lang)}</b><p>{since}</p><p>{RULE_LEGACY.at(lang)}</p><p>{changes}</p></div></div>
    }
    .into_any()
}

/// Both ways to another title [S].
fn routes(page: &Shown, lang: Lang) -> AnyView {
    let title = format!("{INFORMATION}/title?tab={}", page.tab.key());
    view! {
        <section class="card" aria-label=OTHER.at(lang)>
            <div class="head"><h2>{OTHER.at(lang)}</h2></div>
            <div class="body">
                <div class="stack">
                    <div class="note"><Icon name="building"/><div><b>{ROUTE_NAME.at(lang)}</b><p>{ROUTE_NAME_HOW.at(lang)}</p><a class="btn s" href="/account" data-testid="open-account">{ROUTE_NAME_OPEN.at(lang)}</a></div></div>
                    <div class="note"><Icon name="file-text"/><div><b>{ROUTE_TITLE.at(lang)}</b><p>{ROUTE_TITLE_HOW.at(lang)}</p><a class="btn s" href=title data-testid="open-title">{ROUTE_TITLE_OPEN.at(lang)}</a></div></div>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn reviews(rows: &[ReviewRow], lang: Lang) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let label = |at: usize| REVIEW_HEADS.get(at).map_or("", |head| head.at(lang));
    let heads = REVIEW_HEADS.iter().map(|head| view! { <th scope="col" role="columnheader">{head.at(lang)}</th> }).collect_view();
    let rows = rows.iter().map(|row| {
        let line = if row.state == ReviewState::Submitted { text::queue::due(row.due.day(), lang) } else { row.note.clone() };
        view! {
            <tr role="row" data-testid="invoice-reviews-row" data-id=row.id.to_string()>
                <th scope="row" role="rowheader" data-testid="cell-title">{row.title.clone()}</th>
                <td role="cell" data-l=label(1)>{row.kind.label().at(lang)}</td>
                <td role="cell" class="date" data-l=label(2)>{moment(row.at)}</td>
                <td role="cell" data-l=label(3)><span class="two-lines"><Status kind=row.state.kind() state=row.state.key() label=row.state.label()/><span class="sub">{line}</span></span></td>
            </tr>
        }
    });
    let card = view! {
        <section class="card" aria-label=REVIEWS.at(lang)>
            <div class="head"><h2>{REVIEWS.at(lang)}</h2></div>
            <div class="table-wrap">
                <table class="table" role="table" data-testid="invoice-reviews-table">
                    <caption class="visually-hidden">{REVIEWS.at(lang)}</caption>
                    <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    };
    Some(card.into_any())
}
