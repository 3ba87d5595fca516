//! What support is asked for: a further title with its proof, or a change that is not free.

use super::{
    content::{content, written},
    information, people, save, staff, turn,
};
use crate::{
    access::Access,
    attachments::{self, AttachedFile, NewFile},
    db::Db,
    lists::{self, in_days, mentioned},
    messages,
    sql::{Row, Sql, sql},
    withdrawals::Asks,
    write::{Key, Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::{CanManageInvoices, CanReviewInformation, Role},
    attachment::Kind,
    event::Event,
    invoice::{
        CHANGE_REVIEW_DAYS, Content, InformationState, InformationStep, Refusal, Review, ReviewKind, ReviewPage, ReviewRow, ReviewState,
        ReviewStep, ReviewTab, TITLE_DAYS, TITLE_MAX, Tab, is_tax_number, reason,
    },
    library,
    list::Asked,
    machine::Keyed as _,
    message::Notice,
    withdrawal,
    working_days::at_the_same_time,
};
use serde::{Deserialize, Serialize};

/// What the page of a company's information names.
const OWN_MAX: i64 = 20;

/// A form for a further title.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewTitle {
    /// For invoices of whom.
    pub tab: Tab,
    /// The title.
    pub title: String,
    /// Its tax number.
    pub tax_no: String,
    /// Why.
    pub reason: String,
    /// The proof of relation, stamped by both companies.
    pub evidence: Option<NewFile>,
}

/// What is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewReview {
    /// What it is.
    pub kind: ReviewKind,
    /// For invoices of whom.
    pub tab: Tab,
    /// The title.
    pub title: String,
    /// Its tax number.
    pub tax_no: String,
    /// The information that would change, and what it would be.
    pub information: Option<(Id, Content)>,
    /// Why.
    pub reason: String,
    /// The proof.
    pub evidence: Option<NewFile>,
}

const REVIEW: &str =
    "SELECT v.id, v.version, v.kind, v.tab, t.short_name, v.title, v.state, v.at_us, v.account_name, v.due_us, v.reason, v.note
    FROM invoice_reviews v JOIN tenants t ON t.id = v.tenant_id";

fn read(row: &Row) -> Result<ReviewRow, Error> {
    Ok(ReviewRow {
        id: row.id(0)?,
        version: row.int(1)?,
        kind: row.key(2)?,
        tab: row.key(3)?,
        partner: row.text(4)?,
        title: row.text(5)?,
        state: row.key(6)?,
        at: row.moment(7)?,
        person: row.text(8)?,
        due: row.moment(9)?,
        reason: row.text(10)?,
        note: row.text(11)?,
    })
}

/// A title that was granted and that no information was made with yet.
pub(super) async fn unused<A: Asks>(of: &mut A, partner: Id, tab: Tab) -> Result<Option<(Id, String)>, Error> {
    let find = sql("SELECT id, title FROM invoice_reviews WHERE kind = 'title' AND state = 'granted' AND used_by IS NULL AND tenant_id = ");
    let find = find.value(partner).and(" AND tab = ").value(tab.key()).and(" ORDER BY at_us, id LIMIT 1");
    of.ask(find).await?.first().map(|row| Ok((row.id(0)?, row.text(1)?))).transpose()
}

