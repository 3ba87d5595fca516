//! Invoices of the vendor to the partner (domain.md F7): whose title stands on them, what can be invoiced, and the life of a request.
//! No clock, no database.

mod content;
mod list;
mod open;
mod view;

pub use content::{Content, Typed, is_tax_number, only_enterprise_titles};
pub use list::{CONSOLE_INFORMATION, CONSOLE_REQUESTS, INFORMATION, QueueTab, REQUESTS, ReviewTab};
pub use open::{Invoiceable, OpenPeriod, PaidPeriod, Parts, invoiceable, may_be_invoiced, of_amount, of_period};
pub use view::{
    ConsoleInvoice, Happened, InformationForm, InformationPage, InformationRow, InvoiceDetail, InvoiceForm, InvoicePage, InvoiceQueuePage,
    InvoiceRow, OwedRow, Review, ReviewPage, ReviewRow, TitleForm, VersionRow,
};

use crate::{
    bills::Period,
    error::Error,
    keyed, machine,
    money::Money,
    refusals,
    time::{Day, Moment},
    withdrawal::written,
};

/// Characters of a title.
pub const TITLE_MAX: usize = 100;
/// Characters of bank, address and a recipient.
pub const LINE_MAX: usize = 120;
/// Letters and digits of a bank account, and of a phone number.
pub const NUMBER_MAX: usize = 40;
/// Characters of a reason that the other side reads.
pub const REASON_MAX: usize = 200;
/// Days within which a second change of one's own is looked at by support.
pub const CHANGE_DAYS: i32 = 30;
/// Working days in which finance issues an invoice or decides about one that is given back.
pub const ISSUE_DAYS: i64 = 3;
/// Working days in which support decides about another title.
pub const TITLE_DAYS: i64 = 3;
/// Working days in which support decides about a change.
pub const CHANGE_REVIEW_DAYS: i64 = 2;
/// On this day of the next month the consumption of a month can be invoiced (domain.md 4.4).
pub const OPENS_ON_DAY: i32 = 3;
/// Below this amount the courier of a paper invoice is at the partner's cost.
pub const COURIER_FREE_MICROS: i64 = 100 * 1_000_000;
/// Since this day one account has one valid invoice information [S].
pub const ONE_VALID_SINCE: &str = "2020-08-01";

keyed! {
    /// Who issues the invoices that an information is for; information is kept for each.
    Tab {
        Vendor = "vendor" "厂商开具" "Issued by the vendor";
        Seller = "seller" "商家开具" "Issued by marketplace sellers";
    }
}

keyed! {
    /// Whose title it is.
    TitleType {
        Enterprise = "enterprise" "企业" "Enterprise";
        Organization = "organization" "组织" "Organization";
        Individual = "individual" "个人" "Individual";
    }
}

keyed! {
    /// What kind of invoice.
    InvoiceKind {
        Ordinary = "ordinary" "增值税普通发票" "Ordinary VAT invoice";
        Special = "special" "增值税专用发票" "Special VAT invoice";
    }
}

keyed! {
    /// On what it comes.
    Medium {
        Digital = "digital" "数电发票" "Fully digital invoice";
        Electronic = "electronic" "电子发票" "Electronic invoice";
        Paper = "paper" "纸质发票" "Paper invoice";
    }
}

keyed! {
    /// What a request names.
    By {
        Period = "period" "按账期" "By period";
        Amount = "amount" "按金额" "By amount";
    }
}

machine! {
    /// The life of a request, and of the invoice that comes of it.
    State Step {
        states {
            Submitted = "submitted" Wait "待开具" "Requested";
            Issued = "issued" Good "已开具" "Issued";
            Sent = "sent" Good "已寄出" "Sent";
            Rejected = "rejected" Bad "已驳回" "Rejected";
            Cancelled = "cancelled" Ended "已撤销" "Cancelled";
            ReturnReview = "return_review" Wait "退票审核中" "Return in review";
            Returned = "returned" Ended "已退票" "Returned";
        }
        steps {
            Issue = "issue": Submitted => Issued;
            Reject = "reject": Submitted => Rejected;
            Cancel = "cancel": Submitted => Cancelled;
            Send = "send": Issued => Sent;
            Return = "return": Issued | Sent => ReturnReview;
            AcceptReturn = "accept-return": ReturnReview => Returned;
            RefuseReturn = "refuse-return": ReturnReview => Issued;
        }
    }
}

impl State {
    /// Its amount is invoiced, or asked for: nothing else is invoiced for it.
    pub const TAKING: [Self; 4] = [Self::Submitted, Self::Issued, Self::Sent, Self::ReturnReview];

    /// An invoice of it is valid.
    #[must_use]
    pub const fn is_valid_invoice(self) -> bool {
        matches!(self, Self::Issued | Self::Sent | Self::ReturnReview)
    }

