//! `/console/agreements/{id}`: a version, its text in both languages, and who accepted it. Drafts are published or discarded here.

use super::{
    CONSOLE,
    console_list::audience,
    functions::{ConsoleAgreement as Asked, console_agreement},
    parts::{cell, day, fact, plain, plain_table, prose, requirement},
    text,
};
use domain::{
    Lang,
    agreement::{ACCEPTANCES, AcceptanceRow, ConsoleDetail, ConsoleRow, Move, Stage},
    machine::Keyed as _,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::Submit,
    icon::moment,
    lang,
    listing::use_param,
    page::more_styles,
    table::{Row, Shown},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleAgreementPage {
    agreement: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleAgreementPage {
    fn data() -> Self {
        Self { agreement: ask::<Asked>("id", use_param("id"), |id| Box::pin(console_agreement(id))) }
    }

    fn view(this: Self) -> AnyView {
        more_styles();
        awaited(this.agreement, |answer| match answer.open::<ConsoleDetail>() {
            Ok(agreement) => drawn_by_server(move || shown(agreement)),
            Err(fault) => view! { <Stopped fault crumbs=vec![Crumb::to(text::TITLE.at(lang()), CONSOLE)]/> }.into_any(),
        })
    }
}

fn shown(agreement: ConsoleDetail) -> AnyView {
    let lang = lang();
    let ConsoleDetail { row, text: (zh, en), sha256, partners } = agreement;
    let title = row.title.at(lang).to_owned();
    let crumbs =
        vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::to(text::TITLE.at(lang), CONSOLE), Crumb::here(title.clone())];
    let mark = view! { <Status kind=row.stage.kind() state=row.stage.key() label=row.stage.label()/> }.into_any();
    let new =
        view! { <a class="btn" href=format!("{CONSOLE}/new?of={}", row.id) data-testid="open-version">{text::NEW_VERSION.at(lang)}</a> };
    let steps = (row.stage == Stage::Draft).then(|| steps(&row, lang));
    let who = (row.stage != Stage::Draft && row.stage != Stage::Discarded).then(|| acceptances(partners, lang));
    view! {
        <Page title=title lede=text::version(row.version, lang) crumbs mark=Some(mark) actions=Some(new.into_any())>
            <div class="stack">
                {steps}
                <section class="card" aria-label=text::ABOUT.at(lang)>
                    <div class="head"><h2>{text::ABOUT.at(lang)}</h2></div>
                    <div class="body">{facts(&row, sha256, lang)}</div>
                </section>
                {who}
                {words(text::CHINESE, row.title.zh.clone(), zh)}
                {words(text::ENGLISH, row.title.en.clone(), en)}
            </div>
        </Page>
    }
    .into_any()
}

fn facts(row: &ConsoleRow, sha256: String, lang: Lang) -> AnyView {
    let published = row.published.clone().map(|(at, by)| fact(text::PUBLISHED, view! { {moment(at)}" "{by} }));
    view! {
        <dl class="facts">
            {fact(text::KEY, view! { <span class="mono">{row.key.clone()}</span> })}
            {fact(text::AUDIENCE, audience(&row.audience, lang))}
            {fact(text::REQUIREMENT, requirement(row.mandatory).at(lang))}
            {fact(text::EFFECTIVE, row.effective.to_string())}
            {fact(text::UNTIL, day(row.until, lang))}
            {published}
            {fact(text::HASH, view! { <span class="mono" data-testid="sha256">{sha256}</span> })}
        </dl>
    }
    .into_any()
}

fn words(language: domain::Text, title: String, paragraphs: Vec<String>) -> AnyView {
    let lang = lang();
    view! {
        <section class="card" aria-label=language.at(lang)>
            <div class="head"><h2>{title}</h2><p class="aux">{language.at(lang)}</p></div>
            <div class="body">{prose(paragraphs)}</div>
        </section>
    }
    .into_any()
}

/// What can be done with a draft.
fn steps(row: &ConsoleRow, lang: Lang) -> AnyView {
    let act = use_act("/fn/agreements/step");
    let (id, version) = (row.id.to_string(), row.row_version.to_string());
    let (publish, discard) = (fields(id.clone(), version.clone(), Move::Publish), fields(id, version, Move::Discard));
    view! {
        <section class="card" aria-label=text::PUBLISH.at(lang)>
            <div class="body">
                <ErrorSummary act title=text::NOT_MOVED/>
                <p class="aux">{text::PUBLISH_HINT.at(lang)}</p>
                <div class="actions as-is">
                    <ActForm act native=true>{publish}<Submit label=text::PUBLISH class="btn primary" step="publish"/></ActForm>
                    <ActForm act native=true>{discard}<Submit label=text::DISCARD class="btn" step="discard"/></ActForm>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn fields(id: String, version: String, step: Move) -> AnyView {
    view! {
        <Hidden name="agreement" value=id/>
        <Hidden name="version" value=version/>
        <Hidden name="step" value=step.key()/>
    }
    .into_any()
}

fn acceptances(partners: Vec<AcceptanceRow>, lang: Lang) -> AnyView {
    let accepted = partners.iter().filter(|partner| partner.accepted.is_some()).count();
    let found = text::accepted(accepted, partners.len(), lang);
    let table = if partners.is_empty() {
        view! { <div class="body"><p class="muted">{text::NOBODY.at(lang)}</p></div> }.into_any()
    } else {
        plain_table(&ACCEPTANCES, CONSOLE, partners.into_iter().map(|partner| partner_row(partner, lang)).collect(), found)
    };
    view! { <section class="card" aria-label=text::WHO.at(lang)><div class="head"><h2>{text::WHO.at(lang)}</h2></div>{table}</section> }
        .into_any()
}

fn partner_row(row: AcceptanceRow, lang: Lang) -> Row {
    let of = |key, shown| cell(&ACCEPTANCES, key, shown, lang);
    let name = Shown::Drawn(view! { <span>{row.partner}<span class="sub mono">{row.number.clone()}</span></span> }.into_any());
    let state = of("state", Shown::State(row.state.kind(), row.state.key(), row.state.label()));
    let cells = match row.accepted {
        None => vec![of("partner", name), state],
        Some(accepted) => vec![
            of("partner", name),
            state,
            of("person", plain(accepted.person)),
            of("at", Shown::Moment(accepted.at)),
            of("address", plain(accepted.address)),
            of("hash", Shown::Drawn(view! { <span class="mono">{accepted.sha256.chars().take(12).collect::<String>()}</span> }.into_any())),
        ],
    };
    Row { id: row.number, cells }
}
