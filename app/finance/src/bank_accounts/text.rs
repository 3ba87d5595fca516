//! The words of bank accounts.

use domain::{
    Lang, Text,
    bank_account::{AccountRow, What},
    machine::Kind,
    text,
};

pub(super) const TITLE: Text = text("收款账户", "Bank accounts");
pub(super) const LEDE: Text = text(
    "提现转入的对公账户。新增或变更后 24 小时内不能用于提现，全部管理员和财务都会收到通知。",
    "The company's own accounts that withdrawals go to. Within 24 hours of a change money can't go there, and all administrators and finance clerks are told.",
);
pub(super) const ADD: Text = text("新增账户", "Add an account");
pub(super) const CHANGE: Text = text("变更", "Change");
pub(super) const REMOVE: Text = text("移除", "Remove");
pub(super) const ACTIONS: Text = text("操作", "Actions");
pub(super) const ACCOUNT: Text = text("银行与账号", "Bank and account");
pub(super) const HOLDER: Text = text("户名", "Holder");
pub(super) const BRANCH: Text = text("开户支行", "Branch");
pub(super) const SINCE: Text = text("最近变更", "Changed");
pub(super) const STATE: Text = text("状态", "State");
pub(super) const EMPTY: Text = text("还没有收款账户", "No bank account yet");
pub(super) const EMPTY_HINT: Text =
    text("银行卡提现和激励返点提现需要本企业的对公账户。", "Bank-card and rebate withdrawals need an account of your company.");
const USABLE: Text = text("可用", "Ready");
const RESTS: Text = text("暂不可用", "Not yet");
const FOREIGN: Text = text("户名不一致", "Holder differs");

/// The chip of an account: kind, key and word.
pub(super) const fn state(row: &AccountRow) -> (Kind, &'static str, Text) {
    match (row.is_own, row.ready.is_some()) {
        (false, _) => (Kind::Bad, "foreign", FOREIGN),
        (true, true) => (Kind::Wait, "resting", RESTS),
        (true, false) => (Kind::Good, "ready", USABLE),
    }
}

/// The line below it.
pub(super) fn line(row: &AccountRow, lang: Lang) -> Option<String> {
    match (row.is_own, row.ready.map(domain::Moment::to_minutes), lang) {
        (false, _, Lang::Zh) => Some("户名与实名企业不一致，请变更".to_owned()),
        (false, _, Lang::En) => Some("Not your company's name: change it".to_owned()),
        (true, Some(ready), Lang::Zh) => Some(format!("{ready} 起可用")),
        (true, Some(ready), Lang::En) => Some(format!("From {ready} on")),
        (true, None, _) => None,
    }
}

pub(super) fn changed_by(row: &AccountRow, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("由 {} 操作", row.by),
        Lang::En => format!("by {}", row.by),
    }
}

pub(super) fn in_use(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{number} 使用中，完成后可移除"),
        Lang::En => format!("Used by {number}; removable after that"),
    }
}

/// Bank and last digits.
pub(super) fn named(bank: &str, tail: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{bank} 尾号 {tail}"),
        Lang::En => format!("{bank} ending {tail}"),
    }
}

pub(super) const fn title(what: What) -> Text {
    match what {
        What::Add => text("新增收款账户", "Add a bank account"),
        What::Change => text("变更收款账户", "Change a bank account"),
        What::Remove => text("移除收款账户", "Remove a bank account"),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn done(what: What) -> Text {
    match what {
        What::Add => text("账户已新增，24 小时后可用于提现", "Account added; money can go there after 24 hours"),
        What::Change => text("账户已变更，24 小时后可用于提现", "Account changed; money can go there after 24 hours"),
        What::Remove => text("账户已移除", "Account removed"),
    }
}

/// The words of the form.
pub(super) mod form {
    use super::{Text, text};

    pub(in super::super) const NOT_DONE: Text = text("账户没有变更", "The account was not changed");
    pub(in super::super) const FILL: Text = text("填写账户", "Account");
    pub(in super::super) const CODE: Text = text("安全验证", "Security code");
    pub(in super::super) const HOLDER_HINT: Text = text("须与实名企业名称一致。", "Must be the name of your company.");
    pub(in super::super) const BANK: Text = text("银行", "Bank");
    pub(in super::super) const BRANCH_HINT: Text =
        text("请填写支行全称，支行有误会导致退回。", "The full name; a wrong branch makes the bank return the money.");
    pub(in super::super) const NUMBER: Text = text("账号", "Account number");
    pub(in super::super) const NUMBER_HINT: Text = text(
        "8 至 30 位数字，可含空格。保存后只显示后 4 位。",
        "8 to 30 digits, with spaces if you like. Only the last 4 are shown later.",
    );
    pub(in super::super) const PASSWORD: Text = text("登录密码", "Your password");
    pub(in super::super) const PASSWORD_HINT: Text = text("变更账户前需再次验证身份。", "Changing an account asks who you are once more.");
    pub(in super::super) const NEXT: Text = text("下一步：获取验证码", "Next: get a code");
    pub(in super::super) const CANCEL: Text = text("取消", "Cancel");
    pub(in super::super) const CHECK: Text = text("请核对", "Please check");
    pub(in super::super) const ACCOUNT: Text = text("账户", "Account");
    pub(in super::super) const CODE_LABEL: Text = text("验证码", "Code");
    pub(in super::super) const SEND_AGAIN: Text = text("重新发送验证码", "Send another code");
    pub(in super::super) const CONFIRM: Text = text("确认", "Confirm");
    pub(in super::super) const CODE_SENT: Text = text("验证码已发送", "Code sent");
    pub(in super::super) const FOLLOWS: Text = text("变更之后", "After that");
    pub(in super::super) const RESTS: Text = text(
        "确认后 24 小时内该账户不能用于提现；已提交的申请仍按提交时的账户打款。",
        "Within 24 hours money can't go there. Requests that were handed in keep the account of that moment.",
    );
    pub(in super::super) const TOLD: Text =
        text("贵公司的全部管理员和财务会立即收到通知。", "All administrators and finance clerks of your company are told at once.");
    pub(in super::super) const REMOVED: Text = text(
        "移除后不能再选用该账户；已提交的申请不受影响。",
        "It can't be chosen any more; requests that were handed in stay as they are.",
    );
    pub(in super::super) const BACK: Text = text("返回修改", "Back");
}
