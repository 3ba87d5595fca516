//! The ledger: what is posted sums to zero, nothing is lost or doubled whoever posts beside whom, and no partner's account is ever below zero.

use crate::house::{House, on_both};
use domain::{
    Currency, Error, Id, Money,
    access::{Anyone, CanSeeBalance, Identity, Program, Role, Side, Standing},
    event::Event,
    ledger::{Account, Cause, CauseKind, FUNDS, Funds, Leg, Movement, Posting, Refusal},
    machine::Keyed as _,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use store::{
    Access, Key, Store, Written,
    ledger::{self, Posted},
    people::NewTenant,
};

/// The vendor of this house: the other end of every movement.
pub(crate) async fn vendor(house: &House) {
    let tenant = NewTenant {
        id: house.store.ids.id(),
        number: "V1".to_owned(),
        side: Side::Vendor,
        name: "北屿云".to_owned(),
        short_name: "北屿云".to_owned(),
        tax_number: None,
        identities: Vec::new(),
        programs: Vec::new(),
        real_name_at: None,
        agreement: None,
    };
    let access = house.stranger("x");
    let created = access.write(None, tenant, |tx, tenant| {
        Box::pin(async move {
            store::people::create_tenant(tx, tenant).await?;
            Ok(Written::quiet(()))
        })
    });
    created.await.expect("a vendor");
}

/// A partner of this house with its finance clerk.
pub(crate) async fn partner(house: &House, name: &str) -> Standing {
    house.company(name, &[Identity::Csp], &[Program::CspProgram], &[Role::FinanceClerk]).await.remove(0)
}

pub(crate) fn yuan(text: &str) -> Money {
    Money::parse(Currency::Cny, text).expect("an amount")
}

pub(crate) fn posting(store: &Store, partner: Id, movement: Movement, legs: &[(Account, Account, Money)]) -> Posting {
    let cause = Cause { kind: CauseKind::Withdrawal, id: store.ids.id() };
    let legs = legs.iter().map(|(from, to, amount)| Leg { from: *from, to: *to, amount: *amount }).collect();
    Posting { partner, movement, cause, object: "TX20260618-0003".to_owned(), legs }
}

pub(crate) async fn post(store: &Store, key: Option<&str>, posting: Posting) -> Result<Posted, Error> {
    let access: Access<Anyone> = store.stranger("x".to_owned(), "test".to_owned()).access().expect("anybody");
    let key: Option<Key> = key.map(|key| key.parse().expect("a key"));
    access
        .write(key, posting, |tx, posting| {
            Box::pin(async move {
                let posted = ledger::post(tx, posting).await?;
                let movement = posting.movement.key().to_owned();
                let event = Event::LedgerPosted { transaction: posted.transaction, movement, of: posting.object.clone() };
                Ok(Written::new(posted, posting.partner, event))
            })
        })
        .await
}

pub(crate) async fn top_up(house: &House, partner: Id, amount: &str) -> Posted {
    let legs = [(Account::Clearing, Account::OriginalPath, yuan(amount))];
    post(&house.store, None, posting(&house.store, partner, Movement::TopUp, &legs)).await.expect("a top-up")
}

fn hold(store: &Store, partner: Id, amount: &str) -> Posting {
    posting(store, partner, Movement::WithdrawalHeld, &[(Account::OriginalPath, Account::Held, yuan(amount))])
}

async fn funds(house: &House, standing: &Standing) -> Funds {
    let access: Access<CanSeeBalance> = house.store.system(standing.clone()).access().expect("a clerk");
    ledger::balances(&access).await.expect("balances").remove(0)
}

pub(crate) async fn is_clean(house: &House) {
    let checked = ledger::check(&house.store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
    assert!(checked.sums.values().all(|sum| *sum == 0), "{:?}", checked.sums);
    assert_eq!(
        house.number("SELECT COUNT(*) FROM (SELECT currency FROM v_ledger_entry GROUP BY currency HAVING SUM(amount) <> 0) x").await,
        0
    );
    let apart = "SELECT COUNT(*) FROM v_account a WHERE a.balance <> (SELECT COALESCE(SUM(e.amount), 0) FROM v_ledger_entry e
        WHERE e.account_id = a.account_id)";
    assert_eq!(house.number(apart).await, 0);
}

on_both! {
    async fn a_posting_moves_balances_and_is_seen_in_both_views(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        top_up(house, clerk.tenant, "50000").await;
        let held = hold(&house.store, clerk.tenant, "8000");
        post(&house.store, Some("form-key-0001"), held.clone()).await.expect("posted");
        let funds = funds(house, &clerk).await;
        assert_eq!((funds.cash, funds.held, funds.withdrawable), (yuan("50000"), yuan("8000"), yuan("42000")));
        let entry = house.texts(&["amount", "cause_kind", "cause_id", "currency"], "FROM v_ledger_entry WHERE idempotency_key = 'form-key-0001' ORDER BY amount + 0").await;
        let text = |text: &str| Some(text.to_owned());
        let cause = Some(held.cause.id.to_string());
        assert_eq!(entry, [
            vec![text("-8000000000"), text("withdrawal"), cause.clone(), text("CNY")],
            vec![text("8000000000"), text("withdrawal"), cause, text("CNY")],
        ]);
        let own = format!("FROM v_account WHERE tenant_id = '{}' ORDER BY balance + 0", clerk.tenant);
        let own = house.texts(&["balance", "frozen"], &own).await;
        assert_eq!(own, [vec![text("8000000000"), text("8000000000")], vec![text("42000000000"), text("0")]]);
        is_clean(house).await;
    }
}

on_both! {
    async fn a_cause_posts_each_of_its_movements_once(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        top_up(house, clerk.tenant, "100").await;
        let held = hold(&house.store, clerk.tenant, "60");
        let first = post(&house.store, None, held.clone()).await.expect("posted");
        assert!(first.is_new);
        let again = post(&house.store, None, held.clone()).await;
        assert_eq!(again, Ok(Posted { is_new: false, ..first }));
        let more = Posting { legs: hold(&house.store, clerk.tenant, "40").legs, ..held.clone() };
        assert_eq!(post(&house.store, None, more).await, Err(Error::KeyReused), "the same cause with another amount");
        let other = hold(&house.store, clerk.tenant, "10");
        post(&house.store, Some("form-key-0001"), other).await.expect("posted");
        // The answers of forms are forgotten after some days; the ledger is not.
        house.execute("DELETE FROM kept_keys").await;
        let late = post(&house.store, Some("form-key-0001"), hold(&house.store, clerk.tenant, "10")).await;
        assert_eq!(late, Err(Error::KeyReused));
        assert_eq!(funds(house, &clerk).await.held, yuan("70"));
        is_clean(house).await;
    }
}

on_both! {
    async fn what_is_not_there_cannot_leave_and_nothing_of_it_stays(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        top_up(house, clerk.tenant, "100").await;
        let too_much = post(&house.store, None, hold(&house.store, clerk.tenant, "100.01")).await;
        assert_eq!(too_much, Err(Refusal::AmountExceeds { left: yuan("100") }.into()));
        let never_used = posting(&house.store, clerk.tenant, Movement::WithdrawalHeld, &[(Account::BankCard, Account::Held, yuan("0.01"))]);
        assert_eq!(post(&house.store, None, never_used).await, Err(Refusal::AmountExceeds { left: yuan("0") }.into()));
        assert_eq!(post(&house.store, None, hold(&house.store, clerk.tenant, "0.001")).await, Err(Refusal::AmountInvalid.into()));
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_transactions").await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'ledger_posted'").await, 1);
        is_clean(house).await;
    }
}

