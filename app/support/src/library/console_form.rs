//! The editor's forms: upload a document, edit its words, add a version.

use super::{
    console_detail::{back, category_path},
    console_list::PATH,
    functions::{EditorDocument, MayEdit, editor_document, may_edit},
    text,
};
use domain::{
    Day,
    access::{Identity, Program},
    library::{Audience, Category, Description, EditorDetail, Effective, LINK_MAX, Language, SUMMARY_MAX, TITLE_MAX, WHAT_CHANGED_MAX},
    machine::Keyed,
};
use kit::{
    Act, ActForm, Crumb, ErrorSummary, Field, Hidden, Notice, Page, Select, Stopped, TextArea,
    awaited::{Answering, ask, ask_once, awaited},
    draft::Draft,
    form::{Checks, Submit},
    lang,
    listing::use_param,
    upload::{UploadField, UploadForm},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The form for a new document.
#[derive(Clone)]
pub struct ConsoleUpload {
    key: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleUpload {
    fn data() -> Self {
        Self { key: ask_once::<MayEdit>(|_| Box::pin(may_edit())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.key, |answer| match answer.open::<String>() {
            Ok(key) => upload(key),
            Err(fault) => view! { <Stopped fault crumbs=back()/> }.into_any(),
        })
    }
}

fn upload(key: String) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/library/upload");
    let empty = Description {
        title: String::new(),
        summary: String::new(),
        category: Category::PolicyProgram,
        language: Language::Zh,
        audience: Audience::default(),
        effective: Effective::default(),
    };
    let mut crumbs = back();
    crumbs.push(Crumb::here(text::UPLOAD.at(lang)));
    view! {
        <Page title=text::UPLOAD.at(lang) crumbs width="form">
            <div class="with-aside">
                <UploadForm act class="card">
                    <div class="body fields">
                        <ErrorSummary act title=text::NOT_SAVED/>
                        <Hidden name="idempotency_key" value=key/>
                        {described(act, &empty)}
                        <UploadField act label=text::FILE_FIELD hint=text::FILE_HINT progress=text::UPLOADING optional=true/>
                        <Field act name="link" kind="url" label=text::LINK_FIELD hint=text::LINK_HINT most=LINK_MAX optional=true/>
                    </div>
                    <div class="form-foot">
                        <Submit label=text::SAVE_DRAFT step="save"/>
                        <Draft act/>
                        <a class="btn quiet l" href=PATH>{text::CANCEL.at(lang)}</a>
                    </div>
                </UploadForm>
                <div class="stack"><Notice kind="act" icon="alert"><p>{text::AT_ONCE.at(lang)}</p></Notice></div>
            </div>
        </Page>
    }
    .into_any()
}

/// The words of a document: title, summary, category, language, audience.
fn described(act: Act, about: &Description) -> AnyView {
    let lang = lang();
    let categories = Category::ALL.iter().map(|category| (category.key(), category_path(*category, lang))).collect();
    let languages = Language::ALL.iter().map(|language| (language.key(), language.label().at(lang).to_owned())).collect();
    let identities =
        Identity::ALL.iter().map(|value| (value.key(), value.label().at(lang), about.audience.identities.contains(value))).collect();
    let programs =
        Program::ALL.iter().map(|value| (value.key(), value.label().at(lang), about.audience.programs.contains(value))).collect();
    view! {
        <Field act name="title" label=text::TITLE_FIELD value=about.title.clone() most=TITLE_MAX hint=text::TITLE_HINT/>
        <TextArea act name="summary" label=text::SUMMARY_FIELD value=about.summary.clone() most=SUMMARY_MAX hint=text::SUMMARY_HINT optional=true/>
        <div class="two">
            <Select act name="category" label=text::CATEGORY options=categories value=about.category.key()/>
            <Select act name="language" label=text::LANGUAGE options=languages value=about.language.key()/>
        </div>
        <div class="two">
            <Field act name="effective_from" kind="date" label=text::EFFECTIVE_FROM value=typed(about.effective.from) hint=text::EFFECTIVE_HINT optional=true/>
            <Field act name="effective_until" kind="date" label=text::EFFECTIVE_UNTIL value=typed(about.effective.until) optional=true/>
        </div>
        <Checks act name="audience_identity[]" legend=text::IDENTITIES options=identities/>
        <Checks act name="audience_program[]" legend=text::PROGRAMS options=programs hint=text::EVERYBODY_HINT/>
    }
    .into_any()
}

fn typed(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The form for the words of a document.
#[derive(Clone)]
pub struct ConsoleEdit {
    document: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleEdit {
    fn data() -> Self {
        Self { document: ask::<EditorDocument>("id", use_param("id"), |id| Box::pin(editor_document(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.document, |answer| match answer.open::<EditorDetail>() {
            Ok(document) => edit(document),
            Err(fault) => view! { <Stopped fault crumbs=back()/> }.into_any(),
        })
    }
}

fn edit(document: EditorDetail) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/library/describe");
    let id = document.detail.id.to_string();
    let page = format!("{PATH}/{id}");
    let mut crumbs = back();
    crumbs.push(Crumb::to(document.detail.about.title.clone(), page.clone()));
    crumbs.push(Crumb::here(text::EDIT.at(lang)));
    view! {
        <Page title=text::EDIT.at(lang) crumbs width="form">
            <ActForm act class="card">
                <div class="body fields">
                    <ErrorSummary act title=text::NOT_SAVED/>
                    <Hidden name="document" value=id/>
                    <Hidden name="version" value=document.version.to_string()/>
                    {described(act, &document.detail.about)}
                </div>
                <div class="form-foot">
                    <Submit label=text::SAVE step="save"/>
                    <Draft act/>
                    <a class="btn quiet l" href=page>{text::CANCEL.at(lang)}</a>
                </div>
            </ActForm>
        </Page>
    }
    .into_any()
}

/// The form for a new version.
#[derive(Clone)]
pub struct ConsoleReplace {
    document: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleReplace {
    fn data() -> Self {
        Self { document: ask::<EditorDocument>("id", use_param("id"), |id| Box::pin(editor_document(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.document, |answer| match answer.open::<EditorDetail>() {
            Ok(document) => replace(document),
            Err(fault) => view! { <Stopped fault crumbs=back()/> }.into_any(),
        })
    }
}

fn replace(document: EditorDetail) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/library/replace");
    let id = document.detail.id.to_string();
    let page = format!("{PATH}/{id}");
    let mut crumbs = back();
    crumbs.push(Crumb::to(document.detail.about.title.clone(), page.clone()));
    crumbs.push(Crumb::here(text::REPLACE.at(lang)));
    let open = act.ticked("keep_previous", "yes", true);
    view! {
        <Page title=text::REPLACE.at(lang) lede=document.detail.about.title.clone() crumbs width="form">
            <UploadForm act class="card">
                <div class="body fields">
                    <ErrorSummary act title=text::NOT_SAVED/>
                    <Hidden name="idempotency_key" value=document.key/>
                    <Hidden name="document" value=id/>
                    <Hidden name="version" value=document.version.to_string()/>
                    <UploadField act label=text::FILE_FIELD hint=text::FILE_HINT progress=text::UPLOADING/>
                    <TextArea act name="what_changed" label=text::WHAT_CHANGED most=WHAT_CHANGED_MAX hint=text::WHAT_HINT/>
                    <label class="check"><input type="checkbox" name="keep_previous" value="yes" checked=open/><span>{text::KEEP_OPEN.at(lang)}</span></label>
                    <Notice kind="act" icon="alert"><p>{text::AT_ONCE.at(lang)}</p></Notice>
                </div>
                <div class="form-foot">
                    <Submit label=text::REPLACE step="replace"/>
                    <Draft act/>
                    <a class="btn quiet l" href=page>{text::CANCEL.at(lang)}</a>
                </div>
            </UploadForm>
        </Page>
    }
    .into_any()
}
