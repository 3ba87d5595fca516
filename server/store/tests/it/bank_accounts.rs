//! Bank accounts: changed with password and code, told to everybody who looks after money, usable a day later, removed when nothing uses them.

use crate::{
    house::{House, PASSWORD, on_both},
    withdrawals::{at, code, decide, give, new, stage, submit},
};
use domain::{
    Error, Id,
    access::{CanManageBankAccount, CanWithdraw, Role, Standing},
    bank_account::{AccountRow, Typed, What},
    ledger::Account,
    withdrawal::{Fund, Step},
};
use futures::future::join_all;
use store::{
    Access, Store,
    bank_accounts::{self, Confirmed, Wanted},
    withdrawals,
};

pub(crate) fn access(store: &Store, who: &Standing) -> Access<CanManageBankAccount> {
    store.system(who.clone()).access().expect("finance")
}

pub(crate) fn add(who: &Standing, number: &str) -> Wanted {
    let typed = Typed { holder: who.company.clone(), bank: "杭州银行".into(), branch: "科技支行".into(), number: number.into() };
    Wanted { what: What::Add, account: None, version: 0, typed }
}

async fn waiting(store: &Store, who: &Standing) -> Result<Id, Error> {
    let form = bank_accounts::form(&access(store, who), "step=code").await?;
    Ok(form.waiting.expect("a change").id)
}

/// Both steps, as a person does them.
pub(crate) async fn change(store: &Store, who: &Standing, wanted: Wanted) -> Result<Confirmed, Error> {
    bank_accounts::prepare(&access(store, who), wanted, PASSWORD).await?;
    let sent = code(store).await;
    bank_accounts::confirm(&access(store, who), waiting(store, who).await?, &sent).await
}

pub(crate) async fn rows(store: &Store, who: &Standing) -> Vec<AccountRow> {
    bank_accounts::page(&access(store, who)).await.expect("accounts").rows
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> (u16, String) {
    let error = result.expect_err("refused");
    (error.status(), error.code().to_owned())
}

/// A clerk of a company in which somebody else is administrator, and one sells.
async fn people(house: &House) -> Vec<Standing> {
    house.company("qinghe", &[], &[], &[Role::FinanceClerk, Role::Administrator, Role::AccountManager]).await
}

on_both! {
    async fn an_account_is_added_with_password_and_code_and_who_looks_after_money_is_told(house) {
        let people = people(house).await;
        let (store, clerk) = (&house.store, &people[0]);
        let wanted = add(clerk, "3301 0401 6000 0062 07");
        let anyone = access(store, clerk);
        assert_eq!(refused(bank_accounts::prepare(&anyone, wanted.clone(), "").await), (401, "REAUTH_REQUIRED".to_owned()));
        assert_eq!(refused(bank_accounts::prepare(&anyone, wanted.clone(), "x").await), (401, "REAUTH_FAILED".to_owned()));
        assert_eq!(refused(waiting(store, clerk).await), (409, "NOTHING_WAITS".to_owned()));
        bank_accounts::prepare(&anyone, wanted, PASSWORD).await.expect("a code");
        let (id, sent) = (waiting(store, clerk).await.expect("a change"), code(store).await);
        assert_eq!(refused(bank_accounts::confirm(&anyone, id, " ").await), (401, "CODE_REQUIRED".to_owned()));
        let wrong = if sent == "000000" { "000001" } else { "000000" };
        assert_eq!(refused(bank_accounts::confirm(&anyone, id, wrong).await), (422, "CODE_WRONG".to_owned()));
        assert!(rows(store, clerk).await.is_empty());
        let other = bank_accounts::confirm(&access(store, &people[1]), id, &sent).await;
        assert_eq!(refused(other), (409, "NOTHING_WAITS".to_owned()), "a change is its person's");
        assert_eq!(bank_accounts::confirm(&anyone, id, &sent).await, Ok(Confirmed { what: What::Add }));
        assert_eq!(bank_accounts::confirm(&anyone, id, &sent).await, Ok(Confirmed { what: What::Add }), "the first answer again");
        let all = rows(store, clerk).await;
        assert_eq!((all.len(), all[0].tail.as_str(), all[0].by.as_str(), all[0].version), (1, "6207", "qinghe 0", 1));
        assert_eq!(all[0].ready, Some(all[0].changed.plus_seconds(86_400)));
        let told = house.texts(&["account_id", "notice"], "FROM messages WHERE topic = 'funds' ORDER BY account_id").await;
        let mut expected = vec![people[0].account.to_string(), people[1].account.to_string()];
        expected.sort();
        assert_eq!(told.iter().map(|row| row[0].clone().expect("an id")).collect::<Vec<_>>(), expected);
        let text = told[0][1].clone().expect("a notice");
        assert!(text.contains("6207") && text.contains("qinghe 0") && !text.contains("33010401"), "{text}");
        let mails = "SELECT COUNT(*) FROM outbox WHERE account_id IS NULL AND text LIKE '%6207%'";
        assert_eq!(house.number(mails).await, 2, "at once, not with the digest");
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'bank_account_saved'").await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE detail LIKE '%33010401%'").await, 0, "no row of the log holds a number");
    }
}

