//! Lists are answered from their indexes: a page of twenty out of thousands must not read them all.

use crate::{
    house::{House, member, on_both},
    library::{day, file, imported},
};
use domain::{
    access::{Identity, Program},
    library::{Category, Description, Format, LIBRARY},
};
use store::library::{self, Imported, NewFile};

const DOCUMENTS: i64 = 4_000;

async fn fill(house: &House) {
    let editor = house.editor();
    let mut importer = library::importer(&editor);
    for number in 0..DOCUMENTS {
        let title = format!("资料 {}", number * 7_919 % DOCUMENTS);
        let at = day("2024-01-01").plus_seconds(number * 20_000);
        let document = Imported { id: house.store.ids.id(), at, ..imported(&title, "云主机") };
        let category = if number % 50 == 0 { Category::PolicyBenefit } else { Category::ProductCase };
        let format = if number % 40 == 0 { Format::Epub } else { Format::Pdf };
        let file = NewFile { format, size_bytes: number * 31 % 9_973, ..file(&number.to_string()) };
        importer.push(Imported { about: Description { category, ..document.about }, file, ..document }).await.expect("taken");
    }
    importer.flush().await.expect("written");
    // As autovacuum does by itself a little later.
    house.execute("ANALYZE").await;
}

/// Fails unless a question is answered by walking `index`, without sorting and without reading the table.
async fn expect_index(house: &House, query: &str, index: &str) {
    let reader = house.reader(&member(1, &[Identity::Csp], &[Program::CspProgram]));
    let plan = library::list_plan(&reader, LIBRARY.read(query)).await.expect("a plan").join("\n");
    assert!(plan.contains(index), "{query}:\n{plan}");
    for bad in ["TEMP B-TREE", "Sort", "Seq Scan", "SCAN d\n"] {
        assert!(!plan.contains(bad), "{query}:\n{plan}");
    }
}

on_both! {
    async fn every_order_of_the_plain_list_walks_an_index(house) {
        fill(house).await;
        for (sort, index) in [
            ("updated", "library_documents_by_update"),
            ("title", "library_documents_by_title"),
            ("size", "library_documents_by_size"),
            ("downloads", "library_documents_by_downloads"),
        ] {
            expect_index(house, &format!("sort=-{sort}"), index).await;
            expect_index(house, &format!("sort={sort}"), index).await;
        }
        expect_index(house, "size=100&page=3", "library_documents_by_update").await;
        expect_index(house, "from=2025-01-01&to=2025-12-31", "library_documents_by_update").await;
        expect_index(house, "category=product_solution/case", "library_documents_by_").await;
        expect_index(house, "format=pdf&sort=title", "library_documents_by_title").await;
    }
}

on_both! {
    async fn a_filter_that_leaves_few_is_answered_from_an_index(house) {
        fill(house).await;
        let reader = house.reader(&member(1, &[Identity::Csp], &[Program::CspProgram]));
        for query in ["category=policy/benefit", "format=epub"] {
            let plan = library::list_plan(&reader, LIBRARY.read(query)).await.expect("a plan").join("\n");
            assert!(plan.contains("library_documents_by_"), "{query}:\n{plan}");
            assert!(!plan.contains("Seq Scan"), "{query}:\n{plan}");
        }
    }
}

on_both! {
    async fn a_search_is_answered_from_the_words(house) {
        fill(house).await;
        let reader = house.reader(&member(1, &[Identity::Csp], &[Program::CspProgram]));
        let mut asked = LIBRARY.read("");
        asked.keyword = "资料 77".to_owned();
        let plan = library::list_plan(&reader, asked).await.expect("a plan").join("\n");
        assert!(plan.contains("library_search_by_words") || plan.contains("VIRTUAL TABLE INDEX"), "{plan}");
    }
}
