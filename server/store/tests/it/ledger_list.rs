//! Income and expense as its company reads it.

use crate::{
    house::{House, on_both, sorts},
    ledger::{partner, post, posting, top_up, vendor, yuan},
};
use domain::{
    Error, Lang,
    access::{CanSeeBalance, CanSeeLedger, Role, Standing},
    exports::Source,
    ledger::{Account, Direction, FundsPage, LEDGER, Movement},
};
use store::{
    Access,
    exports::{self, Value},
    ledger,
};
use tokio::sync::{mpsc, oneshot};

async fn page(house: &House, standing: &Standing, query: &str) -> FundsPage {
    let access: Access<CanSeeBalance> = house.store.system(standing.clone()).access().expect("a member");
    ledger::page(&access, LEDGER.read(query)).await.expect("a page").page
}

/// Top-ups of 1 to `count` yuan, an hour apart, and a withdrawal of half a yuan that is paid.
async fn fill(house: &House, clerk: &Standing, count: i64) {
    let start = "2026-06-01".parse::<domain::Day>().expect("a day").start();
    for number in 1..=count {
        house.store.clock.stand_at(Some(start.plus_seconds(number * 3_600)));
        top_up(house, clerk.tenant, &number.to_string()).await;
    }
    house.store.clock.stand_at(Some(start.plus_days(9)));
    for (movement, from, to) in
        [(Movement::WithdrawalHeld, Account::OriginalPath, Account::Held), (Movement::WithdrawalPaid, Account::Held, Account::Clearing)]
    {
        post(&house.store, None, posting(&house.store, clerk.tenant, movement, &[(from, to, yuan("0.50"))])).await.expect("posted");
    }
}

on_both! {
    async fn each_movement_of_cash_is_listed_with_the_balance_after_it(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        fill(house, &clerk, 3).await;
        let page = page(house, &clerk, "").await;
        let rows: Vec<_> = page.rows.iter().map(|row| (row.direction, row.amount, row.balance)).collect();
        let (income, outcome) = (Direction::Income, Direction::Outcome);
        assert_eq!(rows, [
            (outcome, yuan("0.50"), yuan("5.50")),
            (income, yuan("3"), yuan("6")),
            (income, yuan("2"), yuan("3")),
            (income, yuan("1"), yuan("1")),
        ], "what is held is still there, and so is no expense yet");
        assert_eq!((page.total, page.all), (4, 4));
        let other = partner(house, "qinghe").await;
        assert_eq!(self::page(house, &other, "").await.total, 0, "another company sees none of it");
    }
}

on_both! {
    async fn filters_and_sorts_say_what_they_mean(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        fill(house, &clerk, 30).await;
        for (query, total) in [
            ("type=top_up", 30),
            ("type=withdrawal_paid", 1),
            ("type=withdrawal_held", 31),
            ("direction=outcome", 1),
            ("direction=income&direction=outcome", 31),
            ("from=2026-06-02&to=2026-06-02", 7),
            ("from=2026-06-10", 1),
            ("to=2026-05-31", 0),
            ("least=10&most=19.99", 10),
            ("least=1,0", 21),
            ("currency=USD", 0),
            ("q=tx2026", 31),
            ("q=TX%25", 0),
            ("from=2026-06-02&direction=income&least=29", 2),
        ] {
            assert_eq!(page(house, &clerk, query).await.total, total, "{query}");
        }
        let amounts = |page: FundsPage| page.rows.iter().map(|row| row.amount).collect::<Vec<_>>();
        assert_eq!(amounts(page(house, &clerk, "sort=-amount&size=10").await)[..2], [yuan("30"), yuan("29")]);
        assert_eq!(amounts(page(house, &clerk, "sort=amount&size=10").await)[..2], [yuan("0.50"), yuan("1")]);
        assert_eq!(amounts(page(house, &clerk, "sort=amount&size=10&page=2").await)[..2], [yuan("10"), yuan("11")]);
        assert_eq!(amounts(page(house, &clerk, "sort=-amount&size=10&page=4").await), [yuan("0.50")]);
        assert_eq!(amounts(page(house, &clerk, "type=top_up&size=10&page=2").await)[..2], [yuan("20"), yuan("19")]);
        assert_eq!(amounts(page(house, &clerk, "to=2026-06-01&size=10&page=2").await)[..2], [yuan("13"), yuan("12")]);
        assert_eq!(amounts(page(house, &clerk, "sort=at&size=10&page=2").await)[..2], [yuan("11"), yuan("12")]);
        assert_eq!(amounts(page(house, &clerk, "size=10&page=4").await), [yuan("1")]);
        assert_eq!(amounts(page(house, &clerk, "size=10&page=9").await), []);
        assert_eq!(amounts(page(house, &clerk, "from=2026-06-02&to=2026-06-02&sort=at&size=10").await)[..2], [yuan("24"), yuan("25")]);
    }
}

