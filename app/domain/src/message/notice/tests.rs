//! What holds for each notice and for the mails of them.

use super::*;
use crate::{Lang, message::TOLD_MAX};
use std::collections::BTreeSet;

/// One notice of each kind, with what people type at its worst.
fn one_of_each() -> Vec<Notice> {
    let (id, evil) = (Id(7), || "/a\r\nBcc: x@evil.example\n/evil\u{202e}".to_owned());
    let day: Day = "2026-06-18".parse().expect("a day");
    vec![
        Notice::ExportFinished { task: id, file: evil(), rows: 1_284 },
        Notice::ExportFailed { task: id, file: evil(), problem: Problem::TooLong },
        Notice::WithdrawalMoved { withdrawal: id, number: evil(), amount: Money::cny(1), state: State::Rejected, note: evil() },
        Notice::InvoiceMoved {
            request: id,
            version: 2,
            number: evil(),
            amount: Money::cny(1),
            state: invoice::State::Rejected,
            note: evil(),
        },
        Notice::InvoiceReviewed {
            review: id,
            kind: invoice::ReviewKind::Title,
            title: evil(),
            state: invoice::ReviewState::Refused,
            note: evil(),
        },
        Notice::BalanceLow { occasion: id, balance: Money::cny(1), limit: Money::cny(2) },
        Notice::TopUpMoved { top_up: id, number: evil(), amount: Money::cny(1), state: top_up::State::Refused, note: evil() },
        Notice::BankAccountChanged { occasion: id, what: What::Change, bank: evil(), tail: evil(), by: evil(), ready: Some(Moment(0)) },
        Notice::BillIssued { bill: id, period: Period::of(day), due: Money::cny(1), until: day },
        Notice::BillDue { bill: id, period: Period::of(day), open: Money::cny(1), until: day },
        Notice::BillOverdue { bill: id, period: Period::of(day), open: Money::cny(1) },
        Notice::BillPaid { bill: id, period: Period::of(day), due: Money { currency: Currency::Usd, micros: 1 } },
        Notice::BillAdjusted { occasion: id, period: Period::of(day), amount: Money::cny(-1), reason: evil() },
        Notice::NewDevice { occasion: id, device: evil(), address: evil() },
        Notice::SignedOutEverywhere { occasion: id, sessions: 3 },
        Notice::AccessRequested {
            account: id,
            name: evil(),
            permission: "sales.bill.view".to_owned(),
            path: "https://evil.example".to_owned(),
            day,
        },
        Notice::AgreementPublished {
            agreement: id,
            title: Said { zh: format!("协议{}", evil()), en: evil() },
            mandatory: true,
            until: Some(day),
        },
        Notice::AgreementExpired { agreement: id, title: Said { zh: format!("协议{}", evil()), en: evil() } },
        Notice::DocumentUpdated { document: id, version: 2, title: evil(), what_changed: evil() },
        Notice::DocumentWithdrawn { document: id, version: 5, title: evil() },
    ]
}

#[test]
fn the_topics_in_use_are_those_of_the_notices() {
    let told: BTreeSet<_> = one_of_each().iter().map(Notice::topic).collect();
    assert_eq!(told, TOPICS.iter().copied().collect());
}

#[test]
fn each_notice_has_a_cause_of_its_own_and_reads_back_as_it_was_kept() {
    let causes: BTreeSet<_> = one_of_each().iter().map(Notice::cause).collect();
    assert_eq!(causes.len(), one_of_each().len());
    for notice in one_of_each() {
        let kept = serde_json::to_string(&notice).expect("JSON");
        assert_eq!(serde_json::from_str::<Notice>(&kept).expect("a notice"), notice);
    }
}

#[test]
fn whatever_is_typed_stays_in_its_line_and_leads_nowhere() {
    for notice in one_of_each() {
        for lang in Lang::ALL {
            let (title, body) = (notice.title(lang), notice.body(lang));
            for line in [&title, &body] {
                assert!(!line.is_empty() && !line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
            }
            let sent = mail(&[(Id(1), notice.clone())], 1, lang);
            let links: Vec<_> = sent.text.lines().filter(|line| line.starts_with('/')).collect();
            assert_eq!(links, [format!("/messages/{}", Id(1)), CHOICES.to_owned()], "{}", sent.text);
            assert!(!sent.subject.contains(['\r', '\n']));
        }
        for side in [Side::Partner, Side::Vendor] {
            assert_eq!(crate::sign_in::own_path(&notice.path(side)), notice.path(side), "an own path");
        }
    }
}

#[test]
fn both_languages_are_complete() {
    for notice in one_of_each() {
        assert!(!notice.title(Lang::Zh).is_ascii() && !notice.body(Lang::Zh).is_ascii());
        assert_ne!(notice.title(Lang::Zh), notice.title(Lang::En));
        assert_ne!(notice.body(Lang::Zh), notice.body(Lang::En));
    }
}

#[test]
fn a_mail_tells_some_and_counts_the_rest() {
    let notice = Notice::SignedOutEverywhere { occasion: Id(1), sessions: 1 };
    let many: Vec<_> = (0..30).map(|at| (Id(at), notice.clone())).collect();
    let sent = mail(&many, 45, Lang::En);
    assert_eq!(sent.subject, "Partner Center: 45 new messages");
    assert_eq!(sent.text.matches("/messages/").count(), TOLD_MAX);
    assert!(sent.text.contains("And 25 more:\n/messages?state=unread"), "{}", sent.text);
    assert_eq!(mail(&many[..1], 1, Lang::Zh).subject, "您的账号已在所有设备上退出");
}

#[test]
fn own_addresses_and_nothing_else_get_the_public_address() {
    let text = "https://evil.example\n/messages/1\n see /messages/2";
    assert_eq!(linked(text, "https://pc.example"), "https://evil.example\nhttps://pc.example/messages/1\n see /messages/2");
}
