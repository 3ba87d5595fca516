//! Withdrawals (domain.md F3): funds, states, amounts, the way back of a top-up, four eyes. No clock, no database.

mod list;
mod sources;
mod view;

pub use list::{CONSOLE_WITHDRAWALS, Tab, WITHDRAWALS};
pub use sources::{Candidate, Unmatched, matched, spent};
pub use view::{
    BankAccountRow, CheckKind, Checked, Choosable, ConsoleWithdrawal, Happened, Offered, QueuePage, Review, SourceRow, Withdrawable,
    WithdrawalDetail, WithdrawalForm, WithdrawalPage, WithdrawalRow,
};

use crate::{
    error::Error,
    id::Id,
    keyed,
    ledger::{AMOUNT_MICROS_MAX, Account, FUNDS, Funds},
    machine,
    money::{Currency, Money},
    refusals,
    time::{Day, Moment},
    working_days,
};

/// Nothing less is withdrawn: a cent.
pub const AMOUNT_MICROS_MIN: i64 = 10_000;
/// From this amount on two people of the vendor decide (F3).
pub const FOUR_EYES_MICROS: i64 = 50_000 * 1_000_000;
/// An account that was changed within this time cannot be chosen (F3).
pub const ACCOUNT_SECONDS: i64 = 24 * 3_600;
/// An account that was changed within this time is pointed out to who decides.
pub const ACCOUNT_NEW_DAYS: i64 = 7;
/// Characters of a reason that the partner reads.
pub const REASON_MAX: usize = 200;
/// Characters of the partner's own note.
pub const NOTE_MAX: usize = 200;
/// Characters of what the bank calls a payment.
pub const REFERENCE_MAX: usize = 40;
/// What stands for the hidden part of a number; no number that is typed begins so.
const MASK: &str = "****";
/// Working days in which finance decides.
pub const REVIEW_DAYS: i64 = 1;
/// Hour of the day at which a payment batch is made up.
pub const BATCH_HOUR: i64 = 10;

keyed! {
    /// What is withdrawn. The keys are those of the form (contract.md).
    Fund {
        Original = "original" "原路提现" "Original path";
        Bank = "bank" "银行卡提现" "Bank card";
        Rebate = "rebate" "激励返点提现" "Rebate";
    }
}

impl Fund {
    /// Its account in the ledger.
    #[must_use]
    pub const fn account(self) -> Account {
        match self {
            Self::Original => Account::OriginalPath,
            Self::Bank => Account::BankCard,
            Self::Rebate => Account::IncentiveRebate,
        }
    }

    /// What can leave of it.
    #[must_use]
    pub fn rest(self, funds: &Funds) -> Money {
        let place = FUNDS.iter().position(|account| *account == self.account());
        place.and_then(|place| funds.funds.get(place)).copied().unwrap_or_else(|| Money::zero(funds.cash.currency))
    }
}

keyed! {
    /// How a top-up came, and so how it goes back.
    Channel {
        Transfer = "transfer" "对公转账" "Bank transfer";
        Wallet = "wallet" "电子钱包" "Wallet";
        Card = "card" "银行卡" "Card";
    }
}

impl Channel {
    /// Months after which it has left its original path, unless the contracting entity has another window.
    #[must_use]
    pub const fn months(self) -> i64 {
        match self {
            Self::Transfer => 6,
            Self::Wallet | Self::Card => 3,
        }
    }

    /// Working days until money that goes back this way arrives.
    #[must_use]
    pub const fn arrives_in(self) -> i64 {
        match self {
            Self::Transfer => 7,
            Self::Wallet | Self::Card => 1,
        }
    }
}

/// When a request of a day arrives: the slowest of its ways decides; none are those to a bank account.
#[must_use]
pub fn promised(on: Day, channels: &[Channel]) -> Day {
    let days = channels.iter().map(|channel| channel.arrives_in()).max().unwrap_or_else(|| Channel::Transfer.arrives_in());
    working_days::promised(on, days)
}

machine! {
    /// The life of a request (F3).
    State Step {
        states {
            PartnerReview = "partner_review" Wait "待内部复核" "Internal check";
            Submitted = "submitted" Wait "待审核" "In review";
            Approved = "approved" Run "审核通过" "Approved";
            Processing = "processing" Run "处理中" "Processing";
            Paid = "paid" Good "提现成功" "Paid";
            Failed = "failed" Bad "提现失败" "Failed";
            Rejected = "rejected" Bad "已驳回" "Rejected";
            Cancelled = "cancelled" Ended "已撤销" "Cancelled";
            Deleted = "deleted" Ended "已删除" "Deleted";
        }
        steps {
            Approve = "approve": Submitted => Approved;
            Reject = "reject": Submitted => Rejected;
            Confirm = "confirm": PartnerReview => Submitted;
            Cancel = "cancel": PartnerReview | Submitted => Cancelled;
            Process = "process": Approved => Processing;
            Pay = "paid": Processing => Paid;
            Fail = "fail": Processing => Failed;
            Delete = "delete": Rejected => Deleted;
        }
    }
}

