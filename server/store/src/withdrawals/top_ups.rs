//! Top-ups and what is left of them for the way back.

use super::{Asks, CURRENCY, money};
use crate::{
    access::Access,
    ledger,
    seal::SealedNumber,
    sql::{Row, sql},
    write::{Tx, Written},
};
use domain::{
    Day, Error, Id, Moment, Money,
    access::Anyone,
    event::Event,
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
    machine::Keyed as _,
    withdrawal::{Candidate, Channel, SourceRow, spent},
    working_days::window_end,
};
use serde::{Deserialize, Serialize};

/// Records of one company that a request looks at: more than anybody tops up in the longest window.
const RECORDS_MAX: i64 = 5_000;
/// Records that one round of `age` moves on.
const AGED_AT_ONCE: usize = 200;

/// A top-up as it is entered beside its posting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewTopUp {
    /// Its id: the cause of its posting.
    pub id: Id,
    /// Whose it is.
    pub partner: Id,
    /// The number people quote.
    pub number: String,
    /// The contracting entity that received it.
    pub entity: Id,
    /// How it came.
    pub channel: Channel,
    /// How much.
    pub amount: Money,
    /// What is left of it for the way back.
    pub left: Money,
    /// A bonus that came with it.
    pub bonus: Money,
    /// When it came.
    pub received: Moment,
    /// The name of the account it came from.
    pub holder: String,
    /// Its bank.
    pub bank: String,
    /// Its branch.
    pub branch: String,
    /// Its number.
    pub account_number: String,
}

/// Sets for how many months money goes back the way it came.
///
/// # Errors
/// The database does not answer.
pub async fn set_window(tx: &mut Tx, entity: Id, channel: Channel, months: i64) -> Result<(), Error> {
    let set = sql("INSERT INTO path_windows (entity_id, channel, months) VALUES ($1, $2, $3)
        ON CONFLICT (entity_id, channel) DO UPDATE SET months = $3");
    tx.execute(set.bind(entity).bind(channel.key()).bind(months)).await.map(|_| ())
}

/// Enters a top-up. Its window is that of its entity and channel on this day; later changes do not move it. Gives the number of the account
/// it came from, sealed.
///
/// # Errors
/// The database does not answer; `Unavailable` without its sealing key.
pub async fn enter_top_up(tx: &mut Tx, new: &NewTopUp) -> Result<SealedNumber, Error> {
    let number = SealedNumber::of(tx, new.partner, &new.account_number).await?;
    let until = window_of(tx, new.entity, new.channel, new.received.day()).await?;
    let insert = sql("INSERT INTO top_ups (tenant_id, id, number, entity_id, channel, currency, amount_micros, left_micros, bonus_micros,
        received_at_us, until_us, holder, bank, branch, account_number, account_tail, account_print, entered_at_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $10)");
    let insert = insert.bind(new.partner).bind(new.id).bind(&new.number).bind(new.entity).bind(new.channel.key());
    let insert = insert.bind(new.amount.currency.key()).bind(new.amount.micros).bind(new.left.micros).bind(new.bonus.micros);
    let insert = insert.bind(new.received).bind(until.start()).bind(&new.holder).bind(&new.bank).bind(&new.branch);
    tx.execute(number.bind(insert)).await?;
    Ok(number)
}

/// The last day on which money can go back the way it came: by the window of its entity and channel as it is now.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn window_of(tx: &mut Tx, entity: Id, channel: Channel, received: Day) -> Result<Day, Error> {
    let find = sql("SELECT months FROM path_windows WHERE entity_id = ").value(entity).and(" AND channel = ").value(channel.key());
    let months = tx.row(find.and(" LIMIT 1")).await?.map_or(Ok(channel.months()), |row| row.int(0))?;
    Ok(window_end(received, months))
}

/// A record of which something is left.
pub(super) struct Record {
    pub(super) id: Id,
    pub(super) number: String,
    pub(super) received: Moment,
    pub(super) channel: Channel,
    pub(super) amount_micros: i64,
    pub(super) left_micros: i64,
    pub(super) has_bonus: bool,
    pub(super) until: Day,
    pub(super) holder: String,
    pub(super) bank: String,
    pub(super) branch: String,
    pub(super) account_number: SealedNumber,
}

fn read(row: &Row) -> Result<Record, Error> {
    Ok(Record {
        id: row.id(0)?,
        number: row.text(1)?,
        received: row.moment(2)?,
        channel: row.key(3)?,
        amount_micros: row.int(4)?,
        left_micros: row.int(5)?,
        has_bonus: row.int(6)? > 0,
        until: row.moment(7)?.day(),
        holder: row.text(8)?,
        bank: row.text(9)?,
        branch: row.text(10)?,
        account_number: SealedNumber::read(row, 11)?,
    })
}

impl Record {
    /// As the rule of matching reads it; what came before real-name authentication is never withdrawn.
    pub(super) fn candidate(&self, real_name: Option<Day>) -> Candidate {
        let early = real_name.is_none_or(|since| self.received.day() < since);
        Candidate { id: self.id, left_micros: self.left_micros, barred: self.has_bonus || early, until: self.until }
    }

    pub(super) fn shown(&self, taken_micros: i64) -> SourceRow {
        SourceRow {
            number: self.number.clone(),
            received: self.received,
            channel: self.channel,
            amount: money(self.amount_micros),
            taken: money(taken_micros),
            until: self.until,
        }
    }
}

