//! What the two databases say differently. Everything else is one text.

use crate::{
    db::Kind,
    sql::{Sql, Value, sql},
    write::Tx,
};
use domain::{
    Error,
    search::{Term, words},
};
use std::collections::HashMap;

/// Words of one part of a text in PostgreSQL: a tsvector knows places up to 16,383.
const PART_WORDS: usize = 12_000;
/// The same word in one part: a tsvector knows 255 places of it, and a phrase is found by places only.
const PART_SAME_WORDS: usize = 250;
/// Bytes of the words of one part: a tsvector holds a megabyte.
const PART_BYTES: usize = 300_000;
/// Longest word in bytes that a tsvector takes; longer ones are in no language.
const WORD_BYTES: usize = 2_000;
/// Words that neighbouring parts share, so that a phrase across the cut is found; longer phrases than this are cut (search.rs).
const PART_OVERLAP: usize = 40;
/// Parts of one text that are indexed; two million characters, the most that is taken out of a file, make some hundred.
const PARTS_MAX: usize = 2_000;
/// Rows of one statement.
const ROWS_TOGETHER: usize = 100;

/// What a database is called, and the question of its size in bytes.
pub(crate) fn name_and_size(kind: Kind) -> (&'static str, Sql) {
    match kind {
        Kind::Lite => ("SQLite", sql("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size() LIMIT 1")),
        Kind::Pg => ("PostgreSQL", sql("SELECT pg_database_size(current_database()) LIMIT 1")),
    }
}

/// The texts of a document that are searched.
#[derive(Clone, Copy)]
pub(crate) struct Searched<'a> {
    pub no: i64,
    pub title: &'a str,
    pub summary: &'a str,
    pub body: &'a str,
}

/// Writes the words of a document into the index, in place of what was there.
pub(crate) async fn index_words(tx: &mut Tx, document: Searched<'_>) -> Result<(), Error> {
    let old = match tx.store().db.kind() {
        Kind::Lite => sql("DELETE FROM library_search WHERE rowid = "),
        Kind::Pg => sql("DELETE FROM library_search WHERE no = "),
    };
    tx.execute(old.value(document.no)).await?;
    index_new(tx, &[document]).await
}

/// Writes the words of documents that are not in the index yet.
pub(crate) async fn index_new(tx: &mut Tx, documents: &[Searched<'_>]) -> Result<(), Error> {
    match tx.store().db.kind() {
        Kind::Lite => {
            for documents in documents.chunks(ROWS_TOGETHER) {
                let row = |document: &Searched<'_>| -> Vec<Value> {
                    let Searched { no, title, summary, body } = *document;
                    vec![no.into(), words(title).into(), words(summary).into(), words(body).into()]
                };
                tx.execute(sql("INSERT INTO library_search (rowid, title, summary, body)").rows(documents.iter().map(row))).await?;
            }
        }
        Kind::Pg => {
            let parts: Vec<(i64, i64, String)> = documents.iter().flat_map(pg_parts).collect();
            for parts in parts.chunks(ROWS_TOGETHER) {
                let insert = sql("INSERT INTO library_search (no, part, words) VALUES ");
                let row = |insert: Sql, (at, (no, part, words)): (usize, &(i64, i64, String))| {
                    let insert = if at == 0 { insert.and("(") } else { insert.and(", (") };
                    insert.value(*no).and(", ").value(*part).and(", CAST(").value(words).and(" AS tsvector))")
                };
                tx.execute(parts.iter().enumerate().fold(insert, row)).await?;
            }
        }
    }
    Ok(())
}

/// A document's rows of the index. Title, summary and text are parts of their own, so that no phrase spans two of them: parts of the
/// title are numbered from 0, of the summary from 1,000,000, of the text from 2,000,000.
fn pg_parts(document: &Searched<'_>) -> Vec<(i64, i64, String)> {
    let texts = [(document.title, 0), (document.summary, 1_000_000), (document.body, 2_000_000)];
    let parts = texts.into_iter().flat_map(|(text, first)| (first..).zip(pg_vectors(&words(text))));
    parts.map(|(part, words)| (document.no, part, words)).collect()
}

