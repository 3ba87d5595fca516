//! Mark, badges, colours, type, icons.

use super::{card, say, symbol_names};
use domain::text;
use kit::{
    badge::{Badge, Shape, Symbol},
    icon::drawing,
};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        card(text("标志", "Mark"), mark()),
        card(text("徽标", "Badges"), badges()),
        card(
            text("表面与线条", "Surfaces and lines"),
            swatches(&["canvas", "surface", "surface-2", "surface-3", "surface-raised", "line", "line-strong", "line-control"]),
        ),
        card(
            text("墨与强调", "Ink and accent"),
            swatches(&["ink", "ink-2", "ink-3", "accent", "accent-solid", "accent-soft", "accent-line", "warm"]),
        ),
        card(
            text("语义", "Meaning"),
            swatches(&["wait-ink", "wait-soft", "act-ink", "act-soft", "good-ink", "good-soft", "bad-ink", "bad-soft"]),
        ),
        card(text("图表", "Charts"), swatches(&["c1", "c2", "c3", "c4", "c5", "c6", "c1-soft", "c-grid"])),
        card(text("字阶", "Type"), scale()),
        card(text("图标", "Icons"), icons()),
    ]
}

fn mark() -> AnyView {
    view! {
        <div class="line">{drawing("logo kit-mark", "logo")}{drawing("logo", "logo")}<b>"伙伴中心"</b>{drawing("wordmark", "wordmark")}{drawing("logo", "logo-vendor")}</div>
        <p class="muted">{say("两个互扣的钩：伙伴与厂商。白为厂商，杏色为伙伴。", "Two hooks that hold each other: white is the vendor, apricot the partner.")}</p>
    }
    .into_any()
}

fn badges() -> AnyView {
    let holder = say("认证伙伴", "Certified partner");
    let until = |month: &str| format!("{} {month}", say("有效至", "Valid to"));
    let badges = [
        (Shape::Hexagon, Symbol::Database, say("数据库服务", "Databases"), until("2027-05")),
        (Shape::Octagon, Symbol::Cube, say("云原生", "Cloud-native"), until("2026-08")),
        (Shape::Shield, Symbol::Hooks, say("方案集成交付", "Delivery"), until("2027-11")),
    ];
    let drawings = badges.map(|(shape, symbol, name, until)| {
        view! { <span class="kit-badge" inner_html=Badge { shape, symbol, name, until: &until, holder }.svg()></span> }
    });
    view! { <div class="line">{drawings.into_iter().collect_view()}</div> }.into_any()
}

fn swatches(tokens: &[&'static str]) -> AnyView {
    let swatch = |token: &&'static str| {
        let drawing =
            format!("<svg class=\"swatch\" aria-hidden=\"true\"><rect width=\"100%\" height=\"100%\" fill=\"var(--{token})\"/></svg>");
        view! { <li><span inner_html=drawing></span><code>{format!("--{token}")}</code></li> }
    };
    view! { <ul class="swatches">{tokens.iter().map(swatch).collect_view()}</ul> }.into_any()
}

fn scale() -> AnyView {
    let rows = [
        ("32", "154,250.52", say("金额主数字", "Hero amount")),
        ("24", say("伙伴账单", "Partner bill"), say("页面标题", "Page title")),
        ("20", "412,906.18", say("卡片数字", "Card figure")),
        ("16", say("业绩与激励", "Performance"), say("卡片标题", "Card title")),
        ("14", say("单价保留 8 位小数，扣费截断至分。", "Charges are cut to cents."), say("正文与控件", "Body, controls")),
        ("13", "TX20260610-0027", say("表格与说明", "Tables, hints")),
        ("12", say("截至 06-17", "As of 06-17"), say("辅助信息，最小字号", "Smallest")),
    ];
    let row = |(size, sample, word): (&'static str, &'static str, &'static str)| {
        view! { <li><span class=format!("fs-{size}")>{sample}</span><span class="muted">{format!("{size} px  {word}")}</span></li> }
    };
    view! { <ul class="type-scale">{rows.map(row).into_iter().collect_view()}</ul> }.into_any()
}

fn icons() -> AnyView {
    let names = symbol_names()
        .filter(|name| !name.starts_with("st-") && !name.starts_with("art-") && !name.starts_with("logo") && *name != "wordmark");
    let icons = names.map(|name| view! { <li title=name>{drawing("icon", name)}</li> });
    view! {
        <ul class="icon-sheet" aria-hidden="true">{icons.collect_view()}</ul>
        <p class="muted">{say("24 网格，描边 1.75，圆头圆角，16 px 显示；14 px 时描边 2。装饰图标对读屏隐藏。", "24 grid, stroke 1.75 at 16 px and 2 at 14 px, round caps. Hidden from screen readers.")}</p>
    }
    .into_any()
}
