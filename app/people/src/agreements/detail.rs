//! `/agreements/{id}`: the text, and for administrators the tick and the button. While it is mandatory and pending, the server leads every
//! administrator of the company here, with the page they asked for as `next`.

use super::{
    PATH,
    functions::{ShowAgreement, show_agreement},
    parts::{day, fact, prose, requirement},
    text,
};
use domain::{
    Lang,
    agreement::{Accepted, AgreementDetail, State},
    machine::Keyed as _,
    sign_in::own_path,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Notice, Page, Status, Stopped,
    awaited::{Answering, ask, awaited},
    drawn::drawn_by_server,
    form::{FieldError, Submit},
    icon::moment,
    lang,
    listing::use_param,
    page::more_styles,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct AgreementDetailPage {
    agreement: Answering,
}

#[lazy_route]
impl LazyRoute for AgreementDetailPage {
    fn data() -> Self {
        Self { agreement: ask::<ShowAgreement>("id", use_param("id"), |id| Box::pin(show_agreement(id))) }
    }

    fn view(this: Self) -> AnyView {
        more_styles();
        awaited(this.agreement, |answer| match answer.open::<AgreementDetail>() {
            Ok(agreement) => drawn_by_server(move || shown(agreement)),
            Err(fault) => view! { <Stopped fault crumbs=vec![Crumb::to(text::TITLE.at(lang()), PATH)]/> }.into_any(),
        })
    }
}

/// Where its reader wanted to go, if that is why they are here.
fn next() -> String {
    let query = kit::pages::here().search();
    let next = domain::list::pairs(&query).into_iter().find(|(name, _)| name == "next").map(|(_, next)| next);
    next.map(|next| own_path(&next).to_owned()).unwrap_or_default()
}

fn shown(agreement: AgreementDetail) -> AnyView {
    let lang = lang();
    let AgreementDetail { row, text: paragraphs, sha256, blocks, may_accept, administrators, newer } = agreement;
    let title = row.title.at(lang).to_owned();
    let crumbs = vec![Crumb::to(text::ACCOUNT.at(lang), "/account"), Crumb::to(text::TITLE.at(lang), PATH), Crumb::here(title.clone())];
    let mark = view! { <Status kind=row.state.kind() state=row.state.key() label=row.state.label()/> }.into_any();
    let blocking = blocks.then(|| view! { <Notice kind="act" icon="alert"><p data-testid="blocking">{text::BLOCKS.at(lang)}</p></Notice> });
    let replaced = (row.state == State::Superseded).then(|| {
        let link = newer.map(|id| view! { " "<a class="in-text" href=format!("{PATH}/{id}")>{text::SEE_NEWER.at(lang)}</a> });
        view! { <Notice kind="wait" icon="info"><p>{text::REPLACED.at(lang)}{link}</p></Notice> }
    });
    let over = (row.state == State::Expired).then(|| view! { <Notice kind="wait" icon="info"><p>{text::EXPIRED.at(lang)}</p></Notice> });
    let last = match row.state {
        State::Pending if may_accept => form(row.id.to_string(), sha256.clone(), lang),
        State::Pending => waits_for(administrators, lang),
        State::Accepted | State::Superseded | State::Expired => ().into_any(),
    };
    view! {
        <Page title=title lede=text::version(row.version, lang) crumbs mark=Some(mark) width="form">
            <div class="stack">
                {blocking}{replaced}{over}
                <section class="card" aria-label=text::TEXT.at(lang)>
                    <div class="head"><h2>{text::TEXT.at(lang)}</h2></div>
                    <div class="body" data-testid="agreement-text">{prose(paragraphs)}</div>
                    {last}
                </section>
                <section class="card" aria-label=text::ABOUT.at(lang)>
                    <div class="head"><h2>{text::ABOUT.at(lang)}</h2></div>
                    <div class="body">
                        <dl class="facts">
                            {fact(text::REQUIREMENT, requirement(row.mandatory).at(lang))}
                            {fact(text::EFFECTIVE, row.effective.to_string())}
                            {fact(text::UNTIL, day(row.until, lang))}
                            {fact(text::HASH, view! { <span class="mono" data-testid="sha256">{sha256}</span> })}
                            {row.accepted.map(word)}
                        </dl>
                    </div>
                </section>
            </div>
        </Page>
    }
    .into_any()
}

/// Who gave the company's word, when, from where, and for which text.
fn word(accepted: Accepted) -> AnyView {
    let Accepted { person, at, address, sha256 } = accepted;
    view! {
        {fact(text::SIGNED_BY, view! { <span data-testid="accepted-by">{person}</span> })}
        {fact(text::SIGNED_AT, moment(at))}
        {fact(text::ADDRESS, address)}
        {fact(text::SIGNED_HASH, view! { <span class="mono" data-testid="accepted-sha256">{sha256}</span> })}
    }
    .into_any()
}

fn form(id: String, sha256: String, lang: Lang) -> AnyView {
    let act = use_act("/fn/agreements/accept");
    view! {
        <ActForm act native=true>
            <div class="body fields">
                <ErrorSummary act title=text::NOT_ACCEPTED/>
                <Hidden name="agreement" value=id/>
                <Hidden name="sha256" value=sha256/>
                <Hidden name="next" value=next()/>
                <div class="field">
                    <label class="check">
                        <input type="checkbox" id="agree" name="agree" value="yes" required=true aria-invalid=act.invalid("agree")/>
                        <span>{text::AGREE.at(lang)}</span>
                    </label>
                    <FieldError act name="agree"/>
                </div>
            </div>
            <div class="form-foot"><Submit label=text::ACCEPT step="accept"/></div>
        </ActForm>
    }
    .into_any()
}

fn waits_for(administrators: Vec<String>, lang: Lang) -> AnyView {
    let names = administrators.join(if lang == Lang::Zh { "、" } else { ", " });
    view! { <div class="form-foot"><p data-testid="waits-for">{text::WAITS_FOR.at(lang)}<b>{names}</b></p></div> }.into_any()
}
