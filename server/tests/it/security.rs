//! Who may send what from where, and what every answer carries.

use crate::{
    client::{HTML, JSON, Reply, URLENCODED},
    world::{PARTNER, Wishes, World},
};

#[tokio::test]
async fn t4_a_change_asked_for_by_another_site_is_refused_before_anything_runs() {
    let world = World::start().await;
    let own = format!("http://{}", world.address);
    let other_port = format!("http://127.0.0.1:{}", world.address.port() ^ 1);
    let as_https = own.replace("http://", "https://");
    let own_page = format!("{own}/sign-in");
    let lookalike = format!("{own}.evil.example/");
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[], 200),
        (&[("Origin", &own)], 200),
        (&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")], 200),
        (&[("Sec-Fetch-Site", "same-origin")], 200),
        (&[("Sec-Fetch-Site", "none")], 200),
        (&[("Origin", "null"), ("Sec-Fetch-Site", "same-origin")], 200),
        (&[("Referer", &own_page)], 200),
        (&[("Origin", "https://evil.example")], 403),
        (&[("Origin", "null")], 403),
        (&[("Origin", &other_port)], 403),
        (&[("Origin", &as_https)], 403),
        (&[("Origin", "")], 403),
        (&[("Sec-Fetch-Site", "cross-site")], 403),
        (&[("Sec-Fetch-Site", "same-site")], 403),
        (&[("Sec-Fetch-Site", "SAME-ORIGIN")], 403),
        (&[("Origin", &own), ("Sec-Fetch-Site", "cross-site")], 403),
        (&[("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-origin")], 403),
        (&[("Referer", "https://evil.example/x")], 403),
        (&[("Referer", &lookalike)], 403),
    ];
    for (headers, wanted) in cases {
        let mut client = world.stranger();
        let all = [&[("Content-Type", URLENCODED)], *headers].concat();
        let reply = client.send("POST", "/fn/lang", &all, b"lang=en").await;
        assert_eq!((reply.status, reply.cookie("lang").is_some()), (*wanted, *wanted == 200), "{headers:?}");
        if *wanted == 403 {
            assert_eq!(reply.fault(), (403, "CROSS_ORIGIN".to_owned()), "{headers:?}");
        }
    }
}

#[tokio::test]
async fn c4_holds_for_every_address_and_leads_nowhere() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for path in ["/fn/sign-out", "/fn/lang", "/fn/library/upload", "/demo/clock", "/sign-in", "/nowhere", "/fn/nothing"] {
        for accept in [HTML, JSON] {
            let headers = [
                ("Accept", accept),
                ("Content-Type", URLENCODED),
                ("Origin", "https://evil.example"),
                ("Referer", "https://evil.example/x"),
            ];
            let reply = client.send("POST", path, &headers, b"lang=en").await;
            assert_eq!((reply.status, reply.header("location")), (403, None), "{path} {accept}");
            assert_eq!(reply.header("set-cookie"), None, "{path}");
        }
    }
    assert_eq!(client.open("/account").await.status, 200, "the session is still there");
}

#[tokio::test]
async fn t5_functions_that_read_answer_no_other_site() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let foreign = [("Sec-Fetch-Site", "cross-site")];
    assert_eq!(client.send("GET", "/fn/library/newest", &foreign, b"").await.fault(), (403, "CROSS_ORIGIN".to_owned()));
    assert_eq!(client.send("GET", "/support/library", &foreign, b"").await.status, 200, "a link from another site is a link");
}

fn carries_the_headers(reply: &Reply) {
    for (name, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(reply.header(name), Some(wanted), "{name} of {}", reply.status);
    }
    // What documents may do and who may open them; the files of the site are no documents.
    let is_document = !reply.header("cache-control").unwrap_or_default().starts_with("public");
    assert_eq!(reply.header("cross-origin-opener-policy"), is_document.then_some("same-origin"));
    assert_eq!(reply.all("permissions-policy").count(), usize::from(is_document));
    for name in ["content-security-policy", "x-request-id", "cache-control"] {
        assert_eq!(reply.all(name).count(), 1, "{name} of {}", reply.status);
    }
    assert_eq!(reply.header("server"), None);
    let policy = reply.header("content-security-policy").unwrap_or_default();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for path in
        ["/sign-in", "/support/library", "/nowhere", "/favicon.svg", "/pkg/main.1.css", "/pkg/none.css", "/fn/library/newest", "/fn/no"]
    {
        carries_the_headers(&client.get(path).await);
        carries_the_headers(&client.open(path).await);
    }
    carries_the_headers(&client.call("/fn/sign-in", "email=x").await);
    carries_the_headers(&client.send("PUT", "/", &[], b"").await);
    carries_the_headers(&client.send("GET", "/", &[("Host", "evil.example")], b"").await);
    carries_the_headers(&client.send("POST", "/fn/sign-in", &[("Origin", "https://evil.example")], b"").await);
    carries_the_headers(&client.get("/support/library/x/download").await);
}

