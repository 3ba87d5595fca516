//! Withdrawals: the amount is held at once and free again or paid once; what is refused leaves no row and moves nothing.

use crate::{
    house::{House, on_both},
    ledger::{is_clean, partner, post, posting, vendor, yuan},
};
use domain::{
    Error, Id, Moment, Money,
    access::{Anyone, CanReviewWithdrawals, CanSeeBalance, CanWithdraw, Role, Side, Standing},
    ledger::{Account, Funds, Movement},
    list::List,
    withdrawal::{CONSOLE_WITHDRAWALS, Channel, Fund, State, Step, Tab, WITHDRAWALS},
};
use store::{
    Access, Store, Written,
    bank_accounts::{self, NewBankAccount},
    ledger, outbox,
    withdrawals::{self, Moved, NewTopUp, NewWithdrawal, Submitted},
};

/// A partner with money and an account, and two people of the vendor's finance.
pub(crate) struct Stage {
    pub(crate) clerk: Standing,
    pub(crate) staff: [Standing; 2],
    pub(crate) account: Id,
    vendor: Id,
}

pub(crate) fn at(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn noon() -> Moment {
    at("2026-06-10T12:00:00+08:00")
}

pub(crate) async fn stage(house: &House) -> Stage {
    house.store.clock.stand_at(Some(at("2026-06-01T12:00:00+08:00")));
    vendor(house).await;
    let vendor = house.texts(&["id"], "FROM tenants WHERE side = 'vendor'").await.remove(0).remove(0).expect("an id");
    let vendor: Id = vendor.parse().expect("an id");
    let mut clerk = partner(house, "lanhai").await;
    clerk.real_name = Some("2021-04-12".parse().expect("a day"));
    house.execute(&format!("UPDATE tenants SET real_name_at_us = 1 WHERE id = '{}'", clerk.tenant)).await;
    let staff = [1, 2].map(|number| Standing {
        account: Id(number),
        tenant: vendor,
        side: Side::Vendor,
        roles: vec![Role::VendorFinance],
        name: format!("财经 {number}"),
        ..clerk.clone()
    });
    let account = house.store.ids.id();
    let new = NewBankAccount {
        id: account,
        partner: clerk.tenant,
        holder: clerk.company.clone(),
        bank: "招商银行".to_owned(),
        branch: "杭州滨江支行".to_owned(),
        number: "5719 0823 4610 915".to_owned(),
        by: clerk.name.clone(),
    };
    save(house, new).await;
    house.store.clock.stand_at(Some(noon()));
    Stage { clerk, staff, account, vendor }
}

async fn save(house: &House, new: NewBankAccount) {
    let access = house.stranger("x");
    let saved = access.write(None, new, |tx, new| Box::pin(bank_accounts::save_account(tx, new)));
    saved.await.expect("an account");
}

/// Money in a fund, by a route that leads there.
pub(crate) async fn give(house: &House, stage: &Stage, to: Account, amount: &str) {
    let (movement, from) = match to {
        Account::IncentiveRebate => (Movement::IncentiveCredited, Account::IncentiveExpense),
        _ => (Movement::TopUp, Account::Clearing),
    };
    let posting = posting(&house.store, stage.clerk.tenant, movement, &[(from, to, yuan(amount))]);
    post(&house.store, None, posting).await.expect("money");
}

/// A top-up with its record.
pub(crate) async fn top_up(house: &House, stage: &Stage, day: &str, amount: &str, bonus: &str) -> Id {
    give(house, stage, Account::OriginalPath, amount).await;
    let id = house.store.ids.id();
    let new = NewTopUp {
        id,
        partner: stage.clerk.tenant,
        number: format!("CZ{}", day.replace('-', "")),
        entity: stage.vendor,
        channel: Channel::Transfer,
        amount: yuan(amount),
        left: yuan(amount),
        bonus: yuan(bonus),
        received: at(&format!("{day}T10:00:00+08:00")),
        holder: stage.clerk.company.clone(),
        bank: "招商银行".to_owned(),
        branch: "杭州滨江支行".to_owned(),
        account_number: "571908233318".to_owned(),
    };
    let access = house.stranger("x");
    let entered = access.write(None, new, |tx, new| {
        Box::pin(async move {
            withdrawals::enter_top_up(tx, new).await?;
            Ok(Written::quiet(()))
        })
    });
    entered.await.expect("a record");
    id
}

pub(crate) fn new(stage: &Stage, fund: Fund, amount: &str) -> NewWithdrawal {
    let bank_account = (fund != Fund::Original).then_some(stage.account);
    NewWithdrawal {
        fund,
        amount: yuan(amount),
        bank_account,
        records: Vec::new(),
        note: String::new(),
        code: "000000".to_owned(),
        again: None,
    }
}

fn of_partner(store: &Store, standing: &Standing) -> Access<CanWithdraw> {
    store.system(standing.clone()).access().expect("a clerk")
}

fn of_vendor(store: &Store, standing: &Standing) -> Access<CanReviewWithdrawals> {
    store.system(standing.clone()).access().expect("finance")
}

/// The newest code of the outbox.
pub(crate) async fn code(store: &Store) -> String {
    let sent = outbox::demo_messages(store).await.expect("the outbox");
    sent.into_iter().rev().find_map(|sent| sent.message.code).expect("a code")
}

/// Asks for the code and hands in.
pub(crate) async fn submit(store: &Store, clerk: &Standing, key: &str, new: NewWithdrawal) -> Result<Submitted, Error> {
    let access = of_partner(store, clerk);
    let key: store::Key = key.parse().expect("a key");
    withdrawals::prepare(&access, &key, &new).await?;
    let code = code(store).await;
    withdrawals::submit(&access, key, NewWithdrawal { code, ..new }).await
}

pub(crate) async fn decide(store: &Store, who: &Standing, id: Id, step: Step, note: &str) -> Result<State, Error> {
    let moved = Moved { withdrawal: id, version: None, step, note: note.to_owned(), paid: None };
    let key = store.ids.id().to_string().parse().expect("a key");
    withdrawals::decide(&of_vendor(store, who), key, moved).await
}

async fn by_partner(store: &Store, who: &Standing, id: Id, step: Step) -> Result<State, Error> {
    let moved = Moved { withdrawal: id, version: None, step, note: String::new(), paid: None };
    let key = store.ids.id().to_string().parse().expect("a key");
    withdrawals::by_partner(&of_partner(store, who), key, moved, "").await
}

pub(crate) async fn funds(house: &House, stage: &Stage) -> Funds {
    let access: Access<CanSeeBalance> = house.store.system(stage.clerk.clone()).access().expect("a clerk");
    ledger::balances(&access).await.expect("balances").remove(0)
}

fn code_of<T: std::fmt::Debug>(result: Result<T, Error>) -> (u16, String) {
    let error = result.expect_err("refused");
    (error.status(), error.code().to_owned())
}

async fn numbers(house: &House, list: &'static List, query: &str, stage: &Stage) -> Vec<String> {
    let page = withdrawals::page(&of_partner(&house.store, &stage.clerk), list.read(query)).await.expect("a page");
    page.rows.into_iter().map(|row| row.number).collect()
}

on_both! {
    async fn a_request_is_held_approved_processed_and_paid(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "50000").await;
        let asked = submit(&house.store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "30000")).await.expect("handed in");
        assert_eq!(asked.number, "TX20260610-0001");
        let held = funds(house, &stage).await;
        assert_eq!((held.held, held.withdrawable), (yuan("30000"), yuan("20000")));
        for (step, note, state) in
            [(Step::Approve, "", State::Approved), (Step::Process, "", State::Processing), (Step::Pay, "2026061500418", State::Paid)]
        {
            assert_eq!(decide(&house.store, &stage.staff[0], asked.id, step, note).await, Ok(state));
        }
        let paid = funds(house, &stage).await;
        assert_eq!((paid.held, paid.cash), (yuan("0"), yuan("20000")));
        let detail = withdrawals::show(&of_partner(&house.store, &stage.clerk), asked.id).await.expect("a request");
        assert_eq!(detail.row.reference, "2026061500418");
        assert_eq!(detail.row.promised.to_string(), "2026-06-22");
        let steps: Vec<Option<Step>> = detail.events.iter().map(|event| event.step).collect();
        assert_eq!(steps, [None, Some(Step::Approve), Some(Step::Process), Some(Step::Pay)]);
        let audit = format!("SELECT COUNT(*) FROM audit WHERE object = 'withdrawal/{}'", asked.id);
        assert_eq!(house.number(&audit).await, 4, "one row for each event");
        let told = format!("SELECT COUNT(*) FROM messages WHERE topic = 'withdrawal' AND account_id = '{}'", stage.clerk.account);
        assert_eq!(house.number(&told).await, 3, "handed in, approved, paid");
        is_clean(house).await;
    }
}

