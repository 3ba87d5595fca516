//! The demo world is the same on every machine and on both databases, and a small one is the beginning of a large one.

#![expect(clippy::expect_used, reason = "a test that cannot go on ends there")]

use demo::{Options, known, reset};
use sqlx::{Connection as _, Executor as _, PgConnection, Row as _, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;

/// Tables in words: each row as its columns' texts.
type World = BTreeMap<String, BTreeSet<Vec<Option<String>>>>;

/// Not compared: the search index, which the two databases keep in their own ways.
const OWN_WAYS: &str = "library_search";
/// How many documents.
const SOME: u32 = 90;

/// A world of so many documents.
fn with(documents: u32) -> Options {
    Options { documents, ..Options::default() }
}

async fn in_sqlite(folder: &TempDir, options: Options) -> World {
    let (database, storage) = (address(folder), format!("file://{}", folder.path().join("files").display()));
    reset(place(database.clone(), storage), options).await.expect("a demo world");
    let mut conn = SqliteConnection::connect(&database).await.expect("a database");
    let mut world = World::new();
    for table in tables() {
        let about = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(about)).fetch_all(&mut conn).await.expect("columns");
        let rows = conn.fetch_all(sqlx::AssertSqlSafe(as_texts(table, &columns))).await.expect("rows");
        world.insert(table.to_owned(), rows.iter().map(|row| (0..columns.len()).map(|at| row.get(at)).collect()).collect());
    }
    without_this_machine(world)
}

async fn in_postgres(options: Options) -> World {
    let server = std::env::var("PC_TEST_POSTGRES_URL").expect("PC_TEST_POSTGRES_URL names a server; PC_TEST_ONLY_SQLITE=1 goes without");
    let name = format!("demo_{}_{}", std::process::id(), options.ledger_entries);
    let mut admin = PgConnection::connect(&server).await.expect("a server");
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database");
    let address = format!("{}/{name}", server.rsplit_once('/').expect("an address").0);
    let folder = TempDir::new().expect("a folder");
    let storage = format!("file://{}", folder.path().display());
    reset(place(address.clone(), storage), options).await.expect("a demo world");
    let mut conn = PgConnection::connect(&address).await.expect("a database");
    let mut world = World::new();
    for table in tables() {
        let about = format!("SELECT attname::text FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 ORDER BY attnum");
        let columns: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(about)).fetch_all(&mut conn).await.expect("columns");
        let rows = conn.fetch_all(sqlx::AssertSqlSafe(as_texts(table, &columns))).await.expect("rows");
        world.insert(table.to_owned(), rows.iter().map(|row| (0..columns.len()).map(|at| row.get(at)).collect()).collect());
    }
    conn.close().await.expect("an end");
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name}"))).await.expect("no database");
    without_this_machine(world)
}

fn address(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("demo.db").display())
}

fn place(database_url: String, storage_url: String) -> store::Options {
    store::Options { database_url, storage_url, key_file: None, ids: store::ids::Ids::default(), is_demo: true }
}

fn tables() -> impl Iterator<Item = &'static str> {
    store::demo::TABLES.iter().copied().filter(|table| *table != OWN_WAYS)
}

fn as_texts(table: &str, columns: &[String]) -> String {
    let texts: Vec<String> = columns.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
    format!("SELECT {} FROM {table}", texts.join(", "))
}

/// Columns that follow the clock of this machine, and its pace: when work began, and until when a worker had it.
const OF_THIS_MACHINE: [(&str, &[usize]); 2] = [("jobs", &[6, 8, 9]), ("export_tasks", &[13])];

/// How far the demo clock is from this machine's is this machine's own, and so is the key that numbers are sealed with.
fn without_this_machine(mut world: World) -> World {
    let settings = world.get_mut("settings").expect("settings");
    let all = settings.len();
    settings.retain(|row| !["clock_offset_us", "sealing_key"].contains(&row[0].as_deref().expect("a key")));
    assert_eq!(settings.len(), all - 2);
    for (table, columns) in OF_THIS_MACHINE {
        let rows = world.remove(table).expect("a table");
        let same = |mut row: Vec<Option<String>>| {
            columns.iter().for_each(|at| row[*at] = None);
            row
        };
        world.insert(table.to_owned(), rows.into_iter().map(same).collect());
    }
    let unsealed = |row: Vec<Option<String>>| row.into_iter().map(|text| text.map(|text| without_seals(&text))).collect();
    world.into_iter().map(|(table, rows)| (table, rows.into_iter().map(unsealed).collect())).collect()
}

/// A text without what is sealed in it, and without prints of numbers.
fn without_seals(text: &str) -> String {
    let mut parts = text.split_inclusive("v1.").flat_map(|part| part.split_inclusive("p1."));
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-'))
}