/// A granted title is good for one information.
pub(super) async fn use_up(tx: &mut Tx, partner: Id, review: Id, information: Id) -> Result<(), Error> {
    let set = sql("UPDATE invoice_reviews SET used_by = $1 WHERE tenant_id = $2 AND id = $3 AND used_by IS NULL");
    if tx.execute(set.bind(information).bind(partner).bind(review)).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What a company has asked for, newest first.
pub(super) async fn own<A: Asks>(of: &mut A, partner: Id, tab: Tab) -> Result<Vec<ReviewRow>, Error> {
    let find = sql(REVIEW).and(" WHERE v.tenant_id = ").value(partner).and(" AND v.tab = ").value(tab.key());
    of.ask(find.and(" ORDER BY v.at_us DESC, v.id DESC").limit(OWN_MAX)).await?.iter().map(read).collect()
}

/// Asks for a further title.
///
/// # Errors
/// `INVALID` with its field, `TAX_NO_INVALID`, `REASON_REQUIRED`, `EMPTY` without its proof; `WrongState` while another one is looked at; `KeyReused`.
pub async fn ask_title(access: &Access<CanManageInvoices>, key: Key, new: NewTitle) -> Result<Id, Error> {
    let title = withdrawal::written(&new.title.replace('\n', " "), TITLE_MAX).filter(|title| !title.is_empty());
    let title = title.ok_or(Refusal::TitleMissing { most: TITLE_MAX })?;
    let tax_no = new.tax_no.trim().to_ascii_uppercase();
    if !is_tax_number(&tax_no) {
        return Err(Refusal::TaxNoInvalid.into());
    }
    let reason = reason(&new.reason)?;
    let (kind, tab, evidence) = (ReviewKind::Title, new.tab, Some(new.evidence.ok_or(library::Refusal::FileMissing)?));
    let review = NewReview { kind, tab, title, tax_no, information: None, reason, evidence };
    access.write(Some(key), review, |tx, new| Box::pin(ask_in(tx, new))).await
}

async fn ask_in(tx: &mut Tx, new: &NewReview) -> Result<Written<Id>, Error> {
    let partner = tx.caller().standing()?.tenant;
    turn(tx, partner).await?;
    let open = sql("SELECT 1 FROM invoice_reviews WHERE kind = 'title' AND state = 'submitted' AND tenant_id = ").value(partner);
    if tx.row(open.and(" AND tab = ").value(new.tab.key()).and(" LIMIT 1")).await?.is_some() {
        return Err(Error::WrongState { now: ReviewState::Submitted.label().into() });
    }
    let (id, event) = ask(tx, new).await?;
    Ok(Written::new(id, partner, event))
}

/// Writes down what is asked for, in the name of the caller, and tells support.
pub(super) async fn ask(tx: &mut Tx, new: &NewReview) -> Result<(Id, Event), Error> {
    let (id, event) = enter_review(tx, new).await?;
    let told = staff(tx, Role::Support).await?;
    tell(tx, (id, new.kind, &new.title), ReviewState::Submitted, "", &told).await?;
    Ok((id, event))
}

/// The row alone; nobody is told.
///
/// # Errors
/// The database does not answer.
pub async fn enter_review(tx: &mut Tx, new: &NewReview) -> Result<(Id, Event), Error> {
    let (id, now) = (tx.new_id(), tx.now());
    let (partner, account, name) = tx.caller().standing().map(|one| (one.tenant, one.account, one.name.clone()))?;
    let days = match new.kind {
        ReviewKind::Title => TITLE_DAYS,
        ReviewKind::Change => CHANGE_REVIEW_DAYS,
    };
    let (information, content) = match &new.information {
        Some((id, content)) => (Some(*id), Some(written(tx, partner, content).await?)),
        None => (None, None),
    };
    let insert =
        sql("INSERT INTO invoice_reviews (tenant_id, id, version, kind, tab, state, title, tax_no, information_id, content, reason,
        file_name, file_format, size_bytes, sha256, account_id, account_name, at_us, due_us, note, decided_at_us, decided_by, used_by)
        VALUES ($1, $2, 1, $3, $4, 'submitted', $5, $6, $7, $8, $9, '', '', 0, '', $10, $11, $12, $13, '', NULL, '', NULL)");
    let insert = insert.bind(partner).bind(id).bind(new.kind.key()).bind(new.tab.key()).bind(&new.title).bind(&new.tax_no);
    let insert = insert.bind(information).bind(content).bind(&new.reason);
    let insert = insert.bind(account).bind(name).bind(now);
    tx.execute(insert.bind(at_the_same_time(now, days))).await?;
    attachments::attach(tx, partner, (Kind::Title, id), new.evidence.as_ref()).await?;
    let (kind, title, evidence) = (new.kind.key().to_owned(), new.title.clone(), attachments::hash_of(new.evidence.as_ref()));
    Ok((id, Event::InvoiceReviewAsked { review: id, kind, title, evidence }))
}

async fn tell(tx: &mut Tx, what: (Id, ReviewKind, &str), state: ReviewState, note: &str, told: &[Id]) -> Result<(), Error> {
    let (review, kind, title) = what;
    let notice = Notice::InvoiceReviewed { review, kind, title: title.to_owned(), state, note: note.to_owned() };
    messages::tell(tx, &notice, told).await
}

/// What support is asked for, a tab of it.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn reviews(access: &Access<CanReviewInformation>, asked: Asked) -> Result<ReviewPage, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let head = sql("SELECT v.kind, v.state, COUNT(*) FROM invoice_reviews v JOIN tenants t ON t.id = v.tenant_id WHERE 1 = 1");
    let mut counts: Vec<(ReviewTab, i64)> = ReviewTab::ALL.iter().map(|tab| (*tab, 0)).collect();
    for row in db.rows(narrowed(head, db, &asked).and(" GROUP BY v.kind, v.state LIMIT 20")).await? {
        let (tab, count) = (ReviewTab::of(row.key(0)?, row.key(1)?), row.int(2)?);
        counts.iter_mut().filter(|(other, _)| *other == tab).for_each(|(_, known)| *known += count);
    }
    let shown = asked.chosen("tab").next().and_then(ReviewTab::read).unwrap_or(ReviewTab::Titles);
    let total = counts.iter().find(|(tab, _)| *tab == shown).map_or(0, |(_, count)| *count);
    let rows = match shown {
        ReviewTab::Titles => sql(REVIEW).and(" WHERE v.state = 'submitted' AND v.kind = 'title'"),
        ReviewTab::Changes => sql(REVIEW).and(" WHERE v.state = 'submitted' AND v.kind = 'change'"),
        ReviewTab::Done => sql(REVIEW).and(" WHERE v.state <> 'submitted'"),
    };
    let order = if asked.sort_key().1 { " ORDER BY v.at_us DESC, v.id DESC" } else { " ORDER BY v.at_us, v.id" };
    let rows = narrowed(rows, db, &asked).and(order).limit(asked.size.into()).offset(asked.skipped());
    let rows = db.rows(rows).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(ReviewPage { asked, rows, total, counts, now: access.now() })
}

