//! No space: what cannot be kept is refused with 503, what was acknowledged is there, and all goes on when there is room again.

use crate::{
    exports::{Works, ended, id, rows},
    world::{PARTNER, World},
};
use std::os::unix::fs::symlink;
use store::db::Db;

/// Lets the database have this many pages from now on; the writer's own limit is the same code that a full disk meets.
async fn pages_max(world: &World, pages: i64) {
    let Db::Lite { writer, .. } = &world.store.db else { panic!("no SQLite") };
    sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).execute(writer).await.expect("a limit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn m5_a_full_database_refuses_with_503_and_loses_nothing_that_it_acknowledged() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let (mut acknowledged, mut number) = (Vec::new(), 0);
    // Less than there are: it cannot grow.
    pages_max(&world, 1).await;
    let refused = loop {
        number += 1;
        let asked = client.call("/fn/exports/request", &format!("source=library&kind=csv&query=q%3D{number}")).await;
        if asked.status != 200 {
            break asked;
        }
        let task = rows(&mut client, "list").await.iter().find(|row| row["state"] == "queued").map(|row| id(row).to_owned());
        let task = task.expect("what was acknowledged is there");
        let cancelled = client.call("/fn/exports/cancel", &format!("task={task}")).await;
        if cancelled.status != 200 {
            break cancelled;
        }
        acknowledged.push(task);
    };
    assert_eq!((refused.fault(), refused.header("retry-after")), ((503, "UNAVAILABLE".to_owned()), Some("5")));
    // The limit is one connection's, and that one is not used any more: there is room again, and nothing was restarted.
    assert_eq!(client.call("/fn/exports/request", "source=library&kind=csv&query=q%3Dafterwards").await.status, 200);
    assert_eq!(store::audit::check(&world.store).await.expect("a check").findings, []);
    let Db::Lite { readers, .. } = &world.store.db else { panic!("no SQLite") };
    for task in acknowledged {
        let find = sqlx::query_scalar("SELECT state FROM export_tasks WHERE id = $1").bind(&task);
        let state: String = find.fetch_one(readers).await.expect("a task that was acknowledged");
        assert_eq!(state, "cancelled", "{task}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_export_that_finds_no_space_is_made_when_there_is_room_again() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    let page = client.get("/fn/library/list?query=").await.listed();
    assert_eq!(client.call("/fn/exports/request", "source=library&kind=csv&query=").await.status, 200);
    let Db::Lite { readers, .. } = &world.store.db else { panic!("no SQLite") };
    let (task, job): (String, String) =
        sqlx::query_as("SELECT x.id, j.id FROM export_tasks x, jobs j WHERE x.state = 'queued' AND j.state = 'queued'")
            .fetch_one(readers)
            .await
            .expect("work");
    // The first try writes to a device that is always full.
    let scratch = world.store.files.scratch(&format!("export-{task}-{job}"));
    symlink("/dev/full", &scratch).expect("a link");
    let works = Works::of(&world);
    let row = ended(&mut client, "list").await.remove(0);
    assert_eq!((row["state"].as_str(), row["rows_done"].as_i64()), (Some("completed"), Some(page.total)), "{row}");
    let tries: i64 =
        sqlx::query_scalar("SELECT tries FROM export_tasks WHERE id = $1").bind(&task).fetch_one(readers).await.expect("a number");
    assert_eq!(tries, 2);
    let file = client.get(&format!("/exports/{}/file", id(&row))).await;
    assert_eq!(i64::try_from(file.text().lines().count()).ok(), Some(page.total + 1));
    works.end().await;
    assert!(!scratch.exists());
}
