//! Home's card of money: what can be withdrawn, and the requests that wait for the partner.

use super::{
    PATH,
    functions::{HomeWithdrawals, home_withdrawals},
    text,
};
use domain::{Lang, Money, Text, text as words, withdrawal::WithdrawalRow};
use kit::{
    awaited::{ask_once, awaited},
    icon::Icon,
    lang,
    money::amount,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const BALANCE: Text = words("资金", "Funds");
const WITHDRAWABLE: Text = words("可提现", "Withdrawable");
/// The owner's word [S].
const WITHDRAW: Text = words("提现", "Withdraw");
const RESUBMIT: Text = words("提现申请被驳回，修改后重提", "A withdrawal was rejected: change and resubmit");

/// What home shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Homes {
    /// What can be withdrawn.
    pub withdrawable: Money,
    /// Rejected requests of which none was made again.
    pub rows: Vec<WithdrawalRow>,
}

/// The card; nothing for readers who may not withdraw.
#[component]
pub fn FundsCard() -> AnyView {
    awaited(ask_once::<HomeWithdrawals>(|_| Box::pin(home_withdrawals())), |answer, _| match answer.open::<Homes>() {
        Ok(homes) => card(homes),
        Err(_) => ().into_any(),
    })
}

fn card(homes: Homes) -> AnyView {
    let lang = lang();
    let rows = homes.rows.into_iter().map(|row| to_do(&row, lang)).collect::<Vec<_>>();
    let list = (!rows.is_empty()).then(|| view! { <ul class="todo" data-testid="withdrawals-to-do">{rows}</ul> });
    view! {
        <section class="card" data-testid="home-funds" aria-label=BALANCE.at(lang)>
            <div class="head">
                <h2>{WITHDRAWABLE.at(lang)}</h2>
                <span data-testid="home-withdrawable" data-amount=homes.withdrawable.plain()>{amount(homes.withdrawable, "figure")}</span>
                <a class="btn s push" href=PATH data-testid="open-withdrawals">{WITHDRAW.at(lang)}</a>
            </div>
            {list}
        </section>
    }
    .into_any()
}

fn to_do(row: &WithdrawalRow, lang: Lang) -> AnyView {
    let about = format!("{} {}", row.number, text::yuan(row.amount, lang));
    view! {
        <li>
            <span class="todo-icon"><Icon name="undo"/></span>
            <div class="main"><span class="what">{RESUBMIT.at(lang)}</span><span class="sub">{about}</span></div>
            <div class="act"><a class="btn s" href=format!("{PATH}/{}", row.id)>{text::AGAIN.at(lang)}<span class="visually-hidden">{format!(" {}", row.number)}</span></a></div>
        </li>
    }
    .into_any()
}
