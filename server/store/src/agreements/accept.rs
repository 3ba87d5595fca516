//! An administrator gives the company's word.

use super::{VERSION, Version};
use crate::{
    access::Access,
    sql::sql,
    write::{Tx, Written},
};
use domain::{
    Error, Id,
    access::CanAcceptAgreements,
    agreement::{State, state},
    event::Event,
    machine::Keyed as _,
};
use serde::{Deserialize, Serialize};

/// What is accepted, as it was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Acceptance {
    /// The version.
    pub agreement: Id,
    /// SHA-256 of the text that was on the page.
    pub sha256: String,
}

/// Accepts an agreement for the caller's company. What it kept closed is open from this commit on.
///
/// # Errors
/// `NotFound` for what is not for the company, `WrongState` for what can't be accepted any more or was accepted already, `Stale` for
/// another text.
pub async fn accept(access: &Access<CanAcceptAgreements>, acceptance: Acceptance) -> Result<(), Error> {
    access.write(None, acceptance, |tx, acceptance| Box::pin(accept_in(tx, acceptance))).await
}

async fn accept_in(tx: &mut Tx, acceptance: &Acceptance) -> Result<Written<()>, Error> {
    let standing = tx.caller().standing()?.clone();
    let (now, address) = (tx.now(), tx.caller().address.clone());
    let find = sql(VERSION).and(", (SELECT c.at_us FROM agreement_acceptance c WHERE c.agreement_id = g.id AND c.tenant_id = ");
    let find = find.value(standing.tenant).and(") FROM agreement g WHERE g.stage IN ('published', 'closed', 'superseded') AND g.id = ");
    let row = tx.row(find.value(acceptance.agreement).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (version, is_accepted) = (Version::read(&row)?, row.maybe_int(15)?.is_some());
    if !is_accepted && !version.audience.includes(&standing) {
        return Err(Error::NotFound);
    }
    let now_is = state(version.facts(is_accepted), now);
    if now_is != State::Pending {
        return Err(Error::WrongState { now: now_is.label().into() });
    }
    if version.sha256 != acceptance.sha256 {
        return Err(Error::Stale);
    }
    let insert = sql("INSERT INTO agreement_acceptance (tenant_id, agreement_id, account_id, person, sha256, at_us, address)
        VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let insert = insert.bind(standing.tenant).bind(version.id).bind(standing.account).bind(&standing.name);
    tx.insert_next(insert.bind(&version.sha256).bind(now).bind(address)).await?;
    Ok(Written::new((), standing.tenant, Event::AgreementAccepted { agreement: version.id, sha256: version.sha256 }))
}
