//! The two databases behind one set of queries.
//!
//! SQLite: WAL, `synchronous=FULL` (threats.md T13, T14: NORMAL loses acknowledged commits in a power cut), ONE writer
//! connection behind the pool's fair queue (T12), `BEGIN IMMEDIATE` for whatever may write (T15), and a pool of readers.
//! PostgreSQL: one pool. Which of the two serves is decided by the address of the database, nowhere else.

use crate::dialect;
use crate::sql::{Row, Sql, lite_execute, lite_rows, lite_stream, pg_execute, pg_rows, pg_stream};
use domain::Error;
use futures::{StreamExt as _, stream::BoxStream};
use sqlx::{
    ConnectOptions, Connection,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres},
    sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};
use tokio::sync::mpsc;

/// How long a request waits for a connection before it is told to come back.
const WAIT: Duration = Duration::from_secs(5);
/// Looks of a server that starts on SQLite while others do: each time, another one was faster, with the log or with a migration.
pub(crate) const LOOKS: u32 = 40;
/// The pause between them.
pub(crate) const PAUSE: Duration = Duration::from_millis(50);
/// Readers of one process; SQLite's readers do not block each other, two cores keep about four busy.
const READERS: u32 = 8;
/// Connections to PostgreSQL of one process.
const PG_CONNECTIONS: u32 = 16;
/// So much of the file is mapped per connection, 64 MiB: what is mapped counts as memory of the process, once per connection, and a walk through a
/// million rows of a larger map looked as if it were kept.
const MAPPED_BYTES: &str = "67108864";
/// Statements kept prepared per connection; the product has a few hundred.
const STATEMENTS: usize = 400;

/// A database, open.
#[derive(Clone, Debug)]
pub enum Db {
    /// Embedded.
    Lite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
    },
    /// A server.
    Pg(PgPool),
}

/// Which of the two kinds a database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// SQLite.
    Lite,
    /// PostgreSQL.
    Pg,
}

/// What a statement can fail with.
#[derive(Debug)]
pub struct Failure {
    /// What happened, for the log.
    pub detail: String,
    /// How to answer it.
    pub kind: FailureKind,
}

/// How a failure is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Two transactions met; running the work again can succeed.
    Retry,
    /// A unique key is taken.
    Taken,
    /// The database is away, full or too busy: 503.
    Away,
    /// Our mistake: 500.
    Bug,
}

impl Failure {
    /// A stored value could not be read back.
    #[must_use]
    pub fn decode(what: &str) -> Self {
        Self { detail: format!("a stored {what} cannot be read"), kind: FailureKind::Bug }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        let detail = error.to_string();
        let kind = match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => FailureKind::Away,
            sqlx::Error::Database(database) if database.is_unique_violation() => FailureKind::Taken,
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // PostgreSQL: serialization failure, deadlock. SQLite: busy, in its three forms.
                Some("40001" | "40P01" | "5" | "261" | "517") => FailureKind::Retry,
                // PostgreSQL: out of resources, shutting down, starting up, connection lost. SQLite: disk full, input/output, read-only.
                Some(code) if ["53", "57", "08"].iter().any(|class| code.len() == 5 && code.starts_with(class)) => FailureKind::Away,
                Some("13" | "8" | "14" | "778" | "1032" | "4874") => FailureKind::Away,
                Some(code) if code.len() < 5 && code.parse::<i64>().is_ok_and(|code| code & 255 == 10) => FailureKind::Away,
                _ => FailureKind::Bug,
            },
            _ => FailureKind::Bug,
        };
        Self { detail, kind }
    }
}

impl From<Failure> for Error {
    /// The detail goes to the log, never to the reader.
    fn from(failure: Failure) -> Self {
        match failure.kind {
            FailureKind::Retry | FailureKind::Away => {
                tracing::warn!(detail = failure.detail, "the database did not answer");
                Self::Unavailable
            }
            FailureKind::Taken | FailureKind::Bug => {
                tracing::error!(detail = failure.detail, "a statement failed");
                Self::Broken
            }
        }
    }
}

/// Beside whom a transaction that may write runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Beside others.
    Beside,
    /// Beside nobody.
    Alone,
}

