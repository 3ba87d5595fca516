//! The words of agreements.

use domain::{Lang, Text, agreement::Move, text};

pub(super) const TITLE: Text = text("协议", "Agreements");
pub(super) const LEDE: Text = text(
    "贵公司与厂商之间的协议；签署会记录人员、时间、网络地址与正文校验值。",
    "What your company and the vendor have agreed. Accepting records the person, time, address and the hash of the text.",
);
pub(super) const ACCOUNT: Text = text("账号", "Account");
pub(super) const MANDATORY: Text = text("必签", "Mandatory");
pub(super) const OPTIONAL: Text = text("可选", "Optional");
pub(super) const EMPTY: Text = text("还没有适用于贵公司的协议", "There is no agreement for your company yet");
pub(super) const EMPTY_HINT: Text =
    text("厂商发布协议后会通知管理员，并显示在这里。", "When the vendor publishes one, your administrators are told and it appears here.");
pub(super) const TEXT: Text = text("协议正文", "Text");
pub(super) const ABOUT: Text = text("协议信息", "About this agreement");
pub(super) const EFFECTIVE: Text = text("生效日期", "In effect from");
pub(super) const UNTIL: Text = text("签署截止", "Accept by");
pub(super) const REQUIREMENT: Text = text("要求", "Requirement");
pub(super) const NO_UNTIL: Text = text("不限", "No last day");
pub(super) const HASH: Text = text("正文校验值（SHA-256）", "Hash of the text (SHA-256)");
pub(super) const SIGNED_BY: Text = text("签署人", "Accepted by");
pub(super) const SIGNED_AT: Text = text("签署时间", "Accepted");
pub(super) const ADDRESS: Text = text("网络地址", "Address");
pub(super) const SIGNED_HASH: Text = text("签署时的校验值", "Hash that was accepted");
pub(super) const BLOCKS: Text = text(
    "该协议已生效且必须签署：签署前，贵公司的成员不能使用其他功能。消息、帮助与退出不受影响。",
    "This agreement is in effect and mandatory: until it is accepted, nobody of your company can use anything else. Messages, help and signing out stay open.",
);
pub(super) const AGREE: Text = text("我已阅读并代表贵公司同意该协议", "I have read this agreement and accept it for my company");
pub(super) const ACCEPT: Text = text("签署", "Accept");
pub(super) const NOT_ACCEPTED: Text = text("协议没有签署", "The agreement was not accepted");
pub(super) const ACCEPTED_NOW: Text = text("已签署协议", "The agreement was accepted");
pub(super) const WAITS_FOR: Text = text("等待以下任一位管理员签署：", "It waits for any one of your administrators:");
pub(super) const EXPIRED: Text = text("签署截止日期已过，不能再签署。", "Its last day has passed; it can't be accepted any more.");
pub(super) const REPLACED: Text = text("该版本已被更新的版本取代。", "A newer version has replaced this one.");
pub(super) const SEE_NEWER: Text = text("查看新版本", "See the new version");

pub(super) const CONSOLE_HOME: Text = text("厂商控制台", "Vendor console");
pub(super) const CONSOLE_LEDE: Text = text(
    "发布后，范围内的伙伴管理员会收到通知；必签协议生效后，签署前不能使用其他功能。",
    "Publishing tells the administrators of the partners it is for. Once a mandatory one is in effect, nothing else works before it is accepted.",
);
pub(super) const CONSOLE_EMPTY: Text = text("还没有协议", "There is no agreement yet");
pub(super) const NEW: Text = text("起草协议", "New agreement");
pub(super) const NEW_VERSION: Text = text("起草新版本", "New version");
pub(super) const KEY: Text = text("标识", "Key");
pub(super) const KEY_HINT: Text = text(
    "小写字母、数字和连字符。同一标识的新版本发布后取代旧版本，伙伴须重新签署",
    "Small letters, digits and hyphens. A new version of the same key replaces the old one and is accepted anew",
);
pub(super) const TITLE_ZH: Text = text("中文名称", "Chinese title");
pub(super) const TITLE_EN: Text = text("英文名称", "English title");
pub(super) const TEXT_ZH: Text = text("中文正文", "Chinese text");
pub(super) const TEXT_EN: Text = text("英文正文", "English text");
pub(super) const TEXT_HINT: Text =
    text("段落之间空一行。正文不做机器翻译", "An empty line ends a paragraph. Texts are never translated by machine");
pub(super) const IDENTITIES: Text = text("适用的伙伴身份", "Partner identities it is for");
pub(super) const PROGRAMS: Text = text("适用的伙伴计划", "Partner programs it is for");
pub(super) const EVERYBODY_HINT: Text = text("都不勾选表示全部伙伴", "With nothing ticked it is for every partner");
pub(super) const MANDATORY_FIELD: Text =
    text("必须签署：生效后，签署前不能使用其他功能", "Mandatory: once in effect, nothing else works before it is accepted");
pub(super) const UNTIL_FIELD: Text = text("签署截止日期", "Last day to accept it");
pub(super) const SAVE_DRAFT: Text = text("保存草稿", "Save the draft");
pub(super) const CANCEL: Text = text("取消", "Cancel");
pub(super) const NOT_SAVED: Text = text("草稿没有保存", "The draft was not saved");
pub(super) const DRAFTED: Text = text("草稿已保存", "The draft was saved");
pub(super) const PUBLISH: Text = text("发布", "Publish");
pub(super) const DISCARD: Text = text("作废草稿", "Discard the draft");
pub(super) const NOT_MOVED: Text = text("未能完成", "It was not done");
pub(super) const PUBLISH_HINT: Text = text(
    "发布后正文不能再改；范围内的伙伴管理员会收到通知。",
    "Once published the text never changes; the administrators of the partners it is for are told.",
);
pub(super) const CHINESE: Text = text("中文", "Chinese");
pub(super) const ENGLISH: Text = text("英文", "English");
pub(super) const AUDIENCE: Text = text("适用范围", "For");
pub(super) const PUBLISHED: Text = text("发布", "Published");
pub(super) const WHO: Text = text("签署情况", "Who accepted it");
pub(super) const NOBODY: Text = text("没有伙伴在适用范围内", "It is for no partner of the network");

pub(super) const fn moved(step: Move) -> Text {
    match step {
        Move::Publish => text("协议已发布", "The agreement was published"),
        Move::Discard => text("草稿已作废", "The draft was discarded"),
        Move::Close | Move::Supersede => text("协议状态已更新", "The agreement was moved"),
    }
}

/// `第 2 版`.
pub(super) fn version(number: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 版"),
        Lang::En => format!("Version {number}"),
    }
}

/// How many of how many accepted.
pub(super) fn accepted(count: usize, of: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已签署 {count} / {of} 家"),
        Lang::En => format!("{count} of {of} accepted"),
    }
}

/// How many there are.
pub(super) fn count(number: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{number} 份协议"),
        Lang::En if number == 1 => "1 agreement".to_owned(),
        Lang::En => format!("{number} agreements"),
    }
}