on_both! {
    async fn a_transaction_is_taken_back_once_and_only_while_its_money_is_there(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        let posted = top_up(house, clerk.tenant, "100").await;
        let reverse = |transaction: Id| {
            let access = house.stranger("x");
            let of = (clerk.tenant, transaction);
            async move {
                access.write(None, of, |tx, (partner, transaction)| {
                    Box::pin(async move { Ok(Written::quiet(ledger::reverse(tx, *partner, *transaction).await?)) })
                }).await
            }
        };
        post(&house.store, None, hold(&house.store, clerk.tenant, "1")).await.expect("held");
        assert_eq!(reverse(posted.transaction).await, Err(Refusal::AmountExceeds { left: yuan("99") }.into()));
        top_up(house, clerk.tenant, "1").await;
        let back = reverse(posted.transaction).await.expect("taken back");
        assert!(back.is_new);
        assert_eq!(reverse(posted.transaction).await, Ok(Posted { is_new: false, ..back }));
        assert_eq!(reverse(Id(1)).await, Err(Error::NotFound));
        assert_eq!(funds(house, &clerk).await.cash, yuan("1"));
        is_clean(house).await;
    }
}

async fn post_all(house: &House, key: Option<&str>, postings: Vec<Posting>) -> Result<Vec<Posted>, Error> {
    let key: Option<Key> = key.map(|key| key.parse().expect("a key"));
    let access = house.stranger("x");
    access.write(key, postings, |tx, all| Box::pin(async move { Ok(Written::quiet(ledger::post_all(tx, all).await?)) })).await
}

