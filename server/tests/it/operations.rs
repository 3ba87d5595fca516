//! The operator page: for operations only, and what it begins again is in the company's audit log.

use crate::{
    client::JSON,
    world::{EDITOR, PARTNER, World},
};

const OPERATOR: &str = "operations@vendor.example";

#[tokio::test]
async fn operations_see_how_the_house_is_and_nobody_else_does() {
    let world = World::start().await;
    let mut operator = world.signed_in(OPERATOR).await;
    let page = operator.open("/console/operations").await.text();
    for part in ["database", "files", "jobs", "mail", "verify"] {
        assert!(page.contains(&format!(r#"data-testid="part" data-id="{part}""#)), "{part}");
    }
    assert!(page.contains(r#"data-state="good""#) && page.contains("SQLite"), "{page}");
    for (who, code) in [(PARTNER, "OTHER_SIDE"), (EDITOR, "FORBIDDEN")] {
        let mut other = world.signed_in(who).await;
        assert_eq!(other.send("GET", "/fn/operations/show", &[("Accept", JSON)], b"").await.fault(), (403, code.to_owned()));
        assert_eq!(other.call("/fn/operations/again", "kind=mail&id=0000000000000000000000000").await.fault().0, 403);
    }
}

#[tokio::test]
async fn what_is_not_there_or_of_no_kind_is_not_found() {
    let world = World::start().await;
    let mut operator = world.signed_in(OPERATOR).await;
    for body in ["kind=mail&id=00000000000000000000000001", "kind=mail&id=x", "kind=house&id=00000000000000000000000001", "kind=&id="] {
        assert_eq!(operator.call("/fn/operations/again", body).await.fault(), (404, "NOT_FOUND".to_owned()), "{body}");
    }
}

#[tokio::test]
async fn the_console_begins_with_what_waits_for_its_reader() {
    let world = World::start().await;
    let mut finance = world.signed_in("finance@vendor.example").await;
    let page = finance.open("/console").await.text();
    let review = finance.get("/fn/withdrawals/queue?query=tab%3Dreview").await.listed();
    let row = format!("data-queue=\"review\" data-count=\"{}\"", review.total);
    assert!(page.contains(&row) && page.contains("data-amount=\"571300.00\""), "{page}");
    assert!(page.contains("href=\"/console/withdrawals?tab=review\"") && !page.contains("href=\"/console/library"), "{page}");
    let mut editor = world.signed_in(EDITOR).await;
    let page = editor.open("/console").await.text();
    assert!(page.contains("data-queue=\"draft\"") && !page.contains("data-queue=\"review\""), "{page}");
    let mut partner = world.signed_in(PARTNER).await;
    assert_eq!(partner.send("GET", "/fn/console/home", &[("Accept", JSON)], b"").await.fault(), (403, "OTHER_SIDE".to_owned()));
}
