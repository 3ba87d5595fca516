//! `/sales/invoices/information/new` and `/{id}`: making and changing an invoice information, and its versions. Drawn by the server.

use super::{
    functions::{InformationForm as AskForm, information_form},
    parts::{content, information_address, information_crumbs},
};
use domain::{
    Lang, Text,
    invoice::{
        InformationForm, InformationState, InvoiceKind, LINE_MAX, Medium, NUMBER_MAX, REASON_MAX, TITLE_MAX, TitleType, VersionRow,
        only_enterprise_titles,
    },
    machine::Keyed,
    text as words,
};
use kit::{
    ActForm, ErrorSummary, Hidden, Page, Status, Stopped,
    act::Act,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::{Field, FieldError, Select, Submit, TextArea},
    icon::{Icon, moment},
    lang,
    listing::{use_param, use_query},
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const NEW: Text = words("新增发票信息", "Add invoice information");
const CHANGE: Text = words("修改发票信息", "Change invoice information");
const NOT_SAVED: Text = words("没有保存", "It was not saved");
const TITLE: Text = words("发票抬头", "Title");
const TITLE_HINT: Text = words("企业实名账号的抬头固定为实名企业名称。", "For a company that is authenticated this is its real name.");
const TITLE_TYPE: Text = words("抬头类型", "Title type");
const KIND: Text = words("发票类型", "Invoice type");
const TAX_NO: Text = words("纳税人识别号", "Tax number");
const TAX_NO_HINT: Text =
    words("15、18 或 20 位；18 位为统一社会信用代码。", "15, 18 or 20 characters; 18 for a unified social credit code.");
const FOR_SPECIAL: Text = words("专用发票必填。", "Needed for special invoices.");
const BANK: Text = words("开户银行", "Bank");
const ACCOUNT: Text = words("银行账号", "Bank account");
const ADDRESS: Text = words("注册地址", "Registered address");
const PHONE: Text = words("电话", "Phone");
const MEDIUM: Text = words("发票介质", "Medium");
const RECIPIENT: Text = words("接收方", "Recipient");
const RECIPIENT_HINT: Text =
    words("数电与电子发票填写邮箱，纸质发票填写邮寄地址与收件人。", "An e-mail address; for paper the postal address and a name.");
const REASON: Text = words("修改原因", "Reason");
const REASON_HINT: Text = words("保存在版本记录中，最多 200 个字。", "Kept with the version; at most 200 characters.");
const REVIEW: Text = words(
    "提交客服审核（2 个工作日），审核期间原信息继续有效",
    "Let support look at it (2 working days); until then the old one stays in use",
);
const SAVE: Text = words("保存", "Save");
const BACK: Text = words("返回", "Back");
const VERSIONS: Text = words("版本记录", "Versions");
const VERSIONS_WHY: Text = words("已开具的发票保留申请时的版本", "invoices keep the version they were asked for with");
const WAITS: Text = words("修改正在由客服审核，完成后可再次修改。", "A change is with support; it can be changed again after that.");
const IS_VOID: Text = words("该发票信息已作废。", "This information is void.");
const NOW: Text = words("当前信息", "As it is now");

/// The page of a new one.
#[derive(Clone)]
pub struct NewInformationPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for NewInformationPage {
    fn data() -> Self {
        Self { answer: ask::<AskForm>("query", use_query(), |query| Box::pin(information_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        drawn(this.answer)
    }
}

/// The page of one that there is.
#[derive(Clone)]
pub struct ChangeInformationPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ChangeInformationPage {
    fn data() -> Self {
        let id = use_param("id");
        let query = Signal::derive(move || format!("id={}", id.get()));
        Self { answer: ask::<AskForm>("query", query, |query| Box::pin(information_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        drawn(this.answer)
    }
}

fn drawn(answer: Answering) -> AnyView {
    awaited(answer, |answer| match answer.open::<InformationForm>() {
        Ok(form) => drawn_by_server(move || shown(form)),
        Err(fault) => view! { <Stopped fault crumbs=information_crumbs(NEW.at(lang()))/> }.into_any(),
    })
}

fn shown(form: InformationForm) -> AnyView {
    let lang = lang();
    more_styles();
    let title = if form.row.is_some() { CHANGE } else { NEW };
    let state = form.row.as_ref().map(|row| row.state);
    let mark = state.map(|state| view! { <Status kind=state.kind() state=state.key() label=state.label()/> }.into_any());
    let body = match state {
        None | Some(InformationState::Valid) => fields(&form, lang),
        Some(state) => kept(&form, state, lang),
    };
    view! {
        <Page title=title.at(lang) lede=form.tab.label().at(lang) crumbs=information_crumbs(title.at(lang)) mark>
            <div class="with-aside">
                <div class="stack">{body}</div>
                <div class="stack">{versions(&form.versions, lang)}</div>
            </div>
        </Page>
    }
    .into_any()
}

/// What cannot be changed now, as it is.
fn kept(form: &InformationForm, state: InformationState, lang: Lang) -> AnyView {
    let why = if state == InformationState::Void { IS_VOID } else { WAITS };
    let shown = form.row.as_ref().map(|row| content(&row.content));
    view! {
        <div class="note" data-k="wait" data-testid="waits-for"><Icon name="hourglass"/><p>{why.at(lang)}</p></div>
        <section class="card" aria-label=NOW.at(lang)><div class="head"><h2>{NOW.at(lang)}</h2></div><div class="body">{shown}</div></section>
    }
    .into_any()
}

fn options<K: Keyed>(of: &[K], lang: Lang) -> Vec<(&'static str, String)> {
    of.iter().map(|value| (value.key(), value.label().at(lang).to_owned())).collect()
}

fn fields(form: &InformationForm, lang: Lang) -> AnyView {
    let act = use_act("/fn/invoices/save-information");
    let typed = form.typed.clone();
    let whose = form.row.as_ref().map(|row| {
        view! { <Hidden name="information" value=row.id.to_string()/><Hidden name="version" value=row.version.to_string()/> }
    });
    let types = only_enterprise_titles(!form.titles.is_empty());
    let why = form.row.is_some().then(|| {
        view! { {soon(form, act, lang)}<TextArea act name="reason" label=REASON most=REASON_MAX hint=REASON_HINT/> }
    });
    let (key, tab, title) = (form.key.to_string(), form.tab, title_field(form, act, lang));
    view! {
        <section class="card" aria-label=NOW.at(lang)>
            <ActForm act native=true>
                <div class="body">
                    <div class="fields">
                        <ErrorSummary act title=NOT_SAVED/>
                        <Hidden name="idempotency_key" value=key/>
                        <Hidden name="tab" value=tab.key()/>
                        {whose}
                        <Select act name="title_type" label=TITLE_TYPE options=options(types, lang) value=typed.title_type/>
                        {title}
                        <Select act name="kind" label=KIND options=options(InvoiceKind::ALL, lang) value=typed.kind/>
                        <Field act name="tax_no" label=TAX_NO value=typed.tax_no optional=types == TitleType::ALL most=20 hint=TAX_NO_HINT/>
                        <Field act name="bank" label=BANK value=typed.bank optional=true most=LINE_MAX hint=FOR_SPECIAL/>
                        <Field act name="account" label=ACCOUNT value=typed.account optional=true most=NUMBER_MAX hint=FOR_SPECIAL/>
                        <Field act name="address" label=ADDRESS value=typed.address optional=true most=LINE_MAX hint=FOR_SPECIAL/>
                        <Field act name="phone" label=PHONE value=typed.phone optional=true most=NUMBER_MAX hint=FOR_SPECIAL/>
                        <Select act name="medium" label=MEDIUM options=options(Medium::ALL, lang) value=typed.medium/>
                        <Field act name="recipient" label=RECIPIENT value=typed.recipient most=LINE_MAX hint=RECIPIENT_HINT/>
                        {why}
                        <div class="actions"><Submit label=SAVE step="save"/><a class="btn quiet l" href=information_address(tab)>{BACK.at(lang)}</a></div>
                    </div>
                </div>
            </ActForm>
        </section>
    }
    .into_any()
}

/// The title is read-only where there is one only.
fn title_field(form: &InformationForm, act: Act, lang: Lang) -> AnyView {
    let chosen = act.value("title", &form.typed.title);
    let field = match form.titles.as_slice() {
        [] => return view! { <Field act name="title" label=TITLE value=form.typed.title.clone() most=TITLE_MAX/> }.into_any(),
        [only] => view! { <input class="input l" id="title" name="title" value=only.clone() readonly=true aria-describedby="title-hint"/> }
            .into_any(),
        several => {
            let options =
                several.iter().map(|title| view! { <option value=title.clone() selected=*title == chosen>{title.clone()}</option> });
            view! { <span class="select"><select class="input l" id="title" name="title" aria-describedby="title-hint">{options.collect_view()}</select><Icon name="chevron-down" size="s"/></span> }
                .into_any()
        }
    };
    view! {
        <div class="field">
            <label for="title">{TITLE.at(lang)}</label>
            {field}
            <FieldError act name="title"/>
            <p class="hint" id="title-hint">{TITLE_HINT.at(lang)}</p>
        </div>
    }
    .into_any()
}

/// What a change within 30 days of the last one takes.
fn soon(form: &InformationForm, act: Act, lang: Lang) -> Option<AnyView> {
    let from = form.free_from?;
    let why = match lang {
        Lang::Zh => format!("30 天内已自行修改过一次，{from} 起可再次自行修改。"),
        Lang::En => format!("It was changed within the last 30 days; from {from} you can change it yourself again."),
    };
    let ticked = act.ticked("review", "yes", false);
    let field = view! {
        <div class="field">
            <div class="note" data-k="act" data-testid="why-not" data-code="CHANGE_TOO_SOON"><Icon name="calendar-clock"/><p>{why}</p></div>
            <label class="check"><input type="checkbox" id="review" name="review" value="yes" checked=ticked/><span>{REVIEW.at(lang)}</span></label>
            <FieldError act name="review"/>
        </div>
    };
    Some(field.into_any())
}

fn versions(rows: &[VersionRow], lang: Lang) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let items = rows.iter().map(|row| {
        let name = match lang {
            Lang::Zh => format!("第 {} 版", row.no),
            Lang::En => format!("Version {}", row.no),
        };
        let reason = (!row.reason.is_empty()).then(|| view! { <p>{row.reason.clone()}</p> });
        view! {
            <details data-testid="version" data-id=row.no.to_string()>
                <summary>{name}" "{moment(row.at)}" "{row.by.clone()}</summary>
                {reason}
                {content(&row.content)}
            </details>
        }
    });
    let card = view! {
        <section class="card" aria-label=VERSIONS.at(lang)>
            <div class="head"><h2>{VERSIONS.at(lang)}</h2><p class="aux">{VERSIONS_WHY.at(lang)}</p></div>
            <div class="body"><div class="stack">{items.collect_view()}</div></div>
        </section>
    };
    Some(card.into_any())
}
