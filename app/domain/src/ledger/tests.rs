use super::*;
use crate::machine::Keyed as _;
use proptest::prelude::*;

fn yuan(text: &str) -> Money {
    Money::parse(Currency::Cny, text).expect("an amount")
}

fn posting(movement: Movement, legs: &[(Account, Account, &str)]) -> Posting {
    let leg = |(from, to, amount): &(Account, Account, &str)| Leg { from: *from, to: *to, amount: yuan(amount) };
    let cause = Cause { kind: CauseKind::Withdrawal, id: Id(7) };
    Posting { partner: Id(1), movement, cause, object: "x".into(), legs: legs.iter().map(leg).collect() }
}

#[test]
fn a_movement_takes_from_one_account_what_it_gives_to_another() {
    let held = posting(Movement::WithdrawalHeld, &[(Account::OriginalPath, Account::Held, "80000")]);
    let entries = held.entries().expect("entries").1;
    let entry = |account, amount: &str| Entry { account, micros: yuan(amount).micros };
    assert_eq!(entries, [entry(Account::OriginalPath, "-80000"), entry(Account::Held, "80000")]);
    assert_eq!(cash_change(&entries), Some(0), "what is held is still the partner's");
}

#[test]
fn legs_of_one_account_are_one_entry() {
    let legs = [(Account::BankCard, Account::Held, "1"), (Account::IncentiveRebate, Account::Held, "2.5")];
    let entries = posting(Movement::WithdrawalHeld, &legs).entries().expect("entries").1;
    assert_eq!(entries.len(), 3);
    assert_eq!(entries.iter().find(|entry| entry.account == Account::Held).map(|entry| entry.micros), Some(3_500_000));
}

#[test]
fn an_amount_is_more_than_nothing_in_whole_cents_and_not_too_large() {
    for wrong in ["0", "-1", "0.001", "100000000000.01", "9223372036854.775807"] {
        let posting = posting(Movement::WithdrawalPaid, &[(Account::Held, Account::Clearing, wrong)]);
        assert_eq!(posting.entries(), Err(Refusal::AmountInvalid.into()), "{wrong}");
    }
    assert!(posting(Movement::WithdrawalPaid, &[(Account::Held, Account::Clearing, "100000000000")]).entries().is_ok());
}

#[test]
fn a_movement_goes_its_own_routes_only() {
    for wrong in [
        posting(Movement::TopUp, &[(Account::Clearing, Account::IncentiveRebate, "1")]),
        posting(Movement::WithdrawalPaid, &[(Account::BankCard, Account::Clearing, "1")]),
        posting(Movement::Reversal, &[(Account::Held, Account::Clearing, "1")]),
        posting(Movement::TopUp, &[]),
        posting(Movement::TopUp, &[(Account::Clearing, Account::OriginalPath, "1"); LEGS_MAX + 1]),
    ] {
        assert_eq!(wrong.entries(), Err(Error::Broken), "{wrong:?}");
    }
    let mut two = posting(Movement::TopUp, &[(Account::Clearing, Account::OriginalPath, "1"); 2]);
    two.legs[1].amount.currency = Currency::Usd;
    assert_eq!(two.entries(), Err(Error::Broken), "two currencies");
}

#[test]
fn what_is_paid_of_a_bill_is_what_the_bill_is_open_less() {
    let pay = |paid: &str, settled: &str| {
        let legs = [(Account::BankCard, Account::Revenue, paid), (Account::Payable, Account::Receivable, settled)];
        posting(Movement::BillPayment, &legs).entries().map(|(_, entries)| cash_change(&entries))
    };
    assert_eq!(pay("10", "10"), Ok(Some(-10_000_000)));
    assert_eq!(pay("10", "9.99"), Err(Error::Broken));
    assert_eq!(posting(Movement::BillPayment, &[(Account::BankCard, Account::Revenue, "10")]).entries(), Err(Error::Broken));
}

#[test]
fn a_partners_account_is_never_below_zero_and_the_vendors_may_be() {
    let entry = |account, micros| Entry { account, micros };
    assert_eq!(after(Currency::Cny, 10, entry(Account::BankCard, -10)), Ok(0));
    let refused = after(Currency::Cny, 10, entry(Account::BankCard, -11));
    assert_eq!(refused, Err(Refusal::AmountExceeds { left: Money::cny(10) }));
    assert_eq!(after(Currency::Cny, 10, entry(Account::Clearing, -11)), Ok(-1));
    assert_eq!(after(Currency::Cny, i64::MAX, entry(Account::Clearing, 1)), Err(Refusal::AmountInvalid));
}

