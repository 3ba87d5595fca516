//! The operator page: how each part is, what went wrong, and where data lie.

use super::verified;
use crate::{
    access::{Access, Store},
    dialect,
    sql::{Row, Sql, sql},
};
use domain::{
    Error, Lang, Text,
    access::CanOperate,
    exports::Problem,
    machine::Keyed as _,
    operations::{Check, FREE_BYTES_MIN, Health, Operations, Part, Retry, SHOWN_MAX, Storage, Stuck, Tally, WAITS_SECONDS_MAX},
    text,
    text::Bytes,
};
use std::time::{Duration, Instant};

/// A database or a place of files that takes longer than this to answer does not work.
const ANSWER_TIME: Duration = Duration::from_secs(2);
/// One that takes longer than this needs somebody.
const SLOW: Duration = Duration::from_millis(200);

const NO_ANSWER: Text = text("没有响应", "It does not answer");
const ANSWERED: Text = text("响应用时 ", "Answers in ");
const NOT_WRITTEN: Text = text("无法写入文件，请检查存储空间与权限", "Files cannot be written; look at space and rights");
const LITTLE_SPACE: Text = text("剩余空间仅 ", "Free space is down to ");
const NO_WAIT: Text = text("到期任务都已开始", "All work that is due has begun");
const WAITS: Text = text("最早的到期任务已等待（秒）：", "The oldest work that is due has waited, in seconds: ");
const GIVEN_UP: Text = text("；已放弃：", "; given up: ");
const NO_MAIL_SERVER: Text =
    text("没有邮件服务器取走邮件（PC_SMTP_URL），邮件保留在发件箱中", "No mail server takes mail (PC_SMTP_URL); mail stays in the outbox");
const MAIL_AWAY: Text = text("邮件服务器没有接收，将自动重试", "The mail server does not take mail; it is tried again");
const MAIL_GOES: Text = text("到期邮件都已发出", "All mail that is due has gone");
const MAIL_REFUSED: Text = text("有邮件被退回", "Some mail was refused");
const MS: Text = text(" 毫秒", " ms");

/// What the page shows, in the reader's language.
///
/// # Errors
/// The database does not answer.
pub async fn page(access: &Access<CanOperate>, lang: Lang) -> Result<Operations, Error> {
    let store = access.store();
    let storage = storage(store).await?;
    let jobs = tally(store, "jobs", ["queued", "running", "done", "failed"]).await?;
    let exports = tally(store, "export_tasks", ["queued", "running", "completed", "failed"]).await?;
    let mail = tally(store, "outbox", ["waiting", "sending", "sent", "failed"]).await?;
    let checks = vec![
        database(store, lang).await,
        files(store, &storage, lang).await,
        work(store, &jobs, lang).await?,
        outbox(store, &mail, lang).await?,
        verified::check(store, lang).await?,
    ];
    let mut stuck = stuck_exports(store, lang).await?;
    stuck.extend(stuck_jobs(store).await?);
    stuck.extend(stuck_mail(store).await?);
    stuck.sort_by_key(|stuck| std::cmp::Reverse(stuck.at));
    Ok(Operations { checks, jobs, exports, mail, stuck, storage, at: access.now() })
}

/// Counts a table by state: waiting, running, done, failed.
async fn tally(store: &Store, table: &'static str, states: [&'static str; 4]) -> Result<Tally, Error> {
    let count = sql("SELECT state, COUNT(*) FROM ").and(table).and(" GROUP BY state ORDER BY state").limit(SHOWN_MAX);
    let mut counts = [0; 4];
    for row in store.db.rows(count).await? {
        let state = row.text(0)?;
        if let Some(at) = states.iter().position(|known| *known == state) {
            counts[at] = row.int(1)?;
        }
    }
    let [waiting, running, done, failed] = counts;
    Ok(Tally { waiting, running, done, failed })
}

