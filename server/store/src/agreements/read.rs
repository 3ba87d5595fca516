//! What a company reads of its agreements.

use super::{SHOWN_MAX, VERSION, Version, accepted};
use crate::{
    access::Access,
    sql::{Row, sql},
};
use domain::{
    Error, Id, Lang, Moment,
    access::{CanAcceptAgreements, CanSeeAgreements, Permission as _, Standing},
    agreement::{AgreementDetail, AgreementPage, AgreementRow, State, paragraphs, state},
};

/// Versions as the caller's company has them: `c` is its word.
const OWN: &str = ", c.person, c.at_us, c.address, c.sha256 FROM agreement g
    LEFT JOIN agreement_acceptance c ON c.agreement_id = g.id AND c.tenant_id = ";

/// A company's agreements: what waits first, then the newest.
///
/// # Errors
/// The database does not answer.
pub async fn page(access: &Access<CanSeeAgreements>) -> Result<AgreementPage, Error> {
    let find = sql(VERSION).and(OWN).value(access.tenant()?);
    let find = find.and(" WHERE g.stage IN ('published', 'closed', 'superseded') ORDER BY g.published_at_us DESC, g.id DESC");
    let (standing, now) = (access.caller().standing()?, access.now());
    let mut rows = Vec::new();
    for row in access.store().db.rows(find.limit(SHOWN_MAX)).await? {
        rows.extend(shown(&row, standing, now)?.map(|(row, _)| row));
    }
    rows.sort_by_key(|row| (row.state != State::Pending, !row.mandatory || row.state != State::Pending));
    Ok(AgreementPage { rows })
}

/// A row of the list, if the company may know of it: what it is for, and what it has once accepted.
fn shown(row: &Row, standing: &Standing, now: Moment) -> Result<Option<(AgreementRow, Version)>, Error> {
    let (version, accepted) = (Version::read(row)?, accepted(row, 15)?);
    if accepted.is_none() && !version.audience.includes(standing) {
        return Ok(None);
    }
    let shown = AgreementRow {
        id: version.id,
        title: version.title.clone(),
        version: version.version,
        mandatory: version.mandatory,
        state: state(version.facts(accepted.is_some()), now),
        effective: version.effective,
        until: version.until_day(),
        accepted,
    };
    Ok(Some((shown, version)))
}

/// An agreement with its text.
///
/// # Errors
/// `NotFound` for a draft and for one that is not for the company.
pub async fn show(access: &Access<CanSeeAgreements>, id: Id, lang: Lang) -> Result<AgreementDetail, Error> {
    let (standing, now) = (access.caller().standing()?, access.now());
    let find = sql(VERSION)
        .and(", c.person, c.at_us, c.address, c.sha256, g.text_zh, g.text_en,
            (SELECT n.id FROM agreement n WHERE n.key = g.key AND n.stage = 'published' AND n.version > g.version ORDER BY n.version DESC LIMIT 1)
            FROM agreement g LEFT JOIN agreement_acceptance c ON c.agreement_id = g.id AND c.tenant_id = ")
        .value(access.tenant()?);
    let find = find.and(" WHERE g.stage IN ('published', 'closed', 'superseded') AND g.id = ").value(id).and(" LIMIT 1");
    let row = access.store().db.row(find).await?.ok_or(Error::NotFound)?;
    let (shown, version) = shown(&row, standing, now)?.ok_or(Error::NotFound)?;
    let text = row.text(if lang == Lang::Zh { 19 } else { 20 })?;
    let may_accept = CanAcceptAgreements::RULE.is_some_and(|rule| standing.may(rule).is_ok());
    Ok(AgreementDetail {
        blocks: shown.mandatory && shown.state == State::Pending && version.effective.start() <= now,
        row: shown,
        text: paragraphs(&text),
        sha256: version.sha256,
        may_accept,
        administrators: standing.administrators.clone(),
        newer: row.maybe_text(21)?.and_then(|id| id.parse().ok()),
    })
}

/// What waits for an administrator, for home.
///
/// # Errors
/// The database does not answer.
pub async fn to_accept(access: &Access<CanAcceptAgreements>) -> Result<Vec<AgreementRow>, Error> {
    let mut page = page(&access.caller().access()?).await?;
    page.rows.retain(|row| row.state == State::Pending);
    Ok(page.rows)
}
