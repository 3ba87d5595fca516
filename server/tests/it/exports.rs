//! Exports over the wire: asked for by a form, made in the background, fetched by who may, proved by their manifest.

use crate::{
    client::Client,
    world::{DISTRIBUTOR, EDITOR, NEWBIE, PARTNER, World},
};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::time::{Duration, Instant};
use tokio::{sync::watch, task::JoinHandle};

/// How long is waited for a file.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Works {
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Works {
    pub fn of(world: &World) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, running: tokio::spawn(jobs::run(world.store.clone(), stopped)) }
    }

    pub async fn end(self) {
        self.stop.send_replace(true);
        tokio::time::timeout(PATIENCE, self.running).await.expect("in time").expect("an end");
    }
}

/// Tasks of the day on which a world begins: those of its story are older.
pub async fn rows(client: &mut Client, list: &str) -> Vec<Value> {
    client.get(&format!("/fn/exports/{list}?query=from%3D2026-06-18")).await.listed().rows.iter().map(crate::listed::Row::value).collect()
}

pub async fn ended(client: &mut Client, list: &str) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let rows = rows(client, list).await;
        if rows.iter().all(|row| !["queued", "running"].contains(&row["state"].as_str().expect("a state"))) {
            return rows;
        }
        assert!(begun.elapsed() < PATIENCE, "{rows:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub fn id(row: &Value) -> &str {
    row["id"].as_str().expect("an id")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_filtered_list_becomes_files_that_prove_themselves() {
    let world = World::start().await;
    let works = Works::of(&world);
    let mut client = world.signed_in(PARTNER).await;
    let page = client.get("/fn/library/list?query=format%3Dpdf").await.listed();
    for kind in ["xlsx", "csv", "pdf"] {
        let reply = client.call("/fn/exports/request", &format!("source=library&kind={kind}&query=format%3Dpdf%26page%3D2")).await;
        assert_eq!((reply.status, reply.json()["said"].as_str()), (200, Some("导出任务创建成功")), "{}", reply.text());
    }
    for row in ended(&mut client, "list").await {
        assert_eq!((row["state"].as_str(), row["rows_done"].as_i64()), (Some("completed"), Some(page.total)), "{row}");
        let file = client.get(&format!("/exports/{}/file", id(&row))).await;
        assert_eq!(file.status, 200);
        let sha256 = hex::encode(Sha256::digest(&file.body));
        assert_eq!((file.header("x-checksum-sha256"), row["sha256"].as_str()), (Some(sha256.as_str()), Some(sha256.as_str())));
        let policy = file.header("content-security-policy").expect("a policy");
        assert!(policy.contains("sandbox"), "{policy}");
        let manifest = client.get(&format!("/exports/{}/manifest", id(&row))).await.json();
        assert_eq!(manifest["sha256"].as_str(), Some(sha256.as_str()));
        assert_eq!((manifest["rows"].as_i64(), manifest["query"].as_str()), (Some(page.total), Some("format=pdf")));
        if row["kind"] == "pdf" {
            assert!(file.body.starts_with(b"%PDF-") && manifest["pages"].as_i64() > Some(0), "{manifest}");
        }
        if row["kind"] == "csv" {
            let lines = String::from_utf8(file.body).expect("text").lines().count();
            assert_eq!(i64::try_from(lines).ok(), Some(page.total + 1));
        }
    }
    works.end().await;
    assert_eq!(world.files().iter().filter(|file| file.to_string_lossy().contains("/arriving/")).count(), 0, "nothing half is left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_for_its_company_while_it_may_and_until_it_expires() {
    let world = World::start().await;
    let works = Works::of(&world);
    let mut client = world.signed_in(PARTNER).await;
    client.call("/fn/exports/request", "source=library&kind=csv&query=").await;
    let rows = ended(&mut client, "list").await;
    let (file, manifest) = (format!("/exports/{}/file", id(&rows[0])), format!("/exports/{}/manifest", id(&rows[0])));
    for path in [&file, &manifest] {
        for who in [DISTRIBUTOR, NEWBIE, EDITOR] {
            let reply = world.signed_in(who).await.get(path).await;
            let unknown = world.signed_in(who).await.get(&path.replace(id(&rows[0]), "00000000000000000000000001")).await;
            assert_eq!(reply.fault(), unknown.fault(), "{who} {path}");
        }
        assert_eq!(world.stranger().get(path).await.fault(), (401, "AUTH_REQUIRED".to_owned()));
    }
    let before = client.get(&file).await;
    assert_eq!(before.status, 200);
    world.store.clock.stand_at(Some(world.store.clock.now().plus_days(8)));
    assert_eq!(client.get(&file).await.fault(), (410, "EXPIRED".to_owned()));
    works.end().await;
}

#[tokio::test]
async fn what_cannot_be_exported_is_refused_and_nothing_is_entered() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for (body, status) in [
        ("source=console-downloads&kind=csv&query=", 403),
        ("source=accounts&kind=csv&query=", 422),
        ("source=library&kind=exe&query=", 422),
    ] {
        assert_eq!(client.call("/fn/exports/request", body).await.status, status, "{body}");
    }
    let newbie = world.signed_in(NEWBIE).await.call("/fn/exports/request", "source=library&kind=csv&query=").await;
    assert_eq!(newbie.fault(), (403, "PROGRAM_NEEDED".to_owned()));
    assert_eq!(rows(&mut client, "list").await.len(), 0);
    for query in ["sort=%27%3Bdrop", "page=-1&size=99999999", "q=%00", "from=x&to=y"] {
        let encoded = query.replace('%', "%25").replace('&', "%26").replace('=', "%3D");
        let reply = client.call("/fn/exports/request", &format!("source=library&kind=csv&query={encoded}")).await;
        assert!([200, 429].contains(&reply.status), "{query}: {}", reply.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn staff_export_who_downloaded_what() {
    let world = World::start().await;
    let works = Works::of(&world);
    let mut client = world.signed_in(EDITOR).await;
    let reply = client.call("/fn/exports/request", "source=console-downloads&kind=csv&query=").await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let rows = ended(&mut client, "console-list").await;
    assert_eq!(rows[0]["state"], "completed");
    assert_eq!(client.get(&format!("/exports/{}/file", id(&rows[0]))).await.status, 200);
    works.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_stops_gives_its_work_back_and_the_next_one_does_it() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    client.call("/fn/exports/request", "source=library&kind=xlsx&query=").await;
    let works = Works::of(&world);
    works.end().await;
    let works = Works::of(&world);
    let rows = ended(&mut client, "list").await;
    assert_eq!(rows[0]["state"], "completed");
    let store::db::Db::Lite { readers, .. } = &world.store.db else { panic!("no SQLite") };
    let tries: i64 = sqlx::query_scalar("SELECT tries FROM export_tasks").fetch_one(readers).await.expect("a number");
    assert_eq!(tries, 1, "giving work back is no failed try");
    works.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_address_opens_the_panel_of_a_task_without_script_and_of_nobody_elses() {
    let world = World::start().await;
    let works = Works::of(&world);
    let mut client = world.signed_in(PARTNER).await;
    assert_eq!(client.call("/fn/exports/request", "source=library&kind=csv&query=format%3Dpdf").await.status, 200);
    let row = ended(&mut client, "list").await.remove(0);
    let address = format!("/sales/exports?state=completed&task={}", id(&row));
    let page = client.open(&address).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    let panel = text.split("data-testid=\"export-panel\"").nth(1).expect("a panel");
    for part in [row["sha256"].as_str().expect("a hash"), "格式：PDF", "数据截至", "/manifest", "href=\"/support/library?format=pdf\""]
    {
        assert!(panel.contains(part), "{part} in {panel}");
    }
    assert!(text.contains("href=\"/sales/exports?state=completed\" data-testid=\"close\""), "back to the list as it was");
    assert!(!client.open("/sales/exports").await.text().contains("export-panel"));
    let mut other = world.signed_in(DISTRIBUTOR).await;
    for wrong in [address, "/sales/exports?task=x".to_owned(), "/sales/exports?task=".to_owned()] {
        assert_eq!(other.open(&wrong).await.status, 404, "{wrong}");
    }
    works.end().await;
}
