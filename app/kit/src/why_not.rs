//! The why-not panel as a page: what is missing, who can fix it, and the way there.

use crate::{
    act::{ActForm, use_act},
    form::Hidden,
    icon::{Icon, avatar, glyph},
    lang, words,
};
use domain::{machine::Kind, why_not::WhyNot};
use leptos::prelude::*;

/// The panel.
#[component]
pub fn WhyNotPanel(
    /// Why.
    why: WhyNot,
) -> AnyView {
    let lang = lang();
    let (fix, fix_label) = why.reason.fix();
    let open = why.conditions.iter().position(|condition| !condition.is_done());
    let conditions = why
        .conditions
        .iter()
        .enumerate()
        .map(|(at, condition)| {
            let (kind, word) = if condition.is_done() { (Kind::Good, words::MET) } else { (Kind::Act, words::OPEN) };
            let link = (Some(at) == open).then(|| view! { <a class="btn s" href=fix data-testid="why-not-fix">{fix_label.at(lang)}</a> });
            view! {
                <li>
                    {glyph(kind, word.at(lang))}
                    <div class="main"><b>{condition.label().at(lang)}</b><small>{condition.note(lang)}</small></div>
                    {link}
                </li>
            }
        })
        .collect_view();
    let list = (!why.conditions.is_empty()).then(|| view! { <ol class="boxed">{conditions}</ol> });
    let lone_fix = open.is_none().then(|| view! { <a class="btn l" href=fix data-testid="why-not-fix">{fix_label.at(lang)}</a> });
    let people = why.who.iter().map(|name| view! { <li>{avatar(name, "avatar s")}{name.clone()}</li> }).collect_view();
    let who = (!why.who.is_empty()).then(|| {
        view! {
            <div class="gate-who">
                <h2>{words::WHO_CAN.at(lang)}</h2>
                <p>{why.who_can(lang)}</p>
                <ul class="people">{people}</ul>
            </div>
        }
    });
    view! {
        <section class="card gate" data-testid="why-not" data-code=why.reason.code()>
            <div class="gate-head">
                <span class="gate-icon"><Icon name="lock-dot" size="l"/></span>
                <div><h1>{why.title(lang)}</h1><p class="lede">{why.sentence(lang)}</p></div>
            </div>
            {list}
            {who}
            <AskForm permission=why.permission.clone() can_ask=!why.is_administrator && !why.who.is_empty()>{lone_fix}</AskForm>
        </section>
    }
    .into_any()
}

/// Asks the administrators; they are told by mail.
#[component]
fn AskForm(permission: String, can_ask: bool, children: Children) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/ask-administrators");
    let home = view! { <a class="btn l" href="/">{words::HOME.at(lang)}</a> };
    if !can_ask {
        return view! { <div class="actions">{children()}{home}</div> }.into_any();
    }
    view! {
        <ActForm act class="actions">
            <Hidden name="permission" value=permission/>
            <button class="btn primary l" data-testid="action-ask"><Icon name="send"/>{words::ASK.at(lang)}</button>
            {children()}
            {home}
            <p class="aux">{words::ASK_NOTE.at(lang)}</p>
        </ActForm>
    }
    .into_any()
}
