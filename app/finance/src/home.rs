//! Money on home: what the company has, and what this month comes to (domain.md F0). The server draws both cards.

use crate::{bills, funds, top_ups, withdrawals};
use domain::{
    Drawn, Money,
    access::{CanSeeBalance, CanSeeBill, CanTopUp, CanWithdraw},
    ledger::Funds,
};
use kit::{
    drawn::drawn,
    icon::Icon,
    lang,
    money::{Line, Worth, amount, ledger},
};
use leptos::prelude::*;
use store::{Caller, bills::Grown};

mod text {
    use domain::{Text, text};
    pub(super) const WITHDRAWABLE: Text = text("可提现", "Withdrawable");
    pub(super) const CASH: Text = text("现金余额", "Cash balance");
    pub(super) const OWED: Text = text("减 欠票金额", "Less owed invoices");
    pub(super) const HELD: Text = text("减 提现冻结", "Less held for withdrawals");
    pub(super) const ALERT: Text = text("余额预警", "Balance alert");
    pub(super) const NO_ALERT: Text = text("未设置", "not set");
    pub(super) const LEDGER: Text = text("收支明细", "Income and expenses");
    /// The owner's word [S].
    pub(super) const WITHDRAW: Text = text("提现", "Withdraw");
    pub(super) const TOP_UP: Text = text("充值", "Top up");
    pub(super) const THIS_MONTH: Text = text("本月账单", "This month's bill");
    pub(super) const ESTIMATE: Text = text("本月账单（预估）", "This month's bill (estimate)");
    pub(super) const UP_TO: Text = text("截至", "up to");
    pub(super) const LAST: Text = text("上期应付", "Last bill");
    pub(super) const OPEN: Text = text("待付金额", "To be paid");
    pub(super) const SEE: Text = text("查看账单", "See the bill");
    pub(super) const FIGURES: Text = text("资金概览", "Money at a glance");
}

/// What home shows of a company's money; empty for whom it does not concern.
#[derive(Debug, Default)]
pub struct MoneyCards {
    /// The two figures that people look for first, for phones.
    pub figures: Drawn,
    /// The ways to money, beside the heading.
    pub actions: Drawn,
    /// The cards.
    pub cards: Drawn,
}

/// Draws it for a reader.
///
/// # Errors
/// The database does not answer.
pub async fn cards(caller: &Caller) -> Result<MoneyCards, domain::Error> {
    let seen = Seen::of(caller).await?;
    Ok(MoneyCards { figures: drawn(seen.figures()), actions: drawn(actions(caller)), cards: drawn(seen.cards()) })
}

/// What the reader may see.
struct Seen {
    funds: Option<(Funds, Option<Money>)>,
    /// The estimate of this month and the bill before it.
    bills: Option<(Grown, Option<Grown>)>,
}

impl Seen {
    async fn of(caller: &Caller) -> Result<Self, domain::Error> {
        let funds = match caller.access::<CanSeeBalance>() {
            Ok(access) => {
                let first = store::ledger::balances(&access).await?.into_iter().next();
                let alert = store::funds::alert(&access).await?;
                first.map(|funds| (funds, alert))
            }
            Err(_) => None,
        };
        let bills = match caller.access::<CanSeeBill>() {
            Ok(access) => store::bills::this_month(&access).await?,
            Err(_) => None,
        };
        Ok(Self { funds, bills })
    }

    fn figures(&self) -> AnyView {
        let figure = |label: domain::Text, money: Money| {
            view! { <div><dt>{label.at(lang())}</dt><dd>{amount(money, "")}</dd></div> }
        };
        let funds = self.funds.as_ref().map(|(funds, _)| figure(text::WITHDRAWABLE, funds.withdrawable));
        let bill = self.bills.as_ref().map(|(now, _)| figure(text::ESTIMATE, now.bill.due));
        if funds.is_none() && bill.is_none() {
            return ().into_any();
        }
        view! { <dl class="card figures phone-only" aria-label=text::FIGURES.at(lang())>{funds}{bill}</dl> }.into_any()
    }

    fn cards(&self) -> AnyView {
        let funds = self.funds.as_ref().map(|(funds, alert)| funds_card(funds, *alert));
        let bill = self.bills.as_ref().map(|(now, before)| bill_card(now, before.as_ref()));
        view! { {funds}{bill} }.into_any()
    }
}

fn actions(caller: &Caller) -> AnyView {
    let way = |may: bool, href: &'static str, icon: &'static str, label: domain::Text, testid: &'static str| {
        may.then(|| view! { <a class="btn" href=href data-testid=testid><Icon name=icon/>{label.at(lang())}</a> })
    };
    let top_up = way(caller.access::<CanTopUp>().is_ok(), top_ups::NEW, "plus", text::TOP_UP, "open-top-up");
    let withdraw = way(caller.access::<CanWithdraw>().is_ok(), withdrawals::PATH, "banknote", text::WITHDRAW, "open-withdrawals");
    view! { {top_up}{withdraw} }.into_any()
}

fn funds_card(funds: &Funds, alert: Option<Money>) -> AnyView {
    let lang = lang();
    let line = |label: domain::Text, money: Money| Line { label: label.at(lang).to_owned(), worth: Worth::Money(money), total: false };
    let less = |money: Money| Money { micros: money.micros.saturating_neg(), ..money };
    let lines = vec![line(text::CASH, funds.cash), line(text::OWED, less(funds.owed)), line(text::HELD, less(funds.held))];
    let alert = match alert {
        Some(alert) => amount(alert, ""),
        None => text::NO_ALERT.at(lang).into_any(),
    };
    view! {
        <section class="card" aria-label=text::WITHDRAWABLE.at(lang) data-testid="home-funds">
            <div class="head"><h2>{text::WITHDRAWABLE.at(lang)}</h2></div>
            <div class="body">
                <p class="home-figure" data-testid="home-withdrawable" data-amount=funds.withdrawable.plain()>{amount(funds.withdrawable, "hero total")}</p>
                {ledger(lines)}
            </div>
            <div class="foot"><span>{text::ALERT.at(lang)}" "{alert}</span><a class="push" href=funds::list::PATH>{text::LEDGER.at(lang)}</a></div>
        </section>
    }
    .into_any()
}

fn bill_card(now: &Grown, last: Option<&Grown>) -> AnyView {
    let (lang, bill) = (lang(), &now.bill);
    let until = bill.until.plus_seconds(-1).day().to_string();
    let growth = bills::draw::growth(now, last);
    let before = last.map(|Grown { bill: before, .. }| {
        let mut lines =
            vec![Line { label: format!("{} {}", text::LAST.at(lang), before.period), worth: Worth::Money(before.due), total: false }];
        if before.state.is_open() {
            lines.push(Line { label: text::OPEN.at(lang).to_owned(), worth: Worth::Money(before.open()), total: false });
        }
        ledger(lines)
    });
    view! {
        <section class="card" aria-label=text::THIS_MONTH.at(lang) data-testid="home-bill">
            <div class="head"><h2>{text::THIS_MONTH.at(lang)}</h2>{bills::draw::chip(bill)}<span class="aux push">{text::UP_TO.at(lang)}" "{until}</span></div>
            <div class="body">
                <p class="home-figure" data-testid="home-estimate" data-amount=bill.due.plain()>{amount(bill.due, "figure")}</p>
                {growth}
                {before}
            </div>
            <div class="foot"><a class="push" href=bills::draw::address(bill.period, bill.currency)>{text::SEE.at(lang)}</a></div>
        </section>
    }
    .into_any()
}
