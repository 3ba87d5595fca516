//! Bank accounts on the wire: password, code, who may, and never a number in an address, a page or the log.

use crate::{
    client::{Client, Reply},
    forms::encoded,
    world::World,
};

const CLERK: &str = "finance@lanhai.example";
const PATH: &str = "/sales/funds/accounts";
const FORM: &str = "/sales/funds/accounts/change";

/// The value of a field of the page's forms.
fn field(page: &Reply, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {text}"));
    text.get(at..).expect("a place").split('"').nth(3).expect("a value").to_owned()
}

async fn code(world: &World) -> String {
    let sent = store::outbox::demo_messages(&world.store).await.expect("the outbox");
    sent.into_iter().rev().find_map(|sent| sent.message.code).expect("a code")
}

fn filled(holder: &str, number: &str, password: &str) -> String {
    let parts = [("holder", holder), ("bank", "宁波银行"), ("branch", "杭州分行"), ("number", number), ("password", password)];
    let parts = parts.map(|(name, value)| format!("{name}={}", encoded(value)));
    format!("{}&from={}", parts.join("&"), encoded(FORM))
}

/// Both steps without script; gives the list that they lead to.
async fn change(world: &World, client: &mut Client, form: &str) -> Reply {
    let sent = client.submit("/fn/accounts/prepare", form).await;
    assert_eq!((sent.status, sent.location()), (303, "/sales/funds/accounts/change?step=code"));
    let second = client.open(sent.location()).await;
    assert!(!second.text().contains("81004412"), "the second step shows the last digits only");
    let body = format!("change={}&code={}&from={}", field(&second, "change"), code(world).await, encoded(sent.location()));
    let done = client.submit("/fn/accounts/confirm", &body).await;
    assert_eq!((done.status, done.location()), (303, PATH));
    client.open(PATH).await
}

#[tokio::test]
async fn an_account_is_added_without_script_and_rests_for_a_day() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let company = "杭州澜海数科技术有限公司";
    let number = "8100 4412 0000 7788";
    let wrong = clerk.submit("/fn/accounts/prepare", &filled(company, number, "wrong")).await;
    let again = clerk.open(wrong.location()).await.text();
    assert!(again.contains("REAUTH_FAILED") && again.contains("宁波银行"), "what was typed stays");
    let none = clerk.submit("/fn/accounts/prepare", &filled(company, number, "")).await;
    assert!(clerk.open(none.location()).await.text().contains("REAUTH_REQUIRED"));
    let theirs = clerk.submit("/fn/accounts/prepare", &filled("陈思远", number, demo::PASSWORD)).await;
    assert!(clerk.open(theirs.location()).await.text().contains("HOLDER_MISMATCH"));
    let list = change(&world, &mut clerk, &filled(company, number, demo::PASSWORD)).await.text();
    assert_eq!(list.matches("data-testid=\"accounts-row\"").count(), 3);
    assert!(list.contains("尾号 7788") && list.contains("data-state=\"resting\"") && !list.contains("81004412"), "{list}");
    assert!(list.contains("data-code=\"ACCOUNT_IN_USE\""), "TX20260618-0003 goes to one of them");
    let funds = clerk.open("/sales/funds/withdrawals").await.text();
    assert!(funds.contains("data-testid=\"account-rests\"") && funds.contains("data-tail=\"7788\""));
    let form = clerk.open("/sales/funds/withdrawals/new?fund=bank").await.text();
    assert!(form.contains("24 小时内变更，2026-06-19"), "{form}");
    let mut administrator = world.signed_in("admin@lanhai.example").await;
    let messages = administrator.open("/messages?topic=funds").await.text();
    assert!(messages.contains("宁波银行 尾号 7788") && messages.contains("林晓雯"));
    let log = administrator.open("/audit?action=bank_account_saved").await.text();
    assert!(log.contains("林晓雯") && !log.contains("81004412"));
}

#[tokio::test]
async fn accounts_are_for_finance_and_those_of_others_are_like_unknown_ones() {
    let world = World::start().await;
    for who in ["sales@lanhai.example", "finance@vendor.example", "outsider@example.com"] {
        let mut client = world.signed_in(who).await;
        assert_eq!(client.get("/fn/accounts/list").await.status, 403, "{who}");
        assert_eq!(client.call("/fn/accounts/prepare", &filled("x", "12345678", "x")).await.status, 403, "{who}");
    }
    let (mut clerk, mut foreign) = (world.signed_in(CLERK).await, world.signed_in("admin@qinghe.example").await);
    let own = clerk.get("/fn/accounts/list").await.json()["rows"][0].clone();
    let id = own["id"].as_str().expect("an id").to_owned();
    let form = format!("{}&account={id}&version=1", filled("深圳青禾云联科技有限公司", "12345678", demo::PASSWORD));
    assert_eq!(foreign.call("/fn/accounts/prepare", &form).await.fault(), (404, "NOT_FOUND".to_owned()));
    assert_eq!(foreign.open(&format!("{FORM}?account={id}")).await.status, 404);
    assert_eq!(clerk.open(&format!("{FORM}?step=code")).await.status, 409, "nothing waits");
    assert!(own.to_string().contains("0915") && !own.to_string().contains("5719"), "{own}");
}
