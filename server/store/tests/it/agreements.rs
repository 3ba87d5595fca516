//! Agreements: a mandatory one keeps its companies from everything else until one of their administrators accepts it; versions replace each
//! other, and the clock closes what is over.

use crate::{
    house::{House, PASSWORD, editor, on_both},
    ledger::vendor,
    withdrawals::at,
};
use domain::{
    Day, Error, Id, Lang, Said,
    access::{
        Anyone, CanAcceptAgreements, CanManageAgreements, CanReadLibrary, CanSeeAgreements, CanUsePortal, Identity, Program, Role, Side,
        Standing,
    },
    agreement::{Draft, Move, Refusal, Stage, State},
    library::Audience,
    why_not::Reason,
};
use store::{
    Access, Key,
    agreements::{self, Acceptance, Moved},
    sessions,
};

const PROGRAMS: &[Program] = &[Program::EiProcurement];

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn draft(key: &str) -> Draft {
    let said = |zh: &str, en: &str| Said { zh: zh.to_owned(), en: en.to_owned() };
    Draft {
        key: key.to_owned(),
        title: said("数据处理协议", "Data processing terms"),
        text: said("第一条\n\n第二条", "One\n\nTwo"),
        audience: Audience { identities: Vec::new(), programs: PROGRAMS.to_vec() },
        mandatory: true,
        effective: day("2026-06-18"),
        until: Some(day("2026-06-30")),
    }
}

/// The vendor's operations, at noon of the first day.
async fn operations(house: &House) -> Access<CanManageAgreements> {
    house.store.clock.stand_at(Some(at("2026-06-18T12:00:00+08:00")));
    vendor(house).await;
    let id = house.texts(&["id"], "FROM tenants WHERE side = 'vendor'").await.remove(0).remove(0).expect("an id");
    let tenant: Id = id.parse().expect("an id");
    let standing = Standing { tenant, side: Side::Vendor, roles: vec![Role::Operations], name: "运营".to_owned(), ..editor() };
    house.store.system(standing).access().expect("operations")
}

fn key() -> Key {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    format!("agreement-{}", NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed)).parse().expect("a key")
}

async fn published(access: &Access<CanManageAgreements>, draft: Draft) -> Id {
    let id = agreements::create(access, key(), draft).await.expect("a draft");
    agreements::step(access, Moved { agreement: id, row_version: 1, step: Move::Publish }).await.expect("published");
    id
}

/// What is true of somebody at the next request.
async fn resumed(house: &House, email: &str) -> Standing {
    let key = sessions::sign_in(&house.stranger("x"), email, PASSWORD, "").await.expect("a session").key;
    let (caller, _) = sessions::resume(&house.store, &key, "x".to_owned(), "x".to_owned()).await.expect("an answer");
    let standing = (*caller.standing.expect("a person")).clone();
    let later = sessions::standing_of(&house.store, standing.account).await.expect("an answer").expect("a person");
    assert_eq!(later, standing, "later work knows the same");
    standing
}

fn reads(house: &House, standing: &Standing) -> Access<CanSeeAgreements> {
    house.store.system(standing.clone()).access().expect("agreements can always be read")
}

fn accepts(house: &House, standing: &Standing) -> Access<CanAcceptAgreements> {
    house.store.system(standing.clone()).access().expect("an administrator")
}

fn why(house: &House, standing: &Standing) -> Option<Reason> {
    match house.store.system(standing.clone()).access::<CanUsePortal>() {
        Err(Error::WhyNot(why)) => Some(why.reason),
        Err(error) => panic!("{error:?}"),
        Ok(_) => None,
    }
}

async fn word(house: &House, standing: &Standing, agreement: Id) -> Result<(), Error> {
    let sha256 = agreements::show(&reads(house, standing), agreement, Lang::Zh).await?.sha256;
    agreements::accept(&accepts(house, standing), Acceptance { agreement, sha256 }).await
}

