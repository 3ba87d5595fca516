//! What threats.md section 4 puts through every function: whatever is sent, the answer is the caller's mistake and never ours.

use crate::{
    client::{Client, Reply},
    forms::encoded,
    world::{EDITOR, PARTNER, World},
};
use std::collections::{BTreeMap, BTreeSet};

/// The fields of every function that takes any; a test holds the list against the registered ones.
const WRITES: &[(&str, &[&str])] = &[
    ("/fn/ask-administrators", &["permission"]),
    ("/fn/agreements/accept", &["agreement", "sha256", "agree", "next"]),
    (
        "/fn/agreements/draft",
        &[
            "idempotency_key",
            "key",
            "title_zh",
            "title_en",
            "text_zh",
            "text_en",
            "audience_identity[]",
            "audience_program[]",
            "mandatory",
            "effective",
            "until",
        ],
    ),
    ("/fn/agreements/step", &["agreement", "version", "step"]),
    ("/fn/bills/pay", &["period", "currency", "amount", "idempotency_key"]),
    ("/fn/bills/reveal", &["list", "query"]),
    ("/fn/bills/remake", &["bill", "version"]),
    ("/fn/bills/issue", &["bill", "version"]),
    ("/fn/bills/adjust", &["bill", "amount", "reason", "idempotency_key"]),
    ("/fn/exports/batch", &["task[]", "step"]),
    ("/fn/exports/cancel", &["task"]),
    ("/fn/exports/repeat", &["task"]),
    ("/fn/exports/request", &["source", "kind", "query"]),
    (
        "/fn/library/describe",
        &[
            "document",
            "version",
            "title",
            "summary",
            "category",
            "language",
            "effective_from",
            "effective_until",
            "audience_identity[]",
            "audience_program[]",
        ],
    ),
    ("/fn/funds/set-alert", &["amount"]),
    ("/fn/top-ups/claim", &["idempotency_key", "amount", "payer", "date", "bank", "account_number", "note"]),
    ("/fn/top-ups/decide", &["idempotency_key", "top_up", "version", "step", "bank_reference", "amount", "reason"]),
    ("/fn/top-ups/reveal-account", &["top_up"]),
    ("/fn/accounts/prepare", &["account", "version", "holder", "bank", "branch", "number", "password"]),
    ("/fn/accounts/prepare-removal", &["account", "version", "password"]),
    ("/fn/accounts/resend", &["change"]),
    ("/fn/accounts/confirm", &["change", "code"]),
    ("/fn/invoices/submit", &["idempotency_key", "information", "by", "period", "amount", "again"]),
    ("/fn/invoices/move", &["idempotency_key", "request", "version", "step", "reason"]),
    (
        "/fn/invoices/save-information",
        &[
            "idempotency_key",
            "information",
            "version",
            "tab",
            "title_type",
            "title",
            "kind",
            "tax_no",
            "bank",
            "account",
            "address",
            "phone",
            "medium",
            "recipient",
            "reason",
            "review",
        ],
    ),
    ("/fn/invoices/delete-information", &["idempotency_key", "information", "version", "tab"]),
    ("/fn/invoices/ask-title", &["idempotency_key", "tab", "title", "tax_no", "reason"]),
    ("/fn/invoices/decide", &["idempotency_key", "request", "version", "step", "number", "courier", "reason"]),
    ("/fn/invoices/decide-review", &["idempotency_key", "review", "version", "step", "reason"]),
    ("/fn/withdrawals/batch", &["idempotency_key", "task[]", "step", "reason"]),
    ("/fn/withdrawals/decide", &["idempotency_key", "withdrawal", "version", "step", "reason", "bank_reference", "amount"]),
    ("/fn/withdrawals/reveal-account", &["withdrawal"]),
    ("/fn/withdrawals/move", &["idempotency_key", "withdrawal", "version", "step", "code"]),
    ("/fn/withdrawals/prepare-confirm", &["withdrawal"]),
    ("/fn/withdrawals/prepare", &["idempotency_key", "fund", "amount", "bank_account", "record[]", "note", "again"]),
    ("/fn/withdrawals/set-two-people", &["needed", "password"]),
    ("/fn/withdrawals/submit", &["idempotency_key", "fund", "amount", "bank_account", "record[]", "note", "again", "code"]),
    ("/fn/library/batch", &["task[]", "step"]),
    ("/fn/library/mark", &["document", "mark", "on"]),
    ("/fn/library/move", &["document", "version", "step"]),
    ("/fn/messages/choose", &["app[]", "mail[]"]),
    ("/fn/lists/arrange", &["list", "column[]", "step", "density"]),
    ("/fn/programs/join", &["program"]),
    ("/fn/sign-in", &["email", "password", "next"]),
    ("/fn/operations/again", &["kind", "id"]),
    ("/fn/sites/add", &["host"]),
    ("/fn/sites/remove", &["host"]),
    ("/fn/views/default", &["list", "view"]),
    ("/fn/views/remove", &["list", "view"]),
    ("/fn/views/save", &["list", "view", "name", "query", "shared"]),
];
/// Functions that take no field.
const WITHOUT: &[&str] = &["/fn/bills/confirm-masking", "/fn/messages/read-all", "/fn/sign-out", "/fn/sign-out-everywhere"];