fn ids(world: &World) -> BTreeSet<String> {
    world["library_documents"].iter().filter_map(|row| row[0].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_rows_come_from_each_reset_and_a_smaller_world_is_the_beginning_of_a_larger_one() {
    let (first, second) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let world = in_sqlite(&first, with(SOME)).await;
    assert_eq!(world["library_documents"].len(), SOME as usize);
    let smaller = in_sqlite(&second, with(SOME - 35)).await;
    assert!(ids(&smaller).is_subset(&ids(&world)));
    let audit = |world: &World| world["audit"].len();
    assert!(audit(&smaller) > 0);
    let again = in_sqlite(&second, with(SOME)).await;
    assert_eq!(again, world, "a reset leaves nothing of the world before");
    if std::env::var_os("PC_TEST_ONLY_SQLITE").is_none() {
        assert_eq!(in_postgres(with(SOME)).await, world);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_longer_ledger_is_right_leaves_all_accounts_as_they_are_and_is_the_same_on_both_databases() {
    const ENTRIES: usize = 300;
    let (short, long) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let options = Options { ledger_entries: ENTRIES as u64, ..with(3) };
    let (world, longer) = (in_sqlite(&short, with(3)).await, in_sqlite(&long, options).await);
    let transactions = |world: &World| world["ledger_transactions"].len();
    assert_eq!(transactions(&longer), transactions(&world) + ENTRIES);
    // Book, kind, currency and balance.
    let balances = |world: &World| -> BTreeSet<_> {
        world["ledger_accounts"].iter().map(|row| [1, 3, 4, 6].map(|column| row[column].clone())).collect()
    };
    assert_eq!(balances(&longer), balances(&world));
    for (table, rows) in &world {
        let grows = table.starts_with("ledger_") || table == "audit";
        assert!(grows || longer[table].len() == rows.len(), "{table}");
    }
    let store = store::Store::open(place(address(&long), format!("file://{}", long.path().join("files").display())));
    let store = store.await.expect("a store");
    let checked = store::ledger::check(&store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
    assert_eq!(store::audit::check(&store).await.expect("a check").findings, Vec::new());
    store.db.close().await;
    if std::env::var_os("PC_TEST_ONLY_SQLITE").is_none() {
        assert_eq!(in_postgres(options).await, longer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_last_world_are_gone_and_those_of_this_one_are_there() {
    let folder = TempDir::new().expect("a folder");
    let world = in_sqlite(&folder, with(SOME)).await;
    in_sqlite(&folder, with(3)).await;
    let world_now = in_sqlite(&folder, with(60)).await;
    let kept = |world: &World| -> BTreeSet<String> {
        world["library_versions"].iter().filter(|row| row[4].is_none()).filter_map(|row| row[6].clone()).collect()
    };
    assert!(kept(&world_now).is_subset(&kept(&world)));
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder.path().join("files/kept")).expect("a folder") {
        for file in std::fs::read_dir(entry.expect("a folder").path()).expect("a folder") {
            names.insert(file.expect("a file").file_name().into_string().expect("a name"));
        }
    }
    let attached = world_now["attachments"].iter().filter_map(|row| row[6].clone());
    assert_eq!(names, kept(&world_now).into_iter().chain(attached).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn known_documents_are_what_their_names_say() {
    let folder = TempDir::new().expect("a folder");
    let world = in_sqlite(&folder, with(SOME)).await;
    let row = |id: domain::Id| world["library_documents"].iter().find(|row| row[0] == Some(id.to_string())).expect("the document");
    let title = |id| row(id)[4].clone().expect("a title");
    assert_eq!(title(known::policy()), "2026 年下半年解决方案提供商激励政策");
    assert_eq!(title(known::for_distributors()), "总经销商返点与额度政策（2026 年下半年）");
    assert_eq!(row(known::withdrawn())[3].as_deref(), Some("withdrawn"));
    assert_eq!(row(known::link())[9].as_deref(), Some("link"));
    let holding = |column: usize, table: &str| {
        world[table].iter().filter(|row| row[column].as_deref().is_some_and(|text| text.contains(known::INSIDE))).count()
    };
    assert_eq!((holding(4, "library_documents"), holding(5, "library_documents"), holding(1, "library_texts")), (0, 0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_other_data_is_left_as_it_is() {
    let folder = TempDir::new().expect("a folder");
    in_sqlite(&folder, with(3)).await;
    let mut conn = SqliteConnection::connect(&address(&folder)).await.expect("a database");
    conn.execute("DELETE FROM settings WHERE key = 'demo_world'").await.expect("no mark");
    conn.close().await.expect("an end");
    let storage = format!("file://{}", folder.path().join("files").display());
    let refused = reset(place(address(&folder), storage), Options::default()).await.expect_err("a refusal");
    assert!(refused.contains("PC_DATABASE_URL"), "{refused}");
    let mut conn = SqliteConnection::connect(&address(&folder)).await.expect("a database");
    let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM library_documents").fetch_one(&mut conn).await.expect("a count");
    assert_eq!(left, 3);
}
