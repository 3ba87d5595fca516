//! What a bill consists of: by product with regions, refunds and adjustments as rows of their own.

use super::{
    super::{customers, text},
    address, lines_of, named,
};
use domain::{Lang, bills::Exact, machine::Keyed as _, text::grouped};
use kit::{course::share, lang};
use leptos::prelude::*;
use store::bills::{Bill, ProductSum, Seen};

/// Products that stand in a row of their own; the others are one row.
const PRODUCTS_SHOWN: usize = 6;

/// `+9.1%`, against the month before; a dash where there was nothing.
pub(super) fn change(product_amount: Exact, before: Option<Exact>) -> String {
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

pub(super) fn products(seen: &Seen, bill: &Bill) -> AnyView {
    let lang = lang();
    let mut parts: Vec<Part> = seen.products.iter().take(PRODUCTS_SHOWN).map(|product| product_part(product, bill, lang)).collect();
    let rest: Vec<&ProductSum> = seen.products.iter().skip(PRODUCTS_SHOWN).collect();
    parts.extend(others(&rest, bill, lang));
    for (kind, label, amount) in [("refund", text::REFUNDS, bill.sums.refunds), ("adjustment", text::ADJUSTMENTS, bill.sums.adjustments)] {
        let name = view! { <a class="row-link" href=lines_of(bill, &[("type", kind)])>{label.at(lang)}</a> }.into_any();
        parts.push(Part { id: kind.to_owned(), name, amount, share: None, change: String::new() });
    }
    let currency = bill.currency;
    let largest = parts.iter().filter_map(|part| part.share).max().unwrap_or(0);
    let unit = text::head(text::CONSUMED.at(lang), currency, lang);
    let row = |part: Part| {
        let Part { id, name, amount, share: of, change } = part;
        let changed = (!change.is_empty()).then(|| text::CHANGE.at(lang));
        view! {
            <tr role="row" data-testid="bill-products-row" data-id=id>
                <th scope="row" role="rowheader" data-testid="cell-product">{name}</th>
                <td role="cell" class="num" data-l=text::CONSUMED.at(lang) data-testid="cell-amount" data-amount=amount.plain() data-currency=currency.key()>{amount.to_string()}</td>
                <td role="cell" data-l=of.map(|_| text::SHARE.at(lang))>{of.map(|of| share(of, largest))}</td>
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
