//! Funds on the wire: who may see what, without script, and what `verify` says of the demo world's books.

use crate::world::{EDITOR, NEWBIE, PARTNER, World};

const CLERK: &str = "finance@lanhai.example";
const SALES: &str = "sales@lanhai.example";

#[tokio::test]
async fn the_page_stands_without_script_with_its_numbers_and_rows() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let page = clerk.get("/sales/funds").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in
        ["data-testid=\"withdrawable\" data-amount=\"154250.52\"", "data-testid=\"ledger-row\"", "data-amount=\"294430.52\"", "收支明细"]
    {
        assert!(text.contains(part), "{part}");
    }
    let refused = clerk.get("/fn/funds/list?query=least%3Dx").await;
    assert_eq!(refused.fault(), (422, "AMOUNT_INVALID".to_owned()));
}

#[tokio::test]
async fn movements_are_for_finance_and_the_balance_for_every_member_of_a_sales_partner() {
    let world = World::start().await;
    let mut sales = world.signed_in(SALES).await;
    let text = sales.get("/sales/funds").await.text();
    assert!(text.contains("data-code=\"FORBIDDEN\"") && text.contains("data-amount=\"154250.52\""));
    assert!(!text.contains("data-testid=\"ledger-row\""));
    let export = sales.call("/fn/exports/request", "source=ledger&kind=csv&query=").await;
    assert_eq!(export.fault(), (403, "FORBIDDEN".to_owned()));
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.get("/fn/funds/list?query=").await.fault(), (403, "OTHER_SIDE".to_owned()));
    let mut administrator = world.signed_in(PARTNER).await;
    assert!(administrator.get("/sales/funds").await.text().contains("data-testid=\"ledger-row\""));
}

#[tokio::test]
async fn the_books_of_the_demo_world_are_right() {
    let world = World::start().await;
    let checked = store::ledger::check(&world.store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
    assert_eq!(checked.sums.into_iter().collect::<Vec<_>>(), [("CNY".to_owned(), 0)]);
    assert!(checked.transactions > 150);
}

#[tokio::test]
async fn home_shows_money_to_whom_it_concerns() {
    let world = World::start().await;
    let part = |home: &serde_json::Value, name: &str| home[name].as_str().expect("markup").to_owned();
    let clerk = world.signed_in(CLERK).await.get("/fn/home/overview").await.json();
    let (money, actions) = (part(&clerk, "money"), part(&clerk, "actions"));
    for shown in ["data-testid=\"home-withdrawable\" data-amount=\"154250.52\"", "data-amount=\"294430.52\"", "data-testid=\"home-bill\""] {
        assert!(money.contains(shown), "{shown}");
    }
    // How the month has grown, against the same day of the one before.
    assert!(money.contains("aria-label=\"2026-06 每日累计，至 2026-06-17 为 412,906.18 元\"") && money.contains("较上月同日"), "{money}");
    assert!(actions.contains("/sales/funds/top-ups/new") && actions.contains("data-testid=\"open-withdrawals\""));
    let sales = world.signed_in(SALES).await.get("/fn/home/overview").await.json();
    assert!(part(&sales, "money").contains("home-withdrawable") && !part(&sales, "money").contains("home-bill"));
    let newbie = world.signed_in(NEWBIE).await.get("/fn/home/overview").await.json();
    let money = part(&newbie, "money");
    assert!(money.contains("data-testid=\"home-withdrawable\" data-amount=\"0.00\"") && !money.contains("home-bill"));
    let vendor = world.signed_in(EDITOR).await.get("/fn/home/overview").await;
    assert_eq!(vendor.fault(), (403, "OTHER_SIDE".to_owned()));
}