fn values() -> Vec<String> {
    let texts = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{202e}fdp",
        "\u{200b}",
        "\u{feff}",
        "😀",
        "<script>alert(1)</script>",
        "' OR '1'='1",
        "\"; DROP TABLE tenants; --",
        "-1",
        "0",
        "0.001",
        "1e3",
        "+1",
        "0x10",
        "1,000",
        " 1 ",
        "１２",
        "NaN",
        "Infinity",
        "2147483648",
        "9007199254740992",
        "9223372036854775807",
        "9223372036854775808",
        "2026-02-30",
        "2026-13-01",
        "0000-00-00",
        "9999-12-31",
        "../../etc/passwd",
        "%",
        "%s%n",
        "${7*7}",
        "null",
        "[]",
        "{}",
        "=cmd|' /C calc'!A0",
        "null\r\nSet-Cookie: x=1",
    ];
    let mut values: Vec<String> = texts.map(str::to_owned).to_vec();
    for length in [200, 201, 2_000, 2_001, 100_000] {
        values.push("云".repeat(length));
    }
    values.push(demo::known::for_distributors().to_string());
    values
}

fn ours_is_never_the_fault(reply: &Reply, what: &str) {
    assert!((200..500).contains(&reply.status), "{what}: {} {}", reply.status, reply.text());
    assert_eq!(reply.header("content-type"), Some("application/json"), "{what}");
    assert_eq!(reply.all("set-cookie").filter(|cookie| cookie.starts_with("x=")).count(), 0, "{what}");
    if reply.status >= 400 {
        reply.fault();
    }
}

#[test]
fn every_function_is_in_the_corpus() {
    let registered: BTreeMap<&str, http::Method> = server_fn::axum::server_fn_paths().collect();
    let writes: BTreeSet<&str> = registered.iter().filter(|(_, method)| **method == http::Method::POST).map(|(path, _)| *path).collect();
    let listed: BTreeSet<&str> = WRITES.iter().map(|(path, _)| *path).chain(WITHOUT.iter().copied()).collect();
    assert_eq!(listed, writes);
}

/// A form in which every field but one is left plain.
fn form(fields: &[&str], odd: &str, value: &str) -> String {
    let pair = |field: &&str| format!("{}={}", encoded(field), if *field == odd { encoded(value) } else { "1".to_owned() });
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

async fn put_through(client: &mut Client, who: &str) {
    for (path, fields) in WRITES.iter().filter(|(path, _)| *path != "/fn/sign-in") {
        for field in *fields {
            for value in values() {
                let reply = client.call(path, &form(fields, field, &value)).await;
                ours_is_never_the_fault(&reply, &format!("{who} {path} {field}={:?}", value.chars().take(40).collect::<String>()));
            }
        }
        let last = fields.last().expect("a field");
        for extra in ["organization_id", "status", "amount_paid", "created_by", "role", "is_admin"] {
            let reply = client.call(path, &format!("{}&{extra}=1", form(fields, last, "1"))).await;
            assert_eq!(reply.fault(), (422, "UNKNOWN_FIELD".to_owned()), "{who} {path} {extra}");
        }
    }
}

#[tokio::test]
async fn nothing_that_is_written_into_a_field_is_a_fault_of_ours() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    put_through(&mut editor, EDITOR).await;
    let mut partner = world.signed_in(PARTNER).await;
    put_through(&mut partner, PARTNER).await;
    assert_eq!(editor.get("/fn/library/may-edit").await.status, 200, "still signed in");
}

#[tokio::test]
async fn no_way_of_signing_in_is_a_fault_of_ours() {
    let world = World::start().await;
    let mut client = world.stranger();
    for field in ["email", "password", "next"] {
        for value in values() {
            let reply = client.call("/fn/sign-in", &form(&["email", "password", "next"], field, &value)).await;
            ours_is_never_the_fault(&reply, &format!("{field}={:?}", value.chars().take(40).collect::<String>()));
            assert!(reply.status >= 400, "nobody gets in");
        }
    }
}

#[tokio::test]
async fn nothing_that_is_asked_of_a_list_is_a_fault_of_ours() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let mut partner = world.signed_in(PARTNER).await;
    let parameters = ["q", "category", "format", "language", "state", "from", "to", "sort", "page", "size", "unknown", "q[]", "__proto__"];
    for parameter in parameters {
        for value in values().iter().filter(|value| value.len() < 2_000) {
            let query = encoded(&format!("{parameter}={}", encoded(value)));
            for path in ["/fn/library/list", "/fn/library/editor-list", "/fn/library/downloads"] {
                let client = if path == "/fn/library/list" { &mut partner } else { &mut editor };
                let reply = client.get(&format!("{path}?query={query}")).await;
                ours_is_never_the_fault(&reply, &format!("{path} {parameter}={value:?}"));
            }
        }
    }
    for (client, path) in [(&mut partner, "/fn/library/detail"), (&mut editor, "/fn/library/editor-detail")] {
        for value in values().iter().filter(|value| value.len() < 2_000) {
            ours_is_never_the_fault(&client.get(&format!("{path}?id={}", encoded(value))).await, &format!("{path} {value:?}"));
        }
        for query in ["", "?", "?id", "?id=1&id=2", "?id[]=1", "?id[a]=1", "?x=1", "?id=%ff", "?id=%00", "?%"] {
            ours_is_never_the_fault(&client.get(&format!("{path}{query}")).await, &format!("{path}{query}"));
        }
    }
}
