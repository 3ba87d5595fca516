//! `/`: home. Built of small cards that flows add; each shows only to readers who may see its page (domain.md F0).

use domain::{
    Lang, Text,
    access::{CanReadLibrary, CanUsePortal, CanWithdraw, Permission, Standing},
    machine::Keyed,
    text,
};
use finance::withdrawals::home::FundsCard;
use kit::{
    Page, Stopped,
    awaited::{Answering, ask_once, awaited},
    call::Answer,
    icon::{Icon, avatar},
    lang,
    packed::Packed,
    visit,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};
use support::library::card::{LatestDocuments, RecentDownloads};

const TO_DO: Text = text("待办", "To do");
const NOTHING: Text = text("暂无待办", "Nothing to do");
const NOTHING_HINT: Text = text("需要贵公司办理的事项会显示在这里。", "What needs your company appears here.");
const JOIN_PROGRAM: Text = text("加入任一伙伴计划", "Join any partner program");
const JOIN_HINT: Text = text("加入后可使用资料库；共拓计划无需审核", "It opens the resource library; co-development needs no review");
const GO: Text = text("去办理", "Do it");
const CONTACTS: Text = text("您的厂商联系人", "Your contacts at the vendor");
const MANAGER: Text = text("生态经理", "Ecosystem manager");
const TECHNICAL: Text = text("技术经理", "Technical manager");
const MAIL: Text = text("邮件", "Mail");
const NO_MANAGER: Text = text("尚未指派联系人", "Nobody is assigned yet");

/// Somebody at the vendor who looks after the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    part: String,
    name: String,
    email: String,
    phone: String,
}

/// Who looks after the company.
#[server(prefix = "/fn", endpoint = "home/contacts", input = GetUrl, output = Json)]
pub async fn home_contacts() -> Answer<Packed> {
    let access = kit::call::access::<CanUsePortal>().inspect_err(|fault| match fault.code.as_str() {
        "NOT_IN_NETWORK" => kit::call::go_instead("/join"),
        "OTHER_SIDE" => kit::call::go_instead("/console"),
        _ => {}
    })?;
    let row =
        |manager: store::people::Manager| ContactRow { part: manager.part, name: manager.name, email: manager.email, phone: manager.phone };
    Ok(Packed::new(store::people::managers(&access).await?.into_iter().map(row).collect::<Vec<_>>()))
}

/// Home.
#[derive(Clone)]
pub struct HomePage {
    contacts: Answering,
}

#[lazy_route]
impl LazyRoute for HomePage {
    fn data() -> Self {
        Self { contacts: ask_once::<HomeContacts>(|_| Box::pin(home_contacts())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.contacts, |answer, _| {
            let standing = visit::standing();
            match (answer.open::<Vec<ContactRow>>(), standing) {
                (Ok(contacts), Some(standing)) => shown(&standing, contacts),
                (Err(fault), _) => view! { <Stopped fault/> }.into_any(),
                (_, None) => view! { <Stopped fault=kit::call::Fault::no_page()/> }.into_any(),
            }
        })
    }
}

fn shown(standing: &Standing, contacts: Vec<ContactRow>) -> AnyView {
    let lang = lang();
    let may_read = CanReadLibrary::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    let may_withdraw = CanWithdraw::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    let to_do = to_do(standing);
    let mut lede = vec![standing.company.clone()];
    lede.extend(standing.identities.iter().map(|identity| identity.label().at(lang).to_owned()));
    let greeting = greeting(&standing.name, lang);
    view! {
        <Page title=greeting lede=lede.join(kit::icon::dot(lang))>
            <div class="with-aside">
                <div class="stack">
                    {to_do}
                    {may_withdraw.then(|| view! { <FundsCard/> })}
                    {may_read.then(|| view! { <LatestDocuments/> })}
                    {may_read.then(|| view! { <RecentDownloads/> })}
                </div>
                <div class="stack">{contact_card(contacts)}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn greeting(name: &str, lang: Lang) -> String {
    let hour = visit().with_value(|visit| visit.now.hour());
    let words = match hour {
        5..=10 => text("早上好", "Good morning"),
        11..=12 => text("中午好", "Good day"),
        13..=17 => text("下午好", "Good afternoon"),
        _ => text("晚上好", "Good evening"),
    };
    match lang {
        Lang::Zh => format!("{}，{name}", words.zh),
        Lang::En => format!("{}, {name}", words.en),
    }
}

/// What needs the reader. Flows add their own; today it is the gate of the library.
fn to_do(standing: &Standing) -> AnyView {
    let lang = lang();
    let open = standing.programs.is_empty();
    let list = if open {
        view! {
            <ul class="todo">
                <li>
                    <span class="todo-icon"><Icon name="list-checks"/></span>
                    <div class="main"><span class="what">{JOIN_PROGRAM.at(lang)}</span><span class="sub">{JOIN_HINT.at(lang)}</span></div>
                    <div class="act"><a class="btn s" href="/account/programs">{GO.at(lang)}<span class="visually-hidden">{JOIN_PROGRAM.at(lang)}</span></a></div>
                </li>
            </ul>
        }
        .into_any()
    } else {
        view! { <div class="empty small"><Icon name="check-circle" size="l"/><h3>{NOTHING.at(lang)}</h3><p>{NOTHING_HINT.at(lang)}</p></div> }.into_any()
    };
    let badge = open.then(|| view! { <span class="badge act">"1"</span> });
    view! { <section class="card"><div class="head"><h2>{TO_DO.at(lang)}</h2>{badge}</div>{list}</section> }.into_any()
}

fn contact_card(contacts: Vec<ContactRow>) -> AnyView {
    let lang = lang();
    let people = contacts
        .into_iter()
        .map(|contact| {
            let part = if contact.part == "technical" { TECHNICAL } else { MANAGER };
            view! {
                <div class="person">
                    {avatar(&contact.name, "avatar l")}
                    <div class="main">
                        <b>{contact.name.clone()}</b>" "<span class="role">{part.at(lang)}</span>
                        <p class="sub">{contact.phone}</p>
                        <div class="actions as-is">
                            <a class="btn s" href=format!("mailto:{}", contact.email) rel="external"><Icon name="mail"/>{MAIL.at(lang)}<span class="visually-hidden">{format!(" {}", contact.name)}</span></a>
                        </div>
                    </div>
                </div>
            }
        })
        .collect::<Vec<_>>();
    let body = if people.is_empty() { view! { <p class="muted">{NO_MANAGER.at(lang)}</p> }.into_any() } else { people.into_any() };
    view! { <section class="card"><div class="head"><h2>{CONTACTS.at(lang)}</h2></div><div class="body">{body}</div></section> }.into_any()
}
