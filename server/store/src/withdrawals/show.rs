//! One request: as its partner sees it, and with what the vendor decides by.

use super::{ROW, list::paid_since, mostly_hidden, plan, queue::came, read, visible};
use crate::{
    access::Access,
    db::Db,
    seal::{self, SealedNumber},
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Id, Moment, Money,
    access::{CanReviewWithdrawals, CanWithdraw, Permission},
    machine::Keyed as _,
    withdrawal::{
        ACCOUNT_NEW_DAYS, CONSOLE_WITHDRAWALS, CheckKind, Checked, ConsoleWithdrawal, FOUR_EYES_MICROS, Happened, QueuePage, SourceRow,
        State, Step, Tab, WithdrawalDetail, WithdrawalRow, may_confirm, needs_two,
    },
};

/// Lines of a timeline, and records of one request.
const LINES_MAX: i64 = 200;
/// Days in which earlier requests are counted.
const LATELY_DAYS: i64 = 90;

/// A request of the caller's company.
///
/// # Errors
/// `NotFound`.
pub async fn show(access: &Access<CanWithdraw>, id: Id) -> Result<WithdrawalDetail, Error> {
    let find = visible(sql(ROW), access)?.and(" AND w.id = ").value(id).and(" LIMIT 1");
    let row = access.store().db.row(find).await?.ok_or(Error::NotFound)?;
    let mut detail = detail(access, read(&row)?).await?;
    if detail.row.state == State::PartnerReview {
        let standing = access.caller().standing()?;
        let starter = rest_of(&access.store().db, id).await?.starter;
        detail.may_confirm = may_confirm(starter, standing.account, super::manages(standing)).is_ok();
        detail.code_to = mostly_hidden(&standing.email);
    }
    Ok(detail)
}

/// What is not in a list.
struct Rest {
    partner: Id,
    holder: String,
    branch: String,
    note: String,
    changed: Moment,
    starter: Id,
    first: Option<String>,
    company: String,
}

fn rest(row: &Row) -> Result<Rest, Error> {
    Ok(Rest {
        partner: row.id(0)?,
        holder: row.text(1)?,
        branch: row.text(2)?,
        note: row.text(3)?,
        changed: row.moment(4)?,
        starter: row.id(5)?,
        first: row.maybe_text(6)?,
        company: row.text(7)?,
    })
}

