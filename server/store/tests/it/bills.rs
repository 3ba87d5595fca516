//! Bills: what comes in is what is on every level, a bill is issued once, paid once, and never changed after.

mod growth;

use crate::{
    house::{House, on_both, sorts},
    ledger::{is_clean, partner, post, posting, vendor, yuan},
};
use domain::{
    Currency, Error, Id, Lang, Moment, Money,
    access::{CanExportBill, CanManageBills, CanPayBill, CanSeeBill, Role, Standing},
    bills::{BILL_CUSTOMERS, BILL_LINES, CONSOLE_BILLS, Exact, LineKind, Names, Period, State},
    exports::{FileKind, Source},
    ledger::{Account, Movement},
};
use std::{fs, path::PathBuf};
use store::{
    Access, Key,
    bills::{self, Adjustment, Bill, NewCustomer, NewLine, NewPayment, Reason, Seen},
    exports::{self, NewExport, Value},
};
use tokio::sync::{mpsc, oneshot};

async fn manager(house: &House) -> Access<CanManageBills> {
    let operator = store::people::operator(&house.store, Role::VendorFinance).await.expect("a vendor");
    house.store.system(operator).access().expect("finance")
}

fn period(text: &str) -> Period {
    text.parse().expect("a month")
}

fn exact(text: &str) -> Exact {
    Exact::parse(text).expect("an amount")
}

fn at(house: &House, time: &str) {
    house.store.clock.stand_at(Some(time.parse::<Moment>().expect("a moment")));
}

fn line(identity: &str, kind: LineKind, customer: &str, product: &str, amount: &str) -> NewLine {
    NewLine {
        identity: identity.to_owned(),
        kind,
        customer: customer.to_owned(),
        product: product.to_owned(),
        region: "华东-杭州".to_owned(),
        resource: format!("r-{identity}"),
        resource_name: String::new(),
        mode: "按需".to_owned(),
        reference: format!("DD{identity}"),
        description: String::new(),
        at: "2026-05-10T12:00:00+08:00".parse().expect("a moment"),
        list: exact("100").parts().expect("fits"),
        coupon_micros: 0,
        amount: exact(amount).parts().expect("fits"),
    }
}

fn customer(number: &str, name: &str) -> NewCustomer {
    NewCustomer { number: number.to_owned(), name: name.to_owned(), manager: "周子涵".to_owned() }
}

/// May 2026: 120.50 of consumption, 20.00 back, due 100.50.
async fn may(house: &House, tenant: Id) -> Id {
    let lines = vec![
        line("1", LineKind::Consumption, "KH1", "弹性云主机", "70.25"),
        line("2", LineKind::Consumption, "KH2", "弹性云主机", "30.25"),
        line("3", LineKind::Consumption, "KH2", "云数据库", "20"),
        line("4", LineKind::Refund, "KH2", "云数据库", "-20"),
    ];
    let customers = vec![customer("KH1", "杭州云栖精密零部件有限公司"), customer("KH2", "海宁皮革")];
    bills::charge(&manager(house).await, tenant, (period("2026-05"), Currency::Cny), customers, lines).await.expect("charged")
}

async fn seen(house: &House, clerk: &Standing, month: &str) -> Seen {
    let access: Access<CanSeeBill> = house.store.system(clerk.clone()).access().expect("a clerk");
    bills::show(&access, Some(period(month)), None).await.expect("a page")
}

async fn bill(house: &House, clerk: &Standing, month: &str) -> Bill {
    seen(house, clerk, month).await.bill.expect("a bill")
}

async fn ring(house: &House) {
    bills::ring(&house.stranger("clock")).await.expect("rung");
}

async fn pay(house: &House, clerk: &Standing, key: &str, amount: &str) -> Result<Money, Error> {
    let access: Access<CanPayBill> = house.store.system(clerk.clone()).access().expect("a clerk");
    let new = NewPayment { period: period("2026-05"), currency: Currency::Cny, amount: amount.to_owned() };
    bills::pay(&access, key.parse::<Key>().expect("a key"), new).await
}

