//! Uploads: what comes in, what is refused, and that a refusal leaves nothing behind.

use crate::{
    client::{BOUNDARY, Client, HTML, JSON, Part, multipart},
    world::{EDITOR, PARTNER, Wishes, World},
};
use std::time::Duration;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn document<'a>(title: &'a str, file: &'a str, bytes: &'a [u8]) -> Vec<Part<'a>> {
    vec![
        Part::Text("from", "/console/library/new"),
        Part::Text("title", title),
        Part::Text("summary", "第一行\r\n第二行"),
        Part::Text("category", "policy/incentive"),
        Part::Text("language", "zh"),
        Part::Text("audience_identity[]", "csp"),
        Part::Text("audience_identity[]", "distributor"),
        Part::File(file, bytes),
    ]
}

async fn count(editor: &mut Client) -> i64 {
    editor.get("/fn/library/editor-list?query=").await.listed().total
}

/// The row version of a document, as its forms carry it.
async fn version(editor: &mut Client, path: &str) -> String {
    let page = editor.open(&format!("{path}/edit")).await.text();
    let at = page.find("name=\"version\" value=\"").expect("a version") + "name=\"version\" value=\"".len();
    page[at..].chars().take_while(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn an_uploaded_document_is_a_draft_and_downloaded_as_it_was() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let reply = editor.upload("/fn/library/upload", JSON, &document("上传的资料", "激励/政策 2026.PDF", PDF)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let path = reply.json()["to"].as_str().expect("a place").to_owned();
    assert!(path.starts_with("/console/library/") && reply.json()["said"].as_str().is_some_and(|said| said.contains("草稿")));
    let file = editor.get(&format!("{path}/download")).await;
    assert_eq!((file.status, file.body.as_slice()), (200, PDF));
    assert!(file.header("content-disposition").is_some_and(|name| name.ends_with("filename*=UTF-8''%E6%94%BF%E7%AD%96%202026.PDF")));
    let mut partner = world.signed_in(PARTNER).await;
    let theirs = path.replace("/console/", "/support/") + "/download";
    assert_eq!(partner.get(&theirs).await.status, 404, "a draft is not there yet");
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let now = version(&mut editor, &path).await;
    let published = editor.call("/fn/library/move", &format!("document={id}&version={now}&step=publish")).await;
    assert_eq!(published.status, 200, "{}", published.text());
    assert_eq!(partner.get(&theirs).await.body, PDF);
}

#[tokio::test]
async fn without_script_the_answer_is_a_place_and_a_refusal_leads_back_with_what_was_typed() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let reply = editor.upload("/fn/library/upload", HTML, &document("无脚本上传", "a.pdf", PDF)).await;
    assert!(reply.status == 303 && reply.location().starts_with("/console/library/"), "{} {}", reply.status, reply.location());
    assert!(editor.open(reply.location()).await.text().contains("草稿"));
    let refused = editor.upload("/fn/library/upload", HTML, &document("不是PDF", "a.pdf", b"plain text")).await;
    assert_eq!((refused.status, refused.location()), (303, "/console/library/new"));
    let page = editor.open("/console/library/new").await.text();
    assert!(page.contains("TYPE_MISMATCH") && page.contains("不是PDF"));
}

#[tokio::test]
async fn whatever_is_wrong_with_an_upload_leaves_neither_file_nor_row() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let (files, rows) = (world.files(), count(&mut editor).await);
    let mut unknown = document("标题", "a.pdf", PDF);
    unknown.push(Part::Text("is_admin", "1"));
    let mut twice = document("标题", "a.pdf", PDF);
    twice.push(Part::Text("title", "另一个"));
    let mut two_files = document("标题", "a.pdf", PDF);
    two_files.push(Part::File("b.pdf", PDF));
    let mut both = document("标题", "a.pdf", PDF);
    both.push(Part::Text("link", "https://docs.example/a"));
    let long = "题".repeat(201);
    let cases: Vec<(&str, Vec<Part<'_>>, u16, &str)> = vec![
        ("empty file", document("标题", "a.pdf", b""), 422, "EMPTY"),
        ("no file", vec![Part::Text("title", "标题"), Part::Text("category", "policy"), Part::Text("language", "zh")], 422, "EMPTY"),
        ("text as pdf", document("标题", "a.pdf", b"hello"), 422, "TYPE_MISMATCH"),
        ("pdf as png", document("标题", "a.png", PDF), 422, "TYPE_MISMATCH"),
        ("html", document("标题", "a.html", b"<script>alert(1)</script>"), 422, "TYPE_MISMATCH"),
        ("svg", document("标题", "a.svg", b"<svg onload=alert(1)>"), 422, "TYPE_MISMATCH"),
        ("no extension", document("标题", "a", PDF), 422, "TYPE_MISMATCH"),
        ("no title", document("  ", "a.pdf", PDF), 422, "INVALID"),
        ("long title", document(&long, "a.pdf", PDF), 422, "TOO_LONG"),
        ("hidden letters", document("\u{202e}fdp", "a.pdf", PDF), 422, "INVALID"),
        ("NUL", document("a\0b", "a.pdf", PDF), 422, "INVALID"),
        ("unknown field", unknown, 422, "UNKNOWN_FIELD"),
        ("a field twice", twice, 400, "MALFORMED"),
        ("two files", two_files, 400, "MALFORMED"),
        ("file and link", both, 422, "INVALID"),
    ];
    for (what, parts, status, code) in cases {
        let reply = editor.upload("/fn/library/upload", JSON, &parts).await;
        assert_eq!(reply.fault(), (status, code.to_owned()), "{what}");
    }
    assert_eq!(world.files(), files);
    assert_eq!(count(&mut editor).await, rows);
}

