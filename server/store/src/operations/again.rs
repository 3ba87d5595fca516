//! Work that went wrong, begun again by an operator who has mended the cause.

use crate::{
    access::Access,
    exports, jobs,
    sql::sql,
    write::{Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::CanOperate,
    event::Event,
    machine::Keyed as _,
    operations::{Refusal, Retry},
};

/// Begins something again now: what rests does not wait longer, and what was given up starts anew.
///
/// # Errors
/// `WRONG_STATE` when it is under way or done by now; `NotFound`.
pub async fn again(access: &Access<CanOperate>, what: Retry, id: Id) -> Result<(), Error> {
    let own = access.tenant()?;
    access
        .write(None, (what, id, own), |tx, (what, id, own)| {
            Box::pin(async move {
                let tenant = match what {
                    Retry::Job => job(tx, *id).await?,
                    Retry::Export => exports::again(tx, *id).await?,
                    Retry::Mail => mail(tx, *id).await?.unwrap_or(*own),
                };
                Ok(Written::new((), tenant, Event::WorkRetried { kind: what.key().to_owned(), id: *id }))
            })
        })
        .await
}

async fn job(tx: &mut Tx, id: Id) -> Result<Id, Error> {
    let row = tx.row(sql("SELECT tenant_id FROM jobs WHERE id = ").value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    match jobs::wake(tx, id).await? {
        true => row.id(0).map_err(Error::from),
        false => Err(Refusal::NotWaiting.into()),
    }
}

/// Gives whose messages it tells, if it tells any.
async fn mail(tx: &mut Tx, id: Id) -> Result<Option<Id>, Error> {
    let find = sql("SELECT a.tenant_id FROM outbox o LEFT JOIN accounts a ON a.id = o.account_id WHERE o.id = ").value(id);
    let row = tx.row(find.and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let wake = sql("UPDATE outbox SET state = 'waiting', rest_until_us = $1, refusals = 0, ended_at_us = NULL
        WHERE id = $2 AND state IN ('waiting', 'failed') AND problem <> ''");
    match tx.execute(wake.bind(Moment(0)).bind(id)).await? {
        0 => Err(Refusal::NotWaiting.into()),
        _ => Ok(row.maybe_text(0)?.and_then(|tenant| tenant.parse().ok())),
    }
}