async fn rebate(house: &House, tenant: Id, amount: &str) {
    let legs = [(Account::IncentiveExpense, Account::IncentiveRebate, yuan(amount))];
    post(&house.store, None, posting(&house.store, tenant, Movement::IncentiveCredited, &legs)).await.expect("credited");
}

fn sample() -> PathBuf {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/data/focus/focus_sample.csv"))
        .find(|path| path.exists());
    found.expect("the folder `shared` beside the repository, or above it")
}

/// Whole 10⁻¹⁵ of a unit, read without our own reader.
fn units(cost: &str) -> i128 {
    let (sign, digits) = cost.strip_prefix('-').map_or((1, cost), |rest| (-1, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    sign * format!("{whole}{decimals:0<15}").parse::<i128>().expect("a cost")
}

/// Consumption and refunds of the sample, computed apart from what is tested.
fn independent() -> (usize, i128, i128) {
    let mut reader = csv::Reader::from_path(sample()).expect("the sample");
    let heads = reader.headers().expect("a head").clone();
    let place = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let (cost, category) = (place("BilledCost"), place("ChargeCategory"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let sum = |of: &str| rows.iter().filter(|row| &row[category] == of).map(|row| units(&row[cost])).sum();
    (rows.len(), sum("Usage"), sum("Credit"))
}

on_both! {
    async fn a_real_file_comes_to_its_own_sum_to_the_last_decimal_on_every_level(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        let (rows, usage, credit) = independent();
        let looked = bills::look(&sample()).expect("the sample");
        assert_eq!((looked.lines, looked.wrong, looked.currency), (600, 0, Some(Currency::Usd)));
        let imported = bills::import(&manager(house).await, clerk.tenant, &sample(), &looked).await.expect("imported");
        assert_eq!((imported.lines, imported.known, imported.bills.len()), (600, 0, 1));
        let bill = bill(house, &clerk, "2024-09").await;
        assert_eq!((bill.sums.consumption.units(), bill.sums.refunds.units()), (usage, credit));
        assert_eq!((bill.lines, rows, bill.state, bill.currency), (600, 600, State::Estimated, Currency::Usd));
        let total = bill.sums.total().expect("fits");
        assert_eq!(Some(bill.due), total.cut(Currency::Usd), "cut once, at the bill");
        let parts = house.texts(&["axis", "SUM(amount_micros)", "SUM(amount_rest)"], "FROM partner_bill_sum GROUP BY axis ORDER BY axis").await;
        for part in parts {
            let number = |at: usize| part[at].as_deref().expect("a sum").parse::<i64>().expect("a number");
            assert_eq!(Exact::of_parts(number(1), number(2)), total, "{part:?}");
        }
        let access: Access<CanSeeBill> = house.store.system(clerk.clone()).access().expect("a clerk");
        let mut from_pages = Exact::ZERO;
        for page in 1..=6 {
            let page = bills::lines(&access, BILL_LINES.read(&format!("size=100&page={page}")), Names::Masked).await.expect("a page");
            assert_eq!((page.total, page.plain), (600, total.plain()));
            from_pages = page.rows.iter().fold(from_pages, |sum, row| sum.plus(exact(&row.plain)).expect("fits"));
        }
        assert_eq!(from_pages, total);
        let again = bills::import(&manager(house).await, clerk.tenant, &sample(), &looked).await.expect("imported");
        assert_eq!((again.lines, again.known, again.bills), (0, 600, Vec::new()));
        assert_eq!(self::bill(house, &clerk, "2024-09").await, bill, "nothing changed");
    }
}

on_both! {
    async fn a_file_that_is_refused_leaves_nothing_behind(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        let path = house.folder().join("costs.csv");
        let head = "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ServiceName,SubAccountId,Id\n";
        let row = |cost: &str, id: i64| format!("{cost},CNY,2026-05-01,Usage,云数据库,KH1,{id}\n");
        let many: String = (0..1_000).map(|id| row("1", id)).collect();
        let import = |text: String| {
            fs::write(&path, text).expect("a file");
            bills::look(&path).expect("a file")
        };
        let twice = import(format!("{head}{many}{}", row("1", 17)));
        assert_eq!(twice.wrong, 0, "seen by the database alone, which remembers every line");
        let refused = bills::import(&manager(house).await, clerk.tenant, &path, &twice).await.expect_err("refused");
        assert_eq!((refused.code(), refused.say(Lang::En).contains("line 1002")), ("LINE_REPEATED", true), "{refused:?}");
        let near = import(format!("{head}{}{}", row("1", 1), row("1", 1)));
        assert_eq!(bills::import(&manager(house).await, clerk.tenant, &path, &near).await.expect_err("refused").code(), "LINE_REPEATED");
        for table in ["partner_bill", "partner_bill_line", "partner_bill_sum", "bill_customers"] {
            assert_eq!(house.number(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
        }
        let good = import(format!("{head}{}", row("1", 1)));
        fs::write(&path, format!("{head}{}", row("2", 1))).expect("a file");
        assert_eq!(bills::import(&manager(house).await, clerk.tenant, &path, &good).await.expect_err("refused").code(), "STALE");
        let good = import(format!("{head}{many}"));
        let done = bills::import(&manager(house).await, clerk.tenant, &path, &good).await.expect("imported");
        assert_eq!((done.lines, done.known), (1_000, 0));
        at(house, "2026-06-06T00:00:00+08:00");
        let id = done.bills[0];
        let version = house.number("SELECT version FROM partner_bill").await;
        bills::issue(&manager(house).await, id, version).await.expect("issued");
        let late = import(format!("{head}{many}{}", row("5", 2_000)));
        assert_eq!(bills::import(&manager(house).await, clerk.tenant, &path, &late).await.expect_err("refused").code(), "WRONG_STATE");
        let same = bills::import(&manager(house).await, clerk.tenant, &path, &good).await;
        fs::write(&path, format!("{head}{many}")).expect("a file");
        assert!(same.is_err(), "the file is another by now");
        let same = bills::import(&manager(house).await, clerk.tenant, &path, &good).await.expect("known");
        assert_eq!((same.lines, same.known), (0, 1_000));
        assert_eq!(bill(house, &clerk, "2026-05").await.due, yuan("1000"));
    }
}

on_both! {
    async fn a_bill_is_issued_on_the_fifth_overdue_after_its_day_and_people_are_told(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        at(house, "2026-05-20T10:00:00+08:00");
        may(house, clerk.tenant).await;
        let estimate = bill(house, &clerk, "2026-05").await;
        assert_eq!((estimate.state, estimate.due, estimate.until.to_minutes()), (State::Estimated, yuan("100.50"), "2026-05-20 00:00".to_owned()));
        at(house, "2026-06-05T08:59:59+08:00");
        ring(house).await;
        assert_eq!(bill(house, &clerk, "2026-05").await.until.to_minutes(), "2026-06-01 00:00", "estimated anew each day");
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 0);
        at(house, "2026-06-05T09:00:00+08:00");
        ring(house).await;
        ring(house).await;
        let issued = bill(house, &clerk, "2026-05").await;
        assert_eq!((issued.state, issued.due, issued.customers), (State::Issued, yuan("100.50"), 2));
        assert_eq!(issued.tax, yuan("5.69"));
        assert_eq!(house.number("SELECT balance_micros FROM ledger_accounts WHERE kind = 'payable'").await, 100_500_000);
        assert_eq!(house.number("SELECT COUNT(*) FROM messages WHERE topic = 'bill'").await, 1);
        at(house, "2026-06-23T12:00:00+08:00");
        ring(house).await;
        assert_eq!(house.number("SELECT COUNT(*) FROM messages WHERE topic = 'bill'").await, 1, "six working days are left");
        at(house, "2026-06-24T00:00:00+08:00");
        ring(house).await;
        ring(house).await;
        assert_eq!(house.number("SELECT COUNT(*) FROM messages WHERE topic = 'bill'").await, 2, "reminded once");
        at(house, "2026-06-30T23:59:59+08:00");
        ring(house).await;
        assert_eq!(bill(house, &clerk, "2026-05").await.state, State::Issued, "its last day belongs to it");
        at(house, "2026-07-01T00:00:00+08:00");
        ring(house).await;
        assert_eq!(bill(house, &clerk, "2026-05").await.state, State::Overdue);
        assert_eq!(house.number("SELECT COUNT(*) FROM messages WHERE topic = 'bill'").await, 3);
        rebate(house, clerk.tenant, "200").await;
        pay(house, &clerk, "key-0001", "100").await.expect("a part");
        assert_eq!(bill(house, &clerk, "2026-05").await.state, State::Overdue, "a part leaves it overdue");
        pay(house, &clerk, "key-0002", "0.50").await.expect("the rest");
        assert_eq!(bill(house, &clerk, "2026-05").await.state, State::Paid);
        is_clean(house).await;
    }
}

on_both! {
    async fn a_payment_happens_once_and_never_for_more_than_is_open(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        at(house, "2026-05-20T10:00:00+08:00");
        let id = may(house, clerk.tenant).await;
        assert_eq!(pay(house, &clerk, "key-0000", "1").await.expect_err("an estimate").code(), "WRONG_STATE");
        at(house, "2026-06-05T09:00:00+08:00");
        ring(house).await;
        let short = pay(house, &clerk, "key-0001", "1").await.expect_err("no money");
        assert_eq!((short.code(), short.field()), ("AMOUNT_EXCEEDS", Some("amount")));
        crate::ledger::top_up(house, clerk.tenant, "60").await;
        rebate(house, clerk.tenant, "100").await;
        for (amount, code) in [("0", "AMOUNT_INVALID"), ("0.001", "AMOUNT_INVALID"), ("x", "AMOUNT_INVALID"), ("100.51", "AMOUNT_EXCEEDS")] {
            assert_eq!(pay(house, &clerk, "key-0002", amount).await.expect_err(amount).code(), code, "{amount}");
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM bill_payment").await, 0);
        // The same form many times at once, and others beside it.
        let same = (0..8).map(|_| pay(house, &clerk, "key-same-1", "40"));
        let same: Vec<_> = futures::future::join_all(same).await;
        assert!(same.iter().all(|paid| *paid == Ok(yuan("40"))), "{same:?}");
        assert_eq!(pay(house, &clerk, "key-same-1", "41").await, Err(Error::KeyReused));
        let keys: Vec<String> = (0..8).map(|at| format!("key-each-{at}")).collect();
        let each = futures::future::join_all(keys.iter().map(|key| pay(house, &clerk, key, "30.25"))).await;
        assert_eq!(each.iter().filter(|paid| paid.is_ok()).count(), 2, "60.50 was open: {each:?}");
        let bill = bill(house, &clerk, "2026-05").await;
        assert_eq!((bill.id, bill.state, bill.paid), (id, State::Paid, yuan("100.50")));
        let balance = |kind: &str| format!("SELECT balance_micros FROM ledger_accounts WHERE kind = '{kind}'");
        assert_eq!(house.number(&balance("original_path")).await, 0, "rebates are taken last");
        assert_eq!(house.number(&balance("incentive_rebate")).await, 59_500_000);
        assert_eq!(house.number(&balance("payable")).await, 0);
        let sums = "SELECT CAST(COALESCE(SUM(amount_micros), 0) AS BIGINT) FROM bill_payment";
        assert_eq!(house.number(sums).await, 100_500_000);
        is_clean(house).await;
    }
}

on_both! {
    async fn a_correction_after_issue_goes_into_the_next_bill_and_a_total_below_zero_with_it(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        at(house, "2026-05-20T10:00:00+08:00");
        let id = may(house, clerk.tenant).await;
        let adjust = |key: &'static str, amount: &'static str, reason: &'static str| async move {
            let new = Adjustment { bill: id, amount: amount.to_owned(), reason: reason.to_owned(), evidence: None };
            bills::adjust(&manager(house).await, key.parse().expect("a key"), new).await
        };
        assert_eq!(adjust("key-0001", "0", "x").await.expect_err("nothing").code(), "AMOUNT_INVALID");
        assert_eq!(adjust("key-0001", "1", " ").await.expect_err("no reason").code(), "REASON_REQUIRED");
        assert_eq!(adjust("key-0002", "-0.50", "价格更正").await.expect("adjusted"), id);
        adjust("key-0002", "-0.50", "价格更正").await.expect("the same answer");
        assert_eq!(bill(house, &clerk, "2026-05").await.due, yuan("100"));
        at(house, "2026-06-05T09:00:00+08:00");
        ring(house).await;
        let next = adjust("key-0003", "-30", "账期外更正").await.expect("adjusted");
        assert_ne!(next, id);
        let (may, june) = (bill(house, &clerk, "2026-05").await, bill(house, &clerk, "2026-06").await);
        assert_eq!((may.due, may.state, june.id, june.due), (yuan("100"), State::Issued, next, yuan("0")));
        assert_eq!(seen(house, &clerk, "2026-06").await.reasons, [Reason { amount: exact("-30"), text: "账期外更正".to_owned(), evidence: None }]);
        at(house, "2026-07-05T09:00:00+08:00");
        ring(house).await;
        let (june, july) = (bill(house, &clerk, "2026-06").await, bill(house, &clerk, "2026-07").await);
        assert_eq!((june.state, july.sums.adjustments), (State::Paid, exact("-30")), "nothing is due, and the next bill has it");
        is_clean(house).await;
    }
}

on_both! {
    async fn pages_and_files_say_the_same_and_customers_stay_masked(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        at(house, "2026-05-20T10:00:00+08:00");
        may(house, clerk.tenant).await;
        let access: Access<CanSeeBill> = house.store.system(clerk.clone()).access().expect("a clerk");
        for (query, total, sum) in [
            ("", 4, "100.50"),
            ("period=2026-05&type=consumption", 3, "120.50"),
            ("product=%E5%BC%B9%E6%80%A7%E4%BA%91%E4%B8%BB%E6%9C%BA", 2, "100.50"),
            ("customer=KH2&type=refund&type=consumption", 3, "30.25"),
            ("customer=KH", 0, "0.00"),
            ("q=dd3", 1, "20.00"),
            ("q=%E4%BA%91%E6%A0%96", 0, "0.00"),
            ("least=20&most=30.25", 2, "50.25"),
            ("most=-19.99", 1, "-20.00"),
            ("from=2026-05-10&to=2026-05-10", 4, "100.50"),
            ("period=2026-04", 0, ""),
        ] {
            let page = bills::lines(&access, BILL_LINES.read(query), Names::Masked).await.expect(query);
            assert_eq!((page.total, page.plain.as_str()), (total, sum), "{query}");
        }
        let page = bills::customers(&access, BILL_CUSTOMERS.read(""), Names::Masked).await.expect("a page");
        let rows: Vec<_> = page.rows.iter().map(|row| (row.number.as_str(), row.name.as_str(), row.amounts[3].1.as_str())).collect();
        assert_eq!(rows, [("KH1", "杭州**有限公司", "70.25"), ("KH2", "海**革", "30.25")]);
        assert_eq!(bills::customers(&access, BILL_CUSTOMERS.read("q=kh2"), Names::Masked).await.expect("a page").total, 1);
        assert_eq!(bills::customers(&access, BILL_CUSTOMERS.read("q=%E6%B5%B7"), Names::Masked).await.expect("a page").total, 0, "a hidden name is not searched");
        let rows = file(house, &clerk, Source::BillLines, "period=2026-05&customer=KH2").await;
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().flatten().all(|value| !matches!(value, Value::Text(text) if text.contains("皮"))));
        let amounts = rows.iter().map(|row| row[18].clone()).collect::<Vec<_>>();
        assert_eq!(amounts, ["30.25", "20", "-20"].map(|text| Value::Exact(exact(text))));
        let statement = file(house, &clerk, Source::Bill, "period=2026-05").await;
        let sum = |column: usize| statement.iter().fold(Exact::ZERO, |sum, row| match &row[column] {
            Value::Exact(amount) => sum.plus(*amount).expect("fits"),
            _ => sum,
        });
        assert_eq!((sum(4), sum(5)), (exact("100.50"), exact("100.50")), "by product and by customer");
    }
}

async fn file(house: &House, clerk: &Standing, source: Source, query: &str) -> Vec<Vec<Value>> {
    let (count, counted) = oneshot::channel();
    let (out, mut batches) = mpsc::channel(4);
    exports::rows(&house.store.system(clerk.clone()), source, query, Lang::Zh, count, out).await.expect("rows");
    let mut rows = Vec::new();
    while let Some(batch) = batches.recv().await {
        rows.extend(batch);
    }
    assert_eq!(counted.await.expect("a count"), i64::try_from(rows.len()).expect("few"));
    rows
}

on_both! {
    async fn the_notice_comes_before_the_first_file_and_each_kind_where_it_is_offered(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        may(house, clerk.tenant).await;
        let access: Access<CanExportBill> = house.store.system(clerk.clone()).access().expect("a clerk");
        let wish = |source, kind| NewExport { source, kind, query: "period=2026-05".to_owned(), lang: Lang::Zh };
        let refused = exports::request(&access, None, wish(Source::Bill, FileKind::Pdf)).await.expect_err("not confirmed");
        assert_eq!(refused.code(), "MASKING_NOTICE");
        bills::confirm_masking(&access).await.expect("confirmed");
        bills::confirm_masking(&access).await.expect("confirmed");
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'masking_confirmed'").await, 1);
        exports::request(&access, None, wish(Source::Bill, FileKind::Pdf)).await.expect("asked");
        assert_eq!(exports::request(&access, None, wish(Source::Bill, FileKind::Csv)).await.expect_err("paper only").code(), "INVALID");
        assert_eq!(exports::request(&access, None, wish(Source::BillLines, FileKind::Pdf)).await.expect_err("rows only").code(), "INVALID");
        let sales = Standing { roles: vec![Role::AccountManager], ..clerk };
        assert!(matches!(house.store.system(sales).access::<CanSeeBill>(), Err(Error::WhyNot(_))), "account managers never see it");
    }
}

on_both! {
    async fn nothing_of_another_company_is_there(house) {
        vendor(house).await;
        let (clerk, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        at(house, "2026-05-20T10:00:00+08:00");
        may(house, clerk.tenant).await;
        assert_eq!(seen(house, &other, "2026-05").await.bill, None);
        let access: Access<CanSeeBill> = house.store.system(other.clone()).access().expect("a clerk");
        assert_eq!(bills::lines(&access, BILL_LINES.read("period=2026-05"), Names::Masked).await.expect("a page").total, 0);
        assert_eq!(pay(house, &other, "key-0001", "1").await, Err(Error::NotFound));
        let future = bills::show(&access, Some(period("2026-06")), None).await.expect_err("not begun");
        assert_eq!(future.code(), "PERIOD_INVALID");
        let page = bills::console_page(&manager(house).await, CONSOLE_BILLS.read("q=lanhai")).await.expect("a page");
        assert_eq!(page.rows.iter().map(|row| row.partner.as_str()).collect::<Vec<_>>(), ["lanhai"]);
        let bills::Detail { bill, .. } = bills::detail(&manager(house).await, page.rows[0].id).await.expect("a bill");
        let early = bills::issue(&manager(house).await, bill.id, bill.version).await.expect_err("too early");
        assert_eq!(early.code(), "PERIOD_OPEN");
        assert_eq!(bills::remake(&manager(house).await, bill.id, bill.version + 1).await, Err(Error::Stale));
        bills::remake(&manager(house).await, bill.id, bill.version).await.expect("made anew");
    }
}

/// 40,000 lines: of 40 products, three regions and 101 customers, one of whom has half of them; a hundred lines are refunds.
async fn long_bill(house: &House, clerk: &Standing) {
    let id = may(house, clerk.tenant).await;
    house
        .execute(&format!(
            "INSERT INTO partner_bill_line (bill_id, no, tenant_id, identity, kind, customer, product, region, resource, resource_name, mode,
                reference, description, at_us, list_micros, list_rest, coupon_micros, amount_micros, amount_rest)
             WITH RECURSIVE numbers (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
             SELECT '{id}', n, '{}', 'i' || CAST(n AS TEXT), CASE WHEN n % 400 = 0 THEN 'refund' ELSE 'consumption' END,
                CASE WHEN n % 2 = 0 THEN 'most' ELSE 'C' || CAST(n / 2 % 100 AS TEXT) END, 'P' || CAST(n % 40 AS TEXT), 'R' || CAST(n % 3 AS TEXT),
                '', '', '', '', '', n * 271 % 40000, 0, 0, 0, n * 7919 % 40000, 0 FROM numbers",
            clerk.tenant
        ))
        .await;
    let version = house.number(&format!("SELECT version FROM partner_bill WHERE id = '{id}'")).await;
    bills::remake(&manager(house).await, id, version).await.expect("summed up");
}

on_both! {
    async fn a_page_of_a_long_bill_walks_an_index(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        long_bill(house, &clerk).await;
        let access: Access<CanSeeBill> = house.store.system(clerk.clone()).access().expect("a clerk");
        let is_lite = house.url.starts_with("sqlite");
        // SQLite never gathers statistics by itself.
        for statistics in [None, Some(if is_lite { "ANALYZE" } else { "VACUUM ANALYZE" })] {
            if let Some(statistics) = statistics {
                house.execute(statistics).await;
            } else if !is_lite {
                continue;
            }
            for (query, index) in [
                ("", "by_amount"),
                ("sort=amount", "by_amount"),
                ("page=1500", "by_amount"),
                ("product=P7", "by_product"),
                ("product=P7&sort=amount&page=40", "by_product"),
                ("type=refund", "by_kind"),
                ("customer=most", "by_customer"),
                ("customer=C7&sort=amount", "by_customer"),
                ("sort=-at", "by_time"),
                ("sort=at&page=1500", "by_time"),
                ("region=R1", "by_amount"),
            ] {
                let plan = bills::plan(&access, BILL_LINES.read(query)).await.expect("a plan").join("\n");
                assert!(plan.contains(&format!("partner_bill_line_{index}")), "{query}:\n{plan}");
                assert!(!plan.contains("Seq Scan on partner_bill_line"), "{query}:\n{plan}");
                assert!(sorts(&plan) <= 1, "only the page itself is put in order\n{query}:\n{plan}");
                assert!(!is_lite || plan.contains("AND no=?"), "a line of the page is fetched by its number\n{query}:\n{plan}");
            }
        }
    }
}

on_both! {
    async fn what_a_bill_keeps_and_the_way_to_a_page_change_no_answer(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        long_bill(house, &clerk).await;
        let access: Access<CanSeeBill> = house.store.system(clerk.clone()).access().expect("a clerk");
        let page = async |query: &str| bills::lines(&access, BILL_LINES.read(query), Names::Masked).await.expect("a page");
        for chosen in [
            "",
            "product=P7",
            "product=P7&region=R1",
            "product=P7&customer=most",
            "product=P8&type=consumption&type=refund",
            "region=R2&type=refund",
            "customer=most",
            "customer=most&type=refund",
            "customer=C7",
            "customer=C7&region=R0",
            "type=refund",
            "type=consumption",
            "product=P",
        ] {
            for rest in ["", "&page=2", "&sort=amount", "&sort=-at&page=3", "&sort=at&size=100"] {
                // A range that holds every line is not kept, so that all of them are added up.
                let (short, long) = (page(&format!("{chosen}{rest}")).await, page(&format!("{chosen}{rest}&least=-1000000")).await);
                assert_eq!((short.total, short.plain, short.rows), (long.total, long.plain, long.rows), "{chosen}{rest}");
            }
        }
    }
}
