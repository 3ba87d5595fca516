//! Lists are answered from their indexes: a page of twenty out of thousands must not read them all.

use crate::house::{House, member, on_both};
use domain::{
    access::{Identity, Program},
    library::LIBRARY,
};
use store::library;

/// So many that reading them all costs more than an index.
const DOCUMENTS: i64 = 40_000;

/// Fills the tables by statements of their own: an import of so many documents takes too long for a test.
async fn fill(house: &House) {
    let numbers = format!("WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {DOCUMENTS})");
    let category = "CASE WHEN n % 50 = 0 THEN 'policy/benefit' ELSE 'product_solution/case' END";
    let format = "CASE WHEN n % 40 = 0 THEN 'epub' ELSE 'pdf' END";
    let id = "substr('00000000000000000000000000' || CAST(n AS TEXT), length(CAST(n AS TEXT)) + 1, 26)";
    let words = "'资 料 ' || CAST(n AS TEXT)";
    house.execute("INSERT INTO library_audiences (id, identities, programs) VALUES (1, '', '')").await;
    house
        .execute(&format!(
            "INSERT INTO library_documents (id, no, version, state, title, summary, category, language, audience_id, format, size_bytes,
                version_no, what_changed, downloads, created_at_us, published_at_us, updated_at_us)
             {numbers} SELECT {id}, n, 1, 'published', '资料' || CAST(n * 7919 % {DOCUMENTS} AS TEXT), '', {category}, 'zh', 1, {format},
                n * 31 % 9973, 1, '', n % 17, 0, 0, 1704038400000000 + CAST(n AS BIGINT) * 1800000000 FROM numbers"
        ))
        .await;
    house
        .execute(
            "INSERT INTO library_tally (audience_id, category, format, language, documents)
             SELECT audience_id, category, format, language, COUNT(*) FROM library_documents GROUP BY 1, 2, 3, 4",
        )
        .await;
    let insert = match house.url.starts_with("sqlite") {
        true => {
            format!("INSERT INTO library_search (rowid, title, summary, body) {numbers} SELECT n, {words}, '', '云 主 机' FROM numbers")
        }
        false => format!(
            "INSERT INTO library_search (no, part, words) {numbers}
             SELECT n, 0, to_tsvector('simple', {words} || ' ' || md5(CAST(n AS TEXT)) || ' ' || md5(CAST(-n AS TEXT)) || ' ' || repeat(' 云 主 机 的 说 明', 20)) FROM numbers"
        ),
    };
    house.execute(&insert).await;
    // As it is done by itself a little later.
    house.execute(if house.url.starts_with("sqlite") { "ANALYZE" } else { "VACUUM ANALYZE" }).await;
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
        asked.keyword = "资料39999".to_owned();
        let plan = library::list_plan(&reader, asked).await.expect("a plan").join("\n");
        assert!(plan.contains("library_search_by_words") || plan.contains("VIRTUAL TABLE INDEX"), "{plan}");
    }
}
