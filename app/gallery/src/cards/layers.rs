//! Menus, the question, drawer and sheet.

use super::{
    card,
    lists::{CLOSED_MENU, OPEN},
    say, whole_card,
};
use domain::{Money, access::Standing, machine::Kind, menu::PORTAL, text};
use kit::{
    Icon, Notice, Status,
    course::progress,
    drawn::drawn,
    icon::drawing,
    layers::{Does, Drawer, Item, Question, Sheet, menu, question},
    link_card::{Shared, link_card},
    mega,
    money::amount,
    period::{Period, Picker, picker},
    table::tile,
};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        whole_card(text("导航展开：分组与暂不可用的原因", "Navigation opened: parts, and why one is locked"), navigation()),
        card(text("菜单", "Menu"), menus()),
        card(text("抽屉与底部面板", "Drawer and sheet"), drawers()),
        card(text("确认", "Question"), asks()),
        card(text("审批面板", "Review panel"), panel()),
        whole_card(text("账期选择", "Period picker"), periods()),
        card(text("复制链接：可用", "A link to pass on"), link(None)),
        card(
            text("复制链接：已停用", "A link that was revoked"),
            link(Some(say("链接已于 06-12 停用，客户打开后会看到说明。", "Revoked on Jun 12; customers who open it are told."))),
        ),
        whole_card(text("快捷键列表", "Keyboard shortcuts"), keys()),
        whole_card(text("离开本站", "Leaving"), leaving()),
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
    let row = |format: (&'static str, &'static str),
               name: &'static str,
               (kind, state, label): (Kind, &'static str, domain::Text),
               more: AnyView| {
        view! { <li class="kit-task">{tile(format)}<div class="main"><b>{name}</b><span class="sub">"06-18 14:32"</span></div><Status kind state label/>{more}</li> }
    };
    let under_way = progress(796, 1_284, say("已写入 796 / 1,284 行，约剩 12 秒", "796 of 1,284 rows, 12 seconds left"));
    let done = view! { <p class="line sub">{say("3,412 行，1.2 MB，06-25 到期", "3,412 rows, 1.2 MB, until Jun 25")}<a class="btn s push" href="/sales/exports"><Icon name="download"/>{say("下载", "Download")}</a></p> }.into_any();
    let failed = view! { <Notice kind="bad" icon="alert-circle">{say("数据源超时，已自动重试 2 次。", "The source took too long, twice.")}<a href="/sales/exports">{say("按原条件重新导出", "Export again")}</a></Notice> }.into_any();
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
                {row(("pdf", "PDF"), "伙伴账单_澜海数科_2026-05.pdf", (Kind::Wait, "queued", text("等待中", "Queued")), ().into_any())}
                {row(("xlsx", "XLSX"), "伙伴账单明细_澜海数科_2026-05.xlsx", (Kind::Run, "running", text("导出中", "Exporting")), under_way)}
                {row(("xlsx", "XLSX"), "激励明细_澜海数科_2026-05.xlsx", (Kind::Good, "completed", text("已完成", "Completed")), done)}
                {row(("xlsx", "XLSX"), "客户列表_澜海数科_20260616.xlsx", (Kind::Bad, "failed", text("导出失败", "Failed")), failed)}
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
    let fact = |label: &'static str, value: &'static str| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    view! {
        <div class="kit-panel">
            <div class="line"><p class="muted">{say("提现申请 3 / 8", "Request 3 of 8")}<br/><b class="mono">"TX20260618-0001"</b></p>
                <span class="push">
                    <button class="icon-btn" type="button" aria-label=say("上一笔", "Previous one")><Icon name="chevron-up"/></button>
                    <button class="icon-btn" type="button" aria-label=say("下一笔", "Next one")><Icon name="chevron-down"/></button>
                    <button class="icon-btn" type="button" aria-label=say("关闭", "Close")><Icon name="x"/></button>
                </span>
            </div>
            <p>{amount(Money::cny(260_000_000_000), "hero")}</p>
            <ul class="boxed">
                {check(Kind::Good, say("户名与实名企业一致", "The name is the company's"), "深圳东衡科技有限公司")}
                {check(Kind::Good, say("可提现余额充足", "The balance is enough"), say("银行卡可提 412,806.00，欠票 0.00", "412,806.00 to the bank, 0.00 owed"))}
                {check(Kind::Act, say("收款账户 3 天前变更", "The account changed 3 days ago"), say("06-15 由罗嘉宁变更，已通知全部管理员", "By 罗嘉宁 on Jun 15; administrators were told"))}
            </ul>
            <dl class="facts one">
                {fact(say("收款账户", "Account"), say("招商银行深圳科技园支行，尾号 7730", "China Merchants Bank, ending in 7730"))}
                {fact(say("近 90 天", "Last 90 days"), say("4 笔，合计 386,000.00 元，均成功", "4 paid, 386,000.00 CNY together"))}
            </dl>
            <div class="line">
                <button class="btn danger" type="button">{say("驳回 260,000.00 元", "Reject 260,000.00 CNY")}</button>
                <button class="btn quiet" type="button">{say("转交他人", "Hand over")}</button>
                <small class="muted">{say("操作写入审计日志", "It goes into the audit log")}</small>
            </div>
        </div>
    }
    .into_any()
}