    /// Somebody of the vendor has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::ReturnReview)
    }

    /// A new request can be made from it.
    #[must_use]
    pub const fn can_be_repeated(self) -> bool {
        matches!(self, Self::Rejected | Self::Returned)
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
        !matches!(self, Self::Cancel | Self::Return)
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

machine! {
    /// The life of an invoice information.
    InformationState InformationStep {
        states {
            Valid = "valid" Good "有效" "Valid";
            ChangeReview = "change_review" Wait "变更审核中" "Change in review";
            Void = "void" Ended "已作废" "Void";
        }
        steps {
            Review = "review": Valid => ChangeReview;
            Decide = "decide": ChangeReview => Valid;
            Delete = "delete": Valid => Void;
        }
    }
}

impl InformationStep {
    /// Where it leads.
    ///
    /// # Errors
    /// `WrongState`.
    pub fn take(self, state: InformationState) -> Result<InformationState, Error> {
        use crate::machine::Keyed as _;
        self.from(state).ok_or_else(|| Error::WrongState { now: state.label().into() })
    }
}

keyed! {
    /// What support is asked for.
    ReviewKind {
        Title = "title" "抬头申请" "Further title";
        Change = "change" "信息变更" "Change of information";
    }
}

machine! {
    /// The life of what support is asked for.
    ReviewState ReviewStep {
        states {
            Submitted = "submitted" Wait "审核中" "In review";
            Granted = "granted" Good "已批准" "Granted";
            Refused = "refused" Bad "已驳回" "Refused";
        }
        steps {
            Grant = "grant": Submitted => Granted;
            Refuse = "refuse": Submitted => Refused;
        }
    }
}

impl ReviewStep {
    /// A step by its key.
    #[must_use]
    pub fn read(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.key() == key)
    }

    /// Where it leads.
    ///
    /// # Errors
    /// `WrongState`.
    pub fn take(self, state: ReviewState) -> Result<ReviewState, Error> {
        use crate::machine::Keyed as _;
        self.from(state).ok_or_else(|| Error::WrongState { now: state.label().into() })
    }
}

refusals! {
    /// What invoices refuse (F7).
    Refusal {
        OneValidOnly = 409 "ONE_VALID_ONLY", "只能有一条有效的发票信息。请修改现有信息，或联系客服申请其他抬头。", "One invoice information can be valid; change it or contact support.";
        OneSpecialOnly = 409 "ONE_VALID_ONLY" on "kind", "多条发票信息中只能有一条为增值税专用发票。请选择普通发票，或修改原专用发票信息。", "Among several only one can be for special VAT invoices. Choose ordinary, or change the other one.";
        TitleFixed { title: String } = 422 "TITLE_FIXED" on "title", "发票抬头须为实名认证企业“{title}”。其他抬头请变更实名认证，或提交抬头申请。", "The title is that of the real-name company “{title}”. For another one change the real-name authentication, or request a further title.";
        TitleMissing { most: usize } = 422 "INVALID" on "title", "请填写发票抬头，最多 {most} 个字。", "Enter the title, with at most {most} characters.";
        TitleTypeInvalid = 422 "INVALID" on "title_type", "企业实名账号请选择企业或组织抬头。", "A company that is authenticated chooses enterprise or organization.";
        SpecialForEnterprise = 422 "INVALID" on "kind", "只有企业抬头可以开具增值税专用发票。", "Special VAT invoices are for enterprise titles only.";
        TaxNoInvalid = 422 "TAX_NO_INVALID" on "tax_no", "纳税人识别号须为 15、18 或 20 位大写字母或数字；18 位统一社会信用代码的校验位须正确。", "A tax number has 15, 18 or 20 letters and digits; the check digit of an 18-character code must be right.";
        BankMissing { most: usize } = 422 "INVALID" on "bank", "专用发票须填写开户银行，最多 {most} 个字。", "Special invoices need the bank, with at most {most} characters.";
        AccountInvalid { most: usize } = 422 "INVALID" on "account", "专用发票须填写银行账号，最多 {most} 位数字或字母。", "Special invoices need the bank account, with at most {most} digits or letters.";
        AddressMissing { most: usize } = 422 "INVALID" on "address", "专用发票须填写注册地址，最多 {most} 个字。", "Special invoices need the registered address, with at most {most} characters.";
        PhoneInvalid = 422 "INVALID" on "phone", "专用发票须填写电话，仅含数字、空格、+ 和 -。", "Special invoices need a phone number of digits, spaces, + and -.";
        MailInvalid = 422 "INVALID" on "recipient", "请填写接收发票的邮箱。", "Enter the e-mail address that receives the invoice.";
        PostMissing { most: usize } = 422 "INVALID" on "recipient", "请填写邮寄地址与收件人，最多 {most} 个字。", "Enter the postal address and the recipient, with at most {most} characters.";
        ReasonRequired { most: usize } = 422 "REASON_REQUIRED" on "reason", "请填写原因，最多 {most} 个字。", "Give the reason, in at most {most} characters.";
        ChangeTooSoon { from: Day } = 409 "CHANGE_TOO_SOON" on "review", "30 天内已自行修改过一次，{from} 起可再次自行修改。现在修改请勾选提交客服审核。", "It was changed within the last 30 days; from {from} you can change it yourself again. To change it now, tick that support looks at it.";
        InUse = 409 "IN_USE", "有待开具或退票审核中的申请正在使用该发票信息，完成或撤销后才能删除。", "A request that is not finished uses this information. It can be deleted once that is done or cancelled.";
        InformationNeeded = 422 "INVALID" on "information", "请选择有效的发票信息。", "Choose a valid invoice information.";
        PeriodInvalid = 422 "PERIOD_INVALID" on "period", "该账期不能开票。请选择已有付款的账期；上月消费自每月 3 日起可开票。", "This period can't be invoiced. Choose one of which something is paid; last month opens on the 3rd.";
        PeriodEarlier { first: Period } = 422 "PERIOD_INVALID" on "period", "请先开具更早的账期 {first}。", "Invoice the earlier period {first} first.";
        PeriodBlocked = 422 "AMOUNT_EXCEEDS" on "period", "该账期已付消费减去已开票与欠票后，可开票金额为 0.00 元。", "Of this period 0.00 can be invoiced, after what is invoiced and owed.";
        AmountInvalid = 422 "AMOUNT_INVALID" on "amount", "请输入大于等于 0.01 元的金额，最多两位小数，不含逗号和空格。", "Enter an amount of at least 0.01 with at most two decimals, without commas or spaces.";
        AmountExceeds { left: Money, over: Money } = 422 "AMOUNT_EXCEEDS" on "amount", "可开票金额为 {left} 元，超出 {over} 元。", "{left} can be invoiced; this is {over} more.";
        NumberInvalid { most: usize } = 422 "INVALID" on "number", "请填写发票号码，最多 {most} 位数字或字母。", "Enter the number of the invoice, with at most {most} digits or letters.";
        NumberTaken = 422 "INVALID" on "number", "该发票号码已登记过。请核对。", "This invoice number is known already. Check it.";
        CourierInvalid { most: usize } = 422 "INVALID" on "courier", "请填写快递单号，最多 {most} 位数字或字母。", "Enter the courier's number, with at most {most} digits or letters.";
        NotOnPaper = 422 "INVALID" on "step", "只有纸质发票需要寄送。", "Only paper invoices are sent.";
    }
}

