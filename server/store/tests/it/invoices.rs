//! Invoices: no more is invoiced than was paid, one information is valid, and whatever meets, one wins.

use crate::{
    house::{House, on_both},
    ledger::{partner, post, posting, vendor, yuan},
};
use domain::{
    Error, Id, Money,
    access::{CanIssueInvoices, CanManageInvoices, CanReviewInformation, Role, Side, Standing},
    invoice::{By, CONSOLE_INFORMATION, CONSOLE_REQUESTS, InformationState, REQUESTS, ReviewState, ReviewStep, State, Step, Tab, Typed},
    ledger::{Account, Movement},
    library::Format,
};
use futures::future::join_all;
use store::{
    Access, Store,
    attachments::NewFile,
    invoices::{self, Decided, Moved, NewInformation, NewRequest, NewTitle, Saved, Submitted},
};

/// A partner with a paid bill, and the vendor's finance and support.
struct Stage {
    clerk: Standing,
    finance: Standing,
    support: Standing,
}

async fn stage(house: &House) -> Stage {
    set(house, "2026-06-18");
    vendor(house).await;
    let vendor = house.texts(&["id"], "FROM tenants WHERE side = 'vendor'").await.remove(0).remove(0).expect("an id");
    let mut clerk = partner(house, "lanhai").await;
    clerk.real_name = Some("2021-04-12".parse().expect("a day"));
    let staff = |number, role| Standing {
        account: Id(number),
        tenant: vendor.parse().expect("an id"),
        side: Side::Vendor,
        roles: vec![role],
        ..clerk.clone()
    };
    let (finance, support) = (staff(1, Role::VendorFinance), staff(2, Role::Support));
    Stage { clerk, finance, support }
}

fn set(house: &House, day: &str) {
    house.store.clock.stand_at(Some(format!("{day}T12:00:00+08:00").parse().expect("a moment")));
}

/// A bill of which so much was paid.
pub(crate) async fn bill(house: &House, partner: Id, period: &str, paid: &str) {
    let (id, micros) = (house.store.ids.id(), yuan(paid).micros);
    let columns = "tenant_id, id, no, period, currency, version, state, consumption_micros, consumption_rest, refunds_micros, refunds_rest,
        adjustments_micros, adjustments_rest, due_micros, tax_micros, paid_micros, lines, customers, until_us, made_at_us, issues_at_us,
        issued_at_us, due_at_us";
    let row = format!(
        "'{partner}', '{id}', 'ZD{period}', '{period}', 'CNY', 1, 'paid', {micros}, 0, 0, 0, 0, 0, {micros}, 0, {micros}, 1, 1, 0, 0, NULL, 0, 0"
    );
    house.execute(&format!("INSERT INTO partner_bill ({columns}) VALUES ({row})")).await;
}

async fn owe(house: &House, partner: Id, amount: &str) {
    let legs = [(Account::InvoicesToCome, Account::OwedInvoice, yuan(amount))];
    post(&house.store, None, posting(&house.store, partner, Movement::InvoiceOwed, &legs)).await.expect("owed");
}

fn of_partner(store: &Store, standing: &Standing) -> Access<CanManageInvoices> {
    store.system(standing.clone()).access().expect("a clerk")
}

fn of_finance(store: &Store, stage: &Stage) -> Access<CanIssueInvoices> {
    store.system(stage.finance.clone()).access().expect("finance")
}

fn of_support(store: &Store, stage: &Stage) -> Access<CanReviewInformation> {
    store.system(stage.support.clone()).access().expect("support")
}

fn key(store: &Store) -> store::Key {
    store.ids.id().to_string().parse().expect("a key")
}

fn typed(stage: &Stage) -> Typed {
    Typed {
        title_type: "enterprise".to_owned(),
        title: stage.clerk.company.clone(),
        kind: "ordinary".to_owned(),
        tax_no: "91330108MA0000LH03".to_owned(),
        medium: "paper".to_owned(),
        recipient: "杭州市滨江区江南大道 1 号 林晓雯".to_owned(),
        ..Typed::default()
    }
}