on_both! {
    async fn what_is_rejected_cancelled_or_failed_is_free_again_and_only_a_rejected_one_can_be_deleted(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let store = &house.store;
        let rejected = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
        let cancelled = submit(store, &stage.clerk, "form-key-2", new(&stage, Fund::Bank, "20")).await.expect("handed in");
        let failed = submit(store, &stage.clerk, "form-key-3", new(&stage, Fund::Bank, "30")).await.expect("handed in");
        assert_eq!(code_of(decide(store, &stage.staff[0], rejected.id, Step::Reject, " ").await), (422, "REASON_REQUIRED".to_owned()));
        assert_eq!(code_of(by_partner(store, &stage.clerk, rejected.id, Step::Delete).await), (409, "NOT_DELETABLE".to_owned()));
        assert_eq!(decide(store, &stage.staff[0], rejected.id, Step::Reject, "开户支行与账号不匹配").await, Ok(State::Rejected));
        assert_eq!(by_partner(store, &stage.clerk, cancelled.id, Step::Cancel).await, Ok(State::Cancelled));
        assert_eq!(code_of(decide(store, &stage.staff[0], cancelled.id, Step::Approve, "").await), (409, "WRONG_STATE".to_owned()));
        for (step, note) in [(Step::Approve, ""), (Step::Process, ""), (Step::Fail, "收款账户状态异常")] {
            decide(store, &stage.staff[0], failed.id, step, note).await.expect("a step");
        }
        assert_eq!(funds(house, &stage).await.withdrawable, yuan("100"));
        let home = withdrawals::homes(&of_partner(store, &stage.clerk)).await.expect("home");
        assert_eq!(home.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), [rejected.number.as_str()]);
        assert_eq!(by_partner(store, &stage.clerk, rejected.id, Step::Delete).await, Ok(State::Deleted));
        assert_eq!(numbers(house, &WITHDRAWALS, "sort=at", &stage).await, [cancelled.number, failed.number]);
        assert_eq!(code_of(withdrawals::show(&of_partner(store, &stage.clerk), rejected.id).await.map(|_| ())), (404, "NOT_FOUND".to_owned()));
        let entries = format!("SELECT COUNT(*) FROM v_ledger_entry WHERE cause_id = '{}'", rejected.id);
        assert_eq!(house.number(&entries).await, 4, "the ledger keeps what was held and given back");
        let done = withdrawals::queue(&of_vendor(store, &stage.staff[0]), CONSOLE_WITHDRAWALS.read("tab=done")).await.expect("a queue");
        assert_eq!(done.total, 3, "the vendor still finds it");
        is_clean(house).await;
    }
}

