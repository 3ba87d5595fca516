//! Making, changing and deleting an invoice information.

use super::{
    content::written,
    information::{self, Kept, titles, titles_of},
    reviews::{self, NewReview},
    turn,
};
use crate::{
    access::Access,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id,
    access::{CanManageInvoices, Standing},
    event::Event,
    invoice::{Content, InformationState, InformationStep, InvoiceKind, Refusal, ReviewKind, State, Tab, Typed, Way, reason, way},
    machine::Keyed as _,
};
use serde::{Deserialize, Serialize};

/// A form of an information as it was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saved {
    /// The information that is changed, and the version its form was read at; none makes a new one.
    pub information: Option<(Id, i64)>,
    /// For invoices of whom, when it is a new one.
    pub tab: Tab,
    /// Its fields.
    pub typed: Typed,
    /// Why it is changed.
    pub reason: String,
    /// A change that is not free is handed in for review.
    pub review: bool,
}

/// An information as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewInformation {
    /// Whose it is.
    pub partner: Id,
    /// For invoices of whom.
    pub tab: Tab,
    /// What stands on the invoice.
    pub content: Content,
    /// It is older than the rule of one.
    pub is_legacy: bool,
}

/// Makes or changes an information; gives its id, and its state from now on.
///
/// # Errors
/// `ONE_VALID_ONLY`, `TITLE_FIXED`, `TAX_NO_INVALID`, `CHANGE_TOO_SOON`, `REASON_REQUIRED`, `INVALID` with its field; `NotFound`, `WrongState`,
/// `Stale`; `KeyReused`.
pub async fn save(access: &Access<CanManageInvoices>, key: Key, saved: Saved) -> Result<(Id, InformationState), Error> {
    access.write(Some(key), saved, |tx, saved| Box::pin(save_in(tx, saved))).await
}

async fn save_in(tx: &mut Tx, saved: &Saved) -> Result<Written<(Id, InformationState)>, Error> {
    let standing = tx.caller().standing()?.clone();
    turn(tx, standing.tenant).await?;
    match saved.information {
        Some((id, version)) => change(tx, &standing, saved, id, version).await,
        None => make(tx, &standing, saved).await,
    }
}

async fn make(tx: &mut Tx, standing: &Standing, saved: &Saved) -> Result<Written<(Id, InformationState)>, Error> {
    let there = information::all(tx, standing.tenant, Some(saved.tab)).await?;
    let grant = reviews::unused(tx, standing.tenant, saved.tab).await?;
    let allowed = match (&grant, there.is_empty()) {
        (None, false) => return Err(Refusal::OneValidOnly.into()),
        (Some((_, title)), false) => vec![title.clone()],
        (grant, true) => titles(standing, grant.as_ref().map(|(_, title)| title.clone())),
    };
    let content = saved.typed.checked(&allowed.iter().map(String::as_str).collect::<Vec<_>>())?;
    one_special(&there, None, &content)?;
    let new = NewInformation { partner: standing.tenant, tab: saved.tab, content, is_legacy: false };
    let (id, event) = enter_information(tx, &new).await?;
    if let Some((review, _)) = grant.filter(|(_, title)| *title == new.content.title) {
        reviews::use_up(tx, standing.tenant, review, id).await?;
    }
    Ok(Written::new((id, InformationState::Valid), standing.tenant, event))
}

/// Among several only one is for special invoices.
pub(super) fn one_special(there: &[Kept], but: Option<Id>, content: &Content) -> Result<(), Refusal> {
    let special = |row: &Kept| row.content.kind == InvoiceKind::Special && Some(row.id) != but;
    if content.kind == InvoiceKind::Special && there.iter().any(special) { Err(Refusal::OneSpecialOnly) } else { Ok(()) }
}

/// Writes an information down. Nothing is checked here.
///
/// # Errors
/// The database does not answer.
pub async fn enter_information(tx: &mut Tx, new: &NewInformation) -> Result<(Id, Event), Error> {
    let (id, now, content) = (tx.new_id(), tx.now(), written(tx, new.partner, &new.content).await?);
    let insert =
        sql("INSERT INTO invoice_information (tenant_id, id, version, tab, state, title, kind, content, content_no, is_legacy, made_at_us,
        changed_at_us) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, 1, $8, $9, NULL)");
    let insert = insert.bind(new.partner).bind(id).bind(new.tab.key()).bind(InformationState::Valid.key()).bind(&new.content.title);
    let insert = insert.bind(new.content.kind.key()).bind(content).bind(new.is_legacy);
    tx.execute(insert.bind(now)).await?;
    version(tx, new.partner, id, 1, &new.content, "").await?;
    let title = new.content.title.clone();
    Ok((id, Event::InvoiceInformationSaved { information: id, version: 1, title, reason: String::new() }))
}

