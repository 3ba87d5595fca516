//! One request: as its partner sees it, and with what the vendor decides by.

use super::{ROW, content::content, own, period, read, sums};
use crate::{
    access::Access,
    attachments::{self, AttachedFile},
    sql::{Row, sql},
};
use domain::{
    Error, Id, Money,
    access::{CanIssueInvoices, CanManageInvoices, Permission},
    attachment::Kind,
    invoice::{ConsoleInvoice, Happened, InvoiceDetail, InvoiceRow, Step},
};

/// Lines of a timeline, and periods of one request.
const LINES_MAX: i64 = 500;

/// A request of the caller's company.
///
/// # Errors
/// `NotFound`.
pub async fn show(access: &Access<CanManageInvoices>, id: Id) -> Result<InvoiceDetail, Error> {
    let find = own(sql(ROW), access)?.and(" AND r.id = ").value(id).and(" LIMIT 1");
    let row = access.store().db.row(find).await?.ok_or(Error::NotFound)?;
    detail(access, read(&row)?).await
}

async fn detail<P: Permission>(access: &Access<P>, row: InvoiceRow) -> Result<InvoiceDetail, Error> {
    let mut store = access.store();
    let find = sql("SELECT content, content_no, tenant_id FROM invoice_requests WHERE id = ").value(row.id).and(" LIMIT 1");
    let kept = store.db.row(find).await?.ok_or(Error::NotFound)?;
    let (key, content_version) = (store.seal.key().await, kept.int(1)?);
    let content = content(&kept.text(0)?, kept.id(2)?, key.as_deref())?;
    let entity = sql("SELECT name FROM tenants WHERE side = 'vendor' ORDER BY number, id LIMIT 1");
    let entity = store.db.row(entity).await?.map_or(Ok(String::new()), |row| row.text(0))?;
    let parts = sql("SELECT period, amount_micros FROM invoice_request_parts WHERE request_id = ").value(row.id);
    let part = |part: &Row| Ok::<_, Error>((period(&part.text(0)?)?, Money { micros: part.int(1)?, ..row.amount }));
    let parts = store.db.rows(parts.and(" ORDER BY period").limit(LINES_MAX)).await?.iter().map(part).collect::<Result<_, _>>()?;
    let lines = sql("SELECT step, at_us, person, note FROM invoice_events WHERE request_id = ").value(row.id);
    let events = store.db.rows(lines.and(" ORDER BY no").limit(LINES_MAX)).await?;
    let line =
        |row: &Row| Ok::<_, Error>(Happened { step: Step::read(&row.text(0)?), at: row.moment(1)?, by: row.text(2)?, note: row.text(3)? });
    let events = events.iter().map(line).collect::<Result<_, _>>()?;
    let file = attachments::of(&mut store, Kind::Invoice, row.id).await?;
    Ok(InvoiceDetail { row, content, content_version, parts, entity, events, file, key: access.store().ids.id() })
}

/// The file of an invoice of the caller's company.
///
/// # Errors
/// `NotFound`.
pub async fn file(access: &Access<CanManageInvoices>, id: Id) -> Result<AttachedFile, Error> {
    attachments::file(&access.store().db, (Kind::Invoice, id), Some(access.tenant()?)).await
}

/// The file of an invoice of any company.
///
/// # Errors
/// `NotFound`.
pub async fn console_file(access: &Access<CanIssueInvoices>, id: Id) -> Result<AttachedFile, Error> {
    attachments::file(&access.store().db, (Kind::Invoice, id), None).await
}

/// A request of any company, with what it has besides.
///
/// # Errors
/// `NotFound`.
pub async fn console_show(access: &Access<CanIssueInvoices>, id: Id) -> Result<ConsoleInvoice, Error> {
    let mut store = access.store();
    let row = store.db.row(sql(ROW).and(" WHERE r.id = ").value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let row = read(&row)?;
    let find =
        sql("SELECT t.id, t.name, COALESCE(t.tax_number, '') FROM invoice_requests r JOIN tenants t ON t.id = r.tenant_id WHERE r.id = ");
    let whose = store.db.row(find.value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (partner, company, tax_no) = (whose.id(0)?, whose.text(1)?, whose.text(2)?);
    let invoiceable = sums::of(&mut store, partner, access.now().day()).await?;
    let detail = detail(access, row).await?;
    Ok(ConsoleInvoice { detail, company, tax_no, invoiceable })
}
