//! The operator page: what went wrong stands there with its reason, and can be begun again once.

use crate::house::{House, editor, on_both};
use domain::{
    Error, Id, Lang,
    access::{Anyone, CanExportOwn, CanOperate, Program, Role, Standing},
    exports::{EXPORTS, FileKind, Problem, Source, State},
    operations::{Check, Health, Part, Retry, Stuck},
};
use store::{
    Access, codes,
    exports::{self, NewExport},
    jobs,
    operations::{self, Verified, note_verified},
    outbox::{self, Outcome, REFUSALS_MAX},
};

fn operator(house: &House) -> Access<CanOperate> {
    let standing = Standing { roles: vec![Role::Operations], ..editor() };
    house.store.system(standing).access().expect("an operator")
}

fn system(house: &House) -> Access<Anyone> {
    house.stranger("local")
}

async fn exporting(house: &House) -> (Access<CanExportOwn>, Id) {
    let standing = house.company("lanhai", &[], &[Program::CoDevelopment], &[Role::Administrator]).await.remove(0);
    let access: Access<CanExportOwn> = house.store.system(standing).access().expect("a partner");
    let wish = NewExport { source: Source::Library, kind: FileKind::Csv, query: String::new(), lang: Lang::Zh };
    let task = exports::request(&access, None, wish).await.expect("a task").task;
    (access, task)
}

async fn stuck(operator: &Access<CanOperate>, what: Retry) -> Vec<Stuck> {
    let page = operations::page(operator, Lang::Zh).await.expect("a page");
    page.stuck.into_iter().filter(|stuck| stuck.retry == what).collect()
}

fn code(outcome: Result<(), Error>) -> String {
    outcome.expect_err("a refusal").code().to_owned()
}

on_both! {
    async fn an_export_that_was_given_up_stands_there_with_its_reason_and_is_made_again(house) {
        let (operator, (partner, task)) = (operator(house), exporting(house).await);
        assert!(stuck(&operator, Retry::Export).await.is_empty());
        assert_eq!(code(operations::again(&operator, Retry::Export, task).await), "WRONG_STATE", "it waits for its first run");
        let leased = jobs::lease(&system(house), "w").await.expect("an answer").expect("work");
        exports::begin(&system(house), &leased).await.expect("begun");
        exports::fail(&system(house), &leased, Problem::NoSpace).await.expect("failed");
        let there = stuck(&operator, Retry::Export).await;
        assert_eq!(there.iter().map(|stuck| (stuck.id, stuck.problem.as_str())).collect::<Vec<_>>(), [(task, "服务器存储空间不足")]);
        operations::again(&operator, Retry::Export, task).await.expect("again");
        assert_eq!(code(operations::again(&operator, Retry::Export, task).await), "WRONG_STATE", "twice is once");
        let page = exports::page(&partner, EXPORTS.read("")).await.expect("a page");
        assert_eq!((page.rows[0].state, page.rows[0].problem), (State::Queued, None));
        assert!(jobs::lease(&system(house), "w").await.expect("an answer").is_some(), "there is work for it");
        assert_eq!(jobs::lease(&system(house), "w").await.expect("an answer"), None, "once");
    }
}

on_both! {
    async fn work_that_rests_is_woken(house) {
        let (operator, _) = (operator(house), exporting(house).await);
        let leased = jobs::lease(&system(house), "w").await.expect("an answer").expect("work");
        exports::begin(&system(house), &leased).await.expect("begun");
        exports::wait(&system(house), &leased, Some("the disk is away".to_owned())).await.expect("waits");
        assert_eq!(jobs::lease(&system(house), "w").await.expect("an answer"), None, "it rests");
        let there = stuck(&operator, Retry::Job).await;
        assert_eq!((there[0].id, there[0].problem.as_str(), there[0].rests), (leased.id, "the disk is away", true));
        operations::again(&operator, Retry::Job, leased.id).await.expect("again");
        assert!(jobs::lease(&system(house), "w").await.expect("an answer").is_some());
        assert_eq!(code(operations::again(&operator, Retry::Job, leased.id).await), "WRONG_STATE", "somebody is at it");
    }
}

