//! Sessions: how long they live, how their keys are exchanged, and who ends them.

use crate::house::{House, PASSWORD, on_both};
use domain::{
    Error,
    access::{Anyone, Program, Role, Standing},
    sign_in::{ABSOLUTE_SECONDS, IDLE_SECONDS, ROTATE_SECONDS},
};
use store::{
    Access, Caller,
    sessions::{self, Due},
};

/// A company with an administrator and a clerk.
async fn people(house: &House) -> Vec<Standing> {
    house.company("lanhai", &[], &[Program::CspProgram], &[Role::Administrator, Role::FinanceClerk]).await
}

async fn sign_in(house: &House, email: &str) -> String {
    sessions::sign_in(&house.stranger("10.0.0.1"), email, PASSWORD, "a browser").await.expect("a session").key
}

async fn resume(house: &House, key: &str) -> (Caller, Option<Due>) {
    sessions::resume(&house.store, key, "10.0.0.1".to_owned(), "test".to_owned()).await.expect("an answer")
}

async fn is_in(house: &House, key: &str) -> bool {
    resume(house, key).await.0.standing.is_some()
}

async fn access(house: &House, key: &str) -> Access<Anyone> {
    resume(house, key).await.0.access().expect("anybody may")
}

/// Lets every session be that much older in one respect.
async fn age(house: &House, column: &str, seconds: i64) {
    house.execute(&format!("UPDATE sessions SET {column} = {column} - {}", seconds * 1_000_000)).await;
}

on_both! {
    async fn a_session_knows_what_is_true_of_its_person(house) {
        let people = people(house).await;
        let key = sign_in(house, " 1@Lanhai.Example ").await;
        let (caller, due) = resume(house, &key).await;
        let found = caller.standing.expect("a person");
        assert_eq!((found.account, found.tenant, &found.roles), (people[1].account, people[1].tenant, &people[1].roles));
        assert_eq!(found.administrators, ["lanhai 0"]);
        assert_eq!(found.programs, [Program::CspProgram]);
        assert_eq!(due, None);
    }
}

on_both! {
    async fn only_the_hash_of_a_key_is_stored(house) {
        people(house).await;
        let key = sign_in(house, "0@lanhai.example").await;
        assert_eq!(key.len(), 64);
        assert_eq!(house.number(&format!("SELECT COUNT(*) FROM sessions WHERE key_hash = '{key}'")).await, 0);
        let hash = store::ids::hashed(&key);
        assert_eq!(house.number(&format!("SELECT COUNT(*) FROM sessions WHERE key_hash = '{hash}'")).await, 1);
        assert!(!is_in(house, &hash).await);
        assert!(!is_in(house, "").await);
    }
}

on_both! {
    async fn a_session_ends_after_two_hours_without_a_request(house) {
        people(house).await;
        let key = sign_in(house, "0@lanhai.example").await;
        age(house, "seen_at_us", IDLE_SECONDS - 60).await;
        let (caller, due) = resume(house, &key).await;
        assert!(caller.standing.is_some());
        assert_eq!(due, Some(Due::Touch));
        age(house, "seen_at_us", 60).await;
        assert!(!is_in(house, &key).await);
    }
}

on_both! {
    async fn a_request_keeps_a_session_alive(house) {
        people(house).await;
        let key = sign_in(house, "0@lanhai.example").await;
        age(house, "seen_at_us", IDLE_SECONDS - 60).await;
        sessions::touch(&access(house, &key).await).await.expect("touched");
        age(house, "seen_at_us", IDLE_SECONDS - 60).await;
        assert!(is_in(house, &key).await);
    }
}

on_both! {
    async fn a_session_ends_after_twelve_hours_whatever_happens(house) {
        people(house).await;
        let key = sign_in(house, "0@lanhai.example").await;
        age(house, "begun_at_us", ABSOLUTE_SECONDS - 60).await;
        assert!(is_in(house, &key).await);
        age(house, "begun_at_us", 60).await;
        assert!(!is_in(house, &key).await);
    }
}

on_both! {
    async fn an_exchanged_key_works_a_minute_longer_and_then_never_again(house) {
        people(house).await;
        let old = sign_in(house, "0@lanhai.example").await;
        age(house, "rotated_at_us", ROTATE_SECONDS).await;
        let (caller, due) = resume(house, &old).await;
        assert_eq!(due, Some(Due::Rotate));
        let new = sessions::rotate(&caller.access().expect("anybody may")).await.expect("an exchange").expect("a key").key;
        assert!(is_in(house, &new).await);
        let (with_old, due) = resume(house, &old).await;
        assert!(with_old.standing.is_some(), "requests under way still carry it");
        assert_ne!(due, Some(Due::Rotate), "it is not exchanged a second time");
        age(house, "rotated_at_us", 62).await;
        assert!(!is_in(house, &old).await);
        assert!(is_in(house, &new).await);
    }
}

