//! The vendor writes a version, publishes it, or throws the draft away.

use super::{VERSION, Version, administrators, waiting};
use crate::{
    access::Access,
    ids::hashed,
    messages,
    sql::sql,
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id,
    access::CanManageAgreements,
    agreement::{Draft, Move, Refusal, Stage},
    event::Event,
    machine::Keyed as _,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// A step of a version, against the row it was read at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// The version.
    pub agreement: Id,
    /// The version of its row.
    pub row_version: i64,
    /// The step: publish or discard.
    pub step: Move,
}

/// Keeps a version as a draft; it gets the next number of its key. Only a form needs the idempotency key.
///
/// # Errors
/// What `Draft::checked` refuses.
pub async fn create(access: &Access<CanManageAgreements>, key: impl Into<Option<Key>>, draft: Draft) -> Result<Id, Error> {
    let draft = draft.checked(access.now().day())?;
    access.write(key.into(), draft, |tx, draft| Box::pin(create_in(tx, draft))).await
}

async fn create_in(tx: &mut Tx, draft: &Draft) -> Result<Written<Id>, Error> {
    let standing = tx.caller().standing()?.clone();
    let (id, now, sha256) = (tx.new_id(), tx.now(), hashed(&draft.hashed()));
    let last = sql("SELECT version FROM agreement WHERE key = ").value(&draft.key).and(" ORDER BY version DESC LIMIT 1");
    let version = tx.row(last).await?.map_or(Ok(0), |row| row.int(0))? + 1;
    let Draft { key, title, text, audience, mandatory, effective, until } = draft;
    let insert = sql("INSERT INTO agreement (id, key, version, row_version, stage, title_zh, title_en, text_zh, text_en, sha256,
        mandatory, effective_us, until_us, created_at_us, created_by)
        VALUES ($1, $2, $3, 1, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    let insert = insert.bind(id).bind(key).bind(version).bind(&title.zh).bind(&title.en).bind(&text.zh).bind(&text.en).bind(&sha256);
    let insert = insert.bind(*mandatory).bind(effective.start()).bind(until.map(domain::Day::end)).bind(now).bind(&standing.name);
    tx.insert_next(insert).await?;
    let identities = audience.identities.iter().map(|identity| ("identity", identity.key()));
    for (kind, key) in identities.chain(audience.programs.iter().map(|program| ("program", program.key()))) {
        let insert = sql("INSERT INTO agreement_audience (agreement_id, kind, key) VALUES ($1, $2, $3)");
        tx.execute(insert.bind(id).bind(kind).bind(key)).await?;
    }
    Ok(Written::new(id, standing.tenant, Event::AgreementDrafted { agreement: id, key: key.clone(), sha256 }))
}

/// Publishes or discards a draft. What is published replaces the older versions of its key, and the administrators of the companies it is
/// for are told.
///
/// # Errors
/// `NotFound`, `Stale`, `WrongState`; `UNTIL` has passed or a newer version is published.
pub async fn step(access: &Access<CanManageAgreements>, moved: Moved) -> Result<(), Error> {
    access.write(None, moved, |tx, moved| Box::pin(step_in(tx, moved, Telling::People))).await
}

/// The same for a story that is played: it happened long ago, and nobody is told.
///
/// # Errors
/// As `step`.
pub async fn publish_quietly(access: &Access<CanManageAgreements>, agreement: Id) -> Result<(), Error> {
    let moved = Moved { agreement, row_version: 1, step: Move::Publish };
    access.write(None, moved, |tx, moved| Box::pin(step_in(tx, moved, Telling::Nobody))).await
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    People,
    Nobody,
}

async fn step_in(tx: &mut Tx, moved: &Moved, telling: Telling) -> Result<Written<()>, Error> {
    let standing = tx.caller().standing()?.clone();
    let find = sql(VERSION).and(" FROM agreement g WHERE g.id = ").value(moved.agreement).and(" LIMIT 1");
    let version = Version::read(&tx.row(find).await?.ok_or(Error::NotFound)?)?;
    let wrong = || Error::WrongState { now: version.stage.label().into() };
    let stage = moved.step.from(version.stage).ok_or_else(wrong)?;
    if version.row_version != moved.row_version {
        return Err(Error::Stale);
    }
    let told = Event::AgreementMoved { agreement: version.id, step: moved.step.key().to_owned() };
    let written = Written::new((), standing.tenant, told);
    match moved.step {
        Move::Discard => {
            move_to(tx, &version, stage).await?;
            Ok(written)
        }
        Move::Publish => publish(tx, &version, &standing.name, telling, written, standing.tenant).await,
        // What the clock and newer versions do is no step of a person.
        Move::Close | Move::Supersede => Err(wrong()),
    }
}

async fn publish(
    tx: &mut Tx,
    version: &Version,
    by: &str,
    telling: Telling,
    mut written: Written<()>,
    vendor: Id,
) -> Result<Written<()>, Error> {
    let now = tx.now();
    if version.until.is_some_and(|until| until <= now) {
        return Err(Refusal::UntilPast.into());
    }
    let others = sql(VERSION).and(" FROM agreement g WHERE g.stage IN ('published', 'closed') AND g.key = ").value(&version.key);
    let others: Vec<Version> =
        tx.rows(others.and(" ORDER BY g.version LIMIT 100")).await?.iter().map(Version::read).collect::<Result<_, _>>()?;
    for other in &others {
        if other.version > version.version {
            return Err(Refusal::NewerPublished { version: other.version }.into());
        }
        let stage = Move::Supersede.from(other.stage).ok_or_else(|| Error::WrongState { now: other.stage.label().into() })?;
        move_to(tx, other, stage).await?;
        written = written.and(vendor, Event::AgreementMoved { agreement: other.id, step: Move::Supersede.key().to_owned() });
    }
    let update = sql("UPDATE agreement SET stage = $1, row_version = row_version + 1, published_at_us = $2, published_by = $3
        WHERE id = $4 AND row_version = $5");
    let update = update.bind(Stage::Published.key()).bind(now).bind(by).bind(version.id).bind(version.row_version);
    if tx.execute(update).await? == 0 {
        return Err(Error::Stale);
    }
    if telling == Telling::People {
        let notice = Notice::AgreementPublished {
            agreement: version.id,
            title: version.title.clone(),
            mandatory: version.mandatory,
            until: version.until_day(),
        };
        let companies = waiting(tx, version.id, &version.audience).await?;
        let people = administrators(tx, &companies).await?;
        messages::tell(tx, &notice, &people).await?;
    }
    Ok(written)
}

/// Another stage, unless somebody was faster.
pub(super) async fn move_to(tx: &mut Tx, version: &Version, stage: Stage) -> Result<(), Error> {
    let update = sql("UPDATE agreement SET stage = $1, row_version = row_version + 1 WHERE id = $2 AND row_version = $3");
    match tx.execute(update.bind(stage.key()).bind(version.id).bind(version.row_version)).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
