//! Beside the parts of a bill: the trend, payments, what comes next.

use super::{super::text, parts::change};
use domain::{
    Currency, Lang, Money, Text,
    bills::{Exact, Period, State, TREND_PERIODS},
    machine::Keyed as _,
};
use kit::{
    chart::{Chart, Look, Panel, Size},
    icon::{Icon, moment},
    lang,
    money::amount,
};
use leptos::prelude::*;
use store::bills::{Bill, Grown, Payment, Seen};

/// Micros of ten thousand units.
const TEN_THOUSAND: i64 = 10_000_000_000;

/// Micros of a tenth of the unit that a chart is read in, and its name: ten thousand units, or single ones where all of it is less.
fn tenth_of_unit(largest: i64, currency: Currency, lang: Lang) -> (i64, String) {
    let (unit, name) = match (largest >= TEN_THOUSAND, lang, currency) {
        (true, Lang::Zh, Currency::Cny) => (TEN_THOUSAND, "万元".to_owned()),
        (true, Lang::Zh, other) => (TEN_THOUSAND, format!("万 {other}")),
        (true, Lang::En, other) => (TEN_THOUSAND, format!("10,000 {other}")),
        (false, Lang::Zh, Currency::Cny) => (1_000_000, "元".to_owned()),
        (false, _, other) => (1_000_000, other.key().to_owned()),
    };
    (unit / 10, name)
}

/// How a month has grown by each of its days, with the month before as a dashed line and what it came to by the same day.
pub(crate) fn growth(now: &Grown, before: Option<&Grown>) -> AnyView {
    let lang = lang();
    let Grown { bill, days } = now;
    if days.is_empty() {
        return ().into_any();
    }
    let earlier = before.map(|before| before.days.as_slice()).unwrap_or_default();
    // What does not fit into micros fits into no bill.
    let micros = |sum: &Exact| sum.parts().map_or(0, |(micros, _)| micros);
    let largest = days.iter().chain(earlier).map(micros).max().unwrap_or(0);
    let (tenth, unit) = tenth_of_unit(largest, bill.currency, lang);
    let tenths = |sums: &[Exact]| sums.iter().map(|sum| Some((micros(sum) + tenth / 2).div_euclid(tenth))).collect::<Vec<_>>();
    let until = bill.until.plus_seconds(-1).day();
    let sentence = match lang {
        Lang::Zh => format!("{} 每日累计，至 {until} 为 {} 元", bill.period, bill.due),
        Lang::En => format!("{} by its days: {} up to {until}", bill.period, bill.due),
    };
    let all = usize::try_from(bill.period.first().month_days()).unwrap_or(0).max(earlier.len());
    let chart = Chart {
        id: "growth",
        sentence,
        unit: unit.clone(),
        labels: (1..=all).map(|day| day.to_string()).collect(),
        look: Look::Line,
        panels: vec![Panel {
            name: text::grown(&bill.period.to_string(), lang),
            colour: 1,
            tenths: tenths(days),
            compared: tenths(earlier),
            estimated_from: None,
            highlight: None,
        }],
        size: Size::Low,
    };
    let by_then = days.len().min(earlier.len()).checked_sub(1).and_then(|last| earlier.get(last)).copied();
    let against = by_then.zip(days.last()).map(|(then, now)| view! { <span>{text::SAME_DAY.at(lang)}" "{change(*now, Some(then))}</span> });
    view! {
        {chart.view()}
        <p class="bill-course"><span>{text::by_day(&unit, lang)}</span>{against}</p>
    }
    .into_any()
}