async fn database(store: &Store, lang: Lang) -> Check {
    let begun = Instant::now();
    let answer = tokio::time::timeout(ANSWER_TIME, store.read_clock()).await;
    let (health, says) = answered(matches!(answer, Ok(Ok(()))), begun.elapsed(), NO_ANSWER, lang);
    Check { part: Part::Database, health, says }
}

async fn files(store: &Store, storage: &Storage, lang: Lang) -> Check {
    let (name, begun) = (format!("probe-{}", store.ids.id()), Instant::now());
    let written = tokio::time::timeout(ANSWER_TIME, store.files.probe(&name)).await;
    let (mut health, mut says) = answered(matches!(written, Ok(Ok(()))), begun.elapsed(), NOT_WRITTEN, lang);
    if let Some(free) = storage.free_bytes.filter(|free| *free < FREE_BYTES_MIN && health != Health::Bad) {
        (health, says) = (Health::Attention, format!("{}{}", LITTLE_SPACE.at(lang), Bytes(free)));
    }
    Check { part: Part::Files, health, says }
}

fn answered(well: bool, took: Duration, otherwise: Text, lang: Lang) -> (Health, String) {
    if !well {
        return (Health::Bad, otherwise.at(lang).to_owned());
    }
    let health = if took > SLOW { Health::Attention } else { Health::Good };
    (health, format!("{}{}{}", ANSWERED.at(lang), took.as_millis().max(1), MS.at(lang)))
}

async fn work(store: &Store, jobs: &Tally, lang: Lang) -> Result<Check, Error> {
    let (now, system) = (store.clock.now(), store.clock.system());
    let oldest = sql("SELECT due_at_us FROM jobs WHERE state = 'queued' AND due_at_us <= ").value(now).and(" AND rest_until_us <= ");
    let oldest = store.db.row(oldest.value(system).and(" ORDER BY due_at_us, id LIMIT 1")).await?;
    let waited = oldest.map(|row| row.moment(0)).transpose()?.map_or(0, |due| now.seconds_since(due));
    let mut says = if waited > 0 { format!("{}{waited}", WAITS.at(lang)) } else { NO_WAIT.at(lang).to_owned() };
    if jobs.failed > 0 {
        says.push_str(&format!("{}{}", GIVEN_UP.at(lang), jobs.failed));
    }
    let health = if waited > WAITS_SECONDS_MAX || jobs.failed > 0 { Health::Attention } else { Health::Good };
    Ok(Check { part: Part::Jobs, health, says })
}

async fn outbox(store: &Store, mail: &Tally, lang: Lang) -> Result<Check, Error> {
    let due = store.clock.now().plus_seconds(-WAITS_SECONDS_MAX);
    let late = sql("SELECT tries FROM outbox WHERE state = 'waiting' AND channel = 'mail' AND due_at_us <= ").value(due);
    let late = store.db.row(late.and(" ORDER BY due_at_us, seq LIMIT 1")).await?.map(|row| row.int(0)).transpose()?;
    let (health, says) = match (late, mail.failed) {
        (Some(0), _) => (Health::Off, NO_MAIL_SERVER),
        (Some(_), _) => (Health::Attention, MAIL_AWAY),
        (None, 1..) => (Health::Attention, MAIL_REFUSED),
        (None, _) => (Health::Good, MAIL_GOES),
    };
    Ok(Check { part: Part::Mail, health, says: says.at(lang).to_owned() })
}

