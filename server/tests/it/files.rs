//! Downloads: whole, in part, again, and not at all.

use crate::{
    client::{Client, HTML, Reply},
    world::{DISTRIBUTOR, EDITOR, NEWBIE, PARTNER, World},
};
use sha2::{Digest as _, Sha256};

fn policy() -> String {
    format!("/support/library/{}/download", demo::known::policy())
}

async fn with(client: &mut Client, path: &str, headers: &[(&str, &str)]) -> Reply {
    client.send("GET", path, headers, b"").await
}

/// How often a document was downloaded, as its editor sees it.
async fn downloads(world: &World) -> i64 {
    let editor = world.store.clone();
    let access = world_editor(&editor).await;
    store::library::editor_detail(&access, demo::known::policy()).await.expect("a document").detail.downloads
}

async fn world_editor(store: &store::Store) -> store::Access<domain::access::CanManageLibrary> {
    let access = store.stranger("test".into(), "test".into()).access::<domain::access::Anyone>().expect("anyone");
    let new = store::sessions::sign_in(&access, EDITOR, demo::PASSWORD, "test").await.expect("a session");
    let (caller, _) = store::sessions::resume(store, &new.key, "test".into(), "test".into()).await.expect("a caller");
    caller.access().expect("an editor")
}

#[tokio::test]
async fn a_whole_file_carries_its_checksum_and_is_never_shown_in_our_origin() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let reply = client.get(&policy()).await;
    assert_eq!(reply.status, 200);
    let sha256 = hex::encode(Sha256::digest(&reply.body));
    assert_eq!(reply.header("x-checksum-sha256"), Some(sha256.as_str()));
    assert_eq!(reply.header("etag"), Some(format!("\"{sha256}\"").as_str()));
    assert_eq!(reply.header("content-length"), Some(reply.body.len().to_string().as_str()));
    assert_eq!(reply.header("accept-ranges"), Some("bytes"));
    assert_eq!(reply.header("cache-control"), Some("private, no-cache"));
    assert_eq!(reply.header("content-type"), Some("application/pdf"));
    assert_eq!(reply.header("content-encoding"), None);
    let disposition = reply.header("content-disposition").expect("a name");
    assert!(disposition.starts_with("attachment; filename=\"") && disposition.contains("filename*=UTF-8''"), "{disposition}");
    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
    let packed = with(&mut client, &self::policy(), &[("Accept-Encoding", "br, gzip")]).await;
    assert_eq!((packed.header("content-encoding"), &packed.body), (None, &reply.body), "a file travels as it is");
}

#[tokio::test]
async fn a_part_is_the_part_and_says_which() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let whole = client.get(&policy()).await.body;
    let size = whole.len();
    for (range, first, last) in [
        ("bytes=0-0".to_owned(), 0, 0),
        ("bytes=3-12".to_owned(), 3, 12),
        ("bytes=10-".to_owned(), 10, size - 1),
        ("bytes=-5".to_owned(), size - 5, size - 1),
        (format!("bytes=0-{}", size * 2), 0, size - 1),
        (format!("bytes=-{}", size * 2), 0, size - 1),
    ] {
        let part = with(&mut client, &policy(), &[("Range", &range)]).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.header("content-range"), Some(format!("bytes {first}-{last}/{size}").as_str()), "{range}");
        assert_eq!(part.body, &whole[first..=last], "{range}");
        assert_eq!(part.header("content-length"), Some((last - first + 1).to_string().as_str()), "{range}");
    }
    for range in [format!("bytes={size}-"), "bytes=-0".to_owned(), "bytes=99999999999999999999-".to_owned()] {
        let outside = with(&mut client, &policy(), &[("Range", &range)]).await;
        assert_eq!((outside.status, outside.body.len()), (416, 0), "{range}");
        assert_eq!(outside.header("content-range"), Some(format!("bytes */{size}").as_str()), "{range}");
    }
    for ignored in ["bytes=5-3", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "x"] {
        let reply = with(&mut client, &policy(), &[("Range", ignored)]).await;
        assert_eq!((reply.status, reply.body.len()), (200, size), "{ignored}");
    }
}

#[tokio::test]
async fn a_resumed_download_is_of_the_same_file_or_begins_anew() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let tag = client.send("HEAD", &policy(), &[], b"").await.header("etag").expect("a tag").to_owned();
    let range = ("Range", "bytes=3-");
    assert_eq!(with(&mut client, &policy(), &[range, ("If-Range", &tag)]).await.status, 206);
    for other in ["\"other\"", &format!("W/{tag}"), "Tue, 24 Nov 2026 09:00:00 GMT", ""] {
        assert_eq!(with(&mut client, &policy(), &[range, ("If-Range", other)]).await.status, 200, "{other}");
    }
    for (known, status) in [(tag.clone(), 304), (format!("W/{tag}"), 304), ("*".to_owned(), 304), ("\"other\"".to_owned(), 200)] {
        let reply = with(&mut client, &policy(), &[("If-None-Match", &known)]).await;
        assert_eq!((reply.status, reply.body.is_empty()), (status, status == 304), "{known}");
        assert_eq!(reply.header("etag"), Some(tag.as_str()));
    }
    assert_eq!(with(&mut client, &policy(), &[("If-Match", "\"other\"")]).await.status, 412);
}

