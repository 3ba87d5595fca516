//! New rows of the library: documents with their first version and their words, one or many at a time.

use super::{NewFile, shelves, texts};
use crate::{
    dialect::{self, Searched},
    sql::{Value, joined, sql},
    write::Tx,
};
use domain::{
    Day, Error, Id, Moment,
    library::{Audience, Description, State},
    machine::Keyed as _,
};
use std::collections::BTreeMap;

/// Documents of one statement: a row has 19 values, and SQLite takes 32,766 in all.
const ROWS_TOGETHER: usize = 100;

/// A document as it is inserted.
pub(super) struct Inserted<'a> {
    pub id: Id,
    pub about: &'a Description,
    pub file: &'a NewFile,
    pub at: Moment,
    pub state: State,
    /// The text inside, when it is known already.
    pub body: Option<&'a str>,
}

/// A version as it is inserted.
pub(super) struct InsertedVersion<'a> {
    pub document: Id,
    pub no: i64,
    pub file: &'a NewFile,
    pub what_changed: &'a str,
    pub at: Moment,
    /// The text inside is known already.
    pub has_body: bool,
}

/// A document with the number and the audience it is given.
struct Placed<'a> {
    no: i64,
    audience: i64,
    new: &'a Inserted<'a>,
}

/// Inserts documents and counts the published ones.
pub(super) async fn insert(tx: &mut Tx, documents: &[Inserted<'_>]) -> Result<(), Error> {
    let last = tx.row(sql("SELECT no FROM library_documents ORDER BY no DESC LIMIT 1")).await?;
    let first = last.map(|row| row.int(0)).transpose()?.unwrap_or(0) + 1;
    let mut audiences: BTreeMap<&Audience, i64> = BTreeMap::new();
    let mut tallies = BTreeMap::new();
    let mut placed = Vec::with_capacity(documents.len());
    for (no, new) in (first..).zip(documents) {
        let audience = match audiences.get(&new.about.audience) {
            Some(id) => *id,
            None => audience_id(tx, &new.about.audience).await?,
        };
        audiences.insert(&new.about.audience, audience);
        if new.state == State::Published {
            *tallies.entry((audience, new.about.category, new.file.format, new.about.language)).or_insert(0_i64) += 1;
        }
        placed.push(Placed { no, audience, new });
    }
    for rows in placed.chunks(ROWS_TOGETHER) {
        insert_rows(tx, rows).await?;
    }
    for ((audience, category, format, language), documents) in tallies {
        shelves::count(tx, audience, category, format, language, documents).await?;
    }
    Ok(())
}

async fn insert_rows(tx: &mut Tx, rows: &[Placed<'_>]) -> Result<(), Error> {
    let documents = sql("INSERT INTO library_documents (id, no, version, state, title, summary, category, language, audience_id, format,
        size_bytes, version_no, what_changed, downloads, created_at_us, published_at_us, updated_at_us, effective_from_us, effective_until_us)");
    tx.insert_next(documents.rows(rows.iter().map(document_row))).await?;
    let versions: Vec<_> = rows.iter().map(|placed| first_version(placed.new)).collect();
    insert_versions(tx, &versions).await?;
    let text = |placed: &Placed<'_>| Some(vec![placed.new.id.into(), texts::storable(placed.new.body?).into()]);
    let bodies: Vec<Vec<Value>> = rows.iter().filter_map(text).collect();
    if !bodies.is_empty() {
        tx.execute(sql("INSERT INTO library_texts (document_id, body)").rows(bodies)).await?;
    }
    let searched = rows.iter().map(|Placed { no, new, .. }| Searched {
        no: *no,
        title: &new.about.title,
        summary: &new.about.summary,
        body: new.body.unwrap_or_default(),
    });
    dialect::index_new(tx, &searched.collect::<Vec<_>>()).await
}

fn document_row(placed: &Placed<'_>) -> Vec<Value> {
    let Inserted { id, about, file, at, state, body: _ } = placed.new;
    let published = (*state == State::Published).then_some(*at);
    vec![
        (*id).into(),
        placed.no.into(),
        1_i64.into(),
        state.key().into(),
        (&about.title).into(),
        (&about.summary).into(),
        about.category.key().into(),
        about.language.key().into(),
        placed.audience.into(),
        file.format.key().into(),
        file.size_bytes.into(),
        1_i64.into(),
        "".into(),
        0_i64.into(),
        (*at).into(),
        published.into(),
        (*at).into(),
        about.effective.from.map(Day::start).into(),
        about.effective.until.map(Day::start).into(),
    ]
}

const fn first_version<'a>(new: &Inserted<'a>) -> InsertedVersion<'a> {
    InsertedVersion { document: new.id, no: 1, file: new.file, what_changed: "", at: new.at, has_body: new.body.is_some() }
}

/// Inserts versions in the name of whoever asked for the write.
pub(super) async fn insert_versions(tx: &mut Tx, versions: &[InsertedVersion<'_>]) -> Result<(), Error> {
    let by = tx.caller().standing.as_deref().map_or_else(String::new, |standing| standing.name.clone());
    let insert = sql("INSERT INTO library_versions (document_id, no, format, file_name, link, size_bytes, sha256, what_changed,
        open_to_partners, text_state, text_note, added_by, added_at_us)");
    let row = |version: &InsertedVersion<'_>| -> Vec<Value> {
        let InsertedVersion { document, no, file, what_changed, at, has_body } = *version;
        let text_state = match (has_body, file.format.has_text()) {
            (true, _) => "done",
            (false, true) => "waiting",
            (false, false) => "none",
        };
        vec![
            document.into(),
            no.into(),
            file.format.key().into(),
            (&file.file_name).into(),
            file.link.clone().into(),
            file.size_bytes.into(),
            (&file.sha256).into(),
            what_changed.into(),
            true.into(),
            text_state.into(),
            "".into(),
            (&by).into(),
            at.into(),
        ]
    };
    tx.insert_next(insert.rows(versions.iter().map(row))).await
}

/// The id of an audience; equal audiences are one row.
pub(super) async fn audience_id(tx: &mut Tx, audience: &Audience) -> Result<i64, Error> {
    let (identities, programs) = (joined(&audience.identities), joined(&audience.programs));
    let find = sql("SELECT id FROM library_audiences WHERE identities = ").value(&identities).and(" AND programs = ").value(&programs);
    if let Some(row) = tx.row(find.and(" LIMIT 1")).await? {
        return Ok(row.int(0)?);
    }
    let last = tx.row(sql("SELECT id FROM library_audiences ORDER BY id DESC LIMIT 1")).await?;
    let id = last.map(|row| row.int(0)).transpose()?.unwrap_or(0) + 1;
    let insert = sql("INSERT INTO library_audiences (id, identities, programs) VALUES ($1, $2, $3)");
    tx.insert_next(insert.bind(id).bind(identities).bind(programs)).await?;
    shelves::touch(tx).await?;
    Ok(id)
}
