//! Withdrawals at once: whatever meets, one wins, nothing is held twice and nothing is paid twice.

use crate::{
    house::on_both,
    ledger::{is_clean, yuan},
    withdrawals::{Stage, code, decide, funds, give, new, stage, submit},
};
use domain::{
    Error, Id, Money,
    access::{CanReviewWithdrawals, CanWithdraw},
    ledger::Account,
    withdrawal::{Fund, State, Step},
};
use futures::future::join_all;
use store::{
    Access, Store,
    withdrawals::{self, Moved, NewWithdrawal, Submitted},
};

/// A form that was filled in and has its code, sent as often as one likes.
async fn ready(store: &Store, stage: &Stage, number: i64, amount: Money) -> (store::Key, NewWithdrawal) {
    let access: Access<CanWithdraw> = store.system(stage.clerk.clone()).access().expect("a clerk");
    let key: store::Key = format!("form-key-{number}").parse().expect("a key");
    let asked = NewWithdrawal { amount, ..new(stage, Fund::Bank, "1") };
    withdrawals::prepare(&access, &key, &asked).await.expect("a code");
    let code = code(store).await;
    (key, NewWithdrawal { code, ..asked })
}

async fn send(store: Store, stage: &Stage, key: store::Key, asked: NewWithdrawal) -> Result<Submitted, Error> {
    let access: Access<CanWithdraw> = store.system(stage.clerk.clone()).access().expect("a clerk");
    withdrawals::submit(&access, key, asked).await
}

/// Refused, or put off because too much met: never anything else.
fn is_refusal(error: &Error) -> bool {
    ["AMOUNT_EXCEEDS", "UNAVAILABLE"].contains(&error.code())
}

on_both! {
    async fn thirty_two_at_once_never_take_more_than_there_is(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let mut forms = Vec::new();
        for number in 0..32 {
            forms.push(ready(&house.store, &stage, number, yuan("10")).await);
        }
        let sent = join_all(forms.into_iter().map(|(key, asked)| send(house.store.clone(), &stage, key, asked))).await;
        let done = sent.iter().filter(|sent| sent.is_ok()).count();
        assert!(sent.iter().filter_map(|sent| sent.as_ref().err()).all(is_refusal), "{sent:?}");
        assert_eq!(done, 10, "as many as there is money for");
        let funds = funds(house, &stage).await;
        assert_eq!((funds.held, funds.withdrawable), (yuan("100"), yuan("0")));
        assert_eq!(house.number("SELECT COUNT(*) FROM withdrawals").await, 10);
        assert_eq!(house.number("SELECT COUNT(DISTINCT number) FROM withdrawals").await, 10);
        is_clean(house).await;
    }
}

on_both! {
    async fn the_same_form_sent_thirty_two_times_is_one_request_with_equal_answers(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let (key, asked) = ready(&house.store, &stage, 1, yuan("1")).await;
        let sent = join_all((0..32).map(|_| send(house.store.clone(), &stage, key.clone(), asked.clone()))).await;
        let first = sent[0].clone().expect("handed in");
        assert!(sent.iter().all(|answer| answer.as_ref() == Ok(&first)), "{sent:?}");
        assert_eq!(funds(house, &stage).await.held, yuan("1"));
        assert_eq!(house.number("SELECT COUNT(*) FROM withdrawals").await, 1);
        is_clean(house).await;
    }
}

async fn step(store: &Store, stage: &Stage, number: usize, id: Id, version: i64) -> Result<State, Error> {
    let key = store.ids.id().to_string().parse().expect("a key");
    let moved = |step: Step, note: &str| Moved { withdrawal: id, version: Some(version), step, note: note.to_owned(), paid: None };
    let staff: Access<CanReviewWithdrawals> = store.system(stage.staff[number % 2].clone()).access().expect("finance");
    match number {
        0 | 1 => withdrawals::decide(&staff, key, moved(Step::Approve, "")).await,
        2 => withdrawals::decide(&staff, key, moved(Step::Reject, "原因")).await,
        _ => {
            let clerk: Access<CanWithdraw> = store.system(stage.clerk.clone()).access().expect("a clerk");
            withdrawals::by_partner(&clerk, key, moved(Step::Cancel, ""), "").await
        }
    }
}

on_both! {
    async fn of_approve_reject_and_cancel_at_once_one_wins_and_the_others_are_told(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "200000").await;
        let store = &house.store;
        for (round, amount) in [(1, "10"), (2, "10"), (3, "60000"), (4, "10"), (5, "60000"), (6, "10")] {
            let asked = submit(store, &stage.clerk, &format!("round-key-{round}"), new(&stage, Fund::Bank, amount)).await.expect("handed in");
            let all = join_all((0..4).map(|number| step(store, &stage, number, asked.id, 1))).await;
            let won: Vec<&State> = all.iter().filter_map(|done| done.as_ref().ok()).collect();
            assert_eq!(won.len(), 1, "{all:?}");
            assert!(all.iter().filter_map(|done| done.as_ref().err()).all(|error| error.status() == 409), "{all:?}");
            let state = house.texts(&["state"], &format!("FROM withdrawals WHERE id = '{}'", asked.id)).await;
            let key = |state: State| domain::machine::Keyed::key(state).to_owned();
            assert_eq!(state[0][0], Some(key(*won[0])));
            let lines = format!("SELECT COUNT(*) FROM withdrawal_events WHERE withdrawal_id = '{}'", asked.id);
            assert_eq!(house.number(&lines).await, 2);
        }
        is_clean(house).await;
    }
}

on_both! {
    async fn two_who_approve_at_once_are_one_first_approval_and_the_second_comes_after(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "60000").await;
        let store = &house.store;
        let asked = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "60000")).await.expect("handed in");
        let both = join_all([0, 1].map(|number| step(store, &stage, number, asked.id, 1))).await;
        assert_eq!(both.iter().filter(|done| **done == Ok(State::Submitted)).count(), 1, "{both:?}");
        let other = both.iter().position(Result::is_err).expect("one was told");
        assert_eq!(decide(store, &stage.staff[other], asked.id, Step::Approve, "").await, Ok(State::Approved));
        let paid = join_all((0..8).map(|_| decide(store, &stage.staff[0], asked.id, Step::Process, ""))).await;
        assert_eq!(paid.iter().filter(|done| done.is_ok()).count(), 1);
        let paid = join_all((0..8).map(|_| decide(store, &stage.staff[0], asked.id, Step::Pay, "A1"))).await;
        assert_eq!(paid.iter().filter(|done| done.is_ok()).count(), 1);
        assert_eq!(funds(house, &stage).await.cash, yuan("0"));
        is_clean(house).await;
    }
}