/// The records of a company of which something is left, newest first, after what the fund lost by other ways was taken off the oldest; and
/// those that this changed.
pub(super) async fn left<A: Asks>(of: &mut A, partner: Id, balance_micros: i64) -> Result<(Vec<Record>, Vec<(Id, i64)>), Error> {
    let find = sql("SELECT id, number, received_at_us, channel, amount_micros, left_micros, bonus_micros, until_us, holder, bank, branch,
        account_number, account_tail, account_print FROM top_ups WHERE left_micros > 0 AND currency = ");
    let find = find.value(CURRENCY.key()).and(" AND tenant_id = ").value(partner).and(" ORDER BY received_at_us DESC, id DESC");
    let mut records: Vec<Record> = of.ask(find.limit(RECORDS_MAX)).await?.iter().map(read).collect::<Result<_, _>>()?;
    let candidates: Vec<Candidate> = records.iter().map(|record| record.candidate(None)).collect();
    let changed = spent(&candidates, balance_micros);
    for (id, left_micros) in &changed {
        records.iter_mut().filter(|record| record.id == *id).for_each(|record| record.left_micros = *left_micros);
    }
    Ok((records, changed))
}

/// Writes down what is left of records.
pub(super) async fn set_left(tx: &mut Tx, partner: Id, changed: &[(Id, i64)]) -> Result<(), Error> {
    for (id, left_micros) in changed {
        let set = sql("UPDATE top_ups SET left_micros = $1 WHERE tenant_id = $2 AND id = $3");
        tx.execute(set.bind(*left_micros).bind(partner).bind(*id)).await?;
    }
    Ok(())
}

/// Takes an amount off a record for a request.
pub(super) async fn take(tx: &mut Tx, partner: Id, id: Id, micros: i64) -> Result<(), Error> {
    let take = sql("UPDATE top_ups SET left_micros = left_micros - $1 WHERE tenant_id = $2 AND id = $3 AND left_micros >= $1");
    if tx.execute(take.bind(micros).bind(partner).bind(id)).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Gives a request's amounts back to their records; gives how much of them can still go back that way. The rest has left its original
/// path meanwhile.
pub(super) async fn give_back(tx: &mut Tx, partner: Id, withdrawal: Id) -> Result<i64, Error> {
    let find = sql("SELECT s.top_up_id, s.amount_micros, t.until_us FROM withdrawal_sources s JOIN top_ups t ON t.tenant_id = s.tenant_id
        AND t.id = s.top_up_id WHERE s.tenant_id = ");
    let find = find.value(partner).and(" AND s.withdrawal_id = ").value(withdrawal).and(" ORDER BY s.place").limit(RECORDS_MAX);
    let (today, mut kept) = (tx.now().day(), 0_i64);
    for row in tx.rows(find).await? {
        let (id, micros) = (row.id(0)?, row.int(1)?);
        if row.moment(2)?.day() < today {
            continue;
        }
        let give = sql("UPDATE top_ups SET left_micros = left_micros + $1 WHERE tenant_id = $2 AND id = $3");
        tx.execute(give.bind(micros).bind(partner).bind(id)).await?;
        kept = kept.saturating_add(micros);
    }
    Ok(kept)
}

/// Moves what has been too long in the original-path fund to the bank-card fund; gives how many records were moved on.
///
/// # Errors
/// The database does not answer.
pub async fn age(access: &Access<Anyone>) -> Result<usize, Error> {
    let find = sql("SELECT tenant_id, id FROM top_ups WHERE left_micros > 0 AND until_us < ").value(access.now().day().start());
    let over = access.store().db.rows(find.and(" ORDER BY until_us, id").limit(i64::try_from(AGED_AT_ONCE).unwrap_or(1))).await?;
    for row in &over {
        access.write(None, (row.id(0)?, row.id(1)?), |tx, (partner, record)| Box::pin(age_one(tx, *partner, *record))).await?;
    }
    Ok(over.len())
}

async fn age_one(tx: &mut Tx, partner: Id, id: Id) -> Result<Written<()>, Error> {
    let balance = balance(tx, partner, Account::OriginalPath).await?;
    let (records, changed) = left(tx, partner, balance).await?;
    set_left(tx, partner, &changed).await?;
    let today = tx.now().day();
    let Some(record) = records.iter().find(|record| record.id == id && record.until < today && record.left_micros > 0) else {
        return Ok(Written::quiet(()));
    };
    set_left(tx, partner, &[(id, 0)]).await?;
    let leg = Leg { from: Account::OriginalPath, to: Account::BankCard, amount: money(record.left_micros) };
    let cause = Cause { kind: CauseKind::TopUp, id };
    let object = record.number.clone();
    let posting = Posting { partner, movement: Movement::PathExpired, cause, object, legs: vec![leg] };
    let transaction = ledger::post(tx, &posting).await?.transaction;
    let (movement, of) = (posting.movement.key().to_owned(), posting.object);
    Ok(Written::new((), partner, Event::LedgerPosted { transaction, movement, of }))
}

/// What an account of a company's books holds.
async fn balance<A: Asks>(of: &mut A, partner: Id, account: Account) -> Result<i64, Error> {
    let balances = super::plan::balances(of, partner).await?;
    Ok(balances.iter().find(|(other, _)| *other == account).map_or(0, |(_, micros)| *micros))
}
