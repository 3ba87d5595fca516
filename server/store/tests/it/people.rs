//! Companies, programs, and whom to ask.

use crate::{
    house::{House, PASSWORD, member, on_both},
    library::imported,
};
use domain::{
    Error,
    access::{Anyone, CanJoinPrograms, Program, Role, Side, Standing},
};
use store::{Access, Written, outbox, people, sessions};

fn anyone(house: &House, standing: &Standing) -> Access<Anyone> {
    house.store.system(standing.clone()).access().expect("anybody may")
}

/// What is true of somebody at the next request.
async fn resumed(house: &House, email: &str) -> Standing {
    let key = sessions::sign_in(&house.stranger("x"), email, PASSWORD, "").await.expect("a session").key;
    let (caller, _) = sessions::resume(&house.store, &key, "x".to_owned(), "x".to_owned()).await.expect("an answer");
    (*caller.standing.expect("a person")).clone()
}

on_both! {
    async fn the_library_opens_the_moment_a_program_is_joined(house) {
        let people = house.company("newbie", &[], &[], &[Role::Administrator]).await;
        house.publish(imported("资料", "")).await;
        let before = resumed(house, "0@newbie.example").await;
        assert!(house.store.system(before).access::<domain::access::CanReadLibrary>().is_err());
        let access: Access<CanJoinPrograms> = house.store.system(people[0].clone()).access().expect("an administrator");
        for _ in 0..2 {
            people::join_program(&access, "co_development").await.expect("joined");
        }
        let after = resumed(house, "0@newbie.example").await;
        assert_eq!(after.programs, [Program::CoDevelopment]);
        assert_eq!(house.list(&after, "").await.total, 1);
    }
}

on_both! {
    async fn a_program_with_a_review_or_without_a_name_cannot_be_joined_so(house) {
        let people = house.company("newbie", &[], &[], &[Role::Administrator]).await;
        let access: Access<CanJoinPrograms> = house.store.system(people[0].clone()).access().expect("an administrator");
        for program in ["csp_program", "ei_procurement", "distributor_program", "", "no such program", "CO_DEVELOPMENT"] {
            assert_eq!(people::join_program(&access, program).await, Err(Error::Invalid { field: "program".to_owned() }), "{program}");
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM memberships").await, 0);
    }
}

on_both! {
    async fn administrators_are_asked_once_a_day_per_person_and_permission(house) {
        let roles = [Role::Administrator, Role::Administrator, Role::FinanceClerk];
        let people = house.company("newbie", &[], &[], &roles).await;
        house.company("other", &[], &[], &[Role::Administrator]).await;
        let clerk = anyone(house, &people[2]);
        for _ in 0..2 {
            assert_eq!(people::ask_administrators(&clerk, "support.library.view").await, Ok(2));
        }
        let sent = outbox::demo_messages(&house.store).await.expect("messages");
        let to: Vec<_> = sent.iter().map(|sent| sent.message.to.as_str()).collect();
        assert_eq!(to, ["0@newbie.example", "1@newbie.example"]);
        assert_eq!(people::ask_administrators(&clerk, "sales.bill.view").await, Ok(2));
        assert_eq!(people::ask_administrators(&clerk, "no.such").await, Err(Error::Invalid { field: "permission".to_owned() }));
        let nobody = house.stranger("x");
        assert_eq!(people::ask_administrators(&nobody, "sales.bill.view").await, Err(Error::AuthRequired));
    }
}

on_both! {
    async fn numbers_of_each_side_follow_each_other(house) {
        let next = |side: Side| {
            let access = house.stranger("x");
            async move {
                access
                    .write(None, side, |tx, side| Box::pin(async move { Ok(Written::quiet(people::next_number(tx, *side).await?)) }))
                    .await
            }
        };
        assert_eq!(next(Side::Partner).await, Ok("P0000001".to_owned()));
        house.company("P0000041", &[], &[], &[]).await;
        assert_eq!(next(Side::Partner).await, Ok("P0000042".to_owned()));
        assert_eq!(next(Side::Vendor).await, Ok("V0000001".to_owned()));
    }
}

on_both! {
    async fn the_command_line_acts_for_the_vendor_once_there_is_one(house) {
        assert_eq!(people::operator(&house.store, Role::Content).await, Err(Error::NotFound));
        house.company("P0000001", &[], &[], &[]).await;
        assert_eq!(people::operator(&house.store, Role::Content).await, Err(Error::NotFound));
        house.execute("UPDATE tenants SET side = 'vendor'").await;
        let operator = people::operator(&house.store, Role::Content).await.expect("the vendor");
        assert!(house.store.system(operator.clone()).access::<domain::access::CanManageLibrary>().is_ok());
        assert!(house.store.system(operator).access::<domain::access::CanReadLibrary>().is_err());
    }
}

on_both! {
    async fn an_address_can_be_used_once_whatever_its_spelling(house) {
        house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let access = house.stranger("x");
        for (address, known) in [(" 0@LANHAI.example", true), ("x@y.z", false)] {
            let found = access.write(None, address.to_owned(), |tx, address| {
                Box::pin(async move { Ok(Written::quiet(people::has_account(tx, address).await?)) })
            });
            assert_eq!(found.await, Ok(known), "{address}");
        }
    }
}

on_both! {
    async fn a_proof_is_given_for_what_a_person_may_and_nothing_else(house) {
        let csp = member(1, &[], &[Program::CspProgram]);
        assert!(house.store.system(csp.clone()).access::<domain::access::CanReadLibrary>().is_ok());
        assert!(matches!(house.store.system(csp).access::<domain::access::CanManageLibrary>().map(|_| ()), Err(Error::WhyNot(_))));
        assert_eq!(house.caller("x").access::<domain::access::CanReadLibrary>().map(|_| ()), Err(Error::AuthRequired));
    }
}
