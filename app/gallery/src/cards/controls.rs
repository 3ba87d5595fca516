//! Buttons, fields, choices, the combobox, days, the permission tree.

use super::{
    card,
    lists::{CLOSED, OPEN, bar},
    say, whole_card,
};
use domain::{
    Day, Text,
    deadline::DEADLINES,
    library::LIBRARY,
    list::{Filter, FilterKind, List},
    search::Piece,
    text,
};
use kit::{
    Act, ErrorSummary, Field, Icon, Select, TextArea,
    call::Fault,
    combobox::{Combobox, Found},
    drawn::drawn,
    filter::{Bar, control},
    form::Checks,
    month::{Shown, months},
    overlay::{Finder, choice},
    rights::{Change, Group, Held, Right, rights},
    use_act,
};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        card(text("按钮", "Buttons"), buttons()),
        card(text("字段", "Fields"), fields()),
        card(text("表单出错", "A form with faults"), faulty()),
        card(text("选择", "Choices"), choices()),
        card(text("组合框：输入并查找", "Combobox: type and find"), combobox()),
        card(text("组合框：边输入边查找", "Combobox: finds while you type"), finder()),
        whole_card(text("日期区间", "Range of days"), days()),
        whole_card(text("权限树", "Permissions"), permissions()),
    ]
}

fn buttons() -> AnyView {
    view! {
        <div class="line">
            <button class="btn primary" type="button">{say("主要操作", "Primary")}</button>
            <button class="btn" type="button">{say("次要操作", "Secondary")}</button>
            <button class="btn tonal" type="button">{say("查询", "Search")}</button>
            <button class="btn quiet" type="button">{say("安静操作", "Quiet")}</button>
            <button class="btn danger" type="button">{say("删除记录", "Delete record")}</button>
        </div>
        <div class="line">
            <button class="btn primary as-focused" type="button">{say("焦点", "Focus")}</button>
            <button class="btn" type="button" aria-disabled="true" aria-describedby="kit-disabled">{say("禁用", "Disabled")}</button>
            <button class="btn primary as-busy" type="button">{say("正在提交", "Sending")}</button>
            <button class="btn s" type="button">{say("小号", "Small")}</button>
            <button class="btn l" type="button">{say("大号", "Large")}</button>
            <button class="btn" type="button" aria-pressed="true">{say("已按下", "Pressed")}</button>
            <button class="btn" type="button"><Icon name="download"/>{say("下载", "Download")}</button>
            <button class="icon-btn" type="button" aria-label=say("复制", "Copy")><Icon name="copy"/></button>
            <button class="icon-btn" type="button" aria-pressed="true" aria-label=say("隐藏金额", "Hide amounts")><Icon name="eye-off"/></button>
        </div>
        <p class="muted" id="kit-disabled">{say("禁用按钮保持可聚焦并说明原因：“先完成商业信息认证”。", "Disabled buttons keep the focus and say why: “Verify the business information first”.")}</p>
    }
    .into_any()
}

fn fields() -> AnyView {
    let act = use_act("/kit");
    view! {
        <div class="fields">
            <div class="two">
                <Field act name="kit_plain" label=text("默认", "Default") hint=text("例如 TX20260610-0027", "For example TX20260610-0027")/>
                <div class="field"><label for="kit_focus">{say("焦点", "Focus")}</label><input class="input l as-focused" id="kit_focus" value="30,000.00"/></div>
                <Field act name="kit_optional" label=text("备注", "Note") optional=true/>
                <div class="field">
                    <label for="kit_fixed">{say("只读", "Read-only")}</label>
                    <input class="input l" id="kit_fixed" value="杭州澜海数科技术有限公司" readonly aria-describedby="kit_fixed-hint"/>
                    <p class="hint" id="kit_fixed-hint">{say("与实名认证企业一致", "As in the real-name authentication")}</p>
                </div>
                <div class="field">
                    <label for="kit_amount">{say("提现金额", "Amount")}</label>
                    <span class="affix l"><span aria-hidden="true">"¥"</span><input id="kit_amount" inputmode="decimal" value="30,000.00"/><span>"CNY"</span><button class="btn quiet s" type="button">{say("全部提现", "All of it")}</button></span>
                </div>
                <Select act name="kit_bank" label=text("开户银行", "Bank") options=vec![("cmb", say("招商银行", "China Merchants Bank").to_owned()), ("hzb", say("杭州银行", "Bank of Hangzhou").to_owned())] value="cmb"/>
            </div>
            <TextArea act name="kit_reason" label=text("给伙伴的说明", "Explanation for the partner") most=200 hint=text("伙伴可见，最多 200 字。", "The partner reads it; at most 200 characters.")/>
        </div>
    }
    .into_any()
}

