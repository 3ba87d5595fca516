//! The shell's words.

use domain::{Lang, Text, text};

pub(super) const SKIP: Text = text("跳到主要内容", "Skip to the main content");
pub(super) const MENU: Text = text("菜单", "Menu");
pub(super) const MAIN_NAV: Text = text("主导航", "Main navigation");
pub(super) const SEARCH: Text = text("搜索页面、资料", "Search pages, documents");
pub(super) const SEARCH_ALL: Text = text("搜索页面与资料", "Search pages and documents");
pub(super) const ACCOUNT: Text = text("账号", "Account");
pub(super) const ACCOUNT_PAGE: Text = text("账户信息", "Account information");
pub(super) const PARTNER_CENTER: Text = text("伙伴中心", "Partner Center");
pub(super) const AUDIT: Text = text("审计日志", "Audit log");
pub(super) const HELP: Text = text("帮助", "Help");
pub(super) const MESSAGES: Text = text("消息", "Messages");
pub(super) const UNREAD: Text = text(" 条未读", " unread");
pub(super) const NOTIFICATIONS: Text = text("通知设置", "Notification settings");
pub(super) const PROGRAMS: Text = text("伙伴计划", "Partner programs");
pub(super) const AGREEMENTS: Text = text("协议", "Agreements");
pub(super) const SIGN_OUT: Text = text("退出", "Sign out");
pub(super) const SIGN_IN: Text = text("登录", "Sign in");
pub(super) const CONSOLE: Text = text("厂商控制台", "Vendor console");
pub(super) const CONSOLE_NAV: Text = text("控制台导航", "Console navigation");
pub(super) const DEMO: Text = text("演示环境", "Demo");
pub(super) const ZONE: Text = text("数据时间均为 GMT+08:00", "All times are GMT+08:00");
pub(super) const FOOTER: Text = text("页脚", "Footer");
pub(super) const SELF_HOSTED: Text = text("自托管实例", "self-hosted");
pub(super) const JOIN: Text = text("加入步骤", "How to join");

/// What the number beside a queue of the console counts.
pub(super) fn waiting(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{count} 项待处理"),
        Lang::En => format!("{count} waiting"),
    }
}