on_both! {
    async fn what_a_form_may_not_ask_is_refused_and_moves_nothing(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        give(house, &stage, Account::IncentiveRebate, "100").await;
        let (store, access) = (&house.store, of_partner(&house.store, &stage.clerk));
        let prepared = async |new: NewWithdrawal| code_of(withdrawals::prepare(&access, &"form-key-1".parse().expect("a key"), &new).await).1;
        assert_eq!(prepared(new(&stage, Fund::Bank, "100.01")).await, "AMOUNT_EXCEEDS");
        let nowhere = NewWithdrawal { bank_account: None, ..new(&stage, Fund::Rebate, "1") };
        assert_eq!(prepared(nowhere).await, "ACCOUNT_NOT_READY");
        let long = NewWithdrawal { note: "云".repeat(201), ..new(&stage, Fund::Bank, "1") };
        assert_eq!(prepared(long).await, "TOO_LONG");
        let fresh = NewBankAccount {
            id: store.ids.id(),
            partner: stage.clerk.tenant,
            holder: "陈思远".to_owned(),
            bank: "杭州银行".to_owned(),
            branch: String::new(),
            number: "6207".to_owned(),
            by: String::new(),
        };
        let of_fresh = NewWithdrawal { bank_account: Some(fresh.id), ..new(&stage, Fund::Bank, "1") };
        save(house, fresh).await;
        assert_eq!(prepared(of_fresh.clone()).await, "ACCOUNT_NOT_READY", "changed within 24 hours");
        house.store.clock.stand_at(Some(noon().plus_days(1)));
        assert_eq!(prepared(of_fresh).await, "HOLDER_MISMATCH");
        let owed = posting(store, stage.clerk.tenant, Movement::InvoiceOwed, &[(Account::InvoicesToCome, Account::OwedInvoice, yuan("60"))]);
        post(store, None, owed).await.expect("owed");
        assert_eq!(prepared(new(&stage, Fund::Bank, "40.01")).await, "AMOUNT_EXCEEDS", "an owed invoice is taken off first");
        house.execute("UPDATE tenants SET real_name_at_us = NULL").await;
        assert_eq!(prepared(new(&stage, Fund::Bank, "1")).await, "NOT_WITHDRAWABLE");
        assert_eq!(house.number("SELECT COUNT(*) FROM withdrawals").await, 0);
        is_clean(house).await;
    }
}

