//! Top-ups on the wire: a claim without script, a decision, and the money seen by its partner.

use crate::{
    client::{Client, Reply},
    forms::encoded,
    world::{EDITOR, World},
};

const CLERK: &str = "finance@lanhai.example";
const FINANCE: &str = "finance@vendor.example";
const COMPANY: &str = "杭州澜海数科技术有限公司";
const PATH: &str = "/sales/funds/top-ups";

/// The value of a field of the page's forms.
fn field(page: &Reply, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {text}"));
    text.get(at..).expect("a place").split('"').nth(3).expect("a value").to_owned()
}

fn filled(key: &str, amount: &str, payer: &str) -> String {
    let parts = [
        ("idempotency_key", key),
        ("amount", amount),
        ("payer", payer),
        ("date", "2026-06-17"),
        ("bank", "招商银行 杭州滨江支行"),
        ("account_number", "5719 0823 4610 915"),
        ("note", "流水 1"),
        ("from", "/sales/funds/top-ups/new"),
    ];
    parts.map(|(name, value)| format!("{name}={}", encoded(value))).join("&")
}

/// Claims, and gives the id of the claim.
async fn claimed(client: &mut Client, amount: &str) -> String {
    let page = client.open(&format!("{PATH}/new")).await;
    let done = client.submit("/fn/top-ups/claim", &filled(&field(&page, "idempotency_key"), amount, COMPANY)).await;
    assert_eq!((done.status, done.location()), (303, PATH));
    let list = client.get("/fn/top-ups/list?query=state%3Dclaimed").await.listed();
    list.rows[0].id.clone()
}

async fn decide(client: &mut Client, id: &str, rest: &str) -> Reply {
    let page = client.open(&format!("/console/top-ups/{id}")).await;
    let form = format!("top_up={id}&version={}&idempotency_key={}&{rest}", field(&page, "version"), field(&page, "idempotency_key"));
    client.call("/fn/top-ups/decide", &form).await
}

#[tokio::test]
async fn a_remittance_is_claimed_credited_and_seen_in_the_ledger() {
    let world = World::start().await;
    let (mut clerk, mut finance) = (world.signed_in(CLERK).await, world.signed_in(FINANCE).await);
    let id = claimed(&mut clerk, "8000.50").await;
    let list = clerk.open(PATH).await.text();
    assert!(list.contains("data-state=\"claimed\"") && list.contains("尾号 0915") && !list.contains("5719"), "{list}");
    let queue = finance.get("/fn/top-ups/queue?query=").await.listed();
    assert_eq!(queue.total, 3, "two of the demo world besides");
    assert!(finance.open("/messages?topic=funds").await.text().contains("澜海数科 认领汇款 8,000.50 元"));
    assert_eq!(decide(&mut finance, &id, "step=credit&bank_reference=BR1&amount=8000").await.fault(), (422, "AMOUNT_MISMATCH".to_owned()));
    assert_eq!(decide(&mut finance, &id, "step=credit&bank_reference=BR1&amount=").await.fault(), (422, "AMOUNT_INVALID".to_owned()));
    assert_eq!(decide(&mut finance, &id, "step=refuse&reason=").await.fault(), (422, "REASON_REQUIRED".to_owned()));
    let done = decide(&mut finance, &id, "step=credit&bank_reference=BR1&amount=8000.50").await;
    assert_eq!((done.status, done.json()["said"].as_str()), (200, Some("已入账并通知伙伴")));
    let shown = clerk.open(&format!("{PATH}?state=credited")).await.text();
    assert!(shown.contains("原路期限至 2026-12-1"), "{shown}");
    let ledger = clerk.get("/fn/funds/list?query=type%3Dtop_up").await.listed().rows.remove(0);
    assert!(ledger.markup.contains("data-amount=\"8000.50\"") && ledger.markup.contains("data-amount=\"302431.02\""), "{}", ledger.markup);
    assert!(clerk.open("/messages?topic=funds").await.text().contains("已入账"));
    let checked = store::ledger::check(&world.store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
}

#[tokio::test]
async fn a_claim_needs_its_key_names_the_field_and_is_answered_once() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let sent = |amount: &str, payer: &str| filled("claim-key-0001", amount, payer);
    let without = sent("1", COMPANY).split('&').filter(|pair| !pair.starts_with("idempotency_key")).collect::<Vec<_>>().join("&");
    assert_eq!(clerk.call("/fn/top-ups/claim", &without).await.fault(), (400, "KEY_REQUIRED".to_owned()));
    for amount in ["", "0", "-1", "0.001", "1e3", "1,000", "１２"] {
        assert_eq!(clerk.call("/fn/top-ups/claim", &sent(amount, COMPANY)).await.fault(), (422, "AMOUNT_INVALID".to_owned()), "{amount}");
    }
    let refused = clerk.submit("/fn/top-ups/claim", &sent("10", "陈思远")).await;
    let shown = clerk.open(refused.location()).await.text();
    assert!(shown.contains("HOLDER_MISMATCH") && shown.contains("value=\"陈思远\"") && shown.contains("value=\"10\""));
    let (first, again) =
        (clerk.call("/fn/top-ups/claim", &sent("10", COMPANY)).await, clerk.call("/fn/top-ups/claim", &sent("10", COMPANY)).await);
    assert_eq!((first.status, first.text()), (200, again.text()));
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), (None, Some("true")));
    assert_eq!(clerk.call("/fn/top-ups/claim", &sent("11", COMPANY)).await.fault(), (422, "KEY_REUSED".to_owned()));
}

