//! Top-ups (domain.md F3, 6.13): a remittance that the partner claims and the vendor credits or refuses. No clock, no database.

mod list;

pub use list::{CONSOLE_TOP_UPS, ClaimForm, ConsoleTopUp, TOP_UPS, Tab, TopUpPage, TopUpQueue, TopUpRow};

use crate::{
    bank_account::{DIGITS_MAX, DIGITS_MIN, NAME_MAX, digits},
    error::Error,
    machine,
    money::Money,
    refusals,
    time::Day,
    withdrawal::{NOTE_MAX, amount, written},
};
use serde::{Deserialize, Serialize};

/// A remittance older than this is looked for with the bank, not claimed.
pub const CLAIM_DAYS: i64 = 180;
/// Claims of one company that wait at a time.
pub const CLAIMS_MAX: i64 = 50;

machine! {
    /// The life of a top-up (F3). What came without a claim begins as credited.
    State Step {
        states {
            Claimed = "claimed" Wait "待认领审核" "Claim in review";
            Credited = "credited" Good "已入账" "Credited";
            Refused = "refused" Bad "已驳回" "Refused";
        }
        steps {
            Credit = "credit": Claimed => Credited;
            Refuse = "refuse": Claimed => Refused;
        }
    }
}

impl Step {
    /// A step by its key.
    #[must_use]
    pub fn read(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.key() == key)
    }

    /// Where it leads.
    ///
    /// # Errors
    /// `WrongState`.
    pub fn take(self, state: State) -> Result<State, Error> {
        use crate::machine::Keyed as _;
        self.from(state).ok_or_else(|| Error::WrongState { now: state.label().into() })
    }
}

refusals! {
    /// What claims and their review refuse.
    Refusal {
        PayerMismatch = 422 "HOLDER_MISMATCH" on "payer", "付款户名须与实名企业一致。", "The payer must be your company.";
        DateInvalid { days: i64 } = 422 "INVALID" on "date", "请填写汇款日期：不晚于今天，且在 {days} 天以内。", "Enter the day of the remittance: today or earlier, within {days} days.";
        BankInvalid { most: usize } = 422 "INVALID" on "bank", "请填写付款银行及支行，最多 {most} 个字。", "Enter the bank and branch it came from, with at most {most} characters.";
        AccountInvalid { least: usize, most: usize } = 422 "INVALID" on "account_number", "付款账号为 {least} 至 {most} 位数字，可含空格。", "The account it came from has {least} to {most} digits; spaces may stand between them.";
        NoteTooLong { most: usize } = 422 "TOO_LONG" on "note", "备注最多 {most} 个字。", "The note has at most {most} characters.";
        ClaimLimit { most: i64 } = 409 "CLAIM_LIMIT", "已有 {most} 笔认领待审核，请等待处理后再登记。", "{most} claims wait already. Wait until they are decided.";
        AmountRequired = 422 "AMOUNT_INVALID" on "amount", "请填写银行实际到账的金额。", "Enter the amount that the bank received.";
        AmountMismatch { claimed: Money } = 422 "AMOUNT_MISMATCH" on "amount", "银行到账金额与认领金额 {claimed} 元不一致。请核对，或驳回并说明。", "The bank received another amount than the {claimed} that was claimed. Check it, or refuse with a reason.";
        ReferenceTaken { number: String } = 409 "REFERENCE_TAKEN" on "bank_reference", "该银行流水已用于 {number}，一笔到账只能入账一次。", "This bank reference was credited with {number}: one remittance is credited once.";
    }
}

/// What is typed into the form of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The amount.
    pub amount: String,
    /// The name of the account it came from.
    pub payer: String,
    /// The day of the remittance.
    pub date: String,
    /// The bank it came from.
    pub bank: String,
    /// The account it came from.
    pub account_number: String,
    /// A reference or a note.
    pub note: String,
}

/// A claim as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// How much.
    pub amount: Money,
    /// The name of the account it came from.
    pub payer: String,
    /// The day of the remittance.
    pub date: Day,
    /// The bank it came from.
    pub bank: String,
    /// The digits of the account it came from.
    pub account_number: String,
    /// A reference or a note.
    pub note: String,
}

