//! The words of bills.

use domain::{Currency, Lang, Text, text, text::grouped};

pub(super) const SALES: Text = text("销售", "Sales");
pub(super) const TITLE: Text = text("伙伴账单", "Partner bill");
pub(super) const BY_PRODUCT: Text = text("按产品", "By product");
pub(super) const BY_CUSTOMER: Text = text("按客户", "By customer");
pub(super) const LINES: Text = text("账单明细", "Bill lines");
pub(super) const SECTIONS: Text = text("账单的分页", "Sections of the bill");
pub(super) const NO_BILL: Text = text("还没有账单", "There is no bill yet");
pub(super) const NO_BILL_HINT: Text = text(
    "上月账单于每月 5 日 12:00 前出账。出账前不能导出或付款。",
    "The bill of last month is made before 12:00 on the 5th. Until then there is nothing to export or to pay.",
);
pub(super) const SEARCH_LINES: Text = text("搜索产品、资源或编号", "Search products, resources or numbers");
pub(super) const SEARCH_CUSTOMERS: Text = text("搜索客户编号", "Search customer ids");
pub(super) const MASKED: Text = text("客户名称已脱敏，只能按编号搜索。", "Customer names are masked; search by their ids.");
pub(super) const UNMASKED: Text = text("正在显示完整客户名称；只能按编号搜索。", "Whole customer names are shown; search by their ids.");
pub(super) const SHOW_NAMES: Text = text("显示完整客户名称（计入审计日志）", "Show whole customer names (noted in the audit log)");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const REVEALED: Text = text(
    "本次查看显示完整客户名称，已计入审计日志。刷新或离开本页后恢复脱敏，导出文件仍为脱敏。",
    "Whole customer names are shown for this view, and the audit log says so. Reload or leave the page and they are masked again; files stay masked.",
);
pub(super) const SUM_OF_LINES: Text = text("所列明细合计", "These lines come to");
pub(super) const EXPORT_AS: Text = text("导出", "Export");
pub(super) const PAY: Text = text("付款", "Pay");
#[cfg(not(target_arch = "wasm32"))]
pub(super) const INVOICE: Text = text("开票", "Request an invoice");

#[cfg(not(target_arch = "wasm32"))]
pub(super) const SAME_DAY: Text = text("较上月同日", "Against the same day of last month");

/// The line of a chart by days.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn grown(period: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{period} 累计"),
        Lang::En => format!("{period} so far"),
    }
}

/// What such a chart shows.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn by_day(unit: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("每日累计，{unit}"),
        Lang::En => format!("By day, {unit}"),
    }
}

/// What is to be done about a bill that is not paid.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn to_pay(period: domain::bills::Period, state: domain::bills::State, lang: Lang) -> String {
    use domain::bills::State;
    match (state, lang) {
        (State::Overdue, Lang::Zh) => format!("{period} 账单已逾期，请付清"),
        (State::Overdue, Lang::En) => format!("The bill of {period} is overdue: pay it"),
        (State::PartlyPaid, Lang::Zh) => format!("付清 {period} 账单的余款"),
        (State::PartlyPaid, Lang::En) => format!("Pay the rest of the bill of {period}"),
        (_, Lang::Zh) => format!("支付 {period} 账单"),
        (_, Lang::En) => format!("Pay the bill of {period}"),
    }
}
pub(super) const PAY_TITLE: Text = text("支付账单", "Pay the bill");
pub(super) const PAY_LEDE: Text = text(
    "从账户余额支付。可以分次付款，付清前仍显示未付金额。",
    "From the account balance. Pay in parts if you like; what is open stays shown.",
);
pub(super) const NOT_PAID: Text = text("没有付款", "Nothing was paid");
pub(super) const AMOUNT: Text = text("付款金额", "Amount");
pub(super) const AMOUNT_HINT: Text =
    text("0.01 起，不超过未付金额与账户余额", "From 0.01, at most what is open and what the balance holds");
