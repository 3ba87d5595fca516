//! Agreements on the wire: a mandatory one stands before every page and every function until it is accepted, without script, too.

use crate::{
    client::{Client, Reply},
    forms::encoded,
    world::{EDITOR, NEWBIE, PARTNER, World},
};

const OPERATIONS: &str = "operations@vendor.example";
const CLERK: &str = "finance@lanhai.example";
const OUTSIDER: &str = "outsider@example.com";

/// The value of a field of the page's forms.
fn field(page: &Reply, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {text}"));
    let value = text.get(at..).expect("a place").split('"').nth(3).expect("a value");
    value.replace("&amp;", "&")
}

/// A draft as the form sends it, and one more field.
fn words(key: &str, more: &str) -> String {
    let pairs = [
        ("title_zh", "数据处理协议"),
        ("title_en", "Data processing terms"),
        ("text_zh", "第一条\r\n\r\n第二条"),
        ("text_en", "One\r\n\r\nTwo"),
    ];
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).join("&");
    format!("idempotency_key=form-{key}&key={key}&{pairs}&effective=2026-06-18&until=2026-07-31&{more}")
}

async fn published(operations: &mut Client, form: &str) -> String {
    let drafted = operations.call("/fn/agreements/draft", form).await;
    assert_eq!(drafted.status, 200, "{}", drafted.text());
    let path = drafted.json()["to"].as_str().expect("a page").to_owned();
    let page = operations.open(&path).await;
    let id = field(&page, "agreement");
    let step = format!("agreement={id}&version={}&step=publish&from={path}", field(&page, "version"));
    let done = operations.submit("/fn/agreements/step", &step).await;
    assert_eq!((done.status, done.location()), (303, path.as_str()));
    id
}

#[tokio::test]
async fn a_mandatory_agreement_stands_before_every_page_until_an_administrator_accepts_it() {
    let world = World::start().await;
    let mut operations = world.signed_in(OPERATIONS).await;
    let (mut admin, mut clerk) = (world.signed_in(PARTNER).await, world.signed_in(CLERK).await);
    let id = published(&mut operations, &words("data-terms", "mandatory=yes&audience_identity%5B%5D=csp")).await;

    for path in ["/", "/sales/bill?period=2026-05", "/support/library", "/account/programs", "/audit"] {
        let reply = admin.open(path).await;
        let next = path.replace('?', "%3F").replace('=', "%3D");
        assert_eq!((reply.status, reply.location()), (303, format!("/agreements/{id}?next={next}").as_str()), "{path}");
        let page = clerk.open(path).await;
        if ["/account/programs"].contains(&path) {
            continue;
        }
        assert_eq!(page.status, 403, "{path}");
        let text = page.text();
        assert!(text.contains("data-code=\"AGREEMENT_PENDING\"") && text.contains("数据处理协议") && text.contains("陈思远"), "{path}");
    }
    for path in ["/agreements", "/messages", "/help", "/account", "/account/notifications"] {
        assert_eq!(admin.open(path).await.status, 200, "{path} stays open");
        assert_eq!(clerk.open(path).await.status, 200, "{path} stays open");
    }
    for (who, name) in [(&mut admin, "admin"), (&mut clerk, "clerk")] {
        for function in ["/fn/home/to-do", "/fn/library/list?query=", "/fn/withdrawals/list?query=", "/fn/exports/list?query="] {
            assert_eq!(who.get(function).await.fault(), (403, "AGREEMENT_PENDING".to_owned()), "{name} {function}");
        }
        let write = who.call("/fn/exports/request", "source=library&kind=csv&query=").await;
        assert_eq!(write.fault(), (403, "AGREEMENT_PENDING".to_owned()), "{name}");
        assert_eq!(who.get("/fn/messages/unread").await.status, 200, "{name}");
    }

    let page = admin.open(&format!("/agreements/{id}?next=/sales/bill%3Fperiod%3D2026-05")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("data-testid=\"blocking\"") && page.text().contains("<p>第二条</p>"));
    let form = format!("agreement={id}&sha256={}&next={}", field(&page, "sha256"), encoded(&field(&page, "next")));
    let from = format!("from={}", encoded(&format!("/agreements/{id}?next=/sales/bill%3Fperiod%3D2026-05")));
    let unticked = admin.submit("/fn/agreements/accept", &format!("{form}&{from}")).await;
    assert_eq!(unticked.status, 303);
    assert!(admin.open(unticked.location()).await.text().contains("请先勾选"), "the form says what is missing");
    assert_eq!(clerk.call("/fn/agreements/accept", &format!("{form}&agree=yes")).await.fault(), (403, "FORBIDDEN".to_owned()));
    let done = admin.submit("/fn/agreements/accept", &format!("{form}&agree=yes&{from}")).await;
    assert_eq!((done.status, done.location()), (303, "/sales/bill?period=2026-05"));

    assert_eq!(admin.open("/sales/bill?period=2026-05").await.status, 200);
    assert_eq!(clerk.open("/").await.status, 200, "for everybody of the company at once");
    assert_eq!(admin.call("/fn/agreements/accept", &format!("{form}&agree=yes")).await.fault(), (409, "WRONG_STATE".to_owned()));
    let shown = admin.open(&format!("/agreements/{id}")).await.text();
    assert!(shown.contains("data-state=\"accepted\"") && shown.contains("data-testid=\"accepted-by\">陈思远"), "{shown}");
    let console = operations.open(&format!("/console/agreements/{id}")).await.text();
    assert!(console.contains("陈思远") && console.contains("data-state=\"accepted\"") && console.contains("data-state=\"pending\""));
}

