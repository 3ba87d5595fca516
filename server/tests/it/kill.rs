//! The program itself, killed while it makes a file: the next one makes it, once and whole.

use crate::{
    client::{Client, JSON, Part},
    exports::{PATIENCE, id, rows},
    serving::Serving,
    world::{EDITOR, PARTNER, World, site},
};
use sha2::{Digest as _, Sha256};
use sqlx::{Connection as _, Executor as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    path::Path,
    time::{Duration, Instant},
};

async fn signed_in(serving: &Serving, email: &str) -> Client {
    let mut client = Client::new(serving.address);
    let reply = client.call("/fn/sign-in", &format!("email={email}&password={}&next=/", demo::PASSWORD)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    client
}

/// The database of a folder, beside its server.
async fn beside(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("pc.db")).busy_timeout(PATIENCE);
    SqliteConnection::connect_with(&options).await.expect("a database")
}

/// Waits until something is true.
async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// How often the log says that a file was made.
async fn told(beside: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM audit WHERE action = 'export_completed'").fetch_one(beside).await.expect("a count")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_killed_while_it_makes_a_file_leaves_it_to_the_next_which_makes_it_once() {
    let world = World::start().await;
    let folder = world.folder.path();
    site(&folder.join("site"));
    let mut serving = Serving::start(folder);
    let mut client = signed_in(&serving, PARTNER).await;
    let page = client.get("/fn/library/list?query=").await.listed();
    let mut beside = beside(folder).await;
    assert_eq!(client.call("/fn/exports/request", "source=library&kind=pdf&query=").await.status, 200);
    let task: String = sqlx::query_scalar("SELECT id FROM export_tasks WHERE state IN ('queued', 'running')")
        .fetch_one(&mut beside)
        .await
        .expect("a task");
    let told_before = told(&mut beside).await;
    // Whoever has the turn to write lets nobody end a file: it is killed in the middle of it.
    until("the export begins", async || {
        beside.execute("BEGIN IMMEDIATE").await.expect("a turn");
        let running: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM export_tasks WHERE state = 'running'").fetch_one(&mut beside).await.expect("a count");
        if running == 0 {
            beside.execute("ROLLBACK").await.expect("an end");
        }
        running == 1
    })
    .await;
    serving.kill();
    // Its silence is noticed after some seconds; here they have passed.
    beside.execute("UPDATE jobs SET leased_until_us = 1").await.expect("time");
    beside.execute("COMMIT").await.expect("an end");
    let state: String =
        sqlx::query_scalar("SELECT state FROM export_tasks WHERE id = $1").bind(&task).fetch_one(&mut beside).await.expect("a state");
    assert_eq!(state, "running", "it did not end before it was killed");
    let serving = Serving::start(folder);
    let mut client = signed_in(&serving, PARTNER).await;
    until("the export ends", async || rows(&mut client, "list").await[0]["state"] == "completed").await;
    let row = rows(&mut client, "list").await.remove(0);
    assert_eq!(row["rows_done"], page.total, "{row}");
    let tries: i64 =
        sqlx::query_scalar("SELECT tries FROM export_tasks WHERE id = $1").bind(&task).fetch_one(&mut beside).await.expect("a number");
    assert_eq!(tries, 2);
    let file = client.get(&format!("/exports/{}/file", id(&row))).await;
    assert_eq!(Some(hex::encode(Sha256::digest(&file.body)).as_str()), row["sha256"].as_str());
    let manifest = client.get(&format!("/exports/{}/manifest", id(&row))).await.json();
    assert_eq!(manifest["rows"], page.total);
    assert_eq!(told(&mut beside).await, told_before + 1);
    let arriving = world.files().iter().filter(|file| file.to_string_lossy().contains("/arriving/")).count();
    assert_eq!(arriving, 0, "nothing half is left");
    assert_eq!(store::audit::check(&world.store).await.expect("a check").findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_killed_while_it_reads_a_text_leaves_it_to_the_next() {
    let world = World::start().await;
    let folder = world.folder.path();
    site(&folder.join("site"));
    let mut serving = Serving::start(folder);
    let mut editor = signed_in(&serving, EDITOR).await;
    let mut beside = beside(folder).await;
    let text = format!("{}断电之后接着读\n", "一行文字\n".repeat(100_000));
    let parts = [
        Part::Text("from", "/console/library/new"),
        Part::Text("title", "读到一半的资料"),
        Part::Text("summary", ""),
        Part::Text("category", "policy/incentive"),
        Part::Text("language", "zh"),
        Part::Text("audience_identity[]", "csp"),
        Part::File("a.txt", text.as_bytes()),
    ];
    let sent = editor.upload("/fn/library/upload", JSON, &parts).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    // Whoever has the turn to write lets nobody say that a text was read: it is killed before.
    beside.execute("BEGIN IMMEDIATE").await.expect("a turn");
    let begun = Instant::now();
    while !serving.has_child() && begun.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    serving.kill();
    let waiting = "SELECT COUNT(*) FROM library_versions v JOIN library_documents d ON d.id = v.document_id
        WHERE d.title = '读到一半的资料' AND v.text_state = 'waiting'";
    let count: i64 = sqlx::query_scalar(waiting).fetch_one(&mut beside).await.expect("a count");
    assert_eq!(count, 1, "it was not read before the server was killed");
    beside.execute("ROLLBACK").await.expect("an end");
    let serving = Serving::start(folder);
    let mut editor = signed_in(&serving, EDITOR).await;
    let found = async |editor: &mut Client| {
        editor.get("/fn/library/editor-list?query=q%3D%E6%96%AD%E7%94%B5%E4%B9%8B%E5%90%8E").await.listed().total
    };
    until("the text is found", async || found(&mut editor).await == 1).await;
    let count: i64 = sqlx::query_scalar(waiting).fetch_one(&mut beside).await.expect("a count");
    assert_eq!(count, 0);
}