/// Words as tsvectors, written out: PostgreSQL's own parser knows other words than `domain::search`.
fn pg_vectors(words: &str) -> Vec<String> {
    let list: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let mut vectors = Vec::new();
    let mut start = 0;
    while start < list.len() && vectors.len() < PARTS_MAX {
        let (mut vector, mut seen, mut place) = (String::new(), HashMap::new(), 0);
        for word in list.iter().skip(start).take(PART_WORDS) {
            let times = seen.entry(*word).or_insert(0_usize);
            if *times >= PART_SAME_WORDS || vector.len() >= PART_BYTES {
                break;
            }
            *times += 1;
            place += 1;
            if word.len() <= WORD_BYTES {
                vector.push_str(&format!("'{word}':{place} "));
            }
        }
        vectors.push(vector);
        let end = start + place;
        start = if end < list.len() { end.saturating_sub(PART_OVERLAP).max(start + 1) } else { end };
    }
    vectors
}

/// What is put before a statement to read its plan, and the column in which the plan stands.
pub(crate) const fn explain(kind: Kind) -> (&'static str, usize) {
    match kind {
        Kind::Lite => ("EXPLAIN QUERY PLAN ", 3),
        Kind::Pg => ("EXPLAIN ", 0),
    }
}

/// Each table with its columns and their kinds, in the order of the table.
pub(crate) fn columns(kind: Kind) -> Sql {
    match kind {
        Kind::Lite => sql("SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
            ORDER BY m.name, c.cid"),
        Kind::Pg => sql("SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, NULL) FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r'
            AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum"),
    }
}

/// Takes every row out of a table.
pub(crate) fn emptied(kind: Kind, table: &'static str) -> Sql {
    match kind {
        Kind::Lite if table == "library_search" => sql("INSERT INTO library_search (library_search) VALUES ('delete-all')"),
        Kind::Lite => sql("DELETE FROM ").and(table),
        Kind::Pg => sql("TRUNCATE ").and(table),
    }
}

/// ` AND ..` that keeps documents `d` in which every term occurs.
pub(crate) fn matching(kind: Kind, sql: Sql, terms: &[Term]) -> Sql {
    match kind {
        Kind::Lite => sql.and(" AND library_search MATCH ").value(lite_query(terms)),
        Kind::Pg => terms.iter().fold(sql, |sql, term| {
            let within = sql.and(" AND d.no IN (SELECT s.no FROM library_search s WHERE s.words @@ CAST(");
            // OFFSET keeps the planner, which takes every beginning of a word for rare, from trying each document in turn.
            within.value(pg_query(term)).and(" AS tsquery) OFFSET 0)")
        }),
    }
}

/// The source of a search: the documents, in SQLite joined to their words. There CROSS keeps the order of the two: the planner takes
/// hits for rarer than they are and would walk the documents, looking through all hits of the word for each (a second at 10,000).
pub(crate) const fn searched(kind: Kind) -> &'static str {
    match kind {
        Kind::Lite => " FROM library_search CROSS JOIN library_documents d ON d.no = library_search.rowid",
        Kind::Pg => " FROM library_documents d",
    }
}

/// An expression that is smaller for a better hit: one in the title comes before one in the summary, and that before one in the
/// text, however often the text says it; among equals the database decides.
pub(crate) fn rank(kind: Kind, sql: Sql, terms: &[Term]) -> Sql {
    match kind {
        Kind::Lite => {
            let hit = |sql: Sql, column: &str, tier: &'static str| {
                let query = format!("{{{column}}} : ({})", terms.iter().map(lite_phrase).collect::<Vec<_>>().join(" OR "));
                let within = sql.and("WHEN d.no IN (SELECT rowid FROM library_search WHERE library_search MATCH ").value(query);
                within.and(") THEN ").and(tier)
            };
            let sql = hit(sql.and("(CASE "), "title", "-2000 ");
            hit(sql, "summary", "-1000 ").and("ELSE 0 END) + bm25(library_search, 10.0, 4.0, 1.0)")
        }
        Kind::Pg => {
            let any = terms.iter().map(pg_query).collect::<Vec<_>>().join(" | ");
            let best = sql.and("(SELECT MIN(s.part / 1000000 - ts_rank(s.words, CAST(").value(any.clone());
            let best = best.and(" AS tsquery))) FROM library_search s WHERE s.no = d.no AND s.words @@ CAST(").value(any);
            best.and(" AS tsquery))")
        }
    }
}