on_both! {
    async fn the_code_is_of_this_form_and_amount_and_a_key_answers_once(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let (store, access) = (&house.store, of_partner(&house.store, &stage.clerk));
        let key: store::Key = "form-key-1".parse().expect("a key");
        let asked = new(&stage, Fund::Bank, "60");
        withdrawals::prepare(&access, &key, &asked).await.expect("a code");
        let code = code(store).await;
        let with = |code: &str, amount: &str| NewWithdrawal { code: code.to_owned(), amount: yuan(amount), ..asked.clone() };
        assert_eq!(code_of(withdrawals::submit(&access, key.clone(), with("", "60")).await), (401, "CODE_REQUIRED".to_owned()));
        assert_eq!(code_of(withdrawals::submit(&access, key.clone(), with(&code, "61")).await), (422, "CODE_WRONG".to_owned()));
        let other: store::Key = "form-key-2".parse().expect("a key");
        assert_eq!(code_of(withdrawals::submit(&access, other, with(&code, "60")).await), (422, "CODE_WRONG".to_owned()));
        assert_eq!(funds(house, &stage).await.held, yuan("0"));
        let first = withdrawals::submit(&access, key.clone(), with(&code, "60")).await.expect("handed in");
        assert_eq!(withdrawals::submit(&access, key.clone(), with(&code, "60")).await, Ok(first), "the first answer again");
        assert_eq!(withdrawals::submit(&access, key, with(&code, "59")).await, Err(Error::KeyReused));
        assert_eq!(funds(house, &stage).await.held, yuan("60"));
        assert_eq!(house.number("SELECT COUNT(*) FROM v_ledger_entry WHERE idempotency_key = 'form-key-1'").await, 2);
        is_clean(house).await;
    }
}

