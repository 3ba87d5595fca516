//! Wrong passwords: counted per account and place, so that nobody can lock out somebody else.

use crate::house::{House, PASSWORD, on_both};
use domain::{
    Error,
    access::Role,
    sign_in::{TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS, WINDOW_SECONDS},
};
use store::sessions;

const HERE: &str = "10.0.0.1";

async fn answer(house: &House, address: &str, email: &str, password: &str) -> Result<(), Error> {
    sessions::sign_in(&house.stranger(address), email, password, "").await.map(|_| ())
}

async fn is_told_to_wait(house: &House, address: &str, email: &str, password: &str) -> bool {
    matches!(answer(house, address, email, password).await, Err(Error::TooMany { wait_seconds: 1..=WINDOW_SECONDS }))
}

/// So many wrong passwords of an account from a place.
async fn guess(house: &House, address: &str, email: &str, times: i64) {
    for _ in 0..times {
        assert_eq!(answer(house, address, email, "wrong").await.map_err(|error| error.status()), Err(401));
    }
}

on_both! {
    async fn after_five_wrong_passwords_even_the_right_one_has_to_wait(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        guess(house, HERE, "0@lanhai.example", TRIES_PER_ACCOUNT).await;
        assert!(is_told_to_wait(house, HERE, "0@lanhai.example", PASSWORD).await);
        assert!(is_told_to_wait(house, HERE, " 0@LANHAI.example", PASSWORD).await, "another spelling is the same account");
    }
}

on_both! {
    async fn the_owner_is_not_locked_out_by_somebody_elses_guesses(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        guess(house, HERE, "0@lanhai.example", TRIES_PER_ACCOUNT).await;
        assert_eq!(answer(house, "10.0.0.2", "0@lanhai.example", PASSWORD).await, Ok(()));
    }
}

on_both! {
    async fn after_the_wait_the_right_password_works_and_clears_the_count(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        guess(house, HERE, "0@lanhai.example", TRIES_PER_ACCOUNT).await;
        house.execute(&format!("UPDATE throttles SET begun_at_us = begun_at_us - {}", WINDOW_SECONDS * 1_000_000)).await;
        assert_eq!(answer(house, HERE, "0@lanhai.example", PASSWORD).await, Ok(()));
        guess(house, HERE, "0@lanhai.example", TRIES_PER_ACCOUNT - 1).await;
        assert_eq!(answer(house, HERE, "0@lanhai.example", PASSWORD).await, Ok(()));
        guess(house, HERE, "0@lanhai.example", TRIES_PER_ACCOUNT).await;
        assert!(is_told_to_wait(house, HERE, "0@lanhai.example", PASSWORD).await);
    }
}

on_both! {
    async fn a_place_that_tries_many_accounts_has_to_wait_with_all_of_them(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        guess(house, HERE, "0@lanhai.example", 1).await;
        house.execute(&format!("UPDATE throttles SET tries = {TRIES_PER_ADDRESS} WHERE key LIKE 'address/%'")).await;
        assert!(is_told_to_wait(house, HERE, "never.tried@lanhai.example", PASSWORD).await);
        assert_eq!(answer(house, "10.0.0.2", "0@lanhai.example", PASSWORD).await, Ok(()));
    }
}

on_both! {
    async fn an_unknown_account_is_counted_and_answered_like_a_known_one(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let known = answer(house, HERE, "0@lanhai.example", "wrong").await;
        let unknown = answer(house, HERE, "nobody@lanhai.example", "wrong").await;
        assert_eq!(known, unknown);
        assert_eq!(house.number("SELECT COUNT(*) FROM throttles WHERE key LIKE 'account/%'").await, 2);
    }
}

on_both! {
    async fn a_password_longer_than_any_is_refused_without_looking_for_it(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let long = answer(house, HERE, "0@lanhai.example", &"x".repeat(100_000)).await;
        assert_eq!(long.map_err(|error| error.code().to_owned()), Err("SIGN_IN_FAILED".to_owned()));
    }
}

on_both! {
    async fn many_wrong_passwords_at_once_are_all_counted(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let tries = (0..16).map(|_| answer(house, HERE, "0@lanhai.example", "wrong"));
        for answer in futures::future::join_all(tries).await {
            let status = answer.map_err(|error| error.status());
            assert!(matches!(status, Err(401 | 429)), "{status:?}");
        }
        let counted = house.number("SELECT tries FROM throttles WHERE key LIKE 'account/%'").await;
        assert!((TRIES_PER_ACCOUNT..=16).contains(&counted), "{counted}");
    }
}
