//! `/console/agreements/new`: a new agreement, or with `?of=` the next version of one.

use super::{
    CONSOLE,
    functions::{AgreementForm, agreement_form},
    text,
};
use domain::{
    Said,
    access::{Identity, Program},
    agreement::{Draft as Words, FormStart, KEY_MAX, TEXT_MAX, TITLE_MAX},
    library::Audience,
    machine::Keyed as _,
};
use kit::{
    Act, ActForm, Crumb, ErrorSummary, Field, Hidden, Page, Stopped, TextArea,
    awaited::{Answering, ask, awaited},
    draft::Draft,
    form::{Checks, Submit},
    lang,
    listing::use_query,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleAgreementForm {
    start: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleAgreementForm {
    fn data() -> Self {
        Self { start: ask::<AgreementForm>("query", use_query(), |query| Box::pin(agreement_form(query))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.start, |answer| match answer.open::<FormStart>() {
            Ok(start) => shown(start),
            Err(fault) => view! { <Stopped fault crumbs=vec![Crumb::to(text::TITLE.at(lang()), CONSOLE)]/> }.into_any(),
        })
    }
}

fn shown(start: FormStart) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/agreements/draft");
    let title = if start.of.is_some() { text::NEW_VERSION } else { text::NEW };
    let nothing = || Said { zh: String::new(), en: String::new() };
    let words = start.of.unwrap_or_else(|| Words {
        key: String::new(),
        title: nothing(),
        text: nothing(),
        audience: Audience::default(),
        mandatory: false,
        effective: start.today,
        until: None,
    });
    let crumbs =
        vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::to(text::TITLE.at(lang), CONSOLE), Crumb::here(title.at(lang))];
    view! {
        <Page title=title.at(lang) crumbs width="form">
            <ActForm act class="card">
                <div class="body fields">
                    <ErrorSummary act title=text::NOT_SAVED/>
                    <Hidden name="idempotency_key" value=start.key.to_string()/>
                    {fields(act, words)}
                </div>
                <div class="form-foot">
                    <Submit label=text::SAVE_DRAFT step="save"/>
                    <Draft act/>
                    <a class="btn quiet l" href=CONSOLE>{text::CANCEL.at(lang)}</a>
                </div>
            </ActForm>
        </Page>
    }
    .into_any()
}

fn fields(act: Act, words: Words) -> AnyView {
    let lang = lang();
    let Words { key, title, text, audience, mandatory, effective, .. } = words;
    let identities = Identity::ALL.iter().map(|value| (value.key(), value.label().at(lang), audience.identities.contains(value))).collect();
    let programs = Program::ALL.iter().map(|value| (value.key(), value.label().at(lang), audience.programs.contains(value))).collect();
    let ticked = act.ticked("mandatory", "yes", mandatory);
    view! {
        <Field act name="key" label=text::KEY value=key most=KEY_MAX hint=text::KEY_HINT/>
        <div class="two">
            <Field act name="title_zh" label=text::TITLE_ZH value=title.zh most=TITLE_MAX/>
            <Field act name="title_en" label=text::TITLE_EN value=title.en most=TITLE_MAX/>
        </div>
        <TextArea act name="text_zh" label=text::TEXT_ZH value=text.zh most=TEXT_MAX hint=text::TEXT_HINT/>
        <TextArea act name="text_en" label=text::TEXT_EN value=text.en most=TEXT_MAX hint=text::TEXT_HINT/>
        <Checks act name="audience_identity[]" legend=text::IDENTITIES options=identities/>
        <Checks act name="audience_program[]" legend=text::PROGRAMS options=programs hint=text::EVERYBODY_HINT/>
        <label class="check"><input type="checkbox" name="mandatory" value="yes" checked=ticked/><span>{text::MANDATORY_FIELD.at(lang)}</span></label>
        <div class="two">
            <Field act name="effective" kind="date" label=text::EFFECTIVE value=effective.to_string()/>
            <Field act name="until" kind="date" label=text::UNTIL_FIELD optional=true/>
        </div>
    }
    .into_any()
}