/// What the books say, whoever's they are.
async fn lines(house: &House, partner: Id) -> Vec<Vec<Option<String>>> {
    let columns = ["no", "movement", "object", "seq", "direction", "amount_micros", "balance_after_micros"];
    house.texts(&columns, &format!("FROM ledger_transactions WHERE tenant_id = '{partner}' ORDER BY ledger_transactions.no")).await
}

on_both! {
    async fn what_is_posted_together_is_what_would_be_posted_one_after_the_other(house) {
        vendor(house).await;
        let (one, all) = (partner(house, "one").await, partner(house, "all").await);
        let story = |partner: Id| {
            let of = |movement, from, to, amount| posting(&house.store, partner, movement, &[(from, to, yuan(amount))]);
            vec![
                of(Movement::TopUp, Account::Clearing, Account::OriginalPath, "100"),
                of(Movement::WithdrawalHeld, Account::OriginalPath, Account::Held, "60"),
                of(Movement::IncentiveCredited, Account::IncentiveExpense, Account::IncentiveRebate, "7.50"),
                of(Movement::WithdrawalPaid, Account::Held, Account::Clearing, "60"),
            ]
        };
        for posting in story(one.tenant) {
            post(&house.store, None, posting).await.expect("posted");
        }
        let together = story(all.tenant);
        let posted = post_all(house, None, together.clone()).await.expect("posted");
        assert!(posted.iter().all(|posted| posted.is_new));
        assert_eq!(lines(house, all.tenant).await, lines(house, one.tenant).await);
        assert_eq!(funds(house, &all).await, funds(house, &one).await);
        is_clean(house).await;

        let mut more = together.clone();
        more.push(hold(&house.store, all.tenant, "1"));
        let again = post_all(house, None, more).await.expect("posted");
        assert_eq!(again[..4], posted.iter().map(|posted| Posted { is_new: false, ..*posted }).collect::<Vec<_>>());
        assert!(again[4].is_new);
        let back: Vec<Id> = [posted[2], again[4]].iter().map(|posted| posted.transaction).collect();
        let access = house.stranger("x");
        let reversed = access.write(None, (all.tenant, back.clone()), |tx, (partner, back)| {
            Box::pin(async move { Ok(Written::quiet(ledger::reverse_all(tx, *partner, back).await?)) })
        });
        assert!(reversed.await.expect("taken back").iter().all(|posted| posted.is_new));
        assert_eq!(funds(house, &all).await.withdrawable, yuan("40"));
        is_clean(house).await;
    }
}