async fn rest_of(db: &Db, id: Id) -> Result<Rest, Error> {
    let find = sql("SELECT w.tenant_id, w.holder, w.branch, w.note, w.account_changed_us, w.account_id, w.first_approver, t.name
        FROM withdrawals w JOIN tenants t ON t.id = w.tenant_id WHERE w.id = ");
    rest(&db.row(find.value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?)
}

async fn detail<P: Permission>(access: &Access<P>, row: WithdrawalRow) -> Result<WithdrawalDetail, Error> {
    let db = &access.store().db;
    let Rest { holder, branch, note, .. } = rest_of(db, row.id).await?;
    let entity = sql("SELECT name FROM tenants WHERE side = 'vendor' ORDER BY number, id LIMIT 1");
    let entity = db.row(entity).await?.map_or(Ok(String::new()), |row| row.text(0))?;
    let sources = db.rows(sources(row.id)).await?.iter().map(|source| read_source(source, row.amount)).collect::<Result<_, _>>()?;
    let lines = sql("SELECT step, is_first_of_two, at_us, person, note FROM withdrawal_events WHERE withdrawal_id = ").value(row.id);
    let events = db.rows(lines.and(" ORDER BY no").limit(LINES_MAX)).await?;
    let events = events.iter().map(read_line).collect::<Result<_, _>>()?;
    let key = access.store().ids.id();
    Ok(WithdrawalDetail {
        row,
        holder,
        branch,
        note,
        entity,
        sources,
        events,
        key,
        now: access.now(),
        may_confirm: false,
        code_to: String::new(),
    })
}

fn sources(id: Id) -> Sql {
    let find = sql("SELECT t.number, t.received_at_us, t.channel, t.amount_micros, s.amount_micros, t.until_us FROM withdrawal_sources s
        JOIN top_ups t ON t.tenant_id = s.tenant_id AND t.id = s.top_up_id WHERE s.withdrawal_id = ");
    find.value(id).and(" ORDER BY s.place").limit(LINES_MAX)
}

fn read_source(row: &Row, like: Money) -> Result<SourceRow, Error> {
    let money = |micros| Money { micros, ..like };
    Ok(SourceRow {
        number: row.text(0)?,
        received: row.moment(1)?,
        channel: row.key(2)?,
        amount: money(row.int(3)?),
        taken: money(row.int(4)?),
        until: row.moment(5)?.day(),
    })
}

fn read_line(row: &Row) -> Result<Happened, Error> {
    Ok(Happened {
        step: Step::read(&row.text(0)?),
        is_first_of_two: row.int(1)? > 0,
        at: row.moment(2)?,
        by: row.text(3)?,
        note: row.text(4)?,
    })
}

/// A request of any company, with the automatic checks.
///
/// # Errors
/// `NotFound`.
pub async fn console_show(access: &Access<CanReviewWithdrawals>, id: Id) -> Result<ConsoleWithdrawal, Error> {
    let db = &access.store().db;
    let find = came(sql(ROW).and(" WHERE w.id = ").value(id)).and(" LIMIT 1");
    let row = db.row(find).await?.ok_or(Error::NotFound)?;
    let row = read(&row)?;
    let rest = rest_of(db, id).await?;
    let funds = plan::funds(&mut access.store(), rest.partner).await?;
    let covered = funds.cash.minus(funds.owed).and_then(|left| left.minus(funds.held)).is_some_and(|left| !left.is_negative());
    let is_old = rest.changed.plus_days(ACCOUNT_NEW_DAYS) <= row.at;
    let check = |kind, good, value| Checked { kind, good, value };
    let checks = vec![
        check(CheckKind::Holder, rest.holder == rest.company, rest.holder.clone()),
        check(CheckKind::Rest, covered, row.fund.rest(&funds).to_string()),
        check(CheckKind::AccountAge, is_old, rest.changed.day().to_string()),
        check(CheckKind::Amount, !needs_two(row.amount), Money { micros: FOUR_EYES_MICROS, ..row.amount }.to_string()),
    ];
    let paid_lately = paid_since(db, rest.partner, access.now().plus_days(-LATELY_DAYS)).await?;
    let reader = access.caller().standing()?;
    let is_first = rest.first.as_deref() == Some(reader.account.to_string().as_str());
    let is_barred = is_first || rest.starter == reader.account || rest.partner == reader.tenant;
    let queue = beside(access, &row).await?;
    let detail = detail(access, row).await?;
    Ok(ConsoleWithdrawal { detail, company: rest.company, checks, paid_lately, is_barred, queue, number: None })
}

/// The whole number of the account that a request goes to, for who pays it. Whoever shows it has called `reveal` before.
///
/// # Errors
/// `NotFound`; `NUMBER_SHUT` while the key is away.
pub async fn account_number(access: &Access<CanReviewWithdrawals>, id: Id) -> Result<String, Error> {
    Ok(open_account(access, id).await?.1)
}

/// Writes down that the caller looks at the whole number of a request's account.
///
/// # Errors
/// As `account_number`: what cannot be shown is not looked at.
pub async fn reveal(access: &Access<CanReviewWithdrawals>, id: Id) -> Result<(), Error> {
    let (partner, number) = open_account(access, id).await?;
    seal::note(access, partner, ("withdrawal", id), &number).await
}

async fn open_account(access: &Access<CanReviewWithdrawals>, id: Id) -> Result<(Id, String), Error> {
    let find = sql("SELECT w.tenant_id, w.account_number, w.account_tail, w.account_print FROM withdrawals w WHERE w.id = ").value(id);
    let row = access.store().db.row(came(find).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let (partner, number) = (row.id(0)?, SealedNumber::read(&row, 1)?);
    Ok((partner, number.shown_whole(access.store(), partner).await?))
}

/// The first requests of its stage: the oldest where something waits, the newest where all is done.
async fn beside(access: &Access<CanReviewWithdrawals>, row: &WithdrawalRow) -> Result<QueuePage, Error> {
    let tab = Tab::of(row.state, row.has_first_approval).unwrap_or(Tab::Done);
    let sort = if tab == Tab::Done { "&sort=-at" } else { "" };
    super::queue::queue(access, CONSOLE_WITHDRAWALS.read(&format!("tab={}&size=50{sort}", tab.key()))).await
}
