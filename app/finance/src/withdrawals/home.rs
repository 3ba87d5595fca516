//! Home's card of money: what can be withdrawn. The requests that wait for the partner are among its to-dos.

#[cfg(not(target_arch = "wasm32"))]
use super::text;
use super::{
    PATH,
    functions::{HomeWithdrawals, home_withdrawals},
};
use domain::{Money, Text, text as words};
#[cfg(not(target_arch = "wasm32"))]
use domain::{
    deadline::Kind,
    withdrawal::{State, WithdrawalRow},
};
#[cfg(not(target_arch = "wasm32"))]
use kit::todo::ToDo;
use kit::{
    awaited::{ask_once, awaited},
    lang,
    money::amount,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const BALANCE: Text = words("资金", "Funds");
const WITHDRAWABLE: Text = words("可提现", "Withdrawable");
/// The owner's word [S].
const WITHDRAW: Text = words("提现", "Withdraw");
#[cfg(not(target_arch = "wasm32"))]
const RESUBMIT: Text = words("提现申请被驳回，修改后重提", "A withdrawal was rejected: change and resubmit");

#[cfg(not(target_arch = "wasm32"))]
const CONFIRM: Text = words("同事发起的提现待确认", "A colleague's withdrawal waits for you to confirm");

/// What home shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Homes {
    /// What can be withdrawn.
    pub withdrawable: Money,
}

/// The card; nothing for readers who may not withdraw.
#[component]
pub fn FundsCard() -> AnyView {
    awaited(ask_once::<HomeWithdrawals>(|_| Box::pin(home_withdrawals())), |answer| match answer.open::<Homes>() {
        Ok(homes) => card(homes),
        Err(_) => ().into_any(),
    })
}

fn card(homes: Homes) -> AnyView {
    let lang = lang();
    view! {
        <section class="card" data-testid="home-funds" aria-label=BALANCE.at(lang)>
            <div class="head">
                <h2>{WITHDRAWABLE.at(lang)}</h2>
                <span data-testid="home-withdrawable" data-amount=homes.withdrawable.plain()>{amount(homes.withdrawable, "figure")}</span>
                <a class="btn s push" href=PATH data-testid="open-withdrawals">{WITHDRAW.at(lang)}</a>
            </div>
        </section>
    }
    .into_any()
}

/// Requests that were rejected and wait to be made again, and those of colleagues that wait to be confirmed.
#[cfg(not(target_arch = "wasm32"))]
pub async fn to_dos(caller: &store::Caller) -> Result<Vec<ToDo>, domain::Error> {
    let Ok(access) = caller.access::<domain::access::CanWithdraw>() else { return Ok(Vec::new()) };
    let lang = lang();
    let to_do = |row: WithdrawalRow| {
        let (kind, icon, what, label) = match row.state {
            State::PartnerReview => (Kind::Confirm, "check", CONFIRM, text::CONFIRM),
            _ => (Kind::Withdrawal, "undo", RESUBMIT, text::AGAIN),
        };
        ToDo {
            kind,
            icon,
            what: what.at(lang).to_owned(),
            about: row.number,
            due: None,
            money: Some(row.amount),
            href: format!("{PATH}/{}", row.id),
            label: label.at(lang),
        }
    };
    Ok(store::withdrawals::homes(&access).await?.1.into_iter().map(to_do).collect())
}
