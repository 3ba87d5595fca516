//! The ledger (domain.md 4.1): double entry, per partner and currency. Which accounts there are, which movements, and what each may do.
//! No clock, no database.
//!
//! **Units.** Amounts are whole micros (10⁻⁶ of the currency unit) in 64-bit integers: one unit for the whole product, fine enough for
//! what is rated, and sums of it are exact on both databases. The ledger itself moves whole cents only; unit prices with 8 decimals and imported
//! costs with 15 never come here before they are cut or rounded once, by name.
//!
//! **Signs.** A movement takes from one account and gives to another, so whatever is posted sums to zero. A partner's accounts hold what is
//! the partner's and are never below zero; the vendor's are the other ends and may be.

mod list;

pub use list::{FundsPage, LEDGER, LedgerRow, currency_of};

use crate::{
    error::Error,
    id::Id,
    keyed,
    money::{Currency, Money},
    refusals,
};
use serde::{Deserialize, Serialize};

/// The largest amount of one leg, in micros: a hundred billion units, far from the end of 64 bits.
pub const AMOUNT_MICROS_MAX: i64 = 100_000_000_000 * 1_000_000;
/// Legs of one posting.
pub const LEGS_MAX: usize = 16;
/// Characters of the object of a movement.
pub const OBJECT_MAX: usize = 80;

keyed! {
    /// An account of a partner's books: one of each per currency.
    Account {
        OriginalPath = "original_path" "可原路提现" "Original-path fund";
        BankCard = "bank_card" "可银行卡提现" "Bank-card fund";
        IncentiveRebate = "incentive_rebate" "可激励返点提现" "Rebate fund";
        Held = "held" "提现冻结" "Held for withdrawals";
        Payable = "payable" "应付账单" "Bills to pay";
        OwedInvoice = "owed_invoice" "欠票" "Owed invoices";
        Clearing = "clearing" "资金清算" "Clearing";
        IncentiveExpense = "incentive_expense" "激励支出" "Incentive expense";
        Revenue = "revenue" "账单收入" "Revenue";
        Receivable = "receivable" "应收账单" "Bills to be paid";
        InvoicesToCome = "invoices_to_come" "待收发票" "Invoices to come";
    }
}

/// The funds that money can leave from (F3).
pub const FUNDS: [Account; 3] = [Account::OriginalPath, Account::BankCard, Account::IncentiveRebate];
/// The order in which an owed invoice is taken off the funds (F3).
const OWED_ORDER: [Account; 3] = [Account::BankCard, Account::OriginalPath, Account::IncentiveRebate];

impl Account {
    /// It is the partner's, and so never below zero. The others are the vendor's ends of the same books.
    #[must_use]
    pub const fn is_partners(self) -> bool {
        matches!(self, Self::OriginalPath | Self::BankCard | Self::IncentiveRebate | Self::Held | Self::Payable | Self::OwedInvoice)
    }

    /// It is part of the cash balance: the funds and what is held of them. Bills to pay and owed invoices are remembered beside it.
    #[must_use]
    pub const fn is_cash(self) -> bool {
        matches!(self, Self::OriginalPath | Self::BankCard | Self::IncentiveRebate | Self::Held)
    }
}

keyed! {
    /// What kind of movement it is.
    Movement {
        TopUp = "top_up" "充值" "Top-up";
        BillPayment = "bill_payment" "账单支付" "Bill payment";
        BillRefund = "bill_refund" "账单退款" "Bill refund";
        IncentiveCredited = "incentive_credited" "激励返充值账户" "Incentive credited";
        WithdrawalPaid = "withdrawal_paid" "提现" "Withdrawal";
        Reversal = "reversal" "冲正" "Reversal";
        BillIssued = "bill_issued" "账单出账" "Bill issued";
        WithdrawalHeld = "withdrawal_held" "提现冻结" "Held for a withdrawal";
        WithdrawalReleased = "withdrawal_released" "提现解冻" "Withdrawal released";
        PathExpired = "path_expired" "超出原路期限" "Original path over";
        InvoiceOwed = "invoice_owed" "欠票登记" "Invoice owed";
        InvoiceReceived = "invoice_received" "欠票核销" "Owed invoice received";
    }
}

/// From which accounts to which a movement may go.
#[derive(Debug)]
pub struct Route {
    /// It takes from one of these.
    pub from: &'static [Account],
    /// It gives to one of these.
    pub to: &'static [Account],
}

const fn route(from: &'static [Account], to: &'static [Account]) -> Route {
    Route { from, to }
}