impl State {
    /// Those that a partner sees.
    pub const SHOWN: [Self; 8] =
        [Self::PartnerReview, Self::Submitted, Self::Approved, Self::Processing, Self::Paid, Self::Failed, Self::Rejected, Self::Cancelled];

    /// Its amount is held.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::PartnerReview | Self::Submitted | Self::Approved | Self::Processing)
    }

    /// A new request can be made from it.
    #[must_use]
    pub const fn can_be_repeated(self) -> bool {
        matches!(self, Self::Rejected | Self::Failed)
    }
}

impl Step {
    /// A step by its key.
    #[must_use]
    pub fn read(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.key() == key)
    }

    /// The vendor does it; the others are the partner's.
    #[must_use]
    pub const fn is_vendors(self) -> bool {
        !matches!(self, Self::Confirm | Self::Cancel | Self::Delete)
    }

    /// The amount goes back to its fund.
    #[must_use]
    pub const fn releases(self) -> bool {
        matches!(self, Self::Reject | Self::Cancel | Self::Fail)
    }

    /// Where it leads, or why it is not allowed.
    ///
    /// # Errors
    /// `NOT_DELETABLE`, else `WrongState`.
    pub fn take(self, state: State) -> Result<State, Error> {
        use crate::machine::Keyed as _;
        self.from(state).ok_or_else(|| match self {
            Self::Delete => Refusal::NotDeletable.into(),
            _ => Error::WrongState { now: state.label().into() },
        })
    }
}

refusals! {
    /// What withdrawals refuse (F3).
    Refusal {
        AmountInvalid = 422 "AMOUNT_INVALID" on "amount", "请输入大于等于 0.01 元的金额，最多两位小数，不含逗号和空格。", "Enter an amount of at least 0.01 with at most two decimals, without commas or spaces.";
        AmountExceeds { left: Money, over: Money } = 422 "AMOUNT_EXCEEDS" on "amount", "该资金最多可提 {left} 元，超出的 {over} 元可从其他资金类型另行申请。", "At most {left} can be withdrawn from this fund; the other {over} may come from another fund.";
        NotWithdrawable = 422 "NOT_WITHDRAWABLE" on "amount", "该金额含附带赠送或实名认证之前的充值，不能提现。", "The amount includes top-ups that carried a bonus or were made before real-name authentication; those are never withdrawn.";
        RouteFixed { left: Money } = 422 "ROUTE_FIXED" on "amount", "仍可原路退回的充值记录只剩 {left} 元。", "Only {left} of the top-up records can still go back the way they came.";
        RecordGone = 422 "ROUTE_FIXED" on "record", "所选充值记录已不能原路退回，请重新选择。", "A chosen top-up record can't go back the way it came any more. Choose again.";
        ChosenTooLittle { left: Money } = 422 "ROUTE_FIXED" on "record", "所选充值记录合计只能退回 {left} 元，请多选几笔或改小金额。", "The chosen top-up records have only {left} left. Choose more of them, or ask for less.";
        HolderMismatch = 422 "HOLDER_MISMATCH" on "bank_account", "收款户名与实名企业不一致。请使用本企业的对公账户。", "The holder of the account is not your company. Choose an account in its name.";
        AccountNotReady = 422 "ACCOUNT_NOT_READY" on "bank_account", "请选择收款账户。", "Choose a bank account.";
        AccountCooling { ready: String } = 422 "ACCOUNT_NOT_READY" on "bank_account", "该账户变更未满 24 小时，{ready} 起可选用。", "This account was changed within 24 hours; it can be chosen from {ready} on.";
        NoteTooLong { most: usize } = 422 "TOO_LONG" on "note", "备注最多 {most} 个字。", "The note has at most {most} characters.";
        CodeRequired = 401 "CODE_REQUIRED" on "code", "请输入验证码。", "Enter the code.";
        NotDeletable = 409 "NOT_DELETABLE", "只有已驳回的申请可以删除。", "Only rejected requests can be deleted.";
        ReasonRequired { most: usize } = 422 "REASON_REQUIRED" on "reason", "请填写给伙伴的原因，最多 {most} 个字。", "Write the reason for the partner, with at most {most} characters.";
        ReferenceRequired { most: usize } = 422 "INVALID" on "bank_reference", "请填写银行流水号，最多 {most} 个字母或数字。", "Enter the bank reference, with at most {most} letters or digits.";
        AmountMismatch { asked: Money } = 422 "AMOUNT_MISMATCH" on "amount", "银行到账金额与申请金额 {asked} 元不一致。请核对，或标记为失败。", "The bank paid another amount than the {asked} that was asked for. Check it, or mark the request as failed.";
        NumberShut = 503 "NUMBER_SHUT", "服务器缺少打开完整账号的密钥，暂时只能显示尾号。请联系管理员恢复密钥文件。", "The server lacks the key that opens the whole number, so only its end can be shown. Ask the operator to bring the key file back.";
        FourEyes = 403 "FOUR_EYES", "需由另一位同事复核，且不能办理自己发起的申请。", "Another colleague decides this: nobody decides twice, or about their own request.";
    }
}

