//! SQL as constant pieces and bound values: text from outside can only ever be bound.
//!
//! One text serves both databases (`$1`, 64-bit integers, text and blobs). This is the only place that calls sqlx with built
//! SQL, and it accepts nothing but `&'static str` pieces.

use crate::db::Failure;
use domain::{Id, Moment};
use futures::{StreamExt as _, stream::BoxStream};
use sqlx::{AssertSqlSafe, Column as _, Row as _, TypeInfo as _, postgres::PgRow, sqlite::SqliteRow};

/// A bound value. NULL keeps its type, because PostgreSQL asks for it.
#[derive(Clone, Debug)]
pub enum Value {
    /// A 64-bit integer.
    Int(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
}

/// The kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Blob,
}

impl Kind {
    /// The kind that either database calls so.
    pub(crate) fn named(name: &str) -> Result<Self, Failure> {
        match name.to_ascii_lowercase().as_str() {
            "integer" | "bigint" | "int8" => Ok(Self::Int),
            "text" => Ok(Self::Text),
            "blob" | "bytea" => Ok(Self::Blob),
            _ => Err(Failure::decode("kind of column")),
        }
    }
}

macro_rules! values {
    ($($kind:ty, $variant:ident, $one:ident => $made:expr;)+) => {
        $(
            impl From<$kind> for Value {
                fn from($one: $kind) -> Self {
                    Self::$variant(Some($made))
                }
            }

            impl From<Option<$kind>> for Value {
                fn from(maybe: Option<$kind>) -> Self {
                    Self::$variant(maybe.map(|$one| $made))
                }
            }
        )+
    };
}

values! {
    i64, Int, value => value;
    bool, Int, value => i64::from(value);
    Moment, Int, value => value.0;
    String, Text, value => value;
    &str, Text, value => value.to_owned();
    &String, Text, value => value.clone();
    Id, Text, value => value.to_string();
    Vec<u8>, Blob, value => value;
}

/// A statement under construction.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// The statement with its values, as the name of what it answers.
    pub(crate) fn said(&self) -> String {
        format!("{} {:?}", self.text, self.values)
    }
}

/// Starts a statement.
#[must_use]
pub fn sql(text: &'static str) -> Sql {
    Sql { text: text.to_owned(), values: Vec::new() }
}

impl Sql {
    /// Appends a constant piece.
    #[must_use]
    pub fn and(mut self, piece: &'static str) -> Self {
        self.text.push_str(piece);
        self
    }

    /// Binds the next numbered value without writing a placeholder: for statements that spell `$1` themselves.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Writes the next placeholder and binds its value.
    #[must_use]
    pub fn value(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Binds another value in the place of one.
    pub(crate) fn put(&mut self, at: usize, value: Value) {
        if let Some(place) = self.values.get_mut(at) {
            *place = value;
        }
    }

    /// Writes `($3, $4, ..)` for a list that must not be empty.
    #[must_use]
    pub fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.text.push('(');
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                self.text.push_str(", ");
            }
            self = self.value(value);
        }
        self.text.push(')');
        self
    }

    /// Writes ` VALUES ($1, $2), ($3, $4)` for rows, of which there must be one.
    #[must_use]
    pub fn rows(self, rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        let with_comma = |sql: Self, at: usize| if at == 0 { sql.and(" VALUES ") } else { sql.and(", ") };
        rows.into_iter().enumerate().fold(self, |sql, (at, row)| with_comma(sql, at).list(row))
    }

    /// Writes ` LIMIT $1`. The cast is for SQLite, which looks into a bare placeholder there to plan by its value, and so prepares the
    /// statement anew for each binding.
    #[must_use]
    pub fn limit(self, rows: i64) -> Self {
        self.and(" LIMIT CAST(").value(rows).and(" AS BIGINT)")
    }

    /// Writes ` OFFSET $1`, cast for the same reason.
    #[must_use]
    pub fn offset(self, rows: i64) -> Self {
        self.and(" OFFSET CAST(").value(rows).and(" AS BIGINT)")
    }

    /// Appends another statement's pieces; its placeholders must have been written by `value`.
    #[must_use]
    pub fn then(self, more: impl FnOnce(Self) -> Self) -> Self {
        more(self)
    }
}

/// A row of either database; columns are read by position, in the order the statement names them.
pub enum Row {
    /// A row of SQLite.
    Lite(SqliteRow),
    /// A row of PostgreSQL.
    Pg(PgRow),
}

macro_rules! cells {
    ($($name:ident, $kind:ty, $doc:literal;)+) => {
        impl Row {
            $(
                #[doc = $doc]
                ///
                /// # Errors
                /// The column holds something else: the statement and its reader disagree.
                pub fn $name(&self, column: usize) -> Result<$kind, Failure> {
                    let cell = match self {
                        Self::Lite(row) => row.try_get(column),
                        Self::Pg(row) => row.try_get(column),
                    };
                    cell.map_err(Failure::from)
                }
            )+
        }
    };
}

cells! {
    int, i64, "A 64-bit integer.";
    maybe_int, Option<i64>, "A 64-bit integer or NULL.";
    text, String, "A text.";
    maybe_text, Option<String>, "A text or NULL.";
    blob, Vec<u8>, "Bytes.";
    maybe_blob, Option<Vec<u8>>, "Bytes or NULL.";
}

impl Row {
    /// An id.
    ///
    /// # Errors
    /// The column does not hold one.
    pub fn id(&self, column: usize) -> Result<Id, Failure> {
        self.with_text(column, |text| text.parse().map_err(|_| Failure::decode("id")))
    }

    /// A moment.
    ///
    /// # Errors
    /// The column does not hold one.
    pub fn moment(&self, column: usize) -> Result<Moment, Failure> {
        self.int(column).map(Moment)
    }

