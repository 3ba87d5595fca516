use super::*;
use crate::machine::Keyed as _;
use proptest::prelude::*;

fn yuan(text: &str) -> Money {
    Money::parse(Currency::Cny, text).expect("an amount")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn candidate(id: u128, left_micros: i64) -> Candidate {
    Candidate { id: Id(id), left_micros, barred: false, until: day("2026-11-30") }
}

#[test]
fn only_plain_amounts_of_at_least_a_cent_are_taken() {
    for good in ["0.01", "1", "1.5", "40250.52", "0100"] {
        assert!(amount(good).is_ok(), "{good}");
    }
    for wrong in [
        "",
        "0",
        "0.00",
        "-1",
        "0.001",
        "1.000",
        "1e3",
        "+1",
        "0x10",
        "1,000",
        " 1 ",
        "１２",
        "NaN",
        "9223372036854775808",
        "100000000000.01",
    ] {
        assert_eq!(amount(wrong), Err(Refusal::AmountInvalid), "{wrong}");
    }
}

#[test]
fn more_than_the_rest_of_the_fund_is_refused_with_both_amounts() {
    let refused = fits(yuan("48000"), yuan("40250.52"));
    assert_eq!(refused, Err(Refusal::AmountExceeds { left: yuan("40250.52"), over: yuan("7749.48") }));
    assert_eq!(fits(yuan("40250.52"), yuan("40250.52")), Ok(()));
    let said: crate::refusal::Refused = refused.expect_err("refused").into();
    assert!(said.said.zh.contains("40,250.52") && said.said.en.contains("7,749.48"));
}

#[test]
fn each_step_leads_from_its_own_states_only() {
    let allowed = [
        (Step::Approve, State::Submitted),
        (Step::Reject, State::Submitted),
        (Step::Confirm, State::PartnerReview),
        (Step::Cancel, State::PartnerReview),
        (Step::Cancel, State::Submitted),
        (Step::Process, State::Approved),
        (Step::Pay, State::Processing),
        (Step::Fail, State::Processing),
        (Step::Delete, State::Rejected),
    ];
    for step in Step::ALL {
        for state in State::ALL {
            assert_eq!(step.take(*state).is_ok(), allowed.contains(&(*step, *state)), "{} from {}", step.key(), state.key());
        }
    }
    assert_eq!(Step::Delete.take(State::Paid), Err(Refusal::NotDeletable.into()));
}

#[test]
fn from_the_threshold_on_two_different_people_approve() {
    let (one, other) = (Id(1), Id(2));
    let of = |amount: &str, first| Decided { amount: yuan(amount), partner: Id(8), starter: Id(9), first };
    assert_eq!(of("49999.99", None).is_last(one), Ok(true));
    assert_eq!(of("50000", None).is_last(one), Ok(false));
    assert_eq!(of("50000", Some(one)).is_last(one), Err(Refusal::FourEyes));
    assert_eq!(of("50000", Some(one)).is_last(other), Ok(true));
    assert_eq!(of("1", None).may_decide(Id(9), Id(7)), Err(Refusal::FourEyes), "the starter");
    assert_eq!(of("1", None).may_decide(one, Id(8)), Err(Refusal::FourEyes), "the own company");
    assert_eq!(of("1", None).may_decide(one, Id(7)), Ok(()));
}

#[test]
fn the_example_goes_back_through_the_newest_records() {
    let records = [candidate(98, yuan("50000").micros), candidate(61, yuan("60000").micros), candidate(33, yuan("66000").micros)];
    let taken = matched(yuan("80000").micros, &records, day("2026-06-10")).expect("enough");
    assert_eq!(taken, [(Id(98), yuan("50000").micros), (Id(61), yuan("30000").micros)]);
}

#[test]
fn records_that_are_barred_or_too_old_are_no_way_back() {
    let old = Candidate { until: day("2026-06-09"), ..candidate(1, 100) };
    let bonus = Candidate { barred: true, ..candidate(2, 100) };
    assert_eq!(matched(10, &[old], day("2026-06-10")), Err(Unmatched::Only(0)));
    assert_eq!(matched(10, &[old], day("2026-06-09")).map(|taken| taken.len()), Ok(1), "the last day counts");
    assert_eq!(matched(150, &[bonus, candidate(3, 100)], day("2026-06-10")), Err(Unmatched::Barred));
    assert_eq!(matched(150, &[candidate(3, 100)], day("2026-06-10")), Err(Unmatched::Only(100)));
}

#[test]
fn texts_are_cut_to_size_and_references_are_plain() {
    assert_eq!(reason("  "), Err(Refusal::ReasonRequired { most: REASON_MAX }));
    assert!(reason(&"云".repeat(200)).is_ok());
    assert!(reason(&"云".repeat(201)).is_err());
    assert_eq!(reference(" 2026052600418 ").as_deref(), Ok("2026052600418"));
    for wrong in ["", "a b", "<x>", "流水", &"1".repeat(41)] {
        assert!(reference(wrong).is_err(), "{wrong}");
    }
    assert_eq!((tail("5719 0823 4610 915").as_str(), tail("12").as_str()), ("0915", "12"));
    assert_eq!(number(day("2026-06-18"), 3), "TX20260618-0003");
}

#[test]
fn the_batch_is_at_ten_of_the_next_working_day_and_not_at_the_end_of_a_month() {
    let at = |text: &str| text.parse::<Moment>().expect("a moment");
    assert!(!is_in_batch(at("2026-06-18T15:00:00+08:00"), at("2026-06-22T09:59:59+08:00")));
    assert!(is_in_batch(at("2026-06-18T15:00:00+08:00"), at("2026-06-22T10:00:00+08:00")));
    assert!(!is_in_batch(at("2026-06-25T15:00:00+08:00"), at("2026-06-26T10:00:00+08:00")));
    assert!(is_in_batch(at("2026-06-25T15:00:00+08:00"), at("2026-07-01T10:00:00+08:00")));
}

#[test]
fn the_slowest_way_decides_when_it_arrives() {
    let on = day("2026-06-10");
    assert_eq!(promised(on, &[]), day("2026-06-22"));
    assert_eq!(promised(on, &[Channel::Wallet]), day("2026-06-11"));
    assert_eq!(promised(on, &[Channel::Wallet, Channel::Transfer]), day("2026-06-22"));
}

#[test]
fn each_state_that_the_vendor_sees_stands_in_one_tab() {
    for state in State::ALL {
        for first in [false, true] {
            let tab = Tab::of(*state, first);
            assert_eq!(tab.is_none(), *state == State::PartnerReview, "{}", state.key());
            assert!(tab.is_none_or(|tab| tab.states().contains(state)), "{}", state.key());
        }
    }
}

#[test]
fn a_colleague_who_manages_withdrawals_confirms_and_never_the_starter() {
    assert_eq!(may_confirm(Id(1), Id(2), true), Ok(()));
    assert_eq!(may_confirm(Id(1), Id(1), true), Err(Refusal::FourEyes));
    assert_eq!(may_confirm(Id(1), Id(2), false), Err(Refusal::FourEyes));
}

proptest! {
    #[test]
    fn what_is_matched_is_what_was_asked_for_and_never_more_than_a_record_holds(
        lefts in proptest::collection::vec(0_i64..1_000, 0..12), asked in 1_i64..8_000,
    ) {
        let records: Vec<Candidate> = lefts.iter().zip(1_u128..).map(|(left, id)| candidate(id, *left)).collect();
        let total: i64 = lefts.iter().sum();
        match matched(asked, &records, day("2026-06-10")) {
            Ok(taken) => {
                prop_assert_eq!(taken.iter().map(|(_, part)| part).sum::<i64>(), asked);
                prop_assert!(taken.iter().all(|(id, part)| records.iter().any(|other| other.id == *id && other.left_micros >= *part && *part > 0)));
                let touched_last = taken.last().map(|(id, _)| *id);
                let whole = |record: &Candidate| taken.iter().any(|(id, part)| *id == record.id && *part == record.left_micros);
                let before = records.iter().take_while(|record| Some(record.id) != touched_last).filter(|record| record.left_micros > 0);
                prop_assert!(before.clone().all(whole), "an older record is not touched before a newer one is used up");
            }
            Err(unmatched) => prop_assert!(unmatched == Unmatched::Only(total) && total < asked),
        }
    }

    #[test]
    fn after_other_spending_the_records_hold_no_more_than_the_fund(
        lefts in proptest::collection::vec(0_i64..1_000, 0..12), balance in 0_i64..8_000,
    ) {
        let records: Vec<Candidate> = lefts.iter().zip(1_u128..).map(|(left, id)| candidate(id, *left)).collect();
        let changed = spent(&records, balance);
        let stays = |record: &Candidate| changed.iter().find(|(id, _)| *id == record.id).map_or(record.left_micros, |(_, left)| *left);
        let sum: i64 = records.iter().map(stays).sum();
        prop_assert_eq!(sum, balance.min(lefts.iter().sum()));
    }
}
