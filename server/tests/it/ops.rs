//! The operator's address, and what happens when there is more to do than the server takes on.

use crate::{
    client::{Client, HTML},
    world::{PARTNER, Wishes, World},
};

#[tokio::test]
async fn health_readiness_and_figures_have_an_address_of_their_own() {
    let world = World::start().await;
    let mut ops = Client::new(world.ops);
    assert_eq!(ops.get("/healthz").await.status, 200);
    assert_eq!(ops.get("/readyz").await.status, 200);
    world.signed_in(PARTNER).await.open("/support/library?q=confidential").await;
    let figures = ops.get("/metrics").await.text();
    for name in [
        "pc_requests_total{class=\"2xx\"}",
        "pc_request_seconds_bucket{le=\"+Inf\"}",
        "pc_requests_running 0",
        "pc_db_connections",
        "process_resident_memory_bytes",
    ] {
        assert!(figures.contains(name), "{name} is missing in {figures}");
    }
    for personal in [PARTNER, "confidential", "127.0.0.1"] {
        assert!(!figures.contains(personal), "{personal}");
    }
    for path in ["/healthz", "/metrics", "/readyz"] {
        assert_ne!(world.stranger().open(path).await.status, 200, "{path} is no page of the portal");
    }
}

#[tokio::test]
async fn figures_tell_of_the_work_and_go_on_without_the_database() {
    let world = World::start().await;
    let mut ops = Client::new(world.ops);
    let mut partner = world.signed_in(PARTNER).await;
    for kind in ["csv", "pdf"] {
        assert_eq!(partner.call("/fn/exports/request", &format!("source=library&kind={kind}&query=")).await.status, 200);
    }
    world.store.clock.stand_at(Some(world.store.clock.now().plus_seconds(90)));
    let figures = ops.get("/metrics").await.text();
    for line in ["pc_jobs{kind=\"export\",state=\"queued\"} 2", "pc_exports{state=\"queued\"} 2"] {
        assert!(figures.contains(line), "{line} is missing in {figures}");
    }
    let waits =
        figures.lines().find_map(|line| line.strip_prefix("pc_jobs_oldest_waiting_seconds ")).and_then(|text| text.parse::<i64>().ok());
    assert!(waits.is_some_and(|waits| (90..200).contains(&waits)), "{waits:?}");
    world.store.db.close().await;
    let without = ops.get("/metrics").await;
    assert!(without.status == 200 && !without.text().contains("pc_jobs{") && without.text().contains("pc_requests_total"));
}

#[tokio::test]
async fn readiness_ends_when_files_cannot_be_written_and_comes_back_with_them() {
    let world = World::start().await;
    let mut ops = Client::new(world.ops);
    let desk = world.folder.path().join("files/arriving");
    let count = || std::fs::read_dir(&desk).expect("a desk").count();
    assert_eq!((ops.get("/readyz").await.status, count()), (200, 0), "a probe leaves nothing");
    std::fs::rename(&desk, desk.with_extension("away")).expect("away");
    let reply = ops.get("/readyz").await;
    assert_eq!((reply.status, reply.json()["status"].as_str()), (503, Some("files cannot be written")));
    std::fs::rename(desk.with_extension("away"), &desk).expect("back");
    assert_eq!(ops.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn readiness_ends_with_the_database_and_health_does_not() {
    let world = World::start().await;
    world.store.db.close().await;
    let mut ops = Client::new(world.ops);
    assert_eq!(ops.get("/healthz").await.status, 200);
    assert_eq!(ops.get("/readyz").await.status, 503);
    let mut client = world.stranger();
    client.cookies.push(("pc_session".to_owned(), "0".repeat(64)));
    let page = client.open("/support/library").await;
    assert_eq!((page.status, page.header("retry-after")), (503, Some("5")), "C14");
    let function = client.get("/fn/library/newest").await;
    assert_eq!(function.fault(), (503, "UNAVAILABLE".to_owned()), "C14");
    assert_eq!(function.header("retry-after"), Some("5"));
    let form = client.submit("/fn/sign-in", "email=a@b.example&password=x&next=/&from=/sign-in").await;
    assert_eq!(form.status, 503, "what cannot be kept is shown at once");
}

#[tokio::test]
async fn l3_what_there_is_no_place_for_is_refused_at_once_and_told_when_to_come_back() {
    let world = World::with(Wishes { running_max: Some(0), ..Wishes::default() }).await;
    let mut client = world.stranger();
    let page = client.open("/sign-in").await;
    assert_eq!((page.status, page.header("retry-after")), (503, Some("5")));
    assert!(page.text().contains("role=\"alert\""));
    let call = client.call("/fn/sign-in", "email=a@b.example&password=x&next=/").await;
    assert_eq!((call.fault(), call.header("retry-after")), ((503, "UNAVAILABLE".to_owned()), Some("5")));
    assert_eq!(client.send("GET", "/support/library/x/download", &[("Accept", HTML)], b"").await.status, 503);
    assert_eq!(client.get("/favicon.svg").await.status, 200, "files of the site cost nothing");
    assert_eq!(Client::new(world.ops).get("/healthz").await.status, 200);
}