on_both! {
    async fn mail_that_was_refused_goes_again_and_its_address_is_not_shown(house) {
        let operator = operator(house);
        let (partner, _) = exporting(house).await;
        codes::send(&partner.caller().access().expect("anybody may"), "a test").await.expect("a code");
        let to = partner.caller().standing().expect("a person").email.clone();
        for _ in 0..REFUSALS_MAX {
            house.execute("UPDATE outbox SET rest_until_us = 0").await;
            let mail = outbox::lease(&system(house), "w").await.expect("an answer").expect("a mail");
            outbox::ended(&system(house), &mail, Outcome::Refused(format!("550 no such mailbox {to}"))).await.expect("ended");
        }
        let there = stuck(&operator, Retry::Mail).await;
        assert!(!there[0].rests && there[0].whose.contains("***@") && !there[0].problem.contains(&to), "{there:?}");
        let page = operations::page(&operator, Lang::En).await.expect("a page");
        assert_eq!(page.checks.iter().find(|check| check.part == Part::Mail).map(|check| check.health), Some(Health::Attention));
        operations::again(&operator, Retry::Mail, there[0].id).await.expect("again");
        let mail = outbox::lease(&system(house), "w").await.expect("an answer").expect("it goes again");
        assert_eq!(mail.id, there[0].id);
        outbox::ended(&system(house), &mail, Outcome::Sent).await.expect("sent");
        assert_eq!(code(operations::again(&operator, Retry::Mail, mail.id).await), "WRONG_STATE", "it has gone");
    }
}

on_both! {
    async fn nothing_is_known_of_an_id_that_is_not_there(house) {
        let operator = operator(house);
        for what in [Retry::Export, Retry::Job, Retry::Mail] {
            assert_eq!(code(operations::again(&operator, what, Id(9)).await), "NOT_FOUND");
        }
        let page = operations::page(&operator, Lang::En).await.expect("a page");
        let works = |check: &Check| matches!(check.health, Health::Good | Health::Attention) || check.part == Part::Verify;
        assert!(page.checks.iter().all(works), "{:?}", page.checks);
        assert!(page.storage.database_bytes > 0 && page.storage.free_bytes.is_some_and(|free| free > 0), "{:?}", page.storage);
    }
}

on_both! {
    async fn the_last_check_of_the_data_stands_there_with_what_it_found(house) {
        let start: domain::Day = "2026-06-18".parse().expect("a day");
        house.store.clock.stand_at(Some(start.start()));
        let operator = operator(house);
        let shown = async || {
            let page = operations::page(&operator, Lang::Zh).await.expect("a page");
            page.checks.into_iter().find(|check| check.part == Part::Verify).expect("a part")
        };
        assert_eq!(shown().await.health, Health::Off, "never run");
        let clean = Verified { took_us: 1, ..Verified::default() };
        note_verified(&system(house), clean.clone()).await.expect("kept");
        let good = shown().await;
        assert_eq!(good.health, Health::Good);
        assert!(good.says.contains("2026-06-18 00:00:00"), "{}", good.says);
        house.store.clock.stand_at(Some(start.plus(9).start()));
        assert_eq!(shown().await.health, Health::Attention, "long ago");
        let bad = Verified { took_us: 1, findings: 3, first: "ledger x: a balance is wrong".to_owned() };
        note_verified(&system(house), bad).await.expect("kept");
        let found = shown().await;
        assert_eq!(found.health, Health::Bad);
        assert!(found.says.contains('3') && found.says.contains("a balance is wrong"), "{}", found.says);
        for _ in 0..120 {
            note_verified(&system(house), clean.clone()).await.expect("kept");
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM verify_runs").await, 100);
    }
}
