//! Step-up codes: for one act of one person, once, for five minutes and five tries.

use crate::house::{House, on_both};
use domain::{
    Error,
    access::{Anyone, Role, Standing},
    sign_in::{CODE_SECONDS, CODE_TRIES},
};
use store::{Access, Written, codes, outbox};

const ACT: &str = "withdraw";

async fn people(house: &House) -> Vec<Standing> {
    house.company("lanhai", &[], &[], &[Role::Administrator, Role::FinanceClerk]).await
}

fn access(house: &House, standing: &Standing) -> Access<Anyone> {
    house.store.system(standing.clone()).access().expect("anybody may")
}

/// The codes in the outbox, oldest first.
async fn codes(house: &House) -> Vec<String> {
    let sent = outbox::demo_messages(&house.store).await.expect("messages");
    sent.into_iter().filter_map(|sent| sent.message.code).collect()
}

async fn use_code(house: &House, standing: &Standing, act: &str, code: &str) -> Result<(), Error> {
    access(house, standing)
        .write(None, (standing.account, act.to_owned(), code.to_owned()), |tx, (account, act, code)| {
            Box::pin(async move {
                codes::spend(tx, *account, act, code).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

fn wrong() -> Result<(), Error> {
    Err(domain::sign_in::Refusal::CodeWrong.into())
}

on_both! {
    async fn a_code_is_sent_to_the_person_and_works_once(house) {
        let people = people(house).await;
        codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        let sent = outbox::demo_messages(&house.store).await.expect("messages");
        assert_eq!(sent[0].message.to, "0@lanhai.example");
        let code = sent[0].message.code.clone().expect("a code");
        assert_eq!(code.len(), 6);
        assert!(sent[0].message.text.contains(&code));
        assert_eq!(house.number(&format!("SELECT COUNT(*) FROM codes WHERE code_hash = '{code}'")).await, 0);
        assert_eq!(use_code(house, &people[0], ACT, &code).await, Ok(()));
        assert_eq!(use_code(house, &people[0], ACT, &code).await, wrong());
    }
}

on_both! {
    async fn a_code_is_for_its_person_and_its_act(house) {
        let people = people(house).await;
        codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        let code = codes(house).await.remove(0);
        assert_eq!(use_code(house, &people[1], ACT, &code).await, wrong());
        assert_eq!(use_code(house, &people[0], "bank", &code).await, wrong());
        assert_eq!(use_code(house, &people[0], ACT, &code).await, Ok(()));
    }
}

on_both! {
    async fn a_newer_code_replaces_the_older(house) {
        let people = people(house).await;
        for _ in 0..2 {
            codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        }
        let codes = codes(house).await;
        assert_eq!(codes.len(), 2);
        if codes[0] != codes[1] {
            assert_eq!(use_code(house, &people[0], ACT, &codes[0]).await, wrong());
        }
        assert_eq!(use_code(house, &people[0], ACT, &codes[1]).await, Ok(()));
    }
}

on_both! {
    async fn a_code_is_too_old_after_five_minutes(house) {
        let people = people(house).await;
        codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        let code = codes(house).await.remove(0);
        house.execute(&format!("UPDATE codes SET sent_at_us = sent_at_us - {}", CODE_SECONDS * 1_000_000)).await;
        assert_eq!(use_code(house, &people[0], ACT, &code).await, wrong());
    }
}

on_both! {
    async fn five_wrong_tries_kill_a_code(house) {
        let people = people(house).await;
        codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        let code = codes(house).await.remove(0);
        for _ in 0..CODE_TRIES {
            codes::count_wrong(&access(house, &people[0]), ACT).await.expect("counted");
        }
        assert_eq!(use_code(house, &people[0], ACT, &code).await, wrong());
        codes::send(&access(house, &people[0]), ACT).await.expect("a new one");
        let code = codes(house).await.remove(1);
        assert_eq!(use_code(house, &people[0], ACT, &code).await, Ok(()));
    }
}

on_both! {
    async fn a_code_that_an_undone_act_used_can_be_used_again(house) {
        let people = people(house).await;
        codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        let code = codes(house).await.remove(0);
        let refused: Result<(), Error> = access(house, &people[0])
            .write(None, (people[0].account, code.clone()), |tx, (account, code)| {
                Box::pin(async move {
                    codes::spend(tx, *account, ACT, code).await?;
                    Err(Error::Stale)
                })
            })
            .await;
        assert_eq!(refused, Err(Error::Stale));
        assert_eq!(use_code(house, &people[0], ACT, &code).await, Ok(()));
    }
}

on_both! {
    async fn sixteen_uses_of_a_code_at_once_are_one(house) {
        let people = people(house).await;
        codes::send(&access(house, &people[0]), ACT).await.expect("a code");
        let code = codes(house).await.remove(0);
        let uses = futures::future::join_all((0..16).map(|_| use_code(house, &people[0], ACT, &code))).await;
        assert_eq!(uses.iter().filter(|used| used.is_ok()).count(), 1, "{uses:?}");
        assert!(uses.iter().all(|used| used.is_ok() || *used == wrong()), "{uses:?}");
    }
}

on_both! {
    async fn messages_of_many_people_at_once_all_go_out_in_one_order(house) {
        let roles = [Role::Administrator; 12];
        let people = house.company("lanhai", &[], &[], &roles).await;
        let accesses: Vec<_> = people.iter().map(|standing| access(house, standing)).collect();
        for sent in futures::future::join_all(accesses.iter().map(|access| codes::send(access, ACT))).await {
            assert_eq!(sent, Ok(()));
        }
        assert_eq!(codes(house).await.len(), 12);
        assert_eq!(house.number("SELECT MAX(seq) FROM outbox").await, 12);
    }
}

on_both! {
    async fn outside_of_a_demo_a_person_gets_one_code_a_minute_and_ten_a_day(house) {
        let people = people(house).await;
        let strict = house.strict().await;
        let access = |at: usize| strict.system(people[at].clone()).access::<Anyone>().expect("anybody may");
        codes::send(&access(0), ACT).await.expect("a code");
        let refused = codes::send(&access(0), "another act").await;
        assert!(matches!(refused, Err(Error::TooMany { wait_seconds: 1..=60 })), "{refused:?}");
        codes::send(&access(1), ACT).await.expect("a code for somebody else");
        assert_eq!(codes(house).await.len(), 2, "what was refused was not sent");
        for _ in 1..10 {
            house.execute("UPDATE throttles SET begun_at_us = begun_at_us - 61000000 WHERE key LIKE 'code/60/%'").await;
            codes::send(&access(0), ACT).await.expect("another minute");
        }
        house.execute("UPDATE throttles SET begun_at_us = begun_at_us - 61000000 WHERE key LIKE 'code/60/%'").await;
        let refused = codes::send(&access(0), ACT).await;
        assert!(matches!(refused, Err(Error::TooMany { wait_seconds: 3601.. })), "{refused:?}");
    }
}