#[tokio::test]
async fn the_queue_is_for_finance_and_the_alert_is_set_by_who_may() {
    let world = World::start().await;
    let (mut clerk, mut editor) = (world.signed_in(CLERK).await, world.signed_in(EDITOR).await);
    assert_eq!(editor.get("/fn/top-ups/queue?query=").await.status, 403);
    assert_eq!(clerk.get("/fn/top-ups/queue?query=").await.status, 403);
    let page = clerk.open("/sales/funds").await.text();
    assert!(page.contains("data-testid=\"balance-alert\" data-amount=\"50000.00\"") && !page.contains("balance-low"), "{page}");
    let wrong = clerk.submit("/fn/funds/set-alert", "amount=x&from=/sales/funds").await;
    assert!(clerk.open(wrong.location()).await.text().contains("AMOUNT_INVALID"));
    let set = clerk.submit("/fn/funds/set-alert", "amount=400000&from=/sales/funds").await;
    assert_eq!((set.status, set.location()), (303, "/sales/funds"));
    assert!(clerk.open("/sales/funds").await.text().contains("data-testid=\"balance-low\""));
    clerk.submit("/fn/funds/set-alert", "amount=&from=/sales/funds").await;
    assert!(!clerk.open("/sales/funds").await.text().contains("balance-low"));
}

#[tokio::test]
async fn deadlines_are_everything_that_waits_by_date_then_money_and_home_leads_there() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    assert!(clerk.open("/").await.text().contains("href=\"/deadlines\""));
    let page = clerk.get("/fn/deadlines/list?query=").await.listed();
    let (total, rows) = (page.total, page.rows);
    assert_eq!((total, rows.len()), (2, 2));
    assert_eq!((rows[0].text("cell-days").as_deref(), rows[0].get("data-amount").as_deref()), (Some("8"), Some("678342.10")));
    assert!(rows[0].markup.contains("2026-06-30"), "{}", rows[0].markup);
    assert!(rows[1].markup.contains("TX20260612-0031"), "{}", rows[1].markup);
    assert_eq!(rows[1].text("cell-date").as_deref(), Some("—"));
    assert_eq!(clerk.get("/fn/deadlines/list?query=kind%3Dbill").await.listed().total, 1);
    let shown = clerk.open("/deadlines?kind=bill").await.text();
    assert!(shown.contains("data-testid=\"deadlines-row\"") && shown.contains("data-amount=\"678342.10\""), "{shown}");
    let mut vendor = world.signed_in(FINANCE).await;
    assert_eq!(vendor.get("/fn/deadlines/list?query=").await.status, 403);
}
