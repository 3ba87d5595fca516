//! The words of messages.

use domain::{Lang, Text, text, text::grouped};

pub(super) const TITLE: Text = text("消息中心", "Messages");
pub(super) const LEDE: Text = text(
    "与您有关的事项会显示在这里；打开一条消息即视为已读，不再发送邮件。",
    "What concerns you appears here. Opening a message marks it as read, and no mail is sent about it.",
);
pub(super) const SETTINGS: Text = text("通知设置", "Notification settings");
pub(super) const READ_ALL: Text = text("全部标为已读", "Mark all as read");
pub(super) const ALL: Text = text("全部", "All");
pub(super) const UNREAD: Text = text("未读", "Unread");
pub(super) const EMPTY: Text = text("还没有消息", "No messages yet");
pub(super) const EMPTY_HINT: Text = text(
    "导出完成、账号在新设备登录、关注的资料更新时，消息会出现在这里。",
    "A finished export, a sign-in on a new device or an update of a document you follow appears here.",
);

pub(super) const ACCOUNT: Text = text("账号", "Account");
pub(super) const SETTINGS_LEDE: Text = text(
    "站内信即时送达。邮件每 30 分钟最多一封，期间在站内读过的不再发送；账号与权限类邮件立即发送。邮件使用您最近选择的界面语言。",
    "In-app messages arrive at once. There is at most one mail in 30 minutes, without what you read here meanwhile; mails about account and access go at once. Mails are in the language you last chose here.",
);
pub(super) const TOPIC: Text = text("主题", "Topic");
pub(super) const ALWAYS: Text = text("不能关闭", "Always on");
pub(super) const SAVE: Text = text("保存设置", "Save settings");
pub(super) const SAVED: Text = text("通知设置已保存", "Notification settings saved");
pub(super) const NOT_SAVED: Text = text("设置未保存", "The settings were not saved");

pub(super) fn messages(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 条消息", grouped(count)),
        Lang::En if count == 1 => "1 message".to_owned(),
        Lang::En => format!("{} messages", grouped(count)),
    }
}

pub(super) fn marked(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已将 {} 条消息标为已读", grouped(count)),
        Lang::En if count == 1 => "1 message marked as read".to_owned(),
        Lang::En => format!("{} messages marked as read", grouped(count)),
    }
}
