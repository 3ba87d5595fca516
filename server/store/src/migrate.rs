//! The schema, for both databases. A migration only expands; what it replaces goes a release later.

use crate::{
    db::{Db, Failure, LOOKS, PAUSE},
    sql::sql,
};
use sqlx::{
    SqlitePool,
    migrate::{MigrateError, Migrator},
};

static LITE: Migrator = sqlx::migrate!("migrations/sqlite");
static PG: Migrator = sqlx::migrate!("migrations/postgres");

/// Brings the schema up to date; two servers that start at once do it once.
///
/// # Errors
/// A migration failed; nothing of it is kept.
pub async fn migrate(db: &Db) -> Result<(), Failure> {
    migrate_to(db, newest()).await
}

/// The schema that this program works with.
pub(crate) fn newest() -> i64 {
    LITE.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// The statement that reads which schema a database has.
pub(crate) fn schema() -> crate::sql::Sql {
    sql("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations LIMIT 1")
}

/// Brings the schema up to one of its versions: what was kept of an older one goes in there first.
pub(crate) async fn migrate_to(db: &Db, version: i64) -> Result<(), Failure> {
    let done = match db {
        Db::Lite { writer, .. } => migrate_lite(writer, version).await,
        Db::Pg(pool) => PG.run_to(version, pool).await,
    };
    done.map_err(|error| match error {
        MigrateError::Execute(error) => Failure::from(error),
        other => Failure { detail: other.to_string(), kind: crate::db::FailureKind::Bug },
    })
}

/// PostgreSQL's migrations wait for each other; SQLite's do not, and the slower one fails. It looks again and finds them done.
async fn migrate_lite(writer: &SqlitePool, version: i64) -> Result<(), MigrateError> {
    for _ in 1..LOOKS {
        match LITE.run_to(version, writer).await {
            Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
    LITE.run_to(version, writer).await
}
