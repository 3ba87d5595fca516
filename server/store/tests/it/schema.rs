//! Both schemas are one: what a statement names is there, and of the same kind, on either database.

use crate::house::{House, on_both, postgres_server};
use std::collections::{BTreeMap, BTreeSet};
use store::{Options, Store, demo::TABLES, ids::Ids};

/// The search index is each database's own (dialect.rs); so are the tables that FTS5 and sqlx keep for themselves.
fn is_own(table: &str) -> bool {
    table.starts_with("library_search") || table.starts_with("_sqlx") || table.starts_with("sqlite_")
}

type Columns = BTreeMap<String, Vec<(String, String, bool)>>;

async fn columns(house: &House) -> Columns {
    let is_lite = house.url.starts_with("sqlite");
    let rows = if is_lite {
        house
            .texts(
                &["m.name", "c.name", "c.type", "CASE WHEN m.type = 'view' THEN 0 ELSE c.\"notnull\" END"],
                "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') ORDER BY m.name, c.cid",
            )
            .await
    } else {
        house
            .texts(
                &["c.relname", "a.attname", "format_type(a.atttypid, NULL)", "CASE WHEN a.attnotnull THEN 1 ELSE 0 END"],
                "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace
                    AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum",
            )
            .await
    };
    let mut columns = Columns::new();
    for row in rows {
        let [table, column, kind, not_null] = row.try_into().expect("four columns");
        let (table, kind) = (table.expect("a table"), kind.expect("a kind").to_lowercase());
        let kind = match kind.as_str() {
            "integer" | "bigint" => "integer".to_owned(),
            "blob" | "bytea" => "blob".to_owned(),
            _ => kind,
        };
        if !is_own(&table) {
            columns.entry(table).or_default().push((column.expect("a column"), kind, not_null.as_deref() == Some("1")));
        }
    }
    columns
}

async fn indexes(house: &House) -> BTreeSet<String> {
    let rows = if house.url.starts_with("sqlite") {
        house.texts(&["name"], "FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").await
    } else {
        let of_tables = "FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'";
        house.texts(&["indexname"], of_tables).await
    };
    let names = rows.into_iter().map(|row| row.into_iter().flatten().collect::<String>());
    names.filter(|name| !is_own(name)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_schemas_have_the_same_tables_columns_and_indexes() {
    if postgres_server().is_none() {
        return;
    }
    let (lite, pg) = (House::sqlite().await, House::postgres().await.expect("a server"));
    let (ours, theirs) = (columns(&lite).await, columns(&pg).await);
    assert!(ours.len() > 15, "{:?}", ours.keys());
    assert_eq!(ours, theirs);
    assert_eq!(indexes(&lite).await, indexes(&pg).await);
    lite.end().await;
    pg.end().await;
}

on_both! {
    async fn the_demo_world_empties_every_table_there_is(house) {
        let tables: BTreeSet<String> = columns(house).await.into_keys().filter(|name| !name.starts_with("v_")).collect();
        let emptied: BTreeSet<String> = TABLES.iter().map(|name| (*name).to_owned()).filter(|name| !is_own(name)).collect();
        assert_eq!(tables, emptied);
        assert!(TABLES.contains(&"library_search"));
        assert_eq!(store::demo::empty(&house.stranger("x")).await, Ok(true));
        assert_eq!(house.number("SELECT COUNT(*) FROM settings").await, 1);
    }
}

on_both! {
    async fn a_database_that_somebody_uses_is_not_emptied(house) {
        house.company("real", &[], &[], &[]).await;
        assert_eq!(store::demo::empty(&house.stranger("x")).await, Ok(false));
        assert_eq!(house.number("SELECT COUNT(*) FROM tenants").await, 1);
    }
}

/// Two servers that start at once bring the schema up to date once.
async fn start_at_once(url: String, storage: &tempfile::TempDir) {
    let storage_url = format!("file://{}", storage.path().display());
    let open = |_| {
        let options =
            Options { database_url: url.clone(), storage_url: storage_url.clone(), key_file: None, ids: Ids::default(), is_demo: true };
        tokio::spawn(async move { Store::open(options).await })
    };
    let starting: Vec<_> = (0..4).map(open).collect();
    for store in starting {
        store.await.expect("no panic").expect("a store").db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_at_once_migrate_once_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    for new in 0..40 {
        start_at_once(format!("sqlite://{}", folder.path().join(format!("{new}.db")).display()), &folder).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_at_once_migrate_once_on_postgres() {
    use sqlx::{Connection as _, Executor as _};
    let Some(server) = postgres_server() else { return };
    let name = format!("start_{}", std::process::id());
    let mut admin = sqlx::PgConnection::connect(&server).await.expect("a server");
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database");
    let (base, _) = server.rsplit_once('/').expect("an address");
    start_at_once(format!("{base}/{name}"), &tempfile::tempdir().expect("a folder")).await;
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.expect("no database");
}