fn special(stage: &Stage) -> Typed {
    let line = || "杭州".to_owned();
    Typed {
        kind: "special".to_owned(),
        bank: line(),
        account: "5719".to_owned(),
        address: line(),
        phone: "0571-88001234".to_owned(),
        ..typed(stage)
    }
}

async fn save(
    store: &Store,
    stage: &Stage,
    information: Option<(Id, i64)>,
    typed: Typed,
    review: bool,
) -> Result<(Id, InformationState), Error> {
    let saved = Saved { information, tab: Tab::Vendor, typed, reason: "开票要求变更".to_owned(), review };
    invoices::save(&of_partner(store, &stage.clerk), key(store), saved).await
}

async fn made(house: &House, stage: &Stage) -> Id {
    save(&house.store, stage, None, typed(stage), false).await.expect("an information").0
}

pub(crate) fn by_amount(information: Id, amount: &str) -> NewRequest {
    NewRequest { information: Some(information), by: By::Amount, period: None, amount: amount.to_owned(), again: None }
}

fn by_period(information: Id, period: &str) -> NewRequest {
    let period = Some(period.parse().expect("a month"));
    NewRequest { information: Some(information), by: By::Period, period, amount: String::new(), again: None }
}

async fn submit(store: &Store, stage: &Stage, new: NewRequest) -> Result<Submitted, Error> {
    invoices::submit(&of_partner(store, &stage.clerk), key(store), new).await
}

async fn decide(store: &Store, stage: &Stage, request: Id, version: Option<i64>, step: Step, note: &str) -> Result<State, Error> {
    let moved = Moved { request, version, step, note: note.to_owned(), file: None };
    if step.is_vendors() {
        invoices::decide(&of_finance(store, stage), key(store), moved).await
    } else {
        invoices::cancel_or_return(&of_partner(store, &stage.clerk), key(store), moved).await
    }
}

async fn open(store: &Store, stage: &Stage) -> Money {
    invoices::summary(&of_partner(store, &stage.clerk)).await.expect("a summary").invoiceable.open
}

fn code_of<T: std::fmt::Debug>(result: Result<T, Error>) -> (u16, String) {
    let error = result.expect_err("refused");
    (error.status(), error.code().to_owned())
}

on_both! {
    async fn a_request_is_issued_sent_given_back_and_free_again(house) {
        let stage = stage(house).await;
        let (store, partner) = (&house.store, stage.clerk.tenant);
        bill(house, partner, "2026-05", "678342.10").await;
        owe(house, partner, "52180").await;
        assert_eq!(open(store, &stage).await, yuan("626162.10"));
        let information = made(house, &stage).await;
        let asked = submit(store, &stage, by_period(information, "2026-05")).await.expect("handed in");
        assert_eq!((asked.number.as_str(), open(store, &stage).await), ("FP20260618-0001", yuan("0")));
        assert_eq!(code_of(decide(store, &stage, asked.id, Some(1), Step::Issue, "发票").await), (422, "INVALID".to_owned()));
        assert_eq!(decide(store, &stage, asked.id, Some(1), Step::Issue, "26332000000000012345").await, Ok(State::Issued));
        assert_eq!(decide(store, &stage, asked.id, Some(2), Step::Send, "SF1234567890").await, Ok(State::Sent));
        assert_eq!(code_of(decide(store, &stage, asked.id, Some(2), Step::Return, "抬头有误").await), (409, "STALE".to_owned()));
        assert_eq!(code_of(decide(store, &stage, asked.id, Some(3), Step::Return, " ").await), (422, "REASON_REQUIRED".to_owned()));
        assert_eq!(decide(store, &stage, asked.id, Some(3), Step::Return, "抬头有误").await, Ok(State::ReturnReview));
        assert_eq!(open(store, &stage).await, yuan("0"), "not yet");
        assert_eq!(decide(store, &stage, asked.id, Some(4), Step::AcceptReturn, "").await, Ok(State::Returned));
        assert_eq!(open(store, &stage).await, yuan("626162.10"));
        let detail = invoices::show(&of_partner(store, &stage.clerk), asked.id).await.expect("a request");
        assert_eq!((detail.row.tax, detail.row.invoice.as_str()), (yuan("35443.14"), "26332000000000012345"));
        assert_eq!(detail.row.due.to_minutes(), "2026-06-24 12:00", "the holiday is skipped");
        let steps: Vec<Option<Step>> = detail.events.iter().map(|event| event.step).collect();
        assert_eq!(steps, [None, Some(Step::Issue), Some(Step::Send), Some(Step::Return), Some(Step::AcceptReturn)]);
        let audit = format!("SELECT COUNT(*) FROM audit WHERE object = 'invoice-request/{}'", asked.id);
        assert_eq!(house.number(&audit).await, 5, "one row for each event");
        let told = format!("SELECT COUNT(*) FROM messages WHERE topic = 'invoice' AND account_id = '{}'", stage.clerk.account);
        assert_eq!(house.number(&told).await, 4, "requested, issued, sent, taken back");
        let again = NewRequest { again: Some(asked.id), ..by_period(information, "2026-05") };
        let again = submit(store, &stage, again).await.expect("again");
        let taken = decide(store, &stage, again.id, Some(1), Step::Issue, "26332000000000012345").await;
        assert_eq!(code_of(taken), (422, "INVALID".to_owned()), "a number is there once");
        let owed = format!("SELECT balance FROM v_account WHERE tenant_id = '{partner}' AND balance > 0");
        assert_eq!(house.number(&owed).await, yuan("52180").micros, "an invoice moves no balance");
    }
}

