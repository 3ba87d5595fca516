//! The vendor's queue: who waits for a decision, a second one, or the bank.

use super::{
    ROW,
    list::{order, values},
    money, read,
};
use crate::{
    access::Access,
    db::Kind,
    exports::{Count, Value},
    lists::{self, chosen, in_days, mentioned},
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Lang,
    access::CanReviewWithdrawals,
    list::Asked,
    machine::Keyed as _,
    views::Setup,
    withdrawal::{CONSOLE_WITHDRAWALS, QueuePage, State, Tab},
};
use tokio::sync::mpsc;

/// The requests of a tab.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn queue(access: &Access<CanReviewWithdrawals>, asked: Asked) -> Result<QueuePage, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let head = sql("SELECT w.state, CAST(CASE WHEN w.first_approver IS NULL THEN 0 ELSE 1 END AS BIGINT), COUNT(*),
        CAST(COALESCE(SUM(w.amount_micros), 0) AS BIGINT) FROM withdrawals w JOIN tenants t ON t.id = w.tenant_id WHERE 1 = 1");
    let each = narrowed(head, db.kind(), &asked).and(" GROUP BY w.state, CASE WHEN w.first_approver IS NULL THEN 0 ELSE 1 END LIMIT 40");
    let mut counts: Vec<(Tab, i64)> = Tab::ALL.iter().map(|tab| (*tab, 0)).collect();
    let mut waiting = 0_i64;
    for row in db.rows(each).await? {
        let (state, first): (State, bool) = (row.key(0)?, row.int(1)? > 0);
        let Some(tab) = Tab::of(state, first) else { continue };
        let count = row.int(2)?;
        counts.iter_mut().filter(|(other, _)| *other == tab).for_each(|(_, known)| *known += count);
        waiting = waiting.saturating_add(if tab == Tab::Review { row.int(3)? } else { 0 });
    }
    let shown = tab(&asked);
    let total = counts.iter().find(|(tab, _)| *tab == shown).map_or(0, |(_, count)| *count);
    let rows = in_tab(sql(ROW).and(" WHERE 1 = 1"), db.kind(), &asked).and(order(&asked));
    let rows = db.rows(rows.limit(asked.size.into()).offset(asked.skipped())).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(QueuePage {
        asked,
        rows,
        total,
        counts,
        waiting: money(waiting),
        now: access.now(),
        key: access.store().ids.id(),
        setup: Setup::default(),
    })
}

fn tab(asked: &Asked) -> Tab {
    asked.chosen("tab").next().and_then(Tab::read).unwrap_or(Tab::Review)
}

fn narrowed(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    let sql = in_days(chosen(came(head), "w.fund", asked, "fund"), "w.submitted_at_us", asked.days);
    mentioned(sql, kind, &["w.number", "t.name", "t.short_name"], asked)
}

/// Only what has come to the vendor: not what waits for a colleague of its starter, or was cancelled before one had confirmed it.
pub(super) fn came(head: Sql) -> Sql {
    head.and(" AND w.state <> 'partner_review' AND (w.unconfirmed = 0 OR w.state <> 'cancelled')")
}

fn in_tab(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    let tab = tab(asked);
    let sql = head.and(" AND w.state IN ").list(tab.states().iter().map(|state| state.key()));
    let sql = match tab {
        Tab::Review => sql.and(" AND w.first_approver IS NULL"),
        Tab::Second => sql.and(" AND w.first_approver IS NOT NULL"),
        Tab::Payout | Tab::Done => sql,
    };
    narrowed(sql, kind, asked)
}

/// The same rows for a file.
///
/// # Errors
/// As `queue`.
pub(crate) async fn rows(
    access: &Access<CanReviewWithdrawals>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = sql("SELECT COUNT(*) FROM withdrawals w JOIN tenants t ON t.id = w.tenant_id WHERE 1 = 1");
    let count = snapshot.row(in_tab(count, db.kind(), &asked)).await?.map_or(Ok(0), |row| row.int(0))?;
    if counted.send(count).is_err() {
        return Ok(());
    }
    let all = in_tab(sql(ROW).and(" WHERE 1 = 1"), db.kind(), &asked).and(order(&asked));
    snapshot.send(all, |row: &Row| values(row, &CONSOLE_WITHDRAWALS, lang), &out).await
}
