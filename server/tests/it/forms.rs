//! Forms without script: 303, the answer kept on the server, shown once, and nothing of it in an address.

use crate::{
    client::{Client, JSON, Part},
    world::{EDITOR, PARTNER, World},
};

const WRONG: &str = "email=somebody@lanhai.example&password=hunter2&next=/support/library&from=/sign-in?next=/support/library";

#[tokio::test]
async fn a_refusal_leads_back_to_the_form_and_is_shown_there_once() {
    let world = World::start().await;
    let mut client = world.stranger();
    let reply = client.submit("/fn/sign-in", WRONG).await;
    assert_eq!((reply.status, reply.location()), (303, "/sign-in?next=/support/library"));
    let cookie = reply.cookie("kept").expect("a kept answer").to_owned();
    for mark in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=600"] {
        assert!(cookie.contains(mark), "{cookie}");
    }
    let page = client.open(reply.location()).await;
    assert!(page.text().contains("SIGN_IN_FAILED") && page.text().contains("somebody@lanhai.example"));
    assert!(!page.text().contains("hunter2"), "a password is never shown again");
    assert!(page.cookie("kept").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    let again = client.open(reply.location()).await;
    assert!(!again.text().contains("SIGN_IN_FAILED"), "shown once");
}

#[tokio::test]
async fn a_kept_answer_waits_for_a_page_that_is_really_read() {
    let world = World::start().await;
    let mut client = world.stranger();
    client.submit("/fn/sign-in", WRONG).await;
    client.send("HEAD", "/sign-in", &[], b"").await;
    client.send("GET", "/sign-in", &[("Sec-Purpose", "prefetch")], b"").await;
    client.get("/favicon.svg").await;
    assert!(client.open("/sign-in").await.text().contains("SIGN_IN_FAILED"));
}

#[tokio::test]
async fn a_kept_answer_is_read_by_nobody_else() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let reply = editor.submit("/fn/library/move", "document=x&version=1&step=publish&from=/console/library").await;
    assert_eq!((reply.status, reply.location()), (303, "/console/library"));
    let id = editor.cookies.iter().find(|(name, _)| name == "kept").cloned().expect("a kept answer");
    let mut thief = world.signed_in(PARTNER).await;
    thief.cookies.push(id);
    let page = thief.open("/support/library").await;
    assert!(!page.text().contains("id=\"kept\""), "somebody else's answer is not carried");
    assert!(editor.open("/console/library").await.text().contains("id=\"kept\""), "its own reader gets it");
    let mut guess = world.stranger();
    for id in ["x", "", "00000000000000000000000000", "../../etc", "' OR 1=1"] {
        guess.cookies = vec![("kept".to_owned(), id.to_owned())];
        assert_eq!(guess.open("/sign-in").await.status, 200, "{id}");
    }
}