/// How a change takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// At once.
    AtOnce,
    /// After support has looked at it.
    Review,
}

/// One own change in 30 days takes effect at once; further ones are looked at, when that is asked for.
///
/// # Errors
/// `CHANGE_TOO_SOON`, which names the day from which the next one is free.
pub fn way(last: Option<Moment>, now: Moment, wants_review: bool) -> Result<Way, Refusal> {
    match last.map(|at| at.day().plus(CHANGE_DAYS)).filter(|free| now.day() < *free) {
        None => Ok(Way::AtOnce),
        Some(_) if wants_review => Ok(Way::Review),
        Some(from) => Err(Refusal::ChangeTooSoon { from }),
    }
}

/// A reason that the other side reads.
///
/// # Errors
/// `REASON_REQUIRED`.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    written(typed, REASON_MAX).filter(|reason| !reason.is_empty()).ok_or(Refusal::ReasonRequired { most: REASON_MAX })
}

/// A number that people quote: letters, digits and hyphens.
fn plain_number(typed: &str) -> Option<String> {
    let plain = typed.trim();
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!plain.is_empty() && plain.len() <= NUMBER_MAX && plain.chars().all(good)).then(|| plain.to_owned())
}

/// The number of an invoice.
///
/// # Errors
/// `INVALID` with its field.
pub fn invoice_number(typed: &str) -> Result<String, Refusal> {
    plain_number(typed).ok_or(Refusal::NumberInvalid { most: NUMBER_MAX })
}

/// The number that a courier gave.
///
/// # Errors
/// `INVALID` with its field.
pub fn courier(typed: &str) -> Result<String, Refusal> {
    plain_number(typed).ok_or(Refusal::CourierInvalid { most: NUMBER_MAX })
}

/// The courier of an invoice is at the partner's cost.
#[must_use]
pub fn pays_courier(medium: Medium, amount: Money) -> bool {
    medium == Medium::Paper && amount.micros < COURIER_FREE_MICROS
}

/// The number of a request: `FP20260618-0001`.
#[must_use]
pub fn number(on: Day, running: i64) -> String {
    format!("{}{running:04}", number_of_day(on))
}

/// What the numbers of a day begin with.
#[must_use]
pub fn number_of_day(on: Day) -> String {
    format!("FP{}-", on.to_string().replace('-', ""))
}

#[cfg(test)]
mod tests;
