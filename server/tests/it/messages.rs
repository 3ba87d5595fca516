//! Messages over the wire: told, opened, chosen; mail that reaches a real mail server, whatever that one does meanwhile.

use crate::{
    client::{Client, Reply},
    sink::Sink,
    world::{DISTRIBUTOR, EDITOR, PARTNER, World},
};
use domain::{
    Id,
    access::{Anyone, Standing},
    message::{Choice, DIGEST_SECONDS, Notice, Topic},
};
use jobs::mail::{Relay, Security, Sender};
use serde_json::Value;
use std::time::{Duration, Instant};
use store::{Access, Store, Written, messages};
use tokio::{sync::watch, task::JoinHandle};

const CLERK: &str = "finance@lanhai.example";
/// Mails that the demo world's past has left in the outbox.
const PAST: usize = 5;
const ORIGIN: &str = "https://portal.example";

/// A server's sender of mail.
struct Sending {
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Sending {
    fn of(store: &Store, sink: &Sink) -> Self {
        let relay = Relay {
            host: sink.address.ip().to_string(),
            port: sink.address.port(),
            security: Security::WhenOffered,
            credentials: None,
            from: "partner-center@portal.example".to_owned(),
        };
        let sender = Sender::new(relay, ORIGIN.to_owned()).expect("a sender");
        let (stop, stopped) = watch::channel(false);
        Self { stop, running: tokio::spawn(jobs::mail::run(store.clone(), sender, stopped)) }
    }

    async fn end(self) {
        self.stop.send_replace(true);
        tokio::time::timeout(Duration::from_secs(20), self.running).await.expect("in time").expect("an end");
    }
}

async fn list(client: &mut Client, query: &str) -> Vec<Value> {
    let page = client.get(&format!("/fn/messages/list?query={query}")).await.listed();
    page.rows.iter().map(crate::listed::Row::value).collect()
}

async fn unread(client: &mut Client) -> i64 {
    client.get("/fn/messages/unread").await.json().as_i64().expect("a number")
}

fn address(row: &Value) -> String {
    format!("/messages/{}", row["id"].as_str().expect("an id"))
}

async fn standing(world: &World, email: &str) -> Standing {
    let access: Access<Anyone> = world.store.stranger("x".to_owned(), "x".to_owned()).access().expect("anybody may");
    let key = store::sessions::sign_in(&access, email, demo::PASSWORD, "").await.expect("a session").key;
    let (caller, _) = store::sessions::resume(&world.store, &key, "x".to_owned(), "x".to_owned()).await.expect("an answer");
    (*caller.standing.expect("a person")).clone()
}

async fn tell(world: &World, notice: Notice, who: Id) {
    let access: Access<Anyone> = world.store.stranger("x".to_owned(), "x".to_owned()).access().expect("anybody may");
    let told = access.write(None, (notice, who), |tx, (notice, who)| {
        Box::pin(async move {
            messages::tell(tx, notice, &[*who]).await?;
            Ok(Written::quiet(()))
        })
    });
    told.await.expect("told");
}

fn alarm(occasion: u128) -> Notice {
    Notice::NewDevice { occasion: Id(occasion), device: "Firefox".to_owned(), address: "192.0.2.1".to_owned() }
}

/// Mail of the demo world's past is no business of a test.
async fn without_the_past(world: &World, sink: &Sink) {
    let before = Sending::of(&world.store, sink);
    sink.wait(PAST).await;
    before.end().await;
}

#[tokio::test]
async fn a_message_is_opened_by_its_person_and_leads_to_its_object() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let rows = list(&mut client, "topic%3Dlibrary").await;
    assert_eq!(rows[0]["state"], "unread");
    let before = unread(&mut client).await;
    let page = client.open("/messages").await;
    assert!(page.text().contains(rows[0]["title"].as_str().expect("a title")), "drawn without script");
    assert!(page.text().contains(&format!("<b id=\"unread\">{before}</b>")), "the bell of the frame");

    let address = address(&rows[0]);
    for reply in [client.send("HEAD", &address, &[], b"").await, client.send("GET", &address, &[("Sec-Purpose", "prefetch")], b"").await] {
        assert_eq!(reply.status, 303);
    }
    assert_eq!(unread(&mut client).await, before, "looking ahead opens nothing");
    let mut clerk = world.signed_in(CLERK).await;
    let mut distributor = world.signed_in(DISTRIBUTOR).await;
    let unknown = client.get("/messages/00000000000000000000000001").await.fault();
    for other in [&mut clerk, &mut distributor] {
        assert_eq!(other.get(&address).await.fault(), unknown, "as if it were not there");
    }
    assert_eq!(world.stranger().get(&address).await.fault(), (401, "AUTH_REQUIRED".to_owned()));
    assert!(world.stranger().open(&address).await.location().starts_with("/sign-in?next=/messages/"), "the way of a mail's link");

