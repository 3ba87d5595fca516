//! A company's own bank accounts (domain.md F3, 4.6, 4.7): what may be entered, and from when on money can go there. No clock, no database.

use crate::{
    id::Id,
    keyed, refusals,
    time::Moment,
    withdrawal::{ACCOUNT_SECONDS, tail, written},
};
use serde::{Deserialize, Serialize};

/// Accounts of one company.
pub const ACCOUNTS_MAX: usize = 20;
/// Characters of a holder, a bank or a branch.
pub const NAME_MAX: usize = 100;
/// Digits of an account number.
pub const DIGITS_MIN: usize = 8;
/// Digits of an account number.
pub const DIGITS_MAX: usize = 30;
/// Characters of an account number with its spaces.
pub const NUMBER_MAX: usize = 40;
/// A change waits this long for its code, by the system's clock.
pub const CHANGE_SECONDS: i64 = 15 * 60;

keyed! {
    /// What is done to an account.
    What {
        Add = "add" "新增" "Added";
        Change = "change" "变更" "Changed";
        Remove = "remove" "移除" "Removed";
    }
}

refusals! {
    /// What the form of an account refuses.
    Refusal {
        HolderMismatch = 422 "HOLDER_MISMATCH" on "holder", "户名须与实名企业一致，只能使用本企业的对公账户。", "The holder must be your company: only its own accounts can be used.";
        BankInvalid { most: usize } = 422 "INVALID" on "bank", "请填写银行名称，最多 {most} 个字。", "Enter the bank, with at most {most} characters.";
        BranchInvalid { most: usize } = 422 "INVALID" on "branch", "请填写开户支行全称，最多 {most} 个字。", "Enter the full name of the branch, with at most {most} characters.";
        NumberInvalid { least: usize, most: usize } = 422 "INVALID" on "number", "账号为 {least} 至 {most} 位数字，可含空格。", "An account number has {least} to {most} digits; spaces may stand between them.";
        AccountExists = 409 "ACCOUNT_EXISTS" on "number", "该账号已在列表中。", "This account is in the list already.";
        AccountLimit { most: usize } = 409 "ACCOUNT_LIMIT", "最多保留 {most} 个账户，请先移除不用的账户。", "At most {most} accounts are kept. Remove one that is not used.";
        AccountInUse { number: String } = 409 "ACCOUNT_IN_USE", "提现申请 {number} 正在使用该账户，完成后才能移除。", "Withdrawal {number} uses this account. It can be removed once that has ended.";
        CodeRequired = 401 "CODE_REQUIRED" on "code", "请输入验证码。", "Enter the code.";
        NothingWaits = 409 "NOTHING_WAITS", "没有待验证的变更，或已超过 15 分钟。请重新填写。", "No change waits for its code, or it is older than 15 minutes. Fill in the form again.";
    }
}

/// What is typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The name it is kept in at the bank.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The branch.
    pub branch: String,
    /// The number.
    pub number: String,
}

impl Typed {
    /// As it is kept: trimmed, and the number as digits alone.
    ///
    /// # Errors
    /// `HOLDER_MISMATCH`, `INVALID` with its field.
    pub fn checked(&self, company: &str) -> Result<Self, Refusal> {
        let name = |typed: &str| written(&typed.replace('\n', " "), NAME_MAX).filter(|name| !name.is_empty());
        let holder = name(&self.holder).filter(|holder| holder == company).ok_or(Refusal::HolderMismatch)?;
        let bank = name(&self.bank).ok_or(Refusal::BankInvalid { most: NAME_MAX })?;
        let branch = name(&self.branch).ok_or(Refusal::BranchInvalid { most: NAME_MAX })?;
        Ok(Self {
            holder,
            bank,
            branch,
            number: digits(&self.number).ok_or(Refusal::NumberInvalid { least: DIGITS_MIN, most: DIGITS_MAX })?,
        })
    }
}

/// The digits of an account number as it was typed; none when it is no number.
#[must_use]
pub fn digits(typed: &str) -> Option<String> {
    if typed.len() > NUMBER_MAX || !typed.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        return None;
    }
    let digits: String = typed.chars().filter(|c| *c != ' ').collect();
    (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()).then_some(digits)
}