/// A version that is valid from now on.
async fn version(tx: &mut Tx, partner: Id, id: Id, no: i64, content: &Content, reason: &str) -> Result<(), Error> {
    let (now, account, name) = tx
        .caller()
        .standing()
        .map(|standing| (standing.account, standing.name.clone()))
        .map(|(account, name)| (tx.now(), account, name))?;
    let insert = sql("INSERT INTO invoice_information_versions (tenant_id, information_id, no, content, reason, at_us, account_id, person)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    let insert = insert.bind(partner).bind(id).bind(no).bind(written(tx, partner, content).await?).bind(reason).bind(now);
    tx.execute(insert.bind(account).bind(name)).await.map(|_| ())
}

async fn change(tx: &mut Tx, standing: &Standing, saved: &Saved, id: Id, read_at: i64) -> Result<Written<(Id, InformationState)>, Error> {
    let partner = standing.tenant;
    let kept = information::find(tx, partner, id).await?.filter(|kept| kept.state != InformationState::Void).ok_or(Error::NotFound)?;
    InformationStep::Review.take(kept.state)?;
    if kept.version != read_at {
        return Err(Error::Stale);
    }
    let allowed = titles_of(standing, &kept.content.title);
    let content = saved.typed.checked(&allowed.iter().map(String::as_str).collect::<Vec<_>>())?;
    let there = information::all(tx, partner, Some(kept.tab)).await?;
    one_special(&there, Some(id), &content)?;
    let reason = reason(&saved.reason)?;
    if way(kept.changed, tx.now(), saved.review)? == Way::AtOnce {
        let event = replace(tx, partner, &kept, InformationState::Valid, &content, &reason).await?;
        return Ok(Written::new((id, InformationState::Valid), partner, event));
    }
    set_state(tx, partner, &kept, InformationState::ChangeReview).await?;
    let new = NewReview {
        kind: ReviewKind::Change,
        tab: kept.tab,
        title: content.title.clone(),
        tax_no: content.tax_no.clone(),
        information: Some((id, content)),
        reason,
        evidence: None,
    };
    let (_, event) = reviews::ask(tx, &new).await?;
    Ok(Written::new((id, InformationState::ChangeReview), partner, event))
}

/// Another content takes the place of what was valid.
pub(super) async fn replace(
    tx: &mut Tx,
    partner: Id,
    kept: &Kept,
    state: InformationState,
    content: &Content,
    reason: &str,
) -> Result<Event, Error> {
    let (now, no) = (tx.now(), kept.content_no + 1);
    let set = sql("UPDATE invoice_information SET version = version + 1, state = $1, title = $2, kind = $3, content = $4, content_no = $5,
        changed_at_us = $6 WHERE tenant_id = $7 AND id = $8 AND version = $9");
    let kept_as = written(tx, partner, content).await?;
    let set = set.bind(state.key()).bind(&content.title).bind(content.kind.key()).bind(kept_as).bind(no).bind(now);
    if tx.execute(set.bind(partner).bind(kept.id).bind(kept.version)).await? != 1 {
        return Err(Error::Stale);
    }
    version(tx, partner, kept.id, no, content, reason).await?;
    let (title, reason) = (content.title.clone(), reason.to_owned());
    Ok(Event::InvoiceInformationSaved { information: kept.id, version: no, title, reason })
}

/// A change of a story that is played with a set clock.
///
/// # Errors
/// `NotFound`, or the database does not answer.
pub async fn enter_change(tx: &mut Tx, id: Id, content: &Content, reason: &str) -> Result<Written<()>, Error> {
    let partner = tx.caller().standing()?.tenant;
    let kept = information::find(tx, partner, id).await?.ok_or(Error::NotFound)?;
    let event = replace(tx, partner, &kept, kept.state, content, reason).await?;
    Ok(Written::new((), partner, event))
}

/// The same content in another state.
pub(super) async fn set_state(tx: &mut Tx, partner: Id, kept: &Kept, state: InformationState) -> Result<(), Error> {
    let set = sql("UPDATE invoice_information SET version = version + 1, state = $1 WHERE tenant_id = $2 AND id = $3 AND version = $4");
    let set = set.bind(state.key()).bind(partner).bind(kept.id).bind(kept.version);
    if tx.execute(set).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Deletes an information that nothing rests on.
///
/// # Errors
/// `NotFound`, `WrongState`, `Stale`, `IN_USE`; `KeyReused`.
pub async fn delete(access: &Access<CanManageInvoices>, key: Key, information: Id, version: i64) -> Result<(), Error> {
    access.write(Some(key), (information, version), |tx, (id, version)| Box::pin(delete_in(tx, *id, *version))).await
}

async fn delete_in(tx: &mut Tx, id: Id, read_at: i64) -> Result<Written<()>, Error> {
    let partner = tx.caller().standing()?.tenant;
    turn(tx, partner).await?;
    let kept = information::find(tx, partner, id).await?.ok_or(Error::NotFound)?;
    let next = InformationStep::Delete.take(kept.state)?;
    if kept.version != read_at {
        return Err(Error::Stale);
    }
    let open = [State::Submitted, State::ReturnReview].map(|state| state.key());
    let used = sql("SELECT 1 FROM invoice_requests WHERE tenant_id = ").value(partner).and(" AND information_id = ").value(id);
    if tx.row(used.and(" AND state IN ").list(open).and(" LIMIT 1")).await?.is_some() {
        return Err(Refusal::InUse.into());
    }
    set_state(tx, partner, &kept, next).await?;
    Ok(Written::new((), partner, Event::InvoiceInformationDeleted { information: id }))
}