    let opened = client.open(&address).await;
    assert_eq!((opened.status, opened.location()), (303, format!("/support/library/{}", demo::known::policy()).as_str()));
    assert_eq!(unread(&mut client).await, before - 1);
    assert_eq!(list(&mut client, "topic%3Dlibrary").await[0]["state"], "read");
}

#[tokio::test]
async fn everything_is_marked_as_read_by_a_form_without_script() {
    let world = World::start().await;
    let mut client = world.signed_in(EDITOR).await;
    assert!(unread(&mut client).await > 0, "staff are told, too");
    let reply = client.submit("/fn/messages/read-all", "from=/messages").await;
    assert_eq!((reply.status, reply.location()), (303, "/messages"));
    assert_eq!(unread(&mut client).await, 0);
    let page = client.open("/messages").await.text();
    assert!(page.contains("已将 1 条消息标为已读"), "{page}");
}

#[tokio::test]
async fn an_export_that_has_ended_tells_whoever_asked_for_it() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let (stop, stopped) = watch::channel(false);
    let works = tokio::spawn(jobs::run(world.store.clone(), stopped));
    client.call("/fn/exports/request", "source=library&kind=csv&query=").await;
    let begun = Instant::now();
    let rows = loop {
        let rows = list(&mut client, "topic%3Dexport").await;
        if !rows.is_empty() {
            break rows;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "no message");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert!(rows[0]["title"].as_str().is_some_and(|title| title.starts_with("导出完成：资料库_")), "{rows:?}");
    let object = client.open(&address(&rows[0])).await;
    assert!(object.location().starts_with("/sales/exports?q="), "{}", object.location());
    assert_eq!(client.open(object.location()).await.status, 200);
    stop.send_replace(true);
    works.await.expect("an end");
}