fn narrowed(sql: Sql, db: &Db, asked: &Asked) -> Sql {
    mentioned(in_days(sql, "v.at_us", asked.days), db.kind(), &["v.title", "t.name", "t.short_name"], asked)
}

/// What is not in a list.
struct Found {
    partner: Id,
    company: String,
    tax_no: String,
    information: Option<Id>,
    content: Option<Content>,
    decided: Option<(String, Moment)>,
    starter: Id,
}

async fn find<A: Asks>(of: &mut A, id: Id) -> Result<Found, Error> {
    let find = sql("SELECT v.tenant_id, t.name, v.tax_no, v.information_id, v.content, v.decided_by, v.decided_at_us, v.account_id
        FROM invoice_reviews v JOIN tenants t ON t.id = v.tenant_id WHERE v.id = ")
    .value(id)
    .and(" LIMIT 1");
    let (key, rows) = (of.key().await, of.ask(find).await?);
    let row = rows.first().ok_or(Error::NotFound)?;
    let (partner, decided_by) = (row.id(0)?, row.text(5)?);
    Ok(Found {
        partner,
        company: row.text(1)?,
        tax_no: row.text(2)?,
        information: row.maybe_text(3)?.map(|id| id.parse()).transpose().map_err(|_| Error::Broken)?,
        content: row.maybe_text(4)?.map(|text| content(&text, partner, key.as_deref())).transpose()?,
        decided: row.maybe_int(6)?.map(|at| (decided_by, Moment(at))),
        starter: row.id(7)?,
    })
}

/// What support decides about.
///
/// # Errors
/// `NotFound`.
pub async fn review(access: &Access<CanReviewInformation>, id: Id) -> Result<Review, Error> {
    let mut store = access.store();
    let row = store.db.row(sql(REVIEW).and(" WHERE v.id = ").value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (row, found) = (read(&row)?, find(&mut store, id).await?);
    let change = match (found.information, found.content) {
        (Some(information), Some(wanted)) => {
            let now = information::find(&mut store, found.partner, information).await?.ok_or(Error::Broken)?;
            Some((now.content, wanted))
        }
        _ => None,
    };
    let information = information::all(&mut store, found.partner, Some(row.tab)).await?;
    Ok(Review {
        row,
        company: found.company,
        tax_no: found.tax_no,
        change,
        evidence: attachments::of(&mut store, Kind::Title, id).await?,
        information: information.into_iter().map(information::Kept::shown).collect(),
        decided: found.decided,
        key: access.store().ids.id(),
    })
}

/// The proof that came with a request for a further title.
///
/// # Errors
/// `NotFound`.
pub async fn evidence(access: &Access<CanReviewInformation>, id: Id) -> Result<AttachedFile, Error> {
    attachments::file(&access.store().db, (Kind::Title, id), None).await
}

/// A decision of support.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decided {
    /// What was asked.
    pub review: Id,
    /// The version the form was read at.
    pub version: i64,
    /// Granted or refused.
    pub step: ReviewStep,
    /// Why; needed to refuse.
    pub note: String,
}

/// Decides about a title or a change.
///
/// # Errors
/// `NotFound`, `WrongState`, `Stale`, `REASON_REQUIRED`, `ONE_VALID_ONLY`; `KeyReused`.
pub async fn decide_review(access: &Access<CanReviewInformation>, key: Key, decided: Decided) -> Result<ReviewState, Error> {
    let note = match decided.step {
        ReviewStep::Refuse => reason(&decided.note)?,
        ReviewStep::Grant => String::new(),
    };
    access.write(Some(key), Decided { note, ..decided }, |tx, decided| Box::pin(decide_in(tx, decided))).await
}

async fn decide_in(tx: &mut Tx, decided: &Decided) -> Result<Written<ReviewState>, Error> {
    let row = tx.row(sql(REVIEW).and(" WHERE v.id = ").value(decided.review).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (row, found) = (read(&row)?, find(tx, decided.review).await?);
    let next = decided.step.take(row.state)?;
    if decided.version != row.version {
        return Err(Error::Stale);
    }
    turn(tx, found.partner).await?;
    let (now, by) = (tx.now(), tx.caller().standing()?.name.clone());
    let set = sql("UPDATE invoice_reviews SET version = version + 1, state = $1, note = $2, decided_at_us = $3, decided_by = $4
        WHERE tenant_id = $5 AND id = $6 AND version = $7");
    let set = set.bind(next.key()).bind(&decided.note).bind(now).bind(by).bind(found.partner).bind(row.id).bind(row.version);
    if tx.execute(set).await? != 1 {
        return Err(Error::Stale);
    }
    if let (Some(information), Some(wanted)) = (found.information, &found.content) {
        settle(tx, &found, information, next == ReviewState::Granted, wanted, &row.reason).await?;
    }
    let mut told = people(tx, found.partner, Role::FinanceClerk).await?;
    told.push(found.starter);
    tell(tx, (row.id, row.kind, &row.title), next, &decided.note, &told).await?;
    let event = Event::InvoiceReviewDecided { review: row.id, state: next.key().to_owned(), note: decided.note.clone() };
    Ok(Written::new(next, found.partner, event))
}

/// The information that waited is valid again: with its new content, or as it was.
async fn settle(tx: &mut Tx, found: &Found, id: Id, granted: bool, wanted: &Content, reason: &str) -> Result<(), Error> {
    let kept = information::find(tx, found.partner, id).await?.ok_or(Error::Broken)?;
    let state: InformationState = InformationStep::Decide.take(kept.state)?;
    if !granted {
        return save::set_state(tx, found.partner, &kept, state).await;
    }
    let there = information::all(tx, found.partner, Some(kept.tab)).await?;
    save::one_special(&there, Some(id), wanted)?;
    save::replace(tx, found.partner, &kept, state, wanted, reason).await.map(|_| ())
}
