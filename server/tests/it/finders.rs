//! What is suggested while somebody types: pages, documents, people and companies, as far as the caller may read them.

use crate::world::{EDITOR, NEWBIE, PARTNER, World};
use domain::list::encode;

fn address(path: &str, query: &str) -> String {
    let mut address = path.to_owned();
    encode(query, &mut address);
    address
}

#[tokio::test]
async fn pages_and_documents_are_suggested_as_far_as_they_can_be_opened() {
    let world = World::start().await;
    let find = |query: &str| address("/fn/search/suggest?query=", query);
    let mut partner = world.signed_in(PARTNER).await;
    let found = partner.get(&find("资料")).await.text();
    assert!(found.contains("href=\\\"/support/library\\\"") && found.contains("/support/library/"), "{found}");
    let mut newbie = world.signed_in(NEWBIE).await;
    let found = newbie.get(&find("资料")).await.text();
    assert!(found.contains("/search?q=") && !found.contains("/support/library"), "neither page nor documents without a program: {found}");
    let odd = partner.get(&find("<b>\"'&")).await;
    assert_eq!(odd.status, 200);
    assert!(!odd.text().contains("<b>\\\"'"), "{}", odd.text());
}

#[tokio::test]
async fn the_audit_log_suggests_people_of_the_own_company_alone() {
    let world = World::start().await;
    let mut partner = world.signed_in(PARTNER).await;
    let own = partner.get(&address("/fn/audit/names?of=actor&at=action%3Dsigned_in&query=", "林晓")).await.text();
    assert!(own.contains("林晓雯") && own.contains("action=signed_in") && own.contains("actor="), "{own}");
    // 沈亦舟 works for the vendor.
    let other = partner.get(&address("/fn/audit/names?of=actor&at=&query=", "沈亦舟")).await.text();
    assert!(!other.contains("option"), "{other}");
    for (wrong, field) in [("of=company&at=&query=a", "of"), ("of=actor&at=&query=", "query"), ("of=actor&at=&query=+", "query")] {
        let refused = partner.get(&format!("/fn/audit/names?{wrong}")).await;
        assert_eq!((refused.fault(), refused.json()["field"].as_str()), ((422, "INVALID".to_owned()), Some(field)), "{wrong}");
    }
    assert_eq!(partner.get("/fn/audit/every-name?of=company&at=&query=a").await.status, 403);
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.get("/fn/audit/every-name?of=company&at=&query=a").await.status, 403, "an editor reads no logs");
}

#[tokio::test]
async fn operations_find_companies_and_people_and_a_part_of_a_name_is_enough_for_the_rows() {
    let world = World::start().await;
    let mut operations = world.signed_in("operations@vendor.example").await;
    let companies = operations.get(&address("/fn/audit/every-name?of=company&at=&query=", "澜海")).await.text();
    assert!(companies.contains("杭州澜海数科技术有限公司") && companies.contains("/console/audit?company="), "{companies}");
    let rows = operations.get(&address("/fn/audit/every-list?query=company%3D", "澜海")).await.listed();
    assert!(rows.total > 0);
    for row in &rows.rows {
        assert!(row.markup.contains("杭州澜海数科技术有限公司"), "{}", row.markup);
    }
    assert_eq!(operations.get(&address("/fn/audit/every-list?query=company%3D", "%_")).await.listed().total, 0, "no wild cards");
}

#[tokio::test]
async fn months_of_days_are_for_readers_alone_who_may_keep_them() {
    let world = World::start().await;
    let address = |month: &str| format!("/fn/lists/months?today=2026-06-18&month={month}&past=true");
    assert_eq!(world.stranger().get(&address("2026-06-18")).await.status, 401);
    let mut partner = world.signed_in(PARTNER).await;
    let months = partner.get(&address("2026-06-18")).await;
    assert_eq!((months.status, months.header("cache-control")), (200, Some("private, max-age=86400")));
    assert!(months.all("vary").any(|vary| vary.eq_ignore_ascii_case("cookie")), "the language is a cookie");
    assert!(months.text().contains("2026 年 5 月") && months.text().contains("data-day=\\\"2026-06-30\\\""), "{}", months.text());
    let last = partner.get(&address("9998-12-31")).await;
    assert!(last.text().contains("9998-12-31"), "the end of our years: {}", last.text());
    for wrong in ["2026-02-30", "", "9999-01-01", "%3Cb%3E"] {
        let refused = partner.get(&address(wrong)).await;
        assert_eq!((refused.fault(), refused.json()["field"].as_str()), ((422, "INVALID".to_owned()), Some("month")), "{wrong}");
        assert_eq!(refused.header("cache-control"), Some("no-store"), "{wrong}");
    }
    partner.cookies.push(("lang".to_owned(), "en".to_owned()));
    assert!(partner.get(&address("2026-06-18")).await.text().contains("June 2026"));
}