on_both! {
    async fn two_requests_that_exchange_a_key_at_once_get_one_new_key(house) {
        people(house).await;
        let old = sign_in(house, "0@lanhai.example").await;
        let (first, second) = (access(house, &old).await, access(house, &old).await);
        let (first, second) = tokio::join!(sessions::rotate(&first), sessions::rotate(&second));
        let keys: Vec<_> = [first, second].into_iter().filter_map(|made| made.expect("an answer")).collect();
        assert_eq!(keys.len(), 1);
        assert!(is_in(house, &keys[0].key).await);
    }
}

on_both! {
    async fn signing_out_ends_this_session_and_no_other(house) {
        people(house).await;
        let (here, there) = (sign_in(house, "0@lanhai.example").await, sign_in(house, "0@lanhai.example").await);
        sessions::sign_out(&access(house, &here).await).await.expect("out");
        assert!(!is_in(house, &here).await);
        assert!(is_in(house, &there).await);
    }
}

on_both! {
    async fn signing_out_everywhere_ends_all_sessions_of_the_account_and_no_others(house) {
        people(house).await;
        let mut own = Vec::new();
        for _ in 0..3 {
            own.push(sign_in(house, "0@lanhai.example").await);
        }
        let other = sign_in(house, "1@lanhai.example").await;
        assert_eq!(sessions::sign_out_everywhere(&access(house, &own[1]).await).await, Ok(3));
        for key in &own {
            assert!(!is_in(house, key).await);
        }
        assert!(is_in(house, &other).await);
    }
}

on_both! {
    async fn a_removed_member_is_refused_at_the_next_request(house) {
        people(house).await;
        let key = sign_in(house, "1@lanhai.example").await;
        assert!(is_in(house, &key).await);
        house.execute("UPDATE accounts SET state = 'disabled' WHERE email = '1@lanhai.example'").await;
        assert!(!is_in(house, &key).await);
        let again = sessions::sign_in(&house.stranger("10.0.0.1"), "1@lanhai.example", PASSWORD, "").await;
        assert_eq!(again.map(|_| ()).map_err(|error| error.status()), Err(401));
    }
}

on_both! {
    async fn a_lowered_role_and_a_left_program_act_at_the_next_request(house) {
        people(house).await;
        let key = sign_in(house, "0@lanhai.example").await;
        house.execute("UPDATE accounts SET roles = 'account_manager' WHERE email = '0@lanhai.example'").await;
        house.execute("UPDATE memberships SET state = 'left'").await;
        let standing = resume(house, &key).await.0.standing.expect("a person");
        assert_eq!((standing.roles.clone(), standing.programs.clone()), (vec![Role::AccountManager], Vec::new()));
        assert!(standing.administrators.is_empty());
    }
}

on_both! {
    async fn the_oldest_of_more_than_twenty_sessions_ends(house) {
        people(house).await;
        let first = sign_in(house, "0@lanhai.example").await;
        age(house, "begun_at_us", 60).await;
        for _ in 0..19 {
            sign_in(house, "0@lanhai.example").await;
        }
        assert!(is_in(house, &first).await);
        sign_in(house, "0@lanhai.example").await;
        assert!(!is_in(house, &first).await);
        assert_eq!(house.number("SELECT COUNT(*) FROM sessions").await, 20);
    }
}

on_both! {
    async fn the_own_sessions_are_listed_newest_first_and_the_current_one_is_marked(house) {
        people(house).await;
        let old = sign_in(house, "0@lanhai.example").await;
        age(house, "begun_at_us", 60).await;
        sign_in(house, "0@lanhai.example").await;
        sign_in(house, "1@lanhai.example").await;
        let own = sessions::own(&access(house, &old).await).await.expect("sessions");
        assert_eq!(own.iter().map(|session| session.current).collect::<Vec<_>>(), [false, true]);
        assert_eq!((own[0].address.as_str(), own[0].device.as_str()), ("10.0.0.1", "a browser"));
    }
}

on_both! {
    async fn a_password_is_fresh_for_ten_minutes_and_can_be_typed_again(house) {
        people(house).await;
        let key = sign_in(house, "0@lanhai.example").await;
        assert_eq!(sessions::fresh_password(&resume(house, &key).await.0), Ok(()));
        age(house, "password_at_us", 600).await;
        assert_eq!(sessions::fresh_password(&resume(house, &key).await.0), Err(Error::ReauthRequired));
        let wrong = sessions::reauthenticate(&access(house, &key).await, "wrong").await;
        assert_eq!(wrong.map_err(|error| error.code().to_owned()), Err("REAUTH_FAILED".to_owned()));
        sessions::reauthenticate(&access(house, &key).await, PASSWORD).await.expect("the right one");
        assert_eq!(sessions::fresh_password(&resume(house, &key).await.0), Ok(()));
    }
}
