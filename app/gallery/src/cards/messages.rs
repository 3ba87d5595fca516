//! Notices, toasts, faults, empties.

use super::{card, say, whole_card};
use domain::text;
use kit::{Icon, Notice, layers::empty};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        card(text("页内提示", "Notices in the page"), notices()),
        card(text("通知条", "Toasts"), toasts()),
        card(text("为什么不可用", "Why not"), why_not()),
        whole_card(text("三种空状态", "Three empties"), empties()),
    ]
}

fn notices() -> AnyView {
    view! {
        <Notice kind="" icon="info">{say("中性提示：文件保留 7 天。", "Neutral: files are kept for 7 days.")}</Notice>
        <Notice kind="wait" icon="hourglass">{say("进行中：数据正在同步，06-19 00:00 后可查看开票清单。", "Under way: data are being prepared until Jun 19, 00:00.")}</Notice>
        <Notice kind="act" icon="alert">{say("需要留意：账单 06-30 前付清，逾期暂停激励发放。", "Mind: pay the bill by Jun 30, or incentives wait.")}</Notice>
        <Notice kind="good" icon="check-circle">{say("成功：邀请已发送，7 天内有效。", "Done: the invitation was sent and holds for 7 days.")}</Notice>
        <Notice kind="bad" icon="alert-circle">{say("失败：短信验证码已过期，请重新获取。", "Failed: the code has expired, ask for another.")}</Notice>
        <Notice kind="acc" icon="bookmark"><b>{say("办理前须知", "Before you begin")}</b>{say("提交后金额立即冻结；审核前可撤销。", "The amount is held at once; you can cancel until the review.")}</Notice>
        <div class="note"><Icon name="info"/><details><summary>{say("可折叠的说明", "Instructions that fold")}</summary><p>{say("折叠后会记住。", "Folding is remembered.")}</p></details></div>
    }
    .into_any()
}

fn toasts() -> AnyView {
    let close = || view! { <button class="icon-btn" type="button" aria-label=say("关闭通知", "Close notice")><Icon name="x"/></button> };
    view! {
        <div class="toast"><Icon name="check-circle"/><div class="main">{say("导出任务创建成功", "Export task created")}<span class="sub">{say("约 20 秒完成", "About 20 seconds")}</span><a href="/sales/exports">{say("查看导出记录", "Export records")}</a></div>{close()}</div>
        <div class="toast"><Icon name="check-circle"/><div class="main">{say("链接已复制", "Link copied")}</div>{close()}</div>
        <p class="note flash" data-k="good"><Icon name="check-circle"/><span>{say("没有脚本时，同样的话在下一页顶部。", "Without script the same stands on top of the next page.")}</span></p>
    }
    .into_any()
}

fn why_not() -> AnyView {
    view! {
        <section class="why-not" aria-label=say("开票清单暂不可用", "The invoicing list is not available yet")>
            <h4 class="why-title"><Icon name="lock"/>{say("开票清单暂不可用", "The invoicing list is not available yet")}</h4>
            <p>{say("商业信息认证与申请在同一天完成，数据正在同步。", "Authentication and request were on the same day; data are being prepared.")}</p>
            <dl>
                <dt>{say("何时可用", "When")}</dt><dd>{say("06-19 00:00 起", "from Jun 19, 00:00")}</dd>
                <dt>{say("谁来处理", "Who")}</dt><dd>{say("系统自动，无需操作", "The system; nothing to do")}</dd>
            </dl>
            <a class="fix" href="/kit#messages" rel="external">{say("可用时通知我", "Tell me when it is")}</a>
        </section>
    }
    .into_any()
}

fn empties() -> AnyView {
    let button = |class: &'static str, word: &'static str| view! { <button class=class type="button">{word}</button> }.into_any();
    view! {
        <div class="three">
            {empty("inbox", say("还没有提现申请", "No withdrawals yet").to_owned(), say("提交后可在此查看进度。", "Their progress will be shown here.").to_owned(), button("btn primary", say("申请提现", "Request a withdrawal")), true)}
            {empty("filter", say("没有符合条件的结果", "Nothing matches").to_owned(), say("去掉“已驳回”可找到 31 笔。", "Without “Rejected” there are 31.").to_owned(), button("btn", say("去掉状态条件", "Remove the state")), true)}
            {empty("lock", say("没有查看权限", "Not allowed").to_owned(), say("需要“管理提现申请”，可请陈思远授权。", "It takes “Manage withdrawals”; 陈思远 can grant it.").to_owned(), button("btn", say("申请权限", "Ask for it")), true)}
        </div>
    }
    .into_any()
}
