//! Server functions on the wire: the rows C1 to C7, C13 and C15 of the error contract, and traps T1 to T8.

use crate::{
    client::{HTML, JSON, URLENCODED},
    world::{EDITOR, NEWBIE, PARTNER, World},
};
use app::checks::CHECKS;
use std::collections::{BTreeMap, BTreeSet};

/// Functions that read. A write among them could be called by a link on any page (T5).
const READS: &[&str] = &[
    "/fn/accounts/form",
    "/fn/accounts/list",
    "/fn/agreements/console-list",
    "/fn/agreements/console-show",
    "/fn/agreements/form",
    "/fn/agreements/list",
    "/fn/agreements/show",
    "/fn/audit/every-list",
    "/fn/audit/every-name",
    "/fn/audit/list",
    "/fn/audit/names",
    "/fn/bills/console-detail",
    "/fn/bills/console-list",
    "/fn/bills/customers",
    "/fn/bills/lines",
    "/fn/bills/payable",
    "/fn/bills/show",
    "/fn/deadlines/list",
    "/fn/exports/console-list",
    "/fn/exports/list",
    "/fn/funds/list",
    "/fn/help/keys",
    "/fn/invoices/console-show",
    "/fn/invoices/form",
    "/fn/invoices/information",
    "/fn/invoices/information-form",
    "/fn/invoices/list",
    "/fn/invoices/queue",
    "/fn/invoices/review",
    "/fn/invoices/reviews",
    "/fn/invoices/show",
    "/fn/invoices/title-form",
    "/fn/library/detail",
    "/fn/library/downloads",
    "/fn/library/as-partner",
    "/fn/library/console-show",
    "/fn/library/editor-detail",
    "/fn/library/editor-list",
    "/fn/library/list",
    "/fn/library/may-edit",
    "/fn/library/newest",
    "/fn/library/recent",
    "/fn/lists/months",
    "/fn/messages/choices",
    "/fn/messages/list",
    "/fn/messages/unread",
    "/fn/operations/show",
    "/fn/search/find",
    "/fn/search/palette",
    "/fn/search/suggest",
    "/fn/sites/list",
    "/fn/top-ups/console-show",
    "/fn/top-ups/form",
    "/fn/top-ups/list",
    "/fn/top-ups/queue",
    "/fn/withdrawals/console-show",
    "/fn/withdrawals/form",
    "/fn/console/home",
    "/fn/home/overview",
    "/fn/home/to-do",
    "/fn/withdrawals/list",
    "/fn/withdrawals/queue",
    "/fn/withdrawals/receipt",
    "/fn/withdrawals/show",
];

fn registered() -> BTreeMap<&'static str, http::Method> {
    server_fn::axum::server_fn_paths().collect()
}

#[test]
fn t5_t8_every_function_that_writes_has_a_check_and_every_other_one_reads() {
    let by_method =
        |method: http::Method| -> BTreeSet<&str> { registered().into_iter().filter(|(_, m)| *m == method).map(|(p, _)| p).collect() };
    let checked: BTreeSet<&str> = CHECKS.iter().map(|(path, _)| *path).collect();
    assert_eq!(checked, by_method(http::Method::POST));
    assert_eq!(checked.len(), CHECKS.len(), "a check stands twice");
    let reads = by_method(http::Method::GET);
    let unknown: Vec<&&str> = READS.iter().filter(|path| !reads.contains(**path)).collect();
    assert!(unknown.is_empty(), "no longer there: {unknown:?}");
    let writes = ["create", "delete", "move", "describe", "sign", "join", "ask", "set", "update", "send", "upload", "replace"];
    for read in &reads {
        let last = read.rsplit('/').next().unwrap_or_default();
        assert!(!writes.iter().any(|word| last.starts_with(word)), "{read} reads by its method and writes by its name");
    }
    assert_eq!(registered().len(), checked.len() + reads.len(), "a method that is neither GET nor POST");
}

#[tokio::test]
async fn c1_without_a_session_every_function_answers_the_same_whatever_it_is_sent() {
    let world = World::start().await;
    let mut client = world.stranger();
    for (path, method) in registered() {
        if ["/fn/sign-in", "/fn/sign-out"].contains(&path) {
            continue;
        }
        let reply = if method == http::Method::GET { client.get(path).await } else { client.call(path, "role=admin").await };
        assert_eq!(reply.fault(), (401, "AUTH_REQUIRED".to_owned()), "{path}");
        assert_eq!(reply.header("content-type"), Some("application/json"), "{path}");
    }
    client.cookies.push(("pc_session".to_owned(), "0".repeat(64)));
    assert_eq!(client.get("/fn/library/newest").await.status, 401, "an unknown key");
    client.cookies = vec![("pc_session".to_owned(), "' OR 1=1 --".to_owned())];
    assert_eq!(client.get("/fn/library/newest").await.status, 401, "no key at all");
}