impl Typed {
    /// The claim, on a business day, of a company: money that goes back the way it came must not go to somebody else.
    ///
    /// # Errors
    /// `AMOUNT_INVALID`, `HOLDER_MISMATCH`, `INVALID` with its field, `TOO_LONG`.
    pub fn checked(&self, company: &str, today: Day) -> Result<Claim, Error> {
        let line = |typed: &str| written(&typed.replace('\n', " "), NAME_MAX).filter(|line| !line.is_empty());
        let amount = amount(&self.amount)?;
        let payer = line(&self.payer).filter(|payer| payer == company).ok_or(Refusal::PayerMismatch)?;
        let date = self.date.parse::<Day>().ok().filter(|date| (0..=CLAIM_DAYS).contains(&today.days_since(*date)));
        let date = date.ok_or(Refusal::DateInvalid { days: CLAIM_DAYS })?;
        let bank = line(&self.bank).ok_or(Refusal::BankInvalid { most: NAME_MAX })?;
        let account_number = digits(&self.account_number).ok_or(Refusal::AccountInvalid { least: DIGITS_MIN, most: DIGITS_MAX })?;
        let note = written(&self.note, NOTE_MAX).ok_or(Refusal::NoteTooLong { most: NOTE_MAX })?;
        Ok(Claim { amount, payer, date, bank, account_number, note })
    }
}

/// What arrived is what was claimed.
///
/// # Errors
/// `AMOUNT_INVALID` when nothing was entered, `AMOUNT_MISMATCH`.
pub fn arrived(claimed: Money, paid: Option<Money>) -> Result<(), Refusal> {
    match paid {
        None => Err(Refusal::AmountRequired),
        Some(paid) if paid != claimed => Err(Refusal::AmountMismatch { claimed }),
        Some(_) => Ok(()),
    }
}

/// What the numbers of a day begin with: `CZ20260618-`.
#[must_use]
pub fn number_of_day(on: Day) -> String {
    format!("CZ{}-", on.to_string().replace('-', ""))
}

/// The number of a top-up: `CZ20260618-0003`.
#[must_use]
pub fn number(on: Day, running: i64) -> String {
    format!("{}{running:04}", number_of_day(on))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPANY: &str = "杭州澜海数科技术有限公司";

    fn typed() -> Typed {
        Typed {
            amount: "120000.50".into(),
            payer: COMPANY.into(),
            date: "2026-06-17".into(),
            bank: "招商银行 杭州滨江支行".into(),
            account_number: "5719 0823 4610 915".into(),
            note: "货款".into(),
        }
    }

    fn today() -> Day {
        "2026-06-18".parse().expect("a day")
    }

    fn code(typed: Typed) -> (String, Option<String>) {
        let error = typed.checked(COMPANY, today()).expect_err("refused");
        (error.code().to_owned(), error.field().map(str::to_owned))
    }

    #[test]
    fn a_claim_is_of_the_company_of_today_or_earlier_and_an_amount_in_cents() {
        let claim = typed().checked(COMPANY, today()).expect("a claim");
        assert_eq!((claim.amount.plain().as_str(), claim.account_number.as_str()), ("120000.50", "571908234610915"));
        let wrong = |code: &str, field: &str| (code.to_owned(), Some(field.to_owned()));
        assert_eq!(code(Typed { amount: "0".into(), ..typed() }), wrong("AMOUNT_INVALID", "amount"));
        assert_eq!(code(Typed { payer: "陈思远".into(), ..typed() }), wrong("HOLDER_MISMATCH", "payer"));
        for date in ["2026-06-19", "2025-12-19", "2026-02-30", ""] {
            assert_eq!(code(Typed { date: date.into(), ..typed() }), wrong("INVALID", "date"), "{date}");
        }
        assert!(Typed { date: "2025-12-20".into(), ..typed() }.checked(COMPANY, today()).is_ok(), "180 days ago");
        assert_eq!(code(Typed { bank: " ".into(), ..typed() }), wrong("INVALID", "bank"));
        assert_eq!(code(Typed { account_number: "123".into(), ..typed() }), wrong("INVALID", "account_number"));
        assert_eq!(code(Typed { note: "云".repeat(201), ..typed() }), wrong("TOO_LONG", "note"));
    }

    #[test]
    fn what_arrived_is_what_was_claimed_to_the_cent() {
        let claimed = Money::cny(1_000_000);
        assert_eq!(arrived(claimed, Some(claimed)), Ok(()));
        assert_eq!(arrived(claimed, Some(Money::cny(990_000))), Err(Refusal::AmountMismatch { claimed }));
        assert_eq!(arrived(claimed, None), Err(Refusal::AmountRequired));
    }

    #[test]
    fn a_claim_is_decided_once() {
        assert_eq!(Step::Credit.take(State::Claimed), Ok(State::Credited));
        for state in [State::Credited, State::Refused] {
            for step in Step::ALL {
                assert!(matches!(step.take(state), Err(Error::WrongState { .. })));
            }
        }
        assert_eq!(number(today(), 3), "CZ20260618-0003");
    }
}
