//! The sum of a bill: its state and dates, what it adds up to, what is paid of it.

use super::{super::text, chip};
use domain::{
    Lang, Moment, Text,
    attachment::Side,
    bills::{Exact, State},
    machine::Keyed as _,
    text::grouped,
    working_days,
};
use kit::{
    course::progress,
    lang,
    money::{Joint, Line, Term, Worth, ledger, sum},
    upload::attached,
};
use leptos::prelude::*;
use store::bills::{Bill, Reason};

/// When it was issued and until when it is to be paid, or up to when it is estimated.
fn dates(bill: &Bill, now: Moment) -> AnyView {
    let lang = lang();
    let until = bill.until.plus_seconds(-1).day();
    let Some(issued) = bill.issued_at else {
        let words = match lang {
            Lang::Zh => format!("数据截至 {until}，{} 12:00 前出账", bill.period.next().first().plus(4)),
            Lang::En => format!("Data up to {until}; issued before 12:00 on {}", bill.period.next().first().plus(4)),
        };
        return view! { <span data-testid="data-until">{words}</span> }.into_any();
    };
    let issued = match lang {
        Lang::Zh => format!("{} 出账", issued.to_minutes()),
        Lang::En => format!("Issued {}", issued.to_minutes()),
    };
    let due = bill.due_at.filter(|_| bill.state.is_open()).map(|due_at| {
        let day = due_at.plus_seconds(-1).day();
        let late = now.day().days_since(day);
        let left = working_days::remaining(now.day(), day);
        let words = match (lang, late) {
            (Lang::Zh, 1..) => format!("应于 {day} 前付清，已逾期 {late} 天"),
            (Lang::Zh, _) => format!("{day} 前付清，剩 {left} 个工作日"),
            (Lang::En, 1..) => format!("Was due by {day}, {late} days late"),
            (Lang::En, _) if left == 1 => format!("Pay by {day}, 1 working day left"),
            (Lang::En, _) => format!("Pay by {day}, {left} working days left"),
        };
        view! { <span class="bill-due" data-late=(left < 3).then_some("") data-testid="due-date">{words}</span> }
    });
    view! { <span>{issued}</span>{due} }.into_any()
}

pub(super) fn sum_card(bill: &Bill, counts: (i64, i64), reasons: (&[Reason], Side), now: Moment) -> AnyView {
    let lang = lang();
    view! {
        <section class="card" aria-label=text::TITLE.at(lang) data-testid="bill" data-id=bill.id.to_string()>
            <div class="head bill-head">{chip(bill)}{dates(bill, now)}<span class="push aux">{bill.number.clone()}</span></div>
            <div class="body bill-sum">
                <div>{terms(bill, counts, reasons)}</div>
                {paid(bill)}
            </div>
            <div class="foot"><span>{text::NOTE.at(lang)}</span>{explained(bill)}</div>
        </section>
    }
    .into_any()
}

fn counted(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 笔", grouped(count)),
        Lang::En if count == 1 => "1 entry".to_owned(),
        Lang::En => format!("{} entries", grouped(count)),
    }
}

