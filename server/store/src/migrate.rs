//! The schema, for both databases. A migration only expands; what it replaces goes a release later.

use crate::db::{Db, Failure, LOOKS, PAUSE};
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
    let done = match db {
        Db::Lite { writer, .. } => migrate_lite(writer).await,
        Db::Pg(pool) => PG.run(pool).await,
    };
    done.map_err(|error| match error {
        MigrateError::Execute(error) => Failure::from(error),
        other => Failure { detail: other.to_string(), kind: crate::db::FailureKind::Bug },
    })
}

/// PostgreSQL's migrations wait for each other; SQLite's do not, and the slower one fails. It looks again and finds them done.
async fn migrate_lite(writer: &SqlitePool) -> Result<(), MigrateError> {
    for _ in 1..LOOKS {
        match LITE.run(writer).await {
            Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
    LITE.run(writer).await
}
