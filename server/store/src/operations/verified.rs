//! What `verify` found last: kept by the command, shown to operators.

use crate::{
    access::{Access, Store},
    sql::sql,
    write::Written,
};
use domain::{
    Error, Lang, Text,
    access::Anyone,
    operations::{Check, Health, Part, VERIFIED_DAYS_MAX},
    text,
};
use serde::{Deserialize, Serialize};

/// Runs that are kept.
const KEPT: i64 = 100;
/// Characters of a finding that are kept.
const FINDING_MAX: usize = 300;

const NEVER: Text = text("还没有运行过 partner-center verify", "partner-center verify has not been run yet");
const LAST: Text = text("上次校验 ", "Last checked ");
const CLEAN: Text = text("，没有发现问题", ", nothing was found");
const FOUND: Text = text("，发现问题数：", ", findings: ");
const FIRST: Text = text("；首个问题：", "; the first: ");
const OLD: Text = text("，已超过一周，请再次运行", ", more than a week ago; run it again");

/// A run of `verify`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// How long it took, in microseconds.
    pub took_us: i64,
    /// What it found.
    pub findings: i64,
    /// The first of it, in words.
    pub first: String,
}

/// Keeps a run.
///
/// # Errors
/// The database does not answer.
pub async fn note_verified(access: &Access<Anyone>, run: Verified) -> Result<(), Error> {
    access
        .write(None, run, |tx, run| {
            Box::pin(async move {
                let first: String = run.first.chars().take(FINDING_MAX).collect();
                let insert = sql("INSERT INTO verify_runs (id, at_us, took_us, findings, first_finding) VALUES ($1, $2, $3, $4, $5)");
                let (id, now) = (tx.new_id(), tx.now());
                tx.execute(insert.bind(id).bind(now).bind(run.took_us).bind(run.findings).bind(first)).await?;
                let surplus = sql(
                    "DELETE FROM verify_runs WHERE id IN (SELECT id FROM verify_runs ORDER BY at_us DESC, id DESC LIMIT 1000 OFFSET $1)",
                );
                tx.execute(surplus.bind(KEPT)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// How the data were when they were checked last.
pub(super) async fn check(store: &Store, lang: Lang) -> Result<Check, Error> {
    let last = sql("SELECT at_us, findings, first_finding FROM verify_runs ORDER BY at_us DESC, id DESC LIMIT 1");
    let Some(row) = store.db.row(last).await? else {
        return Ok(Check { part: Part::Verify, health: Health::Off, says: NEVER.at(lang).to_owned() });
    };
    let (at, findings, first) = (row.moment(0)?, row.int(1)?, row.text(2)?);
    let is_old = store.clock.now().seconds_since(at) > VERIFIED_DAYS_MAX * 86_400;
    let mut says = format!("{}{}", LAST.at(lang), at.to_seconds());
    let health = match (findings, is_old) {
        (0, false) => Health::Good,
        (0, true) => Health::Attention,
        _ => Health::Bad,
    };
    says.push_str(&match (findings, is_old) {
        (0, false) => CLEAN.at(lang).to_owned(),
        (0, true) => OLD.at(lang).to_owned(),
        _ => format!("{}{findings}{}{first}", FOUND.at(lang), FIRST.at(lang)),
    });
    Ok(Check { part: Part::Verify, health, says })
}