fn terms(bill: &Bill, (refunds, adjustments): (i64, i64), (reasons, side): (&[Reason], Side)) -> AnyView {
    let lang = lang();
    let currency = bill.currency;
    let term = |joint, label: Text, sum: Exact, testid, note: Option<AnyView>| Term {
        joint,
        label: label.at(lang),
        worth: Worth::Exact(sum, currency),
        note,
        testid: Some(testid),
    };
    let customers = match lang {
        Lang::Zh => format!("代售客户 {} 家", grouped(bill.customers)),
        Lang::En => format!("{} resale customers", grouped(bill.customers)),
    };
    let why = (!reasons.is_empty()).then(|| {
        let items = reasons.iter().map(|reason| {
            let evidence = reason.evidence.as_ref().and_then(|file| attached(file, side)).map(|link| view! { " "{link} });
            view! { <li>{reason.amount.to_string()}" "{reason.text.clone()}{evidence}</li> }
        });
        let items = items.collect_view();
        view! { <details class="bill-reasons"><summary>{text::REASONS.at(lang)}</summary><ul>{items}</ul></details> }
    });
    let adjusted = view! { {counted(adjustments, lang)}" "{why} }.into_any();
    let tax = match lang {
        Lang::Zh => format!("含税，其中销项税 {}", bill.tax),
        Lang::En => format!("Tax of {} inside", bill.tax),
    };
    let tax = view! { <span data-testid="amount-tax" data-amount=bill.tax.plain() data-currency=currency.key()>{tax}</span> }.into_any();
    let mut terms = vec![
        term(Joint::First, text::CONSUMPTION, bill.sums.consumption, "amount-consumption", Some(customers.into_any())),
        term(Joint::Plus, text::REFUNDS, bill.sums.refunds, "amount-refunds", Some(counted(refunds, lang).into_any())),
        term(Joint::Plus, text::ADJUSTMENTS, bill.sums.adjustments, "amount-adjustments", Some(adjusted)),
    ];
    // What is cut off, or what a total below zero is carried: the sum is never alone.
    let dropped = bill.sums.total().and_then(|total| Exact::of(bill.due).minus(total)).filter(|dropped| *dropped != Exact::ZERO);
    if let Some(dropped) = dropped {
        terms.push(term(Joint::Plus, text::DROPPED, dropped, "amount-dropped", Some(text::DROPPED_NOTE.at(lang).into_any())));
    }
    let label = if bill.state == State::Estimated { text::ESTIMATE } else { text::DUE };
    let due =
        Term { joint: Joint::Equals, label: label.at(lang), worth: Worth::Money(bill.due), note: Some(tax), testid: Some("amount-due") };
    terms.push(due);
    sum(terms)
}

/// How much of it is paid: the bar and both amounts.
fn paid(bill: &Bill) -> Option<AnyView> {
    let lang = lang();
    if bill.state == State::Estimated || bill.due.micros == 0 {
        return None;
    }
    let percent = Exact::of(bill.paid).per_mille_of(Exact::of(bill.due)) / 10;
    let words = format!("{} {percent}%", text::PAID.at(lang));
    let lines = vec![
        Line { label: text::PAID.at(lang).to_owned(), worth: Worth::Money(bill.paid), total: false },
        Line { label: text::OPEN.at(lang).to_owned(), worth: Worth::Money(bill.open()), total: true },
    ];
    Some(
        view! {
            <div class="bill-paid" data-testid="paid" data-amount=bill.paid.plain() data-currency=bill.currency.key()>
                {progress(percent, 100, &words)}
                {ledger(lines)}
                <p class="muted">{text::LATE_NOTE.at(lang)}</p>
            </div>
        }
        .into_any(),
    )
}

fn explained(bill: &Bill) -> AnyView {
    let lang = lang();
    let total = bill.sums.total().unwrap_or_default();
    let formula = format!(
        "{} + ({}) + ({}) = {} {}",
        bill.sums.consumption.plain(),
        bill.sums.refunds.plain(),
        bill.sums.adjustments.plain(),
        total.plain(),
        bill.currency.key()
    );
    let (rate, due, tax) = (domain::bills::TAX_PERCENT, bill.due.plain(), bill.tax.plain());
    let words = match lang {
        Lang::Zh => [
            format!("消费 + 退款 + 调账：{formula}。"),
            format!("应付金额为合计截断到分，小于零时为 0.00，余额结转下期：{due}。"),
            format!("销项税 = 应付 ÷ (1 + {rate}%) × {rate}%，四舍五入到分：{tax}。"),
        ],
        Lang::En => [
            format!("Consumption + refunds + adjustments: {formula}."),
            format!("The amount due is the total cut to cents; below zero it is 0.00 and the rest is carried into the next bill: {due}."),
            format!("Tax = due ÷ (1 + {rate} %) × {rate} %, rounded half up to cents: {tax}."),
        ],
    };
    let items = words.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <details class="bill-explained" data-testid="explain"><summary>{text::EXPLAIN.at(lang)}</summary><ul>{items}</ul></details> }
        .into_any()
}
