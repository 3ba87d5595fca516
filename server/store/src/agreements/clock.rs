//! What the clock does: a version whose last day has passed is closed, and whoever did not accept it is told.

use super::{VERSION, Version, administrators, publish::move_to, waiting};
use crate::{
    access::Access,
    messages, people,
    sql::sql,
    write::{Tx, Written},
};
use domain::{Error, Id, access::Anyone, agreement::Move, event::Event, machine::Keyed as _, message::Notice};

/// Versions that one round closes at most; the next one goes on.
const ROUND: i64 = 50;

/// Closes what is over. Each version is a write of its own; one that can't be closed is told in the log and does not hold up the others.
///
/// # Errors
/// The database does not answer.
pub async fn ring(access: &Access<Anyone>) -> Result<(), Error> {
    let over = sql("SELECT id FROM agreement WHERE stage = 'published' AND until_us <= ").value(access.now());
    for row in access.store().db.rows(over.and(" ORDER BY until_us, id").limit(ROUND)).await? {
        let id = row.id(0)?;
        match access.write(None, id, |tx, id| Box::pin(close(tx, *id))).await {
            Ok(()) | Err(Error::Stale | Error::WrongState { .. }) => {}
            Err(Error::Unavailable) => return Err(Error::Unavailable),
            Err(error) => tracing::error!(agreement = %id, code = error.code(), "an agreement could not be closed by the clock"),
        }
    }
    Ok(())
}

async fn close(tx: &mut Tx, id: Id) -> Result<Written<()>, Error> {
    let find = sql(VERSION).and(" FROM agreement g WHERE g.id = ").value(id).and(" LIMIT 1");
    let version = Version::read(&tx.row(find).await?.ok_or(Error::NotFound)?)?;
    let stage = Move::Close.from(version.stage).ok_or_else(|| Error::WrongState { now: version.stage.label().into() })?;
    move_to(tx, &version, stage).await?;
    let mut written = Written::quiet(());
    if let Some(vendor) = people::vendor(tx).await? {
        written = written.and(vendor, Event::AgreementMoved { agreement: id, step: Move::Close.key().to_owned() });
    }
    let late = waiting(tx, id, &version.audience).await?;
    for company in &late {
        written = written.and(*company, Event::AgreementExpired { agreement: id });
    }
    let people = administrators(tx, &late).await?;
    messages::tell(tx, &Notice::AgreementExpired { agreement: id, title: version.title }, &people).await?;
    Ok(written)
}
