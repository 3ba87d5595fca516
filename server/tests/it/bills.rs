//! Bills on the wire: the page without script, who may see and pay, files whose totals are those of the page.

use crate::{
    exports::{Works, ended, id},
    world::{DISTRIBUTOR, PARTNER, World},
};

const CLERK: &str = "finance@lanhai.example";
const SALES: &str = "sales@lanhai.example";
const YUNFAN: &str = "admin@yunfan.example";
const VENDOR: &str = "finance@vendor.example";

#[tokio::test]
async fn the_page_stands_without_script_with_the_figures_of_the_example() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let page = clerk.get("/sales/bill").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for (name, amount) in [
        ("amount-consumption", "712480.36"),
        ("amount-refunds", "-31206.15"),
        ("amount-adjustments", "-2932.11"),
        ("amount-due", "678342.10"),
        ("amount-tax", "38396.72"),
        ("amount-total", "678342.10"),
    ] {
        let element = format!("data-testid=\"{name}\" data-amount=\"{amount}\"");
        let other = format!("data-amount=\"{amount}\"");
        assert!(text.contains(&element) || (text.contains(name) && text.contains(&other)), "{name} {amount}");
    }
    for part in
        ["data-state=\"issued\"", "2026-06-30", "代售客户 46 家", "弹性云主机", "data-amount=\"268914.20\"", "data-testid=\"export-pdf\""]
    {
        assert!(text.contains(part), "{part}");
    }
    let estimate = clerk.get("/sales/bill?period=2026-06").await.text();
    assert!(
        estimate.contains("data-state=\"estimated\"") && estimate.contains("data-amount=\"412906.18\"") && estimate.contains("2026-06-17")
    );
    for (period, status) in [("2026-07", 422), ("2026-13", 422), ("x", 422), ("2020-01", 200)] {
        assert_eq!(clerk.get(&format!("/sales/bill?period={period}")).await.status, status, "{period}");
    }
    assert_eq!(clerk.get("/fn/bills/show?query=period%3D2026-13").await.fault(), (422, "PERIOD_INVALID".to_owned()));
    let lines = clerk.get("/fn/bills/lines?query=period%3D2026-05").await.listed();
    assert_eq!(lines.total, 1_284);
    assert!(lines.markup.contains("data-testid=\"amount-lines\" data-amount=\"678342.10\""), "{}", lines.markup);
    let customers = clerk.get("/fn/bills/customers?query=period%3D2026-05").await.listed();
    assert_eq!(customers.total, 47, "46 customers, and what belongs to none");
    assert!(clerk.get("/sales/bill/lines?period=2026-05").await.text().contains("data-testid=\"bill-lines-row\""));
}

#[tokio::test]
async fn account_managers_never_see_it_and_nobody_sees_another_companys() {
    let world = World::start().await;
    let mut sales = world.signed_in(SALES).await;
    let page = sales.get("/sales/bill").await;
    assert_eq!(page.status, 403);
    assert!(page.text().contains("data-testid=\"why-not\""));
    for path in
        ["/fn/bills/show?query=", "/fn/bills/lines?query=", "/fn/bills/customers?query=", "/fn/bills/payable?query=period%3D2026-05"]
    {
        assert_eq!(sales.get(path).await.fault(), (403, "FORBIDDEN".to_owned()), "{path}");
    }
    let export = sales.call("/fn/exports/request", "source=bill&kind=pdf&query=period%3D2026-05").await;
    assert_eq!(export.fault(), (403, "FORBIDDEN".to_owned()));
    let mut other = world.signed_in(DISTRIBUTOR).await;
    assert!(other.get("/sales/bill?period=2026-05").await.text().contains("data-testid=\"no-bill\""));
    let paid = other.call("/fn/bills/pay", "period=2026-05&currency=CNY&amount=1&idempotency_key=key-00001").await;
    assert_eq!(paid.fault(), (404, "NOT_FOUND".to_owned()));
}