#[test]
fn the_funds_of_the_example_add_up_to_what_can_be_withdrawn() {
    let micros = |text| yuan(text).micros;
    let balances = [
        (Account::OriginalPath, micros("96000")),
        (Account::BankCard, micros("92430.52")),
        (Account::IncentiveRebate, micros("18000")),
        (Account::Held, micros("88000")),
        (Account::OwedInvoice, micros("52180")),
    ];
    let funds = Funds::of(Currency::Cny, &balances).expect("fits");
    assert_eq!((funds.cash, funds.withdrawable), (yuan("294430.52"), yuan("154250.52")));
    assert_eq!(funds.funds, [yuan("96000"), yuan("40250.52"), yuan("18000")]);
}

#[test]
fn more_owed_than_there_is_leaves_nothing_to_withdraw() {
    let funds = Funds::of(Currency::Cny, &[(Account::BankCard, 5), (Account::OriginalPath, 7), (Account::OwedInvoice, 20)]).expect("fits");
    assert_eq!((funds.withdrawable.micros, funds.cash.micros), (0, 12));
}

#[test]
fn income_and_expense_lists_what_changes_the_cash_balance() {
    let listed: Vec<Movement> = Movement::ALL.iter().copied().filter(|movement| movement.is_of_cash()).collect();
    let cash = [Movement::TopUp, Movement::BillPayment, Movement::BillRefund, Movement::IncentiveCredited];
    assert_eq!(listed, [&cash[..], &[Movement::WithdrawalPaid, Movement::Reversal]].concat());
    assert_eq!([Direction::of(1), Direction::of(-1), Direction::of(0)], [Some(Direction::Income), Some(Direction::Outcome), None]);
    assert_eq!((Direction::Income.code(), Direction::Outcome.code()), (1, 2));
}

proptest! {
    #[test]
    fn whatever_is_posted_sums_to_zero_and_its_way_back_undoes_it(
        movement in proptest::sample::select(Movement::ALL),
        cents in proptest::collection::vec(1_i64..1_000_000_000, 1..8),
        choice in 0_usize..3,
    ) {
        let legs = movement.routes().iter().flat_map(|route| {
            cents.iter().enumerate().map(move |(at, cents)| Leg {
                from: route.from[(at + choice) % route.from.len()],
                to: route.to[(at + choice) % route.to.len()],
                amount: Money::cny(cents * 10_000),
            })
        });
        let posting = Posting { legs: legs.collect(), ..posting(movement, &[]) };
        prop_assume!(posting.legs.len() <= LEGS_MAX && movement != Movement::Reversal);
        let entries = posting.entries().expect("entries").1;
        prop_assert_eq!(entries.iter().map(|entry| i128::from(entry.micros)).sum::<i128>(), 0);
        prop_assert!(entries.iter().all(|entry| entry.micros != 0));
        prop_assert!(entries.windows(2).all(|pair| pair[0].account < pair[1].account), "one entry for each account");
        let back = reversed(&entries);
        prop_assert!(entries.iter().zip(&back).all(|(one, other)| one.account == other.account && one.micros + other.micros == 0));
    }
}

#[test]
fn the_alert_comes_once_below_and_again_only_after_the_balance_was_not() {
    let (limit, cents) = (Money::cny(50_000_000_000), |cents: i64| Money::cny(cents * 10_000));
    assert_eq!(crossed(limit, false, cents(5_000_000)), None, "exactly the threshold is not below it");
    assert_eq!(crossed(limit, false, cents(4_999_999)), Some(Crossed::Down));
    assert_eq!(crossed(limit, true, cents(1)), None);
    assert_eq!(crossed(limit, true, cents(5_000_000)), Some(Crossed::Up));
    assert_eq!(threshold("50000.00"), Ok(limit));
    for bad in ["", "0", "-1", "1.001", "1e3", "1,000"] {
        assert_eq!(threshold(bad), Err(Refusal::AmountInvalid), "{bad}");
    }
}