#[tokio::test]
async fn what_is_not_for_a_company_is_not_there_and_the_console_is_for_operations() {
    let world = World::start().await;
    let mut operations = world.signed_in(OPERATIONS).await;
    let id = published(&mut operations, &words("ei-terms", "audience_program%5B%5D=ei_procurement&mandatory=yes")).await;
    let mut admin = world.signed_in(PARTNER).await;
    assert_eq!(admin.open("/").await.status, 200, "another program's");
    assert_eq!(admin.get(&format!("/fn/agreements/show?id={id}")).await.fault(), (404, "NOT_FOUND".to_owned()));
    let accept = format!("agreement={id}&sha256=x&agree=yes");
    assert_eq!(admin.call("/fn/agreements/accept", &accept).await.fault(), (404, "NOT_FOUND".to_owned()));
    for (who, code) in [(PARTNER, "OTHER_SIDE"), (EDITOR, "FORBIDDEN")] {
        let mut other = world.signed_in(who).await;
        assert_eq!(other.get("/fn/agreements/console-list").await.fault(), (403, code.to_owned()));
        assert_eq!(other.call("/fn/agreements/draft", &words("x", "")).await.fault(), (403, code.to_owned()));
    }
    for (who, code) in [(OPERATIONS, "OTHER_SIDE"), (OUTSIDER, "NOT_IN_NETWORK")] {
        let mut other = world.signed_in(who).await;
        assert_eq!(other.get("/fn/agreements/list").await.fault(), (403, code.to_owned()));
    }
}

#[tokio::test]
async fn a_form_that_is_refused_says_which_field_and_a_double_click_makes_one_draft() {
    let world = World::start().await;
    let mut operations = world.signed_in(OPERATIONS).await;
    for (change, code) in [
        (("key=terms", "key=Terms"), "INVALID"),
        (("effective=2026-06-18", "effective=2026-02-30"), "INVALID"),
        (("until=2026-07-31", "until=soon"), "INVALID"),
        (("until=2026-07-31", "until=2026-06-17"), "INVALID"),
        (("mandatory=yes", "mandatory=maybe"), "INVALID"),
        (("mandatory=yes", "audience_identity%5B%5D=king"), "INVALID"),
    ] {
        let form = words("terms", "mandatory=yes").replacen(&format!("&{}", change.0), &format!("&{}", change.1), 1);
        let refused = operations.call("/fn/agreements/draft", &form).await;
        assert_eq!(refused.status, 422, "{change:?}");
        assert_eq!(refused.fault().1, code, "{change:?}");
    }
    let keyless = words("terms", "").replacen("idempotency_key=form-terms&", "", 1);
    assert_eq!(operations.call("/fn/agreements/draft", &keyless).await.fault(), (400, "KEY_REQUIRED".to_owned()));
    let first = operations.call("/fn/agreements/draft", &words("terms", "")).await;
    let again = operations.call("/fn/agreements/draft", &words("terms", "")).await;
    assert_eq!((first.json()["to"].clone(), again.header("idempotent-replayed")), (again.json()["to"].clone(), Some("true")));
    let list = operations.get("/fn/agreements/console-list").await.listed();
    assert_eq!(list.rows.len(), 3, "two of the demo world and one draft");
}

#[tokio::test]
async fn the_demo_world_has_one_that_waits_and_one_that_was_accepted_and_none_that_blocks() {
    let world = World::start().await;
    let mut admin = world.signed_in(PARTNER).await;
    let rows = admin.get("/fn/agreements/list").await.listed().rows;
    let states: Vec<_> = rows.iter().filter_map(|row| row.get("data-state")).collect();
    assert_eq!(states, ["pending", "accepted"]);
    assert!(rows[1].markup.contains("陈思远"), "{}", rows[1].markup);
    let home = admin.open("/").await;
    assert!(home.status == 200 && home.text().contains("data-todo=\"agreement\""));
    let mut newbie = world.signed_in(NEWBIE).await;
    assert_eq!(newbie.get("/fn/agreements/list").await.listed().rows.len(), 1);
    let mut clerk = world.signed_in(CLERK).await;
    assert!(!clerk.open("/").await.text().contains("data-todo=\"agreement\""), "nothing that a clerk could do");
}
