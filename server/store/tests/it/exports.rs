//! Exports and the queue they wait in: companies in turn, one worker each, nothing of another company, the page's own rows.

use crate::{
    house::{House, on_both},
    library::{imported, replacement},
};
use domain::{
    Error, Id, Lang,
    access::{Anyone, CanExportOwn, Program, Role, Standing},
    exports::{EXPORTS, FileKind, Problem, Refusal, Source, State},
    library::LIBRARY,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use store::{
    Access,
    exports::{self, Finished, Made, NewExport, Requested, Value},
    files::Name,
    jobs::{self, Leased},
};
use tokio::sync::{mpsc, oneshot};

async fn partner(house: &House, name: &str) -> Standing {
    house.company(name, &[], &[Program::CoDevelopment], &[Role::Administrator]).await.remove(0)
}

fn access(house: &House, standing: &Standing) -> Access<CanExportOwn> {
    house.store.system(standing.clone()).access().expect("a partner")
}

fn system(house: &House) -> Access<Anyone> {
    house.stranger("local")
}

fn wish(query: &str, kind: FileKind) -> NewExport {
    NewExport { source: Source::Library, kind, query: query.to_owned(), lang: Lang::Zh }
}

async fn asked(house: &House, standing: &Standing, query: &str) -> Id {
    exports::request(&access(house, standing), None, wish(query, FileKind::Csv)).await.expect("a task").task
}

async fn leased(house: &House, worker: &str) -> Leased {
    jobs::lease(&system(house), worker).await.expect("an answer").expect("work")
}

async fn state(house: &House, standing: &Standing, task: Id) -> State {
    let page = exports::page(&access(house, standing), EXPORTS.read("")).await.expect("a page");
    page.rows.iter().find(|row| row.id == task).expect("a row").state
}

fn finished() -> Finished {
    Finished { rows: 3, size_bytes: 7, sha256: "ab".to_owned(), manifest: "{}".to_owned() }
}

on_both! {
    async fn the_same_export_is_named_again_and_a_fourth_one_has_to_wait(house) {
        let people = house.company("lanhai", &[], &[Program::CoDevelopment], &[Role::Administrator, Role::FinanceClerk]).await;
        let one = access(house, &people[0]);
        let first = exports::request(&one, None, wish("format=pdf&page=3", FileKind::Csv)).await.expect("a task");
        let again = exports::request(&one, None, wish("page=9&format=pdf", FileKind::Csv)).await;
        assert_eq!(again, Ok(Requested { task: first.task, is_new: false }), "page and order of the address are no other question");
        let other = exports::request(&access(house, &people[1]), None, wish("format=pdf", FileKind::Csv)).await.expect("a task");
        assert!(other.is_new, "somebody else's file is another one: rights may differ");
        exports::request(&one, None, wish("format=pdf", FileKind::Xlsx)).await.expect("the third");
        let fourth = exports::request(&one, None, wish("", FileKind::Csv)).await;
        assert_eq!(fourth, Err(Refusal::TooMany { most: 3 }.into()));
        assert_eq!(house.number("SELECT COUNT(*) FROM export_tasks").await, 3);
        assert_eq!(house.number("SELECT COUNT(*) FROM jobs").await, 3);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'export_requested'").await, 3);
    }
}

on_both! {
    async fn colleagues_see_and_end_their_own_exports_and_administrators_all(house) {
        let people = house.company("lanhai", &[], &[Program::CoDevelopment], &[Role::Administrator, Role::AccountManager]).await;
        let of_administrator = asked(house, &people[0], "").await;
        let of_colleague = asked(house, &people[1], "").await;
        let (administrator, colleague) = (access(house, &people[0]), access(house, &people[1]));
        let page = exports::page(&colleague, EXPORTS.read("")).await.expect("a page");
        assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [of_colleague]);
        assert_eq!(exports::cancel(&colleague, of_administrator).await, Err(Error::NotFound));
        assert_eq!(exports::repeat(&colleague, None, of_administrator).await, Err(Error::NotFound));
        assert_eq!(exports::file(&colleague, of_administrator).await.err(), Some(Error::NotFound));
        assert_eq!(exports::names(&colleague, &[of_administrator, of_colleague]).await.expect("names").len(), 1);
        assert_eq!(exports::page(&administrator, EXPORTS.read("")).await.expect("a page").total, 2);
        exports::cancel(&administrator, of_colleague).await.expect("cancelled");
        assert_eq!(state(house, &people[0], of_administrator).await, State::Queued);
    }
}