#[tokio::test]
async fn what_is_chosen_holds_and_security_stays() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let reply = client.submit("/fn/messages/choose", "from=/account/notifications&app%5B%5D=export&mail%5B%5D=library").await;
    assert_eq!((reply.status, reply.location()), (303, "/account/notifications"));
    let choices = client.get("/fn/messages/choices").await.json();
    let chosen = |topic: &str| choices.as_array().and_then(|all| all.iter().find(|choice| choice["topic"] == topic)).cloned();
    let way = |topic: &str| chosen(topic).map(|choice| (choice["app"].as_bool(), choice["mail"].as_bool()));
    assert_eq!(way("export"), Some((Some(true), Some(false))));
    assert_eq!(way("library"), Some((Some(false), Some(true))));
    assert_eq!(way("access"), Some((Some(true), Some(false))), "security cannot be switched off in the app");
    assert_eq!(client.call("/fn/messages/choose", "app%5B%5D=payroll").await.fault(), (422, "INVALID".to_owned()));
    let page = client.open("/account/notifications").await.text();
    assert!(page.contains("通知设置") && page.contains("data-testid=\"choose-access-app\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn mail_reaches_the_mail_server_in_the_readers_language_with_links_to_the_public_address_only() {
    let world = World::start().await;
    let (sink, administrator) = (Sink::open().await, standing(&world, PARTNER).await);
    without_the_past(&world, &sink).await;
    let mut client = world.signed_in(PARTNER).await;
    client.submit("/fn/lang", "from=/&lang=en").await;
    let mut clerk = world.signed_in(CLERK).await;
    // Host and forwarded names are the sender's to choose (threats.md, abuse 22); none of them gets into a mail.
    let headers = [("Accept", "application/json"), ("Content-Type", crate::client::URLENCODED), ("X-Forwarded-Host", "evil.example")];
    let asked = clerk.send("POST", "/fn/ask-administrators", &headers, b"permission=sales.bill.export").await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let sending = Sending::of(&world.store, &sink);
    let mail = sink.wait(PAST + 1).await.pop().expect("a mail");
    assert_eq!((mail.from.as_str(), mail.to.as_str()), ("partner-center@portal.example", administrator.email.as_str()));
    assert_eq!(mail.header("auto-submitted"), Some("auto-generated"));
    assert!(mail.header("message-id").is_some_and(|id| id.ends_with("@portal.example>")), "{mail:?}");
    assert!(mail.header("content-type").is_some_and(|kind| kind.starts_with("multipart/alternative")), "{mail:?}");
    let text = mail.text();
    assert!(text.contains("Sign in to Partner Center to make it available."), "{text}");
    assert!(text.contains("<html lang=\"en\">"), "{text}");
    let links: Vec<&str> = text.split(['\n', ' ', '"', '<', '>']).filter(|word| word.contains("://")).collect();
    assert!(links.len() >= 4 && links.iter().all(|link| link.starts_with("https://portal.example/")), "{links:?}");
    assert!(links.contains(&"https://portal.example/account/notifications"));
    sending.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mail_server_that_is_down_loses_no_mail_and_blocks_no_page() {
    let world = World::start().await;
    let mut sink = Sink::open().await;
    without_the_past(&world, &sink).await;
    sink.close().await;
    let sending = Sending::of(&world.store, &sink);
    let person = standing(&world, PARTNER).await.account;
    for occasion in 0..3 {
        tell(&world, alarm(occasion), person).await;
    }
    let mut client = world.signed_in(PARTNER).await;
    let begun = Instant::now();
    for _ in 0..10 {
        assert_eq!(client.open("/messages").await.status, 200);
        assert_eq!(client.call("/fn/messages/read-all", "").await.status, 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    // It has tried at least once by now or will at once; then the mail server comes back.
    let tried = Instant::now();
    while tried.elapsed() < Duration::from_secs(20) && waiting(&world.store).await.iter().all(|problem| problem.is_empty()) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(waiting(&world.store).await.iter().any(|problem| !problem.is_empty()), "the last error is kept");
    sink.reopen().await;
    let mails = sink.wait(PAST + 3).await;
    sending.end().await;
    let mut ids: Vec<_> = mails.iter().filter_map(|mail| mail.header("message-id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((mails.len(), ids.len()), (PAST + 3, PAST + 3), "each once");
    assert!(waiting(&world.store).await.is_empty());
}

/// What was the matter with the mail that waits.
async fn waiting(store: &Store) -> Vec<String> {
    let sent = store::outbox::demo_messages(store).await.expect("an answer");
    sent.into_iter().filter(|sent| ["waiting", "sending"].contains(&sent.state.as_str())).map(|sent| sent.problem).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_send_each_mail_once() {
    let world = World::start().await;
    let sink = Sink::open().await;
    let database_url = format!("sqlite://{}", world.folder.path().join("pc.db").display());
    let storage_url = format!("file://{}", world.folder.path().join("files").display());
    let ids = store::ids::Ids::default();
    let other = Store::open(store::Options { database_url, storage_url, key_file: None, ids, is_demo: true }).await.expect("a store");
    let person = standing(&world, PARTNER).await.account;
    for occasion in 0..20 {
        tell(&world, alarm(occasion), person).await;
    }
    let servers = [Sending::of(&world.store, &sink), Sending::of(&other, &sink), Sending::of(&other, &sink)];
    sink.wait(PAST + 20).await;
    for server in servers {
        server.end().await;
    }
    let mails = sink.mails();
    let mut ids: Vec<_> = mails.iter().filter_map(|mail| mail.header("message-id").map(str::to_owned)).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((mails.len(), ids.len()), (PAST + 20, PAST + 20));
    other.db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_mail_holds_up_no_other_and_a_digest_is_one_mail() {
    let world = World::start().await;
    let sink = Sink::open().await;
    without_the_past(&world, &sink).await;
    let (one, other) = (standing(&world, PARTNER).await, standing(&world, EDITOR).await);
    let access: Access<Anyone> = world.store.system(other.clone()).access().expect("anybody may");
    messages::choose(&access, vec![Choice { topic: Topic::Export, app: true, mail: true }]).await.expect("chosen");
    for task in 1..=3 {
        tell(&world, Notice::ExportFinished { task: Id(task), file: format!("{task}.csv"), rows: 1 }, other.account).await;
    }
    sink.refuse(Some("550 no such person"));
    tell(&world, alarm(1), one.account).await;
    let sending = Sending::of(&world.store, &sink);
    let begun = Instant::now();
    while waiting(&world.store).await.iter().all(|problem| !problem.contains("no such person")) {
        assert!(begun.elapsed() < Duration::from_secs(20), "no refusal");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    sink.refuse(None);
    world.store.clock.stand_at(Some(world.store.clock.now().plus_seconds(DIGEST_SECONDS)));
    let mails = sink.wait(PAST + 2).await;
    sending.end().await;
    let to = |person: &Standing| mails.iter().skip(PAST).filter(|mail| mail.to == person.email).count();
    assert_eq!((mails.len(), to(&one), to(&other)), (PAST + 2, 1, 1), "three messages, one mail");
}

#[tokio::test]
async fn the_demo_outbox_shows_mail_as_it_is_sent() {
    let world = World::start().await;
    let reply: Reply = world.stranger().get("/demo/outbox").await;
    let text = reply.json()["messages"][0]["text"].as_str().expect("a text").to_owned();
    assert!(text.contains("\nhttp://127.0.0.1:0/messages/"), "{text}");
}
