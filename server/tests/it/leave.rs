//! The way to another web site (domain.md F16; abuse case 16).

use crate::{
    client::Client,
    world::{EDITOR, PARTNER, World},
};

/// A link entry of the library.
fn entry() -> String {
    format!("/support/library/{}/download", demo::known::link())
}

/// The address of the notice that the link entry leads to.
async fn notice(client: &mut Client) -> String {
    let reply = client.open(&entry()).await;
    assert_eq!(reply.status, 303);
    assert!(reply.location().starts_with("/leave?to=http"), "{}", reply.location());
    reply.location().to_owned()
}

fn part(address: &str, name: &str) -> String {
    let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_notice_names_the_host_and_goes_nowhere_by_itself() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let address = notice(&mut client).await;
    let page = client.open(&address).await;
    assert_eq!((page.status, page.header("location"), page.header("refresh")), (200, None, None));
    let text = page.text();
    assert!(text.contains("您即将访问非北屿云网站，请注意账号财产安全"), "the owner's sentence");
    assert!(text.contains(r#"data-testid="leave-host">help.beiyu.example<"#), "{text}");
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("form-action 'self' http"), "its form leads to the site: {policy}");
    let other = client.open("/sign-in").await;
    assert!(other.header("content-security-policy").unwrap_or_default().contains("form-action 'self';"), "no other page's does");
}

#[tokio::test]
async fn what_was_changed_leads_nowhere() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let address = notice(&mut client).await;
    let (to, sig) = (part(&address, "to"), part(&address, "sig"));
    let later = sig.split_once('.').map(|(until, mac)| format!("{}1.{mac}", until)).unwrap_or_default();
    for (to, sig) in [
        ("javascript%3Aalert(1)", sig.as_str()),
        ("%2F%2Fevil.example", &sig),
        ("https%3A%2F%2Fuser%40evil.example%2F", &sig),
        ("https%3A%2F%2Fevil.example%2F", &sig),
        (&format!("{to}x"), &sig),
        (&to, ""),
        (&to, "x"),
        (&to, "1.00"),
        (&to, &later),
        (&to, &sig.to_uppercase()),
        ("", &sig),
    ] {
        let page = client.open(&format!("/leave?to={to}&sig={sig}")).await;
        assert_eq!((page.status, page.header("location")), (403, None), "{to} {sig}");
        assert!(page.text().contains("LINK_INVALID"), "{to} {sig}");
        assert!(!page.text().contains("action-leave"), "{to} {sig}");
        let step = client.submit("/fn/leave", &format!("to={to}&sig={sig}")).await;
        assert_eq!((step.status, step.header("location")), (403, None), "{to} {sig}");
    }
    assert_eq!(client.open("/leave").await.status, 403);
}

#[tokio::test]
async fn going_on_tells_the_site_nothing() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let address = notice(&mut client).await;
    let body = format!("to={}&sig={}&from={}", part(&address, "to"), part(&address, "sig"), part(&address, "from"));
    let reply = client.submit("/fn/leave", &body).await;
    assert_eq!((reply.status, reply.header("referrer-policy")), (303, Some("no-referrer")));
    assert!(reply.location().starts_with("http") && !reply.location().contains("sig="), "{}", reply.location());
    assert_eq!(reply.cookie("known_hosts"), None, "it is asked about again");
    notice(&mut client).await;
    assert_eq!(client.call("/fn/leave", &format!("{body}&role=x")).await.fault(), (422, "UNKNOWN_FIELD".to_owned()));
}

#[tokio::test]
async fn a_known_host_is_not_asked_about_again() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let address = notice(&mut client).await;
    let body = format!("to={}&sig={}&again=no", part(&address, "to"), part(&address, "sig"));
    let reply = client.submit("/fn/leave", &body).await;
    assert!(reply.cookie("known_hosts").is_some(), "the host is kept");
    let direct = client.open(&entry()).await;
    assert_eq!((direct.status, direct.location()), (303, reply.location()));
}

#[tokio::test]
async fn an_own_host_needs_no_notice_and_only_staff_may_name_one() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    assert_eq!(partner.call("/fn/sites/add", "host=help.beiyu.example").await.fault(), (403, "OTHER_SIDE".to_owned()));
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.call("/fn/sites/add", "host=a%2Fb").await.fault(), (422, "HOST_INVALID".to_owned()));
    let added = editor.submit("/fn/sites/add", "host=help.beiyu.example&from=/console/sites").await;
    assert_eq!((added.status, added.location()), (303, "/console/sites"));
    let page = editor.open("/console/sites").await.text();
    assert!(
        page.contains(r#"data-testid="own-host" data-id="help.beiyu.example""#) && page.contains("已添加 help.beiyu.example"),
        "{page}"
    );
    let way = partner.open(&entry()).await;
    assert!(way.location().starts_with("https://help.beiyu.example/"), "{}", way.location());
    assert_eq!(way.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(editor.call("/fn/sites/remove", "host=help.beiyu.example").await.status, 200);
    notice(&mut partner).await;
}
