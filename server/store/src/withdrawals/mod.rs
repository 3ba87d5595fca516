//! Withdrawals (domain.md F3): a request holds its amount at once, finance decides, the bank pays, or the amount is free again.
//!
//! - State, money, timeline, audit row and messages of a step are one write. Every form carries a key; its first answer is replayed.
//! - A request keeps a copy of the account it was handed in with: what is changed later changes no request.
//! - Money of the original-path fund goes back through the top-ups it came with (`top_ups`); what each has left is kept beside it, because
//!   bills are paid out of the same fund without asking which top-up they use.

mod decide;
mod enter;
mod form;
mod guard;
mod list;
mod plan;
mod queue;
mod show;
mod top_ups;

pub use decide::{Moved, by_partner, decide, move_on, numbers, prepare_confirming, process_due, reviewed};
pub use enter::{Entered, Submitted, enter, prepare, submit};
pub use form::form;
pub(crate) use form::mostly_hidden;
pub(crate) use list::rows;
pub use list::{homes, page};
pub use plan::{NewWithdrawal, To};
pub use queue::queue;
pub(crate) use queue::rows as queue_rows;
pub use show::{account_number, console_show, reveal, show};
pub(crate) use top_ups::window_of;
pub use top_ups::{NewTopUp, age, enter_top_up, set_window};

use crate::{
    access::{Access, Store},
    seal::{Key, SealedNumber},
    sql::{Row, Sql},
    write::Tx,
};
use domain::{
    Currency, Error, Id, Moment, Money,
    access::{CanManageWithdrawals, Permission, Rule, Standing},
    machine::Keyed as _,
    withdrawal::{State, WithdrawalRow},
};
use std::{future::Future, sync::Arc};

/// Whoever rows are asked of: the same rules are read before a form is sent and inside the write that takes it.
pub(crate) trait Asks {
    /// The rows of a statement.
    fn ask(&mut self, sql: Sql) -> impl Future<Output = Result<Vec<Row>, Error>> + Send;

    /// The key with which numbers were sealed, when there is one.
    fn key(&mut self) -> impl Future<Output = Option<Arc<Key>>> + Send;
}

impl Asks for Tx {
    async fn ask(&mut self, sql: Sql) -> Result<Vec<Row>, Error> {
        self.rows(sql).await
    }

    async fn key(&mut self) -> Option<Arc<Key>> {
        self.store().seal.key().await
    }
}

impl Asks for &Store {
    async fn ask(&mut self, sql: Sql) -> Result<Vec<Row>, Error> {
        Ok(self.db.rows(sql).await?)
    }

    async fn key(&mut self) -> Option<Arc<Key>> {
        self.seal.key().await
    }
}

/// The columns of `read`.
const ROW: &str = "SELECT w.id, w.version, w.number, t.short_name, w.fund, w.currency, w.amount_micros, w.bank, w.account_number,
    w.account_tail, w.account_print, w.submitted_at_us, w.account_name, w.state, w.first_approver, w.promised_us, w.ended_at_us, w.due_us,
    w.reference, w.reason
    FROM withdrawals w JOIN tenants t ON t.id = w.tenant_id";

fn read(row: &Row) -> Result<WithdrawalRow, Error> {
    let state: State = row.key(13)?;
    Ok(WithdrawalRow {
        id: row.id(0)?,
        version: row.int(1)?,
        number: row.text(2)?,
        partner: row.text(3)?,
        fund: row.key(4)?,
        amount: Money { currency: row.key(5)?, micros: row.int(6)? },
        bank: row.text(7)?,
        tail: SealedNumber::read(row, 8)?.tail(),
        at: row.moment(11)?,
        person: row.text(12)?,
        state,
        has_first_approval: row.maybe_text(14)?.is_some(),
        promised: row.moment(15)?.day(),
        ended: row.maybe_int(16)?.map(Moment),
        due: row.moment(17)?,
        reference: row.text(18)?,
        reason: row.text(19)?,
    })
}

/// The requests of a company that a caller sees: all for who manages them, else those they started (F14). What was deleted is hidden.
fn visible<P: Permission>(head: Sql, access: &Access<P>) -> Result<Sql, Error> {
    let standing = access.caller().standing()?;
    let sql = head.and(" WHERE w.tenant_id = ").value(standing.tenant).and(" AND w.state <> ").value(State::Deleted.key());
    Ok(if manages(standing) { sql } else { sql.and(" AND w.account_id = ").value(standing.account) })
}

/// Somebody looks after the requests of their whole company.
fn manages(standing: &Standing) -> bool {
    let rule: Option<&'static Rule> = CanManageWithdrawals::RULE;
    rule.is_some_and(|rule| standing.may(rule).is_ok())
}

/// What an account of the ledger holds is money of this currency; others are not withdrawn yet.
const CURRENCY: Currency = Currency::Cny;

/// A column of sums as money.
fn money(micros: i64) -> Money {
    Money { currency: CURRENCY, micros }
}

/// The administrators of a company, who are told of its money.
async fn administrators(tx: &mut Tx, partner: Id) -> Result<Vec<Id>, Error> {
    let find = crate::sql::sql("SELECT id FROM accounts WHERE tenant_id = ").value(partner);
    let find = find.and(" AND state = 'active' AND roles LIKE '%administrator%' ORDER BY created_at_us, id LIMIT 20");
    tx.rows(find).await?.iter().map(|row| Ok(row.id(0)?)).collect()
}