on_both! {
    async fn nothing_of_another_company_is_there(house) {
        let (one, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        let task = asked(house, &one, "").await;
        let foreign = access(house, &other);
        assert_eq!(exports::cancel(&foreign, task).await, Err(Error::NotFound));
        assert_eq!(exports::repeat(&foreign, None, task).await, Err(Error::NotFound));
        assert_eq!(exports::file(&foreign, task).await.err(), Some(Error::NotFound));
        assert_eq!(exports::page(&foreign, EXPORTS.read("")).await.expect("a page").total, 0);
        assert_eq!(state(house, &one, task).await, State::Queued);
    }
}

on_both! {
    async fn companies_have_their_turns(house) {
        let (one, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        for query in ["format=pdf", "format=docx", "format=xlsx"] {
            asked(house, &one, query).await;
        }
        asked(house, &other, "").await;
        let turns = [leased(house, "a").await.tenant, leased(house, "b").await.tenant, leased(house, "c").await.tenant];
        assert_eq!(turns, [one.tenant, other.tenant, one.tenant]);
    }
}

on_both! {
    async fn each_piece_of_work_has_one_worker(house) {
        for name in ["a", "b", "c", "d"] {
            let standing = partner(house, name).await;
            asked(house, &standing, "").await;
            asked(house, &standing, "format=pdf").await;
        }
        let taken = (0..24).map(|worker| {
            let access = system(house);
            async move { jobs::lease(&access, &worker.to_string()).await.expect("an answer") }
        });
        let mut taken: Vec<Id> = futures::future::join_all(taken).await.into_iter().flatten().map(|leased| leased.id).collect();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), 8);
    }
}

on_both! {
    async fn the_work_of_a_worker_that_died_is_taken_up_and_what_it_still_says_counts_no_more(house) {
        let standing = partner(house, "lanhai").await;
        let task = asked(house, &standing, "").await;
        let dead = leased(house, "dead").await;
        assert!(matches!(exports::begin(&system(house), &dead).await, Ok(Made::Begun(_))));
        assert_eq!(jobs::lease(&system(house), "early").await, Ok(None), "it may still live");
        house.execute("UPDATE jobs SET leased_until_us = 0").await;
        let heir = leased(house, "heir").await;
        assert_eq!((heir.id, heir.tries), (dead.id, 2));
        assert!(matches!(exports::begin(&system(house), &heir).await, Ok(Made::Begun(task)) if task.tries == 2));
        assert_eq!(exports::progress(&system(house), &dead, 1, 3).await, Ok(false));
        assert_eq!(exports::complete(&system(house), &dead, finished()).await, Err(Error::Stale));
        for failed in [None, Some("late".to_owned())] {
            assert_eq!(exports::wait(&system(house), &dead, failed).await, Err(Error::Stale));
        }
        assert_eq!(exports::fail(&system(house), &dead, Problem::Ours).await, Err(Error::Stale));
        assert_eq!(state(house, &standing, task).await, State::Running, "nothing of the dead one's is kept");
        exports::complete(&system(house), &heir, finished()).await.expect("an end");
        assert_eq!(state(house, &standing, task).await, State::Completed);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'export_completed'").await, 1);
    }
}

on_both! {
    async fn work_that_is_given_back_does_not_count_as_a_try_and_work_that_failed_rests(house) {
        let standing = partner(house, "lanhai").await;
        let task = asked(house, &standing, "").await;
        let work = leased(house, "a").await;
        assert!(matches!(exports::begin(&system(house), &work).await, Ok(Made::Begun(_))));
        exports::wait(&system(house), &work, None).await.expect("given back");
        assert_eq!(state(house, &standing, task).await, State::Queued);
        let work = leased(house, "b").await;
        assert_eq!(work.tries, 1);
        assert!(matches!(exports::begin(&system(house), &work).await, Ok(Made::Begun(task)) if task.tries == 1));
        exports::wait(&system(house), &work, Some("the disk is slow".to_owned())).await.expect("given back");
        assert_eq!(jobs::lease(&system(house), "c").await, Ok(None), "it rests");
        assert_eq!(jobs::is_due(&house.store).await, Ok(false));
        house.execute("UPDATE jobs SET rest_until_us = 0").await;
        assert_eq!(leased(house, "d").await.tries, 2);
    }
}