impl Movement {
    /// Its routes. Where there are two, each carries the same total: what is paid of a bill leaves a fund, and the bill is open by so much less.
    #[must_use]
    pub const fn routes(self) -> &'static [Route] {
        use Account::{BankCard, Clearing, Held, IncentiveExpense, IncentiveRebate, InvoicesToCome, OriginalPath};
        use Account::{OwedInvoice, Payable, Receivable, Revenue};
        match self {
            Self::TopUp => const { &[route(&[Clearing], &[OriginalPath, BankCard])] },
            Self::BillIssued => const { &[route(&[Receivable], &[Payable])] },
            Self::BillPayment => const { &[route(&FUNDS, &[Revenue]), route(&[Payable], &[Receivable])] },
            Self::BillRefund => const { &[route(&[Revenue], &FUNDS)] },
            Self::IncentiveCredited => const { &[route(&[IncentiveExpense], &[IncentiveRebate])] },
            Self::WithdrawalHeld => const { &[route(&FUNDS, &[Held])] },
            Self::WithdrawalReleased => const { &[route(&[Held], &FUNDS)] },
            Self::WithdrawalPaid => const { &[route(&[Held], &[Clearing])] },
            Self::PathExpired => const { &[route(&[OriginalPath], &[BankCard])] },
            Self::InvoiceOwed => const { &[route(&[InvoicesToCome], &[OwedInvoice])] },
            Self::InvoiceReceived => const { &[route(&[OwedInvoice], &[InvoicesToCome])] },
            // The way back of another one: its entries, taken back (`reversed`).
            Self::Reversal => &[],
        }
    }

    /// It changes the cash balance, so that it stands in the income and expense.
    #[must_use]
    pub fn is_of_cash(self) -> bool {
        let crosses = |route: &Route| route.from.iter().any(|from| route.to.iter().any(|to| from.is_cash() != to.is_cash()));
        self == Self::Reversal || self.routes().iter().any(crosses)
    }
}

keyed! {
    /// Whether money came or went. The code of the open API is the second word of domain.md F3: income 1, outcome 2.
    Direction {
        Income = "income" "收入" "Income";
        Outcome = "outcome" "支出" "Expense";
    }
}

impl Direction {
    /// 1 or 2.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Income => 1,
            Self::Outcome => 2,
        }
    }

    /// The direction of a change of the cash balance, none for none.
    #[must_use]
    pub const fn of(change_micros: i64) -> Option<Self> {
        match change_micros {
            1.. => Some(Self::Income),
            0 => None,
            _ => Some(Self::Outcome),
        }
    }
}

keyed! {
    /// What an amount moved for. With the movement it is unique: a cause posts each of its movements once, however often it is run.
    CauseKind {
        TopUp = "top_up" "充值" "Top-up";
        Bill = "bill" "账单" "Bill";
        BillPayment = "bill_payment" "账单支付" "Bill payment";
        Request = "request" "申付" "Payment request";
        Withdrawal = "withdrawal" "提现" "Withdrawal";
        OwedInvoice = "owed_invoice" "欠票" "Owed invoice";
        Transaction = "transaction" "账务交易" "Transaction of the ledger";
    }
}

/// The object of the product that an amount moves for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// What it is.
    pub kind: CauseKind,
    /// Which one.
    pub id: Id,
}

/// An amount that goes from one account to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// It is taken from here.
    pub from: Account,
    /// It is given to there.
    pub to: Account,
    /// How much: more than nothing, whole cents.
    pub amount: Money,
}

/// What is to be posted for one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Whose books.
    pub partner: Id,
    /// What kind of movement.
    pub movement: Movement,
    /// For what.
    pub cause: Cause,
    /// What people call the cause: a number, a period.
    pub object: String,
    /// What goes where.
    pub legs: Vec<Leg>,
}

/// What a posting does to one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account.
    pub account: Account,
    /// By how much, never zero.
    pub micros: i64,
}

refusals! {
    /// What the ledger refuses. Flows have rules of their own before it; this is the last wall.
    Refusal {
        AmountInvalid = 422 "AMOUNT_INVALID" on "amount", "金额应大于 0，且最多两位小数。", "An amount is more than 0 and has at most two decimals.";
        AmountExceeds { left: Money } = 422 "AMOUNT_EXCEEDS" on "amount", "余额不足，最多可用 {left}。", "There is not enough: at most {left} can be used.";
    }
}

impl Posting {
    /// The currency and what happens to each account, in the order of the accounts. They sum to zero.
    ///
    /// # Errors
    /// `AMOUNT_INVALID`; `Broken` for what no flow may ask: another route, two currencies, no legs or too many.
    pub fn entries(&self) -> Result<(Currency, Vec<Entry>), Error> {
        let currency = self.legs.first().map(|leg| leg.amount.currency).filter(|_| self.legs.len() <= LEGS_MAX).ok_or(Error::Broken)?;
        let cents = |micros: i64| micros > 0 && micros <= AMOUNT_MICROS_MAX && micros % 10_000 == 0;
        if self.legs.iter().any(|leg| !cents(leg.amount.micros)) {
            return Err(Refusal::AmountInvalid.into());
        }
        let mut totals = vec![0_i64; self.movement.routes().len()];
        for leg in self.legs.iter() {
            let fits = |route: &Route| route.from.contains(&leg.from) && route.to.contains(&leg.to);
            let at = self.movement.routes().iter().position(fits).filter(|_| leg.amount.currency == currency).ok_or(Error::Broken)?;
            let total = totals.get_mut(at).ok_or(Error::Broken)?;
            *total = total.checked_add(leg.amount.micros).ok_or(Refusal::AmountInvalid)?;
        }
        if totals.windows(2).any(|pair| pair.first() != pair.last()) {
            return Err(Error::Broken);
        }
        let ends = self.legs.iter().flat_map(|leg| [(leg.from, leg.amount.micros.saturating_neg()), (leg.to, leg.amount.micros)]);
        let mut entries: Vec<Entry> = Vec::new();
        for (account, micros) in ends {
            match entries.iter_mut().find(|entry| entry.account == account) {
                Some(entry) => entry.micros = entry.micros.checked_add(micros).ok_or(Refusal::AmountInvalid)?,
                None => entries.push(Entry { account, micros }),
            }
        }
        entries.sort_by_key(|entry| entry.account);
        Ok((currency, entries))
    }
}

