//! The vendor's side, read: all versions, and who accepted one.

use super::{COMPANIES_MAX, SHOWN_MAX, VERSION, Version, accepted};
use crate::{
    access::Access,
    sql::{Row, sql},
};
use domain::{
    Error, Id, Said,
    access::{CanManageAgreements, Identity, Program},
    agreement::{AcceptanceRow, ConsoleDetail, ConsolePage, ConsoleRow, Draft, FormStart, State, paragraphs, state},
};

const COUNTED: &str = ", (SELECT COUNT(*) FROM agreement_acceptance c WHERE c.agreement_id = g.id)";

/// All versions, the newest first.
///
/// # Errors
/// The database does not answer.
pub async fn console_page(access: &Access<CanManageAgreements>) -> Result<ConsolePage, Error> {
    let find = sql(VERSION).and(COUNTED).and(" FROM agreement g ORDER BY g.created_at_us DESC, g.id DESC").limit(SHOWN_MAX);
    let rows = access.store().db.rows(find).await?.iter().map(console_row).collect::<Result<_, _>>()?;
    Ok(ConsolePage { rows })
}

fn console_row(row: &Row) -> Result<ConsoleRow, Error> {
    let version = Version::read(row)?;
    let until = version.until_day();
    let Version { id, key, version, row_version, stage, title, audience, mandatory, effective, published, .. } = version;
    Ok(ConsoleRow { id, row_version, key, version, title, stage, audience, mandatory, effective, until, accepted: row.int(15)?, published })
}

/// A version with its text and the companies it is for.
///
/// # Errors
/// `NotFound`.
pub async fn console_show(access: &Access<CanManageAgreements>, id: Id) -> Result<ConsoleDetail, Error> {
    let db = &access.store().db;
    let find = sql(VERSION).and(COUNTED).and(", g.text_zh, g.text_en FROM agreement g WHERE g.id = ").value(id).and(" LIMIT 1");
    let row = db.row(find).await?.ok_or(Error::NotFound)?;
    let version = Version::read(&row)?;
    let companies = sql("SELECT t.number, t.name, t.identities,
        COALESCE((SELECT string_agg(m.program, ',') FROM memberships m WHERE m.tenant_id = t.id AND m.state = 'joined'), ''),
        c.person, c.at_us, c.address, c.sha256
        FROM tenants t LEFT JOIN agreement_acceptance c ON c.tenant_id = t.id AND c.agreement_id = ");
    let companies = companies.value(id).and(" WHERE t.side = 'partner' AND t.agreement_at_us IS NOT NULL ORDER BY t.number");
    let mut partners = Vec::new();
    for row in db.rows(companies.limit(COMPANIES_MAX)).await? {
        let accepted = accepted(&row, 4)?;
        if accepted.is_some() || version.audience.includes_company(&row.keys::<Identity>(2)?, &row.keys::<Program>(3)?) {
            let state = state(version.facts(accepted.is_some()), access.now());
            partners.push(AcceptanceRow { number: row.text(0)?, partner: row.text(1)?, state, accepted });
        }
    }
    partners.sort_by_key(|partner| partner.state == State::Accepted || partner.accepted.is_some());
    let text = (paragraphs(&row.text(16)?), paragraphs(&row.text(17)?));
    Ok(ConsoleDetail { row: console_row(&row)?, text, sha256: version.sha256, partners })
}

/// The form of a new version, which may follow another one.
///
/// # Errors
/// The database does not answer.
pub async fn form(access: &Access<CanManageAgreements>, of: Option<Id>) -> Result<FormStart, Error> {
    let of = match of {
        None => None,
        Some(id) => {
            let find = sql(VERSION).and(", g.text_zh, g.text_en FROM agreement g WHERE g.id = ").value(id).and(" LIMIT 1");
            access.store().db.row(find).await?.map(|row| draft(&row, access)).transpose()?
        }
    };
    Ok(FormStart { key: access.store().ids.id(), today: access.now().day(), of })
}

/// The next version begins with the words of this one; its days are new.
fn draft(row: &Row, access: &Access<CanManageAgreements>) -> Result<Draft, Error> {
    let Version { key, title, audience, mandatory, .. } = Version::read(row)?;
    let text = Said { zh: row.text(15)?, en: row.text(16)? };
    Ok(Draft { key, title, text, audience, mandatory, effective: access.now().day(), until: None })
}