on_both! {
    async fn what_a_form_may_not_ask_is_refused_and_leaves_no_row(house) {
        let stage = stage(house).await;
        let (store, partner) = (&house.store, stage.clerk.tenant);
        for (period, paid) in [("2026-04", "100"), ("2026-05", "100"), ("2026-06", "100")] {
            bill(house, partner, period, paid).await;
        }
        let information = made(house, &stage).await;
        let refused = async |new: NewRequest| code_of(submit(store, &stage, new).await);
        let field = |status: u16, code: &str| (status, code.to_owned());
        assert_eq!(refused(by_period(information, "2026-06")).await, field(422, "PERIOD_INVALID"));
        assert_eq!(refused(by_period(information, "2026-03")).await, field(422, "PERIOD_INVALID"));
        assert_eq!(refused(by_period(information, "2026-05")).await, field(422, "PERIOD_INVALID"), "April first");
        assert_eq!(refused(by_amount(information, "200.01")).await, field(422, "AMOUNT_EXCEEDS"));
        assert_eq!(refused(by_amount(information, "1,000")).await, field(422, "AMOUNT_INVALID"));
        assert_eq!(refused(NewRequest { information: None, ..by_amount(information, "1") }).await, field(422, "INVALID"));
        assert_eq!(refused(by_amount(store.ids.id(), "1")).await, field(422, "INVALID"));
        assert_eq!(refused(NewRequest { again: Some(store.ids.id()), ..by_amount(information, "1") }).await, field(404, "NOT_FOUND"));
        owe(house, partner, "150").await;
        assert_eq!(refused(by_period(information, "2026-04")).await, field(422, "AMOUNT_EXCEEDS"), "what is owed keeps it back");
        assert_eq!(house.number("SELECT COUNT(*) FROM invoice_requests").await, 0);
        assert_eq!(house.number("SELECT COUNT(*) FROM invoice_request_parts").await, 0);
        let other = crate::ledger::partner(house, "qinghe").await;
        let foreign = invoices::submit(&of_partner(store, &other), key(store), by_amount(information, "1")).await;
        assert_eq!(code_of(foreign), field(422, "INVALID"), "somebody else's information is none");
        let asked = submit(store, &stage, by_amount(information, "50")).await.expect("the rest");
        assert_eq!(code_of(invoices::show(&of_partner(store, &other), asked.id).await), field(404, "NOT_FOUND"));
        let moved = Moved { request: asked.id, version: None, step: Step::Cancel, note: String::new(), file: None };
        assert_eq!(code_of(invoices::cancel_or_return(&of_partner(store, &other), key(store), moved).await), field(404, "NOT_FOUND"));
    }
}