/// A form as it comes back.
fn refused() -> Act {
    let message = say(
        "最多可提 40,250.52 元。余下 7,749.48 元可另行申请“可原路提现”。",
        "At most 40,250.52 CNY. The other 7,749.48 CNY can be withdrawn to where they came from.",
    );
    let fault = Fault {
        code: "AMOUNT_EXCEEDS".to_owned(),
        message: message.to_owned(),
        field: Some("kit_wrong".to_owned()),
        status: 422,
        ..Fault::default()
    };
    Act::refused("/kit", fault)
}

fn faulty() -> AnyView {
    let act = refused();
    // In the gallery it stands among others and must not take the focus.
    let summary = drawn(view! { <ErrorSummary act title=text("有 1 处需要修改", "One field needs a change")/> }.into_any());
    view! {
        <div inner_html=summary.0.replace(" autofocus", "")></div>
        <Field act name="kit_wrong" label=text("提现金额", "Amount") value="48,000.00" hint=text("最小 100.00 元，精确到分。", "At least 100.00 CNY, exact to the cent.")/>
    }
    .into_any()
}

fn choices() -> AnyView {
    let act = use_act("/kit");
    let options = vec![("chosen", say("已选", "Chosen"), true), ("open", say("未选", "Not chosen"), false)];
    let fund = |value: &'static str, name: Text, rest: &'static str, first: bool| {
        view! { <label class="choice-card"><input type="radio" name="kit_fund" value=value checked=first/><b>{name.at(kit::lang())}</b><small>{rest}</small></label> }
    };
    view! {
        <Checks act name="kit_checks" legend=text("多选", "Any of them") options/>
        <div class="line">
            <label class="check"><input type="checkbox" data-mixed=""/><span>{say("部分", "Partly")}</span></label>
            <label class="check"><input type="checkbox" checked disabled/><span>{say("默认锁定", "Default, locked")}</span></label>
            <label class="check"><input type="radio" name="kit_radio" checked/><span>{say("单选", "One of them")}</span></label>
            <label class="check"><input type="radio" name="kit_radio"/><span>{say("未选", "Not chosen")}</span></label>
        </div>
        <fieldset class="choices">
            <legend>{say("资金类型", "Fund")}</legend>
            <div class="choice-cards">
                {fund("original", text("可原路提现", "To where it came from"), "¥96,000.00", false)}
                {fund("bank", text("可银行卡提现", "To the bank account"), "¥40,250.52", true)}
                {fund("rebate", text("可激励返点提现", "Rebates"), "¥18,000.00", false)}
            </div>
        </fieldset>
        <fieldset class="choices">
            <legend>{say("审核结论", "Decision")}</legend>
            <div class="choice-cards">
                <label class="choice-card"><input type="radio" name="kit_decision"/><b>{say("通过", "Approve")}</b><small>{say("进入第二人复核", "Goes to a second person")}</small></label>
                <label class="choice-card bad"><input type="radio" name="kit_decision" checked/><b>{say("驳回", "Reject")}</b><small>{say("解冻金额并通知伙伴", "Releases the amount, tells the partner")}</small></label>
            </div>
        </fieldset>
    }
    .into_any()
}

fn combobox() -> AnyView {
    let branch = |city: &str, rest: &str| {
        let piece = |text: &str, hit: bool| Piece { text: text.to_owned(), hit };
        vec![piece("招商银行", false), piece(city, false), piece("滨江", true), piece(rest, false)]
    };
    let found = vec![
        Found { key: "308331012345".to_owned(), words: branch("杭州", "支行"), number: "308331012345".to_owned() },
        Found { key: "308331012388".to_owned(), words: branch("杭州", "江南支行"), number: "308331012388".to_owned() },
        Found { key: "308302007716".to_owned(), words: branch("无锡", "支行"), number: "308302007716".to_owned() },
    ];
    view! {
        <form action="/kit"><Combobox name="kit_branch" label=text("开户支行", "Branch") typed="滨江".to_owned() found=Some(found) chosen="308331012388"/></form>
        <form action="/kit"><Combobox name="kit_other" label=text("客户", "Customer") typed=String::new() found=None chosen=""/></form>
    }
    .into_any()
}

