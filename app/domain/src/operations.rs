//! How the house is: what the operator page shows, `/console/operations`. Work that goes wrong is seen here, with the reason and a way to
//! begin it again.

use crate::{id::Id, keyed, machine::Kind, refusals, time::Moment};
use serde::{Deserialize, Serialize};

/// Rows of one kind that the page shows at most; the heading has the whole count.
pub const SHOWN_MAX: i64 = 50;
/// Work that is due and waits longer than this needs somebody, in seconds.
pub const WAITS_SECONDS_MAX: i64 = 60;
/// Data that were not checked for longer than this need somebody, in days: `verify` is meant to run each week.
pub const VERIFIED_DAYS_MAX: i64 = 8;
/// Less free space than this needs somebody, in bytes.
pub const FREE_BYTES_MIN: i64 = 1 << 30;

keyed! {
    /// A part of the house.
    Part {
        Database = "database" "数据库" "Database";
        Files = "files" "文件存储" "File storage";
        Jobs = "jobs" "后台任务" "Background work";
        Mail = "mail" "邮件" "Mail";
        Verify = "verify" "数据校验" "Check of the data";
    }
}

keyed! {
    /// How a part is.
    Health {
        Good = "good" "正常" "Working";
        Attention = "attention" "需要关注" "Needs attention";
        Bad = "bad" "故障" "Not working";
        Off = "off" "未启用" "Not in use";
    }
}

keyed! {
    /// What can be begun again.
    Retry {
        Job = "job" "后台任务" "Background work";
        Export = "export" "导出任务" "Export";
        Mail = "mail" "邮件" "Mail";
    }
}

refusals! {
    /// What the page refuses.
    Refusal {
        NotWaiting = 409 "WRONG_STATE", "该项已在处理或已完成，无需重试。", "This is under way or done by now; there is nothing to try again.";
    }
}

impl Health {
    /// The chip.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Good => Kind::Good,
            Self::Attention => Kind::Act,
            Self::Bad => Kind::Bad,
            Self::Off => Kind::Ended,
        }
    }
}

/// A part, how it is, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The part.
    pub part: Part,
    /// How it is.
    pub health: Health,
    /// One sentence in the reader's language.
    pub says: String,
}

/// Counts of one kind of thing by state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Waits for its turn or its time.
    pub waiting: i64,
    /// Is being worked on.
    pub running: i64,
    /// Ended well.
    pub done: i64,
    /// Given up.
    pub failed: i64,
}

/// Something that went wrong and can be begun again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stuck {
    /// What it is.
    pub retry: Retry,
    /// Its id.
    pub id: Id,
    /// What it is called: the file of an export, the kind of a job, the subject of a mail.
    pub name: String,
    /// Whose it is: the company and the person of an export, the masked address of a mail.
    pub whose: String,
    /// Runs so far.
    pub tries: i64,
    /// Why it went wrong, in words.
    pub problem: String,
    /// When it was begun.
    pub at: Moment,
    /// It is tried again by itself.
    pub rests: bool,
}

/// Where data lie, and how much.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    /// Size of the database in bytes.
    pub database_bytes: i64,
    /// Where files lie: a folder, or a bucket of S3.
    pub in_bucket: bool,
    /// Versions of documents.
    pub versions: i64,
    /// Their size in bytes. Equal files lie there once, so it may be less on the disk.
    pub versions_bytes: i64,
    /// Files of exports that are kept.
    pub exports: i64,
    /// Their size in bytes.
    pub exports_bytes: i64,
    /// Free space for files in bytes; nothing where there is no end to it.
    pub free_bytes: Option<i64>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operations {
    /// The parts.
    pub checks: Vec<Check>,
    /// Background work.
    pub jobs: Tally,
    /// Exports.
    pub exports: Tally,
    /// Mail.
    pub mail: Tally,
    /// What went wrong, newest first.
    pub stuck: Vec<Stuck>,
    /// Where data lie.
    pub storage: Storage,
    /// When this was so.
    pub at: Moment,
}
