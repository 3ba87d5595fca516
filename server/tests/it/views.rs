//! Views, columns, density and batches as forms without script; and the page of all components.

use crate::{
    client::{HTML, JSON, URLENCODED},
    listed::Listed,
    world::{DISTRIBUTOR, NEWBIE, PARTNER, Wishes, World},
};

/// The list of a question, as its person keeps it.
async fn asked(client: &mut crate::client::Client, query: &str) -> Listed {
    client.get(&format!("/fn/library/list?query={}", crate::forms::encoded(query))).await.listed()
}

/// Chips of the filter bar.
fn chips(page: &Listed) -> usize {
    page.markup.matches("class=\"chip\"").count()
}

#[tokio::test]
async fn a_view_is_saved_opened_made_the_default_and_removed() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let saved = client
        .submit("/fn/views/save", "list=library&view=&name=PDF&query=format%3Dpdf%26page%3D2&from=/support/library%3Fformat%3Dpdf")
        .await;
    assert_eq!(saved.status, 303);
    let to = saved.location().to_owned();
    assert!(to.starts_with("/support/library?format=pdf&view="), "{to}");
    let id = to.rsplit('=').next().expect("an id").to_owned();
    let page = client.open(&to).await.text();
    assert!(page.contains("视图已保存") && page.contains(&format!("data-id=\"{id}\"")), "the notice, and the view in the menu");
    assert_eq!(chips(&asked(&mut client, "").await), 0, "it is no default");
    let chosen = client.submit("/fn/views/default", &format!("list=library&view={id}&from=/support/library")).await;
    assert_eq!((chosen.status, chosen.location()), (303, "/support/library"));
    let bare = asked(&mut client, "").await;
    assert!(bare.markup.contains(&format!("name=\"view\" value=\"{id}\"")), "{}", bare.markup);
    assert_eq!((chips(&bare), chips(&asked(&mut client, "view=all").await)), (1, 0));
    assert_eq!(client.call("/fn/views/remove", &format!("list=library&view={id}")).await.status, 200);
    assert_eq!(chips(&asked(&mut client, "").await), 0);
}

#[tokio::test]
async fn a_name_that_is_missing_leads_back_with_the_sentence() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let refused = client.call("/fn/views/save", "list=library&view=&name=+&query=").await;
    assert_eq!((refused.fault(), refused.json()["field"].as_str()), ((422, "VIEW_NAME".to_owned()), Some("name")));
}

