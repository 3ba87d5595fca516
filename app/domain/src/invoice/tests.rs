use super::*;
use crate::{machine::Keyed as _, money::Currency};
use proptest::prelude::*;

fn yuan(text: &str) -> Money {
    Money::parse(Currency::Cny, text).expect("an amount")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

fn paid(period: &str, paid: &str, invoiced: &str) -> PaidPeriod {
    PaidPeriod { period: month(period), paid_micros: yuan(paid).micros, invoiced_micros: yuan(invoiced).micros }
}

fn open(known: &[PaidPeriod], owed: &str, today: &str) -> Invoiceable {
    invoiceable(Currency::Cny, known, yuan(owed).micros, day(today)).expect("fits")
}

fn special() -> Typed {
    Typed {
        title_type: "enterprise".to_owned(),
        title: "杭州澜海数科技术有限公司".to_owned(),
        kind: "special".to_owned(),
        tax_no: "91330108MA0000LH03".to_owned(),
        bank: "招商银行杭州滨江支行".to_owned(),
        account: "5719 0823 4610 915".to_owned(),
        address: "杭州市滨江区江南大道 1 号".to_owned(),
        phone: "0571-8800 1234".to_owned(),
        medium: "digital".to_owned(),
        recipient: "invoice@lanhai.example".to_owned(),
    }
}

/// Something that is typed otherwise.
type Change = fn(&mut Typed);

const OWN: &[&str] = &["杭州澜海数科技术有限公司"];

#[test]
fn the_example_is_what_can_be_invoiced_once_may_is_paid() {
    let known = [paid("2026-04", "655129.46", "655129.46"), paid("2026-05", "678342.10", "0")];
    let all = open(&known, "52180", "2026-06-18");
    assert_eq!(all.open, yuan("626162.10"));
    assert_eq!((all.paid, all.invoiced, all.owed), (yuan("1333471.56"), yuan("655129.46"), yuan("52180")));
    assert_eq!(of_period(&all, month("2026-05")), Ok((yuan("626162.10"), vec![(month("2026-05"), yuan("626162.10").micros)])));
    let over = of_amount(&all, "626162.11");
    assert_eq!(over, Err(Refusal::AmountExceeds { left: yuan("626162.10"), over: yuan("0.01") }));
    let said: crate::refusal::Refused = over.expect_err("refused").into();
    assert!(said.status == 422 && said.said.zh.contains("626,162.10") && said.said.en.contains("626,162.10"));
}

#[test]
fn what_is_owed_keeps_back_the_oldest_periods_and_never_more_than_there_is() {
    let known = [paid("2026-03", "100", "0"), paid("2026-04", "100", "20"), paid("2026-05", "100", "0")];
    let all = open(&known, "150", "2026-06-18");
    assert_eq!(
        all.periods.iter().map(|one| (one.owed, one.open)).collect::<Vec<_>>(),
        [(yuan("100"), yuan("0")), (yuan("50"), yuan("30")), (yuan("0"), yuan("100")),]
    );
    assert_eq!(of_period(&all, month("2026-03")), Err(Refusal::PeriodBlocked));
    assert_eq!(of_period(&all, month("2026-05")), Err(Refusal::PeriodEarlier { first: month("2026-04") }));
    assert_eq!(of_period(&all, month("2026-02")), Err(Refusal::PeriodInvalid));
    let (amount, parts) = of_amount(&all, "90.5").expect("enough");
    assert_eq!(amount, yuan("90.5"));
    assert_eq!(parts, [(month("2026-04"), yuan("30").micros), (month("2026-05"), yuan("60.5").micros)]);
    assert_eq!(open(&known, "1000", "2026-06-18").open, yuan("0"));
}

#[test]
fn the_last_month_opens_on_the_third_and_this_month_not_at_all() {
    assert!(!may_be_invoiced(month("2026-05"), day("2026-06-02")));
    assert!(may_be_invoiced(month("2026-05"), day("2026-06-03")));
    assert!(!may_be_invoiced(month("2026-06"), day("2026-06-30")));
    let all = open(&[paid("2026-05", "100", "0")], "0", "2026-06-02");
    assert_eq!((all.open, of_period(&all, month("2026-05"))), (yuan("0"), Err(Refusal::PeriodInvalid)));
}

#[test]
fn only_plain_amounts_of_at_least_a_cent_are_taken() {
    let all = open(&[paid("2026-05", "100", "0")], "0", "2026-06-18");
    for good in ["0.01", "1", "1.5", "100.00"] {
        assert!(of_amount(&all, good).is_ok(), "{good}");
    }
    for wrong in ["", "0", "-1", "0.001", "1.000", "1e3", "+1", "0x10", "1,000", " 1 ", "１２", "NaN", "9223372036854775808"] {
        assert_eq!(of_amount(&all, wrong), Err(Refusal::AmountInvalid), "{wrong}");
    }
}

#[test]
fn tax_numbers_have_their_lengths_and_their_check_digit() {
    let companies = [
        "91310115MA0000BY09",
        "91330108MA0000LH03",
        "91440300MA0000QH0B",
        "91510100MA0000XL0T",
        "91320500MA0000YF0N",
        "91420100MA0000FW01",
        "91110108MA0000EA04",
        "91360100MA0000NB01",
    ];
    for good in companies.into_iter().chain(["330108123456789", "33010819800101123X01"]) {
        assert!(is_tax_number(good), "{good}");
    }
    for wrong in
        ["91330108MA0000LH04", "91330108MA0000LH0", "", "9133010812345678", "330108-23456789", "91330108MI0000LH03", "３30108123456789"]
    {
        assert!(!is_tax_number(wrong), "{wrong}");
    }
}

#[test]
fn a_special_invoice_needs_all_fields_and_an_ordinary_one_few() {
    let content = special().checked(OWN).expect("complete");
    assert_eq!((content.account.as_str(), content.typed().tax_no), ("571908234610915", special().tax_no));
    let without = |change: Change| {
        let mut typed = special();
        change(&mut typed);
        typed.checked(OWN).map(|_| ())
    };
    let cases: [(Change, Refusal); 6] = [
        (|typed| typed.bank.clear(), Refusal::BankMissing { most: LINE_MAX }),
        (|typed| typed.account = "账号".to_owned(), Refusal::AccountInvalid { most: NUMBER_MAX }),
        (|typed| typed.address = "x".repeat(LINE_MAX + 1), Refusal::AddressMissing { most: LINE_MAX }),
        (|typed| typed.phone = "call me".to_owned(), Refusal::PhoneInvalid),
        (|typed| typed.tax_no = "91330108MA0000LH04".to_owned(), Refusal::TaxNoInvalid),
        (|typed| typed.title_type = "organization".to_owned(), Refusal::SpecialForEnterprise),
    ];
    for (change, refusal) in cases {
        assert_eq!(without(change), Err(refusal.into()));
    }
    let mut ordinary = Typed { kind: "ordinary".to_owned(), tax_no: " 91330108ma0000lh03 ".to_owned(), ..special() };
    for field in [&mut ordinary.bank, &mut ordinary.account, &mut ordinary.address, &mut ordinary.phone] {
        field.clear();
    }
    assert_eq!(ordinary.checked(OWN).expect("enough").tax_no, "91330108MA0000LH03");
}

#[test]
fn the_title_is_that_of_the_real_name_company_unless_there_is_none() {
    let other = Typed { title: "宁波远桥科技有限公司".to_owned(), ..special() };
    assert_eq!(other.checked(OWN), Err(Refusal::TitleFixed { title: OWN[0].to_owned() }.into()));
    assert!(other.checked(&[OWN[0], "宁波远桥科技有限公司"]).is_ok(), "a title that was granted");
    let own = Typed { title_type: "individual".to_owned(), kind: "ordinary".to_owned(), tax_no: String::new(), ..other };
    assert_eq!(own.checked(OWN), Err(Refusal::TitleTypeInvalid.into()));
    assert!(own.checked(&[]).is_ok(), "nobody stands behind it");
    assert_eq!(Typed { title: "云".repeat(101), ..own.clone() }.checked(&[]), Err(Refusal::TitleMissing { most: TITLE_MAX }.into()));
    assert_eq!(Typed { kind: "x".to_owned(), ..own }.checked(&[]), Err(Error::Invalid { field: "kind".to_owned() }));
}

#[test]
fn where_it_goes_fits_the_medium() {
    let to = |medium: &str, recipient: &str| Typed { medium: medium.to_owned(), recipient: recipient.to_owned(), ..special() }.checked(OWN);
    assert!(to("paper", "杭州市滨江区江南大道 1 号 林晓雯").is_ok());
    assert_eq!(to("paper", " "), Err(Refusal::PostMissing { most: LINE_MAX }.into()));
    for wrong in ["", "x", "@x.cn", "a@b", "a@b.", "a b@c.cn", "a@b@c.cn", "<a@b.cn>", "云@b.cn"] {
        assert_eq!(to("electronic", wrong), Err(Refusal::MailInvalid.into()), "{wrong}");
    }
}

#[test]
fn one_change_in_thirty_days_is_free_and_more_are_looked_at() {
    let at = |text: &str| format!("{text}T12:00:00+08:00").parse::<Moment>().expect("a moment");
    let now = at("2026-06-18");
    assert_eq!(way(None, now, false), Ok(Way::AtOnce));
    assert_eq!(way(Some(at("2026-05-19")), now, false), Ok(Way::AtOnce), "thirty days ago");
    assert_eq!(way(Some(at("2026-05-20")), now, false), Err(Refusal::ChangeTooSoon { from: day("2026-06-19") }));
    assert_eq!(way(Some(at("2026-05-20")), now, true), Ok(Way::Review));
    assert_eq!(way(None, now, true), Ok(Way::AtOnce), "nobody waits for nothing");
}

#[test]
fn each_step_leads_from_its_own_states_only() {
    let allowed = [
        (Step::Issue, State::Submitted, State::Issued),
        (Step::Reject, State::Submitted, State::Rejected),
        (Step::Cancel, State::Submitted, State::Cancelled),
        (Step::Send, State::Issued, State::Sent),
        (Step::Return, State::Issued, State::ReturnReview),
        (Step::Return, State::Sent, State::ReturnReview),
        (Step::AcceptReturn, State::ReturnReview, State::Returned),
        (Step::RefuseReturn, State::ReturnReview, State::Issued),
    ];
    for step in Step::ALL {
        for state in State::ALL {
            let to = allowed.iter().find(|(other, from, _)| other == step && from == state).map(|(.., to)| *to);
            assert_eq!(step.take(*state).ok(), to, "{} from {}", step.key(), state.key());
        }
        assert_eq!(Step::read(step.key()), Some(*step));
    }
    assert_eq!(InformationStep::Delete.take(InformationState::ChangeReview).map_err(|error| error.status()), Err(409));
    assert_eq!(ReviewStep::Grant.take(ReviewState::Refused).map_err(|error| error.code().to_owned()), Err("WRONG_STATE".to_owned()));
    let taking = State::ALL.iter().copied().filter(|state| state.is_valid_invoice() || *state == State::Submitted);
    assert!(taking.clone().count() == State::TAKING.len() && taking.into_iter().all(|state| State::TAKING.contains(&state)));
}

#[test]
fn texts_are_cut_to_size_and_numbers_are_plain() {
    assert_eq!(reason(" "), Err(Refusal::ReasonRequired { most: REASON_MAX }));
    assert!(reason(&"云".repeat(200)).is_ok() && reason(&"云".repeat(201)).is_err());
    assert_eq!(invoice_number(" 26332000000000012345 ").as_deref(), Ok("26332000000000012345"));
    for wrong in ["", "a b", "<x>", "发票", &"1".repeat(41)] {
        assert!(invoice_number(wrong).is_err() && courier(wrong).is_err(), "{wrong}");
    }
    assert_eq!(number(day("2026-06-18"), 3), "FP20260618-0003");
    assert!(
        pays_courier(Medium::Paper, yuan("99.99"))
            && !pays_courier(Medium::Paper, yuan("100"))
            && !pays_courier(Medium::Digital, yuan("1"))
    );
}

proptest! {
    #[test]
    fn what_an_amount_covers_is_that_amount_and_never_more_than_a_period_holds(
        paid in proptest::collection::vec((0_i64..2_000, 0_i64..2_000), 0..12), owed in 0_i64..6_000, cents in 1_i64..20_000,
    ) {
        let first = month("2024-01");
        let known: Vec<PaidPeriod> = paid.iter().enumerate().map(|(at, (paid, invoiced))| PaidPeriod {
            period: (0..at).fold(first, |period, _| period.next()),
            paid_micros: paid.max(invoiced) * 10_000,
            invoiced_micros: paid.min(invoiced) * 10_000,
        }).collect();
        let all = invoiceable(Currency::Cny, &known, owed * 10_000, day("2026-06-18")).expect("fits");
        let left: i64 = known.iter().map(|one| one.paid_micros - one.invoiced_micros).sum();
        prop_assert_eq!(all.open.micros, (left - owed * 10_000).max(0));
        match of_amount(&all, &format!("{}.{:02}", cents / 100, cents % 100)) {
            Ok((amount, parts)) => {
                prop_assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), amount.micros);
                prop_assert!(parts.iter().all(|(period, part)| all.periods.iter().any(|one| one.period == *period && one.open.micros >= *part)));
            }
            Err(refused) => {
                let is_too_much = matches!(refused, Refusal::AmountExceeds { .. }) && cents * 10_000 > all.open.micros;
                prop_assert!(is_too_much);
            }
        }
    }
}