on_both! {
    async fn a_mandatory_agreement_closes_everything_for_its_audience_until_it_is_accepted(house) {
        let vendor = operations(house).await;
        house.company("zhisuan", &[], PROGRAMS, &[Role::Administrator, Role::FinanceClerk]).await;
        house.company("lanhai", &[Identity::Csp], &[Program::CspProgram], &[Role::Administrator]).await;
        let agreement = published(&vendor, draft("data-terms")).await;

        let (admin, clerk) = (resumed(house, "0@zhisuan.example").await, resumed(house, "1@zhisuan.example").await);
        let other = resumed(house, "0@lanhai.example").await;
        assert_eq!(admin.agreement_due.as_ref().map(|due| due.id), Some(agreement));
        for standing in [&admin, &clerk] {
            assert_eq!(why(house, standing), Some(Reason::AgreementPending));
        }
        assert_eq!(why(house, &other), None, "not of the audience");
        assert_eq!(word(house, &other, agreement).await, Err(Error::NotFound));
        assert!(house.store.system(clerk.clone()).access::<CanAcceptAgreements>().is_err(), "only an administrator");
        let shown = agreements::show(&reads(house, &clerk), agreement, Lang::En).await.expect("the text");
        assert_eq!((shown.text.as_slice(), shown.blocks, shown.may_accept), (["One".to_owned(), "Two".to_owned()].as_slice(), true, false));
        assert_eq!(shown.administrators, ["zhisuan 0"]);

        let another = Acceptance { agreement, sha256: "0".repeat(64) };
        assert_eq!(agreements::accept(&accepts(house, &admin), another).await, Err(Error::Stale));
        assert_eq!(house.number("SELECT COUNT(*) FROM agreement_acceptance").await, 0);
        word(house, &admin, agreement).await.expect("accepted");
        for email in ["0@zhisuan.example", "1@zhisuan.example"] {
            let after = resumed(house, email).await;
            assert_eq!((why(house, &after), after.agreement_due.clone()), (None, None));
            assert!(house.store.system(after).access::<CanReadLibrary>().is_ok());
        }
        let again = word(house, &admin, agreement).await.expect_err("accepted once");
        assert_eq!((again.status(), again.code()), (409, "WRONG_STATE"));
        let row = agreements::page(&reads(house, &admin)).await.expect("a page").rows.remove(0);
        let kept = row.accepted.expect("a word");
        assert_eq!((row.state, kept.person.as_str(), kept.address.as_str()), (State::Accepted, "zhisuan 0", "local"));
        assert_eq!((kept.sha256, kept.at), (shown.sha256, house.store.clock.now()));
        let events = house.texts(&["action"], &format!("FROM audit WHERE tenant_id = '{}' AND action LIKE 'agreement%'", admin.tenant)).await;
        assert_eq!(events, [[Some("agreement_accepted".to_owned())]]);
    }
}

on_both! {
    async fn an_audience_is_an_identity_or_a_program_or_everybody(house) {
        let vendor = operations(house).await;
        house.company("si", &[Identity::Csp, Identity::Si], &[], &[Role::Administrator]).await;
        house.company("none", &[], &[], &[Role::Administrator]).await;
        let of = |identities: &[Identity], programs: &[Program]| Audience { identities: identities.to_vec(), programs: programs.to_vec() };
        for (audience, si, none) in [
            (of(&[Identity::Si], &[]), true, false),
            (of(&[Identity::Csp, Identity::Learning], &[Program::CspProgram]), true, false),
            (of(&[Identity::Service], &[]), false, false),
            (of(&[], &[]), true, true),
        ] {
            let id = published(&vendor, Draft { audience: audience.clone(), ..draft("for-some") }).await;
            for (email, due) in [("0@si.example", si), ("0@none.example", none)] {
                let found = resumed(house, email).await;
                assert_eq!(found.agreement_due.map(|due| due.id), due.then_some(id), "{email} {audience:?}");
            }
        }
    }
}

on_both! {
    async fn it_closes_nothing_before_it_is_in_effect_or_when_it_is_optional(house) {
        let vendor = operations(house).await;
        house.company("zhisuan", &[], PROGRAMS, &[Role::Administrator]).await;
        published(&vendor, Draft { mandatory: false, ..draft("optional") }).await;
        let later = published(&vendor, Draft { effective: day("2026-06-20"), ..draft("later") }).await;
        let now = resumed(house, "0@zhisuan.example").await;
        assert_eq!(now.agreement_due, None);
        assert_eq!(agreements::to_accept(&accepts(house, &now)).await.expect("rows").len(), 2, "both can be accepted already");
        house.store.clock.stand_at(Some(day("2026-06-20").start().plus_seconds(-1)));
        assert_eq!(resumed(house, "0@zhisuan.example").await.agreement_due, None);
        house.store.clock.stand_at(Some(day("2026-06-20").start()));
        assert_eq!(resumed(house, "0@zhisuan.example").await.agreement_due.map(|due| due.id), Some(later));
    }
}

on_both! {
    async fn a_new_version_replaces_the_word_that_was_given_for_the_old_one(house) {
        let vendor = operations(house).await;
        house.company("zhisuan", &[], PROGRAMS, &[Role::Administrator]).await;
        let first = published(&vendor, draft("data-terms")).await;
        let admin = resumed(house, "0@zhisuan.example").await;
        word(house, &admin, first).await.expect("accepted");
        let older = agreements::create(&vendor, key(), draft("data-terms")).await.expect("a draft");
        let second = published(&vendor, draft("data-terms")).await;
        let again = resumed(house, "0@zhisuan.example").await;
        assert_eq!(again.agreement_due.map(|due| due.id), Some(second));
        let states: Vec<_> = agreements::page(&reads(house, &admin)).await.expect("a page").rows.iter().map(|row| (row.version, row.state)).collect();
        assert_eq!(states, [(3, State::Pending), (1, State::Superseded)]);
        let old = agreements::show(&reads(house, &admin), first, Lang::Zh).await.expect("still there");
        assert_eq!((old.newer, old.row.accepted.is_some()), (Some(second), true));
        assert_eq!(agreements::show(&reads(house, &admin), older, Lang::Zh).await, Err(Error::NotFound), "a draft");
        let late = Moved { agreement: older, row_version: 1, step: Move::Publish };
        assert_eq!(agreements::step(&vendor, late).await, Err(Refusal::NewerPublished { version: 3 }.into()));
        assert_eq!(word(house, &admin, first).await.expect_err("replaced").code(), "WRONG_STATE");
    }
}