/// A connection inside a transaction that may write.
pub(crate) enum Conn {
    Lite(sqlx::Transaction<'static, Sqlite>),
    Pg(sqlx::Transaction<'static, Postgres>),
}

/// Opens a pool on SQLite. The first server on a new file turns its log on, the last one that leaves tidies it away; SQLite tells another one
/// that comes in that moment that the file is locked, without letting it wait (`busy_timeout` does not cover it). It looks again.
async fn lite_pool(options: &SqliteConnectOptions, connections: u32) -> Result<SqlitePool, sqlx::Error> {
    let open = || {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(WAIT)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options.clone())
    };
    for _ in 1..LOOKS {
        match open().await {
            Err(sqlx::Error::Database(error)) if error.message().contains("locked") => tokio::time::sleep(PAUSE).await,
            opened => return opened,
        }
    }
    open().await
}

/// The file of a database that is one.
pub(crate) fn file_of(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?.trim_start_matches("//").split('?').next()?;
    (!path.is_empty() && path != ":memory:").then_some(path)
}

impl Db {
    /// Opens `sqlite://path` or `postgres://..`.
    ///
    /// # Errors
    /// The address is not one of the two, or the database cannot be opened; the sentence says which.
    pub async fn open(url: &str) -> Result<Self, String> {
        if url.starts_with("sqlite:") {
            Self::open_lite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_pg(url).await
        } else {
            Err(format!("PC_DATABASE_URL is {url:?}; allowed are sqlite://FILE and postgres://USER@HOST/DATABASE"))
        }
    }

    async fn open_lite(url: &str) -> Result<Self, String> {
        let path = url.trim_start_matches("sqlite://").trim_start_matches("sqlite:");
        if let Some(folder) = std::path::Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| format!("the folder {} cannot be created: {error}", folder.display()))?;
        }
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|error| format!("PC_DATABASE_URL is {url:?}: {error}"))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            .statement_cache_capacity(STATEMENTS)
            .pragma("cache_size", dialect::PAGES_KIB)
            .pragma("mmap_size", MAPPED_BYTES)
            .pragma("temp_store", "MEMORY")
            // What a row no longer holds is overwritten wherever that costs no further write: a stolen file tells little of the past.
            .pragma("secure_delete", "FAST")
            .disable_statement_logging();
        let writer = lite_pool(&options, 1).await.map_err(|error| format!("the database {url} cannot be opened: {error}"))?;
        let readers = lite_pool(&options.pragma("query_only", "ON"), READERS)
            .await
            .map_err(|error| format!("the database {url} cannot be read: {error}"))?;
        Ok(Self::Lite { writer, readers })
    }

    async fn open_pg(url: &str) -> Result<Self, String> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| format!("PC_DATABASE_URL is not an address of PostgreSQL: {error}"))?
            .statement_cache_capacity(STATEMENTS)
            .application_name("partner-center")
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(PG_CONNECTIONS)
            .acquire_timeout(WAIT)
            // A connection found inside a transaction is thrown away, whoever left it there (threats.md T20).
            .after_release(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }))
            .connect_with(options)
            .await
            .map_err(|error| format!("PostgreSQL cannot be reached: {error}"))?;
        Ok(Self::Pg(pool))
    }

    /// Which kind this is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Lite { .. } => Kind::Lite,
            Self::Pg(_) => Kind::Pg,
        }
    }

    /// Reads rows outside a transaction.
    pub(crate) async fn rows(&self, sql: Sql) -> Result<Vec<Row>, Failure> {
        match self {
            Self::Lite { readers, .. } => lite_rows(readers, sql).await,
            Self::Pg(pool) => pg_rows(pool, sql).await,
        }
    }

    /// Reads the first row, if there is one.
    pub(crate) async fn row(&self, sql: Sql) -> Result<Option<Row>, Failure> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// Begins a transaction that may write, taking its turn at SQLite's one writer.
    ///
    /// PostgreSQL lets writers run beside each other until two meet and one of them fails. Whoever runs again after that runs alone:
    /// its lock waits for those before it and holds back those after it, on every server, so it cannot fail again. Writers take
    /// theirs as the first thing, before the transaction looks at any row; `LOCK TABLE` alone waits without looking. Reading needs none.
    pub(crate) async fn begin(&self, turn: Turn) -> Result<Conn, Failure> {
        match self {
            Self::Lite { writer, .. } => {
                let conn = settled(writer).await?;
                Ok(Conn::Lite(sqlx::Transaction::begin(conn, Some(sqlx::SqlSafeStr::into_sql_str("BEGIN IMMEDIATE"))).await?))
            }
            Self::Pg(pool) => {
                let begin = match turn {
                    Turn::Beside => "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE settings IN ROW SHARE MODE",
                    Turn::Alone => "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE settings IN EXCLUSIVE MODE",
                };
                Ok(Conn::Pg(pool.begin_with(begin).await?))
            }
        }
    }

    /// A view of the database that does not change while a file is made from it.
    pub(crate) async fn snapshot(&self) -> Result<Snapshot, Failure> {
        match self {
            Self::Lite { readers, .. } => {
                let conn = readers.acquire().await?;
                Ok(Snapshot(Conn::Lite(sqlx::Transaction::begin(conn, None).await?)))
            }
            Self::Pg(pool) => Ok(Snapshot(Conn::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?))),
        }
    }

    /// Closes all connections, checkpointing SQLite's log.
    pub async fn close(&self) {
        match self {
            Self::Lite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

/// One state of the database, read from as often and as long as need be. SQLite keeps its log until this ends.
pub(crate) struct Snapshot(Conn);

/// Rows that travel together.
const BATCH_ROWS: usize = 200;

impl Snapshot {
    /// Reads the first row.
    pub(crate) async fn row(&mut self, sql: Sql) -> Result<Option<Row>, Failure> {
        Ok(self.0.rows(sql).await?.into_iter().next())
    }

    /// Reads rows.
    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, Failure> {
        self.0.rows(sql).await
    }

    /// Reads any number of rows, as fast as they are taken.
    pub(crate) fn stream(&mut self, sql: Sql) -> BoxStream<'_, Result<Row, Failure>> {
        match &mut self.0 {
            Conn::Lite(tx) => lite_stream(&mut **tx, sql),
            Conn::Pg(tx) => pg_stream(&mut **tx, sql),
        }
    }

    /// Reads any number of rows in constant memory: sends what `read` makes of them, as fast as they are taken. Ends quietly when
    /// nobody takes them any more.
    pub(crate) async fn send<T: Send>(
        &mut self,
        sql: Sql,
        read: impl Fn(&Row) -> Result<T, Error> + Send,
        out: &mpsc::Sender<Vec<T>>,
    ) -> Result<(), Error> {
        let mut rows = self.stream(sql);
        let mut batch = Vec::with_capacity(BATCH_ROWS);
        while let Some(row) = rows.next().await {
            batch.push(read(&row?)?);
            if batch.len() == BATCH_ROWS && out.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS))).await.is_err() {
                return Ok(());
            }
        }
        if !batch.is_empty() {
            out.send(batch).await.ok();
        }
        Ok(())
    }
}