pub(super) const PAY_NOW: Text = text("确认付款", "Pay now");
pub(super) const NOTHING_OPEN: Text = text("该账单没有待付金额。", "Nothing of this bill is open.");
pub(super) const BACK: Text = text("返回账单", "Back to the bill");
pub(super) const CONSOLE: Text = text("厂商控制台", "Vendor console");
pub(super) const CONSOLE_TITLE: Text = text("账单与出账", "Bills");
pub(super) const CONSOLE_LEDE: Text = text(
    "账单每月 5 日自动出账。出账后不再更改，更正作为下期调账。",
    "Bills are issued by themselves on the 5th. An issued bill never changes: corrections go into the next one.",
);
pub(super) const SEARCH_BILLS: Text = text("搜索伙伴、账单编号或账期", "Search partners, numbers or periods");
pub(super) const STEPS: Text = text("预估与出账", "Estimate and issue");
pub(super) const STEPS_HINT: Text = text(
    "重新生成会按现有明细重算预估；出账后金额计入伙伴应付，并通知其管理员与财务。",
    "Making it anew works the estimate out from its lines. Issuing makes the amount payable and tells the partner's administrators and finance.",
);
pub(super) const REMAKE: Text = text("重新生成预估", "Make the estimate anew");
pub(super) const ISSUE: Text = text("出账", "Issue");
pub(super) const NOT_ENDED: Text = text("账期结束后才能出账。", "It can be issued once its period has ended.");
pub(super) const ADJUST: Text = text("调账", "Adjustment");
pub(super) const ADJUST_HERE: Text = text("计入本期预估账单。", "It goes into this estimate.");
pub(super) const ADJUST_NEXT: Text = text("本账单已出账，调账计入下一期。", "This bill was issued: it goes into the next one.");
pub(super) const ADJUST_AMOUNT: Text = text("调账金额", "Amount");
pub(super) const ADJUST_AMOUNT_HINT: Text = text("减少用负数，最多两位小数", "Less than nothing takes away; at most two decimals");
pub(super) const REASON: Text = text("原因", "Reason");
pub(super) const REASON_HINT: Text =
    text("伙伴可见，最多 200 字，请写明依据", "The partner reads it; 200 characters at most, with what it is based on");
pub(super) const EVIDENCE: Text = text("依据文件（选填）", "Evidence (optional)");
pub(super) const EVIDENCE_HINT: Text = text(
    "PDF 或 PNG，最大 10 MB；伙伴可在账单的调账说明中下载。",
    "A PDF or PNG of at most 10 MB; the partner fetches it beside the reason on the bill.",
);
pub(super) const SENDING: Text = text("上传进度", "Progress of the upload");
pub(super) const ENTER: Text = text("提交调账", "Enter adjustment");
pub(super) const NOT_DONE: Text = text("没有变更", "Nothing was changed");

const AMOUNT_CNY: Text = text("（元）", " (CNY)");
const AMOUNT_USD: Text = text("（美元）", " (USD)");

/// A head of amounts with the currency that stands in none of their cells.
pub(super) fn head(label: &'static str, currency: Currency, lang: Lang) -> String {
    let unit = match currency {
        Currency::Cny => AMOUNT_CNY,
        Currency::Usd => AMOUNT_USD,
    };
    format!("{label}{}", unit.at(lang))
}

pub(super) fn lines(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 条明细", grouped(count)),
        Lang::En if count == 1 => "1 line".to_owned(),
        Lang::En => format!("{} lines", grouped(count)),
    }
}

pub(super) fn customers(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 家客户", grouped(count)),
        Lang::En if count == 1 => "1 customer".to_owned(),
        Lang::En => format!("{} customers", grouped(count)),
    }
}

pub(super) fn bills(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 张账单", grouped(count)),
        Lang::En if count == 1 => "1 bill".to_owned(),
        Lang::En => format!("{} bills", grouped(count)),
    }
}

/// What only the server says.
#[cfg(not(target_arch = "wasm32"))]
mod served {
    use super::{Text, text};
    use domain::{Currency, Lang, Money};

