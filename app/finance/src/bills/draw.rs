//! What the server draws of a bill and sends as markup: it never changes on the page, so the browser carries no code for it.

mod aside;
mod parts;
mod sum;

pub(crate) use self::aside::growth;

use self::{
    aside::{next, payments, trend},
    parts::products,
    sum::sum_card,
};
use super::{lines, page::PATH, text};
use domain::{
    Currency, Lang, Money, Text,
    attachment::Side,
    bills::{BILL_LINES, Payable, Period, Shown, State},
    list::encode,
    machine::Keyed as _,
};
use kit::{
    drawn::drawn,
    icon::{Icon, Status, drawing},
    lang,
    money::{Line, Worth, ledger},
    period,
};
use leptos::prelude::*;
use store::bills::{Bill, Detail, Seen};

/// The parameters that name a bill.
fn named(period: Period, currency: Currency) -> String {
    match currency {
        Currency::Cny => format!("period={period}"),
        other => format!("period={period}&currency={}", other.key()),
    }
}

/// Where a bill is paid.
pub(super) fn pay_address(period: Period, currency: Currency) -> String {
    format!("/sales/bill/pay?{}", named(period, currency))
}

/// The page of a bill.
pub(crate) fn address(period: Period, currency: Currency) -> String {
    format!("{PATH}?{}", named(period, currency))
}

/// The lines of a bill that a filter leaves, as an address in its one written form.
fn lines_of(bill: &Bill, filters: &[(&str, &str)]) -> String {
    let mut query = named(bill.period, bill.currency);
    for (key, value) in filters {
        query.push_str(&format!("&{key}="));
        encode(value, &mut query);
    }
    BILL_LINES.address(lines::PATH, &BILL_LINES.read(&query))
}

/// What the page of a bill shows.
pub(super) fn shown(seen: &Seen, may_export: bool, may_pay: bool, may_invoice: bool) -> Shown {
    let Some(bill) = &seen.bill else {
        return Shown { mark: drawn(picker(seen)).0, actions: String::new(), body: drawn(nothing()).0 };
    };
    let pay = (may_pay && bill.state.is_open()).then(|| {
        view! { <a class="btn primary" href=pay_address(bill.period, bill.currency) data-testid="open-pay">{text::PAY.at(lang())}</a> }
    });
    let is_paid = bill.paid.micros > 0 && bill.currency == Currency::Cny;
    let invoice = (may_invoice && is_paid).then(|| {
        let href = format!("{}/new?by=period&period={}", crate::invoices::PATH, bill.period);
        view! { <a class="btn" href=href data-testid="open-invoice">{text::INVOICE.at(lang())}</a> }
    });
    let export = may_export.then(|| export_menu(bill, seen.masking_confirmed));
    Shown {
        mark: drawn(picker(seen)).0,
        actions: drawn(view! { {export}{invoice}{pay} }.into_any()).0,
        body: drawn(body(seen, bill, may_invoice)).0,
    }
}

/// The state of a bill.
pub(crate) fn chip(bill: &Bill) -> AnyView {
    view! { <Status kind=bill.state.kind() state=bill.state.key() label=bill.state.label()/> }.into_any()
}

fn nothing() -> AnyView {
    let lang = lang();
    view! {
        <section class="card" aria-label=text::NO_BILL.at(lang)>
            <div class="empty" data-testid="no-bill">{drawing("art", "art-empty")}<h2>{text::NO_BILL.at(lang)}</h2><p>{text::NO_BILL_HINT.at(lang)}</p></div>
        </section>
    }
    .into_any()
}

/// The period before, all that are offered, and the one after.
fn picker(seen: &Seen) -> AnyView {
    let lang = lang();
    let link = |period: Period| address(period, seen.currency);
    let periods = seen.periods.iter().map(|(period, state)| period::Period {
        label: period.to_string(),
        href: link(*period),
        note: (*state == State::Estimated).then(|| state.label().at(lang)),
    });
    let others = seen.currencies.iter().filter(|other| **other != seen.currency);
    let others =
        others.map(|other| (format!("{} {}", text::OTHER_CURRENCY.at(lang), other.key()), format!("{PATH}?currency={}", other.key())));
    period::picker(period::Picker {
        label: text::PERIODS.at(lang),
        shown: seen.period.to_string(),
        earlier: (text::EARLIER.at(lang), seen.beside.0.map(link)),
        later: (text::LATER.at(lang), seen.beside.1.map(link)),
        periods: periods.collect(),
        others: others.collect(),
    })
}