#[tokio::test]
async fn t19_a_file_is_refused_at_the_first_byte_over() {
    let world = World::with(Wishes { upload_max_bytes: Some(100_000), ..Wishes::default() }).await;
    let mut editor = world.signed_in(EDITOR).await;
    let files = world.files();
    let sized = |size: usize| [PDF, vec![b' '; size - PDF.len()].as_slice()].concat();
    let over = editor.upload("/fn/library/upload", JSON, &document("大", "a.pdf", &sized(100_001))).await;
    assert_eq!(over.fault(), (413, "TOO_LARGE".to_owned()));
    assert!(over.text().contains("100 KB"), "the limit is named: {}", over.text());
    let announced = editor.upload("/fn/library/upload", JSON, &document("大", "a.pdf", &sized(3_000_000))).await;
    assert_eq!(announced.fault().0, 413);
    assert_eq!(world.files(), files);
    let fits = editor.upload("/fn/library/upload", JSON, &document("正好", "a.pdf", &sized(100_000))).await;
    assert_eq!(fits.status, 200, "{}", fits.text());
    let refused = editor.upload("/fn/library/upload", HTML, &document("大", "a.pdf", &sized(100_001))).await;
    assert_eq!((refused.status, refused.location()), (303, "/console/library/new"));
}

#[tokio::test]
async fn a_cut_off_upload_leaves_nothing() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let (files, rows) = (world.files(), count(&mut editor).await);
    let body = multipart(&document("断开", "a.pdf", &[PDF, vec![b' '; 300_000].as_slice()].concat()));
    let cookie = editor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    for share in [10, 50, 90, 99] {
        let mut stream = TcpStream::connect(world.address).await.expect("a connection");
        let head = format!(
            "POST /fn/library/upload HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
            world.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("written");
        stream.write_all(&body[..body.len() * share / 100]).await.expect("written");
        stream.shutdown().await.ok();
    }
    // An upload that ends within the boundary line but before its end is cut off as well.
    let short = body[..body.len() - 6].to_vec();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let reply = editor.send("POST", "/fn/library/upload", &[("Accept", JSON), ("Content-Type", &kind)], &short).await;
    assert_eq!(reply.fault(), (422, "CUT_OFF".to_owned()));
    for _ in 0..200 {
        if world.files() == files {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(world.files(), files);
    assert_eq!(count(&mut editor).await, rows);
}

#[tokio::test]
async fn who_may_not_edit_is_told_before_a_byte_is_read() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    for path in ["/fn/library/upload", "/fn/library/replace"] {
        assert_eq!(partner.upload(path, JSON, &document("x", "a.pdf", PDF)).await.fault(), (403, "OTHER_SIDE".to_owned()));
        assert_eq!(world.stranger().upload(path, JSON, &document("x", "a.pdf", PDF)).await.fault(), (401, "AUTH_REQUIRED".to_owned()));
        let person = world.stranger().upload(path, HTML, &document("x", "a.pdf", PDF)).await;
        assert!(person.status == 303 && person.location().starts_with("/sign-in?next="), "{}", person.location());
    }
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.call("/fn/library/upload", "title=x").await.fault(), (415, "UNSUPPORTED_TYPE".to_owned()));
    let kind = [("Content-Type", "multipart/form-data")];
    assert_eq!(editor.send("POST", "/fn/library/upload", &kind, b"x").await.fault(), (400, "MALFORMED".to_owned()));
}