    /// A value with a stable key.
    ///
    /// # Errors
    /// The key is not one of the set.
    pub fn key<K: domain::machine::Keyed>(&self, column: usize) -> Result<K, Failure> {
        self.with_text(column, |text| K::read(text).ok_or_else(|| Failure::decode("key")))
    }

    /// Comma-separated keys.
    ///
    /// # Errors
    /// One of them is not of the set.
    pub fn keys<K: domain::machine::Keyed>(&self, column: usize) -> Result<Vec<K>, Failure> {
        self.with_text(column, |text| {
            let parts = text.split(',').filter(|part| !part.is_empty());
            parts.map(|part| K::read(part).ok_or_else(|| Failure::decode("keys"))).collect()
        })
    }

    /// All columns, in the order of the table.
    ///
    /// # Errors
    /// A column is of a kind that we have none of.
    pub(crate) fn values(&self) -> Result<Vec<Value>, Failure> {
        let kinds: Vec<Kind> = match self {
            Self::Lite(row) => row.columns().iter().map(|column| Kind::named(column.type_info().name())).collect::<Result<_, _>>()?,
            Self::Pg(row) => row.columns().iter().map(|column| Kind::named(column.type_info().name())).collect::<Result<_, _>>()?,
        };
        let value = |(column, kind)| match kind {
            Kind::Int => self.maybe_int(column).map(Value::Int),
            Kind::Text => self.maybe_text(column).map(Value::Text),
            Kind::Blob => self.maybe_blob(column).map(Value::Blob),
        };
        kinds.into_iter().enumerate().map(value).collect()
    }

    /// Reads a text where it lies.
    fn with_text<T>(&self, column: usize, read: impl FnOnce(&str) -> Result<T, Failure>) -> Result<T, Failure> {
        match self {
            Self::Lite(row) => read(row.try_get(column)?),
            Self::Pg(row) => read(row.try_get(column)?),
        }
    }
}

/// Comma-separated keys, as `Row::keys` reads them.
#[must_use]
pub fn joined<K: domain::machine::Keyed>(values: &[K]) -> String {
    values.iter().map(|value| value.key()).collect::<Vec<_>>().join(",")
}

/// Runs a statement on one connection: `rows!(sqlx::query arguments)` for each database.
macro_rules! bound {
    ($sql:expr) => {{
        let Sql { text, values } = $sql;
        bound!(text, values)
    }};
    ($text:expr, $values:expr) => {{
        let (text, values) = ($text, $values);
        values.into_iter().fold(sqlx::query(AssertSqlSafe(text)), |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Blob(value) => query.bind(value),
        })
    }};
}

/// The text as SQLite binds it fastest. Each numbered placeholder is looked up among all others, which takes most of the time of a
/// statement with thousands of them; bare ones are bound in the order they stand. A text that names a value twice or out of order stays.
fn bare(text: String, values: usize) -> String {
    let mut bare = String::with_capacity(text.len());
    let (mut rest, mut count) = (text.as_str(), 0);
    while let Some((before, after)) = rest.split_once('$') {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = after.split_at(digits);
        count += 1;
        if number.parse() != Ok(count) {
            return text;
        }
        bare.push_str(before);
        bare.push('?');
        rest = behind;
    }
    bare.push_str(rest);
    if count == values { bare } else { text }
}

pub(crate) async fn lite_rows<'c>(conn: impl sqlx::SqliteExecutor<'c>, sql: Sql) -> Result<Vec<Row>, Failure> {
    let rows = bound!(bare(sql.text, sql.values.len()), sql.values).fetch_all(conn).await?;
    Ok(rows.into_iter().map(Row::Lite).collect())
}

pub(crate) async fn pg_rows<'c>(conn: impl sqlx::PgExecutor<'c>, sql: Sql) -> Result<Vec<Row>, Failure> {
    let rows = bound!(sql).fetch_all(conn).await?;
    Ok(rows.into_iter().map(Row::Pg).collect())
}

pub(crate) fn lite_stream<'c>(conn: impl sqlx::SqliteExecutor<'c> + 'c, sql: Sql) -> BoxStream<'c, Result<Row, Failure>> {
    bound!(bare(sql.text, sql.values.len()), sql.values).fetch(conn).map(|row| row.map(Row::Lite).map_err(Failure::from)).boxed()
}

pub(crate) fn pg_stream<'c>(conn: impl sqlx::PgExecutor<'c> + 'c, sql: Sql) -> BoxStream<'c, Result<Row, Failure>> {
    bound!(sql).fetch(conn).map(|row| row.map(Row::Pg).map_err(Failure::from)).boxed()
}

pub(crate) async fn lite_execute<'c>(conn: impl sqlx::SqliteExecutor<'c>, sql: Sql) -> Result<u64, Failure> {
    Ok(bound!(bare(sql.text, sql.values.len()), sql.values).execute(conn).await?.rows_affected())
}

pub(crate) async fn pg_execute<'c>(conn: impl sqlx::PgExecutor<'c>, sql: Sql) -> Result<u64, Failure> {
    Ok(bound!(sql).execute(conn).await?.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_in_order_are_bare_and_others_keep_their_numbers() {
        let rows = sql("INSERT INTO t (a, b)").rows([vec![1.into(), 2.into()], vec![3.into(), 4.into()]]);
        assert_eq!(bare(rows.text, rows.values.len()), "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)");
        for kept in ["a = $1 OR b = $1", "a = $2 AND b = $1", "a = '$' AND b = $1", "a = $1 AND b = '$5'"] {
            assert_eq!(bare(kept.to_owned(), 2), kept);
        }
        assert_eq!(bare("SELECT 1".to_owned(), 0), "SELECT 1");
    }
}
