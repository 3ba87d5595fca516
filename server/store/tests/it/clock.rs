//! Business time can be moved and stopped; sessions do not notice.

use crate::{
    house::{PASSWORD, on_both},
    library::{day, imported},
};
use domain::access::{Program, Role};
use store::{demo, sessions};

on_both! {
    async fn a_moved_clock_runs_on_from_there_on_every_server(house) {
        let other = house.another().await;
        demo::set_clock(&house.stranger("x"), day("2026-07-05")).await.expect("moved");
        assert_eq!(house.store.clock.now().day().to_string(), "2026-07-05");
        assert!(house.store.clock.now() >= day("2026-07-05"));
        other.read_clock().await.expect("read");
        assert_eq!(other.clock.offset_us(), house.store.clock.offset_us());
        other.db.close().await;
    }
}

on_both! {
    async fn a_session_survives_a_jump_of_the_clock(house) {
        house.company("lanhai", &[], &[Program::CspProgram], &[Role::Administrator]).await;
        let key = sessions::sign_in(&house.stranger("x"), "0@lanhai.example", PASSWORD, "").await.expect("a session").key;
        demo::set_clock(&house.stranger("x"), day("2030-01-01")).await.expect("moved");
        let (caller, due) = sessions::resume(&house.store, &key, "x".to_owned(), "x".to_owned()).await.expect("an answer");
        assert!(caller.standing.is_some());
        assert_eq!(due, None);
    }
}

on_both! {
    async fn what_happens_while_the_clock_stands_still_happens_at_that_moment(house) {
        let moment = day("2026-02-03").plus_seconds(4_711);
        house.store.clock.stand_at(Some(moment));
        house.draft("草稿").await;
        house.publish(imported("资料", "")).await;
        assert_eq!(house.number("SELECT MIN(at_us) FROM audit").await, moment.0);
        assert_eq!(house.number("SELECT MAX(at_us) FROM audit").await, moment.0);
        house.store.clock.stand_at(None);
        assert!(house.store.clock.now() > moment);
    }
}
