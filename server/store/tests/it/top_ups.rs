//! Top-ups: a claim moves nothing, crediting moves it once however many try, and with its window it can go back the way it came.

use crate::{
    house::{House, on_both},
    ledger::{is_clean, yuan},
    withdrawals::{Stage, funds, new, stage, submit},
};
use domain::{
    Error, Id,
    access::{CanReviewTopUps, CanTopUp, Role, Standing},
    list::List,
    top_up::{CLAIMS_MAX, CONSOLE_TOP_UPS, State, Step, TOP_UPS, Typed},
    withdrawal::Fund,
};
use futures::future::join_all;
use store::{
    Access, Store,
    top_ups::{self, Claimed, Decided},
};

fn of_partner(store: &Store, who: &Standing) -> Access<CanTopUp> {
    store.system(who.clone()).access().expect("a member of a sales partner")
}

fn of_vendor(store: &Store, who: &Standing) -> Access<CanReviewTopUps> {
    store.system(who.clone()).access().expect("finance")
}

fn typed(who: &Standing, amount: &str) -> Typed {
    Typed {
        amount: amount.into(),
        payer: who.company.clone(),
        date: "2026-06-09".into(),
        bank: "招商银行 杭州滨江支行".into(),
        account_number: "5719 0823 4610 915".into(),
        note: String::new(),
    }
}

pub(crate) async fn claim(store: &Store, who: &Standing, key: &str, amount: &str) -> Result<Claimed, Error> {
    top_ups::claim(&of_partner(store, who), key.parse().expect("a key"), &typed(who, amount), None).await
}