on_both! {
    async fn one_information_is_valid_and_more_need_a_title_that_support_granted(house) {
        let stage = stage(house).await;
        let store = &house.store;
        let fixed = save(store, &stage, None, Typed { title: "宁波远桥科技有限公司".to_owned(), ..typed(&stage) }, false).await;
        assert_eq!(code_of(fixed), (422, "TITLE_FIXED".to_owned()));
        let wrong = save(store, &stage, None, Typed { tax_no: "91330108MA0000LH04".to_owned(), ..typed(&stage) }, false).await;
        assert_eq!(code_of(wrong), (422, "TAX_NO_INVALID".to_owned()));
        let first = save(store, &stage, None, special(&stage), false).await.expect("the first").0;
        assert_eq!(code_of(save(store, &stage, None, typed(&stage), false).await), (409, "ONE_VALID_ONLY".to_owned()));
        let evidence = Some(NewFile { name: "关系证明.pdf".to_owned(), format: Format::Pdf, size_bytes: 9, sha256: "ab".repeat(32) });
        let wish = NewTitle {
            tab: Tab::Vendor,
            title: "宁波远桥科技有限公司".to_owned(),
            tax_no: "91330108MA0000LH03".to_owned(),
            reason: "集团内统一结算".to_owned(),
            evidence,
        };
        let access = of_partner(store, &stage.clerk);
        let asked = invoices::ask_title(&access, key(store), wish.clone()).await.expect("asked");
        assert_eq!(code_of(invoices::ask_title(&access, key(store), wish.clone()).await), (409, "WRONG_STATE".to_owned()), "one at a time");
        let checked = store::check::files(store).await.expect("a check");
        assert_eq!((checked.attachments, checked.findings.len()), (1, 1), "the proof of this test has no file, and the check says so");
        assert_eq!(checked.findings[0].at, format!("title/{asked}"));
        let decided = |version, step, note: &str| Decided { review: asked, version, step, note: note.to_owned() };
        let support = of_support(store, &stage);
        let silent = invoices::decide_review(&support, key(store), decided(1, ReviewStep::Refuse, "")).await;
        assert_eq!(code_of(silent), (422, "REASON_REQUIRED".to_owned()));
        let granted = invoices::decide_review(&support, key(store), decided(1, ReviewStep::Grant, "")).await;
        assert_eq!(granted, Ok(ReviewState::Granted));
        let late = invoices::decide_review(&support, key(store), decided(2, ReviewStep::Refuse, "迟了")).await;
        assert_eq!(code_of(late), (409, "WRONG_STATE".to_owned()));
        assert_eq!(code_of(save(store, &stage, None, typed(&stage), false).await), (422, "TITLE_FIXED".to_owned()), "for that title only");
        let two = save(store, &stage, None, Typed { title: wish.title.clone(), ..special(&stage) }, false).await;
        assert_eq!(code_of(two), (409, "ONE_VALID_ONLY".to_owned()), "one special among several");
        save(store, &stage, None, Typed { title: wish.title.clone(), ..typed(&stage) }, false).await.expect("the second");
        assert_eq!(code_of(save(store, &stage, None, typed(&stage), false).await), (409, "ONE_VALID_ONLY".to_owned()), "a grant is good once");
        let page = invoices::information(&access, Tab::Vendor).await.expect("a page");
        assert_eq!((page.rows.len(), page.may_add, page.granted), (2, false, None));
        let done = invoices::reviews(&support, CONSOLE_INFORMATION.read("tab=done")).await.expect("a queue");
        assert_eq!((done.total, done.rows[0].id), (1, asked));
        invoices::delete(&access, key(store), first, 1).await.expect("nothing rests on it");
        assert_eq!(code_of(invoices::delete(&access, key(store), first, 2).await), (409, "WRONG_STATE".to_owned()));
    }
}