#[tokio::test]
async fn a_download_is_written_down_once() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let before = downloads(&world).await;
    let head = client.send("HEAD", &policy(), &[], b"").await;
    let tag = head.header("etag").expect("a tag").to_owned();
    with(&mut client, &policy(), &[("If-None-Match", &tag)]).await;
    with(&mut client, &policy(), &[("Range", "bytes=10-20")]).await;
    with(&mut client, &policy(), &[("Range", "bytes=99999999-")]).await;
    assert_eq!(downloads(&world).await, before, "none of these is a download");
    client.get(&policy()).await;
    assert_eq!(downloads(&world).await, before + 1);
    with(&mut client, &policy(), &[("Range", "bytes=0-")]).await;
    assert_eq!(downloads(&world).await, before + 2);
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.get(&format!("/console/library/{}/download", demo::known::policy())).await.status, 200);
    assert_eq!(downloads(&world).await, before + 2, "an editor who looks is no reader");
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_bytes() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let (get, head) = (client.get(&policy()).await, client.send("HEAD", &policy(), &[], b"").await);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-length", "content-type", "etag", "content-disposition", "accept-ranges", "x-checksum-sha256", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}

#[tokio::test]
async fn c2_what_one_may_not_have_answers_like_what_does_not_exist() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    let limited = format!("/support/library/{}/download", demo::known::for_distributors());
    let unknown = "/support/library/0123456789abcdefghjkmnpqrs/download";
    let (one, other) = (partner.get(&limited).await, partner.get(unknown).await);
    assert_eq!(one.fault(), (404, "NOT_FOUND".to_owned()));
    let without_id = |reply: &Reply| {
        let mut body = reply.json();
        body["request_id"] = "".into();
        let mut names: Vec<String> = reply.headers.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        (reply.status, body, names)
    };
    assert_eq!(without_id(&one), without_id(&other));
    let mut distributor = world.signed_in(DISTRIBUTOR).await;
    assert_eq!(distributor.get(&limited).await.status, 200);
    let withdrawn = format!("/support/library/{}/download", demo::known::withdrawn());
    assert_eq!(partner.get(&withdrawn).await.fault(), (410, "WITHDRAWN".to_owned()));
    assert_eq!(partner.get(&format!("{}?version=99", policy())).await.fault().0, 404);
    assert_eq!(partner.get(&format!("{}?version=x", policy())).await.fault().0, 404);
    assert_eq!(partner.get(&format!("/console/library/{}/download", demo::known::policy())).await.fault().0, 403);
}

#[tokio::test]
async fn a_person_reads_a_page_where_there_is_no_file() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    let gone = partner.open(&format!("/support/library/{}/download", demo::known::withdrawn())).await;
    assert_eq!((gone.status, gone.header("content-type")), (410, Some("text/html; charset=utf-8")));
    assert!(gone.text().contains("role=\"alert\"") && gone.text().contains("该资料已下线"));
    let mut newbie = world.signed_in(NEWBIE).await;
    let gate = newbie.open(&policy()).await;
    assert_eq!(gate.status, 403);
    assert!(gate.text().contains("data-testid=\"why-not\"") && gate.text().contains("data-code=\"PROGRAM_NEEDED\""));
    let link = partner.open(&format!("/support/library/{}/download", demo::known::link())).await;
    let from = format!("&from=%2Fsupport%2Flibrary%2F{}", demo::known::link());
    assert!(link.status == 303 && link.location().starts_with("/leave?to=http") && link.location().ends_with(&from), "{}", link.location());
}

#[tokio::test]
async fn x6_without_a_session_there_is_no_file() {
    let world = World::start().await;
    let mut stranger = world.stranger();
    assert_eq!(stranger.get(&policy()).await.fault(), (401, "AUTH_REQUIRED".to_owned()));
    let person = with(&mut stranger, &policy(), &[("Accept", HTML)]).await;
    assert_eq!((person.status, person.location()), (303, format!("/sign-in?next={}", policy()).as_str()));
    let mut partner = world.signed_in(PARTNER).await;
    assert_eq!(partner.get(&policy()).await.status, 200);
    let copied = partner.clone();
    partner.call("/fn/sign-out", "").await;
    assert_eq!(copied.clone().get(&policy()).await.status, 401, "a copied cookie is dead after signing out");
}

#[tokio::test]
async fn w6_no_spelling_of_an_id_leads_to_another_file() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let id = demo::known::policy().to_string();
    let spellings = [
        id.to_uppercase(),
        format!("{id}%00"),
        format!("{id}%2f"),
        format!("{id}."),
        format!("%2e%2f{id}"),
        format!("..%2f{id}"),
        format!("..;/{id}"),
        "..".to_owned(),
        "..%2f..%2f..%2fetc%2fpasswd".to_owned(),
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd".to_owned(),
        "..%5c..%5cboot.ini".to_owned(),
        "..%c0%af..%c0%afetc".to_owned(),
        "%ff".to_owned(),
        "%00".to_owned(),
        "file:%2f%2f%2fetc%2fpasswd".to_owned(),
        "'%20OR%201=1".to_owned(),
        "0".repeat(5_000),
    ];
    for side in ["/support/library", "/console/library"] {
        for spelling in &spellings {
            let reply = client.get(&format!("{side}/{spelling}/download")).await;
            assert!([303, 400, 403, 404].contains(&reply.status), "{side} {spelling} {}", reply.status);
            assert!(!reply.text().contains("root:"), "{spelling}");
        }
    }
}
