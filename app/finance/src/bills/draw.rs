//! What the server draws of a bill and sends as markup: it never changes on the page, so the browser carries no code for it.

use super::{customers, lines, page::PATH, text};
use domain::{
    Currency, Lang, Moment, Money, Text,
    attachment::Side,
    bills::{BILL_LINES, Exact, Payable, Period, Shown, State, TREND_PERIODS},
    list::encode,
    machine::Keyed as _,
    text::grouped,
};
use kit::{
    chart::{Chart, Look, Panel},
    course::{progress, share},
    drawn::drawn,
    icon::{Icon, Status, drawing, moment},
    lang,
    money::{Joint, Line, Term, Worth, amount, ledger, sum},
    upload::attached,
};
use leptos::prelude::*;
use store::bills::{Bill, Detail, Payment, ProductSum, Reason, Seen};

/// Products that stand in a row of their own; the others are one row.
const PRODUCTS_SHOWN: usize = 6;
/// Micros of ten thousand units.
const TEN_THOUSAND: i64 = 10_000_000_000;

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
    Shown { mark: drawn(picker(seen)).0, actions: drawn(view! { {export}{invoice}{pay} }.into_any()).0, body: drawn(body(seen, bill)).0 }
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
    let step = |period: Option<Period>, label: Text, icon: &'static str, testid: &'static str| {
        match period {
        Some(period) => {
            view! { <a class="icon-btn" href=address(period, seen.currency) aria-label=label.at(lang) data-testid=testid><Icon name=icon size="s"/></a> }
                .into_any()
        }
        None => view! { <span class="icon-btn" role="link" aria-disabled="true" aria-label=label.at(lang)><Icon name=icon size="s"/></span> }.into_any(),
    }
    };
    let items = seen.periods.iter().map(|(period, state)| {
        let estimate = (*state == State::Estimated).then(|| view! { <span class="n">{state.label().at(lang)}</span> });
        let current = (*period == seen.period).then_some("true");
        view! { <li><a class="menu-item" href=address(*period, seen.currency) aria-current=current>{period.to_string()}{estimate}</a></li> }
    });
    let items = items.collect_view();
    let others = seen.currencies.iter().filter(|other| **other != seen.currency).map(|other| {
        let word = format!("{} {}", text::OTHER_CURRENCY.at(lang), other.key());
        view! { <a class="menu-item" href=format!("{PATH}?currency={}", other.key())>{word}</a> }
    });
    let others = others.collect_view();
    view! {
        <nav class="bill-periods" aria-label=text::PERIODS.at(lang)>
            {step(seen.beside.0, text::EARLIER, "chevron-left", "previous-period")}
            <details class="filter menu-host" name="filter">
                <summary data-testid="period"><span class="val">{seen.period.to_string()}</span><Icon name="chevron-down" size="s"/></summary>
                <div class="menu"><ul class="bill-months">{items}</ul>{others}</div>
            </details>
            {step(seen.beside.1, text::LATER, "chevron-right", "next-period")}
        </nav>
    }
    .into_any()
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

fn body(seen: &Seen, bill: &Bill) -> AnyView {
    view! {
        <div class="stack">
            {sum_card(bill, seen.counts, (&seen.reasons, Side::Partner), seen.now)}
            <div class="with-aside">
                {products(seen, bill)}
                <div class="stack">{trend(seen, bill)}{payments(&seen.payments, bill)}</div>
            </div>
        </div>
    }
    .into_any()
}

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
        let left = day.days_since(now.day());
        let words = match (lang, left) {
            (Lang::Zh, 0..) => format!("{day} 前付清，还有 {left} 天"),
            (Lang::Zh, _) => format!("应于 {day} 前付清，已逾期 {} 天", -left),
            (Lang::En, 0..) => format!("Pay by {day}, {left} days left"),
            (Lang::En, _) => format!("Was due by {day}, {} days late", -left),
        };
        view! { <span class="bill-due" data-late=(left < 3).then_some("") data-testid="due-date">{words}</span> }
    });
    view! { <span>{issued}</span>{due} }.into_any()
}