on_both! {
    async fn a_cancelled_task_ends_whatever_its_worker_does(house) {
        let standing = partner(house, "lanhai").await;
        let task = asked(house, &standing, "").await;
        let work = leased(house, "a").await;
        assert!(matches!(exports::begin(&system(house), &work).await, Ok(Made::Begun(_))));
        assert_eq!(exports::progress(&system(house), &work, 1, 3).await, Ok(true));
        exports::cancel(&access(house, &standing), task).await.expect("cancelled");
        assert_eq!(exports::progress(&system(house), &work, 2, 3).await, Ok(false));
        assert!(matches!(exports::complete(&system(house), &work, finished()).await, Err(Error::WrongState { .. })));
        exports::wait(&system(house), &work, None).await.expect("an end");
        assert_eq!(state(house, &standing, task).await, State::Cancelled);
        assert_eq!(house.number("SELECT COUNT(*) FROM jobs WHERE state <> 'done'").await, 0);
        assert!(matches!(exports::cancel(&access(house, &standing), task).await, Err(Error::WrongState { .. })));
        let again = exports::repeat(&access(house, &standing), None, task).await.expect("a new task");
        assert!(again.is_new && again.task != task);
    }
}

on_both! {
    async fn a_file_goes_when_its_time_is_over(house) {
        let standing = partner(house, "lanhai").await;
        let task = asked(house, &standing, "").await;
        let work = leased(house, "a").await;
        assert!(matches!(exports::begin(&system(house), &work).await, Ok(Made::Begun(_))));
        let made = house.store.files.scratch("made");
        std::fs::write(&made, b"rows").expect("a file");
        let (sha256, size_bytes) = house.store.files.keep_export(&made, task).await.expect("kept");
        exports::complete(&system(house), &work, Finished { sha256, size_bytes, ..finished() }).await.expect("an end");
        assert_eq!(exports::file(&access(house, &standing), task).await.expect("a file").size_bytes, 4);
        assert_eq!(exports::expire(&system(house)).await, Ok(0));
        house.store.clock.stand_at(Some(house.store.clock.now().plus_days(8)));
        assert_eq!(exports::file(&access(house, &standing), task).await.err(), Some(Refusal::Expired.into()), "even before the sweep");
        assert_eq!(exports::expire(&system(house)).await, Ok(1));
        assert_eq!(state(house, &standing, task).await, State::Expired);
        assert_eq!(house.store.files.size(&Name::export(task)).await.expect("an answer"), None);
        assert_eq!(exports::file(&access(house, &standing), task).await.err(), Some(Refusal::Expired.into()));
    }
}

on_both! {
    async fn who_has_lost_the_right_gets_no_rows_and_no_file(house) {
        let standing = partner(house, "lanhai").await;
        house.publish(imported("结算说明", "正文")).await;
        let left = Standing { programs: Vec::new(), ..standing.clone() };
        let caller = house.store.system(left.clone());
        let (count, _counted) = oneshot::channel();
        let (out, _rows) = mpsc::channel(1);
        let refused = exports::rows(&caller, Source::Library, "", Lang::Zh, count, out).await;
        assert!(matches!(refused, Err(Error::WhyNot(_))));
        let refused = exports::request(&access(house, &left), None, wish("", FileKind::Csv)).await;
        assert!(matches!(refused, Err(Error::WhyNot(_))));
        assert_eq!(house.number("SELECT COUNT(*) FROM export_tasks").await, 0);
    }
}

/// All rows of a file, with the number that was said before the first.
async fn rows(house: &House, standing: &Standing, query: &str) -> (i64, Vec<Vec<Value>>) {
    let caller = house.store.system(standing.clone());
    let (count, counted) = oneshot::channel();
    let (out, mut batches) = mpsc::channel(2);
    let query = query.to_owned();
    let reading = tokio::spawn(async move { exports::rows(&caller, Source::Library, &query, Lang::Zh, count, out).await });
    let total = counted.await.expect("a count");
    let mut rows = Vec::new();
    while let Some(batch) = batches.recv().await {
        rows.extend(batch);
    }
    reading.await.expect("an end").expect("rows");
    (total, rows)
}

