//! Bills among the to-dos of home: what is issued and not paid, by its deadline.

use super::{draw::pay_address, text};
use domain::access::CanPayBill;
use kit::{lang, todo::ToDo};

/// Bills that wait to be paid, for who may pay them.
pub async fn to_dos(caller: &store::Caller) -> Result<Vec<ToDo>, domain::Error> {
    let Ok(access) = caller.access::<CanPayBill>() else { return Ok(Vec::new()) };
    let lang = lang();
    let to_do = |bill: store::bills::Bill| ToDo {
        kind: domain::deadline::Kind::Bill,
        icon: "receipt",
        what: text::to_pay(bill.period, bill.state, lang),
        about: bill.number.clone(),
        due: bill.due_at.map(|at| at.plus_seconds(-1).day()),
        money: Some(bill.open()),
        href: pay_address(bill.period, bill.currency),
        label: text::PAY.at(lang),
    };
    Ok(store::bills::unpaid(&access).await?.into_iter().map(to_do).collect())
}
