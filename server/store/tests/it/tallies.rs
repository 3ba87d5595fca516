//! The tally of published documents is always what counting them would give, whatever editors do, one after the other or at once.
//! The number that is printed repeats a run: PC_TEST_SEED=number.

use crate::{
    house::{House, on_both},
    library::{about, file, imported},
};
use domain::{
    Id,
    access::{CanManageLibrary, Identity},
    library::{Audience, Category, Description, Format, Language, Step},
    machine::Keyed,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use store::{
    Access,
    library::{self, Described, Imported, Moved, NewDocument, NewFile, NewVersion},
};

fn one<T: Copy>(rng: &mut StdRng, of: &[T]) -> T {
    of[rng.random_range(0..of.len())]
}

fn random_about(rng: &mut StdRng) -> Description {
    let identities = one(rng, &[None, Some(Identity::Csp), Some(Identity::Distributor)]).into_iter().collect();
    Description {
        category: one(rng, Category::ALL),
        language: one(rng, Language::ALL),
        audience: Audience { identities, programs: Vec::new() },
        ..about("资料")
    }
}

fn random_file(rng: &mut StdRng) -> NewFile {
    NewFile { format: one(rng, Format::ALL), ..file(&rng.random::<u64>().to_string()) }
}

/// One random edit of a random document at the version it has just now. Refusals are fine; what they leave behind is checked.
async fn edit(house: &House, editor: &Access<CanManageLibrary>, ids: &[Id], rng: &mut StdRng) -> Option<Id> {
    let document = one(rng, ids);
    let version = house.number(&format!("SELECT version FROM library_documents WHERE id = '{document}'")).await;
    match rng.random_range(0..6) {
        0 => library::create(editor, None, NewDocument { about: random_about(rng), file: random_file(rng) }).await.ok(),
        1 => {
            let described = Described { document, version, about: random_about(rng) };
            library::describe(editor, described).await.ok().and(None)
        }
        2 => {
            let file = random_file(rng);
            let new = NewVersion { document, version, file, what_changed: "改".to_owned(), keep_previous_open: rng.random() };
            library::replace(editor, None, new).await.ok().and(None)
        }
        _ => {
            let moved = Moved { document, version, step: one(rng, Step::ALL) };
            library::move_document(editor, moved).await.ok().and(None)
        }
    }
}

async fn check(house: &House, seed: u64) {
    let place = ["audience_id", "category", "format", "language"];
    let tally = house.texts(&[&place[..], &["documents"]].concat(), "FROM library_tally WHERE documents <> 0 ORDER BY 1, 2, 3, 4").await;
    let recount = "FROM library_documents WHERE state = 'published' GROUP BY audience_id, category, format, language ORDER BY 1, 2, 3, 4";
    let recount = house.texts(&[&place[..], &["COUNT(*)"]].concat(), recount).await;
    let sorted = |mut rows: Vec<Vec<Option<String>>>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(tally), sorted(recount), "PC_TEST_SEED={seed}");
}

fn seed() -> u64 {
    let seed = std::env::var("PC_TEST_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| rand::rng().random());
    println!("PC_TEST_SEED={seed}");
    seed
}

on_both! {
    async fn the_tally_equals_a_recount_after_random_edits(house) {
        let seed = seed();
        let mut rng = StdRng::seed_from_u64(seed);
        let mut ids = vec![house.publish(imported("一", "")).await, house.draft("二").await];
        for _ in 0..120 {
            ids.extend(edit(house, &house.editor(), &ids, &mut rng).await);
            check(house, seed).await;
        }
    }
}

on_both! {
    async fn the_tally_equals_a_recount_after_editors_got_into_each_others_way(house) {
        let seed = seed();
        let mut rng = StdRng::seed_from_u64(seed);
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(house.publish(Imported { about: random_about(&mut rng), ..imported(&number.to_string(), "") }).await);
        }
        let editor = house.editor();
        for _ in 0..12 {
            let mut rngs: Vec<StdRng> = (0..8).map(|_| StdRng::seed_from_u64(rng.random())).collect();
            let made = futures::future::join_all(rngs.iter_mut().map(|rng| edit(house, &editor, &ids, rng))).await;
            ids.extend(made.into_iter().flatten());
            check(house, seed).await;
        }
    }
}

on_both! {
    async fn an_import_counts_what_it_brings(house) {
        let seed = seed();
        let mut rng = StdRng::seed_from_u64(seed);
        let editor = house.editor();
        let mut importer = library::importer(&editor);
        for number in 0..1_203 {
            let document = Imported { id: house.store.ids.id(), about: random_about(&mut rng), ..imported(&number.to_string(), "云") };
            importer.push(Imported { file: random_file(&mut rng), ..document }).await.expect("taken");
        }
        importer.flush().await.expect("written");
        check(house, seed).await;
        assert_eq!(house.number("SELECT COUNT(*) FROM library_documents").await, 1_203);
        assert_eq!(house.number("SELECT COUNT(DISTINCT no) FROM library_documents").await, 1_203);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE action = 'library_imported'").await, 3);
    }
}