/// What the reader sees, and what a company sees that has joined no program yet.
fn navigation() -> AnyView {
    let Some(standing) = kit::visit::standing() else {
        return view! { <p class="muted">{say("登录后可见。", "Sign in to see it.")}</p> }.into_any();
    };
    let newcomer = Standing { programs: Vec::new(), ..standing.clone() };
    let panel = |key: &str, standing: &Standing| {
        PORTAL.iter().find(|group| group.key == key).map(|group| mega::panel(group, standing, "/sales/bill"))
    };
    view! { <div class="nav kit-nav">{panel("sales", &standing)}{panel("support", &newcomer)}</div> }.into_any()
}

/// In the middle of the list, at its ends, and with its menu open.
fn periods() -> AnyView {
    let all = [("2026-06", true), ("2026-05", false), ("2026-04", false)];
    let shown = |at: usize| {
        let beside = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|_| "/kit#layers".to_owned());
        let periods = all.iter().map(|(period, is_estimate)| Period {
            label: (*period).to_owned(),
            href: "/kit#layers".to_owned(),
            note: is_estimate.then(|| say("预估", "Estimate")),
        });
        picker(Picker {
            label: say("账期", "Period"),
            shown: all.get(at).map_or("", |(period, _)| period).to_owned(),
            earlier: (say("上一期", "Earlier"), beside(Some(at + 1))),
            later: (say("下一期", "Later"), beside(at.checked_sub(1))),
            periods: periods.collect(),
            others: vec![(say("USD 账单", "Bills in USD").to_owned(), "/kit#layers".to_owned())],
        })
    };
    // Landmarks have names of their own.
    let named = |at: usize, name: &str| {
        let label = format!("aria-label=\"{}\"", say("账期", "Period"));
        drawn(shown(at)).0.replacen(&label, &format!("aria-label=\"{} {name}\"", say("账期", "Period")), 1)
    };
    let open = named(1, "2").replace(CLOSED_MENU, OPEN);
    view! {
        <div class="line top">
            <span inner_html=named(0, "1")></span>
            <span inner_html=named(2, "3")></span>
            <span class="kit-open" inner_html=open></span>
        </div>
    }
    .into_any()
}

fn link(ended: Option<&'static str>) -> AnyView {
    let foot = match ended {
        Some(_) => view! { <a href="/kit#layers" rel="external">{say("新建链接", "Make another link")}</a> }.into_any(),
        None => view! {
            <a href="/kit#layers" rel="external">{say("下载二维码", "Download the code")}</a>
            <a href="/kit#layers" rel="external">{say("测试此链接", "Try the link")}</a>
            <a class="danger" href="/kit#layers" rel="external">{say("停用链接", "Revoke the link")}</a>
        }
        .into_any(),
    };
    link_card(Shared {
        title: say("云上备份一体方案", "Backup in the cloud").to_owned(),
        line: say("优惠价 52,200.00 元，至 2026-08-31", "52,200.00 CNY until 2026-08-31").to_owned(),
        href: if ended.is_some() { String::new() } else { "https://pc.example/m/p/7Kq2-LHSK".to_owned() },
        ended: ended.map(str::to_owned),
        facts: vec![
            (say("匹配账号", "Partner"), say("澜海数科（解决方案提供商）", "澜海数科, solution provider").to_owned()),
            (say("归属有效", "Counts for"), say("客户打开后 30 天内", "30 days from the first visit").to_owned()),
        ],
        foot,
    })
}

fn leaving() -> AnyView {
    view! {
        <section class="card leave">
            {drawing("art", "art-leave")}
            <h4>{say("即将离开伙伴中心", "You are leaving Partner Center")}</h4>
            <p>{say("您将访问的网站不由本平台运营，请注意账号与财产安全。", "The next site is not ours. Mind the safety of your account and property.")}</p>
            <div class="target">
                <p class="lab">{say("目标网站", "Where to")}</p>
                <p class="host">"docs.panshi-data.example"</p>
                <p class="mono">"https://docs.panshi-data.example/backup/guide?lang=zh"</p>
            </div>
            <p class="warn"><Icon name="shield-alert"/><span>{say("请勿在该网站输入伙伴中心的账号、密码、验证码或付款信息。", "Never enter your account, password, codes or payment details of Partner Center there.")}</span></p>
            <div class="actions"><button class="btn primary l" type="button">{say("继续访问", "Go on")}<Icon name="external"/></button><button class="btn l" type="button">{say("返回", "Back")}</button></div>
            <label class="check"><input type="checkbox"/><span>{say("本次登录期间不再提示此网站", "Don't ask again for this site while I am signed in")}</span></label>
        </section>
    }
    .into_any()
}

/// As `?` lays it over a page.
fn keys() -> AnyView {
    let row = |key: &'static str, does: &'static str| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> };
    view! {
        <dl class="facts">
            {row("/", say("搜索", "Search"))}
            {row("j", say("下一行", "Next row"))}
            {row("k", say("上一行", "Previous row"))}
            {row("x", say("选中当前行", "Choose the row"))}
            {row("e", say("打开导出菜单", "Open the export menu"))}
            {row("?", say("显示全部快捷键", "All shortcuts"))}
        </dl>
    }
    .into_any()
}
