//! Clients that hang up in the middle, and many at once (threats.md T20, M7, M8): each write is wholly done or not at all, and the
//! next one finds a clean connection.

use crate::{
    house::{House, editor, member, on_both},
    library::{about, file, imported},
};
use domain::{
    Error,
    access::{Anyone, CanReadLibrary, Identity, Program},
    library::LIBRARY,
};
use rand::RngExt as _;
use std::time::{Duration, Instant};
use store::{
    Access, Key,
    library::{self, NewDocument},
};

/// How long is waited for what must come about.
const PATIENCE: Duration = Duration::from_secs(30);

fn new(title: &str) -> NewDocument {
    NewDocument { about: about(title), file: file(title) }
}

/// Lets somebody work for a random while and then hang up.
async fn hang_up<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) {
    let task = tokio::spawn(work);
    for _ in 0..rand::rng().random_range(0..40) {
        tokio::task::yield_now().await;
    }
    let micros = rand::rng().random_range(0..3_000);
    tokio::time::sleep(Duration::from_micros(micros)).await;
    task.abort();
}

/// Nothing is under way any more, and no connection was left inside a transaction.
async fn settle(house: &House) {
    if house.url.starts_with("sqlite") {
        return;
    }
    let begun = Instant::now();
    let open = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'";
    while house.number(open).await > 0 {
        assert!(begun.elapsed() < PATIENCE, "a connection stays busy or inside a transaction");
        tokio::task::yield_now().await;
    }
}

fn access_of(house: &House, tenant: u128) -> Access<Anyone> {
    house.store.system(member(tenant, &[], &[])).access().expect("anybody may")
}

/// Documents, versions and audit rows tell the same story.
async fn is_whole(house: &House) {
    let documents = house.number("SELECT COUNT(*) FROM library_documents").await;
    assert_eq!(house.number("SELECT COUNT(*) FROM library_versions").await, documents);
    assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'document_created'").await, documents);
    assert_eq!(store::audit::check(&house.store).await.expect("a check").findings, []);
}

on_both! {
    async fn two_hundred_writers_that_hang_up_leave_nothing_half_done(house) {
        for number in 0..200 {
            let editor = house.editor();
            hang_up(async move { library::create(&editor, None, new(&number.to_string())).await }).await;
        }
        assert!(library::create(&house.editor(), None, new("next")).await.is_ok(), "the very next write succeeds");
        settle(house).await;
        is_whole(house).await;
    }
}

on_both! {
    async fn two_hundred_writers_that_hang_up_at_once_do_not_keep_the_next_one_out(house) {
        let storm = (0..200).map(|number| {
            let editor = house.editor();
            hang_up(async move { library::create(&editor, None, new(&number.to_string())).await })
        });
        futures::future::join_all(storm).await;
        assert!(library::create(&house.editor(), None, new("next")).await.is_ok(), "the very next write succeeds");
        settle(house).await;
        is_whole(house).await;
    }
}

on_both! {
    async fn a_form_sent_again_after_a_hang_up_has_one_effect(house) {
        for number in 0..40 {
            let key = || format!("form-{number:04}").parse::<Key>().expect("a key");
            let (editor, first) = (house.editor(), key());
            hang_up(async move { library::create(&editor, Some(first), new(&number.to_string())).await }).await;
            library::create(&house.editor(), Some(key()), new(&number.to_string())).await.expect("an answer");
        }
        settle(house).await;
        assert_eq!(house.number("SELECT COUNT(*) FROM library_documents").await, 40);
        is_whole(house).await;
    }
}

on_both! {
    async fn readers_that_hang_up_do_not_use_up_the_connections(house) {
        for number in 0..30 {
            house.publish(imported(&number.to_string(), "云主机")).await;
        }
        let reader = || -> Access<CanReadLibrary> { house.reader(&member(1, &[Identity::Csp], &[Program::CspProgram])) };
        let storm = (0..200).map(|_| {
            let reader = reader();
            hang_up(async move { library::list(&reader, LIBRARY.read("q=%E4%BA%91")).await })
        });
        futures::future::join_all(storm).await;
        let readers: Vec<_> = (0..32).map(|_| reader()).collect();
        for page in futures::future::join_all(readers.iter().map(|reader| library::list(reader, LIBRARY.read("")))).await {
            assert_eq!(page.map(|page| page.total), Ok(30));
        }
        settle(house).await;
    }
}

on_both! {
    async fn thirty_two_writers_at_once_wait_their_turn_without_an_error(house) {
        let editor = house.editor();
        let writer = |number: usize| {
            let editor = &editor;
            async move {
                for round in 0..5 {
                    library::create(editor, None, new(&format!("{number} {round}"))).await?;
                }
                Ok::<_, Error>(())
            }
        };
        for done in futures::future::join_all((0..32).map(writer)).await {
            assert_eq!(done, Ok(()));
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM library_documents").await, 160);
        is_whole(house).await;
    }
}

on_both! {
    async fn readers_of_many_companies_who_download_the_same_document_at_once_are_all_counted(house) {
        let id = house.publish(imported("新政策", "")).await;
        let readers: Vec<_> = (1..=32).map(|tenant| house.reader(&member(tenant, &[], &[Program::CspProgram]))).collect();
        let downloading = readers.iter().map(|reader| async move {
            for _ in 0..3 {
                library::record_download(reader, id, 1).await?;
            }
            Ok::<_, Error>(())
        });
        for done in futures::future::join_all(downloading).await {
            assert_eq!(done, Ok(()));
        }
        assert_eq!(house.number("SELECT downloads FROM library_documents").await, 96);
        assert_eq!(house.number("SELECT COUNT(*) FROM library_downloads").await, 96);
    }
}

on_both! {
    async fn writers_of_many_companies_at_once_wait_their_turn_without_an_error(house) {
        let accesses: Vec<_> = (1..=32).map(|tenant| access_of(house, tenant)).collect();
        let sending = accesses.iter().map(|access| async move {
            for _ in 0..3 {
                store::codes::send(access, "withdraw").await?;
            }
            Ok::<_, Error>(())
        });
        for done in futures::future::join_all(sending).await {
            assert_eq!(done, Ok(()));
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox").await, 96);
        assert_eq!(house.number("SELECT MAX(seq) FROM outbox").await, 96);
        let checked = store::audit::check(&house.store).await.expect("a check");
        assert_eq!((checked.chains, checked.rows, checked.findings), (32, 96, Vec::new()));
    }
}

on_both! {
    async fn two_servers_write_to_one_database_without_an_error(house) {
        let other = house.another().await;
        let editors = [house.editor(), other.system(editor()).access().expect("an editor")];
        let writer = |number: usize| {
            let editor = &editors[number % 2];
            async move {
                for round in 0..4 {
                    library::create(editor, None, new(&format!("{number} {round}"))).await?;
                }
                Ok::<_, Error>(())
            }
        };
        for done in futures::future::join_all((0..8).map(writer)).await {
            assert_eq!(done, Ok(()));
        }
        is_whole(house).await;
        other.db.close().await;
    }
}