on_both! {
    async fn money_goes_back_through_the_newest_top_ups_and_returns_to_them(house) {
        let stage = stage(house).await;
        let store = &house.store;
        let old = top_up(house, &stage, "2026-04-18", "66000", "0").await;
        let middle = top_up(house, &stage, "2026-05-14", "60000", "0").await;
        let newest = top_up(house, &stage, "2026-05-31", "50000", "0").await;
        let asked = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Original, "80000")).await.expect("handed in");
        let detail = withdrawals::show(&of_partner(store, &stage.clerk), asked.id).await.expect("a request");
        let taken: Vec<(String, Money, String)> =
            detail.sources.iter().map(|source| (source.number.clone(), source.taken, source.until.to_string())).collect();
        assert_eq!(taken, [
            ("CZ20260531".to_owned(), yuan("50000"), "2026-11-30".to_owned()),
            ("CZ20260514".to_owned(), yuan("30000"), "2026-11-13".to_owned()),
        ]);
        assert_eq!(detail.row.tail, "3318");
        let left = async |id: Id| house.number(&format!("SELECT left_micros FROM top_ups WHERE id = '{id}'")).await;
        assert_eq!([left(newest).await, left(middle).await, left(old).await], [0, yuan("30000").micros, yuan("66000").micros]);
        by_partner(store, &stage.clerk, asked.id, Step::Cancel).await.expect("cancelled");
        assert_eq!([left(newest).await, left(middle).await], [yuan("50000").micros, yuan("60000").micros]);
        // A bill of 120,000 is paid out of the fund: the oldest records are used up by it.
        let bill = [
            (Account::OriginalPath, Account::Revenue, yuan("120000")),
            (Account::Payable, Account::Receivable, yuan("120000")),
        ];
        let issued = posting(store, stage.clerk.tenant, Movement::BillIssued, &[(Account::Receivable, Account::Payable, yuan("120000"))]);
        post(store, None, issued).await.expect("a bill");
        post(store, None, posting(store, stage.clerk.tenant, Movement::BillPayment, &bill)).await.expect("paid");
        submit(store, &stage.clerk, "form-key-2", new(&stage, Fund::Original, "56000")).await.expect("all that is left");
        assert_eq!([left(newest).await, left(middle).await, left(old).await], [0, 0, 0]);
        is_clean(house).await;
    }
}

on_both! {
    async fn a_partner_chooses_the_top_ups_that_money_goes_back_through(house) {
        let stage = stage(house).await;
        let store = &house.store;
        let old = top_up(house, &stage, "2026-04-18", "66000", "0").await;
        let newest = top_up(house, &stage, "2026-05-31", "50000", "0").await;
        let bonus = top_up(house, &stage, "2026-06-01", "100", "5").await;
        let of = |records: &[Id], amount: &str| NewWithdrawal { records: records.to_vec(), ..new(&stage, Fund::Original, amount) };
        let access = of_partner(store, &stage.clerk);
        let prepared =
            async |new: NewWithdrawal| withdrawals::prepare(&access, &"form-key-9".parse().expect("a key"), &new).await.map_err(|error| error.say(domain::Lang::Zh));
        let told = prepared(of(&[newest], "50000.01")).await.expect_err("too much");
        assert!(told.contains("50,000.00"), "{told}");
        for gone in [vec![newest, Id(7)], vec![bonus]] {
            let asked = of(&gone, "1");
            assert_eq!(code_of(withdrawals::prepare(&access, &"form-key-9".parse().expect("a key"), &asked).await), (422, "ROUTE_FIXED".to_owned()), "{gone:?}");
        }
        let form = withdrawals::form(&access, "fund=original").await.expect("a form");
        assert_eq!(form.records.iter().map(|choosable| choosable.id).collect::<Vec<_>>(), [newest, old], "no record with a bonus");
        let asked = submit(store, &stage.clerk, "form-key-1", of(&[old], "60000")).await.expect("handed in");
        let detail = withdrawals::show(&access, asked.id).await.expect("a request");
        assert_eq!(detail.sources.iter().map(|source| (source.number.as_str(), source.taken)).collect::<Vec<_>>(), [("CZ20260418", yuan("60000"))]);
        let both = submit(store, &stage.clerk, "form-key-2", of(&[newest, old], "56000")).await.expect("handed in");
        let taken: Vec<Money> = withdrawals::show(&access, both.id).await.expect("a request").sources.iter().map(|source| source.taken).collect();
        assert_eq!(taken, [yuan("50000"), yuan("6000")], "of the chosen ones the newest first");
        is_clean(house).await;
    }
}

