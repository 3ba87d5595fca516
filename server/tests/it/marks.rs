//! Favourites, followed documents, what one downloaded, and several documents in one zip file (domain.md F1).

use crate::{
    client::{Client, Reply},
    world::{EDITOR, NEWBIE, PARTNER, World},
};
use std::io::{Cursor, Read as _};

fn count(reply: &Reply) -> i64 {
    reply.listed().total
}

async fn mine(client: &mut Client, mine: &str) -> i64 {
    count(&client.get(&format!("/fn/library/list?query=mine%3D{mine}")).await)
}

#[tokio::test]
async fn a_mark_is_the_persons_own_and_is_taken_back_as_easily() {
    let world = World::start().await;
    let (mut one, mut other) = (world.signed_in(PARTNER).await, world.signed_in("sales@lanhai.example").await);
    let document = demo::known::policy();
    let page = format!("/support/library/{document}");
    let before = mine(&mut one, "favourite").await;
    let followed = mine(&mut one, "followed").await;
    for _ in 0..2 {
        let marked = one.submit("/fn/library/mark", &format!("document={document}&mark=favourite&on=yes&from={page}")).await;
        assert_eq!((marked.status, marked.location()), (303, page.as_str()));
    }
    assert_eq!(mine(&mut one, "favourite").await, before + 1, "twice is once");
    assert_eq!(mine(&mut one, "followed").await, followed, "the other mark is another one");
    assert!(one.open(&page).await.text().contains("action-unfavourite"));
    assert!(other.open(&page).await.text().contains("action-favourite"), "a colleague marked nothing");
    assert_eq!(one.call("/fn/library/mark", &format!("document={document}&mark=favourite&on=no")).await.status, 200);
    assert_eq!(mine(&mut one, "favourite").await, before);
}

#[tokio::test]
async fn what_one_may_not_see_cannot_be_marked_or_packed() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let (own, foreign) = (demo::known::policy(), demo::known::for_distributors());
    for (document, mark, on, code) in [
        (foreign.to_string(), "favourite", "yes", (404, "NOT_FOUND")),
        (domain::Id(7).to_string(), "favourite", "yes", (404, "NOT_FOUND")),
        (own.to_string(), "downloaded", "yes", (422, "INVALID")),
        (own.to_string(), "liked", "yes", (422, "INVALID")),
        (own.to_string(), "favourite", "maybe", (422, "INVALID")),
    ] {
        let reply = client.call("/fn/library/mark", &format!("document={document}&mark={mark}&on={on}")).await;
        assert_eq!(reply.fault(), (code.0, code.1.to_owned()), "{document} {mark} {on}");
    }
    for (query, code) in [
        (format!("id={own}&id={foreign}"), (404, "NOT_FOUND")),
        (format!("id={own}&id=x"), (404, "NOT_FOUND")),
        (String::new(), (422, "INVALID")),
        ((1..=51).map(|no| format!("id={}&", domain::Id(no))).collect(), (422, "TOO_MANY_DOCUMENTS")),
    ] {
        let reply = client.get(&format!("/support/library/zip?{query}")).await;
        assert_eq!(reply.fault(), (code.0, code.1.to_owned()), "{query}");
    }
    let mut newbie = world.signed_in(NEWBIE).await;
    assert_eq!(newbie.get(&format!("/support/library/zip?id={own}")).await.fault(), (403, "PROGRAM_NEEDED".to_owned()));
    assert_eq!(world.stranger().get(&format!("/support/library/zip?id={own}")).await.status, 401);
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.get(&format!("/support/library/zip?id={own}")).await.fault(), (403, "OTHER_SIDE".to_owned()));
}

#[tokio::test]
async fn a_zip_file_holds_the_files_as_they_are_and_counts_as_downloads() {
    let world = World::start().await;
    let mut client = world.signed_in("sales@lanhai.example").await;
    let (document, link) = (demo::known::policy(), demo::known::link());
    let before = mine(&mut client, "downloaded").await;
    let reply = client.get(&format!("/support/library/zip?id={document}&id={link}&id={document}")).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/zip")));
    let disposition = reply.header("content-disposition").expect("a name");
    assert!(disposition.starts_with("attachment; filename=\"library-2026-06-18.zip\""), "{disposition}");
    let mut zip = zip::ZipArchive::new(Cursor::new(reply.body)).expect("a zip file");
    assert_eq!(zip.len(), 2, "each document once");
    let mut file = Vec::new();
    zip.by_index(0).expect("a file").read_to_end(&mut file).expect("whole");
    let alone = client.get(&format!("/support/library/{document}/download")).await;
    assert_eq!(file, alone.body);
    let mut shortcut = String::new();
    let mut second = zip.by_index(1).expect("a shortcut");
    let name = second.name().expect("a name").into_owned();
    assert!(name.ends_with(".url"), "{name}");
    second.read_to_string(&mut shortcut).expect("whole");
    assert!(shortcut.starts_with("[InternetShortcut]\r\nURL=https://help.beiyu.example/"), "{shortcut}");
    assert!(mine(&mut client, "downloaded").await >= before.max(1));
    let recent = client.get("/fn/library/recent").await.json();
    assert_eq!(recent[0]["document"], document.to_string(), "{recent}");
}