#[tokio::test]
async fn c3_a_missing_right_is_told_with_its_reason() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    assert_eq!(partner.get("/fn/library/editor-list?query=").await.fault(), (403, "OTHER_SIDE".to_owned()));
    let mut newbie = world.signed_in(NEWBIE).await;
    let refused = newbie.get("/fn/library/list?query=").await;
    assert_eq!(refused.fault(), (403, "PROGRAM_NEEDED".to_owned()));
    assert!(refused.json()["why"]["who"].as_array().is_some_and(|who| !who.is_empty()));
}

#[tokio::test]
async fn t6_an_unknown_function_is_not_found_in_our_own_words() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for path in ["/fn/nothing", "/fn/library", "/fn/", "/fn/sign-in/", "/fn/SIGN-IN", "/fn/sign-in%00", "/fn/%2e%2e/sign-in"] {
        for reply in [client.get(path).await, client.call(path, "a=1").await] {
            assert!([404, 405].contains(&reply.status), "{path} {}", reply.status);
            assert!(!reply.text().contains("server function"), "{path} {}", reply.text());
            assert_eq!(reply.header("serverfnerror"), None);
        }
    }
    assert_eq!(client.call("/fn/nothing", "a=1").await.fault(), (404, "NOT_FOUND".to_owned()));
}

#[tokio::test]
async fn t5_a_write_is_not_called_by_a_link() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for (path, _) in registered().iter().filter(|(_, method)| **method == http::Method::POST) {
        let reply = client.open(&format!("{path}?document=1&version=1&step=publish")).await;
        assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")), "{path}");
    }
    assert_eq!(client.get("/fn/library/newest").await.status, 200, "still signed in");
    let reply = client.call("/fn/library/newest", "").await;
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")));
    assert_eq!(client.send("HEAD", "/fn/library/newest", &[], b"").await.status, 200);
}

#[tokio::test]
async fn c5_only_urlencoded_forms_are_read() {
    let world = World::start().await;
    let mut client = world.stranger();
    for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x", "application/cbor", ""] {
        let reply = client.send("POST", "/fn/sign-in", &[("Content-Type", kind)], b"email=a&password=b&next=/").await;
        assert_eq!(reply.fault(), (415, "UNSUPPORTED_TYPE".to_owned()), "{kind}");
    }
    let packed = [("Content-Type", URLENCODED), ("Content-Encoding", "gzip")];
    assert_eq!(client.send("POST", "/fn/sign-in", &packed, b"x").await.fault().0, 415);
}

#[tokio::test]
async fn t1_c6_what_cannot_be_read_is_malformed_and_never_our_fault() {
    let world = World::start().await;
    let mut client = world.stranger();
    for body in [
        "",
        "email=a",
        "email=a&email=b&password=x&next=/",
        "email=%ff&password=x&next=/",
        "email=%ED%A0%80&password=x&next=/",
        "%",
        "=",
        "&&&",
        "email[a]=1&password=x&next=/",
    ] {
        let reply = client.call("/fn/sign-in", body).await;
        assert_eq!(reply.fault(), (400, "MALFORMED".to_owned()), "{body}");
    }
    let nul = client.call("/fn/sign-in", "email=a%00b&password=x&next=/").await;
    assert_eq!((nul.fault(), nul.json()["field"].as_str()), ((422, "INVALID".to_owned()), Some("email")));
}

#[tokio::test]
async fn c7_a_form_has_a_largest_size_whether_it_is_announced_or_not() {
    let world = World::start().await;
    let mut client = world.stranger();
    let large = format!("email={}&password=x&next=/", "a".repeat(3 * 1024 * 1024));
    let reply = client.call("/fn/sign-in", &large).await;
    assert_eq!(reply.fault(), (413, "TOO_LARGE".to_owned()));
    assert!(reply.text().contains("1 MB"), "the limit is named: {}", reply.text());
    let host = world.address;
    let mut chunked = format!(
        "POST /fn/sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: {URLENCODED}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    for _ in 0..20 {
        chunked.push_str(&format!("10000\r\n{}\r\n", "a".repeat(0x10000)));
    }
    let read = client.raw(format!("{chunked}0\r\n\r\n").as_bytes()).await;
    assert_eq!(crate::client::parse(&read).expect("an answer").0.status, 413);
    let fits = format!("email={}&password=x&next=/", "a".repeat(1024 * 1024 - 40));
    assert_eq!(client.call("/fn/sign-in", &fits).await.fault().0, 401, "just below the limit it is read");
}

#[tokio::test]
async fn w8_a_form_has_at_most_a_hundred_fields() {
    let world = World::start().await;
    let mut client = world.stranger();
    let fields = |count: usize| (0..count).map(|n| format!("f{n}=1")).collect::<Vec<_>>().join("&");
    assert_eq!(client.call("/fn/sign-in", &fields(100)).await.fault().1, "UNKNOWN_FIELD");
    assert_eq!(client.call("/fn/sign-in", &fields(101)).await.fault().1, "MALFORMED");
}

