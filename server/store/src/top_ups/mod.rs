//! Top-ups (domain.md F3, 6.13): partners claim what they have remitted, finance credits it or says why not.
//!
//! A claim is a row of `top_ups` of which nothing is left and for which nothing is posted; crediting is one write that posts, sets what can go
//! back the way it came with its window, and tells. What is done with that afterwards is `withdrawals::top_ups`.

mod claim;
mod decide;
mod list;

pub use claim::{Claimed, NewClaim, claim, enter, form};
pub use decide::{Decided, decide};
pub use list::{account_number, console_slip, page, queue, reveal, show, slip};
pub(crate) use list::{queue_rows, rows};

use crate::{
    access::Access,
    seal::SealedNumber,
    sql::{Row, Sql},
};
use domain::{
    Error, Id, Moment, Money,
    access::{CanSeeLedger, CanTopUp, Permission as _},
    attachment::{Attachment, Kind},
    top_up::{State, TopUpRow},
};

/// The columns of `read`.
const ROW: &str =
    "SELECT u.id, u.version, u.number, t.short_name, u.currency, u.amount_micros, u.channel, u.holder, u.bank, u.account_number,
    u.account_tail, u.account_print, u.received_at_us, u.entered_at_us, u.account_name, u.state, u.reference, u.reason, u.note, u.until_us,
    u.decided_at_us, a.file_name, COALESCE(a.size_bytes, 0)
    FROM top_ups u JOIN tenants t ON t.id = u.tenant_id LEFT JOIN attachments a ON a.kind = 'slip' AND a.object_id = u.id";

fn read(row: &Row) -> Result<TopUpRow, Error> {
    let (id, state): (Id, State) = (row.id(0)?, row.key(15)?);
    let size_bytes = row.int(22)?;
    let slip = row.maybe_text(21)?.map(|name| Attachment { kind: Kind::Slip, object: id, name, size_bytes });
    Ok(TopUpRow {
        id,
        version: row.int(1)?,
        number: row.text(2)?,
        partner: row.text(3)?,
        amount: Money { currency: row.key(4)?, micros: row.int(5)? },
        channel: row.key(6)?,
        payer: row.text(7)?,
        bank: row.text(8)?,
        tail: SealedNumber::read(row, 9)?.tail(),
        date: row.moment(12)?.day(),
        at: row.moment(13)?,
        person: row.text(14)?,
        state,
        reference: row.text(16)?,
        reason: row.text(17)?,
        note: row.text(18)?,
        until: if state == State::Credited { Some(row.moment(19)?.day()) } else { None },
        decided: row.maybe_int(20)?.map(Moment),
        slip,
    })
}

/// The top-ups of a company that a caller sees: all for who reads its income and expense, else those they claimed (F14).
fn visible(head: Sql, access: &Access<CanTopUp>) -> Result<Sql, Error> {
    let standing = access.caller().standing()?;
    let sql = head.and(" WHERE u.tenant_id = ").value(standing.tenant);
    let reads_all = CanSeeLedger::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    Ok(if reads_all { sql } else { sql.and(" AND u.account_id = ").value(standing.account) })
}