async fn stuck_exports(store: &Store, lang: Lang) -> Result<Vec<Stuck>, Error> {
    let find = sql("SELECT e.id, e.file_name, t.short_name, e.account_name, e.tries, e.problem, e.made_at_us FROM export_tasks e
        JOIN tenants t ON t.id = e.tenant_id WHERE e.state = 'failed' ORDER BY e.made_at_us DESC, e.id DESC");
    let stuck = |row: &Row| {
        let problem = row.maybe_text(5)?.and_then(|key| Problem::read(&key));
        Ok(Stuck {
            retry: Retry::Export,
            id: row.id(0)?,
            name: row.text(1)?,
            whose: format!("{} {}", row.text(2)?, row.text(3)?),
            tries: row.int(4)?,
            problem: problem.unwrap_or(Problem::Ours).label().at(lang).to_owned(),
            at: row.moment(6)?,
            rests: false,
        })
    };
    gathered(store, find, stuck).await
}

/// Work that has failed and rests. What was given up is the export it belongs to, which stands there itself.
async fn stuck_jobs(store: &Store) -> Result<Vec<Stuck>, Error> {
    let find = sql("SELECT j.id, j.kind, t.short_name, j.tries, j.problem, j.begun_at_us FROM jobs j JOIN tenants t ON t.id = j.tenant_id
        WHERE j.state = 'queued' AND j.problem <> '' ORDER BY j.begun_at_us DESC, j.id DESC");
    let stuck = |row: &Row| {
        Ok(Stuck {
            retry: Retry::Job,
            id: row.id(0)?,
            name: row.text(1)?,
            whose: row.text(2)?,
            tries: row.int(3)?,
            problem: row.text(4)?,
            at: row.moment(5)?,
            rests: true,
        })
    };
    gathered(store, find, stuck).await
}

async fn stuck_mail(store: &Store) -> Result<Vec<Stuck>, Error> {
    let find = sql("SELECT id, subject, recipient, tries, problem, at_us, state FROM outbox
        WHERE state IN ('waiting', 'failed') AND problem <> '' ORDER BY seq DESC");
    let stuck = |row: &Row| {
        let address = row.text(2)?;
        let whose = masked(&address);
        Ok(Stuck {
            retry: Retry::Mail,
            id: row.id(0)?,
            name: row.text(1)?,
            tries: row.int(3)?,
            // Mail servers like to name the address in what they answer.
            problem: row.text(4)?.replace(&address, &whose),
            whose,
            at: row.moment(5)?,
            rests: row.text(6)? == "waiting",
        })
    };
    gathered(store, find, stuck).await
}

async fn gathered(store: &Store, find: Sql, stuck: impl Fn(&Row) -> Result<Stuck, Error>) -> Result<Vec<Stuck>, Error> {
    store.db.rows(find.limit(SHOWN_MAX)).await?.iter().map(stuck).collect()
}

/// An address as operators see it: `a***@lanhai.example`.
fn masked(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{host}")
}

async fn storage(store: &Store) -> Result<Storage, Error> {
    let (database, size) = dialect::name_and_size(store.db.kind());
    let database_bytes = store.db.row(size).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let versions = sql("SELECT COUNT(*), CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM library_versions WHERE sha256 <> '' LIMIT 1");
    let (versions, versions_bytes) = counted(store, versions).await?;
    let exports = sql("SELECT COUNT(*), CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM export_tasks WHERE state = 'completed' LIMIT 1");
    let (exports, exports_bytes) = counted(store, exports).await?;
    Ok(Storage {
        database: database.to_owned(),
        database_bytes,
        in_bucket: store.files.is_in_bucket(),
        versions,
        versions_bytes,
        exports,
        exports_bytes,
        free_bytes: store.files.free_bytes(),
    })
}

async fn counted(store: &Store, count: Sql) -> Result<(i64, i64), Error> {
    match store.db.row(count).await? {
        Some(row) => Ok((row.int(0)?, row.int(1)?)),
        None => Ok((0, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_its_first_letter_and_its_host() {
        assert_eq!(masked("admin@lanhai.example"), "a***@lanhai.example");
        assert_eq!(masked("王@host.example"), "王***@host.example");
        assert_eq!(masked(""), "***@");
    }

    #[test]
    fn what_answers_slowly_needs_somebody_and_what_does_not_answer_is_broken() {
        let said = |well, millis| answered(well, Duration::from_millis(millis), NO_ANSWER, Lang::En).0;
        assert_eq!([said(true, 3), said(true, 500), said(false, 3)], [Health::Good, Health::Attention, Health::Bad]);
    }
}