/// The writer, outside a transaction. Somebody may have left it inside one (threats.md T20), or SQLite has ended one by itself, as it does
/// when the disk is full, and sqlx goes on counting it: then the connection is of no use to anybody, and another one is opened.
async fn settled(writer: &SqlitePool) -> Result<PoolConnection<Sqlite>, Failure> {
    let conn = writer.acquire().await?;
    if !conn.is_in_transaction() {
        return Ok(conn);
    }
    tracing::warn!("the writer was left inside a transaction; another connection is opened");
    conn.close().await?;
    Ok(writer.acquire().await?)
}

impl Conn {
    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, Failure> {
        match self {
            Self::Lite(tx) => lite_rows(&mut **tx, sql).await,
            Self::Pg(tx) => pg_rows(&mut **tx, sql).await,
        }
    }

    pub(crate) async fn execute(&mut self, sql: Sql) -> Result<u64, Failure> {
        match self {
            Self::Lite(tx) => lite_execute(&mut **tx, sql).await,
            Self::Pg(tx) => pg_execute(&mut **tx, sql).await,
        }
    }

    pub(crate) async fn commit(self) -> Result<(), Failure> {
        match self {
            Self::Lite(tx) => Ok(tx.commit().await?),
            Self::Pg(tx) => Ok(tx.commit().await?),
        }
    }

    pub(crate) async fn roll_back(self) -> Result<(), Failure> {
        match self {
            Self::Lite(tx) => Ok(tx.rollback().await?),
            Self::Pg(tx) => Ok(tx.rollback().await?),
        }
    }
}