on_both! {
    async fn the_clock_closes_what_is_over_and_tells_whoever_did_not_accept_it(house) {
        let vendor = operations(house).await;
        house.company("zhisuan", &[], PROGRAMS, &[Role::Administrator, Role::FinanceClerk]).await;
        house.company("other", &[], PROGRAMS, &[Role::Administrator]).await;
        let agreement = published(&vendor, draft("data-terms")).await;
        let (late, good) = (resumed(house, "0@zhisuan.example").await, resumed(house, "0@other.example").await);
        word(house, &good, agreement).await.expect("accepted");
        let told = |cause: &str| format!("SELECT COUNT(*) FROM messages WHERE topic = 'company' AND cause = 'agreement/{agreement}/{cause}'");
        assert_eq!(house.number(&told("published")).await, 2, "the administrators");
        let access: Access<Anyone> = house.stranger("jobs");
        house.store.clock.stand_at(Some(day("2026-06-30").end().plus_seconds(-1)));
        agreements::ring(&access).await.expect("a round");
        assert_eq!(house.number(&told("expired")).await, 0, "the last day is not over");
        house.store.clock.stand_at(Some(day("2026-06-30").end()));
        assert_eq!(resumed(house, "0@zhisuan.example").await.agreement_due, None, "also before the clock has rung");
        for _ in 0..2 {
            agreements::ring(&access).await.expect("a round");
        }
        assert_eq!(house.number(&told("expired")).await, 1);
        let state = |rows: Vec<domain::agreement::AgreementRow>| rows.first().map(|row| row.state);
        assert_eq!(state(agreements::page(&reads(house, &late)).await.expect("a page").rows), Some(State::Expired));
        assert_eq!(state(agreements::page(&reads(house, &good)).await.expect("a page").rows), Some(State::Accepted));
        assert_eq!(word(house, &late, agreement).await.expect_err("too late").code(), "WRONG_STATE");
        let expired = "SELECT COUNT(*) FROM audit WHERE action = 'agreement_expired'";
        assert_eq!(house.number(expired).await, 1);
        let shown = agreements::console_show(&vendor, agreement).await.expect("a version");
        assert_eq!(shown.row.stage, Stage::Closed);
        let partners: Vec<_> = shown.partners.iter().map(|row| (row.number.as_str(), row.state)).collect();
        assert_eq!(partners, [("zhisuan", State::Expired), ("other", State::Accepted)]);
    }
}

on_both! {
    async fn of_two_administrators_who_accept_at_once_one_does(house) {
        let vendor = operations(house).await;
        house.company("zhisuan", &[], PROGRAMS, &[Role::Administrator, Role::Administrator]).await;
        let agreement = published(&vendor, draft("data-terms")).await;
        let (one, two) = (resumed(house, "0@zhisuan.example").await, resumed(house, "1@zhisuan.example").await);
        let (first, second) = tokio::join!(word(house, &one, agreement), word(house, &two, agreement));
        assert_ne!(first.is_ok(), second.is_ok());
        let refused = first.err().or(second.err()).expect("one of them");
        assert_eq!(refused.code(), "WRONG_STATE");
        assert_eq!(house.number("SELECT COUNT(*) FROM agreement_acceptance").await, 1);
    }
}

on_both! {
    async fn a_draft_is_kept_once_and_ends_once(house) {
        let vendor = operations(house).await;
        let key: Key = "the-same-form".parse().expect("a key");
        let id = agreements::create(&vendor, key.clone(), draft("data-terms")).await.expect("a draft");
        assert_eq!(agreements::create(&vendor, key, draft("data-terms")).await, Ok(id), "a double click");
        let discard = |row_version| Moved { agreement: id, row_version, step: Move::Discard };
        assert_eq!(agreements::step(&vendor, discard(2)).await, Err(Error::Stale));
        agreements::step(&vendor, discard(1)).await.expect("discarded");
        let publish = Moved { agreement: id, row_version: 2, step: Move::Publish };
        assert_eq!(agreements::step(&vendor, publish).await.expect_err("over").code(), "WRONG_STATE");
        let again = agreements::form(&vendor, Some(id)).await.expect("a form").of.expect("its words");
        assert_eq!((again.key.as_str(), again.until), ("data-terms", None));
        house.store.clock.stand_at(Some(day("2026-07-01").start()));
        let old = agreements::create(&vendor, self::key(), draft("data-terms")).await;
        assert_eq!(old, Err(Refusal::UntilPast.into()));
    }
}