/// The four entries of F2. Before the first file the notice on masking stands in their place.
fn export_menu(bill: &Bill, confirmed: bool) -> AnyView {
    let lang = lang();
    let from = address(bill.period, bill.currency);
    let head = match lang {
        Lang::Zh => format!("{} 账期，共 {}", bill.period, text::lines(bill.lines, lang)),
        Lang::En => format!("{}: {}", bill.period, text::lines(bill.lines, lang)),
    };
    let button = |kind: &'static str, icon: &'static str, label: Text, note: Text| {
        view! {
            <button class="menu-item" name="kind" value=kind data-testid=format!("export-{kind}")>
                <Icon name=icon/><span>{label.at(lang)}<small>{note.at(lang)}</small></span>
            </button>
        }
    };
    let form = |source: &'static str, buttons: AnyView| {
        view! {
            <form method="post" action="/fn/exports/request" class="bill-exports">
                <input type="hidden" name="from" value=from.clone()/>
                <input type="hidden" name="source" value=source/>
                <input type="hidden" name="query" value=named(bill.period, bill.currency)/>
                {buttons}
            </form>
        }
    };
    let entries = if confirmed {
        let pdf = button("pdf", "file-text", text::EXPORT_PDF, text::EXPORT_PDF_NOTE).into_any();
        let rows = view! {
            {button("xlsx", "file-sheet", text::EXPORT_XLSX, text::EXPORT_LINES_NOTE)}
            {button("csv", "file-sheet", text::EXPORT_CSV, text::EXPORT_LINES_NOTE)}
        };
        view! { <p class="menu-title">{head}</p>{form("bill", pdf)}{form("bill-lines", rows.into_any())} }.into_any()
    } else {
        view! {
            <form method="post" action="/fn/bills/confirm-masking" class="bill-notice" data-testid="masking-notice">
                <input type="hidden" name="from" value=from.clone()/>
                <p>{text::MASKING.at(lang)}</p>
                <button class="btn primary" data-testid="action-confirm">{text::CONFIRM.at(lang)}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <details class="filter menu-host" name="filter">
            <summary class="btn" data-testid="export"><Icon name="download"/><span>{text::EXPORT.at(lang)}</span><Icon name="chevron-down" size="s"/></summary>
            <div class="menu end">
                {entries}
                <div class="bill-exports"><a class="menu-item" href="/sales/exports" data-testid="export-records"><Icon name="history"/>{text::EXPORT_RECORDS.at(lang)}</a></div>
            </div>
        </details>
    }
    .into_any()
}

fn body(seen: &Seen, bill: &Bill, may_invoice: bool) -> AnyView {
    view! {
        <div class="stack">
            {sum_card(bill, seen.counts, (&seen.reasons, Side::Partner), seen.now)}
            <div class="with-aside">
                {products(seen, bill)}
                <div class="stack">{trend(seen, bill)}{payments(&seen.payments, bill)}{next(bill, may_invoice)}</div>
            </div>
        </div>
    }
    .into_any()
}
/// The form that pays: what is open, and what there is.
pub(super) fn payable(bill: &Bill, balance: Money, key: String) -> Payable {
    let lang = lang();
    let line = |label: Text, money: Money, total| Line { label: label.at(lang).to_owned(), worth: Worth::Money(money), total };
    let lines = vec![
        line(text::DUE, bill.due, false),
        line(text::PAID, bill.paid, false),
        line(text::OPEN, bill.open(), true),
        line(text::BALANCE, balance, false),
    ];
    let (open, body) = (bill.open(), drawn(ledger(lines)).0);
    let most = if open.micros < balance.micros { open } else { balance.cut_to_cents() };
    let amount = if bill.state.is_open() { if most.micros > 0 { most.plain() } else { open.plain() } } else { String::new() };
    Payable { period: bill.period.to_string(), currency: bill.currency.key().to_owned(), body, amount, key }
}

/// A bill as the vendor sees it.
pub(super) fn console(Detail { bill, payments, reasons, counts, .. }: &Detail) -> String {
    let view = view! {
        <div class="stack">
            {sum_card(bill, *counts, (reasons, Side::Vendor), bill.until)}
            {self::payments(payments, bill)}
        </div>
    };
    drawn(view.into_any()).0
}