/// Ends a statement that found the numbers of a page, and names it `p`: only then the rows of these numbers are looked for. Under any other join, and
/// under `IN`, SQLite may walk all rows in their order and ask of each whether it is on the page.
pub(crate) const THEN: &str = ") p CROSS JOIN ";

/// Memory for pages of a connection to SQLite, in KiB and below zero, as SQLite wants it.
pub(crate) const PAGES_KIB: &str = "-32000";

/// Memory that SQLite's writer keeps pages in. PostgreSQL's is its server's affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// `PAGES_KIB`.
    Usual,
    /// 256 MiB: the indexes of a million lines. Keys of hashes and amounts lie everywhere in them, so each page that finds no room is written to
    /// the log and read again hundreds of times, which was a third of the time of an import.
    Import,
}

/// The statement that gives the writer its room; it holds for the connection, beyond the transaction.
pub(crate) fn room(kind: Kind, room: Room) -> Option<Sql> {
    match (kind, room) {
        (Kind::Lite, Room::Usual) => Some(sql("PRAGMA cache_size = ").and(PAGES_KIB)),
        (Kind::Lite, Room::Import) => Some(sql("PRAGMA cache_size = -262144")),
        (Kind::Pg, _) => None,
    }
}

/// Tells the database how the rows of a table are spread, after many were brought in at once: PostgreSQL would find it out by itself a minute later,
/// and sort a third of a bill for a page of it until then. SQLite keeps no such statistics here.
pub(crate) const fn look_again(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Lite => None,
        Kind::Pg => Some("ANALYZE partner_bill_line"),
    }
}

/// Begins an INSERT of many rows whose failure ends the transaction. So that a statement which fails can be taken back alone, SQLite copies
/// each page before it changes it, which was a third of the time of an import; `OR FAIL` gives that up.
pub(crate) const fn insert_in_transaction(kind: Kind) -> &'static str {
    match kind {
        Kind::Lite => "INSERT OR FAIL INTO ",
        Kind::Pg => "INSERT INTO ",
    }
}

/// The place of a piece in a text, from 1; 0 when it is not there.
pub(crate) const fn place(kind: Kind) -> &'static str {
    match kind {
        Kind::Lite => "instr",
        Kind::Pg => "strpos",
    }
}

fn lite_query(terms: &[Term]) -> String {
    terms.iter().map(lite_phrase).collect::<Vec<_>>().join(" AND ")
}

fn lite_phrase(term: &Term) -> String {
    let star = if term.open_end { "*" } else { "" };
    format!("\"{}\"{star}", term.words.join(" "))
}

/// Words hold letters and digits only (search.rs), so quoting them is enough.
fn pg_query(term: &Term) -> String {
    let last = term.words.len().saturating_sub(1);
    let word = |(at, word): (usize, &String)| {
        let open = if term.open_end && at == last { ":*" } else { "" };
        format!("'{word}'{open}")
    };
    let phrase = term.words.iter().enumerate().map(word).collect::<Vec<_>>().join(" <-> ");
    format!("({phrase})")
}