/// From when on money can go to an account that was changed at a moment, when that is still to come.
#[must_use]
pub const fn ready(changed: Moment, now: Moment) -> Option<Moment> {
    let ready = changed.plus_seconds(ACCOUNT_SECONDS);
    if now.0 < ready.0 { Some(ready) } else { None }
}

/// An account as its company sees it: never more of its number than the last digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// The account.
    pub id: Id,
    /// Its version, for the next change.
    pub version: i64,
    /// Its holder.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The branch.
    pub branch: String,
    /// The last digits.
    pub tail: String,
    /// When it was changed last.
    pub changed: Moment,
    /// By whom.
    pub by: String,
    /// From when on it can be chosen, when that is still to come.
    pub ready: Option<Moment>,
    /// The holder is the company.
    pub is_own: bool,
    /// The number of a withdrawal under way that goes there.
    pub used_by: Option<String>,
}

/// `/sales/funds/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPage {
    /// The accounts, the oldest first.
    pub rows: Vec<AccountRow>,
}

/// A change that waits for its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The change: what its code is for.
    pub id: Id,
    /// What is to be done.
    pub what: What,
    /// The holder.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The branch.
    pub branch: String,
    /// The last digits.
    pub tail: String,
}

impl Waiting {
    /// Its last digits, out of the whole number.
    #[must_use]
    pub fn of(id: Id, what: What, typed: Typed) -> Self {
        Self { id, what, tail: tail(&typed.number), holder: typed.holder, bank: typed.bank, branch: typed.branch }
    }
}

/// `/sales/funds/accounts/change`: the form of a new account, of a change, of a removal, or of the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountForm {
    /// What it does.
    pub what: What,
    /// The account that is changed or removed.
    pub account: Option<AccountRow>,
    /// The company, which must be the holder.
    pub company: String,
    /// The second step: the change that waits for its code.
    pub waiting: Option<Waiting>,
    /// Where the code is sent, mostly hidden.
    pub code_to: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            holder: " 杭州澜海数科技术有限公司 ".into(),
            bank: "招商银行".into(),
            branch: "杭州\n滨江支行".into(),
            number: "5719 0823 4610 915".into(),
        }
    }

    #[test]
    fn an_account_is_kept_trimmed_in_the_companys_name_and_as_digits() {
        let kept = typed().checked("杭州澜海数科技术有限公司").expect("an account");
        assert_eq!((kept.holder.as_str(), kept.branch.as_str()), ("杭州澜海数科技术有限公司", "杭州 滨江支行"));
        assert_eq!(kept.number, "571908234610915");
        assert_eq!(typed().checked("杭州澜海数科技术有限公司（筹）"), Err(Refusal::HolderMismatch));
        assert_eq!(Typed { holder: String::new(), ..typed() }.checked(""), Err(Refusal::HolderMismatch));
        let company = "杭州澜海数科技术有限公司";
        assert_eq!(Typed { bank: " ".into(), ..typed() }.checked(company), Err(Refusal::BankInvalid { most: 100 }));
        assert_eq!(Typed { branch: "云".repeat(101), ..typed() }.checked(company), Err(Refusal::BranchInvalid { most: 100 }));
    }

    #[test]
    fn a_number_has_eight_to_thirty_plain_digits() {
        for bad in ["", "1234567", "1234567x", "１２３４５６７８", "-12345678", &"1".repeat(31), "12345678\n"] {
            assert_eq!(digits(bad), None, "{bad}");
        }
        assert_eq!(digits("12345678"), Some("12345678".into()));
        assert_eq!(digits(&"1".repeat(30)), Some("1".repeat(30)));
    }

    #[test]
    fn money_can_go_there_a_day_after_the_change() {
        let changed: Moment = "2026-06-17T12:00:00+08:00".parse().expect("a moment");
        let day = changed.plus_seconds(ACCOUNT_SECONDS);
        assert_eq!(ready(changed, day.plus_seconds(-1)), Some(day));
        assert_eq!(ready(changed, day), None);
    }
}
