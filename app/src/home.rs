//! `/`: home. Built of small cards that flows add; each shows only to readers who may see its page (domain.md F0).

use domain::{
    Drawn, Lang, Text,
    access::{CanReadLibrary, CanUsePortal, Permission, Standing},
    machine::Keyed,
    text,
};
#[cfg(not(target_arch = "wasm32"))]
use kit::todo::ToDo;
use kit::{
    Page, Stopped,
    awaited::{Answering, ask_once, awaited},
    call::Answer,
    drawn::placed,
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

#[cfg(not(target_arch = "wasm32"))]
const TO_DO: Text = text("待办", "To do");
#[cfg(not(target_arch = "wasm32"))]
const ALL_DEADLINES: Text = text("期限日历", "Deadlines");
#[cfg(not(target_arch = "wasm32"))]
const NOTHING: Text = text("暂无待办", "Nothing to do");
#[cfg(not(target_arch = "wasm32"))]
const NOTHING_HINT: Text = text("需要贵公司办理的事项会显示在这里。", "What needs your company appears here.");
#[cfg(not(target_arch = "wasm32"))]
const JOIN_PROGRAM: Text = text("加入任一伙伴计划", "Join any partner program");
#[cfg(not(target_arch = "wasm32"))]
const JOIN_HINT: Text = text("加入后可使用资料库；共拓计划无需审核", "It opens the resource library; co-development needs no review");
#[cfg(not(target_arch = "wasm32"))]
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

/// What the company has, and who looks after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The two figures that people look for first.
    figures: Drawn,
    /// The ways to money.
    actions: Drawn,
    /// The cards of money.
    money: Drawn,
    contacts: Vec<ContactRow>,
}

/// Everything of home but the to-dos and the library.
#[server(prefix = "/fn", endpoint = "home/overview", input = GetUrl, output = Json)]
pub async fn home_overview() -> Answer<Packed> {
    let access = kit::call::access::<CanUsePortal>().inspect_err(|fault| match fault.code.as_str() {
        "NOT_IN_NETWORK" => kit::call::go_instead("/join"),
        "OTHER_SIDE" => kit::call::go_instead("/console"),
        _ => {}
    })?;
    let row =
        |manager: store::people::Manager| ContactRow { part: manager.part, name: manager.name, email: manager.email, phone: manager.phone };
    let contacts = store::people::managers(&access).await?.into_iter().map(row).collect();
    let finance::home::MoneyCards { figures, actions, cards } = finance::home::cards(access.caller()).await?;
    Ok(Packed::new(Overview { figures, actions, money: cards, contacts }))
}

/// Home.
#[derive(Clone)]
pub struct HomePage {
    overview: Answering,
}

#[lazy_route]
impl LazyRoute for HomePage {
    fn data() -> Self {
        Self { overview: ask_once::<HomeOverview>(|_| Box::pin(home_overview())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.overview, |answer| {
            let standing = visit::standing();
            match (answer.open::<Overview>(), standing) {
                (Ok(overview), Some(standing)) => shown(&standing, overview),
                (Err(fault), _) => view! { <Stopped fault/> }.into_any(),
                (_, None) => view! { <Stopped fault=kit::call::Fault::no_page()/> }.into_any(),
            }
        })
    }
}

fn shown(standing: &Standing, overview: Overview) -> AnyView {
    let lang = lang();
    let may_read = CanReadLibrary::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    let mut lede = vec![standing.company.clone()];
    lede.extend(standing.identities.iter().map(|identity| identity.label().at(lang).to_owned()));
    let greeting = greeting(&standing.name, lang);
    view! {
        <Page title=greeting lede=lede.join(kit::icon::dot(lang)) actions=Some(placed(overview.actions))>
            {placed(overview.figures)}
            <div class="with-aside">
                <div class="stack">
                    {to_do_card()}
                    {may_read.then(|| view! { <LatestDocuments/> })}
                    {may_read.then(|| view! { <RecentDownloads/> })}
                </div>
                <div class="stack">{placed(overview.money)}{contact_card(overview.contacts)}</div>
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

/// What needs the reader: each flow adds its own.
#[server(prefix = "/fn", endpoint = "home/to-do", input = GetUrl, output = Json)]
pub async fn home_to_do() -> Answer<Packed> {
    let access = kit::call::access::<CanUsePortal>()?;
    let all = every_to_do(access.caller()).await?;
    Ok(Packed::new(kit::drawn::drawn(to_do(kit::todo::first(all)))))
}

/// What needs a reader, of every flow that has something.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) async fn every_to_do(caller: &store::Caller) -> Result<Vec<ToDo>, domain::Error> {
    let mut all = gates(caller.standing()?);
    all.extend(people::agreements::home::to_dos(caller).await?);
    all.extend(finance::bills::home::to_dos(caller).await?);
    all.extend(finance::withdrawals::home::to_dos(caller).await?);
    all.extend(finance::invoices::home::to_dos(caller).await?);
    Ok(all)
}

/// What opens a gate that an administrator can open.
#[cfg(not(target_arch = "wasm32"))]
fn gates(standing: &Standing) -> Vec<ToDo> {
    let lang = lang();
    let join = standing.programs.is_empty().then(|| ToDo {
        kind: domain::deadline::Kind::Program,
        icon: "list-checks",
        what: JOIN_PROGRAM.at(lang).to_owned(),
        about: JOIN_HINT.at(lang).to_owned(),
        due: None,
        money: None,
        href: "/account/programs".to_owned(),
        label: GO.at(lang),
    });
    join.into_iter().collect()
}

#[cfg(not(target_arch = "wasm32"))]
fn to_do(all: Vec<ToDo>) -> AnyView {
    let lang = lang();
    let badge = (!all.is_empty()).then(|| view! { <span class="badge act">{all.len()}</span> });
    let list = if all.is_empty() {
        view! { <div class="empty small"><Icon name="check-circle" size="l"/><h3>{NOTHING.at(lang)}</h3><p>{NOTHING_HINT.at(lang)}</p></div> }
            .into_any()
    } else {
        kit::todo::list(all)
    };
    view! { <section class="card" aria-label=TO_DO.at(lang)><div class="head"><h2>{TO_DO.at(lang)}</h2>{badge}<a class="push" href=crate::deadlines::PATH data-testid="open-deadlines">{ALL_DEADLINES.at(lang)}</a></div>{list}</section> }
        .into_any()
}

/// The card of to-dos, drawn by the server.
fn to_do_card() -> AnyView {
    awaited(ask_once::<HomeToDo>(|_| Box::pin(home_to_do())), |answer| match answer.open::<Drawn>() {
        Ok(drawn) => placed(drawn),
        Err(_) => ().into_any(),
    })
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
