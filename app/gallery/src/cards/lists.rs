//! Filters, tabs, tables, pages.

use super::{card, say, whole_card};
use domain::{
    Day, Id, Money,
    library::LIBRARY,
    list::Asked,
    machine::Kind,
    search::Piece,
    text,
    views::{Kept, View},
    withdrawal::WITHDRAWALS,
};
use kit::{
    drawn::drawn,
    filter::{Bar, FilterBar, control},
    money::digits,
    pager::Pager,
    selection::{Verb, batch_bar, pick},
    table::{Cell, DataTable, Document, Link, Row, Shown, heads},
    tools::setup,
};
use leptos::prelude::*;

const PATH: &str = "/kit";

pub fn cards() -> Vec<AnyView> {
    vec![
        whole_card(text("筛选条、已选条件、表格、分页", "Filters, chips, table, pages"), list()),
        card(text("页签、分段、胶囊", "Tabs, segments, pills"), tabs()),
        card(text("合计行", "A table with a total"), total()),
        whole_card(text("多选下拉、列设置与密度、已存视图", "Choices, columns and density, saved views"), open_menus()),
        whole_card(text("批量选择", "Chosen rows"), chosen_rows()),
    ]
}

/// The bar of the list of documents, on the day of the pictures.
pub(super) fn bar(asked: Asked) -> Bar {
    let today = "2026-06-18".parse::<Day>().unwrap_or_else(|_| kit::visit::today());
    Bar {
        list: &LIBRARY,
        path: PATH,
        asked,
        found: say("19 份资料", "19 documents").to_owned(),
        counts: vec![("format", vec![("pdf", 14), ("xlsx", 3), ("pptx", 2), ("docx", 4)])],
        today,
        placeholder: text("搜索标题与正文", "Search titles and texts"),
        error: None,
    }
}

fn list() -> AnyView {
    let asked = LIBRARY.read("format=pdf&from=2026-04-01&to=2026-06-18&page=2");
    let bar = bar(asked.clone());
    let rows = [("2026 年下半年伙伴激励政策", "1"), ("云数据库迁移最佳实践", "2"), ("智慧园区解决方案白皮书", "3")]
        .map(|(title, id)| row(title, id));
    view! {
        <FilterBar bar/>
        <DataTable list=&LIBRARY asked=asked.clone() path=PATH heads=heads(&LIBRARY) rows=rows.into_iter().collect()/>
        <Pager list=&LIBRARY path=PATH asked total=318/>
    }
    .into_any()
}

fn row(title: &str, id: &str) -> Row {
    let piece = |text: &str| vec![Piece { text: text.to_owned(), hit: false }];
    let document = Document {
        format: ("pdf", "PDF"),
        href: "/kit#lists".to_owned(),
        title: piece(title),
        mark: (id == "1").then_some(say("新", "New")),
        category: ("policy", say("政策", "Policy")),
        line: piece(say("7 月 1 日起执行", "From July 1")),
    };
    let download =
        Link { href: "/kit#lists".to_owned(), label: say("下载", "Download"), about: title.to_owned(), download: false, danger: false };
    let text = |text: &str| Shown::Text { text: text.to_owned(), category: None };
    Row {
        id: id.to_owned(),
        cells: vec![
            Cell { key: "title", label: say("名称", "Name"), shown: Shown::Document(Box::new(document)) },
            Cell { key: "audience", label: say("适用范围", "Audience"), shown: text(say("全部伙伴", "All partners")) },
            Cell { key: "size", label: say("大小", "Size"), shown: Shown::Number { text: "2.1 MB".to_owned(), bytes: Some(2_100_000) } },
            Cell { key: "version", label: say("版本", "Version"), shown: text("V3") },
            Cell { key: "updated", label: say("更新", "Updated"), shown: Shown::Day(kit::visit::visit().with_value(|visit| visit.now)) },
            Cell { key: "actions", label: say("操作", "Actions"), shown: Shown::Links(vec![download]) },
        ],
    }
}

/// Menus as they stand while they are open.
fn open_menus() -> AnyView {
    let asked = LIBRARY.read("format=pdf&format=xlsx&format=pptx");
    let formats = LIBRARY.filters.iter().find(|filter| filter.key == "format").and_then(|filter| control(&bar(asked), filter));
    let menus = [drawn(formats.into_any()), setup(&WITHDRAWALS, PATH, &WITHDRAWALS.read(""), &kept()).tools];
    let markup: String = menus.iter().map(|menu| menu.0.replace(CLOSED, OPEN)).collect();
    view! { <div class="line top tools kit-open" inner_html=markup></div> }.into_any()
}