/// As it stands once script has found something; what is typed here is really looked for.
fn finder() -> AnyView {
    let label = say("搜索页面与资料", "Search pages and documents").to_owned();
    let field = view! { <Finder id="kit-found" name="q" label class="input" value="账单".to_owned() address="/fn/search/suggest?query=".to_owned()/> };
    let found = [
        choice(
            "/sales/bill".to_owned(),
            "arrow-right",
            view! { <b>{say("伙伴账单", "Partner bill")}</b> }.into_any(),
            say("账期、明细与付款", "Periods, lines and payment").to_owned(),
        ),
        choice(
            "/support/library".to_owned(),
            "file",
            say("激励结算与开票操作指引", "Settling incentives and invoicing").into_any(),
            String::new(),
        ),
    ];
    let found =
        drawn(found.into_iter().collect_view().into_any()).0.replacen("role=\"option\"", "role=\"option\" aria-selected=\"true\"", 1);
    let opened = drawn(field.into_any())
        .0
        .replace("aria-expanded=\"false\"", "aria-expanded=\"true\"")
        .replace(" hidden></div>", &format!(">{found}</div>"));
    view! { <form action="/search" class="find-menu kit-find" inner_html=opened></form> }.into_any()
}

/// The menu of days as script completes it: a range that is chosen, and one that is begun among days ahead.
fn days() -> AnyView {
    let chosen = opened(&LIBRARY, "from=2026-05-20&to=2026-06-18", "2026-06-18");
    let begun = opened(&DEADLINES, "from=2026-07-08", "2026-08-01");
    view! { <div class="line top kit-open" inner_html=chosen></div><div class="line top kit-open" inner_html=begun></div> }.into_any()
}

fn opened(list: &'static List, query: &str, month: &str) -> String {
    let asked = list.read(query);
    let days = asked.days;
    let is_days = |filter: &&Filter| matches!(filter.kind, FilterKind::Days | FilterKind::DaysAhead);
    let Some(filter) = list.filters.iter().find(is_days) else { return String::new() };
    let bar = Bar { list, ..bar(asked) };
    let past = matches!(filter.kind, FilterKind::Days);
    let shown = month.parse().map_or(bar.today, |month: Day| month);
    let months = drawn(months(&Shown { month: shown, today: bar.today, past, days })).0;
    let menu = drawn(control(&bar, filter).into_any()).0.replace(CLOSED, OPEN);
    // Into the place that script fills.
    let place = menu.find("data-keeps").and_then(|at| Some(at + menu.get(at..)?.find('>')? + 1));
    let (before, behind) = place.and_then(|place| menu.split_at_checked(place)).unwrap_or((&menu, ""));
    format!("{before}{months}{behind}")
}

fn permissions() -> AnyView {
    let right = |code: &'static str, label: &'static str, held: Held| Right {
        code,
        label: label.to_owned(),
        held,
        money: false,
        implied_by: String::new(),
        change: Change::None,
    };
    let customers = say("查看客户与详情", "See customers");
    rights(vec![
        Group {
            label: say("主页与账号", "Home and account").to_owned(),
            scope: String::new(),
            open: true,
            rights: vec![
                right("home.balance.view", say("查看账户余额", "See the balance"), Held::ByDefault),
                Right { money: true, ..right("home.withdraw.create", say("提现", "Withdraw"), Held::ByDefault) },
            ],
        },
        Group {
            label: say("销售 / 客户", "Sales / customers").to_owned(),
            scope: say("数据范围：全部客户，只读", "Reach: all customers, read only").to_owned(),
            open: true,
            rights: vec![
                right("sales.customer.view", customers, Held::Yes),
                Right {
                    implied_by: customers.to_owned(),
                    ..right("sales.consumption.view", say("查看客户消费", "See consumption"), Held::Yes)
                },
                Right { change: Change::Gained, ..right("sales.knowledge.view", say("查看知识推荐", "See knowledge"), Held::Yes) },
                right("sales.customer.assign", say("分配客户", "Assign customers"), Held::No),
            ],
        },
        Group {
            label: say("销售 / 账务", "Sales / accounting").to_owned(),
            scope: String::new(),
            open: false,
            rights: vec![Right {
                change: Change::Lost,
                money: true,
                ..right("sales.invoice.manage", say("管理发票", "Manage invoices"), Held::No)
            }],
        },
    ])
}