#[tokio::test]
async fn t8_c15_a_field_that_a_form_does_not_have_is_refused_by_name() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    for field in ["organization_id", "status", "amount_paid", "created_by", "role", "is_admin", "tenant", "__proto__"] {
        for (path, _) in CHECKS {
            if ["/fn/sign-out", "/fn/sign-out-everywhere"].contains(path) {
                continue;
            }
            let reply = editor.call(path, &format!("{field}=1")).await;
            assert_eq!(reply.fault(), (422, "UNKNOWN_FIELD".to_owned()), "{path} {field}");
            assert_eq!(reply.json()["field"].as_str(), Some(field), "{path}");
        }
    }
    assert_eq!(editor.call("/fn/sign-out-everywhere", "role=1").await.fault().1, "UNKNOWN_FIELD");
    assert_eq!(editor.get("/fn/library/may-edit").await.status, 200, "nothing was ended");
}

#[tokio::test]
async fn t2_a_refusal_of_the_business_is_not_a_fault_of_ours() {
    let world = World::start().await;
    let mut client = world.stranger();
    assert_eq!(client.call("/fn/sign-in", "email=&password=x&next=/").await.fault(), (422, "INVALID".to_owned()));
    let wrong = client.call("/fn/sign-in", &format!("email={PARTNER}&password=wrong&next=/")).await;
    let unknown = client.call("/fn/sign-in", "email=nobody@lanhai.example&password=wrong&next=/").await;
    assert_eq!(wrong.fault(), (401, "SIGN_IN_FAILED".to_owned()));
    assert_eq!(
        (wrong.fault(), wrong.json()["message"].clone()),
        (unknown.fault(), unknown.json()["message"].clone()),
        "nobody is told which"
    );
}

#[tokio::test]
async fn c13_too_many_tries_wait_and_are_told_how_long() {
    let world = World::start().await;
    let mut client = world.stranger();
    let wrong = format!("email={PARTNER}&password=wrong&next=/");
    for _ in 0..5 {
        assert_eq!(client.call("/fn/sign-in", &wrong).await.status, 401);
    }
    let reply = client.call("/fn/sign-in", &wrong).await;
    assert_eq!(reply.fault(), (429, "TOO_MANY".to_owned()));
    let wait: u32 = reply.header("retry-after").and_then(|wait| wait.parse().ok()).expect("seconds");
    assert!((1..=60).contains(&wait));
    let owner = client.call("/fn/sign-in", &format!("email={EDITOR}&password={}&next=/", demo::PASSWORD)).await;
    assert_eq!(owner.status, 200, "others sign in meanwhile");
}

#[tokio::test]
async fn t3_a_form_is_never_sent_to_the_page_it_says_it_came_from() {
    let world = World::start().await;
    let mut client = world.stranger();
    for accept in [HTML, JSON, "*/*"] {
        let headers = [("Accept", accept), ("Content-Type", URLENCODED), ("Referer", "https://evil.example/x")];
        let reply = client.send("POST", "/fn/sign-in", &headers, b"email=a&password=b&next=/").await;
        assert_eq!((reply.status, reply.header("location")), (403, None), "{accept}");
    }
    let own = [("Accept", HTML), ("Content-Type", URLENCODED), ("Sec-Fetch-Site", "same-origin"), ("Referer", "https://evil.example/x")];
    let reply = client.send("POST", "/fn/sign-in", &own, b"email=a&password=b&next=/").await;
    assert_eq!((reply.status, reply.location()), (303, "/sign-in?next=/"));
    assert!(!reply.location().contains("__err"));
}

#[tokio::test]
async fn sentences_are_in_the_readers_language() {
    let world = World::start().await;
    let mut client = world.stranger();
    client.cookies.push(("lang".to_owned(), "en".to_owned()));
    for reply in [
        client.get("/fn/library/newest").await,
        client.get("/fn/nothing").await,
        client.call("/fn/sign-in", "email=a&password=b&next=/").await,
    ] {
        let said = reply.json()["message"].as_str().unwrap_or_default().to_owned();
        assert!(said.is_ascii(), "{said}");
    }
}

#[tokio::test]
async fn an_ended_session_is_ended_for_the_very_next_request() {
    let world = World::start().await;
    let mut one = world.signed_in(PARTNER).await;
    let mut other = world.signed_in(PARTNER).await;
    assert_eq!(other.get("/fn/library/newest").await.status, 200);
    assert_eq!(one.call("/fn/sign-out-everywhere", "").await.status, 200);
    assert_eq!(other.get("/fn/library/newest").await.status, 401);
    assert_eq!(other.open("/support/library").await.location(), "/sign-in?next=/support/library");
}

/// A list answers its page as markup, which is most of it repetition.
#[tokio::test]
async fn answers_are_compressed_for_those_who_can_read_that() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let plain = client.get("/fn/library/list?query=").await;
    assert_eq!(plain.header("content-encoding"), None);
    let packed = client.send("GET", "/fn/library/list?query=", &[("Accept", "*/*"), ("Accept-Encoding", "br")], b"").await;
    assert_eq!((packed.status, packed.header("content-encoding")), (200, Some("br")));
    assert!(packed.body.len() * 4 < plain.body.len(), "{} of {}", packed.body.len(), plain.body.len());
}