/// How a menu begins, and how it does when it stands open beside others.
pub(super) const CLOSED: &str = "<details class=\"filter\" name=\"filter\"";
pub(super) const CLOSED_MENU: &str = "<details class=\"filter menu-host\" name=\"filter\"";
pub(super) const OPEN: &str = "<details class=\"filter\" open";

fn kept() -> Kept {
    let view = |number: u128, name: &'static str, query: &str| View {
        id: Id(number),
        name: name.to_owned(),
        query: query.to_owned(),
        shared: false,
        own: true,
    };
    let views = vec![
        view(1, say("待我处理", "Waits for me"), "state=rejected&state=failed&from=2026-03-20&to=2026-06-18"),
        view(2, say("本季度大额", "Large ones of this quarter"), "least=50000"),
    ];
    Kept { views, ..Kept::default() }
}

fn chosen_rows() -> AnyView {
    let rows = [("TX20260610-0027", 8_000_000, true), ("TX20260605-0019", 3_000_000, true), ("TX20260528-0044", 1_250_000, false)];
    let rows = rows.map(|(no, cents, picked)| {
        view! { <tr><th scope="row" class="mono" id=format!("row-{no}")>{pick("kit-batch", no, picked)}{no}</th><td class="num">{digits(Money::cny(cents * 10_000))}</td></tr> }
    });
    let verbs = vec![Verb { key: "approve", label: say("通过", "Approve") }, Verb { key: "reject", label: say("驳回", "Reject") }];
    view! {
        <div class="table-wrap">
            <table class="table">
                <caption class="visually-hidden">{say("待审核的提现", "Withdrawals to review")}</caption>
                <thead><tr><th scope="col">{say("申请单号", "Number")}</th><th scope="col" class="num">{say("金额（元）", "Amount (CNY)")}</th></tr></thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
            </table>
        </div>
        {batch_bar("kit-batch", "/kit", PATH.to_owned(), verbs)}
    }
    .into_any()
}

fn tabs() -> AnyView {
    let here = "/kit#lists";
    view! {
        <nav class="tabs" aria-label=say("页签", "Tabs")>
            <a href=here rel="external" aria-current="page">{say("提现", "Withdrawals")}</a>
            <a href=here rel="external">{say("充值", "Top-ups")}</a>
            <a href=here rel="external">{say("激励对账", "Statements")}<span class="badge act">"3"</span></a>
        </nav>
        <div class="line">
            <nav class="segmented" aria-label=say("分段", "Segments")><a href=here rel="external" aria-current="true">{say("商品报价", "Offers")}</a><a href=here rel="external">{say("配置单报价", "Quotes")}</a></nav>
            <nav class="pills" aria-label=say("胶囊", "Pills")><a href=here rel="external" aria-current="true">{say("全部", "All")}<span class="n">"37"</span></a><a href=here rel="external">{say("待审核", "In review")}<span class="n">"1"</span></a></nav>
        </div>
    }
    .into_any()
}

fn total() -> AnyView {
    let rows = [("CZ20260531-0098", 5_000_000, Kind::Good), ("CZ20260514-0061", 3_000_000, Kind::Run)];
    let rows = rows.map(|(no, cents, kind)| {
        let label = if kind == Kind::Good { text("已完成", "Completed") } else { text("处理中", "Processing") };
        view! {
            <tr>
                <th scope="row" class="mono">{no}</th>
                <td class="num">{digits(Money::cny(cents * 10_000))}</td>
                <td class="plain"><kit::Status kind state=kind.key() label/><span class="st-next">{say("预计 06-22 前", "expected by Jun 22")}</span></td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="table compact">
                <caption class="visually-hidden">{say("匹配的充值记录", "Matched top-ups")}</caption>
                <thead><tr><th scope="col">{say("充值流水", "Top-up")}</th><th scope="col" class="num" aria-sort="descending">{say("金额（元）", "Amount (CNY)")}</th><th scope="col">{say("状态", "State")}</th></tr></thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
                <tfoot><tr><th scope="row">{say("合计", "Total")}</th><td class="num"><span class="total">{digits(Money::cny(80_000_000_000))}</span></td><td></td></tr></tfoot>
            </table>
        </div>
    }
    .into_any()
}