on_both! {
    async fn a_second_change_in_thirty_days_is_looked_at_and_versions_are_kept(house) {
        let stage = stage(house).await;
        let (store, access) = (&house.store, of_partner(&house.store, &stage.clerk));
        bill(house, stage.clerk.tenant, "2026-05", "100").await;
        let id = made(house, &stage).await;
        let asked = submit(store, &stage, by_amount(id, "10")).await.expect("handed in");
        let to = |recipient: &str| Typed { recipient: recipient.to_owned(), ..typed(&stage) };
        assert_eq!(save(store, &stage, Some((id, 1)), to("二楼"), false).await, Ok((id, InformationState::Valid)));
        assert_eq!(code_of(save(store, &stage, Some((id, 1)), to("三楼"), false).await), (409, "STALE".to_owned()));
        assert_eq!(code_of(save(store, &stage, Some((id, 2)), to("三楼"), false).await), (409, "CHANGE_TOO_SOON".to_owned()));
        assert_eq!(save(store, &stage, Some((id, 2)), to("三楼"), true).await, Ok((id, InformationState::ChangeReview)));
        assert_eq!(code_of(save(store, &stage, Some((id, 3)), to("四楼"), true).await), (409, "WRONG_STATE".to_owned()));
        let queue = invoices::reviews(&of_support(store, &stage), CONSOLE_INFORMATION.read("tab=changes")).await.expect("a queue");
        let review = invoices::review(&of_support(store, &stage), queue.rows[0].id).await.expect("a change");
        let (now, wanted) = review.change.expect("both");
        assert_eq!((now.recipient.as_str(), wanted.recipient.as_str()), ("二楼", "三楼"));
        let decided = Decided { review: review.row.id, version: 1, step: ReviewStep::Grant, note: String::new() };
        invoices::decide_review(&of_support(store, &stage), key(store), decided).await.expect("granted");
        let form = invoices::information_form(&access, &format!("id={id}")).await.expect("a form");
        assert_eq!(form.versions.iter().map(|version| version.content.recipient.as_str()).collect::<Vec<_>>(), [
            "三楼",
            "二楼",
            "杭州市滨江区江南大道 1 号 林晓雯",
        ]);
        assert_eq!(form.free_from.map(|day| day.to_string()).as_deref(), Some("2026-07-18"));
        let kept = invoices::show(&access, asked.id).await.expect("a request");
        assert_eq!((kept.content_version, kept.content.recipient.as_str()), (1, "杭州市滨江区江南大道 1 号 林晓雯"));
        assert_eq!(code_of(invoices::delete(&access, key(store), id, 4).await), (409, "IN_USE".to_owned()));
        set(house, "2026-07-18");
        assert_eq!(save(store, &stage, Some((id, 4)), to("一楼"), false).await, Ok((id, InformationState::Valid)));
        decide(store, &stage, asked.id, None, Step::Cancel, "").await.expect("cancelled");
        invoices::delete(&access, key(store), id, 5).await.expect("nothing rests on it any more");
        assert_eq!(code_of(submit(store, &stage, by_amount(id, "10")).await), (422, "INVALID".to_owned()));
    }
}

on_both! {
    async fn who_had_several_keeps_them_and_adds_none(house) {
        let stage = stage(house).await;
        let store = &house.store;
        for title in ["甲", "乙"] {
            let content = Typed { title: title.to_owned(), ..typed(&stage) }.checked(&[title]).expect("complete");
            let new = NewInformation { partner: stage.clerk.tenant, tab: Tab::Vendor, content, is_legacy: true };
            let access = of_partner(store, &stage.clerk);
            let entered = access.write(None, new, |tx, new| {
                Box::pin(async move {
                    let (id, event) = invoices::enter_information(tx, new).await?;
                    Ok(store::Written::new(id, new.partner, event))
                })
            });
            entered.await.expect("entered");
        }
        let page = invoices::information(&of_partner(store, &stage.clerk), Tab::Vendor).await.expect("a page");
        assert!(page.rows.len() == 2 && page.rows.iter().all(|row| row.is_legacy) && !page.may_add);
        assert_eq!(code_of(save(store, &stage, None, typed(&stage), false).await), (409, "ONE_VALID_ONLY".to_owned()));
        let row = &page.rows[0];
        let kept = save(store, &stage, Some((row.id, 1)), row.content.typed(), false).await;
        assert_eq!(kept, Ok((row.id, InformationState::Valid)), "a title of old stays");
        let seller = Saved { information: None, tab: Tab::Seller, typed: typed(&stage), reason: String::new(), review: false };
        invoices::save(&of_partner(store, &stage.clerk), key(store), seller).await.expect("the other tab has one of its own");
    }
}

