//! The balance alert: one message with the movement that brings the balance below, and again only after it was not.

use crate::{
    house::{House, on_both},
    ledger::{is_clean, partner, post, posting, top_up, vendor, yuan},
};
use domain::{
    access::{CanSeeBalance, CanSetBalanceAlert, Standing},
    ledger::{Account, Movement},
};
use futures::future::join_all;
use store::{Access, Written, funds};

async fn spend(house: &House, who: &Standing, amount: &str) {
    let held = posting(&house.store, who.tenant, Movement::WithdrawalHeld, &[(Account::OriginalPath, Account::Held, yuan(amount))]);
    let cause = held.cause;
    post(&house.store, None, held).await.expect("held");
    let mut paid = posting(&house.store, who.tenant, Movement::WithdrawalPaid, &[(Account::Held, Account::Clearing, yuan(amount))]);
    paid.cause = cause;
    post(&house.store, None, paid).await.expect("paid");
}

async fn set(house: &House, who: &Standing, typed: Option<&str>) -> Result<(), String> {
    let access: Access<CanSetBalanceAlert> = house.store.system(who.clone()).access().expect("finance");
    funds::set_alert(&access, typed).await.map_err(|error| error.code().to_owned())
}

async fn told(house: &House) -> i64 {
    house.number("SELECT COUNT(*) FROM messages WHERE cause LIKE 'balance/%'").await
}

on_both! {
    async fn one_message_comes_below_and_again_only_after_the_balance_was_not(house) {
        vendor(house).await;
        let who = partner(house, "lanhai").await;
        top_up(house, who.tenant, "1000").await;
        assert_eq!(set(house, &who, Some("-1")).await, Err("AMOUNT_INVALID".to_owned()));
        set(house, &who, Some("500.00")).await.expect("set");
        spend(house, &who, "500").await;
        assert_eq!(told(house).await, 0, "exactly the threshold is not below it");
        spend(house, &who, "0.01").await;
        assert_eq!(told(house).await, 1);
        spend(house, &who, "100").await;
        assert_eq!(told(house).await, 1, "once");
        top_up(house, who.tenant, "200").await;
        spend(house, &who, "200").await;
        assert_eq!(told(house).await, 2, "after it was above");
        set(house, &who, Some("900")).await.expect("set");
        spend(house, &who, "1").await;
        assert_eq!(told(house).await, 2, "a threshold above the balance is seen, and told when the balance falls below it");
        let access: Access<CanSeeBalance> = house.store.system(who.clone()).access().expect("finance");
        assert_eq!(funds::alert(&access).await, Ok(Some(yuan("900"))));
        set(house, &who, None).await.expect("taken away");
        assert_eq!(funds::alert(&access).await, Ok(None));
        top_up(house, who.tenant, "5000").await;
        spend(house, &who, "5000").await;
        assert_eq!(told(house).await, 2);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'balance_alert_set'").await, 3);
        is_clean(house).await;
    }
}

on_both! {
    async fn many_movements_at_once_are_one_message(house) {
        vendor(house).await;
        let who = partner(house, "lanhai").await;
        top_up(house, who.tenant, "1000").await;
        set(house, &who, Some("900")).await.expect("set");
        let held = posting(&house.store, who.tenant, Movement::WithdrawalHeld, &[(Account::OriginalPath, Account::Held, yuan("1000"))]);
        post(&house.store, None, held).await.expect("held");
        let one = || posting(&house.store, who.tenant, Movement::WithdrawalPaid, &[(Account::Held, Account::Clearing, yuan("50"))]);
        join_all((0..10).map(|_| post(&house.store, None, one()))).await;
        assert_eq!(told(house).await, 1);
        is_clean(house).await;
    }
}

on_both! {
    async fn of_movements_that_are_posted_together_each_fall_below_is_told(house) {
        vendor(house).await;
        let who = partner(house, "lanhai").await;
        set(house, &who, Some("100")).await.expect("set");
        let of = |movement, from, to| posting(&house.store, who.tenant, movement, &[(from, to, yuan("100"))]);
        let mut all = Vec::new();
        for _ in 0..3 {
            all.push(of(Movement::TopUp, Account::Clearing, Account::OriginalPath));
            all.push(of(Movement::WithdrawalHeld, Account::OriginalPath, Account::Held));
            all.push(of(Movement::WithdrawalPaid, Account::Held, Account::Clearing));
        }
        house.stranger("x").write(None, all, |tx, all| {
            Box::pin(async move { Ok(Written::quiet(store::ledger::post_all(tx, all).await?)) })
        }).await.expect("posted");
        assert_eq!(told(house).await, 3);
        top_up(house, who.tenant, "100").await;
        spend(house, &who, "0.01").await;
        assert_eq!(told(house).await, 4, "that it is below was kept");
        is_clean(house).await;
    }
}
