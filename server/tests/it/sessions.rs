//! The life of a session as a browser sees it: its key is exchanged by pages, and it ends by time.

use crate::world::{EDITOR, PARTNER, World};
use domain::access::Anyone;
use store::{Written, sql::sql};

/// Makes all sessions older, as if nothing had happened for a while.
pub async fn age(world: &World, seconds: i64) {
    let access = world.store.stranger("test".into(), "test".into()).access::<Anyone>().expect("anyone");
    let older = access.write(None, seconds * 1_000_000, |tx, us| {
        Box::pin(async move {
            let older =
                sql("UPDATE sessions SET begun_at_us = begun_at_us - $1, rotated_at_us = rotated_at_us - $1, seen_at_us = seen_at_us - $1");
            tx.execute(older.bind(*us)).await?;
            Ok(Written::quiet(()))
        })
    });
    older.await.expect("older sessions");
}

#[tokio::test]
async fn a_page_exchanges_the_key_and_the_old_one_works_for_requests_under_way() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    assert_eq!(client.open("/account").await.cookie("pc_session"), None, "too young");
    age(&world, 16 * 60).await;
    let old = client.clone();
    assert_eq!(client.get("/fn/library/newest").await.cookie("pc_session"), None, "functions do not exchange keys");
    assert_eq!(client.send("HEAD", "/account", &[], b"").await.cookie("pc_session"), None);
    let page = client.open("/account").await;
    let exchanged = page.cookie("pc_session").expect("a new key");
    assert!(exchanged.contains("; HttpOnly; SameSite=Lax") && page.status == 200, "{exchanged}");
    assert_ne!(client.cookies, old.cookies);
    assert_eq!(client.get("/fn/library/newest").await.status, 200);
    assert_eq!(old.clone().get("/fn/library/newest").await.status, 200, "for a short while");
    age(&world, 90).await;
    assert_eq!(old.clone().get("/fn/library/newest").await.status, 401);
    assert_eq!(client.get("/fn/library/newest").await.status, 200);
}

#[tokio::test]
async fn an_idle_session_ends_and_its_page_leads_to_signing_in() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    age(&world, domain::sign_in::IDLE_SECONDS - 60).await;
    assert_eq!(client.open("/account").await.status, 200);
    age(&world, domain::sign_in::IDLE_SECONDS + 60).await;
    assert_eq!(client.open("/account").await.location(), "/sign-in?next=/account");
    assert!(client.open("/sign-in?next=/account").await.text().contains("登录已结束"), "the reader is told why");
    assert_eq!(client.get("/fn/library/newest").await.fault(), (401, "AUTH_REQUIRED".to_owned()));
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_there_again_for_the_same_person_only() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let document = demo::known::policy();
    let page = format!("/console/library/{document}/edit");
    let form = format!("document={document}&version=1&title=typed-before-the-end&summary=&category=policy&language=zh&from={page}");
    age(&world, domain::sign_in::IDLE_SECONDS + 60).await;
    let refused = editor.submit("/fn/library/describe", &form).await;
    assert_eq!((refused.status, refused.location()), (303, format!("/sign-in?next={page}").as_str()));
    assert!(refused.cookie("typed").is_some_and(|cookie| cookie.contains("HttpOnly")));
    // A wrong password on the way does not lose it, and neither does another page.
    editor.submit("/fn/sign-in", &format!("email={EDITOR}&password=wrong&next={page}&from=/sign-in")).await;
    editor.open("/sign-in").await;
    let mut other = world.signed_in("manager@vendor.example").await;
    other.cookies.extend(editor.cookies.iter().filter(|(name, _)| name == "typed").cloned());
    assert!(!other.open(&page).await.text().contains("typed-before-the-end"), "somebody else signs in there");
    let entered = editor.submit("/fn/sign-in", &format!("email={EDITOR}&password={}&next={page}&from=/sign-in", demo::PASSWORD)).await;
    assert_eq!(entered.location(), page);
    editor.open("/console").await;
    let back = editor.open(&page).await.text();
    assert!(back.contains("typed-before-the-end") && back.contains("尚未提交"), "{back}");
    assert!(!editor.open(&page).await.text().contains("typed-before-the-end"), "shown once, and nothing was saved");
}