async fn decide(store: &Store, who: &Standing, id: Id, step: Step, note: &str, paid: Option<&str>) -> Result<State, Error> {
    let key = store.ids.id().to_string().parse().expect("a key");
    let decided = Decided { top_up: id, version: 1, step, note: note.to_owned(), paid: paid.map(yuan) };
    top_ups::decide(&of_vendor(store, who), key, decided).await
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> (u16, String) {
    let error = result.expect_err("refused");
    (error.status(), error.code().to_owned())
}

async fn numbers(house: &House, list: &'static List, query: &str, stage: &Stage) -> Vec<String> {
    let page = top_ups::page(&of_partner(&house.store, &stage.clerk), list.read(query)).await.expect("a page");
    page.rows.into_iter().map(|row| row.number).collect()
}

on_both! {
    async fn a_claim_moves_nothing_until_it_is_credited_and_then_can_go_back_the_way_it_came(house) {
        let stage = stage(house).await;
        let (store, clerk) = (&house.store, &stage.clerk);
        let claimed = claim(store, clerk, "claim-key-1", "120000").await.expect("claimed");
        assert_eq!(claimed.number, "CZ20260610-0001");
        assert_eq!(claim(store, clerk, "claim-key-1", "120000").await, Ok(claimed.clone()), "the first answer again");
        assert_eq!(claim(store, clerk, "claim-key-1", "120001").await, Err(Error::KeyReused));
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_transactions").await, 0);
        assert_eq!(house.number("SELECT COUNT(*) FROM top_ups WHERE left_micros > 0").await, 0);
        let queue = top_ups::queue(&of_vendor(store, &stage.staff[0]), CONSOLE_TOP_UPS.read("")).await.expect("a queue");
        assert_eq!((queue.total, queue.waiting), (1, yuan("120000")));
        assert_eq!(decide(store, &stage.staff[0], claimed.id, Step::Credit, "BR-0001", Some("120000")).await, Ok(State::Credited));
        let now = funds(house, &stage).await;
        assert_eq!((now.cash, now.funds[0]), (yuan("120000"), yuan("120000")));
        let row = top_ups::page(&of_partner(store, clerk), TOP_UPS.read("")).await.expect("a page").rows.remove(0);
        assert_eq!((row.state, row.reference.as_str(), row.tail.as_str()), (State::Credited, "BR-0001", "0915"));
        assert_eq!(row.until.map(|day| day.to_string()), Some("2026-12-08".to_owned()), "six months from the remittance");
        submit(store, clerk, "form-key-1", new(&stage, Fund::Original, "120000")).await.expect("all of it can go back");
        assert_eq!(house.number(&format!("SELECT COUNT(*) FROM v_ledger_entry WHERE cause_id = '{}'", claimed.id)).await, 2);
        let told = format!("SELECT COUNT(*) FROM messages WHERE topic = 'funds' AND account_id = '{}'", clerk.account);
        assert_eq!(house.number(&told).await, 1, "that it is credited");
        let audit = format!("SELECT COUNT(*) FROM audit WHERE object = 'top-up/{}'", claimed.id);
        assert_eq!(house.number(&audit).await, 2, "one row for each event");
        let state = house.texts(&["state", "version"], "FROM v_money_state WHERE kind = 'top_up'").await;
        assert_eq!(state, [vec![Some("credited".to_owned()), Some("2".to_owned())]]);
        is_clean(house).await;
    }
}

on_both! {
    async fn what_does_not_fit_is_refused_and_a_line_of_the_bank_is_credited_once(house) {
        let stage = stage(house).await;
        let (store, clerk, finance) = (&house.store, &stage.clerk, &stage.staff[0]);
        let first = claim(store, clerk, "claim-key-1", "100").await.expect("claimed");
        let second = claim(store, clerk, "claim-key-2", "100").await.expect("claimed");
        assert_eq!(second.number, "CZ20260610-0002");
        let tried = async |id, step, note: &str, paid| refused(decide(store, finance, id, step, note, paid).await);
        assert_eq!(tried(first.id, Step::Credit, "", Some("100")).await, (422, "INVALID".to_owned()));
        assert_eq!(tried(first.id, Step::Credit, "B1", None).await, (422, "AMOUNT_INVALID".to_owned()));
        assert_eq!(tried(first.id, Step::Credit, "B1", Some("99.99")).await, (422, "AMOUNT_MISMATCH".to_owned()));
        assert_eq!(tried(first.id, Step::Refuse, " ", None).await, (422, "REASON_REQUIRED".to_owned()));
        assert_eq!(tried(first.id, Step::Refuse, &"云".repeat(201), None).await, (422, "REASON_REQUIRED".to_owned()));
        assert_eq!(tried(Id(99), Step::Refuse, "x", None).await, (404, "NOT_FOUND".to_owned()));
        assert_eq!(decide(store, finance, first.id, Step::Credit, "B1", Some("100")).await, Ok(State::Credited));
        assert_eq!(tried(second.id, Step::Credit, "B1", Some("100")).await, (409, "REFERENCE_TAKEN".to_owned()));
        assert_eq!(decide(store, finance, second.id, Step::Refuse, "银行无该笔到账", None).await, Ok(State::Refused));
        assert_eq!(tried(second.id, Step::Credit, "B2", Some("100")).await, (409, "WRONG_STATE".to_owned()));
        assert_eq!(tried(first.id, Step::Refuse, "x", None).await, (409, "WRONG_STATE".to_owned()));
        assert_eq!(funds(house, &stage).await.cash, yuan("100"));
        assert_eq!(numbers(house, &TOP_UPS, "state=refused", &stage).await, [second.number.as_str()]);
        assert_eq!(numbers(house, &TOP_UPS, "q=cz2026&sort=at", &stage).await, [first.number.as_str(), second.number.as_str()]);
        let done = top_ups::queue(&of_vendor(store, finance), CONSOLE_TOP_UPS.read("tab=done")).await.expect("a queue");
        assert_eq!((done.total, done.rows.len()), (2, 2));
        is_clean(house).await;
    }
}

on_both! {
    async fn of_many_who_decide_at_once_one_credits_and_the_ledger_moves_once(house) {
        let stage = stage(house).await;
        let store = &house.store;
        for round in 0..4 {
            let claimed = claim(store, &stage.clerk, &format!("claim-key-{round}"), "10").await.expect("claimed");
            let tries = (0..12).map(|number| {
                let step = if number % 4 == 3 { Step::Refuse } else { Step::Credit };
                let who = stage.staff[number % 2].clone();
                async move { decide(store, &who, claimed.id, step, &format!("R{round}-{number}"), Some("10")).await }
            });
            let all = join_all(tries).await;
            let won: Vec<&State> = all.iter().filter_map(|done| done.as_ref().ok()).collect();
            assert_eq!(won.len(), 1, "{all:?}");
            let calm = |error: &Error| error.status() == 409 || error.code() == "UNAVAILABLE";
            assert!(all.iter().filter_map(|done| done.as_ref().err()).all(calm), "{all:?}");
            let posted = format!("SELECT COUNT(*) FROM ledger_transactions WHERE cause_id = '{}'", claimed.id);
            assert_eq!(house.number(&posted).await, i64::from(*won[0] == State::Credited));
        }
        is_clean(house).await;
    }
}

on_both! {
    async fn two_claims_with_one_reference_at_once_are_one_credit_and_equal_forms_one_claim(house) {
        let stage = stage(house).await;
        let (store, clerk) = (&house.store, &stage.clerk);
        let sent = join_all((0..16).map(|_| claim(store, clerk, "claim-key-1", "10"))).await;
        let first = sent[0].clone().expect("claimed");
        assert!(sent.iter().all(|answer| answer.as_ref() == Ok(&first)), "{sent:?}");
        let others = join_all((2..6).map(|number| async move { claim(store, clerk, &format!("claim-key-{number}"), "10").await })).await;
        let claims: Vec<Claimed> = others.into_iter().map(|claimed| claimed.expect("claimed")).chain([first]).collect();
        assert_eq!(house.number("SELECT COUNT(DISTINCT number) FROM top_ups").await, 5);
        let credited = join_all(claims.iter().map(|claim| decide(store, &stage.staff[0], claim.id, Step::Credit, "SAME", Some("10")))).await;
        assert_eq!(credited.iter().filter(|done| done.is_ok()).count(), 1, "{credited:?}");
        let codes: Vec<&str> = credited.iter().filter_map(|done| done.as_ref().err()).map(Error::code).collect();
        assert!(codes.iter().all(|code| ["REFERENCE_TAKEN", "UNAVAILABLE"].contains(code)), "{codes:?}");
        assert_eq!(funds(house, &stage).await.cash, yuan("10"));
        is_clean(house).await;
    }
}

on_both! {
    async fn a_member_sees_own_claims_another_company_none_and_claims_have_an_end(house) {
        let stage = stage(house).await;
        let (store, clerk) = (&house.store, &stage.clerk);
        claim(store, clerk, "claim-key-1", "10").await.expect("claimed");
        let member = Standing { account: store.ids.id(), roles: vec![Role::AccountManager], ..clerk.clone() };
        let own = claim(store, &member, "claim-key-2", "20").await.expect("claimed");
        let seen = top_ups::page(&of_partner(store, &member), TOP_UPS.read("")).await.expect("a page");
        assert_eq!(seen.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [own.id]);
        assert_eq!(numbers(house, &TOP_UPS, "", &stage).await.len(), 2);
        let stranger = crate::ledger::partner(house, "other").await;
        assert_eq!(top_ups::page(&of_partner(store, &stranger), TOP_UPS.read("")).await.expect("a page").total, 0);
        for number in 3..=CLAIMS_MAX {
            claim(store, clerk, &format!("claim-key-{number}"), "1").await.expect("claimed");
        }
        assert_eq!(refused(claim(store, clerk, "claim-key-99", "1").await), (409, "CLAIM_LIMIT".to_owned()));
    }
}
