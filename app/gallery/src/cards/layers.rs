//! Menus, the question, drawer and sheet.

use super::{card, say};
use domain::{machine::Kind, text};
use kit::{
    Icon, Status,
    layers::{Does, Drawer, Item, Question, Sheet, menu, question},
    table::tile,
};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        card(text("菜单", "Menu"), menus()),
        card(text("抽屉与底部面板", "Drawer and sheet"), drawers()),
        card(text("确认", "Question"), asks()),
        card(text("审批面板", "Review panel"), panel()),
    ]
}

fn item(icon: &'static str, label: &'static str, hint: &'static str) -> Item {
    Item { icon, label: label.to_owned(), hint: hint.to_owned(), does: Does::Leads("/kit#layers".to_owned()), danger: false }
}

fn menus() -> AnyView {
    let export = vec![
        item("file-text", say("导出账单（PDF）", "Bill (PDF)"), say("汇总、按产品小计，用于对账", "Totals by product")),
        item(
            "file-sheet",
            say("导出账单明细（XLSX）", "Bill lines (XLSX)"),
            say("每笔扣费一行，客户信息脱敏", "A row per charge, customers masked"),
        ),
    ];
    let records = vec![item("history", say("查看导出记录", "Export records"), "")];
    let more = vec![item("", say("重新申请", "Request again"), ""), Item { danger: true, ..item("trash", say("删除", "Delete"), "") }];
    let label = view! { <Icon name="download"/>{say("导出", "Export")} }.into_any();
    view! {
        <div class="line top">
            {menu(label, say("2026-05 账期，共 1,284 条明细", "2026-05, 1,284 lines").to_owned(), vec![export, records])}
            {menu(say("更多", "More").into_any(), String::new(), vec![more])}
        </div>
    }
    .into_any()
}

fn drawers() -> AnyView {
    let row = |format: (&'static str, &'static str), name: &'static str, kind: Kind, state: &'static str, label: domain::Text| {
        view! { <li>{tile(format)}<div class="main"><b>{name}</b><span class="sub">"06-18 14:32"</span></div><Status kind state label/></li> }
    };
    let all = view! { <a class="btn block" href="/sales/exports">{say("查看全部导出记录", "All export records")}</a> }.into_any();
    let show = view! { <button class="btn primary block" type="button" popovertarget="kit-sheet" popovertargetaction="hide">{say("查看 19 份资料", "Show 19 documents")}</button> }.into_any();
    view! {
        <div class="line">
            <button class="btn" type="button" popovertarget="kit-drawer">{say("打开抽屉", "Open the drawer")}</button>
            <button class="btn" type="button" popovertarget="kit-sheet">{say("打开底部面板", "Open the sheet")}</button>
        </div>
        <p class="muted">{say("不用脚本也能打开；Esc 或点击外部关闭，焦点回到按钮。", "They open without script; Escape or a click outside closes them.")}</p>
        <Drawer id="kit-drawer" title=text("导出任务", "Export tasks") foot=all>
            <ul class="rows">
                {row(("pdf", "PDF"), "伙伴账单_澜海数科_2026-05.pdf", Kind::Wait, "queued", text("等待中", "Queued"))}
                {row(("xlsx", "XLSX"), "激励明细_澜海数科_2026-05.xlsx", Kind::Good, "completed", text("已完成", "Completed"))}
                {row(("xlsx", "XLSX"), "客户列表_澜海数科_20260616.xlsx", Kind::Bad, "failed", text("导出失败", "Failed"))}
            </ul>
        </Drawer>
        <Sheet id="kit-sheet" title=text("筛选", "Filters") foot=show>
            <label class="check"><input type="checkbox" checked/><span>"PDF"</span></label>
            <label class="check"><input type="checkbox"/><span>"XLSX"</span></label>
        </Sheet>
    }
    .into_any()
}

fn asks() -> AnyView {
    let foot = view! {
        <div class="dialog-foot"><button class="btn" type="button">{say("保留关联", "Keep the link")}</button><button class="btn danger" type="button">{say("取消关联", "Remove the link")}</button></div>
    };
    question(Question {
        asks: say("取消与王梓萌的关联？", "Remove the link with 王梓萌?").to_owned(),
        level: 4,
        lede: say("取消后立即生效，此操作不能撤销，但可以再次邀请。", "It ends at once and can't be undone, but you can invite again.")
            .to_owned(),
        follows: vec![
            ("eye-off", say("王梓萌的证书、学习与从业信息不再与贵公司共享。", "Certificates and records are no longer shared.").to_owned()),
            ("users", say("已绑定人数由 18 变为 17。", "Linked people: 17 instead of 18.").to_owned()),
            ("mail", say("系统会通过站内信与邮件通知本人。", "They are told by message and mail.").to_owned()),
        ],
        fault: None,
        foot: foot.into_any(),
    })
}

fn panel() -> AnyView {
    let check = |kind: Kind, what: &'static str, hint: &'static str| {
        let word = if kind == Kind::Good { say("通过", "Passed") } else { say("需留意", "Mind") };
        view! { <li>{kit::icon::glyph(kind, word)}<div class="main"><b>{what}</b><small>{hint}</small></div></li> }
    };
    view! {
        <ul class="boxed">
            {check(Kind::Good, say("户名与实名企业一致", "The name is the company's"), "深圳东衡科技有限公司")}
            {check(Kind::Good, say("可提现余额充足", "The balance is enough"), say("银行卡可提 412,806.00，欠票 0.00", "412,806.00 to the bank, 0.00 owed"))}
            {check(Kind::Act, say("收款账户 3 天前变更", "The account changed 3 days ago"), say("06-15 由罗嘉宁变更，已通知全部管理员", "By 罗嘉宁 on Jun 15; administrators were told"))}
        </ul>
        <p class="line muted"><kbd>"J"</kbd><kbd>"K"</kbd>{say("切换", "next, previous")}<kbd>"A"</kbd>{say("通过", "approve")}<kbd>"R"</kbd>{say("驳回", "reject")}</p>
    }
    .into_any()
}