pub(super) fn trend(seen: &Seen, bill: &Bill) -> AnyView {
    let lang = lang();
    let first = bill.period.back(TREND_PERIODS - 1);
    let periods: Vec<Period> = std::iter::successors(Some(first), |period| Some(period.next())).take(TREND_PERIODS).collect();
    let of = |period: &Period| seen.trend.iter().find(|bar| bar.period == *period);
    let largest = seen.trend.iter().map(|bar| bar.due.micros).max().unwrap_or(0);
    let (tenth, unit) = tenth_of_unit(largest, bill.currency, lang);
    let tenths = |money: Money| (money.micros + tenth / 2) / tenth;
    let label = |(at, period): (usize, &Period)| {
        let text = period.to_string();
        let is_first = at == 0 || text.ends_with("-01");
        text.get(if is_first { 2 } else { 5 }..).unwrap_or_default().to_owned()
    };
    let sentence = match lang {
        Lang::Zh => format!("近 12 个账期的应付金额，{} 为 {} 元", bill.period, bill.due),
        Lang::En => format!("Amounts due of twelve periods; {} in {}", bill.due, bill.period),
    };
    let chart = Chart {
        id: "due",
        sentence,
        unit: unit.clone(),
        labels: periods.iter().enumerate().map(label).collect(),
        look: Look::Bars,
        panels: vec![Panel {
            name: text::DUE.at(lang).to_owned(),
            colour: 1,
            tenths: periods.iter().map(|period| of(period).map(|bar| tenths(bar.due))).collect(),
            compared: Vec::new(),
            estimated_from: (bill.state == State::Estimated).then_some(TREND_PERIODS - 1),
            highlight: Some(TREND_PERIODS - 1),
        }],
        size: Size::Narrow,
    };
    let before = of(&bill.period.previous()).map(|bar| Exact::of(bar.due));
    let count = i64::try_from(seen.trend.len().max(1)).unwrap_or(1);
    let average =
        Money { currency: bill.currency, micros: seen.trend.iter().map(|bar| bar.due.micros).fold(0, i64::saturating_add) / count };
    let average = tenths(average);
    let (word, of_average) = match lang {
        Lang::Zh => ("近 12 个账期", format!("近 {count} 期均值 {}.{}", average / 10, average % 10)),
        Lang::En => ("twelve periods", format!("Average of {count}: {}.{}", average / 10, average % 10)),
    };
    view! {
        <section class="card" aria-label=text::TREND.at(lang) data-testid="trend">
            <div class="head"><h2>{text::TREND.at(lang)}</h2><span class="aux">{format!("{word}{}{unit}", if lang == Lang::Zh { "，" } else { ", " })}</span></div>
            <div class="body">
                {chart.view()}
                <p class="bill-course"><span>{text::CHANGE.at(lang)}" "{change(Exact::of(bill.due), before)}</span><span>{of_average}</span></p>
            </div>
        </section>
    }
    .into_any()
}

pub(super) fn payments(payments: &[Payment], bill: &Bill) -> AnyView {
    let lang = lang();
    let rows = payments.iter().map(|payment| {
        view! {
            <li data-testid="payment">
                <span class="main">{moment(payment.at)}<span class="sub">{payment.by.clone()}</span></span>
                {amount(payment.amount, "")}
            </li>
        }
    });
    let list = if payments.is_empty() {
        view! { <p class="muted">{text::NO_PAYMENTS.at(lang)}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    let title = if bill.state == State::Estimated { None } else { Some(text::PAYMENTS) };
    title
        .map(|title| {
            view! {
                <section class="card" aria-label=title.at(lang) id="payments">
                    <div class="head"><h2>{title.at(lang)}</h2></div>
                    <div class="body">{list}</div>
                </section>
            }
        })
        .into_any()
}

/// What a bill leads to: its invoice, and who is told of the next one.
pub(super) fn next(bill: &Bill, may_invoice: bool) -> AnyView {
    let lang = lang();
    let row = |href: String, icon: &'static str, what: Text, about: Text| {
        view! {
            <li>
                <Icon name=icon/>
                <a class="main" href=href>{what.at(lang)}<span class="sub">{about.at(lang)}</span></a>
                <Icon name="chevron-right" size="s"/>
            </li>
        }
    };
    let invoice = (may_invoice && bill.currency == Currency::Cny && bill.state != State::Estimated).then(|| {
        let href = format!("{}/new?by=period&period={}", crate::invoices::PATH, bill.period);
        row(href, "file-text", text::INVOICE_BY_PERIOD, text::INVOICE_BY_PERIOD_HINT)
    });
    view! {
        <section class="card" aria-label=text::NEXT.at(lang)>
            <div class="head"><h2>{text::NEXT.at(lang)}</h2></div>
            <div class="body">
                <ul class="rows bill-next">
                    {invoice}
                    {row("/account/notifications".to_owned(), "bell", text::REMINDER, text::REMINDER_HINT)}
                </ul>
            </div>
        </section>
    }
    .into_any()
}