on_both! {
    async fn a_bonus_never_leaves_and_what_is_too_old_moves_to_the_bank_card_fund(house) {
        let stage = stage(house).await;
        let store = &house.store;
        let bonus = top_up(house, &stage, "2026-06-02", "100", "5").await;
        let plain = top_up(house, &stage, "2026-06-01", "50", "0").await;
        let access = of_partner(store, &stage.clerk);
        let prepared = async |amount: &str| {
            code_of(withdrawals::prepare(&access, &"form-key-9".parse().expect("a key"), &new(&stage, Fund::Original, amount)).await).1
        };
        assert_eq!(prepared("50.01").await, "NOT_WITHDRAWABLE");
        let asked = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Original, "20")).await.expect("handed in");
        house.store.clock.stand_at(Some(at("2026-12-01T12:00:00+08:00")));
        let anyone: Access<Anyone> = house.stranger("x");
        assert_eq!(withdrawals::age(&anyone).await, Ok(1), "its last day was the thirtieth of November");
        let funds_now = funds(house, &stage).await;
        assert_eq!(funds_now.funds, [yuan("100"), yuan("30"), yuan("0")]);
        assert_eq!(withdrawals::age(&anyone).await, Ok(0));
        by_partner(store, &stage.clerk, asked.id, Step::Cancel).await.expect("cancelled");
        assert_eq!(funds(house, &stage).await.funds, [yuan("100"), yuan("50"), yuan("0")], "it has left its original path meanwhile");
        let left = async |id: Id| house.number(&format!("SELECT left_micros FROM top_ups WHERE id = '{id}'")).await;
        assert_eq!([left(bonus).await, left(plain).await], [yuan("100").micros, 0]);
        is_clean(house).await;
    }
}

on_both! {
    async fn two_people_decide_from_the_threshold_on_and_the_bank_pays_what_was_asked(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::IncentiveRebate, "200000").await;
        let store = &house.store;
        let large = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Rebate, "50000")).await.expect("handed in");
        let [one, other] = &stage.staff;
        let tab = async |tab: Tab| {
            let page = withdrawals::queue(&of_vendor(store, one), CONSOLE_WITHDRAWALS.read("")).await.expect("a queue");
            page.counts.iter().find(|(other, _)| *other == tab).map_or(0, |(_, count)| *count)
        };
        assert_eq!((tab(Tab::Review).await, tab(Tab::Second).await), (1, 0));
        assert_eq!(decide(store, one, large.id, Step::Approve, "").await, Ok(State::Submitted));
        assert_eq!((tab(Tab::Review).await, tab(Tab::Second).await), (0, 1));
        assert_eq!(code_of(decide(store, one, large.id, Step::Approve, "").await), (403, "FOUR_EYES".to_owned()));
        assert_eq!(decide(store, other, large.id, Step::Approve, "").await, Ok(State::Approved));
        decide(store, one, large.id, Step::Process, "").await.expect("to the bank");
        let moved = Moved { withdrawal: large.id, version: None, step: Step::Pay, note: "A1".to_owned(), paid: Some(yuan("49999.99")) };
        let refused = withdrawals::decide(&of_vendor(store, one), "form-key-5".parse().expect("a key"), moved.clone()).await;
        assert_eq!(code_of(refused), (422, "AMOUNT_MISMATCH".to_owned()));
        let right = Moved { paid: Some(yuan("50000")), ..moved };
        assert_eq!(withdrawals::decide(&of_vendor(store, one), "form-key-6".parse().expect("a key"), right).await, Ok(State::Paid));
        let foreign = decide(store, one, Id(99), Step::Approve, "").await;
        assert_eq!(code_of(foreign), (404, "NOT_FOUND".to_owned()));
        is_clean(house).await;
    }
}

on_both! {
    async fn the_batch_takes_what_was_approved_to_the_bank_on_the_next_working_day(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let (store, anyone) = (&house.store, house.stranger("x"));
        let asked = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
        decide(store, &stage.staff[0], asked.id, Step::Approve, "").await.expect("approved");
        assert_eq!(withdrawals::process_due(&anyone).await, Ok(0));
        store.clock.stand_at(Some(at("2026-06-11T10:00:00+08:00")));
        assert_eq!(withdrawals::process_due(&anyone).await, Ok(1));
        assert_eq!(withdrawals::process_due(&anyone).await, Ok(0));
        let state = house.texts(&["state", "version"], "FROM v_money_state WHERE kind = 'withdrawal'").await;
        assert_eq!(state, [vec![Some("processing".to_owned()), Some("3".to_owned())]]);
        is_clean(house).await;
    }
}

