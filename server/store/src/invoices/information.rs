//! A company's invoice information: read for its page, its form, and inside the writes that rest on it.

use super::{content::content, reviews};
use crate::{
    access::Access,
    seal::Key,
    sql::{Row, Sql, sql},
    withdrawals::Asks,
};
use domain::{
    Error, Id, Moment,
    access::{CanManageInvoices, Standing},
    invoice::{
        Content, InformationForm, InformationPage, InformationRow, InformationState, InvoiceKind, Medium, Tab, TitleForm, TitleType, Typed,
        VersionRow, way,
    },
    list::pairs,
    machine::Keyed as _,
};

/// Information of one company and tab: those that are older than the rule of one were never many.
const ROWS_MAX: i64 = 200;
/// Versions of one information that its page shows.
const VERSIONS_MAX: i64 = 100;

/// An information as the rules read it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) version: i64,
    pub(super) tab: Tab,
    pub(super) state: InformationState,
    pub(super) content: Content,
    pub(super) content_no: i64,
    pub(super) is_legacy: bool,
    pub(super) made: Moment,
    pub(super) changed: Option<Moment>,
}

const INFORMATION: &str = "SELECT i.id, i.version, i.tab, i.state, i.content, i.content_no, i.is_legacy, i.made_at_us, i.changed_at_us,
    i.tenant_id
    FROM invoice_information i";

fn read(row: &Row, key: Option<&Key>) -> Result<Kept, Error> {
    Ok(Kept {
        id: row.id(0)?,
        version: row.int(1)?,
        tab: row.key(2)?,
        state: row.key(3)?,
        content: content(&row.text(4)?, row.id(9)?, key)?,
        content_no: row.int(5)?,
        is_legacy: row.int(6)? > 0,
        made: row.moment(7)?,
        changed: row.maybe_int(8)?.map(Moment),
    })
}

impl Kept {
    pub(super) fn shown(self) -> InformationRow {
        let Self { id, version, tab, content, state, is_legacy, made: at, changed, .. } = self;
        InformationRow { id, version, tab, content, state, is_legacy, at, changed }
    }
}

/// One of a company's, whatever its state.
pub(super) async fn find<A: Asks>(of: &mut A, partner: Id, id: Id) -> Result<Option<Kept>, Error> {
    let find = sql(INFORMATION).and(" WHERE i.tenant_id = ").value(partner).and(" AND i.id = ").value(id).and(" LIMIT 1");
    let key = of.key().await;
    of.ask(find).await?.first().map(|row| read(row, key.as_deref())).transpose()
}

/// Those of a company's that are not void, oldest first; of one tab, or of both.
pub(super) async fn all<A: Asks>(of: &mut A, partner: Id, tab: Option<Tab>) -> Result<Vec<Kept>, Error> {
    let find = sql(INFORMATION).and(" WHERE i.tenant_id = ").value(partner).and(" AND i.state <> ").value(InformationState::Void.key());
    let find = match tab {
        Some(tab) => find.and(" AND i.tab = ").value(tab.key()),
        None => find,
    };
    let key = of.key().await;
    of.ask(ordered(find)).await?.iter().map(|row| read(row, key.as_deref())).collect()
}

fn ordered(find: Sql) -> Sql {
    find.and(" ORDER BY i.made_at_us, i.id").limit(ROWS_MAX)
}

/// The titles that a company may use: its own, and those that were granted. None of them as long as nobody stands behind the account.
pub(super) fn titles(standing: &Standing, more: impl IntoIterator<Item = String>) -> Vec<String> {
    if standing.real_name.is_none() {
        return Vec::new();
    }
    let mut titles = vec![standing.company.clone()];
    titles.extend(more);
    titles.dedup();
    titles
}

/// The page of a tab.
///
/// # Errors
/// The database does not answer.
pub async fn information(access: &Access<CanManageInvoices>, tab: Tab) -> Result<InformationPage, Error> {
    let (mut store, standing) = (access.store(), access.caller().standing()?);
    let all = all(&mut store, standing.tenant, None).await?;
    let counts = Tab::ALL.iter().map(|tab| (*tab, i64::try_from(all.iter().filter(|row| row.tab == *tab).count()).unwrap_or(0))).collect();
    let rows: Vec<InformationRow> = all.into_iter().filter(|row| row.tab == tab).map(Kept::shown).collect();
    let granted = reviews::unused(&mut store, standing.tenant, tab).await?.map(|(_, title)| title);
    Ok(InformationPage {
        tab,
        may_add: rows.is_empty(),
        rows,
        counts,
        company: standing.company.clone(),
        is_authenticated: standing.real_name.is_some(),
        granted,
        reviews: reviews::own(&mut store, standing.tenant, tab).await?,
        key: access.store().ids.id(),
    })
}

