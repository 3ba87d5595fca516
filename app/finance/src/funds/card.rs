//! The balance card, and why somebody sees no movements: drawn by the server alone and brought as markup, so the browser carries no code for
//! them.

use super::{list::PATH, text};
use crate::withdrawals::PATH as WITHDRAWALS;
use domain::{
    Currency, Drawn, Moment, Money,
    ledger::{FUNDS, Funds},
    machine::Keyed as _,
    why_not::WhyNot,
    withdrawal::{BankAccountRow, Fund},
};
use kit::{
    drawn::drawn,
    icon::Icon,
    money::{Joint, Term, Worth, amount, sum},
};
use leptos::prelude::*;

/// Where the form of the alert is sent.
const SET_ALERT: &str = "/fn/funds/set-alert";

/// A card for each currency. With more than one, each says whether its movements are shown, and leads to them. Below them: bank accounts
/// that money cannot go to yet.
pub(crate) fn cards(all: &[Funds], shown: Currency, as_of: Moment, resting: &[BankAccountRow], alert: Option<AnyView>) -> Drawn {
    let several = all.len() > 1;
    let cards = all.iter().map(|funds| card(funds, as_of, several, funds.cash.currency == shown)).collect_view();
    let resting = resting.iter().filter_map(rests).collect_view();
    drawn(view! { <div class="stack">{cards}{resting}{alert}</div> }.into_any())
}

/// The alert: whether the balance is below it now, and the form that sets it.
pub(super) fn alert(all: &[Funds], limit: Option<Money>, may_set: bool) -> Option<AnyView> {
    let lang = kit::lang();
    let cash = all.iter().map(|funds| funds.cash).find(|cash| cash.currency == Currency::Cny);
    let is_below = limit.zip(cash).is_some_and(|(limit, cash)| cash.micros < limit.micros);
    if limit.is_none() && !may_set {
        return None;
    }
    let refused = kit::visit::kept().filter(|kept| kept.action == SET_ALERT).and_then(|kept| kept.fault).map(|fault| {
        view! { <p class="note" data-k="bad" role="alert" data-testid="error-summary" data-code=fault.code><Icon name="alert"/><span>{fault.message}</span></p> }
    });
    let now = match limit {
        Some(limit) => view! { <span data-testid="balance-alert" data-amount=limit.plain()>{amount(limit, "")}</span> }.into_any(),
        None => view! { <span data-testid="balance-alert">{text::NO_ALERT.at(lang)}</span> }.into_any(),
    };
    let low = is_below.then(|| view! { <span class="tag" data-testid="balance-low">{text::LOW.at(lang)}</span> });
    let form = may_set.then(|| {
        let value = limit.map(Money::plain).unwrap_or_default();
        view! {
            <form class="alert-set push" method="post" action=SET_ALERT>
                <input type="hidden" name="from" value=PATH/>
                <input class="input" id="alert-amount" name="amount" inputmode="decimal" autocomplete="off" maxlength="20" value=value aria-label=text::ALERT_FIELD.at(lang) placeholder=text::ALERT_FIELD.at(lang)/>
                <button class="btn s" data-testid="action-alert">{text::SAVE.at(lang)}</button>
            </form>
        }
    });
    let view = view! {
        <section class="card" aria-label=text::ALERT.at(lang)>
            {refused}
            <div class="head"><h2>{text::ALERT.at(lang)}</h2>{now}{low}{form}</div>
        </section>
    };
    Some(view.into_any())
}

/// An account that was changed lately, and from when on money can go there.
fn rests(account: &BankAccountRow) -> Option<AnyView> {
    let words = text::rests(&account.bank, &account.tail, account.ready?, kit::lang());
    let tail = account.tail.clone();
    Some(
        view! { <div class="note" data-k="wait" data-testid="account-rests" data-tail=tail><Icon name="hourglass"/><p>{words}</p></div> }
            .into_any(),
    )
}

