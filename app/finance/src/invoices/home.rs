//! Requests for invoices among the to-dos of home: what was rejected and waits to be asked for again.

use super::{PATH, text};
use domain::{Text, access::CanManageInvoices, invoice::InvoiceRow, text as words};
use kit::{lang, todo::ToDo};

const REJECTED: Text = words("开票申请被驳回，修改后重新申请", "An invoice request was rejected: mend it and ask again");

/// Rejected requests of which none was made again.
pub async fn to_dos(caller: &store::Caller) -> Result<Vec<ToDo>, domain::Error> {
    let Ok(access) = caller.access::<CanManageInvoices>() else { return Ok(Vec::new()) };
    let lang = lang();
    let to_do = |row: InvoiceRow| ToDo {
        kind: domain::deadline::Kind::Invoice,
        icon: "undo",
        what: REJECTED.at(lang).to_owned(),
        about: row.number,
        due: None,
        money: Some(row.amount),
        href: format!("{PATH}/{}", row.id),
        label: text::AGAIN.at(lang),
    };
    Ok(store::invoices::homes(&access).await?.into_iter().map(to_do).collect())
}
