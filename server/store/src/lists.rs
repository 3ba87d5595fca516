//! What the statements of all lists say alike.

use crate::{db::Kind, dialect, sql::Sql};
use domain::{
    Currency, Days, Error, Money,
    library::{KEYWORD_MAX, Refusal},
    list::{Asked, List},
};

/// Refuses a question that no list can answer.
pub(crate) fn checked(asked: &Asked) -> Result<(), Error> {
    if asked.keyword.chars().count() > KEYWORD_MAX {
        return Err(Refusal::KeywordTooLong { most: KEYWORD_MAX }.into());
    }
    if asked.days.is_reversed() {
        return Err(Refusal::DaysReversed.into());
    }
    match amounts(asked)? {
        (Some(least), Some(most)) if most < least => Err(Refusal::AmountsReversed.into()),
        _ => Ok(()),
    }
}

/// The two ends of the range of amounts in micros. Thousands may be grouped, as pages show them.
fn amounts(asked: &Asked) -> Result<(Option<i64>, Option<i64>), Refusal> {
    let end = |typed: &str, refusal: Refusal| {
        let amount = (!typed.is_empty()).then(|| Money::parse(Currency::Cny, &typed.replace(',', "")).ok_or(refusal)).transpose()?;
        Ok(amount.map(|amount| amount.micros))
    };
    Ok((end(&asked.amounts.least, Refusal::LeastIsNoAmount)?, end(&asked.amounts.most, Refusal::MostIsNoAmount)?))
}

/// ` AND column`, in micros, in the range of amounts, closed at both ends.
pub(crate) fn in_amounts(mut sql: Sql, column: &'static str, asked: &Asked) -> Result<Sql, Error> {
    let (least, most) = amounts(asked)?;
    if let Some(least) = least {
        sql = sql.and(" AND ").and(column).and(" >= ").value(least);
    }
    if let Some(most) = most {
        sql = sql.and(" AND ").and(column).and(" <= ").value(most);
    }
    Ok(sql)
}

/// ` AND` an amount, in micros and what lies above them, in the range of amounts, closed at both ends.
pub(crate) fn exact_range(mut sql: Sql, micros: &'static str, rest: &'static str, asked: &Asked) -> Result<Sql, Error> {
    let (least, most) = amounts(asked)?;
    if let Some(least) = least {
        sql = sql.and(" AND ").and(micros).and(" >= ").value(least);
    }
    if let Some(most) = most {
        sql = sql.and(" AND ").and(micros).and(" <= ").value(most);
        sql = sql.and(" AND (").and(micros).and(" < ").value(most).and(" OR ").and(rest).and(" = 0)");
    }
    Ok(sql)
}

/// ` AND column` in the range of days, closed at both ends.
pub(crate) fn in_days(mut sql: Sql, column: &'static str, days: Days) -> Sql {
    if let Some(from) = days.from {
        sql = sql.and(" AND ").and(column).and(" >= ").value(from.start());
    }
    if let Some(to) = days.to {
        sql = sql.and(" AND ").and(column).and(" < ").value(to.end());
    }
    sql
}

/// ` AND column` is one of the options that are chosen, if any are.
pub(crate) fn chosen(sql: Sql, column: &'static str, asked: &Asked, filter: &str) -> Sql {
    let options: Vec<&str> = asked.chosen(filter).collect();
    if options.is_empty() { sql } else { sql.and(" AND ").and(column).and(" IN ").list(options) }
}

/// `part` stands in `column`, small or capital.
pub(crate) fn containing(sql: Sql, kind: Kind, column: &'static str, part: &str) -> Sql {
    sql.and(dialect::place(kind)).and("(lower(").and(column).and("), ").value(part.to_lowercase()).and(") > 0")
}

/// ` AND` the keyword stands in one of the columns, small or capital.
pub(crate) fn mentioned(sql: Sql, kind: Kind, columns: &[&'static str], asked: &Asked) -> Sql {
    if asked.keyword.is_empty() {
        return sql;
    }
    let one = |sql: Sql, (at, column): (usize, &&'static str)| {
        containing(sql.and(if at == 0 { " AND (" } else { " OR " }), kind, column, &asked.keyword)
    };
    columns.iter().enumerate().fold(sql, one).and(")")
}

/// How the rows of a page are found among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By an index of what is chosen.
    Chosen,
    /// All rows are walked in their order until enough of them match: what is chosen is hidden from the index that it has.
    Order,
}

impl Way {
    /// The shorter way to a page, when it is known how many of all rows match: to fetch and sort all that match, or to walk until the page is full.
    /// SQLite keeps no statistics and would always fetch.
    pub(crate) fn shorter(asked: &Asked, matching: i64, all: i64) -> Self {
        let matching = i128::from(matching);
        let wanted = i128::from(asked.skipped()) + i128::from(asked.size);
        if wanted * i128::from(all) < matching * matching { Self::Order } else { Self::Chosen }
    }

    /// A column as the statement names it: an index does not know it with an empty text behind it.
    pub(crate) const fn column(self, plain: &'static str, hidden: &'static str) -> &'static str {
        match self {
            Self::Chosen => plain,
            Self::Order => hidden,
        }
    }
}

/// The columns of a list that stand in files, in order.
pub(crate) fn file_columns(list: &'static List) -> Vec<&'static str> {
    list.columns.iter().filter(|column| column.file.is_some()).map(|column| column.key).collect()
}