#[tokio::test]
async fn success_leads_where_the_act_leads() {
    let world = World::start().await;
    let mut client = world.stranger();
    let body = format!("email={PARTNER}&password={}&next=/support/library?format=pdf&from=/sign-in", demo::PASSWORD);
    let reply = client.submit("/fn/sign-in", &body.replace("?format=pdf", "%3Fformat%3Dpdf")).await;
    assert_eq!((reply.status, reply.location()), (303, "/support/library?format=pdf"));
    assert!(reply.cookie("pc_session").is_some());
    assert_eq!(client.open(reply.location()).await.status, 200);
    let out = client.submit("/fn/sign-out", "from=/account").await;
    assert_eq!((out.status, out.location()), (303, "/sign-in"));
    assert!(out.cookie("pc_session").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!(client.open("/account").await.location(), "/sign-in?next=/account");
}

#[tokio::test]
async fn a_form_of_an_ended_session_leads_to_signing_in_and_back() {
    let world = World::start().await;
    let mut client = world.stranger();
    let reply = client.submit("/fn/library/move", "document=x&version=1&step=publish&from=/console/library?q=a").await;
    assert_eq!((reply.status, reply.location()), (303, "/sign-in?next=/console/library%3Fq%3Da"));
    assert_eq!(reply.cookie("kept"), None);
}

/// Addresses that a browser, or a proxy before it, could read as another site's.
const HOSTILE: &[&str] = &[
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "/%09/evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/\\evil.example",
    "\\\\evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "/%252fevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/ /evil.example",
    "",
    " ",
    "/fn/sign-out",
    "/demo/outbox",
    "/\u{2028}evil",
    "https://127.0.0.1@evil.example",
];

pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn is_own(location: &str) -> bool {
    location.starts_with('/') && !location.starts_with("//") && !location.contains('\\') && !location.contains("evil")
}

#[tokio::test]
async fn abuse_16_no_return_address_leads_off_the_site() {
    let world = World::start().await;
    for hostile in HOSTILE {
        let mut client = Client::new(world.address);
        let next = encoded(hostile);
        let good = client.submit("/fn/sign-in", &format!("email={EDITOR}&password={}&next={next}&from={next}", demo::PASSWORD)).await;
        assert_eq!((good.status, good.location()), (303, "/"), "{hostile:?}");
        let choice = client.submit("/fn/lang", &format!("lang=en&from={next}")).await;
        assert_eq!((choice.status, choice.location()), (303, "/"), "{hostile:?}");
        let bad = client.submit("/fn/library/move", &format!("document=x&version=1&step=publish&from={next}")).await;
        assert!(bad.status == 303 && is_own(bad.location()), "{hostile:?} {}", bad.location());
        assert_eq!(bad.all("set-cookie").filter(|cookie| cookie.starts_with("x=")).count(), 0);
    }
}

#[tokio::test]
async fn abuse_16_a_page_that_asks_for_a_session_comes_back_only_to_itself() {
    let world = World::start().await;
    let mut client = world.stranger();
    for path in ["//evil.example", "/%2fevil.example", "/\\evil.example", "/support/library?next=//evil.example", "/x/..//evil"] {
        let reply = client.open(path).await;
        assert!([303, 400, 404].contains(&reply.status), "{path} {}", reply.status);
        if reply.status == 303 {
            assert!(reply.location().starts_with("/sign-in?next=/"), "{path} {}", reply.location());
            assert!(!reply.location().starts_with("/sign-in?next=//"), "{path} {}", reply.location());
        }
    }
    let slash = client.open("//evil.example/").await;
    assert!(slash.location().is_empty() || slash.location().starts_with("/sign-in?next="), "{}", slash.location());
}

#[tokio::test]
async fn language_and_colours_are_chosen_without_script_and_stay() {
    let world = World::start().await;
    let mut client = world.stranger();
    let reply = client.submit("/fn/lang", "lang=en&from=/sign-in").await;
    assert_eq!((reply.status, reply.location()), (303, "/sign-in"));
    let cookie = reply.cookie("lang").expect("a choice");
    assert!(cookie.starts_with("lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age="), "{cookie}");
    client.submit("/fn/theme", "theme=dark&from=/sign-in").await;
    let page = client.open("/sign-in").await.text();
    assert!(page.contains("<html lang=\"en\"") && page.contains("data-theme=\"dark\""));
    client.submit("/fn/theme", "theme=system&from=/sign-in").await;
    assert!(!client.open("/sign-in").await.text().contains("data-theme"));
    for wrong in ["lang=fr", "lang=", "lang=en&lang=zh", "lang=en&x=1", "theme=dark"] {
        assert!((400..=422).contains(&client.call("/fn/lang", wrong).await.status), "{wrong}");
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_or_of_another_kind_is_answered_too() {
    let world = World::start().await;
    let mut client = world.stranger();
    let large = format!("email={}&password=x&next=/", "a".repeat(3 * 1024 * 1024));
    let reply = client.submit("/fn/sign-in", &large).await;
    assert_eq!((reply.status, reply.location()), (303, "/sign-in?next=/"));
    assert!(client.open(reply.location()).await.text().contains("TOO_LARGE"));
}

#[tokio::test]
async fn a_draft_belongs_to_its_writer_and_goes_when_its_form_is_taken() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let page = "/console/library/new";
    let typed = "title=Half%20a%20title&summary=&link=&idempotency_key=x&from=/console/library/new";
    let kept = editor.submit("/fn/drafts/keep?form=/fn/library/upload", typed).await;
    assert_eq!((kept.status, kept.location()), (303, page));
    for look in 0..2 {
        let text = editor.open(page).await.text();
        assert!(text.contains("Half a title") && text.contains(r#"data-testid="draft-discard""#), "look {look}: {text}");
    }
    let mut other = world.signed_in("operations@vendor.example").await;
    let text = other.open(page).await.text();
    assert!(!text.contains("Half a title"), "it is nobody else's: {text}");
    let discarded = editor.submit("/fn/drafts/discard", "title=Half%20a%20title&from=/console/library/new").await;
    assert_eq!((discarded.status, discarded.location()), (303, page));
    assert!(!editor.open(page).await.text().contains("Half a title"));
    assert_eq!(editor.call("/fn/drafts/keep?form=/fn/library/upload", typed).await.status, 200, "by script");
    let parts = [
        Part::Text("title", "A whole title"),
        Part::Text("category", "policy/program"),
        Part::Text("language", "zh"),
        Part::Text("link", "https://help.example/a"),
        Part::Text("idempotency_key", "0000000000000000000000000a"),
        Part::Text("from", page),
    ];
    let sent = editor.upload("/fn/library/upload", JSON, &parts).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    assert!(!editor.open(page).await.text().contains("Half a title"), "it was sent");
}

#[tokio::test]
async fn a_draft_is_kept_for_pages_that_have_one_and_for_nobody_without_a_name() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    for from in ["/console/library", "/account", "https://evil.example/console/library/new", "%2F%2Fevil.example"] {
        let reply = editor.call("/fn/drafts/keep?form=/fn/library/upload", &format!("title=x&from={from}")).await;
        assert_eq!(reply.fault(), (422, "INVALID".to_owned()), "{from}");
    }
    assert_eq!(editor.call("/fn/drafts/keep?form=/fn/library/upload", "title=x").await.fault(), (422, "INVALID".to_owned()));
    let long = format!("summary={}&from=/console/library/new", "a".repeat(70_000));
    assert_eq!(editor.call("/fn/drafts/keep?form=/fn/library/upload", &long).await.fault().0, 413);
    let mut stranger = world.stranger();
    let reply = stranger.call("/fn/drafts/keep?form=/fn/library/upload", "title=x&from=/console/library/new").await;
    assert_eq!(reply.fault(), (401, "AUTH_REQUIRED".to_owned()));
}
