//! Roles, defaults and gates.

use super::*;

fn member(identities: &[Identity], programs: &[Program], roles: &[Role]) -> Standing {
    Standing {
        account: Id(1),
        tenant: Id(2),
        side: Side::Partner,
        name: "陈思远".into(),
        email: "admin@lanhai.example".into(),
        company: "杭州澜海数科技术有限公司".into(),
        company_short: "澜海数科".into(),
        identities: identities.to_vec(),
        programs: programs.to_vec(),
        real_name: None,
        agreement: Some(("2026-03-05".parse().expect("a day"), "陈思远".into())),
        agreement_due: None,
        roles: roles.to_vec(),
        administrators: vec!["陈思远".into()],
    }
}

fn reason(standing: &Standing, rule: Option<&'static Rule>) -> Option<Reason> {
    standing.may(rule.expect("a rule")).err().map(|why| why.reason)
}

#[test]
fn the_default_table_has_twelve_nine_and_eight_items() {
    assert_eq!(defaults(DefaultsFor::Sales).len(), 12);
    assert_eq!(defaults(DefaultsFor::Paths).len(), 9);
    assert_eq!(defaults(DefaultsFor::Others).len(), 8);
}

#[test]
fn the_owners_six_defaults_come_first_and_withdrawing_is_one() {
    let codes: Vec<_> = defaults(DefaultsFor::Sales).iter().map(|rule| rule.code).take(6).collect();
    let owners = [
        "home.balance.view",
        "home.topup.create",
        "home.withdraw.create",
        "home.balance_alert.set",
        "partner.company.view",
        "partner.personal.view",
    ];
    assert_eq!(codes, owners);
}

#[test]
fn every_code_is_there_once() {
    let mut codes: Vec<_> = CATALOGUE.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), CATALOGUE.len());
}

#[test]
fn a_sales_identity_decides_the_defaults_whatever_paths_it_follows() {
    assert_eq!(member(&[Identity::Software, Identity::Csp], &[], &[]).defaults(), DefaultsFor::Sales);
    assert_eq!(member(&[Identity::Software], &[], &[]).defaults(), DefaultsFor::Paths);
    assert_eq!(member(&[], &[], &[]).defaults(), DefaultsFor::Others);
}

#[test]
fn the_library_opens_with_any_program_for_every_role() {
    for role in roles_of(Side::Partner) {
        let without = member(&[Identity::Csp], &[], &[role]);
        assert_eq!(reason(&without, CanReadLibrary::RULE), Some(Reason::ProgramNeeded));
        let with = member(&[Identity::Csp], &[Program::CoDevelopment], &[role]);
        assert_eq!(reason(&with, CanReadLibrary::RULE), None);
    }
}

#[test]
fn an_account_outside_the_network_is_shown_the_way_in() {
    let mut outside = member(&[], &[], &[Role::Administrator]);
    outside.agreement = None;
    assert_eq!(reason(&outside, CanReadLibrary::RULE), Some(Reason::NotInNetwork));
    outside.side = Side::Outside;
    assert_eq!(reason(&outside, CanUsePortal::RULE), Some(Reason::NotInNetwork));
}

#[test]
fn a_mandatory_agreement_stands_before_everything_but_itself() {
    let title = crate::text::text("数据处理协议", "Data processing terms").into();
    let due = Some(Mandatory { id: Id(7), title });
    for role in [Role::Administrator, Role::FinanceClerk] {
        let waiting = Standing { agreement_due: due.clone(), ..member(&[Identity::Csp], &[Program::CspProgram], &[role]) };
        for rule in CATALOGUE.iter().filter(|rule| rule.side == Side::Partner && !rule.code.starts_with("partner.agreement.")) {
            assert_eq!(reason(&waiting, Some(rule)), Some(Reason::AgreementPending), "{}", rule.code);
        }
        assert_eq!(reason(&waiting, CanSeeAgreements::RULE), None);
        let may_accept = (role != Role::Administrator).then_some(Reason::RoleNeeded);
        assert_eq!(reason(&waiting, CanAcceptAgreements::RULE), may_accept);
    }
    let why = Standing { agreement_due: due, ..member(&[], &[], &[Role::FinanceClerk]) }.may(CanReadLibrary::RULE.expect("a rule"));
    let why = why.expect_err("the agreement comes before the program");
    assert_eq!((why.reason, why.who.as_slice()), (Reason::AgreementPending, ["陈思远".to_owned()].as_slice()));
    assert!(why.sentence(crate::Lang::Zh).contains("数据处理协议"));
    assert!(why.sentence(crate::Lang::En).contains("Data processing terms"));
}

#[test]
fn an_account_manager_never_sees_the_bill_and_is_told_that_the_role_lacks_it() {
    let manager = member(&[Identity::Csp], &[Program::CspProgram], &[Role::AccountManager]);
    assert_eq!(reason(&manager, CanSeeBill::RULE), Some(Reason::RoleNeeded));
    assert_eq!(reason(&manager, CanWithdraw::RULE), None);
}

#[test]
fn no_partner_holds_a_permission_of_the_console() {
    let everything = member(&[Identity::Csp], &[Program::CspProgram], Role::ALL);
    for rule in CATALOGUE.iter().filter(|rule| rule.side == Side::Vendor) {
        assert_eq!(reason(&everything, Some(rule)), Some(Reason::OtherSide), "{}", rule.code);
    }
}