#[tokio::test]
async fn a_new_version_replaces_the_file_for_everyone_and_the_same_file_does_not() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let created = editor.upload("/fn/library/upload", JSON, &document("版本", "a.pdf", PDF)).await;
    let path = created.json()["to"].as_str().expect("a place").to_owned();
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let now = version(&mut editor, &path).await;
    let second = [PDF, b"second"].concat();
    let parts = |version: &str, what: &str, bytes: &[u8]| {
        multipart(&[
            Part::Text("from", &format!("{path}/replace")),
            Part::Text("document", &id),
            Part::Text("version", version),
            Part::Text("what_changed", what),
            Part::Text("keep_previous", "yes"),
            Part::File("a.pdf", bytes),
        ])
    };
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("Accept", JSON), ("Content-Type", kind.as_str())];
    let same = editor.send("POST", "/fn/library/replace", &headers, &parts(&now, "同一文件", PDF)).await;
    assert_eq!(same.fault(), (422, "SAME_FILE".to_owned()));
    assert_eq!(editor.get(&format!("{path}/download")).await.body, PDF, "the refused file was the current one; it is still there");
    let silent = editor.send("POST", "/fn/library/replace", &headers, &parts(&now, " ", &second)).await;
    assert_eq!(silent.fault(), (422, "INVALID".to_owned()));
    let done = editor.send("POST", "/fn/library/replace", &headers, &parts(&now, "新增第二部分", &second)).await;
    assert_eq!((done.status, done.json()["to"].as_str()), (200, Some(path.as_str())), "{}", done.text());
    assert_eq!(editor.get(&format!("{path}/download")).await.body, second);
    assert_eq!(editor.get(&format!("{path}/download?version=1")).await.body, PDF);
    let third = [PDF, b"third"].concat();
    let files = world.files();
    let stale = editor.send("POST", "/fn/library/replace", &headers, &parts(&now, "旧页面", &third)).await;
    assert_eq!(stale.fault(), (409, "STALE".to_owned()), "C8");
    assert_eq!(world.files(), files, "the file of the refused version is gone");
}

#[tokio::test]
async fn c9_a_form_that_is_sent_twice_makes_one_document() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let rows = count(&mut editor).await;
    let form = || {
        let mut parts = document("一次", "a.pdf", PDF);
        parts.push(Part::Text("idempotency_key", "key-of-this-form"));
        parts
    };
    let one = editor.upload("/fn/library/upload", JSON, &form()).await;
    let two = editor.upload("/fn/library/upload", JSON, &form()).await;
    assert_eq!((one.status, one.json()), (two.status, two.json()));
    assert_eq!((one.header("idempotent-replayed"), two.header("idempotent-replayed")), (None, Some("true")));
    assert_eq!(count(&mut editor).await, rows + 1);
    let mut other = document("别的标题", "a.pdf", PDF);
    other.push(Part::Text("idempotency_key", "key-of-this-form"));
    assert_eq!(editor.upload("/fn/library/upload", JSON, &other).await.fault(), (422, "KEY_REUSED".to_owned()), "C10");
}

#[tokio::test]
async fn a_link_is_a_document_without_a_file() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let link = |to: &'static str| {
        vec![
            Part::Text("title", "链接"),
            Part::Text("category", "policy"),
            Part::Text("language", "zh"),
            Part::Text("link", to),
            Part::File("", b""),
        ]
    };
    let reply = editor.upload("/fn/library/upload", JSON, &link("https://docs.example/guide")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let path = reply.json()["to"].as_str().expect("a place").to_owned();
    let way = editor.open(&format!("{path}/download")).await;
    assert!(way.location().starts_with("/leave?to=https%3A%2F%2Fdocs%2Eexample%2Fguide&sig="), "{}", way.location());
    for wrong in ["javascript:alert(1)", "//docs.example", "docs.example", "https://user@docs.example", "https://"] {
        assert_eq!(editor.upload("/fn/library/upload", JSON, &link(wrong)).await.fault(), (422, "LINK_INVALID".to_owned()), "{wrong}");
    }
}
