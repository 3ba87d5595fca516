//! Pages that end here: not found, not allowed, not available. Each says what, why, and the way out.

use crate::{
    call::Fault,
    drawn::drawn_by_server,
    icon::{Icon, drawing},
    lang,
    page::{Crumb, Flash, crumb_trail, set_title},
    why_not::WhyNotPanel,
    words,
};
use domain::{Text, text};
use leptos::prelude::*;

/// What a fault looks like as a page.
#[component]
pub fn Stopped(
    /// Why.
    fault: Fault,
    /// Where it lies.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
) -> AnyView {
    drawn_by_server(move || draw(fault, crumbs))
}

fn draw(fault: Fault, crumbs: Vec<Crumb>) -> AnyView {
    let lang = lang();
    if let Some(why) = fault.why.open() {
        set_title(&why.title(lang));
        return view! { <main class="page" id="main" tabindex="-1"><Flash/>{crumb_trail(crumbs)}<WhyNotPanel why/></main> }.into_any();
    }
    let title = title(&fault);
    let ours = fault.status >= 500;
    let ids = ours.then(|| {
        view! {
            <dl class="ids">
                <div><dt>{words::REQUEST_ID.at(lang)}</dt><dd class="mono">{fault.request_id.clone()}</dd></div>
                <div><dt>{words::ERROR_CODE.at(lang)}</dt><dd class="mono">{fault.code.clone()}</dd></div>
            </dl>
        }
    });
    let here = crate::act::here().get_untracked();
    let first = if ours || fault.status == 429 {
        view! { <a class="btn primary l" href=here.clone() rel="external"><Icon name="refresh"/>{words::RETRY.at(lang)}</a> }.into_any()
    } else {
        let back = crumbs.iter().rev().find_map(|crumb| crumb.href.clone().map(|href| (href, crumb.label.clone())));
        let (href, label) = back.unwrap_or_else(|| ("/".to_owned(), words::HOME.at(lang).to_owned()));
        view! { <a class="btn primary l" href=href>{label}</a> }.into_any()
    };
    let second = match fault.status {
        404 => view! { <a class="btn l" href="/search"><Icon name="search"/>{words::SEARCH_ALL.at(lang)}</a> }.into_any(),
        _ => view! { <a class="btn l" href="/">{words::HOME.at(lang)}</a> }.into_any(),
    };
    let address = (fault.status == 404).then(|| view! { <p class="aux">{words::ADDRESS.at(lang)}{here.clone()}</p> });
    set_title(title.at(lang));
    view! {
        <main class="page" id="main" tabindex="-1">
            {crumb_trail(crumbs)}
            <div class="stop" data-code=fault.code.clone()>
                {drawing("art", "art-apart")}
                <h1>{title.at(lang)}</h1>
                <p role="alert">{fault.message.clone()}</p>
                <div class="actions">{first}{second}</div>
                {ids}
                {address}
            </div>
        </main>
    }
    .into_any()
}

fn title(fault: &Fault) -> Text {
    match (fault.status, fault.code.as_str()) {
        (404, _) => text("没有找到这个页面", "We can't find this page"),
        (410, _) => text("这份资料已下线", "This document was withdrawn"),
        (401, _) => text("请重新登录", "Please sign in again"),
        (429, _) => text("操作过于频繁", "Too many tries"),
        (503, _) => text("服务暂时不可用", "The service is not available right now"),
        (500.., _) => text("服务器出错", "Our server made a mistake"),
        _ => text("无法完成此操作", "This can't be done"),
    }
}