#[tokio::test]
async fn chosen_documents_are_packed_or_marked_by_one_form_without_script() {
    let world = World::start().await;
    let mut client = world.signed_in("sa@lanhai.example").await;
    let (own, link, foreign) = (demo::known::policy(), demo::known::link(), demo::known::for_distributors());
    let chosen = format!("task%5B%5D={own}&task%5B%5D={link}&task%5B%5D={own}&from=/support/library");
    let packed = client.submit("/fn/library/batch", &format!("{chosen}&step=pack")).await;
    assert_eq!((packed.status, packed.location()), (303, format!("/support/library/zip?id={own}&id={link}").as_str()));
    assert_eq!(client.get(packed.location()).await.header("content-type"), Some("application/zip"));
    let before = mine(&mut client, "favourite").await;
    let among = client.call("/fn/library/batch", &format!("task%5B%5D={own}&task%5B%5D={foreign}&step=favourite")).await;
    assert_eq!(among.fault(), (404, "NOT_FOUND".to_owned()));
    assert_eq!(mine(&mut client, "favourite").await, before, "all or none");
    let marked = client.submit("/fn/library/batch", &format!("{chosen}&step=favourite")).await;
    assert_eq!((marked.status, marked.location()), (303, "/support/library"));
    assert!(client.open("/support/library").await.text().contains("已收藏 2 份资料"));
    assert_eq!(mine(&mut client, "favourite").await, before + 2);
    let many: String = (1..=51).map(|no| format!("task%5B%5D={}&", domain::Id(no))).collect();
    for (body, code) in [
        ("step=pack".to_owned(), (422, "INVALID")),
        ("step=favourite".to_owned(), (422, "INVALID")),
        (format!("{many}step=pack"), (422, "TOO_MANY_DOCUMENTS")),
        (format!("task%5B%5D={own}&step=burn"), (422, "INVALID")),
        ("task%5B%5D=x&step=pack".to_owned(), (404, "NOT_FOUND")),
    ] {
        assert_eq!(client.call("/fn/library/batch", &body).await.fault(), (code.0, code.1.to_owned()), "{body}");
    }
    let refused = client.submit("/fn/library/batch", &format!("{many}step=pack&from=/support/library?size%3D100")).await;
    assert!(client.open(refused.location()).await.text().contains("一次最多打包 50 份资料"), "said above the list");
    let all = client.open("/support/library?size=10&pick=page").await.text();
    let boxes: Vec<&str> = all.split("class=\"pick\"").skip(1).filter_map(|part| part.split('>').next()).collect();
    assert_eq!(boxes.len(), 10);
    assert!(boxes.iter().all(|attributes| attributes.contains(" checked")), "the address chooses all rows of its page: {boxes:?}");
}

#[tokio::test]
async fn where_nothing_is_found_the_page_says_how_many_there_are_with_one_filter_less() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let count = |page: &str, testid: &str| {
        let after = page.split_once(&format!("data-testid=\"{testid}\" data-count=\"")).map(|(_, rest)| rest.to_owned());
        after.and_then(|rest| rest.split('"').next().map(str::to_owned))
    };
    let all = client.open("/support/library?category=policy/incentive").await.text();
    let there = count(&all, "result-count").expect("a count");
    assert_ne!(there, "0");
    let none = client.open("/support/library?category=policy/incentive&from=1999-01-01&to=1999-01-02").await.text();
    assert_eq!((count(&none, "result-count").as_deref(), count(&none, "without")), (Some("0"), Some(there)));
    assert!(none.contains("更新：1999-01-01 至 1999-01-02"), "which filters they are");
    assert_eq!(count(&all, "without"), None);
}
