//! Previews of documents (domain.md F1): a picture of ours instead of the document, for those who may see it.

use crate::world::{EDITOR, PARTNER, World};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

#[tokio::test]
async fn a_page_of_a_pdf_is_shown_as_a_picture_with_its_text_below() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let path = format!("/support/library/{}/preview", demo::known::policy());
    let page = client.open(&format!("{path}?page=1")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains(&format!(r#"src="{path}/picture?page=1""#)) && text.contains("preview-text"), "{text}");
    let picture = client.get(&format!("{path}/picture?page=1")).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")));
    assert!(picture.body.starts_with(PNG));
    assert_eq!(picture.header("x-content-type-options"), Some("nosniff"));
    let tag = picture.header("etag").expect("a tag").to_owned();
    let again = client.send("GET", &format!("{path}/picture?page=1"), &[("If-None-Match", &tag)], b"").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let far = client.open(&format!("{path}?page=4000000000")).await;
    assert_eq!(far.status, 200, "a page behind the last one is the last one");
    let downloads = client.get("/fn/library/list?query=mine%3Ddownloaded").await;
    let before = downloads.listed().total;
    client.get(&format!("{path}/picture")).await;
    assert_eq!(client.get("/fn/library/list?query=mine%3Ddownloaded").await.listed().total, before, "looking is no download");
}

#[tokio::test]
async fn a_preview_is_for_those_who_may_see_the_document() {
    let world = World::start().await;
    let (own, foreign) = (demo::known::policy(), demo::known::for_distributors());
    let mut client = world.signed_in(PARTNER).await;
    for id in [foreign.to_string(), domain::Id(7).to_string(), "x".to_owned()] {
        assert_eq!(client.open(&format!("/support/library/{id}/preview")).await.status, 404, "{id}");
        assert_eq!(client.get(&format!("/support/library/{id}/preview/picture")).await.fault(), (404, "NOT_FOUND".to_owned()), "{id}");
    }
    assert_eq!(client.open(&format!("/console/library/{own}/preview")).await.status, 403);
    assert_eq!(world.stranger().get(&format!("/support/library/{own}/preview/picture")).await.status, 401);
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.open(&format!("/console/library/{foreign}/preview")).await.status, 200);
    assert!(editor.get(&format!("/console/library/{foreign}/preview/picture")).await.body.starts_with(PNG));
    assert_eq!(editor.open(&format!("/support/library/{own}/preview")).await.status, 403);
}
