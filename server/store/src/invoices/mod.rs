//! Invoices of the vendor to partners (domain.md F7): whose title stands on them, what can be invoiced, requests, issuing and giving back.
//!
//! - A request takes its amount off what can be invoiced in the write that takes it; whoever asks for something of a partner's invoices takes
//!   the partner's turn first (`turn`), so that of two at once the second sees what the first has done.
//! - What stands on an invoice is a copy of the information as it was when it was asked for.
//! - Nothing here moves money: what is owed is read from the ledger, what is paid from the bills.

mod content;
mod decide;
mod form;
mod information;
mod list;
mod queue;
mod request;
mod reviews;
mod save;
mod show;
mod sums;

pub(crate) use content::{content as opened, sealed};
pub use decide::{Moved, cancel_or_return, decide, move_on};
pub use form::form;
pub use information::{information, information_form, title_form};
pub(crate) use list::rows;
pub use list::{homes, page};
pub use queue::queue;
pub(crate) use queue::rows as queue_rows;
pub use request::{Entered, NewRequest, Submitted, enter, submit};
pub use reviews::{Decided, NewReview, NewTitle, ask_title, decide_review, enter_review, evidence, review, reviews};
pub use save::{NewInformation, Saved, delete, enter_change, enter_information, save};
pub use show::{console_file, console_show, file, show};
pub use sums::{Summary, summary};

use crate::{
    access::Access,
    sql::{Row, Sql, sql},
    write::Tx,
};
use domain::{
    Currency, Error, Id, Money,
    access::{CanManageInvoices, Role},
    bills::Period,
    invoice::InvoiceRow,
    machine::Keyed as _,
};

/// Invoices are made in this currency; bills in another one have no invoices here.
const CURRENCY: Currency = Currency::Cny;
/// People of one company who are told.
const TOLD_MAX: i64 = 50;

/// The columns of `read`.
const ROW: &str = "SELECT r.id, r.version, r.number, t.short_name, r.named_by, r.first_period, r.last_period, r.currency, r.amount_micros,
    r.tax_micros, r.title, r.kind, r.medium, r.submitted_at_us, r.account_name, r.state, r.due_us, r.moved_at_us, i.number, r.courier, r.reason
    FROM invoice_requests r JOIN tenants t ON t.id = r.tenant_id
    LEFT JOIN invoices i ON i.tenant_id = r.tenant_id AND i.request_id = r.id";

fn read(row: &Row) -> Result<InvoiceRow, Error> {
    let currency: Currency = row.key(7)?;
    let money = |micros| Money { currency, micros };
    Ok(InvoiceRow {
        id: row.id(0)?,
        version: row.int(1)?,
        number: row.text(2)?,
        partner: row.text(3)?,
        by: row.key(4)?,
        first: period(&row.text(5)?)?,
        last: period(&row.text(6)?)?,
        amount: money(row.int(8)?),
        tax: money(row.int(9)?),
        title: row.text(10)?,
        kind: row.key(11)?,
        medium: row.key(12)?,
        at: row.moment(13)?,
        person: row.text(14)?,
        state: row.key(15)?,
        due: row.moment(16)?,
        moved: row.moment(17)?,
        invoice: row.maybe_text(18)?.unwrap_or_default(),
        courier: row.text(19)?,
        reason: row.text(20)?,
    })
}

fn period(text: &str) -> Result<Period, Error> {
    text.parse().map_err(|_| Error::Broken)
}

/// The requests of the caller's company.
fn own(head: Sql, access: &Access<CanManageInvoices>) -> Result<Sql, Error> {
    Ok(head.and(" WHERE r.tenant_id = ").value(access.tenant()?))
}

fn money(micros: i64) -> Money {
    Money { currency: CURRENCY, micros }
}

/// Takes the turn of a partner: of two that come at once one waits, or runs again, and reads what the other has written.
async fn turn(tx: &mut Tx, partner: Id) -> Result<(), Error> {
    let take = sql("INSERT INTO invoice_turns (tenant_id, turns) VALUES ($1, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET turns = invoice_turns.turns + 1");
    tx.execute(take.bind(partner)).await.map(|_| ())
}

/// The people of a company who hold a role.
async fn people(tx: &mut Tx, partner: Id, role: Role) -> Result<Vec<Id>, Error> {
    let find = sql("SELECT id FROM accounts WHERE state = 'active' AND tenant_id = ").value(partner);
    let find = find.and(" AND ',' || roles || ',' LIKE ").value(format!("%,{},%", role.key())).and(" ORDER BY created_at_us, id");
    tx.rows(find.limit(TOLD_MAX)).await?.iter().map(|row| Ok(row.id(0)?)).collect()
}

/// The vendor's people who hold a role.
async fn staff(tx: &mut Tx, role: Role) -> Result<Vec<Id>, Error> {
    let find = sql("SELECT id FROM tenants WHERE side = 'vendor' ORDER BY number, id LIMIT 1");
    match tx.row(find).await? {
        Some(row) => people(tx, row.id(0)?, role).await,
        None => Ok(Vec::new()),
    }
}
