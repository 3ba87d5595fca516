//! The cards of the gallery, section by section.

mod controls;
mod course;
mod figures;
mod foundations;
mod layers;
mod lists;
mod messages;
mod states;

use domain::{Text, text};
use kit::{Page, lang, page::more_styles, visit};
use leptos::prelude::*;

/// The whole sheet of icons. Pages get the ones that some page names; this one shows all, and brings them along.
const SHEET: &str = include_str!("../../../../public/icons.svg");

/// All of them.
pub(crate) fn whole() -> AnyView {
    more_styles();
    // Icons are looked up in this page: the sheet stands in it.
    provide_context(StoredValue::new(visit::Visit { icons: String::new(), ..visit().get_value() }));
    let sections = [
        (text("基础", "Foundations"), "foundations", foundations::cards as fn() -> Vec<AnyView>),
        (text("状态", "States"), "states", states::cards),
        (text("金额与图表", "Amounts and charts"), "figures", figures::cards),
        (text("控件", "Controls"), "controls", controls::cards),
        (text("列表", "Lists"), "lists", lists::cards),
        (text("进度与过程", "Progress"), "course", course::cards),
        (text("浮层", "Layers"), "layers", layers::cards),
        (text("提示", "Messages"), "messages", messages::cards),
    ];
    let links = sections.map(|(title, id, _)| view! { <a href=format!("#{id}") rel="external">{title.at(lang())}</a> });
    let parts = sections.map(|(title, id, cards)| {
        view! { <section aria-labelledby=id><h2 class="kit-part" id=id>{title.at(lang())}</h2><div class="kit">{cards()}</div></section> }
    });
    let title = text("组件", "Components").at(lang());
    view! {
        <svg hidden aria-hidden="true" inner_html=symbols()></svg>
        <Page title=title lede=text("纸、墨、青。把每一个数字讲清楚。", "Paper, ink, celadon. Every figure explained.").at(lang())>
            <nav class="pills" aria-label=title>{links.into_iter().collect_view()}</nav>
            {parts.into_iter().collect_view()}
        </Page>
    }
    .into_any()
}

/// The symbols of the sheet.
fn symbols() -> &'static str {
    SHEET.split_once('>').and_then(|(_, inside)| inside.rsplit_once("</svg>")).map_or("", |(inside, _)| inside)
}

/// The names of the symbols, in their order.
fn symbol_names() -> impl Iterator<Item = &'static str> {
    SHEET.split("<symbol id=\"").skip(1).filter_map(|part| part.split('"').next())
}

/// A word of this page.
fn say(zh: &'static str, en: &'static str) -> &'static str {
    text(zh, en).at(lang())
}

/// A card with a title.
fn card(title: Text, body: AnyView) -> AnyView {
    view! { <section class="card" aria-label=title.at(lang())><h3>{title.at(lang())}</h3>{body}</section> }.into_any()
}

/// A card over the whole width.
fn whole_card(title: Text, body: AnyView) -> AnyView {
    view! { <section class="card whole" aria-label=title.at(lang())><h3>{title.at(lang())}</h3>{body}</section> }.into_any()
}