/// An amount as it was typed into the form.
///
/// # Errors
/// `AMOUNT_INVALID`.
pub fn amount(typed: &str) -> Result<Money, Refusal> {
    let decimals = typed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let money = Money::parse(Currency::Cny, typed).filter(|_| decimals <= 2);
    money.filter(|money| (AMOUNT_MICROS_MIN..=AMOUNT_MICROS_MAX).contains(&money.micros)).ok_or(Refusal::AmountInvalid)
}

/// An amount fits into what can leave of a fund.
///
/// # Errors
/// `AMOUNT_EXCEEDS`, which names the fund's rest.
pub fn fits(amount: Money, left: Money) -> Result<(), Refusal> {
    match amount.minus(left) {
        Some(over) if over.micros <= 0 => Ok(()),
        Some(over) => Err(Refusal::AmountExceeds { left, over }),
        None => Err(Refusal::AmountInvalid),
    }
}

/// A text that a person writes: trimmed, lines kept, without control characters. None when it is too long.
#[must_use]
pub fn written(typed: &str, most: usize) -> Option<String> {
    let plain: String = typed.trim().chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    (plain.chars().count() <= most).then_some(plain)
}

/// The reason of who rejects or marks as failed.
///
/// # Errors
/// `REASON_REQUIRED`.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    written(typed, REASON_MAX).filter(|reason| !reason.is_empty()).ok_or(Refusal::ReasonRequired { most: REASON_MAX })
}

/// The bank's reference of a payment.
///
/// # Errors
/// `INVALID` with its field.
pub fn reference(typed: &str) -> Result<String, Refusal> {
    let plain = typed.trim();
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let fits = !plain.is_empty() && plain.len() <= REFERENCE_MAX && plain.chars().all(good);
    if fits { Ok(plain.to_owned()) } else { Err(Refusal::ReferenceRequired { most: REFERENCE_MAX }) }
}

/// What is known of a request when somebody of the vendor decides about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// How much.
    pub amount: Money,
    /// The company that asks.
    pub partner: Id,
    /// Who asked.
    pub starter: Id,
    /// Who has approved it before.
    pub first: Option<Id>,
}

/// A colleague confirms a request (F3, maker-checker): whoever manages withdrawals, never the one who started it.
///
/// # Errors
/// `FOUR_EYES`.
pub fn may_confirm(starter: Id, account: Id, manages: bool) -> Result<(), Refusal> {
    if manages && account != starter { Ok(()) } else { Err(Refusal::FourEyes) }
}

/// Two people decide about an amount.
#[must_use]
pub const fn needs_two(amount: Money) -> bool {
    amount.micros >= FOUR_EYES_MICROS
}

impl Decided {
    /// Nobody decides about their own request or one of their own company.
    ///
    /// # Errors
    /// `FOUR_EYES`.
    pub fn may_decide(&self, account: Id, tenant: Id) -> Result<(), Refusal> {
        if account == self.starter || tenant == self.partner { Err(Refusal::FourEyes) } else { Ok(()) }
    }

    /// An approval of this person is the last one that is needed. From the threshold on two different people approve.
    ///
    /// # Errors
    /// `FOUR_EYES` when they have approved before.
    pub fn is_last(&self, account: Id) -> Result<bool, Refusal> {
        match self.first {
            Some(first) if first == account => Err(Refusal::FourEyes),
            Some(_) => Ok(true),
            None => Ok(!needs_two(self.amount)),
        }
    }
}

/// The last digits of an account: all that is shown of it.
#[must_use]
pub fn tail(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(|c| !c.is_whitespace()).collect();
    digits.iter().skip(digits.len().saturating_sub(4)).collect()
}

/// A number of which nothing but the last digits can be shown.
#[must_use]
pub fn masked(tail: &str) -> String {
    format!("{MASK} {tail}")
}

/// A masked number, not a whole one.
#[must_use]
pub fn is_masked(number: &str) -> bool {
    number.starts_with(MASK)
}

/// The number of a request: `TX20260618-0003`.
#[must_use]
pub fn number(on: Day, running: i64) -> String {
    format!("{}{running:04}", number_of_day(on))
}

/// What the numbers of a day begin with.
#[must_use]
pub fn number_of_day(on: Day) -> String {
    format!("TX{}-", on.to_string().replace('-', ""))
}

/// Whether an approved request goes to the bank by now: with the batch of the next working day.
#[must_use]
pub fn is_in_batch(approved: Moment, now: Moment) -> bool {
    let day = working_days::after(approved.day(), 1);
    now >= day.start().plus_seconds(BATCH_HOUR * 3_600) && !working_days::is_month_end(now.day()) && working_days::is_worked(now.day())
}

#[cfg(test)]
mod tests;
