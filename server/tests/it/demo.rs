//! What only demo mode offers.

use crate::{
    client::{HTML, JSON, URLENCODED},
    world::{PARTNER, Wishes, World},
};

const CLOCK: &str = "/demo/clock";

#[tokio::test]
async fn the_clock_moves_forward_and_signed_in_people_survive_it() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let kind = [("Content-Type", JSON)];
    let moved = client.send("POST", CLOCK, &kind, br#"{"now":"2026-07-05T12:00:00+08:00"}"#).await;
    assert_eq!((moved.status, moved.json()["now"].as_str()), (200, Some("2026-07-05T12:00:00+08:00")));
    assert_eq!(world.store.clock.now().day().to_string(), "2026-07-05");
    assert_eq!(client.get("/fn/library/newest").await.status, 200, "sessions follow the system's clock");
    for (body, status) in [
        (&br#"{"now":"2026-07-01T12:00:00+08:00"}"#[..], 422),
        (br#"{"now":"tomorrow"}"#, 422),
        (br#"{"now":"2026-02-30T00:00:00Z"}"#, 422),
        (br#"{"now":1}"#, 422),
        (br#"{"now":"2026-08-01T00:00:00Z","x":"1"}"#, 422),
        (br#"{}"#, 400),
        (br#"["now"]"#, 400),
        (br#"{"now""#, 400),
    ] {
        let reply = client.send("POST", CLOCK, &kind, body).await;
        assert_eq!(reply.fault().0, status, "{}", String::from_utf8_lossy(body));
    }
    assert_eq!(client.send("POST", CLOCK, &[("Content-Type", "text/plain")], b"now=x").await.fault().0, 415);
    let form = client
        .send("POST", CLOCK, &[("Content-Type", URLENCODED), ("Accept", HTML)], b"now=2026-08-01T00:00:00%2B08:00&from=/account")
        .await;
    assert_eq!((form.status, form.location()), (303, "/account"));
    assert_eq!(world.store.clock.now().day().to_string(), "2026-08-01");
}

#[tokio::test]
async fn the_outbox_is_read_by_anybody_as_page_or_json() {
    let world = World::start().await;
    let access = {
        let caller = world.store.stranger("test".into(), "test".into());
        let new = store::sessions::sign_in(&caller.access().expect("anyone"), PARTNER, demo::PASSWORD, "test").await.expect("a session");
        store::sessions::resume(&world.store, &new.key, "test".into(), "test".into()).await.expect("a caller").0.access().expect("anyone")
    };
    store::codes::send(&access, "<withdraw>").await.expect("a code");
    let mut client = world.stranger();
    let messages = client.get("/demo/outbox").await.json()["messages"].as_array().cloned().expect("messages");
    let last = messages.last().expect("a message");
    assert_eq!(last["to"].as_str(), Some(PARTNER));
    assert!(last["code"].as_str().is_some_and(|code| code.len() == 6));
    for field in ["id", "at", "channel", "subject", "text"] {
        assert!(last[field].is_string(), "{field}");
    }
    assert!(last["at"].as_str().is_some_and(|at| at.ends_with("+08:00")));
    let page = client.open("/demo/outbox").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.text().contains(last["code"].as_str().expect("a code")));
    assert_eq!(client.open("/demo/outbox?format=json").await.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn production_knows_none_of_it() {
    let variables = [("PC_MODE", "production".to_owned()), ("PC_PUBLIC_URL", "http://portal.example".to_owned())];
    let world = World::with(Wishes { variables: variables.into(), ..Wishes::default() }).await;
    let mut client = world.stranger();
    let host = ("Host", "portal.example");
    assert_eq!(client.send("POST", CLOCK, &[host, ("Content-Type", JSON)], br#"{"now":"2026-07-05T12:00:00+08:00"}"#).await.fault().0, 404);
    assert_eq!(client.send("GET", "/demo/outbox", &[host], b"").await.fault().0, 404);
    assert_eq!(client.send("GET", "/demo/outbox", &[host, ("Accept", HTML)], b"").await.status, 404);
}
