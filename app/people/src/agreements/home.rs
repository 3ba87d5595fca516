//! Home's to-dos: agreements that wait for an administrator.

use super::{PATH, parts::requirement, text};
use domain::agreement::AgreementRow;
use kit::todo::ToDo;

const READ: domain::Text = domain::text("阅读并决定", "Read and decide");

/// What waits. Whoever may not accept has nothing to do.
pub async fn to_dos(caller: &store::Caller) -> Result<Vec<ToDo>, domain::Error> {
    let Ok(access) = caller.access::<domain::access::CanAcceptAgreements>() else { return Ok(Vec::new()) };
    let lang = kit::lang();
    let to_do = |row: AgreementRow| ToDo {
        kind: domain::deadline::Kind::Agreement,
        icon: "list-checks",
        what: row.title.at(lang).to_owned(),
        about: format!("{}{}{}", text::TITLE.at(lang), kit::icon::dot(lang), requirement(row.mandatory).at(lang)),
        due: row.until,
        money: None,
        href: format!("{PATH}/{}", row.id),
        label: READ.at(lang),
    };
    Ok(store::agreements::to_accept(&access).await?.into_iter().map(to_do).collect())
}
