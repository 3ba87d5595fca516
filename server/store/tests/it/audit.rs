//! The chain of each tenant: one row per event, and no way to change, move, add or drop one unnoticed.

use crate::{
    house::{House, on_both},
    library::about,
};
use domain::{Id, access::Anyone, event::Event};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use store::{
    Access, Written,
    audit::{self, Anchored},
    library,
};

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

/// What somebody with the database can do to a chain of `rows` rows. Whoever knows how hashes are made makes right ones.
fn manipulation(dice: &mut StdRng, rows: i64) -> Manipulation {
    let (row, other) = (dice.random_range(1..=rows), dice.random_range(1..rows));
    match dice.random_range(0..7) {
        0 => Manipulation::Edit(COLUMNS.choose(dice).expect("a column"), row),
        1 => Manipulation::EditAndHashAnew(row),
        2 => Manipulation::Delete(row),
        // Another one than the first.
        3 => Manipulation::Swap(row, if other < row { other } else { other + 1 }),
        4 => Manipulation::CutOff(row),
        5 => Manipulation::CutOffAndAppend(row, dice.random_range(1..5)),
        _ => Manipulation::GiveToAnother(row),
    }
}

const COLUMNS: [&str; 10] = ["tenant_id", "seq", "at_us", "actor", "actor_name", "action", "object", "detail", "address", "prev_hash"];

#[derive(Clone, Copy, Debug)]
enum Manipulation {
    Edit(&'static str, i64),
    EditAndHashAnew(i64),
    Delete(i64),
    Swap(i64, i64),
    /// From this row on.
    CutOff(i64),
    /// From this row on; then this many others follow.
    CutOffAndAppend(i64, i64),
    GiveToAnother(i64),
}

impl Manipulation {
    async fn apply(self, house: &House, chain: Id) {
        let of = |row: i64| format!("WHERE tenant_id = '{chain}' AND seq = {row}");
        let from = |row: i64| format!("DELETE FROM audit WHERE tenant_id = '{chain}' AND seq >= {row}");
        match self {
            Self::Edit(column @ ("seq" | "at_us"), row) => {
                house.execute(&format!("UPDATE audit SET {column} = {column} + 1000 {}", of(row))).await
            }
            Self::Edit(column, row) => house.execute(&format!("UPDATE audit SET {column} = {column} || '0' {}", of(row))).await,
            Self::EditAndHashAnew(row) => {
                house.execute(&format!("UPDATE audit SET actor_name = 'somebody else' {}", of(row))).await;
                hash_anew(house, chain).await;
                1
            }
            Self::Delete(row) => house.execute(&format!("DELETE FROM audit {}", of(row))).await,
            Self::Swap(one, other) => {
                for (from, to) in [(one, 1_000), (other, one), (1_000, other)] {
                    house.execute(&format!("UPDATE audit SET seq = {to} {}", of(from))).await;
                }
                1
            }
            Self::CutOff(row) => house.execute(&from(row)).await,
            Self::CutOffAndAppend(row, new) => {
                house.execute(&from(row)).await;
                for seq in row..row + new {
                    house.execute(&format!("INSERT INTO audit VALUES ('{chain}', {seq}, 5, 'a', 'b', 'c', 'd', 'e', 'f', '', '')")).await;
                }
                hash_anew(house, chain).await;
                1
            }
            Self::GiveToAnother(row) => house.execute(&format!("UPDATE audit SET tenant_id = '{}', seq = 1 {}", Id(99), of(row))).await,
        };
    }
}

/// Makes every hash of a chain right, as whoever has read our source can.
async fn hash_anew(house: &House, chain: Id) {
    let columns = ["tenant_id", "seq", "at_us", "actor", "actor_name", "action", "object", "detail", "address"];
    let mut hash = "0".to_owned();
    for row in house.texts(&columns, &format!("FROM audit WHERE tenant_id = '{chain}' ORDER BY seq")).await {
        let values: Vec<String> = row.into_iter().flatten().collect();
        let next = store::ids::hashed(&format!("{hash}\n{}", values.join("\n")));
        let set = format!("UPDATE audit SET prev_hash = '{hash}', hash = '{next}' WHERE tenant_id = '{chain}' AND seq = {}", values[1]);
        house.execute(&set).await;
        hash = next;
    }
}

on_both! {
    /// M11, threats.md case 23.
    async fn each_of_fifty_random_manipulations_is_found_with_an_anchor(house) {
        const ROWS: i64 = 12;
        let seed: u64 = rand::random();
        println!("seed {seed}");
        let mut dice = StdRng::seed_from_u64(seed);
        events(house, &[7, 8, 9].repeat(usize::try_from(ROWS).expect("a number"))).await;
        let ends = audit::ends(&house.store).await.expect("ends");
        assert_eq!(ends.iter().map(|end| end.seq).collect::<Vec<_>>(), [ROWS; 3]);
        let anchored: Anchored = ends.into_iter().map(|end| ((end.tenant, end.seq), end.hash)).collect();
        house.execute("CREATE TABLE before_manipulation AS SELECT * FROM audit").await;
        // What comes later is no manipulation.
        events(house, &[7, 8]).await;
        assert_eq!(audit::check_against(&house.store, anchored.clone()).await.expect("a check").findings, []);
        for number in 0..50 {
            house.execute("DELETE FROM audit").await;
            house.execute("INSERT INTO audit SELECT * FROM before_manipulation").await;
            assert_eq!(audit::check_against(&house.store, anchored.clone()).await.expect("a check").findings, [], "seed {seed}");
            let (chain, manipulation) = (Id(dice.random_range(7..=9)), manipulation(&mut dice, ROWS));
            manipulation.apply(house, chain).await;
            let found = audit::check_against(&house.store, anchored.clone()).await.expect("a check").findings;
            assert_ne!(found, [], "seed {seed}, number {number}: {manipulation:?} of {chain}");
        }
        house.execute("DROP TABLE before_manipulation").await;
    }
}

on_both! {
    async fn a_tail_that_was_cut_off_is_named_and_without_an_anchor_it_is_not(house) {
        events(house, &[7, 7, 7, 8]).await;
        let anchored: Anchored =
            audit::ends(&house.store).await.expect("ends").into_iter().map(|end| ((end.tenant, end.seq), end.hash)).collect();
        house.execute(&format!("DELETE FROM audit WHERE tenant_id = '{}' AND seq > 1", Id(7))).await;
        assert_eq!(faults(house).await, []);
        let found = audit::check_against(&house.store, anchored).await.expect("a check").findings;
        let told: Vec<_> = found.iter().map(|finding| (finding.tenant.clone(), finding.seq, finding.what)).collect();
        assert_eq!(told, [(Id(7).to_string(), 3, "it was anchored and is not there any more")]);
    }
}