fn card(funds: &Funds, as_of: Moment, several: bool, is_shown: bool) -> AnyView {
    let lang = kit::lang();
    let currency = funds.cash.currency;
    let term = |joint, label: domain::Text, money: Money, testid, note: Option<AnyView>| Term {
        joint,
        label: label.at(lang),
        worth: Worth::Money(money),
        note,
        testid: Some(testid),
    };
    let time = view! { {text::AS_OF.at(lang)}" "{as_of.to_minutes()} }.into_any();
    let terms = vec![
        term(Joint::First, text::CASH, funds.cash, "cash-balance", None),
        term(Joint::Minus, text::OWED, funds.owed, "owed-invoice", Some(text::OWED_NOTE.at(lang).into_any())),
        term(Joint::Minus, text::HELD, funds.held, "held", Some(text::HELD_NOTE.at(lang).into_any())),
        term(Joint::Equals, text::WITHDRAWABLE, funds.withdrawable, "withdrawable", Some(time)),
    ];
    let parts = FUNDS.iter().zip(&funds.funds).zip(text::FUND_NOTES).map(|((fund, money), note)| {
        // Other currencies are not withdrawn yet, and nothing is not withdrawn at all.
        let key = Fund::ALL.iter().find(|other| other.account() == *fund).filter(|_| currency == Currency::Cny && money.micros > 0);
        let way = key.map(|key| {
            let about = fund.label().at(lang);
            let href = format!("{WITHDRAWALS}/new?fund={}", key.key());
            // The one main action: the way that asks for least.
            let class = if *key == Fund::Original { "btn primary s" } else { "btn s" };
            view! { <a class=class href=href data-testid=format!("withdraw-{}", key.key())>{text::WITHDRAW.at(lang)}<span class="visually-hidden">{about}</span></a> }
        });
        view! {
            <li>
                <span class="lab">{fund.label().at(lang)}</span>
                <div data-testid=format!("fund-{}", fund.key()) data-amount=money.plain() data-currency=currency.key()>{amount(*money, "figure")}</div>
                <span class="nt">{note.at(lang)}</span>
                {way}
            </li>
        }
    });
    let title =
        if several { format!("{}{}", text::BALANCE.at(lang), kit::money::unit(currency)) } else { text::BALANCE.at(lang).to_owned() };
    let switch = (several && !is_shown).then(|| {
        let href = format!("{PATH}?currency={}", currency.key());
        view! { <div class="foot"><a href=href>{text::SHOW_MOVEMENTS.at(lang)}</a></div> }
    });
    view! {
        <section class="card" aria-label=title data-testid="balance" data-currency=currency.key()>
            <div class="body">{sum(terms)}</div>
            <ul class="funds" role="list" aria-label=text::BY_FUND.at(lang)>{parts.collect_view()}</ul>
            {switch}
        </section>
    }
    .into_any()
}

/// The balance is for every member of a sales partner, the movements are not: what is missing, who can grant it, and the way to ask.
pub(super) fn locked(why: &WhyNot) -> Drawn {
    let lang = kit::lang();
    let who = (!why.who.is_empty()).then(|| {
        let names = why.who.join(if lang == domain::Lang::Zh { "、" } else { ", " });
        view! { <p>{why.who_can(lang)}{names}</p> }
    });
    let ask = (!why.is_administrator && !why.who.is_empty()).then(|| {
        view! {
            <form method="post" action="/fn/ask-administrators">
                <input type="hidden" name="from" value=PATH/>
                <input type="hidden" name="permission" value=why.permission.clone()/>
                <button class="btn s" data-testid="action-ask">{text::ASK.at(lang)}</button>
            </form>
        }
    });
    let view = view! {
        <section class="why-not" data-testid="why-not" data-code=why.reason.code() aria-label=text::TITLE.at(lang)>
            <h2 class="why-title"><Icon name="lock" size="s"/><span>{why.title(lang)}</span></h2>
            {who}
            {ask}
        </section>
    };
    drawn(view.into_any())
}