#[tokio::test]
async fn views_are_only_kept_of_lists_that_one_may_read() {
    let world = World::start().await;
    let mut newbie = world.signed_in(NEWBIE).await;
    let refused = newbie.call("/fn/views/save", "list=library&view=&name=x&query=").await;
    assert_eq!(refused.fault(), (403, "PROGRAM_NEEDED".to_owned()));
    for path in ["/fn/views/save", "/fn/lists/arrange"] {
        let body = if path.ends_with("save") { "list=console-exports&view=&name=x&query=" } else { "list=console-exports&density=compact" };
        assert_eq!(newbie.call(path, body).await.fault(), (403, "OTHER_SIDE".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn another_companys_view_is_not_there() {
    let world = World::start().await;
    let mut owner = world.signed_in(PARTNER).await;
    let reply = owner.call("/fn/views/save", "list=library&view=&name=x&query=format%3Dpdf&shared=yes").await;
    let to = reply.json()["to"].as_str().expect("an address").to_owned();
    let id = to.rsplit('=').next().expect("an id").to_owned();
    let mut other = world.signed_in(DISTRIBUTOR).await;
    assert!(!other.open("/support/library").await.text().contains(&id));
    for (path, body) in [
        ("/fn/views/remove", format!("list=library&view={id}")),
        ("/fn/views/default", format!("list=library&view={id}")),
        ("/fn/views/save", format!("list=library&view={id}&name=y&query=")),
    ] {
        assert_eq!(other.call(path, &body).await.fault(), (404, "NOT_FOUND".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn columns_are_chosen_moved_and_forgotten() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    // By the labels of the heads; sorted columns have a link in theirs.
    let columns = |page: &Listed| {
        let heads = page.markup.split("role=\"columnheader\"").skip(1).filter_map(|head| Some(head.split_once("</th>")?.0.to_owned()));
        let labels = || domain::library::LIBRARY.columns.iter().map(|column| column.label.zh);
        let label = |head: String| labels().find(|label| head.contains(&format!(">{label}")));
        heads.filter_map(label).collect::<Vec<_>>()
    };
    let body = "list=library&column%5B%5D=size&column%5B%5D=updated&density=compact&from=/support/library";
    assert_eq!(client.submit("/fn/lists/arrange", body).await.status, 303);
    let page = asked(&mut client, "").await;
    assert!(page.markup.contains("table inline-m compact"));
    assert_eq!(columns(&page), ["资料名称", "大小", "更新日期", "操作"]);
    client.call("/fn/lists/arrange", &format!("{body}&step=up:updated")).await;
    assert_eq!(columns(&asked(&mut client, "").await), ["资料名称", "更新日期", "大小", "操作"]);
    let html = client.open("/support/library").await.text();
    assert!(!html.contains("data-testid=\"cell-audience\"") && html.contains("table inline-m compact"));
    client.call("/fn/lists/arrange", &format!("{body}&step=reset")).await;
    assert_eq!(columns(&asked(&mut client, "").await).len(), 6);
    assert_eq!(client.call("/fn/lists/arrange", &format!("{body}&step=sideways")).await.fault().0, 422);
}

#[tokio::test]
async fn a_batch_does_what_can_be_done_and_names_the_rest() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    for kind in ["xlsx", "csv"] {
        client.call("/fn/exports/request", &format!("source=library&kind={kind}&query=")).await;
    }
    // Those of the day on which a world begins: its story has others.
    let list = client.get("/fn/exports/list?query=from%3D2026-06-18").await.listed();
    let ids: Vec<&str> = list.rows.iter().map(|row| row.id.as_str()).collect();
    let name = list.rows[0].text("open-panel").expect("a name");
    client.call("/fn/exports/cancel", &format!("task={}", ids[0])).await;
    let body: String = ids.iter().map(|id| format!("task%5B%5D={id}&")).collect();
    let reply = client.submit("/fn/exports/batch", &format!("{body}step=cancel&from=/sales/exports")).await;
    assert_eq!((reply.status, reply.location()), (303, "/sales/exports"));
    let page = client.open("/sales/exports").await.text();
    assert!(page.contains("已办理 1 项，未办理 1 项") && page.contains(&format!("{name}（")), "each row that was not done is named");
    let mut other = world.signed_in(DISTRIBUTOR).await;
    let foreign =
        other.call("/fn/exports/batch", &format!("{body}step=repeat")).await.json()["said"].as_str().expect("a sentence").to_owned();
    assert!(foreign.starts_with("已办理 0 项，未办理 2 项") && !foreign.contains(&name), "{foreign}");
    assert_eq!(client.call("/fn/exports/batch", "step=cancel").await.fault().0, 422, "nothing was chosen");
    assert_eq!(client.call("/fn/exports/batch", &format!("{body}step=publish")).await.fault().0, 422);
}

#[tokio::test]
async fn the_page_of_components_is_there_in_demo_mode_only() {
    let world = World::start().await;
    let page = world.signed_in(PARTNER).await.open("/kit").await;
    assert_eq!(page.status, 200);
    for part in
        ["class=\"sum\"", "class=\"timeline\"", "class=\"steps act\"", "role=\"img\"", "data-amount=\"678342.10\"", "id=\"st-wait\""]
    {
        assert!(page.text().contains(part), "{part}");
    }
    let variables = [("PC_MODE", "production".to_owned()), ("PC_PUBLIC_URL", "http://portal.example".to_owned())];
    let production = World::with(Wishes { variables: variables.into(), ..Wishes::default() }).await;
    let mut client = production.stranger();
    let host = ("Host", "portal.example");
    let form = format!("email={PARTNER}&password={}&next=/", demo::PASSWORD);
    let headers = [host, ("Content-Type", URLENCODED), ("Accept", JSON), ("Origin", "http://portal.example")];
    assert_eq!(client.send("POST", "/fn/sign-in", &headers, form.as_bytes()).await.status, 200);
    assert_eq!(client.send("GET", "/kit", &[host, ("Accept", HTML)], b"").await.status, 404);
}
