//! The program killed in the middle of payments, on both databases: each form that was sent is done once or not at all, and the books are right.

use crate::{client::Client, serving::Serving, world::site};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{path::Path, process::Command, time::Duration};
use tokio::task::JoinSet;

const CLERK: &str = "finance@lanhai.example";
/// Forms that are under way when the program is killed, and how often that happens.
const AT_ONCE: usize = 32;
const ROUNDS: usize = 3;
/// How long it works before it is killed, so that some forms are through and some are not.
const WORKS_MS: [u64; ROUNDS] = [4, 12, 30];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_in_the_middle_of_payments_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    each_payment_happens_once(&format!("sqlite://{}", folder.path().join("pc.db").display()), folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_in_the_middle_of_payments_on_postgres() {
    let server = match std::env::var("PC_TEST_POSTGRES_URL") {
        Ok(server) => server,
        Err(_) if std::env::var("PC_TEST_ONLY_SQLITE").as_deref() == Ok("1") => return,
        Err(_) => panic!("PC_TEST_POSTGRES_URL names a server; PC_TEST_ONLY_SQLITE=1 goes without"),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let name = format!("kill_{}", std::process::id());
    let mut admin = PgConnection::connect(&server).await.expect("a server");
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database");
    let address = format!("{}/{name}", server.rsplit_once('/').expect("an address").0);
    each_payment_happens_once(&address, folder.path()).await;
    admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.expect("no database");
}

fn run(database: &str, folder: &Path, words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_partner-center"))
        .args(words)
        .env_clear()
        .env("PC_DATABASE_URL", database)
        .env("PC_STORAGE_URL", format!("file://{}", folder.join("files").display()))
        .current_dir(folder)
        .output()
        .expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

async fn signed_in(serving: &Serving) -> Client {
    let mut client = Client::new(serving.address);
    let reply = client.call("/fn/sign-in", &format!("email={CLERK}&password={}&next=/", demo::PASSWORD)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    client
}

/// Cents are paid of the bill of May under many keys.
fn form(key: &str) -> String {
    format!("period=2026-05&currency=CNY&amount=0.01&idempotency_key={key}")
}

async fn each_payment_happens_once(database: &str, folder: &Path) {
    run(database, folder, &["demo", "reset", "--documents", "20"]);
    site(&folder.join("site"));
    let mut keys = Vec::new();
    for (round, works_ms) in WORKS_MS.iter().enumerate() {
        let mut serving = Serving::on(database, folder);
        let client = signed_in(&serving).await;
        let mut sent = JoinSet::new();
        for at in 0..AT_ONCE {
            let key = format!("kill-{round}-{at:04}");
            keys.push(key.clone());
            let client = client.clone();
            // Many find nobody at the other end, which is what is wanted.
            sent.spawn(async move { client.attempt("/fn/bills/pay", &form(&key)).await });
        }
        tokio::time::sleep(Duration::from_millis(*works_ms)).await;
        serving.kill();
        sent.join_all().await;
    }
    // Whoever never got an answer sends the form again, and all is as if it had been sent once.
    let serving = Serving::on(database, folder);
    let mut client = signed_in(&serving).await;
    let mut replayed = 0;
    for key in &keys {
        let reply = client.call("/fn/bills/pay", &form(key)).await;
        assert_eq!(reply.status, 200, "{key}: {}", reply.text());
        replayed += usize::from(reply.header("idempotent-replayed") == Some("true"));
    }
    assert!(replayed < keys.len(), "it was killed before all were through");
    let page = client.open("/sales/bill?period=2026-05").await.text();
    // 678,342.10 less 96 cents.
    assert!(page.contains("data-amount=\"678341.14\""), "{replayed} of {} were through before", keys.len());
    drop(serving);
    let report = run(database, folder, &["verify"]);
    let report: serde_json::Value = serde_json::from_str(report.lines().last().expect("a line")).expect("JSON");
    assert_eq!(report["findings"], serde_json::json!([]), "{report}");
}
