//! What the two databases say differently. Everything else is one text.

use crate::{
    db::Kind,
    sql::{Sql, sql},
    write::Tx,
};
use domain::{
    Error,
    search::{Term, words},
};

/// Words of one part of a text in PostgreSQL: a tsvector knows the place of its first 16,383 words.
const PART_WORDS: usize = 12_000;
/// Words that neighbouring parts share, so that a phrase across the cut is found; longer phrases than this are cut (search.rs).
const PART_OVERLAP: usize = 40;
/// Parts of one text that are indexed: two million characters, the most that is taken out of a file.
const PARTS_MAX: usize = 170;

/// Writes the words of a document into the index, in place of what was there.
pub(crate) async fn index_words(tx: &mut Tx, no: i64, title: &str, summary: &str, body: &str) -> Result<(), Error> {
    match tx.store().db.kind() {
        Kind::Lite => {
            tx.execute(sql("DELETE FROM library_search WHERE rowid = ").value(no)).await?;
            let insert = sql("INSERT INTO library_search (rowid, title, summary, body) VALUES ($1, $2, $3, $4)");
            tx.execute(insert.bind(no).bind(words(title)).bind(words(summary)).bind(words(body))).await?;
        }
        Kind::Pg => {
            tx.execute(sql("DELETE FROM library_search WHERE no = ").value(no)).await?;
            let head = sql("INSERT INTO library_search (no, part, words) VALUES ($1, 0,
                setweight(to_tsvector('simple', $2), 'A') || setweight(to_tsvector('simple', $3), 'B'))");
            tx.execute(head.bind(no).bind(words(title)).bind(words(summary))).await?;
            let body = words(body);
            let list: Vec<&str> = body.split(' ').filter(|word| !word.is_empty()).collect();
            for (part, start) in (0..list.len()).step_by(PART_WORDS).take(PARTS_MAX).enumerate() {
                let end = list.len().min(start + PART_WORDS + PART_OVERLAP);
                let text = list.get(start..end).unwrap_or_default().join(" ");
                let insert = sql("INSERT INTO library_search (no, part, words) VALUES ($1, $2, to_tsvector('simple', $3))");
                tx.execute(insert.bind(no).bind(i64::try_from(part + 1).unwrap_or(0)).bind(text)).await?;
            }
        }
    }
    Ok(())
}

/// ` AND ..` that keeps documents `d` in which every term occurs.
pub(crate) fn matching(kind: Kind, sql: Sql, terms: &[Term]) -> Sql {
    match kind {
        Kind::Lite => sql.and(" AND library_search MATCH ").value(lite_query(terms)),
        Kind::Pg => terms.iter().fold(sql, |sql, term| {
            let within = sql.and(" AND d.no IN (SELECT s.no FROM library_search s WHERE s.words @@ CAST(");
            within.value(pg_query(term)).and(" AS tsquery))")
        }),
    }
}

/// The source of a search: the documents, in SQLite joined to their words.
pub(crate) const fn searched(kind: Kind) -> &'static str {
    match kind {
        Kind::Lite => " FROM library_search JOIN library_documents d ON d.no = library_search.rowid",
        Kind::Pg => " FROM library_documents d",
    }
}

/// An expression that is smaller for a better hit: title before summary before text.
pub(crate) fn rank(kind: Kind, sql: Sql, terms: &[Term]) -> Sql {
    match kind {
        Kind::Lite => sql.and("bm25(library_search, 10.0, 4.0, 1.0)"),
        Kind::Pg => {
            let any = terms.iter().map(pg_query).collect::<Vec<_>>().join(" | ");
            let best = sql.and("(SELECT -MAX(ts_rank(s.words, CAST(").value(any);
            best.and(" AS tsquery))) FROM library_search s WHERE s.no = d.no)")
        }
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
    let phrase = |term: &Term| {
        let star = if term.open_end { "*" } else { "" };
        format!("\"{}\"{star}", term.words.join(" "))
    };
    terms.iter().map(phrase).collect::<Vec<_>>().join(" AND ")
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