#[tokio::test]
async fn answers_to_one_reader_are_kept_by_nobody() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for path in ["/", "/support/library", "/sign-in", "/fn/library/newest", "/nowhere"] {
        let reply = client.open(path).await;
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert!(reply.all("vary").any(|vary| vary.eq_ignore_ascii_case("cookie")), "{path}");
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_the_others_are_asked_for_again() {
    let world = World::start().await;
    let mut client = world.stranger();
    let hashed = client.get("/pkg/main.1.css").await;
    assert_eq!(hashed.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!((hashed.status, hashed.header("content-type")), (200, Some("text/css; charset=utf-8")));
    let packed = client.send("GET", "/pkg/main.1.css", &[("Accept-Encoding", "gzip, br")], b"").await;
    assert_eq!((packed.header("content-encoding"), packed.text().as_str()), (Some("br"), "packed by brotli, says this test"));
    assert_ne!(packed.header("etag"), hashed.header("etag"), "a strong tag names bytes");
    let fixed = client.get("/favicon.svg").await;
    assert_eq!(fixed.header("cache-control"), Some("no-cache"));
    let tag = fixed.header("etag").expect("a tag").to_owned();
    let again = client.send("GET", "/favicon.svg", &[("If-None-Match", &tag)], b"").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let head = client.send("HEAD", "/favicon.svg", &[], b"").await;
    assert_eq!((head.status, head.header("content-length")), (200, Some(fixed.body.len().to_string().as_str())));
}

#[tokio::test]
async fn no_path_leads_out_of_the_site_folder() {
    let world = World::start().await;
    let mut client = world.stranger();
    for path in [
        "/pkg/../../etc/passwd",
        "/pkg/%2e%2e/%2e%2e/etc/passwd",
        "/pkg/..%2f..%2fetc%2fpasswd",
        "/pkg/%2e%2e%5cetc%5cpasswd",
        "/pkg//etc/passwd",
        "/pkg/main.1.css%00",
        "/pkg/main.1.css/",
        "/pkg/%ff",
        "/pkg/",
        "/pkg/.",
        "/pkg/main.1.css.br",
        "/pkg/assets.json",
    ] {
        let reply = client.get(path).await;
        assert!([400, 404].contains(&reply.status), "{path} {}", reply.status);
        assert!(!reply.text().contains("root:"), "{path}");
    }
    assert_ne!(client.get("/assets.json").await.status, 200);
}

#[tokio::test]
async fn t18_the_nonce_of_a_page_is_its_own_and_stands_only_where_scripts_need_it() {
    let world = World::start().await;
    let mut client = world.stranger();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let page = client.open("/sign-in").await;
        let policy = page.header("content-security-policy").expect("a policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert!(nonce.len() >= 22, "{nonce}");
        assert!(policy.contains(&format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval';")), "{policy}");
        assert!(!policy.contains("script-src-elem") && policy.matches("script-src").count() == 1, "{policy}");
        let html = page.text();
        let marked = html.matches(&format!("nonce=\"{nonce}\"")).count();
        assert_eq!(html.matches(&nonce).count(), marked, "the nonce stands somewhere else");
        let scripts = html.matches("<script").count() - html.matches("<script type=\"application/json\"").count();
        let preloads = html.matches("rel=\"modulepreload\"").count();
        assert_eq!(marked, scripts + preloads);
        assert!(!seen.contains(&nonce));
        seen.push(nonce);
    }
    let other = client.get("/fn/no").await;
    assert!(!other.header("content-security-policy").expect("a policy").contains("nonce"));
}

#[tokio::test]
async fn the_id_of_a_request_is_made_here() {
    let world = World::start().await;
    let mut client = world.stranger();
    let one = client.send("GET", "/sign-in", &[("X-Request-Id", "chosen")], b"").await;
    let two = client.send("GET", "/sign-in", &[("X-Request-Id", "chosen")], b"").await;
    let (one, two) = (one.header("x-request-id"), two.header("x-request-id"));
    assert!(one.is_some() && one != two && one != Some("chosen"));
}

#[tokio::test]
async fn cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites() {
    let world = World::start().await;
    let mut client = world.stranger();
    let reply = client.call("/fn/sign-in", &format!("email={PARTNER}&password={}&next=/", demo::PASSWORD)).await;
    let session = reply.cookie("pc_session").expect("a session").to_owned();
    for mark in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(session.contains(mark), "{session}");
    }
    assert!(!session.contains("Secure") && !session.contains("Domain") && !session.contains("Max-Age"), "{session}");
    assert_eq!(reply.header("strict-transport-security"), None);
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host_and_browsers_stay_with_it() {
    let public = "https://portal.example".to_owned();
    let variables = [("PC_PUBLIC_URL", public), ("PC_MODE", "production".to_owned()), ("PC_TRUSTED_PROXIES", "127.0.0.1".to_owned())];
    let world = World::with(Wishes { variables: variables.into(), ..Wishes::default() }).await;
    let mut client = world.stranger();
    let body = format!("email={PARTNER}&password={}&next=/", demo::PASSWORD);
    let headers = [("Host", "portal.example"), ("Content-Type", URLENCODED), ("Origin", "https://portal.example")];
    let reply = client.send("POST", "/fn/sign-in", &headers, body.as_bytes()).await;
    let session = reply.cookie("__Host-pc_session").expect("a session");
    assert!(session.contains("; Secure") && session.contains("; Path=/") && !session.contains("Domain"), "{session}");
    assert!(reply.header("strict-transport-security").is_some_and(|header| header.starts_with("max-age=31536000")));
    // A page of the same name over http could be anybody's.
    let over_http = [("Host", "portal.example"), ("Content-Type", URLENCODED), ("Origin", "http://portal.example")];
    assert_eq!(client.send("POST", "/fn/sign-in", &over_http, body.as_bytes()).await.status, 403);
    let came_over_http = [("Host", "portal.example"), ("X-Forwarded-Proto", "http"), ("Accept", HTML)];
    let sent_on = client.send("GET", "/support/library?q=a", &came_over_http, b"").await;
    assert_eq!((sent_on.status, sent_on.location()), (308, "https://portal.example/support/library?q=a"));
    assert_eq!(client.send("GET", "/sign-in", &[("Host", "portal.example:443")], b"").await.status, 200);
    // Production does not answer to this machine's own names.
    let local = format!("localhost:{}", world.address.port());
    assert_eq!(client.send("GET", "/sign-in", &[("Host", &local)], b"").await.status, 421);
}