    pub(in super::super) const CONSUMPTION: Text = text("消费", "Consumption");
    pub(in super::super) const REFUNDS: Text = text("退款", "Refunds");
    pub(in super::super) const ADJUSTMENTS: Text = text("调账", "Adjustments");
    pub(in super::super) const DROPPED: Text = text("抹零", "Dropped remainder");
    pub(in super::super) const DROPPED_NOTE: Text = text("合计截断到分", "The total is cut to cents");
    pub(in super::super) const DUE: Text = text("应付金额", "Amount due");
    pub(in super::super) const TOTAL: Text = text("合计", "Total");
    pub(in super::super) const ESTIMATE: Text = text("预估应付", "Estimated due");
    pub(in super::super) const PAID: Text = text("已付", "Paid");
    pub(in super::super) const OPEN: Text = text("未付", "Open");
    pub(in super::super) const LATE_NOTE: Text = text("逾期未付清会暂停激励与权益付款。", "Payouts are held while a bill is overdue.");
    pub(in super::super) const NOTE: Text = text(
        "账单只含代售客户消费；顾问销售客户由厂商直接结算。单价保留 8 位小数，扣费截断至分。",
        "A bill holds what resale customers consumed; referral customers settle with the vendor. Unit prices have 8 decimals, charges are cut to cents.",
    );
    pub(in super::super) const EXPLAIN: Text = text("计算说明", "How it is worked out");
    pub(in super::super) const REASONS: Text = text("原因", "Reasons");
    pub(in super::super) const PRODUCT: Text = text("产品", "Product");
    pub(in super::super) const CONSUMED: Text = text("消费金额", "Consumption");
    pub(in super::super) const SHARE: Text = text("占比", "Share");
    pub(in super::super) const CHANGE: Text = text("较上月", "Against last month");
    pub(in super::super) const ALL_LINES: Text = text("消费明细", "All lines");
    pub(in super::super) const TREND: Text = text("应付趋势", "Amounts due");
    pub(in super::super) const PAYMENTS: Text = text("还款记录", "Payments");
    pub(in super::super) const NO_PAYMENTS: Text = text("还没有付款。", "Nothing was paid yet.");
    pub(in super::super) const EXPORT: Text = text("导出", "Export");
    pub(in super::super) const EXPORT_PDF: Text = text("导出账单(pdf)", "Export bill (PDF)");
    pub(in super::super) const EXPORT_PDF_NOTE: Text = text("汇总、按产品与按客户小计，用于对账", "Sum, by product and by customer");
    pub(in super::super) const EXPORT_XLSX: Text = text("导出账单明细(xlsx)", "Export lines (XLSX)");
    pub(in super::super) const EXPORT_CSV: Text = text("导出账单明细(csv)", "Export lines (CSV)");
    pub(in super::super) const EXPORT_LINES_NOTE: Text = text("每笔扣费一行，客户信息脱敏", "A row for each charge, customers masked");
    pub(in super::super) const EXPORT_RECORDS: Text = text("查看导出记录", "Export records");
    pub(in super::super) const MASKING: Text = text(
        "导出文件中的客户名称、账号、电话与邮箱均已脱敏。确认后即可导出，以后不再提示。",
        "In exported files the names, accounts, phones and mail addresses of customers are masked. Confirm this once to export.",
    );
    pub(in super::super) const CONFIRM: Text = text("我已了解，继续", "I understand, go on");
    pub(in super::super) const CONFIRMED: Text = text("已确认，现在可以导出", "Confirmed: you can export now");
    pub(in super::super) const PERIODS: Text = text("账期", "Period");
    pub(in super::super) const EARLIER: Text = text("上一账期", "Earlier period");
    pub(in super::super) const LATER: Text = text("下一账期", "Later period");
    pub(in super::super) const OTHER_CURRENCY: Text = text("其他币种的账单", "Bills in another currency");
    pub(in super::super) const BALANCE: Text = text("账户余额可用", "In the balance");
    pub(in super::super) const REMADE: Text = text("预估账单已重新生成", "The estimate was made anew");
    pub(in super::super) const ISSUED: Text = text("账单已出账", "The bill was issued");
    pub(in super::super) const ADJUSTED: Text = text("调账已记入账单", "The adjustment was entered");

    /// `678,342.10 元`.
    pub(in super::super) fn money(money: Money, lang: Lang) -> String {
        match (lang, money.currency) {
            (Lang::Zh, Currency::Cny) => format!("{money} 元"),
            (_, currency) => format!("{money} {currency}"),
        }
    }

    pub(in super::super) fn paid(money: Money, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("已支付 {}", self::money(money, lang)),
            Lang::En => format!("Paid {}", self::money(money, lang)),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) use served::*;
pub(super) const NEXT: Text = text("接下来", "What comes next");
pub(super) const INVOICE_BY_PERIOD: Text = text("按账期申请发票", "Ask for the invoice of the period");
pub(super) const INVOICE_BY_PERIOD_HINT: Text =
    text("付清的部分可以开票，欠票先抵扣。", "What is paid can be invoiced; owed invoices are taken off first.");
pub(super) const REMINDER: Text = text("出账提醒", "Notice of new bills");
pub(super) const REMINDER_HINT: Text =
    text("每月 5 日 12:00 前出账，可选择站内与邮件提醒。", "Issued by 12:00 on the 5th; choose messages and mail.");