on_both! {
    async fn a_member_sees_only_own_requests_and_another_company_none(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let store = &house.store;
        let clerks = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
        let member = Standing { account: store.ids.id(), roles: vec![Role::AccountManager], ..stage.clerk.clone() };
        let own = submit(store, &member, "form-key-2", new(&stage, Fund::Bank, "20")).await.expect("handed in");
        let of_member = of_partner(store, &member);
        let seen = withdrawals::page(&of_member, WITHDRAWALS.read("")).await.expect("a page");
        assert_eq!(seen.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [own.id]);
        assert_eq!(code_of(withdrawals::show(&of_member, clerks.id).await.map(|_| ())), (404, "NOT_FOUND".to_owned()));
        assert_eq!(code_of(by_partner(store, &member, clerks.id, Step::Cancel).await), (404, "NOT_FOUND".to_owned()));
        let stranger = partner(house, "other").await;
        assert_eq!(code_of(by_partner(store, &stranger, clerks.id, Step::Cancel).await), (404, "NOT_FOUND".to_owned()));
        assert_eq!(withdrawals::page(&of_partner(store, &stranger), WITHDRAWALS.read("")).await.expect("a page").total, 0);
        assert_eq!(numbers(house, &WITHDRAWALS, "state=submitted&fund=bank&sort=-amount&q=tx2026", &stage).await, [own.number, clerks.number]);
        assert!(numbers(house, &WITHDRAWALS, "fund=rebate", &stage).await.is_empty());
    }
}

on_both! {
    async fn a_colleague_confirms_with_the_code_of_that_request_and_the_vendor_hears_of_none_before(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        let store = &house.store;
        house.execute(&format!("INSERT INTO fund_settings (tenant_id, is_below, two_people) VALUES ('{}', 0, 1)", stage.clerk.tenant)).await;
        let one = submit(store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
        let other = submit(store, &stage.clerk, "form-key-2", new(&stage, Fund::Bank, "20")).await.expect("handed in");
        let colleague = Standing { account: store.ids.id(), ..stage.clerk.clone() };
        let access = of_partner(store, &colleague);
        let confirm = async |id: Id, code: &str| {
            let moved = Moved { withdrawal: id, version: None, step: Step::Confirm, note: String::new(), paid: None };
            withdrawals::by_partner(&access, store.ids.id().to_string().parse().expect("a key"), moved, code).await
        };
        let own = withdrawals::prepare_confirming(&of_partner(store, &stage.clerk), one.id).await;
        assert_eq!(code_of(own), (403, "FOUR_EYES".to_owned()));
        let stranger = partner(house, "other").await;
        let foreign = withdrawals::prepare_confirming(&of_partner(store, &stranger), one.id).await;
        assert_eq!(code_of(foreign), (404, "NOT_FOUND".to_owned()));
        withdrawals::prepare_confirming(&access, one.id).await.expect("a code");
        let sent = code(store).await;
        assert_eq!(code_of(confirm(one.id, "").await), (401, "CODE_REQUIRED".to_owned()));
        assert_eq!(code_of(confirm(other.id, &sent).await), (422, "CODE_WRONG".to_owned()), "it is for another request");
        assert_eq!(confirm(one.id, &format!(" {sent} ")).await, Ok(State::Submitted));

        let finance = of_vendor(store, &stage.staff[0]);
        let tab = async |tab: &str| withdrawals::queue(&finance, CONSOLE_WITHDRAWALS.read(&format!("tab={tab}"))).await.expect("a queue");
        assert_eq!(by_partner(store, &stage.clerk, other.id, Step::Cancel).await, Ok(State::Cancelled));
        let (review, done) = (tab("review").await, tab("done").await);
        assert_eq!((review.rows.iter().map(|row| row.id).collect::<Vec<_>>(), review.total), (vec![one.id], 1));
        assert_eq!((done.rows.len(), done.total), (0, 0), "what nobody had confirmed");
        assert_eq!(done.counts.iter().map(|(_, count)| count).sum::<i64>(), 1);
        assert_eq!(code_of(withdrawals::console_show(&finance, other.id).await.map(|_| ())), (404, "NOT_FOUND".to_owned()));
        assert_eq!(code_of(withdrawals::account_number(&finance, other.id).await), (404, "NOT_FOUND".to_owned()));
        assert_eq!(by_partner(store, &stage.clerk, one.id, Step::Cancel).await, Ok(State::Cancelled));
        assert_eq!(tab("done").await.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [one.id], "it had come");
        is_clean(house).await;
    }
}