/// The entries that take others back.
#[must_use]
pub fn reversed(entries: &[Entry]) -> Vec<Entry> {
    entries.iter().map(|entry| Entry { micros: entry.micros.saturating_neg(), ..*entry }).collect()
}

/// By how much entries change the cash balance; none when that does not fit.
#[must_use]
pub fn cash_change(entries: &[Entry]) -> Option<i64> {
    entries.iter().filter(|entry| entry.account.is_cash()).try_fold(0_i64, |sum, entry| sum.checked_add(entry.micros))
}

/// What an account holds after an entry.
///
/// # Errors
/// `AMOUNT_EXCEEDS` when a partner's account would be below zero, `AMOUNT_INVALID` when it does not fit.
pub fn after(currency: Currency, balance_micros: i64, entry: Entry) -> Result<i64, Refusal> {
    let after = balance_micros.checked_add(entry.micros).ok_or(Refusal::AmountInvalid)?;
    if after < 0 && entry.account.is_partners() {
        return Err(Refusal::AmountExceeds { left: Money { currency, micros: balance_micros } });
    }
    Ok(after)
}

/// On which side of the threshold a balance has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossed {
    /// It is below now, and was not.
    Down,
    /// It is not below any more.
    Up,
}

/// Whether a balance has crossed the threshold of the alert: a message comes when it falls below, and again only after it was not.
#[must_use]
pub const fn crossed(limit: Money, was_below: bool, after: Money) -> Option<Crossed> {
    match (was_below, after.micros < limit.micros) {
        (false, true) => Some(Crossed::Down),
        (true, false) => Some(Crossed::Up),
        _ => None,
    }
}

/// The threshold of the alert as it was typed.
///
/// # Errors
/// `AMOUNT_INVALID`.
pub fn threshold(typed: &str) -> Result<Money, Refusal> {
    let decimals = typed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let money = Money::parse(Currency::Cny, typed).filter(|_| decimals <= 2);
    money.filter(|money| (1..=AMOUNT_MICROS_MAX).contains(&money.micros)).ok_or(Refusal::AmountInvalid)
}

/// What a partner has in one currency, as the balance card shows it (F3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funds {
    /// Everything that is the partner's: the funds and what is held.
    pub cash: Money,
    /// Money for which an invoice is still owed.
    pub owed: Money,
    /// Held for withdrawals under way.
    pub held: Money,
    /// Cash less owed less held.
    pub withdrawable: Money,
    /// What can leave of each fund, after what is owed was taken off; in the order of `FUNDS`, and together `withdrawable`.
    pub funds: Vec<Money>,
    /// Bills that are not paid yet.
    pub payable: Money,
}

impl Funds {
    /// Out of the balances of the accounts; an account without one was never used. None when a sum does not fit.
    #[must_use]
    pub fn of(currency: Currency, balances: &[(Account, i64)]) -> Option<Self> {
        let money = |micros| Money { currency, micros };
        let balance = |account: Account| balances.iter().find(|(other, _)| *other == account).map_or(0, |(_, micros)| *micros);
        let (held, owed) = (balance(Account::Held), balance(Account::OwedInvoice));
        let mut left: Vec<(Account, i64)> = FUNDS.iter().map(|fund| (*fund, balance(*fund))).collect();
        let mut to_take = owed;
        for fund in OWED_ORDER {
            for (_, micros) in left.iter_mut().filter(|(other, _)| *other == fund) {
                let taken = to_take.min(*micros).max(0);
                *micros = micros.checked_sub(taken)?;
                to_take = to_take.checked_sub(taken)?;
            }
        }
        let gross = Money::sum(currency, FUNDS.iter().map(|fund| money(balance(*fund))))?;
        let funds: Vec<Money> = left.into_iter().map(|(_, micros)| money(micros)).collect();
        Some(Self {
            cash: gross.plus(money(held))?,
            owed: money(owed),
            held: money(held),
            withdrawable: Money::sum(currency, funds.iter().copied())?,
            funds,
            payable: money(balance(Account::Payable)),
        })
    }
}

#[cfg(test)]
mod tests;
