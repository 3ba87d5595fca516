//! Agreements (domain.md F0 and 6.15): what the vendor publishes, what companies accept, and what the clock does with it.

mod accept;
mod clock;
mod console;
mod publish;
mod read;

pub use accept::{Acceptance, accept};
pub use clock::ring;
pub use console::{console_page, console_show, form};
pub use publish::{Moved, create, publish_quietly, step};
pub use read::{page, show, to_accept};

use crate::{
    sql::{Row, Sql, sql},
    write::Tx,
};
use domain::{
    Day, Error, Id, Moment, Said,
    access::{Identity, Program},
    agreement::{Accepted, Facts, Stage},
    library::Audience,
};

/// Versions that a page shows at most; there are a handful a year.
const SHOWN_MAX: i64 = 500;
/// Companies that are looked at with one statement.
const COMPANIES_MAX: i64 = 10_000;

/// What is read of a version without its text.
const VERSION: &str = "SELECT g.id, g.key, g.version, g.row_version, g.stage, g.title_zh, g.title_en, g.sha256,
    COALESCE((SELECT string_agg(u.key, ',') FROM agreement_audience u WHERE u.agreement_id = g.id AND u.kind = 'identity'), ''),
    COALESCE((SELECT string_agg(u.key, ',') FROM agreement_audience u WHERE u.agreement_id = g.id AND u.kind = 'program'), ''),
    g.mandatory, g.effective_us, g.until_us, g.published_at_us, g.published_by";

/// A version.
#[derive(Clone, Debug)]
struct Version {
    id: Id,
    key: String,
    version: i64,
    row_version: i64,
    stage: Stage,
    title: Said,
    sha256: String,
    audience: Audience,
    mandatory: bool,
    effective: Day,
    until: Option<Moment>,
    published: Option<(Moment, String)>,
}

impl Version {
    fn read(row: &Row) -> Result<Self, Error> {
        let published = row.maybe_int(13)?.map(Moment).zip(row.maybe_text(14)?);
        Ok(Self {
            id: row.id(0)?,
            key: row.text(1)?,
            version: row.int(2)?,
            row_version: row.int(3)?,
            stage: row.key(4)?,
            title: Said { zh: row.text(5)?, en: row.text(6)? },
            sha256: row.text(7)?,
            audience: Audience { identities: row.keys::<Identity>(8)?, programs: row.keys::<Program>(9)? }.sorted(),
            mandatory: row.int(10)? != 0,
            effective: row.moment(11)?.day(),
            until: row.maybe_int(12)?.map(Moment),
            published,
        })
    }

    fn facts(&self, is_accepted: bool) -> Facts {
        Facts { stage: self.stage, is_accepted, until: self.until }
    }

    /// The last day to accept it.
    fn until_day(&self) -> Option<Day> {
        self.until.map(|until| until.plus_seconds(-1).day())
    }
}

/// The columns of an acceptance in a statement that may have none.
fn accepted(row: &Row, first: usize) -> Result<Option<Accepted>, Error> {
    let Some(person) = row.maybe_text(first)? else { return Ok(None) };
    Ok(Some(Accepted { person, at: row.moment(first + 1)?, address: row.text(first + 2)?, sha256: row.text(first + 3)? }))
}

/// A company of the network and what decides whether an agreement is for it.
struct Company {
    id: Id,
    identities: Vec<Identity>,
    programs: Vec<Program>,
}

/// Companies of the network.
fn companies() -> Sql {
    sql("SELECT t.id, t.identities,
        COALESCE((SELECT string_agg(m.program, ',') FROM memberships m WHERE m.tenant_id = t.id AND m.state = 'joined'), '')
        FROM tenants t WHERE t.side = 'partner' AND t.agreement_at_us IS NOT NULL")
}

/// The companies that an agreement is for and that have not accepted it.
async fn waiting(tx: &mut Tx, agreement: Id, audience: &Audience) -> Result<Vec<Id>, Error> {
    let find = companies().and(" AND NOT EXISTS (SELECT 1 FROM agreement_acceptance c WHERE c.tenant_id = t.id AND c.agreement_id = ");
    let mut waiting = Vec::new();
    for row in tx.rows(find.value(agreement).and(") ORDER BY t.number").limit(COMPANIES_MAX)).await? {
        let company = Company { id: row.id(0)?, identities: row.keys(1)?, programs: row.keys(2)? };
        if audience.includes_company(&company.identities, &company.programs) {
            waiting.push(company.id);
        }
    }
    Ok(waiting)
}

/// The administrators of companies, those of a company together.
async fn administrators(tx: &mut Tx, companies: &[Id]) -> Result<Vec<Id>, Error> {
    let mut people = Vec::new();
    for some in companies.chunks(100) {
        let find = sql("SELECT id FROM accounts WHERE state = 'active' AND ',' || roles || ',' LIKE '%,administrator,%' AND tenant_id IN ");
        let find = find.list(some.iter().copied()).and(" ORDER BY tenant_id, created_at_us, id").limit(COMPANIES_MAX);
        for row in tx.rows(find).await? {
            people.push(row.id(0)?);
        }
    }
    Ok(people)
}
