//! `/account`: who I am here, what I may do, and where I am signed in.

use super::functions::{OwnSessions, SessionRow, own_sessions};
use domain::{Text, access::Standing, machine::Keyed, text};
use kit::{
    ActForm, ErrorSummary, Page, Stopped,
    awaited::{Answering, ask_once, awaited},
    form::Submit,
    icon::moment,
    lang, use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const TITLE: Text = text("账号", "Account");
const ABOUT: Text = text("账户信息", "Account information");
const EMAIL: Text = text("登录账号", "Sign-in address");
const COMPANY: Text = text("公司", "Company");
const IDENTITIES: Text = text("伙伴身份", "Partner identities");
const ROLES: Text = text("角色", "Roles");
const SESSIONS: Text = text("登录设备", "Where you are signed in");
const CURRENT: Text = text("当前设备", "This device");
const BEGUN: Text = text("登录于 ", "Signed in ");
const EVERYWHERE: Text = text("在所有设备上退出", "Sign out everywhere");
const NOT_DONE: Text = text("未能退出", "You are still signed in");

/// The page.
#[derive(Clone)]
pub struct AccountPage {
    sessions: Answering,
}

#[lazy_route]
impl LazyRoute for AccountPage {
    fn data() -> Self {
        Self { sessions: ask_once::<OwnSessions>(|_| Box::pin(own_sessions())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.sessions, |answer| match answer.open::<Vec<SessionRow>>() {
            Ok(sessions) => shown(sessions),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

fn shown(sessions: Vec<SessionRow>) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/sign-out-everywhere");
    let about = kit::visit::standing().as_ref().map(facts);
    let rows = sessions
        .into_iter()
        .map(|session| {
            let mark = session.current.then(|| view! { <span class="tag accent">{CURRENT.at(lang)}</span> });
            view! {
                <li>
                    <span class="main"><b>{session.device}</b>" "{mark}<span class="sub">{session.address}" "{BEGUN.at(lang)}{moment(session.begun)}</span></span>
                </li>
            }
        })
        .collect_view();
    view! {
        <Page title=TITLE.at(lang)>
            <div class="stack">
                {about}
                <section class="card">
                    <div class="head"><h2>{SESSIONS.at(lang)}</h2></div>
                    <div class="body"><ul class="rows">{rows}</ul></div>
                    <div class="foot">
                        <ActForm act native=true>
                            <ErrorSummary act title=NOT_DONE/>
                            <Submit label=EVERYWHERE class="btn" step="sign-out-everywhere"/>
                        </ActForm>
                    </div>
                </section>
            </div>
        </Page>
    }
    .into_any()
}

fn facts(standing: &Standing) -> AnyView {
    let lang = lang();
    kit::page::more_styles();
    let tags = |words: Vec<&'static str>| words.into_iter().map(|word| view! { <span class="tag filled">{word}</span> }).collect_view();
    let identities = tags(standing.identities.iter().map(|value| value.label().at(lang)).collect());
    let roles = tags(standing.roles.iter().map(|value| value.label().at(lang)).collect());
    view! {
        <section class="card">
            <div class="head"><h2>{ABOUT.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts">
                    <div><dt>{EMAIL.at(lang)}</dt><dd>{standing.email.clone()}</dd></div>
                    <div><dt>{COMPANY.at(lang)}</dt><dd>{standing.company.clone()}</dd></div>
                    <div><dt>{ROLES.at(lang)}</dt><dd><span class="tags">{roles}</span></dd></div>
                    <div><dt>{IDENTITIES.at(lang)}</dt><dd><span class="tags">{identities}</span></dd></div>
                </dl>
            </div>
        </section>
    }
    .into_any()
}
