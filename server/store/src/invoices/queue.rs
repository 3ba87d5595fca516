//! The vendor's queue: what is to be issued, sent, or taken back.

use super::{
    ROW,
    list::{counting, order, values},
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
    access::CanIssueInvoices,
    invoice::{CONSOLE_REQUESTS, InvoiceQueuePage, QueueTab, State},
    list::Asked,
    machine::Keyed as _,
    views::Setup,
};
use tokio::sync::mpsc;

/// What is on paper and has no number of a courier yet.
macro_rules! to_send {
    () => {
        "CASE WHEN r.medium = 'paper' AND r.courier = '' THEN 1 ELSE 0 END"
    };
}
const TO_SEND: &str = to_send!();

/// The requests of a tab.
///
/// # Errors
/// `TOO_LONG`, a reversed range, or the database does not answer.
pub async fn queue(access: &Access<CanIssueInvoices>, asked: Asked) -> Result<InvoiceQueuePage, Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let head =
        counting(concat!("SELECT r.state, CAST(", to_send!(), " AS BIGINT), COUNT(*), CAST(COALESCE(SUM(r.amount_micros), 0) AS BIGINT)"));
    let each = narrowed(head.and(" WHERE 1 = 1"), db.kind(), &asked).and(" GROUP BY r.state, ").and(TO_SEND).and(" LIMIT 40");
    let mut counts: Vec<(QueueTab, i64)> = QueueTab::ALL.iter().map(|tab| (*tab, 0)).collect();
    let mut waiting = 0_i64;
    for row in db.rows(each).await? {
        let (state, to_send): (State, bool) = (row.key(0)?, row.int(1)? > 0);
        let (tab, count) = (QueueTab::of(state, to_send), row.int(2)?);
        counts.iter_mut().filter(|(other, _)| *other == tab).for_each(|(_, known)| *known += count);
        waiting = waiting.saturating_add(if tab == QueueTab::Requests { row.int(3)? } else { 0 });
    }
    let shown = tab(&asked);
    let total = counts.iter().find(|(tab, _)| *tab == shown).map_or(0, |(_, count)| *count);
    let rows = in_tab(sql(ROW).and(" WHERE 1 = 1"), db.kind(), &asked).and(order(&asked));
    let rows = db.rows(rows.limit(asked.size.into()).offset(asked.skipped())).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(InvoiceQueuePage { asked, rows, total, counts, waiting: money(waiting), now: access.now(), setup: Setup::default() })
}

fn tab(asked: &Asked) -> QueueTab {
    asked.chosen("tab").next().and_then(QueueTab::read).unwrap_or(QueueTab::Requests)
}

fn narrowed(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    let sql = chosen(chosen(head, "r.kind", asked, "kind"), "r.medium", asked, "medium");
    let sql = in_days(sql, "r.submitted_at_us", asked.days);
    mentioned(sql, kind, &["r.number", "t.name", "t.short_name", "COALESCE(i.number, '')"], asked)
}

fn in_tab(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    let sql = match tab(asked) {
        QueueTab::Requests => head.and(" AND r.state = 'submitted'"),
        QueueTab::Returns => head.and(" AND r.state = 'return_review'"),
        QueueTab::Post => head.and(" AND r.state = 'issued' AND ").and(TO_SEND).and(" = 1"),
        QueueTab::Done => {
            let done = head.and(" AND r.state NOT IN ('submitted', 'return_review') AND NOT (r.state = 'issued' AND ");
            done.and(TO_SEND).and(" = 1)")
        }
    };
    narrowed(sql, kind, asked)
}

/// The same rows for a file.
///
/// # Errors
/// As `queue`.
pub(crate) async fn rows(
    access: &Access<CanIssueInvoices>,
    asked: Asked,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    lists::checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = in_tab(counting("SELECT COUNT(*)").and(" WHERE 1 = 1"), db.kind(), &asked);
    let count = snapshot.row(count).await?.map_or(Ok(0), |row| row.int(0))?;
    if counted.send(count).is_err() {
        return Ok(());
    }
    let all = in_tab(sql(ROW).and(" WHERE 1 = 1"), db.kind(), &asked).and(order(&asked));
    snapshot.send(all, |row: &Row| values(row, &CONSOLE_REQUESTS, lang), &out).await
}
