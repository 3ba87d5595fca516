//! Pages: who may read them, with which status, and what happens to what is no page.

use crate::{
    client::HTML,
    world::{EDITOR, NEWBIE, PARTNER, World},
};

#[tokio::test]
async fn c1_a_page_that_needs_a_session_leads_to_signing_in_and_back() {
    let world = World::start().await;
    let mut client = world.stranger();
    for (path, next) in [
        ("/", "/"),
        ("/support/library?category=policy&q=%E4%BA%91", "/support/library%3Fcategory%3Dpolicy%26q%3D%25E4%25BA%2591"),
        ("/console/library", "/console/library"),
        ("/nowhere", "/nowhere"),
    ] {
        let reply = client.open(path).await;
        assert_eq!((reply.status, reply.location()), (303, format!("/sign-in?next={next}").as_str()), "{path}");
        assert_eq!(client.send("HEAD", path, &[("Accept", HTML)], b"").await.status, 303, "{path}");
    }
    assert_eq!(client.open("/sign-in").await.status, 200);
}

#[tokio::test]
async fn pages_have_the_status_of_what_they_say() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    for path in ["/", "/support/library", "/account", "/sign-in"] {
        assert_eq!(partner.open(path).await.status, 200, "{path}");
    }
    assert_eq!(partner.open("/nowhere").await.status, 404);
    assert_eq!(partner.open("/support/library/00000000000000000000000000").await.status, 404);
    assert_eq!(partner.open(&format!("/support/library/{}", demo::known::for_distributors())).await.status, 404);
    assert_eq!(partner.open(&format!("/support/library/{}", demo::known::withdrawn())).await.status, 410);
    assert_eq!(partner.open("/console/library").await.status, 403);
    let mut newbie = world.signed_in(NEWBIE).await;
    assert_eq!(newbie.open("/support/library").await.status, 403);
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.open("/console/library").await.status, 200);
}

#[tokio::test]
async fn a_page_is_whole_and_its_head_is_as_long() {
    let world = World::start().await;
    let mut client = world.stranger();
    let page = client.open("/sign-in").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("transfer-encoding"), None);
    assert!(page.text().starts_with("<!DOCTYPE html>") && page.text().contains("</html>"));
    let head = client.send("HEAD", "/sign-in", &[], b"").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.header("content-length").is_some_and(|length| length != "0"));
    let packed = client.send("GET", "/sign-in", &[("Accept-Encoding", "br")], b"").await;
    assert_eq!(packed.header("content-encoding"), Some("br"));
    assert!(packed.body.len() * 2 < page.body.len());
    assert!(packed.all("vary").any(|vary| vary.eq_ignore_ascii_case("accept-encoding")));
}

#[tokio::test]
async fn one_page_has_one_address() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let reply = client.open("/support/library/?q=a").await;
    assert_eq!((reply.status, reply.location()), (303, "/support/library?q=a"));
    for path in ["//", "///", "//evil.example/", "/support/library//"] {
        let reply = client.open(path).await;
        assert!(!reply.location().starts_with("//"), "{path} {}", reply.location());
    }
}

#[tokio::test]
async fn a_panic_is_one_answer_with_500_and_the_server_goes_on() {
    use axum::{Router, middleware, routing::get};
    use partner_center::{
        config::Config,
        http::{Server, assets::Assets, front},
    };
    use tower::ServiceExt as _;
    let world = World::start().await;
    let config = Config::read(|_| None).expect("settings");
    let server =
        std::sync::Arc::new(Server::new(config, world.store.clone(), Assets::default(), 3000, env!("CARGO_BIN_EXE_partner-center").into()));
    let panics = get(|| async {
        if true {
            panic!("on purpose")
        }
    });
    let router: Router = Router::new().route("/panics", panics).layer(middleware::from_fn_with_state(server.clone(), front::front));
    for accept in [HTML, "*/*"] {
        let request = http::Request::get("/panics").header("Host", "127.0.0.1:3000").header("Accept", accept);
        let request = request.body(axum::body::Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), 500);
        let body = axum::body::to_bytes(response.into_body(), 100_000).await.expect("a body");
        assert!(!String::from_utf8_lossy(&body).contains("on purpose"));
    }
    assert_eq!(server.metrics.answered(), 2);
}

#[tokio::test]
async fn what_is_asked_with_another_host_in_mind_is_never_written_into_a_page() {
    let world = World::start().await;
    let mut client = world.stranger();
    let headers =
        [("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"), ("X-Original-URL", "/evil.example"), ("Accept", HTML)];
    let page = client.send("GET", "/sign-in", &headers, b"").await;
    assert!(page.status == 200 && !page.text().contains("evil.example"));
}
