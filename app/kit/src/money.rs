//! Amounts, and what they are the sum of (design.md section 4): a total is never alone.

use crate::page::more_styles;
use domain::{
    Money,
    bills::Exact,
    machine::Keyed as _,
    money::{Currency, Figure},
};
use leptos::prelude::*;

/// An amount with its sign. `look` is `figure`, `hero`, `total`, or nothing inside a text.
#[must_use]
pub fn amount(money: Money, look: &'static str) -> AnyView {
    drawn(money.figure(), money.plain(), money.currency, look)
}

/// The same of an amount with more decimals than are shown.
#[must_use]
pub fn exact(amount: Exact, currency: Currency, look: &'static str) -> AnyView {
    drawn(amount.figure(), amount.plain(), currency, look)
}

fn drawn(Figure { minus, units, cents }: Figure, plain: String, currency: Currency, look: &'static str) -> AnyView {
    let class = if look.is_empty() { "money".to_owned() } else { format!("money {look}") };
    view! {
        <span class=class data-amount=plain data-currency=currency.key()>
            {minus}<span class="cur">{currency.sign()}</span>{units}<span class="dec">{cents}</span>
        </span>
    }
    .into_any()
}

/// An amount in a column or a ledger: plain digits, the currency stands in the head.
#[must_use]
pub fn digits(money: Money) -> AnyView {
    view! { <span class="nowrap" data-amount=money.plain() data-currency=money.currency.key()>{money.to_string()}</span> }.into_any()
}

/// How a term joins the terms before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// It is the first.
    First,
    /// It is added.
    Plus,
    /// It is taken away.
    Minus,
    /// It multiplies.
    Times,
    /// It divides.
    Over,
    /// It is the result.
    Equals,
}

impl Joint {
    const fn sign(self) -> &'static str {
        match self {
            Self::First => "",
            Self::Plus => "+",
            Self::Minus => "\u{2212}",
            Self::Times => "×",
            Self::Over => "÷",
            Self::Equals => "=",
        }
    }
}

/// What stands in a term or behind a leader.
pub enum Worth {
    /// An amount.
    Money(Money),
    /// An amount that may have more decimals than are shown.
    Exact(Exact, Currency),
    /// A rate, a factor, or that it is not known yet.
    Text(String),
}

/// A term of a sum. The label carries the meaning; the sign before it is for the eye.
pub struct Term {
    /// How it joins.
    pub joint: Joint,
    /// What it is.
    pub label: &'static str,
    /// How much.
    pub worth: Worth,
    /// The line below.
    pub note: Option<AnyView>,
    /// `amount-{name}` for those who look for it.
    pub testid: Option<&'static str>,
}

/// A sum: its terms in reading order, the result with the double rule.
#[must_use]
pub fn sum(terms: Vec<Term>) -> AnyView {
    more_styles();
    let terms = terms.into_iter().map(|term| {
        let Term { joint, label, worth, note, testid } = term;
        let class = if joint == Joint::Equals { "t res" } else { "t" };
        let sign = (joint != Joint::First).then(|| view! { <span class="op" aria-hidden="true">{joint.sign()}</span> });
        let (value, plain, code) = match worth {
            Worth::Money(money) => (amount(money, ""), Some(money.plain()), Some(money.currency.key())),
            Worth::Exact(sum, currency) => (exact(sum, currency, ""), Some(sum.plain()), Some(currency.key())),
            Worth::Text(text) => (text.into_any(), None, None),
        };
        let note = note.map(|note| view! { <div class="nt">{note}</div> });
        view! {
            <li>
                {sign}
                <div class=class>
                    <span class="lab">{label}</span>
                    <div class="val" data-testid=testid data-amount=plain data-currency=code>{value}</div>
                    {note}
                </div>
            </li>
        }
    });
    view! { <ul class="sum" role="list">{terms.collect_view()}</ul> }.into_any()
}

/// A line of a ledger.
pub struct Line {
    /// What it is; one that takes away says so.
    pub label: String,
    /// How much.
    pub worth: Worth,
    /// It is the total.
    pub total: bool,
}

/// A ledger: label, dotted leader, value.
#[must_use]
pub fn ledger(lines: Vec<Line>) -> AnyView {
    more_styles();
    let lines = lines.into_iter().map(|line| {
        let value = match line.worth {
            Worth::Money(money) => digits(money),
            Worth::Exact(sum, currency) => {
                view! { <span class="nowrap" data-amount=sum.plain() data-currency=currency.key()>{sum.to_string()}</span> }.into_any()
            }
            Worth::Text(text) => text.into_any(),
        };
        view! { <div class=line.total.then_some("total")><dt>{line.label}</dt><dd>{value}</dd></div> }
    });
    view! { <dl class="ledger">{lines.collect_view()}</dl> }.into_any()
}

/// The unit of a column of amounts, behind its head: `（元）`, `(CNY)`.
#[must_use]
pub fn unit(currency: Currency) -> &'static str {
    match (crate::lang(), currency) {
        (domain::Lang::Zh, Currency::Cny) => "（元）",
        (domain::Lang::Zh, Currency::Usd) => "（美元）",
        (domain::Lang::En, Currency::Cny) => " (CNY)",
        (domain::Lang::En, Currency::Usd) => " (USD)",
    }
}
