//! Withdrawals among the to-dos of home.

use super::{PATH, text};
use domain::{
    Text,
    deadline::Kind,
    text as words,
    withdrawal::{State, WithdrawalRow},
};
use kit::{lang, todo::ToDo};

const RESUBMIT: Text = words("提现申请被驳回，修改后重提", "A withdrawal was rejected: change and resubmit");
const CONFIRM: Text = words("同事发起的提现待确认", "A colleague's withdrawal waits for you to confirm");

/// Requests that were rejected and wait to be made again, and those of colleagues that wait to be confirmed.
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
    Ok(store::withdrawals::homes(&access).await?.into_iter().map(to_do).collect())
}