/// The form of an address: `id` for a change, else `tab` for a new one.
///
/// # Errors
/// `NotFound`, or the database does not answer.
pub async fn information_form(access: &Access<CanManageInvoices>, query: &str) -> Result<InformationForm, Error> {
    let (mut store, standing) = (access.store(), access.caller().standing()?);
    let given = pairs(query);
    let value = |key: &str| given.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str()).unwrap_or_default();
    let key = access.store().ids.id();
    if value("id").is_empty() {
        let tab = Tab::read(value("tab")).unwrap_or(Tab::Vendor);
        let has_none = all(&mut store, standing.tenant, Some(tab)).await?.is_empty();
        let granted = reviews::unused(&mut store, standing.tenant, tab).await?.map(|(_, title)| title);
        let titles = match granted {
            Some(title) if !has_none => vec![title],
            granted => titles(standing, granted),
        };
        let typed = usual(access, titles.first()).await?;
        return Ok(InformationForm { key, tab, row: None, typed, titles, free_from: None, versions: Vec::new() });
    }
    let id = value("id").parse().map_err(|_| Error::NotFound)?;
    let kept = find(&mut store, standing.tenant, id).await?.ok_or(Error::NotFound)?;
    let free_from = match way(kept.changed, access.now(), false) {
        Err(domain::invoice::Refusal::ChangeTooSoon { from }) => Some(from),
        _ => None,
    };
    let titles = titles_of(standing, &kept.content.title);
    let (tab, typed, versions) = (kept.tab, kept.content.typed(), versions(access, id).await?);
    Ok(InformationForm { key, tab, row: Some(kept.shown()), typed, titles, free_from, versions })
}

/// The titles that a change may choose from: the one it has, and the company's own of today.
pub(super) fn titles_of(standing: &Standing, now: &str) -> Vec<String> {
    let mut titles = titles(standing, []);
    if let Some(own) = titles.first().cloned().filter(|own| own != now) {
        titles = vec![now.to_owned(), own];
    }
    titles
}

/// What stands in a new form at first.
async fn usual(access: &Access<CanManageInvoices>, title: Option<&String>) -> Result<Typed, Error> {
    let standing = access.caller().standing()?;
    let own = title.is_none_or(|title| *title == standing.company);
    let find = sql("SELECT COALESCE(tax_number, '') FROM tenants WHERE id = ").value(standing.tenant).and(" LIMIT 1");
    let tax_no = access.store().db.row(find).await?.map_or(Ok(String::new()), |row| row.text(0))?;
    Ok(Typed {
        title_type: TitleType::Enterprise.key().to_owned(),
        title: title.cloned().unwrap_or_default(),
        kind: InvoiceKind::Ordinary.key().to_owned(),
        tax_no: if own { tax_no } else { String::new() },
        medium: Medium::Digital.key().to_owned(),
        recipient: standing.email.clone(),
        ..Typed::default()
    })
}

async fn versions(access: &Access<CanManageInvoices>, id: Id) -> Result<Vec<VersionRow>, Error> {
    let find = sql("SELECT no, content, at_us, person, reason FROM invoice_information_versions WHERE tenant_id = ");
    let (partner, key) = (access.tenant()?, access.store().seal.key().await);
    let find = find.value(partner).and(" AND information_id = ").value(id).and(" ORDER BY no DESC").limit(VERSIONS_MAX);
    let read = |row: &Row| {
        let content = content(&row.text(1)?, partner, key.as_deref())?;
        Ok(VersionRow { no: row.int(0)?, content, at: row.moment(2)?, by: row.text(3)?, reason: row.text(4)? })
    };
    access.store().db.rows(find).await?.iter().map(read).collect()
}

/// The form for a further title.
///
/// # Errors
/// The caller has no company.
pub fn title_form(access: &Access<CanManageInvoices>, query: &str) -> Result<TitleForm, Error> {
    let given = pairs(query);
    let tab = given.iter().rev().find(|(name, _)| name == "tab").and_then(|(_, value)| Tab::read(value)).unwrap_or(Tab::Vendor);
    Ok(TitleForm { key: access.store().ids.id(), tab, company: access.caller().standing()?.company.clone() })
}
