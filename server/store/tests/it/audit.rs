//! The chain of each tenant: one row per event, and no way to change, move, add or drop one unnoticed.

use crate::{
    house::{House, on_both},
    library::about,
};
use domain::{Id, access::Anyone, event::Event};
use store::{Access, Written, audit, library};

/// Writes events to the chains of two tenants.
async fn events(house: &House, tenants: &[u128]) {
    let access: Access<Anyone> = house.stranger("10.0.0.9");
    for (account, tenant) in (1..).zip(tenants) {
        access
            .write(None, (Id(*tenant), Id(account)), |_, (tenant, account)| {
                Box::pin(async move { Ok(Written::new((), *tenant, Event::SignedIn { account: *account })) })
            })
            .await
            .expect("an event");
    }
}

async fn faults(house: &House) -> Vec<(i64, &'static str)> {
    let checked = audit::check(&house.store).await.expect("a check");
    checked.findings.iter().map(|finding| (finding.seq, finding.what)).collect()
}

on_both! {
    async fn every_tenant_has_a_chain_of_its_own_that_begins_with_one(house) {
        events(house, &[7, 8, 7, 7, 8]).await;
        let rows = house.texts(&["tenant_id", "seq", "prev_hash", "hash"], "FROM audit ORDER BY tenant_id, seq").await;
        let chain = |tenant: u128| -> Vec<_> { rows.iter().filter(|row| row[0] == Some(Id(tenant).to_string())).collect() };
        assert_eq!((chain(7).len(), chain(8).len()), (3, 2));
        for tenant in [7, 8] {
            let chain = chain(tenant);
            assert_eq!(chain[0][2].as_deref(), Some("0"));
            assert!(chain.windows(2).all(|pair| pair[0][3] == pair[1][2]));
        }
        let checked = audit::check(&house.store).await.expect("a check");
        assert_eq!((checked.chains, checked.rows, checked.findings), (2, 5, Vec::new()));
    }
}

on_both! {
    async fn a_changed_row_is_found(house) {
        events(house, &[7, 7, 7]).await;
        for column in ["actor", "actor_name", "action", "object", "detail", "address"] {
            house.execute(&format!("UPDATE audit SET {column} = {column} || 'x' WHERE seq = 2")).await;
            assert_eq!(faults(house).await, [(2, "its content is not what was written")], "{column}");
            house.execute(&format!("UPDATE audit SET {column} = substr({column}, 1, length({column}) - 1) WHERE seq = 2")).await;
        }
        house.execute("UPDATE audit SET at_us = at_us + 1 WHERE seq = 2").await;
        assert_eq!(faults(house).await, [(2, "its content is not what was written")]);
    }
}

on_both! {
    async fn a_dropped_row_is_found(house) {
        events(house, &[7, 7, 7]).await;
        house.execute("DELETE FROM audit WHERE seq = 1").await;
        assert_eq!(faults(house).await, [(2, "rows before it are missing")]);
    }
}

on_both! {
    async fn two_rows_that_changed_places_are_found(house) {
        events(house, &[7, 7, 7, 7]).await;
        for (from, to) in [(2, 9), (3, 2), (9, 3)] {
            house.execute(&format!("UPDATE audit SET seq = {to} WHERE seq = {from}")).await;
        }
        assert_eq!(faults(house).await.first(), Some(&(2, "it does not follow the row before it")));
    }
}

on_both! {
    async fn a_row_given_a_new_hash_breaks_the_next_one(house) {
        events(house, &[7, 7, 7]).await;
        house.execute("UPDATE audit SET hash = '00' WHERE seq = 2").await;
        assert_eq!(faults(house).await, [(2, "its content is not what was written"), (3, "it does not follow the row before it")]);
    }
}

on_both! {
    async fn a_row_of_one_tenant_cannot_be_given_to_another(house) {
        events(house, &[7, 8]).await;
        house.execute(&format!("DELETE FROM audit WHERE tenant_id = '{}'", Id(8))).await;
        house.execute(&format!("UPDATE audit SET tenant_id = '{}'", Id(8))).await;
        assert_eq!(faults(house).await, [(1, "its content is not what was written")]);
    }
}

on_both! {
    async fn a_refused_change_leaves_no_row(house) {
        let moved = library::Moved { document: Id(1), version: 1, step: domain::library::Step::Publish };
        assert!(library::move_document(&house.editor(), moved).await.is_err());
        let described = library::Described { document: Id(1), version: 1, about: about("无") };
        assert!(library::describe(&house.editor(), described).await.is_err());
        assert_eq!(house.number("SELECT COUNT(*) FROM audit").await, 0);
    }
}

on_both! {
    async fn a_chain_longer_than_a_page_is_walked_to_its_end_and_a_hundred_findings_are_told(house) {
        house
            .execute(&format!(
                "INSERT INTO audit (tenant_id, seq, at_us, actor, actor_name, action, object, detail, address, prev_hash, hash)
                 WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1100)
                 SELECT '{}', n, 0, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' FROM numbers",
                Id(7)
            ))
            .await;
        let checked = audit::check(&house.store).await.expect("a check");
        assert_eq!((checked.chains, checked.rows, checked.findings.len()), (1, 1_100, 100));
    }
}