on_both! {
    async fn what_is_no_amount_is_told_beside_its_field(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        let access: Access<CanSeeBalance> = house.store.system(clerk.clone()).access().expect("a clerk");
        for (query, field) in [("least=x", "least"), ("most=1e3", "most"), ("least=%EF%BC%91", "least"), ("least=2&most=1", "most")] {
            let refused = ledger::page(&access, LEDGER.read(query)).await.expect_err(query);
            assert!(matches!(&refused, Error::Refused(refused) if refused.field.as_deref() == Some(field)), "{query}: {refused:?}");
        }
    }
}

on_both! {
    async fn every_member_of_a_sales_partner_sees_the_balance_and_finance_alone_the_movements(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        fill(house, &clerk, 2).await;
        let sales = Standing { roles: vec![Role::AccountManager], ..clerk.clone() };
        let access: Access<CanSeeBalance> = house.store.system(sales.clone()).access().expect("a default");
        let seen = ledger::page(&access, LEDGER.read("")).await.expect("a page");
        assert_eq!(seen.funds[0].cash, yuan("2.50"));
        assert_eq!((seen.page.rows.len(), seen.page.total, seen.page.all), (0, 0, 0));
        assert_eq!(seen.why.expect("a reason").permission, "sales.ledger.view");
        assert!(matches!(house.store.system(sales).access::<CanSeeLedger>(), Err(Error::WhyNot(_))));
        let service = Standing { identities: Vec::new(), roles: vec![Role::AccountManager], ..clerk };
        assert!(matches!(house.store.system(service).access::<CanSeeBalance>(), Err(Error::WhyNot(_))), "no sales identity, no default");
    }
}

on_both! {
    async fn a_file_holds_the_rows_of_the_page_with_a_column_for_each_direction(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        fill(house, &clerk, 5).await;
        let page = page(house, &clerk, "most=3").await;
        let (count, counted) = oneshot::channel();
        let (out, mut batches) = mpsc::channel(4);
        let caller = house.store.system(clerk.clone());
        exports::rows(&caller, Source::Ledger, "most=3", Lang::En, count, out).await.expect("rows");
        assert_eq!((counted.await, page.total), (Ok(4), 4));
        let rows = batches.recv().await.expect("rows");
        let [income, outcome, id] = [7, 8, 9].map(|at| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>());
        let amount = |text: &str| Value::Amount(yuan(text).micros);
        assert_eq!(income, [Value::Empty, amount("3"), amount("2"), amount("1")]);
        assert_eq!(outcome, [amount("0.50"), Value::Empty, Value::Empty, Value::Empty]);
        assert_eq!(id, page.rows.iter().map(|row| Value::Text(row.id.to_string())).collect::<Vec<_>>());
        assert_eq!(rows[0][0], Value::Text("Withdrawal".to_owned()));
    }
}

const ROWS: i64 = 40_000;

