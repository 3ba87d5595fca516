//! Amounts, sums, ledgers, charts.

use super::{card, say, whole_card};
use domain::{Currency, Money, text};
use kit::{
    chart::{Chart, Look, Panel, Size},
    course::share,
    money::{Joint, Line, Term, Worth, amount, digits, ledger, sum, unit},
};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        whole_card(text("算式：本产品的标志性组件", "The sum"), sums()),
        card(text("金额", "Amounts"), amounts()),
        card(text("分户账", "Ledger"), funds()),
        card(text("应付趋势", "Amounts due"), bill_trend()),
        card(text("本月账单", "This month's bill"), this_month()),
        whole_card(text("业绩与激励", "Performance and incentives"), performance()),
        whole_card(text("表格中的金额与占比", "Amounts and shares in a table"), shares()),
    ]
}

/// An amount of the demo world, in cents.
const fn cents(cents: i64) -> Money {
    Money::cny(cents * 10_000)
}

fn term(joint: Joint, label: &'static str, value: i64, note: &'static str) -> Term {
    let note = (!note.is_empty()).then(|| note.into_any());
    Term { joint, label, worth: Worth::Money(cents(value)), note, testid: None }
}

fn sums() -> AnyView {
    let bill = sum(vec![
        term(Joint::First, say("消费", "Consumption"), 71_248_036, say("代售客户 46 家", "46 customers")),
        term(Joint::Plus, say("退款", "Refunds"), -3_120_615, say("退订 9 笔，变更 4 笔", "9 returns, 4 changes")),
        term(Joint::Plus, say("调账", "Adjustments"), -293_211, say("1 笔", "1 entry")),
        term(Joint::Equals, say("应付金额", "Amount due"), 67_834_210, say("双线为合计，沿用账本习惯", "The double rule marks the total")),
    ]);
    let payout = sum(vec![
        term(Joint::First, say("可计激励消费", "Eligible consumption"), 61_238_000, ""),
        Term { joint: Joint::Times, label: say("激励率", "Rate"), worth: Worth::Text("6.00%".to_owned()), note: None, testid: None },
        term(Joint::Equals, say("激励金额", "Incentive"), 3_674_280, say("四舍五入到分", "Rounded half up")),
    ]);
    view! { {bill}{payout} }.into_any()
}

fn amounts() -> AnyView {
    view! {
        <p>{amount(cents(15_425_052), "hero")}</p>
        <p>{amount(cents(41_290_618), "figure")}</p>
        <p>{amount(cents(15_425_052), "figure total")}</p>
        <p>{say("余额预警 ", "Alert below ")}{amount(cents(5_000_000), "")}{say("，退款 ", ", refunded ")}{amount(cents(-3_120_615), "")}</p>
        <p>{amount(Money { currency: Currency::Usd, micros: 1_234_560_000 }, "")}" USD"</p>
    }
    .into_any()
}

fn funds() -> AnyView {
    let line = |label: &'static str, value: i64| Line { label: label.to_owned(), worth: Worth::Money(cents(value)), total: false };
    ledger(vec![
        line(say("现金余额", "Cash balance"), 28_643_052),
        line(say("减 欠票金额", "Less owed invoices"), -5_218_000),
        line(say("减 提现冻结", "Less held for withdrawals"), -8_000_000),
        Line { total: true, ..line(say("可提现", "Withdrawable"), 15_425_052) },
        Line {
            label: say("预计到账", "Expected").to_owned(), worth: Worth::Text(say("06-30 前", "by Jun 30").to_owned()), total: false
        },
    ])
}

fn months() -> Vec<String> {
    ["2025-07", "08", "09", "10", "11", "12", "2026-01", "02", "03", "04", "05", "06"].map(str::to_owned).to_vec()
}

fn panel(name: &'static str, colour: u8, tenths: &[i64]) -> Panel {
    let tenths = tenths.iter().copied().map(Some).collect();
    Panel { name: name.to_owned(), colour, tenths, compared: Vec::new(), estimated_from: None, highlight: None }
}

fn bill_trend() -> AnyView {
    let due = panel(say("应付", "Due"), 1, &[415, 441, 430, 482, 505, 530, 552, 497, 520, 603, 628, 678]);
    Chart {
        id: "due",
        sentence: say(
            "近 12 个账期的应付金额，2026 年 5 月为 67.8 万元，较上月增加 8.1%。",
            "Amounts due of twelve periods; 678,000 CNY in May 2026, 8.1 % more than in April.",
        )
        .to_owned(),
        unit: say("万元", "10,000 CNY").to_owned(),
        labels: ["25-06", "07", "08", "09", "10", "11", "12", "26-01", "02", "03", "04", "05"].map(str::to_owned).to_vec(),
        look: Look::Bars,
        panels: vec![Panel { highlight: Some(11), ..due }],
        size: Size::Narrow,
    }
    .view()
}

fn this_month() -> AnyView {
    let days: Vec<String> = (1..=30).map(|day| day.to_string()).collect();
    let so_far = (1..=17).map(|day: i64| Some(day * 24 + day % 3)).collect();
    let before = (1..=30).map(|day: i64| Some(day * 22 + day * day / 40)).collect();
    let bill = panel(say("6 月累计", "June so far"), 1, &[]);
    Chart {
        id: "month",
        sentence: say(
            "6 月每日累计消费至 17 日为 41.3 万元，虚线为 5 月。",
            "Consumption of June adds up to 413,000 CNY by the 17th; dashed is May.",
        )
        .to_owned(),
        unit: say("万元", "10,000 CNY").to_owned(),
        labels: days,
        look: Look::Line,
        panels: vec![Panel { tenths: so_far, compared: before, ..bill }],
        size: Size::Low,
    }
    .view()
}

fn performance() -> AnyView {
    let sales = panel(say("业绩", "Performance"), 1, &[722, 754, 741, 813, 861, 902, 951, 842, 881, 1_035, 1_081, 612]);
    let paid = panel(say("激励", "Incentives"), 2, &[43, 45, 44, 49, 52, 54, 58, 50, 53, 62, 65, 37]);
    Chart {
        id: "performance",
        sentence: say(
            "近 12 个月的业绩与激励，6 月为截至 17 日的预估。",
            "Performance and incentives of twelve months; June is an estimate as of the 17th.",
        )
        .to_owned(),
        unit: say("万元", "10,000 CNY").to_owned(),
        labels: months(),
        look: Look::Bars,
        panels: vec![Panel { estimated_from: Some(11), ..sales }, Panel { estimated_from: Some(11), ..paid }],
        size: Size::Wide,
    }
    .view()
}

fn shares() -> AnyView {
    let rows = [
        (say("弹性云主机", "Elastic servers"), 26_891_420, 377),
        (say("云数据库", "Databases"), 14_230_658, 200),
        (say("对象存储", "Object storage"), 8_642_037, 121),
    ];
    let rows = rows.map(|(name, value, per_mille)| {
        view! { <tr><th scope="row">{name}</th><td class="num">{digits(cents(value))}</td><td>{share(per_mille, 377)}</td></tr> }
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <caption class="visually-hidden">{say("按产品", "By product")}</caption>
                <thead><tr><th scope="col">{say("产品", "Product")}</th><th scope="col" class="num">{say("消费金额", "Consumption")}{unit(Currency::Cny)}</th><th scope="col">{say("占比", "Share")}</th></tr></thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
                <tfoot><tr><th scope="row">{say("合计", "Total")}</th><td class="num"><span class="total">{digits(cents(49_764_115))}</span></td><td></td></tr></tfoot>
            </table>
        </div>
    }
    .into_any()
}