fn sum_card(bill: &Bill, counts: (i64, i64), reasons: (&[Reason], Side), now: Moment) -> AnyView {
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

/// `+9.1%`, against the month before; a dash where there was nothing.
fn change(product_amount: Exact, before: Option<Exact>) -> String {
    let Some(before) = before.filter(|before| *before > Exact::ZERO) else { return "—".to_owned() };
    let per_mille = product_amount.minus(before).map_or(0, |more| more.per_mille_of(before));
    let sign = match per_mille {
        1.. => "+",
        0 => "",
        _ => "\u{2212}",
    };
    let size = per_mille.abs();
    format!("{sign}{}.{}%", size / 10, size % 10)
}

/// A row of the table of parts.
struct Part {
    id: String,
    name: AnyView,
    amount: Exact,
    share: Option<i64>,
    change: String,
}

fn products(seen: &Seen, bill: &Bill) -> AnyView {
    let lang = lang();
    let mut parts: Vec<Part> = seen.products.iter().take(PRODUCTS_SHOWN).map(|product| product_part(product, bill, lang)).collect();
    let rest: Vec<&ProductSum> = seen.products.iter().skip(PRODUCTS_SHOWN).collect();
    parts.extend(others(&rest, bill, lang));
    for (kind, label, amount) in [("refund", text::REFUNDS, bill.sums.refunds), ("adjustment", text::ADJUSTMENTS, bill.sums.adjustments)] {
        let name = view! { <a class="row-link" href=lines_of(bill, &[("type", kind)])>{label.at(lang)}</a> }.into_any();
        parts.push(Part { id: kind.to_owned(), name, amount, share: None, change: String::new() });
    }
    let currency = bill.currency;
    let unit = text::head(text::CONSUMED.at(lang), currency, lang);
    let row = |part: Part| {
        let Part { id, name, amount, share: of, change } = part;
        let changed = (!change.is_empty()).then(|| text::CHANGE.at(lang));
        view! {
            <tr role="row" data-testid="bill-products-row" data-id=id>
                <th scope="row" role="rowheader" data-testid="cell-product">{name}</th>
                <td role="cell" class="num" data-l=text::CONSUMED.at(lang) data-testid="cell-amount" data-amount=amount.plain() data-currency=currency.key()>{amount.to_string()}</td>
                <td role="cell" data-l=of.map(|_| text::SHARE.at(lang))>{of.map(share)}</td>
                <td role="cell" class="num" data-l=changed>{change}</td>
            </tr>
        }
    };
    let rows = parts.into_iter().map(row).collect_view();
    let total = bill.sums.total().unwrap_or_default();
    let due = if total == Exact::of(bill.due) { text::DUE } else { text::TOTAL };
    let query = named(bill.period, bill.currency);
    let head = |label: String, class: Option<&'static str>| view! { <th scope="col" role="columnheader" class=class>{label}</th> };
    view! {
        <section class="card bill-parts" aria-label=text::BY_PRODUCT.at(lang)>
            <nav class="tabs" aria-label=text::SECTIONS.at(lang)>
                <a href=address(bill.period, bill.currency) aria-current="page">{text::BY_PRODUCT.at(lang)}</a>
                <a href=format!("{}?{query}", customers::PATH)>{text::BY_CUSTOMER.at(lang)}<span class="badge">{grouped(bill.customers)}</span></a>
                <a class="push" href=lines_of(bill, &[])>{text::ALL_LINES.at(lang)}</a>
            </nav>
            <div class="table-wrap">
                <table class="table bill-products" role="table" data-testid="bill-products-table">
                    <caption class="visually-hidden">{text::BY_PRODUCT.at(lang)}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            {head(text::PRODUCT.at(lang).to_owned(), None)}
                            {head(unit, Some("num"))}
                            {head(text::SHARE.at(lang).to_owned(), None)}
                            {head(text::CHANGE.at(lang).to_owned(), Some("num"))}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                    <tfoot role="rowgroup">
                        <tr role="row">
                            <th scope="row" role="rowheader">{due.at(lang)}</th>
                            <td role="cell" class="num" data-testid="amount-total" data-amount=total.plain() data-currency=currency.key()><span class="total">{total.to_string()}</span></td>
                            <td role="cell" class="wide-only"></td>
                            <td role="cell" class="wide-only"></td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn product_part(product: &ProductSum, bill: &Bill, lang: Lang) -> Part {
    let of_product = [("type", "consumption"), ("product", product.name.as_str())];
    let several = product.regions.len() > 1;
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let regions = product.regions.iter().filter(|(region, _)| !region.is_empty()).enumerate().map(|(at, (region, amount))| {
        let between = (at > 0).then_some(comma);
        let filters = [("type", "consumption"), ("product", product.name.as_str()), ("region", region.as_str())];
        let figure = several.then(|| format!(" {amount}"));
        view! { {between}<a href=lines_of(bill, &filters)>{region.clone()}</a>{figure} }
    });
    let name = view! {
        <a class="row-link" href=lines_of(bill, &of_product)>{product.name.clone()}</a>
        <span class="sub">{regions.collect_view()}</span>
    };
    Part {
        id: product.name.clone(),
        name: name.into_any(),
        amount: product.amount,
        share: Some(product.amount.per_mille_of(bill.sums.consumption)),
        change: change(product.amount, product.before),
    }
}

/// The small ones in one row, which opens into each of them.
fn others(rest: &[&ProductSum], bill: &Bill, lang: Lang) -> Option<Part> {
    if rest.is_empty() {
        return None;
    }
    let sum = |amounts: &mut dyn Iterator<Item = Exact>| amounts.fold(Exact::ZERO, |sum, amount| sum.plus(amount).unwrap_or(sum));
    let amount = sum(&mut rest.iter().map(|product| product.amount));
    let before = sum(&mut rest.iter().filter_map(|product| product.before));
    let words = match lang {
        Lang::Zh => format!("其他 {} 项云服务", rest.len()),
        Lang::En => format!("{} other services", rest.len()),
    };
    let items = rest.iter().map(|product| {
        let href = lines_of(bill, &[("type", "consumption"), ("product", &product.name)]);
        view! { <li><a href=href>{product.name.clone()}</a><span class="nowrap" data-amount=product.amount.plain()>{product.amount.to_string()}</span></li> }
    });
    let name =
        view! { <details class="bill-others" data-testid="others"><summary>{words}</summary><ul>{items.collect_view()}</ul></details> };
    Some(Part {
        id: "others".to_owned(),
        name: name.into_any(),
        amount,
        share: Some(amount.per_mille_of(bill.sums.consumption)),
        change: change(amount, Some(before)),
    })
}

fn trend(seen: &Seen, bill: &Bill) -> AnyView {
    let lang = lang();
    let first = bill.period.back(TREND_PERIODS - 1);
    let periods: Vec<Period> = std::iter::successors(Some(first), |period| Some(period.next())).take(TREND_PERIODS).collect();
    let of = |period: &Period| seen.trend.iter().find(|bar| bar.period == *period);
    let largest = seen.trend.iter().map(|bar| bar.due.micros).max().unwrap_or(0);
    // Ten thousand units, or single ones where all of it is less.
    let (unit_micros, unit) = match (largest >= TEN_THOUSAND, lang, bill.currency) {
        (true, Lang::Zh, Currency::Cny) => (TEN_THOUSAND, "万元".to_owned()),
        (true, Lang::Zh, other) => (TEN_THOUSAND, format!("万 {other}")),
        (true, Lang::En, other) => (TEN_THOUSAND, format!("10,000 {other}")),
        (false, Lang::Zh, Currency::Cny) => (1_000_000, "元".to_owned()),
        (false, _, other) => (1_000_000, other.key().to_owned()),
    };
    let tenth = unit_micros / 10;
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
        narrow: true,
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

fn payments(payments: &[Payment], bill: &Bill) -> AnyView {
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