on_both! {
    async fn what_a_form_may_not_ask_is_refused_and_leaves_nothing(house) {
        let people = people(house).await;
        let (store, clerk) = (&house.store, &people[0]);
        let tried = async |wanted: Wanted| refused(bank_accounts::prepare(&access(store, clerk), wanted, PASSWORD).await);
        let mut theirs = add(clerk, "33010401600000");
        theirs.typed.holder = "某人".to_owned();
        assert_eq!(tried(theirs).await, (422, "HOLDER_MISMATCH".to_owned()));
        assert_eq!(tried(add(clerk, "3301")).await, (422, "INVALID".to_owned()));
        change(store, clerk, add(clerk, "33010401600000")).await.expect("an account");
        assert_eq!(tried(add(clerk, "3301 0401 6000 00")).await, (409, "ACCOUNT_EXISTS".to_owned()));
        let account = rows(store, clerk).await.remove(0);
        let edit = Wanted { what: What::Change, account: Some(account.id), version: 7, ..add(clerk, "33010401600001") };
        assert_eq!(tried(edit.clone()).await, (409, "STALE".to_owned()));
        assert_eq!(tried(Wanted { account: None, ..edit.clone() }).await, (404, "NOT_FOUND".to_owned()));
        let stranger = house.company("other", &[], &[], &[Role::FinanceClerk]).await.remove(0);
        let foreign = bank_accounts::prepare(&access(store, &stranger), Wanted { version: 1, ..edit }, PASSWORD).await;
        assert_eq!(refused(foreign), (404, "NOT_FOUND".to_owned()));
        assert!(store.system(people[2].clone()).access::<CanManageBankAccount>().is_err(), "who sells does not change accounts");
        assert_eq!(house.number("SELECT COUNT(*) FROM bank_accounts").await, 1);
    }
}

on_both! {
    async fn a_changed_account_rests_for_a_day_and_a_used_one_stays(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let (store, clerk) = (&house.store, &stage.clerk);
        let asked = submit(store, clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
        let account = rows(store, clerk).await.remove(0);
        assert_eq!(account.used_by, Some(asked.number.clone()));
        let remove = Wanted { what: What::Remove, account: Some(account.id), version: 1, typed: Typed::default() };
        assert_eq!(refused(change(store, clerk, remove.clone()).await), (409, "ACCOUNT_IN_USE".to_owned()));
        let edit = Wanted { what: What::Change, account: Some(account.id), version: 1, ..add(clerk, "571908234610999") };
        change(store, clerk, edit).await.expect("changed");
        let access: Access<CanWithdraw> = store.system(clerk.clone()).access().expect("a clerk");
        let prepared = async || withdrawals::prepare(&access, &"form-key-2".parse().expect("a key"), &new(&stage, Fund::Bank, "1")).await;
        let error = prepared().await.expect_err("it rests");
        assert_eq!(error.code(), "ACCOUNT_NOT_READY");
        assert!(error.say(domain::Lang::Zh).contains("2026-06-11 12:00"), "{}", error.say(domain::Lang::Zh));
        assert_eq!(bank_accounts::cooling(&access).await.expect("accounts").len(), 1);
        store.clock.stand_at(Some(at("2026-06-11T12:00:00+08:00")));
        assert_eq!(prepared().await, Ok(()));
        let kept = house.texts(&["account_tail"], "FROM withdrawals").await;
        assert_eq!(kept, [vec![Some("0915".to_owned())]], "the request keeps its copy");
        decide(store, &stage.staff[0], asked.id, Step::Reject, "x").await.expect("rejected");
        change(store, clerk, Wanted { version: 2, ..remove }).await.expect("removed");
        assert!(rows(store, clerk).await.is_empty());
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'bank_account_removed'").await, 1);
    }
}

on_both! {
    async fn two_people_who_change_the_same_account_at_once_are_one_change(house) {
        let people = people(house).await;
        let store = &house.store;
        change(store, &people[0], add(&people[0], "33010401600000")).await.expect("an account");
        let account = rows(store, &people[0]).await.remove(0).id;
        let mut ready = Vec::new();
        for (who, number) in [(&people[0], "33010401600001"), (&people[1], "33010401600002")] {
            let wanted = Wanted { what: What::Change, account: Some(account), version: 1, ..add(who, number) };
            bank_accounts::prepare(&access(store, who), wanted, PASSWORD).await.expect("a code");
            ready.push((access(store, who), waiting(store, who).await.expect("a change"), code(store).await));
        }
        let done = join_all(ready.iter().map(|(access, id, code)| bank_accounts::confirm(access, *id, code))).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
        assert!(done.iter().filter_map(|done| done.as_ref().err()).all(|error| error.code() == "STALE"), "{done:?}");
        assert_eq!(rows(store, &people[0]).await[0].version, 2);
    }
}
