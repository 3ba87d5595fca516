//! What somebody with the database can do to the ledger, and that a check finds it. Whoever owns the tables can drop their triggers, too.

use crate::{
    house::{House, on_both},
    ledger::{is_clean, partner, post, posting, top_up, vendor, yuan},
};
use domain::ledger::{Account, Movement};
use store::ledger;

async fn fill(house: &House) {
    vendor(house).await;
    for name in ["lanhai", "qinghe"] {
        let clerk = partner(house, name).await;
        top_up(house, clerk.tenant, "100").await;
        for amount in ["10", "20"] {
            let legs = [(Account::OriginalPath, Account::Held, yuan(amount))];
            post(&house.store, None, posting(&house.store, clerk.tenant, Movement::WithdrawalHeld, &legs)).await.expect("held");
        }
    }
    is_clean(house).await;
}

async fn drop_triggers(house: &House) {
    for table in ["ledger_entries", "ledger_transactions"] {
        for trigger in ["stay", "are_kept"] {
            let on = if house.url.starts_with("sqlite") { String::new() } else { format!(" ON {table}") };
            house.execute(&format!("DROP TRIGGER {table}_{trigger}{on}")).await;
        }
    }
}

const ENTRY: &str = "WHERE no = 2 AND account_id = (SELECT MIN(account_id) FROM ledger_entries WHERE no = 2)";
const SECOND: &str = "WHERE no = 2 AND tenant_id = (SELECT MIN(tenant_id) FROM ledger_transactions)";

on_both! {
    async fn each_manipulation_of_the_ledger_is_found(house) {
        fill(house).await;
        drop_triggers(house).await;
        let tables = ["ledger_entries", "ledger_transactions", "ledger_accounts"];
        for table in tables {
            house.execute(&format!("CREATE TABLE {table}_before AS SELECT * FROM {table}")).await;
        }
        let mut manipulations = vec![
            format!("DELETE FROM ledger_entries {ENTRY}"),
            format!("UPDATE ledger_entries SET amount_micros = amount_micros + 10000 {ENTRY}"),
            format!("UPDATE ledger_entries SET balance_after_micros = balance_after_micros + 10000 {ENTRY}"),
            format!("UPDATE ledger_entries SET transaction_id = 'x' {ENTRY}"),
            format!("INSERT INTO ledger_entries SELECT account_id, 99, transaction_id, amount_micros, balance_after_micros FROM ledger_entries {ENTRY}"),
            // Both ends alike: the sum stays zero.
            "UPDATE ledger_entries SET amount_micros = amount_micros * 2, balance_after_micros = balance_after_micros * 2".to_owned(),
            format!("DELETE FROM ledger_transactions {SECOND}"),
            "DELETE FROM ledger_entries WHERE transaction_id IN (SELECT id FROM ledger_transactions WHERE no = 1)".to_owned(),
            "UPDATE ledger_accounts SET balance_micros = balance_micros + 10000 WHERE kind = 'held'".to_owned(),
            "UPDATE ledger_accounts SET entries = entries + 1 WHERE kind = 'clearing'".to_owned(),
            "UPDATE ledger_accounts SET tenant_id = 'somebody' WHERE kind = 'held'".to_owned(),
            "UPDATE ledger_accounts SET currency = 'USD' WHERE kind = 'held'".to_owned(),
            "DELETE FROM ledger_accounts WHERE kind = 'held'".to_owned(),
            "DELETE FROM ledger_accounts".to_owned(),
            // A whole transaction, out of all tables.
            format!("DELETE FROM ledger_entries WHERE transaction_id IN (SELECT id FROM ledger_transactions {SECOND})"),
        ];
        for column in ["movement", "object", "cause_kind", "cause_id", "idempotency_key", "prev_hash", "hash", "currency", "id"] {
            manipulations.push(format!("UPDATE ledger_transactions SET {column} = {column} || 'x' {SECOND}"));
        }
        for column in ["at_us", "seq", "direction", "amount_micros", "balance_after_micros", "no"] {
            manipulations.push(format!("UPDATE ledger_transactions SET {column} = {column} + 7 {SECOND}"));
        }
        for manipulation in manipulations {
            house.execute(&manipulation).await;
            let found = ledger::check(&house.store).await.expect("a check").findings;
            assert_ne!(found, [], "{manipulation}");
            for table in tables {
                house.execute(&format!("DELETE FROM {table}")).await;
                house.execute(&format!("INSERT INTO {table} SELECT * FROM {table}_before")).await;
            }
            is_clean(house).await;
        }
    }
}

on_both! {
    async fn the_database_itself_keeps_what_was_posted(house) {
        fill(house).await;
        let refused = |statement: &'static str| async move { house.tries(statement).await.expect_err(statement) };
        for statement in [
            "UPDATE ledger_entries SET amount_micros = 1",
            "DELETE FROM ledger_entries",
            "UPDATE ledger_transactions SET object = 'x'",
            "DELETE FROM ledger_transactions",
        ] {
            assert!(refused(statement).await.contains("append-only"), "{statement}");
        }
        refused("UPDATE ledger_accounts SET balance_micros = -1 WHERE kind = 'held'").await;
        assert_eq!(store::demo::empty(&house.stranger("x")).await, Ok(false), "nor does the demo world empty what is somebody's");
        is_clean(house).await;
        house.execute("INSERT INTO settings (key, value) VALUES ('demo_world', 'yes')").await;
        assert_eq!(store::demo::empty(&house.stranger("x")).await, Ok(true));
        assert_eq!(house.number("SELECT COUNT(*) FROM ledger_entries").await, 0);
    }
}