on_both! {
    async fn of_postings_that_are_refused_together_nothing_stays(house) {
        vendor(house).await;
        let (clerk, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        top_up(house, clerk.tenant, "100").await;
        let held = |amount| hold(&house.store, clerk.tenant, amount);
        let left = Refusal::AmountExceeds { left: yuan("10") };
        assert_eq!(post_all(house, None, vec![held("90"), held("11")]).await, Err(left.into()));
        let twice = held("1");
        assert_eq!(post_all(house, None, vec![twice.clone(), twice]).await, Err(Error::Broken), "a cause that stands twice");
        assert_eq!(post_all(house, Some("form-key-0001"), vec![held("1"), held("2")]).await, Err(Error::Broken), "one key for two");
        assert_eq!(post_all(house, None, vec![held("1"), hold(&house.store, other.tenant, "1")]).await, Err(Error::Broken));
        let many = (0..=ledger::TOGETHER_MAX).map(|_| held("0.01")).collect();
        assert_eq!(post_all(house, None, many).await, Err(Error::Broken));
        assert_eq!(post_all(house, None, Vec::new()).await, Ok(Vec::new()));
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_transactions").await, 1);
        let as_many = (0..ledger::TOGETHER_MAX).map(|_| held("0.10")).collect();
        assert_eq!(post_all(house, None, as_many).await.map(|posted| posted.len()), Ok(ledger::TOGETHER_MAX));
        assert_eq!(funds(house, &clerk).await.held, yuan("100"));
        is_clean(house).await;
    }
}

on_both! {
    /// M1, M10: nothing lost, nothing doubled, never below zero.
    async fn thirty_two_at_once_on_one_account_take_what_is_there_and_no_cent_more(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        top_up(house, clerk.tenant, "200").await;
        let other = house.another().await;
        let stores = [&house.store, &other];
        let taking = (0..32_usize).map(|number| {
            let store = stores[number % 2];
            post(store, None, hold(store, clerk.tenant, "10"))
        });
        let done = futures::future::join_all(taking).await;
        let taken = done.iter().filter(|done| done.is_ok()).count();
        assert_eq!(taken, 20);
        let left = Err(Error::from(Refusal::AmountExceeds { left: yuan("0") }));
        assert!(done.iter().filter(|done| done.is_err()).all(|done| *done == left), "{done:?}");
        let funds = funds(house, &clerk).await;
        assert_eq!((funds.held, funds.withdrawable), (yuan("200"), yuan("0")));
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_transactions").await, 21);
        is_clean(house).await;
        other.db.close().await;
    }
}

on_both! {
    async fn the_same_form_sent_thirty_two_times_at_once_posts_once(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        top_up(house, clerk.tenant, "200").await;
        let held = hold(&house.store, clerk.tenant, "10");
        let sent = (0..32).map(|_| post(&house.store, Some("form-key-0001"), held.clone()));
        let answers: Vec<Posted> = futures::future::join_all(sent).await.into_iter().map(|answer| answer.expect("an answer")).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(funds(house, &clerk).await.held, yuan("10"));
        is_clean(house).await;
    }
}

on_both! {
    async fn partners_post_beside_each_other(house) {
        vendor(house).await;
        let mut partners = Vec::new();
        for number in 0..8 {
            partners.push(partner(house, &format!("p{number}")).await);
        }
        let posting = partners.iter().flat_map(|clerk| (0..4).map(|_| top_up(house, clerk.tenant, "1.5")));
        futures::future::join_all(posting).await;
        for clerk in &partners {
            assert_eq!(funds(house, clerk).await.cash, yuan("6"));
        }
        is_clean(house).await;
    }
}

/// A movement that may or may not be possible.
fn any(dice: &mut StdRng, store: &Store, partner: Id) -> Posting {
    let movements: Vec<Movement> = Movement::ALL.iter().copied().filter(|movement| *movement != Movement::Reversal).collect();
    let movement = movements[dice.random_range(0..movements.len())];
    let amount = Money::cny(dice.random_range(1..50_000_i64) * 10_000);
    let fund = FUNDS[dice.random_range(0..3)];
    let end = |accounts: &[Account]| if accounts.contains(&fund) { fund } else { accounts[0] };
    let legs: Vec<_> = movement.routes().iter().map(|route| (end(route.from), end(route.to), amount)).collect();
    posting(store, partner, movement, &legs)
}

on_both! {
    async fn random_movements_leave_books_that_are_right(house) {
        let seed: u64 = rand::random();
        println!("seed {seed}");
        let mut dice = StdRng::seed_from_u64(seed);
        vendor(house).await;
        let partners = [partner(house, "one").await, partner(house, "two").await];
        let mut posted = 0;
        for _ in 0..120 {
            let clerk = &partners[dice.random_range(0..2)];
            match post(&house.store, None, any(&mut dice, &house.store, clerk.tenant)).await {
                Ok(_) => posted += 1,
                Err(Error::Refused(refused)) => assert_eq!(refused.code, "AMOUNT_EXCEEDS", "seed {seed}"),
                Err(error) => panic!("seed {seed}: {error:?}"),
            }
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_transactions").await, posted, "seed {seed}");
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_accounts WHERE is_partners = 1 AND balance_micros < 0").await, 0);
        is_clean(house).await;
    }
}