/// Movements of which one in forty is a refund of a bill, one in four a payment of one, and the others are top-ups.
async fn long_list(house: &House, clerk: &Standing) {
    let id = "substr('00000000000000000000000000' || CAST(n AS TEXT), length(CAST(n AS TEXT)) + 1, 26)";
    house
        .execute(&format!(
            "INSERT INTO ledger_transactions (tenant_id, no, id, movement, currency, at_us, cause_kind, cause_id, object, idempotency_key, seq,
                direction, amount_micros, balance_after_micros, prev_hash, hash)
             WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {ROWS})
             SELECT '{}', n, {id}, CASE WHEN n % 40 = 0 THEN 'bill_refund' WHEN n % 4 = 1 THEN 'bill_payment' ELSE 'top_up' END, 'CNY',
                CAST(n AS BIGINT) * 1000000000, 'top_up', {id}, 'CZ', CAST(n AS TEXT), n, CASE WHEN n % 4 = 1 THEN 2 ELSE 1 END,
                n * 7919 % {ROWS} * 10000, n * 10000, '', '' FROM numbers",
            clerk.tenant
        ))
        .await;
    // SQLite never gathers statistics by itself.
    if !house.url.starts_with("sqlite") {
        house.execute("VACUUM ANALYZE").await;
    }
}

on_both! {
    async fn a_page_of_a_long_list_walks_an_index(house) {
        vendor(house).await;
        let clerk = partner(house, "lanhai").await;
        long_list(house, &clerk).await;
        let access: Access<CanSeeLedger> = house.store.system(clerk.clone()).access().expect("a clerk");
        let is_lite = house.url.starts_with("sqlite");
        for statistics in [false, true] {
            if statistics && is_lite {
                house.execute("ANALYZE").await;
            }
            for (query, index) in [
                ("", "by_seq"),
                ("page=1500", "by_seq"),
                ("sort=at&page=1500", "by_seq"),
                ("sort=amount", "by_amount"),
                ("sort=-amount", "by_amount"),
                ("sort=-amount&page=500", "by_amount"),
                ("from=1970-01-02&to=1970-03-01", "by_time"),
                ("type=bill_refund", "by_movement"),
                ("type=bill_refund&page=20", "by_movement"),
                ("type=bill_refund&from=1970-01-02&to=1970-03-01", "by_movement"),
                ("type=bill_payment&sort=amount", "by_amount"),
                ("type=bill_payment&type=top_up", "by_seq"),
                ("direction=outcome", "by_direction"),
                ("direction=income&page=500", "by_direction"),
                ("direction=income&direction=outcome", "by_seq"),
                ("direction=income&sort=-amount", "by_amount"),
            ] {
                let plan = ledger::plan(&access, LEDGER.read(query)).await.expect("a plan").join("\n");
                assert!(plan.contains(&format!("ledger_transactions_{index}")), "{query}:\n{plan}");
                assert!(!plan.contains("Seq Scan"), "{query}:\n{plan}");
                assert!(sorts(&plan) <= 1, "only the page itself is put in order\n{query}:\n{plan}");
                assert!(!is_lite || plan.contains("AND seq=?"), "a movement of the page is fetched by its number\n{query}:\n{plan}");
            }
        }
        let page = page(house, &clerk, "page=1500&size=20").await;
        assert_eq!((page.total, page.rows.len()), (ROWS, 20));
        assert_eq!(page.rows[0].balance, yuan("100.20"), "number 10,020 from the end");
    }
}

on_both! {
    async fn what_is_counted_beforehand_and_the_way_to_a_page_change_no_answer(house) {
        vendor(house).await;
        let (clerk, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        long_list(house, &clerk).await;
        fill(house, &other, 3).await;
        assert_eq!(page(house, &other, "direction=outcome").await.total, 1, "what is posted is counted for its own company");
        for chosen in [
            "type=bill_refund",
            "type=bill_payment&type=top_up",
            "type=bill_payment&type=bill_refund",
            "type=bill_refund&direction=income",
            "type=bill_refund&direction=outcome",
            "type=withdrawal_paid",
            "direction=income",
            "direction=outcome",
            "direction=income&direction=outcome",
        ] {
            for rest in ["", "&page=2", "&sort=at", "&sort=-amount&page=3", "&sort=amount&size=100"] {
                // A range that holds every amount is not counted beforehand.
                let short = page(house, &clerk, &format!("{chosen}{rest}")).await;
                let long = page(house, &clerk, &format!("{chosen}{rest}&least=0")).await;
                assert_eq!((short.total, short.rows), (long.total, long.rows), "{chosen}{rest}");
            }
        }
    }
}
