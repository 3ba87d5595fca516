//! `/sales/funds/withdrawals/{id}/receipt`: what a paid request says on paper (domain.md F3, 回单): parties, amount in figures and in
//! words, the bank's reference. There is none before the bank has paid.

use super::{
    PATH,
    functions::{WithdrawalReceipt, withdrawal_receipt},
    parts::{crumbs, fact},
    text,
};
use domain::{
    Lang, Text,
    machine::Keyed as _,
    text as words,
    withdrawal::{Step, WithdrawalDetail},
};
use kit::{
    Page,
    awaited::{Answering, ask},
    icon::Icon,
    lang,
    listing::use_param,
    page::more_styles,
    sheet::plain_sheet,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const TITLE: Text = words("提现回单", "Withdrawal receipt");
const PRINT: Text = words("打印", "Print");
const PDF: Text = words("下载 PDF", "Download as PDF");
#[cfg(not(target_arch = "wasm32"))]
const ABOUT: Text = words("说明", "About");
const BACK: Text = words("返回申请", "Back to the request");
const NUMBER: Text = words("提现单号", "Withdrawal no.");
const PAYER: Text = words("付款方", "Payer");
const PAYEE: Text = words("收款方", "Payee");
const ACCOUNT: Text = words("收款账户", "Account");
const AMOUNT: Text = words("金额（元）", "Amount (CNY)");
const CAPITALS: Text = words("金额（大写）", "Amount in words");
const FUND: Text = words("资金类型", "Fund");
const REFERENCE: Text = words("银行流水", "Bank reference");
const REQUESTED: Text = words("申请时间", "Requested at");
const PAID: Text = words("付款时间", "Paid at");
const NOTE: Text = words(
    "本回单由系统根据账务记录生成，时间为北京时间（GMT+08:00），账号按规定只显示末四位。",
    "Made from the ledger. Times are China Standard Time (GMT+08:00); of account numbers only the last four digits are shown.",
);

/// The page.
#[derive(Clone)]
pub struct WithdrawalReceiptPage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for WithdrawalReceiptPage {
    fn data() -> Self {
        Self { answer: ask::<WithdrawalReceipt>("id", use_param("id"), |id| Box::pin(withdrawal_receipt(id))) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.answer, || crumbs(TITLE.at(lang()).to_owned()))
    }
}

/// The address of a request's receipt.
pub(super) fn path(id: impl std::fmt::Display) -> String {
    format!("{PATH}/{id}/receipt")
}

/// What stands on a receipt, line by line: page and PDF say the same.
fn lines(detail: &WithdrawalDetail, lang: Lang) -> Vec<(Text, String)> {
    let WithdrawalDetail { row, holder, branch, entity, events, .. } = detail;
    let paid = events.iter().rev().find(|event| event.step == Some(Step::Pay)).map(|event| (PAID, event.at.to_seconds()));
    let mut lines = vec![
        (NUMBER, row.number.clone()),
        (PAYER, entity.clone()),
        (PAYEE, holder.clone()),
        (ACCOUNT, format!("{} {branch} {} {}", row.bank, text::TAIL.at(lang), row.tail)),
        (AMOUNT, row.amount.to_string()),
    ];
    lines.extend(row.amount.capitals().map(|capitals| (CAPITALS, capitals)));
    lines.extend([(FUND, row.fund.label().at(lang).to_owned()), (REFERENCE, row.reference.clone()), (REQUESTED, row.at.to_seconds())]);
    lines.extend(paid);
    lines
}

/// A receipt for paper: its title, its lines, and what stands below them.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug)]
pub struct ReceiptPaper {
    /// Title with the number.
    pub title: String,
    /// Label and value.
    pub facts: Vec<(String, String)>,
    /// The note and its label.
    pub note: (String, String),
}

/// The receipt of a request that was paid, in the reader's language.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn receipt_paper(detail: &WithdrawalDetail, lang: Lang) -> ReceiptPaper {
    ReceiptPaper {
        title: format!("{} {}", TITLE.at(lang), detail.row.number),
        facts: lines(detail, lang).into_iter().map(|(label, value)| (label.at(lang).to_owned(), value)).collect(),
        note: (ABOUT.at(lang).to_owned(), NOTE.at(lang).to_owned()),
    }
}

pub(super) fn shown(detail: WithdrawalDetail) -> AnyView {
    let lang = lang();
    more_styles();
    let row = &detail.row;
    let mut trail = crumbs(row.number.clone());
    if let Some(last) = trail.last_mut() {
        last.href = Some(format!("{PATH}/{}", row.id));
    }
    trail.push(kit::Crumb::here(TITLE.at(lang)));
    let actions = view! {
        <a class="btn" href=format!("{PATH}/{}", row.id)>{BACK.at(lang)}</a>
        <a class="btn" href=format!("{}.pdf", path(row.id)) download="" data-testid="receipt-pdf"><Icon name="download"/>{PDF.at(lang)}</a>
        <button class="btn primary needs-script" type="button" data-print="" data-testid="action-print"><Icon name="printer"/>{PRINT.at(lang)}</button>
    };
    let facts = lines(&detail, lang).into_iter().map(|(label, value)| fact(label, value)).collect_view();
    view! {
        <Page title=format!("{} {}", TITLE.at(lang), row.number) crumbs=trail width="form" actions=Some(actions.into_any())>
            <section class="card" aria-label=TITLE.at(lang) data-testid="receipt">
                <div class="body">
                    <dl class="facts">{facts}</dl>
                </div>
                <div class="foot">{NOTE.at(lang)}</div>
            </section>
        </Page>
    }
    .into_any()
}