/// The ids of all pages of the list, in order.
async fn pages(house: &House, standing: &Standing, query: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for page in 1.. {
        let asked = LIBRARY.read(query).with_size(10).on_page(page);
        let list = store::library::list(&house.reader(standing), asked).await.expect("a page");
        ids.extend(list.rows.iter().map(|row| row.id.to_string()));
        if i64::try_from(ids.len()).expect("a number") >= list.total {
            return ids;
        }
    }
    ids
}

on_both! {
    async fn any_filter_gives_a_file_the_rows_of_the_pages_in_their_order(house) {
        let standing = partner(house, "lanhai").await;
        let mut rng = StdRng::seed_from_u64(7);
        let words = ["结算", "激励", "云主机", "API", "指南", "2026"];
        for no in 0..70 {
            let title = format!("{}{}{no}", words[rng.random_range(0..words.len())], words[rng.random_range(0..words.len())]);
            house.publish(imported(&title, words[rng.random_range(0..words.len())])).await;
        }
        for _ in 0..60 {
            let mut query = Vec::new();
            if rng.random_bool(0.5) {
                query.push(format!("q={}", words[rng.random_range(0..words.len())]));
            }
            if rng.random_bool(0.3) {
                query.push(format!("category={}", ["policy", "policy/program", "business_support"][rng.random_range(0..3)]));
            }
            if rng.random_bool(0.3) {
                query.push(format!("format={}", ["pdf", "docx"][rng.random_range(0..2)]));
            }
            if rng.random_bool(0.3) {
                query.push(format!("{}=2026-0{}-01", ["from", "to"][rng.random_range(0..2)], rng.random_range(1..4)));
            }
            if rng.random_bool(0.6) {
                query.push(format!("sort={}", ["title", "-title", "size", "-updated", "updated", "-downloads"][rng.random_range(0..6)]));
            }
            let query = query.join("&");
            let (total, rows) = rows(house, &standing, &query).await;
            let in_file: Vec<String> = rows
                .iter()
                .map(|row| match row.last() {
                    Some(Value::Text(id)) => id.clone(),
                    other => panic!("no id: {other:?}"),
                })
                .collect();
            assert_eq!(in_file, pages(house, &standing, &query).await, "{query}");
            assert_eq!(total, i64::try_from(in_file.len()).expect("a number"), "{query}");
            assert!(rows.iter().flatten().all(|value| *value != Value::Empty), "each declared column has a value");
        }
    }
}

on_both! {
    async fn a_file_is_one_state_of_the_library_while_it_changes(house) {
        let standing = partner(house, "lanhai").await;
        let mut first = None;
        for no in 0..450 {
            let id = house.publish(imported(&format!("说明{no}"), "正文")).await;
            first.get_or_insert(id);
        }
        let caller = house.store.system(standing.clone());
        let (count, counted) = oneshot::channel();
        let (out, mut batches) = mpsc::channel(1);
        let reading = tokio::spawn(async move { exports::rows(&caller, Source::Library, "", Lang::Zh, count, out).await });
        assert_eq!(counted.await, Ok(450));
        let mut rows = batches.recv().await.expect("the first rows").len();
        house.publish(imported("后来的", "正文")).await;
        store::library::replace(&house.editor(), None, replacement(first.expect("a document"), 1, "二")).await.expect("a version");
        while let Some(batch) = batches.recv().await {
            let late = batch.iter().flatten().any(|value| *value == Value::Text("后来的".to_owned()) || *value == Value::Integer(2));
            assert!(!late, "what came later is in no file that began earlier");
            rows += batch.len();
        }
        assert_eq!(rows, 450);
        reading.await.expect("an end").expect("rows");
        assert_eq!(house.list(&standing, "").await.total, 451);
    }
}

on_both! {
    async fn a_timer_rings_once_for_all_servers_and_again_when_its_time_has_come(house) {
        let access = system(house);
        let ring = || jobs::take_timer(&access, "test", 60);
        let rung = futures::future::join_all((0..8).map(|_| ring())).await;
        assert_eq!(rung.into_iter().filter(|rung| *rung == Ok(true)).count(), 1);
        assert_eq!(ring().await, Ok(false));
        house.store.clock.stand_at(Some(house.store.clock.now().plus_seconds(61)));
        assert_eq!(ring().await, Ok(true));
        house.store.clock.stand_at(Some(house.store.clock.now().plus_days(-30)));
        assert_eq!(ring().await, Ok(true), "a clock that was moved back keeps no timer waiting");
    }
}