#[tokio::test]
async fn a_payment_has_a_key_happens_once_and_shows_on_the_page() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let form = |amount: &str, key: &str| format!("period=2026-05&currency=CNY&amount={amount}&idempotency_key={key}");
    for (amount, key, fault) in [
        ("1", "", (400, "KEY_REQUIRED")),
        ("0", "key-00001", (422, "AMOUNT_INVALID")),
        ("1e3", "key-00001", (422, "AMOUNT_INVALID")),
        ("678342.11", "key-00001", (422, "AMOUNT_EXCEEDS")),
        ("500000", "key-00001", (422, "AMOUNT_EXCEEDS")),
    ] {
        assert_eq!(clerk.call("/fn/bills/pay", &form(amount, key)).await.fault(), (fault.0, fault.1.to_owned()), "{amount} {key}");
    }
    let unknown = clerk.call("/fn/bills/pay", &format!("{}&status=paid", form("1", "key-00001"))).await;
    assert_eq!(unknown.fault(), (422, "UNKNOWN_FIELD".to_owned()));
    let paid = clerk.call("/fn/bills/pay", &form("1%2C000.00", "key-00002")).await;
    assert_eq!(paid.status, 200, "{}", paid.text());
    let again = clerk.call("/fn/bills/pay", &form("1%2C000.00", "key-00002")).await;
    assert_eq!((again.status, again.header("idempotent-replayed")), (200, Some("true")));
    assert_eq!(clerk.call("/fn/bills/pay", &form("2", "key-00002")).await.fault(), (422, "KEY_REUSED".to_owned()));
    let page = clerk.get("/sales/bill?period=2026-05").await.text();
    assert!(page.contains("data-state=\"partly_paid\"") && page.contains("data-amount=\"677342.10\""));
    assert!(clerk.get("/sales/funds").await.text().contains("data-amount=\"293430.52\""), "it left the balance once");
    let checked = store::ledger::check(&world.store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn files_come_to_what_the_page_says() {
    let world = World::start().await;
    let works = Works::of(&world);
    let mut clerk = world.signed_in(CLERK).await;
    for form in ["source=bill&kind=pdf&query=period%3D2026-05", "source=bill-lines&kind=csv&query=period%3D2026-05"] {
        let reply = clerk.call("/fn/exports/request", form).await;
        assert_eq!(reply.json()["said"].as_str(), Some("导出任务创建成功"), "{}", reply.text());
    }
    for row in ended(&mut clerk, "list").await {
        assert_eq!(row["state"].as_str(), Some("completed"), "{row}");
        let manifest = clerk.get(&format!("/exports/{}/manifest", id(&row))).await.json();
        let file = clerk.get(&format!("/exports/{}/file", id(&row))).await;
        if row["kind"] == "pdf" {
            let totals = &manifest["totals"];
            assert_eq!(
                (totals["by_product"].as_str(), totals["by_customer"].as_str()),
                (Some("678342.10"), Some("678342.10")),
                "{manifest}"
            );
            assert_eq!(manifest["file"].as_str(), Some("伙伴账单_澜海数科_2026-05.pdf"));
        } else {
            assert_eq!((manifest["totals"]["amount"].as_str(), manifest["rows"].as_i64()), (Some("678342.10"), Some(1_284)), "{manifest}");
            let text = String::from_utf8(file.body).expect("text");
            assert!(text.contains("**") && !text.contains("云栖"), "customers are masked");
        }
    }
    works.end().await;
}

#[tokio::test]
async fn the_first_file_waits_for_the_notice() {
    let world = World::start().await;
    let mut yunfan = world.signed_in(YUNFAN).await;
    let page = yunfan.get("/sales/bill").await.text();
    assert!(page.contains("data-testid=\"masking-notice\"") && page.contains("data-state=\"partly_paid\""));
    let wish = "source=bill&kind=pdf&query=period%3D2026-05";
    assert_eq!(yunfan.call("/fn/exports/request", wish).await.fault(), (409, "MASKING_NOTICE".to_owned()));
    assert_eq!(yunfan.call("/fn/bills/confirm-masking", "").await.status, 200);
    assert_eq!(yunfan.call("/fn/exports/request", wish).await.status, 200);
    assert!(yunfan.get("/sales/bill").await.text().contains("data-testid=\"export-pdf\""));
}

#[tokio::test]
async fn the_vendor_adjusts_and_issues_and_partners_may_not() {
    let world = World::start().await;
    let mut vendor = world.signed_in(VENDOR).await;
    let list = vendor.get("/fn/bills/console-list?query=q%3D2026-06").await.listed();
    let estimate = list.rows[0].id.clone();
    let bill = vendor.get(&format!("/fn/bills/console-detail?id={estimate}")).await.json();
    let version = bill["version"].as_i64().expect("a version");
    let early = vendor.call("/fn/bills/issue", &format!("bill={estimate}&version={version}")).await;
    assert_eq!(early.fault(), (409, "PERIOD_OPEN".to_owned()));
    assert_eq!(vendor.call("/fn/bills/remake", &format!("bill={estimate}&version={version}")).await.status, 200);
    assert_eq!(vendor.call("/fn/bills/remake", &format!("bill={estimate}&version={version}")).await.fault(), (409, "STALE".to_owned()));
    let form = format!("bill={estimate}&amount=-6.18&reason=x&idempotency_key=key-00009");
    assert_eq!(vendor.call("/fn/bills/adjust", &form).await.status, 200);
    let mut clerk = world.signed_in(CLERK).await;
    assert!(clerk.get("/sales/bill?period=2026-06").await.text().contains("data-amount=\"412900.00\""));
    assert!(clerk.get("/messages").await.text().contains("2026-06 账单调账"));
    let mut partner = world.signed_in(PARTNER).await;
    assert_eq!(partner.call("/fn/bills/adjust", &form).await.fault(), (403, "OTHER_SIDE".to_owned()));
    assert_eq!(partner.get("/fn/bills/console-list?query=").await.fault(), (403, "OTHER_SIDE".to_owned()));
}