on_both! {
    async fn sixteen_at_once_never_take_more_than_was_paid_and_the_same_form_is_one_request(house) {
        let stage = stage(house).await;
        let store = &house.store;
        bill(house, stage.clerk.tenant, "2026-05", "50").await;
        let information = made(house, &stage).await;
        let all = join_all((0..16).map(|_| submit(store, &stage, by_amount(information, "10")))).await;
        let fine = |error: &Error| ["AMOUNT_EXCEEDS", "UNAVAILABLE"].contains(&error.code());
        assert!(all.iter().filter_map(|one| one.as_ref().err()).all(fine), "{all:?}");
        let done = all.iter().filter(|one| one.is_ok()).count();
        assert!((1..=5).contains(&done), "{all:?}");
        let taken = house.number("SELECT CAST(SUM(amount_micros) AS BIGINT) FROM invoice_request_parts").await;
        assert!(taken <= yuan("50").micros && taken == i64::try_from(done).expect("few") * yuan("10").micros);
        let first = house.texts(&["id"], "FROM invoice_requests ORDER BY number LIMIT 1").await.remove(0).remove(0).expect("an id");
        decide(store, &stage, first.parse().expect("an id"), Some(1), Step::Cancel, "").await.expect("cancelled");
        let (access, form) = (of_partner(store, &stage.clerk), key(store));
        let sent = join_all((0..16).map(|_| invoices::submit(&access, form.clone(), by_amount(information, "10")))).await;
        let only = sent[0].clone().expect("handed in");
        assert!(sent.iter().all(|answer| answer.as_ref() == Ok(&only)), "{sent:?}");
        assert_eq!(invoices::submit(&access, form, by_amount(information, "9")).await, Err(Error::KeyReused));
    }
}

on_both! {
    async fn of_issue_reject_and_cancel_at_once_one_wins_and_the_others_are_told(house) {
        let stage = stage(house).await;
        let store = &house.store;
        bill(house, stage.clerk.tenant, "2026-05", "1000").await;
        let information = made(house, &stage).await;
        for round in 0..6 {
            let asked = submit(store, &stage, by_amount(information, "10")).await.expect("handed in");
            let number = format!("2633200000000001{round}");
            let steps = [(Step::Issue, number.as_str()), (Step::Reject, "信息有误"), (Step::Cancel, ""), (Step::Issue, "999")];
            let all = join_all(steps.map(|(step, note)| decide(store, &stage, asked.id, Some(1), step, note))).await;
            assert_eq!(all.iter().filter(|done| done.is_ok()).count(), 1, "{all:?}");
            assert!(all.iter().filter_map(|done| done.as_ref().err()).all(|error| error.status() == 409 || error.status() == 422), "{all:?}");
            let lines = format!("SELECT COUNT(*) FROM invoice_events WHERE request_id = '{}'", asked.id);
            assert_eq!(house.number(&lines).await, 2);
        }
        let queue = invoices::queue(&of_finance(store, &stage), CONSOLE_REQUESTS.read("")).await.expect("a queue");
        assert_eq!((queue.total, queue.waiting), (0, yuan("0")));
        let page = invoices::page(&of_partner(store, &stage.clerk), REQUESTS.read("q=FP2026")).await.expect("a page");
        assert_eq!((page.total, page.rows.len()), (6, 6));
    }
}
